"""会议签到表: everybody who should be there with the number by which it is typed back.

Below them stand rows for whoever listens (列席), numbered on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column

TITLE = "会议签到表"
_ROW = 9.0
_COLUMNS = (
    Column("序号", 12, "center"),
    Column("姓名", 26),
    Column("身份", 24),
    Column("楼栋或单位", 36),
    Column("电话", 30, "center"),
    Column("签名", 36),
    Column("备注", 18),
)


@dataclass(frozen=True, slots=True)
class MeetingGuest:
    """`place` is the number by which the row is typed back."""

    place: int
    name: str
    role: str
    came_from: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class MeetingSheet:
    """A meeting with those who should be there; `quorum` is 应到 61 人，到会 41 人会议有效."""

    office: str
    title: str
    when: str
    where: str
    chair: str
    quorum: str
    guests: Sequence[MeetingGuest]
    blank_rows: int
    printed_on: date
    printed_by: str


def render(data: MeetingSheet) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(
                ("会议", data.title),
                ("时间", data.when),
                ("地点", data.where),
                ("主持", data.chair),
            ),
            filter_words=data.quorum,
            count_words=name_table.people_words(len(data.guests), data.blank_rows),
            columns=_COLUMNS,
            rows=[*_rows(data), *_blank(data)],
            row_height=_ROW,
            signers=("应到人数", "实到人数", "主持人", "记录人"),
            note=PERSONAL,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _rows(data: MeetingSheet) -> list[tuple[str, ...]]:
    return [
        (str(one.place), one.name, one.role, one.came_from, one.phone, "", "")
        for one in data.guests
    ]


def _blank(data: MeetingSheet) -> list[tuple[str, ...]]:
    """Numbered on for those who listen."""
    first = max((one.place for one in data.guests), default=0) + 1
    listens = "列席" if data.guests else ""
    numbers = range(first, first + data.blank_rows)
    return [(str(number), "", listens, "", "", "", "") for number in numbers]
