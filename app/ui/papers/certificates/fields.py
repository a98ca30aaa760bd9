"""Typed lines for what is asked when a certificate is made: dates, counts, moments."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.kit import theme
from app.ui.kit.forms import set_state
from app.ui.kit.labels import column, row, small
from app.ui.people.date_line import DateLine
from app.ui.people.phone_line import HALF_TYPED
from app.values.dates import parse_date

_COUNT = re.compile(r"(\d{1,4})[次份人]?")
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")


class CheckedLine(QLineEdit):
    """A line whose text is tidied when it is left and turns red where it says nothing.

    `answer()` is the text for the paper, '' while it is empty; `fault()` says what is wrong.
    """

    changed = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setMaxLength(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(lambda _: self._typed())
        self.editingFinished.connect(self._tidy)

    def value(self) -> str:
        """What is typed, also while it is wrong: nothing of it gets lost."""
        return self.text()

    def answer(self) -> str:
        raise NotImplementedError

    def fault(self) -> str:
        raise NotImplementedError

    def _typed(self) -> None:
        set_state(self, "")
        self.changed.emit()

    def _tidy(self) -> None:
        if self.fault():
            set_state(self, "danger")
        elif self.text().strip():
            self.setText(self.answer())


class CountLine(CheckedLine):
    """A whole number from 1 on."""

    def __init__(self, hint: str = "", most: int = 9999, parent: QWidget | None = None) -> None:
        super().__init__(hint, parent)
        self._most = most

    def answer(self) -> str:
        found = _COUNT.fullmatch(self.text().strip())
        number = int(found[1]) if found else 0
        return str(number) if 1 <= number <= self._most else ""

    def fault(self) -> str:
        wrong = self.text().strip() and not self.answer()
        return f"请填 1 到 {self._most:,} 之间的整数。" if wrong else ""


class TextArea(QPlainTextEdit):
    """A few lines of text; Tab goes on to the next field."""

    def __init__(self, hint: str = "", lines: int = 2) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + theme.current().px(16))

    def answer(self) -> str:
        """Line by line, as it was typed."""
        return self.toPlainText().strip()

    def fault(self) -> str:
        return ""


class TextLine(QLineEdit):
    """Any words on one line."""

    def __init__(self, hint: str = "", limit: int = 120) -> None:
        super().__init__()
        self.textChanged.connect(theme.ensure_glyphs)
        self.setPlaceholderText(hint)
        self.setMaxLength(limit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def answer(self) -> str:
        return self.text().strip()

    def fault(self) -> str:
        return ""


class NumberLine(TextLine):
    """A number that is on file is shown masked, and kept unless something else is typed."""

    def __init__(self, mask: Callable[[str], str], hint: str = "", limit: int = 60) -> None:
        super().__init__(hint, limit)
        self._mask = mask
        self._kept = ""

    def put(self, number: str) -> None:
        """Show what is on file."""
        self.setText(self._mask(number))
        self._kept = number

    def answer(self) -> str:
        typed = self.text().strip()
        return self._kept if typed == self._mask(self._kept).strip() else typed

    def fault(self) -> str:
        return HALF_TYPED if "*" in self.answer() else ""


class DayLine(DateLine):
    """A date as it stands on papers: 2026年1月1日."""

    def answer(self) -> str:
        day = self.value()
        return "" if day is None else f"{day.year}年{day.month}月{day.day}日"

    def fault(self) -> str:
        return "这里要一个日期，如 2026-11-20。" if self.is_wrong else ""


class PeriodLine(QWidget):
    """Two dates: 2026年1月1日至2026年11月20日."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.since, self.until = DayLine(today), DayLine(today)
        for line, name in ((self.since, "从哪天"), (self.until, "到哪天")):
            line.setAccessibleName(name)
            line.changed.connect(self.changed)
        if theme.current().large:
            self.setLayout(column(self.since, self.until, spacing=4))
        else:
            self.setLayout(row((self.since, 1), small("至"), (self.until, 1), spacing=6))
        self.setFocusProxy(self.since)

    def value(self) -> str:
        return f"{self.since.text()}至{self.until.text()}" if self._any() else ""

    def set_value(self, text: str) -> None:
        """Dates as they are typed, or as they stand on papers."""
        for line, words in zip((self.since, self.until), text.partition("至")[::2], strict=True):
            line.setText(words)
            line.set_value(line.value()) if line.value() else None

    def answer(self) -> str:
        both = self.since.answer() and self.until.answer()
        return f"{self.since.answer()}至{self.until.answer()}" if both else ""

    def fault(self) -> str:
        since, until = self.since.value(), self.until.value()
        if since is not None and until is not None and since > until:
            return "开始的日期在结束的日期之后，请改过来。"
        return "两个日期都要填，如 2026-01-01。" if self._any() and not self.answer() else ""

    def _any(self) -> bool:
        return bool(self.since.text().strip() or self.until.text().strip())


class MomentLine(CheckedLine):
    """When something was done: 09:30 means today; never later than now."""

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__("如 09:30 或 2026-11-20 09:30", parent)
        self._now = now
        self.setText(f"{now:%Y-%m-%d %H:%M}")

    def moment(self) -> datetime | None:
        """None while what stands there is no moment, or lies ahead."""
        found = _CLOCK.search(self.text())
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            return None
        words = self.text()[: found.start()].strip()
        day = self._now.date() if words in ("", "今天") else self._day(words)
        if day is None:
            return None
        moment = datetime.combine(day, datetime.min.time())
        moment += timedelta(hours=int(found[1]), minutes=int(found[2]))
        return moment if moment <= self._now else None

    def answer(self) -> str:
        moment = self.moment()
        return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"

    def fault(self) -> str:
        return "" if self.moment() else "请写日期和时间，不晚于现在，如 2026-11-20 09:30。"

    def _day(self, words: str) -> date | None:
        return parse_date(words, today=self._now.date()).value
