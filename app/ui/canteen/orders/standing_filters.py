"""The line of filters over the standing orders."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models import MealPeriod
from app.services.standing_views import KINDS, StandingFilter
from app.ui.canteen.place import Place, canteen_beside
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import row, small
from app.values.days import WEEKDAYS


class StandingFilters(QWidget):
    """`changed` when another choice holds; `chosen` has no search text."""

    changed = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.period, self.weekday = FilterChip("餐次"), FilterChip("星期")
        self.kind = FilterChip("留意")
        self.ended = SwitchChip("已结束")
        self.chips = (self.period, self.weekday, self.kind, self.ended)
        self.clear = Button("清除筛选", kind="link", size="small")
        self._said = small()
        beside = canteen_beside(place)
        self.setLayout(row(*self.chips, self.clear, None, self._said, beside))
        self.period.set_choices([(one, one.label) for one in MealPeriod])
        self.weekday.set_choices([(n, f"星期{name}") for n, name in enumerate(WEEKDAYS, start=1)])
        self.kind.set_choices(list(KINDS.items()))
        for chip in self.chips:
            chip.changed.connect(lambda _: self._changed())
        self.clear.clicked.connect(self.clear_all)
        self.clear.hide()

    def chosen(self, canteen_id: int) -> StandingFilter:
        """Of a canteen."""
        period, kind = self.period.value, self.kind.value
        return replace(
            StandingFilter(canteen_id=canteen_id),
            period=period if isinstance(period, MealPeriod) else None,
            weekday=self.weekday.number,
            kind=kind if isinstance(kind, str) else None,
            ended=self.ended.on,
        )

    @property
    def narrows(self) -> bool:
        return any(chip.value is not None for chip in self.chips)

    @property
    def words(self) -> str:
        """The filter at the head of a paper."""
        return "，".join(chip.text() for chip in self.chips if chip.value is not None)

    def offer(self, counts: dict[str, int]) -> None:
        """How many there are of each kind to be heeded."""
        self.kind.set_choices([(key, f"{words} {counts[key]}") for key, words in KINDS.items()])

    def clear_all(self) -> None:
        """Every standing order that holds or is to begin."""
        for chip in self.chips:
            chip.set_value(None)
        self._changed()

    def say(self, people: int, portions: int) -> None:
        """What the list comes to."""
        self._said.setText(f"{people:,} 人，每周 {portions:,} 份" if people else "")

    def _changed(self) -> None:
        self.clear.setVisible(self.narrows)
        self.changed.emit()
