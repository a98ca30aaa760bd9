"""决议公示: a notice of kind 公示 in 文书, where its days, objections and answers are kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Body,
    BodyKind,
    Meeting,
    Resolution,
    ResolutionKind,
    ResolutionState,
    TopicState,
    Vote,
)
from app.reports.words import full_stop, long_date
from app.services import notices, resolutions, topic_way
from app.services.notice_kinds import CLOSING, PUBLICITY
from app.services.notices import NoticeText
from app.services.publicity import AFFAIRS
from app.services.resolution_rows import ResolutionRow
from app.values.money import yuan

_COUNCILS = (BodyKind.ASSEMBLY, BodyKind.REPRESENTATIVES)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWish:
    """How many days it is to hang; `posted_on` None while it does not hang yet."""

    days: int
    posted_on: date | None = None


def attendance(vote: Vote) -> str:
    """应到 61 人，表决时到会 43 人; owners take part without coming together (民法典 278)."""
    if vote.area_members:
        return f"业主 {vote.members} 人，参加表决 {vote.voters} 人。"
    return f"应到 {vote.members} 人，表决时到会 {vote.voters} 人。"


def charge_words(it: Resolution | ResolutionRow) -> str:
    """责任人：冯经理；2026年12月15日前办结；所需经费 18,600.00 元. '' where nothing is said."""
    told = (
        f"责任人：{it.owner}" if it.owner else "",
        f"{long_date(it.due_on)}前办结" if it.due_on else "",
        f"所需经费 {yuan(it.budget)} 元" if it.budget else "",
    )
    words = "；".join(one for one in told if one)
    return f"{words}。" if words else ""


def affair_of(kind: ResolutionKind, body: BodyKind) -> str:
    """Which of the seven matters of 居务公开 it is (居委会组织法 34); '' for none."""
    if kind is ResolutionKind.OPINION:
        return AFFAIRS[4]
    return AFFAIRS[0] if body in _COUNCILS else ""


def publish(
    session: Session, resolution_id: int, wish: NoticeWish, *, version: int, now: datetime
) -> int:
    """Write the 公示; gives its id in 文书.

    Raises DomainError where it was written already, and for fewer than fifteen days where the law
    asks for them (34).
    """
    row = resolutions.get_open(session, resolution_id, version=version)
    if notices.kept(session, row.notice_id) is not None:
        raise DomainError("这项决议的公示已经写好，请到“文书 · 通知”里看。")
    if wish.posted_on is not None and not row.made_on <= wish.posted_on <= now.date():
        raise DomainError("张贴日期应在作出决议那天以后、今天或以前，请核对。")
    text = _text(session, row, wish, now.date())
    row.notice_id = notices.add(session, text, now=now)
    if row.state is ResolutionState.MADE:
        row.state = ResolutionState.PUBLIC
    topic_way.follow(session, row.topic_id, TopicState.DECIDED)
    session.flush()
    return row.notice_id


def _text(session: Session, row: Resolution, wish: NoticeWish, today: date) -> NoticeText:
    meeting = session.get_one(Meeting, row.meeting_id)
    body = session.get_one(Body, meeting.body_id)
    affair = affair_of(row.kind, body.kind)
    return replace(
        notices.blank(session, today=wish.posted_on or today, kind_name=PUBLICITY),
        title=f"关于“{row.title}”{row.kind.label}的公示",
        body=_body(session, row, meeting, affair),
        posted_on=wish.posted_on,
        period_days=wish.days,
        affair=affair,
    )


def _body(session: Session, row: Resolution, meeting: Meeting, affair: str) -> str:
    vote = session.get(Vote, row.vote_id) if row.vote_id is not None else None
    talked = "表决" if row.kind is ResolutionKind.DECISION else "协商"
    lines = [
        f"{long_date(meeting.on_date)}，{meeting.title}{talked}了“{row.title}”，"
        f"现将{row.kind.label}（{row.number}）公示如下：",
        "一、内容",
        full_stop(row.words),
        "二、结果",
        _result(vote) if vote is not None else "经协商，形成上述意见。",
    ]
    charge = charge_words(row)
    lines += ["三、落实", charge] if charge else []
    lines.append(CLOSING)
    if affair:
        lines.append(f"本公示属居务公开（居民委员会组织法第三十四条）：{affair}。")
    return "\n".join(lines)


def _result(vote: Vote) -> str:
    """Who was there, what was counted, by which rule (domain.md 5.7)."""
    article = vote.rule.get("article")
    basis = f"（依据{article}）" if article else ""
    return f"{attendance(vote)}{vote.words.rstrip('。')}{basis}。"
