"""A date as the clerk writes it: 2026-11-20, 11.20, 2026年11月20日, 今天."""

import re
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.ui.kit.forms import set_state
from app.values.dates import parse_date
from app.values.days import weekday
from app.values.text import compact

_YEARS_AHEAD = 5
_NEAR = {-1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
_MONTH_AND_DAY = re.compile(r"(?:(\d{1,2})[-./月])?(\d{1,2})[日号]?")
_LEAP = 4 * 366
"""Days to the next 29 February, or back to the latest"""


def named_day(text: str, start: date, *, step: int) -> tuple[bool, date | None]:
    """Whether `text` names a day without its year (19, 11-19), and which: the first of this name
    from `start` on, `step` 1 forwards or -1 back; None for one that there is not."""
    match = _MONTH_AND_DAY.fullmatch(compact(text))
    if match is None:
        return False, None
    month, day = int(match[1]) if match[1] else None, int(match[2])
    around = (start + timedelta(days=step * count) for count in range(_LEAP))
    fits = (one for one in around if one.day == day and month in (None, one.month))
    return True, next(fits, None)


def beside_day(day: date, today: date, *, short: bool = False) -> str:
    """星期三・明天: what stands beside a date; 周三・明天 where there is less room."""
    near = _NEAR.get((day - today).days, "")
    return f"{'周' if short else '星期'}{weekday(day)}" + (f"・{near}" if near else "")


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


class DueLine(DateLine):
    """A day to come: 4 and 12-4 are the next days of these names."""

    def __init__(self, today: date, value: date | None = None) -> None:
        self._at = today
        super().__init__(today, value, future=True)

    def value(self) -> date | None:
        named, day = named_day(self.text(), self._at, step=1)
        return day if named else super().value()


class NearLine(DateLine):
    """20 and 11-20 are the nearest days of these names among those that may be meant."""

    def value(self) -> date | None:
        named, before = named_day(self.text(), self._today, step=-1)
        if not named:
            return super().value()
        ahead = self._latest > self._today
        after = named_day(self.text(), self._today, step=1)[1] if ahead else None
        near = [day for day in (before, after) if day is not None]
        return min(near, key=lambda day: abs(day - self._today), default=None)
