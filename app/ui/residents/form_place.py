"""Where a person lives: an address that completes itself, and the households found there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.services.dwellings import PlaceChoice
from app.services.households import HouseholdView
from app.ui.kit import theme
from app.ui.kit.pinyin_choice import PinyinChoice
from app.ui.kit.suggestions import Suggestions
from app.values.addresses import parse_address

NEW_HOUSEHOLD = "新立一户"
NO_HOUSEHOLD = "暂不入户"
_ROOM, _ROOM_LARGE = 195, 145
"""Pixels that the box leaves for words at 1366 x 768."""


class AddressEdit(QLineEdit):
    """`4-2-5` shows the dwellings that begin so; `4-2-503` becomes 4 号楼 2 单元 503 on leaving."""

    left = Signal()
    accepted = Signal()
    """Enter while the choices are open: the field is done."""

    def __init__(self, complete: Callable[[str], Sequence[PlaceChoice]]) -> None:
        super().__init__()
        self._complete = complete
        self._choices: dict[str, PlaceChoice] = {}
        self._suggestions = Suggestions(self, width=240)
        self._suggestions.activated.connect(self._take)
        self.setAccessibleName("现住址")
        self.setPlaceholderText("例如 4-2-503")
        self.setMaxLength(200)
        self.textEdited.connect(self._offer)

    def place(self) -> str:
        """The short form 4-2-503 when the text is a place of the community, else empty."""
        found = parse_address(self.text())
        return found.short if found.building and found.room else ""

    def set_value(self, text: str) -> None:
        found = parse_address(text)
        self.setText(found.spoken if found.building and found.room else text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The open list hands its keys to this field; without it the form sees Enter first.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._suggestions.is_open:
            chosen = self._suggestions.chosen
            self._suggestions.close()
            if chosen is not None:
                self._take(chosen)
            self.accepted.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.set_value(self.text().strip())
            self.left.emit()

    def _offer(self, text: str) -> None:
        places = self._complete(text) if text.strip() else ()
        self._choices = {_line(place): place for place in places}
        complete = [place.short for place in places] == [self.place()]
        self._suggestions.offer(() if complete else list(self._choices))

    def _take(self, line: str) -> None:
        self.setText(self._choices[line].spoken)
        self._suggestions.close()


def _line(place: PlaceChoice) -> str:
    return f"{place.spoken}　{place.people} 人" if place.people else f"{place.spoken}　空"


def _named(household: HouseholdView) -> str:
    """户 0417（户主 仇志国）, or as much of it as the field has room for."""
    short = f"{household.number} {household.head_name}".strip()
    room = _ROOM_LARGE if theme.current().large else _ROOM
    fitting = (words for words in (household.label, short) if theme.text_width(words) <= room)
    return next(fitting, household.number)


class HouseholdChoice(PinyinChoice):
    """The households at an address, a new one, or none; keeps what the user chose by hand."""

    def __init__(self) -> None:
        super().__init__((), name="户")
        self._found: dict[str, int] = {}
        self._own: HouseholdView | None = None
        self.by_hand = False
        self.activated.connect(self._chosen)
        self.offer(())

    def household_id(self) -> int | None:
        return self._found.get(self.currentText())

    @property
    def is_new(self) -> bool:
        return self.currentText() == NEW_HOUSEHOLD

    def set_own(self, household: HouseholdView | None) -> None:
        """The household that the person belongs to already: always offered, shown at once."""
        self._own = household
        self.by_hand = household is not None
        self.offer(())
        self.setCurrentText(_named(household) if household else NO_HOUSEHOLD)

    def choose(self, household_id: int | None, *, new: bool) -> None:
        """Show a choice; it counts as made by hand."""
        known = {number: label for label, number in self._found.items()}
        label = known.get(household_id, "") if household_id is not None else ""
        self.setCurrentText(NEW_HOUSEHOLD if new else label or NO_HOUSEHOLD)
        self.by_hand = True

    def offer(self, households: Sequence[HouseholdView], *, preset: bool = False) -> None:
        """Other households to choose from. `preset` takes the likely one, unless chosen by hand."""
        before = self.currentText()
        own = [self._own] if self._own else []
        everyone = {_named(view): view.id for view in (*own, *households)}
        self._found = everyone
        self.blockSignals(True)
        self.clear()
        self.addItems([*everyone, NEW_HOUSEHOLD, NO_HOUSEHOLD])
        self.widen_list()
        keep = before if self.findText(before) >= 0 else NO_HOUSEHOLD
        self.setCurrentText(self._likely(households) if preset and not self.by_hand else keep)
        self.blockSignals(False)
        self.currentTextChanged.emit(self.currentText())

    def _likely(self, households: Sequence[HouseholdView]) -> str:
        return _named(households[0]) if households else NEW_HOUSEHOLD

    def _chosen(self) -> None:
        self.by_hand = True
