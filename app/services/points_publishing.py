"""公示: the way of a closed month from its list to the board and into the archive.

Seven steps (ux mocks-a section 3): 复核 月结 生成公示 审核签字 张贴 异议期 归档; domain.md 3.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import PointsMonth
from app.models.base import Worded
from app.services import points_appeals, rights, settings
from app.services.points_filter import month_words
from app.storage.lookup import Source, Sql, day_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_NAME = 40
_LONGEST_PLACE = 120


class Step(Worded):
    """The steps of a month, in their order."""

    REVIEW = "review", "复核全部流水"
    CLOSE = "close", "月结锁账"
    PREPARE = "prepare", "生成公示（脱敏）"
    SIGN = "sign", "书记审核签字"
    POST = "post", "张贴"
    OBJECTIONS = "objections", "异议期"
    ARCHIVE = "archive", "归档"


STEPS = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A closed month: its sums, and how far it is made public."""

    id: int
    version: int
    month: int
    opening: int
    earned: int
    spent: int
    closing: int
    accounts: int
    closed_at: datetime
    closed_by: str
    prepared_on: date | None
    signed_on: date | None
    signed_by: str
    posted_on: date | None
    posted_at: str
    public_until: date | None
    archived_on: date | None

    @property
    def archived(self) -> bool:
        return self.archived_on is not None

    def step(self, today: date) -> Step | None:
        """The step that it stands at; None once it is in the archive."""
        return step_of(self, today)


def step_of(one: MonthView | PointsMonth, today: date) -> Step | None:
    """At which step a closed month stands; None once it is in the archive."""
    if one.archived_on is not None:
        return None
    if one.posted_on is not None and one.public_until is not None:
        return Step.OBJECTIONS if today <= one.public_until else Step.ARCHIVE
    if one.signed_on is not None:
        return Step.POST
    return Step.SIGN if one.prepared_on is not None else Step.PREPARE


def closed_months(source: Source) -> list[MonthView]:
    """All closed months, the latest first."""
    return _read(source, ())


def closed_month(source: Source, month: int) -> MonthView | None:
    """202610; None while it is open."""
    return next(iter(_read(source, [Sql("month = ?", (month,))])), None)


def prepare(session: Session, month: int, *, version: int, today: date) -> None:
    """The list is made and can be signed; raises DomainError out of turn."""
    _at(session, month, version, today, Step.PREPARE).prepared_on = today
    session.flush()


def sign(session: Session, month: int, *, signer: str, version: int, today: date) -> None:
    """Somebody who answers for it looked at the list and signed it."""
    row = _at(session, month, version, today, Step.SIGN)
    name = tidy(signer)
    if not name:
        raise DomainError("请写明是谁审核签字的。")
    row.signed_by, row.signed_on = name[:_LONGEST_NAME], today
    session.flush()


def post(session: Session, month: int, *, places: str, on: date, version: int, today: date) -> None:
    """The list hangs from `on`; objections are taken for the days of the rule (设置)."""
    row = _at(session, month, version, today, Step.POST)
    where = tidy(places)
    if not where:
        raise DomainError("请写明张贴在哪里，如“社区公示栏、3 号楼门厅”。")
    if on > today:
        raise DomainError(f"{on:%Y-%m-%d} 还没有到，张贴以后再登记。")
    if on < row.closed_at.date():
        raise DomainError(f"月结是 {row.closed_at:%Y-%m-%d} 做的，不会更早张贴，请核对日期。")
    row.posted_on, row.posted_at = on, where[:_LONGEST_PLACE]
    row.public_until = on + timedelta(days=settings.value(session, settings.OBJECTION_DAYS))
    session.flush()


def extend(
    session: Session, month: int, *, until: date, reason: str, version: int, today: date
) -> None:
    """Another end of the days for objections, never shorter than the rule's."""
    row = _get(session, month, version)
    if row.posted_on is None or row.archived_on is not None:
        raise DomainError("张贴以后、归档以前，才能改异议期。")
    if not tidy(reason):
        raise DomainError("请写明为什么改异议期，如“公示栏被雨打湿，重新张贴”。")
    least = row.posted_on + timedelta(days=settings.value(session, settings.OBJECTION_DAYS))
    if until < max(least, today):
        raise DomainError(f"异议期最早到 {max(least, today):%Y-%m-%d}，不能再短。")
    row.public_until = until
    session.flush()


def archive(session: Session, month: int, *, version: int, today: date) -> None:
    """The end: raises DomainError while objections may come or wait for an answer."""
    row = _get(session, month, version)
    step = step_of(row, today)
    if step is Step.OBJECTIONS and row.public_until is not None:
        raise DomainError(f"异议期到 {row.public_until:%Y-%m-%d}，过了这天才能归档。")
    if step is not Step.ARCHIVE:
        raise DomainError(_refusal(month, step))
    waiting = points_appeals.appeals(session, month=month, open_only=True)
    if waiting:
        raise DomainError(
            f"还有 {len(waiting)} 件异议没有答复（{waiting[0].raised_by}：{waiting[0].words}），"
            "答复以后才能归档。"
        )
    row.archived_on = today
    session.flush()


def _at(session: Session, month: int, version: int, today: date, step: Step) -> PointsMonth:
    row = _get(session, month, version)
    present = step_of(row, today)
    if present is not step:
        raise DomainError(_refusal(month, present))
    return row


def _refusal(month: int, step: Step | None) -> str:
    name = month_words(month)
    return f"{name}的公示现在要做的是“{step.label}”。" if step else f"{name}的公示已经归档。"


def _get(session: Session, month: int, version: int) -> PointsMonth:
    rights.require(session, Right.CLOSE_MONTHS)
    row = session.scalar(select(PointsMonth).where(PointsMonth.month == month))
    if row is None:
        raise DomainError(f"{month_words(month)}还没有月结，先月结再公示。")
    if row.version != version:
        raise ChangedMeanwhile
    return row


_COLUMNS = (
    "id, version, month, opening, earned, spent, closing, accounts, closed_at, closed_by,"
    " prepared_on, signed_on, signed_by, posted_on, posted_at, public_until, archived_on"
)


def _read(source: Source, where: Sequence[Sql]) -> list[MonthView]:
    asked = query(_COLUMNS, "points_month", where, "ORDER BY month DESC")
    return [_view(*row) for row in lookup_of(source).rows(asked)]


def _view(*row: Any) -> MonthView:
    key, version, month, opening, earned, spent, closing, accounts, at, by, *public = row
    prepared, signed, signer, posted, place, until, archived = public
    return MonthView(
        id=key,
        version=version,
        month=month,
        opening=opening,
        earned=earned,
        spent=spent,
        closing=closing,
        accounts=accounts,
        closed_at=datetime.fromisoformat(at),
        closed_by=by,
        prepared_on=day_of(prepared),
        signed_on=day_of(signed),
        signed_by=signer or "",
        posted_on=day_of(posted),
        posted_at=place or "",
        public_until=day_of(until),
        archived_on=day_of(archived),
    )
