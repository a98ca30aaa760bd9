"""谁服务了: by the book of hours, of the days that are chosen; on screen, paper and in a file."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import activity_served, activity_views, teams
from app.services.activity_served import ServedFilter, ServedRow
from app.services.volunteers import number_words
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import Label, box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.period_chip import PeriodChip
from app.ui.people.points_wish import ShowVolunteer
from app.values.times import hours_figure, hours_words

COLUMNS = (
    Column("number", "编号", lambda it: number_words(it.number), 70),
    Column("name", "姓名", lambda it: Cell(it.name, bold=True), 140, weight=2),
    Column("days", "服务天数", lambda it: str(it.days), 96, align="right"),
    Column("hours", "服务小时", lambda it: hours_figure(it.half_hours), 130, align="right"),
    Column("first", "第一次", lambda it: f"{it.first_on:%Y-%m-%d}", 120, weight=1),
    Column("last", "最近一次", lambda it: f"{it.last_on:%Y-%m-%d}", 120, weight=1),
)


class ServedView(QWidget):
    """`bar` has the days and the team. Enter shows the volunteer."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self._rows: dict[int, ServedRow] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="谁服务了")
        self.table.paper.filter_words = self._words
        self.table.paper.people = self._residents
        self.table.paper.totals = self._totals
        self.foot = TableFoot(self.table, unit="人")
        self.period = PeriodChip(context.clock.today())
        self.team = FilterChip("队伍")
        self.chips = (self.period, self.team)
        self.total = Label(bold=True)
        self.waiting = Label(tone="text2")
        self.bar = box(row(*self.chips, None, self.waiting, self.total, spacing=10))
        self.setLayout(column((TableCard(self.table, self.foot), 1)))
        for chip in self.chips:
            chip.changed.connect(lambda _: self.read())
        self.table.opened.connect(self._open)

    @property
    def chosen(self) -> ServedFilter:
        """The days in force; all of them where none are chosen."""
        since, until = self.period.span
        return ServedFilter(since=since, until=until, team_id=self.team.number, text=self._text)

    def search(self, text: str) -> None:
        self._text = text
        self.read()

    def refresh(self) -> None:
        """What can be chosen, and the lines; what holds stays."""
        with self._context.database.lookup() as lookup:
            self.period.offer(activity_views.years(lookup))
            self.team.set_choices(list(teams.names(lookup).items()))
        self.read()

    def clear_filters(self) -> None:
        self._text = ""
        for chip in self.chips:
            chip.set_value(None)
        self.read()

    def read(self) -> None:
        """The lines of these days, and what they come to."""
        with self._context.database.lookup() as lookup:
            found = activity_served.served(lookup, self.chosen)
        current = self.table.current_id()
        self._rows = {one.id: one for one in found.rows}
        self.model.set_ids(list(self._rows))
        self.total.setText(f"共 {hours_words(found.half_hours)}")
        waiting = f"另有 {hours_words(found.waiting)}等复核，没有算" if found.waiting else ""
        self.waiting.setText(waiting)
        if not self._rows:
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current) and self._rows:
            self.table.select_row(0)

    # -- inside

    def _nothing(self) -> EmptyState:
        if self.chosen != ServedFilter():
            return not_found("这些天没有人服务", self.clear_asked.emit)
        advice = "活动录了签到、送复核、通过以后，谁真正服务了、服务了多久，都在这里。"
        return EmptyState("hand-heart-outline", "时长账里还没有记录", advice)

    def _totals(self, ids: Sequence[int]) -> dict[str, str]:
        half_hours = sum(self._rows[one].half_hours for one in ids)
        return {"number": "合计", "hours": hours_figure(half_hours)}

    def _words(self) -> str:
        words = [chip.text() for chip in self.chips if chip.value is not None]
        return "，".join([*words, *([f"含“{self._text.strip()}”"] if self._text.strip() else [])])

    def _open(self, volunteer_id: int) -> None:
        self._context.signals.page_requested.emit("points", ShowVolunteer(volunteer_id))

    def _residents(self, ids: Sequence[int]) -> list[int]:
        found = (self._rows[one].resident_id for one in ids)
        return [one for one in found if one is not None]

    def _fetch(self, ids: Sequence[int]) -> list[ServedRow]:
        return [self._rows[one] for one in ids]
