"""录签到: who came and for how long, typed back in the order of the sheet or scanned by card.

Hours are what was really given, in half hours (order 67 art. 7); only service gives any (art. 19).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Activity,
    ActivityState,
    Attendance,
    ClaimState,
    HourEntry,
    Participation,
    PointsClaim,
    Quality,
)
from app.services import activities, activity_people, activity_series
from app.services.activity_people import source_key
from app.services.chunks import chunks
from app.storage.lookup import Sql, actor_of, lookup_of, one_of, query
from app.values.text import tidy
from app.values.times import (
    DAY,
    DAY_HALF_HOURS,
    HALF_HOUR,
    half_hours_between,
    hours_words,
    span_words,
)

LONGEST_NOTE = 120
_MOST_QUANTITY = 1_000_000


class HoursClash(DomainError):
    """Somebody cannot have served at two places, or for more than a day has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """What was typed for one line. `starts` is None for who came at the beginning.

    `half_hours` is None for the whole time of the activity; `quantity` in hundredths of the unit.
    """

    participation_id: int
    version: int
    came: bool
    starts: int | None = None
    half_hours: int | None = None
    quantity: int = 0
    quality: Quality | None = None
    note: str = ""


def record(session: Session, activity_id: int, found: Sequence[Attended], *, now: datetime) -> None:
    """Put down who came, all or nothing; when nobody is left open the record is complete.

    Raises DomainError before the day, for lines that were posted; HoursClash for hours over 24 a
    day or beside another activity, which it names. A recurring activity gets its next ones.
    """
    row = activities.get(session, activity_id)
    if row.state is ActivityState.CANCELLED:
        raise DomainError(f"“{row.name}”已经取消，不能录签到。")
    if row.on_date > now.date():
        raise DomainError(f"活动 {row.on_date:%Y-%m-%d} 还没有到，签到要等那天再录。")
    counts = activities.item_of(session, row).deed.gives_hours
    for one in found:
        _put(session, row, one, counts_hours=counts)
    row.state = ActivityState.HELD
    _note_complete(session, row, now.date())
    session.flush()
    if row.series_id is not None:
        activity_series.extend(session, row.series_id, today=now.date())


def whole_time(row: Activity) -> int:
    """Half hours of who was there from beginning to end."""
    return half_hours_between(row.starts, row.ends)


def check_hours(session: Session, row: Activity, line: Participation) -> None:
    """Raise HoursClash where the hours of a line cannot be (see `record`)."""
    if line.volunteer_id is None or not line.half_hours:
        return
    name = activity_people.name_of(session, line)
    _check_length(row, line, name)
    _check_walks(session, row, line, name)
    begin, end = _span(row, line)
    others = _others(session, row, line.volunteer_id)
    for other, served in others:
        first, last = _span(other, served)
        if first < end and begin < last:
            raise HoursClash(_overlap_words(name, row, other, served))
    day = sum(served.half_hours for other, served in others if other.on_date == row.on_date)
    total = day + line.half_hours + _by_hand(session, line.volunteer_id, row.on_date)
    if total > DAY_HALF_HOURS:
        raise HoursClash(
            f"{name} {row.on_date:%m-%d} 这一天加起来 {hours_words(total)}，"
            "一天不会超过 24 小时，请核对。"
        )


def _check_length(row: Activity, line: Participation, name: str) -> None:
    """Nobody serves longer than the activity lasted (art. 7: the time really given)."""
    if line.half_hours * HALF_HOUR > row.ends - row.starts:
        raise HoursClash(
            f"{name}记了 {hours_words(line.half_hours)}，比“{row.name}”的时间"
            f" {span_words(row.starts, row.ends)} 还长。记错了请改时长；活动确实延长了的，"
            "请先“修改”活动的结束时间，再录签到。"
        )


def _check_walks(session: Session, row: Activity, line: Participation, name: str) -> None:
    """Who carried meals at the time was not here."""
    first = row.starts if line.starts is None else line.starts
    last = first + line.half_hours * HALF_HOUR
    wanted = (
        select(PointsClaim)
        .where(PointsClaim.volunteer_id == line.volunteer_id, PointsClaim.on_date == row.on_date)
        .where(PointsClaim.activity_id.is_(None), PointsClaim.half_hours > 0)
        .where(PointsClaim.state != ClaimState.RETURNED)
        .where(PointsClaim.starts < last, PointsClaim.ends > first)
    )
    walk = session.scalars(wanted).first()
    if walk is not None:
        span = span_words(walk.starts or 0, walk.ends or 0)
        raise HoursClash(
            f"{name} {row.on_date:%m-%d} {span} 已经记在“{walk.words}”，和“{row.name}”的时间重叠。"
            "请核对到的时间和时长，或者先在台账退回那一笔。"
        )


def _put(session: Session, row: Activity, one: Attended, *, counts_hours: bool) -> None:
    line = activity_people.get(session, one.participation_id, version=one.version)
    name = activity_people.name_of(session, line)
    if line.activity_id != row.id:
        raise DomainError("这一行不在这次活动的名单上，请刷新后再录。")
    if _is_posted(session, line.id):
        raise DomainError(f"{name}这一行已经送复核，不能再改。要改请先在台账退回这一笔。")
    before = _figures(line)
    _fill(row, line, one, name, counts_hours)
    if not line.entered_by or _figures(line) != before:
        # Whose figures these are may not review them: saving them again unchanged takes none over.
        line.entered_by = actor_of(session).name
    session.flush()
    check_hours(session, row, line)


def _fill(row: Activity, line: Participation, one: Attended, name: str, counts_hours: bool) -> None:
    line.state = Attendance.CAME if one.came else Attendance.ABSENT
    line.starts = one.starts if one.came else None
    line.note = tidy(one.note)[:LONGEST_NOTE] or None
    line.quality = one.quality if one.came else None
    half_hours = whole_time(row) if one.half_hours is None else one.half_hours
    line.half_hours = half_hours if one.came and counts_hours else 0
    line.quantity = one.quantity if one.came else 0
    if one.came and counts_hours and not 0 < line.half_hours <= DAY_HALF_HOURS:
        raise DomainError(f"{name}的服务时长应在 0.5 到 24 小时之间，请核对。")
    if not 0 <= line.quantity <= _MOST_QUANTITY:
        raise DomainError(f"{name}的数量不对，请核对。")
    if line.starts is not None and not 0 <= line.starts < 2 * DAY:
        raise DomainError(f"{name}到的时间不对，请写成 9:30 这样。")


def _figures(line: Participation) -> tuple[object, ...]:
    return line.state, line.starts, line.half_hours, line.quantity, line.quality


def _note_complete(session: Session, row: Activity, today: date) -> None:
    """Art. 11: the day on which everybody was written down."""
    session.flush()
    waiting = (Participation.activity_id == row.id, Participation.state == Attendance.SIGNED_UP)
    if session.scalar(select(Participation.id).where(*waiting).limit(1)) is not None:
        row.recorded_on = row.recorded_by = None
    elif row.recorded_on is None:
        row.recorded_on, row.recorded_by = today, actor_of(session).name


def _is_posted(session: Session, participation_id: int) -> bool:
    return bool(posted(session, [participation_id]))


def posted(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of these lines that wait for review or stand in the books."""
    by_key = {source_key(one): one for one in ids}
    lookup, found = lookup_of(session), set[int]()
    for part in chunks(list(by_key), 500):
        wanted = [one_of("source_key", part), Sql("state <> ?", (ClaimState.RETURNED.value,))]
        found.update(
            by_key[key] for key in lookup.column(query("source_key", "points_claim", wanted))
        )
    return found


def _others(
    session: Session, row: Activity, volunteer_id: int
) -> list[tuple[Activity, Participation]]:
    """Where else somebody served from the day before to the day after."""
    days = (row.on_date - timedelta(days=1), row.on_date + timedelta(days=1))
    wanted = (
        select(Activity, Participation)
        .join(Participation, Participation.activity_id == Activity.id)
        .where(
            Participation.volunteer_id == volunteer_id,
            # Only who came has hours, and an activity to which somebody came is not thrown away.
            Participation.half_hours > 0,
            Activity.id != row.id,
            Activity.on_date.between(*days),
        )
        .order_by(Activity.on_date, Activity.starts)
    )
    return [(other, served) for other, served in session.execute(wanted)]


def _by_hand(session: Session, volunteer_id: int, on: date) -> int:
    """Hours of that day in the book which no activity of the program brought."""
    wanted = (
        select(func.sum(HourEntry.half_hours))
        .where(HourEntry.volunteer_id == volunteer_id, HourEntry.on_date == on)
        .where(HourEntry.activity_id.is_(None))
    )
    return session.scalar(wanted) or 0


def _span(row: Activity, line: Participation) -> tuple[int, int]:
    """Minutes since day one at which somebody began and ended."""
    begin = row.on_date.toordinal() * DAY + (row.starts if line.starts is None else line.starts)
    return begin, begin + line.half_hours * HALF_HOUR


def _overlap_words(name: str, row: Activity, other: Activity, served: Participation) -> str:
    starts = other.starts if served.starts is None else served.starts
    span = span_words(starts, starts + served.half_hours * HALF_HOUR)
    return (
        f"{name} {other.on_date:%m-%d} {span} 已经记在“{other.name}”，"
        f"和“{row.name}”的时间重叠。请核对到的时间和时长，或者先改那一次。"
    )
