"""Activities (活动): planned, changed, cancelled, thrown away (order 67 art. 7; domain.md 2.1)."""

from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Activity, ActivityState, Attendance, Participation, PointsClaim, PointsItem
from app.services import activity_fitness, activity_input
from app.services.activity_input import ActivityInput
from app.values.text import tidy
from app.values.times import time_words

_NAMES = tuple(field.name for field in fields(ActivityInput))
_POSTED_FIXED = ("item_id", "on_date", "starts", "ends", "ours")
# What decides who may take part in something dangerous.
_RISK = ("dangerous", "on_date", "insurance")
_LONGEST_SUMMARY = 2000


def plan(session: Session, entered: ActivityInput, *, now: datetime) -> int:
    """A new activity; raises DomainError for a missing fact, or one that is planned already."""
    activity_input.check(entered, now.date())
    _check_twice(session, entered, None)
    row = Activity()
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    return row.id


def update(
    session: Session, activity_id: int, entered: ActivityInput, *, version: int, now: datetime
) -> None:
    """Correct an activity; what was posted from it keeps its day, times and matter.

    Raises DomainError where it becomes dangerous for somebody on its list.
    """
    row = get(session, activity_id, version=version)
    activity_input.check(entered, now.date())
    changed = [name for name in _POSTED_FIXED if getattr(row, name) != getattr(entered, name)]
    if changed and claims_of(session, activity_id):
        raise DomainError(
            "这次活动已经送复核，日期、时间、事项和招募单位不能再改。要改请先在台账退回这几笔。"
        )
    if row.state is ActivityState.HELD and entered.on_date > now.date():
        raise DomainError("这次活动已经录了签到，日期不能改到今天以后。")
    _check_twice(session, entered, activity_id)
    riskier = entered.dangerous and any(
        (getattr(row, name) or "") != getattr(entered, name) for name in _RISK
    )
    _fill(session, row, entered)
    session.flush()
    if riskier:
        activity_fitness.check_list(session, row)


def input_of(session: Session, activity_id: int) -> tuple[ActivityInput, int]:
    """What stands in an activity, and its version."""
    row = get(session, activity_id)
    values = {name: getattr(row, name) for name in _NAMES}
    texts = ("place", "content", "organiser", "leader", "insurance")
    return ActivityInput(**values | {name: values[name] or "" for name in texts}), row.version


def cancel(session: Session, activity_id: int, *, reason: str, version: int) -> None:
    """It does not take place; raises DomainError without a reason or where people came."""
    row = get(session, activity_id, version=version)
    words = tidy(reason)
    if not words:
        raise DomainError("请写明取消的原因，报了名的人会来问。")
    if _came(session, activity_id):
        raise DomainError("这次活动已经录了到场的人，不能取消。没有办成的话，先把到场改成没来。")
    row.state, row.cancelled_reason = ActivityState.CANCELLED, words[:120]
    session.flush()


def remove(session: Session, activity_id: int, *, version: int, now: datetime) -> None:
    """Into the recycle bin; an activity with people who came stays."""
    row = get(session, activity_id, version=version)
    if _came(session, activity_id) or claims_of(session, activity_id):
        raise DomainError("这次活动有人到场或已经记账，不能删除。")
    row.deleted_at = now
    session.flush()


def summarise(session: Session, activity_id: int, words: str, *, version: int) -> None:
    """小结: how it went."""
    row = get(session, activity_id, version=version)
    text = words.strip()
    if len(text) > _LONGEST_SUMMARY:
        raise DomainError(f"小结太长，最多 {_LONGEST_SUMMARY:,} 个字，请缩短。")
    row.summary = text or None
    session.flush()


def mark_typed(session: Session, activity_id: int, *, on: date | None, version: int) -> None:
    """已录入全国系统 (order 67 art. 4), or not after all with None."""
    row = get(session, activity_id, version=version)
    if on is not None and row.recorded_on is None:
        raise DomainError("签到还没有录完，不能勾“已录入”。先录完签到、送复核，再录全国系统。")
    if on is not None and not row.ours:
        raise DomainError("这次活动由其他单位招募，由那个单位记录和录入，本社区不录。")
    row.system_on = on
    session.flush()


def get(session: Session, activity_id: int, *, version: int | None = None) -> Activity:
    """The row; raises DomainError where it is gone, ChangedMeanwhile for an old version."""
    row = session.get(Activity, activity_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这次活动已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def item_of(session: Session, row: Activity) -> PointsItem:
    """The matter by which it gives points, and hours if it is service."""
    return session.get_one(PointsItem, row.item_id)


def claims_of(session: Session, activity_id: int) -> int:
    """How many postings of it wait for review or stand in the books."""
    live = (PointsClaim.activity_id == activity_id, PointsClaim.source_key.is_not(None))
    return session.scalar(select(func.count()).select_from(PointsClaim).where(*live)) or 0


def _came(session: Session, activity_id: int) -> bool:
    came = (Participation.activity_id == activity_id, Participation.state == Attendance.CAME)
    return session.scalar(select(Participation.id).where(*came).limit(1)) is not None


def _fill(session: Session, row: Activity, entered: ActivityInput) -> None:
    item = session.get(PointsItem, entered.item_id)
    if item is None or item.deleted_at is not None:
        raise DomainError("请选一个积分事项：它说明这次活动计多少分，计不计服务时长。")
    for name in _NAMES:
        setattr(row, name, getattr(entered, name))
    for name, words in activity_input.tidied(entered).items():
        setattr(row, name, words or None)


def _check_twice(session: Session, entered: ActivityInput, own_id: int | None) -> None:
    """The same activity is not planned twice: its people would get their points twice."""
    same = (
        Activity.deleted_at.is_(None),
        Activity.state != ActivityState.CANCELLED,
        Activity.on_date == entered.on_date,
        Activity.starts == entered.starts,
        Activity.name == tidy(entered.name),
        func.coalesce(Activity.place, "") == tidy(entered.place),
    )
    found = session.scalar(select(Activity.id).where(*same).limit(1))
    if found is not None and found != own_id:
        raise DomainError(
            f"{entered.on_date:%m-%d} {time_words(entered.starts)} 已经有“{tidy(entered.name)}”，"
            "没有重复登记。在列表里打开那一次就可以。"
        )
