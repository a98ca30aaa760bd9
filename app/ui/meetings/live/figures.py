"""The four figures of a vote, typed in the order in which they are read out; areas below them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.errors import DomainError
from app.services.voting import Count
from app.ui.kit import keys, theme
from app.ui.kit.labels import Label, row, small
from app.values.areas import plain_metres, read_area

NAMES = ("赞成", "反对", "弃权", "无效或未投")
ACTIONS = ("count_yes", "count_no", "count_abstain", "count_invalid")
_MOST = 1_000_000


class Figure(QLineEdit):
    """One number, large; Enter goes on, Shift+Enter back."""

    stepped = Signal(QObject, int)

    def __init__(self, name: str, parent: QWidget, *, area: bool = False) -> None:
        super().__init__(parent)
        self.area = area
        self.setAccessibleName(f"{name}的面积" if area else name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_large(not area)
        self.setPlaceholderText("㎡" if area else "")
        self.setMaxLength(14 if area else 7)
        if not area:
            self.setValidator(QIntValidator(0, _MOST, self))

    def set_large(self, on: bool) -> None:
        """大字 has no room for more than large type."""
        metrics = theme.current()
        high = on and not metrics.large
        self.setFont(theme.font("h1" if high else "title", bold=True))
        self.setFixedHeight(metrics.main if high else metrics.control)

    def value(self) -> int:
        """People, or 0.01 m²; nothing typed is 0. Raises DomainError for what is no area."""
        text = self.text().strip()
        if not self.area:
            return int(text) if text.isdigit() else 0
        return read_area(text) if text.strip("0. ") else 0

    def show_value(self, number: int) -> None:
        if self.area:
            self.setText(plain_metres(number).replace(",", "") if number else "")
        else:
            self.setText(str(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(self, -1 if back else 1)
            return
        super().keyPressEvent(event)


class Figures(QWidget):
    """`changed` at every digit; `count` is what stands there."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = [Figure(name, self) for name in NAMES]
        self.areas = [Figure(name, self, area=True) for name in NAMES]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.current().px(12))
        grid.setVerticalSpacing(theme.current().px(4))
        for place, (name, action) in enumerate(zip(NAMES, ACTIONS, strict=True)):
            shown = name.removesuffix("或未投") if theme.current().large else name
            words = row(Label(shown, bold=True), None, small(keys.cap(action)), spacing=2)
            grid.addLayout(words, 0, place)
            grid.addWidget(self.people[place], 1, place)
            grid.addWidget(self.areas[place], 2, place)
            grid.setColumnStretch(place, 1)
        for one in self._all:
            one.textChanged.connect(lambda _: self.changed.emit())
            one.stepped.connect(self._step)
        self.show_areas(False)

    @property
    def _all(self) -> Sequence[Figure]:
        return (*self.people, *self.areas)

    @property
    def empty(self) -> bool:
        return not any(one.text().strip() for one in self._all)

    def show_areas(self, on: bool) -> None:
        """双轨: what each figure has of area."""
        for one in self.areas:
            one.setVisible(on)
        for one in self.people:
            one.set_large(not on)

    def count(self) -> Count:
        """Raises DomainError for what is no number."""
        areas = [one.value() if not one.isHidden() else 0 for one in self.areas]
        return Count(*(one.value() for one in self.people), *areas)

    def count_or_zero(self) -> Count:
        """As far as it can be read: for the bar, which is drawn while somebody types."""
        try:
            return self.count()
        except DomainError:
            return Count(*(one.value() for one in self.people))

    def put(self, count: Count) -> None:
        """Take over what was counted elsewhere (ballots)."""
        for one, number in zip(self.people, count.people, strict=True):
            one.show_value(number)
        for one, number in zip(self.areas, count.areas, strict=True):
            one.show_value(number)

    def clear(self) -> None:
        for one in self._all:
            one.clear()

    def go_to(self, place: int) -> None:
        """By Alt+1 to Alt+4."""
        self.people[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.people[place].selectAll()

    def _step(self, figure: QObject, by: int) -> None:
        shown = [one for one in self._all if not one.isHidden()]
        here = next(place for place, one in enumerate(shown) if one is figure)
        target = shown[min(max(0, here + by), len(shown) - 1)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.selectAll()
