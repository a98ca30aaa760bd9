"""回收称重: the list of a collection point, who brought how much, booked in one step.

Goods for recycling and kitchen waste give points and never hours (order 67 art. 19). A second
person looks at all of it, as at whatever was not typed alone by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import ClaimOrigin, PointsUnit
from app.services import points_accounts, points_claims, points_rules
from app.services.points_accounts import TooYoung
from app.services.points_claims import AlreadyClaimed, ClaimInput
from app.services.points_rules import Rule
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.text import tidy

LONGEST_POINT = 20
_LONGEST_KEY = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What holds for the whole list."""

    item_id: int
    item: str
    on_date: date
    point: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """Somebody on it; `quantity` in hundredths of a kilogram."""

    name: str
    resident_id: int | None
    volunteer_id: int | None
    quantity: int


def rules(source: Source, day: date) -> list[Rule]:
    """The matters in use that give points by the kilogram, as they are on a day."""
    return [one for one in points_rules.rules_on(source, day) if one.per is PointsUnit.KILOGRAM]


def collection_points(source: Source) -> list[str]:
    """The points that lists came from, the latest first."""
    own = [Sql("origin = ? AND place IS NOT NULL", (ClaimOrigin.RECYCLING.value,))]
    rest = "GROUP BY place ORDER BY max(id) DESC"
    return list(lookup_of(source).column(query("place", "points_claim", own, rest)))


def book(
    session: Session, weighing: Weighing, people: Sequence[Weighed], *, now: datetime
) -> list[int]:
    """A claim for each of them; gives their ids.

    Raises TooYoung for a child whose household shares no account, DomainError naming whose
    line is there already or cannot be booked: then nothing of the list is.
    """
    if not tidy(weighing.point):
        raise DomainError("请写回收点，如 2 号回收点，公示和查账时要看。")
    if not people:
        raise DomainError("还没有称重的人。请扫卡或输入姓名，按 Enter 加进来。")
    for person in people:
        if person.quantity <= 0:
            raise DomainError(f"{person.name}还没有填公斤数，整张都没有记。填好再记，不要的去掉。")
    return [_one(session, weighing, person, now) for person in people]


def _one(session: Session, weighing: Weighing, person: Weighed, now: datetime) -> int:
    try:
        account = points_accounts.ensure_account(
            session,
            resident_id=person.resident_id,
            volunteer_id=person.volunteer_id,
            today=now.date(),
        )
        return points_claims.propose(session, _claim(weighing, person, account), now=now)
    except AlreadyClaimed as error:
        raise DomainError(
            f"{person.name} {weighing.on_date:%m-%d} 在{tidy(weighing.point)}的{weighing.item}"
            "已经记过，整张都没有记。同一张单子不用再录；当天又来称过的，把这一行去掉，用“手工记分”补记。"
        ) from error
    except TooYoung:
        raise
    except DomainError as error:
        raise DomainError(f"{person.name}：{error}") from error


def _claim(weighing: Weighing, person: Weighed, account: int) -> ClaimInput:
    point = tidy(weighing.point)
    key = f"weighed:{weighing.on_date:%Y%m%d}:{weighing.item_id}:{account}:{point}"
    return ClaimInput(
        account_id=account,
        item_id=weighing.item_id,
        on_date=weighing.on_date,
        volunteer_id=person.volunteer_id,
        quantity=person.quantity,
        words=f"{point} 称重 {person.quantity / 100:g} 公斤",
        origin=ClaimOrigin.RECYCLING,
        source_key=key[:_LONGEST_KEY],
        place=point,
    )
