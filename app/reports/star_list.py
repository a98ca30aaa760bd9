"""星级志愿者公示: who is to get stars, for the wall (domain.md 2.3); names only with consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.table import Column
from app.reports.words import long_date

TITLE = "星级志愿者公示"
_ROW, _SIZE = 12.0, 15.0
_COLUMNS = (
    Column("序号", 44, "right"),
    Column("姓名", 150),
    Column("队伍", 170),
    Column("星级", 70),
    Column("时长（小时）", 120, "right"),
)


@dataclass(frozen=True, slots=True)
class StarLine:
    """`name` as it may be made public: 王秀兰, or 0132 号志愿者 without consent."""

    name: str
    team: str
    stars: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class StarList:
    """The list; without days it is not hanging yet and they are written by hand."""

    office: str
    phone: str
    lines: Sequence[StarLine]
    begun: date | None = None
    until: date | None = None
    working_days: int = 5
    printed_on: date
    printed_by: str


def render(data: StarList) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    rows = [(one.name, one.team, one.stars, one.hours) for one in data.lines]
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(
                ("公示开始", long_date(data.begun) if data.begun else ""),
                ("公示期满", long_date(data.until) if data.until else ""),
                ("公示期", f"{data.working_days} 个工作日"),
                ("反映电话", data.phone),
            ),
            filter_words="按服务时长拟认定",
            count_words=f"共 {len(rows):,} 人",
            columns=_COLUMNS,
            rows=name_table.numbered(rows, len(_COLUMNS), 0),
            row_height=_ROW,
            size=_SIZE,
            note="对名单和时长有不同意见的，请在公示期内向社区反映。没有同意公开姓名的，只写志愿者编号。",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )
