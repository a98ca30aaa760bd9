"""信封: which envelope, how people are addressed, plain or with its boxes printed."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.reports import envelopes
from app.reports.envelopes import KINDS, EnvelopeKind
from app.services import letters
from app.services.letters import Addressing, Letters
from app.ui.kit.forms import choice
from app.ui.papers.lists.controls import remember, remembered, tick
from app.ui.papers.lists.letter_panel import LetterPanel

_BY_WORDS = {kind.words: kind for kind in KINDS}

_MEMORY = "文书/信封"


class EnvelopePanel(LetterPanel):
    """One envelope for each person or household; the office is the sender."""

    heading = envelopes.TITLE
    meta = "国内信封"

    def add_options(self) -> None:
        self.kind = choice(list(_BY_WORDS), remembered(_MEMORY, _BY_WORDS))
        self.plain = tick("信封上没有框格，一起印上", on=True, close=True)
        self.options.add("信封", self.kind, span=2)
        self.add_addressing()
        self.options.add("", self.plain, span=2)
        self.options.add("", self.household, span=2)
        self.options.add("", self.withdrawn, span=2)

    def read_options(self) -> tuple[Addressing, tuple[EnvelopeKind, bool]]:
        return self.addressing(), (_BY_WORDS[self.kind.currentText()], self.plain.isChecked())

    def leaving(self) -> Callable[[], object]:
        """The office has these envelopes: they are chosen the next time."""
        note, chosen = super().leaving(), self.kind.currentText()

        def left() -> None:
            note()
            remember(_MEMORY, chosen)

        return left

    def make_letters(self, session: Session, found: Letters, kind: Any) -> Callable[[], bytes]:
        envelope, boxes = kind
        data = letters.envelopes_of(session, found, envelope, boxes=boxes)
        return lambda: envelopes.render(data)
