"""The day of the ledgers: a computer whose battery is empty must not book in the past."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.services import settings
from app.storage.lookup import Source, Sql, lookup_of

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
            f"电脑日期是 {_day(today)}，可是账上已经有 {_day(latest)} 记的账，这次没有记。"
            "请先校准电脑的日期；日期确实没有错的，请到“设置 · 积分”里确认。"
        )
        self.today, self.latest = today, latest


def check(source: Source, today: date) -> None:
    """Raises ClockWentBack when a line is younger than today, unless somebody checked the date."""
    latest = ahead(source, today)
    if latest is not None:
        raise ClockWentBack(today, latest)


def ahead(source: Source, today: date) -> date | None:
    """The day of the latest line where it lies after today, and nobody said that today is right."""
    newest = _latest(source) or today
    if newest <= today or settings.value(source, settings.LEDGER_DAY) == newest.isoformat():
        return None
    return newest


def confirm(session: Session, today: date) -> None:
    """Today is right, and the latest line was booked on a wrong day: the ledgers go on.

    Months that are not over by today's date are open again: nothing could be booked in them.
    """
    # Every posting asks for the date, hardly anybody for this: the tables wait.
    from app.models import MealMonth, PointsMonth

    latest = ahead(session, today)
    if latest is None:
        return
    settings.change(session, settings.LEDGER_DAY, latest.isoformat())
    present = today.year * 100 + today.month
    for months in (PointsMonth, MealMonth):
        for row in session.scalars(select(months).where(months.month >= present)).all():
            session.delete(row)
    session.flush()


def _latest(source: Source) -> date | None:
    """The day of the latest line of all ledgers: one question, for it is asked at the counter."""
    lines = " UNION ALL ".join(
        f"SELECT * FROM (SELECT {at} AS at FROM {ledger} ORDER BY id DESC LIMIT 1) AS {ledger}"  # noqa: S608 - the constants above
        for at, ledger in _LEDGERS
    )
    found = lookup_of(source).value(Sql(f"SELECT max(at) FROM ({lines}) AS latest"))  # noqa: S608 - the same
    return date.fromisoformat(str(found)[:10]) if found else None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
