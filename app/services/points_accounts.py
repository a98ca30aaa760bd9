"""Accounts of points: of one person, of a volunteer from outside, or shared by a household."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    AccountState,
    ClaimState,
    Household,
    PointsAccount,
    PointsClaim,
    Reservation,
    ReservationState,
    Volunteer,
)
from app.services import ages, people, places, points_book, rights
from app.services.points_balance import household_of
from app.services.points_owner import account_of
from app.services.volunteer_input import OWN_ACCOUNT
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_REASON = 120


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an account. `detail`: where they live, or 户内共用; `number`: of the volunteer."""

    account_id: int
    resident_id: int | None
    volunteer_id: int | None
    household_id: int | None
    name: str
    detail: str
    state: AccountState
    number: int | None
    version: int = 1
    frozen_reason: str = ""


class TooYoung(DomainError):
    """A child has no account of its own: its points go to one that the household shares."""

    def __init__(self, name: str, resident_id: int | None) -> None:
        super().__init__(
            f"{name}不满 {OWN_ACCOUNT} 周岁，不开个人账户。请给这一户开共用账户，积分记在户里。"
        )
        self.name, self.resident_id = name, resident_id


def open_account(
    session: Session,
    *,
    resident_id: int | None = None,
    volunteer_id: int | None = None,
    household_id: int | None = None,
    today: date,
) -> int:
    """Open an account, or open a closed one again; gives its id. One that is open stays as it is.

    Raises DomainError for a child under 14, for whom the household opens a shared one.
    """
    if volunteer_id is not None:
        resident_id = _volunteer(session, volunteer_id).resident_id or resident_id
    if resident_id is not None:
        volunteer_id = None
        person = people.get(session, resident_id)
        _check_age(person.name, person.birth_date, today, resident_id)
    elif volunteer_id is not None:
        outsider = _volunteer(session, volunteer_id)
        try:
            _check_age(outsider.name or "", outsider.birth_date, today)
        except TooYoung as error:
            raise DomainError(
                f"{outsider.name}不满 {OWN_ACCOUNT} 周岁，不开个人账户，又不在居民名册里，没有共用"
                "账户可记。请先把他登记成居民，再给这一户开共用账户。"
            ) from error
    elif household_id is not None and session.get(Household, household_id) is None:
        raise DomainError("这一户已经被删除，请刷新后再试。")
    of = {"resident_id": resident_id, "volunteer_id": volunteer_id, "household_id": household_id}
    chosen = {name: key for name, key in of.items() if key is not None}
    if len(chosen) != 1:
        raise DomainError("请选定一个人或一户，再开积分账户。")
    return _opened(session, chosen, today)


def ensure_account(
    session: Session,
    *,
    resident_id: int | None = None,
    volunteer_id: int | None = None,
    today: date,
) -> int:
    """The account in which somebody's points are booked; opened where there is none."""
    if volunteer_id is not None:
        resident_id = _volunteer(session, volunteer_id).resident_id or resident_id
    found = account_of(session, resident_id) if resident_id is not None else None
    if found is not None:
        return found
    return open_account(
        session,
        resident_id=resident_id,
        volunteer_id=None if resident_id is not None else volunteer_id,
        today=today,
    )


def holder(source: Source, account_id: int) -> Holder:
    """Who has an account; raises DomainError where there is none, or none that one may see."""
    asked = query(_COLUMNS, _TABLES, [Sql("a.id = ?", (account_id,))])
    values = next(lookup_of(source).rows(asked), None)
    if values is None:
        raise DomainError("没有这个积分账户，请刷新后再试。")
    return _holder(values)


def check_open(source: Source, account_id: int) -> None:
    """Raises DomainError where an account was closed, or came into another one (合并)."""
    if holder(source, account_id).state is AccountState.CLOSED:
        raise DomainError("这个积分账户已经销户，或者并入了别的账户。请重新找人，用现在的账户。")


def freeze(session: Session, account_id: int, *, reason: str, version: int, today: date) -> None:
    """Points may come in, none may go, until it is lifted; raises DomainError without a reason."""
    account = _get(session, account_id, version)
    why = tidy(reason)
    if account.state is not AccountState.OPEN:
        raise DomainError(f"这个账户现在是“{account.state.label}”，不能冻结。")
    if not why:
        raise DomainError("请写明为什么冻结，本人来问时要能说清。")
    account.state, account.frozen_on = AccountState.FROZEN, today
    account.frozen_by, account.frozen_reason = actor_of(session).name, why[:_LONGEST_REASON]
    session.flush()


def unfreeze(session: Session, account_id: int, *, version: int) -> None:
    """The account may spend again."""
    account = _get(session, account_id, version)
    if account.state is not AccountState.FROZEN:
        raise DomainError("这个账户没有冻结，不用解冻。")
    account.state = AccountState.OPEN
    account.frozen_on = account.frozen_by = account.frozen_reason = None
    session.flush()


def close_account(session: Session, account_id: int, *, version: int, now: datetime) -> None:
    """Close an account that has no points and awaits none; raises DomainError for one that has."""
    account = _get(session, account_id, version)
    waiting = select(PointsClaim.id).where(
        PointsClaim.account_id == account_id, PointsClaim.state == ClaimState.WAITING
    )
    if session.scalar(waiting.limit(1)) is not None:
        raise DomainError("账户里还有待复核的积分，请先复核或退回，再销户。")
    kept = select(Reservation.id).where(
        Reservation.account_id == account_id, Reservation.state == ReservationState.WAITING
    )
    if session.scalar(kept.limit(1)) is not None:
        raise DomainError("还有预约的商品没有领，请先到“柜台”领走或取消，再销户。")
    points_book.expire(session, now=now, account_id=account_id)
    left = points_book.balance(session, account_id)
    if left:
        raise DomainError(f"账户里还有 {left} 分，请先兑换或转给同户的人，再销户。")
    account.state, account.closed_on = AccountState.CLOSED, now.date()
    account.frozen_on = account.frozen_by = account.frozen_reason = None
    session.flush()


def transfer(
    session: Session, from_id: int, to_id: int, points: int, *, reason: str, now: datetime
) -> int:
    """Points of one account go to another of the same household; gives the giver's line.

    They keep their expiry. Raises NotEnough, DomainError for two households.
    """
    rights.require(session, Right.RECORD_POINTS)
    giver, taker = holder(session, from_id), holder(session, to_id)
    if from_id == to_id:
        raise DomainError("转出和转入是同一个账户，请另选一个。")
    houses = {household_of(session, one) for one in (from_id, to_id)}
    if len(houses) > 1 or None in houses:
        raise DomainError(
            f"{giver.name}和{taker.name}不在同一户，积分只能在一户之内转。"
            "是一户的，请先在居民页把两人合为一户。"
        )
    why = f"，{tidy(reason)}" if tidy(reason) else ""
    return points_book.move(
        session,
        from_id,
        to_id,
        points,
        out_words=f"转给 {taker.name}{why}",
        in_words=f"{giver.name} 转来{why}",
        now=now,
    )


def _opened(session: Session, chosen: dict[str, int], today: date) -> int:
    account = session.scalar(select(PointsAccount).filter_by(**chosen))
    if account is None:
        account = PointsAccount(opened_on=today, **chosen)
        session.add(account)
    elif account.state is AccountState.CLOSED:
        account.state, account.closed_on = AccountState.OPEN, None
    session.flush()
    return account.id


def _check_age(name: str, born: date | None, today: date, resident_id: int | None = None) -> None:
    """Younger children have no account of their own (domain.md 2.4)."""
    age = ages.age_on(born, today)
    if age is not None and age < OWN_ACCOUNT:
        raise TooYoung(name, resident_id)


def _volunteer(session: Session, volunteer_id: int) -> Volunteer:
    found = session.get(Volunteer, volunteer_id)
    if found is None or found.deleted_at is not None:
        raise DomainError("这位志愿者的登记已经被删除，请刷新后再试；需要时可从回收站放回。")
    return found


def _get(session: Session, account_id: int, version: int) -> PointsAccount:
    rights.require(session, Right.REVIEW_POINTS)
    account = session.get(PointsAccount, account_id)
    if account is None or account.version != version:
        raise ChangedMeanwhile
    if account.state is AccountState.CLOSED:
        raise DomainError("这个账户已经销户，要用的请重新开户。")
    return account


_COLUMNS = """
    a.id, r.id, v.id, a.household_id, coalesce(r.name, v.name), a.state, v.number, a.version,
    a.frozen_reason, b.number, d.unit, d.room, coalesce(r.other_address, v.address)
"""
_TABLES = """
    points_account a
    LEFT JOIN volunteer mine ON mine.id = a.volunteer_id
    LEFT JOIN household h ON h.id = a.household_id
    LEFT JOIN resident r ON r.id = coalesce(a.resident_id, mine.resident_id, h.head_id)
    LEFT JOIN volunteer v ON v.id = a.volunteer_id
        OR (v.resident_id = r.id AND v.deleted_at IS NULL AND a.household_id IS NULL)
    LEFT JOIN dwelling d ON d.id = coalesce(h.dwelling_id, r.dwelling_id)
    LEFT JOIN building b ON b.id = d.building_id
"""


def _holder(values: tuple[Any, ...]) -> Holder:
    key, person, volunteer, house, name, state, number, version, why, *where = values
    *flat, elsewhere = where
    place = places.listed(*flat) or elsewhere or ""
    shared = house is not None
    return Holder(
        account_id=key,
        resident_id=None if shared else person,
        volunteer_id=volunteer,
        household_id=house,
        name=f"{name or '这'}一户" if shared else name or "",
        detail=" · ".join(filter(None, ("户内共用" if shared else "", place))),
        state=AccountState.of(state),
        number=number,
        version=version,
        frozen_reason=why or "",
    )
