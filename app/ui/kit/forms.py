"""Forms: labelled fields on one grid, a message line below each, Enter moves on."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QMetaMethod, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit import icons, theme
from app.ui.kit.labels import RIGHT_MIDDLE, Label, row, rule, small, title
from app.ui.kit.tokens import COLORS

_ICONS = {"ok": "check", "warn": "alert-outline", "danger": "alert-circle-outline"}
_COLORS = {"ok": COLORS.ok, "warn": COLORS.warn, "danger": COLORS.danger}


def value_of(control: QWidget) -> Any:
    """What a control holds: text of a line, shown text of a choice, state of a tick box."""
    if isinstance(control, QLineEdit):
        return control.text()
    if isinstance(control, QComboBox):
        return control.currentText()
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText()
    if isinstance(control, QAbstractButton):
        return control.isChecked()
    reader: Callable[[], Any] | None = getattr(control, "value", None)
    return reader() if callable(reader) else None


class Field(QWidget):
    """Label, control and message of one field."""

    def __init__(self, name: str, control: QWidget, *, required: bool = False) -> None:
        super().__init__()
        self.name = name
        self.control = control
        self.required = required
        self.label = Label(f"{name}*" if required else name, tone="text2")
        self.label.setAlignment(RIGHT_MIDDLE)
        self.label.setFixedHeight(theme.current().control)
        self._picture = QLabel()
        self._words = small(wrap=True)
        self._line = QWidget()
        self._line.setLayout(row(self._picture, (self._words, 1), spacing=5))
        self._line.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(4))
        layout.addWidget(control)
        layout.addWidget(self._line)
        # Beside a field with a message, the control stays on the line of its label.
        layout.addStretch(0)
        if not control.accessibleName():
            control.setAccessibleName(f"{name}，必填" if required else name)
        self.label.setBuddy(control)

    def set_asked(self, asked: bool) -> None:
        """Show it with its label, or neither."""
        self.setVisible(asked)
        self.label.setVisible(asked)

    def set_filling(self) -> None:
        """Let the control take all the height that the row of the form gives it."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(self.control, 1)

    def set_message(self, words: str = "", tone: str = "neutral") -> None:
        """A sentence below the field: ok, neutral, warn or danger; empty takes it away."""
        self._line.setVisible(bool(words))
        self._words.setText(words)
        self._words.set_tone(tone if tone in _COLORS else "text2")
        name = _ICONS.get(tone, "information-outline")
        color = _COLORS.get(tone, COLORS.text2)
        side = theme.current().px(14)
        self._picture.setPixmap(icons.pixmap(name, color, side, self.devicePixelRatioF()))
        set_state(self.control, tone if words and tone in ("warn", "danger") else "")
        self.control.setAccessibleDescription(words)

    @property
    def message(self) -> str:
        return "" if self._line.isHidden() else self._words.text()


def set_state(control: QWidget, state: str) -> None:
    """Frame of a control: '' normal, auto (filled by the program), warn, danger."""
    if control.property("state") != state:
        control.setProperty("state", state)
        control.style().unpolish(control)
        control.style().polish(control)


class Form(QWidget):
    """Fields in one or two columns. Enter next, Shift+Enter back, Ctrl+Enter saves, Esc leaves.

    Enter on the last field saves as well; in a text of several lines it stays a line break.
    """

    save_requested = Signal()
    save_next_requested = Signal()
    leave_requested = Signal()
    changed = Signal()

    def __init__(self, *, columns: int = 1, label: int = 88, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        metrics = theme.current()
        self._columns = columns
        self._row = 0
        self._place = 0
        self._clean: list[Any] = []
        self.fields: list[Field] = []
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(metrics.px(10))
        self.grid.setVerticalSpacing(metrics.px(7))
        for number in range(columns):
            self.grid.setColumnMinimumWidth(2 * number, metrics.px(label))
            self.grid.setColumnStretch(2 * number + 1, 1)

    def section(self, words: str, meta: str = "") -> None:
        """A heading over the following fields, with a hairline above unless it is the first."""
        self._finish_row()
        width = 2 * self._columns
        if self._row:
            self.grid.addWidget(rule(), self._row, 0, 1, width)
            self._row += 1
        self.grid.addLayout(
            row(title(words), small(meta), None, spacing=10), self._row, 0, 1, width
        )
        self._row += 1

    def add(self, name: str, control: QWidget, *, required: bool = False, span: int = 1) -> Field:
        """Append a field; `span` columns wide."""
        field = Field(name, control, required=required)
        if self._place + span > self._columns:
            self._finish_row()
        column = 2 * self._place
        top = Qt.AlignmentFlag.AlignTop
        self.grid.addWidget(field.label, self._row, column, Qt.AlignmentFlag.AlignRight | top)
        self.grid.addWidget(field, self._row, column + 1, 1, 2 * span - 1)
        self._place += span
        self.fields.append(field)
        self._watch(control)
        return field

    def add_full(self, widget: QWidget) -> None:
        """A widget over the whole width (an explanation, a notice)."""
        self._finish_row()
        self.grid.addWidget(widget, self._row, 0, 1, 2 * self._columns)
        self._row += 1

    def finish(self) -> None:
        """Push the fields to the top; call after the last one, when values are filled."""
        self._finish_row()
        self.grid.setRowStretch(self._row, 1)
        self.mark_clean()

    def mark_clean(self) -> None:
        """The present values count as saved."""
        self._clean = [value_of(field.control) for field in self.fields]

    @property
    def dirty(self) -> bool:
        """Whether leaving would lose something."""
        return self._clean != [value_of(field.control) for field in self.fields]

    def focus_next(self, control: QWidget, *, back: bool = False) -> bool:
        """Move to the neighbouring usable field; False at the end."""
        fields = [field.control for field in self.fields]
        controls = [stop for one in fields for stop in getattr(one, "stops", (one,))]
        at = next((i for i, one in enumerate(controls) if self._owns(one, control)), None)
        if at is None:
            return False
        rest = reversed(controls[:at]) if back else controls[at + 1 :]
        for one in rest:
            if one.isEnabled() and one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                one.setFocus(Qt.FocusReason.TabFocusReason)
                if isinstance(one, QLineEdit):
                    one.selectAll()
                return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(watched, event)
        return False

    def _left(self) -> bool:
        """Whether somebody hears of it; else Esc goes on to the dialog around."""
        heard = self.isSignalConnected(QMetaMethod.fromSignal(self.leave_requested))
        self.leave_requested.emit()
        return heard

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return self._left()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if modifiers == control:
            self.save_requested.emit()
        elif modifiers == control | shift:
            self.save_next_requested.emit()
        elif isinstance(watched, QPlainTextEdit) or not isinstance(watched, QWidget):
            return False
        elif modifiers == shift:
            self.focus_next(watched, back=True)
        elif not self.focus_next(watched):
            self.save_requested.emit()
        return True

    def _owns(self, control: QWidget, focused: QWidget) -> bool:
        return control is focused or control.isAncestorOf(focused)

    def _finish_row(self) -> None:
        if self._place:
            self._row += 1
            self._place = 0

    def _watch(self, control: QWidget) -> None:
        control.installEventFilter(self)
        inner = control.lineEdit() if isinstance(control, QComboBox) else None
        if inner is not None:
            inner.installEventFilter(self)
        if isinstance(control, QLineEdit):
            control.textChanged.connect(lambda _: self.changed.emit())
        elif isinstance(control, QComboBox):
            control.currentTextChanged.connect(lambda _: self.changed.emit())
        elif isinstance(control, QPlainTextEdit):
            control.textChanged.connect(self.changed)
        elif isinstance(control, QAbstractButton):
            control.toggled.connect(lambda _: self.changed.emit())
        else:
            self._watch_compound(control)

    def _watch_compound(self, control: QWidget) -> None:
        """A control of several parts: its parts move on by Enter, its `changed` is ours."""
        for part in list[QWidget](control.findChildren(QWidget)):
            # An open list is a window of its own: Enter and Esc in it only close the list.
            if part.window() is control.window():
                part.installEventFilter(self)
        announced = getattr(control, "changed", None)
        if announced is not None:
            announced.connect(self.changed)


_LONGEST = 120


def line_edit(
    text: str = "", *, hint: str = "", name: str = "", limit: int = _LONGEST
) -> QLineEdit:
    """A text field of the height of the mode."""
    edit = QLineEdit(text)
    edit.textChanged.connect(theme.ensure_glyphs)
    edit.setPlaceholderText(hint)
    edit.setAccessibleName(name)
    edit.setMaxLength(limit)
    edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return edit


def choice(
    items: list[str], current: str = "", *, name: str = "", editable: bool = False
) -> QComboBox:
    """A drop-down; a current value that is not in the list is added, never lost."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setEditable(editable)
    typed = box.lineEdit()
    if typed is not None:
        # Whatever is pasted, it stays a line, as in any other field.
        typed.setMaxLength(_LONGEST)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    box.addItems(list(items))
    if current and current not in items:
        box.addItem(current)
    if current or not items:
        box.setCurrentText(current)
    return box
