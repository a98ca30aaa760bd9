"""The register of consent read: who was told, who agreed, who withdrew, who asked for what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import PrivacyEvent, PrivacyKind, Resident
from app.services import calendar, people, settings
from app.services.ages import age_on
from app.services.chunks import chunks
from app.services.resident_input import is_child
from app.values.lawful import ADULT

LABELS: dict[PrivacyKind, str] = {
    PrivacyKind.INFORMED: "告知",
    PrivacyKind.CONSENTED: "本人同意",
    PrivacyKind.GUARDIAN_CONSENTED: "监护人同意",
    PrivacyKind.WITHDRAWN: "撤回同意",
    PrivacyKind.CORRECTION_ASKED: "申请更正",
    PrivacyKind.CORRECTED: "更正办结",
    PrivacyKind.COPY_GIVEN: "提供本人信息单",
    PrivacyKind.KEPT_LONGER: "延长保存",
    PrivacyKind.ERASED: "抹去",
}
CONSENTS = (PrivacyKind.CONSENTED, PrivacyKind.GUARDIAN_CONSENTED)
_ENTERED = "登记表或名册里填的"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register; without an id it comes from the form or a roster."""

    id: int | None
    kind: PrivacyKind
    on_date: date
    by_name: str = ""
    by_relation: str = ""
    filed_at: str = ""
    note: str = ""
    who: str = ""
    revoked: bool = False
    answers_id: int | None = None

    @property
    def label(self) -> str:
        return LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands, for the card: what holds today."""

    basis: str
    informed_on: date | None
    consent_on: date | None
    withdrawn_on: date | None
    guardian: str
    is_child: bool

    @property
    def lacks_guardian(self) -> bool:
        return self.is_child and not self.guardian and self.withdrawn_on is None


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A correction that was asked for and is not done."""

    id: int
    resident_id: int
    name: str
    asked_on: date
    due_on: date
    what: str


def open_requests(session: Session) -> list[OpenRequest]:
    """What people asked to have corrected, the most urgent first."""
    days = settings.value(session, settings.CORRECTION_DAYS)
    known = calendar.load(session)
    answered = select(PrivacyEvent.answers_id).where(
        PrivacyEvent.answers_id.is_not(None), PrivacyEvent.revoked_at.is_(None)
    )
    asked = session.execute(
        select(PrivacyEvent, Resident.name)
        .join(Resident, Resident.id == PrivacyEvent.resident_id)
        .where(
            PrivacyEvent.kind == PrivacyKind.CORRECTION_ASKED,
            PrivacyEvent.revoked_at.is_(None),
            PrivacyEvent.id.not_in(answered),
            Resident.deleted_at.is_(None),
        )
        .order_by(PrivacyEvent.on_date, PrivacyEvent.id)
    )
    return [
        OpenRequest(
            event.id,
            event.resident_id,
            name,
            event.on_date,
            known.working_day(event.on_date, days),
            event.note or "",
        )
        for event, name in asked
    ]


def standing(session: Session, person: Resident, *, today: date) -> Standing:
    """What holds for one person."""
    return _standing(session, person, register(session, person.id), today)


def register(session: Session, resident_id: int) -> list[Line]:
    """All lines of a person, the latest first; those taken back are among them."""
    events = session.scalars(
        select(PrivacyEvent)
        .where(PrivacyEvent.resident_id == resident_id)
        .order_by(PrivacyEvent.on_date.desc(), PrivacyEvent.id.desc())
    )
    lines = [_line(event) for event in events]
    consent_on = session.scalar(select(Resident.consent_on).where(Resident.id == resident_id))
    known = {line.on_date for line in lines if line.kind in CONSENTS and not line.revoked}
    if consent_on is not None and consent_on not in known:
        lines.append(Line(None, PrivacyKind.CONSENTED, consent_on, note=_ENTERED))
    return sorted(lines, key=lambda line: (line.on_date, line.id or 0), reverse=True)


def withdrawn_among(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of `ids` who withdrew consent: lists for other purposes leave them out."""
    found: set[int] = set()
    for part in chunks(ids, 500):
        found.update(
            session.scalars(
                select(Resident.id).where(Resident.id.in_(part), Resident.withdrawn_on.is_not(None))
            )
        )
    return found


def guardian_of(lines: Iterable[Line]) -> Line | None:
    """The line by which somebody agreed for a child; None where nobody did."""
    given = (one for one in lines if one.kind is PrivacyKind.GUARDIAN_CONSENTED)
    return next((one for one in given if not one.revoked), None)


def possible_guardians(session: Session, resident_id: int, *, today: date) -> list[str]:
    """Names of the grown people of a child's household, the eldest first."""
    person = people.get(session, resident_id)
    if person.household_id is None:
        return []
    members = people.of_household(session, person.household_id)
    ages = ((age_on(one.birth_date, today), one.name) for one in members if one.id != person.id)
    grown = [(age, name) for age, name in ages if age is not None and age >= ADULT]
    return [name for _, name in sorted(grown, key=lambda pair: -pair[0])]


def is_registered(session: Session, resident_id: int) -> bool:
    """Whether the day of consent comes from the register: it is changed there."""
    lines = register(session, resident_id)
    return any(one.id and one.kind in CONSENTS and not one.revoked for one in lines)


def _standing(session: Session, person: Resident, lines: Sequence[Line], today: date) -> Standing:
    informed = [
        line.on_date
        for line in lines
        if not line.revoked and line.kind in (PrivacyKind.INFORMED, *CONSENTS)
    ]
    guardian = guardian_of(lines)
    return Standing(
        basis=person.lawful_basis or settings.value(session, settings.LAWFUL_BASIS),
        informed_on=max(informed, default=None),
        consent_on=person.consent_on,
        withdrawn_on=person.withdrawn_on,
        guardian=f"{guardian.by_name}（{guardian.by_relation}）" if guardian else "",
        is_child=is_child(person.birth_date, today),
    )


def _line(event: PrivacyEvent) -> Line:
    return Line(
        event.id,
        event.kind,
        event.on_date,
        event.by_name or "",
        event.by_relation or "",
        event.filed_at or "",
        event.note or "",
        event.user_name,
        event.revoked_at is not None,
        event.answers_id,
    )
