"""The page of GB/T 9704-2012: 22 lines of 28 characters in a field of 156 x 225 mm.

The grid fills the field exactly (撑满版心): the first line's characters touch its upper edge, the
last line's its lower edge, and so do the first and the last character of a line. The distance of
lines is therefore (225 mm - 16 pt) / 21 = 29.61 pt, and of characters (156 mm - 16 pt) / 27.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.page import BLACK, MM, PALE, Ink, Sheet
from app.reports.text import Line, Span, compose, plain_line, text_width

BODY = 16
TITLE_SIZE = 22
LINES = 22
LEFT = 28 * MM
TOP = 37 * MM
WIDTH = 156 * MM
HEIGHT = 225 * MM
PITCH = (WIDTH - BODY) / 27
LEADING = (HEIGHT - BODY) / (LINES - 1)
# A character's square reaches this far above the baseline, in ems (FandolFang).
ASCENT = 0.88
_RING = 21 * MM

_HAN_NUMBER = "[一二三四五六七八九十百]+"
_LEVELS = (
    (re.compile(rf"({_HAN_NUMBER})、\s*"), "{}、", Face.HEI),
    (re.compile(rf"[（(]({_HAN_NUMBER})[）)]\s*"), "（{}）", Face.KAI),
    (re.compile(r"(\d{1,2})[.．、](?!\d)\s*"), "{}.", None),
    (re.compile(r"[（(](\d{1,2})[）)]\s*"), "（{}）", None),
)
_TYPED_NUMBER = re.compile(
    r"(?:附件\s*\d{0,2}\s*[：:.．、]\s*)?(?:[（(]?\d{1,2}(?:[）)]|[.．、])(?!\d)\s*)?"
)
# A heading that runs on as text ends with its first sentence.
_HEADING_END = re.compile("[。：]")


@dataclass(frozen=True)
class GridLine:
    """One of the 22 lines: `line` is None where it stays blank; `drop` lowers the baseline."""

    line: Line | None = None
    size: float = BODY
    x: float = 0.0
    drop: float = 0.0
    ink: Ink = BLACK


BLANK = GridLine()


def baseline(number: int, page_height: float) -> float:
    """Baseline of line `number`, counted from 0 at the top of the field."""
    return page_height - TOP - ASCENT * BODY - number * LEADING


def body(text: str) -> Iterator[GridLine]:
    """Typed text as paragraphs, two characters in; numbers make headings in 黑体 and 楷体."""
    for paragraph in text.splitlines():
        words = paragraph.strip()
        if words:
            yield from flow(levels(words), indent=2 * PITCH)


def attachment_names(typed: Iterable[str]) -> list[str]:
    """The names for 附件说明: without numbers of their own and without a mark at the end."""
    names = [one_line(name).rstrip("。；;") for name in typed]
    return [_TYPED_NUMBER.sub("", name, count=1) or name for name in names if name]


def flow(spans: Sequence[Span], *, indent: float = 0.0, x: float = 0.0) -> Iterator[GridLine]:
    """A paragraph on the grid, `x` in from the left edge of the field."""
    lines = compose(spans, size=BODY, width=WIDTH - x, indent=indent, pitch=PITCH)
    yield from (GridLine(line, x=x) for line in lines)


def hanging(label: str, text: str, x: float) -> Iterator[GridLine]:
    """A label and a text whose further lines begin below its first character (附件说明)."""
    indent = text_width(label, Face.FANG, BODY)
    first, *_ = compose([(Face.FANG, label)], size=BODY, width=WIDTH, pitch=PITCH)
    lines = compose(
        [(Face.FANG, text)], size=BODY, width=WIDTH - x - indent, pitch=PITCH, justify=False
    )
    for number, line in enumerate(lines):
        if number == 0:
            joined = Line((*first.pieces, *line.pieces), 0.0, first.width + line.width)
            yield GridLine(joined, x=x)
        else:
            yield GridLine(line, x=x + indent)


def levels(words: str, plain: Face = Face.FANG, strong: Face | None = None) -> list[Span]:
    """A typed paragraph with its number set as one of the four levels, the rest in `plain`.

    `strong` takes the place of 黑体 and 楷体 on papers that have no third face.
    """
    for pattern, form, face in _LEVELS:
        match = pattern.match(words)
        if match:
            number = form.format(match.group(1))
            return _levelled(number, words[match.end() :], face and (strong or face), plain)
    return [(plain, words)]


def _levelled(number: str, rest: str, face: Face | None, plain: Face) -> list[Span]:
    if face is None:
        return [(plain, number + rest)]
    end = _HEADING_END.search(rest)
    if end is None:
        return [(face, number + rest)]
    return [(face, number + rest[: end.end()]), (plain, rest[end.end() :])]


def centred(text: str, face: Face, size: float, *, drop: float = 0.0, ink: Ink = BLACK) -> GridLine:
    """One line in the middle of the field; a blank line where there is no text."""
    if not text:
        return BLANK
    line = plain_line(text, face, size)
    return GridLine(line, size, (WIDTH - line.width) / 2, drop, ink)


def seal_ring(sheet: Sheet, x: float, signature: float) -> None:
    """Where the seal belongs: a pale dashed ring over signature and date, never a seal.

    Its top lies within a line of the text above the `signature` baseline.
    """
    y = signature - LEADING / 2 + 0.38 * BODY
    sheet.dashed_circle(x, y, _RING, PALE)
    sheet.text(x, y - _RING + 7, "（盖章）", Face.KAI, 11, align="center", ink=PALE)
