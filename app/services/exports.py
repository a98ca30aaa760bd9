"""Lists that leave the program as files: masked, or whole by somebody's word."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models import Action, Resident
from app.services.authorisation import Grant
from app.services.chunks import chunks
from app.services.resident_rows import ResidentRow, rows
from app.services.rights import require
from app.storage import journal
from app.storage.lookup import Lookup
from app.values.documents import DocumentKind
from app.values.rights import Right

_AT_ONCE = 500


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


HEADINGS = tuple(name for name, _ in _COLUMNS)


def lines(
    lookup: Lookup, ids: Sequence[int], *, today: date, grant: Grant | None = None
) -> Iterator[tuple[str, ...]]:
    """The list as text, read while it is written: a whole community never stands in memory.

    Numbers are whole only where somebody's word was given for it.
    """
    require_word(grant)
    columns = [read if grant else _MASKED.get(name, read) for name, read in _COLUMNS]
    for part in chunks(ids, _AT_ONCE):
        for row in rows(lookup, part, today=today):
            yield tuple(read(row) for read in columns)


def require_word(grant: Grant | None) -> None:
    """Raises ValueError for a word that was given for something else."""
    if grant is not None and grant.right is not Right.EXPORT_FULL:
        raise ValueError(f"a word for {grant.right} does not open whole numbers")


def note_exported(session: Session, ids: Sequence[int]) -> None:
    """That these people were taken out as a file is part of their history."""
    require(session, Right.EXPORT)
    journal.record_look(session, Action.EXPORTED, Resident, ids)
