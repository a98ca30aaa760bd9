"""资源清单, 需求清单, 项目清单 on paper, A4 across (domain.md 7.2); telephones are masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.reports import listing
from app.reports.table import Column, without_empty

TITLE = "三项清单"


class ListKind(Enum):
    """Which of the three."""

    RESOURCES = "资源清单"
    NEEDS = "需求清单"
    PROJECTS = "项目清单"


_NUMBER = Column("编号", 27, "center")
_COLUMNS: dict[ListKind, tuple[Column, ...]] = {
    ListKind.RESOURCES: (
        _NUMBER,
        Column("单位", 42),
        Column("类型", 16, "center"),
        Column("内容", 64),
        Column("可用时间", 42),
        Column("联系人", 24),
        Column("电话", 30),
        Column("状态", 18, "center"),
        Column("用在项目", 26),
    ),
    ListKind.NEEDS: (
        _NUMBER,
        Column("提出日期", 24, "center"),
        Column("提出方", 28),
        Column("网格", 24),
        Column("需求", 70),
        Column("类型", 16, "center"),
        Column("受益人群", 42),
        Column("紧急", 16, "center"),
        Column("状态", 18, "center"),
        Column("立项", 26),
    ),
    ListKind.PROJECTS: (
        _NUMBER,
        Column("项目", 33),
        Column("对应需求", 31),
        Column("使用资源", 40),
        Column("牵头、责任人", 43),
        Column("起止", 28),
        Column("预算（元）", 24, "right"),
        Column("进展", 14, "right"),
        Column("阶段", 18, "center"),
        Column("成效", 27),
        Column("评价", 26),
    ),
}
_UNITS = {ListKind.RESOURCES: "项", ListKind.NEEDS: "项", ListKind.PROJECTS: "个"}
_NAMES = {ListKind.RESOURCES: "内容", ListKind.NEEDS: "需求", ListKind.PROJECTS: "项目"}
_ROWS = 22


@dataclass(frozen=True, kw_only=True)
class ThreeList:
    """The lines as they are written, in the order of the columns of their kind."""

    office: str
    kind: ListKind
    filter_words: str = ""
    lines: Sequence[tuple[str, ...]] = ()
    note: str = ""
    """认领率 and 完成率 of the year"""
    printed_on: date
    printed_by: str


def render(data: ThreeList) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    columns, rows = without_empty(_COLUMNS[data.kind], data.lines, "电话")
    return listing.render(
        listing.Listing(
            office=data.office,
            title=data.kind.value,
            filter_words=data.filter_words,
            columns=columns,
            rows=rows,
            count_words=f"共 {len(data.lines):,} {_UNITS[data.kind]}",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            rows_per_page=_ROWS,
            name_column=_NAMES[data.kind],
            note=data.note,
            nothing="清单还是空的",
        )
    )
