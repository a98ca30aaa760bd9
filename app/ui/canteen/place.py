"""Which canteen and which meal period the page 食堂 is about: the same on all of its tabs."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealPeriod
from app.services import canteens
from app.services.canteens import CanteenView, PeriodView
from app.ui.kit import theme
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label, hide_unless, row
from app.ui.kit.memory import window_memory
from app.ui.kit.pinyin_choice import MUST, PinyinChoice
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.values.rights import Right

_KEPT = "食堂/食堂"
_AROUND, _LEAST, _WIDEST = 44, 102, 136
"""What a closed box has beside its words; how wide that of the canteens is"""


class Place(QObject):
    """`canteen_id` is None in an office without a canteen; the period goes with the clock.

    A period chosen by hand holds until the next meal begins.
    """

    changed = Signal()
    """Another canteen or period is chosen, or what is known of them is different"""

    def __init__(self, context: Context) -> None:
        super().__init__(context.signals)
        self._context = context
        self.canteens: tuple[CanteenView, ...] = ()
        self.periods: tuple[PeriodView, ...] = ()
        """Those that the canteen offers"""
        self.canteen_id: int | None = self._kept()
        self.period = MealPeriod.LUNCH
        self._by_clock: MealPeriod | None = None
        self._read()
        context.signals.changed.connect(self._hear)

    @property
    def canteen(self) -> CanteenView | None:
        return next((one for one in self.canteens if one.id == self.canteen_id), None)

    @property
    def hours(self) -> PeriodView | None:
        """When the period opens and closes; None where the canteen does not offer it."""
        return next((one for one in self.periods if one.period == self.period), None)

    def choose_canteen(self, canteen_id: int | None) -> None:
        """Another canteen; it is remembered on this PC."""
        if canteen_id is not None and canteen_id != self.canteen_id:
            self.canteen_id = canteen_id
            window_memory().setValue(_KEPT, canteen_id)
            self._by_clock = None
            self._read()
            self.changed.emit()

    def choose_period(self, period: MealPeriod) -> None:
        """Another period, until the clock comes to the next."""
        if period != self.period:
            self.period = period
            self.changed.emit()

    def refresh(self) -> None:
        """Somebody may have changed the canteens, or the next meal has begun."""
        before = (self.canteens, self.periods, self.canteen_id, self.period)
        self._read()
        if before != (self.canteens, self.periods, self.canteen_id, self.period):
            self.changed.emit()

    def follow_clock(self) -> None:
        """The next meal may have begun; nothing is read, so that it may be asked at every scan."""
        before = self.period
        if self.canteen_id is not None:
            self._go_with_clock()
        if before != self.period:
            self.changed.emit()

    def _go_with_clock(self) -> None:
        by_clock = canteens.period_at(self.periods, self._context.clock.now())
        if by_clock != self._by_clock or self.hours is None:
            self._by_clock = self.period = by_clock

    def _read(self) -> None:
        with self._context.database.lookup() as lookup:
            self.canteens = tuple(canteens.canteens(lookup))
            if self.canteen is None:
                self.canteen_id = self.canteens[0].id if self.canteens else None
            if self.canteen_id is None:
                self.periods = ()
                return
            self.periods = tuple(canteens.periods(lookup, self.canteen_id))
        self._go_with_clock()

    def _hear(self, areas: Area) -> None:
        if Area.CANTEEN in areas or Area.OFFICE in areas:
            self.refresh()

    def _kept(self) -> int | None:
        kept = str(window_memory().value(_KEPT, ""))
        return int(kept) if kept.isdecimal() else None


def place_of(context: Context) -> Place:
    """The one of this window, made when it is first asked for."""
    found: Place | None = context.signals.findChild(Place)
    return found or Place(context)


class _NameChoice(IdChoice):
    """Canteens of one community begin alike: a long name is shortened in its middle."""

    def shown(self) -> str:
        room = self.width() - theme.current().px(_AROUND)
        middle = Qt.TextElideMode.ElideMiddle
        return QFontMetrics(theme.font()).elidedText(self.currentText(), middle, room)

    def fit(self, widest: int) -> None:
        """As wide as the longest name, `widest` pixels of 标准 at most."""
        names = (self.itemText(place) for place in range(self.count()))
        longest = max((theme.text_width(name) for name in names), default=0)
        wide = min(longest + theme.current().px(_AROUND), theme.current().px(widest))
        self.setFixedWidth(max(wide, theme.current().px(_LEAST)))


class CanteenChoice(QWidget):
    """For the `head` of a tab: the canteen's name, and a choice where there are several."""

    def __init__(self, place: Place, *, widest: int = _WIDEST) -> None:
        super().__init__()
        self._place, self._widest = place, widest
        self._name = Label(tone="text2")
        self.choice = _NameChoice(name="食堂", blank=MUST)
        layout = row(self._name, self.choice)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self._show()
        place.changed.connect(self._show)
        self.choice.currentIndexChanged.connect(
            lambda _place: place.choose_canteen(self.choice.chosen_id)
        )

    def _show(self) -> None:
        several = len(self._place.canteens) > 1
        canteen = self._place.canteen
        self._name.setText(canteen.name if canteen is not None else "")
        self._name.setVisible(not several)
        self.choice.setVisible(several)
        self.choice.blockSignals(True)
        self.choice.offer({one.id: one.name for one in self._place.canteens})
        self.choice.choose_id(self._place.canteen_id)
        self.choice.fit(self._widest)
        self.choice.setToolTip(canteen.name if canteen is not None and several else "")
        self.choice.blockSignals(False)


class PeriodChoice(PinyinChoice):
    """For the `head` of a tab: the periods that the canteen offers."""

    def __init__(self, place: Place) -> None:
        super().__init__((), name="餐次", blank=MUST)
        self._place = place
        self.setFixedWidth(theme.current().px(84))
        self._show()
        place.changed.connect(self._show)
        self.currentIndexChanged.connect(self._choose)

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._place.periods):
            self._place.choose_period(self._place.periods[number].period)

    def _show(self) -> None:
        self.blockSignals(True)
        self.clear()
        self.addItems([one.period.label for one in self._place.periods])
        self.setCurrentText(self._place.period.label)
        self.setEnabled(self.count() > 0)
        self.blockSignals(False)


class _Beside(CanteenChoice):
    """Seen in 大字 of several canteens; without a place in a window it would be one itself."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        hide_unless(self._asked, self)
        # A method, not a lambda: the connection is to end with the choice.
        place.changed.connect(self._follow)

    @property
    def _asked(self) -> bool:
        return theme.current().large and len(self._place.canteens) > 1

    def _follow(self) -> None:
        if self.parentWidget() is not None:
            self.setVisible(self._asked)


def canteen_beside(place: Place) -> CanteenChoice:
    """For the end of a line of filters in 大字, where the head has no room: of several canteens."""
    return _Beside(place)


def no_canteen(context: Context) -> EmptyState:
    """What every tab shows in an office without a canteen."""
    if not context.may(Right.EDIT_OFFICE):
        return EmptyState(
            "silverware-fork-knife", "还没有食堂", "请能改设置的同事先在“设置”的“食堂”里登记。"
        )

    def to_settings() -> None:
        context.signals.page_requested.emit("office", "食堂")

    return EmptyState(
        "silverware-fork-knife",
        "还没有食堂",
        "先登记食堂的名称、餐次和开餐时间，再设套餐和补贴档次。",
        (("去设置食堂", to_settings),),
    )
