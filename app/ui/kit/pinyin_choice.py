"""Drop-downs whose choices are found by typing pinyin initials."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from app.ui.kit import theme
from app.values import pinyin

_TYPING_PAUSE_MS = 900
NOTHING_CHOSEN = "（不填）"
MUST = "必选"
"""`blank` of a choice that must be made: 不填 is not offered."""


class _Letters:
    """Letters typed in quick succession: one word, as people type it."""

    def __init__(self) -> None:
        self._typed = ""
        self._clock = QElapsedTimer()

    def add(self, text: str) -> str:
        if self._clock.isValid() and self._clock.elapsed() > _TYPING_PAUSE_MS:
            self._typed = ""
        self._clock.start()
        self._typed += text.lower()
        return self._typed


def matching(names: Sequence[str], typed: str, start: int) -> int | None:
    """The next name after `start` that the typed letters mean: characters, initials or pinyin.

    One letter typed again and again walks through all that begin with it.
    """
    walking = len(set(typed)) == 1
    word = typed[0] if walking else typed
    first = start + 1 if walking else max(0, start)
    count = len(names)
    around = [(first + step) % count for step in range(count)] if count else []
    return next((place for place in around if _means(names[place], word)), None)


def _means(name: str, typed: str) -> bool:
    if name.startswith(typed):
        return True
    if not typed.isascii():
        return False
    spelled = ("".join(reading) for reading in pinyin.readings(name))
    short = any(initials.startswith(typed) for initials in pinyin.initials(name))
    return bool(name) and (short or any(one.startswith(typed) for one in spelled))


class _ChoiceList(QListView):
    """The open list of a PinyinChoice: typing moves in it as in the closed box."""

    def __init__(self, box: "PinyinChoice") -> None:
        super().__init__(box)
        self._box = box
        self._letters = _Letters()

    def keyboardSearch(self, text: str) -> None:
        if text.strip():
            place = self._box.place_of(self._letters.add(text), self.currentIndex().row())
            if place is not None:
                self.setCurrentIndex(self.model().index(place, 0))


class PinyinChoice(QComboBox):
    """A drop-down in which typed letters choose by pinyin initials; no input method is needed."""

    def __init__(self, items: Sequence[str], *, name: str, blank: str = "可不填") -> None:
        super().__init__()
        self._letters = _Letters()
        self.setAccessibleName(name)
        self.setView(_ChoiceList(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(12)
        self.setPlaceholderText(blank)
        self.none: tuple[str, ...] = () if blank == MUST else (NOTHING_CHOSEN,)
        self.addItems([*self.none, *items] if items else [])
        self.setCurrentIndex(-1)
        self.currentIndexChanged.connect(self._clear_on_nothing)
        self.widen_list()

    def set_value(self, value: str) -> None:
        """Show a value; one that is not offered is added, never lost."""
        if not value:
            self.setCurrentIndex(-1)
            return
        place = self.findText(value, Qt.MatchFlag.MatchExactly)
        if place < 0:
            self.addItem(value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def place_of(self, typed: str, start: int) -> int | None:
        """The item meant by typed letters, searched from `start` on."""
        names = [self.itemText(i) for i in range(self.count())]
        return matching([name if name != NOTHING_CHOSEN else "" for name in names], typed, start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and text.isprintable() and text.strip():
            place = self.place_of(self._letters.add(text), self.currentIndex())
            if place is not None:
                self.setCurrentIndex(place)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setCurrentIndex(-1)
        else:
            if plain and event.key() == Qt.Key.Key_Down and self.currentIndex() < 0:
                self._step_over_nothing()
            super().keyPressEvent(event)

    def shown(self) -> str:
        """What the closed box says; a shorter form where the choice does not fit."""
        return self.currentText()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_box(self, self.shown() or self.placeholderText(), quiet=not self.shown())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the form with the mouse must not change what the mouse happens to be over.
        event.ignore()

    def _step_over_nothing(self) -> None:
        """↓ in an empty box means the first choice; （不填） is what it has."""
        if self.none and self.count() > 1:
            self.blockSignals(True)
            self.setCurrentIndex(0)
            self.blockSignals(False)

    def _clear_on_nothing(self) -> None:
        if self.currentText() == NOTHING_CHOSEN:
            self.setCurrentIndex(-1)

    def widen_list(self) -> None:
        """The open list is as wide as its longest choice."""
        widest = max((theme.text_width(self.itemText(i)) for i in range(self.count())), default=0)
        self.view().setMinimumWidth(widest + theme.current().px(44))


def paint_box(box: QComboBox, words: str, *, quiet: bool) -> None:
    """Draw a closed drop-down with these words, in the colour of a hint where `quiet`."""
    painter = QStylePainter(box)
    # The type information of PySide leaves the fields of style options out.
    option: Any = QStyleOptionComboBox()
    box.initStyleOption(option)
    option.currentText = words
    if quiet:
        color = box.palette().color(QPalette.ColorRole.PlaceholderText)
        option.palette.setColor(QPalette.ColorRole.ButtonText, color)
        option.palette.setColor(QPalette.ColorRole.Text, color)
    painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
    painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
