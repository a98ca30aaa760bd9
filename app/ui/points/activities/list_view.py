"""活动: the latest first, with filters; what is overdue is one click away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ActivityState
from app.services import activity_views, points_rules, teams
from app.services.activity_views import ActivityFilter, ActivityRow
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.period_chip import PeriodChip
from app.ui.points.activities.words import day_words, people_words, state_chip
from app.values.times import hours_figure


class ActivityList(QWidget):
    """`bar` has the filters; the tab puts it beside the choice of the view."""

    clear_asked = Signal()
    """Of all that narrows the list, the words of the search box too"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self.model = PagedTableModel(self._columns(), self._fetch)
        self.table = PagedTable(self.model, name="活动")
        self.table.paper.title = "活动台账"
        self.table.paper.personal = False
        self.table.paper.filter_words = self._words
        self.table.paper.columns = _ledger(context.clock.today())
        self.table.paper.totals = self._totals
        self.foot = TableFoot(self.table, unit="次")
        self.period = PeriodChip(context.clock.today())
        self.team, self.item = FilterChip("队伍"), FilterChip("事项")
        self.state = FilterChip("状态")
        self.late = SwitchChip("超期未记")
        self.state.set_choices([(one, one.label) for one in ActivityState])
        self.chips = (self.period, self.team, self.item, self.state, self.late)
        self.bar = box(row(*self.chips, None))
        self.setLayout(column((TableCard(self.table, self.foot), 1)))
        for chip in self.chips:
            chip.changed.connect(lambda _: self.read())

    @property
    def chosen(self) -> ActivityFilter:
        """The filter in force, with the search text."""
        since, until = self.period.span
        state = self.state.value
        return ActivityFilter(
            since=since,
            until=until,
            team_id=self.team.number,
            item_id=self.item.number,
            state=state if isinstance(state, ActivityState) else None,
            late=self.late.on,
            text=self._text,
        )

    def search(self, text: str) -> None:
        self._text = text
        self.read()

    def refresh(self) -> None:
        """What can be chosen, and the lines; what holds stays."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            self.period.offer(activity_views.years(lookup))
            self.team.set_choices(list(teams.names(lookup).items()))
            rules = points_rules.rules_on(lookup, today)
        self.item.set_choices([(one.item_id, one.item) for one in rules])
        self.read()

    def clear_filters(self) -> None:
        self._text = ""
        for chip in self.chips:
            chip.set_value(None)
        self.read()

    def show_activity(self, activity_id: int) -> bool:
        """Make it the current line, whatever the filters hide."""
        if not self.table.select_id(activity_id):
            self.clear_filters()
        return self.table.select_id(activity_id)

    def read(self) -> None:
        """The lines of the filter; the current one stays."""
        current, today = self.table.current_id(), self._context.clock.today()
        with self._context.database.lookup() as lookup:
            ids = activity_views.list_ids(lookup, self.chosen, today=today)
            late = activity_views.late_count(lookup, today=today)
        self.late.setVisible(bool(late) or self.late.on)
        if not self.late.on:
            self.late.setText(f"超期未记 {late}")
        self.model.set_ids(ids)
        if not len(ids):
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current) and not self.table.select_id(self._nearest()):
            self.table.select_row(0)
        if not len(ids):
            self.table.current_changed.emit(None)

    # -- inside

    def _columns(self) -> tuple[Column, ...]:
        today = self._context.clock.today()
        return (
            Column("day", "日期", lambda it: _day(it, today), 206),
            Column("name", "活动", _name, 130, weight=3),
            Column("place", "地点", _place, 110, weight=2, large_mode=False),
            Column("people", "人数", people_words, 104),
            Column("hours", "时长", _hours, 58, align="right", large_mode=False),
            Column("state", "状态", lambda it: Cell(chips=(state_chip(it, today),)), 96),
        )

    def _nearest(self) -> int | None:
        """The latest one that is not to come: the list begins with what is planned."""
        today = self._context.clock.today()
        until = min(filter(None, (self.chosen.until, today)))
        with self._context.database.lookup() as lookup:
            ids = activity_views.list_ids(lookup, replace(self.chosen, until=until), today=today)
        return ids[0] if len(ids) else None

    def _nothing(self) -> EmptyState:
        if self.chosen != activity_views.EVERYTHING:
            return not_found("没有这样的活动", self.clear_asked.emit)
        advice = "按 Ctrl+N 新建一次活动：写清七项，招募、签到、时长和积分都从这里来。"
        return EmptyState("calendar-plus", "还没有活动", advice)

    def _totals(self, ids: Sequence[int]) -> dict[str, str]:
        rows = self._fetch(ids)
        half_hours = sum(it.half_hours for it in rows)
        came = sum(it.came for it in rows)
        return {"day": "合计", "came": f"{came:,}", "hours": hours_figure(half_hours)}

    def _words(self) -> str:
        words = [chip.text() for chip in self.chips if chip.value is not None]
        return "，".join([*words, *([f"含“{self._text.strip()}”"] if self._text.strip() else [])])

    def _fetch(self, ids: Sequence[int]) -> list[ActivityRow]:
        with self._context.database.lookup() as lookup:
            return activity_views.rows(lookup, ids)


def _day(it: ActivityRow, today: date) -> Cell:
    return Cell(day_words(it.on_date, today), sub=it.time)


def _name(it: ActivityRow) -> Cell:
    return Cell(it.name, sub=it.team or it.item, bold=True)


def _place(it: ActivityRow) -> Cell:
    return Cell(it.place, tone="text2")


def _hours(it: ActivityRow) -> Cell:
    if not it.half_hours:
        return Cell("—", tone="placeholder")
    return Cell(hours_figure(it.half_hours))


def _ledger(today: date) -> tuple[Column, ...]:
    """活动台账: what leaves the program has the seven facts, and what came of each."""
    return (
        Column("day", "日期", lambda it: f"{it.on_date:%Y-%m-%d}", 76),
        Column("time", "服务时间", lambda it: it.time, 78),
        Column("name", "活动名称", lambda it: it.name, 100),
        Column("item", "事项", lambda it: it.item, 64),
        Column("team", "队伍", lambda it: it.team, 76),
        Column("place", "地点", lambda it: it.place, 96),
        Column("content", "服务内容", lambda it: it.content, 140),
        Column("organiser", "活动组织单位", lambda it: it.organiser, 110),
        Column("leader", "活动负责人", lambda it: it.leader, 60),
        Column("came", "到场", lambda it: str(it.came or ""), 40, align="right"),
        Column("hours", "小时", _hours_or_nothing, 56, align="right"),
        Column("recorded", "记录日期", lambda it: _day_or_nothing(it.recorded_on), 76),
        Column("state", "状态", lambda it: state_chip(it, today).text, 62),
    )


def _hours_or_nothing(it: ActivityRow) -> str:
    return hours_figure(it.half_hours) if it.half_hours else ""


def _day_or_nothing(day: date | None) -> str:
    return day.isoformat() if day else ""
