"""查看数据: the comparison of the grids as a table that can be copied, exported and printed."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.services.grid_advice import marks
from app.services.grid_workload import GridLoad, Load, Workload
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

_MOST_LINES = 10
_TOTAL = -1


class WorkloadDialog(Dialog):
    """A line for each grid, and one for all together."""

    def __init__(self, work: Workload, day: str, parent: QWidget | None = None) -> None:
        super().__init__("各网格的工作量", parent, width=840)
        self._work = work
        total = GridLoad(_TOTAL, "合计", "", work.total)
        self._lines = {one.grid_id: one for one in (*work.grids, total)}
        self.model = PagedTableModel(self._columns(), self._rows, parent=self)
        self.table = PagedTable(self.model, name="各网格的工作量")
        self.table.paper.title = f"各网格的工作量（{day}）"
        metrics = theme.current()
        shown = min(_MOST_LINES, max(4, len(self._lines)))
        self.table.setFixedHeight(metrics.head + shown * metrics.row)
        self.body.addWidget(
            small(
                "重点对象是红色、橙色走访规定管到的人；应访是本月要访的重点对象，已访是其中访过的。",
                wrap=True,
            )
        )
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="行"))
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self.model.set_ids(list(self._lines))
        self.table.select_row(0)
        self.table.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("grid", "网格", lambda one: Cell(one.name, bold=True), 104, weight=2),
            Column("member", "网格员", lambda one: one.member, 76, weight=1),
            Column("people", "人数", lambda one: f"{one.load.people:,}", 68, align="right"),
            self._marked("households", "户数", lambda load: f"{load.households:,}"),
            self._marked("key", "重点对象", lambda load: f"{load.key:,}"),
            Column("wanted", "本月应访", lambda one: f"{one.load.wanted:,}", 84, align="right"),
            Column("visited", "本月已访", lambda one: f"{one.load.visited:,}", 84, align="right"),
            self._marked("visits", "访到", _reached),
            self._marked("requests", "在办诉求", lambda load: f"{load.requests:,}"),
        )

    def _marked(self, key: str, title: str, words: Callable[[Load], str]) -> Column:
        def cell(one: GridLoad) -> Cell:
            said = "" if one.grid_id == _TOTAL else marks(one.load, self._work.average).get(key, "")
            return Cell(words(one.load), sub=said, tone="warn" if said else "")

        return Column(key, title, cell, 88, align="right")

    def _rows(self, ids: Sequence[int]) -> list[GridLoad]:
        return [self._lines[one] for one in ids]


def _reached(load: Load) -> str:
    return f"{load.share:.0%}" if load.wanted else "—"
