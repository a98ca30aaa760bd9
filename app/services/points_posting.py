"""From an agreed claim to the books: its points and its hours, in one transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Activity, ClaimState, Deed, EntryKind, PointsClaim, PointsItem
from app.services import points_book
from app.services.points_book import Booking


def post(session: Session, claim: PointsClaim, *, now: datetime, reviewed_by: str = "") -> None:
    """Write what a claim gives into the ledgers; raises DomainError where a book refuses it."""
    item = session.get_one(PointsItem, claim.item_id)
    activity = session.get(Activity, claim.activity_id) if claim.activity_id else None
    claim.state = ClaimState.ACCEPTED
    claim.reviewed_by = reviewed_by or None
    claim.reviewed_at = now if reviewed_by else None
    points, words = _points(session, claim, item, now)
    if points:
        _book(session, claim, item, points, words, activity, now, reviewed_by)
    if claim.half_hours and claim.volunteer_id is not None:
        points_book.book_hours(
            session,
            claim.volunteer_id,
            claim.half_hours,
            on_date=claim.on_date,
            activity_id=claim.activity_id,
            claim_id=claim.id,
            words=claim.words or item.name,
            now=now,
            entered_by=claim.entered_by,
            reviewed_by=reviewed_by,
        )
    session.flush()


def _points(
    session: Session, claim: PointsClaim, item: PointsItem, now: datetime
) -> tuple[int, str]:
    """A penalty takes no more than there is (domain.md 3.3: never below zero)."""
    if item.deed is not Deed.PENALTY or claim.points >= 0:
        return claim.points, claim.words
    there = points_book.available(session, claim.account_id, now.date()).points
    if there >= -claim.points:
        return claim.points, claim.words
    return -there, f"{claim.words}（应扣 {-claim.points} 分，账户只有 {there} 分）"


def _book(
    session: Session,
    claim: PointsClaim,
    item: PointsItem,
    points: int,
    words: str,
    activity: Activity | None,
    now: datetime,
    reviewed_by: str,
) -> None:
    booking = Booking(
        account_id=claim.account_id,
        kind=EntryKind.PENALTY if item.deed is Deed.PENALTY else EntryKind.EARNED,
        points=points,
        on_date=claim.on_date,
        words=words,
        item_id=item.id,
        quantity=claim.quantity,
        claim_id=claim.id,
        team_id=activity.team_id if activity is not None else None,
        entered_by=claim.entered_by,
        reviewed_by=reviewed_by,
    )
    points_book.book(session, booking, now=now)
