"""成员名册 of a body, and 业主清册 of an estate: who belongs to it, as what, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column, without_empty

TITLE = "成员名册"
_ROW = 9.0
_MEMBERS = (
    Column("序号", 34, "center"),
    Column("姓名", 90),
    Column("身份", 110),
    Column("楼栋或单位", 130),
    Column("推选户数", 56, "right"),
    Column("电话", 92, "center"),
    Column("任职日期", 80, "center"),
    Column("备注", 90),
)
_OWNERS = (
    Column("业主号", 44, "center"),
    Column("业主", 100),
    Column("房屋", 220),
    Column("面积（㎡）", 80, "right"),
    Column("电话", 92, "center"),
    Column("备注", 100),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One member; telephones masked."""

    name: str
    role: str
    place: str = ""
    households: str = ""
    phone: str = ""
    since: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """One owner with what is his; area as it is written, telephones masked."""

    number: str
    name: str
    rooms: str
    area: str
    phone: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyRoster:
    """`holdings` of owners, `seats` of any other list; `words`: what the law asks of them."""

    office: str
    body: str
    kind: str
    term: str
    words: str = ""
    of_owners: bool = False
    seats: Sequence[Seat] = ()
    holdings: Sequence[Holding] = ()
    area: str = ""
    """Of all holdings"""
    printed_on: date
    printed_by: str


def render(data: BodyRoster) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    owners = data.of_owners
    rows = _holdings(data) if owners else _seats(data)
    columns, rows = without_empty(_OWNERS if owners else _MEMBERS, rows, "推选户数", "电话")
    totals = [{"业主": "合计", "面积（㎡）": data.area}.get(one.title, "") for one in columns]
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=f"{data.body}{'业主清册' if owners else TITLE}",
            facts=(("种类", data.kind), ("任期", data.term)),
            filter_words=data.words,
            count_words=f"共 {len(rows):,} 人",
            columns=columns,
            rows=rows,
            row_height=_ROW,
            totals=tuple(totals) if owners else None,
            signers=("制表", "审核"),
            note=PERSONAL,
            landscape=True,
            nothing="还没有业主" if owners else "还没有成员",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _seats(data: BodyRoster) -> list[tuple[str, ...]]:
    rows = [
        (one.name, one.role, one.place, one.households, one.phone, one.since, one.remark)
        for one in data.seats
    ]
    return name_table.numbered(rows, len(_MEMBERS), 0)


def _holdings(data: BodyRoster) -> list[tuple[str, ...]]:
    return [
        (one.number, one.name, one.rooms, one.area, one.phone, one.remark) for one in data.holdings
    ]
