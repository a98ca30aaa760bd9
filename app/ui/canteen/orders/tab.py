"""订餐: who gets what every week, and the orders of a day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.ui.canteen.orders.day_view import DayView
from app.ui.canteen.orders.standing_dialog import StandingDialog
from app.ui.canteen.orders.standing_view import StandingView
from app.ui.canteen.place import CanteenChoice, no_canteen, place_of
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import row
from app.ui.kit.search_box import SearchBox
from app.ui.kit.view_switch import ViewSwitch
from app.ui.people.canteen_wish import NewStandingOrder, ShowMealOrder, ShowStandingOrder
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right

DAY, STANDING = "当天", "长期"


class OrdersTab(PageTab):
    """Two views: the orders of a day with the kitchen's count, and the standing orders."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.place = place_of(context)
        views = ((DAY, DAY, "当天的订餐"), (STANDING, STANDING, "长期订餐"))
        self.choice = ViewSwitch(views, action="switch_orders")
        self.search = SearchBox("姓名" if large else "姓名、住址", name="在订餐里找人")
        self.search.setFixedWidth(theme.current().px(110 if large else 150))
        self.new_button = Button("订一餐", kind="primary", action="new")
        offer(context.may(Right.RUN_CANTEEN), self.new_button)
        # 大字 has no room for it beside eight tabs: it stands at the end of the line below.
        canteen = () if large else (CanteenChoice(self.place),)
        self.head = (*canteen, self.choice, self.search, self.new_button)
        self.day, self.standing = DayView(context, self.place), StandingView(context, self.place)
        self.stack = QStackedWidget()
        self._empty = no_canteen(context)
        for view in (self.day, self.standing, self._empty):
            self.stack.addWidget(view)
        self.setLayout(row((self.stack, 1)))
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        views = self.choice.legend
        if self.stack.currentWidget() is self.standing:
            pause = (keys.cap("stop_meals"), "停送")
            return (("Enter", "修改"), pause, views)
        if self.stack.currentWidget() is self.day:
            step = (f"{keys.cap('earlier_day')} →", "换日子")
            return (("空格", "勾选"), ("Enter", "修改"), step, views)
        return ()

    def refresh(self) -> None:
        """What is seen is read anew; the other when it is opened."""
        there = self.place.canteen_id is not None
        for widget in (self.choice, self.search, self.new_button):
            widget.setVisible(there)
        if not there:
            self.stack.setCurrentWidget(self._empty)
            return
        self.stack.setCurrentWidget(self._views[str(self.choice.value())])
        self._seen.refresh()

    def take_focus(self) -> None:
        if self.place.canteen_id is not None:
            self._seen.focus_list()

    @property
    def person_at_hand(self) -> int | None:
        """Who is chosen: F7 takes him along, F8 too."""
        line = self.day.line if self._seen is self.day else self.standing.card.line
        return line.resident_id if line is not None else None

    def rest(self) -> None:
        """Nobody is at the desk: who eats what, and whom to call, is put away."""
        for view in (self.day, self.standing):
            if view.table.hasFocus():
                self.search.setFocus()
            view.table.let_go()
            view.card.show_line(None)

    def find_person(self) -> bool:
        """Letters are typed among the orders."""
        if self.place.canteen_id is None:
            return False
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def show_view(self, name: object) -> None:
        """当天 or 长期."""
        self.choice.show_value(name)
        self.new_button.setText("订一餐" if name == DAY else "登记")
        self._clear_search()
        self.refresh()
        self.legend_changed.emit()

    def show_record(self, wanted: object) -> None:
        if self.place.canteen_id is None:
            return
        if isinstance(wanted, ShowStandingOrder):
            self.show_view(STANDING)
            self._say_gone(self.standing.show_order(wanted.standing_id))
        elif isinstance(wanted, NewStandingOrder):
            self.show_view(STANDING)
            self.standing.add(wanted.resident_id)
        elif isinstance(wanted, ShowMealOrder):
            self.show_view(DAY)
            self._say_gone(self.day.show_order(wanted.order_id))
        elif isinstance(wanted, Unsaved):
            self._go_on(wanted)

    def show_day(self, day: date) -> None:
        """The orders of another day."""
        self.show_view(DAY)
        self.day.bar.go_to(day)

    # -- inside

    @property
    def _views(self) -> dict[str, DayView | StandingView]:
        return {DAY: self.day, STANDING: self.standing}

    @property
    def _seen(self) -> DayView | StandingView:
        return self._views[str(self.choice.value())]

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_view)
        self.search.searched.connect(lambda text: self._seen.search(text))
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda _: self.take_focus())
        self.search.bind(self)
        self.standing.clear_asked.connect(self._clear_search)
        self.standing.order_asked.connect(self._order_once)
        self.new_button.clicked.connect(self._new)
        self.new_button.bind(self)
        self.choice.bind(self, self.take_focus)
        keys.bind(self, "print", lambda: table_paper.print_out(self._seen.table))
        keys.bind(self, "export", lambda: table_paper.export(self._seen.table))

    def _new(self) -> None:
        if self.place.canteen_id is None:
            return
        if self._seen is self.day:
            self.day.order_once()
        else:
            self.standing.add()

    def _order_once(self, resident_id: int) -> None:
        self.show_view(DAY)
        self.day.order_once(resident_id)

    def _clear_search(self) -> None:
        """What narrows the list is gone: the list is read by whoever says so."""
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)
        self.day.bar.text = ""

    def _say_gone(self, found: bool) -> None:
        if not found:
            messages.warn(self.context.signals, "这份订餐已经不在了，或者不在您的网格里。")
        self.take_focus()

    def _go_on(self, wanted: Unsaved) -> None:
        with messages.domain_errors_shown(self):
            self.show_view(STANDING)
            StandingDialog(
                self.context, self.place, self.window(), standing_id=wanted.record_id
            ).exec()
