"""并案, 并入: choose the one with which this one goes on; what is alike comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

_LINES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeWords:
    """What the window says: its title, what may be typed, what is told above and where none is."""

    title: str
    hint: str
    search: str
    told: str
    nothing: str
    advice: str


class MergeInto(Dialog):
    """Without words the list is what is alike; with words whatever fits them.

    `make_table`, `alike`, `found`, `join`, `rows` and `people` are those of what is merged.
    """

    def __init__(
        self,
        context: Context,
        own_id: int,
        words: MergeWords,
        columns: Sequence[Column],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words.title, parent, width=820)
        self._context, self._own = context, own_id
        self.search = SearchBox(words.hint, name=words.search, action="", parent=self)
        self.model = PagedTableModel(columns, self.rows, parent=self)
        self.table = self.make_table(self.model)
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)
        self.table.paper.people = self.people
        self.table.set_empty(EmptyState("content-copy", words.nothing, words.advice))
        self.body.addWidget(small(words.told, wrap=True))
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
        ids = self.found(text) if text else self.alike()
        self.model.set_ids([one for one in ids if one != self._own])
        if self.model.ids:
            self.table.select_row(0)
        self.confirm.setEnabled(bool(self.model.ids))

    def merge(self) -> None:
        """This one goes on with the chosen one."""
        keep: int | None = self.table.current_id()
        if keep is not None:
            self.join(keep, self.model.row(list(self.model.ids).index(keep)))

    def make_table(self, model: PagedTableModel) -> PagedTable:
        """The list under its name."""
        raise NotImplementedError

    def alike(self) -> Sequence[int]:
        """Without a word: the ids of those that say the same."""
        raise NotImplementedError

    def found(self, text: str) -> Sequence[int]:
        """The ids of those that may be chosen and fit the words."""
        raise NotImplementedError

    def join(self, keep: int, row: Any) -> None:
        """Do it, tell it and close."""
        raise NotImplementedError

    def rows(self, ids: Sequence[int]) -> list[Any]:
        """As the list shows them."""
        raise NotImplementedError

    def people(self, ids: Sequence[int]) -> Sequence[int]:
        """Whom they are about, for what is put on record."""
        raise NotImplementedError
