"""兼职委员台账: who sits in 大党委 for which unit, what changed, stars of the year (A4 across)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import listing
from app.reports.table import Column, without_empty

TITLE = "大党委兼职委员台账"
_ROWS = 24
_COLUMNS = (
    Column("序号", 11, "right"),
    Column("姓名", 24),
    Column("单位", 46),
    Column("职务", 30),
    Column("电话", 28),
    Column("任期", 42),
    Column("到会", 16, "center"),
    Column("项目", 13, "right"),
    Column("星级", 15, "center"),
    Column("述职", 24, "center"),
    Column("变动和备注", 40),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointLine:
    """One part-time member; telephones masked, `attended` as 3 / 4."""

    name: str
    unit: str
    position: str = ""
    phone: str = ""
    term: str
    attended: str = ""
    projects: int = 0
    stars: str = ""
    reported: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class JointRegister:
    """The register of a year; `changes` says how many came and left, `rules` how stars count."""

    office: str
    year: int
    lines: Sequence[JointLine]
    changes: str = ""
    rules: str = ""
    printed_on: date
    printed_by: str


def render(data: JointRegister) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    rows = [_cells(number, one) for number, one in enumerate(data.lines, start=1)]
    columns, rows = without_empty(_COLUMNS, rows, "电话")
    words = "，".join(part for part in (f"{data.year} 年", data.changes) if part)
    return listing.render(
        listing.Listing(
            office=data.office,
            title=TITLE,
            filter_words=words,
            columns=columns,
            rows=rows,
            count_words=f"共 {len(data.lines):,} 人",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            rows_per_page=_ROWS,
            note="。".join(part for part in (data.rules, listing.PERSONAL) if part),
            nothing="还没有兼职委员",
        )
    )


def _cells(number: int, one: JointLine) -> tuple[str, ...]:
    projects = str(one.projects) if one.projects else ""
    front = (str(number), one.name, one.unit, one.position, one.phone, one.term, one.attended)
    return (*front, projects, one.stars, one.reported, one.remark)
