"""How long data is kept (个人信息保护法 19, 47): what is due, and keeping it longer for a reason.

Nothing is erased by itself: a due line is looked at, erased, or kept with a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Certificate,
    Departure,
    PrivacyEvent,
    PrivacyKind,
    Refusal,
    Resident,
    Stage,
    StockReceipt,
)
from app.services import people, rights, settings
from app.services.ages import born_between, years_later
from app.services.filters import present
from app.services.identity_texts import ERASED_WORDS
from app.services.privacy import CONSENTS
from app.services.setting_kinds import NumberSetting
from app.storage.lookup import actor_of
from app.values.lawful import BY_CONSENT, CHILD
from app.values.rights import Right

Matter = Literal["迁出", "死亡", "撤回同意", "满 14 周岁", "证明", "告知单", "联系人"]
ERASABLE: frozenset[Matter] = frozenset({"迁出", "死亡", "撤回同意"})
"""Matters of people who may be erased, or kept with a reason."""
PAPERS: frozenset[Matter] = frozenset({"证明", "告知单"})
CONTACTS: frozenset[Matter] = frozenset({"联系人"})
"""Of those who sold or gave goods, on a receipt"""
THINGS = PAPERS | CONTACTS
"""The rest are people."""
_LEAVINGS: tuple[tuple[Departure, Matter, NumberSetting], ...] = (
    (Departure.MOVED_OUT, "迁出", settings.KEEP_DEPARTED),
    (Departure.DIED, "死亡", settings.KEEP_DEAD),
)


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something whose time is over; `id` is that of the resident, paper or receipt."""

    matter: Matter
    id: int
    name: str
    since: date
    due_on: date
    what: str


def due(session: Session, *, today: date) -> list[DueLine]:
    """Everything that is due, what has waited longest first."""
    found = [*_gone(session, today), *_withdrawn(session), *_grown(session, today)]
    found += [*_certificates(session, today), *_refusals(session, today)]
    found += _contacts(session, today)
    return sorted(found, key=lambda line: (line.due_on, line.matter, line.id))


def keep_longer(
    session: Session, resident_id: int, *, until: date, reason: str, now: datetime
) -> None:
    """Data of somebody whose time is over stays until a day, for a reason."""
    rights.require(session, Right.PRIVACY)
    person = people.get(session, resident_id)
    if until <= now.date():
        raise DomainError("保存到的日期要晚于今天。")
    if not reason.strip():
        raise DomainError("请写明为什么继续保存，如：还有未了结的纠纷。")
    session.add(
        PrivacyEvent(
            resident_id=person.id,
            kind=PrivacyKind.KEPT_LONGER,
            on_date=now.date(),
            until=until,
            note=reason.strip()[:200],
            user_name=actor_of(session).name,
            created_at=now,
        )
    )
    session.flush()


def _gone(session: Session, today: date) -> Iterator[DueLine]:
    kept = _kept_until(session, today)
    for departure, matter, setting in _LEAVINGS:
        years = settings.value(session, setting)
        left = session.execute(
            select(Resident.id, Resident.name, Resident.departed_on).where(
                Resident.departure == departure,
                Resident.departed_on <= years_later(today, -years),
                Resident.deleted_at.is_(None),
            )
        )
        for key, name, day in left:
            if key not in kept and day is not None:
                yield DueLine(matter, key, name, day, years_later(day, years), f"满 {years} 年")


def _withdrawn(session: Session) -> Iterator[DueLine]:
    """Consent was the only ground and is gone: to be erased at once (个人信息保护法 47)."""
    usual = settings.value(session, settings.LAWFUL_BASIS)
    basis = func.coalesce(Resident.lawful_basis, usual)
    left = session.execute(
        select(Resident.id, Resident.name, Resident.withdrawn_on).where(
            Resident.withdrawn_on.is_not(None), basis == BY_CONSENT, Resident.deleted_at.is_(None)
        )
    )
    for key, name, day in left:
        if day is not None:
            yield DueLine("撤回同意", key, name, day, day, "依据只有同意")


def _grown(session: Session, today: date) -> Iterator[DueLine]:
    """A guardian agreed for a child who can now agree for himself."""
    _, last = born_between(CHILD, None, today)
    agreed = (
        select(PrivacyEvent.resident_id, func.max(PrivacyEvent.id).label("latest"))
        .where(PrivacyEvent.kind.in_(CONSENTS), PrivacyEvent.revoked_at.is_(None))
        .group_by(PrivacyEvent.resident_id)
        .subquery()
    )
    grown = session.execute(
        select(Resident.id, Resident.name, Resident.birth_date)
        .join(agreed, agreed.c.resident_id == Resident.id)
        .join(PrivacyEvent, PrivacyEvent.id == agreed.c.latest)
        .where(
            present(),
            Resident.withdrawn_on.is_(None),
            Resident.birth_date <= last,
            PrivacyEvent.kind == PrivacyKind.GUARDIAN_CONSENTED,
        )
    )
    for key, name, born in grown:
        if born is not None:
            day = years_later(born, CHILD)
            yield DueLine("满 14 周岁", key, name, day, day, "改由本人同意")


def _certificates(session: Session, today: date) -> Iterator[DueLine]:
    years = settings.value(session, settings.KEEP_PAPERS)
    papers = session.execute(
        select(Certificate.id, Certificate.title, Certificate.number, Certificate.issued_on).where(
            Certificate.stage.in_((Stage.COLLECTED, Stage.VOID)),
            Certificate.issued_on <= years_later(today, -years),
            Certificate.holder != ERASED_WORDS,
        )
    )
    for key, title, number, issued in papers:
        if issued is not None:
            name = number or title
            yield DueLine("证明", key, name, issued, years_later(issued, years), title)


def _refusals(session: Session, today: date) -> Iterator[DueLine]:
    years = settings.value(session, settings.KEEP_PAPERS)
    papers = session.execute(
        select(Refusal.id, Refusal.item, Refusal.given_on).where(
            Refusal.given_on <= years_later(today, -years), Refusal.applicant != ERASED_WORDS
        )
    )
    for key, item, day in papers:
        yield DueLine("告知单", key, item, day, years_later(day, years), "不予出具")


def _contacts(session: Session, today: date) -> Iterator[DueLine]:
    years = settings.value(session, settings.KEEP_CONTACTS)
    receipts = session.execute(
        select(StockReceipt.id, StockReceipt.giver, StockReceipt.number, StockReceipt.on_date)
        .where(StockReceipt.on_date <= years_later(today, -years))
        .where(or_(StockReceipt.contact.is_not(None), StockReceipt.phone.is_not(None)))
    )
    for key, giver, number, day in receipts:
        name, due_on = giver or number, years_later(day, years)
        yield DueLine("联系人", key, name, day, due_on, f"入库单 {number}")


def _kept_until(session: Session, today: date) -> set[int]:
    """Whose data somebody decided to keep, for as long as that holds."""
    kept = select(PrivacyEvent.resident_id).where(
        PrivacyEvent.kind == PrivacyKind.KEPT_LONGER,
        PrivacyEvent.revoked_at.is_(None),
        PrivacyEvent.until > today,
    )
    return set(session.scalars(kept))
