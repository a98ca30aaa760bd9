"""本人信息单: all that the office holds on a person, given to that person on request.

The right to see, copy and correct comes from 个人信息保护法 articles 45 and 46. One page; only
what cannot be read in 7.5 point any more runs over to a second one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from app.reports.fonts import Face, common, unknown
from app.reports.form import Field, Form, Section, paginate
from app.reports.missing import Unknown, refuse
from app.reports.page import GREY, MM, Sheet
from app.reports.table import Column, Table
from app.reports.text import compose
from app.reports.words import long_date, moment, short_date

TITLE = "本人信息单"
_SIDE = 18 * MM
_TOP = 16 * MM
_HEAD = 19 * MM
_FOOT = 39 * MM
_SIZES = (11.25, 10.5, 9.75, 9.0, 8.25, 7.5)
_SIZE_OVER_PAGES = 9.75
_LAW = (
    "本单列出社区保存的本人资料，依照《中华人民共和国个人信息保护法》第四十五条应本人要求提供，不收费用。"
    "积分、用餐、走访等只列合计，逐笔的记录和原文可以当场要求查阅；无记名表决不留姓名，无法列出。"
    "资料有误或不全的，可以当场要求更正、补充（第四十六条）。单上有个人信息，请收好。"
)
_MEMBERS = (
    Column("姓名", 50),
    Column("与户主关系", 34, "center"),
    Column("性别", 20, "center"),
    Column("年龄", 20, "center"),
    Column("出生日期", 36, "center"),
)
_EVENTS = (Column("日期", 28, "center"), Column("变动", 28, "center"), Column("说明", 118))


@dataclass(frozen=True, kw_only=True)
class Member:
    """Another person of the same household."""

    name: str
    relation: str
    sex: str
    birth_date: date | None
    age: int | None


@dataclass(frozen=True, kw_only=True)
class Event:
    """One dated change: 迁入, 迁出, 出生, 死亡, 换户."""

    day: date | None
    kind: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class InfoSheet:
    """What the office holds; an empty text is printed as 未登记."""

    office: str
    name: str
    sex: str
    birth_date: date | None
    age: int | None
    document_kind: str
    document_number: str
    former_name: str = ""
    ethnic_group: str = ""
    political_status: str = ""
    education: str = ""
    marital_status: str = ""
    phones: tuple[str, ...] = ()
    work: str = ""
    dwelling: str = ""
    grid: str = ""
    registered_address: str = ""
    residence_status: str = ""
    household_number: str = ""
    head_name: str = ""
    relation: str = ""
    tags: tuple[str, ...] = ()
    basis: str = ""
    consent: str = ""
    looks: str = ""
    visits: str = ""
    requests: str = ""
    note: str = ""
    ledgers: tuple[tuple[str, str], ...] = ()
    """(志愿者, 编号 0132，服务时长 12.5 小时): each ledger that keeps something."""
    members: tuple[Member, ...] = ()
    events: tuple[Event, ...] = ()
    changed_at: datetime | None = None
    changed_by: str = ""
    printed_at: datetime
    printed_by: str


def render(data: InfoSheet) -> bytes:
    """The PDF of one person; MissingGlyph as render_many."""
    return render_many([data])


def render_many(people: Sequence[InfoSheet]) -> bytes:
    """One PDF with the sheets of all; MissingGlyph names everyone who cannot be printed."""
    refuse(chain.from_iterable(map(_unprintable, people)))
    author = people[0].office if people else ""
    sheet = Sheet(TITLE, author=author)
    for data in people:
        _draw(sheet, data)
    return sheet.finish()


def _unprintable(data: InfoSheet) -> list[Unknown]:
    texts = list(_texts(data))
    return [] if common(texts) else unknown(texts, whose=data.name)


def _texts(data: InfoSheet) -> Iterator[str]:
    yield data.office
    yield data.printed_by
    yield data.changed_by
    for row in _identity(data) + _home(data) + _remarks(data) + _ledgers(data):
        yield from (field.value for field in row)
    for member in data.members:
        yield from (member.name, member.relation, member.sex)
    for event in data.events:
        yield from (event.kind, event.words)


def _identity(data: InfoSheet) -> list[tuple[Field, ...]]:
    document = f"{data.document_kind} {data.document_number}".strip()
    return [
        (Field("姓名", data.name, 2), Field("曾用名", data.former_name, 2)),
        (
            Field("性别", data.sex),
            Field("民族", data.ethnic_group),
            Field("出生日期", _birth(data.birth_date, data.age), 2),
        ),
        (
            Field("证件", document, 2),
            Field("文化程度", data.education),
            Field("婚姻状况", data.marital_status),
        ),
        (Field("政治面貌", data.political_status, 2), Field("电话", "、".join(data.phones), 2)),
        (Field("工作", data.work, 4),),
    ]


def _home(data: InfoSheet) -> list[tuple[Field, ...]]:
    return [
        (
            Field("现住址", data.dwelling, 2),
            Field("网格", data.grid),
            Field("居住状态", data.residence_status),
        ),
        (Field("户籍地址", data.registered_address, 4),),
        (
            Field("户号", data.household_number, 2),
            Field("户主", data.head_name),
            Field("与户主", data.relation),
        ),
    ]


def _remarks(data: InfoSheet) -> list[tuple[Field, ...]]:
    return [
        (Field("标签", "；".join(data.tags), 4),),
        (Field("处理依据", data.basis, 2), Field("告知同意", data.consent, 2)),
        (Field("走访", data.visits, 2), Field("诉求", data.requests, 2)),
        (Field("谁看过", data.looks, 4),),
        (Field("备注", data.note, 4),),
    ]


def _ledgers(data: InfoSheet) -> list[tuple[Field, ...]]:
    return [(Field(title, words, 4),) for title, words in data.ledgers]


def _birth(day: date | None, age: int | None) -> str:
    if day is None:
        return ""
    return long_date(day) if age is None else f"{long_date(day)}（{age} 岁）"


def _draw(sheet: Sheet, data: InfoSheet) -> None:
    pages = _pages(sheet, data)
    for number, sections in enumerate(pages, start=1):
        _draw_head(sheet, data)
        y = sheet.height - _TOP - _HEAD
        for section in sections:
            y = section.draw(sheet, _SIDE, y)
        _draw_foot(sheet, data, number, len(pages))
        sheet.end_page()


def _pages(sheet: Sheet, data: InfoSheet) -> list[list[Section]]:
    """The sections in the largest size at which they stand on one page."""
    room = sheet.height - _TOP - _HEAD - _FOOT
    width = sheet.width - 2 * _SIDE
    for size in _SIZES:
        pages = paginate(_sections(data, size, width), room)
        if len(pages) == 1:
            return pages
    return paginate(_sections(data, _SIZE_OVER_PAGES, width), room)


def _sections(data: InfoSheet, size: float, width: float) -> list[Section]:
    form = Form(width=width, size=size)
    sections = [
        Section("本人", form, form.set_rows(_identity(data))),
        Section("住址与户", form, form.set_rows(_home(data))),
        Section("登记事项", form, form.set_rows(_remarks(data))),
    ]
    if data.ledgers:
        sections.append(Section("各本账上的记录", form, form.set_rows(_ledgers(data))))
    events = [(short_date(e.day), e.kind, e.words) for e in data.events]
    family, members = _members(data)
    for title, columns, rows in (("同户成员", family, members), ("变动", _EVENTS, events)):
        if rows:
            table = Table(columns, width=width, size=size, row_height=size * 1.95)
            sections.append(Section(title, table, list(table.set_rows(rows))))
    return sections


def _members(data: InfoSheet) -> tuple[Sequence[Column], list[tuple[str, ...]]]:
    """The household's table; without birth dates where the office was not asked to show any."""
    rows: list[tuple[str, ...]] = [
        (m.name, m.relation, m.sex, "" if m.age is None else str(m.age), short_date(m.birth_date))
        for m in data.members
    ]
    if any(m.birth_date for m in data.members):
        return _MEMBERS, rows
    return _MEMBERS[:-1], [row[:-1] for row in rows]


def _draw_head(sheet: Sheet, data: InfoSheet) -> None:
    top = sheet.height - _TOP
    sheet.spaced(sheet.width / 2, top - 18, TITLE, Face.TITLE, 20, 3)
    y = top - _HEAD + 1.5 * MM
    sheet.text(_SIDE, y, data.office, Face.SONG, 10)
    printed = f"{moment(data.printed_at)}　{data.printed_by} 打印"
    sheet.text(sheet.width - _SIDE, y, printed, Face.SONG, 10, align="right")


def _draw_foot(sheet: Sheet, data: InfoSheet, number: int, count: int) -> None:
    right, width = sheet.width - _SIDE, sheet.width - 2 * _SIDE
    y = _FOOT - 5 * MM
    if data.changed_at:
        words = f"资料最后修改：{moment(data.changed_at)}　{data.changed_by}"
        sheet.text(_SIDE, y, words, Face.SONG, 9)
    if count > 1:
        page = f"第 {number} 页　共 {count} 页"
        sheet.text(right, y, page, Face.SONG, 9, align="right")
    lines = compose([(Face.SONG, _LAW)], size=9, width=width)
    sheet.lines(_SIDE, y - 15, lines, 9, 13, ink=GREY)
    _draw_signature(sheet, right, 12 * MM)


def _draw_signature(sheet: Sheet, right: float, y: float) -> None:
    sheet.text(right - 118 * MM, y, "本人签收：", Face.SONG, 10.5)
    sheet.rule(right - 99 * MM, y - 2, right - 57 * MM, y - 2)
    sheet.text(right - 50 * MM, y, "日期：", Face.SONG, 10.5)
    sheet.rule(right - 38 * MM, y - 2, right, y - 2)
