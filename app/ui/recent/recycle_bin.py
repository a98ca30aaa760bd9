"""回收站: what was deleted anywhere in the program, and the way back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Resident
from app.services import recycle_bin
from app.services.recycle_bin import KEPT_DAYS, BinLine
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

_LINES = 8
_RESIDENTS = Resident.__tablename__
_SOON = 3


class RecycleBinDialog(Dialog):
    """Ticked records come back, or the current one where none is ticked."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("回收站", parent, width=700)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self._context = context
        self._lines: list[BinLine] = []
        self.search = SearchBox("姓名、标题、谁删的", name="在回收站里查找")
        self.search.searched.connect(lambda _: self._show())
        self.search.left_down.connect(self._into_table)
        self._make_table()
        self.body.addLayout(row((self.search, 1)))
        self.body.addWidget(small(f"删除的都在这里保留 {KEPT_DAYS} 天，可以放回去。", wrap=True))
        self.body.addWidget(self.table)
        self._foot_line = TableFoot(self.table, unit="条")
        self.body.addWidget(self._foot_line)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.restore_button = self.add_button(Button("放回去", kind="primary"))
        self.restore_button.clicked.connect(self.restore)
        keys.bind(self, "search", self.search.setFocus)
        self._show()
        self.table.setFocus()

    def restore(self) -> None:
        """Put the chosen records back, all of them or none, and close."""
        numbers = self.model.ticked_in_order() or [self.table.current_id()]
        chosen = [self._lines[one] for one in numbers if one is not None]
        if not chosen:
            return
        what = chosen[0].name if len(chosen) == 1 else f"{chosen[0].name} 等 {len(chosen):,} 条"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"从回收站放回 {what}") as session:
                now = self._context.clock.now()
                said = [
                    sentence
                    for one in chosen
                    for sentence in recycle_bin.restore(session, one.table, one.id, now=now)
                ]
            self.sentence = f"已放回 {what}。{''.join(said)}"
            self.accept()

    def _make_table(self) -> None:
        columns = (
            Column("name", "名称", lambda one: one.name, 170, weight=1, bold=True),
            Column("kind", "类别", lambda one: Cell(one.kind, tone="text2"), 110),
            Column("deleted", "移入", lambda one: Cell(f"{one.deleted_at:%m-%d %H:%M}"), 110),
            Column("who", "经办", lambda one: Cell(one.who, tone="text2"), 90),
            Column("left", "还保留", _left, 90),
        )
        self.model = PagedTableModel(columns, self._rows, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="回收站")
        self.table.paper.people = self._people
        self.table.paper.filter_words = self.search.text
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)

    def _show(self) -> None:
        searched = self.search.text().strip()
        now = self._context.clock.now()
        with self._context.database.reading() as session:
            self._lines = recycle_bin.lines(session, now=now, search=searched)
        words = "回收站里没有找到" if searched else "回收站是空的"
        self.table.set_empty(EmptyState("delete-empty-outline", words))
        self.model.set_ids(range(len(self._lines)))
        self._foot_line.setVisible(bool(self._lines))
        self.restore_button.setVisible(bool(self._lines))
        if self._lines:
            self.table.select_row(0)

    def _into_table(self) -> None:
        self.table.setFocus()

    def _people(self, numbers: Sequence[int]) -> list[int]:
        """Residents among what was deleted."""
        return [one.id for one in self._rows(numbers) if one.table == _RESIDENTS]

    def _rows(self, numbers: Sequence[int]) -> list[BinLine]:
        return [self._lines[one] for one in numbers]


def _left(line: BinLine) -> Cell:
    if line.left is None:
        return Cell("一直保留", tone="text2")
    return Cell(f"{line.left} 天", tone="warn" if line.left <= _SOON else "text2")
