"""活动签到表: the seven facts of an activity above, below them who signed up and signs for it.

Typed back in the order of its numbers; whoever comes without having signed up writes himself down
in a blank row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column

TITLE = "志愿服务活动签到表"
PLAIN_TITLE = "活动签到表"
BLANK_ROWS = 5
_ROW = 10.0
_HEAD = (
    Column("序号", 12, "center"),
    Column("编号", 16, "center"),
    Column("姓名", 26),
    Column("电话", 28, "center"),
    Column("到的时间", 20, "center"),
)
_TAIL = (Column("签名", 36), Column("备注", 28))


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """`place` is the number by which the row is typed back."""

    place: int
    number: str
    name: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class ActivitySheet:
    """An activity with the people on its list."""

    office: str
    name: str
    day: str
    """2026-11-21（周六）"""
    time: str
    where: str
    content: str
    organiser: str
    leader: str
    measured: str
    """What is written beside each name: 时长, 公斤, 次"""
    service: bool
    people: Sequence[SheetPerson]
    blank_rows: int = BLANK_ROWS
    printed_on: date
    printed_by: str


def render(data: ActivitySheet) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    columns = (*_HEAD, Column(data.measured, 18, "center"), *_TAIL)
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE if data.service else PLAIN_TITLE,
            facts=(
                ("活动", data.name),
                ("日期", data.day),
                ("时间", data.time),
                ("地点", data.where),
                ("组织单位", data.organiser),
                ("负责人", data.leader),
                ("内容", data.content),
            ),
            filter_words="",
            count_words=name_table.people_words(len(data.people), data.blank_rows),
            columns=columns,
            rows=[*_rows(data), *_blank(data, len(columns))],
            row_height=_ROW,
            signers=("实到人数", "活动负责人", "记录人"),
            note=PERSONAL,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _rows(data: ActivitySheet) -> list[tuple[str, ...]]:
    return [
        (str(one.place), one.number, one.name, one.phone, "", "", "", "") for one in data.people
    ]


def _blank(data: ActivitySheet, columns: int) -> list[tuple[str, ...]]:
    """Numbered on from the last place, which may be higher than the count of people."""
    first = max((one.place for one in data.people), default=0) + 1
    return [
        (str(number), *("",) * (columns - 1)) for number in range(first, first + data.blank_rows)
    ]
