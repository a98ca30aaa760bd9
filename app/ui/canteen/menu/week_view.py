"""一周: what is cooked on the seven days of a week in one period, written where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import canteens, dishes, menus
from app.services.canteens import SetView
from app.services.dishes import DishView
from app.services.menus import MenuLine
from app.ui.canteen.menu import week_acts
from app.ui.canteen.menu.copy_dialog import CopyDialog
from app.ui.canteen.menu.line_dialog import LineDialog
from app.ui.canteen.menu.put_dialog import PutDialog
from app.ui.canteen.menu.week_bar import WeekBar
from app.ui.canteen.menu.week_card import WeekCard, set_costs
from app.ui.canteen.menu.week_grid import WeekGrid
from app.ui.canteen.menu.week_lines import arranged
from app.ui.canteen.place import Place
from app.ui.kit import keys
from app.ui.kit.card import Card, Notice
from app.ui.kit.labels import column
from app.values.rights import Right


class WeekView(QWidget):
    """`dish_asked` when the form of the dish that is chosen is wanted."""

    dish_asked = Signal(int)

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self._lines: tuple[MenuLine, ...] = ()
        self._dishes: dict[int, DishView] = {}
        self._sets: dict[date, tuple[SetView, ...]] = {}
        self._out: dict[int, int] = {}
        self.bar = WeekBar(context, place)
        self.notice = Notice(*_NO_MENU, tone="soft")
        self.grid = WeekGrid()
        self.card = WeekCard(context)
        frame = Card(margins=(6, 4, 6, 6))
        frame.body.addWidget(self.grid, 1)
        self.setLayout(column(self.bar, self.notice, (frame, 1), self.card))
        self._connect()
        self._opened = False

    def refresh(self) -> None:
        """Read the week anew; the dish at hand stays at hand."""
        canteen_id = self._place.canteen_id
        if canteen_id is None:
            return
        monday, period = self.bar.monday, self._place.period
        today = self._context.clock.today()
        days = [monday + timedelta(days=number) for number in range(7)]
        with self._context.database.lookup() as lookup:
            self._lines = menus.lines(lookup, canteen_id, days[0], days[-1], period)
            self._dishes = {one.id: one for one in dishes.dishes(lookup)}
            self._sets = {day: canteens.set_meals(lookup, canteen_id, day, period) for day in days}
            self._out = menus.served(lookup, canteen_id, today, period)
        self.grid.show_week(arranged(self._lines, monday), today)
        if not self._opened:
            self._opened = True
            self.grid.choose_day(today)
        self.notice.show_text(*(_NO_MENU if self._dishes else _NO_DISHES), tone="soft")
        self.notice.setVisible(not self._lines and self._may_write)
        self.bar.show_count(len(self._lines), sum(one.planned or 0 for one in self._lines))
        self._show_current()

    def focus_list(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_week(self, monday: date) -> None:
        """Another week, on its first day or today."""
        self.bar.go_to(monday)

    def put(self) -> None:
        """加菜 to the day that is chosen; the last one is then at hand."""
        canteen_id = self._place.canteen_id
        if canteen_id is None or not self._may_write:
            return
        dialog = PutDialog(
            self._context, canteen_id, self.grid.day, self._place.period, self.window()
        )
        dialog.exec()
        if dialog.put_ids:
            self.refresh()
            self.grid.choose_line(dialog.put_ids[-1])
        self.focus_list()

    def copy_week(self) -> None:
        """抄以前的一周."""
        canteen_id = self._place.canteen_id
        if canteen_id is not None and self._may_write:
            CopyDialog(self._context, canteen_id, self.bar.monday, self.window()).exec()
            self.focus_list()

    def act(self, what: str) -> None:
        """One of the buttons of the card, on the dish at hand."""
        line = self.grid.line
        if line is None:
            return
        if what == "sold_out":
            if self._may_write or self._context.may(Right.LOG_MEALS):
                week_acts.switch_sold_out(self._context, line, self)
        elif not self._may_write:
            return
        elif what == "edit":
            LineDialog(self._context, line, self._sets[line.on_date], self.window()).exec()
        else:
            week_acts.take_off(self._context, line, self)

    # -- inside

    @property
    def _may_write(self) -> bool:
        return self._context.may(Right.RUN_CANTEEN)

    def _connect(self) -> None:
        self.bar.moved.connect(self.refresh)
        self.bar.copy_button.clicked.connect(self.copy_week)
        self.bar.copy_button.bind(self)
        self.grid.moved.connect(self._show_current)
        self.grid.opened.connect(self._open)
        self.grid.lettered.connect(self._switch)
        self.grid.week_asked.connect(self.bar.step)
        self.card.asked.connect(self.act)
        self.card.sold_button.bind(self)
        keys.bind(self, "dish_off", lambda: self.act("off"))
        keys.bind(self, "earlier_week", lambda: self.bar.step(-1))
        keys.bind(self, "later_week", lambda: self.bar.step(1))
        keys.bind(self, "this_week", self._go_back)
        keys.bind(self, "meal_before", lambda: self._step_meal(-1))
        keys.bind(self, "meal_after", lambda: self._step_meal(1))
        keys.bind(self, "edit_dish", self._ask_dish)
        keys.bind(self, "dish_up", self._moved(-1))
        keys.bind(self, "dish_down", self._moved(1))
        keys.bind(self, "dish_day_before", self._moved_day(-1))
        keys.bind(self, "dish_day_after", self._moved_day(1))

    def _moved(self, by: int) -> Callable[[], None]:
        """Among its kind."""

        def move() -> None:
            line = self.grid.line
            if line is not None and self._may_write:
                week_acts.move(self._context, line, by, self)

        return move

    def _moved_day(self, by: int) -> Callable[[], None]:
        """To another day; over the edge of the week one goes along."""

        def move() -> None:
            line = self.grid.line
            if line is None or not self._may_write:
                return
            if week_acts.move_day(self._context, line, by, self):
                self.bar.go_to(line.on_date + timedelta(days=by))
                self.grid.choose_line(line.id)

        return move

    def _go_back(self) -> None:
        self.bar.go_back()
        self.grid.choose_day(self._context.clock.today())

    def _step_meal(self, by: int) -> None:
        offered = [one.period for one in self._place.periods]
        if self._place.period in offered:
            number = offered.index(self._place.period) + by
            if 0 <= number < len(offered):
                self._place.choose_period(offered[number])

    def _open(self) -> None:
        """Enter on a dish changes it, on a day without any puts one."""
        if self.grid.line is None:
            self.put()
        else:
            self.act("edit")

    def _switch(self, letter: str) -> None:
        line = self.grid.line
        if line is None or not self._may_write:
            return
        offered = {one.letter for one in self._sets[line.on_date]}
        if letter in offered or letter in line.sets:
            week_acts.switch_letter(self._context, line, letter, self)

    def _ask_dish(self) -> None:
        if self.grid.line is not None:
            self.dish_asked.emit(self.grid.line.dish_id)

    def _show_current(self) -> None:
        line, day = self.grid.line, self.grid.day
        dish = self._dishes.get(line.dish_id) if line is not None else None
        today = day == self._context.clock.today()
        out = self._out.get(line.dish_id, 0) if line is not None and today else None
        self.card.show_dish(line, dish, out)
        menu = [one for one in self._lines if one.on_date == day]
        self.card.show_sets(set_costs(self._sets[day], menu, self._dishes))


_NO_MENU = (
    "这一周这一餐还没有菜谱。",
    f"按 {keys.cap('new')} 加菜，或者按 {keys.cap('copy_menu')} 把以前的一周抄过来再改。",
)
_NO_DISHES = (
    "还没有菜。",
    f"先按 {keys.cap('switch_menu')} 换到菜品，按 {keys.cap('new')} 记下常做的菜，再回来排菜谱。",
)
