"""并入: choose the topic with which this one goes on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import TopicState
from app.services import topic_screening, topic_views
from app.services.topic_similar import similar
from app.services.topic_views import TopicFilter, TopicRow
from app.ui.kit import messages
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.topics.words import behind_words, name_of, state_chip
from app.ui.people.merge_into import MergeInto, MergeWords

_NOT_INTO = (TopicState.MERGED, TopicState.TURNED_DOWN)
COLUMNS = (
    Column("number", "编号", lambda it: str(it.number), 58, align="right"),
    Column("title", "议题", lambda it: Cell(it.title, bold=True), 170, weight=2),
    Column("who", "提出人", behind_words, 110),
    Column("place", "地点", lambda it: it.place, 110, weight=1, large_mode=False),
    Column("state", "状态", lambda it: Cell(chips=(state_chip(it),)), 110),
)


class MergeDialog(MergeInto):
    def __init__(self, context: Context, it: TopicRow, parent: QWidget | None = None) -> None:
        self._it = it
        self.kept: int | None = None
        """The topic that goes on, once it was merged"""
        words = MergeWords(
            title=f"并入 {name_of(it)}",
            hint="编号、议题、提出人、地点",
            search="找要并入的议题",
            told=f"选一件，{it.number} 号并到它里面一起办；提出和联名的人都记着，办完都要问。",
            nothing="没有相似的议题",
            advice="在上面输编号或几个字来找。",
        )
        super().__init__(context, it.id, words, COLUMNS, parent)

    def make_table(self, model: PagedTableModel) -> PagedTable:
        return PagedTable(model, name="可以并入的议题", parent=self)

    def alike(self) -> Sequence[int]:
        with self._context.database.lookup() as lookup:
            rows = similar(lookup, self._it.title, besides=self._it.id, most=20)
        return [one.id for one in rows if one.state not in _NOT_INTO]

    def found(self, text: str) -> Sequence[int]:
        states = tuple(one for one in TopicState if one not in _NOT_INTO)
        with self._context.database.lookup() as lookup:
            return topic_views.list_ids(lookup, TopicFilter(text=text, states=states))

    def join(self, keep: int, row: TopicRow) -> None:
        words = f"{self._it.number} 号并入 {name_of(row)}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"议题 {words}") as session:
                topic_screening.merge(session, keep, self._it.id)
            self.kept = keep
            messages.notify(self._context.signals, f"已并入：{words}")
            self._context.signals.changed.emit(Area.MEETINGS)
            self.accept()

    def rows(self, ids: Sequence[int]) -> list[TopicRow]:
        with self._context.database.lookup() as lookup:
            return topic_views.rows(lookup, ids)

    def people(self, ids: Sequence[int]) -> Sequence[int]:
        with self._context.database.lookup() as lookup:
            return topic_views.people(lookup, ids)
