"""Who takes part: signing up and off, and the list in the order of the printed sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Activity,
    ActivityState,
    Attendance,
    ClaimState,
    Participation,
    Quality,
    Resident,
)
from app.services import activities, activity_fitness, teams, volunteers
from app.services.points_holders import OF_OTHERS
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.masking import mask_phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A line of the list; `claim` and `points` where it was handed on for review."""

    id: int
    version: int
    place: int
    volunteer_id: int | None
    resident_id: int | None
    """Of a volunteer who is a resident, too"""
    number: int | None
    name: str
    phone_masked: str
    state: Attendance
    starts: int | None
    half_hours: int
    quantity: int
    quality: Quality | None
    note: str
    entered_by: str
    claim: ClaimState | None = None
    points: int = 0

    @property
    def posted(self) -> bool:
        """Whether it waits for review or stands in the books: typing back no longer changes it."""
        return self.claim in (ClaimState.WAITING, ClaimState.ACCEPTED)


def sign_up(
    session: Session,
    activity_id: int,
    *,
    volunteer_id: int | None = None,
    resident_id: int | None = None,
    today: date,
) -> int:
    """Put somebody on the list; who is on it stays as he is, who had withdrawn comes back.

    Raises DomainError for who may not: minors where it is dangerous, residents who are no
    volunteers where hours are counted (order 67 art. 5, 19).
    """
    row = activities.get(session, activity_id)
    if row.state is ActivityState.CANCELLED:
        raise DomainError(f"“{row.name}”已经取消，不能再报名。")
    volunteer_id = volunteer_id or volunteers.of_resident(session, resident_id or 0)
    activity_fitness.check_person(session, row, volunteer_id, resident_id)
    known = _known(session, activity_id, volunteer_id, resident_id)
    if known is None:
        known = Participation(
            activity_id=activity_id,
            volunteer_id=volunteer_id,
            resident_id=None if volunteer_id else resident_id,
            state=Attendance.SIGNED_UP,
            place=_next_place(session, activity_id),
            signed_up_on=today,
            entered_by=actor_of(session).name,
        )
        session.add(known)
        _open_again(row)
    elif known.state is Attendance.WITHDREW:
        known.state, known.signed_up_on = Attendance.SIGNED_UP, today
        _open_again(row)
    session.flush()
    return known.id


def sign_up_team(session: Session, activity_id: int, *, today: date) -> tuple[int, list[str]]:
    """Everybody of the team of the activity; gives how many joined, and why others may not."""
    row = activities.get(session, activity_id)
    if row.team_id is None:
        raise DomainError("这次活动没有选队伍。先在“修改”里选好队伍，再让全队报名。")
    on_list = {one.volunteer_id for one in participants(session, activity_id)}
    joined, refused = 0, []
    for volunteer_id in teams.members_of(session, row.team_id, on=row.on_date):
        if volunteer_id in on_list:
            continue
        try:
            sign_up(session, activity_id, volunteer_id=volunteer_id, today=today)
            joined += 1
        except DomainError as error:
            refused.append(str(error))
    return joined, refused


def sign_off(session: Session, participation_id: int, *, version: int) -> None:
    """退出报名: the line stays on the list with its number, so that printed sheets hold."""
    row = get(session, participation_id, version=version)
    if row.state is not Attendance.SIGNED_UP:
        raise DomainError("只有还没录签到的人能退出报名。已经录了的，请在“录签到”里改成没来。")
    row.state = Attendance.WITHDREW
    session.flush()


def get(session: Session, participation_id: int, *, version: int | None = None) -> Participation:
    """The row; raises DomainError where there is none, ChangedMeanwhile for an old version."""
    row = session.get(Participation, participation_id)
    if row is None:
        raise DomainError("名单上没有这个人了，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def name_of(session: Session, row: Participation) -> str:
    """Of a volunteer, or of a resident who is none."""
    if row.volunteer_id is not None:
        return volunteers.name_of(session, row.volunteer_id)
    person = session.get(Resident, row.resident_id)
    return person.name if person is not None else ""


def participants(source: Source, activity_id: int) -> list[Participant]:
    """The list in the order of the printed sheet."""
    where = [Sql("p.activity_id = ?", (activity_id,))]
    found = lookup_of(source).rows(query(_COLUMNS, _SOURCE, where, "ORDER BY p.place, p.id"))
    return [_participant(values) for values in found]


_COLUMNS = """
    p.id, p.version, p.place, p.volunteer_id, coalesce(p.resident_id, v.resident_id), v.number,
    coalesce(r.name, v.name, ''), coalesce(r.phone, v.phone, ''), p.state, p.starts, p.half_hours,
    p.quantity, p.quality, p.note, p.entered_by, c.state, c.points
"""
_KEY = "participation:"
_SOURCE = f"""
    participation AS p
    LEFT JOIN volunteer AS v ON v.id = p.volunteer_id
    LEFT JOIN resident AS r ON r.id = coalesce(p.resident_id, v.resident_id)
    LEFT JOIN points_claim AS c ON c.source_key = '{_KEY}' || p.id
"""


def source_key(participation_id: int) -> str:
    """By which the same attendance is not posted twice."""
    return f"{_KEY}{participation_id}"


def _participant(values: Sequence[Any]) -> Participant:
    key, version, place, volunteer, resident, number, name, phone, state, *rest = values
    starts, half_hours, quantity, quality, note, entered_by, claim, points = rest
    return Participant(
        id=key,
        version=version,
        place=place,
        volunteer_id=volunteer,
        resident_id=resident,
        number=number,
        name=name or OF_OTHERS,
        phone_masked=mask_phone(phone),
        state=Attendance.of(state),
        starts=starts,
        half_hours=half_hours,
        quantity=quantity,
        quality=Quality.of(quality) if quality else None,
        note=note or "",
        entered_by=entered_by,
        claim=ClaimState.of(claim) if claim else None,
        points=points or 0,
    )


def _known(
    session: Session, activity_id: int, volunteer_id: int | None, resident_id: int | None
) -> Participation | None:
    """Also as a resident, who became a volunteer since."""
    rows = select(Participation).where(Participation.activity_id == activity_id)
    if volunteer_id is not None:
        found = session.scalar(rows.where(Participation.volunteer_id == volunteer_id))
        if found is not None:
            return found
    if resident_id is None:
        return None
    return session.scalar(rows.where(Participation.resident_id == resident_id))


def _open_again(row: Activity) -> None:
    """Who joins a list that was typed back is not typed back himself."""
    row.recorded_on = row.recorded_by = None


def _next_place(session: Session, activity_id: int) -> int:
    last = select(func.max(Participation.place)).where(Participation.activity_id == activity_id)
    return (session.scalar(last) or 0) + 1
