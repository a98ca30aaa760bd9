"""Writing menus (菜谱): dishes put on a day, copied from an earlier week, sold out."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import MealPeriod, MenuDish
from app.services import dishes, menus, rights
from app.storage.lookup import actor_of
from app.values.days import weekday
from app.values.rights import Right

MOST_PLANNED = 5_000
_WEEK = timedelta(days=6)


def put(
    session: Session,
    canteen_id: int,
    day: date,
    period: MealPeriod,
    dish_id: int,
    *,
    sets: str = "",
    planned: int | None = None,
) -> int:
    """Put a dish on a menu; raises DomainError where it stands there already."""
    rights.require(session, Right.RUN_CANTEEN)
    dishes.dish(session, dish_id)
    _check_planned(planned)
    of_period = _of_period(canteen_id, day, period)
    if session.scalar(select(MenuDish.id).where(*of_period, MenuDish.dish_id == dish_id)):
        raise DomainError(f"星期{weekday(day)}{period.label}的菜谱里已经有这道菜。")
    last = session.scalar(select(func.max(MenuDish.position)).where(*of_period))
    row = MenuDish(
        canteen_id=canteen_id,
        on_date=day,
        period=period,
        dish_id=dish_id,
        sets=_letters(sets),
        planned=planned,
        position=(last or 0) + 1,
    )
    session.add(row)
    session.flush()
    return row.id


def change(
    session: Session, menu_dish_id: int, *, sets: str, planned: int | None, version: int
) -> None:
    """In which set meals a dish is, and for how many it is cooked."""
    rights.require(session, Right.RUN_CANTEEN)
    _check_planned(planned)
    row = _get(session, menu_dish_id, version)
    row.sets, row.planned = _letters(sets), planned
    session.flush()


def take_off(session: Session, menu_dish_ids: Sequence[int]) -> int:
    """Take dishes off their menus; raises DomainError for one that was given out already."""
    rights.require(session, Right.RUN_CANTEEN)
    rows = [_get(session, one) for one in menu_dish_ids]
    for row in rows:
        out = menus.served(session, row.canteen_id, row.on_date, row.period).get(row.dish_id, 0)
        if out:
            name = dishes.dish(session, row.dish_id).name
            raise DomainError(f"{name}已经出了 {out} 份，不能从菜谱里去掉；没有了请记售完。")
        session.delete(row)
    session.flush()
    return len(rows)


def move(session: Session, menu_dish_id: int, by: int) -> None:
    """One place up (-1) or down (1) in its menu; at the end it stays."""
    rights.require(session, Right.RUN_CANTEEN)
    row = _get(session, menu_dish_id)
    of_period = _of_period(row.canteen_id, row.on_date, row.period)
    all_rows = list(
        session.scalars(select(MenuDish).where(*of_period).order_by(MenuDish.position, MenuDish.id))
    )
    place = all_rows.index(row)
    all_rows.insert(max(0, min(len(all_rows) - 1, place + by)), all_rows.pop(place))
    for number, one in enumerate(all_rows, start=1):
        one.position = number
    session.flush()


def set_sold_out(session: Session, menu_dish_id: int, *, sold_out: bool, now: datetime) -> None:
    """售完: nobody gets it any more; or there is some again."""
    if not actor_of(session).may(Right.LOG_MEALS):
        rights.require(session, Right.RUN_CANTEEN)
    _get(session, menu_dish_id).sold_out_at = now if sold_out else None
    session.flush()


def copy_week(
    session: Session, canteen_id: int, *, source_monday: date, target_monday: date
) -> int:
    """The menus of a week on those days of another that have none yet; gives how many dishes.

    What somebody wrote by hand stays, dishes that are no longer cooked are left out. Raises
    DomainError where the earlier week has nothing.
    """
    rights.require(session, Right.RUN_CANTEEN)
    earlier = menus.lines(session, canteen_id, source_monday, source_monday + _WEEK)
    if not earlier:
        raise DomainError(f"{source_monday:%m 月 %d 日}那一周没有菜谱，请另选一周。")
    there = menus.lines(session, canteen_id, target_monday, target_monday + _WEEK)
    written = {(one.on_date, one.period) for one in there}
    cooked = {one.id for one in dishes.dishes(session, on_offer_only=True)}
    shift = target_monday - source_monday
    fresh = [
        MenuDish(
            canteen_id=canteen_id,
            on_date=one.on_date + shift,
            period=one.period,
            dish_id=one.dish_id,
            sets=one.sets,
            planned=one.planned,
            position=one.position,
        )
        for one in earlier
        if (one.on_date + shift, one.period) not in written and one.dish_id in cooked
    ]
    session.add_all(fresh)
    session.flush()
    return len(fresh)


def _of_period(canteen_id: int, day: date, period: MealPeriod) -> tuple[Any, ...]:
    return (
        MenuDish.canteen_id == canteen_id,
        MenuDish.on_date == day,
        MenuDish.period == period,
    )


def _get(session: Session, menu_dish_id: int, version: int | None = None) -> MenuDish:
    row = session.get(MenuDish, menu_dish_id)
    if row is None:
        raise DomainError("这道菜已经不在菜谱里，请刷新。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _letters(typed: str) -> str:
    return "".join(sorted({letter for letter in typed.upper() if letter.isalpha()}))


def _check_planned(planned: int | None) -> None:
    if planned is not None and not 0 <= planned <= MOST_PLANNED:
        raise DomainError(f"备餐份数要在 0 到 {MOST_PLANNED:,} 之间，请核对。")
