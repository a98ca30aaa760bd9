"""Text made as small as its place needs: labels and envelopes, where nothing may run over."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from app.reports.clean import printable
from app.reports.fonts import Face
from app.reports.page import BLACK, Align, Ink, Sheet
from app.reports.text import Line, text_width, wrap

_LEADING = 1.28
# A Chinese character reaches this far above its baseline, in ems.
_RISE = 0.88
# A line may be pressed together a little; the first guess must not think a fitting size too large.
_PRESSED = 0.95


class Part(NamedTuple):
    """One paragraph of a place, `scale` times as large as the size that is looked for."""

    text: str
    face: Face = Face.SONG
    scale: float = 1.0
    align: Align = "left"
    ink: Ink = BLACK


class Placed(NamedTuple):
    """A set line, the size of its type, and how far its baseline lies below the block's top."""

    line: Line
    size: float
    down: float
    align: Align
    ink: Ink


class Block(NamedTuple):
    """Paragraphs set for a place."""

    lines: tuple[Placed, ...]
    height: float


def fit(parts: Sequence[Part], width: float, height: float, sizes: Sequence[float]) -> Block | None:
    """The parts in the largest of `sizes` (descending) that the place holds; None if none does."""
    parts = [part._replace(text=_clean(part.text)) for part in parts if part.text.strip()]
    ems = [text_width(part.text, part.face, part.scale) for part in parts]
    for size in sizes:
        if _least_height(parts, ems, size, width) > height:
            continue
        block = _set(parts, size, width)
        if block.height <= height and all(p.line.width <= width + 0.1 for p in block.lines):
            return block
    return None


def _clean(text: str) -> str:
    """One paragraph; the wide blank before 收 stays wide."""
    return printable(text).replace("\n", " ").strip()


def _least_height(parts: Sequence[Part], ems: Sequence[float], size: float, width: float) -> float:
    """What the parts take at least: as many lines as their length fills."""
    pairs = zip(parts, ems, strict=True)
    lines = (ceil(em * size * _PRESSED / width) * part.scale for part, em in pairs)
    return sum(lines) * size * _LEADING


@lru_cache(maxsize=512)
def _wrap(text: str, face: Face, size: float, width: float) -> tuple[Line, ...]:
    """Most labels of a batch share street, postcode and sender: those are set once."""
    return tuple(wrap(text, face, size, width))


def _set(parts: Sequence[Part], size: float, width: float) -> Block:
    lines: list[Placed] = []
    down = 0.0
    for part in parts:
        own = size * part.scale
        for line in _wrap(part.text, part.face, own, width):
            half_lead = (_LEADING - 1) / 2
            lines.append(Placed(line, own, down + own * (_RISE + half_lead), part.align, part.ink))
            down += own * _LEADING
    return Block(tuple(lines), down)


def draw(sheet: Sheet, x: float, top: float, width: float, block: Block) -> None:
    """Draws the block below `top`, each line where its part says between x and x + width."""
    for placed in block.lines:
        left = x + (width - placed.line.width) * _SHIFT[placed.align]
        sheet.line(left, top - placed.down, placed.line, placed.size, ink=placed.ink)


_SHIFT: dict[Align, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
