"""Writing menus (菜谱): dishes put on a day, copied from an earlier week, sold out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Dish, MealPeriod, MenuDish
from app.services import dishes, menu_copy, menus, rights
from app.values.days import weekday
from app.values.rights import Right

MOST_PLANNED = 5_000


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
    _check_not_there(session, of_period, dish_id, day, period)
    row = MenuDish(
        canteen_id=canteen_id,
        on_date=day,
        period=period,
        dish_id=dish_id,
        sets=_letters(sets),
        planned=planned,
        position=_next_place(session, of_period),
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
        _check_not_out(session, row)
        session.delete(row)
    session.flush()
    return len(rows)


def move(session: Session, menu_dish_id: int, by: int) -> None:
    """One place up (-1) or down (1) among the dishes of its kind; at the end it stays."""
    rights.require(session, Right.RUN_CANTEEN)
    row = _get(session, menu_dish_id)
    of_period = _of_period(row.canteen_id, row.on_date, row.period)
    found = session.execute(
        select(MenuDish, Dish.kind)
        .join(Dish, Dish.id == MenuDish.dish_id)
        .where(*of_period)
        .order_by(MenuDish.position, MenuDish.id)
    ).all()
    all_rows = [one for one, _ in found]
    kinds = {one.id: kind for one, kind in found}
    alike = [place for place, one in enumerate(all_rows) if kinds[one.id] is kinds[row.id]]
    at = alike.index(all_rows.index(row))
    other = alike[max(0, min(len(alike) - 1, at + by))]
    all_rows[alike[at]], all_rows[other] = all_rows[other], all_rows[alike[at]]
    for number, one in enumerate(all_rows, start=1):
        one.position = number
    session.flush()


def move_to(session: Session, menu_dish_id: int, day: date) -> None:
    """To the same period of another day, with its sets; raises DomainError where it stands there
    already and where it was given out."""
    rights.require(session, Right.RUN_CANTEEN)
    row = _get(session, menu_dish_id)
    _check_not_out(session, row)
    of_period = _of_period(row.canteen_id, day, row.period)
    _check_not_there(session, of_period, row.dish_id, day, row.period)
    row.position = _next_place(session, of_period)
    row.on_date, row.sold_out_at = day, None
    session.flush()


def set_sold_out(session: Session, menu_dish_id: int, *, sold_out: bool, now: datetime) -> None:
    """售完: nobody gets it any more; or there is some again. Raises DomainError on another day."""
    rights.require(session, Right.RUN_CANTEEN, Right.LOG_MEALS)
    row = _get(session, menu_dish_id)
    if sold_out and row.on_date != now.date():
        raise DomainError(f"这是 {row.on_date:%m-%d} 的菜，售完只记当天的；不做了请从菜谱里去掉。")
    row.sold_out_at = now if sold_out else None
    session.flush()


def copy_week(
    session: Session, canteen_id: int, *, source_monday: date, target_monday: date
) -> int:
    """The menus of a week on those days of another that have none yet; gives how many dishes.

    What somebody wrote by hand stays, dishes that are no longer cooked are left out. Raises
    DomainError where the earlier week has nothing.
    """
    rights.require(session, Right.RUN_CANTEEN)
    if not menus.lines(session, canteen_id, source_monday, source_monday + menu_copy.WEEK):
        raise DomainError(f"{source_monday:%m 月 %d 日}那一周没有菜谱，请另选一周。")
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
        for one in menu_copy.plan(session, canteen_id, source_monday, target_monday).lines
    ]
    session.add_all(fresh)
    session.flush()
    return len(fresh)


def _check_not_out(session: Session, row: MenuDish) -> None:
    out = menus.served(session, row.canteen_id, row.on_date, row.period).get(row.dish_id, 0)
    if out:
        name = session.get_one(Dish, row.dish_id).name
        raise DomainError(f"{name}已经出了 {out} 份，不能从菜谱里去掉；没有了请记售完。")


def _check_not_there(
    session: Session, of_period: tuple[Any, ...], dish_id: int, day: date, period: MealPeriod
) -> None:
    if session.scalar(select(MenuDish.id).where(*of_period, MenuDish.dish_id == dish_id)):
        raise DomainError(f"星期{weekday(day)}{period.label}的菜谱里已经有这道菜。")


def _next_place(session: Session, of_period: tuple[Any, ...]) -> int:
    return (session.scalar(select(func.max(MenuDish.position)).where(*of_period)) or 0) + 1


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
