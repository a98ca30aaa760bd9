"""菜谱: the menu of a week, and the dishes of which it is made."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QMenu, QStackedWidget

from app.context import Context
from app.ui.canteen.menu import printing
from app.ui.canteen.menu.dish_dialog import DishDialog
from app.ui.canteen.menu.dish_view import DishListView
from app.ui.canteen.menu.week_view import WeekView
from app.ui.canteen.place import CanteenChoice, no_canteen, place_of
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import row
from app.ui.kit.search_box import SearchBox
from app.ui.kit.view_switch import ViewSwitch
from app.ui.people.canteen_wish import ShowDish
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right

WEEK, DISHES = "一周", "菜品"


class MenuTab(PageTab):
    """Two views; whoever searches is taken to the dishes."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.place = place_of(context)
        views = ((WEEK, WEEK, "一周的菜谱"), (DISHES, DISHES, "所有的菜"))
        self.choice = ViewSwitch(views, action="switch_menu")
        self.search = SearchBox("找菜" if large else "菜名、拼音", name="查找菜")
        self.search.setFixedWidth(theme.current().px(110 if large else 150))
        size = "small" if large else "control"
        self.print_button = Button("打印", size=size, icon="printer-outline", action="print")
        self.new_button = Button("加菜", kind="primary", action="new")
        offer(context.may(Right.PRINT), self.print_button)
        offer(context.may(Right.RUN_CANTEEN), self.new_button)
        # 大字 has no room for them beside eight tabs: they stand at the end of the line below.
        wide = () if large else (CanteenChoice(self.place), self.print_button)
        self.head = (*wide[:1], self.choice, self.search, *wide[1:], self.new_button)
        self.week, self.dishes = WeekView(context, self.place), DishListView(context, self.place)
        if large:
            self.week.bar.add(self.print_button)
        self.stack = QStackedWidget()
        self._empty = no_canteen(context)
        for view in (self.week, self.dishes, self._empty):
            self.stack.addWidget(view)
        self.setLayout(row((self.stack, 1)))
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        views = self.choice.legend
        writes = self.context.may(Right.RUN_CANTEEN)
        if self.stack.currentWidget() is self.week:
            weeks = (f"{keys.cap('earlier_week')} →", "换周")
            meals = (f"{keys.cap('meal_before')}/PgDn", "换餐")
            own = (
                ("A–H", "进出套餐"),
                ("Ctrl+方向键", "挪动"),
            )
            return (*(own if writes else ()), weeks, meals, views)
        if self.stack.currentWidget() is self.dishes:
            return (("空格", "勾选"), *((("Enter", "修改"),) if writes else ()), views)
        return ()

    def refresh(self) -> None:
        """What is seen is read anew; the other when it is opened."""
        there = self.place.canteen_id is not None
        for widget in (self.choice, self.search, self.print_button, self.new_button):
            widget.setVisible(there)
        if not there:
            self.stack.setCurrentWidget(self._empty)
            return
        self.stack.setCurrentWidget(self._seen)
        self._seen.refresh()

    def take_focus(self) -> None:
        if self.place.canteen_id is not None:
            self._seen.focus_list()

    def show_view(self, name: object) -> None:
        """一周 or 菜品."""
        self.choice.show_value(name)
        self.new_button.setText("加菜" if name == WEEK else "新增菜")
        self._clear_search()
        self.refresh()
        self.legend_changed.emit()

    def show_record(self, wanted: object) -> None:
        if self.place.canteen_id is None:
            return
        if isinstance(wanted, ShowDish):
            self.show_view(DISHES)
            if not self.dishes.select(wanted.dish_id):
                messages.warn(self.context.signals, "这道菜已经被删除，在回收站里找。")
            self.take_focus()
        elif isinstance(wanted, Unsaved):
            self.show_view(DISHES)
            with messages.domain_errors_shown(self):
                DishDialog(self.context, wanted.record_id, self.window()).exec()

    def show_week(self, day: date) -> None:
        """The menu of the week of a day, with that day chosen."""
        self.show_view(WEEK)
        self.week.bar.go_to(day)
        self.week.grid.choose_day(day)

    def fill_print_menu(self, menu: QMenu) -> None:
        """The papers of the week that is seen, the prices, the list of dishes."""
        monday, canteen = self.week.bar.monday, self.place.canteen
        if canteen is None:
            return
        for words, large in (("一周菜谱海报 A4…", False), ("一周菜谱海报 A3…", True)):
            menu.addAction(
                words,
                lambda large=large: printing.print_poster(
                    self.context, self, canteen, monday, large=large
                ),
            )
        for words, days in (("大字菜谱，每页一天…", 1), ("大字菜谱，每页两天…", 2)):
            menu.addAction(
                words,
                lambda days=days: printing.print_door(
                    self.context, self, canteen, monday, per_page=days
                ),
            )
        menu.addAction("价目表…", lambda: printing.print_prices(self.context, self, canteen))
        if self._seen is self.dishes:
            menu.addSeparator()
            menu.addAction("打印本表…", lambda: table_paper.print_out(self.dishes.table))

    # -- inside

    @property
    def _seen(self) -> WeekView | DishListView:
        return self.week if self.choice.value() == WEEK else self.dishes

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_view)
        self.search.paused.connect(self._look_for)
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda text: self._submit(text))
        self.search.bind(self)
        self.week.dish_asked.connect(self._edit_dish)
        self.dishes.clear_asked.connect(self._clear)
        self.print_button.clicked.connect(self._open_print_menu)
        self.print_button.bind(self)
        self.new_button.clicked.connect(self._new)
        self.new_button.bind(self)
        self.choice.bind(self, self.take_focus)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "export", self._export)

    def _new(self) -> None:
        if self.place.canteen_id is None:
            return
        if self._seen is self.week:
            self.week.put()
        else:
            self.dishes.add()

    def _look_for(self, text: str) -> None:
        if text.strip() and self._seen is self.week:
            self.choice.show_value(DISHES)
            self.new_button.setText("新增菜")
            self.refresh()
            self.legend_changed.emit()
        self.dishes.search(text)

    def _submit(self, text: str) -> None:
        self.search.settle()
        self._look_for(text)
        self.take_focus()

    def _edit_dish(self, dish_id: int) -> None:
        self.dishes.refresh()
        self.dishes.edit(dish_id)
        self.take_focus()

    def _clear_search(self) -> None:
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.settle()
        self.search.blockSignals(blocked)
        self.dishes.bar.text = ""

    def _clear(self) -> None:
        self._clear_search()
        if self._seen is self.dishes:
            self.dishes.clear()
        self.take_focus()

    def _export(self) -> None:
        canteen = self.place.canteen
        if canteen is None:
            return
        if self._seen is self.dishes:
            table_paper.export(self.dishes.table)
        elif self.context.may(Right.EXPORT):
            printing.export_week(self.context, self, canteen, self.week.bar.monday)

    def _open_print_menu(self) -> None:
        if self.place.canteen_id is None:
            return
        menu = menu_of(self.print_button)
        self.fill_print_menu(menu)
        drop(menu, self.print_button)
