"""State words (chips), rows of them, key hints, and the filter chips above a list."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.ui.kit import paint, theme
from app.ui.kit.buttons import Button
from app.ui.kit.tokens import COLORS


class Chip(NamedTuple):
    """A word with a tone (grey info ok warn danger), for tables and cards."""

    text: str
    tone: str = "grey"
    icon: str = ""


class ChipLabel(QWidget):
    """One chip as a widget."""

    def __init__(self, text: str, tone: str = "grey", icon: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(Chip(text, tone, icon))

    def set_chip(self, chip: Chip) -> None:
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.setFixedSize(paint.chip_width(chip.text, chip.icon), theme.current().chip)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, tone, icon = self._chip
        paint.chip(painter, self.rect(), text, tone, icon=icon)


class ChipRow(QWidget):
    """Chips that wrap onto further lines when the width ends."""

    def __init__(self, chips: Sequence[Chip] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_chips(chips)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        self._chips = tuple(chips)
        self.setAccessibleName("、".join(chip.text for chip in chips))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1].bottom() + 1 if places else 0

    def sizeHint(self) -> QSize:
        width = sum(paint.chip_width(chip.text, chip.icon) + 4 for chip in self._chips)
        return QSize(width, theme.current().chip if self._chips else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for chip, place in zip(self._chips, self._places(self.width()), strict=True):
            paint.chip(painter, place, chip.text, chip.tone, icon=chip.icon)

    def _places(self, width: int) -> list[QRect]:
        metrics = theme.current()
        gap = metrics.px(4)
        corner = QPoint(0, 0)
        places = []
        for chip in self._chips:
            need = paint.chip_width(chip.text, chip.icon)
            if corner.x() and corner.x() + need > width:
                corner = QPoint(0, corner.y() + metrics.chip + gap)
            places.append(QRect(corner.x(), corner.y(), need, metrics.chip))
            corner.setX(corner.x() + need + gap)
        return places


class KeyHints(QWidget):
    """One quiet line: [Enter] 打开  [空格] 勾选 ... ; drops the last when narrow."""

    def __init__(self, hints: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(paint.cap_height() + 2)
        self.set_hints(hints)

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        self._hints = tuple(hints)
        self.setAccessibleName("，".join(f"{cap} {words}" for cap, words in hints))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        gap = theme.current().px(14)
        width = sum(self._width(hint) + gap for hint in self._hints)
        return QSize(max(0, width - gap), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap, x = theme.current().px(14), 0
        for hint in self._hints:
            if x + self._width(hint) > self.width():
                return
            self._paint_hint(painter, x, hint)
            x += self._width(hint) + gap

    def _width(self, hint: tuple[str, str]) -> int:
        words = theme.text_width(hint[1], "small")
        return paint.cap_width(hint[0]) + theme.current().px(5) + words

    def _paint_hint(self, painter: QPainter, x: int, hint: tuple[str, str]) -> None:
        x += paint.key_cap(painter, x, self.height() / 2, hint[0], color=COLORS.text2)
        place = QRect(x + theme.current().px(5), 0, self.width(), self.height())
        painter.setPen(QColor(COLORS.text2))
        painter.setFont(theme.font("small"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, hint[1])


class FilterChip(Button):
    """A filter: off it shows its name and opens a menu; in force it is filled and carries ×.

    Call `set_choices([(value, words), ...])`; `changed` carries the value, None when taken off.
    """

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, kind="filter", size="small", trail="chevron-down", parent=parent)
        self._filter_name = name
        self._choices: list[tuple[object, str]] = []
        self._value: object = None
        self.clicked.connect(self.open_menu)

    @property
    def value(self) -> object:
        return self._value

    @property
    def number(self) -> int | None:
        """The value where it is one: the id of a record, a year, days."""
        return self._value if isinstance(self._value, int) else None

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        self._choices = list(choices)

    def set_value(self, value: object, words: str = "") -> None:
        """Show a value without announcing it; `words` where it is not one of the choices."""
        self._value = value
        self.kind = "filter" if value is None else "filter_on"
        self._trail = "chevron-down" if value is None else "close"
        self.setText(self._filter_name if value is None else words or self._words(value))
        off = "" if value is None else "，按 Delete 取消"
        self.setAccessibleName(f"筛选 {self._filter_name} {self.text()}{off}")

    def choose(self, value: object) -> None:
        """Put the filter in force, or off with None, and announce it."""
        if value != self._value:
            self.set_value(value)
            self.changed.emit(value)

    def open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, words in self._choices:
            entry = menu.addAction(words)
            entry.setCheckable(True)
            entry.setChecked(value == self._value)
            entry.triggered.connect(lambda _=False, chosen=value: self.choose(chosen))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cross = self.width() - theme.current().px(26)
        if self._value is not None and event.position().x() >= cross:
            self.choose(None)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.choose(None)
            return
        super().keyPressEvent(event)

    def _words(self, value: object) -> str:
        return next((words for known, words in self._choices if known == value), str(value))


class SwitchChip(FilterChip):
    """On or off; one click, no menu. `words` is what the chip says while it is on."""

    def __init__(self, name: str, words: str = "", parent: QWidget | None = None) -> None:
        self._words_on = words or name
        super().__init__(name, parent)
        self.name = name
        self.set_value(None)

    @property
    def on(self) -> bool:
        return bool(self.value)

    def set_value(self, value: object, words: str = "") -> None:
        super().set_value(value, words or self._words_on)
        self._trail = "close" if value else ""
        self.updateGeometry()

    def show_on(self, on: bool) -> None:
        """Without announcing it."""
        self.set_value(True if on else None)

    def open_menu(self) -> None:
        self.choose(None if self.on else True)

    def fill(self, menu: QMenu) -> None:
        menu.addAction("只看" + self._words_on, lambda: self.choose(True))
