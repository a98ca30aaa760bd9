"""开会: a meeting to come is opened; 应到 is kept as it stood at that moment."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import MeetingState
from app.services import agenda_carry, electorate, meeting_rules, meetings, rights
from app.services.meeting_views import COMING, MeetingRow, meeting
from app.values.rights import Right


def open_meeting(session: Session, meeting_id: int, *, version: int, now: datetime) -> None:
    """进行中, with what has been left open by now on the agenda.

    Raises DomainError before its day, without an agenda or members, and where the rule asks for
    days of notice and nobody was told.
    """
    rights.require(session, Right.RUN_MEETINGS)
    row = meetings.get(session, meeting_id, version=version)
    it = meeting(session, meeting_id)
    _check(it, now.date())
    rule = meeting_rules.rule_of(session, it)
    if rule.notice_days and it.notified_on is None:
        raise DomainError(
            f"还没有通知：{rule.name}要求提前 {rule.notice_days} 天通知。请先发通知，再开会。"
        )
    found = electorate.electorate(session, it.body_id, it.on_date, rule.basis)
    if rule.quorum.asked and not found.people:
        raise DomainError(f"“{it.body}”还没有登记成员，算不出应到人数。请先到“组织”里登记。")
    agenda_carry.carry_over(session, meeting_id)
    row.state, row.opened_at = MeetingState.RUNNING, now
    row.expected, row.expected_area = found.people, found.area or None
    session.flush()


def _check(it: MeetingRow, today: date) -> None:
    if it.state not in COMING:
        raise DomainError("这次会议已经开始或取消，请刷新后再看。")
    if it.on_date > today:
        raise DomainError(
            f"会议定在 {it.on_date:%m-%d}，还没有到。要提前开，请先改日期并重新通知。"
        )
    if not it.items:
        raise DomainError("还没有议程，请先加上要议的事。")
