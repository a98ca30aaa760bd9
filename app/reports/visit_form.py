"""入户走访登记表: one page for each household, its members already in, the rest to be written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.form import Field, Form, Section, paginate
from app.reports.missing import Unknown, refuse
from app.reports.page import GREY, MM, PALE, WASH, Ink, Sheet
from app.reports.table import Column, Table
from app.reports.words import printed
from app.values.stamp import Stamp

TITLE = "入户走访登记表"
_SIDE = 16 * MM
_TOP = 15 * MM
_HEAD = 17 * MM
_FOOT = 12 * MM
_SIZE = 10.5
_LABEL = 22 * MM
_HAIR_INK: Ink = (0.55, 0.55, 0.55)
_MEMBERS = (
    Column("姓名", 50),
    Column("与户主关系", 26, "center"),
    Column("性别", 13, "center"),
    Column("年龄", 13, "center"),
    Column("关注类别", 52),
    Column("在家", 12, "center"),
    Column("外出", 12, "center"),
)
# Label, height in mm, and what can be ticked; where nothing can, there is room to write.
_RECORD: tuple[tuple[str, float, str], ...] = (
    ("走访时间", 9, "　　　　年　　月　　日　　时　　　　方式：□ 入户　□ 电话　□ 约见"),
    ("走访事由", 9, "□ 日常走访　□ 信息核对　□ 政策宣传　□ 慰问　□ 调解　□ 其他"),
    ("安全情况", 9, "□ 用电　□ 燃气　□ 消防　□ 楼道堆物　□ 违规充电　□ 无隐患"),
    ("情况变化", 24, ""),
    ("反映问题", 34, ""),
    ("答复处理", 28, ""),
)
_SIGNING = 15 * MM
_SIGNERS = ("住户签字", "走访人签字", "日期")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household."""

    name: str
    relation: str = ""
    sex: str = ""
    age: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A household to be visited; '' is printed as 未登记."""

    number: str
    head: str
    place: str
    phone: str
    grid: str
    members: tuple[Member, ...]


@dataclass(frozen=True, kw_only=True)
class VisitForms:
    """The forms of one round, in the order in which people walk."""

    office: str
    filter_words: str
    visits: Sequence[Visit]
    printed_on: date
    printed_by: str
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""


def render(data: VisitForms) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=data.office, stamp=data.stamp)
    for visit in data.visits:
        _draw_visit(sheet, data, visit)
    if not data.visits:
        _draw_head(sheet, data, "")
        middle = sheet.height / 2
        words = "没有符合条件的住户"
        sheet.text(sheet.width / 2, middle, words, Face.SONG, 12, align="center", ink=PALE)
        sheet.end_page()
    return sheet.finish()


def _check(data: VisitForms) -> None:
    require((data.office, data.filter_words, data.printed_by))
    if not common(text for visit in data.visits for text in _texts(visit)):
        refuse(chain.from_iterable(map(_unprintable, data.visits)))


def _texts(visit: Visit) -> list[str]:
    members = [text for m in visit.members for text in (m.name, m.relation, m.sex, *m.tags)]
    return [visit.number, visit.head, visit.place, visit.phone, visit.grid, *members]


def _unprintable(visit: Visit) -> list[Unknown]:
    """Each text once: the head stands among the members too."""
    return unknown(dict.fromkeys(_texts(visit)), whose=visit.head)


def _draw_visit(sheet: Sheet, data: VisitForms, visit: Visit) -> None:
    width = sheet.width - 2 * _SIDE
    room = sheet.height - _TOP - _HEAD - _FOOT
    pages = paginate(_sections(visit, width), room)
    # The record is written by hand on one page, never divided.
    left = room - sum(section.height for section in pages[-1])
    if left < _record_height():
        pages.append([])
    for number, sections in enumerate(pages, start=1):
        page = f"第 {number} 页　共 {len(pages)} 页" if len(pages) > 1 else ""
        y = _draw_head(sheet, data, page)
        for section in sections:
            y = section.draw(sheet, _SIDE, y)
        if number == len(pages):
            _draw_record(sheet, y, width, y - _FOOT - _record_height())
        _draw_foot(sheet, data)
        sheet.end_page()


def _sections(visit: Visit, width: float) -> list[Section]:
    form = Form(width=width, size=_SIZE)
    home = [
        [Field("户号", visit.number, 2), Field("网格", visit.grid, 2)],
        [Field("户主", visit.head, 2), Field("电话", visit.phone, 2)],
        [Field("住址", visit.place, 4)],
    ]
    table = Table(_MEMBERS, width=width, size=_SIZE, row_height=_SIZE * 1.95)
    rows = list(table.set_rows(map(_member_row, visit.members)))
    return [
        Section("住户", form, form.set_rows(home)),
        Section(f"家庭成员（{len(visit.members)} 人）", table, rows),
    ]


def _member_row(member: Member) -> tuple[str, ...]:
    age = "" if member.age is None else str(member.age)
    tags = "、".join(member.tags)
    return member.name, member.relation, member.sex, age, tags, "□", "□"


def _draw_head(sheet: Sheet, data: VisitForms, page: str) -> float:
    """Draws title and office; gives where the sections begin."""
    top, right = sheet.height - _TOP, sheet.width - _SIDE
    sheet.spaced(sheet.width / 2, top - 17, TITLE, Face.TITLE, 19, 2)
    y = top - _HEAD + 1.5 * MM
    sheet.text(_SIDE, y, data.office, Face.SONG, 10)
    sheet.text(right, y, page, Face.SONG, 10, align="right")
    return top - _HEAD


def _record_height() -> float:
    """What the record takes at least, with its title and signatures."""
    return sum(height for _, height, _ in _RECORD) * MM + _SIZE * 2.1 + _SIGNING


def _draw_record(sheet: Sheet, top: float, width: float, spare: float) -> None:
    """Draws the lines to write on; what the page has to `spare` makes them higher."""
    y = begin = top - _SIZE * 2.1
    sheet.text(_SIDE, y + _SIZE * 0.55, "走访记录", Face.HEI, _SIZE * 1.08)
    each = spare / sum(1 for _, _, ticks in _RECORD if not ticks)
    levels = [y]
    for label, height, ticks in _RECORD:
        low = y - height * MM - (0 if ticks else each)
        middle = (y + low) / 2 - _SIZE * 0.38
        sheet.text(_SIDE + _LABEL / 2, middle, label, Face.HEI, _SIZE, align="center")
        sheet.text(_SIDE + _LABEL + 2 * MM, middle, ticks, Face.SONG, _SIZE)
        y = low
        levels.append(y)
    sheet.box(_SIDE, y, _LABEL, begin - y, fill=WASH)
    across = [(_SIDE, level, _SIDE + width, level) for level in levels[1:-1]]
    down = (_SIDE + _LABEL, begin, _SIDE + _LABEL, y)
    sheet.rules([*across, down], width=0.35, ink=_HAIR_INK)
    sheet.box(_SIDE, y, width, begin - y, stroke=0.9)
    _draw_signers(sheet, y - 9 * MM, width)


def _draw_signers(sheet: Sheet, y: float, width: float) -> None:
    part = width / len(_SIGNERS)
    for place, name in enumerate(_SIGNERS):
        x = _SIDE + place * part
        taken = sheet.text(x, y, f"{name}：", Face.SONG, _SIZE)
        sheet.rule(x + taken, y - 2, x + part - 5 * MM, y - 2)


def _draw_foot(sheet: Sheet, data: VisitForms) -> None:
    by_whom = printed(data.printed_on, data.printed_by)
    sheet.text(_SIDE, _FOOT - 3 * MM, one_line(data.filter_words), Face.SONG, 8.5, ink=GREY)
    right = sheet.width - _SIDE
    sheet.text(right, _FOOT - 3 * MM, by_whom, Face.SONG, 8.5, align="right", ink=GREY)
