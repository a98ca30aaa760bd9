"""餐券: ten to an A4 sheet, each with its value, until when it is good, and a code to scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from app.reports import barcode
from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import refuse
from app.reports.page import A4, BLUE, GREY, MM, PALE, RED, Sheet
from app.reports.text import text_width, wrap
from app.reports.words import long_date
from app.values.money import yuan

TITLE = "餐券"
COLUMNS, ROWS = 2, 5
_WIDTH, _HEIGHT = 95 * MM, 55 * MM
_LEFT = (A4[0] - COLUMNS * _WIDTH) / 2
_TOP = (A4[1] - ROWS * _HEIGHT) / 2
_PAD = 5 * MM
_NAME = 13.0
_BARS = 46 * MM
_FOOT = "抵本人应付的餐费，一次用完，不找零、不兑现金。"
_ANYBODY = "持券人"


@dataclass(frozen=True, slots=True)
class Voucher:
    """One voucher; `value` in 分, `name` is empty for whoever brings it."""

    code: str
    value: int
    name: str
    reason: str
    expires_on: date | None


@dataclass(frozen=True, kw_only=True)
class VoucherSheet:
    office: str
    vouchers: Sequence[Voucher]


def render(data: VoucherSheet) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    require((data.office, _FOOT))
    if not common(chain.from_iterable(map(_texts, data.vouchers))):
        refuse(found for one in data.vouchers for found in unknown(_texts(one), whose=one.name))
    sheet = Sheet(TITLE, author=data.office, size=A4)
    count = COLUMNS * ROWS
    for first in range(0, max(len(data.vouchers), 1), count):
        for place, one in enumerate(data.vouchers[first : first + count]):
            row, column = divmod(place, COLUMNS)
            x, y = _LEFT + column * _WIDTH, A4[1] - _TOP - (row + 1) * _HEIGHT
            _draw(sheet, x, y, one, data.office)
        _draw_cuts(sheet)
        sheet.end_page()
    return sheet.finish()


def _texts(voucher: Voucher) -> tuple[str, ...]:
    return voucher.name, voucher.reason, voucher.code


def _draw(sheet: Sheet, x: float, y: float, one: Voucher, office: str) -> None:
    """The lower left corner of the voucher is at (x, y)."""
    inner, top, width = x + _PAD, y + _HEIGHT - _PAD, _WIDTH - 2 * _PAD
    right = inner + width
    sheet.text(inner, top - 11, TITLE, Face.TITLE, 15, ink=RED)
    sheet.text(right, top - 9, f"№ {one.code}", Face.HEI, 8, align="right", ink=GREY)
    figure = sheet.text(inner, top - 42, yuan(one.value), Face.CODE, 27, ink=BLUE)
    sheet.text(inner + figure + 4, top - 42, "元", Face.HEI, 13, ink=BLUE)
    until = f"有效期到 {long_date(one.expires_on)}" if one.expires_on else "长期有效"
    sheet.text(right, top - 40, until, Face.SONG, 9, align="right")
    name = one_line(one.name) or _ANYBODY
    # A name of thirty characters is smaller, never cut.
    sheet.text(inner, top - 62, name, Face.HEI, _fitting(name, Face.HEI, _NAME, width))
    reason = wrap(one_line(one.reason), Face.SONG, 9, width)
    sheet.lines(inner, top - 77, reason[:1], 9, 12, ink=GREY)
    barcode.draw(sheet, inner, y + _PAD + 12, _BARS, 9 * MM, one.code)
    sheet.text(inner, y + _PAD, _FOOT, Face.SONG, 7.5, ink=GREY)
    size = _fitting(one_line(office), Face.SONG, 8.0, width - _BARS - 3 * MM)
    sheet.text(right, y + _PAD + 14, one_line(office), Face.SONG, size, align="right", ink=GREY)


def _fitting(text: str, face: Face, size: float, width: float) -> float:
    """The size at which a text is no wider than there is room."""
    return min(size, size * width / max(text_width(text, face, size), 1))


def _draw_cuts(sheet: Sheet) -> None:
    """Where it is cut."""
    bottom, top = A4[1] - _TOP - ROWS * _HEIGHT, A4[1] - _TOP
    for column in range(COLUMNS + 1):
        x = _LEFT + column * _WIDTH
        sheet.rule(x, bottom, x, top, ink=PALE, dash=(2, 2))
    for row in range(ROWS + 1):
        y = top - row * _HEIGHT
        sheet.rule(_LEFT, y, _LEFT + COLUMNS * _WIDTH, y, ink=PALE, dash=(2, 2))
