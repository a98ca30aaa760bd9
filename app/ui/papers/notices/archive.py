"""The notices that were written: found by words, pinyin and period; opened, used again, deleted."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.context import Context
from app.models import Notice
from app.services import notices, publicity
from app.services.notice_kinds import KINDS, PUBLICITY
from app.services.notices import ArchiveFilter, NoticeLine
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, FilterChip
from app.ui.kit.labels import row, rule
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

_MONTH = timedelta(days=30)


class NoticeArchive(QWidget):
    """Newest first. `new_requested` carries the text that the new notice starts from."""

    opened = Signal(object)
    """id of a notice"""
    new_requested = Signal(object)
    current_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: dict[int, NoticeLine] = {}
        self._kinds: tuple[str, ...] = ()
        self._new_kind = KINDS[0].name
        self.model = PagedTableModel(self._columns(), self._fetch, parent=self)
        self.table = PagedTable(self.model, name="写过的通知")
        hint = "标题、拼音" if theme.current().large else "标题、拼音或正文"
        self.search = SearchBox(hint, name="找写过的通知", action="search_alt")
        self.period = FilterChip("全部时间")
        self.kind = FilterChip("文种")
        self.new_button = Button("新写通知", kind="primary")
        self.again_button = Button("再用一次")
        self.delete_button = Button("删除", kind="danger")
        self.table.paper.filter_words = self._paper_words
        self._offer()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)
        self.refresh()

    def show_kinds(self, kinds: Sequence[str], new_kind: str) -> None:
        """Only these kinds (all where none is named); 新写 begins one of `new_kind`."""
        self._kinds, self._new_kind = tuple(kinds), new_kind
        self.kind.set_value(None)
        # In 大字 the words of the search keep their room.
        self.kind.setVisible(len(self._kinds) != 1 and not theme.current().large)
        # 停水停电通知 would not fit beside the other buttons.
        self.new_button.setText(f"新写{new_kind if len(new_kind) <= 4 else new_kind[-2:]}")
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew; the current one stays current."""
        current = self.table.current_id()
        wanted = self._filter()
        with self._context.database.reading() as session:
            found = notices.notices(session, wanted)
        self._lines = {line.id: line for line in found}
        self._show_empty(filtered=bool(wanted.text or wanted.since or self.kind.value))
        self.model.set_ids(list(self._lines))
        if self._lines and not (current and self.table.select_id(current)):
            self.table.select_row(0)
        self._on_current()

    def current_id(self) -> int | None:
        found: int | None = self.table.current_id()
        return found

    def current(self) -> NoticeLine | None:
        return self._lines.get(self.current_id() or 0)

    def choose(self, notice_id: int) -> None:
        self.table.select_id(notice_id)

    def new(self) -> None:
        """Begin a notice of the kind that is shown."""
        with self._context.database.reading() as session:
            text = notices.blank(
                session, today=self._context.clock.today(), kind_name=self._new_kind
            )
        self.new_requested.emit(text)

    # -- inside

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("title", "标题", lambda line: Cell(line.title, bold=True), 130, weight=1),
            Column("dated", "日期", self._day, 66),
            Column("state", "文种・状态", self._state, 112),
        )

    def _day(self, line: NoticeLine) -> str:
        """11-20, with the year where it is another one."""
        same = line.dated.year == self._context.clock.today().year
        return f"{line.dated:%m-%d}" if same else f"{line.dated:%Y-%m-%d}"

    def _state(self, line: NoticeLine) -> CellValue:
        """The kind; of a 公示 how it stands."""
        if line.kind != PUBLICITY:
            return Cell(line.kind, tone="text2")
        today = self._context.clock.today()
        words, tone = publicity.state(line.posted_on, line.ends_on, line.taken_down_on, today=today)
        return (Chip(words, tone),)

    def _offer(self) -> None:
        year = self._context.clock.today().year
        self.period.set_choices(
            [("month", "近 30 天"), *((str(one), f"{one} 年") for one in range(year, year - 5, -1))]
        )
        self.kind.set_choices([(one.name, one.name) for one in KINDS])

    def _filter(self) -> ArchiveFilter:
        since, until = self._days()
        chosen = (str(self.kind.value),) if self.kind.value else self._kinds
        return ArchiveFilter(self.search.text(), chosen, since, until)

    def _paper_words(self) -> str:
        """The filter in force, at the head of the printed list."""
        kinds = "、".join(self._filter().kinds)
        period = self.period.text() if self.period.value else ""
        text = self.search.text().strip()
        return "，".join(filter(None, (kinds, period, f"有“{text}”" if text else "")))

    def _days(self) -> tuple[date | None, date | None]:
        value = self.period.value
        if value is None:
            return None, None
        if value == "month":
            return self._context.clock.today() - _MONTH, None
        return date(int(str(value)), 1, 1), date(int(str(value)), 12, 31)

    def _show_empty(self, *, filtered: bool) -> None:
        if filtered:
            state = EmptyState("file-search-outline", "没有找到，换个词或换段时间")
        else:
            words = f"还没有写过{self._new_kind if self._kinds else '通知'}"
            state = EmptyState("file-document-edit-outline", words)
        self.table.set_empty(state)

    def _lay_out(self) -> None:
        filters = row(self.search, self.period, self.kind, spacing=6, margins=(10, 8, 10, 8))
        card = Card(margins=(1, 1, 1, 1), spacing=0)
        card.body.addLayout(filters)
        card.body.addWidget(rule())
        card.body.addWidget(self.table, 1)
        card.body.addWidget(rule())
        card.body.addWidget(TableFoot(self.table, unit="份"))
        card.body.addWidget(rule())
        gap = 6 if theme.current().large else 8
        buttons = row(self.new_button, self.again_button, None, self.delete_button, spacing=gap)
        buttons.setContentsMargins(10, 8, 10, 8)
        card.body.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _connect(self) -> None:
        keys.bind(self, "search_alt", self.search.setFocus)
        self.search.searched.connect(lambda _: self.refresh())
        self.search.left_down.connect(self.table.setFocus)
        self.period.changed.connect(lambda _: self.refresh())
        self.kind.changed.connect(lambda _: self.refresh())
        self.table.opened.connect(self.opened)
        self.table.current_changed.connect(self._on_current)
        self.table.set_context_menu(self._fill_menu)
        self.new_button.clicked.connect(self.new)
        self.again_button.clicked.connect(self._use_again)
        self.delete_button.clicked.connect(self._delete)

    def _fetch(self, ids: Sequence[int]) -> list[NoticeLine]:
        return [self._lines[one] for one in ids]

    def _on_current(self, _current: object = None) -> None:
        chosen = self.current_id() is not None
        self.again_button.setEnabled(chosen)
        self.delete_button.setEnabled(chosen)
        self.current_changed.emit()

    def _fill_menu(self, menu: QMenu, notice_id: int) -> None:
        menu.addAction("打开", lambda: self.opened.emit(notice_id))
        menu.addAction("再用一次", self._use_again)
        menu.addAction("经过…", lambda: self._history(notice_id))
        menu.addAction("删除", self._delete)

    def _history(self, notice_id: int) -> None:
        # Loaded with the first of them: most notices are never asked about.
        from app.ui.recent.history import HistoryDialog

        title = self._lines[notice_id].title
        HistoryDialog(self._context, Notice, notice_id, title, self.window()).exec()

    def _use_again(self) -> None:
        with messages.domain_errors_shown(self), self._context.database.reading() as session:
            today = self._context.clock.today()
            text = notices.use_again(session, self.current_id() or 0, today=today)
            self.new_requested.emit(text)

    def _delete(self) -> None:
        line = self.current()
        if line is None:
            return
        words = f"删除《{line.title}》？删了还能撤销。"
        if not messages.confirm(self, f"删除{line.kind}", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除{line.kind}《{line.title}》") as session:
                notices.delete(session, line.id, now=self._context.clock.now())
            self._context.signals.changed.emit(Area.PAPERS)
            self.refresh()
