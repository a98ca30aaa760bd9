"""The day of the ledgers: a computer whose date is wrong must not book in the past, nor in years
to come, where people are of another age and their points have lapsed."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.services import settings
from app.storage.lookup import Source, Sql, lookup_of
from app.values.days import PROGRAM_BEGAN, long_day

LONGEST_PAUSE = timedelta(days=60)
"""Without a line in any ledger: longer than the holidays of 春节 and a summer's closure. Whoever
paused for longer says once that the date is right."""
_LEDGERS = (
    ("booked_at", "points_entry"),
    ("booked_at", "hour_entry"),
    ("at", "meal"),
    ("at", "meal_entry"),
)


class ClockWentBack(DomainError):
    """The computer's date lies before the latest line of a ledger; its battery may be empty."""

    def __init__(self, today: date, latest: date) -> None:
        super().__init__(
            f"电脑日期是 {long_day(today)}，可是账上已经有 {long_day(latest)} 记的账，这次没有记。"
            "请先校准电脑的日期；日期确实没有错的，请到“设置 · 积分”里确认。"
        )
        self.today, self.latest = today, latest


class ClockLeapt(DomainError):
    """The computer's date lies so far after the latest line that it is rather wrong."""

    def __init__(self, today: date, latest: date) -> None:
        self.days = (today - latest).days
        super().__init__(
            f"电脑日期是 {long_day(today)}，离账上最后一笔（{long_day(latest)}）有 {self.days} 天，"
            "这次没有记。请先校准电脑的日期；日期没有错、只是停用过的，请到“设置 · 积分”里确认。"
        )
        self.today, self.latest = today, latest


class NoSuchDay(DomainError):
    """A date on which nothing can have been booked, whoever confirms it."""

    def __init__(self, today: date) -> None:
        super().__init__(
            f"电脑日期是 {long_day(today)}，一定不对，可能是主板电池没电了，这次没有记。"
            "请先校准电脑的日期。"
        )


def check(source: Source, today: date) -> None:
    """Raises NoSuchDay, and unless somebody checked the date ClockWentBack when a line is younger
    than today, ClockLeapt when all are older by more than LONGEST_PAUSE."""
    fault = doubt(source, today)
    if fault is not None:
        raise fault


def doubt(source: Source, today: date) -> NoSuchDay | ClockWentBack | ClockLeapt | None:
    """What speaks against booking today; None where nothing does."""
    if today < PROGRAM_BEGAN:
        return NoSuchDay(today)
    days = _latest(source)
    latest = max(days, default=today)
    if latest > today and settings.value(source, settings.LEDGER_DAY) != latest.isoformat():
        return ClockWentBack(today, latest)
    past = max((day for day in days if day <= today), default=today)
    paused = today - past > LONGEST_PAUSE
    if paused and settings.value(source, settings.LEDGER_PAUSE) != past.isoformat():
        return ClockLeapt(today, past)
    return None


def confirm(session: Session, today: date) -> None:
    """Today is right, whatever day the latest line was booked on: the ledgers go on.

    Where that day is still to come, months that are not over by today's date are open again:
    nothing could be booked in them. Raises NoSuchDay.
    """
    fault = doubt(session, today)
    if isinstance(fault, NoSuchDay):
        raise fault
    if isinstance(fault, ClockLeapt):
        settings.change(session, settings.LEDGER_PAUSE, fault.latest.isoformat())
    elif fault is not None:
        settings.change(session, settings.LEDGER_DAY, fault.latest.isoformat())
        _reopen(session, today)


def _reopen(session: Session, today: date) -> None:
    # Every posting asks for the date, hardly anybody for this: the tables wait.
    from app.models import MealMonth, PointsMonth

    present = today.year * 100 + today.month
    for months in (PointsMonth, MealMonth):
        for row in session.scalars(select(months).where(months.month >= present)).all():
            session.delete(row)
    session.flush()


def _latest(source: Source) -> list[date]:
    """The day of each ledger's latest line: one question, for it is asked at the counter."""
    lines = " UNION ALL ".join(
        f"SELECT * FROM (SELECT {at} AS at FROM {ledger} ORDER BY id DESC LIMIT 1) AS {ledger}"  # noqa: S608 - the constants above
        for at, ledger in _LEDGERS
    )
    found = lookup_of(source).column(Sql(lines))
    return [date.fromisoformat(str(at)[:10]) for at in found]
