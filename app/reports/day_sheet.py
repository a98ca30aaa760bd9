"""走访单: who is to be visited today, in large type, with boxes to tick and room to write.

Every row carries its code, once for the scanner and once in figures, so that what was found is
typed back in the order of the paper.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby

from app.reports import fitted, qr
from app.reports.clean import one_line
from app.reports.fitted import Part
from app.reports.fonts import Face, common, require, unknown
from app.reports.listing import PERSONAL
from app.reports.missing import refuse
from app.reports.page import GREY, MM, PALE, WASH, Sheet
from app.reports.words import long_date, printed
from app.values.stamp import Stamp

TITLE = "走访单"
RESULTS = ("正常", "有变", "需帮", "没人", "不愿见")
"""The boxes, in the order of the keys 1 to 5 that type them back."""
_SIDE, _TOP, _BOTTOM = 12 * MM, 12 * MM, 10 * MM
_HEAD, _BAND, _ROW, _SIGNING = 25 * MM, 7.5 * MM, 23 * MM, 12 * MM
_TITLE_SIZE, _FACT_SIZE, _SMALL = 20.0, 12.0, 9.0
# Number; name and place; phone and group; when, and the time before; result; code.
_WIDTHS = tuple(width * MM for width in (9, 43, 33, 31, 53, 17))
_NUMBER, _PERSON, _GROUP, _WHEN, _RESULT, _CODE = range(6)
_PAD = 1.6 * MM
_BOX = 5.2 * MM
_QR = 13.5 * MM
_HAIR = (0.55, 0.55, 0.55)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheetRow:
    """One person to be visited; `house` heads those of one building and unit."""

    number: int
    code: str
    house: str
    name: str
    place: str
    phone: str
    group: str
    due: str
    last: str


@dataclass(frozen=True, kw_only=True)
class DaySheet:
    """One round, its rows in walking order."""

    office: str
    number: int
    on_date: date
    grid: str
    visitor: str
    rows: Sequence[DaySheetRow]
    printed_on: date
    printed_by: str
    mark: str = ""
    """补打 where it was printed before"""
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands on a page below what is before it: a heading of a house, or a row."""

    height: float
    house: str = ""
    row: DaySheetRow | None = None


def render(data: DaySheet) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=data.office, stamp=data.stamp)
    pages = _pages(data.rows, sheet.height - _TOP - _HEAD - _BOTTOM - _SIGNING)
    for number, pieces in enumerate(pages, start=1):
        _draw_head(sheet, data, f"第 {number} 页　共 {len(pages)} 页")
        y = sheet.height - _TOP - _HEAD
        if not pieces:
            words = "没有要走访的人"
            sheet.text(sheet.width / 2, y - 20 * MM, words, Face.SONG, 12, align="center", ink=PALE)
        for piece in pieces:
            _draw_piece(sheet, y, piece)
            y -= piece.height
        _draw_foot(sheet, data, last=number == len(pages))
        sheet.end_page()
    return sheet.finish()


def _check(data: DaySheet) -> None:
    require((data.office, data.grid, data.visitor, data.printed_by, data.mark))
    if not common(text for row in data.rows for text in _texts(row)):
        refuse(
            chain.from_iterable(
                unknown(dict.fromkeys(_texts(row)), whose=row.name) for row in data.rows
            )
        )


def _texts(row: DaySheetRow) -> tuple[str, ...]:
    return (row.name, row.house, row.place, row.phone, row.group, row.due, row.last)


def _pages(rows: Sequence[DaySheetRow], room: float) -> list[list[_Piece]]:
    """A house's heading never stands without a row below it, and again on the page after."""
    pages: list[list[_Piece]] = [[]]
    left = room
    for house, group in groupby(rows, key=lambda row: row.house):
        headed = False
        for row in group:
            need = _ROW + (0 if headed else _BAND)
            if need > left + 0.01:
                pages.append([])
                left, headed = room, False
            if not headed:
                pages[-1].append(_Piece(_BAND, house=house))
                left -= _BAND
                headed = True
            pages[-1].append(_Piece(_ROW, row=row))
            left -= _ROW
    return pages


def _draw_head(sheet: Sheet, data: DaySheet, page: str) -> None:
    top, right = sheet.height - _TOP, sheet.width - _SIDE
    sheet.spaced(sheet.width / 2, top - 18, TITLE, Face.TITLE, _TITLE_SIZE, 4)
    sheet.text(right, top - 16, f"第 {data.number} 号", Face.HEI, 15, align="right")
    sheet.text(_SIDE, top - 16, data.mark, Face.HEI, 12)
    y = top - 14.5 * MM
    facts = (
        ("日期", long_date(data.on_date)),
        ("网格", data.grid),
        ("走访人", data.visitor),
        ("", f"共 {len(data.rows):,} 人"),
    )
    part = (sheet.width - 2 * _SIDE) / len(facts)
    for place, (label, words) in enumerate(facts):
        title = f"{label}：" if label else ""
        if not words:
            # What is not known yet is written by hand.
            x = _SIDE + place * part
            taken = sheet.text(x, y + 0.7 * MM, title, Face.HEI, _FACT_SIZE)
            sheet.rule(x + taken, y - 0.3 * MM, x + part - 6 * MM, y - 0.3 * MM)
            continue
        _fit(sheet, _SIDE + place * part, y + 5 * MM, part - 2 * MM, 7 * MM, f"{title}{words}")
    keys = "　".join(f"{key} {words}" for key, words in enumerate(RESULTS, start=1))
    y -= 6 * MM
    said = f"结果在格里打勾：{keys}。回来后按“录入走访”，一人一键。"
    sheet.text(_SIDE, y, said, Face.SONG, _SMALL, ink=GREY)
    sheet.text(right, y, page, Face.SONG, _SMALL, align="right", ink=GREY)


def _fit(sheet: Sheet, x: float, top: float, width: float, height: float, words: str) -> None:
    sizes = (_FACT_SIZE, 10.5, 9.0, 7.5, 6.0)
    block = fitted.fit([Part(one_line(words), Face.HEI)], width, height, sizes)
    if block is not None:
        fitted.draw(sheet, x, top, width, block)


def _draw_piece(sheet: Sheet, top: float, piece: _Piece) -> None:
    width = sheet.width - 2 * _SIDE
    if piece.row is None:
        sheet.box(_SIDE, top - piece.height, width, piece.height, fill=WASH, stroke=0.6)
        words = one_line(piece.house) or "住在别处，或没有登记住处"
        block = fitted.fit([Part(words, Face.HEI)], width - 4 * MM, piece.height, (13.0, 10.5, 8.0))
        if block is not None:
            middle = top - (piece.height - block.height) / 2
            fitted.draw(sheet, _SIDE + 2 * MM, middle, width - 4 * MM, block)
        return
    _draw_row(sheet, top, piece.row)
    sheet.box(_SIDE, top - piece.height, width, piece.height, stroke=0.6)


def _draw_row(sheet: Sheet, top: float, row: DaySheetRow) -> None:
    cells = list(_cells())
    for x, _ in cells[1:]:
        sheet.rule(x, top, x, top - _ROW, width=0.35, ink=_HAIR)
    x, width = cells[_NUMBER]
    middle = top - _ROW / 2 - 5
    sheet.text(x + width / 2, middle, str(row.number), Face.HEI, 14, align="center")
    texts = {
        _PERSON: (Part(row.name, Face.HEI, 1.3), Part(row.place)),
        _GROUP: (Part(row.phone), Part(row.group)),
        _WHEN: (Part(row.due, Face.HEI), Part(row.last, scale=0.82)),
    }
    for place, parts in texts.items():
        _draw_texts(sheet, top, cells[place], parts)
    _draw_boxes(sheet, top, *cells[_RESULT])
    _draw_code(sheet, top, *cells[_CODE], row.code)


def _cells() -> Iterator[tuple[float, float]]:
    """Left edge and width of each column."""
    x = _SIDE
    for width in _WIDTHS:
        yield x, width
        x += width


def _draw_texts(sheet: Sheet, top: float, cell: tuple[float, float], parts: Sequence[Part]) -> None:
    """In the largest type that the cell holds, in its middle."""
    x, width = cell
    sizes = (12.5, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)
    block = fitted.fit(parts, width - 2 * _PAD, _ROW - 2 * MM, sizes)
    if block is not None:
        fitted.draw(sheet, x + _PAD, top - (_ROW - block.height) / 2, width - 2 * _PAD, block)


def _draw_boxes(sheet: Sheet, top: float, x: float, width: float) -> None:
    """Five boxes with their keys and words, and a line to write on below them."""
    part = (width - 2 * _PAD) / len(RESULTS)
    y = top - 1.8 * MM - _BOX
    for place, words in enumerate(RESULTS):
        middle = x + _PAD + (place + 0.5) * part
        sheet.box(middle - _BOX / 2, y, _BOX, _BOX, stroke=0.9)
        key = str(place + 1)
        sheet.text(middle, y + 1.6 * MM, key, Face.SONG, 8, align="center", ink=PALE)
        sheet.text(middle, y - 3.4 * MM, words, Face.SONG, 8.5, align="center")
    low = top - _ROW + 2.6 * MM
    sheet.rule(x + _PAD, low, x + width - _PAD, low, width=0.35, ink=_HAIR)


def _draw_code(sheet: Sheet, top: float, x: float, width: float, code: str) -> None:
    qr.draw(sheet, x + (width - _QR) / 2, top - 1.8 * MM - _QR, _QR, code)
    y = top - _ROW + 2.2 * MM
    sheet.text(x + width / 2, y, code, Face.HEI, 10.5, align="center")


def _draw_foot(sheet: Sheet, data: DaySheet, *, last: bool) -> None:
    right = sheet.width - _SIDE
    if last:
        y = _BOTTOM + 6 * MM
        for place, label in enumerate(("走访人签字", "交回日期")):
            x = _SIDE + place * 70 * MM
            taken = sheet.text(x, y, f"{label}：", Face.SONG, 11)
            sheet.rule(x + taken, y - 2, x + 64 * MM, y - 2)
    by_whom = printed(data.printed_on, data.printed_by)
    words = f"{one_line(data.office)}　{by_whom}"
    sheet.text(right, _BOTTOM - 2 * MM, words, Face.SONG, 8.5, align="right", ink=GREY)
    sheet.text(_SIDE, _BOTTOM - 2 * MM, PERSONAL, Face.SONG, 8.5, ink=GREY)
