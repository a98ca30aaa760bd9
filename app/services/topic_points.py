"""Points for an idea that was taken over (domain.md 3.3: 参加议事, 建议被采纳)."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import ClaimOrigin, TopicState
from app.services import points_accounts, points_claims, points_items, rights, settings, topics
from app.services.points_claims import ClaimInput
from app.values.rights import Right

ADOPTED = (TopicState.DECIDED, TopicState.DONE)
"""A meeting decided on it"""


def reward(session: Session, topic_id: int, *, now: datetime) -> int:
    """Propose the points of whoever brought the topic up, once; gives the claim's id.

    Raises DomainError where nothing was decided yet, nobody of the roster spoke, or no matter of
    points is set; AlreadyClaimed where it was done before.
    """
    rights.require(session, Right.RECORD_POINTS)
    row = topics.get(session, topic_id)
    if row.state not in ADOPTED:
        raise DomainError(f"这个议题{row.state.label}，建议被采纳以后才记积分。")
    if row.resident_id is None:
        raise DomainError("提出人不在名册里，没有积分账户，不能记。")
    name = settings.value(session, settings.IDEA_ITEM)
    if not name:
        raise DomainError(
            "还没有定建议被采纳记哪个积分事项。请书记在“设置 · 议事”里填上积分事项的名称。"
        )
    item = points_items.named(session, name)
    account = points_accounts.ensure_account(
        session, resident_id=row.resident_id, volunteer_id=None, today=now.date()
    )
    claim = ClaimInput(
        account_id=account,
        item_id=item.id,
        on_date=now.date(),
        words=f"建议被采纳：{row.number} 号 {row.title}",
        origin=ClaimOrigin.MEETING,
        source_key=f"topic:{row.id}",
    )
    return points_claims.propose(session, claim, now=now)
