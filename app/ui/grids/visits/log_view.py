"""走访记录: every visit and attempt, with filters, for the screen, paper and files."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.context import Context
from app.models import VisitResult
from app.services import grids, members, visit_book
from app.services.visit_book import VisitFilter, VisitRow
from app.ui.grids.visits.correct_dialog import CorrectDialog
from app.ui.grids.visits.type_table import TONES
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip, FilterChip
from app.ui.kit.labels import box, column, hide_unless, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.grid_wish import NewRequest
from app.ui.people.meetings_wish import NewTopic
from app.ui.people.period_chip import PeriodChip
from app.ui.people.topic_entry import go_to_topic
from app.values.rights import Right


def _result(line: VisitRow) -> Cell:
    asked = (Chip(f"诉求 {line.request_number}", "info"),) if line.request_number else ()
    return Cell(chips=(Chip(line.result.label, TONES[line.result]), *asked))


COLUMNS = (
    Column("day", "日期", lambda line: f"{line.on_date:%Y-%m-%d}", 104),
    Column("name", "姓名", lambda line: Cell(line.name, bold=True), 100, weight=1),
    Column("place", "住处", lambda line: line.place, 130, weight=1),
    Column("grid", "网格", lambda line: Cell(line.grid_name, tone="text2"), 96, large_mode=False),
    Column("way", "方式", lambda line: line.way.label, 58, large_mode=False),
    Column("result", "结果", _result, 180),
    Column("note", "情况", lambda line: line.note, 190, weight=3),
    Column("visitor", "走访人", lambda line: Cell(line.visitor, tone="text2"), 84),
)


class LogView(QWidget):
    """The latest first. Enter corrects a line; `bar` has the filters, as in the other view."""

    clear_asked = Signal()
    """Of all that narrows the list, the words of the search box too"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self._person: int | None = None
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="走访记录")
        self.table.paper.people = self._people
        self.table.paper.filter_words = self._words
        self.foot = TableFoot(self.table, unit="次")
        self.period = PeriodChip(context.clock.today())
        self.grid, self.member = FilterChip("网格"), FilterChip("网格员")
        self.result, self.person = FilterChip("结果"), FilterChip("走访的人")
        self.result.set_choices([(one.value, one.label) for one in VisitResult])
        self.clear = Button("清除筛选", kind="link", size="small")
        self._lay_out()
        self._connect()

    @property
    def chips(self) -> tuple[FilterChip, ...]:
        return self.period, self.grid, self.member, self.result, self.person

    @property
    def chosen(self) -> VisitFilter:
        """The filter in force, with the search text."""
        since, until = self.period.span
        grid = self.grid.number
        result = self.result.value
        return VisitFilter(
            since=since,
            until=until,
            grid_ids=() if grid is None else (grid,),
            member_id=self.member.number,
            results=(VisitResult.of(result),) if isinstance(result, str) else (),
            resident_id=self.person.number,
            text=self._text,
        )

    def show_person(self, resident_id: int, name: str) -> None:
        """All visits to one person."""
        for chip in self.chips:
            chip.set_value(None)
        self.person.set_choices([(resident_id, name)])
        self.person.set_value(resident_id)
        self._changed()

    def search(self, text: str) -> None:
        self._text = text
        self._read()

    def refresh(self) -> None:
        """What can be chosen, and the lines; what holds stays."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            people = members.members(lookup, on=today)
            known, years = grids.names(lookup), visit_book.years(lookup)
        self.period.offer(years)
        self.grid.set_choices(list(known.items()))
        self.member.set_choices([(one.id, one.name) for one in people])
        self._read()

    def clear_filters(self) -> None:
        """Every visit; the words that were looked for go too."""
        self._text = ""
        for chip in self.chips:
            chip.set_value(None)
        self._changed()

    def edit(self) -> None:
        """Correct the current line."""
        current = self.table.current_id()
        if current is not None and self._context.may(Right.LOG_ROUNDS):
            with messages.domain_errors_shown(self):
                CorrectDialog(self._context, current, self.window()).exec()

    def request(self) -> None:
        """A request out of the current visit."""
        current = self.table.current_id()
        if current is not None:
            wish = NewRequest(visit_id=current)
            self._context.signals.page_requested.emit("grids", wish)

    def topic(self) -> None:
        """The topic that came of the current visit, or a new one."""
        current = self.table.current_id()
        if current is not None:
            go_to_topic(self._context, NewTopic(visit_id=current))

    # -- inside

    def _lay_out(self) -> None:
        self.edit_button = Button("修改", size="small", cap="Enter")
        self.request_button = Button("记成诉求", size="small", action="raise_request")
        offer(self._context.may(Right.LOG_ROUNDS), self.edit_button)
        offer(self._context.may(Right.HANDLE_REQUESTS), self.request_button)
        self.topic_button = Button("提为议题", size="small", action="raise_topic")
        offer(self._context.may(Right.RAISE_TOPICS), self.topic_button)
        # 大字 has no room beside the filters: there its key and the menu of the line must do.
        hide_unless(not theme.current().large, self.topic_button)
        self.new_button = Button("记走访", size="small", action="new")
        offer(self._context.may(Right.LOG_ROUNDS), self.new_button)
        tools = (self.topic_button, self.request_button, self.edit_button, self.new_button)
        self.bar = box(row(*self.chips, self.clear, None, *tools))
        self.setLayout(column((TableCard(self.table, self.foot), 1)))
        self._show_clear()

    def _connect(self) -> None:
        for chip in self.chips:
            chip.changed.connect(lambda _: self._changed())
        self.clear.clicked.connect(self.clear_filters)
        self.table.opened.connect(lambda _: self.edit())
        self.table.current_changed.connect(lambda _: self._show_buttons())
        self.edit_button.clicked.connect(self.edit)
        self.request_button.clicked.connect(self.request)
        self.request_button.bind(self)
        self.topic_button.clicked.connect(self.topic)
        self.topic_button.bind(self)
        self.table.set_context_menu(self._fill_menu)
        keys.bind(self, "export", lambda: table_paper.export(self.table))

    def _fill_menu(self, menu: QMenu, _visit: object) -> None:
        for button, act in ((self.request_button, self.request), (self.topic_button, self.topic)):
            if not button.withheld:
                menu.addAction(f"{button.text()}\t{button.cap}", act)

    def _changed(self) -> None:
        self._show_clear()
        self._read()

    def _show_clear(self) -> None:
        self.person.setVisible(self.person.value is not None)
        # One alone is taken off by its own cross.
        self.clear.setVisible(sum(chip.value is not None for chip in self.chips) > 1)

    def _read(self) -> None:
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            ids = visit_book.list_ids(lookup, self.chosen)
        self.model.set_ids(ids)
        if not ids:
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current) and len(ids):
            self.table.select_row(0)
        self._show_buttons()

    def _nothing(self) -> EmptyState:
        if self.chosen != visit_book.EVERYTHING:
            return not_found("没有这样的走访", self.clear_asked.emit)
        advice = "打印走访单后按 Ctrl+R 录入，或按 Ctrl+N 记一次走访。"
        return EmptyState("clipboard-text-outline", "还没有走访记录", advice)

    def _show_buttons(self) -> None:
        some = self.table.current_id() is not None
        for button in (self.edit_button, self.request_button, self.topic_button):
            button.setEnabled(some)

    def _words(self) -> str:
        with self._context.database.lookup() as lookup:
            return visit_book.sentence(lookup, self.chosen)

    def _people(self, ids: Sequence[int]) -> list[int]:
        with self._context.database.lookup() as lookup:
            return list(dict.fromkeys(one.resident_id for one in visit_book.rows(lookup, ids)))

    def _fetch(self, ids: Sequence[int]) -> list[VisitRow]:
        with self._context.database.lookup() as lookup:
            return visit_book.rows(lookup, ids)
