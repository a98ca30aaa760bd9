"""Claims (待复核): what somebody is to get for a matter, entered by one person, agreed by another.

Points and hours reach their books only from here, so that each line names its claim.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    AccountState,
    ClaimOrigin,
    ClaimState,
    Deed,
    PointsAccount,
    PointsClaim,
    PointsItem,
)
from app.services import points_rules, rights, service_facts, settings
from app.services.points_hours import check_gives_hours
from app.services.points_posting import post
from app.services.points_review import accept, reverse, send_back, withdraw
from app.services.service_facts import ServiceFacts
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy
from app.values.times import DAY_HALF_HOURS

__all__ = [
    "AlreadyClaimed",
    "ClaimInput",
    "accept",
    "propose",
    "reverse",
    "send_back",
    "waiting_count",
    "withdraw",
]

LONGEST_WORDS, LONGEST_REASON, LONGEST_WITNESS, LONGEST_PLACE = 120, 200, 60, 80
MOST_POINTS, MOST_QUANTITY = 100_000, 10_000_000
"""Of one claim; the quantity in hundredths: a figure typed too many is caught here."""


class AlreadyClaimed(DomainError):
    """The same matter was entered before; nothing was added."""

    def __init__(self, words: str) -> None:
        super().__init__(f"“{words}”已经记过，没有再记一次。")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimInput:
    """What is to be booked. `quantity` in hundredths of the rule's unit; `points` None: by rule.

    Of service without an activity: its facts, minutes of the day where they are known, and
    whether this community called for it (`ours`; None where nobody said so).
    """

    account_id: int
    item_id: int
    on_date: date
    volunteer_id: int | None = None
    quantity: int = 100
    half_hours: int = 0
    points: int | None = None
    words: str = ""
    origin: ClaimOrigin = ClaimOrigin.BY_HAND
    source_key: str | None = None
    activity_id: int | None = None
    reason: str = ""
    witness: str = ""
    place: str = ""
    organiser: str = ""
    leader: str = ""
    starts: int | None = None
    ends: int | None = None
    ours: bool | None = None


@dataclass(frozen=True, slots=True)
class _Reckoned:
    points: int
    rule_id: int | None
    words: str


def propose(session: Session, entered: ClaimInput, *, now: datetime) -> int:
    """Enter a claim; gives its id. It waits for a second person.

    What is typed by hand and gives few points (settings.POINTS_ALONE, an account and a day in
    sum) is booked at once. Raises AlreadyClaimed for a `source_key` that is there, DomainError.
    """
    rights.require(session, Right.RECORD_POINTS)
    return enter(session, entered, now=now)


def enter(session: Session, entered: ClaimInput, *, now: datetime) -> int:
    """As `propose`, for services of other desks that ask for a right of their own."""
    item = _item(session, entered.item_id)
    _check(session, entered, item, now)
    reckoned = _reckon(session, entered, item)
    if abs(reckoned.points) > MOST_POINTS:
        raise DomainError(f"一笔最多 {MOST_POINTS:,} 分，请核对是不是多打了数字。")
    if not reckoned.points and not entered.half_hours and entered.origin is ClaimOrigin.BY_HAND:
        raise DomainError(f"{reckoned.words or '算下来是 0 分'}，没有可记的。请核对数量和日期。")
    claim = _claim(session, entered, reckoned, _facts(session, entered), now)
    if item.deed is Deed.PENALTY:
        claim.told_on = now.date()
    session.add(claim)
    session.flush()
    if _alone(session, claim, item, now):
        post(session, claim, now=now)
    return claim.id


def waiting_count(source: Source) -> int:
    """How many claims wait for a second person."""
    waiting = Sql("state = ?", (ClaimState.WAITING.value,))
    return int(lookup_of(source).value(query("count(*)", "points_claim", [waiting])))


def _item(session: Session, item_id: int) -> PointsItem:
    item = session.get(PointsItem, item_id)
    if item is None or item.deleted_at is not None:
        raise DomainError("这个积分事项已经被删除，请另选一个。")
    return item


def _check(session: Session, entered: ClaimInput, item: PointsItem, now: datetime) -> None:
    _check_figures(entered, now)
    account = session.get(PointsAccount, entered.account_id)
    if account is None or account.state is AccountState.CLOSED:
        raise DomainError("这个积分账户已经销户，不能再记。请先重新开户。")
    if entered.half_hours:
        check_gives_hours(item)
        if entered.volunteer_id is None:
            raise DomainError("只有登记的志愿者才记服务时长。请先登记为志愿者，或只记积分。")
    if entered.origin is ClaimOrigin.BY_HAND and not tidy(entered.reason):
        raise DomainError("手工记分请写明原因，复核的人和以后查账的人要看。")
    if item.deed is Deed.PENALTY:
        _check_penalty(session, entered)
    elif (entered.points or 0) < 0:
        raise DomainError("只有扣分的事项能填负数。以前记错的，请在那一行用“冲正”。")
    key = entered.source_key
    if key and session.scalar(select(PointsClaim.id).where(PointsClaim.source_key == key)):
        raise AlreadyClaimed(tidy(entered.words) or item.name)


def _check_figures(entered: ClaimInput, now: datetime) -> None:
    if entered.on_date > now.date():
        raise DomainError(f"{entered.on_date:%Y-%m-%d} 还没有到，不能先记。请核对日期。")
    if entered.on_date.year < now.year - 1:
        # Its month would be the first that has to be closed.
        raise DomainError(f"{entered.on_date.isoformat()} 是前年以前的事，不能再记。请核对年份。")
    if entered.quantity < 0 or entered.half_hours < 0:
        raise DomainError("数量和时长不能是负数，请核对。")
    if entered.quantity > MOST_QUANTITY:
        raise DomainError(f"数量最多 {MOST_QUANTITY // 100:,}，请核对是不是多打了数字。")
    if entered.half_hours > DAY_HALF_HOURS:
        raise DomainError("一天只有 24 小时，服务时长不会更多，请核对。")


def _check_penalty(session: Session, entered: ClaimInput) -> None:
    if not settings.value(session, settings.PENALTIES):
        raise DomainError("本社区没有启用扣分。要用的，请在“设置 · 积分”里打开。")
    if not tidy(entered.witness):
        raise DomainError("扣分要有核实人，请填写。")
    if entered.points is not None and entered.points >= 0:
        raise DomainError("扣分要填负数，如 -5。")


def _reckon(session: Session, entered: ClaimInput, item: PointsItem) -> _Reckoned:
    rule = points_rules.rule_on(session, item.id, entered.on_date)
    if entered.points is not None:
        return _Reckoned(entered.points, rule.id if rule else None, "")
    if rule is None:
        raise DomainError(
            f"“{item.name}”在 {entered.on_date:%Y-%m-%d} 还没有积分规则。请到“设置 · 积分”里加一条"
            "从那时起的规则，或者直接填写分数。"
        )
    if not item.enabled:
        raise DomainError(f"“{item.name}”已经停用。要用的，请在“设置 · 积分”里启用。")
    points = points_rules.reckon(rule, entered.quantity)
    points, why = points_rules.capped(session, rule, entered.account_id, entered.on_date, points)
    return _Reckoned(points, rule.id, why)


def _facts(session: Session, entered: ClaimInput) -> ServiceFacts:
    """Hours that no activity tells of need theirs; what gives points alone keeps what was said."""
    said = {"place": entered.place, "organiser": entered.organiser, "leader": entered.leader}
    if entered.half_hours and entered.activity_id is None:
        return service_facts.checked(session, **said, ours=entered.ours)
    return ServiceFacts(**said, ours=entered.ours is not False)


def _claim(
    session: Session, entered: ClaimInput, reckoned: _Reckoned, facts: ServiceFacts, now: datetime
) -> PointsClaim:
    note = f"（{reckoned.words}）" if reckoned.words else ""
    words = tidy(entered.words)[: LONGEST_WORDS - len(note)] + note
    return PointsClaim(
        account_id=entered.account_id,
        volunteer_id=entered.volunteer_id,
        item_id=entered.item_id,
        rule_id=reckoned.rule_id,
        on_date=entered.on_date,
        quantity=entered.quantity,
        half_hours=entered.half_hours,
        points=reckoned.points,
        words=words,
        origin=entered.origin,
        source_key=entered.source_key,
        activity_id=entered.activity_id,
        reason=tidy(entered.reason)[:LONGEST_REASON] or None,
        witness=tidy(entered.witness)[:LONGEST_WITNESS] or None,
        place=tidy(facts.place)[:LONGEST_PLACE] or None,
        organiser=tidy(facts.organiser)[:LONGEST_WITNESS] or None,
        leader=tidy(facts.leader)[:LONGEST_WITNESS] or None,
        starts=entered.starts,
        ends=entered.ends,
        ours=facts.ours,
        state=ClaimState.WAITING,
        entered_by=actor_of(session).name,
        entered_at=now,
    )


def _alone(session: Session, claim: PointsClaim, item: PointsItem, now: datetime) -> bool:
    """Whether it needs no second person: split in two, it would need one all the same."""
    if claim.origin is not ClaimOrigin.BY_HAND or claim.half_hours or claim.points <= 0:
        return False
    had = select(func.sum(PointsClaim.points)).where(
        PointsClaim.account_id == claim.account_id,
        PointsClaim.origin == ClaimOrigin.BY_HAND,
        PointsClaim.state == ClaimState.ACCEPTED,
        PointsClaim.reviewed_by.is_(None),
        PointsClaim.entered_at >= datetime.combine(now.date(), datetime.min.time()),
    )
    most = settings.value(session, settings.POINTS_ALONE)
    return (session.scalar(had) or 0) + claim.points <= most
