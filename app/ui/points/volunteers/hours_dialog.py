"""服务记录 of a volunteer: the lines of the book of hours in a period, and what they come to."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import hours
from app.services.hours import HourLine
from app.services.volunteer_views import VolunteerRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.period_chip import PeriodChip
from app.values.rights import Right
from app.values.times import hours_figure, hours_words

_FIRST, _YEARS = date(1900, 1, 1), 5


def _what(line: HourLine) -> Cell:
    other = "" if line.ours else "别的单位招募，由其证明"
    name = line.activity_name or line.words
    detail = line.words if line.activity_name and line.words != line.activity_name else ""
    return Cell(name, sub="・".join(part for part in (detail, other) if part), bold=True)


COLUMNS = (
    Column("day", "日期", lambda line: line.on_date.isoformat(), 110),
    Column("what", "服务内容", _what, 240, weight=3),
    Column("place", "地点", lambda line: line.place, 110, weight=1),
    Column("organiser", "组织单位", lambda line: line.organiser, 120, weight=1, large_mode=False),
    Column("leader", "负责人", lambda line: line.leader, 80, large_mode=False),
    Column("hours", "时长", lambda line: hours_figure(line.half_hours), 76, align="right"),
)


class HoursDialog(Dialog):
    """What was met by a counter-entry is left out; it stands in the ledger.

    Accepted where a record of the days that are shown is wanted.
    """

    def __init__(self, context: Context, line: VolunteerRow, parent: QWidget | None = None) -> None:
        super().__init__(f"服务记录：{line.title}", parent, width=900)
        self._context, self._line = context, line
        self._rows: Sequence[HourLine] = ()
        self.period = PeriodChip(context.clock.today())
        self.total = Label(bold=True)
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="志愿服务记录")
        self.table.paper.people = lambda _: [line.resident_id] if line.resident_id else []
        self.table.paper.filter_words = self._words
        self.table.paper.totals = lambda numbers: {
            "hours": hours_figure(sum(self._rows[one].half_hours for one in numbers))
        }
        self.table.setMinimumHeight(theme.current().head + 9 * theme.current().row)
        self.body.addLayout(row(self.period, None, self.total))
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="笔")), 1)
        self.certificate = self.add_button(Button("开这段时间的证明"), closes=True)
        offer(context.may(Right.ISSUE_PAPERS), self.certificate)
        self.close_button = self.add_button(Button("关闭", cap="Esc"), closes=False)
        self._offer()
        self.period.changed.connect(lambda _: self.read())
        self.read()
        self.table.setFocus()

    @property
    def days(self) -> tuple[date, date]:
        """From the first to the last day that is shown; all means since the registration."""
        first, last = self._days()
        today = self._context.clock.today()
        shown = [one.on_date for one in self._rows]
        begun = min(self._line.registered_on, *shown) if shown else self._line.registered_on
        return (begun if first == _FIRST else first), min(last, today)

    def read(self) -> None:
        """The lines of the period that is chosen."""
        first, last = self._days()
        with self._context.database.lookup() as lookup:
            found = hours.in_period(lookup, self._line.id, first, last)
        self._rows = found[::-1]
        if not found:
            self.table.set_empty(
                EmptyState(
                    "clock-outline",
                    "这段时间没有服务时长",
                    "活动签到复核以后，时长记到这里。",
                )
            )
        self.model.set_ids(range(len(found)))
        if found:
            self.table.select_row(0)
        self.certificate.setVisible(any(one.ours for one in found))
        self.total.setText(f"共 {hours_words(sum(one.half_hours for one in found))}")

    def _offer(self) -> None:
        year = self._context.clock.today().year
        first = max(self._line.registered_on.year, year - _YEARS)
        self.period.offer(list(range(year, first - 1, -1)))

    def _days(self) -> tuple[date, date]:
        since, until = self.period.span
        return since or _FIRST, until or self._context.clock.today()

    def _words(self) -> str:
        when = self.period.text() if self.period.value is not None else "全部"
        return f"{self._line.title}，{when}"

    def _fetch(self, numbers: Sequence[int]) -> list[HourLine]:
        return [self._rows[one] for one in numbers]
