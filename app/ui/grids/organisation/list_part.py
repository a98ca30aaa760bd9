"""One list of a card: its table, the foot below it, and what can be done with a line."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.models import Base
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import row, rule
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


class ListPart(QWidget):
    """`show_rows` fills it; `current` is the line that the buttons act on."""

    def __init__(
        self,
        context: Context,
        columns: Sequence[Column],
        make: Callable[[PagedTableModel], PagedTable],
        empty: EmptyState,
        *,
        unit: str = "条",
    ) -> None:
        super().__init__()
        self._context = context
        self._rows: Sequence[Any] = ()
        self._states: list[tuple[Button, Callable[[Any], bool]]] = []
        self.buttons: list[Button] = []
        self.model = PagedTableModel(columns, self._fetch, parent=self)
        self.table = make(self.model)
        self.table.set_empty(empty)
        self.table.current_changed.connect(lambda _: self._set_states())
        # Enough for the words where there is nothing yet, also on the smallest screen.
        self.table.setMinimumHeight(theme.current().head + 3 * theme.current().row)
        self._line = row(None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.table, 1)
        layout.addWidget(rule())
        layout.addWidget(TableFoot(self.table, unit=unit))
        layout.addSpacing(theme.current().px(8))
        layout.addLayout(self._line)

    @property
    def current(self) -> Any:
        """The row object with the cursor, None without one."""
        number = self.table.current_id()
        return self._rows[number] if number is not None else None

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Other lines; the cursor stays where it was."""
        place = self.table.current_id() or 0
        self._rows = rows
        self.model.set_ids(range(len(rows)))
        if rows:
            self.table.select_row(min(place, len(rows) - 1))
        self._set_states()

    def add_button(
        self, button: Button, act: Callable[[Any], object], usable: Callable[[Any], bool]
    ) -> Button:
        """An action on the current line (or on none), for those who may arrange the grids."""
        button.clicked.connect(lambda: act(self.current))
        offer(self._context.may(Right.EDIT_GRIDS), button)
        self._line.insertWidget(len(self.buttons), button)
        self.buttons.append(button)
        self._states.append((button, usable))
        return button

    def name_residents(self, of: Callable[[Any], int | None]) -> None:
        """Whose names stand in the lines: that they left the program is put on record."""

        def people(numbers: Sequence[int]) -> list[int]:
            found = (of(self._rows[number]) for number in numbers)
            return [one for one in found if one is not None]

        self.table.paper.people = people

    def add_history(self, model: type[Base], of: Callable[[Any], tuple[int, str] | None]) -> None:
        """经过 of the record behind a line."""

        def record() -> Record | None:
            found = of(self.current) if self.current is not None else None
            return Record(model, *found) if found is not None else None

        button = history_button(self._context, self, record)
        self._line.addWidget(button)
        self._states.append((button, lambda line: line is not None and of(line) is not None))

    def _set_states(self) -> None:
        for button, usable in self._states:
            button.setEnabled(usable(self.current))

    def _fetch(self, numbers: Sequence[int]) -> list[Any]:
        return [self._rows[number] for number in numbers]
