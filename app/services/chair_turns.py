"""轮值主席: who leads the joint meetings from a day to a day, one after the other."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import ChairTurn
from app.services import body_members, body_views, rights
from app.services.ages import months_later
from app.services.body_views import MemberView
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import Right

USUAL_MONTHS = 3


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn; the last day is included."""

    id: int
    version: int
    body_id: int
    member_id: int
    name: str
    unit: str
    since: date
    until: date

    def holds(self, day: date) -> bool:
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnInput:
    """A turn as the form has it."""

    member_id: int
    since: date
    until: date


def turns(source: Source, body_id: int) -> list[TurnView]:
    """All turns of a body, the first one first."""
    asked = query(
        """t.id, t.version, t.body_id, t.body_member_id, coalesce(r.name, m.name),
            coalesce(u.name, ''), t.since, t.until""",
        """chair_turn AS t JOIN body_member AS m ON m.id = t.body_member_id
            LEFT JOIN resident AS r ON r.id = m.resident_id
            LEFT JOIN joint_unit AS u ON u.id = m.joint_unit_id""",
        [Sql("t.body_id = ?", (body_id,)), Sql("t.deleted_at IS NULL")],
        "ORDER BY t.since, t.id",
    )
    return [
        TurnView(**dict(zip(_NAMES, front, strict=True)), since=_day(since), until=_day(until))
        for *front, since, until in lookup_of(source).rows(asked)
    ]


def current(source: Source, body_id: int, day: date) -> TurnView | None:
    """Who leads on a day."""
    return next((one for one in turns(source, body_id) if one.holds(day)), None)


def proposed(source: Source, body_id: int, today: date, months: int = USUAL_MONTHS) -> TurnInput:
    """Whose turn comes next: who never led, then whose turn is longest ago, by their order.

    It begins the day after the last turn, today where none reaches that far. Raises DomainError
    where nobody sits there.
    """
    lookup = lookup_of(source)
    known = turns(lookup, body_id)
    since = max(today, known[-1].until + timedelta(days=1)) if known else today
    seats = body_views.members(lookup, body_id, since)
    if not seats:
        raise DomainError("大党委还没有成员，请先登记兼职委员。")
    led = {_person(one.name, one.unit): one.until for one in known}
    following = min(seats, key=lambda seat: _waited(seat, led))
    until = months_later(since, months) - timedelta(days=1)
    return TurnInput(member_id=following.id, since=since, until=until)


def add(session: Session, entered: TurnInput) -> int:
    """A turn; raises DomainError where it overlaps another or its leader does not sit there."""
    rights.require(session, Right.KEEP_JOINT)
    row = ChairTurn()
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, turn_id: int, entered: TurnInput, *, version: int) -> None:
    """Other days, or somebody else."""
    row = _get(session, turn_id)
    if row.version != version:
        raise ChangedMeanwhile
    _fill(session, row, entered)
    session.flush()


def remove(session: Session, turn_id: int, *, now: datetime) -> None:
    """Into the recycle bin."""
    _get(session, turn_id).deleted_at = now
    session.flush()


def _get(session: Session, turn_id: int) -> ChairTurn:
    rights.require(session, Right.KEEP_JOINT)
    row = session.get(ChairTurn, turn_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这一轮已经删除，请刷新后再看。")
    return row


def _fill(session: Session, row: ChairTurn, entered: TurnInput) -> None:
    seat = body_members.get(session, entered.member_id)
    if entered.until < entered.since:
        raise DomainError("轮值结束的日子在开始之前，请核对。")
    if entered.since < seat.since or (seat.until is not None and seat.until < entered.until):
        raise DomainError(f"{seat.name}这段时间不都在任，请换一位或改日期。")
    others = select(ChairTurn).where(
        ChairTurn.body_id == seat.body_id,
        ChairTurn.deleted_at.is_(None),
        ChairTurn.id != (row.id or 0),
        ChairTurn.since <= entered.until,
        ChairTurn.until >= entered.since,
    )
    other = session.scalars(others.order_by(ChairTurn.since)).first()
    if other is not None:
        name = body_members.get(session, other.body_member_id).name
        raise DomainError(
            f"{other.since:%Y-%m-%d} 到 {other.until:%Y-%m-%d} 轮到{name}，日子不能重叠。"
        )
    row.body_id, row.body_member_id = seat.body_id, seat.id
    row.since, row.until = entered.since, entered.until


def _person(name: str, unit: str) -> str:
    return f"{unit}/{name}"


def _waited(seat: MemberView, led: dict[str, date]) -> tuple[date, int, int]:
    last = led.get(_person(seat.name, seat.joint_unit), date.min)
    return (last, seat.joint_unit_id or 0, seat.id)


_NAMES = tuple(TurnView.__dataclass_fields__)[:-2]
_day = date.fromisoformat
