"""What 食堂 knows of one resident, for cards: read without the tables of its page."""

from dataclasses import dataclass
from datetime import date

from app.models import MealPeriod, MealWay, OrderState
from app.services.terms import in_force
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query
from app.values.money import yuan
from app.values.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMeals:
    """As whoever asks may see it; amounts in 分, `owes` of a monthly bill."""

    account_id: int | None = None
    balance: int | None = None
    owes: int = 0
    last_on: date | None = None
    this_month: int = 0
    standing: tuple[str, ...] = ()
    """午餐送餐 每周 5 天."""
    paused: bool = False


NOTHING = PersonMeals()


def of_person(source: Source, resident_id: int, *, today: date) -> PersonMeals:
    """Account, last meal and standing orders; empty for whoever may not see 食堂."""
    lookup = lookup_of(source)
    if not lookup.actor.may(Right.VIEW_CANTEEN):
        return NOTHING
    accounts = {
        kind: (key, balance) for key, kind, balance in lookup.rows(Sql(_ACCOUNTS, (resident_id,)))
    }
    card, owed = accounts.get("card_account"), accounts.get("bill_account")
    first = (card or owed or (None, None))[0]
    last, meals = next(lookup.rows(Sql(_EATEN, (today.replace(day=1).isoformat(), resident_id))))
    return PersonMeals(
        account_id=first,
        balance=card[1] if card else None,
        owes=-owed[1] if owed else 0,
        last_on=date.fromisoformat(last) if last else None,
        this_month=meals,
        standing=tuple(_standing(lookup, resident_id, today)),
        paused=_is_paused(lookup, resident_id, today),
    )


def waits_for(source: Source, resident_id: int, *, today: date) -> list[str]:
    """What to think of in 食堂 before somebody is marked as gone, each with what to do."""
    lookup = lookup_of(source)
    if not lookup.actor.may(Right.VIEW_CANTEEN):
        return []
    found: list[str] = []
    known = of_person(source, resident_id, today=today)
    if known.balance:
        found.append(f"餐卡里还有 {yuan(known.balance)} 元：请到“食堂”的“账户”里退款")
    if known.owes:
        found.append(f"月结餐费还欠 {yuan(known.owes)} 元：请到“食堂”的“账户”里收款")
    if known.standing:
        found.append(f"有长期订餐（{'、'.join(known.standing)}）：请到“食堂”的“订餐”里结束")
    if waiting := lookup.value(Sql(_WAITING, (resident_id, today.isoformat(), *_OPEN))):
        found.append(f"还有 {waiting} 份订餐没有送：请到“食堂”的“订餐”里取消")
    return found


def _standing(lookup: Lookup, resident_id: int, today: date) -> list[str]:
    return [
        f"{MealPeriod.of(period).label}{MealWay.of(way).label} 每周 {len(weekdays)} 天"
        for period, way, weekdays in lookup.rows(Sql(_STANDING, (resident_id, today.isoformat())))
    ]


def _is_paused(lookup: Lookup, resident_id: int, today: date) -> bool:
    theirs = Sql("resident_id = ? AND deleted_at IS NULL", (resident_id,))
    return bool(lookup.value(query("count(*)", "order_pause", [theirs, in_force(today)])))


_OPEN = (OrderState.ORDERED.value,)
_ACCOUNTS = """
SELECT a.id, a.kind, coalesce(b.balance, 0) FROM meal_account a
LEFT JOIN meal_balance b ON b.account_id = a.id
WHERE a.resident_id = ? AND a.state <> 'closed_account'
"""
# A day on which everything was taken back is none.
_EATEN = """
SELECT max(on_date), coalesce(sum(CASE WHEN on_date >= ? THEN portions ELSE 0 END), 0)
FROM (SELECT on_date, sum(quantity) AS portions FROM meal WHERE resident_id = ?
    GROUP BY on_date HAVING sum(quantity) > 0) AS eaten
"""
_STANDING = """
SELECT period, way, weekdays FROM standing_order
WHERE resident_id = ? AND deleted_at IS NULL AND (until IS NULL OR until >= ?)
ORDER BY period DESC, id
"""
_WAITING = "SELECT count(*) FROM meal_order WHERE resident_id = ? AND on_date >= ? AND state = ?"
