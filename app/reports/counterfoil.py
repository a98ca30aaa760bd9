"""存根: the part of a certificate that the office keeps, above the line where it is cut off."""

from collections.abc import Iterator, Sequence

from app.reports import official
from app.reports.certificate_data import Certificate
from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.headline import headline
from app.reports.page import BLACK, MM, Sheet
from app.reports.text import Line, text_width, wrap
from app.reports.words import long_date

_TITLE_TOP = 14 * MM
_TITLE_SIZE = 13.0
_TITLE_LEADING = 17.0
_TITLE_TO_TABLE = 8.5 * MM
_TO_CUT = 12 * MM
_EDGE = 9 * MM
_LABEL = 24 * MM
_VALUE = official.WIDTH / 2 - _LABEL
_PAD = 1.6 * MM
_ROW = 7.6 * MM
# Long names and purposes are set smaller before the table takes room from the certificate.
_SIZES = (10.5, 9.5, 8.5)
_ENOUGH = 46 * MM
_MIDDLE = 0.38

Pair = tuple[str, str]
Cell = tuple[str, list[Line]]


class Counterfoil:
    """The counterfoil of one certificate, set; `height` reaches down to the line of the cut."""

    def __init__(self, data: Certificate) -> None:
        self._number = data.number
        titles = headline(one_line(f"{data.title}（存根）"), official.WIDTH / _TITLE_SIZE)
        self._titles = titles
        below = (len(titles) - 1) * _TITLE_LEADING
        self._table_top = _TITLE_TOP + below + _TITLE_TO_TABLE
        for self._size in _SIZES:
            self._rows = [_set_row(pair, self._size) for pair in _rows(data)]
            self._heights = [self._row_height(row) for row in self._rows]
            if sum(self._heights) <= _ENOUGH:
                break
        self.height = self._table_top + sum(self._heights) + _TO_CUT

    def _row_height(self, row: Sequence[Cell]) -> float:
        most = max(len(lines) for _, lines in row)
        return max(_ROW, most * self._size * 1.25 + 2 * _PAD)

    def draw(self, sheet: Sheet) -> None:
        """Draws it at the head of the page."""
        y = sheet.height - _TITLE_TOP - official.ASCENT * _TITLE_SIZE
        for line in self._titles:
            sheet.text(sheet.width / 2, y, line, Face.TITLE, _TITLE_SIZE, align="center")
            y -= _TITLE_LEADING
        self._draw_table(sheet, sheet.height - self._table_top)
        self._draw_cut(sheet, sheet.height - self.height)

    def _draw_table(self, sheet: Sheet, top: float) -> None:
        y = top
        for row, height in zip(self._rows, self._heights, strict=True):
            self._draw_row(sheet, y - height / 2, row)
            y -= height
            sheet.rule(official.LEFT, y, official.LEFT + official.WIDTH, y)
        left, half = official.LEFT, official.WIDTH / 2
        edges = (left + _LABEL, left + half, left + half + _LABEL)
        sheet.rules([(x, top, x, y) for x in edges], width=0.5, ink=BLACK)
        sheet.box(left, y, official.WIDTH, top - y, stroke=0.9)

    def _draw_row(self, sheet: Sheet, middle: float, row: Sequence[Cell]) -> None:
        size, leading = self._size, self._size * 1.25
        x = official.LEFT
        for label, lines in row:
            y = middle - _MIDDLE * size
            sheet.text(x + _PAD, y, label, Face.SONG, size)
            y += (len(lines) - 1) * leading / 2
            sheet.lines(x + _LABEL + _PAD, y, lines, size, leading)
            x += _LABEL + _VALUE

    def _draw_cut(self, sheet: Sheet, y: float) -> None:
        """The line of 骑缝: the seal lies over it, half on each part."""
        words = f"{one_line(self._number)}（骑缝）"
        size = min(11.0, 0.8 * official.WIDTH / text_width(words, Face.SONG, 1))
        baseline = y - _MIDDLE * size
        half = sheet.text(sheet.width / 2, baseline, words, Face.SONG, size, align="center") / 2
        gap = half + 4 * MM
        for x, end in (
            (_EDGE, sheet.width / 2 - gap),
            (sheet.width / 2 + gap, sheet.width - _EDGE),
        ):
            sheet.rule(x, y, end, y, dash=(4, 3))


def _rows(data: Certificate) -> Iterator[tuple[Pair, Pair]]:
    day = long_date(data.issued_on) if data.issued_on else ""
    holder = f"{data.holder}　{data.holder_document}".strip()
    yield ("编号", data.number), ("姓名", holder)
    yield ("用途", data.purpose), ("接收单位", data.recipient)
    yield ("份数", f"{data.copies} 份"), ("出具日期", day)
    yield ("经办人", data.handled_by), ("批准人", data.approved_by)
    yield ("领取人签字", ""), ("与本人关系", "")


def _set_row(pairs: Sequence[Pair], size: float) -> list[Cell]:
    return [
        (label, wrap(one_line(value), Face.SONG, size, _VALUE - 2 * _PAD)) for label, value in pairs
    ]
