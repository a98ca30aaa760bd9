"""走访: who is due and what was found, in one tab; who was not at home stands on top."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.services import care_views, residents, resolution_views, visit_alarms, visit_due
from app.services.care_views import CaseView
from app.ui.grids.visits import actions
from app.ui.grids.visits.alarm_dialog import AlarmDialog
from app.ui.grids.visits.alarm_strip import AlarmStrip
from app.ui.grids.visits.care_strip import CareStrip
from app.ui.grids.visits.due_view import DueView
from app.ui.grids.visits.late_strip import LateStrip
from app.ui.grids.visits.log_view import LogView
from app.ui.kit import keys, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.view_switch import ViewSwitch
from app.ui.people.care_dialog import CareDialog
from app.ui.people.grid_wish import ShowVisits
from app.ui.people.meetings_wish import ShowResolution
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.ui.people.visit_dialog import VisitDialog
from app.values.rights import Right

DUE, LOG = 0, 1


class VisitsTab(PageTab):
    """Assembles: the alarms, the choice of two views, and the view itself."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.search = SearchBox("找人" if large else "人名、拼音、住处", name="查找走访")
        # What gives way in 大字: six titles leave no room for more beside them.
        self._print_words = ("打印", "打印") if large else ("打印走访单", "打印记录")
        icon = "" if large else "printer-outline"
        self.print_button = Button(self._print_words[DUE], icon=icon, action="print")
        self.type_button = Button("录入走访", kind="primary", action="type_visits")
        self.head = (self.search, self.print_button, self.type_button)
        self.alarms: list[visit_alarms.AlarmView] = []
        self.strip = AlarmStrip()
        self.cases: list[CaseView] = []
        """Handed on by the canteen, until somebody says what came of it"""
        self.care_strip = CareStrip()
        self.late_strip = LateStrip()
        self.segments = ViewSwitch(
            [(DUE, "到期名单", "谁该走访了"), (LOG, "走访记录", "走访过谁，结果怎样")],
            action="switch_view",
        )
        self.due, self.log = DueView(context), LogView(context)
        self._log_is_old = True
        self.views = QStackedWidget()
        logs = context.may(Right.LOG_ROUNDS)
        offer(logs, self.type_button)
        offer(logs and context.may(Right.PRINT), self.print_button)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        other = "走访记录" if self.views.currentIndex() == DUE else "到期名单"
        view = (keys.cap("switch_view"), other)
        if not self.context.may(Right.LOG_ROUNDS):
            return (("↑↓", "看下一个"), view)
        if self.views.currentIndex() == LOG:
            return (("Enter", "修改"), (keys.cap("new"), "记走访"), view)
        return (("空格", "勾选"), ("Enter", "记走访"), (keys.cap("put_off"), "改期"), view)

    @property
    def table(self) -> PagedTable:
        """Of the view that is seen."""
        return self._view.table

    def refresh(self) -> None:
        with self.context.database.lookup() as lookup:
            self.alarms = visit_alarms.standing_alarms(lookup)
            today = self.context.clock.today()
            cases = care_views.open_cases(lookup, today=today)
            late = resolution_views.overdue(lookup, today) if self._sees_meetings else []
        self.late_strip.show_late(late, today)
        self.strip.show_alarms(self.alarms)
        self.cases = [one for one in cases if one.member_id is not None]
        self.care_strip.show_cases(self.cases)
        self.due.refresh()
        # The tab shows how many are due; the records of years are read for whoever looks at them.
        self._log_is_old = True
        if self.views.currentIndex() == LOG:
            self._read_log()

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, view: int) -> None:
        """DUE or LOG; the search goes on in it."""
        if view == LOG and self._log_is_old:
            self._read_log()
        self.views.setCurrentIndex(view)
        self.bars.setCurrentIndex(view)
        self.segments.show_value(view)
        self._search()
        self._show_tools()
        self.take_focus()
        self.legend_changed.emit()

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowVisits) and wanted.resident_id is not None:
            self._show_person(wanted.resident_id)
        elif isinstance(wanted, ShowVisits):
            self.search.clear()
            self.due.show_grid(wanted.grid_id)
            self.show_view(DUE)
        elif isinstance(wanted, Unsaved) and wanted.kind == "visit":
            self.log_visit(wanted.record_id)
        elif isinstance(wanted, Unsaved):
            self.type_back(wanted.record_id)

    def clear(self) -> None:
        """Take back what narrows the list that is seen, and go on in it."""
        self.search.clear()
        self.search.settle()
        self._view.clear_filters()
        self._show_tools()
        self.take_focus()

    def type_back(self, sheet_id: int | None = None) -> None:
        """录入走访."""
        actions.type_back(self.context, self, sheet_id)

    def answer_alarms(self) -> None:
        """查明情况 of who was not at home."""
        if self.alarms:
            AlarmDialog(self.context, self.window()).exec()

    def answer_care(self) -> None:
        """What came of those whom the canteen handed on."""
        if self.cases:
            CareDialog(self.context, handed=True, parent=self.window()).exec()

    def log_visit(self, resident_id: int | None = None) -> None:
        """A visit by hand, to somebody or to whoever is looked for."""
        if self.context.may(Right.LOG_ROUNDS):
            VisitDialog(self.context, resident_id=resident_id, parent=self.window()).exec()

    def show_late(self) -> None:
        """The first of the resolutions that are late, in 议事."""
        if self.late_strip.first is not None:
            wish = ShowResolution(self.late_strip.first)
            self.context.signals.page_requested.emit("meetings", wish)

    # -- inside

    @property
    def _sees_meetings(self) -> bool:
        return self.context.may(Right.VIEW_MEETINGS)

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(120 if metrics.large else 220))
        self.views.addWidget(self.due)
        self.views.addWidget(self.log)
        self.bars = QStackedWidget()
        self.bars.addWidget(self.due.bar)
        self.bars.addWidget(self.log.bar)
        line = row(self.segments, (self.bars, 1), spacing=10)
        strips = (self.strip, self.care_strip, self.late_strip)
        self.setLayout(column(*strips, line, (self.views, 1), spacing=8))

    def _connect(self) -> None:
        self.search.paused.connect(lambda _: self._search())
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda _: self.take_focus())
        self.segments.chosen.connect(self.show_view)
        self.due.read_anew.connect(self._show_tools)
        self.print_button.clicked.connect(self._print)
        self.log.new_button.clicked.connect(self.log_visit)
        self.type_button.clicked.connect(lambda: self.type_back())
        self.strip.look.clicked.connect(self.answer_alarms)
        self.care_strip.look.clicked.connect(self.answer_care)
        self.late_strip.look.clicked.connect(self.show_late)
        looks = (self.strip.look, self.care_strip.look)
        for button in (self.print_button, self.type_button, *looks):
            button.bind(self)
        keys.bind(self, "new", self.log_visit)
        self.segments.bind(self)
        self.search.bind(self)
        keys.bind(self, "clear_filters", self.clear)
        for view in (self.due, self.log):
            view.clear_asked.connect(self.clear)
            view.table.escaped.connect(self.clear)

    def _print(self) -> None:
        """The day sheet of whoever is ticked, or the records as they are seen."""
        if self.views.currentIndex() == DUE:
            self.due.print_sheet()
        else:
            table_paper.print_out(self.log.table)

    def _read_log(self) -> None:
        self._log_is_old = False
        self.log.refresh()

    @property
    def _view(self) -> DueView | LogView:
        return self.due if self.views.currentIndex() == DUE else self.log

    def _search(self) -> None:
        self.search.settle()
        self._view.search(self.search.text())
        self._show_tools()

    def _show_tools(self) -> None:
        view = self.views.currentIndex()
        self.print_button.setText(self._print_words[view])
        self.print_button.setEnabled(bool(len(self.table.paged_model.ids)))
        counts = visit_due.counted(self.due.items, self.context.clock.today())
        waiting = len(self.alarms) + len(self.cases)
        self.count_changed.emit(counts.overdue + counts.today + waiting)

    def _show_person(self, resident_id: int) -> None:
        with self.context.database.lookup() as lookup:
            found = residents.rows(lookup, [resident_id], today=self.context.clock.today())
        if found:
            self.search.clear()
            self.log.show_person(resident_id, found[0].name)
            self.show_view(LOG)
