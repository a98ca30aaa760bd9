"""The rows of a sign-in sheet as they are typed back: one key a row for who took the usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.models import PayWay
from app.services.meal_sheets import Ate, SheetRow
from app.ui.canteen.counter.choices import PAYS
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel


@dataclass(frozen=True, slots=True)
class _Line:
    row: SheetRow
    set_letter: str
    pay_way: PayWay
    typed: bool

    @property
    def tone(self) -> str:
        return "" if self.typed else "placeholder"

    @property
    def meal(self) -> str:
        """A, A ×2."""
        return (
            f"{self.set_letter} ×{self.row.quantity}" if self.row.quantity > 1 else self.set_letter
        )


def _state(line: _Line) -> Cell:
    if line.row.logged:
        return Cell(line.row.logged, tone="ok")
    if line.typed:
        return Cell(chips=(Chip("吃了", "info"),))
    return Cell("—", tone="placeholder")


COLUMNS = (
    Column("place", "行", lambda line: Cell(str(line.row.place), tone="text2"), 48, align="right"),
    Column("name", "姓名", lambda line: Cell(line.row.name, bold=True), 110, weight=1),
    Column("where", "住处", lambda line: line.row.where, 140, weight=1),
    Column("set", "套餐", lambda line: Cell(line.meal, tone=line.tone), 70),
    Column("pay", "付款", lambda line: Cell(line.pay_way.label, tone=line.tone), 80),
    Column("state", "记录", _state, 120),
)


class TypeTable(PagedTable):
    """Space: came and took the usual; a letter: another set; 1–5: another way to pay.

    ↓ goes past who did not come; 退格 goes back and takes it off.
    """

    changed = Signal()
    save_wanted = Signal()

    def __init__(self) -> None:
        self.rows: dict[int, SheetRow] = {}
        self.letters: Sequence[str] = ()
        self._chosen: dict[int, tuple[str, PayWay]] = {}
        """By row what is not the usual"""
        self._typed: dict[int, None] = {}
        super().__init__(PagedTableModel(COLUMNS, self._fetch), name="签到表的行")
        self.paper.people = self._people
        self.installEventFilter(self)

    @property
    def ate(self) -> list[Ate]:
        """What was typed, in the order of the paper."""
        return [
            Ate(place=place, resident_id=row.resident_id, set_letter=letter, pay_way=way)
            for place, row in self.rows.items()
            if place in self._typed
            for letter, way in (self._of(row),)
        ]

    def show_rows(
        self, rows: Sequence[SheetRow], letters: Sequence[str], ate: Sequence[Ate] = ()
    ) -> None:
        """Others, with what was typed of them before and not saved."""
        self.rows, self.letters = {row.place: row for row in rows}, letters
        waits = [one for one in ate if one.place in self.rows and not self.rows[one.place].logged]
        self._chosen = {one.place: (one.set_letter, one.pay_way) for one in waits}
        self._typed = {one.place: None for one in waits}
        self.paged_model.set_ids(list(self.rows))
        typed = self._typed
        waiting = (key for key, row in self.rows.items() if not row.logged and key not in typed)
        first = next(waiting, None)
        if first is not None:
            self.select_id(first)
        self.changed.emit()

    def add_row(self, row: SheetRow) -> None:
        """Somebody who wrote himself down below."""
        self.rows[row.place] = row
        self.paged_model.set_ids(list(self.rows))
        self.select_id(row.place)
        self._mark()

    def renew(self, rows: Sequence[SheetRow]) -> None:
        """What was saved stands in the book now."""
        current = self.current_id()
        for row in rows:
            self.rows[row.place] = row
            if row.logged:
                self._typed.pop(row.place, None)
        self.paged_model.reload()
        if current is not None:
            self.select_id(current)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        held, typed = event.modifiers(), event.text().upper()
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and held & Qt.KeyboardModifier.ControlModifier:
            self.save_wanted.emit()
        elif held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        elif entered or event.key() == Qt.Key.Key_Space:
            self._mark()
            self._step(1)
        elif event.key() == Qt.Key.Key_Backspace:
            self._back()
        elif typed and typed in self.letters:
            self._choose(set_letter=typed)
            self._step(1)
        elif typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(PAYS):
            self._choose(pay_way=PAYS[int(typed) - 1])
        else:
            return False
        return True

    def _choose(self, *, set_letter: str = "", pay_way: PayWay | None = None) -> None:
        row = self.rows.get(self.current_id() or 0)
        if row is not None and not row.logged:
            letter, way = self._of(row)
            self._chosen[row.place] = (set_letter or letter, pay_way or way)
            self._mark()

    def _mark(self) -> None:
        row = self.rows.get(self.current_id() or 0)
        if row is not None and not row.logged:
            self._typed[row.place] = None
            self._show()

    def _back(self) -> None:
        """To the row before where this one is empty; else it is emptied."""
        current = self.current_id()
        if current not in self._typed:
            self._step(-1)
            current = self.current_id()
        if current in self._typed:
            del self._typed[current]
            self._chosen.pop(current, None)
            self._show()

    def _of(self, row: SheetRow) -> tuple[str, PayWay]:
        usual = row.set_letter if row.set_letter in self.letters else next(iter(self.letters), "")
        return self._chosen.get(row.place, (usual, row.pay_way))

    def _step(self, by: int) -> None:
        number = self.currentIndex().row() + by
        if 0 <= number < len(self.paged_model.ids):
            self.select_row(number)

    def _show(self) -> None:
        self.paged_model.reload()
        self.changed.emit()

    def _fetch(self, ids: Sequence[Any]) -> list[_Line]:
        rows = [self.rows[one] for one in ids]
        return [_Line(row, *self._of(row), typed=row.place in self._typed) for row in rows]

    def _people(self, ids: Sequence[Any]) -> list[int]:
        return [self.rows[one].resident_id for one in ids]
