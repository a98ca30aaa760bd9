"""并入: choose the topic with which this one goes on; what is alike comes first."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import TopicState
from app.services import topic_screening, topic_views
from app.services.topic_similar import similar
from app.services.topic_views import TopicFilter, TopicRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.topics.words import behind_words, name_of, state_chip

_LINES = 7
_NOT_INTO = (TopicState.MERGED, TopicState.TURNED_DOWN)
COLUMNS = (
    Column("number", "编号", lambda it: str(it.number), 58, align="right"),
    Column("title", "议题", lambda it: Cell(it.title, bold=True), 170, weight=2),
    Column("who", "提出人", behind_words, 110),
    Column("place", "地点", lambda it: it.place, 110, weight=1, large_mode=False),
    Column("state", "状态", lambda it: Cell(chips=(state_chip(it),)), 110),
)


class MergeDialog(Dialog):
    """Without words the list is what is alike; with words whatever fits them."""

    def __init__(self, context: Context, it: TopicRow, parent: QWidget | None = None) -> None:
        super().__init__(f"并入 {name_of(it)}", parent, width=820)
        self._context, self._it = context, it
        self.kept: int | None = None
        """The topic that goes on, once it was merged"""
        self.search = SearchBox(
            "编号、议题、提出人、地点", name="找要并入的议题", action="", parent=self
        )
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="可以并入的议题", parent=self)
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)
        self.table.paper.people = self._people
        self.table.set_empty(
            EmptyState("content-copy", "没有相似的议题", "在上面输编号或几个字来找。")
        )
        words = f"选一件，{it.number} 号并到它里面一起办；提出和联名的人都记着，办完都要问。"
        self.body.addWidget(small(words, wrap=True))
        self.body.addWidget(self.search)
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="件"))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("并到这一件", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.merge)
        self.search.searched.connect(lambda _: self.look())
        self.search.left_down.connect(self.table.setFocus)
        self.search.submitted.connect(lambda _: self.merge())
        self.table.opened.connect(lambda _: self.merge())
        self.look()
        self.search.setFocus()

    def look(self) -> None:
        """Read what is alike, or what was asked for."""
        text = self.search.text().strip()
        with self._context.database.lookup() as lookup:
            if text:
                states = tuple(one for one in TopicState if one not in _NOT_INTO)
                ids = topic_views.list_ids(lookup, TopicFilter(text=text, states=states))
            else:
                rows = similar(lookup, self._it.title, besides=self._it.id, most=20)
                ids = [one.id for one in rows if one.state not in _NOT_INTO]
        self.model.set_ids([one for one in ids if one != self._it.id])
        if self.model.ids:
            self.table.select_row(0)
        self.confirm.setEnabled(bool(self.model.ids))

    def merge(self) -> None:
        """This one goes on with the chosen one."""
        keep: int | None = self.table.current_id()
        if keep is None:
            return
        row: TopicRow = self.model.row(list(self.model.ids).index(keep))
        words = f"{self._it.number} 号并入 {name_of(row)}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"议题 {words}") as session:
                topic_screening.merge(session, keep, self._it.id)
            self.kept = keep
            messages.notify(self._context.signals, f"已并入：{words}")
            self._context.signals.changed.emit(Area.MEETINGS)
            self.accept()

    def _rows(self, ids: Sequence[int]) -> list[TopicRow]:
        with self._context.database.lookup() as lookup:
            return topic_views.rows(lookup, ids)

    def _people(self, ids: Sequence[int]) -> Sequence[int]:
        with self._context.database.lookup() as lookup:
            return topic_views.people(lookup, ids)
