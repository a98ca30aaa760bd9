"""关怀走访单: for whoever goes to the door of somebody who did not answer or stays away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import fitted
from app.reports.clean import one_line
from app.reports.fitted import Part
from app.reports.fonts import Face, require
from app.reports.listing import PERSONAL
from app.reports.page import GREY, MM, Ink, Sheet
from app.reports.words import printed
from app.values.stamp import Stamp

TITLE = "关怀走访单"
A5 = (148 * MM, 210 * MM)
_SIDE, _TOP, _BOTTOM = 12 * MM, 11 * MM, 9 * MM
_LABEL, _LINE = 20 * MM, 9.2 * MM
_HAIR: Ink = (0.55, 0.55, 0.55)
_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)


@dataclass(frozen=True, kw_only=True)
class CareSlip:
    """One case; `facts` are label and words, `done` what was tried before, `outcomes` to tick."""

    office: str
    why: str
    name: str
    member: str
    facts: Sequence[tuple[str, str]]
    done: Sequence[str]
    outcomes: Sequence[str]
    printed_on: date
    printed_by: str
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""


def render(data: CareSlip) -> bytes:
    """The PDF, one page A5; MissingGlyph for a character that no font has."""
    require((data.office, data.why, data.name, data.member, data.printed_by))
    require(text for pair in data.facts for text in pair)
    require((*data.done, *data.outcomes))
    sheet = Sheet(TITLE, author=data.office, size=A5, stamp=data.stamp)
    y = _draw_head(sheet, data)
    y = _draw_facts(sheet, data, y)
    y = _draw_outcomes(sheet, data, y - 4 * MM)
    _draw_lines(sheet, y - 2 * MM)
    _draw_foot(sheet, data)
    sheet.end_page()
    return sheet.finish()


def _draw_head(sheet: Sheet, data: CareSlip) -> float:
    top, right = sheet.height - _TOP, sheet.width - _SIDE
    sheet.text(_SIDE, top - 18, TITLE, Face.TITLE, 19)
    sheet.text(right, top - 17, data.why, Face.HEI, 13, align="right")
    return top - 11 * MM


def _draw_facts(sheet: Sheet, data: CareSlip, y: float) -> float:
    """The table: who, where, what is known, what was tried."""
    tried = "；".join(data.done) or "还没有"
    width = sheet.width - 2 * _SIDE
    for label, words in (*data.facts, ("已办", tried)):
        block = fitted.fit(
            [Part(one_line(words) or "—", Face.HEI if label == "姓名" else Face.SONG)],
            width - _LABEL - 4 * MM,
            2.2 * _LINE,
            _SIZES,
        )
        high = max(_LINE, (block.height if block else 0) + 3 * MM)
        sheet.box(_SIDE, y - high, width, high, stroke=0.5)
        sheet.rule(_SIDE + _LABEL, y, _SIDE + _LABEL, y - high, width=0.35, ink=_HAIR)
        sheet.text(_SIDE + 2 * MM, y - high / 2 - 4, label, Face.SONG, 11, ink=GREY)
        if block is not None:
            middle = y - (high - block.height) / 2
            fitted.draw(sheet, _SIDE + _LABEL + 2 * MM, middle, width - _LABEL - 4 * MM, block)
        y -= high
    return y


def _draw_outcomes(sheet: Sheet, data: CareSlip, y: float) -> float:
    sheet.text(_SIDE, y - 4 * MM, "上门看到（打勾）", Face.HEI, 12)
    y -= 12 * MM
    half = (sheet.width - 2 * _SIDE) / 2
    for number, words in enumerate(data.outcomes):
        row, column = divmod(number, 2)
        x, low = _SIDE + column * half, y - row * 8.5 * MM
        sheet.box(x, low, 4.6 * MM, 4.6 * MM, stroke=0.8)
        sheet.text(x + 6.4 * MM, low + 1.1 * MM, words, Face.SONG, 11)
    return y - ((len(data.outcomes) + 1) // 2 - 1) * 8.5 * MM


def _draw_lines(sheet: Sheet, y: float) -> None:
    """Room to write, down to the signature."""
    sheet.text(_SIDE, y - 5 * MM, "其他情况：", Face.SONG, 11)
    y -= 13 * MM
    while y > _BOTTOM + 22 * MM:
        sheet.rule(_SIDE, y, sheet.width - _SIDE, y, width=0.35, ink=_HAIR)
        y -= 9 * MM


def _draw_foot(sheet: Sheet, data: CareSlip) -> None:
    y, right = _BOTTOM + 11 * MM, sheet.width - _SIDE
    for x, label in ((0, f"走访人：{data.member}"), (66, "上门时间：")):
        taken = sheet.text(_SIDE + x * MM, y, label, Face.SONG, 12)
        end = _SIDE + 58 * MM if x == 0 else right
        sheet.rule(_SIDE + x * MM + taken + 2, y - 2, end, y - 2)
    words = f"{one_line(data.office)}　{printed(data.printed_on, data.printed_by)}"
    sheet.text(right, _BOTTOM + 3 * MM, words, Face.SONG, 8, align="right", ink=GREY)
    sheet.text(_SIDE, _BOTTOM - 1 * MM, PERSONAL, Face.SONG, 8, ink=GREY)
