"""One request with all that happened to it: the card below the board, and its paper."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Building,
    Category,
    Grid,
    GridMember,
    Level,
    Origin,
    Request,
    RequestExtension,
    RequestState,
    RequestStep,
    Resident,
    Satisfaction,
    StepKind,
    Urgency,
)
from app.services import calendar, request_due, request_rules
from app.services.request_due import DueWords, Words, day_words
from app.services.request_rows import place_words
from app.services.request_rules import Position, RequestAction
from app.services.request_way import StepLine, WayStep, way
from app.storage.lookup import actor_of
from app.values.masking import mask_phone


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """A 延期 that waits for a decision."""

    until: date
    reason: str
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDetail:
    """Everything about one request; the phone masked."""

    id: int
    version: int
    number: int
    title: str
    body: str
    came_at: datetime
    origin: Origin
    order_number: str
    order_due_on: date | None
    resident_id: int | None
    person: str
    phone_masked: str
    category: str
    grid_id: int | None
    grid_name: str
    place_words: str
    urgency: Urgency
    promise: str
    level: Level
    state: RequestState
    member_id: int | None
    handler: str
    due: DueWords
    due_on: date | None
    extended: bool
    guessed: str
    """Told where the deadline is reckoned through a year without holidays; else ''."""
    flagged_by: str
    flagged_on: date | None
    why_up: str
    merged: tuple[int, ...]
    """Numbers of the requests that go on with this one."""
    merged_into: int | None
    way: tuple[WayStep, ...]
    steps: tuple[StepLine, ...]
    extension: ExtensionView | None
    answer: str
    done_on: date | None
    called_on: date | None
    satisfaction: Satisfaction | None
    attempts: int
    closed_on: date | None
    close_reason: str
    reopened: int
    diary_entry_id: int | None
    visit_id: int | None
    registered_by: str
    allowed: frozenset[RequestAction]

    @property
    def street_answer(self) -> str:
        """What the street answered last; '' where it was not asked, or was not the last."""
        moved = [one for one in self.steps if one.kind in _MOVES]
        return moved[-1].words if moved and moved[-1].from_street else ""

    @property
    def flag_words(self) -> str:
        """周书记 11-19; '' without 督办."""
        return f"{self.flagged_by} {self.flagged_on:%m-%d}" if self.flagged_on else ""

    @property
    def due_words(self) -> str:
        """11-24（周二）前，剩 2 个工作日."""
        return f"{day_words(self.due_on)}前，{self.due.text}" if self.due_on else self.due.text


_MOVES = (StepKind.HANDED_UP, StepKind.HANDED_DOWN, StepKind.ASSIGNED, StepKind.REOPENED)


def get(session: Session, request_id: int) -> Request:
    """The row; raises DomainError if it is gone."""
    row = session.get(Request, request_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这件诉求已经不在了，请刷新后再看；需要时可从回收站恢复。")
    return row


def position(session: Session, row: Request) -> Position:
    """How far a request has come."""
    return Position(
        number=row.number,
        state=row.state,
        level=row.level,
        flagged=row.flagged_on is not None,
        waiting=waiting_extension(session, row.id) is not None,
        attempts=attempts(session, row.id),
        merged_into=_number(session, row.merged_into_id),
    )


def waiting_extension(session: Session, request_id: int) -> RequestExtension | None:
    """The extension that was asked for and not decided."""
    return session.scalar(
        select(RequestExtension).where(
            RequestExtension.request_id == request_id, RequestExtension.granted.is_(None)
        )
    )


def attempts(session: Session, request_id: int) -> int:
    """Calls since it was done last that reached nobody."""
    return _attempts(_steps(session, request_id))


def followers(session: Session, request_id: int) -> list[Request]:
    """The requests that go on with this one, as long as it is being worked on."""
    wanted = select(Request).where(
        Request.merged_into_id == request_id, Request.deleted_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(Request.number)))


def detail(session: Session, request_id: int, *, today: date) -> RequestDetail:
    """One request as its card shows it; raises DomainError if it is gone."""
    row = get(session, request_id)
    resident = session.get(Resident, row.resident_id) if row.resident_id else None
    building = session.get(Building, row.building_id) if row.building_id else None
    category = session.get(Category, row.category_id)
    grid = session.get(Grid, row.grid_id) if row.grid_id else None
    steps = _steps(session, request_id)
    person = row.person or (resident.name if resident else "")
    handler = handler_words(session, row)
    days = calendar.work_calendar(session)
    extension = waiting_extension(session, request_id)
    return RequestDetail(
        id=row.id,
        version=row.version,
        number=row.number,
        title=row.title,
        body=row.body or "",
        came_at=row.came_at,
        origin=row.origin,
        order_number=row.order_number or "",
        order_due_on=row.order_due_on,
        resident_id=row.resident_id,
        person=person,
        phone_masked=mask_phone(row.phone or (resident.phone if resident else "") or ""),
        category=category.name if category else "",
        grid_id=row.grid_id,
        grid_name=grid.name if grid else "",
        place_words=place_words(building.number if building else "", row.unit, row.place),
        urgency=row.urgency,
        promise=row.promise or "",
        level=row.level,
        state=row.state,
        member_id=row.member_id,
        handler=handler,
        due=Words(days, today).of(
            row.state,
            row.due_on,
            extended=row.extended,
            satisfaction=row.satisfaction,
            closed_on=row.closed_on,
        ),
        due_on=row.due_on,
        extended=row.extended,
        guessed=""
        if row.extended
        else request_due.guessed(days, request_due.facts(session, row), row.due_on),
        flagged_by=row.flagged_by or "",
        flagged_on=row.flagged_on,
        why_up=next((one.words for one in reversed(steps) if one.kind is StepKind.HANDED_UP), ""),
        merged=tuple(one.number for one in followers(session, request_id)),
        merged_into=_number(session, row.merged_into_id),
        way=way(row, steps, person, handler),
        steps=tuple(steps),
        extension=_extension(extension),
        answer=row.answer or "",
        done_on=row.done_on,
        called_on=row.called_on,
        satisfaction=row.satisfaction,
        attempts=_attempts(steps),
        closed_on=row.closed_on,
        close_reason=row.close_reason or "",
        reopened=row.reopened,
        diary_entry_id=row.diary_entry_id,
        visit_id=row.visit_id,
        registered_by=row.registered_by,
        allowed=request_rules.allowed(position(session, row), actor_of(session)),
    )


def handler_words(session: Session, row: Request) -> str:
    """Who has it in hand: 物业, 街道城建办, or the grid member."""
    member = session.get(GridMember, row.member_id) if row.member_id else None
    return row.handler or (member.name if member else "")


def _number(session: Session, request_id: int | None) -> int | None:
    row = session.get(Request, request_id) if request_id else None
    return row.number if row else None


def _steps(session: Session, request_id: int) -> list[StepLine]:
    found = session.scalars(
        select(RequestStep).where(RequestStep.request_id == request_id).order_by(RequestStep.id)
    )
    return [
        StepLine(
            one.at,
            one.kind,
            one.level,
            one.state,
            one.to or "",
            one.words or "",
            one.due_on,
            one.user_name,
        )
        for one in found
    ]


def _attempts(steps: list[StepLine]) -> int:
    """A call that reached somebody leads out of the state, so that all in it did not."""
    count = 0
    for one in steps:
        if one.kind is StepKind.DONE:
            count = 0
        elif one.kind is StepKind.CALLED_BACK and one.state is RequestState.DONE:
            count += 1
    return count


def _extension(row: RequestExtension | None) -> ExtensionView | None:
    if row is None:
        return None
    return ExtensionView(row.until, row.reason, row.asked_by, row.asked_at)
