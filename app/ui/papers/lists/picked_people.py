"""People picked one by one: type, Enter puts the person on the list; the list keeps its order."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.context import Context
from app.services import lists, residents, search
from app.services.residents import ResidentRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

_MOST = 50
_COLUMNS = (
    Column("name", "姓名", lambda row: Cell(row.name, sub=_circumstance(row), bold=True), 150, 2),
    Column("place", "住址", lambda row: row.place_short, 96, 1),
)


def _circumstance(row: ResidentRow) -> str:
    age = "" if row.age is None else f"{row.age} 岁"
    return "・".join(part for part in (row.sex, age) if part)


class PickedPeople(QWidget):
    """While something is typed the table shows who fits; otherwise those who were picked."""

    changed = Signal()

    def __init__(self, context: Context, *, lines: int) -> None:
        super().__init__()
        self._context = context
        self._picked: tuple[int, ...] = ()
        self.search = SearchBox("姓名 / 拼音 / 楼号，按 Enter 选定", name="找人", action="")
        self.model = PagedTableModel(_COLUMNS, self._rows, page=_MOST, parent=self)
        self.table = PagedTable(self.model, name="选定的人")
        # The paper itself is what is printed of these people.
        self.table.paper.offered = False
        self.table.paper.people = list
        self.table.setFixedHeight(theme.current().head + lines * theme.current().row)
        self.count = small()
        self.remove = Button("去掉这一位", kind="ghost", size="small")
        self.empty = Button("全部去掉", kind="ghost", size="small")
        self._lay_out()
        self._connect()
        self._show_picked()

    @property
    def ids(self) -> tuple[int, ...]:
        """Who was picked, in order."""
        return self._picked

    def set_ids(self, ids: Sequence[int]) -> None:
        """Put others in their place; announces the change."""
        self._picked = tuple(dict.fromkeys(ids))
        self.search.clear()
        self._show_picked()
        self.changed.emit()

    def reload(self) -> None:
        """Residents changed: those who are gone leave the list."""
        with self._context.database.reading() as session:
            there = lists.standing(session, self._picked)
        if len(there) < len(self._picked):
            self.set_ids(tuple(there))
        else:
            self.model.reload()

    def add(self, resident_id: int) -> None:
        self.set_ids((*self._picked, resident_id))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().spacing[1])
        layout.addWidget(self.search)
        layout.addWidget(self.table)
        layout.addLayout(row(self.count, None, self.remove, self.empty, spacing=4))
        self._nobody = EmptyState("account-search-outline", "还没有选人")
        self.table.set_empty(self._nobody)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.searched.connect(self._search)
        self.search.submitted.connect(lambda _: self._open(self.table.current_id()))
        self.search.scanned.connect(self._scan)
        self.search.left_down.connect(self.table.setFocus)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _: self._show_state())
        self.table.set_context_menu(self._fill_menu)
        self.remove.clicked.connect(lambda: self._remove(self.table.current_id()))
        self.empty.clicked.connect(lambda: self.set_ids(()))

    @property
    def _searching(self) -> bool:
        return bool(self.search.text().strip())

    def _search(self, text: str) -> None:
        if not text.strip():
            self._show_picked()
            return
        with self._context.database.reading() as session:
            found = search.find_ids(session, text, limit=_MOST).ids
        self.model.set_ids([one for one in found if one not in self._picked])
        if self.model.ids:
            self.table.select_row(0)
        self._show_state()

    def _scan(self, burst: str) -> None:
        with self._context.database.reading() as session:
            hit = search.exact_hit(session, burst)
        if hit is not None:
            self.add(hit)

    def _open(self, resident_id: int | None) -> None:
        """Enter on somebody who was found; on the list itself it does nothing."""
        if self._searching and resident_id is not None:
            self.add(resident_id)
            self.search.setFocus()

    def _remove(self, resident_id: int | None) -> None:
        if not self._searching:
            self.set_ids([one for one in self._picked if one != resident_id])

    def _fill_menu(self, menu: QMenu, resident_id: int) -> None:
        if not self._searching:
            menu.addAction("去掉这一位", lambda: self._remove(resident_id))

    def _show_picked(self) -> None:
        self.model.set_ids(self._picked)
        if self._picked:
            self.table.select_row(len(self._picked) - 1)
        self._show_state()

    def _show_state(self) -> None:
        searching = self._searching
        self._nobody.set_sentence("没有找到这个人" if searching else "还没有选人")
        found = "Enter 加进名单" if self.model.ids else ""
        self.count.setText(found if searching else f"选定 {len(self._picked):,} 人")
        self.remove.setVisible(not searching)
        self.empty.setVisible(not searching)
        self.remove.setEnabled(self.table.current_id() is not None)
        self.empty.setEnabled(bool(self._picked))

    def _rows(self, ids: Sequence[int]) -> list[ResidentRow]:
        with self._context.database.reading() as session:
            return residents.rows(session, ids, today=self._context.clock.today())
