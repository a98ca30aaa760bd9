"""Controls of the resident's form: choices found by pinyin, dates, document number."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.ui.kit import theme
from app.ui.kit.forms import choice
from app.ui.kit.labels import row
from app.values import pinyin
from app.values.dates import parse_date
from app.values.documents import DocumentKind

_TYPING_PAUSE_MS = 900
NOTHING_CHOSEN = "（不填）"


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
        self.addItems([NOTHING_CHOSEN, *items] if items else [])
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
            super().keyPressEvent(event)

    def shown(self) -> str:
        """What the closed box says; a shorter form where the choice does not fit."""
        return self.currentText()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_box(self, self.shown() or self.placeholderText(), quiet=not self.shown())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the form with the mouse must not change what the mouse happens to be over.
        event.ignore()

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


class DateEdit(QLineEdit):
    """A date in any spelling; it is shown as 1985-07-12 after leaving."""

    def __init__(self, *, name: str, hint: str, today: date) -> None:
        super().__init__()
        self._today = today
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(30)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def value(self) -> date | None:
        return parse_date(self.text(), today=self._today).value

    def set_value(self, value: date | None) -> None:
        self.setText(value.isoformat() if value else "")

    def problem(self) -> str:
        """Why the text is no date; empty when it is one, or when there is none."""
        if not self.text().strip():
            return ""
        parsed = parse_date(self.text(), today=self._today)
        if parsed.fault:
            return parsed.fault.sentence
        return "" if parsed.value else "请写全年、月、日，例如 1985-07-12。"

    def focusOutEvent(self, event: QFocusEvent) -> None:
        value = self.value()
        if value:
            self.set_value(value)
        super().focusOutEvent(event)


class DocumentEdit(QWidget):
    """Kind and number of a document, side by side."""

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        labels = [kind.label for kind in DocumentKind if kind is not DocumentKind.ID_CARD_15]
        self.kind_box = choice(labels, name="证件类型")
        self.number = _NumberEdit()
        self.number.left.connect(self.left)
        self.setLayout(row(self.kind_box, (self.number, 1)))
        self.setFocusProxy(self.kind_box)
        self.kind_box.currentTextChanged.connect(self._kind_chosen)
        self.number.textChanged.connect(lambda _: self.changed.emit())
        self._fit()

    @property
    def kind(self) -> DocumentKind:
        words = self.kind_box.currentText()
        return next(kind for kind in DocumentKind if kind.label == words)

    @property
    def typing(self) -> bool:
        return self.number.hasFocus()

    def value(self) -> tuple[str, str]:
        return self.kind.value, self.number.text().strip()

    def set_value(self, kind: str, number: str) -> None:
        self.show_kind(DocumentKind(kind))
        self.number.setText(number)

    def show_kind(self, kind: DocumentKind) -> None:
        """An old number of 15 digits is an ID card as well: the number itself tells which."""
        shown = DocumentKind.ID_CARD if kind is DocumentKind.ID_CARD_15 else kind
        self.kind_box.setCurrentText(shown.label)

    def _kind_chosen(self) -> None:
        without = self.kind is DocumentKind.NONE
        self.number.setEnabled(not without)
        self.number.setPlaceholderText("不用填" if without else "")
        if without:
            self.number.clear()
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        words = theme.text_width(self.kind_box.currentText())
        self.kind_box.setFixedWidth(words + theme.current().px(46))


class _NumberEdit(QLineEdit):
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("证件号码，必填")
        self.setMaxLength(40)
        # A Chinese input method would swallow the digits of a card reader.
        self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class PlainEdit(QLineEdit):
    """A line that tells when it is left."""

    left = Signal()

    def __init__(self, *, name: str, hint: str = "", limit: int = 60, digits: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(limit)
        if digits:
            self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
