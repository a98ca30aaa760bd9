"""What two records of one person have in 积分超市 becomes one: account, hours, cards, activities.

Ledgers are never changed: points and hours of the record that is given up go over by lines.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import (
    AccountState,
    ClaimState,
    HeldBasket,
    Participation,
    PointsAccount,
    PointsCard,
    PointsClaim,
    Redemption,
    Reservation,
    ReservationState,
    Resident,
    StarAward,
    Team,
    TeamMember,
    Volunteer,
    VolunteerNote,
)
from app.services import points_book, points_hours
from app.values.times import hours_words


def bring_together(
    session: Session, keep: Resident, other: Resident, *, now: datetime
) -> tuple[str, ...]:
    """Give the keeper all that the other record has; says what a ledger had to be written for.

    Raises DomainError where points of a frozen account would have to move.
    """
    said = (*_accounts(session, keep, other, now), *_volunteers(session, keep, other, now))
    _visits_of_the_shop(session, keep, other)
    session.flush()
    return said


def _accounts(session: Session, keep: Resident, other: Resident, now: datetime) -> Iterator[str]:
    mine, theirs = (_account_of(session, one) for one in (keep, other))
    if theirs is None:
        return
    if mine is None:
        theirs.resident_id = keep.id
        return
    if mine.state is AccountState.CLOSED and theirs.state is not AccountState.CLOSED:
        # What goes over has to be of use.
        mine.state, mine.closed_on = AccountState.OPEN, None
    _follow(session, mine, theirs)
    points_book.expire(session, now=now, account_id=theirs.id)
    points = points_book.balance(session, theirs.id)
    if points:
        words = {"out_words": "两份资料合并，转到留下的一份", "in_words": "两份资料合并，转来"}
        points_book.move(session, theirs.id, mine.id, points, now=now, **words)
        yield f"两个积分账户合为一个，转来 {points:,} 分。"
    theirs.state, theirs.closed_on = AccountState.CLOSED, now.date()


def _account_of(session: Session, person: Resident) -> PointsAccount | None:
    return session.scalar(select(PointsAccount).where(PointsAccount.resident_id == person.id))


def _follow(session: Session, mine: PointsAccount, theirs: PointsAccount) -> None:
    """What is open goes on in the account that stays; cards go on to open it."""
    waiting = (
        *session.scalars(select(PointsCard).where(PointsCard.account_id == theirs.id)),
        *session.scalars(
            select(PointsClaim).where(
                PointsClaim.account_id == theirs.id, PointsClaim.state == ClaimState.WAITING
            )
        ),
        *session.scalars(
            select(Reservation).where(
                Reservation.account_id == theirs.id,
                Reservation.state == ReservationState.WAITING,
            )
        ),
    )
    for row in waiting:
        row.account_id = mine.id
    held = update(HeldBasket).where(HeldBasket.account_id == theirs.id)
    session.execute(held.values(account_id=mine.id))


def _volunteers(session: Session, keep: Resident, other: Resident, now: datetime) -> Iterator[str]:
    mine, theirs = (
        session.scalar(select(Volunteer).where(Volunteer.resident_id == one.id))
        for one in (keep, other)
    )
    if theirs is None:
        return
    if mine is None:
        theirs.resident_id = keep.id
        return
    words = f"志愿者 {theirs.number:04d} 并入 {mine.number:04d}"
    moved = points_hours.hand_over(session, theirs.id, mine.id, words=words, now=now)
    _memberships(session, mine, theirs)
    _activities(session, mine, theirs)
    if theirs.left_on is None:
        theirs.left_on, theirs.left_reason = now.date(), f"并入志愿者 {mine.number:04d}"
    theirs.deleted_at = now
    hours = f"，转来 {hours_words(moved)}" if moved else ""
    yield f"志愿者 {theirs.number:04d} 并入 {mine.number:04d}{hours}。"


def _memberships(session: Session, mine: Volunteer, theirs: Volunteer) -> None:
    standing = TeamMember.until.is_(None)
    in_teams = set(
        session.scalars(
            select(TeamMember.team_id).where(TeamMember.volunteer_id == mine.id, standing)
        )
    )
    for row in session.scalars(select(TeamMember).where(TeamMember.volunteer_id == theirs.id)):
        if row.until is not None or row.team_id not in in_teams:
            row.volunteer_id = mine.id
    for team in session.scalars(select(Team).where(Team.leader_id == theirs.id)):
        team.leader_id = mine.id
    notes = session.scalars(select(VolunteerNote).where(VolunteerNote.volunteer_id == theirs.id))
    stars = session.scalars(select(StarAward).where(StarAward.volunteer_id == theirs.id))
    for line in (*notes, *stars):
        line.volunteer_id = mine.id
    claims = select(PointsClaim).where(
        PointsClaim.volunteer_id == theirs.id, PointsClaim.state == ClaimState.WAITING
    )
    for claim in session.scalars(claims):
        claim.volunteer_id = mine.id


def _activities(session: Session, mine: Volunteer, theirs: Volunteer) -> None:
    """An activity to which both were signed up keeps the keeper's line."""
    known = set(
        session.scalars(
            select(Participation.activity_id).where(Participation.volunteer_id == mine.id)
        )
    )
    for row in session.scalars(
        select(Participation).where(Participation.volunteer_id == theirs.id)
    ):
        if row.activity_id not in known:
            row.volunteer_id = mine.id


def _visits_of_the_shop(session: Session, keep: Resident, other: Resident) -> None:
    known = set(
        session.scalars(
            select(Participation.activity_id).where(Participation.resident_id == keep.id)
        )
    )
    for row in session.scalars(select(Participation).where(Participation.resident_id == other.id)):
        if row.activity_id not in known:
            row.resident_id = keep.id
    for slip in session.scalars(select(Redemption).where(Redemption.resident_id == other.id)):
        slip.resident_id = keep.id
