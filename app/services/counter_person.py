"""Who stands at the counter, and what they have: all that the counter shows of somebody."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import StarState
from app.services import (
    points_accounts,
    points_book,
    points_owner,
    redemption_limits,
    redemptions,
    residents,
)
from app.services import reservations as all_reservations
from app.services.goods import GoodsView
from app.services.points_accounts import Holder
from app.services.points_balance import Available, EntryLine, household_points
from app.services.reservations import ReservationView
from app.services.resident_rows import ResidentRow, TagChip
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

_ENTRIES = 8
_TAGS = 2
_NOTHING = Available(points=0, expiring=(), balance=0, frozen=False)


@dataclass(frozen=True, slots=True)
class Who:
    """A resident, an account, or both: of a shared account the resident is one of the household."""

    resident_id: int | None = None
    account_id: int | None = None

    def is_same(self, other: "Who") -> bool:
        """Whether both are one person: by a card or by name."""
        if self.resident_id is not None and other.resident_id is not None:
            return self.resident_id == other.resident_id
        return self.account_id is not None and self.account_id == other.account_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPerson:
    """`facts` and `contact` are lines of the card; `family` is None where nobody else saves."""

    who: Who
    name: str
    chips: tuple[TagChip, ...]
    facts: tuple[str, ...]
    contact: tuple[str, ...]
    card: str
    available: Available
    frozen_reason: str
    family: tuple[int, int] | None
    """Points of the household, and of how many accounts"""
    times: int
    """Redemptions of this month"""
    half_hours: int
    entries: tuple[EntryLine, ...]
    reservations: tuple[ReservationView, ...]
    relatives: tuple[tuple[str, str], ...]
    """Name and relation to the head, of the same household: who may collect for them"""

    def may_have(self, view: GoodsView) -> int:
        """How much of an article is there for them: what is free, and what they had put aside."""
        own = sum(one.quantity for one in self.reservations if one.goods_id == view.id)
        return min(view.on_hand, view.free + own)


def person(session: Session, who: Who, *, today: date) -> CounterPerson:
    """Everything at once. Raises DomainError for who was deleted meanwhile."""
    lookup = lookup_of(session)
    account_id = who.account_id
    if account_id is None and who.resident_id is not None:
        account_id = points_owner.account_of(lookup, who.resident_id)
    holder = points_accounts.holder(lookup, account_id) if account_id is not None else None
    resident_id = who.resident_id or (holder.resident_id if holder else None)
    row = _row(lookup, resident_id, today)
    if row is None and (holder is None or resident_id is not None):
        raise DomainError("没有找到这个人，可能已经删除或合并，请重新找。")
    volunteer_id, number, stars = _volunteer(lookup, resident_id, holder)
    return CounterPerson(
        who=Who(resident_id, account_id),
        name=row.name if row is not None else holder.name if holder else "",
        chips=_chips(row, stars),
        facts=_facts(row, holder),
        contact=_contact(row, number),
        card=f"卡 {number:04d}" if number else "",
        available=points_book.available(lookup, account_id, today) if account_id else _NOTHING,
        frozen_reason=_frozen_reason(lookup, account_id),
        family=_family(lookup, resident_id, today),
        times=redemption_limits.times_this_month(lookup, account_id, today) if account_id else 0,
        half_hours=redemptions.served(lookup, volunteer_id, None),
        entries=points_book.entries(lookup, account_id, limit=_ENTRIES) if account_id else (),
        reservations=_reservations(session, account_id, today),
        relatives=_relatives(lookup, resident_id),
    )


def _row(source: Source, resident_id: int | None, today: date) -> ResidentRow | None:
    """The next in the queue looks on: no sensitive tags."""
    if resident_id is None:
        return None
    found = residents.rows(source, [resident_id], today=today)
    return found[0] if found else None


def _volunteer(
    lookup: Lookup, resident_id: int | None, holder: Holder | None
) -> tuple[int | None, int, int]:
    """Id, number and stars; (None, 0, 0) for who is no volunteer."""
    outside = holder.volunteer_id if holder is not None else None
    whose = Sql("v.id = ?", (outside,)) if outside else Sql("v.resident_id = ?", (resident_id,))
    confirmed = Sql(
        "v.id, v.number, (SELECT max(stars) FROM star_award AS a"
        " WHERE a.volunteer_id = v.id AND a.state = ?)",
        (StarState.CONFIRMED.value,),
    )
    found = query(confirmed.text, "volunteer AS v", [whose, Sql("v.deleted_at IS NULL")])
    row = next(lookup.rows(Sql(found.text, (*confirmed.values, *found.values))), None)
    return (row[0], row[1], row[2] or 0) if row is not None else (None, 0, 0)


def _chips(row: ResidentRow | None, stars: int) -> tuple[TagChip, ...]:
    tags = row.tags[:_TAGS] if row is not None else ()
    return (*tags, TagChip(f"{_STARS[stars]}星志愿者", "blue")) if stars else tags


_STARS = "〇一二三四五六七八九"


def _facts(row: ResidentRow | None, holder: Holder | None) -> tuple[str, ...]:
    if row is None:
        return (holder.detail,) if holder is not None and holder.detail else ()
    age = f"{row.age} 岁" if row.age is not None else ""
    gone = f"已{row.departure}" if row.departure else ""
    return tuple(one for one in (gone, row.sex, age, row.grid_name, row.place_short) if one)


def _contact(row: ResidentRow | None, number: int) -> tuple[str, ...]:
    volunteer = f"志愿者 {number:04d}" if number else ""
    phone = f"手机 {row.phone_masked}" if row is not None and row.phone else ""
    return tuple(one for one in (volunteer, phone) if one)


def _frozen_reason(lookup: Lookup, account_id: int | None) -> str:
    where = [Sql("id = ?", (account_id,)), Sql("frozen_on IS NOT NULL")]
    return lookup.value(query("frozen_reason", "points_account", where)) or ""


def _family(lookup: Lookup, resident_id: int | None, today: date) -> tuple[int, int] | None:
    where = [Sql("id = ?", (resident_id,))]
    household_id = lookup.value(query("household_id", "resident", where))
    if household_id is None:
        return None
    points, accounts = household_points(lookup, household_id, today)
    return (points, accounts) if accounts > 1 else None


def _reservations(
    session: Session, account_id: int | None, today: date
) -> tuple[ReservationView, ...]:
    if account_id is None:
        return ()
    found = all_reservations.waiting(session, today, account_id=account_id)
    return tuple(one for one in found if not one.gone)


def _relatives(lookup: Lookup, resident_id: int | None) -> tuple[tuple[str, str], ...]:
    where = [
        Sql(
            "household_id = (SELECT household_id FROM resident WHERE id = ?)",
            (resident_id,),
        ),
        Sql("id <> ?", (resident_id,)),
        Sql("deleted_at IS NULL AND departure IS NULL"),
    ]
    rows = lookup.rows(query("name, relation", "resident", where, "ORDER BY id LIMIT 6"))
    return tuple((name, relation or "") for name, relation in rows)
