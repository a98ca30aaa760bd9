"""Fields of the diary's form that are quick to fill: by one key, or by writing on."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from app.ui.kit import theme
from app.ui.kit.pinyin_choice import NOTHING_CHOSEN, PinyinChoice, matching
from app.ui.people.date_line import DateLine
from app.values.text import compact

_MONTH_AND_DAY = re.compile(r"(?:(\d{1,2})[-./月])?(\d{1,2})[日号]?")
_DAYS_AGO = {"昨天": 1, "前天": 2}
_LEAP = 4 * 366
"""Days back to the latest 29 February"""


class NumberedChoice(PinyinChoice):
    """The choices carry the numbers of the printed sheet: 3 chooses the third, letters go too."""

    def __init__(
        self, choices: Sequence[tuple[int, str]] = (), *, name: str, blank: str = "不选"
    ) -> None:
        self._ids: dict[str, int] = {}
        super().__init__((), name=name, blank=blank)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """What can be chosen; none of it is chosen."""
        self._ids = {f"{place} {words}": key for place, (key, words) in enumerate(choices, start=1)}
        self.blockSignals(True)
        self.clear()
        self.addItems([NOTHING_CHOSEN, *self._ids])
        self.widen_list()
        self.setCurrentIndex(-1)
        self.blockSignals(False)

    @property
    def chosen_id(self) -> int | None:
        return self._ids.get(self.currentText())

    def choose_id(self, wanted: int | None, words: str = "") -> None:
        """Show the choice of an id; one that is no longer offered is shown by its words."""
        known = {key: shown for shown, key in self._ids.items()}
        if wanted is not None and wanted not in known:
            self._ids[words] = wanted
            known[wanted] = words
        self.set_value("" if wanted is None else known[wanted])

    def place_of(self, typed: str, start: int) -> int | None:
        names = [self.itemText(place) for place in range(self.count())]
        if typed.isdigit():
            found = (place for place, name in enumerate(names) if name.startswith(f"{typed} "))
            return next(found, None)
        plain = ["" if name == NOTHING_CHOSEN else name.partition(" ")[2] for name in names]
        return matching(plain, typed, start)


class NamedChoice(PinyinChoice):
    """Names that stand for ids; letters choose."""

    def __init__(self, *, name: str, blank: str) -> None:
        self._ids: dict[str, int] = {}
        super().__init__((), name=name, blank=blank)

    def offer(self, names: Mapping[int, str]) -> None:
        """What can be chosen; two of one name are told apart by a number."""
        before = self.chosen_id
        self._ids = {}
        for key, name in names.items():
            again = sum(1 for known in self._ids if known.partition("（")[0] == name)
            self._ids[f"{name}（{again + 1}）" if again else name] = key
        self.blockSignals(True)
        self.clear()
        self.addItems([NOTHING_CHOSEN, *self._ids])
        self.widen_list()
        self.choose_id(before)
        self.blockSignals(False)

    @property
    def chosen_id(self) -> int | None:
        return self._ids.get(self.currentText())

    def choose_id(self, wanted: int | None) -> None:
        """Show the name of an id; none for one that is not offered."""
        self.set_value(next((name for name, key in self._ids.items() if key == wanted), ""))


class DayLine(DateLine):
    """A day that was lived: 19, 11-19 and 昨天 are the latest days of these names."""

    def __init__(self, today: date) -> None:
        self._at = today
        super().__init__(today, today, future=True)

    def value(self) -> date | None:
        text = compact(self.text())
        if text in _DAYS_AGO:
            return self._at - timedelta(days=_DAYS_AGO[text])
        if match := _MONTH_AND_DAY.fullmatch(text):
            return self._latest_of(int(match[1]) if match[1] else None, int(match[2]))
        found: date | None = super().value()
        return found

    def _latest_of(self, month: int | None, day: int) -> date | None:
        """The last day of this name that is not to come; None for one that there is not."""
        back = (self._at - timedelta(days=ago) for ago in range(_LEAP))
        fits = (one for one in back if one.day == day and month in (None, one.month))
        return next(fits, None)


class FlowingText(QPlainTextEdit):
    """Some lines of text. Enter goes on to the next field: a line of the diary has no breaks."""

    passed = Signal(bool)
    """Enter, or Shift+Enter (True)"""

    def __init__(self, *, hint: str, lines: int) -> None:
        super().__init__()
        metrics = theme.current()
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + metrics.px(20))
        self.textChanged.connect(lambda: theme.ensure_glyphs(self.toPlainText()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.passed.emit(back)
            return
        super().keyPressEvent(event)
