"""走访记录: what a visit came to, put down, corrected and taken out again."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    GridMember,
    Resident,
    RoundWay,
    Visit,
    VisitDeferral,
    VisitResult,
    VisitSheetRow,
)
from app.services import people, visit_alarms
from app.services.resident_rows import DEPARTURE_LABELS
from app.services.visit_due import REACHED
from app.storage.lookup import actor_of
from app.values.text import tidy

LONGEST_NOTE = 300
_LONGEST_VISITOR = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitInput:
    """A visit as it is typed; without a visitor he who types it, or `member_id`, went himself."""

    resident_id: int
    on_date: date
    result: VisitResult
    way: RoundWay = RoundWay.HOME
    note: str = ""
    visitor: str = ""
    member_id: int | None = None
    diary_entry_id: int | None = None


def log(session: Session, entered: VisitInput, *, now: datetime) -> int:
    """Put a visit down, and look whether it raises or answers an alarm.

    Raises DomainError for a day to come, or on which the person was not here.
    """
    person = people.get(session, entered.resident_id)
    # The grid of that day: later the person may belong to another.
    visit = Visit(grid_id=person.grid_id, entered_by=actor_of(session).name, entered_at=now)
    _fill(session, visit, entered, person, now)
    session.add(visit)
    session.flush()
    _end_deferral(session, visit)
    visit_alarms.watch(session, person.id)
    return visit.id


def input_of(session: Session, visit_id: int) -> tuple[VisitInput, int]:
    """A visit for the form, and the version to hand back."""
    visit = _get(session, visit_id)
    entered = VisitInput(
        resident_id=visit.resident_id,
        on_date=visit.on_date,
        result=visit.result,
        way=visit.way,
        note=visit.note or "",
        visitor=visit.visitor,
        member_id=visit.member_id,
        diary_entry_id=visit.diary_entry_id,
    )
    return entered, visit.version


def update(
    session: Session, visit_id: int, entered: VisitInput, *, version: int, now: datetime
) -> None:
    """Correct a visit; raises DomainError as `log`, ChangedMeanwhile for an old version."""
    visit = _get(session, visit_id, version)
    person = people.get(session, visit.resident_id)
    if entered.resident_id != visit.resident_id:
        raise DomainError("一条走访只能是同一个人的。记错了人，请删除这条，再给那个人记一条。")
    _fill(session, visit, entered, person, now)
    session.flush()
    visit_alarms.watch(session, person.id)


def remove(session: Session, visit_id: int, *, version: int, now: datetime) -> None:
    """Into the recycle bin; the line of the day sheet it came from can be typed once more."""
    visit = _get(session, visit_id, version)
    visit.deleted_at = now
    for row in session.scalars(select(VisitSheetRow).where(VisitSheetRow.visit_id == visit_id)):
        row.visit_id = None
    session.flush()
    visit_alarms.watch(session, visit.resident_id)


def _get(session: Session, visit_id: int, version: int | None = None) -> Visit:
    visit = session.get(Visit, visit_id)
    if visit is None or visit.deleted_at is not None:
        raise DomainError("这条走访已经被删除，请刷新后再看；需要时可从回收站放回。")
    if version is not None and visit.version != version:
        raise ChangedMeanwhile
    return visit


def _fill(
    session: Session, visit: Visit, entered: VisitInput, person: Resident, now: datetime
) -> None:
    _check_day(person, entered.on_date, now.date())
    note = tidy(entered.note)
    if len(note) > LONGEST_NOTE:
        raise DomainError(f"情况最多写 {LONGEST_NOTE} 个字，请写短些，其余的可以记进平安日记。")
    member = session.get(GridMember, entered.member_id) if entered.member_id else None
    went = tidy(entered.visitor) or (member.name if member else actor_of(session).name)
    visit.resident_id, visit.on_date = person.id, entered.on_date
    visit.result, visit.way = entered.result, entered.way
    visit.note = note or None
    visit.member_id = member.id if member else None
    visit.visitor = went[:_LONGEST_VISITOR]
    visit.diary_entry_id = entered.diary_entry_id


def _check_day(person: Resident, on: date, today: date) -> None:
    if on > today:
        raise DomainError(
            f"走访日期 {on:%Y-%m-%d} 还没有到。没走访的不能先记；日期写错了请改成走访那天。"
        )
    if person.birth_date is not None and on < person.birth_date:
        raise DomainError(
            f"{person.name}是 {person.birth_date:%Y-%m-%d} 出生的，走访不会在这以前，请核对日期。"
        )
    left_on = person.departed_on
    if person.departure is not None and (left_on is None or on > left_on):
        how = DEPARTURE_LABELS[person.departure]
        when = f"已于 {left_on:%Y-%m-%d} {how}" if left_on else f"已经{how}"
        raise DomainError(
            f"{person.name}{when}，之后的走访记不进去。请核对日期；{how}登记错了的，"
            "先在居民页撤回，再记走访。"
        )


def _end_deferral(session: Session, visit: Visit) -> None:
    """What was put off on the very day of the visit is done with it."""
    if visit.result not in REACHED:
        return
    put_off = select(VisitDeferral).where(
        VisitDeferral.resident_id == visit.resident_id,
        VisitDeferral.decided_on == visit.on_date,
    )
    for one in session.scalars(put_off):
        session.delete(one)
    session.flush()
