"""What each key of the board does, and with what: the stop, its case, or the walk."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import OrderState
from app.services.care_views import CaseView
from app.services.delivery_board import NO_ROUTE, Board, Stop, Walk
from app.ui.canteen.delivery import actions
from app.ui.kit import keys

ON_BOARD = {
    Qt.Key.Key_Space.value: "handed",
    Qt.Key.Key_N.value: "nobody",
    Qt.Key.Key_R.value: "turned_down",
    Qt.Key.Key_Backspace.value: "waits_again",
    Qt.Key.Key_Return.value: "care_step",
    Qt.Key.Key_Enter.value: "care_step",
    Qt.Key.Key_1.value: "care_answered",
    Qt.Key.Key_2.value: "bring_again",
    Qt.Key.Key_3.value: "to_canteen",
    Qt.Key.Key_D.value: "walk_departs",
    Qt.Key.Key_C.value: "walk_carrier",
    Qt.Key.Key_B.value: "walk_returns",
}
"""By key the action of the key map"""
GOES_ON = ("handed", "turned_down")
"""After these one stands on the next stop that waits"""


@dataclass(frozen=True, slots=True)
class At:
    """Where one stands; `case` is open about the stop."""

    board: Board
    walk: Walk
    stop: Stop
    case: CaseView | None


def do(context: Context, parent: QWidget, action: str, at: At) -> bool:
    """Do it where it can be; False where it could not, or was given up."""
    if at.case is not None and action in _OF_CASE:
        return _OF_CASE[action](context, parent, at.case)
    if action in _OF_WALK and at.walk.route_id != NO_ROUTE:
        return _OF_WALK[action](context, parent, at.walk, at.board.on_date, at.board.period)
    if action in OF_STOP and _fits(action, at.stop):
        return OF_STOP[action](context, parent, at.stop)
    return False


def legend(case: CaseView | None, *, acts: bool) -> list[tuple[str, str]]:
    """The keys that work on this stop, for the status line."""
    move = [("← →", "换路线"), ("↑ ↓", "换户")]
    if not acts:
        return move
    if case is not None:
        shown: tuple[str, ...] = tuple(_OF_CASE)
    else:
        shown = ("handed", "nobody", "turned_down", "search", "board_labels")
    words = [(keys.cap(one), _WORDS.get(one, keys.key(one).label)) for one in shown]
    return words if case is not None else [*move, *words]


_WORDS = {"print": "走访单", "search": "找一户"}
OF_STOP: dict[str, Callable[..., bool]] = {
    "handed": actions.handed,
    "nobody": actions.nobody,
    "turned_down": actions.turned_down,
    "waits_again": actions.waits_again,
}
_OF_CASE: dict[str, Callable[..., bool]] = {
    "care_step": actions.next_step,
    "care_answered": actions.answered,
    "bring_again": actions.bring_again,
    "to_canteen": actions.to_canteen,
    "print": actions.slip,
}
_OF_WALK: dict[str, Callable[..., bool]] = {
    "walk_departs": actions.departs,
    "walk_carrier": actions.other_carrier,
    "walk_returns": actions.returns,
}


def _fits(action: str, stop: Stop) -> bool:
    """A settled stop can only wait again; handed over it may be after nobody answered, too."""
    if action == "waits_again":
        return not stop.open
    return stop.open or (action == "handed" and stop.state is OrderState.NOBODY)
