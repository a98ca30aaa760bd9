"""价目表 for the wall: every article or dish with its price, in type that is read from afar.

An article of the shop has points on it and no price in money: points are thanks, not a currency
(order 67 art. 19). What is eaten has its price in money.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.headline import headline
from app.reports.page import A4, GREY, MM, PALE, RED, WASH, Sheet
from app.reports.text import text_width, wrap
from app.reports.words import long_date

TITLE = "积分兑换价目表"
MEALS_TITLE = "价目表"
_SIDE, _TOP, _BOTTOM = 16 * MM, 16 * MM, 22 * MM
_WIDTH = A4[0] - 2 * _SIDE
_TITLE_SIZE, _BAND_SIZE, _SIZE, _SMALL = 30.0, 15.0, 17.0, 11.0
_BAND, _ROW = 10 * MM, 11 * MM
_POINTS_ROOM = 42 * MM
_SPEC, _GAP, _FOOT = 12.0, 3 * MM, 15.0
_LARGER = (1.5, 1.25, 1.1, 1.0)
"""How much larger the articles may stand where the sheets have room: it is read from afar"""


@dataclass(frozen=True, slots=True)
class PricedGoods:
    """An article: 洗衣液, 1 千克, 40, 分/瓶, 每月限 2 瓶; a dish: 红烧带鱼, "", 6.00, 元, 含鱼."""

    name: str
    spec: str
    price: str
    unit: str
    limit: str = ""


@dataclass(frozen=True, kw_only=True)
class PriceList:
    """Articles by kind, in the order in which they are printed; `empty` where there is none."""

    office: str
    shop: str
    groups: Sequence[tuple[str, Sequence[PricedGoods]]]
    note: str
    day: date
    title: str = TITLE
    empty: str = "还没有上架的商品"


def render(data: PriceList) -> bytes:
    """The PDF; MissingGlyph names the articles with characters that no font has."""
    require((data.office, data.shop, data.title, data.note, *(kind for kind, _ in data.groups)))
    for _, some in data.groups:
        require(
            text for one in some for text in (one.name, one.spec, one.price, one.unit, one.limit)
        )
    sheet = Sheet(data.title, author=one_line(data.office))
    k, pages = _largest(data)
    for number, page in enumerate(pages, start=1):
        y = _draw_head(sheet, data)
        for line in page:
            y = _draw(sheet, line, y, k)
        if not page:
            middle = (sheet.width / 2, y - 20 * MM)
            sheet.text(*middle, data.empty, Face.SONG, 14, align="center", ink=PALE)
        _draw_foot(sheet, data, f"第 {number} 页　共 {len(pages)} 页" if len(pages) > 1 else "")
        sheet.end_page()
    return sheet.finish()


_Line = tuple[str, PricedGoods | None]
"""The band of a kind, or an article."""


def _largest(data: PriceList) -> tuple[float, list[list[_Line]]]:
    """The largest type that needs no more sheets than the smallest, and what each sheet has."""
    plans = [(k, list(_pages(data, k))) for k in _LARGER]
    fewest = len(plans[-1][1])
    return next((k, pages) for k, pages in plans if len(pages) == fewest)


def _pages(data: PriceList, k: float) -> Iterator[list[_Line]]:
    """A band is repeated where its articles go over, and never stands alone at the foot."""
    high, row = _BAND * k, _ROW * k
    room = A4[1] - _TOP - _head_height(data) - _BOTTOM
    page: list[_Line] = []
    left = room
    for kind, some in data.groups:
        for number, one in enumerate(some):
            band = high if (number == 0 or not page) and kind else 0.0
            if left < band + row and page:
                yield page
                page, left = [], room
                band = high if kind else 0.0
            if band:
                page.append((kind, None))
            page.append((kind, one))
            left -= band + row
    yield page


def _title(data: PriceList) -> list[str]:
    return headline(f"{one_line(data.shop)}{data.title}", _WIDTH / _TITLE_SIZE)


def _head_height(data: PriceList) -> float:
    return len(_title(data)) * _TITLE_SIZE * 1.35 + 10 * MM


def _draw_head(sheet: Sheet, data: PriceList) -> float:
    y = sheet.height - _TOP - _TITLE_SIZE
    for words in _title(data):
        sheet.text(sheet.width / 2, y, words, Face.TITLE, _TITLE_SIZE, align="center", ink=RED)
        y -= _TITLE_SIZE * 1.35
    y += _TITLE_SIZE * 0.9
    sheet.rule(_SIDE, y, sheet.width - _SIDE, y, width=1.6, ink=RED)
    return sheet.height - _TOP - _head_height(data)


def _draw(sheet: Sheet, line: _Line, top: float, k: float) -> float:
    kind, one = line
    if one is None:
        high = _BAND * k
        sheet.box(_SIDE, top - high + MM, _WIDTH, high - 2 * MM, fill=WASH)
        sheet.text(_SIDE + 3 * MM, top - high / 2 - 5 * k, kind, Face.HEI, _BAND_SIZE * k)
        return top - high
    bottom = top - _ROW * k
    _draw_goods(sheet, one, (top + bottom) / 2 - _SIZE * k * 0.36, k)
    sheet.rule(_SIDE, bottom, _SIDE + _WIDTH, bottom, width=0.4, ink=PALE)
    return bottom


def _draw_goods(sheet: Sheet, one: PricedGoods, y: float, k: float) -> None:
    """Name and size at the left, points large at the right; both smaller where they are long."""
    left, end = _SIDE + 3 * MM, _SIDE + _WIDTH - _POINTS_ROOM * k
    limit = text_width(one.limit, Face.SONG, _SMALL * k)
    scale = min(k, (end - left - limit - 3 * MM) / _wide(one))
    x = left + sheet.text(left, y, one_line(one.name), Face.HEI, _SIZE * scale) + _GAP * scale
    sheet.text(x, y, one_line(one.spec), Face.HEI, _SPEC * scale, ink=GREY)
    sheet.text(end, y, one.limit, Face.SONG, _SMALL * k, align="right", ink=GREY)
    right, unit = _SIDE + _WIDTH - 2 * MM, f" {one.unit}"
    figure = right - text_width(unit, Face.SONG, _SPEC * k)
    sheet.text(figure, y, one.price, Face.CODE, (_SIZE + 5) * k, align="right", ink=RED)
    sheet.text(right, y, unit, Face.SONG, _SPEC * k, align="right")


def _wide(one: PricedGoods) -> float:
    name = text_width(one_line(one.name), Face.HEI, _SIZE)
    return name + _GAP + text_width(one_line(one.spec), Face.HEI, _SPEC)


def _draw_foot(sheet: Sheet, data: PriceList, page: str) -> None:
    right, y = _SIDE + _WIDTH, 12 * MM
    lines = wrap(one_line(data.note), Face.SONG, _SMALL, _WIDTH * 0.6)
    sheet.lines(_SIDE, y + (len(lines) - 1) * _FOOT, lines, _SMALL, _FOOT, ink=GREY)
    below = "　".join(part for part in (page, long_date(data.day)) if part)
    for number, words in enumerate((below, one_line(data.office))):
        size = _SMALL - 1
        sheet.text(right, y + number * _FOOT, words, Face.SONG, size, align="right", ink=GREY)
