"""恢复单: the six groups that open the office's file when a password is lost, on two sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.fonts import Face, require
from app.reports.page import GREY, MM, RED, WASH, Sheet
from app.reports.text import compose
from app.reports.words import long_date

TITLE = "恢复单"
_LEFT = 28 * MM
_WIDTH = 154 * MM
_BODY = 14
_LEADING = 28
_ACROSS = 3
_PURPOSE = (
    "忘了密码，或者电脑坏了要在新电脑上打开备份，就用下面六组字。有它就能打开全部资料，"
    "请折好装进信封，锁进保险柜，不拍照、不发微信。"
)


@dataclass(frozen=True, kw_only=True)
class RecoverySheet:
    """What is printed; `groups` are the groups of the code in order, six of four characters."""

    office: str
    issued_on: date
    groups: Sequence[str]
    program: str
    file_number: str
    copies: int = 2


def render(data: RecoverySheet) -> bytes:
    """The PDF, one page for each copy; MissingGlyph if the office's name cannot be printed."""
    require((data.office, data.program, data.file_number))
    sheet = Sheet(TITLE, author=data.office)
    for number in range(1, data.copies + 1):
        _draw(sheet, data, number)
        sheet.end_page()
    return sheet.finish()


def _draw(sheet: Sheet, data: RecoverySheet, number: int) -> None:
    top, right = sheet.height, _LEFT + _WIDTH
    sheet.spaced(sheet.width / 2, top - 40 * MM, TITLE, Face.TITLE, 28, 8)
    sheet.rule(_LEFT, top - 47 * MM, right, top - 47 * MM, width=1.4, ink=RED)
    sheet.text(_LEFT, top - 57 * MM, data.office, Face.SONG, 12)
    day = long_date(data.issued_on)
    sheet.text(right, top - 57 * MM, day, Face.SONG, 12, align="right")
    purpose = compose([(Face.SONG, _PURPOSE)], size=_BODY, width=_WIDTH, indent=2 * _BODY)
    sheet.lines(_LEFT, top - 73 * MM, purpose, _BODY, _LEADING)
    _draw_groups(sheet, data.groups, top - 103 * MM)
    _draw_notes(sheet, data, top - 179 * MM)
    _draw_signature(sheet, top - 222 * MM)
    _draw_foot(sheet, data, number)


def _draw_groups(sheet: Sheet, groups: Sequence[str], top: float) -> None:
    rows = -(-len(groups) // _ACROSS)
    height, cell = 30 * MM, _WIDTH / _ACROSS
    bottom = top - rows * height
    sheet.box(_LEFT, bottom, _WIDTH, rows * height, fill=WASH, stroke=1)
    for i, group in enumerate(groups):
        x = _LEFT + (i % _ACROSS + 0.5) * cell
        y = top - (i // _ACROSS) * height
        label = f"第 {i + 1} 组"
        sheet.text(x, y - 9 * MM, label, Face.SONG, 10.5, align="center", ink=GREY)
        sheet.spaced(x, y - 22 * MM, group, Face.CODE, 30, 3)


def _draw_notes(sheet: Sheet, data: RecoverySheet, y: float) -> None:
    notes = (
        f"一、共 {data.copies} 张：书记存 1 张，街道存 1 张。",
        "二、用过一次即作废，程序当场给出新的一张。",
        "三、没有数字 0、1，没有字母 O、I，不会看错。",
    )
    for note in notes:
        sheet.text(_LEFT, y, note, Face.SONG, _BODY)
        y -= _LEADING


def _draw_signature(sheet: Sheet, y: float) -> None:
    middle, right = _LEFT + _WIDTH / 2, _LEFT + _WIDTH
    for x, end, label in (
        (_LEFT, middle - 6 * MM, "书记签字："),
        (middle, right, "保管地点："),
    ):
        width = sheet.text(x, y, label, Face.SONG, _BODY)
        sheet.rule(x + width + 1 * MM, y - 3, end, y - 3)


def _draw_foot(sheet: Sheet, data: RecoverySheet, number: int) -> None:
    y, right = 45 * MM, _LEFT + _WIDTH
    sheet.rule(_LEFT, y, right, y, ink=GREY, dash=(3, 3))
    sheet.text(_LEFT, y - 7 * MM, f"程序：{data.program}", Face.SONG, 10.5, ink=GREY)
    words = f"资料文件编号：{data.file_number}"
    sheet.text(_LEFT, y - 13.5 * MM, words, Face.SONG, 10.5, ink=GREY)
    copy = f"第 {number} 张，共 {data.copies} 张"
    sheet.text(right, y - 7 * MM, copy, Face.SONG, 10.5, align="right", ink=GREY)
