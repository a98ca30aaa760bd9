"""Typed controls of the resident's form: dates, document numbers, plain lines."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.kit import theme
from app.ui.kit.forms import choice
from app.ui.kit.labels import row
from app.values.dates import parse_date
from app.values.documents import DocumentKind


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
        self.kind_box.setFixedWidth(words + theme.current().px(50))


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
