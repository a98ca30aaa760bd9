"""《不予出具告知单》: what was handed out instead of a certificate."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action
from app.models import Refusal as RefusalRow
from app.reports.refusal import Refusal
from app.services import office, papers
from app.services.chunks import chunks
from app.services.forbidden import ForbiddenItem
from app.services.identity_texts import ERASED_WORDS
from app.services.registers import EVERYTHING, RegisterFilter
from app.services.shipped_templates import CHECKED
from app.storage import journal
from app.values.text import tidy

HEADINGS = ("序号", "日期", "申请人", "申请事项", "清单事项", "经办人")
TITLE = "不予出具告知单"


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


def refusal_paper(session: Session, refusal_id: int) -> Refusal:
    """The same paper again; raises DomainError when it cannot be read any more."""
    row = session.get(RefusalRow, refusal_id)
    if row is None:
        raise DomainError("没有找到这份告知单，请刷新列表。")
    if row.applicant == ERASED_WORDS:
        raise DomainError("这份告知单的存根保存期已满，内容已经抹去，不能再打印。")
    try:
        kept = dict(row.snapshot)
        return Refusal(**{**kept, "day": date.fromisoformat(kept["day"])})
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError("这份告知单存下的内容读不出来，请重新开一份。") from error


def note_printed(session: Session, refusal_id: int) -> None:
    """Journal that a paper was handed out once more."""
    journal.record_look(session, Action.PRINTED, RefusalRow, [refusal_id])


def ids(session: Session, chosen: RegisterFilter = EVERYTHING) -> list[int]:
    """What was handed out, in the order of days; of the filter, its year, days and words."""
    statement = select(RefusalRow.id).order_by(RefusalRow.given_on, RefusalRow.id)
    since, until = chosen.since, chosen.until
    if chosen.year is not None:
        since, until = date(chosen.year, 1, 1), date(chosen.year, 12, 31)
    if since is not None:
        statement = statement.where(RefusalRow.given_on >= since)
    if until is not None:
        statement = statement.where(RefusalRow.given_on <= until)
    columns = (RefusalRow.applicant, RefusalRow.matter, RefusalRow.item)
    for word in tidy(chosen.text).split():
        statement = statement.where(or_(*(one.contains(word, autoescape=True) for one in columns)))
    return list(session.scalars(statement))


def rows(
    session: Session, refusal_ids: Sequence[int], *, first: int = 1, masked: bool = True
) -> list[tuple[str, ...]]:
    """One text per heading and paper, in the order given; there is no number to be `masked`."""
    found: dict[int, RefusalRow] = {}
    for part in chunks(refusal_ids, 500):
        statement = select(RefusalRow).where(RefusalRow.id.in_(part))
        found.update({row.id: row for row in session.scalars(statement)})
    return [
        (str(number), row.given_on.isoformat(), row.applicant, row.matter, row.item, row.handled_by)
        for number, row in enumerate((found[key] for key in refusal_ids), start=first)
    ]


def people(session: Session, refusal_ids: Sequence[int]) -> list[int]:
    """The residents behind them, in order of their ids."""
    found: set[int] = set()
    for part in chunks(refusal_ids, 500):
        statement = select(RefusalRow.resident_id).where(RefusalRow.id.in_(part))
        found.update(one for one in session.scalars(statement) if one)
    return sorted(found)


def years(session: Session) -> list[int]:
    """The years in which any was handed out, the latest first."""
    days = session.scalars(select(RefusalRow.given_on).distinct())
    return sorted({day.year for day in days}, reverse=True)
