"""居民花名册: any filtered list of residents, A4 landscape, with its count and filter in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import listing
from app.reports.table import Column
from app.values.stamp import Stamp

TITLE = "居民花名册"
COLUMNS = (
    Column("序号", 11, "center"),
    Column("姓名", 30),
    Column("性别", 10, "center"),
    Column("出生 / 年龄", 29, "center"),
    Column("证件号", 39, "center"),
    Column("电话", 25, "center"),
    Column("住址", 38),
    Column("网格", 20, "center"),
    Column("标签", 46),
    Column("居住状态", 24, "center"),
)


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The list as it is printed: `rows` hold one text for each column, in order."""

    office: str
    title: str
    filter_words: str
    people: int
    households: int | None
    rows: Sequence[Sequence[str]]
    printed_on: date
    printed_by: str
    columns: tuple[Column, ...] = COLUMNS
    rows_per_page: int = 25
    remark: str = ""
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""


def render(data: Roster) -> bytes:
    """The PDF; MissingGlyph names every person with a character that no font has."""
    return listing.render(
        listing.Listing(
            office=data.office,
            title=data.title,
            filter_words=data.filter_words,
            columns=data.columns,
            rows=data.rows,
            count_words=_count(data),
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            note=f"{listing.PERSONAL}{data.remark}",
            rows_per_page=data.rows_per_page,
            nothing="没有符合条件的居民",
            stamp=data.stamp,
        )
    )


def _count(data: Roster) -> str:
    people = f"共 {data.people:,} 人"
    return people if data.households is None else f"{people}，{data.households:,} 户"
