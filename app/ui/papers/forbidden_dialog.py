"""不得出具清单: the 20 national items and what province and office added, with search."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ForbiddenItem as ForbiddenItemRow
from app.services import forbidden
from app.services.forbidden import ForbiddenItem
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.papers.forbidden_card import ForbiddenCard
from app.ui.papers.forbidden_form import ForbiddenItemDialog
from app.ui.papers.grades import CHECKED, grade_chip
from app.ui.recent.history import Record, history_button
from app.values.pinyin_match import spells
from app.values.rights import Right

Key = tuple[str, int]
"""Level and number: the national items have no id."""


class ForbiddenDialog(Dialog):
    """The list at the left, one item at the right; what the office added can be changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("不得出具清单", parent, width=1080)
        self._context = context
        self._items: dict[Key, ForbiddenItem] = {}
        self._model = PagedTableModel(_columns(), self._fetch)
        self.table = PagedTable(self._model, name="不得出具清单")
        self.table.set_empty(EmptyState("magnify", "没有找到", "换一个说法，或看看关键词。"))
        self.search = SearchBox("事项、关键词或拼音", name="查找不得出具的事项")
        self.count = small()
        self.card = ForbiddenCard()
        self.add = Button("增列一项", icon="plus", action="new")
        self.history = history_button(context, self, self._record)
        self._may_edit = context.may(Right.EDIT_TEMPLATES)
        offer(self._may_edit, self.add, self.card.change, self.card.delete)
        self._lay_out()
        self._connect()
        self.refresh()
        self.search.setFocus()

    def refresh(self) -> None:
        """Read the list anew; the current item stays current."""
        with self._context.database.reading() as session:
            found = forbidden.items(session)
        self._items = {(item.level, item.number): item for item in found}
        self._show()

    def edit(self, item: ForbiddenItem | None) -> None:
        """The form of an added item, or of a new one."""
        dialog = ForbiddenItemDialog(self._context, item, self)
        if dialog.exec():
            self._announce(dialog.sentence)

    def remove(self, item: ForbiddenItem) -> None:
        """Take an added item back, after asking."""
        words = f"“{item.name}”删除后，标题和正文里有这些词的证明不再拦下。"
        if not messages.confirm(self, "删除增列的事项", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(
                f"删除增列的不得出具事项 {item.name}"
            ) as session:
                forbidden.remove(session, item.id, now=self._context.clock.now())
            self._announce(f"已删除 {item.name}")

    # -- assembling

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(280))
        self.body.addLayout(row(self.search, self.count, None, self.add))
        self.card.setFixedWidth(metrics.px(380))
        left = TableCard(self.table, TableFoot(self.table, unit="项"))
        self.table.paper.personal = False
        self.table.paper.filter_words = lambda: self.search.text().strip()
        # In 大字 the height of the smallest screen is the limit, not the text.
        left.setMinimumHeight(470 if metrics.large else 500)
        self.body.addLayout(row((left, 1), self.card, spacing=12), 1)
        self._foot.insertWidget(0, self.history)
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _: self._show())
        self.search.left_down.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.current_changed.connect(self._show_item)
        self.table.opened.connect(self._open)
        self.card.edit_wanted.connect(self.edit)
        self.card.remove_wanted.connect(self.remove)
        self.add.clicked.connect(lambda: self.edit(None))
        self.add.bind(self)
        keys.bind(self, "search", self.search.setFocus)

    # -- showing

    def _show(self) -> None:
        current, typed = self.table.current_id(), self.search.text().strip()
        keys_left = [key for key, item in self._items.items() if _means(item, typed)]
        self._model.set_ids(keys_left)
        self.count.setText(self._count_words(len(keys_left)))
        if not self.table.select_id(current) and keys_left:
            self.table.select_row(0)
        self._show_item(self.table.current_id())

    def _count_words(self, left: int) -> str:
        everything = len(self._items)
        if left < everything:
            return f"找到 {left} 项，共 {everything} 项"
        added = everything - len(forbidden.national())
        return f"全国 {everything - added} 项" + (f"，增列 {added} 项" if added else "，没有增列")

    def _show_item(self, key: Key | None) -> None:
        self.card.show_item(self._items.get(key) if key is not None else None)
        self.history.setVisible(self._record() is not None)

    def _record(self) -> Record | None:
        """The current item, if the office added it: the national ones never change."""
        item = self._items.get(self.table.current_id())
        if item is None or item.id is None:
            return None
        return Record(ForbiddenItemRow, item.id, item.name)

    def _open(self, key: Key) -> None:
        item = self._items[key]
        if item.id is not None and self._may_edit:
            self.edit(item)

    def _fetch(self, wanted: Sequence[Key]) -> list[ForbiddenItem]:
        return [self._items[key] for key in wanted]

    def _announce(self, sentence: str) -> None:
        self.refresh()
        self._context.signals.changed.emit(Area.PAPERS)
        messages.notify(self._context.signals, sentence)


def _columns() -> list[Column]:
    return [
        Column("number", "序号", lambda item: str(item.number), 62, align="right"),
        Column("name", "事项", lambda item: item.name, 210, weight=1, bold=True),
        Column("level", "清单", lambda item: item.level, 84),
        Column("grade", "依据", _grade, 110),
    ]


def _grade(item: ForbiddenItem) -> list[Chip]:
    return [grade_chip(item.redirect_grade or ("自填" if item.id is not None else CHECKED))]


def _means(item: ForbiddenItem, typed: str) -> bool:
    words = (item.notes, item.redirect, *item.keywords)
    return not typed or spells(item.name, typed) or any(typed in word for word in words)
