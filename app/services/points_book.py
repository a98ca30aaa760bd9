"""The book of points: earning, spending, counter-entries, moving, and what lapses.

Every line goes through here. Points that come in make a lot, points that go use lots up by
expiry, then by age; both stand in one transaction, so that the books agree after each.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AccountState, EntryKind, PointsEntry, Redemption
from app.services import points_lots, rights
from app.services.points_balance import Available, EntryLine, available, entries
from app.services.points_clock import ClockWentBack
from app.services.points_hours import book_hours, reverse_hours
from app.services.points_lines import Booking, Line, NotEnough, balance, write
from app.storage.lookup import Sql, lookup_of, query
from app.values.meal_numbers import number_words
from app.values.rights import Right
from app.values.text import tidy

__all__ = [
    "Available",
    "Booking",
    "ClockWentBack",
    "EntryLine",
    "NotEnough",
    "NothingLeft",
    "SpentAlready",
    "available",
    "balance",
    "book",
    "book_hours",
    "entries",
    "expire",
    "move",
    "reverse",
    "reverse_hours",
]

_SPENDING = (EntryKind.REDEEMED, EntryKind.MOVED_OUT)


class SpentAlready(NotEnough):
    """Points that were given by mistake are spent: there are fewer than a counter-entry takes."""

    def __init__(self, missing: int) -> None:
        super().__init__(missing)
        self.args = (
            f"这笔积分已经用掉，冲正还差 {missing} 分。"
            "请先撤销用掉它的兑换，或者等账户里够了再冲正。",
        )


class NothingLeft(DomainError):
    """All points of a line have lapsed: there is nothing that a counter-entry could take."""

    def __init__(self) -> None:
        super().__init__("这笔积分已经全部到期清零，账户里没有它的积分了，不用再冲正。")


def book(session: Session, booking: Booking, *, now: datetime) -> int:
    """Book one line; gives its id.

    Points last as the rule of their day says (`expires=False`: for good); points that go are
    taken from what is not expired, oldest expiry first. Raises NotEnough, ClockWentBack, and
    DomainError for a frozen or closed account, no points, a day to come.
    """
    if not booking.points:
        raise DomainError("0 分不用记账。")
    _check_account(session, booking.account_id, booking.kind)
    expire(session, now=now, account_id=booking.account_id)
    if booking.points < 0:
        return _take(session, Line(booking=booking), now=now)
    until = points_lots.lasts_until(session, booking.on_date) if booking.expires else None
    if until is not None and until < now.date():
        raise DomainError(
            f"{booking.on_date:%Y-%m-%d} 的积分按有效期规定 {until:%Y-%m-%d} 已经到期，不能再记。"
        )
    return _put(session, Line(booking=booking, expires_on=until), now=now)


def reverse(session: Session, entry_id: int, *, reason: str, now: datetime) -> int:
    """A counter-entry (冲正): points that were given are taken, those that went come back.

    What comes back lasts as before; what would have lapsed since lasts as points of today do.
    Of points that lapsed already only the rest is taken. A redemption's line is only reversed once
    the redemption is marked as taken back, so that goods come back with it. Raises SpentAlready
    where the points are not there any more, NothingLeft when all have lapsed, and DomainError.
    """
    entry = _entry(session, entry_id)
    why = tidy(reason)
    if not why:
        raise DomainError("请写明为什么冲正，以后查账要看。")
    _check_account(session, entry.account_id, EntryKind.REVERSAL)
    # Before it is asked whether some of its points have lapsed.
    expire(session, now=now, account_id=entry.account_id)
    _check_reversible(session, entry)
    if entry.points > 0:
        return _take_again(session, entry, why, now)
    used = points_lots.used_by(session, entry.id)
    if entry.kind is EntryKind.EXPIRED:
        used = points_lots.standing(session, used)
    taken = sum(points for _, points, _ in used)
    return _give_back(session, _opposite(entry, -taken, why, now), used, entry.id, now=now)


def move(
    session: Session,
    giver_id: int,
    taker_id: int,
    points: int,
    *,
    out_words: str,
    in_words: str,
    now: datetime,
) -> int:
    """Points of one account go to another and keep their expiry; gives the giver's line.

    Who may give to whom is asked by the caller. Raises NotEnough, DomainError.
    """
    if points <= 0:
        raise DomainError("转出的积分要大于 0。")
    for account_id, kind in ((giver_id, EntryKind.MOVED_OUT), (taker_id, EntryKind.MOVED_IN)):
        _check_account(session, account_id, kind)
        expire(session, now=now, account_id=account_id)
    out = _moving(giver_id, EntryKind.MOVED_OUT, -points, out_words, now)
    (gone,) = write(session, [Line(booking=out)], now=now)
    parts = points_lots.take(session, gone, giver_id, points, today=now.date())
    for until, part in parts.items():
        taken = _moving(taker_id, EntryKind.MOVED_IN, part, in_words, now)
        _put(session, Line(booking=taken, expires_on=until, partner_id=gone), now=now)
    return gone


def expire(session: Session, *, now: datetime, account_id: int | None = None) -> int:
    """Book out what lapsed before today (到期清零), of one account or of all; gives the points.

    Its day is the one after the last on which it could be used.
    """
    lapsed = points_lots.lapsed(session, now.date(), account_id)
    if not lapsed:
        return 0
    lines = [Line(booking=_lapse(one)) for one in lapsed]
    ids = write(session, lines, now=now)
    points_lots.empty(session, list(zip(ids, lapsed, strict=True)))
    return sum(one.points for one in lapsed)


def _take(session: Session, line: Line, *, now: datetime, first: int = 0) -> int:
    (entry_id,) = write(session, [line], now=now)
    account, points = line.booking.account_id, -line.booking.points
    points_lots.take(session, entry_id, account, points, today=now.date(), first=first)
    return entry_id


def _put(session: Session, line: Line, *, now: datetime) -> int:
    (entry_id,) = write(session, [line], now=now)
    account, points = line.booking.account_id, line.booking.points
    points_lots.put(session, entry_id, account, points, line.expires_on)
    return entry_id


def _take_again(session: Session, entry: PointsEntry, why: str, now: datetime) -> int:
    """Of points that were given what has not lapsed, from their own lot first."""
    given = entry.points - points_lots.expired_of(session, entry.id)
    line = Line(booking=_opposite(entry, given, why, now), reverses_id=entry.id)
    try:
        return _take(session, line, now=now, first=entry.id)
    except NotEnough as fault:
        raise SpentAlready(fault.missing) from fault


def _opposite(entry: PointsEntry, points: int, why: str, now: datetime) -> Booking:
    """What meets a line of which so many points still count."""
    if not points:
        raise NothingLeft
    return Booking(
        account_id=entry.account_id,
        kind=EntryKind.REVERSAL,
        points=-points,
        on_date=now.date(),
        words=why,
        item_id=entry.item_id,
        quantity=-entry.quantity,
        claim_id=entry.claim_id,
        redemption_id=entry.redemption_id,
        team_id=entry.team_id,
    )


def _give_back(
    session: Session,
    booking: Booking,
    used: Sequence[tuple[int, int, date | None]],
    entry_id: int,
    *,
    now: datetime,
) -> int:
    lasting, lapsed = _divided(used, now.date())
    renewed = sum(points for _, points in lapsed)
    until = points_lots.lasts_until(session, now.date()) if renewed else None
    line = Line(booking=booking, expires_on=until, reverses_id=entry_id)
    (back,) = write(session, [line], now=now)
    points_lots.use(session, back, [(lot, -points) for lot, points in lasting])
    if renewed:
        points_lots.put(session, back, booking.account_id, renewed, until)
    return back


def _divided(
    used: Sequence[tuple[int, int, date | None]], today: date
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(lot, points) of lots that still last, and of those that ended."""
    lasting = [(lot, points) for lot, points, until in used if until is None or until >= today]
    lapsed = [(lot, points) for lot, points, until in used if until is not None and until < today]
    return lasting, lapsed


def _entry(session: Session, entry_id: int) -> PointsEntry:
    entry = session.get(PointsEntry, entry_id)
    if entry is None:
        raise DomainError("账上没有这一行，请刷新后再看。")
    return entry


def _check_reversible(session: Session, entry: PointsEntry) -> None:
    redeemed = session.get(Redemption, entry.redemption_id) if entry.redemption_id else None
    meal = _meal_of(session, entry.id)
    # Whoever may take a meal back was asked for that.
    if meal is None:
        rights.require(session, Right.REDEEM if redeemed else Right.REVIEW_POINTS)
    refusal = _refusal(session, entry, redeemed) or (meal or "")
    if refusal:
        raise DomainError(refusal)


def _meal_of(session: Session, entry_id: int) -> str | None:
    """Why points that paid for a meal are not reversed by themselves; '' where it was taken back.

    None where they paid for none.
    """
    asked = query("on_date, number", "meal", [Sql("points_entry_id = ?", (entry_id,))])
    rows = list(lookup_of(session).rows(asked))
    if not rows:
        return None
    if len(rows) > 1:
        return ""
    day, number = rows[0]
    words = number_words(date.fromisoformat(day), number)
    return f"这是 {words} 的餐费，请到“食堂”撤销这一餐，积分一起退回。"


def _refusal(session: Session, entry: PointsEntry, redeemed: Redemption | None) -> str:
    if session.scalar(select(PointsEntry.id).where(PointsEntry.reverses_id == entry.id)):
        return "这一行已经冲正过，不能再冲正一次。"
    if entry.kind is EntryKind.REVERSAL:
        return "冲正行不能再冲正；冲错了，请把原来的事重新记一笔。"
    if entry.kind in (EntryKind.MOVED_OUT, EntryKind.MOVED_IN):
        return "户内转分不用冲正；转错了，请从对方账户再转回来。"
    if redeemed is not None and redeemed.taken_back_at is None:
        return f"这是兑换 {redeemed.number} 的扣分，请撤销这次兑换，积分和物品一起退回。"
    return ""


def _check_account(session: Session, account_id: int, kind: EntryKind) -> None:
    asked = query("state, frozen_reason", "points_account", [Sql("id = ?", (account_id,))])
    found = next(lookup_of(session).rows(asked), None)
    if found is None:
        raise DomainError("没有这个积分账户，请刷新后再试。")
    state, reason = found
    if state == AccountState.CLOSED:
        raise DomainError(
            "这个积分账户已经销户或并入别的账户，不能再记账；请记在本人现在的账户里。"
        )
    if state == AccountState.FROZEN and kind in _SPENDING:
        why = f"（{reason}）" if reason else ""
        raise DomainError(f"这个积分账户已经冻结{why}，只能增加积分，不能兑换和转出。")


def _moving(account_id: int, kind: EntryKind, points: int, words: str, now: datetime) -> Booking:
    return Booking(account_id=account_id, kind=kind, points=points, on_date=now.date(), words=words)


def _lapse(one: points_lots.Lapsed) -> Booking:
    return Booking(
        account_id=one.account_id,
        kind=EntryKind.EXPIRED,
        points=-one.points,
        on_date=one.last_day + timedelta(days=1),
        words=f"{one.last_day:%Y-%m-%d} 到期",
    )
