"""Forms of labelled fields, and sections that run over to the next page when they must."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.reports.fonts import Face
from app.reports.page import MM, PALE, WASH, Ink, Sheet
from app.reports.table import Row, Table
from app.reports.text import Line, wrap

UNITS = 4
_FRAME = 0.9
_HAIR = 0.35
_HAIR_INK: Ink = (0.55, 0.55, 0.55)
_MIDDLE = 0.38
_UNSAID = "未登记"


class Field(NamedTuple):
    """A label with its value, `span` quarters of the form wide."""

    label: str
    value: str
    span: int = 1


class FormRow(NamedTuple):
    """A set row of fields: label, lines of the value, span; and the height of the row."""

    cells: tuple[tuple[str, list[Line], int], ...]
    height: float


class Form:
    """Rows of fields on a grid of quarters."""

    def __init__(self, *, width: float, size: float) -> None:
        self.width = width
        self.size = size
        self.leading = size * 1.3
        self.unit = width / UNITS
        self.label_width = size * 4 + 3.6 * MM
        self.pad = 1.6 * MM
        self.head = 0.0

    def set_rows(self, rows: Sequence[Sequence[Field]]) -> list[FormRow]:
        """Rows in lines; the spans of each row add up to UNITS."""
        return [self._set_row(row) for row in rows]

    def _set_row(self, row: Sequence[Field]) -> FormRow:
        cells = tuple((f.label, self._lines(f), f.span) for f in row)
        most = max(1, *(len(lines) for _, lines, _ in cells))
        return FormRow(cells, most * self.leading + self.size * 0.75)

    def _lines(self, field: Field) -> list[Line]:
        room = field.span * self.unit - self.label_width - 2 * self.pad
        return wrap(field.value, Face.SONG, self.size, room) if field.value else []

    def draw(self, sheet: Sheet, x: float, top: float, rows: Sequence[FormRow]) -> float:
        """Draws rows downwards from `top`; gives the lower edge."""
        y = top
        segments = []
        for row in rows:
            segments += self._draw_row(sheet, x, y, row)
            y -= row.height
            segments.append((x, y, x + self.width, y))
        sheet.rules(segments[:-1], width=_HAIR, ink=_HAIR_INK)
        sheet.box(x, y, self.width, top - y, stroke=_FRAME)
        return y

    def _draw_row(
        self, sheet: Sheet, x: float, top: float, row: FormRow
    ) -> list[tuple[float, float, float, float]]:
        """Draws the texts of a row; gives the rules between its cells."""
        segments = []
        left, bottom = x, top - row.height
        middle = top - row.height / 2 - self.size * _MIDDLE
        for label, lines, span in row.cells:
            inner = left + self.label_width
            sheet.box(left, bottom, self.label_width, row.height, fill=WASH)
            sheet.text(
                left + self.label_width / 2, middle, label, Face.HEI, self.size, align="center"
            )
            self._draw_value(sheet, inner + self.pad, middle, lines)
            segments += [(edge, top, edge, bottom) for edge in (left, inner) if edge > x]
            left += span * self.unit
        return segments

    def _draw_value(self, sheet: Sheet, x: float, middle: float, lines: list[Line]) -> None:
        if lines:
            y = middle + (len(lines) - 1) * self.leading / 2
            sheet.lines(x, y, lines, self.size, self.leading)
        else:
            sheet.text(x, middle, _UNSAID, Face.SONG, self.size, ink=PALE)


@dataclass
class Section:
    """A titled form or table; `rows` may be divided over pages, the title says so."""

    title: str
    body: Form | Table
    rows: Sequence[FormRow] | Sequence[Row]
    continued: bool = False

    @property
    def title_height(self) -> float:
        return self.body.size * 2.1

    @property
    def height(self) -> float:
        return self.title_height + self.body.head + sum(row.height for row in self.rows)

    def split(self, room: float) -> tuple["Section | None", "Section | None"]:
        """What fits into `room` and what remains; a title never stands without a row."""
        left = room - self.title_height - self.body.head + 0.01
        count = 0
        for row in self.rows:
            left -= row.height
            if left < 0:
                break
            count += 1
        if count == len(self.rows):
            return self, None
        rest = Section(self.title, self.body, self.rows[count:], self.continued or count > 0)
        first = Section(self.title, self.body, self.rows[:count], self.continued)
        return (first if count else None), rest

    def draw(self, sheet: Sheet, x: float, top: float) -> float:
        """Draws title and rows; gives the lower edge."""
        size = self.body.size
        title = f"{self.title}（续）" if self.continued else self.title
        sheet.text(x, top - self.title_height + size * 0.55, title, Face.HEI, size * 1.08)
        return self.body.draw(sheet, x, top - self.title_height, self.rows)  # type: ignore[arg-type]  # rows of this very body


def paginate(sections: Sequence[Section], room: float) -> list[list[Section]]:
    """Sections divided into pages of `room`; a page always takes at least one row."""
    pages: list[list[Section]] = [[]]
    left = room
    for section in sections:
        rest: Section | None = section
        while rest is not None:
            part, rest = rest.split(left)
            if part is not None:
                pages[-1].append(part)
                left -= part.height
            if rest is not None:
                pages.append([])
                left = room
    return pages
