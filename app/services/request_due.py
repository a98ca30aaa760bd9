"""When a request is due: reckoned in working days, told in words.

A deadline counts from the day after a request came (or came back, or was done); what an order of
the street says comes before any rule (domain-law.md 6.2, domain.md 6.4).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Category,
    DeadlineStep,
    Request,
    RequestState,
    RequestStep,
    Satisfaction,
    StepKind,
    Urgency,
)
from app.services import calendar, deadlines
from app.services.calendar import WorkCalendar
from app.services.deadlines import Rules
from app.storage.lookup import Source
from app.values.days import weekday

WORKING = (RequestState.ACCEPTED, RequestState.HANDLING, RequestState.ESCALATED)
"""The states in which somebody works on the matter."""
OPEN = (RequestState.REGISTERED, *WORKING)
"""The states before a request is done."""
ASKED = (*OPEN, RequestState.DONE)
"""The states whose deadline somebody must keep."""
BEFORE_CLOSED = (*ASKED, RequestState.CALLED_BACK)
GREY, AMBER, RED, BLUE, GREEN = "grey", "amber", "red", "blue", "green"


class DueWords(NamedTuple):
    """剩 2 个工作日, and the tone of its chip: grey, amber, red, blue or green."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a deadline hangs on; `begun_on` is the day it came, or came back unsolved."""

    state: RequestState
    urgency: Urgency
    consultation: bool
    begun_on: date
    order_due_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Calendar and rules of one moment."""

    days: WorkCalendar
    rules: Rules

    def due(self, facts: Facts) -> date | None:
        """The deadline of the step that a request is in; None for one that is closed."""
        if facts.state is RequestState.CLOSED:
            return None
        if facts.state in (RequestState.DONE, RequestState.CALLED_BACK):
            return self._after(DeadlineStep.FOLLOW_UP, facts.done_on or facts.begun_on)
        if facts.state is RequestState.REGISTERED:
            accepted = self._after(DeadlineStep.ACCEPT, facts.begun_on)
            return min(accepted, facts.order_due_on or accepted)
        # An order that has run out says nothing about a case that came back after it.
        if facts.order_due_on is not None and facts.order_due_on >= facts.begun_on:
            return facts.order_due_on
        return self._after(_step(facts), facts.begun_on)

    def _after(self, step: DeadlineStep, on: date) -> date:
        return self.days.working_day(on, self.rules.days(step, on))


def facts(session: Session, row: Request) -> Facts:
    """What the deadline of a request hangs on now."""
    category = session.get(Category, row.category_id)
    return Facts(
        state=row.state,
        urgency=row.urgency,
        consultation=category is not None and category.consultation,
        begun_on=_begun_on(session, row),
        order_due_on=row.order_due_on,
        done_on=row.done_on,
    )


def _begun_on(session: Session, row: Request) -> date:
    """The day it came, or came back unsolved."""
    if not row.reopened:
        return row.came_on
    again = session.scalar(
        select(func.max(RequestStep.at)).where(
            RequestStep.request_id == row.id, RequestStep.kind == StepKind.REOPENED
        )
    )
    return again.date() if again else row.came_on


def guessed(days: WorkCalendar, known: Facts, due_on: date | None) -> str:
    """The words for a deadline that is reckoned through a year without holidays; else ''."""
    if due_on is None or due_on == known.order_due_on:
        return ""
    done = known.state in (RequestState.DONE, RequestState.CALLED_BACK)
    begun_on = (known.done_on if done else None) or known.begun_on
    return calendar.GUESSED if days.guessed(begun_on, due_on) else ""


def reckoner(source: Source) -> Reckoner:
    """Calendar and rules as they stand now."""
    return Reckoner(calendar.work_calendar(source), deadlines.load(source))


def _step(facts: Facts) -> DeadlineStep:
    if facts.urgency is not Urgency.ORDINARY:
        return DeadlineStep.URGENT
    return DeadlineStep.CONSULT if facts.consultation else DeadlineStep.OTHER


def check_typed(days: WorkCalendar, day: date, what: str, *, today: date) -> None:
    """Raise DomainError for a typed deadline that is over, or in a year nobody knows."""
    if day < today:
        raise DomainError(f"{what} {day:%Y-%m-%d} 已经过去，请核对日期。")
    if day.year not in days.years:
        raise DomainError(
            f"{day.year} 年的节假日还没有导入，不知道 {day:%Y-%m-%d} 上不上班，{what}没有保存。"
            "请先在“设置”的“节假日”里导入那一年的放假通知，或者另选一天。"
        )


def check_working(days: WorkCalendar, day: date, what: str, *, today: date) -> None:
    """Raise DomainError for a day that is off, with the working days around it."""
    if days.works(day):
        return
    before = day
    while not days.works(before):
        before -= timedelta(days=1)
    after = day_words(days.working_day(day, 1))
    near = f"前面的 {day_words(before)}，或后面的 {after}" if before >= today else after
    raise DomainError(f"{day_words(day)}不上班，不能作{what}。请改为{near}。")


def order_day_words(source: Source, day: date) -> str:
    """What is to be told about the day on an order that falls on a day off; '' for others."""
    if calendar.work_calendar(source).works(day):
        return ""
    return f"{day_words(day)}不上班，期限仍照工单上写的算。"


class Words:
    """Tells deadlines as seen from one day; each distance is counted once."""

    def __init__(self, days: WorkCalendar, today: date) -> None:
        self._days = days
        self._today = today
        self._between: dict[date, int] = {}

    def of(
        self,
        state: RequestState,
        due_on: date | None,
        *,
        extended: bool = False,
        satisfaction: Satisfaction | None = None,
        closed_on: date | None = None,
    ) -> DueWords:
        """剩 2 个工作日, 超期 1 个工作日, 已延期至 12-04, 满意，可销号."""
        if state is RequestState.CLOSED:
            return DueWords(f"{closed_on:%m-%d} 销号" if closed_on else "已销号", GREY)
        if state is RequestState.CALLED_BACK:
            said = satisfaction.label if satisfaction else "已回访"
            return DueWords(f"{said}，可销号", GREEN)
        if due_on is None:
            return DueWords("没有期限", GREY)
        said, tone = self._distance(due_on)
        if tone == GREY and extended and state in WORKING:
            return DueWords(f"已延期至 {due_on:%m-%d}", BLUE)
        if satisfaction is Satisfaction.DISCONTENT and state in WORKING:
            return DueWords(f"重办，{said}", RED if tone == RED else AMBER)
        if satisfaction is Satisfaction.NOT_REACHED and state is RequestState.DONE:
            return DueWords(f"没联系上，{said}", tone)
        return DueWords(said, tone)

    def _distance(self, due_on: date) -> DueWords:
        if due_on == self._today:
            return DueWords("今天到期", AMBER)
        count = self.working_days_to(due_on)
        if due_on < self._today:
            return DueWords(f"超期 {count} 个工作日" if count else "已超期", RED)
        return DueWords(f"剩 {count} 个工作日" if count else f"{due_on:%m-%d} 到期", GREY)

    def working_days_to(self, due_on: date) -> int:
        """Working days after the earlier of today and `due_on` up to the later one."""
        if due_on not in self._between:
            first, last = sorted((due_on, self._today))
            self._between[due_on] = self._days.working_days(first + timedelta(days=1), last)
        return self._between[due_on]


def day_words(day: date) -> str:
    """11-24（周二）."""
    return f"{day:%m-%d}（周{weekday(day)}）"
