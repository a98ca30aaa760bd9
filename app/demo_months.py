"""Reviews and months of the made-up points: agreed by a second person, closed, made public."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo_papers import SECRETARY, Errand
from app.demo_teams import REVIEWS
from app.models import ClaimState, PointsClaim, PointsMonth
from app.services import points_claims, points_months, points_publishing
from app.values.rights import SECRETARY as IN_CHARGE
from app.values.rights import SOCIAL_WORKER

_DAY, _TUESDAY, _SATURDAY = timedelta(days=1), 1, 5
_REVIEW_DAY, _CLOSING_DAY = 3, 4
_NOT_REVIEWED, _HANGS, _OBJECTIONS = timedelta(days=6), timedelta(days=3), timedelta(days=8)
_PLACES = "社区公示栏、3 号楼门厅"


def reviews(first: date, today: date) -> Iterator[Errand]:
    """Every Tuesday and before a month is closed; of the last week some still wait."""
    day = first
    while day < today:
        weekly = day.weekday() == _TUESDAY and day < today - _NOT_REVIEWED
        if weekly or day.day == _REVIEW_DAY:
            yield review(day)
        day += _DAY


def review(day: date) -> Errand:
    """Everything that waits is agreed to."""
    return Errand(day, "复核通过待复核的积分", _accept, REVIEWS, SOCIAL_WORKER)


def months(first: date, today: date) -> Iterator[Errand]:
    """The earlier ones are in the archive, the list of the last one hangs."""
    month, this_month = first.replace(day=1), today.replace(day=1)
    while month < this_month:
        following = (month + 32 * _DAY).replace(day=1)
        closed = _workday(following.replace(day=_CLOSING_DAY))
        yield from _Month(month).errands(closed, today if following == this_month else None)
        month = following


class _Month:
    def __init__(self, first: date) -> None:
        self._number = first.year * 100 + first.month
        self._name = f"{first:%Y-%m}"

    def errands(self, closed: date, hangs_on: date | None) -> Iterator[Errand]:
        """`hangs_on`: a day on which the list is still to hang."""
        signed = _workday(closed + _DAY)
        posted = signed if hangs_on is None else max(signed, hangs_on - _HANGS)
        yield self._errand(closed, f"月结 {self._name}，生成公示", self._close)
        yield self._errand(signed, f"审核 {self._name} 积分公示", self._sign)
        yield self._errand(posted, f"张贴 {self._name} 积分公示", self._post)
        if hangs_on is None:
            archived = posted + _OBJECTIONS
            yield self._errand(archived, f"归档 {self._name} 积分公示", self._archive)

    def _close(self, session: Session, now: datetime) -> None:
        points_months.close(session, self._number, now=now)
        version, today = self._version(session), now.date()
        points_publishing.prepare(session, self._number, version=version, today=today)

    def _sign(self, session: Session, now: datetime) -> None:
        version, today = self._version(session), now.date()
        points_publishing.sign(
            session, self._number, signer=SECRETARY, version=version, today=today
        )

    def _post(self, session: Session, now: datetime) -> None:
        version, today = self._version(session), now.date()
        points_publishing.post(
            session, self._number, places=_PLACES, on=today, version=version, today=today
        )

    def _archive(self, session: Session, now: datetime) -> None:
        version, today = self._version(session), now.date()
        points_publishing.archive(session, self._number, version=version, today=today)

    def _version(self, session: Session) -> int:
        wanted = select(PointsMonth.version).where(PointsMonth.month == self._number)
        return session.scalars(wanted).one()

    def _errand(
        self, day: date, sentence: str, act: Callable[[Session, datetime], object]
    ) -> Errand:
        return Errand(day, sentence, act, SECRETARY, IN_CHARGE)


def _accept(session: Session, now: datetime) -> None:
    wanted = select(PointsClaim.id).where(
        PointsClaim.state == ClaimState.WAITING, PointsClaim.entered_by != REVIEWS
    )
    waiting = session.scalars(wanted.order_by(PointsClaim.id)).all()
    points_claims.accept(session, waiting, now=now)


def _workday(day: date) -> date:
    """The day, or the Monday after it."""
    return day + _DAY * (7 - day.weekday() if day.weekday() >= _SATURDAY else 0)
