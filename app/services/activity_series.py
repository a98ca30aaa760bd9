"""Recurring activities (定期活动): the next ones are made from the last one that was planned."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Activity, ActivitySeries, ActivityState, Participation, Repeat
from app.services import activities
from app.values.days import weekday
from app.values.times import time_words

AHEAD = timedelta(days=56)
_DAYS = {Repeat.WEEKLY: 7, Repeat.FORTNIGHTLY: 14}
_COPIED = (
    *("name", "item_id", "team_id", "grid_id", "starts", "ends", "place", "content", "organiser"),
    *("ours", "leader", "wanted", "dangerous", "insurance"),
)


def begin(
    session: Session, activity_id: int, repeat: Repeat, until: date | None, *, today: date
) -> int:
    """Let an activity come again; gives how many more are planned, eight weeks ahead at most."""
    row = activities.get(session, activity_id)
    if row.series_id is not None:
        raise DomainError("这次活动已经是定期的。要换周期，先停办原来的，再从下一次重新设。")
    if until is not None and until <= row.on_date:
        raise DomainError("“到哪天为止”应在第一次之后，请核对日期。")
    series = ActivitySeries(repeat=repeat, first_on=row.on_date, until=until)
    session.add(series)
    session.flush()
    row.series_id = series.id
    session.flush()
    return extend(session, series.id, today=today)


def extend(session: Session, series_id: int, *, today: date) -> int:
    """Plan what is missing of the next eight weeks; gives how many were made."""
    series = session.get(ActivitySeries, series_id)
    if series is None or series.deleted_at is not None:
        return 0
    rows = _of(session, series_id)
    known = {row.on_date for row in rows}
    last = min(filter(None, (series.until, today + AHEAD)))
    latest = max(known, default=series.first_on)
    model = next((row for row in reversed(rows) if row.deleted_at is None), None)
    if model is None:
        return 0
    wanted = [day for day in days(series.first_on, series.repeat, last) if day > latest]
    session.add_all(_copy(model, day) for day in wanted)
    session.flush()
    return len(wanted)


def follow(session: Session, activity_id: int, *, today: date) -> int:
    """Let the later ones of a series that nobody counts on yet be as this one; gives how many."""
    row = activities.get(session, activity_id)
    if row.series_id is None:
        return 0
    later = [
        one
        for one in _of(session, row.series_id)
        if one.on_date > row.on_date and one.deleted_at is None and _may_go(session, one, today)
    ]
    for one in later:
        for name in _COPIED:
            setattr(one, name, getattr(row, name))
    session.flush()
    return len(later)


def end(session: Session, activity_id: int, *, version: int, today: date) -> int:
    """停办 from tomorrow on: planned ones without anybody on their list go; gives how many."""
    row = activities.get(session, activity_id, version=version)
    series = session.get(ActivitySeries, row.series_id) if row.series_id else None
    if series is None or (series.until is not None and series.until <= today):
        raise DomainError("这次活动不是定期的，或者已经停办了。")
    series.until = today
    coming = [one for one in _of(session, series.id) if _may_go(session, one, today)]
    for one in coming:
        one.state, one.cancelled_reason = ActivityState.CANCELLED, "定期活动停办"
    session.flush()
    return len(coming)


def words(repeat: Repeat, first: date, starts: int) -> str:
    """每周六 09:00."""
    when = {
        Repeat.WEEKLY: f"每周{weekday(first)}",
        Repeat.FORTNIGHTLY: f"隔周{weekday(first)}",
        Repeat.MONTHLY: f"每月 {first.day} 日",
    }
    return f"{when[repeat]} {time_words(starts)}"


def days(first: date, repeat: Repeat, last: date) -> Iterator[date]:
    """Every day of a series up to `last`; the 31st is the last day of a shorter month."""
    count = 0
    day = first
    while day <= last:
        yield day
        count += 1
        if repeat is Repeat.MONTHLY:
            year, month = divmod(first.month - 1 + count, 12)
            year, month = first.year + year, month + 1
            day = date(year, month, min(first.day, monthrange(year, month)[1]))
        else:
            day = first + timedelta(days=_DAYS[repeat] * count)


def _of(session: Session, series_id: int) -> list[Activity]:
    wanted = select(Activity).where(Activity.series_id == series_id)
    return list(session.scalars(wanted.order_by(Activity.on_date, Activity.id)))


def _copy(model: Activity, day: date) -> Activity:
    values = {name: getattr(model, name) for name in _COPIED}
    return Activity(on_date=day, series_id=model.series_id, **values)


def _may_go(session: Session, row: Activity, today: date) -> bool:
    """Still to come, and nobody counts on it."""
    if row.on_date <= today or row.state is not ActivityState.PLANNED:
        return False
    found = select(Participation.id).where(Participation.activity_id == row.id).limit(1)
    return session.scalar(found) is None
