"""资料交接清单: what a successor gets, what is not done yet, where everything is, what to do now.

The receiver works from this paper alone: it names no resident and needs no program to be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.reports.clean import one_line
from app.reports.fonts import Face, common, unknown
from app.reports.form import Field, Form, Section, paginate
from app.reports.missing import refuse
from app.reports.page import GREY, MM, RED, Sheet
from app.reports.table import Column, Table
from app.reports.words import long_date, moment

TITLE = "资料交接清单"
_LEFT = 20 * MM
_TOP = 20 * MM
_HEAD = 24 * MM
_FOOT = 18 * MM
_SIGNING = 34 * MM
_SIZES = (10.5, 10.0, 9.5, 9.0)
_HEAD_SIZE = 10.5
_NUMBERS = "一二三四五六七八"
_MATTERS = (Column("事项", 70), Column("多少", 52), Column("在程序里哪里找", 48))
_PLACES = (Column("什么", 42), Column("在哪里", 128))
_BOOKS = (Column("编号的册子", 85), Column("用到几号", 85))
_USERS = (Column("姓名", 60), Column("岗位", 110))
_TASKS = (Column("做完打勾", 18, "center"), Column("要做的事", 152))
_BOX = "□"
# Not empty, which a form prints as 未登记: the name is written by hand.
_BLANK = "\u3000"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Something that is not done: what, how much of it, where it is found."""

    what: str
    count: str
    where: str


@dataclass(frozen=True, kw_only=True)
class Handover:
    """All tables in the order in which they are printed; a person left empty is written by hand."""

    office: str
    day: date
    giver: str
    receiver: str
    witness: str
    as_of: datetime
    """When the backup was made that is handed over"""
    package: str
    """Where it lies"""
    held: Sequence[tuple[str, str]]
    """What the file holds: 居民 → 2,586 人"""
    matters: Sequence[Matter]
    places: Sequence[tuple[str, str]]
    books: Sequence[tuple[str, str]]
    templates: Sequence[str]
    users: Sequence[tuple[str, str]]
    tasks: Sequence[str]
    program: str


def render(data: Handover) -> bytes:
    """The PDF; MissingGlyph names the texts with characters that no font has."""
    texts = list(_texts(data))
    if not common(texts):
        refuse(unknown(texts))
    sheet = Sheet(TITLE, author=one_line(data.office))
    pages = _pages(sheet, data)
    for number, sections in enumerate(pages, start=1):
        _draw_head(sheet, data)
        y = sheet.height - _TOP - _HEAD
        for section in sections:
            y = section.draw(sheet, _LEFT, y)
        if number == len(pages):
            _draw_signing(sheet, data, y)
        _draw_foot(sheet, data, f"第 {number} 页　共 {len(pages)} 页")
        sheet.end_page()
    return sheet.finish()


def _texts(data: Handover) -> Iterator[str]:
    yield from (data.office, data.giver, data.receiver, data.witness, data.package, data.program)
    for pairs in (data.held, data.places, data.books, data.users):
        yield from (text for pair in pairs for text in pair)
    for matter in data.matters:
        yield from (matter.what, matter.count, matter.where)
    yield from (*data.templates, *data.tasks)


def _pages(sheet: Sheet, data: Handover) -> list[list[Section]]:
    """In the largest size at which all stands on one page; else the signatures are kept company."""
    room = sheet.height - _TOP - _HEAD - _FOOT
    width = sheet.width - 2 * _LEFT
    for size in _SIZES:
        sections = _sections(data, size, width)
        if sum(section.height for section in sections) + _SIGNING <= room:
            return [sections]
    sections = _sections(data, _SIZES[0], width)
    pages = paginate(sections, room)
    if sum(section.height for section in pages[-1]) + _SIGNING > room:
        # What is to be done goes over whole: signatures never stand on a page alone.
        pages = [*paginate(sections[:-1], room), [sections[-1]]]
    return pages


def _sections(data: Handover, size: float, width: float) -> list[Section]:
    form = Form(width=width, size=size)
    tables: tuple[tuple[str, Sequence[Column], Sequence[Sequence[str]]], ...] = (
        ("没办完的事", _MATTERS, [(m.what, m.count, m.where) for m in data.matters]),
        ("东西放在哪里", _PLACES, data.places),
        ("登记簿用到几号", _BOOKS, data.books),
        ("使用人和岗位", _USERS, data.users),
        ("接收人接着要做的事", _TASKS, [(_BOX, task) for task in data.tasks]),
    )
    sections = [Section("一、交接的资料", form, form.set_rows(_facts(data)))]
    for number, (title, columns, rows) in zip(_NUMBERS[1:], tables, strict=False):
        table = Table(columns, width=width, size=size, row_height=size * 1.95)
        nothing = ("没有", *("" for _ in columns[1:]))
        sections.append(
            Section(f"{number}、{title}", table, list(table.set_rows(rows or [nothing])))
        )
    return sections


def _facts(data: Handover) -> list[tuple[Field, ...]]:
    """Persons beside day, state and program; counts two by two; what takes a whole line."""
    pairs = (
        Field("移交人", data.giver or _BLANK, 2),
        Field("交接日期", long_date(data.day), 2),
        Field("接收人", data.receiver or _BLANK, 2),
        Field("资料截至", moment(data.as_of), 2),
        Field("监交人", data.witness or _BLANK, 2),
        Field("程序", data.program, 2),
        *(Field(label, value, 2) for label, value in data.held),
    )
    rows = [pairs[i : i + 2] for i in range(0, len(pairs), 2)]
    if len(rows[-1]) == 1:
        rows[-1] = (rows[-1][0]._replace(span=4),)
    return [
        *rows,
        (Field("启用模板", "、".join(data.templates) or "没有", 4),),
        (Field("交接包", data.package, 4),),
    ]


def _draw_head(sheet: Sheet, data: Handover) -> None:
    top, right = sheet.height - _TOP, sheet.width - _LEFT
    sheet.spaced(sheet.width / 2, top - 20, TITLE, Face.TITLE, 22, 3)
    y = top - 13 * MM
    sheet.rule(_LEFT, y, right, y, width=1.4, ink=RED)
    sheet.text(_LEFT, y - 6.5 * MM, one_line(data.office), Face.SONG, _HEAD_SIZE)
    sheet.text(right, y - 6.5 * MM, long_date(data.day), Face.SONG, _HEAD_SIZE, align="right")


def _draw_signing(sheet: Sheet, data: Handover, top: float) -> None:
    """Three columns to sign in, each with its day."""
    width = (sheet.width - 2 * _LEFT) / 3
    y = top - 14 * MM
    for number, label in enumerate(("移交人签字：", "接收人签字：", "监交人签字：")):
        x = _LEFT + number * width
        start = x + sheet.text(x, y, label, Face.SONG, 12)
        sheet.rule(start, y - 2, x + width - 4 * MM, y - 2)
        sheet.text(x, y - 11 * MM, "　　　　年　　月　　日", Face.SONG, 12)


def _draw_foot(sheet: Sheet, data: Handover, page: str) -> None:
    y, right = _FOOT - 6 * MM, sheet.width - _LEFT
    words = "一式三份：移交人、接收人、街道各存一份。清单里没有居民的个人信息。"
    sheet.text(_LEFT, y, words, Face.SONG, 9, ink=GREY)
    sheet.text(right, y, page, Face.SONG, 9, align="right", ink=GREY)
