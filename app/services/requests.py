"""Requests (诉求) as they are written down: registering, changing, merging two into one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Action,
    Level,
    Origin,
    Request,
    RequestState,
    RequestStep,
    Resident,
    StepKind,
    Urgency,
)
from app.services import (
    calendar,
    matter_place,
    members,
    people,
    request_due,
    rights,
)
from app.services.request_detail import followers, get
from app.services.request_due import OPEN
from app.services.request_moves import (
    add_step,
    drop_extension,
    mirror,
    open_row,
    require,
    set_due,
)
from app.services.request_rows import RequestRow, rows
from app.services.request_rules import RequestAction
from app.storage import journal
from app.storage.lookup import Sql, actor_of, any_of, lookup_of, one_of, query
from app.values.rights import GRID_MEMBER, Right
from app.values.text import tidy

_LONGEST = {
    "title": (60, "事由"),
    "person": (60, "诉求人"),
    "phone": (40, "电话"),
    "unit": (10, "单元"),
    "place": (80, "地点"),
    "promise": (120, "答应的事"),
    "order_number": (40, "工单号"),
    "body": (2000, "详情"),
}
_ASK_CATEGORY = "请选事项类别。"
_ASK_GRID = "请选这件诉求属于哪个网格。"
_AT_COMMUNITY = (Origin.COMMUNITY, Origin.PHONE, Origin.ORDER)


@dataclass(frozen=True, kw_only=True)
class RequestInput:
    """What the form holds; '' and None where nothing was entered.

    `came_at` is when it came in, now unless told. `order_number` and `order_due_on` stand on the
    order of the street or the hotline.
    """

    title: str = ""
    category_id: int | None = None
    origin: Origin = Origin.RESIDENT
    body: str = ""
    resident_id: int | None = None
    person: str = ""
    phone: str = ""
    building_id: int | None = None
    unit: str = ""
    place: str = ""
    grid_id: int | None = None
    urgency: Urgency = Urgency.ORDINARY
    promise: str = ""
    order_number: str = ""
    order_due_on: date | None = None
    member_id: int | None = None
    diary_entry_id: int | None = None
    visit_id: int | None = None
    came_at: datetime | None = None


def register(session: Session, entered: RequestInput, *, now: datetime) -> int:
    """Write a request down under the next number; raises DomainError for what is missing."""
    rights.require(session, Right.HANDLE_REQUESTS)
    came_at = _came_at(entered, now, registered_at=now)
    actor = actor_of(session)
    at_desk = entered.origin in _AT_COMMUNITY and actor.role != GRID_MEMBER
    row = Request(
        number=_next_number(session),
        came_at=came_at,
        came_on=came_at.date(),
        state=RequestState.REGISTERED,
        level=Level.COMMUNITY if at_desk else Level.MEMBER,
        reopened=0,
        steps=0,
        extended=False,
        registered_by=actor.name,
        diary_entry_id=entered.diary_entry_id,
        visit_id=entered.visit_id,
    )
    _fill(session, row, entered, now)
    set_due(session, row)
    session.add(row)
    session.flush()
    add_step(session, row, StepKind.REGISTERED, now, words=row.promise or "")
    return row.id


def update(
    session: Session, request_id: int, entered: RequestInput, *, version: int, now: datetime
) -> None:
    """Change what was written down; the deadline follows category and urgency."""
    row = open_row(session, request_id, version, RequestAction.EDIT)
    # The clock may have been put back since: what was left as it was is not asked again.
    if entered.came_at != row.came_at:
        first = select(func.min(RequestStep.at)).where(RequestStep.request_id == row.id)
        registered_at = session.scalar(first) or now
        row.came_at = _came_at(entered, row.came_at, registered_at=registered_at)
        row.came_on = row.came_at.date()
    _fill(session, row, entered, now)
    session.flush()
    if row.merged_into_id is None and not row.extended:
        set_due(session, row)
    mirror(session, row)


def input_of(session: Session, request_id: int) -> tuple[RequestInput, int]:
    """What the form shows, and the version that it goes back with."""
    row = get(session, request_id)
    entered = RequestInput(
        title=row.title,
        category_id=row.category_id,
        origin=row.origin,
        body=row.body or "",
        resident_id=row.resident_id,
        person=row.person or "",
        phone=row.phone or "",
        building_id=row.building_id,
        unit=row.unit,
        place=row.place or "",
        grid_id=row.grid_id,
        urgency=row.urgency,
        promise=row.promise or "",
        order_number=row.order_number or "",
        order_due_on=row.order_due_on,
        member_id=row.member_id,
        diary_entry_id=row.diary_entry_id,
        visit_id=row.visit_id,
        came_at=row.came_at,
    )
    return entered, row.version


def similar(session: Session, entered: RequestInput, *, today: date) -> list[RequestRow]:
    """Open requests of the same category at the same building or place, the latest first."""
    if entered.category_id is None:
        return []
    here: list[Sql] = []
    building_id, _ = matter_place.place(session, entered)
    if building_id is not None:
        here.append(Sql("request.building_id = ?", (building_id,)))
    if place := tidy(entered.place):
        here.append(Sql("request.place = ?", (place,)))
    where = [
        Sql("request.deleted_at IS NULL AND request.merged_into_id IS NULL"),
        one_of("request.state", [state.value for state in OPEN]),
        Sql("request.category_id = ?", (entered.category_id,)),
        any_of(here),
    ]
    lookup = lookup_of(session)
    found = query("request.id", "request", where, "ORDER BY request.number DESC LIMIT 20")
    return rows(lookup, list(lookup.column(found)), today=today)


def merge(session: Session, keep_id: int, other_id: int, *, now: datetime) -> None:
    """并案: `other` goes on with `keep`; when that is done, both persons are called back."""
    if keep_id == other_id:
        raise DomainError("请选两件不同的诉求来并案。")
    keep, other = get(session, keep_id), get(session, other_id)
    for row in (keep, other):
        require(session, row, RequestAction.MERGE)
    if other.level is Level.STREET and keep.level is not Level.STREET:
        raise DomainError(
            f"{other.number} 号在街道办，不能并入还在社区的 {keep.number} 号。"
            f"请把 {keep.number} 号并入 {other.number} 号。"
        )
    drop_extension(session, other, now)
    moved = [other, *(one for one in followers(session, other_id) if one.state in OPEN)]
    for row in moved:
        row.merged_into_id = keep_id
    mirror(session, keep)
    for row in moved:
        add_step(session, row, StepKind.MERGED, now, words=f"并入 {keep.number} 号，一起办")
    add_step(session, keep, StepKind.MERGED, now, words=f"{other.number} 号并入，办结后都要回访")


def recount(session: Session) -> int:
    """Set the deadlines of all open requests anew, after calendar or rules changed; how many.

    A day that was granted or stands on an order is nobody's reckoning and stays.
    """
    wanted = select(Request).where(
        Request.deleted_at.is_(None), Request.state != RequestState.CLOSED
    )
    reckoner = request_due.reckoner(session)
    changed = 0
    for row in session.scalars(wanted).all():
        if (row.extended or row.merged_into_id) and row.state in OPEN:
            continue
        due_on = reckoner.due(request_due.facts(session, row))
        if due_on != row.due_on:
            row.due_on = due_on
            mirror(session, row)
            changed += 1
    return changed


def reveal_phone(session: Session, request_id: int) -> str:
    """The number to call back, in the clear; the look is journaled."""
    rights.require(session, Right.SEE_NUMBERS)
    row = get(session, request_id)
    journal.record_look(session, Action.LOOKED, Request, [request_id])
    return phone_of(session, row)


def phone_of(session: Session, row: Request) -> str:
    """The number that was given with the request, or the resident's own."""
    resident = session.get(Resident, row.resident_id) if row.resident_id else None
    return row.phone or (resident.phone if resident else "") or ""


def _next_number(session: Session) -> int:
    """Never one that was given before: what was taken back keeps its number (journal.next_id)."""
    used = session.scalar(select(func.max(Request.number))) or 0
    return max(used + 1, journal.next_id(session, Request))


def _fill(session: Session, row: Request, entered: RequestInput, now: datetime) -> None:
    texts = _texts(entered)
    resident = _resident(session, row, entered.resident_id)
    if resident is None and not texts["person"] and entered.origin is Origin.RESIDENT:
        raise DomainError("请填写诉求人：找出居民，或写明称呼。没有留名的，来源请选“电话”等。")
    _check_days(session, row, entered, now)
    row.origin, row.urgency = entered.origin, entered.urgency
    row.category_id = matter_place.category(
        session, entered.category_id, row.category_id, ask=_ASK_CATEGORY
    )
    row.title, row.body = texts["title"], texts["body"] or None
    row.resident_id = resident.id if resident else None
    # What the person's own record tells is not kept twice.
    row.person = _unless_same(texts["person"], resident.name if resident else "")
    row.phone = _unless_same(texts["phone"], resident.phone if resident else "")
    # What was left as it was is not asked again: a member may have gone since, a building too.
    if entered.building_id is not None and entered.building_id == row.building_id:
        row.unit = texts["unit"]
    else:
        row.building_id, row.unit = matter_place.place(session, entered)
    row.place, row.promise = texts["place"] or None, texts["promise"] or None
    row.order_number, row.order_due_on = texts["order_number"] or None, entered.order_due_on
    if entered.member_id is not None and entered.member_id != row.member_id:
        members.get(session, entered.member_id)
    row.member_id = entered.member_id
    if entered.grid_id is None or entered.grid_id != row.grid_id:
        row.grid_id = matter_place.grid(session, entered, resident, row.building_id, ask=_ASK_GRID)


def _resident(session: Session, row: Request, resident_id: int | None) -> Resident | None:
    """Whose request it is; somebody whose record was deleted since stays."""
    if resident_id is None or resident_id != row.resident_id:
        return people.get(session, resident_id) if resident_id else None
    return session.get_one(Resident, resident_id)


def _texts(entered: RequestInput) -> dict[str, str]:
    found = {name: tidy(getattr(entered, name)) for name in _LONGEST}
    found["body"] = entered.body.strip()
    if not found["title"]:
        raise DomainError("请填写事由，如“楼道灯三个月不亮”。")
    for name, (most, words) in _LONGEST.items():
        if len(found[name]) > most:
            rest = "" if name == "body" else "，细节写在详情里"
            raise DomainError(f"{words}最多 {most} 个字，请缩短{rest}。")
    return found


def _came_at(entered: RequestInput, otherwise: datetime, *, registered_at: datetime) -> datetime:
    """When it came in; raises DomainError for a moment after it was written down."""
    came_at = entered.came_at or otherwise
    if came_at > registered_at:
        raise DomainError("来件时间晚于登记的时间，请核对日期。")
    return came_at


def _check_days(session: Session, row: Request, entered: RequestInput, now: datetime) -> None:
    due_on = entered.order_due_on
    if due_on is None or due_on == row.order_due_on:
        return
    if due_on < row.came_on:
        raise DomainError(f"工单期限 {due_on} 早于来件日期 {row.came_on}，请核对。")
    days = calendar.work_calendar(session)
    request_due.check_typed(days, due_on, "工单期限", today=now.date())


def _unless_same(text: str, known: str | None) -> str | None:
    return text if text and text != (known or "") else None
