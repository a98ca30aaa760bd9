"""Changes of standing (变动): born, moved in, moved out, died; each can be taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Certificate,
    Departure,
    EventKind,
    Household,
    Resident,
    ResidentEvent,
    ResidentTag,
    Tag,
    VisitAlarm,
)
from app.services import (
    heads,
    meal_owner,
    meeting_owner,
    people,
    person_rounds,
    points_owner,
    search_keys,
    undo,
    visit_due,
)
from app.services.certificate_views import OPEN_STAGES, stage_words
from app.values.codes import HEAD

EVENT_LABELS = {
    EventKind.BORN: "出生",
    EventKind.MOVED_IN: "迁入",
    EventKind.MOVED_OUT: "迁出",
    EventKind.DIED: "死亡",
    EventKind.CHANGED_HOUSEHOLD: "换户",
}
_DEPARTURES = {EventKind.MOVED_OUT: Departure.MOVED_OUT, EventKind.DIED: Departure.DIED}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The event that was noted, and in sentences what else it changed."""

    event_id: int
    sentences: tuple[str, ...]


def hangs_on(session: Session, resident_id: int, *, today: date) -> list[str]:
    """What to think of before the person is marked as gone: household, tags, papers, the grids."""
    person = people.get(session, resident_id)
    found = _household_ties(session, person)
    names = session.scalars(
        select(Tag.name)
        .join(ResidentTag, ResidentTag.tag_id == Tag.id)
        .where(ResidentTag.resident_id == resident_id, ResidentTag.until.is_(None), Tag.enabled)
        .order_by(Tag.position)
    ).all()
    if names:
        found.append(f"有标签：{'、'.join(names)}（保留在资料里，不再计入名单）")
    return [*found, *waits_for(session, resident_id, today=today)]


def waits_for(session: Session, resident_id: int, *, today: date) -> list[str]:
    """What is begun and concerns the person, on every page of the program."""
    return [
        *_open_papers(session, resident_id),
        *_in_the_grids(session, resident_id, today),
        *points_owner.waits_for(session, resident_id, today=today),
        *meal_owner.waits_for(session, resident_id, today=today),
        *meeting_owner.waits_for(session, resident_id, today=today),
    ]


def _in_the_grids(session: Session, resident_id: int, today: date) -> list[str]:
    """Requests go on without him; posts and alarms somebody must end."""
    found = []
    if asked := person_rounds.open_requests(session, resident_id):
        named = "、".join(f"{number} {title}（{state.label}）" for number, title, state in asked)
        found.append(f"还有 {len(asked)} 件诉求在办：{named}，照样办到回访、销号")
    if posts := person_rounds.posts_held(session, [resident_id], today=today):
        found.append(f"现在是 {'、'.join(posts)}：请到“网格”的“组织”里登记离任")
    alarm = select(VisitAlarm.id).where(
        VisitAlarm.resident_id == resident_id, VisitAlarm.cleared_on.is_(None)
    )
    if session.scalars(alarm).first() is not None:
        found.append("走访报警还没有查明：请到“网格”的“走访”里写明情况，解除报警")
    if visit_due.of_people(session, [resident_id], today=today):
        found.append("在走访名单里：以后不再提醒走访")
    return found


def _open_papers(session: Session, resident_id: int) -> list[str]:
    open_ones = session.scalars(
        select(Certificate)
        .where(
            Certificate.resident_id == resident_id,
            Certificate.stage.in_(OPEN_STAGES),
        )
        .order_by(Certificate.id)
    ).all()
    if not open_ones:
        return []
    named = "、".join(f"{one.title}（{stage_words(one)}）" for one in open_ones)
    return [f"有没办完的证明：{named}"]


def _household_ties(session: Session, person: Resident) -> list[str]:
    if person.household_id is None:
        return []
    others = [one for one in people.of_household(session, person.household_id) if one is not person]
    row = session.get_one(Household, person.household_id)
    if row.head_id != person.id:
        return [] if others else [f"是户 {row.number} 唯一的人"]
    if not others:
        return [f"是户主，本户没有别人：户 {row.number} 随之空出"]
    return [
        f"是户主：本户还有 {len(others)} 人（{'、'.join(one.name for one in others)}），需要新户主"
    ]


def move_out(
    session: Session,
    resident_id: int,
    *,
    on_date: date,
    now: datetime,
    note: str = "",
    new_head_id: int | None = None,
) -> Outcome:
    """迁出: out of every count and list from now on."""
    return _depart(session, resident_id, EventKind.MOVED_OUT, on_date, now, note, new_head_id)


def die(
    session: Session,
    resident_id: int,
    *,
    on_date: date,
    now: datetime,
    note: str = "",
    new_head_id: int | None = None,
) -> Outcome:
    """死亡: out of every count and list from now on."""
    return _depart(session, resident_id, EventKind.DIED, on_date, now, note, new_head_id)


def move_out_household(
    session: Session, household_id: int, *, on_date: date, now: datetime, note: str = ""
) -> tuple[str, ...]:
    """The whole household moves out; the head goes last, so that nobody needs a new one."""
    row = session.get_one(Household, household_id)
    members = sorted(
        people.of_household(session, household_id), key=lambda one: one.id == row.head_id
    )
    if not members:
        raise DomainError("这一户已经没有人了。")
    for person in members:
        move_out(session, person.id, on_date=on_date, now=now, note=note)
    return (f"户 {row.number} 共 {len(members)} 人迁出。",)


def moved_in(
    session: Session, resident_id: int, *, on_date: date, now: datetime, note: str = ""
) -> Outcome:
    """迁入: noted for a person who counts; somebody who had moved out counts again."""
    person = people.get(session, resident_id)
    if person.departure is Departure.DIED:
        raise DomainError(f"{person.name}登记为死亡；如果登记错了，请撤回那次变动。")
    _check_day(person, on_date, now)
    said: tuple[str, ...] = ()
    if person.departure is not None:
        said = _return(session, person)
    return Outcome(_note(session, person, EventKind.MOVED_IN, on_date, now, note), said)


def born(
    session: Session, resident_id: int, *, on_date: date, now: datetime, note: str = ""
) -> Outcome:
    """出生: noted for a newborn; an unknown birth date becomes this day."""
    person = people.get_present(session, resident_id)
    _check_day(person, on_date, now)
    person.birth_date = person.birth_date or on_date
    event_id = _note(session, person, EventKind.BORN, on_date, now, note)
    search_keys.reindex(session, [person.id])
    return Outcome(event_id, ())


def take_back(session: Session, event_id: int, *, now: datetime) -> tuple[str, ...]:
    """Undo one event, as far as nobody changed the same since; its line stays, marked 已撤回."""
    event = session.get(ResidentEvent, event_id)
    if event is None or event.revoked_at is not None:
        raise DomainError("这次变动已经撤回过了。")
    person = people.get(session, event.resident_id)
    if event.kind in _DEPARTURES:
        said = _take_back_departure(session, person, event)
    elif event.kind is EventKind.CHANGED_HOUSEHOLD:
        said = _take_back_household(session, person, event)
    else:
        said = ()
    event.revoked_at = now
    search_keys.reindex(session, [person.id])
    return said


def _take_back_departure(
    session: Session, person: Resident, event: ResidentEvent
) -> tuple[str, ...]:
    if person.departure is not _DEPARTURES[event.kind] or person.departed_on != event.on_date:
        raise DomainError(f"{person.name}后来又有变动，请先撤回后面的那一次。")
    led_before = undo.head_before(session, event)
    said = _return(session, person)
    if led_before is None:
        return said
    household_id, relations = led_before
    row = session.get_one(Household, household_id)
    if person.household_id != household_id or row.head_id == person.id:
        return said
    return (*said, *heads.set_head(session, row, person, relations))


def _take_back_household(
    session: Session, person: Resident, event: ResidentEvent
) -> tuple[str, ...]:
    if person.household_id != event.to_household_id:
        raise DomainError(f"{person.name}后来又换过户，请先撤回后面的那一次。")
    left, person.household_id = person.household_id, event.from_household_id
    if person.relation == HEAD:
        person.relation = None
    session.flush()
    return (
        *heads.ensure_head(session, left),
        *heads.ensure_head(session, event.from_household_id),
    )


def _return(session: Session, person: Resident) -> tuple[str, ...]:
    """Count the person again; whoever leads the household meanwhile goes on leading it."""
    person.departure = person.departed_on = None
    session.flush()
    row = session.get(Household, person.household_id) if person.household_id else None
    if row is not None and person.relation == HEAD and row.head_id not in {None, person.id}:
        person.relation = None
    said = heads.ensure_head(session, person.household_id)
    search_keys.reindex(session, [person.id])
    return said


def _depart(
    session: Session,
    resident_id: int,
    kind: EventKind,
    on_date: date,
    now: datetime,
    note: str,
    new_head_id: int | None,
) -> Outcome:
    person = people.get_present(session, resident_id)
    _check_day(person, on_date, now)
    event_id = _note(session, person, kind, on_date, now, note)
    person.departure, person.departed_on = _DEPARTURES[kind], on_date
    session.flush()
    said: tuple[str, ...] = ()
    if person.household_id is not None and new_head_id is not None:
        row = session.get_one(Household, person.household_id)
        said = heads.set_head(session, row, heads.choose(session, row.id, new_head_id))
    said = (*said, *heads.ensure_head(session, person.household_id))
    search_keys.reindex(session, [person.id])
    return Outcome(event_id, said)


def _check_day(person: Resident, on_date: date, now: datetime) -> None:
    if on_date > now.date():
        raise DomainError("日期不能晚于今天，请核对。")
    if person.birth_date and on_date < person.birth_date:
        raise DomainError(f"日期早于{person.name}的出生日期，请核对。")


def _note(
    session: Session, person: Resident, kind: EventKind, on_date: date, now: datetime, note: str
) -> int:
    event = ResidentEvent(
        resident_id=person.id,
        kind=kind,
        on_date=on_date,
        note=note.strip() or None,
        from_household_id=person.household_id if kind in _DEPARTURES else None,
        created_at=now,
    )
    session.add(event)
    session.flush()
    return event.id
