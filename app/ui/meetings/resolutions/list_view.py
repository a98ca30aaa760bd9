"""决议: what is open first, by the day it is due; what is late is one click away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ResolutionKind, ResolutionState
from app.services import grids, resolution_views
from app.services.resolution_views import ResolutionFilter, ResolutionRow
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.resolutions.columns import columns, ledger
from app.ui.people.own_grids import with_own


class ResolutionList(QWidget):
    """`late_count` tells how many are late whenever the list is read."""

    clear_asked = Signal()
    """Of all that narrows the list, the words of the search box too"""
    late_count = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._text = ""
        today = context.clock.today()
        self.model = PagedTableModel(columns(today), self._fetch, parent=self)
        self.table = PagedTable(self.model, name="决议")
        self.table.paper.title = "决议台账"
        self.table.paper.personal = False
        self.table.paper.filter_words = lambda: with_own(context, self.words)
        self.table.paper.columns = ledger(today)
        self.foot = TableFoot(self.table, unit="项")
        self.state, self.kind = FilterChip("状态"), FilterChip("种类")
        self.body, self.grid, self.year = FilterChip("组织"), FilterChip("网格"), FilterChip("年度")
        self.late = SwitchChip("超期")
        self.state.set_choices([(one, one.label) for one in ResolutionState])
        self.kind.set_choices([(one, one.label) for one in ResolutionKind])
        self.chips = (self.state, self.kind, self.body, self.grid, self.year, self.late)
        bar = box(row(*self.chips, None))
        self.setLayout(column(bar, (TableCard(self.table, self.foot), 1), spacing=8))
        for chip in self.chips:
            chip.changed.connect(lambda _: self.read())

    @property
    def chosen(self) -> ResolutionFilter:
        """The filter in force, with the search text."""
        state, kind = self.state.value, self.kind.value
        return ResolutionFilter(
            states=(state,) if isinstance(state, ResolutionState) else (),
            kind=kind if isinstance(kind, ResolutionKind) else None,
            grid_id=self.grid.number,
            body_id=self.body.number,
            year=self.year.number,
            late=self.late.on,
            text=self._text,
        )

    @property
    def words(self) -> str:
        """What narrows the list, in words."""
        words = [chip.text() for chip in self.chips if chip.value is not None]
        return "，".join([*words, *([f"含“{self._text.strip()}”"] if self._text.strip() else [])])

    def search(self, text: str) -> None:
        self._text = text
        self.read()

    def refresh(self) -> None:
        """What can be chosen, and the lines; what holds stays. The current one is announced."""
        with self._context.database.reading() as session:
            self.grid.set_choices(list(grids.names(session).items()))
        with self._context.database.lookup() as lookup:
            self.body.set_choices(resolution_views.bodies(lookup))
            years = resolution_views.years(lookup)
        self.year.set_choices([(year, f"{year} 年") for year in years])
        self.read()

    def clear_filters(self) -> None:
        self._text = ""
        for chip in self.chips:
            chip.set_value(None)
        self.read()

    def show_resolution(self, resolution_id: int) -> bool:
        """Make it the current line, whatever the filters hide."""
        if not self.table.select_id(resolution_id):
            self.clear_filters()
        return bool(self.table.select_id(resolution_id))

    def read(self) -> None:
        """The lines of the filter; the current one stays."""
        current, today = self.table.current_id(), self._context.clock.today()
        with self._context.database.lookup() as lookup:
            ids = resolution_views.list_ids(lookup, self.chosen, today=today)
            _, late = resolution_views.counts(lookup, today=today)
        self.late.setVisible(bool(late) or self.late.on)
        if not self.late.on:
            self.late.setText(f"超期 {late}")
        self.model.set_ids(ids)
        if not ids:
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current):
            self.table.select_row(0)
        if not ids:
            self.table.current_changed.emit(None)
        self.late_count.emit(late)

    # -- inside

    def _nothing(self) -> EmptyState:
        if self.chosen != resolution_views.EVERYTHING:
            return not_found("没有这样的决议", self.clear_asked.emit)
        advice = "会上表决通过的、协商形成的意见，宣布以后自己列到这里。"
        words = "还没有决议" if self._context.sees_all else "您的网格里还没有决议"
        return EmptyState("gavel", words, advice)

    def _fetch(self, ids: Sequence[int]) -> list[ResolutionRow]:
        with self._context.database.lookup() as lookup:
            return resolution_views.rows(lookup, ids)
