"""The register of consent: what was told, agreed to, withdrawn and asked, person by person.

个人信息保护法 13-17 (grounds, consent, its withdrawal, what must be told), 31 (children), 44-47
(copies, correction). `consent_on` and `withdrawn_on` of a person follow the register here and
nowhere else; a day of consent that a form or a roster brought is shown as a line of it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import PrivacyEvent, PrivacyKind, Resident
from app.services import people, rights
from app.services.chunks import chunks
from app.services.privacy_register import (
    CONSENTS,
    LABELS,
    Line,
    OpenRequest,
    Standing,
    guardian_of,
    is_registered,
    open_requests,
    possible_guardians,
    register,
    standing,
    withdrawn_among,
)
from app.services.resident_input import is_child
from app.storage.lookup import actor_of
from app.values.lawful import CHILD, LAWFUL_BASES
from app.values.rights import Right

__all__ = [
    "CONSENTS",
    "LABELS",
    "Line",
    "OpenRequest",
    "Standing",
    "ask_correction",
    "consent",
    "copy_given",
    "correct",
    "guardian_consent",
    "guardian_of",
    "inform",
    "is_registered",
    "open_requests",
    "possible_guardians",
    "register",
    "set_basis",
    "standing",
    "take_back",
    "withdraw",
    "withdrawn_among",
]

_LONGEST = {"by_name": 60, "by_relation": 20, "filed_at": 60, "note": 200}
_NAMES = {"by_name": "签字人", "by_relation": "与本人关系", "filed_at": "存放", "note": "说明"}


def set_basis(session: Session, resident_id: int, basis: str) -> None:
    """Why this person's data may be held; '' takes the office's usual ground."""
    rights.require(session, Right.PRIVACY)
    if basis and basis not in LAWFUL_BASES:
        raise DomainError("请从个保法第十三条的几项依据里选一项。")
    people.get(session, resident_id).lawful_basis = basis or None


def inform(
    session: Session, ids: Iterable[int], *, on: date, now: datetime, filed_at: str = ""
) -> int:
    """These people got the 采集告知书; who got it on that day already is passed over."""
    rights.require(session, Right.PRIVACY)
    return _note_for_all(session, ids, PrivacyKind.INFORMED, on, now, filed_at=filed_at)


def copy_given(session: Session, ids: Iterable[int], *, now: datetime) -> int:
    """These people's 本人信息单 was printed for them."""
    return _note_for_all(session, ids, PrivacyKind.COPY_GIVEN, now.date(), now)


def consent(
    session: Session, resident_id: int, *, on: date, now: datetime, filed_at: str = ""
) -> int:
    """The person agrees; raises DomainError for a child below 14, whose guardian must."""
    person = _person(session, resident_id)
    _check_day(person, on, now)
    if is_child(person.birth_date, on):
        raise DomainError(f"{person.name}不满 {CHILD} 周岁，要由父母或其他监护人同意。")
    return _agree(session, person, PrivacyKind.CONSENTED, on, now, filed_at=filed_at)


def guardian_consent(
    session: Session,
    resident_id: int,
    *,
    by_name: str,
    by_relation: str,
    on: date,
    now: datetime,
    filed_at: str = "",
) -> int:
    """A guardian agrees for a child; raises DomainError without his name and what he is to it."""
    person = _person(session, resident_id)
    _check_day(person, on, now)
    if not by_name.strip() or not by_relation.strip():
        raise DomainError("请写监护人的姓名和与孩子的关系。")
    if person.birth_date is not None and not is_child(person.birth_date, on):
        raise DomainError(f"{person.name}那天已满 {CHILD} 周岁，应由本人同意。")
    if by_name.strip() == person.name:
        raise DomainError("监护人不能是孩子本人，请核对姓名。")
    return _agree(
        session,
        person,
        PrivacyKind.GUARDIAN_CONSENTED,
        on,
        now,
        by_name=by_name,
        by_relation=by_relation,
        filed_at=filed_at,
    )


def withdraw(session: Session, resident_id: int, *, on: date, reason: str, now: datetime) -> int:
    """The person takes consent back: data is kept as duty asks and used for nothing else."""
    person = _person(session, resident_id)
    if person.withdrawn_on is not None:
        raise DomainError(f"{person.name}已经撤回过同意。")
    _keep_entered(session, person, now)
    event = _add(session, person, PrivacyKind.WITHDRAWN, on, now, note=reason)
    _follow(session, person)
    return event.id


def ask_correction(
    session: Session, resident_id: int, *, what: str, on: date, now: datetime
) -> int:
    """The person says that something is wrong or missing."""
    if not what.strip():
        raise DomainError("请写明要更正或补充什么。")
    person = _person(session, resident_id)
    return _add(session, person, PrivacyKind.CORRECTION_ASKED, on, now, note=what).id


def correct(session: Session, asked_id: int, *, on: date, note: str, now: datetime) -> int:
    """A request was dealt with; raises DomainError where nothing changed and nobody says why."""
    asked = _event(session, asked_id, PrivacyKind.CORRECTION_ASKED)
    answered = select(PrivacyEvent.id).where(
        PrivacyEvent.answers_id == asked_id, PrivacyEvent.revoked_at.is_(None)
    )
    if session.scalar(answered) is not None:
        raise DomainError("这项申请已经办结。")
    if on < asked.on_date:
        raise DomainError("办结日期早于申请日期，请核对。")
    if not note.strip():
        raise DomainError("请写明怎样办的：改了什么，或为什么不改。")
    person = _person(session, asked.resident_id)
    event = _add(session, person, PrivacyKind.CORRECTED, on, now, note=note)
    event.answers_id = asked_id
    session.flush()
    return event.id


def take_back(session: Session, event_id: int, *, now: datetime) -> None:
    """A line was entered by mistake, or a withdrawal is taken back; it stays, struck out."""
    rights.require(session, Right.PRIVACY)
    event = session.get_one(PrivacyEvent, event_id)
    if event.revoked_at is not None:
        raise DomainError("这一条已经撤回过。")
    if event.kind is PrivacyKind.ERASED:
        raise DomainError("抹去以后不能恢复。")
    event.revoked_at = now
    session.flush()
    person = session.get_one(Resident, event.resident_id)
    if event.kind in CONSENTS or event.kind is PrivacyKind.WITHDRAWN:
        if event.kind in CONSENTS and person.consent_on == event.on_date:
            person.consent_on = None
        _follow(session, person)


def _person(session: Session, resident_id: int) -> Resident:
    rights.require(session, Right.PRIVACY)
    return people.get(session, resident_id)


def _agree(
    session: Session,
    person: Resident,
    kind: PrivacyKind,
    on: date,
    now: datetime,
    **texts: str,
) -> int:
    _keep_entered(session, person, now)
    # Whoever agrees anew has taken back the withdrawal.
    event = _add(session, person, kind, on, now, **texts)
    _follow(session, person)
    return event.id


def _keep_entered(session: Session, person: Resident, now: datetime) -> None:
    """The day that a form or a roster brought gets a line of its own before another follows."""
    for line in register(session, person.id):
        if line.id is None:
            _add(session, person, line.kind, line.on_date, now, note=line.note)


def _follow(session: Session, person: Resident) -> None:
    """Bring the two columns of the person in step with the register."""
    lines = [line for line in register(session, person.id) if not line.revoked]
    agreed = [line.on_date for line in lines if line.kind in CONSENTS]
    person.consent_on = max(agreed, default=None)
    # In the order in which things were entered: both may have happened on one day.
    steps = [line for line in lines if line.kind in (*CONSENTS, PrivacyKind.WITHDRAWN)]
    last = max(steps, key=lambda line: (line.on_date, line.id or 0), default=None)
    withdrawn = last is not None and last.kind is PrivacyKind.WITHDRAWN
    person.withdrawn_on = last.on_date if last is not None and withdrawn else None
    session.flush()


def _event(session: Session, event_id: int, kind: PrivacyKind) -> PrivacyEvent:
    event = session.get(PrivacyEvent, event_id)
    if event is None or event.kind is not kind or event.revoked_at is not None:
        raise DomainError("这一条已经不在登记里，请刷新后再试。")
    return event


def _add(
    session: Session, person: Resident, kind: PrivacyKind, on: date, now: datetime, **texts: str
) -> PrivacyEvent:
    event = _new(session, person, kind, on, now, **texts)
    session.flush()
    return event


def _new(
    session: Session, person: Resident, kind: PrivacyKind, on: date, now: datetime, **texts: str
) -> PrivacyEvent:
    _check_day(person, on, now)
    event = PrivacyEvent(
        resident_id=person.id,
        kind=kind,
        on_date=on,
        user_name=actor_of(session).name,
        created_at=now,
        **_texts(**texts),
    )
    session.add(event)
    return event


def _check_day(person: Resident, on: date, now: datetime) -> None:
    if on > now.date():
        raise DomainError("日期晚于今天，请核对。")
    if person.birth_date is not None and on < person.birth_date:
        raise DomainError("日期早于出生日期，请核对。")


def _texts(**texts: str) -> dict[str, str | None]:
    for name, text in texts.items():
        if len(text.strip()) > _LONGEST[name]:
            raise DomainError(f"{_NAMES[name]}太长，最多 {_LONGEST[name]} 个字。")
    return {name: text.strip() or None for name, text in texts.items()}


def _note_for_all(
    session: Session,
    ids: Iterable[int],
    kind: PrivacyKind,
    on: date,
    now: datetime,
    **texts: str,
) -> int:
    """The same line for many, once a day each; gives how many got one."""
    wanted = list(dict.fromkeys(ids))
    have: set[int] = set()
    persons: list[Resident] = []
    for part in chunks(wanted, 500):
        same = select(PrivacyEvent.resident_id).where(
            PrivacyEvent.resident_id.in_(part),
            PrivacyEvent.kind == kind,
            PrivacyEvent.on_date == on,
            PrivacyEvent.revoked_at.is_(None),
        )
        have.update(session.scalars(same))
        persons += session.scalars(select(Resident).where(Resident.id.in_(part)))
    new = [person for person in persons if person.id not in have]
    for person in new:
        _new(session, person, kind, on, now, **texts)
    session.flush()
    return len(new)
