"""The lines of the ledger: what waits for review on top, what is booked below, sums at the foot."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from app.context import Context
from app.services import points_filter, points_views
from app.services.points_filter import EVERYTHING, LedgerCounts
from app.services.points_views import LedgerLine
from app.ui.kit.card import Card
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.totals_line import TotalsLine
from app.ui.points.ledger.columns import LEAVING, columns
from app.ui.points.ledger.filters import LedgerFilters
from app.values.figures import signed
from app.values.times import hours_figure

WAITING_BAND, BOOKED_BAND = -1, -2
_ADVICE = "活动记录工时后一键过账，或按 Ctrl+N 手工记一笔。"


class LedgerList(Card):
    """Filters, table and totals in one card; list, counts and sums come from one query."""

    shown = Signal()
    """Other lines, or the same ones anew"""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self._context = context
        self.filters = LedgerFilters(context)
        self.model = PagedTableModel(
            columns(context.clock.today().year), self._fetch, tickable=True
        )
        self.table = PagedTable(self.model, name="积分台账")
        self.totals = TotalsLine(self.table)
        self.counts: LedgerCounts | None = None
        paper = self.table.paper
        paper.unit = "笔"
        paper.people, paper.columns = self._people, LEAVING
        paper.filter_words, paper.totals = lambda: self.filters.words, self._totals
        self.body.addWidget(self.filters)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.totals)
        self.filters.changed.connect(self.read)

    def read(self) -> None:
        """The lines of the filter; the current one stays current, else the first is."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            waiting = points_filter.waiting_ids(lookup, self.filters.chosen)
            booked = points_filter.booked_ids(lookup, self.filters.chosen)
            self.counts = points_filter.counts(lookup, self.filters.chosen)
        self._show_lines(waiting, booked, self.counts)
        self.filters.kinds.show_counts(self.counts)
        self._show_totals(self.counts)
        if not (current is not None and self.table.select_id(current)) and self.model.ids:
            self.table.select_row(0)
        self.shown.emit()

    def select(self, key: int) -> bool:
        """Make a line current, without filters where those hide it; False where there is none."""
        if self.table.select_id(key):
            return True
        self.filters.show_month(None)
        return self.table.select_id(key)

    def current(self) -> LedgerLine | None:
        """The line under the cursor."""
        key = self.table.current_id()
        return None if key is None else next(iter(self._fetch([key])), None)

    def ticked(self) -> list[LedgerLine]:
        """The lines that are ticked, in the order of the list."""
        return self._fetch(self.model.ticked_in_order())

    # -- inside

    def _show_lines(
        self, waiting: Sequence[int], booked: Sequence[int], counts: LedgerCounts
    ) -> None:
        bands, ids = {}, list[int]()
        if waiting:
            points = signed(counts.waiting.added - counts.waiting.taken)
            bands[WAITING_BAND] = f"待复核 {len(waiting):,} 笔・共 {points} 分，复核后才计入余额"
            if self.filters.chosen.returned:
                bands[WAITING_BAND] = f"已退回 {len(waiting):,} 笔・改好后按 F2 重新报上来"
            ids += [WAITING_BAND, *waiting]
        if booked:
            bands[BOOKED_BAND] = f"已记账 {len(booked):,} 笔"
            ids += [BOOKED_BAND, *booked]
        if not ids:
            self.table.set_empty(self._nothing())
        self.model.set_ids(ids, bands)

    def _nothing(self) -> EmptyState:
        chosen = self.filters.chosen
        if self.filters.narrows:
            return not_found("没有这样的流水", self.filters.clear_all)
        if chosen != EVERYTHING:
            return EmptyState("notebook-outline", f"{self.filters.words}还没有流水", _ADVICE)
        return EmptyState("notebook-outline", "还没有积分流水", _ADVICE)

    def _show_totals(self, counts: LedgerCounts) -> None:
        sums = counts.booked
        # What is narrowed says so: these are not the sums of the month.
        word = "筛选已记账" if self.filters.narrows else "已记账"
        figures = _figures(sums.half_hours, sums.added, sums.taken)
        self.totals.show_sums(f"{word} {sums.lines:,} 笔", figures)

    def _totals(self, keys: Sequence[Any]) -> dict[str, str]:
        """Below what leaves: of all lines the sums of the foot, of some what they come to."""
        if self.counts is not None and len(keys) == len(self.model.lines):
            sums = self.counts.booked
            numbers = (sums.half_hours, sums.added, sums.taken)
        else:
            booked = [line for line in self._fetch(keys) if not line.waits]
            numbers = (
                sum(line.half_hours for line in booked),
                sum(line.points for line in booked if line.points > 0),
                -sum(line.points for line in booked if line.points < 0),
            )
        return {"name": "合计", "matter": "不含待复核", **_figures(*numbers)}

    def _fetch(self, keys: Sequence[int]) -> list[LedgerLine]:
        with self._context.database.lookup() as lookup:
            return points_views.rows(lookup, keys)

    def _people(self, keys: Sequence[int]) -> list[int]:
        with self._context.database.lookup() as lookup:
            return points_views.people_of(lookup, keys)


def _figures(half_hours: int, added: int, taken: int) -> dict[str, str]:
    return {"hours": hours_figure(half_hours), "added": f"{added:,}", "taken": f"{taken:,}"}
