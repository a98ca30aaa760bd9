"""Volunteers (志愿者): registered, corrected, leaving, coming back; who may take part in what."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Action,
    HourEntry,
    Participation,
    PointsAccount,
    Resident,
    Team,
    TeamMember,
    Volunteer,
)
from app.services import points_owner
from app.services.rights import require
from app.services.volunteer_input import VolunteerInput, checked
from app.storage import journal
from app.values.rights import Right
from app.values.text import tidy

_PLAIN = (
    "registered_on",
    "record_consent_on",
    "publish_consent_on",
    "guardian_consent_on",
    "insured_until",
)
_TEXTS = (
    "name",
    "gender",
    "id_number",
    "phone",
    "address",
    "skills",
    "services",
    "system_number",
    "guardian",
    "guardian_relation",
    "guardian_phone",
    "insurance",
    "note",
)


def number_words(number: int) -> str:
    """0132, as it stands on the card."""
    return f"{number:04d}"


def from_resident(session: Session, resident_id: int, *, today: date) -> VolunteerInput:
    """A form begun with a resident; raises DomainError where he is on the list, or gone."""
    _present(session, resident_id)
    _not_twice(session, resident_id, besides=0)
    return VolunteerInput(resident_id=resident_id, registered_on=today)


def of_resident(session: Session, resident_id: int) -> int | None:
    """The volunteer who this resident is; None where he is none."""
    wanted = select(Volunteer.id).where(
        Volunteer.resident_id == resident_id, Volunteer.deleted_at.is_(None)
    )
    return session.scalar(wanted)


def input_of(session: Session, volunteer_id: int) -> tuple[VolunteerInput, int]:
    """What the form shows, and the version."""
    row = get(session, volunteer_id)
    texts: dict[str, Any] = {name: getattr(row, name) or "" for name in _TEXTS}
    plain: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    entered = VolunteerInput(
        resident_id=row.resident_id, birth_date=row.birth_date, **texts, **plain
    )
    return entered, row.version


def note_opened(session: Session, volunteer_id: int) -> None:
    """The form shows the numbers of somebody from outside: that it was opened is on record."""
    journal.record_look(session, Action.LOOKED, Volunteer, [volunteer_id])


def add(session: Session, entered: VolunteerInput, *, now: datetime) -> int:
    """A new volunteer with the next number; raises DomainError naming what is wrong."""
    require(session, Right.RECORD_POINTS)
    last = session.scalar(select(func.max(Volunteer.number))) or 0
    row = Volunteer(number=last + 1)
    _fill(session, row, entered, now.date())
    session.add(row)
    session.flush()
    return row.id


def update(
    session: Session, volunteer_id: int, entered: VolunteerInput, *, version: int, now: datetime
) -> None:
    """Correct a volunteer; somebody from outside may turn out to be a resident, not back again."""
    require(session, Right.RECORD_POINTS)
    row = get(session, volunteer_id, version=version)
    if row.resident_id is not None and entered.resident_id != row.resident_id:
        raise DomainError("这位志愿者的时长和积分已经记在这个居民名下，不能换成别人。请另外登记。")
    joined = entered.resident_id is not None and row.resident_id is None
    _fill(session, row, entered, now.date())
    if joined:
        _hand_account_over(session, row)
    session.flush()


def leave(
    session: Session, volunteer_id: int, *, on: date, reason: str, version: int, today: date
) -> None:
    """退出: the record stays, teams end on the day."""
    require(session, Right.RECORD_POINTS)
    row = get(session, volunteer_id, version=version)
    if not row.registered_on <= on <= today:
        raise DomainError("退出日期应在登记日期和今天之间，请核对。")
    _leads_nothing(session, volunteer_id)
    row.left_on, row.left_reason = on, tidy(reason)[:120] or None
    for member in _memberships(session, volunteer_id):
        end_membership(session, member, on)
    session.flush()


def end_membership(session: Session, member: TeamMember, on: date) -> None:
    """Out of a team: the day before was the last one; who joined on that day was never in it."""
    if member.since >= on:
        session.delete(member)
    else:
        member.until = on - timedelta(days=1)


def come_back(session: Session, volunteer_id: int, *, version: int) -> None:
    """Who had left serves again; teams are chosen anew."""
    require(session, Right.RECORD_POINTS)
    row = get(session, volunteer_id, version=version)
    row.left_on = row.left_reason = None
    session.flush()


def remove(session: Session, volunteer_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError where hours or activities speak of him."""
    require(session, Right.RECORD_POINTS)
    row = get(session, volunteer_id)
    for model in (HourEntry, Participation):
        if session.scalar(select(model.id).where(model.volunteer_id == volunteer_id).limit(1)):
            raise DomainError(
                "这位志愿者已经有服务记录，不能删除；不再参加了就办退出，记录都留着。"
            )
    points_owner.check_settled(session, volunteer_id)
    _leads_nothing(session, volunteer_id)
    row.deleted_at = now
    session.flush()


def get(session: Session, volunteer_id: int, *, version: int | None = None) -> Volunteer:
    """The row; raises DomainError where it was deleted, ChangedMeanwhile for an old version."""
    row = session.get(Volunteer, volunteer_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这位志愿者已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def name_of(session: Session, volunteer_id: int) -> str:
    """Of a volunteer who may be deleted; the resident's name where he is one."""
    row = session.get_one(Volunteer, volunteer_id)
    return _name(session, row)


def _fill(session: Session, row: Volunteer, entered: VolunteerInput, today: date) -> None:
    person = _person(session, row, entered.resident_id)
    entered = checked(entered, born=person.birth_date if person else None, today=today)
    if entered.resident_id is not None:
        _not_twice(session, entered.resident_id, besides=row.id or 0)
    else:
        _no_twin(session, entered, besides=row.id or 0)
    row.resident_id = entered.resident_id
    row.birth_date = None if person else entered.birth_date
    for name in _TEXTS:
        setattr(row, name, getattr(entered, name) or None)
    for name in _PLAIN:
        setattr(row, name, getattr(entered, name))


def _person(session: Session, row: Volunteer, resident_id: int | None) -> Resident | None:
    """Who it is; a resident who has moved away since stays who he was."""
    if resident_id is None:
        return None
    if resident_id == row.resident_id:
        return session.get_one(Resident, resident_id)
    return _present(session, resident_id)


def _present(session: Session, resident_id: int) -> Resident:
    person = session.get(Resident, resident_id)
    if person is None or person.deleted_at is not None or person.departure is not None:
        raise DomainError("这个人已经不在居民名单里，不能登记为志愿者，请核对。")
    return person


def _not_twice(session: Session, resident_id: int, *, besides: int) -> None:
    found = session.execute(
        select(Volunteer.number, Volunteer.deleted_at).where(
            Volunteer.resident_id == resident_id, Volunteer.id != besides
        )
    ).first()
    if found is None:
        return
    number, deleted_at = found
    if deleted_at is not None:
        raise DomainError(
            f"这位居民以前登记过志愿者（{number_words(number)}），在回收站里，请从回收站放回。"
        )
    raise DomainError(f"这位居民已经是志愿者（{number_words(number)}），不用再登记。")


def _no_twin(session: Session, entered: VolunteerInput, *, besides: int) -> None:
    """The same document, or the same name with the same phone, is the same person typed twice."""
    same = select(Volunteer.number).where(Volunteer.deleted_at.is_(None), Volunteer.id != besides)
    if entered.id_number:
        twin = session.scalar(same.where(Volunteer.id_number == entered.id_number))
    else:
        twin = session.scalar(
            same.where(Volunteer.name == entered.name, Volunteer.phone == (entered.phone or None))
        )
    if twin is not None:
        raise DomainError(
            f"志愿者 {number_words(twin)} 就是这个人（{entered.name}），不用再登记；"
            "确是两个人，请填上各自的证件号码。"
        )


def _hand_account_over(session: Session, row: Volunteer) -> None:
    """What was earned from outside goes on as the resident's account."""
    own = session.scalar(select(PointsAccount).where(PointsAccount.volunteer_id == row.id))
    if own is None:
        return
    other = select(PointsAccount.id).where(PointsAccount.resident_id == row.resident_id)
    if session.scalar(other) is not None:
        raise DomainError(
            f"{_name(session, row)}作为居民已经有一个积分账户，两个账户接不到一起。"
            "请先在台账里把志愿者的账户用完、销户，再接到这位居民。"
        )
    own.volunteer_id, own.resident_id = None, row.resident_id


def _leads_nothing(session: Session, volunteer_id: int) -> None:
    leads = select(Team.name).where(
        Team.leader_id == volunteer_id, Team.deleted_at.is_(None), Team.closed_on.is_(None)
    )
    if team := session.scalar(leads.limit(1)):
        raise DomainError(f"这位志愿者是{team}的队长，请先换队长。")


def _memberships(session: Session, volunteer_id: int) -> list[TeamMember]:
    wanted = select(TeamMember).where(
        TeamMember.volunteer_id == volunteer_id, TeamMember.until.is_(None)
    )
    return list(session.scalars(wanted))


def _name(session: Session, row: Volunteer) -> str:
    person = session.get(Resident, row.resident_id) if row.resident_id else None
    return (person.name if person is not None else row.name) or f"志愿者 {number_words(row.number)}"
