"""Sign-in (签到): who came, was excused, left, or has another vote in his place.

A representative is not stood for by anybody: the law provides for no proxies there (domain-law.md
1.2). Where a rule set does, one member stands for so many, once each, and nobody passes it on.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Attendee,
    AttendWay,
    Basis,
    BodyKind,
    Capacity,
    Meeting,
    MeetingState,
    Resident,
    Speech,
)
from app.services import attendance_views, meeting_rules, meeting_views, meetings, residents, rights
from app.services.ages import age_on
from app.services.attendance_views import HOUSEHOLD, RESIDENT, Seat, Who
from app.services.electorate import ADULT
from app.storage.lookup import actor_of
from app.values.codes import AWAY
from app.values.rights import Right
from app.values.text import tidy

_OPEN = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.RUNNING)


def attend(session: Session, meeting_id: int, who: Who, *, way: AttendWay, now: datetime) -> int:
    """Somebody of the list is there; gives the id of the line.

    Who had been excused, stood for or gone counts again from now on. Raises DomainError for who
    is not in the list, or is there already.
    """
    row = _open(session, meeting_id)
    seat = _seat(session, row, who)
    line = _line(session, meeting_id, seat)
    if line is not None and seat.presence is attendance_views.Presence.HERE:
        raise DomainError(f"{seat.name} 已经签到（{line.came_at:%H:%M}），没有重复记。")
    if line is None:
        line = _added(session, row, seat)
    line.capacity, line.way, line.holder_id = Capacity.MEMBER, way, None
    line.came_at, line.left_at = now, None
    session.flush()
    return line.id


def excuse(session: Session, meeting_id: int, who: Who, *, reason: str = "") -> int:
    """请假: told before that he will not come; he is in no count of those present."""
    row = _open(session, meeting_id)
    seat = _seat(session, row, who)
    if seat.counts:
        raise DomainError(f"{seat.name} 已经到会，不是请假。中途走的请记“离会”。")
    line = _line(session, meeting_id, seat) or _added(session, row, seat)
    line.way, line.holder_id, line.came_at, line.left_at = AttendWay.EXCUSED, None, None, None
    line.remark = tidy(reason)[:120] or None
    session.flush()
    return line.id


def leave(session: Session, attendee_id: int, *, version: int, now: datetime) -> None:
    """离会: from now on neither he counts nor those whom he stands for; votes taken stay."""
    line = get(session, attendee_id, version=version)
    _open(session, line.meeting_id)
    if line.came_at is None or line.left_at is not None:
        raise DomainError(f"{line.name} 现在不在会上，不用再记离会。")
    line.left_at = now
    session.flush()


def proxy(session: Session, meeting_id: int, who: Who, *, holder_id: int, now: datetime) -> int:
    """Somebody who is not there is stood for by one who is (受托).

    Raises DomainError where the rule of the meeting has no proxies or not so many, for a proxy
    of a proxy, and for one who stands for others himself.
    """
    row = _open(session, meeting_id)
    seat = _seat(session, row, who)
    if seat.counts:
        raise DomainError(f"{seat.name} 已经到会或已经有人受托，不能再委托。")
    holder = get(session, holder_id)
    _check_proxy(session, row, seat, holder)
    line = _line(session, meeting_id, seat) or _added(session, row, seat)
    line.way, line.holder_id = AttendWay.PROXY, holder.id
    line.came_at, line.left_at = now, None
    session.flush()
    return line.id


def observe(
    session: Session,
    meeting_id: int,
    *,
    name: str,
    came_from: str = "",
    resident_id: int | None = None,
    now: datetime,
) -> int:
    """列席: somebody who listens and may speak, and is in no count (居委会组织法 28)."""
    row = _open(session, meeting_id)
    words = tidy(name)
    if not words:
        raise DomainError("请写列席人的姓名。")
    if resident_id is not None:
        _check_no_member(session, row, resident_id)
    line = Attendee(
        meeting_id=meeting_id,
        capacity=Capacity.OBSERVER,
        resident_id=resident_id,
        name=words[:60],
        came_from=tidy(came_from)[:60] or None,
        way=AttendWay.TYPED,
        came_at=now,
        entered_by=actor_of(session).name,
    )
    session.add(line)
    session.flush()
    return line.id


def remove(session: Session, attendee_id: int, *, version: int) -> None:
    """A line that was entered by mistake goes; who is stood for by him is no longer."""
    line = get(session, attendee_id, version=version)
    _open(session, line.meeting_id)
    if session.scalar(select(Speech.id).where(Speech.attendee_id == line.id).limit(1)):
        raise DomainError(f"{line.name} 已经在会上发言，不能从名单上去掉。走了的请记“离会”。")
    held = select(Attendee).where(Attendee.holder_id == line.id)
    for other in session.scalars(held):
        session.delete(other)
    session.flush()
    session.delete(line)
    session.flush()


def get(session: Session, attendee_id: int, *, version: int | None = None) -> Attendee:
    """The line; raises DomainError where it is gone, ChangedMeanwhile for an old version."""
    line = session.get(Attendee, attendee_id)
    if line is None:
        raise DomainError("签到名单上没有这一行了，请刷新后再看。")
    if version is not None and line.version != version:
        raise ChangedMeanwhile
    return line


def _open(session: Session, meeting_id: int) -> Meeting:
    rights.require(session, Right.RUN_MEETINGS)
    row = meetings.get(session, meeting_id)
    if row.state not in _OPEN:
        raise DomainError("会议已经结束，签到不能再改。记错的请在会议记录里写修正。")
    return row


def _seat(session: Session, row: Meeting, who: Who) -> Seat:
    listed = attendance_views.seats(session, row.id)
    found = next((seat for seat in listed if seat.who == who), None)
    # Who only listened so far is asked like anybody else whether he may vote.
    if found is not None and found.presence is not attendance_views.Presence.OBSERVER:
        return found
    kind = meetings.body_of(session, row).kind
    if kind is BodyKind.ASSEMBLY:
        return _resident(session, row, who)
    person = session.get(Resident, who.id) if who.column == RESIDENT else None
    if kind in attendance_views.OPEN and person is not None and person.deleted_at is None:
        return _seat_of_resident(session, row, who, person)
    raise DomainError("这个人不在这次会议的成员名册里，只能列席。")


def _resident(session: Session, row: Meeting, who: Who) -> Seat:
    """Of an assembly: residents over 18 who live here, or one of each household (26, 27)."""
    person = session.get(Resident, who.id) if who.column == RESIDENT else None
    if person is None or person.deleted_at is not None:
        raise DomainError("居民资料里没有这个人，只能列席。")
    if person.departure is not None or person.residence_status in AWAY:
        raise DomainError(f"{person.name} 现在不住在本社区，只能列席。")
    age = age_on(person.birth_date, row.on_date)
    if age is None or age < ADULT:
        known = f"{age} 岁" if age is not None else "没有登记出生日期"
        raise DomainError(
            f"{person.name} {known}。居民会议由十八周岁以上的居民组成"
            "（居民委员会组织法第二十六条）。"
        )
    if row.basis is Basis.HOUSEHOLDS:
        who = _household(session, row, person)
    return _seat_of_resident(session, row, who, person)


def _seat_of_resident(session: Session, row: Meeting, who: Who, person: Resident) -> Seat:
    home = next(iter(residents.rows(session, [person.id], today=row.on_date)), None)
    return Seat(
        who=who,
        place=0,
        name=person.name,
        came_from=home.place if home is not None else "",
        resident_id=person.id,
    )


def _household(session: Session, row: Meeting, person: Resident) -> Who:
    if person.household_id is None:
        raise DomainError(f"{person.name} 没有登记在哪一户，不能作户的代表。请先登记户。")
    theirs = select(Attendee.name).where(
        Attendee.meeting_id == row.id,
        Attendee.household_id == person.household_id,
        Attendee.resident_id != person.id,
    )
    other = session.scalar(theirs)
    if other is not None:
        raise DomainError(f"这一户已经由 {other} 作代表签到，一户一名代表。")
    return Who(HOUSEHOLD, person.household_id)


def _line(session: Session, meeting_id: int, seat: Seat) -> Attendee | None:
    if seat.attendee_id is not None:
        return session.get_one(Attendee, seat.attendee_id)
    if seat.resident_id is None:
        return None
    # Somebody who only listened so far turns out to be of the list.
    same = (Attendee.meeting_id == meeting_id, Attendee.resident_id == seat.resident_id)
    line = session.scalar(select(Attendee).where(*same))
    if line is not None and line.capacity is Capacity.MEMBER:
        raise DomainError(f"{seat.name} 已经在签到名单上，没有重复记。")
    if line is not None and seat.who is not None:
        setattr(line, seat.who.column, seat.who.id)
        line.capacity = Capacity.MEMBER
    return line


def _added(session: Session, row: Meeting, seat: Seat) -> Attendee:
    line = Attendee(
        meeting_id=row.id,
        capacity=Capacity.MEMBER,
        resident_id=seat.resident_id,
        name=seat.name,
        came_from=seat.came_from[:60] or None,
        entered_by=actor_of(session).name,
    )
    if seat.who is not None:
        setattr(line, seat.who.column, seat.who.id)
    session.add(line)
    return line


def _check_proxy(session: Session, row: Meeting, seat: Seat, holder: Attendee) -> None:
    rule = meeting_rules.rule_of(session, meeting_views.meeting(session, row.id))
    if not rule.proxies:
        raise DomainError(
            f"{rule.name}没有规定可以委托他人参加（{rule.article}），{seat.name} 须本人到会。"
        )
    if holder.way is AttendWay.PROXY:
        raise DomainError(f"{holder.name} 自己也是委托别人来的，受托人不得再转托。")
    here = holder.capacity is Capacity.MEMBER and holder.came_at and holder.left_at is None
    if holder.meeting_id != row.id or not here:
        raise DomainError("受托人须是到会的成员。请先给受托人签到。")
    held = select(func.count()).where(Attendee.holder_id == holder.id)
    if (session.scalar(held) or 0) >= rule.proxies:
        raise DomainError(
            f"{holder.name} 已受 {rule.proxies} 人之托，一人最多受 {rule.proxies} 人之托。"
        )
    own = select(Attendee.id).where(Attendee.holder_id == seat.attendee_id).limit(1)
    if seat.attendee_id is not None and session.scalar(own):
        raise DomainError(f"{seat.name} 自己受了别人的委托，不能再委托他人。")


def _check_no_member(session: Session, row: Meeting, resident_id: int) -> None:
    for seat in attendance_views.seats(session, row.id):
        if seat.resident_id != resident_id:
            continue
        if seat.who is not None and seat.who.column != RESIDENT:
            raise DomainError(f"{seat.name} 是这次会议的成员，请按成员签到。")
        listed = "列席名单" if seat.presence is attendance_views.Presence.OBSERVER else "签到名单"
        raise DomainError(f"{seat.name} 已经在{listed}上，没有重复记。")
