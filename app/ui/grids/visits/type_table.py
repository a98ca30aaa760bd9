"""The rows of a day sheet as they are typed back: one key a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.models import VisitResult
from app.services.visit_sheets import SheetRow
from app.ui.kit import keys
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

KEY_OF: dict[VisitResult, str] = {result: f"visit_{result.value}" for result in VisitResult}
"""Each result by its action in the key map."""
_BY_CAP = {keys.cap(action): result for result, action in KEY_OF.items()}
TONES = {
    VisitResult.FINE: "ok",
    VisitResult.CHANGED: "warn",
    VisitResult.NEEDS_HELP: "danger",
    VisitResult.NOT_HOME: "grey",
    VisitResult.REFUSED: "grey",
}


@dataclass(slots=True)
class Typed:
    """What stands for a row and is not saved yet."""

    result: VisitResult | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    row: SheetRow
    typed: Typed


def _result(line: _Line) -> Cell:
    done = line.row.result
    if done is not None:
        return Cell(chips=(Chip(done.label, TONES[done]), Chip("已录")))
    chosen = line.typed.result
    if chosen is None:
        return Cell("—", tone="placeholder")
    return Cell(chips=(Chip(f"{keys.cap(KEY_OF[chosen])} {chosen.label}", TONES[chosen]),))


def _note(line: _Line) -> Cell:
    row = line.row
    if row.result is None:
        return Cell(line.typed.note)
    by = f"{row.typed_by} {row.typed_at:%m-%d %H:%M}" if row.typed_at else row.typed_by
    return Cell(row.note, sub=by)


COLUMNS = (
    Column("place", "行", lambda line: Cell(str(line.row.place), tone="text2"), 44, align="right"),
    Column("name", "姓名", lambda line: Cell(line.row.name, bold=True), 110, weight=1),
    Column("where", "住处", lambda line: line.row.where, 160, weight=1),
    Column("group", "对象", lambda line: Cell(line.row.group, tone="text2"), 124, large_mode=False),
    Column("result", "结果", _result, 156),
    Column("note", "情况", _note, 190, weight=2),
)


class TypeTable(PagedTable):
    """1 to 5 set the result of the current row and go on; 退格 goes back and takes it off.

    `note_wanted` carries the letter that was typed: a note begins with it.
    """

    note_wanted = Signal(str)
    save_wanted = Signal()
    changed = Signal()

    def __init__(self) -> None:
        self.rows: dict[int, SheetRow] = {}
        self.typed: dict[int, Typed] = {}
        super().__init__(PagedTableModel(COLUMNS, self._fetch), name="走访单的行")
        self.paper.people = self._people
        self.installEventFilter(self)

    def show_rows(self, rows: Sequence[SheetRow], typed: Mapping[int, Typed]) -> None:
        """The rows of a sheet, with what was typed for them before."""
        self.rows = {row.id: row for row in rows}
        self.typed = {key: one for key, one in typed.items() if self.is_open(key)}
        self.paged_model.set_ids([row.id for row in rows])
        self.go_to_open()

    def is_open(self, row_id: int) -> bool:
        """Whether the row is on the sheet and was not saved before."""
        return row_id in self.rows and self.rows[row_id].result is None

    def typed_of(self, row_id: int) -> Typed:
        return self.typed.setdefault(row_id, Typed())

    def go_to_open(self) -> None:
        """The first row that waits for a result; without any the first of all."""
        ids = self.paged_model.ids
        waiting = [one for one in ids if self._waits(one)]
        if len(ids):
            self.select_id(waiting[0] if waiting else ids[0])

    def go_to_place(self, place: int) -> bool:
        """The row with this number on the paper."""
        found = next((row.id for row in self.rows.values() if row.place == place), None)
        return found is not None and self.select_id(found)

    def step(self, by: int) -> None:
        """The row after or before the current one."""
        number = self.currentIndex().row() + by
        if 0 <= number < len(self.paged_model.ids):
            self.select_row(number)

    def set_note(self, row_id: int, note: str) -> None:
        """What was written for a row that is still open."""
        if self.is_open(row_id) and self.typed_of(row_id).note != note:
            self.typed_of(row_id).note = note
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if _is_save(event):
            self.save_wanted.emit()
            return True
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        words = event.text()
        if not plain or self.current_id() is None:
            return False
        if words in _BY_CAP:
            self._type(_BY_CAP[words])
        elif event.key() == Qt.Key.Key_Backspace:
            self._back()
        elif event.key() == Qt.Key.Key_F2 or (words.strip() and words.isprintable()):
            self.note_wanted.emit("" if event.key() == Qt.Key.Key_F2 else words)
        else:
            return False
        return True

    def _type(self, result: VisitResult) -> None:
        current = self.current_id()
        if self.is_open(current):
            self.typed_of(current).result = result
            self._show()
        self.step(1)

    def _back(self) -> None:
        """To the row before; its result is taken off, so that another key can set it."""
        current = self.current_id()
        if not (current in self.typed and self.typed[current].result is not None):
            self.step(-1)
            current = self.current_id()
        if self.is_open(current):
            self.typed_of(current).result = None
            self._show()

    def _waits(self, row_id: int) -> bool:
        typed = self.typed.get(row_id)
        return self.is_open(row_id) and (typed is None or typed.result is None)

    def _show(self) -> None:
        self.paged_model.reload()
        self.changed.emit()

    def _fetch(self, ids: Sequence[Any]) -> list[_Line]:
        return [_Line(self.rows[one], self.typed.get(one) or Typed()) for one in ids]

    def _people(self, ids: Sequence[Any]) -> list[int]:
        return [self.rows[one].resident_id for one in ids]


def _is_save(event: QKeyEvent) -> bool:
    """The table would take Enter for itself, whatever is held with it."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
