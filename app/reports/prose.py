"""Plain paragraphs in 仿宋 on the field of GB/T 9704-2012, as strips that flow over pages."""

from collections.abc import Iterable, Iterator
from functools import partial

from app.reports import official
from app.reports.clean import printable
from app.reports.flow import Strip
from app.reports.fonts import Face
from app.reports.page import Sheet
from app.reports.text import Line, compose

# 三号, 小三, 四号, 小四 and what lies between, in points.
SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)
SPREAD = official.LEADING / official.BODY
"""Distance of lines in ems: at 16 pt the grid of 22 lines."""


def paragraphs(texts: Iterable[str]) -> list[str]:
    """The typed texts, one paragraph for each line that is not blank."""
    lines = (line.strip() for text in texts for line in printable(text).split("\n"))
    return [line for line in lines if line]


def strips(texts: Iterable[str], size: float, *, indent: bool = True) -> Iterator[Strip]:
    """Every line of the paragraphs, justified, two characters in; at 16 pt 28 in a line."""
    width = official.WIDTH
    pitch = (width - size) / round((width - size) / size)
    first = 2 * pitch if indent else 0.0
    for words in texts:
        for line in compose(
            [(Face.FANG, words)], size=size, width=width, indent=first, pitch=pitch
        ):
            yield Strip(size * SPREAD, partial(_draw, line=line, size=size))


def _draw(sheet: Sheet, top: float, *, line: Line, size: float) -> None:
    sheet.line(official.LEFT, top - official.ASCENT * size, line, size)
