"""会议: what is to come first, then what was; which body is to meet again soon stands above."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MeetingState
from app.services import body_views, meeting_due, meeting_views
from app.services.meeting_due import BodyDue
from app.services.meeting_views import MeetingFilter, MeetingRow
from app.ui.kit import theme
from app.ui.kit.card import Notice
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.plan.words import day_words, here_words, state_chip
from app.ui.people.period_chip import PeriodChip
from app.values.times import time_words

_PHASES = {
    "coming": ("将开", (MeetingState.PLANNED, MeetingState.CALLED)),
    "running": ("正在开", (MeetingState.RUNNING,)),
    "ended": ("待定稿", (MeetingState.ENDED,)),
    "filed": ("已定稿", (MeetingState.FILED,)),
    "cancelled": ("已取消", (MeetingState.CANCELLED,)),
}


class MeetingList(QWidget):
    """`bar` has the filters; the tab puts it above."""

    clear_asked = Signal()
    """Of all that narrows the list, the words of the search box too"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self._bodies = 0
        self.table = PagedTable(PagedTableModel(self._columns(), self._fetch), name="会议")
        self.table.paper.title = "会议台账"
        self.table.paper.personal = False
        self.table.paper.filter_words = self._words
        self.table.paper.columns = _ledger()
        self.due = Notice("", tone="warn")
        self.phase, self.body_chip = FilterChip("进展"), FilterChip("组织")
        self.period = PeriodChip(context.clock.today())
        self.phase.set_choices([(key, words) for key, (words, _) in _PHASES.items()])
        self.chips = (self.phase, self.body_chip, self.period)
        self.bar = box(row(*self.chips, None))
        card = TableCard(self.table, TableFoot(self.table, unit="次"))
        self.setLayout(column(self.due, (card, 1), spacing=8))
        for chip in self.chips:
            chip.changed.connect(lambda _: self.read())

    @property
    def chosen(self) -> MeetingFilter:
        """The filter in force, with the search text."""
        since, until = self.period.span
        phase = self.phase.value
        return MeetingFilter(
            states=_PHASES[phase][1] if isinstance(phase, str) else (),
            body_id=self.body_chip.number,
            since=since,
            until=until,
            text=self._text,
        )

    def search(self, text: str) -> None:
        self._text = text
        self.read()

    def refresh(self) -> None:
        """What can be chosen, what is due, and the lines; the current one is announced."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            bodies = body_views.bodies(lookup, today, ended=True)
            years = meeting_views.years(lookup)
            due = meeting_due.due(lookup, today=today)
        self._bodies = len(bodies)
        self.body_chip.set_choices([(one.id, one.title) for one in bodies])
        self.period.offer(years)
        self._show_due(due, today)
        self.read()

    def clear_filters(self) -> None:
        self._text = ""
        for chip in self.chips:
            chip.set_value(None)
        self.read()

    def show_meeting(self, meeting_id: int) -> bool:
        """Make it the current line, whatever the filters hide."""
        if not self.table.select_id(meeting_id):
            self.clear_filters()
        return self.table.select_id(meeting_id)

    def read(self) -> None:
        """The lines of the filter; the current one stays."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            ids = meeting_views.list_ids(lookup, self.chosen)
        self.table.paged_model.set_ids(ids)
        if not len(ids):
            self.table.set_empty(self._nothing())
            self.table.current_changed.emit(None)
        elif not self.table.select_id(current):
            self.table.select_row(0)

    # -- inside

    def _show_due(self, due: Sequence[BodyDue], today: date) -> None:
        """The one that presses most; the others are counted."""
        open_ones = [one for one in due if not one.planned_on]
        self.due.setVisible(bool(open_ones))
        if not open_ones:
            return
        first = open_ones[0]
        more = f"另有 {len(open_ones) - 1} 个组织快到期。" if len(open_ones) > 1 else ""
        tone = "danger" if first.late(today) else "warn"
        self.due.show_text(first.words(today), f"{first.article}。{more}", tone=tone)

    def _columns(self) -> tuple[Column, ...]:
        today = self._context.clock.today()
        return (
            Column("day", "日期", lambda it: _day(it, today), 148),
            Column("name", "会议", _name, 130, weight=3),
            Column("here", "人数", here_words, 92, large_mode=False),
            Column("state", "状态", lambda it: Cell(chips=(state_chip(it, today),)), 92),
        )

    def _nothing(self) -> EmptyState:
        if self.chosen != meeting_views.EVERYTHING:
            return not_found("没有这样的会议", self.clear_asked.emit)
        advice = "按 Ctrl+N 新建一次会议：上次没有议完的事会自己列进议程。"
        if not self._bodies:
            advice = "先在“组织”里建居民代表会议、议事协商会，再来新建会议。"
        return EmptyState("forum-outline", "还没有会议", advice)

    def _words(self) -> str:
        words = [chip.text() for chip in self.chips if chip.value is not None]
        return "，".join([*words, *([f"含“{self._text.strip()}”"] if self._text.strip() else [])])

    def _fetch(self, ids: Sequence[int]) -> list[MeetingRow]:
        with self._context.database.lookup() as lookup:
            return meeting_views.rows(lookup, ids)


def _day(it: MeetingRow, today: date) -> Cell:
    return Cell(day_words(it, today), sub=time_words(it.starts))


def _name(it: MeetingRow) -> Cell:
    # In 大字 the card tells where.
    sub = "" if theme.current().large else it.place or it.body
    return Cell(it.title, sub=sub, bold=True)


def _ledger() -> tuple[Column, ...]:
    """会议台账: what leaves the program."""
    return (
        Column("day", "日期", lambda it: it.when, 110),
        Column("name", "会议", lambda it: it.title, 120),
        Column("body", "组织", lambda it: it.body, 120),
        Column("place", "地点", lambda it: it.place, 96),
        Column("chair", "主持人", lambda it: it.chair, 64),
        Column("items", "议程", lambda it: str(it.items), 40, align="right"),
        Column("expected", "应到", lambda it: _number(it.expected), 44, align="right"),
        Column("here", "实到", lambda it: _number(it.here), 44, align="right"),
        Column("made", "决议", lambda it: _number(it.resolutions), 44, align="right"),
        Column("state", "状态", lambda it: it.state.label, 60),
    )


def _number(count: int | None) -> str:
    return f"{count:,}" if count else ""
