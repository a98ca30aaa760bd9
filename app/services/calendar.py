"""The calendar of the office: which days are worked, by the yearly order of the State Council.

Rows stand only for days that are not what their weekday says. A year without rows is reckoned
from Monday to Friday, and whoever shows a result of it says so (`GUESSED`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import CalendarDay
from app.storage.lookup import Source, lookup_of, query
from app.values.holiday_order import OrderedDay, read_json, read_order
from app.values.tables import read_table

GUESSED = "未导入节假日，按周一至周五推算"
_SATURDAY = 5
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of the table."""

    id: int
    day: date
    works: bool
    name: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """All rows at one moment: days by date, and the years that the office has imported."""

    days: dict[date, DayView]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """Whether the office works on a day."""
        known = self.days.get(day)
        return known.works if known else day.weekday() < _SATURDAY

    def is_holiday(self, day: date) -> bool:
        """Whether a day is off by the order, not merely a weekend."""
        known = self.days.get(day)
        return known is not None and not known.works

    def guessed(self, first: date, last: date) -> bool:
        """Whether a year between these days is reckoned without data."""
        return any(year not in self.years for year in range(first.year, last.year + 1))

    def working_day(self, start: date, count: int) -> date:
        """The `count`th working day after `start`; `start` itself when `count` is 0."""
        day = start
        for _ in range(count):
            day += timedelta(days=1)
            while not self.works(day):
                day += timedelta(days=1)
        return day

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie between two days, both included."""
        span = (last - first).days + 1
        return sum(self.works(first + timedelta(days=n)) for n in range(span))


def load(session: Session) -> WorkCalendar:
    """The calendar as it stands now."""
    found = days(session)
    return WorkCalendar({one.day: one for one in found}, frozenset(one.day.year for one in found))


def work_calendar(source: Source) -> WorkCalendar:
    """The calendar, also for lists that read by SQL text."""
    found = [
        DayView(key, date.fromisoformat(day), bool(works), name)
        for key, day, works, name in lookup_of(source).rows(
            query("id, day, works, name", "calendar_day")
        )
    ]
    return WorkCalendar({one.day: one for one in found}, frozenset(one.day.year for one in found))


def days(session: Session, year: int | None = None) -> list[DayView]:
    """The rows in the order of their days, of one year or of all."""
    wanted = select(CalendarDay.id, CalendarDay.day, CalendarDay.works, CalendarDay.name)
    if year is not None:
        wanted = wanted.where(extract("year", CalendarDay.day) == year)
    return [DayView(*values) for values in session.execute(wanted.order_by(CalendarDay.day))]


def seed(session: Session) -> None:
    """Enter the days of resources/data/holidays.csv into a calendar that has none."""
    if session.scalar(select(CalendarDay.id).limit(1)) is None:
        enter(session, shipped())


def shipped() -> list[OrderedDay]:
    """The days that come with the program."""
    return [
        OrderedDay(day, row["works"] == "1", row["name"])
        for row in read_table("holidays")
        for day in _span(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
    ]


def enter(session: Session, ordered: Iterable[OrderedDay]) -> int:
    """Add days, or change those that are there; gives how many are new or different."""
    known = {row.day: row for row in session.scalars(select(CalendarDay))}
    changed = 0
    for one in ordered:
        row = known.get(one.day)
        if row is not None and (row.works, row.name) == (one.works, one.name):
            continue
        if row is None:
            row = known[one.day] = CalendarDay(day=one.day)
            session.add(row)
        row.works, row.name = one.works, one.name
        changed += 1
    session.flush()
    return changed


def set_span(session: Session, *, first: date, last: date, works: bool, name: str) -> int:
    """Enter every day from `first` to `last`; raises DomainError for an impossible span."""
    name = name.strip()
    if not name:
        raise DomainError("请填写名称，如“春节”或“春节调休上班”。")
    if len(name) > _LONGEST_NAME:
        raise DomainError(f"名称最多 {_LONGEST_NAME} 个字，请缩短。")
    if not 0 <= (last - first).days <= 60:
        raise DomainError("最后一天应在第一天之后，一次最多 60 天，请核对日期。")
    return enter(session, [OrderedDay(day, works, name) for day in _span(first, last)])


def remove(session: Session, day_ids: Sequence[int]) -> None:
    """Take days out: they count again as their weekday says."""
    for row in session.scalars(select(CalendarDay).where(CalendarDay.id.in_(day_ids))):
        session.delete(row)
    session.flush()


def read_pasted(text: str, *, year: int) -> list[OrderedDay]:
    """Days of a pasted yearly order or of JSON; raises DomainError when nothing can be read.

    `year` is meant where the text names none.
    """
    text = text.strip()
    if not text:
        raise DomainError("还没有粘贴内容。请把国务院办公厅的放假通知正文整段粘贴进来。")
    try:
        found = read_json(text) if text[0] in "[{" else read_order(text, year=year)
    except (ValueError, RecursionError) as error:
        raise DomainError(
            "这段内容读不懂，或者日期和星期、年份对不上，没有改动节假日。请核对后重新粘贴。"
        ) from error
    if not found:
        raise DomainError(
            "没有读到放假日期。应有这样的行：“五、端午节：6月19日（周五）至21日（周日）放假调休”。"
        )
    return found


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
