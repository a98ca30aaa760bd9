"""改期: a visit that is put off to a day, with the reason; the next visit ends it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import VisitDeferral
from app.services import people, visit_due
from app.services.visit_rules import MOST_DAYS
from app.storage.lookup import actor_of
from app.values.text import tidy

_LONGEST_REASON = 200


def defer(
    session: Session, resident_ids: Sequence[int], *, due_on: date, reason: str, now: datetime
) -> None:
    """Put the next visit to these people off to `due_on`.

    Raises DomainError without a reason, for a day that is no later, and for whoever is not due.
    """
    today, words = now.date(), tidy(reason)
    if due_on <= today:
        raise DomainError("改期要改到今天以后的日子；今天去的，走访后直接录入结果。")
    if (due_on - today).days > MOST_DAYS:
        raise DomainError(f"改期最多改到 {MOST_DAYS} 天以后。更长的，请在设置里改走访规定。")
    if not words:
        raise DomainError("请写明改期的原因，如“住院到月底”。")
    if len(words) > _LONGEST_REASON:
        raise DomainError(f"原因最多写 {_LONGEST_REASON} 个字，请写短些。")
    due = visit_due.of_people(session, resident_ids, today=today)
    for one in resident_ids:
        person = people.get_present(session, one)
        if one not in due:
            raise DomainError(f"{person.name}按规则不需要走访，不用改期。")
        if due_on <= due[one].due_on:
            raise DomainError(
                f"{person.name}本来就到 {due[one].due_on:%Y-%m-%d} 才该走访，"
                "请改到更晚的日子，或不选他。"
            )
        session.add(
            VisitDeferral(
                resident_id=one,
                due_on=due_on,
                reason=words,
                decided_on=today,
                decided_by=actor_of(session).name,
            )
        )
    session.flush()
