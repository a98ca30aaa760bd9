"""Choose one resident: type two letters, Enter."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.services import residents, search
from app.services.residents import ResidentRow
from app.ui.kit import theme
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

MOST = 50


def _person(row: ResidentRow) -> Cell:
    age = "" if row.age is None else f"{row.age} 岁"
    return Cell(row.name, sub="・".join(part for part in (row.sex, age) if part), bold=True)


COLUMNS = (
    Column("name", "姓名", _person, 170, weight=2),
    Column("place", "住址", lambda row: row.place, 120, weight=1),
    Column(
        "document",
        "证件尾号",
        lambda row: Cell(row.document_tail, tone="text2"),
        90,
        large_mode=False,
    ),
)


class PersonPicker(QWidget):
    """Announces `picked` on Enter, double click or a scanner's burst. `without` is never listed."""

    picked = Signal(int)
    current_changed = Signal(object)
    """id of the line that is chosen, None without lines"""

    def __init__(
        self,
        context: Context,
        *,
        without: Sequence[int] = (),
        lines: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._without = frozenset(without)
        self.search = SearchBox("姓名 / 拼音 / 证件或电话尾号", name="找人", action="")
        self.model = PagedTableModel(COLUMNS, self._rows, page=MOST, parent=self)
        self.table = PagedTable(self.model, name="找到的人")
        self.table.paper.offered = False
        self.table.paper.people = list
        self.table.setFixedHeight(theme.current().head + lines * theme.current().row)
        self._waiting = EmptyState("account-search-outline", "输入姓名或拼音")
        self.table.set_empty(self._waiting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().spacing[1])
        layout.addWidget(self.search)
        layout.addWidget(self.table)
        self.setFocusProxy(self.search)
        self._connect()

    def current_id(self) -> int | None:
        found: int | None = self.table.current_id()
        return found

    def show_people(self, ids: Sequence[int]) -> None:
        """List these people, the first of them chosen."""
        self.model.set_ids([one for one in ids if one not in self._without])
        if self.model.ids:
            self.table.select_row(0)
        self.current_changed.emit(self.current_id())

    def _connect(self) -> None:
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self.table.setFocus)
        self.search.submitted.connect(lambda _: self._pick(self.current_id()))
        self.search.scanned.connect(self._scan)
        self.table.opened.connect(self._pick)
        self.table.current_changed.connect(self.current_changed)

    def _search(self, text: str) -> None:
        with self._context.database.lookup() as lookup:
            found = search.find_ids(lookup, text, limit=MOST)
        self.show_people(found.ids)

    def _scan(self, burst: str) -> None:
        with self._context.database.lookup() as lookup:
            hit = search.exact_hit(lookup, burst)
        if hit is None or hit in self._without:
            self.search.setText(burst)
        else:
            self.show_people([hit])
            self._pick(hit)

    def _pick(self, resident_id: int | None) -> None:
        if resident_id is not None:
            self.picked.emit(resident_id)

    def _rows(self, ids: Sequence[int]) -> list[ResidentRow]:
        with self._context.database.lookup() as lookup:
            return residents.rows(lookup, ids, today=self._context.clock.today())
