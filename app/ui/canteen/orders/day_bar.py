"""The line over the orders of a day: which day, which period, what narrows the list."""

from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.context import Context
from app.models import MealPeriod, MealWay, OrderState
from app.services.order_lines import OrderLine
from app.ui.canteen.orders.words import cut_off_words
from app.ui.canteen.place import Place, canteen_beside
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import Label, row, small
from app.ui.kit.segments import Segments
from app.ui.people.date_line import NearLine, beside_day
from app.values.pinyin_match import spells

NO_ROUTE = 0
"""In place of the id of a route"""


class DayBar(QWidget):
    """`moved` when another day or period is meant, `narrowed` when other lines are."""

    moved = Signal()
    narrowed = Signal()

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self.day = context.clock.today()
        self.text = ""
        self._offered = tuple(one.period for one in place.periods)
        self.before = icon_button("chevron-left", f"前一天（{keys.cap('earlier_day')}）")
        self.after = icon_button("chevron-right", f"后一天（{keys.cap('later_day')}）")
        self.words = Label(bold=True)
        self.line = NearLine(self.day, self.day, future=True)
        self.line.setFixedWidth(theme.current().px(100))
        self.line.setAccessibleName("哪一天")
        self.periods = self._segments()
        self._periods = row(self.periods)
        self._large = theme.current().large
        self.special = SwitchChip("饮食" if self._large else "饮食有要求", "饮食有要求")
        self.route, self.state = FilterChip("路线"), FilterChip("状态")
        self.chips = (self.special, self.route, self.state)
        self.clear = Button("清除筛选", kind="link", size="small")
        self.until = small()
        self.state.set_choices([(one, one.label) for one in OrderState])
        self.setLayout(
            row(
                *(self.before, self.line, self.after, self.words),
                *(8, self._periods, 8, *self.chips, self.clear, None, self.until),
                canteen_beside(place),
            )
        )
        self._connect()
        self.show_day(self.day)

    @property
    def narrows(self) -> bool:
        return bool(self.text) or any(chip.value is not None for chip in self.chips)

    @property
    def filter_words(self) -> str:
        """The filter at the head of a paper."""
        period = self._place.period.label
        chosen = [chip.text() for chip in self.chips if chip.value is not None]
        typed = [f"查找“{self.text}”"] if self.text else []
        return "，".join((f"{self.day:%Y-%m-%d} {period}", *chosen, *typed))

    def show_day(self, day: date) -> None:
        """Without announcing it."""
        self.day = day
        blocked = self.line.blockSignals(True)
        self.line.set_value(day)
        self.line.blockSignals(blocked)
        self.words.setText(beside_day(day, self._context.clock.today(), short=self._large))
        self.show_period()

    def show_period(self) -> None:
        """That of the page; those that the canteen does not offer are not there."""
        offered = tuple(one.period for one in self._place.periods)
        if offered != self._offered:
            self._offered = offered
            before = self.periods
            self.periods = self._segments()
            self._periods.replaceWidget(before, self.periods)
            before.hide()
            before.deleteLater()
            for one, other in pairwise((self.after, *self.periods.findChildren(QPushButton))):
                self.setTabOrder(one, other)
        self.periods.show_value(self._place.period)
        self._show_cut_off()

    def step(self, by: int) -> None:
        """The next day, or the one before."""
        self.go_to(self.day + timedelta(days=by))

    def go_to(self, day: date) -> None:
        if day != self.day:
            self.show_day(day)
            self.moved.emit()

    def offer(self, lines: list[OrderLine], counts: dict[MealPeriod, int]) -> None:
        """The routes of the day, and how many portions each period has."""
        routes = {one.route_id: one.route_name for one in lines if one.route_id is not None}
        missing = [(NO_ROUTE, "没有排路线")]
        self.route.set_choices([*routes.items(), *missing])
        for period in self._offered:
            number = counts.get(period, 0)
            self.periods.set_words(period, f"{period.label} {number}" if number else period.label)
        self.show_narrowing()

    def show_narrowing(self) -> None:
        """The way back, where something narrows the list."""
        self.clear.setVisible(self.narrows)
        self._show_cut_off()

    def fits(self, line: OrderLine) -> bool:
        """Whether an order is among those that are wanted."""
        route, state = self.route.number, self.state.value
        if self.special.on and not line.special:
            return False
        if route == NO_ROUTE and (line.route_id or line.way is not MealWay.BROUGHT):
            return False
        if route and line.route_id != route:
            return False
        if state is not None and line.state is not state:
            return False
        return not self.text or self.text in line.place or spells(line.name, self.text)

    def clear_all(self) -> None:
        """Every order of the period again."""
        self.text = ""
        for chip in self.chips:
            chip.set_value(None)
        self.narrowed.emit()

    # -- inside

    def _show_cut_off(self) -> None:
        """Until when orders are taken for what is seen; nothing of days that are past."""
        hours, now = self._place.hours, self._context.clock.now()
        # 大字 has room for it as long as nothing else asks for some.
        room = not self._large or (len(self._place.canteens) < 2 and not self.narrows)
        self.until.setVisible(room)
        if hours is None or self.day < now.date():
            self.until.setText("")
            return
        self.until.setText(cut_off_words(hours, self.day, now))

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.line.editingFinished.connect(self._typed)
        self.clear.clicked.connect(self.clear_all)
        for chip in self.chips:
            chip.changed.connect(lambda _: self.narrowed.emit())

    def _segments(self) -> Segments:
        made = Segments([(one, one.label, one.label) for one in self._offered])
        made.chosen.connect(self._choose)
        return made

    def _choose(self, period: object) -> None:
        if isinstance(period, MealPeriod):
            self._place.choose_period(period)

    def _typed(self) -> None:
        day = self.line.value()
        if day is not None:
            self.go_to(day)
