"""What the list shows: one query per keystroke, rows when they are seen, counts afterwards."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.services import residents, search
from app.services.residents import Counts, Order, ResidentFilter, ResidentRow
from app.storage.lookup import Lookup
from app.ui.kit.table_model import PagedTableModel
from app.ui.residents.columns import COLUMNS
from app.values.rights import Right

SCREEN = 20
"""Rows fetched at once: a screen in 标准. A keystroke pays for what is seen and no more."""
KEPT_ROWS = 3_000
"""The next letter finds mostly people whom the last one found: their rows are kept."""
COUNT_DELAY_MS = 250

OF_MANY = (Right.PRINT, Right.EXPORT, Right.EDIT_PEOPLE, Right.PRIVACY)
"""What is done with people who were ticked"""


class Listing(QObject):
    """Filter, order and ids of the list; `model` is what the table shows."""

    listed = Signal()
    counted = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter = ResidentFilter()
        self.order = Order()
        self.cut = False
        self.total: Counts | None = None
        self.matching: Counts | None = None
        self._context = context
        self._rows: dict[int, ResidentRow] = {}
        # Who may do nothing with chosen people chooses nobody.
        tickable = any(map(context.may, OF_MANY))
        self.model = PagedTableModel(
            COLUMNS, self._fetch, tickable=tickable, page=SCREEN, parent=self
        )
        self._count_timer = QTimer(self)
        self._count_timer.setSingleShot(True)
        self._count_timer.timeout.connect(self.count)

    @property
    def ids(self) -> Sequence[int]:
        return self.model.ids

    @property
    def ranked(self) -> bool:
        """Whether the best hits come first, and no column sorts."""
        return bool(self.filter.text.strip()) and self.order == Order()

    def show(self, chosen: ResidentFilter) -> None:
        """Show other people, at once."""
        self.filter = chosen
        self.reload()

    def refresh(self) -> None:
        """The data has changed: nothing that was read before is trusted."""
        self._rows.clear()
        self.total = None
        self.reload()

    def sort(self, order: Order) -> None:
        self.order = order
        self.reload()

    def reload(self) -> None:
        """Query anew; figures that need a walk through the whole table follow a moment later."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = residents.list_ids(lookup, self.filter, order=self.order, today=today)
            self._keep(lookup, found.ids[:SCREEN])
        self.cut = found.cut
        self.matching = None
        self.model.set_ids(found.ids)
        self.listed.emit()
        self._count_timer.start(COUNT_DELAY_MS)

    def count(self) -> None:
        """Count now what the list and the whole community have."""
        self._count_timer.stop()
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            if self.total is None:
                self.total = residents.counts(lookup, today=today)
            if self.filter.is_empty:
                self.matching = self.total
            else:
                self.matching = residents.counts(lookup, self.filter, today=today)
        self.counted.emit()

    def departed_matches(self) -> int:
        """How many of those who left the typed text would find; asked when nobody else is found."""
        with self._context.database.lookup() as lookup:
            return len(search.find_ids(lookup, self.filter.text, departed=True).ids)

    def _fetch(self, ids: Sequence[int]) -> list[ResidentRow]:
        """Rows to look at; what is scrolled past is not kept here, the model keeps some pages."""
        found = {one: self._rows[one] for one in ids if one in self._rows}
        if len(found) < len(ids):
            with self._context.database.lookup() as lookup:
                found |= self._rows_of(lookup, [one for one in ids if one not in found])
        return [found.get(one) or _gone(one) for one in ids]

    def _keep(self, lookup: Lookup, ids: Sequence[int]) -> None:
        """Have the rows of the best hits ready; somebody deleted a moment ago has none."""
        missing = [one for one in ids if one not in self._rows]
        if len(self._rows) + len(missing) > KEPT_ROWS:
            self._rows.clear()
            missing = list(ids)
        if missing:
            self._rows |= self._rows_of(lookup, missing)

    def _rows_of(self, lookup: Lookup, ids: Sequence[int]) -> dict[int, ResidentRow]:
        today = self._context.clock.today()
        found = residents.rows(lookup, ids, today=today, sensitive=True)
        return {row.id: row for row in found}


def _gone(resident_id: int) -> ResidentRow:
    values: dict[str, Any] = dict.fromkeys(ResidentRow._fields, "")
    values |= {"birth_date": None, "age": None, "departed_on": None, "tags": (), "version": 0}
    return ResidentRow(**values | {"id": resident_id, "name": "（已删除）"})
