"""Sets Chinese text in lines: 避头尾, justified, Latin words and figures unbroken.

A line that a closing mark would overfill is pressed together, first at its marks, by at most 4 %
between characters; otherwise the last character goes down with the mark. Lengths are points.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from app.reports.clean import printable
from app.reports.fonts import Face, Typeface, runs
from app.reports.kinsoku import (
    BLANK,
    NO_START,
    WHITE_AFTER,
    WHITE_BEFORE,
    Bounds,
    glued,
    tokens,
)

_MARK_GIVES = 0.3
_GAP_GIVES = 0.038
_GAP_TAKES = 0.5
_OPEN_TAKES = 0.18
_HAN_BEGINS = "\u2e80"
_EPSILON = 0.01

Span = tuple[Face, str]


class Piece(NamedTuple):
    """Characters of one face; `extra` is added after each of them."""

    typeface: Typeface
    extra: float
    text: str


class Line(NamedTuple):
    """One set line: `indent` from the left edge, `width` as it will be drawn."""

    pieces: tuple[Piece, ...]
    indent: float
    width: float

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def text_width(text: str, face: Face, size: float) -> float:
    """Width of one unbroken line; MissingGlyph if a character cannot be drawn."""
    return size * sum(typeface.width(part) for typeface, part in runs(text, face))


def plain_line(text: str, face: Face, size: float) -> Line:
    """`text` as one line, as wide as it comes out."""
    pieces = tuple(Piece(typeface, 0.0, part) for typeface, part in runs(text, face))
    return Line(pieces, 0.0, size * sum(p.typeface.width(p.text) for p in pieces))


def wrap(text: str, face: Face, size: float, width: float) -> list[Line]:
    """The lines of a table cell or field: paragraphs at line ends, not justified; at least one."""
    text = printable(text)
    if "\n" not in text:
        line = plain_line(text, face, size)
        if line.width <= width + _EPSILON:
            return [line]
    paragraphs = [part.strip(BLANK) for part in text.split("\n")]
    lines = [
        line
        for part in paragraphs
        if part
        for line in compose([(face, part)], size=size, width=width, justify=False)
    ]
    return lines or [Line((), 0.0, 0.0)]


def compose(
    spans: Iterable[Span],
    *,
    size: float,
    width: float,
    indent: float = 0.0,
    pitch: float | None = None,
    justify: bool = True,
) -> list[Line]:
    """One paragraph in lines of `width`, its first line `indent` in.

    `pitch` is the advance of a full-width character where the page has a grid (else `size`).
    """
    paragraph = _Paragraph(spans, size, pitch or size)
    lines: list[Line] = []
    bounds = _break(paragraph, width, indent)
    for number, (start, end) in enumerate(bounds):
        shift = 0.0 if number else indent
        fill = justify and number < len(bounds) - 1
        lines.append(paragraph.line(start, end, shift, width - shift, fill=fill))
    return lines


class _Paragraph:
    """The characters of a paragraph with their faces and advances."""

    def __init__(self, spans: Iterable[Span], size: float, pitch: float) -> None:
        parts = [run for face, text in spans for run in runs(text, face)]
        self.text = "".join(text for _, text in parts)
        self.faces = [typeface for typeface, text in parts for _ in text]
        self.size = size
        ems = [typeface.widths[c] for typeface, text in parts for c in text]
        # Added after a full-width character so that it takes one cell of the grid.
        self.cell = [pitch - size if em == 1 else 0.0 for em in ems]
        self.ends = list(
            accumulate((em * size + e for em, e in zip(ems, self.cell, strict=True)), initial=0.0)
        )
        self.tokens = tokens(self.text)
        self._token_ends = {end for _, end in self.tokens}

    def trimmed(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in BLANK:
            end -= 1
        return end

    def width(self, start: int, end: int) -> float:
        """Width of a line from `start` to `end`; the last character stands without its cell."""
        end = self.trimmed(start, end)
        return self.ends[end] - self.ends[start] - (self.cell[end - 1] if end > start else 0)

    def gaps(self, start: int, end: int) -> list[int]:
        """Characters after which the line may be stretched or pressed."""
        return [i for i in range(start, end - 1) if i + 1 in self._token_ends]

    def soft_gaps(self, start: int, end: int) -> list[int]:
        """Characters beside which a mark has half an em of white to give."""
        text = self.text
        return [
            i
            for i in range(start, end - 1)
            if text[i] in WHITE_AFTER or text[i + 1] in WHITE_BEFORE
        ]

    def slack(self, start: int, end: int) -> float:
        """By how much the line can be pressed together without showing it."""
        end = self.trimmed(start, end)
        marks = len(self.soft_gaps(start, end)) * _MARK_GIVES
        return self.size * (marks + len(self.gaps(start, end)) * _GAP_GIVES)

    def line(self, start: int, end: int, shift: float, room: float, *, fill: bool) -> Line:
        end = self.trimmed(start, end)
        extra = self.cell[start:end]
        natural = self.width(start, end)
        if natural > room + _EPSILON:
            self._press(extra, start, end, natural - room)
        elif fill:
            self._stretch(extra, start, end, room - natural)
        drawn = natural + sum(extra[:-1]) - sum(self.cell[start : max(start, end - 1)])
        return Line(self._pieces(extra, start, end), shift, drawn)

    def _press(self, extra: list[float], start: int, end: int, need: float) -> None:
        marks = self.soft_gaps(start, end)
        given = min(need, len(marks) * _MARK_GIVES * self.size)
        for i in marks:
            extra[i - start] -= given / len(marks)
        gaps = self.gaps(start, end) or list(range(start, end - 1))
        for i in gaps:
            extra[i - start] -= (need - given) / len(gaps)

    def _stretch(self, extra: list[float], start: int, end: int, room: float) -> None:
        """Opens the line at words and marks first, so that names stay closed, then everywhere."""
        gaps = self.gaps(start, end)
        if not gaps or room / len(gaps) > _GAP_TAKES * self.size:
            return
        open_gaps = [i for i in gaps if self._is_open(i)]
        given = min(room, len(open_gaps) * _OPEN_TAKES * self.size)
        for i in open_gaps:
            extra[i - start] += given / len(open_gaps)
        for i in gaps:
            extra[i - start] += (room - given) / len(gaps)

    def _is_open(self, i: int) -> bool:
        """Whether white may show after character i: a mark, or a change of Chinese and Latin."""
        here, after = self.text[i], self.text[i + 1]
        if here in WHITE_AFTER or after in WHITE_BEFORE:
            return True
        return (here < _HAN_BEGINS) != (after < _HAN_BEGINS)

    def _pieces(self, extra: Sequence[float], start: int, end: int) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        begin = start
        for i in range(start, end):
            last = i + 1 == end
            if last or not self._alike(extra, start, i, i + 1, end):
                pieces.append(Piece(self.faces[i], extra[begin - start], self.text[begin : i + 1]))
                begin = i + 1
        return tuple(pieces)

    def _alike(self, extra: Sequence[float], start: int, i: int, k: int, end: int) -> bool:
        """Whether character k may join the piece of i; what follows the last one is not seen."""
        same = k == end - 1 or abs(extra[i - start] - extra[k - start]) < 1e-6
        return same and self.faces[i] is self.faces[k]


def _break(paragraph: _Paragraph, width: float, indent: float) -> list[Bounds]:
    """Start and end of each line."""
    lines: list[Bounds] = []
    start = end = 0
    for first, last in _unbroken(paragraph, width):
        room = width - (0.0 if lines else indent)
        if end == start or _fits(paragraph, start, last, room):
            end = last
        else:
            lines.append((start, end))
            start, end = first, last
    return [*lines, (start, end)] if end > start else lines


def _fits(paragraph: _Paragraph, start: int, end: int, room: float) -> bool:
    over = paragraph.width(start, end) - room
    if over <= _EPSILON:
        return True
    closing = paragraph.text[paragraph.trimmed(start, end) - 1] in NO_START
    return closing and over <= paragraph.slack(start, end)


def _unbroken(paragraph: _Paragraph, width: float) -> Iterable[Bounds]:
    """The parts between which a line may end; what is wider than a line is cut by character."""
    for start, end in glued(paragraph.text, paragraph.tokens):
        if paragraph.width(start, end) <= width + _EPSILON:
            yield start, end
            continue
        for first, last in glued(paragraph.text, [(i, i + 1) for i in range(start, end)]):
            if paragraph.width(first, last) <= width + _EPSILON:
                yield first, last
            else:
                yield from ((i, i + 1) for i in range(first, last))
