"""The line over the week of the menu: which week, which period, how much is cooked."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import menus
from app.ui.canteen.place import PeriodChoice, Place, canteen_beside
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, icon_button, offer
from app.ui.kit.labels import Label, row, small
from app.values.rights import Right

_WEEK = 7


class WeekBar(QWidget):
    """`moved` when another week is meant."""

    moved = Signal()

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context = context
        self.monday = menus.monday_of(context.clock.today())
        self.before = icon_button("chevron-left", f"前一周（{keys.cap('earlier_week')}）")
        self.after = icon_button("chevron-right", f"后一周（{keys.cap('later_week')}）")
        self.words = Label(bold=True)
        self.near = small()
        self.back = Button("回到本周", kind="link", size="small", cap=keys.cap("this_week"))
        self.period = PeriodChoice(place)
        self.count = small()
        self.copy_button = Button("抄以前的一周", size="small", action="copy_menu")
        offer(context.may(Right.RUN_CANTEEN), self.copy_button)
        self._line = row(
            *(self.before, self.words, self.after, self.near, self.back, 8, self.period),
            *(8, self.count, None, self.copy_button, canteen_beside(place)),
        )
        self.setLayout(self._line)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.back.clicked.connect(self.go_back)
        self._show()

    def add(self, button: QWidget) -> None:
        """One more at the end of the line."""
        self._line.addWidget(button)

    def step(self, weeks: int) -> None:
        """The next week, or the one before."""
        self.go_to(self.monday + timedelta(days=_WEEK * weeks))

    def go_back(self) -> None:
        """The week of today."""
        self.go_to(self._context.clock.today())

    def go_to(self, day: date) -> None:
        """The week of a day."""
        monday = menus.monday_of(day)
        if monday != self.monday:
            self.monday = monday
            self._show()
            self.moved.emit()

    def show_count(self, dishes: int, planned: int) -> None:
        """How many lines the week has, how many portions are planned."""
        portions = f"，备餐 {planned:,} 份" if planned else ""
        self.count.setText(f"{dishes} 道菜{portions}" if dishes else "")
        self.count.setVisible(not theme.current().large)

    def _show(self) -> None:
        sunday = self.monday + timedelta(days=_WEEK - 1)
        words = week_words(self.monday, sunday)
        self.words.setText(words.partition("年")[2] if theme.current().large else words)
        present = menus.monday_of(self._context.clock.today())
        apart = (self.monday - present).days // _WEEK
        self.near.setText(_NEAR.get(apart, ""))
        self.near.setVisible(apart in _NEAR)
        self.back.setVisible(apart != 0)


_NEAR = {-1: "上周", 0: "本周", 1: "下周"}


def week_words(monday: date, sunday: date) -> str:
    """2026年11月16日至22日, 11月30日至12月6日."""
    month = f"{sunday.month}月" if sunday.month != monday.month else ""
    return f"{monday.year}年{monday.month}月{monday.day}日至{month}{sunday.day}日"
