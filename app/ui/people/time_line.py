"""A time of day as the clerk writes it: 9, 9:30, 0930, 9点半, 次日 1:00."""

from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.ui.kit.forms import set_state
from app.values.times import read_time, time_words


class TimeLine(QLineEdit):
    """`value()` is minutes of the day, None while there is none or what stands there is none."""

    def __init__(self, *, hint: str = "9:30") -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setMaxLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(lambda _: set_state(self, ""))
        self.editingFinished.connect(self._tidy)

    def set_value(self, minutes: int | None) -> None:
        self.setText("" if minutes is None else time_words(minutes))

    def value(self) -> int | None:
        return read_time(self.text())

    @property
    def is_wrong(self) -> bool:
        """Something stands there, and it is no time."""
        return bool(self.text().strip()) and self.value() is None

    def _tidy(self) -> None:
        value = self.value()
        if value is not None:
            self.set_value(value)
        set_state(self, "danger" if self.is_wrong else "")
