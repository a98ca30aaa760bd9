"""决议公示: a notice of kind 公示 in 文书, where its days, objections and answers are kept."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Body,
    BodyKind,
    Meeting,
    Notice,
    Resolution,
    ResolutionKind,
    ResolutionState,
    TopicState,
    Vote,
)
from app.reports.words import long_date
from app.services import notices, papers, publicity, resolutions, settings, topic_way
from app.services.notice_kinds import PUBLICITY
from app.services.notices import NoticeText
from app.services.publicity import AFFAIRS
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


def affair_of(kind: ResolutionKind, body: BodyKind) -> str:
    """Which of the seven matters of 居务公开 it is (居委会组织法 34); '' for none."""
    if kind is ResolutionKind.OPINION:
        return AFFAIRS[4]
    return AFFAIRS[0] if body in _COUNCILS else ""


def publish(
    session: Session, resolution_id: int, wish: NoticeWish, *, version: int, now: datetime
) -> int:
    """Write the 公示, or find the one that was written; gives its id in 文书.

    Raises DomainError for fewer than fifteen days where the law asks for them (34).
    """
    row = resolutions.get_open(session, resolution_id, version=version)
    known = session.get(Notice, row.notice_id) if row.notice_id is not None else None
    if known is not None and known.deleted_at is None:
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
    return NoticeText(
        kind=PUBLICITY,
        title=f"关于“{row.title}”{row.kind.label}的公示",
        body=_body(session, row, meeting, affair),
        signed_by=papers.committee(session),
        dated=wish.posted_on or today,
        phone=settings.value(session, settings.OFFICE_PHONE),
        posted_on=wish.posted_on,
        period_days=wish.days,
        period_kind=publicity.NATURAL,
        affair=affair,
        objections_to=publicity.channel(session),
    )


def _body(session: Session, row: Resolution, meeting: Meeting, affair: str) -> str:
    vote = session.get(Vote, row.vote_id) if row.vote_id is not None else None
    talked = "表决" if row.kind is ResolutionKind.DECISION else "协商"
    lines = [
        f"{long_date(meeting.on_date)}，{meeting.title}{talked}了“{row.title}”，"
        f"现将{row.kind.label}（{row.number}）公示如下：",
        "一、内容",
        row.words,
        "二、结果",
        _result(vote) if vote is not None else "经协商，形成上述意见。",
    ]
    charge = _charge(row)
    lines += ["三、落实", charge] if charge else []
    lines.append(
        "公示期为{公示期}。公示期间如有不同意见，请通过以下方式反映：{异议渠道}。"
        "反映问题请实事求是，社区为反映人保密，并在期满前答复。"
    )
    if affair:
        lines.append(f"本公示属居务公开（居民委员会组织法第三十四条）：{affair}。")
    return "\n".join(lines)


def _result(vote: Vote) -> str:
    """Who was there, what was counted, by which rule (domain.md 5.7)."""
    article = vote.rule.get("article")
    basis = f"（依据{article}）" if article else ""
    return f"{attendance(vote)}{vote.words.rstrip('。')}{basis}。"


def _charge(row: Resolution) -> str:
    told = (
        f"责任人：{row.owner}" if row.owner else "",
        f"{long_date(row.due_on)}前办结" if row.due_on else "",
        f"所需经费 {yuan(row.budget)} 元" if row.budget else "",
    )
    words = "，".join(one for one in told if one)
    return f"{words}。" if words else ""
