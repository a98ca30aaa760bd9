"""Papers of the stars: the list for the wall, and the certificates of who was confirmed."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import StarState
from app.reports.certificate import Certificate
from app.reports.star_list import StarLine, StarList
from app.services import office, papers, settings, stars
from app.services.papers import Printing
from app.services.stars import StarRow, stars_words
from app.values.times import hours_figure, hours_words

HONOR = "星级志愿者证书"


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
