"""《不予出具告知单》: what was handed out instead of a certificate."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Refusal as RefusalRow
from app.reports.refusal import Refusal
from app.services import office, papers
from app.services.forbidden import ForbiddenItem
from app.services.shipped_templates import CHECKED
from app.values.text import tidy


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """One 不予出具告知单 that was handed out."""

    id: int
    given_on: date
    applicant: str
    matter: str
    item: str
    handled_by: str


def planned_refusal(
    session: Session,
    *,
    applicant: str,
    matter: str,
    item: ForbiddenItem,
    handled_by: str,
    today: date,
) -> Refusal:
    """What would be printed; raises DomainError while applicant or matter is missing."""
    if not tidy(applicant) or not tidy(matter):
        raise DomainError("请填写申请人和申请开具的事项，再打印告知单。")
    return Refusal(
        office=papers.committee(session),
        applicant=tidy(applicant)[:60],
        matter=tidy(matter)[:120],
        item_name=item.name,
        item_number=item.place,
        document=item.document,
        where_to_go=item.where_to_go,
        basis=item.redirect_basis if item.redirect_grade == CHECKED else "",
        day=today,
        handled_by=handled_by,
        office_phone=office.office(session).phone,
    )


def make_refusal(
    session: Session,
    *,
    applicant: str,
    resident_id: int | None,
    matter: str,
    item: ForbiddenItem,
    handled_by: str,
    today: date,
) -> tuple[int, Refusal]:
    """Note that a refusal was handed out, and what is printed on it; no number is used for it."""
    paper = planned_refusal(
        session,
        applicant=applicant,
        matter=matter,
        item=item,
        handled_by=handled_by,
        today=today,
    )
    row = RefusalRow(
        given_on=today,
        applicant=paper.applicant,
        resident_id=resident_id,
        matter=paper.matter,
        item=item.name,
        handled_by=handled_by,
        snapshot={**asdict(paper), "day": today.isoformat()},
    )
    session.add(row)
    session.flush()
    return row.id, paper


def refusals(session: Session, *, limit: int = 200) -> list[RefusalLine]:
    """What was handed out, newest first."""
    found = session.scalars(
        select(RefusalRow).order_by(RefusalRow.given_on.desc(), RefusalRow.id.desc()).limit(limit)
    )
    return [
        RefusalLine(one.id, one.given_on, one.applicant, one.matter, one.item, one.handled_by)
        for one in found
    ]


def refusal_paper(session: Session, refusal_id: int) -> Refusal:
    """The same paper again; raises DomainError when it cannot be read any more."""
    row = session.get(RefusalRow, refusal_id)
    if row is None:
        raise DomainError("没有找到这份告知单，请刷新列表。")
    try:
        kept = dict(row.snapshot)
        return Refusal(**{**kept, "day": date.fromisoformat(kept["day"])})
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError("这份告知单存下的内容读不出来，请重新开一份。") from error
