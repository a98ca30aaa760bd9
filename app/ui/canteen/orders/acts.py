"""What can be done with an order of a day, by the names of the buttons of its card."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import OrderState
from app.services import meal_orders
from app.services.meal_orders import OrderLine, PastCutOff
from app.ui.canteen.orders.order_dialog import OrderDialog
from app.ui.canteen.orders.pause_dialog import PauseDialog
from app.ui.canteen.place import Place
from app.ui.kit import messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.values.rights import Right

OrderAct = Callable[[Context, Place, OrderLine, QWidget], None]
_WHY = ("本人来电", "家人来电", "外出", "住院", "没来取", "已另外记餐", "订错了")


def edit(context: Context, place: Place, line: OrderLine, parent: QWidget) -> None:
    """Another set, number or way, while it waits."""
    if not context.may(Right.RUN_CANTEEN):
        return
    if line.state is not OrderState.ORDERED:
        words = f"{line.name}这一份已经登记为“{line.state.label}”，不能再改。"
        messages.warn(context.signals, words)
        return
    OrderDialog(context, place, parent.window(), line=line).exec()


def cancel(context: Context, _place: Place, line: OrderLine, parent: QWidget) -> None:
    """One order, with the reason."""
    cancel_several(context, [line], parent)


def cancel_several(context: Context, lines: Sequence[OrderLine], parent: QWidget) -> None:
    """Orders of a day, with the reason; the generation does not bring them back."""
    if not context.may(Right.RUN_CANTEEN):
        return
    who = lines[0].name if len(lines) == 1 else f"{lines[0].name} 等 {len(lines)} 份"
    words = f"{who} {lines[0].on_date:%m-%d} {lines[0].period.label}"
    told = f"{words} 不要了，长期订餐也不会再补上。一段时间都不要的，请登记停送。"
    dialog = ReasonDialog("取消订餐", told, "取消订餐", usual=_WHY, parent=parent.window())
    if not dialog.exec():
        return
    with messages.domain_errors_shown(parent):
        ids = [one.id for one in lines]
        with context.database.transaction(f"取消订餐 {words}") as session:
            meal_orders.cancel(session, ids, reason=dialog.reason, now=context.clock.now())
        _changed(context, f"已取消订餐：{words}")


def restore(context: Context, _place: Place, line: OrderLine, parent: QWidget) -> None:
    """Wanted after all; after the cut-off only when the kitchen was asked."""
    words = f"{line.name} {line.on_date:%m-%d} {line.period.label}"
    with messages.domain_errors_shown(parent):
        try:
            _restore(context, line, words, late=False)
        except PastCutOff as late:
            if messages.confirm(parent, "已经截止订餐", f"{late}", "后厨同意了，照样订"):
                _restore(context, line, words, late=True)


def pause(context: Context, _place: Place, line: OrderLine, parent: QWidget) -> None:
    """Nothing for some days."""
    PauseDialog(context, line.resident_id, line.name, parent.window()).exec()


ORDER_ACTS: dict[str, OrderAct] = {
    "edit": edit,
    "cancel": cancel,
    "restore": restore,
    "pause": pause,
}


def print_sheet(context: Context, place: Place, day: date, parent: QWidget) -> None:
    """备餐单 of a period."""
    from app.ui.canteen.orders import papers

    if place.canteen is not None and context.may(Right.PRINT):
        papers.print_kitchen_sheet(context, place.canteen, day, place.period, parent)


def print_labels(context: Context, place: Place, day: date, parent: QWidget) -> None:
    """餐盒标签 of a period."""
    from app.ui.canteen.orders.labels_dialog import LabelsDialog

    if place.canteen is not None and context.may(Right.PRINT):
        LabelsDialog(context, place.canteen, day, place.period, parent.window()).exec()


def _restore(context: Context, line: OrderLine, words: str, *, late: bool) -> None:
    with context.database.transaction(f"恢复订餐 {words}") as session:
        meal_orders.restore(session, line.id, now=context.clock.now(), late=late)
    _changed(context, f"已恢复订餐：{words}")


def _changed(context: Context, sentence: str) -> None:
    context.signals.changed.emit(Area.CANTEEN)
    messages.notify(context.signals, sentence)
