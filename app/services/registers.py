"""证明出具登记簿 and 用印登记: one source for the screen, the spreadsheet and the paper.

The columns are those of domain.md 1.5. Numbers of people are masked unless all are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models import Action, Base, Certificate, Resident, SealUse, Stage
from app.services.chunks import chunks
from app.services.exports import Table
from app.services.register_columns import (
    CERTIFICATE_COLUMNS,
    CERTIFICATE_HEADINGS,
    SEAL_COLUMNS,
    SEAL_HEADINGS,
    VALID,
    VOID,
    phone_reader,
)
from app.storage import journal
from app.values.text import tidy

__all__ = [
    "CERTIFICATES",
    "CERTIFICATE_HEADINGS",
    "EVERYTHING",
    "SEALS",
    "SEAL_HEADINGS",
    "STATES",
    "VALID",
    "VOID",
    "RegisterFilter",
    "certificate_ids",
    "certificate_register",
    "certificate_rows",
    "is_by_hand",
    "note_looked",
    "people",
    "seal_ids",
    "seal_people",
    "seal_register",
    "seal_rows",
    "seal_years",
    "titles",
    "years",
]

REPRINTED = "补打过"
STATES = (VALID, VOID, REPRINTED)
CERTIFICATES, SEALS = "证明出具登记簿", "用印登记"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """Which lines: `title` is a kind of paper, `state` one of STATES; '' and None for all."""

    year: int | None = None
    title: str = ""
    state: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def sentence(self) -> str:
        """What the paper says at its head: 2026年，志愿服务记录证明，有效."""
        since, until = self.since, self.until
        parts = (
            f"{self.year}年" if self.year else "",
            f"{since.isoformat()} 起" if since else "",
            f"{until.isoformat()} 止" if until else "",
            self.title,
            self.state,
            f"含“{tidy(self.text)}”" if tidy(self.text) else "",
        )
        return "，".join(part for part in parts if part) or "全部"


EVERYTHING = RegisterFilter()


def certificate_ids(session: Session, chosen: RegisterFilter = EVERYTHING) -> list[int]:
    """The papers that have a number, in the order of the register."""
    return list(
        session.scalars(
            select(Certificate.id)
            .where(Certificate.number.is_not(None), *_of_certificates(chosen))
            .order_by(Certificate.year, Certificate.series, Certificate.serial)
        )
    )


def certificate_rows(
    session: Session, ids: Sequence[int], *, first: int = 1, masked: bool = True
) -> list[tuple[str, ...]]:
    """The lines of these papers in this order; `first` is the 序号 of the first of them."""
    found: dict[int, Certificate] = {}
    for part in chunks(ids, 500):
        statement = select(Certificate).where(Certificate.id.in_(part))
        found.update({row.id: row for row in session.scalars(statement)})
    phone = phone_reader(masked)
    return [
        (str(number), *(read(found[key], phone) for _, read in CERTIFICATE_COLUMNS))
        for number, key in enumerate(ids, start=first)
        if key in found
    ]


def certificate_register(
    session: Session, chosen: RegisterFilter = EVERYTHING, *, masked: bool = True
) -> Table:
    """The whole register as text."""
    lines = certificate_rows(session, certificate_ids(session, chosen), masked=masked)
    return Table(CERTIFICATE_HEADINGS, lines)


def seal_ids(session: Session, chosen: RegisterFilter = EVERYTHING) -> list[int]:
    """The lines of the seal book, in the order of time; `title` and `state` do not matter here."""
    return list(
        session.scalars(
            select(SealUse.id)
            .where(SealUse.deleted_at.is_(None), *_of_seals(chosen))
            .order_by(SealUse.used_at, SealUse.id)
        )
    )


def seal_rows(
    session: Session, ids: Sequence[int], *, first: int = 1, masked: bool = True
) -> list[tuple[str, ...]]:
    """The lines of these uses in this order; `first` is the 序号 of the first of them."""
    found: dict[int, SealUse] = {}
    for part in chunks(ids, 500):
        statement = select(SealUse).where(SealUse.id.in_(part))
        found.update({row.id: row for row in session.scalars(statement)})
    phone = phone_reader(masked)
    return [
        (str(number), *(read(found[key], phone) for _, read in SEAL_COLUMNS))
        for number, key in enumerate(ids, start=first)
        if key in found
    ]


def seal_register(
    session: Session, chosen: RegisterFilter = EVERYTHING, *, masked: bool = True
) -> Table:
    """The whole seal book as text."""
    return Table(SEAL_HEADINGS, seal_rows(session, seal_ids(session, chosen), masked=masked))


def is_by_hand(session: Session, seal_id: int) -> bool:
    """Whether a line of the seal book was typed: those of papers are not corrected."""
    row = session.get(SealUse, seal_id)
    return row is not None and row.certificate_id is None


def years(session: Session) -> list[int]:
    """The years in which numbers were given, the latest first."""
    found = session.scalars(
        select(Certificate.year).where(Certificate.year.is_not(None)).distinct()
    )
    return sorted((year for year in found if year), reverse=True)


def seal_years(session: Session) -> list[int]:
    """The years in which seals were used, the latest first."""
    first, last = session.execute(
        select(func.min(SealUse.used_at), func.max(SealUse.used_at)).where(
            SealUse.deleted_at.is_(None)
        )
    ).one()
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def titles(session: Session) -> list[str]:
    """The kinds of papers that have numbers, by name."""
    found = session.scalars(
        select(Certificate.title).where(Certificate.number.is_not(None)).distinct()
    )
    return sorted(found)


def people(session: Session, certificate_ids: Sequence[int]) -> list[int]:
    """The residents behind papers, in order of their ids."""
    found: set[int] = set()
    for part in chunks(certificate_ids, 500):
        statement = select(Certificate.resident_id).where(
            Certificate.id.in_(part), Certificate.resident_id.is_not(None)
        )
        found.update(one for one in session.scalars(statement) if one)
    return sorted(found)


def seal_people(session: Session, seal_ids: Sequence[int]) -> list[int]:
    """The residents behind the papers that were sealed."""
    papers: list[int] = []
    for part in chunks(seal_ids, 500):
        found = session.scalars(select(SealUse.certificate_id).where(SealUse.id.in_(part)))
        papers.extend(one for one in found if one)
    return people(session, papers)


def note_looked(
    session: Session,
    resident_ids: Sequence[int],
    model: type[Base] = Certificate,
    lines: Sequence[int] = (),
) -> None:
    """Journal that a register showed whole telephone numbers (domain.md 10.3): of whom, and in
    which lines of it, as not everybody who asks for a paper is in the roster."""
    journal.record_look(session, Action.LOOKED, Resident, resident_ids)
    journal.record_look(session, Action.LOOKED, model, lines)


def _of_certificates(chosen: RegisterFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.year is not None:
        found.append(Certificate.year == chosen.year)
    if chosen.since is not None:
        found.append(Certificate.issued_on >= chosen.since)
    if chosen.until is not None:
        found.append(Certificate.issued_on <= chosen.until)
    if chosen.title:
        found.append(Certificate.title == chosen.title)
    if chosen.state:
        found.append(_STATES.get(chosen.state, false()))
    columns = (Certificate.number, Certificate.holder, Certificate.applicant, Certificate.title)
    more = (Certificate.purpose, Certificate.recipient, Certificate.collected_by)
    return [*found, *(_has(word, *columns, *more) for word in tidy(chosen.text).split())]


_STATES: dict[str, ColumnElement[bool]] = {
    VALID: Certificate.stage != Stage.VOID,
    VOID: Certificate.stage == Stage.VOID,
    REPRINTED: Certificate.reprints > 0,
}


def _of_seals(chosen: RegisterFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.year is not None:
        first, after = datetime(chosen.year, 1, 1), datetime(chosen.year + 1, 1, 1)
        found.append(and_(SealUse.used_at >= first, SealUse.used_at < after))
    if chosen.since is not None:
        found.append(SealUse.used_at >= datetime.combine(chosen.since, time.min))
    if chosen.until is not None:
        found.append(SealUse.used_at <= datetime.combine(chosen.until, time.max))
    columns = (SealUse.content, SealUse.applicant, SealUse.approved_by, SealUse.handled_by)
    return [*found, *(_has(word, *columns, SealUse.note) for word in tidy(chosen.text).split())]


def _has(word: str, *columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    return or_(*(column.contains(word, autoescape=True) for column in columns))
