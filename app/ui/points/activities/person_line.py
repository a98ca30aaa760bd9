"""One line by which people are put on a list: a card is scanned, a number or letters are typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import activity_finder
from app.services.activity_finder import Person
from app.ui.kit import messages
from app.ui.kit.search_box import SearchBox
from app.ui.kit.suggestions import Suggestions


class PersonLine(SearchBox):
    """`picked` carries a Person. Enter takes the first one that is meant, or where ↓ went.

    `unknown` carries what was typed and means nobody. With `everybody` residents who are no
    volunteers are offered too.
    """

    picked = Signal(object)
    unknown = Signal(str)

    def __init__(self, context: Context, *, everybody: bool, parent: QWidget | None = None) -> None:
        super().__init__("扫卡，或输编号、姓名、拼音", name="扫卡或找人", parent=parent)
        self._context, self._everybody = context, everybody
        self._offered: dict[str, Person] = {}
        self.suggestions = Suggestions(self, width=360)
        self.suggestions.activated.connect(self._take)
        # Not at every letter: a scanner types faster than a file answers.
        self.paused.connect(self._offer)
        self.submitted.connect(self._take_best)
        self.scanned.connect(self._take_scanned)

    # -- inside

    def _offer(self, text: str) -> None:
        self._read(text)
        if self.hasFocus():
            self.suggestions.offer(list(self._offered))

    def _read(self, text: str) -> None:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = activity_finder.find(lookup, text, everybody=self._everybody, today=today)
        self._offered = {one.words: one for one in found}

    def _take_best(self, typed: str) -> None:
        self.settle()
        chosen = self.suggestions.chosen
        if chosen is not None:
            self._take(chosen)
        elif typed.strip():
            self._take_scanned(typed)

    def _take_scanned(self, typed: str) -> None:
        """A card first: its code may be read as a number, too."""
        self.settle()
        self.suggestions.close()
        with messages.domain_errors_shown(self):
            today = self._context.clock.today()
            with self._context.database.lookup() as lookup:
                person = activity_finder.scanned(lookup, typed, today=today)
            if person is None:
                self._read(typed)
                person = next(iter(self._offered.values()), None)
            self.clear()
            if person is None:
                self.unknown.emit(typed)
            else:
                self.picked.emit(person)

    def _take(self, words: str) -> None:
        self.suggestions.close()
        person = self._offered.get(words)
        # Qt puts the line itself into the edit after this.
        self.clear()
        if person is not None:
            self.picked.emit(person)
