"""走访的人、地点: two letters and Enter put somebody, a building or plain words on the line."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.services import diary_met
from app.services.diary_input import MOST_MET, Met
from app.services.diary_met import MetChoice
from app.ui.kit import theme
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.forms import line_edit
from app.ui.kit.suggestions import Suggestions

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Chosen(ChipRow):
    """Who is on the line; a click on one takes it off."""

    taken_off = Signal(int)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        places = self._places(self.width())
        where = event.position().toPoint()
        hit = next((n for n, place in enumerate(places) if place.contains(where)), None)
        if hit is not None:
            self.taken_off.emit(hit)


class MetField(QWidget):
    """`value()` is plain JSON, for the draft; `met()` what the service takes.

    Enter takes the first suggestion or the one that ↓ reached; in the empty line it goes on to
    the next field, and 退格 takes the last one off.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chosen: list[MetChoice] = []
        self._offered: dict[str, MetChoice] = {}
        self.edit = line_edit(
            hint="姓名、拼音、3-2-501、楼号或地点，回车加上", name="走访的人、地点", limit=60
        )
        self.chips = _Chosen()
        self.chips.taken_off.connect(self._take_off)
        self.suggestions = Suggestions(self.edit)
        self.suggestions.activated.connect(self._take)
        self.edit.textEdited.connect(self._offer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._gap = theme.current().px(4)
        layout.setSpacing(self._gap)
        layout.addWidget(self.edit)
        layout.addWidget(self.chips)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.edit)
        self._show()

    def met(self) -> tuple[Met, ...]:
        return tuple(one.met for one in self._chosen)

    def value(self) -> list[dict[str, Any]]:
        return [asdict(one.met) for one in self._chosen]

    def set_value(self, values: Sequence[dict[str, Any]]) -> None:
        self.set_met([Met(**one) for one in values])

    def set_met(self, met: Sequence[Met]) -> None:
        """Put these on the line."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            self._chosen = [diary_met.words_of(lookup, one, today=today) for one in met]
        self.edit.clear()
        self._show()

    def add(self, met: Met) -> None:
        """One more, unless it is there."""
        if met not in self.met():
            self.set_met([*self.met(), met])
            self.changed.emit()

    def hear_first(self) -> None:
        """Be asked for keys before the form: call it after the field was added there."""
        self.edit.removeEventFilter(self)
        self.edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QKeyEvent):
            return event.type() is QEvent.Type.KeyPress and self._key(event)
        if watched is self.edit and isinstance(event, QFocusEvent) and event.lostFocus():
            self._keep_what_was_typed(event)
        return False

    # -- inside

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key was used up here."""
        if event.key() == Qt.Key.Key_Backspace and not self.edit.text() and self._chosen:
            self._take_off(len(self._chosen) - 1)
            return True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain and self.edit.text().strip():
            self._take_best()
            return True
        return False

    def _take_best(self) -> None:
        chosen = self.suggestions.chosen
        if chosen is not None:
            self._take(chosen)
            return
        self._read(self.edit.text())
        if self._offered:
            self._take(next(iter(self._offered)))

    def _offer(self, text: str) -> None:
        self._read(text)
        self.suggestions.offer(list(self._offered))

    def _read(self, text: str) -> None:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = diary_met.suggest(lookup, text, today=today)
        self._offered = {_line(one): one for one in found}

    def _take(self, line: str) -> None:
        self.suggestions.close()
        choice = self._offered.get(line)
        # Qt puts the line itself into the edit after this.
        self.edit.clear()
        if choice is None or choice.met in self.met() or len(self._chosen) >= MOST_MET:
            return
        self._chosen.append(choice)
        self._show()
        self.changed.emit()

    def _take_off(self, number: int) -> None:
        del self._chosen[number]
        self._show()
        self.changed.emit()

    def _keep_what_was_typed(self, event: QFocusEvent) -> None:
        """Words that were not confirmed go on the line as they are; nothing typed is lost."""
        words = self.edit.text().strip()
        if words and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.edit.clear()
            self.add(Met(words=words))

    def _show(self) -> None:
        self.chips.set_chips([Chip(one.words, "info", "close") for one in self._chosen])
        self.chips.setVisible(bool(self._chosen))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the chips need at this width; the form gives no more than is asked for."""
        line = theme.current().control
        chips = self.chips.heightForWidth(self.width()) if self._chosen else 0
        self.chips.setFixedHeight(chips)
        self.setFixedHeight(line + chips + (self._gap if chips else 0))


def _line(choice: MetChoice) -> str:
    return f"{choice.words}　{choice.detail}" if choice.detail else choice.words
