"""活动: list and month of activities with a card, who served, what the ministry's system needs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.services import activity_views
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.view_switch import ViewSwitch
from app.ui.people.points_wish import ShowActivity
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.activities.actions import ActivityActions
from app.ui.points.activities.card import ActivityCard
from app.ui.points.activities.form import DRAFTS
from app.ui.points.activities.list_view import ActivityList
from app.ui.points.activities.month_pane import MonthPane
from app.ui.points.activities.month_view import MonthView
from app.ui.points.activities.national_view import NationalView
from app.ui.points.activities.served_view import ServedView
from app.values.rights import Right

LIST, MONTH, SERVED, NATIONAL = range(4)


class ActivitiesTab(PageTab):
    """Assembles: the choice of four views, the view, and beside the first two the card."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.search = SearchBox("活动、地点" if large else "活动、地点、负责人", name="查找活动")
        self.sheet_button = Button("打印签到表", icon="printer-outline", action="print")
        self.new_button = Button("新建活动", kind="primary", action="new")
        # 大字 has no room beside seven tabs: the card's 更多 has the sheet, too.
        sheet = () if large else (self.sheet_button,)
        self.head = (self.search, *sheet, self.new_button)
        self.list, self.served = ActivityList(context), ServedView(context)
        self.month = MonthView(context.clock.today())
        self.national = NationalView(context)
        self.card = ActivityCard(context)
        self.actions_ = ActivityActions(context, self, self.show_activity)
        self.segments = ViewSwitch(
            [
                (LIST, "活动", "一行一次"),
                (MONTH, "月历", "按周看"),
                (SERVED, "谁服务了", "一段时间里真正服务的人"),
                (NATIONAL, "全国系统", "待录入全国志愿服务信息系统的"),
            ]
        )
        offer(context.may(Right.RECORD_POINTS), self.new_button)
        offer(context.may(Right.PRINT), self.sheet_button)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        other = self.segments.legend
        if self.view == MONTH:
            return (("←↑↓→", "换一天"), ("PgUp PgDn", "换月"), ("空格", "这天下一次"), other)
        if self.view == LIST:
            return (("↑↓", "看这一次"), ("Enter", "报名或签到"), other)
        return (("↑↓", "看下一个"), other)

    @property
    def view(self) -> int:
        """LIST, MONTH, SERVED or NATIONAL."""
        return self.views.currentIndex()

    def refresh(self) -> None:
        self._views[self.view].refresh()
        if self.view == MONTH:
            self._read_month()
        self.card.show_activity(self._current_id())
        self._tell_count()

    def take_focus(self) -> None:
        inside = self.month if self.view == MONTH else self._views[self.view].table
        inside.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowActivity):
            self.show_activity(wanted.activity_id)
        elif isinstance(wanted, Unsaved) and wanted.kind == DRAFTS:
            self.actions_.go_on(wanted.record_id)
        elif isinstance(wanted, Unsaved) and wanted.record_id is not None:
            self.show_activity(wanted.record_id)
            self._ask(wanted.kind)

    def show_activity(self, activity_id: int) -> None:
        """An activity, in the month if that is seen, else in the list."""
        with self.context.database.lookup() as lookup:
            found = activity_views.rows(lookup, [activity_id])
        if not found:
            messages.warn(self.context.signals, "这次活动已经删除，可以从回收站放回。")
        elif self.view == MONTH:
            self.month.go(found[0].on_date, activity_id)
        else:
            self.show_view(LIST)
            if not self.list.show_activity(activity_id):
                self.search.clear()
                self.list.show_activity(activity_id)

    def show_view(self, view: int) -> None:
        """One of the four; the search goes on in it."""
        self.views.setCurrentIndex(view)
        self.bars.setCurrentIndex(view)
        self.segments.show_value(view)
        self.card.setVisible(view in (LIST, MONTH))
        self._search()
        self.refresh()
        self.take_focus()
        self.legend_changed.emit()

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(180 if metrics.large else 210))
        self._views = (self.list, MonthPane(self.month), self.served, self.national)
        self.views, self.bars = QStackedWidget(), QStackedWidget()
        for view in self._views:
            self.views.addWidget(view)
            self.bars.addWidget(view.bar)
        self.card.setFixedWidth(metrics.px(318 if metrics.large else 372))
        line = row(self.segments, (self.bars, 1), spacing=10)
        body = row((self.views, 1), self.card, spacing=12)
        self.setLayout(column(line, (body, 1), spacing=8))

    def _connect(self) -> None:
        self.search.paused.connect(lambda _: self._search())
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda _: self.take_focus())
        self.segments.chosen.connect(self.show_view)
        self.list.table.current_changed.connect(self.card.show_activity)
        self.list.table.opened.connect(lambda _: self._open())
        self.month.day_changed.connect(lambda _: self._read_month())
        self.month.chosen.connect(self.card.show_activity)
        self.month.opened.connect(lambda _: self._open())
        self.month.wanted.connect(self.actions_.new)
        self.national.typed_asked.connect(lambda it: self.actions_.do("typed", it))
        self.national.claim_asked.connect(
            lambda it: self.actions_.claim_typed(it, on=not self.national.done.on)
        )
        self.card.asked.connect(self._ask)
        self.new_button.clicked.connect(self._new)
        self.sheet_button.clicked.connect(lambda: self._ask("sheet"))
        for view in (self.list, self.served):
            view.clear_asked.connect(self._clear)
        self.new_button.bind(self)
        keys.bind(self, "print", lambda: self._ask("sheet"))
        self.search.bind(self)
        self.segments.bind(self)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "export", self._export)

    def _read_month(self) -> None:
        with self.context.database.lookup() as lookup:
            rows = activity_views.of_days(lookup, self.month.first, self.month.last)
        self.month.show_activities(rows)

    def _current_id(self) -> int | None:
        if self.view == MONTH:
            current = self.month.current
            return current.id if current else None
        found: int | None = self.list.table.current_id()
        return found

    def _ask(self, name: str) -> None:
        if self.card.activity is not None and self.view in (LIST, MONTH):
            self.actions_.do(name, self.card.activity)

    def _open(self) -> None:
        """Enter: who is coming, and from the day on who came."""
        it, may = self.card.activity, self.context.may(Right.RECORD_POINTS)
        waits = it is not None and it.recorded_on is None and self.card.attendance.isEnabled()
        self._ask("attendance" if waits and may else "people")

    def _new(self) -> None:
        self.actions_.new(self.month.day if self.view == MONTH else None)

    def _search(self) -> None:
        view = self._views[self.view]
        view.search(self.search.text())

    def _clear(self) -> None:
        self.search.clear()
        self.search.settle()
        self._views[self.view].clear_filters()
        self.take_focus()

    def _export(self) -> None:
        table = self._views[self.view].table
        if self.view == NATIONAL:
            self.national.export()
        elif isinstance(table, PagedTable):
            table_paper.export(table)

    def _tell_count(self) -> None:
        with self.context.database.lookup() as lookup:
            late = activity_views.late_count(lookup, today=self.context.clock.today())
        self.count_changed.emit(late)
