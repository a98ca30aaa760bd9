"""志愿者卡: ten to an A4 sheet, of the size of a bank card, with a code that opens the account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from app.reports import fitted, qr
from app.reports.clean import one_line
from app.reports.fitted import Part
from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import refuse
from app.reports.page import A4, BLUE, GREY, MM, PALE, RED, Sheet
from app.reports.words import long_date

TITLE = "志愿者卡"
COLUMNS, ROWS = 2, 5
_WIDTH, _HEIGHT = 85.6 * MM, 54 * MM
_LEFT = (A4[0] - COLUMNS * _WIDTH) / 2
_TOP = (A4[1] - ROWS * _HEIGHT) / 2
_PAD = 4.5 * MM
_QR = 24 * MM
_BAND = 9 * MM
_SIZES = tuple(size / 2 for size in range(40, 10, -1))
_FOOT = "凭卡签到、兑换积分。遗失请到社区办理挂失补卡。"


@dataclass(frozen=True, slots=True)
class Card:
    """One volunteer; `code` opens the account, `team` and `stars` may be empty."""

    name: str
    number: str
    code: str
    team: str = ""
    stars: str = ""


@dataclass(frozen=True, kw_only=True)
class VolunteerCards:
    office: str
    cards: Sequence[Card]
    printed_on: date


def render(data: VolunteerCards) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=data.office, size=A4)
    if not data.cards:
        words = f"没有要打印的志愿者卡　{data.office}"
        sheet.text(A4[0] / 2, A4[1] / 2, words, Face.SONG, 12, align="center", ink=PALE)
        sheet.end_page()
    count = COLUMNS * ROWS
    for first in range(0, len(data.cards), count):
        page = data.cards[first : first + count]
        for place, card in enumerate(page):
            row, column = divmod(place, COLUMNS)
            x, y = _LEFT + column * _WIDTH, A4[1] - _TOP - (row + 1) * _HEIGHT
            _draw(sheet, x, y, card, data)
        _draw_cuts(sheet)
        sheet.end_page()
    return sheet.finish()


def _check(data: VolunteerCards) -> None:
    require((data.office, _FOOT))
    if not common(chain.from_iterable(map(_texts, data.cards))):
        refuse(found for one in data.cards for found in unknown(_texts(one), whose=one.name))


def _texts(card: Card) -> tuple[str, ...]:
    return card.name, card.number, card.team, card.stars, card.code


def _draw(sheet: Sheet, x: float, y: float, card: Card, data: VolunteerCards) -> None:
    """The lower left corner of the card is at (x, y)."""
    inner = x + _PAD
    top = y + _HEIGHT - _PAD
    sheet.text(inner, top - 12, TITLE, Face.HEI, 12.5, ink=RED)
    if card.stars:
        right = x + _WIDTH - _PAD
        sheet.text(right, top - 12, card.stars, Face.HEI, 11, align="right", ink=BLUE)
    sheet.rule(inner, top - _BAND + 6, x + _WIDTH - _PAD, top - _BAND + 6, width=0.8, ink=RED)
    _draw_code(sheet, x + _WIDTH - _PAD - _QR, y + 10.5 * MM, card.code)
    room = _WIDTH - 3 * _PAD - _QR
    parts = [
        Part(one_line(card.name), Face.HEI),
        Part(f"编号 {card.number}", Face.SONG, 0.6),
        Part(one_line(card.team), Face.SONG, 0.48, ink=GREY),
    ]
    height = 25 * MM
    block = fitted.fit(parts, room, height, _SIZES)
    if block is not None:
        fitted.draw(sheet, inner, top - _BAND - 1 * MM, room, block)
    foot = [
        Part(data.office, Face.SONG, 1.0, ink=GREY),
        Part(f"{_FOOT}　{long_date(data.printed_on)}", Face.SONG, 0.8, ink=GREY),
    ]
    below = fitted.fit(foot, _WIDTH - 2 * _PAD, 7.5 * MM, (8, 7.5, 7, 6.5, 6, 5.5, 5))
    if below is not None:
        fitted.draw(sheet, inner, y + 2 * MM + below.height, _WIDTH - 2 * _PAD, below)


def _draw_code(sheet: Sheet, x: float, y: float, code: str) -> None:
    qr.draw(sheet, x, y + 9, _QR, code)
    sheet.text(x + _QR / 2, y, code, Face.SONG, 7.5, align="center", ink=GREY)


def _draw_cuts(sheet: Sheet) -> None:
    """Dashed edges, for the knife."""
    bottom, top = A4[1] - _TOP - ROWS * _HEIGHT, A4[1] - _TOP
    for column in range(COLUMNS + 1):
        x = _LEFT + column * _WIDTH
        sheet.rule(x, bottom, x, top, width=0.3, ink=PALE, dash=(2, 2))
    for row in range(ROWS + 1):
        y = top - row * _HEIGHT
        sheet.rule(_LEFT, y, _LEFT + COLUMNS * _WIDTH, y, width=0.3, ink=PALE, dash=(2, 2))
