"""The notices that were written: open, use again, delete."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.context import Context
from app.services import notices
from app.services.notices import NoticeLine
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import row, rule
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

COLUMNS = (
    Column(
        "title", "标题", lambda line: Cell(line.title, bold=True), 150, weight=1, sortable=False
    ),
    Column("dated", "日期", lambda line: f"{line.dated:%Y-%m-%d}", 100, sortable=False),
)


class NoticeList(QWidget):
    """Newest first. `new_requested` carries the text that the new notice starts from."""

    opened = Signal(object)
    """id of a notice"""
    new_requested = Signal(object)
    current_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: dict[int, NoticeLine] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="写过的通知")
        self.table.set_empty(EmptyState("file-document-edit-outline", "还没有写过通知"))
        self.table.opened.connect(self.opened)
        self.table.current_changed.connect(self._on_current)
        self.table.set_context_menu(self._fill_menu)
        self.new_button = Button("新写通知", kind="primary", action="new_paper")
        self.new_button.clicked.connect(self._new)
        self.again_button = Button("照这份再写")
        self.again_button.clicked.connect(self._use_again)
        self.delete_button = Button("删除", kind="danger")
        self.delete_button.clicked.connect(self._delete)
        self._lay_out()
        self.setFocusProxy(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew; the current one stays current."""
        current = self.table.current_id()
        with self._context.database.reading() as session:
            self._lines = {line.id: line for line in notices.notices(session)}
        self.model.set_ids(list(self._lines))
        if self._lines and not (current and self.table.select_id(current)):
            self.table.select_row(0)
        self._on_current()

    def current_id(self) -> int | None:
        found: int | None = self.table.current_id()
        return found

    def choose(self, notice_id: int) -> None:
        self.table.select_id(notice_id)

    def _lay_out(self) -> None:
        card = Card(margins=(1, 1, 1, 1), spacing=0)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(rule())
        buttons = row(self.new_button, self.again_button, None, self.delete_button)
        buttons.setContentsMargins(12, 8, 12, 8)
        card.body.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _fetch(self, ids: Sequence[int]) -> list[NoticeLine]:
        return [self._lines[one] for one in ids]

    def _on_current(self, _current: object = None) -> None:
        chosen = self.current_id() is not None
        self.again_button.setEnabled(chosen)
        self.delete_button.setEnabled(chosen)
        self.current_changed.emit()

    def _fill_menu(self, menu: QMenu, notice_id: int) -> None:
        menu.addAction("打开", lambda: self.opened.emit(notice_id))
        menu.addAction("照这份再写", self._use_again)
        menu.addAction("删除", self._delete)

    def _new(self) -> None:
        with self._context.database.reading() as session:
            text = notices.blank(session, today=self._context.clock.today())
        self.new_requested.emit(text)

    def _use_again(self) -> None:
        with messages.domain_errors_shown(self), self._context.database.reading() as session:
            today = self._context.clock.today()
            text = notices.use_again(session, self.current_id() or 0, today=today)
            self.new_requested.emit(text)

    def _delete(self) -> None:
        line = self._lines.get(self.current_id() or 0)
        if line is None:
            return
        words = f"删除《{line.title}》？删了还能撤销。"
        if not messages.confirm(self, "删除通知", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除通知《{line.title}》") as session:
                notices.delete(session, line.id, now=self._context.clock.now())
            self._context.signals.changed.emit(Area.PAPERS)
            self.refresh()
