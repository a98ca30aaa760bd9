"""Lists that leave the program: for WPS, for the clipboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models import Action, Resident
from app.services.resident_rows import ResidentRow, rows
from app.storage import journal
from app.values.documents import DocumentKind


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and lines of text, as they are pasted."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]


Column = tuple[str, Callable[[ResidentRow], str]]
_COLUMNS: tuple[Column, ...] = (
    ("姓名", lambda row: row.name),
    ("性别", lambda row: row.sex),
    ("年龄", lambda row: "" if row.age is None else str(row.age)),
    ("出生日期", lambda row: row.birth_date.isoformat() if row.birth_date else ""),
    ("证件类型", lambda row: DocumentKind(row.document_kind).label),
    ("证件号码", lambda row: row.document_number),
    ("电话", lambda row: row.phone),
    ("楼-单元-室", lambda row: row.place_short),
    ("户号", lambda row: row.household_number),
    ("与户主关系", lambda row: row.relation),
    ("居住状态", lambda row: row.residence_status),
    ("网格", lambda row: row.grid_name),
    ("政治面貌", lambda row: row.political_status),
    ("标签", lambda row: "、".join(tag.name for tag in row.tags)),
)
_MASKED: dict[str, Callable[[ResidentRow], str]] = {
    "证件号码": lambda row: row.document_masked,
    "电话": lambda row: row.phone_masked,
}


def table(session: Session, ids: Sequence[int], *, today: date, masked: bool) -> Table:
    """The list as text; that these people were exported is part of their history."""
    columns = [(name, _MASKED.get(name, read) if masked else read) for name, read in _COLUMNS]
    lines = rows(session, ids, today=today)
    journal.record_look(session, Action.EXPORTED, Resident, [row.id for row in lines])
    return Table(
        tuple(name for name, _ in columns),
        [tuple(read(row) for _, read in columns) for row in lines],
    )
