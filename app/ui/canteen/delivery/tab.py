"""送餐: the walks of a day as columns, and the case of whoever did not answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.models import MealPeriod, OrderState
from app.services import care_views, delivery_board
from app.services.care_views import CaseView
from app.services.delivery_board import Board, Stop
from app.ui.canteen.delivery import actions, board_keys
from app.ui.canteen.delivery.board_view import BoardView
from app.ui.canteen.delivery.filter_bar import FilterBar
from app.ui.canteen.delivery.side_panel import SidePanel
from app.ui.canteen.delivery.typed_draft import sheet_of
from app.ui.canteen.orders.generating import open_day
from app.ui.canteen.place import CanteenChoice, PeriodChoice, no_canteen, place_of
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.states import EmptyState
from app.ui.people.canteen_wish import NewStandingOrder, ShowBoard, ShowCareCase
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right

_NO_CANTEEN, _NO_STOPS, _BOARD = 0, 1, 2


class DeliveryTab(PageTab):
    """Assembles the board and what stands beside it; reads both anew after every change."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.place = place_of(context)
        self.on_date = context.clock.today()
        self.board: Board | None = None
        self.case: CaseView | None = None
        self._handed: Stop | None = None
        """What was handed over last: Ctrl+Z means it, as its line stands in a ledger"""
        self.period = PeriodChoice(self.place)
        self.routes_button = Button("路线", action="edit_routes")
        icon = "" if large else "printer-outline"
        self.print_button = Button("送餐单", icon=icon, action="print")
        self.type_button = Button("照单回填", kind="primary", action="type_deliveries")
        before = () if large else (CanteenChoice(self.place), self.period, self.routes_button)
        self.head = (*(before or (self.period,)), self.print_button, self.type_button)
        self.bar = FilterBar()
        self.view = BoardView()
        self.side = SidePanel(context)
        runs = context.may(Right.RUN_CANTEEN)
        offer(runs, self.type_button, self.routes_button)
        offer(context.may(Right.PRINT), self.print_button)
        if large:
            self.routes_button.setParent(self)
            self.routes_button.hide()
        self.view.keys = board_keys.ON_BOARD if runs else {}
        self._lay_out()
        self._connect()

    # -- what the page asks

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        if self.board is None or not self.board.stops:
            return ((keys.cap("edit_routes"), "路线"),)
        return board_keys.legend(self.case, acts=self.context.may(Right.RUN_CANTEEN))

    def refresh(self) -> None:
        self.routes_button.setEnabled(self.place.canteen_id is not None)
        if self.place.canteen_id is None:
            self.board = self.case = None
            self.stack.setCurrentIndex(_NO_CANTEEN)
            self.side.show_stop(None, None, None)
            self.print_button.setEnabled(False)
            self.type_button.setEnabled(False)
            self.count_changed.emit(0)
            return
        # The morning may begin here: what the standing orders say is there without a detour.
        open_day(self.context, self.place.canteen_id)
        with self.context.database.lookup() as lookup:
            self.board = delivery_board.board(
                lookup, self.place.canteen_id, self.on_date, self.place.period
            )
            waiting, _ = care_views.waiting(lookup)
        self.count_changed.emit(waiting)
        self.bar.show_board(self.board, waiting, self.context.clock.now())
        there = bool(self.board.stops)
        self.stack.setCurrentIndex(_BOARD if there else _NO_STOPS)
        self.print_button.setEnabled(there)
        self.type_button.setEnabled(there)
        self.view.show_board(self.board, self.bar.state)

    def take_focus(self) -> None:
        """On the board; where there is none, on what can be done then."""
        self.stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowBoard):
            self.go_to_day(wanted.on_date or self.context.clock.today())
        elif isinstance(wanted, ShowCareCase):
            self._show_case(wanted.case_id)
        elif isinstance(wanted, Unsaved) and wanted.record_id is not None:
            self._go_to_round(*sheet_of(wanted.record_id))
            self.type_back()
        self.take_focus()

    @property
    def undo_words(self) -> str:
        return f"送达 {self._handed.name}" if self._handed is not None else ""

    def undo(self) -> bool:
        """Ctrl+Z after 送达: the meal is met by a counter-line and the stop waits again."""
        if self._handed is None:
            return False
        stop, self._handed = self._handed, None
        actions.take_back(self.context, self, stop)
        self.view.go_to(stop.order_id)
        return True

    @property
    def person_at_hand(self) -> int | None:
        return self.view.stop.resident_id if self.view.stop is not None else None

    def rest(self) -> None:
        self.side.care_panel.rest()

    def go_to_day(self, on_date: date) -> None:
        """Another day, with all its stops."""
        self.on_date, self._handed = on_date, None
        self.bar.show_state(None)
        self.refresh()

    # -- doing

    def act(self, action: str) -> None:
        """What a key of the board or a button beside it asks for; what cannot be is not done."""
        stop, walk = self.view.stop, self.view.walk
        if stop is None or walk is None or self.board is None:
            return
        at = board_keys.At(self.board, walk, stop, self.case)
        done = board_keys.do(self.context, self, action, at)
        if action in board_keys.OF_STOP:
            self._handed = stop if done and action == "handed" else None
        if done and action in board_keys.GOES_ON:
            self.view.go_on()

    def print_out(self) -> None:
        """F9: the slip of the case on which one stands, else the sheets of the walks."""
        if self.case is not None:
            self.act("print")
        else:
            self.print_sheets()

    def print_sheets(self) -> None:
        """送餐单 in large type."""
        from app.ui.canteen.delivery import printing

        if self.board is not None and self.board.stops:
            printing.print_sheets(self.context, self, self.board)

    def find_stop(self) -> None:
        """F3: the stop of whoever asks where the meal is."""
        from app.ui.canteen.delivery.find_dialog import FindDialog

        if self.board is None or not self.board.stops:
            return
        dialog = FindDialog(self.board, self.window())
        if dialog.exec() and dialog.order_id is not None:
            self.bar.choose(None)
            self.view.go_to(dialog.order_id)
        self.take_focus()

    def type_back(self) -> None:
        """照单回填: in the order of the printed sheets."""
        from app.ui.canteen.delivery.type_back import TypeBackDialog

        if self.board is not None and self.board.stops:
            TypeBackDialog(self.context, self.board, self.view.walk, self.window()).exec()
            self.take_focus()

    def edit_routes(self) -> None:
        """路线和站序."""
        from app.ui.canteen.delivery.routes_dialog import RoutesDialog

        if self.place.canteen_id is not None:
            RoutesDialog(self.context, self.place.canteen_id, self.window()).exec()
            self.take_focus()

    def show_not_today(self) -> None:
        """Who usually gets a meal and does not today."""
        from app.ui.canteen.delivery.not_today import NotTodayDialog

        if self.board is not None:
            NotTodayDialog(self.board, self.window()).exec()

    def show_cases(self) -> None:
        """Everybody who is looked after, whatever raised it."""
        from app.ui.people.care_dialog import CareDialog

        CareDialog(self.context, parent=self.window()).exec()

    # -- inside

    def _lay_out(self) -> None:
        ask = self.context.signals.page_requested.emit
        empty = EmptyState(
            "moped-outline",
            "这一餐没有要送的",
            "订了送餐的人，会按路线和站序排在这里。",
            (("去订餐", lambda: ask("canteen", NewStandingOrder())),),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(no_canteen(self.context))
        for inside in (empty, self.view):
            self.stack.addWidget(inside)
        left = column(self.bar, (self.stack, 1), spacing=8)
        self.setLayout(row((left, 1), self.side, spacing=12))

    def _connect(self) -> None:
        self.view.current_changed.connect(self._show_current)
        self.view.acted.connect(self.act)
        self.side.asked.connect(self._act_beside)
        self.bar.changed.connect(self._filter)
        self.bar.day_asked.connect(self._step_day)
        for button, slot in (
            (self.type_button, self.type_back),
            (self.routes_button, self.edit_routes),
            (self.bar.not_today, self.show_not_today),
            (self.bar.care, self.show_cases),
        ):
            button.clicked.connect(slot)
            button.bind(self)
        self.bar.more.clicked.connect(self._open_more)
        self.print_button.clicked.connect(self.print_sheets)
        if self.context.may(Right.PRINT):
            keys.bind(self, "print", self.print_out)
        for search in ("search", "search_alt"):
            keys.bind(self, search, self.find_stop)
        keys.bind(self, "board_labels", self._print_labels)
        keys.bind(self, "day_before", lambda: self._step_day(-1))
        keys.bind(self, "day_after", lambda: self._step_day(1))

    def _open_more(self) -> None:
        more = [
            (button.text(), button.cap, button.click)
            for button in (self.bar.not_today, self.bar.care, self.routes_button)
            if not button.withheld
        ]
        more.append(("找一户", keys.cap("search"), self.find_stop))
        if self.context.may(Right.PRINT):
            more.append(("餐盒标签", keys.cap("board_labels"), self._print_labels))
        self.bar.open_more(more, self.place)

    def _print_labels(self) -> None:
        from app.ui.canteen.orders import acts

        acts.print_labels(self.context, self.place, self.on_date, self)

    def _act_beside(self, action: str) -> None:
        """A button beside the board was pressed: the keys go on working on the board."""
        self.act(action)
        self.take_focus()

    def _filter(self) -> None:
        if self.board is not None:
            self.view.show_board(self.board, self.bar.state)
            self.take_focus()

    def _step_day(self, by: int) -> None:
        self.go_to_day(self.on_date + timedelta(days=by))
        self.take_focus()

    def _show_current(self) -> None:
        stop, self.case, today = self.view.stop, None, self.context.clock.today()
        if stop is not None and stop.case_id is not None and stop.state is OrderState.NOBODY:
            with self.context.database.lookup() as lookup:
                self.case = care_views.case(lookup, stop.case_id, today=today)
        self.side.show_stop(self.view.walk, stop, self.case)
        self.legend_changed.emit()

    def _show_case(self, case_id: int) -> None:
        """Stand on the stop that raised it; one without a stop opens in the list of cases."""
        with self.context.database.lookup() as lookup:
            found = delivery_board.day_of_case(lookup, case_id)
        if found is None:
            self.show_cases()
            return
        order_id, canteen_id, on_date, period = found
        self._go_to_round(canteen_id, on_date, period)
        self.view.go_to(order_id)

    def _go_to_round(self, canteen_id: int, on_date: date, period: MealPeriod) -> None:
        self.place.choose_canteen(canteen_id)
        self.place.choose_period(period)
        self.go_to_day(on_date)
