"""One of the three lists: chips that narrow it, the table, its foot."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import three_lists
from app.storage.lookup import Lookup
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.own_grids import with_own


class LinesView(QWidget):
    """`clear_asked` of all that narrows the list, the words of the search box too."""

    clear_asked = Signal()
    new_asked = Signal()
    name, unit = "", "项"
    of_grids = True
    """Whether its lines belong to grids; what units offer is seen by everybody"""

    def __init__(
        self,
        context: Context,
        columns: Sequence[Column],
        leaving: Sequence[Column],
        chips: Sequence[FilterChip],
        *,
        name: str,
    ) -> None:
        super().__init__()
        self._context = context
        self.text = ""
        self._lines: dict[int, Any] = {}
        self.model = PagedTableModel(columns, self._fetch, parent=self)
        self.table = PagedTable(self.model, name=name)
        paper = self.table.paper
        paper.personal, paper.columns = False, tuple(leaving)
        paper.filter_words = lambda: self.told
        self.year = FilterChip("年度")
        self.chips = (self.year, *chips)
        foot = TableFoot(self.table, unit=self.unit)
        bar = box(row(*self.chips, None))
        self.setLayout(column(bar, (TableCard(self.table, foot), 1), spacing=8))
        for chip in self.chips:
            chip.changed.connect(self._chosen)

    @property
    def current(self) -> Any | None:
        """The line with the cursor."""
        return self._lines.get(self.table.current_id() or 0)

    @property
    def lines(self) -> list[Any]:
        """What is listed, in its order."""
        return [self._lines[one] for one in self.model.ids]

    @property
    def words(self) -> str:
        """What narrows the list, in words."""
        words = [chip.text() for chip in self.chips if chip.value is not None]
        return "，".join([*words, *([f"含“{self.text}”"] if self.text else [])])

    @property
    def told(self) -> str:
        """The same with the grids that it holds, for whoever sees some only."""
        return with_own(self._context, self.words) if self.of_grids else self.words

    def refresh(self) -> None:
        """What can be chosen, and the lines; what holds stays."""
        with self._context.database.lookup() as lookup:
            years = three_lists.years(lookup)
            self.offer(lookup)
        self.year.set_choices([(year, f"{year} 年") for year in years])
        self.read()

    def read(self) -> None:
        """The lines of the filter; the current one stays."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            found = self.found(lookup)
        self._lines = {one.id: one for one in found}
        if not found:
            self.table.set_empty(self._nothing())
        self.model.set_ids(list(self._lines))
        if found and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)
        if not found:
            self.table.current_changed.emit(None)

    def search(self, text: str) -> None:
        self.text = text.strip()
        self.read()

    def clear_filters(self) -> None:
        self.text = ""
        for chip in self.chips:
            chip.set_value(None)
        self.read()

    def select(self, wanted: int) -> bool:
        """Make it the current line, whatever the filters hide."""
        if not self.table.select_id(wanted):
            self.clear_filters()
        return self.table.select_id(wanted)

    @abstractmethod
    def found(self, lookup: Lookup) -> Sequence[Any]:
        """The lines of the filter."""

    @abstractmethod
    def offer(self, lookup: Lookup) -> None:
        """Fill the chips whose choices come from the file."""

    @abstractmethod
    def empty(self) -> EmptyState:
        """While there is nothing at all."""

    # -- inside

    def _chosen(self, _value: object = None) -> None:
        self.read()

    def _nothing(self) -> EmptyState:
        if self.words:
            return not_found(f"没有这样的{self.name}", self.clear_asked.emit)
        return self.empty()

    def _fetch(self, ids: Sequence[int]) -> list[Any]:
        return [self._lines[one] for one in ids if one in self._lines]
