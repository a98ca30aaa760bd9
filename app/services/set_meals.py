"""Set meals (套餐) and their prices: one that was eaten is never changed, a new price begins."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Meal, MealPeriod, SetMeal
from app.services import rights
from app.services.canteens import SetView, joined, sets_where
from app.services.terms import withdraw
from app.storage.lookup import Source, Sql
from app.values.money import yuan
from app.values.rights import Right
from app.values.text import compact, tidy

MOST_PRICE, LONGEST_NAME, LONGEST_WORDS = 1_000_00, 20, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SetInput:
    """A set meal as it is typed; `price` in 分, no `periods` means every one."""

    letter: str
    name: str
    price: int
    periods: tuple[MealPeriod, ...] = ()
    words: str = ""


def current(source: Source, canteen_id: int, today: date) -> tuple[SetView, ...]:
    """What is offered now and what begins later: the screen where set meals are changed."""
    there = Sql(
        "canteen_id = ? AND (until IS NULL OR until >= ?) AND (until IS NULL OR until >= since)",
        (canteen_id, today.isoformat()),
    )
    return sets_where(source, [there])


def add(session: Session, canteen_id: int, entered: SetInput, *, since: date) -> int:
    """A set meal more, from a day on; raises DomainError for a letter that is taken."""
    rights.require(session, Right.EDIT_OFFICE)
    letter = _checked(entered)
    held = [one for one in current(session, canteen_id, since) if one.letter == letter]
    if held:
        raise DomainError(f"已经有 {letter} 餐“{held[0].name}”，请改那一个，或换个代号。")
    row = SetMeal(canteen_id=canteen_id, letter=letter, since=since)
    return _filled(session, row, entered)


def change(session: Session, set_id: int, entered: SetInput, *, since: date, version: int) -> int:
    """A set meal is called, costs or holds something else from `since` on; gives the id of that.

    Raises ChangedMeanwhile, and DomainError with the earliest day where it was eaten already.
    """
    rights.require(session, Right.EDIT_OFFICE)
    row = _open(session, set_id, version)
    if _checked(entered) != row.letter:
        raise DomainError(f"代号 {row.letter} 不能改，菜谱和订餐都按它；请另加一个套餐。")
    last = _last_eaten(session, set_id)
    if last is None and since <= row.since:
        _check_follows(session, row, since)
        row.since = since
        return _filled(session, row, entered)
    _check_free(row, last, since)
    if row.until is not None and since > row.until:
        raise DomainError(f"{row.letter} 餐到 {row.until:%Y-%m-%d} 就停止了，请另加一个套餐。")
    after = SetMeal(canteen_id=row.canteen_id, letter=row.letter, since=since, until=row.until)
    row.until = since - timedelta(days=1)
    return _filled(session, after, entered)


def stop(session: Session, set_id: int, *, today: date, version: int) -> date:
    """No longer offered from the earliest day that is possible; gives that day.

    A price that has not begun is withdrawn: the one before goes on. Raises ChangedMeanwhile.
    """
    rights.require(session, Right.EDIT_OFFICE)
    row = _open(session, set_id, version)
    if row.since > today:
        withdraw(_same_letter(session, row), row)
        session.flush()
        return row.since
    from_day = earliest(session, set_id, today)
    row.until = from_day - timedelta(days=1)
    session.flush()
    return from_day


def earliest(session: Session, set_id: int, today: date) -> date:
    """From when on a set meal may be changed: today, or the day after it was last eaten."""
    last = _last_eaten(session, set_id)
    return today if last is None else max(today, last + timedelta(days=1))


def _open(session: Session, set_id: int, version: int) -> SetMeal:
    row = session.get(SetMeal, set_id)
    if row is None or row.deleted_at is not None or row.version != version:
        raise ChangedMeanwhile
    return row


def _last_eaten(session: Session, set_id: int) -> date | None:
    return session.scalar(select(func.max(Meal.on_date)).where(Meal.set_meal_id == set_id))


def _check_free(row: SetMeal, last: date | None, since: date) -> None:
    if last is not None and since <= last:
        raise DomainError(
            f"{row.letter} 餐已经按 {yuan(row.price)} 元记到 {last:%Y-%m-%d}，记过的价格不能改。"
            f"最早从 {last + timedelta(days=1):%Y-%m-%d} 起改。"
        )


def _check_follows(session: Session, row: SetMeal, since: date) -> None:
    """One letter has one price a day: what follows another price begins after it."""
    before = [one for one in _same_letter(session, row) if one is not row and one.since < row.since]
    ends = max((one.until for one in before if one.until is not None), default=None)
    if ends is not None and since <= ends:
        raise DomainError(f"这个价格接着 {ends:%Y-%m-%d} 为止的旧价，请填那以后的日子。")


def _same_letter(session: Session, row: SetMeal) -> list[SetMeal]:
    """What a letter costs, did cost and is to cost."""
    same = (SetMeal.canteen_id == row.canteen_id, SetMeal.letter == row.letter)
    return list(session.scalars(select(SetMeal).where(*same, SetMeal.deleted_at.is_(None))))


def _checked(entered: SetInput) -> str:
    """The letter, once everything was looked at."""
    letter = compact(entered.letter).upper()
    if len(letter) != 1 or not ("A" <= letter <= "H"):
        raise DomainError("套餐代号填一个字母，A 到 H；柜台按这个键选套餐。")
    if not tidy(entered.name) or len(tidy(entered.name)) > LONGEST_NAME:
        raise DomainError(f"请填写套餐名称，最多 {LONGEST_NAME} 个字，如 A 餐。")
    if len(tidy(entered.words)) > LONGEST_WORDS:
        raise DomainError(f"内容最多 {LONGEST_WORDS} 个字，如 一荤两素一汤。")
    if not 1 <= entered.price <= MOST_PRICE:
        raise DomainError(f"套餐价格要在 0.01 到 {yuan(MOST_PRICE)} 元之间。")
    return letter


def _filled(session: Session, row: SetMeal, entered: SetInput) -> int:
    row.name, row.price = tidy(entered.name), entered.price
    row.periods, row.words = joined(entered.periods), tidy(entered.words)
    session.add(row)
    session.flush()
    return row.id
