"""留样: one sample of every dish of a meal, kept for its hours, destroyed not before.

What a record needs: name, time to the hour, who (《餐饮服务食品安全操作规范》7.9.2–7.9.4,
domain-law.md 4). Grams, hours and temperatures are settings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, Change, FoodSample, MealPeriod
from app.services import rights, settings
from app.storage.lookup import actor_of
from app.values.degrees import celsius
from app.values.rights import Right
from app.values.text import tidy

MOST_GRAMS = 5_000
_LONGEST = {"name": (20, "食品名称"), "fridge": (10, "冷藏柜"), "note": (60, "备注")}
_CHANGED = ("name", "grams", "taken_at", "taken_by", "fridge", "temperature", "note")
_TENTHS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleInput:
    """One sample as it is typed: `grams`, `temperature` of the fridge in 0.1 ℃."""

    name: str
    grams: int
    taken_by: str
    dish_id: int | None = None
    taken_at: datetime | None = None
    fridge: str = ""
    temperature: int | None = None
    note: str = ""


def take(
    session: Session,
    canteen_id: int,
    on_date: date,
    period: MealPeriod,
    samples: Sequence[SampleInput],
    *,
    now: datetime,
) -> list[int]:
    """Write down samples of a meal at once; gives their ids.

    Raises DomainError for too few grams, a fridge that is too warm, a dish that has its sample, a
    time to come; nothing is written then.
    """
    rights.require(session, Right.RUN_CANTEEN)
    rules = settings.load(session)
    taken = set(_names(session, canteen_id, on_date, period))
    rows = []
    for one in samples:
        row = _checked(one, rules, on_date, now)
        if row.name in taken:
            raise DomainError(f"{row.name}这一餐已经留过样，要改请选中它修改。")
        taken.add(row.name)
        row.canteen_id, row.on_date, row.period = canteen_id, on_date, period
        rows.append(row)
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def change(
    session: Session, sample_id: int, entered: SampleInput, *, version: int, now: datetime
) -> bool:
    """Put a sample right that is still kept; raises as `take`, and ChangedMeanwhile.

    Whether it has to be reviewed again: what was seen is not what stands there now. Its hours are
    never cut short, whatever is said of the time afterwards: the box in the fridge has to last.
    """
    rights.require(session, Right.RUN_CANTEEN)
    row = _kept(session, sample_id, version)
    fresh = _checked(entered, settings.load(session), row.on_date, now)
    same = _names(session, row.canteen_id, row.on_date, row.period)
    if fresh.name != row.name and fresh.name in same:
        raise DomainError(f"{fresh.name}这一餐已经留过样。")
    if _to_the_minute(fresh.taken_at) == _to_the_minute(row.taken_at):
        # Windows show no seconds.
        fresh.taken_at = row.taken_at
    changed = [name for name in _CHANGED if getattr(row, name) != getattr(fresh, name)]
    for name in changed:
        setattr(row, name, getattr(fresh, name))
    row.keep_until = max(row.keep_until, fresh.keep_until)
    again = bool(changed and row.reviewed_by)
    if again:
        row.reviewed_by = None
    session.flush()
    return again


def review(session: Session, sample_ids: Sequence[int]) -> int:
    """Somebody else looked at them: raises DomainError for whoever took one of them."""
    rights.require(session, Right.RUN_CANTEEN)
    who = actor_of(session).name
    rows = [_get(session, one) for one in sample_ids]
    if own := next((row.name for row in rows if row.taken_by == who), ""):
        raise DomainError(f"{own}是您自己留的样，请换一位同事审核。")
    for row in rows:
        row.reviewed_by = who
    session.flush()
    return len(rows)


def destroy(
    session: Session, sample_ids: Sequence[int], *, destroyed_by: str = "", now: datetime
) -> int:
    """销毁; raises DomainError for one whose hours are not over, naming until when it is kept."""
    rights.require(session, Right.RUN_CANTEEN)
    rows = [_get(session, one) for one in sample_ids]
    for row in rows:
        if row.destroyed_at is not None:
            raise DomainError(f"{row.name}的留样已经登记过销毁，请刷新。")
        if now < row.keep_until:
            raise DomainError(
                f"{row.name}的留样要保存到 {row.keep_until:%m-%d %H:%M}，现在还不能销毁。"
            )
        row.destroyed_at, row.destroyed_by = now, tidy(destroyed_by) or actor_of(session).name
    session.flush()
    return len(rows)


def remove(session: Session, sample_id: int, *, version: int) -> None:
    """Take out a line that was written by mistake, while nobody reviewed or destroyed it.

    Once reviewed it stays, even where a change took the review away.
    """
    rights.require(session, Right.RUN_CANTEEN)
    row = _kept(session, sample_id, version)
    if row.reviewed_by or _was_reviewed(session, sample_id):
        raise DomainError(f"{row.name}的留样已经审核过，不能删除；写错了请修改。")
    session.delete(row)
    session.flush()


def _was_reviewed(session: Session, sample_id: int) -> bool:
    """As the journal knows it: the row itself forgets."""
    changes = session.scalars(
        select(Change.fields).where(
            Change.table_name == FoodSample.__tablename__,
            Change.row_id == sample_id,
            Change.action == Action.UPDATED,
        )
    )
    return any("reviewed_by" in (fields or {}) for fields in changes)


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _names(session: Session, canteen_id: int, on_date: date, period: MealPeriod) -> Sequence[str]:
    return session.scalars(
        select(FoodSample.name).where(
            FoodSample.canteen_id == canteen_id,
            FoodSample.on_date == on_date,
            FoodSample.period == period,
        )
    ).all()


def _get(session: Session, sample_id: int) -> FoodSample:
    row = session.get(FoodSample, sample_id)
    if row is None:
        raise DomainError("这份留样已经不在登记里，请刷新。")
    return row


def _kept(session: Session, sample_id: int, version: int) -> FoodSample:
    row = _get(session, sample_id)
    if row.version != version:
        raise ChangedMeanwhile
    if row.destroyed_at is not None:
        raise DomainError(f"{row.name}的留样已经销毁，登记不能再改。")
    return row


def _checked(
    entered: SampleInput, rules: settings.Settings, on_date: date, now: datetime
) -> FoodSample:
    words = {name: tidy(getattr(entered, name)) for name in (*_LONGEST, "taken_by")}
    for name, (longest, label) in _LONGEST.items():
        if len(words[name]) > longest:
            raise DomainError(f"{label}最多 {longest} 个字，请写短一些。")
    if not words["name"] or not words["taken_by"]:
        raise DomainError("请填写食品名称和留样人：这两项和留样时间都是必填的。")
    _check_figures(entered, words["name"], rules)
    at = entered.taken_at or now
    if at > now:
        raise DomainError("留样时间在现在以后，请核对时间；电脑时钟不对的请先校准。")
    if at.date() < on_date - timedelta(days=1):
        raise DomainError(f"留样时间比用餐日期 {on_date:%m-%d} 早了一天以上，请核对。")
    return FoodSample(
        dish_id=entered.dish_id,
        grams=entered.grams,
        taken_at=at,
        temperature=entered.temperature,
        keep_until=at + timedelta(hours=rules[settings.SAMPLE_HOURS]),
        **words,
    )


def _check_figures(entered: SampleInput, name: str, rules: settings.Settings) -> None:
    least = rules[settings.SAMPLE_GRAMS]
    if entered.grams > MOST_GRAMS:
        raise DomainError(f"{name}留了 {entered.grams} 克，太多了，请核对克数，如 {least}。")
    if entered.grams < least:
        raise DomainError(f"{name}留了 {entered.grams} 克，每个品种要留 {least} 克以上，请补足。")
    coldest, warmest = rules[settings.SAMPLE_COLDEST], rules[settings.SAMPLE_WARMEST]
    cold = entered.temperature
    if cold is not None and not coldest * _TENTHS <= cold <= warmest * _TENTHS:
        raise DomainError(
            f"留样柜 {celsius(cold)}，应在 {coldest}～{warmest} ℃，请先调好温度再留样。"
        )
