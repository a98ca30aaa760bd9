"""会议通知: whoever is to come is told; the notice is one of 文书 and can be edited there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import BodyKind, ItemKind, Meeting, MeetingState
from app.services import (
    agenda,
    meeting_notice,
    meeting_rules,
    meetings,
    notices,
    papers,
    rights,
    settings,
)
from app.services.agenda import ItemView
from app.services.meeting_views import COMING, MeetingRow, meeting
from app.services.notice_kinds import MEETING
from app.services.notices import NoticeText
from app.services.vote_rules import RuleView
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_REASON = 200
_PLAIN = "通知"
_EVERYBODY = (BodyKind.ASSEMBLY, BodyKind.GROUP, BodyKind.OWNERS, BodyKind.BENCH)
"""Their notice hangs where everybody reads it: people in it are masked, as in any 通知"""
_READERS = {
    BodyKind.ASSEMBLY: "各位居民",
    BodyKind.REPRESENTATIVES: "各位居民代表",
    BodyKind.GROUP: "本居民小组各位居民",
    BodyKind.OWNERS: "各位业主",
    BodyKind.JOINT: "各成员单位、各位兼职委员",
    BodyKind.PARTY: "各位党员",
    BodyKind.BENCH: "各位居民",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInput:
    """When people are told; `short_notice` is why it is later than the rule asks for."""

    notified_on: date
    short_notice: str = ""
    committee_told_on: date | None = None


def call(
    session: Session, meeting_id: int, entered: CallInput, *, version: int, now: datetime
) -> int:
    """Note that people were told and write the notice; gives its id in 文书.

    Done again it tells of what came on the agenda since. Raises DomainError without an agenda or a
    place, for too few days without a reason or where the law knows no exception, and for a
    业主大会 of which the committee was not told (物业管理条例 14).
    """
    rights.require(session, Right.RUN_MEETINGS)
    row = meetings.get(session, meeting_id, version=version)
    it = meeting(session, meeting_id)
    _check_ready(it)
    rule = meeting_rules.rule_of(session, it)
    reason = _checked_reason(it, rule, entered)
    told = entered.committee_told_on or row.committee_told_on
    _check_committee(rule, told, it)
    agenda.announce(session, meeting_id)
    _note(row, entered.notified_on, reason, told)
    text = _text(session, it, rule, entered.notified_on)
    row.notice_id = notices.add(session, text, now=now)
    session.flush()
    return row.notice_id


def _note(row: Meeting, day: date, reason: str, told: date | None) -> None:
    row.state, row.notified_on = MeetingState.CALLED, day
    row.short_notice, row.committee_told_on = reason or None, told


def _check_ready(it: MeetingRow) -> None:
    if it.state not in COMING:
        raise DomainError("这次会议已经开始或取消，不用再通知。")
    if not it.items:
        raise DomainError("还没有议程。通知里要写明议什么，请先加议程。")
    if not it.place:
        raise DomainError("还没有填地点，填好再通知。")


def _checked_reason(it: MeetingRow, rule: RuleView, entered: CallInput) -> str:
    """Why it is called with fewer days than the law asks for; '' where there are enough."""
    if entered.notified_on > it.on_date:
        raise DomainError("通知日期晚于开会日期。会议改期的，先改会议的日期，再通知。")
    told = meeting_notice.standing(rule, entered.notified_on, it.on_date)
    reason = "" if told.enough else tidy(entered.short_notice)
    if told.may_do or (reason and rule.at_once):
        return _short_enough(reason)
    if not rule.at_once:
        first = entered.notified_on + timedelta(days=rule.notice_days)
        raise DomainError(f"{told.words}（{told.article}）。请把会议改到 {first:%m-%d} 或以后。")
    raise DomainError(f"{told.words}（{told.article}）。有特殊情况要临时通知的，请写明原因。")


def _short_enough(reason: str) -> str:
    if len(reason) > _LONGEST_REASON:
        raise DomainError(f"临时通知的原因太长，最多 {_LONGEST_REASON} 个字，请缩短。")
    return reason


def _check_committee(rule: RuleView, told: date | None, it: MeetingRow) -> None:
    if not rule.tell_committee:
        return
    if told is None:
        raise DomainError(
            "召开业主大会应当同时告知居民委员会，请填告知日期（物业管理条例第十四条）。"
        )
    if told > it.on_date:
        raise DomainError("告知居委会的日期晚于开会日期，请核对。")


def _text(session: Session, it: MeetingRow, rule: RuleView, dated: date) -> NoticeText:
    phone = settings.value(session, settings.OFFICE_PHONE)
    listed = "\n".join(_line(one, rule) for one in agenda.items(session, it.id))
    away = f"，电话 {phone}" if phone else ""
    proxy = "可以书面委托一名代理人参加。" if rule.proxies else ""
    listen = "其他居民可以列席会议并发表意见。" if it.kind is BodyKind.REPRESENTATIVES else ""
    body = (
        f"经研究，决定召开{it.title}，现将有关事项通知如下：\n"
        "一、会议时间\n{时间}\n二、会议地点\n{地点}\n"
        f"三、会议议程\n{listed}\n"
        f"四、有关要求\n请提前十分钟签到。确实不能参加的，请事先请假{away}。{proxy}{listen}"
    )
    return NoticeText(
        kind=_PLAIN if it.kind in _EVERYBODY else MEETING,
        title=f"关于召开{it.title}的通知",
        recipients=_READERS.get(it.kind, "各位成员"),
        body=body,
        signed_by=_signer(session, it),
        dated=dated,
        when_words=it.when_long,
        where_words=it.place,
        phone=phone,
    )


def _signer(session: Session, it: MeetingRow) -> str:
    """Owners are called by whoever convenes them; every other meeting by the committee."""
    return (
        (it.called_by or it.body)[:60] if it.kind is BodyKind.OWNERS else papers.committee(session)
    )


def _line(one: ItemView, rule: RuleView) -> str:
    """（2）3 号楼停车位划分（表决）: after 2. the number of a building would read as 2.3."""
    verb = one.kind.label
    if one.kind is ItemKind.DECIDE and not rule.decides:
        verb = "意向表决"
    return f"（{one.place}）{one.title}{'' if one.kind is ItemKind.OTHER else f'（{verb}）'}"
