"""入户走访登记簿: the households of one round, a line each, with room for what was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column
from app.reports.visit_form import Visit
from app.values.stamp import Stamp

TITLE = "入户走访登记簿"
_COLUMNS = (
    Column("序号", 11, "center"),
    Column("户主", 24),
    Column("住址", 36),
    Column("电话", 28, "center"),
    Column("人口", 12, "center"),
    Column("关注类别", 38),
    Column("走访日期", 22),
    Column("走访情况和反映问题", 72),
    Column("住户签字", 24),
)
_ROW = 15.0


@dataclass(frozen=True, kw_only=True)
class VisitList:
    """One round, in the order in which people walk."""

    office: str
    visitors: str = ""
    when: str = ""
    filter_words: str
    visits: Sequence[Visit]
    blank_rows: int = 0
    printed_on: date
    printed_by: str
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""


def render(data: VisitList) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    people = sum(len(visit.members) for visit in data.visits)
    rows = list(map(_row, data.visits))
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(("走访人", data.visitors), ("时间", data.when)),
            filter_words=data.filter_words,
            count_words=f"共 {len(data.visits):,} 户，{people:,} 人",
            columns=_COLUMNS,
            rows=name_table.numbered(rows, len(_COLUMNS), data.blank_rows),
            row_height=_ROW,
            signers=("走访人签字", "网格长签字"),
            note=PERSONAL,
            landscape=True,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            stamp=data.stamp,
        )
    )


def _row(visit: Visit) -> tuple[str, ...]:
    tags = dict.fromkeys(tag for member in visit.members for tag in member.tags)
    count = str(len(visit.members))
    return (visit.head, visit.place, visit.phone, count, "、".join(tags), "", "", "")
