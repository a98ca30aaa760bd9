"""送餐单: a walk in large type, stop by stop, with boxes to tick on the way and room for the time.

The rows have the numbers of the board, so that what happened is typed back in this order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, chain

from app.reports import fitted
from app.reports.clean import one_line
from app.reports.fitted import Part
from app.reports.fonts import Face, common, require, unknown
from app.reports.listing import PERSONAL
from app.reports.missing import refuse
from app.reports.page import A4, GREY, MM, PALE, Ink, Sheet
from app.reports.text import text_width
from app.reports.words import long_date, printed
from app.values.stamp import Stamp

TITLE = "送餐单"
RESULTS = ("送达", "没人", "拒收")
"""The boxes, in the order of the keys 1 to 3 that type them back."""
_SIDE, _TOP, _BOTTOM = 12 * MM, 11 * MM, 9 * MM
_HEAD, _ROW, _SIGNING = 29 * MM, 18.2 * MM, 11 * MM
_HAIR: Ink = (0.55, 0.55, 0.55)
# Number; name and address; meal and diet; phone and what the door asks for; boxes and time.
_WIDTHS = tuple(width * MM for width in (12, 58, 32, 38, 46))
_EDGES = tuple(accumulate(_WIDTHS, initial=_SIDE))
_NUMBER, _PERSON, _MEAL, _DOOR, _BOXES = range(5)
_PAD = 1.8 * MM
_BOX = 6 * MM
_SMALLER = (0.85, 0.72, 0.6, 0.5, 0.4, 0.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """One stop; `door` is what the carrier must know: 敲门要重."""

    place: int
    name: str
    home: str
    meal: str
    diet: str = ""
    phone: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One walk, its rows in walking order; times in words, '' for what is not known."""

    name: str
    area: str
    carrier: str
    departs: str
    rows: Sequence[DeliveryRow]
    portions: int


@dataclass(frozen=True, kw_only=True)
class DeliverySheets:
    """The walks of a meal period; each begins on a page of its own."""

    office: str
    canteen: str
    on_date: date
    period: str
    deliver_by: str
    routes: Sequence[Route]
    printed_on: date
    printed_by: str
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""


def render(data: DeliverySheets) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=data.office, size=A4, stamp=data.stamp)
    room = int((sheet.height - _TOP - _HEAD - _BOTTOM - _SIGNING) // _ROW)
    for route in data.routes:
        count = max(1, -(-len(route.rows) // room))
        for page in range(count):
            _draw_head(sheet, data, route, f"第 {page + 1} 页　共 {count} 页")
            y = sheet.height - _TOP - _HEAD
            rows = route.rows[page * room : (page + 1) * room]
            for row in rows:
                _draw_row(sheet, y, row)
                y -= _ROW
            _draw_grid(sheet, sheet.height - _TOP - _HEAD, len(rows))
            _draw_foot(sheet, data, last=page + 1 == count)
            sheet.end_page()
    if not data.routes:
        words = f"没有要送的餐　{data.office}"
        sheet.text(A4[0] / 2, A4[1] / 2, words, Face.SONG, 12, align="center", ink=PALE)
        sheet.end_page()
    return sheet.finish()


def _check(data: DeliverySheets) -> None:
    require((data.office, data.canteen, data.printed_by))
    for route in data.routes:
        require((route.name, route.area, route.carrier))
    rows = [row for route in data.routes for row in route.rows]
    if not common(chain.from_iterable(map(_texts, rows))):
        refuse(found for row in rows for found in unknown(_texts(row), whose=row.name))


def _texts(row: DeliveryRow) -> tuple[str, ...]:
    return row.name, row.home, row.meal, row.diet, row.phone, row.door


def _draw_head(sheet: Sheet, data: DeliverySheets, route: Route, page: str) -> None:
    top, right = sheet.height - _TOP, sheet.width - _SIDE
    title = one_line(f"{route.name}　{route.area}".strip())
    _text(sheet, _SIDE, top - 21, f"{TITLE}　{title}", Face.HEI, 22, 130 * MM)
    sheet.text(right, top - 20, page, Face.SONG, 10, align="right", ink=GREY)
    y = top - 15.8 * MM
    when = f"{long_date(data.on_date)}　{data.period}"
    count = f"{len(route.rows)} 户 {route.portions} 份"
    _text(sheet, _SIDE, y, when, Face.HEI, 14, 70 * MM)
    _text(sheet, _SIDE + 72 * MM, y, f"{data.canteen}　{count}", Face.SONG, 12.5, 80 * MM)
    by = f"{data.deliver_by} 前送完" if data.deliver_by else ""
    sheet.text(right, y, by, Face.HEI, 13, align="right")
    y = top - 23.6 * MM
    _text(sheet, _SIDE, y, f"送餐人：{route.carrier}", Face.SONG, 12.5, 70 * MM)
    if not route.carrier:
        sheet.rule(_SIDE + 17 * MM, y - 2, _SIDE + 60 * MM, y - 2, width=0.4)
    planned = f"（应 {route.departs}）" if route.departs else ""
    for x, words in ((72, f"出发{planned}"), (140, "返回")):
        taken = sheet.text(_SIDE + x * MM, y, f"{words}：", Face.SONG, 12.5)
        begin = _SIDE + x * MM + taken
        sheet.rule(begin, y - 2, begin + 22 * MM, y - 2, width=0.4)


def _draw_grid(sheet: Sheet, top: float, count: int) -> None:
    """All lines of the table at once."""
    right, low = sheet.width - _SIDE, top - count * _ROW
    across = [(_SIDE, top - n * _ROW, right, top - n * _ROW) for n in range(count + 1)]
    sheet.rules(across, width=0.6, ink=(0, 0, 0))
    inside = [(x, top, x, low) for x in _EDGES[1:-1]]
    sheet.rules(inside, width=0.35, ink=_HAIR)
    sheet.rules([(_SIDE, top, _SIDE, low), (right, top, right, low)], width=0.6, ink=(0, 0, 0))


def _draw_row(sheet: Sheet, top: float, row: DeliveryRow) -> None:
    upper, lower = top - 7.9 * MM, top - 14.8 * MM
    middle = _EDGES[_NUMBER] + _WIDTHS[_NUMBER] / 2
    number = str(row.place) if row.place else "—"
    sheet.text(middle, top - 11.4 * MM, number, Face.HEI, 20, align="center")
    _cell(sheet, _PERSON, upper, row.name, Face.HEI, 18)
    _cell(sheet, _PERSON, lower, row.home, Face.SONG, 13.5)
    _cell(sheet, _MEAL, upper, row.meal, Face.HEI, 16)
    _cell(sheet, _MEAL, lower, row.diet, Face.HEI, 13.5)
    _cell(sheet, _DOOR, upper, row.phone, Face.SONG, 12)
    _cell(sheet, _DOOR, lower, row.door, Face.SONG, 11.5)
    _draw_boxes(sheet, top)


def _cell(sheet: Sheet, place: int, y: float, words: str, face: Face, size: float) -> None:
    if words:
        _text(sheet, _EDGES[place] + _PAD, y, words, face, size, _WIDTHS[place] - 2 * _PAD)


def _text(
    sheet: Sheet, x: float, y: float, words: str, face: Face, size: float, room: float
) -> None:
    """One line from (x, y); what is too long is set smaller, in two lines where it must."""
    words = one_line(words)
    if text_width(words, face, size) <= room:
        sheet.text(x, y, words, face, size)
        return
    sizes = [size * part for part in _SMALLER]
    block = fitted.fit([Part(words, face)], room, 7.6 * MM, sizes)
    if block is not None:
        fitted.draw(sheet, x, y + size * 0.62 + block.height / 2 - size * 0.25, room, block)


def _draw_boxes(sheet: Sheet, top: float) -> None:
    """Three boxes with their keys and words, and a line for the time."""
    begin = _EDGES[_BOXES] + _PAD
    y = top - 2.2 * MM - _BOX
    for number, words in enumerate(RESULTS):
        x = begin + number * 14.6 * MM
        sheet.box(x, y, _BOX, _BOX, stroke=0.9)
        sheet.text(
            x + _BOX / 2, y + 1.8 * MM, str(number + 1), Face.SONG, 9, align="center", ink=PALE
        )
        sheet.text(x + _BOX + 0.8 * MM, y + 1.6 * MM, words, Face.SONG, 9)
    line = top - _ROW + 3 * MM
    taken = sheet.text(begin, line + 0.6 * MM, "时间", Face.SONG, 10, ink=GREY)
    sheet.rule(begin + taken + 2, line, _EDGES[-1] - _PAD, line, width=0.35, ink=_HAIR)


def _draw_foot(sheet: Sheet, data: DeliverySheets, *, last: bool) -> None:
    right = sheet.width - _SIDE
    if last:
        y = _BOTTOM + 5.5 * MM
        for place, label in enumerate(("送餐人签字", "交回时间")):
            x = _SIDE + place * 74 * MM
            taken = sheet.text(x, y, f"{label}：", Face.SONG, 12)
            sheet.rule(x + taken, y - 2, x + 66 * MM, y - 2)
    words = f"{one_line(data.office)}　{printed(data.printed_on, data.printed_by)}"
    sheet.text(right, _BOTTOM - 2 * MM, words, Face.SONG, 8.5, align="right", ink=GREY)
    sheet.text(_SIDE, _BOTTOM - 2 * MM, PERSONAL, Face.SONG, 8.5, ink=GREY)
