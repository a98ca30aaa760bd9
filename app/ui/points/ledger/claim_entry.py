"""From the form of 手工记分 to claims: an account for each, hours for those who serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Activity, ClaimOrigin, ClaimState, Deed, PointsClaim, PointsUnit
from app.services import points_accounts, points_claims, residents, volunteer_views, volunteers
from app.services.activity_finder import Person
from app.services.points_accounts import TooYoung
from app.services.points_claims import ClaimInput
from app.services.points_rules import Rule
from app.storage.lookup import lookup_of
from app.ui.points.ledger.claim_rows import ONE, ClaimRow

_HALF = ONE // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What holds for all who are on the form."""

    rule: Rule
    day: date
    reason: str
    witness: str
    words: str = ""
    half_hours: int = 0
    """Where the rule does not count hours itself"""
    points: int | None = None
    origin: ClaimOrigin = ClaimOrigin.BY_HAND
    source_key: str | None = None
    activity_id: int | None = None
    place: str = ""
    organiser: str = ""
    leader: str = ""
    ours: bool | None = None
    starts: int | None = None
    ends: int | None = None

    @property
    def counts_hours(self) -> bool:
        """Whether the quantity is the time of service."""
        return self.rule.deed.gives_hours and self.rule.per is PointsUnit.HOUR


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of it: points in sum, and how many wait for a second person."""

    points: int
    waiting: int


def enter(session: Session, matter: Matter, rows: Sequence[ClaimRow], *, now: datetime) -> Entered:
    """Enter a claim for each; raises TooYoung for a child whose household shares no account,
    DomainError naming whose cannot be booked."""
    claims = []
    for place, row in enumerate(rows):
        try:
            claims.append(_propose(session, matter, row, place, now))
        except TooYoung:
            raise
        except DomainError as error:
            if len(rows) > 1:
                error.args = (f"{row.person.name}：{error}",)
            raise
    entered = [session.get_one(PointsClaim, claim) for claim in claims]
    waiting = sum(claim.state is ClaimState.WAITING for claim in entered)
    return Entered(sum(claim.points for claim in entered), waiting)


def person_of(session: Session, *, resident_id: int | None, today: date) -> Person | None:
    """A resident as the form lists them, as a volunteer where they are one."""
    if resident_id is None:
        return None
    volunteer = volunteers.of_resident(session, resident_id)
    found = residents.rows(session, [resident_id], today=today)
    return Person(volunteer, resident_id, found[0].name, found[0].place) if found else None


def returned(
    session: Session, claim_id: int, today: date
) -> tuple[PointsClaim, Person, str, str | None]:
    """A claim that was sent back, whose it is, the answer to it, and the activity it came of.

    Raises DomainError for one that was not.
    """
    claim = session.get(PointsClaim, claim_id)
    if claim is None or claim.state is not ClaimState.RETURNED:
        raise DomainError("这一笔没有被退回，不用重新报。请刷新后再看。")
    owner = points_accounts.holder(session, claim.account_id)
    person = Person(claim.volunteer_id, owner.resident_id, owner.name, owner.detail)
    if claim.volunteer_id is not None:
        row = volunteer_views.row(lookup_of(session), claim.volunteer_id, today=today)
        resident = row.resident_id if row is not None else owner.resident_id
        person = Person(claim.volunteer_id, resident, owner.name, owner.detail)
    activity = session.get(Activity, claim.activity_id) if claim.activity_id else None
    return claim, person, claim.answer or "", activity.name if activity is not None else None


def _propose(session: Session, matter: Matter, row: ClaimRow, place: int, now: datetime) -> int:
    person, rule = row.person, matter.rule
    account = points_accounts.ensure_account(
        session,
        resident_id=person.resident_id,
        volunteer_id=person.volunteer_id,
        today=now.date(),
    )
    half_hours = row.quantity // _HALF if matter.counts_hours else matter.half_hours
    points = matter.points
    if points is not None and rule.deed is Deed.PENALTY:
        points = -abs(points)
    key = matter.source_key
    return points_claims.propose(
        session,
        ClaimInput(
            account_id=account,
            item_id=rule.item_id,
            on_date=matter.day,
            volunteer_id=person.volunteer_id,
            quantity=row.quantity,
            half_hours=half_hours if person.volunteer_id is not None else 0,
            points=points,
            words=matter.words,
            origin=matter.origin,
            source_key=f"{key}:{person.resident_id}" if key and place else key,
            activity_id=matter.activity_id,
            reason=matter.reason,
            witness=matter.witness,
            place=matter.place,
            organiser=matter.organiser,
            leader=matter.leader,
            ours=matter.ours,
            starts=matter.starts,
            ends=matter.ends,
        ),
        now=now,
    )
