"""邀请函: one for each guest, two to a sheet of A4 with a line to cut along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import official, prose
from app.reports.clean import one_line
from app.reports.flow import Strip, draw, height
from app.reports.fonts import Face, require
from app.reports.page import GREY, MM, RED, Sheet
from app.reports.text import text_width
from app.reports.words import long_date

TITLE = "邀请函"
_TITLE_SIZE = 26.0
_TITLE_TOP, _TEXT_TOP = 14 * MM, 30 * MM
_SIZES = (*prose.SIZES, 11.0, 10.0, 9.0, 8.0)
_MOST_ITEMS = 6


@dataclass(frozen=True, kw_only=True)
class Invitations:
    """One meeting and whom it is to invite; `reach` is whom to call, '' for nobody."""

    office: str
    meeting: str
    when: str
    where: str
    items: Sequence[str]
    guests: Sequence[str]
    reach: str
    day: date


def render(data: Invitations) -> bytes:
    """The PDF; MissingGlyph names the guests with characters that no font has."""
    require((data.office, data.meeting, data.when, data.where, data.reach))
    require((*data.items, *data.guests))
    sheet = Sheet(TITLE, author=one_line(data.office))
    half = sheet.height / 2
    for number, guest in enumerate(data.guests):
        low = number % 2 == 1
        _draw(sheet, data, guest, half if low else sheet.height, half)
        if low or number == len(data.guests) - 1:
            sheet.rule(0, half, sheet.width, half, width=0.4, ink=GREY, dash=(3, 3))
            sheet.end_page()
    return sheet.finish()


def _draw(sheet: Sheet, data: Invitations, guest: str, top: float, room: float) -> None:
    y = top - _TITLE_TOP - official.ASCENT * _TITLE_SIZE
    sheet.spaced(sheet.width / 2, y, TITLE, Face.TITLE, _TITLE_SIZE, 8, ink=RED)
    size, strips = _set(data, guest, room)
    below = draw(sheet, top - _TEXT_TOP, strips)
    _draw_office(sheet, data, size, below - 0.4 * size * prose.SPREAD)


def _set(data: Invitations, guest: str, room: float) -> tuple[float, list[Strip]]:
    """The text in the largest size that leaves room for office and date."""
    for size in _SIZES:
        strips = [
            *prose.strips([f"{one_line(guest)}："], size, indent=False),
            *prose.strips(_sentences(data), size),
        ]
        if height(strips) + 3 * size * prose.SPREAD <= room - _TEXT_TOP - 8 * MM:
            break
    return size, strips


def _sentences(data: Invitations) -> Iterator[str]:
    where = f"在{one_line(data.where)}" if data.where.strip() else ""
    what = f"{one_line(data.when)}{where}召开{one_line(data.meeting)}"
    yield f"兹定于{what}，诚邀您届时参加，共商社区的事。"
    if data.items:
        rest = "等" if len(data.items) > _MOST_ITEMS else ""
        listed = "；".join(map(one_line, data.items[:_MOST_ITEMS]))
        yield f"会议议程：{listed}{rest}。"
    if data.reach:
        yield f"不能参加的，请提前告知。{one_line(data.reach)}。"


def _draw_office(sheet: Sheet, data: Invitations, size: float, top: float) -> None:
    """Office and date, centred on one another at the right."""
    y = top - official.ASCENT * size
    texts = (one_line(data.office), long_date(data.day))
    widest = max(text_width(text, Face.FANG, size) for text in texts)
    middle = official.LEFT + official.WIDTH - size - widest / 2
    for text in texts:
        sheet.text(middle, y, text, Face.FANG, size, align="center")
        y -= size * prose.SPREAD
