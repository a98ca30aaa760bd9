"""送复核: who came becomes claims for hours and points, once each, however often it is asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Activity,
    Attendance,
    ClaimOrigin,
    Participation,
    PointsItem,
    PointsUnit,
    Quality,
)
from app.services import (
    activities,
    activity_hours,
    activity_people,
    points_accounts,
    points_claims,
    points_rules,
)
from app.services.points_claims import ClaimInput

ONE = 100
"""Hundredths of a time, a day or a piece"""
_PER_HALF_HOUR = 50


@dataclass(frozen=True, slots=True)
class Posted:
    """How many went for review, how many had done so before."""

    new: int
    before: int
    half_hours: int


def post(session: Session, activity_id: int, *, now: datetime) -> Posted:
    """Hand everybody who came on to the second person; who was handed on before is left out.

    Raises DomainError naming the person where one cannot be, and posts nobody then.
    """
    row = activities.get(session, activity_id)
    came = _came(session, activity_id)
    if not came:
        raise DomainError("还没有录到场的人。请先录签到，再送复核。")
    before = activity_hours.posted(session, [line.id for line in came])
    new = [line for line in came if line.id not in before]
    if not new:
        raise DomainError(f"这次活动 {len(came)} 人都已经送过复核，没有重复记。")
    item = activities.item_of(session, row)
    if points_rules.rule_on(session, item.id, row.on_date) is None:
        raise DomainError(
            f"{row.on_date:%Y-%m-%d} 那天“{item.name}”还没有积分规则，不知道计几分，没有送复核。"
            "请书记在“设置 · 积分”里加一条从那天或更早开始执行的规则。"
        )
    for line in new:
        _propose(session, row, item, line, now)
    row.posted_on = now.date()
    session.flush()
    return Posted(len(new), len(before), sum(line.half_hours for line in new))


def _came(session: Session, activity_id: int) -> list[Participation]:
    wanted = select(Participation).where(
        Participation.activity_id == activity_id, Participation.state == Attendance.CAME
    )
    return list(session.scalars(wanted.order_by(Participation.place, Participation.id)))


def _propose(
    session: Session, row: Activity, item: PointsItem, line: Participation, now: datetime
) -> None:
    try:
        activity_hours.check_hours(session, row, line)
        account = points_accounts.ensure_account(
            session,
            resident_id=line.resident_id,
            volunteer_id=line.volunteer_id,
            today=now.date(),
        )
        claim = _claim(session, row, item, line, account)
        points_claims.propose(session, claim, now=now)
    except DomainError as error:
        name = activity_people.name_of(session, line)
        raise DomainError(f"第 {line.place} 号 {name}：{error}这次一个都没有送。") from error


def _claim(
    session: Session, row: Activity, item: PointsItem, line: Participation, account: int
) -> ClaimInput:
    failed = line.quality is Quality.FAILED
    words = f"{row.name}（评价不合格，不计分）" if failed else row.name
    return ClaimInput(
        account_id=account,
        volunteer_id=line.volunteer_id,
        item_id=item.id,
        on_date=row.on_date,
        quantity=_quantity(session, row, line),
        half_hours=line.half_hours,
        points=0 if failed else None,
        words=words,
        origin=ClaimOrigin.ACTIVITY,
        source_key=activity_people.source_key(line.id),
        activity_id=row.id,
    )


def _quantity(session: Session, row: Activity, line: Participation) -> int:
    """Hundredths of what the rule of the day counts; once where nothing was measured."""
    rule = points_rules.rule_on(session, row.item_id, row.on_date)
    if rule is not None and rule.per is PointsUnit.HOUR:
        return line.half_hours * _PER_HALF_HOUR or line.quantity
    return line.quantity or ONE
