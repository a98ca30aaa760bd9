"""Who asks: two letters find somebody of the roster; any other name stays as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QSizePolicy

from app.context import Context
from app.services import residents, search
from app.services.residents import ResidentRow
from app.ui.kit import theme

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
        self._lines = QStringListModel(self)
        self._completer = QCompleter(self._lines, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._take)
        popup = QListView()
        popup.setObjectName("choices")
        self._completer.setPopup(popup)
        self._completer.setWidget(self)
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
        popup = self._completer.popup()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and popup.isVisible():
            chosen = popup.currentIndex()
            popup.hide()
            if chosen.isValid():
                self._take(str(chosen.data()))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._completer.popup().hide()

    def _typed(self, text: str) -> None:
        self._person = Person(name=text.strip())
        self._found = {_line(one): one.id for one in self._look(text.strip())}
        self._lines.setStringList(list(self._found))
        if self._found:
            self._completer.complete()
            self._completer.popup().setMinimumWidth(theme.current().px(300))
        else:
            self._completer.popup().hide()
        self.changed.emit()

    def _look(self, text: str) -> list[ResidentRow]:
        if not text:
            return []
        with self._context.database.lookup() as lookup:
            ids = search.find_ids(lookup, text, limit=_MOST).ids
            return residents.rows(lookup, ids[:_MOST], today=self._context.clock.today())

    def _take(self, line: str) -> None:
        self._completer.popup().hide()
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
