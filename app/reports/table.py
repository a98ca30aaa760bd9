"""Tables drawn directly on the sheet: heading on every page, long cells wrapped, rows never cut.

Only a row taller than a whole page is divided. Lengths are points unless a name says mm.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.reports.fonts import Face
from app.reports.page import MM, PALE, WASH, Align, Ink, Sheet
from app.reports.text import Line, wrap

_FRAME = 0.9
_HAIR = 0.35
_HAIR_INK: Ink = (0.55, 0.55, 0.55)
# A Chinese character's middle lies this far above the baseline, in ems.
_MIDDLE = 0.38
# White above and below the lines of a row, at most, in ems.
_AIR = 0.85


@dataclass(frozen=True)
class Column:
    """One column: heading, width in mm (all widths are scaled to the page), where text stands."""

    title: str
    width: float
    align: Align = "left"


def without_empty(
    columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]], *titles: str
) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """The table without those of the columns called `titles` in which nothing is written."""
    empty = {
        place
        for place, column in enumerate(columns)
        if column.title in titles and not any(row[place] for row in rows)
    }
    kept = [place for place in range(len(columns)) if place not in empty]
    return tuple(columns[n] for n in kept), [tuple(row[n] for n in kept) for row in rows]


class Row(NamedTuple):
    """A set row: the lines of each cell and the height it takes."""

    cells: tuple[list[Line], ...]
    height: float


class Table:
    """Columns fitted to `width`, a type size, and the least height of a row."""

    def __init__(
        self, columns: Sequence[Column], *, width: float, size: float, row_height: float
    ) -> None:
        self.columns = columns
        self.width = width
        self.size = size
        self.leading = size * 1.25
        self.row_height = row_height
        self._pad = min(1.3 * MM, size * 0.35)
        scale = width / sum(column.width for column in columns)
        self._widths = [column.width * scale for column in columns]
        self._edges = [sum(self._widths[:i]) for i in range(len(columns) + 1)]
        self._inner = [cell - 2 * self._pad for cell in self._widths]
        self._known: list[dict[str, list[Line]]] = [{} for _ in columns]
        self.heading = self._heading()
        self.head = self.heading.height

    def _heading(self) -> Row:
        cells = tuple(
            wrap(column.title, Face.HEI, self.size, room)
            for column, room in zip(self.columns, self._inner, strict=True)
        )
        # Rows may be high, to write in; a heading need not be.
        lines = max(map(len, cells)) * self.leading
        height = min(self._height(cells), lines + self.size * _AIR)
        return Row(cells, height + self.size * 0.35)

    def set_rows(self, rows: Iterable[Sequence[str]]) -> Iterator[Row]:
        """Every row in lines; MissingGlyph if a cell cannot be drawn."""
        face, size, inner, known = Face.SONG, self.size, self._inner, self._known
        for row in rows:
            cells = []
            for text, room, seen in zip(row, inner, known, strict=True):
                lines = seen.get(text)
                if lines is None:
                    lines = seen[text] = wrap(text, face, size, room)
                cells.append(lines)
            yield Row(tuple(cells), self._height(cells))

    def total(self, texts: Sequence[str]) -> Row:
        """The line of totals below the rows, in the face of the heading."""
        pairs = zip(texts, self._inner, strict=True)
        cells = tuple(wrap(text, Face.HEI, self.size, room) for text, room in pairs)
        return Row(cells, self._height(cells))

    def _height(self, cells: Iterable[list[Line]]) -> float:
        most = max(map(len, cells))
        return self.row_height if most == 1 else self._tall(most)

    def _tall(self, lines: int) -> float:
        around = min(self.row_height - self.leading, self.size * _AIR)
        return max(self.row_height, lines * self.leading + around)

    def cell(self, column: int) -> tuple[float, float]:
        """How far a column lies from the table's left edge, and its width."""
        return self._edges[column], self._widths[column]

    def pages(self, rows: Iterable[Row], room: float) -> list[list[Row]]:
        """Rows divided into pages of `room` below the heading; at least one page."""
        pages: list[list[Row]] = [[]]
        left = room
        for row in rows:
            for part in self._parts(row, room):
                if part.height > left + 0.01:
                    pages.append([])
                    left = room
                pages[-1].append(part)
                left -= part.height
        return pages

    def _parts(self, row: Row, room: float) -> Iterator[Row]:
        """The row itself, or its slices where no page could hold it."""
        if row.height <= room + 0.01:
            yield row
            return
        count = max(1, int((room - self.row_height) / self.leading))
        for start in range(0, max(map(len, row.cells)), count):
            cells = tuple(lines[start : start + count] for lines in row.cells)
            yield Row(cells, self._height(cells))

    def draw(
        self, sheet: Sheet, x: float, top: float, rows: Sequence[Row], total: Row | None = None
    ) -> float:
        """Draws heading, rows and totals downwards from `top`; gives the lower edge."""
        heading = self.heading.height
        sheet.box(x, top - heading, self.width, heading, fill=WASH)
        self._draw_row(sheet, x, top, self.heading, centred=True)
        y = top - heading
        levels = [y]
        for row in rows:
            self._draw_row(sheet, x, y, row)
            y -= row.height
            levels.append(y)
        if total:
            sheet.box(x, y - total.height, self.width, total.height, fill=WASH)
            self._draw_row(sheet, x, y, total)
            y -= total.height
            levels.append(y)
        self._draw_rules(sheet, x, top, y, levels)
        return y

    def _draw_row(
        self, sheet: Sheet, x: float, top: float, row: Row, *, centred: bool = False
    ) -> None:
        middle = top - row.height / 2 - self.size * _MIDDLE
        edges, widths, pad, size = self._edges, self._widths, self._pad, self.size
        for i, lines in enumerate(row.cells):
            y = middle + (len(lines) - 1) * self.leading / 2
            align = "center" if centred else self.columns[i].align
            for line in lines:
                left = x + edges[i]
                if align == "left":
                    left += pad
                elif align == "center":
                    left += (widths[i] - line.width) / 2
                else:
                    left += widths[i] - pad - line.width
                sheet.line(left, y, line, size)
                y -= self.leading

    def _draw_rules(
        self, sheet: Sheet, x: float, top: float, bottom: float, levels: Sequence[float]
    ) -> None:
        across = [(x, y, x + self.width, y) for y in levels[:-1]]
        down = [(x + edge, top, x + edge, bottom) for edge in self._edges[1:-1]]
        sheet.rules(across + down, width=_HAIR, ink=_HAIR_INK)
        sheet.box(x, bottom, self.width, top - bottom, stroke=_FRAME)


def say_empty(sheet: Sheet, x: float, y: float, width: float, words: str) -> float:
    """A row's worth of words where a table has no rows; gives the lower edge."""
    sheet.box(x, y - 14 * MM, width, 14 * MM, stroke=_FRAME)
    sheet.text(x + width / 2, y - 8.2 * MM, words, Face.SONG, 10.5, align="center", ink=PALE)
    return y - 14 * MM
