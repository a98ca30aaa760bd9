"""A date as the clerk writes it: 2026-11-20, 11.20, 2026年11月20日, 今天."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.ui.kit.forms import set_state
from app.values.dates import parse_date

_YEARS_AHEAD = 5


class DateLine(QLineEdit):
    """`value()` is the date, None while there is none or what stands there is no date.

    Days to come count as mistakes unless `future` lets the next five years in.
    """

    changed = Signal()

    def __init__(
        self,
        today: date,
        value: date | None = None,
        parent: QWidget | None = None,
        *,
        future: bool = False,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._latest = date(today.year + _YEARS_AHEAD, 12, 31) if future else today
        self.setPlaceholderText("年-月-日")
        self.setMaxLength(20)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(value)
        self.textChanged.connect(lambda _: self._typed())
        self.editingFinished.connect(self._tidy)

    def set_value(self, value: date | None) -> None:
        self.setText("" if value is None else f"{value:%Y-%m-%d}")

    def value(self) -> date | None:
        text = self.text().strip()
        return self._today if text == "今天" else parse_date(text, today=self._latest).value

    @property
    def is_wrong(self) -> bool:
        """Something stands there, and it is no date."""
        return bool(self.text().strip()) and self.value() is None

    def _typed(self) -> None:
        set_state(self, "")
        self.changed.emit()

    def _tidy(self) -> None:
        """Show the date as it will be stored; a wrong one turns red only when it is left."""
        value = self.value()
        if value is not None:
            self.set_value(value)
        set_state(self, "danger" if self.is_wrong else "")
