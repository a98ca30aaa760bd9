"""Deliveries (送餐): what became of each meal that was carried out.

A delivery becomes a line of the book of meals only when it was handed over; what was not earns no
subsidy (domain.md 4.3, 4.5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    CareReason,
    CareStepKind,
    Meal,
    MealOrder,
    MealWay,
    OrderState,
    PayWay,
    Resident,
)
from app.services import (
    canteens,
    care_cases,
    meal_book,
    meal_taking_back,
    meal_vouchers,
    rights,
)
from app.services.delivery_walks import moment
from app.services.meal_book import Logged, MealInput, SecondMeal
from app.services.meal_entries import CannotPay
from app.services.points_lines import NotEnough
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

LONGEST_REASON = 120
SETTLED = (OrderState.HANDED, OrderState.NOBODY, OrderState.TURNED_DOWN)
REFUSALS = ("人不在家吃", "饭菜不合适", "送晚了", "不想要了")
"""What is mostly said when a meal is turned down; anything else is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one stop; without `at` it happens now, `pay_way` overrules the order's."""

    order_id: int
    state: OrderState
    at: datetime | None = None
    words: str = ""
    pay_way: PayWay | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What was put down at once: the meals that were booked, the cases that were raised."""

    meals: tuple[Logged, ...]
    cases: tuple[int, ...]
    turned_down: int


def settle(session: Session, outcomes: Sequence[Outcome], *, now: datetime) -> Settled:
    """Put down what became of these stops, all or none.

    Raises CannotPay, and DomainError naming the person whose meal cannot be booked.
    """
    rights.require(session, Right.RUN_CANTEEN)
    meals, cases, turned_down = [], [], 0
    for one in outcomes:
        order = _order(session, one.order_id)
        at = moment(order.on_date, one.at, now)
        try:
            if one.state is OrderState.HANDED:
                meals.append(_hand(session, order, one.pay_way or order.pay_way, at, now))
            elif one.state is OrderState.NOBODY:
                cases.append(_nobody(session, order, at, one.words, now))
            elif one.state is OrderState.TURNED_DOWN:
                _turn_down(session, order, at, one.words)
                turned_down += 1
        except DomainError as error:
            raise _named(session, order, error, alone=len(outcomes) == 1) from error
    session.flush()
    return Settled(tuple(meals), tuple(cases), turned_down)


def handed(
    session: Session,
    order_ids: Iterable[int],
    *,
    at: datetime | None = None,
    pay_way: PayWay | None = None,
    now: datetime,
) -> tuple[Logged, ...]:
    """These were handed over at `at`, now without it: each becomes a meal."""
    found = [
        Outcome(order_id=one, state=OrderState.HANDED, at=at, pay_way=pay_way) for one in order_ids
    ]
    return settle(session, found, now=now).meals


def nobody(
    session: Session, order_id: int, *, words: str = "", at: datetime | None = None, now: datetime
) -> int:
    """Nobody answered: no meal, and a case that is open until it is known why. Gives its id."""
    one = Outcome(order_id=order_id, state=OrderState.NOBODY, at=at, words=words)
    return settle(session, [one], now=now).cases[0]


def turned_down(
    session: Session, order_id: int, *, reason: str, at: datetime | None = None, now: datetime
) -> None:
    """The person did not want it; raises DomainError without a reason."""
    one = Outcome(order_id=order_id, state=OrderState.TURNED_DOWN, at=at, words=reason)
    settle(session, [one], now=now)


def bring_again(session: Session, order_id: int, *, now: datetime) -> None:
    """再送一次 after nobody answered: it waits to be carried; the case stays open."""
    rights.require(session, Right.RUN_CANTEEN)
    order = _order(session, order_id)
    if order.state is not OrderState.NOBODY:
        raise DomainError("只有无人应答的餐能再送一次，这一份不是。请刷新后再看。")
    _reopen(order)
    for case in care_cases.of_order(session, order_id):
        care_cases.note(session, case, CareStepKind.BROUGHT_AGAIN, now=now)
    session.flush()


def take_back(session: Session, order_id: int, *, reason: str = "", now: datetime) -> None:
    """What was put down was wrong: the stop waits again.

    A meal that was booked is met by a counter-line; a case about which nothing was done goes.
    """
    rights.require(session, Right.RUN_CANTEEN)
    order = _order(session, order_id)
    if order.state not in SETTLED:
        raise DomainError("这一站还没有登记，不用改回。请刷新后再看。")
    if order.state is OrderState.HANDED:
        meal = _meal_of(session, order_id)
        if meal is not None:
            words = tidy(reason) or "送餐登记错了，改回待送"
            meal_taking_back.take_back(session, meal, reason=words, now=now)
    elif order.state is OrderState.NOBODY:
        care_cases.withdraw(session, order_id)
    _reopen(order)
    session.flush()


# -- inside


def _order(session: Session, order_id: int) -> MealOrder:
    order = session.get(MealOrder, order_id)
    if order is None:
        raise DomainError("这份订餐已经不在了，请刷新后再看。")
    return order


def _hand(
    session: Session, order: MealOrder, pay_way: PayWay, at: datetime, now: datetime
) -> Logged:
    _check_open(order, also=OrderState.NOBODY)
    entered = MealInput(
        canteen_id=order.canteen_id,
        period=order.period,
        on_date=order.on_date,
        resident_id=order.resident_id,
        quantity=order.quantity,
        way=MealWay.BROUGHT,
        set_meal_id=_set_meal(session, order),
        pay_way=pay_way,
        voucher_code=_voucher(session, order) if pay_way is PayWay.VOUCHER else "",
        order_id=order.id,
        given=True,
        request_key=str(uuid4()),
    )
    try:
        logged = meal_book.log(session, entered, now=now)
    except NotEnough as error:
        raise CannotPay(str(error)) from error
    except SecondMeal as error:
        raise DomainError(
            f"这一天的{order.period.label}已经记过（{error.number}），同一餐不再记送达。"
            "没有收下的，请登记拒收；确实多吃了一份的，到“柜台”写明原因再记。"
        ) from error
    _put(session, order, OrderState.HANDED, at, "")
    care_cases.answered_by_handing(session, order.id, now=now)
    return logged


def _voucher(session: Session, order: MealOrder) -> str:
    """The one of the person's own that lapses first."""
    found = meal_vouchers.good_of(session, order.resident_id, order.on_date)
    if not found:
        raise CannotPay("没有能用的餐券了，请换一种付款方式。")
    return found[0].code


def _set_meal(session: Session, order: MealOrder) -> int:
    of_day = (order.canteen_id, order.on_date, order.period)
    found = canteens.set_by_letter(session, *of_day, order.set_letter)
    if found is None:
        raise DomainError(
            f"那天{order.period.label}没有 {order.set_letter} 餐。"
            "请在“订餐”里改成有的套餐，再登记送达。"
        )
    return found


def _nobody(session: Session, order: MealOrder, at: datetime, words: str, now: datetime) -> int:
    _check_open(order)
    _put(session, order, OrderState.NOBODY, at, "")
    known = tidy(words) or "敲门无人应答，餐已带回"
    return care_cases.raise_case(
        session,
        order.resident_id,
        why=CareReason.NOBODY_ANSWERED,
        order_id=order.id,
        words=f"{at:%H:%M} {known}",
        now=now,
    )


def _turn_down(session: Session, order: MealOrder, at: datetime, reason: str) -> None:
    _check_open(order)
    words = tidy(reason)
    if not words:
        raise DomainError("请写明为什么拒收，厨房要看，如“饭菜不合适”。")
    _put(session, order, OrderState.TURNED_DOWN, at, words)


def _check_open(order: MealOrder, also: OrderState = OrderState.ORDERED) -> None:
    if order.way is not MealWay.BROUGHT:
        raise DomainError("这一份不是送餐，请到“柜台”记餐。")
    if order.state in (OrderState.ORDERED, also):
        return
    if order.state is OrderState.CANCELLED:
        raise DomainError("这一份已经取消或停送，没有送。要送的，请到“订餐”里重新订。")
    when = f"{order.settled_at:%H:%M} " if order.settled_at else ""
    raise DomainError(
        f"这一站已由{order.settled_by or '别人'}登记为“{when}{order.state.label}”，没有重复登记。"
        "登记错了的，先改回待送。"
    )


def _put(session: Session, order: MealOrder, state: OrderState, at: datetime, reason: str) -> None:
    order.state, order.settled_at, order.settled_by = state, at, actor_of(session).name
    order.reason = reason[:LONGEST_REASON] or None


def _reopen(order: MealOrder) -> None:
    order.state, order.settled_at, order.settled_by = OrderState.ORDERED, None, None
    order.reason = None


def _meal_of(session: Session, order_id: int) -> int | None:
    """The line that stands: not itself a counter-line, and met by none."""
    met = select(Meal.reverses_id).where(Meal.order_id == order_id, Meal.reverses_id.is_not(None))
    standing = select(Meal.id).where(
        Meal.order_id == order_id, Meal.reverses_id.is_(None), Meal.id.not_in(met)
    )
    return session.scalar(standing.order_by(Meal.id.desc()).limit(1))


def _named(session: Session, order: MealOrder, error: DomainError, *, alone: bool) -> DomainError:
    person = session.get(Resident, order.resident_id)
    name = person.name if person is not None else ""
    rest = "" if alone else "这次一户都没有记。"
    kind = CannotPay if isinstance(error, CannotPay) else DomainError
    said = str(error) if str(error).startswith(name) else f"{name}：{error}"
    return kind(f"{said}{rest}")
