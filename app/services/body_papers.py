"""Papers of the bodies: 成员名册, 业主清册."""

from sqlalchemy.orm import Session

from app.reports.body_roster import BodyRoster, Holding, Seat
from app.services import body_views, owner_views, papers
from app.services.body_composition import COMMITTEE_ROLES, composition
from app.services.body_views import BodyView, MemberView
from app.services.owner_views import OwnerView
from app.services.papers import Printing
from app.values.areas import plain_metres
from app.values.masking import mask_phones


def roster(
    session: Session, body_id: int, printing: Printing, *, owners: bool = False
) -> tuple[BodyRoster, list[int]]:
    """The members of today, or the owners; and the residents among them, for the record."""
    papers.require_whole(session, "业主清册" if owners else "成员名册")
    today = printing.at.date()
    body = body_views.body(session, body_id, today)
    found = body_views.members(session, body_id, today) if not owners else []
    holders = owner_views.owners(session, body_id) if owners else []
    known = [one.resident_id for one in found] + [one.resident_id for one in holders]
    people = [one for one in known if one is not None]
    data = BodyRoster(
        office=papers.committee(session),
        body=body.name,
        kind=body.kind.label,
        term=_term(body),
        words="" if owners else composition(session, body_id, today).share_words,
        of_owners=owners,
        seats=[_seat(one) for one in found],
        holdings=[_holding(one) for one in holders],
        area=plain_metres(sum(one.area for one in holders)),
        printed_on=today,
        printed_by=printing.by,
    )
    return data, people


def _term(body: BodyView) -> str:
    until = f"至 {body.until:%Y-%m-%d}" if body.until else "起"
    return f"{body.term_words} {body.since:%Y-%m-%d} {until}".strip()


def _seat(one: MemberView) -> Seat:
    both = one.in_committee and one.role not in COMMITTEE_ROLES
    return Seat(
        name=one.name,
        role=f"{one.role.label}、居委会成员" if both else one.role.label,
        place=" ".join(part for part in (one.came_from, one.position) if part),
        households=str(one.households or ""),
        phone=mask_phones(one.phone),
        since=f"{one.since:%Y-%m-%d}",
        remark=one.remark,
    )


def _holding(one: OwnerView) -> Holding:
    return Holding(
        number=str(one.number),
        name=one.name,
        rooms=one.rooms,
        area=plain_metres(one.area),
        phone=mask_phones(one.phone),
        remark=one.remark,
    )
