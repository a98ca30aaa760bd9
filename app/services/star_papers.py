"""Papers of the stars: the list for the wall, and the certificates of who was confirmed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import StarAward, StarState
from app.reports.certificate import Certificate
from app.reports.star_list import StarLine, StarList
from app.services import notices, office, papers, publicity, settings, stars
from app.services.notice_kinds import OBJECTIONS, PUBLICITY
from app.services.notices import NoticeText
from app.services.papers import Printing
from app.services.stars import StarRow, stars_words
from app.values.times import hours_figure, hours_words

HONOR = "星级志愿者证书"
_CONSENT = "本人同意公开姓名（志愿者登记时填写）；没有同意的只写编号"


def wall_list(session: Session, award_ids: Sequence[int], printing: Printing) -> StarList:
    """The list of these awards, most stars first; names only with consent (order 67 art. 16)."""
    rows = stars.chosen_awards(session, award_ids, today=printing.at.date())
    hanging = [one for one in rows if one.public_from is not None]
    return StarList(
        office=papers.committee(session),
        phone=office.office(session).phone,
        lines=[_line(one) for one in rows],
        begun=min((one.public_from for one in hanging if one.public_from), default=None),
        until=max((one.public_until for one in hanging if one.public_until), default=None),
        working_days=settings.value(session, settings.STAR_NOTICE_DAYS),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def notice(session: Session, award_ids: Sequence[int], *, now: datetime) -> int:
    """The list as a 公示 of 文书, which keeps objections and the picture of the board; its id.

    Of one list there is one notice. Raises DomainError for an award that does not hang: its days
    would not be those of the notice, and for one that stands on another notice.
    """
    rows = stars.chosen_awards(session, award_ids, today=now.date())
    other = next((one for one in rows if one.state is not StarState.PUBLISHED), None)
    if other is not None:
        raise DomainError(f"{other.volunteer.title} 不在公示中，请先办公示，再写公示通知。")
    known = {one.notice_id for one in rows}
    if len(known) == 1 and (written := known.pop()) is not None:
        return written
    twice = next((one for one in rows if one.notice_id is not None), None)
    if twice is not None:
        raise DomainError(f"{twice.volunteer.title} 已经在另一份公示通知里，请分开勾选。")
    made = notices.add(session, _notice(session, rows, now.date()), now=now)
    for row in session.scalars(select(StarAward).where(StarAward.id.in_(award_ids))):
        row.notice_id = made
    session.flush()
    return made


def certificates(
    session: Session, award_ids: Sequence[int], *, today: date
) -> tuple[list[Certificate], list[StarRow]]:
    """A sheet of honour for each; raises DomainError for an award that is not confirmed yet."""
    rows = stars.chosen_awards(session, award_ids, today=today)
    early = next((one for one in rows if one.state is not StarState.CONFIRMED), None)
    if early is not None:
        raise DomainError(
            f"{early.volunteer.name}的{stars_words(early.stars)}还没有认定，认定以后才能打印证书。"
        )
    committee = papers.committee(session)
    return [_certificate(one, committee) for one in rows], rows


def _notice(session: Session, rows: Sequence[StarRow], today: date) -> NoticeText:
    lines = (
        f"{one.public_name}，服务时长 {hours_words(one.half_hours)}，{stars_words(one.stars)}"
        for one in rows
    )
    return replace(
        notices.blank(session, today=today, kind_name=PUBLICITY),
        title="关于拟认定星级志愿者的公示",
        body=(
            "按照志愿服务时长和星级标准，拟认定下列志愿者为星级志愿者，现公示如下：\n"
            + "\n".join(f"{line}。" for line in lines)
            + f"\n{OBJECTIONS}"
        ),
        posted_on=min(one.public_from or today for one in rows),
        period_days=settings.value(session, settings.STAR_NOTICE_DAYS),
        period_kind=publicity.WORKING,
        consent_reason=_CONSENT,
    )


def _line(one: StarRow) -> StarLine:
    return StarLine(
        name=one.public_name,
        team="、".join(one.volunteer.teams),
        stars=stars_words(one.stars),
        hours=hours_figure(one.half_hours),
    )


def _certificate(one: StarRow, committee: str) -> Certificate:
    person = one.volunteer
    return Certificate(
        office=committee,
        title=HONOR,
        number=f"志愿者 {person.number_words}",
        paragraphs=(
            f"{person.name}同志：",
            f"您累计参加志愿服务 {hours_words(one.half_hours)}，"
            f"经公示，认定为{stars_words(one.stars)}志愿者。",
            "特发此证，感谢您的奉献。",
        ),
        holder=person.name,
        issued_on=one.decided_on,
        counterfoil=False,
        layout="honor",
    )
