"""What is done on the board: each in one transaction, named by a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import CareStepKind, MealPeriod, PayWay
from app.services import care_cases, deliveries, delivery_walks
from app.services.care_cases import OUTCOMES
from app.services.care_views import CaseView
from app.services.deliveries import REFUSALS
from app.services.delivery_board import Stop, Walk
from app.services.meal_entries import CannotPay
from app.ui.kit import messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.values.money import yuan


def handed(context: Context, parent: QWidget, stop: Stop) -> bool:
    """送达: the stop becomes a meal; what the card cannot pay is asked for in cash."""
    try:
        return _hand(context, stop, None)
    except CannotPay as error:
        words = f"{error}餐已经送到的，可以改记现金，钱当面收。"
        if not messages.confirm(parent, "付不了", words, "改记现金"):
            return False
    except DomainError as error:
        messages.tell(parent, str(error))
        return False
    done = False
    with messages.domain_errors_shown(parent):
        done = _hand(context, stop, PayWay.CASH)
    return done


def _hand(context: Context, stop: Stop, pay_way: PayWay | None) -> bool:
    now = context.clock.now()
    with context.database.transaction(f"送达 {stop.name} {stop.meal}") as session:
        (logged,) = deliveries.handed(session, [stop.order_id], pay_way=pay_way, now=now)
    context.signals.changed.emit(Area.CANTEEN)
    cash = f"，收现金 {yuan(logged.cash)} 元" if logged.cash else ""
    messages.notify(context.signals, f"{stop.name} 已送达，{logged.number_words}{cash}")
    return True


def nobody(context: Context, parent: QWidget, stop: Stop) -> bool:
    """无人应答: a case is open until it is known why."""
    case = _do(
        context,
        parent,
        f"送餐无人应答 {stop.name}",
        lambda session: deliveries.nobody(session, stop.order_id, now=context.clock.now()),
    )
    if case:
        messages.notify(context.signals, f"{stop.name} 无人应答，请先打本人电话")
    return bool(case)


def turned_down(context: Context, parent: QWidget, stop: Stop) -> bool:
    """拒收, with the reason for the kitchen."""
    words = f"{stop.name} 不收这一份，餐带回食堂，不记餐，也不计补贴。"
    dialog = ReasonDialog("拒收", words, "登记拒收", usual=REFUSALS, parent=parent.window())
    if not dialog.exec():
        return False
    reason = dialog.reason
    return _done(
        context,
        parent,
        f"送餐拒收 {stop.name}",
        lambda session: deliveries.turned_down(
            session, stop.order_id, reason=reason, now=context.clock.now()
        ),
    )


def waits_again(context: Context, parent: QWidget, stop: Stop) -> bool:
    """改回待送: what was put down was wrong."""
    words = f"{stop.name} 登记的是“{stop.state.label}”。改回待送后，记的餐会冲正，钱退回。"
    if not messages.confirm(parent, "改回待送", words, "改回待送"):
        return False
    return take_back(context, parent, stop)


def take_back(context: Context, parent: QWidget, stop: Stop) -> bool:
    """The same without a question, right after it was put down."""
    return _done(
        context,
        parent,
        f"送餐改回待送 {stop.name}",
        lambda session: deliveries.take_back(session, stop.order_id, now=context.clock.now()),
    )


def departs(
    context: Context, parent: QWidget, walk: Walk, on_date: date, period: MealPeriod
) -> bool:
    """A walk sets out."""
    return _done(
        context,
        parent,
        f"送餐出发 {walk.title}",
        lambda session: delivery_walks.depart(
            session, walk.route_id, on_date, period, now=context.clock.now()
        ),
    )


def other_carrier(
    context: Context, parent: QWidget, walk: Walk, on_date: date, period: MealPeriod
) -> bool:
    """换人送, for this day."""
    from app.ui.canteen.delivery.carrier_dialog import CarrierDialog

    return bool(CarrierDialog(context, walk, on_date, period, parent.window()).exec())


def returns(
    context: Context, parent: QWidget, walk: Walk, on_date: date, period: MealPeriod
) -> bool:
    """A walk is back; what became of the volunteer's points is said."""
    said = _do(
        context,
        parent,
        f"送餐返回 {walk.title}",
        lambda session: delivery_walks.come_back(
            session, walk.route_id, on_date, period, now=context.clock.now()
        ),
    )
    if said is None:
        return False
    messages.notify(context.signals, f"{walk.name}已返回。{said}")
    return True


# -- a case


def next_step(context: Context, parent: QWidget, case: CaseView) -> bool:
    """Go one step on: a call in vain, the grid member, the result."""
    if case.next_step is CareStepKind.OUTCOME:
        return answered(context, parent, case)
    if case.next_step is CareStepKind.OWN_PHONE:
        return _done(
            context,
            parent,
            f"打本人电话没接 {case.name}",
            lambda session: care_cases.note(
                session,
                case.id,
                CareStepKind.OWN_PHONE,
                words="未接",
                version=case.version,
                now=context.clock.now(),
            ),
        )
    return _hand_on(context, parent, case)


def answered(context: Context, parent: QWidget, case: CaseView) -> bool:
    """联系上了, or what the grid member found: the result closes the case."""
    dialog = ReasonDialog(
        "登记结果",
        f"{case.name}：人在哪里，好不好。写清楚，下次送餐和走访的人要看。",
        "了结",
        usual=OUTCOMES,
        name="结果",
        parent=parent.window(),
    )
    if not dialog.exec():
        return False
    outcome = dialog.reason
    return _done(
        context,
        parent,
        f"了结关怀 {case.name}",
        lambda session: care_cases.close(
            session, case.id, outcome=outcome, version=case.version, now=context.clock.now()
        ),
    )


def bring_again(context: Context, parent: QWidget, case: CaseView) -> bool:
    """再送一次: the stop waits, the case stays open until it is handed over."""
    order = case.order_id
    if order is None:
        return False
    return _done(
        context,
        parent,
        f"再送一次 {case.name}",
        lambda session: deliveries.bring_again(session, order, now=context.clock.now()),
    )


def to_canteen(context: Context, parent: QWidget, case: CaseView) -> bool:
    """退回食堂: the meal is back, and is not subsidised."""
    return _done(
        context,
        parent,
        f"餐退回食堂 {case.name}",
        lambda session: care_cases.note(
            session,
            case.id,
            CareStepKind.TAKEN_BACK,
            words="餐已退回食堂",
            version=case.version,
            now=context.clock.now(),
        ),
    )


def slip(context: Context, parent: QWidget, case: CaseView) -> bool:
    """走访单 for whoever goes to the door."""
    from app.ui.people.care_slip import print_slip

    print_slip(context, parent, case)
    return False


def _hand_on(context: Context, parent: QWidget, case: CaseView) -> bool:
    def act(session: Any) -> str:
        if case.done(CareStepKind.FAMILY_PHONE) is None:
            care_cases.note(
                session,
                case.id,
                CareStepKind.FAMILY_PHONE,
                words="未联系上",
                version=case.version,
                now=context.clock.now(),
            )
        return care_cases.hand_on(session, case.id, now=context.clock.now())

    name = _do(context, parent, f"转网格员上门 {case.name}", act)
    if name:
        messages.notify(context.signals, f"已转给 {name}：在“网格 · 走访”里等结果；按 F9 打走访单")
    return bool(name)


def _done(context: Context, parent: QWidget, title: str, act: Callable[[Any], object]) -> bool:
    return _do(context, parent, title, lambda session: (act(session), True)[1]) is True


def _do(context: Context, parent: QWidget, title: str, act: Callable[[Any], Any]) -> Any:
    """What `act` gives; None where a rule was told instead. The board reads anew after both."""
    found = None
    with messages.domain_errors_shown(parent), context.database.transaction(title) as session:
        found = act(session)
    context.signals.changed.emit(Area.CANTEEN | Area.GRIDS)
    return found
