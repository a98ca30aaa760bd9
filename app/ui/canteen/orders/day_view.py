"""当天: the orders of a canteen's day and period, what the kitchen cooks for them, one at hand."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealPeriod, OrderState
from app.services import canteens, meal_orders
from app.services.meal_orders import Difference, OrderLine
from app.services.standing_orders import first_open_day
from app.storage.lookup import Lookup
from app.ui.canteen.orders import acts, generating
from app.ui.canteen.orders.columns import DAY, DAY_PAPER
from app.ui.canteen.orders.day_bar import DayBar
from app.ui.canteen.orders.kitchen_card import KitchenCard
from app.ui.canteen.orders.order_card import OrderCard
from app.ui.canteen.orders.order_dialog import OrderDialog
from app.ui.canteen.orders.words import day_words
from app.ui.canteen.place import Place
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Notice
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.values.rights import Right


class DayView(QWidget):
    """A few hundred lines at most: they are read at once and narrowed here."""

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self._lines: dict[int, OrderLine] = {}
        self._today = context.clock.today()
        self.bar = DayBar(context, place)
        self.notice = Notice("", tone="warn")
        self.follow = Button("按长期订餐更新", size="small", action="generate_orders")
        self.strip = box(row((self.notice, 1), self.follow))
        self.model = PagedTableModel(DAY, self._fetch, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="当天订餐")
        self.table.paper.title = "订餐表"
        self.table.paper.filter_words = lambda: self.bar.filter_words
        self.table.paper.people = lambda ids: [self._lines[one].resident_id for one in ids]
        self.table.paper.columns = DAY_PAPER
        self.foot = TableFoot(self.table, unit="份")
        self.cancel_ticked = Button("取消这几份", size="small", action="cancel_order")
        self.foot.add(self.cancel_ticked)
        offer(context.may(Right.RUN_CANTEEN), self.follow, self.cancel_ticked)
        self.kitchen, self.card = KitchenCard(context), OrderCard(context)
        self._lay_out()
        self._connect()

    @property
    def line(self) -> OrderLine | None:
        """The order at hand."""
        return self.card.line

    def refresh(self) -> None:
        """Read the day anew; the order at hand stays at hand."""
        canteen_id = self._place.canteen_id
        if canteen_id is None:
            return
        generating.open_day(self._context, canteen_id)
        self._turn_the_day()
        self.bar.show_period()
        with self._context.database.lookup() as lookup:
            period, day = self._place.period, self.bar.day
            every = meal_orders.orders_of(lookup, canteen_id, day)
            count = meal_orders.kitchen_count(lookup, canteen_id, day, period)
            self._difference = self._ahead(lookup, canteen_id)
            offered = canteens.set_meals(lookup, canteen_id, day, period)
        self._lines = {one.id: one for one in every if one.period is period}
        self.bar.offer(list(self._lines.values()), _portions(every))
        self.kitchen.show_count(count)
        self._show_notice({one.letter for one in offered})
        self._narrow()

    def show_order(self, order_id: int) -> bool:
        """An order of whichever day, whatever the filters hide; False where it is gone."""
        with self._context.database.lookup() as lookup:
            found = meal_orders.order_lines(lookup, [order_id])
        if not found:
            return False
        line = found[0]
        self._place.choose_canteen(line.canteen_id)
        self._place.choose_period(line.period)
        self.bar.clear_all()
        self.bar.show_day(line.on_date)
        self.refresh()
        return self.table.select_id(order_id)

    def search(self, text: str) -> None:
        """Only whose name or house is meant."""
        self.bar.text = text.strip()
        self._narrow()

    def order_once(self, resident_id: int | None = None) -> None:
        """One meal by hand, for the day that is seen or the next that can be ordered."""
        now, period = self._context.clock.now(), self._place.period
        with self._context.database.lookup() as lookup:
            first = first_open_day(lookup, self._place.canteen_id or 0, period, now)
        day = max(self.bar.day, first)
        dialog = OrderDialog(
            self._context, self._place, self.window(), day=day, resident_id=resident_id
        )
        if dialog.exec() and dialog.order_id is not None:
            self.show_order(dialog.order_id)

    def act(self, what: str) -> None:
        """One of the buttons of the card, on the order at hand."""
        if self.line is not None:
            acts.ORDER_ACTS[what](self._context, self._place, self.line, self)

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        side = column((self.kitchen, 1), self.card, spacing=12)
        panel = box(side)
        panel.setFixedWidth(metrics.px(310 if metrics.large else 372))
        lists = column(self.strip, (TableCard(self.table, self.foot), 1))
        self.setLayout(column(self.bar, (row((lists, 1), panel, spacing=12), 1)))

    def _connect(self) -> None:
        self.bar.moved.connect(self.refresh)
        self.bar.narrowed.connect(self._narrow)
        self.table.current_changed.connect(self._show_line)
        self.table.opened.connect(lambda _: self.act("edit"))
        self.table.escaped.connect(self.bar.clear_all)
        self.card.asked.connect(self.act)
        self.follow.clicked.connect(self._generate)
        self.cancel_ticked.clicked.connect(self._cancel)
        self.kitchen.sheet_asked.connect(self._print_sheet)
        self.kitchen.labels_asked.connect(self._print_labels)
        for button in (self.kitchen.sheet_button, self.kitchen.labels_button):
            button.bind(self)
        for button in (self.card.edit, self.card.pause):
            button.bind(self)
        keys.bind(self, "generate_orders", self._generate)
        keys.bind(self, "cancel_order", self._cancel)
        keys.bind(self, "earlier_day", lambda: self.bar.step(-1))
        keys.bind(self, "later_day", lambda: self.bar.step(1))
        keys.bind(self, "clear_filters", self.bar.clear_all)

    def _turn_the_day(self) -> None:
        """The program stood open over night: whoever looked at today looks at today."""
        today, before = self._context.clock.today(), self._today
        self._today = today
        if today != before and self.bar.day == before:
            self.bar.show_day(today)

    def _ahead(self, lookup: Lookup, canteen_id: int) -> Difference | None:
        """What the plan has more; None for days that are past."""
        if self.bar.day < self._context.clock.today():
            return None
        now = self._context.clock.now()
        return meal_orders.difference(lookup, canteen_id, self.bar.day, now=now)

    def _show_notice(self, letters: set[str]) -> None:
        """What to see to before the kitchen begins: sets without a price, the plan, 忌口."""
        unknown = {
            f"{one.set_letter} 餐"
            for one in self._lines.values()
            if one.state is OrderState.ORDERED and one.set_letter not in letters
        }
        ahead = self._difference if self._lines else None
        clashes = len({one.order_id for one in self.kitchen.count.clashes})
        told = [
            f"{'、'.join(sorted(unknown))}这一天没有价格：请在设置里续上，或改订别的套餐。"
            if unknown
            else "",
            f"长期订餐改过了：{ahead.words}。" if ahead else "",
            f"{clashes} 份餐忌口和菜谱冲突，要换菜：备餐单上有名单。" if clashes else "",
        ]
        shown = [one for one in told if one]
        self.notice.show_text("".join(shown[:1]), "".join(shown[1:]), tone="warn")
        self.follow.setVisible(bool(ahead))
        self.strip.setVisible(bool(shown))

    def _narrow(self) -> None:
        current = self.table.current_id()
        fitting = [one.id for one in self._lines.values() if self.bar.fits(one)]
        self.bar.show_narrowing()
        if not fitting:
            self.table.set_empty(self._nothing())
        self.model.set_ids(fitting)
        if fitting and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)
        self._show_line(self.table.current_id())

    def _show_line(self, order_id: int | None) -> None:
        clashes = self.kitchen.count.clashes
        dishes = [one.dish for one in clashes if one.order_id == order_id]
        self.card.show_line(self._lines.get(order_id or 0), dishes)

    def _nothing(self) -> EmptyState:
        if self.bar.narrows and self._lines:
            return not_found("没有这样的订餐", self.bar.clear_all)
        day, period = day_words(self.bar.day), self._place.period.label
        may = self._context.may(Right.RUN_CANTEEN)
        if may and self._difference and self._difference.new:
            number = sum(one.period is self._place.period for one in self._difference.new)
            if number:
                return EmptyState(
                    "calendar-clock",
                    f"{day}{period}还没有生成订餐",
                    f"长期订餐里有 {number} 份。",
                    (("按长期订餐生成", self._generate),),
                )
        advice = "每周都要的登记长期订餐，只要一次的订一餐。"
        actions = (("订一餐", self.order_once),) if may else ()
        return EmptyState("silverware-fork-knife", f"{day}{period}没有人订餐", advice, actions)

    def _generate(self) -> None:
        canteen_id = self._place.canteen_id
        if canteen_id is not None and not self.follow.withheld:
            generating.ask_and_make(self._context, canteen_id, self.bar.day, self)

    def _cancel(self) -> None:
        """Those that are ticked, or the one at hand; a cancelled one comes back by the same key."""
        ticked = self.model.ticked_in_order()
        if self.cancel_ticked.withheld:
            return
        if ticked:
            acts.cancel_several(self._context, [self._lines[one] for one in ticked], self)
        elif self.line is not None:
            cancelled = self.line.state is OrderState.CANCELLED
            self.act("restore" if cancelled else "cancel")

    def _print_sheet(self) -> None:
        acts.print_sheet(self._context, self._place, self.bar.day, self)

    def _print_labels(self) -> None:
        acts.print_labels(self._context, self._place, self.bar.day, self)

    def _fetch(self, ids: Sequence[int]) -> list[OrderLine]:
        return [self._lines[one] for one in ids]

    def focus_list(self) -> None:
        """Somebody came to work here."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def day(self) -> date:
        return self.bar.day


def _portions(lines: Sequence[OrderLine]) -> dict[MealPeriod, int]:
    found: dict[MealPeriod, int] = {}
    for one in lines:
        if one.state is not OrderState.CANCELLED:
            found[one.period] = found.get(one.period, 0) + one.quantity
    return found
