"""Reading all rows of a long table for paper, some at a time, while the window lives on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from app.ui.kit.background import Job
from app.ui.kit.dialogs import ProgressDialog
from app.ui.kit.table_model import PAGE

if TYPE_CHECKING:
    from app.ui.kit.paged_table import PagedTable

AT_ONCE = 1000
"""So many rows are read before anybody sees a bar."""
SLICE_MS = 40
Row = tuple[str, ...]


def gather(
    table: PagedTable,
    ids: Sequence[Any],
    text: Callable[[Any], Row],
    then: Callable[[list[Row]], object],
) -> None:
    """Call `then` with the texts of these rows; not at all where the user cancels.

    Rows are fetched in the main thread, as the screen fetches them: a table may look at widgets.
    """
    if len(ids) <= AT_ONCE:
        then([text(row) for row in table.paged_model.rows_of(ids)])
        return
    gathering = _Gathering(table, ids, text, then)
    gathering.start()


class _Gathering(QObject):
    def __init__(
        self,
        table: PagedTable,
        ids: Sequence[Any],
        text: Callable[[Any], Row],
        then: Callable[[list[Row]], object],
    ) -> None:
        super().__init__(table)
        self._table = table
        self._ids = list(ids)
        self._text = text
        self._then = then
        self._rows: list[Row] = []
        self._job = Job(self)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        title = f"正在读「{self._table.paper.title}」"
        ProgressDialog(title, self._job, self._table.window()).open()
        self._timer.start()

    def _go_on(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while len(self._rows) < len(self._ids) and not clock.hasExpired(SLICE_MS):
            page = self._ids[len(self._rows) : len(self._rows) + PAGE]
            self._rows += [self._text(row) for row in self._table.paged_model.rows_of(page)]
        if self._job.report.cancelled:
            self._end()
        elif len(self._rows) < len(self._ids):
            self._job.progress.emit(len(self._rows), len(self._ids), "")
        else:
            self._end()
            self._then(self._rows)

    def _end(self) -> None:
        self._timer.stop()
        self._job.finish()
        self.deleteLater()
