"""The book of a year: words to choose a source by, the lines, the proof of the sums."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.context import Context
from app.services import fund_papers, fund_views
from app.services.fund_views import EntryView, SourceView
from app.services.project_views import ProjectView
from app.ui.kit.card import Card
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.totals_line import TotalsLine
from app.ui.meetings.fund.words import COLUMNS, LEAVING
from app.values.money import yuan


class BookCard(Card):
    """Edge to edge. `asked` with what an empty year offers: source, grant."""

    asked = Signal(str)

    def __init__(self, context: Context, *, may_write: bool) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self._context, self._may_write = context, may_write
        self._lines: dict[int, EntryView] = {}
        self.chosen_source: int | None = None
        self.chosen_project: int | None = None
        self._filter = ""
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="专项经费台账")
        paper = self.table.paper
        paper.unit, paper.columns, paper.filter_words = "笔", LEAVING, lambda: self._filter
        self.totals = TotalsLine(self.table)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.totals)

    @property
    def current(self) -> EntryView | None:
        """The line under the cursor."""
        key = self.table.current_id()
        return None if key is None else self._lines.get(key)

    def read(
        self, year: int, sources: Sequence[SourceView], projects: Sequence[ProjectView]
    ) -> None:
        """The lines of a year as they are now; the current one stays current, else the last is."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            found = fund_views.entries(
                lookup, year, source_id=self.chosen_source, project_id=self.chosen_project
            )
        self._lines = {one.id: one for one in found}
        self._filter = self._words(year, sources, projects)
        if not found:
            self.table.set_empty(self._nothing(year, bool(sources)))
        self.model.set_ids(list(self._lines))
        if not (current is not None and self.table.select_id(current)) and found:
            self.table.select_row(len(found) - 1)
        self._show_sums(sources, found)

    def _show_sums(self, sources: Sequence[SourceView], found: Sequence[EntryView]) -> None:
        came = sum(one.amount for one in found if one.amount > 0)
        went = -sum(one.amount for one in found if one.amount < 0)
        sums = {"came": yuan(came), "went": yuan(went)} if found else {}
        if self.chosen_project is not None:
            self.totals.show_sums(f"{len(found)} 笔", sums)
            return
        shown = [one for one in sources if self.chosen_source in (None, one.id)]
        proof = fund_papers.proof(fund_views.totals(shown)) if found else ""
        self.totals.show_sums(proof, {})

    def _words(
        self, year: int, sources: Sequence[SourceView], projects: Sequence[ProjectView]
    ) -> str:
        named = [one.name for one in sources if one.id == self.chosen_source]
        named += [one.name for one in projects if one.id == self.chosen_project]
        return "，".join([f"{year} 年", *named])

    def _nothing(self, year: int, has_sources: bool) -> EmptyState:
        if self.chosen_source is not None or self.chosen_project is not None:
            return EmptyState("notebook-outline", "这里还没有收支")
        if not self._may_write:
            return EmptyState("cash-multiple", f"{year} 年还没有专项经费")
        if not has_sources:
            advice = "先登记钱从哪里来、全年多少，如“市级 10 万元”。"
            offered = (("登记来源…", lambda: self.asked.emit("source")),)
            return EmptyState("cash-multiple", f"{year} 年还没有专项经费", advice, offered)
        offered = (("登记拨入…", lambda: self.asked.emit("grant")),)
        return EmptyState("cash-multiple", "还没有收支", "钱到了账上，先登记拨入。", offered)

    def _fetch(self, ids: Sequence[int]) -> list[EntryView]:
        return [self._lines[one] for one in ids if one in self._lines]
