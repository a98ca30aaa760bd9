"""补贴标准公示 of a canteen: who gets what and what a set meal then costs him, to hang on the wall.

Prices, subsidies and the phone of who listens to complaints are to be posted (domain.md 4.5).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.headline import headline
from app.reports.page import A4, GREY, MM, RED, Sheet
from app.reports.table import Column, Row, Table, say_empty
from app.reports.text import wrap
from app.reports.words import long_date

TITLE = "补贴标准公示"
_SIDE, _TOP, _BOTTOM = 14 * MM, 16 * MM, 24 * MM
_WIDTH = A4[0] - 2 * _SIDE
_TITLE_SIZE, _SIZE, _ROW, _SMALL, _LEADING = 28.0, 12.0, 11 * MM, 11.5, 17.0
_LARGER = (1.3, 1.15, 1.0, 0.85)
"""How much larger the table may stand where the sheets have room for it"""


@dataclass(frozen=True, slots=True)
class PostedTier:
    """80–89 岁; 午餐、晚餐; 每餐补 3.00 元; what each set meal costs: 9.00, 12.00."""

    name: str
    covers: str
    gives: str
    pays: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SubsidyNotice:
    """The tiers of a day; `sets` head the columns of what is paid: A 餐 12.00."""

    office: str
    canteen: str
    day: date
    """From which the tiers hold as they stand here"""
    sets: tuple[str, ...]
    tiers: tuple[PostedTier, ...]
    notes: tuple[str, ...]
    printed_on: date


def render(data: SubsidyNotice) -> bytes:
    """The PDF; MissingGlyph names what has a character that no font has."""
    require((data.office, data.canteen, *data.sets, *data.notes))
    for tier in data.tiers:
        require((tier.name, tier.covers, tier.gives))
    sheet = Sheet(f"{data.canteen}{TITLE}", author=one_line(data.office))
    notes = [line for note in data.notes for line in wrap(note, Face.SONG, _SMALL, _WIDTH)]
    table, pages = _largest(data, len(notes) * _LEADING)
    for number, rows in enumerate(pages, start=1):
        y = _draw_head(sheet, data)
        if rows:
            y = table.draw(sheet, _SIDE, y, rows)
        else:
            y = say_empty(sheet, _SIDE, y, _WIDTH, "现在没有补贴，都按原价")
        if number == len(pages):
            sheet.lines(_SIDE, y - 8 * MM, notes, _SMALL, _LEADING)
        _draw_foot(sheet, data, f"第 {number} 页　共 {len(pages)} 页" if len(pages) > 1 else "")
        sheet.end_page()
    return sheet.finish()


def _largest(data: SubsidyNotice, notes: float) -> tuple[Table, list[list[Row]]]:
    """The largest type that needs no more sheets than the smallest."""
    plans = list(_plans(data, notes))
    fewest = len(plans[-1][1])
    return next(plan for plan in plans if len(plan[1]) == fewest)


def _plans(data: SubsidyNotice, notes: float) -> Iterator[tuple[Table, list[list[Row]]]]:
    for k in _LARGER:
        table = Table(_columns(data.sets), width=_WIDTH, size=_SIZE * k, row_height=_ROW * k)
        rows = table.set_rows(
            (tier.name, tier.covers, tier.gives, *tier.pays) for tier in data.tiers
        )
        # The notes stand below the last rows, so every page leaves room for them.
        room = A4[1] - _TOP - _head_height(data) - _BOTTOM - notes - 12 * MM - table.head
        yield table, table.pages(rows, room)


def _columns(sets: Sequence[str]) -> tuple[Column, ...]:
    pays = (Column(f"{one}\n本人付", 23, "right") for one in sets)
    return (Column("档次", 31), Column("哪些人", 63), Column("优惠", 42), *pays)


def _title(data: SubsidyNotice) -> list[str]:
    return headline(f"{one_line(data.canteen)}{TITLE}", _WIDTH / _TITLE_SIZE)


def _head_height(data: SubsidyNotice) -> float:
    return len(_title(data)) * _TITLE_SIZE * 1.3 + 16 * MM


def _draw_head(sheet: Sheet, data: SubsidyNotice) -> float:
    middle, y = sheet.width / 2, sheet.height - _TOP - _TITLE_SIZE
    for words in _title(data):
        sheet.text(middle, y, words, Face.TITLE, _TITLE_SIZE, align="center", ink=RED)
        y -= _TITLE_SIZE * 1.3
    words = f"{long_date(data.day)}起执行　金额单位：元"
    sheet.text(middle, y + _TITLE_SIZE * 0.3, words, Face.SONG, 12, align="center")
    return sheet.height - _TOP - _head_height(data)


def _draw_foot(sheet: Sheet, data: SubsidyNotice, page: str) -> None:
    right, y = _SIDE + _WIDTH, 12 * MM
    if page:
        sheet.text(_SIDE, y, page, Face.SONG, _SMALL - 1, ink=GREY)
    for number, words in enumerate((long_date(data.printed_on), one_line(data.office))):
        sheet.text(right, y + number * _LEADING, words, Face.SONG, _SMALL, align="right")
