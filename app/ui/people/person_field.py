"""Who asks: two letters find somebody of the roster; any other name stays as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.context import Context
from app.services import residents, search
from app.services.residents import ResidentRow
from app.ui.kit import theme
from app.ui.kit.suggestions import Suggestions

_MOST = 8


@dataclass(frozen=True, slots=True)
class Person:
    """Of the roster by `id`, or a name only."""

    id: int | None = None
    name: str = ""


class PersonField(QLineEdit):
    """Arrows and Enter choose from the list that opens while typing; without a choice the words
    are the name of somebody who is not in the roster."""

    changed = Signal()
    picked = Signal(int)
    """Somebody of the roster was chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._person = Person()
        self._found: dict[str, int] = {}
        self._suggestions = Suggestions(self)
        self._suggestions.activated.connect(self._take)
        self.setPlaceholderText("姓名或拼音")
        self.setMaxLength(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(theme.ensure_glyphs)
        self.textEdited.connect(self._typed)

    @property
    def person(self) -> Person:
        return self._person

    def value(self) -> dict[str, Any]:
        """As plain values, for drafts."""
        return {"resident_id": self._person.id, "name": self._person.name}

    def set_value(self, value: Mapping[str, Any] | Person | None) -> None:
        """Show somebody without announcing it."""
        if isinstance(value, Mapping):
            value = Person(value.get("resident_id"), str(value.get("name") or ""))
        self._person = value or Person()
        self.setText(self._person.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The open list hands its keys to this field; without it the form sees Enter first.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._suggestions.is_open:
            chosen = self._suggestions.chosen
            self._suggestions.close()
            if chosen is not None:
                self._take(chosen)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._suggestions.close()

    def _typed(self, text: str) -> None:
        self._person = Person(name=text.strip())
        self._found = {_line(one): one.id for one in self._look(text.strip())}
        self._suggestions.offer(list(self._found))
        self.changed.emit()

    def _look(self, text: str) -> list[ResidentRow]:
        if not text:
            return []
        with self._context.database.lookup() as lookup:
            ids = search.find_ids(lookup, text, limit=_MOST).ids
            return residents.rows(lookup, ids[:_MOST], today=self._context.clock.today())

    def _take(self, line: str) -> None:
        self._suggestions.close()
        resident_id = self._found[line]
        self._person = Person(resident_id, line.split("　", 1)[0])
        self.setText(self._person.name)
        self.changed.emit()
        self.picked.emit(resident_id)


def _line(found: ResidentRow) -> str:
    """王秀兰　女　78 岁　3-2-301: two of one name differ at least in their numbers."""
    age = "" if found.age is None else f"{found.age} 岁"
    facts = (found.name, found.sex, age, found.place, found.document_tail)
    return "　".join(part for part in facts if part)
