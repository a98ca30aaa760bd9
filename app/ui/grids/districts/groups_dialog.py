"""All special groups of a place, as a table."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.grid_facts import GridFacts
from app.ui.grids.districts.facts_card import figures_of
from app.ui.grids.districts.figure_row import Figure
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

_MOST_LINES = 10


class GroupsDialog(Dialog):
    """How many of each, and which part of the people that is."""

    def __init__(self, place: str, facts: GridFacts, parent: QWidget | None = None) -> None:
        super().__init__(f"各类人数：{place}", parent, width=460)
        self._people = facts.people
        self._lines = dict(enumerate(figures_of(facts)))
        columns = (
            Column("group", "类别", lambda one: Cell(one[1], bold=True), 150, weight=2),
            Column("count", "数量", lambda one: f"{one[0]:,}", 90, align="right"),
            Column("share", "占人数", self._share, 90, align="right"),
        )
        self.model = PagedTableModel(columns, self._rows, parent=self)
        self.table = PagedTable(self.model, name="各类人数")
        self.table.paper.title = f"{place} 各类人数"
        metrics = theme.current()
        self.table.setFixedHeight(
            metrics.head + min(_MOST_LINES, max(4, len(self._lines))) * metrics.row
        )
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="类"))
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self.model.set_ids(list(self._lines))
        self.table.select_row(0)
        self.table.setFocus()

    def _share(self, figure: Figure) -> str:
        count, words = figure
        return "" if words in ("户", "人") or not self._people else f"{count / self._people:.1%}"

    def _rows(self, ids: Sequence[int]) -> list[Figure]:
        return [self._lines[one] for one in ids]
