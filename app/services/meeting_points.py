"""Points for taking part in a meeting (domain.md 3.3: 参加议事): one claim for each who came."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Attendee, ClaimOrigin, Meeting
from app.services import (
    meetings,
    points_accounts,
    points_claims,
    points_items,
    points_rules,
    rights,
    settings,
)
from app.services.points_claims import AlreadyClaimed, ClaimInput
from app.services.points_items import ItemView
from app.values.rights import Right


def post(session: Session, meeting_id: int, *, now: datetime) -> int:
    """Claims for the residents who came, observers among them; gives how many came new.

    They wait for a second person as all claims do. Raises DomainError where the matter of the
    setting is not there, or has no rule on that day.
    """
    rights.require(session, Right.RUN_MEETINGS)
    row = meetings.get(session, meeting_id)
    item = points_items.named(session, settings.value(session, settings.MEETING_ITEM))
    if points_rules.rule_on(session, item.id, row.on_date) is None:
        raise DomainError(
            f"{row.on_date:%Y-%m-%d} 那天“{item.name}”还没有积分规则，不知道计几分，没有记。"
            "请书记在“设置 · 积分”里加上，或先不记分。"
        )
    return sum(_claim(session, row, item, line, now) for line in _came(session, meeting_id))


def _came(session: Session, meeting_id: int) -> list[Attendee]:
    """Who was there himself: a proxy took part for nobody but the one who came."""
    there = (
        Attendee.meeting_id == meeting_id,
        Attendee.resident_id.is_not(None),
        Attendee.came_at.is_not(None),
        Attendee.holder_id.is_(None),
    )
    return list(session.scalars(select(Attendee).where(*there).order_by(Attendee.id)))


def _claim(session: Session, row: Meeting, item: ItemView, line: Attendee, now: datetime) -> bool:
    account = points_accounts.ensure_account(
        session, resident_id=line.resident_id, volunteer_id=None, today=now.date()
    )
    entered = ClaimInput(
        account_id=account,
        item_id=item.id,
        on_date=row.on_date,
        words=row.title,
        origin=ClaimOrigin.MEETING,
        source_key=f"attendee:{line.id}",
    )
    try:
        points_claims.enter(session, entered, now=now)
    except AlreadyClaimed:
        return False
    return True
