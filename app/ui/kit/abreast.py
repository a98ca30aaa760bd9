"""Controls that share one line of a form: 1 · 每小时."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from app.ui.kit.forms import value_of
from app.ui.kit.labels import row


class Abreast(QWidget):
    """One field of several controls; Enter goes from one to the next (`stops`)."""

    changed = Signal()

    def __init__(self, *controls: QWidget) -> None:
        super().__init__()
        self.stops = controls
        line = row(*((one, 1) for one in controls), spacing=8)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(controls[0])
        for one in controls:
            if isinstance(one, QLineEdit | QSpinBox | QDoubleSpinBox):
                one.textChanged.connect(lambda _: self.changed.emit())
            elif isinstance(one, QComboBox):
                one.currentTextChanged.connect(lambda _: self.changed.emit())

    def value(self) -> tuple[Any, ...]:
        """What each of them holds."""
        return tuple(value_of(one) for one in self.stops)

    def set_value(self, values: Iterable[Any]) -> None:
        """What `value` gave, back into each of them."""
        for one, value in zip(self.stops, values, strict=True):
            if isinstance(one, QLineEdit):
                one.setText(value)
            elif isinstance(one, QComboBox):
                one.setCurrentText(value)
            elif isinstance(one, QSpinBox | QDoubleSpinBox):
                one.setValue(value)
