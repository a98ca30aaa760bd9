"""快到期的积分: whom to tell before points lapse; a list for the telephone and for paper."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import points_lapsing, settings
from app.services.points_lapsing import LapsingRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.points_wish import ShowAccount

COLUMNS = (
    Column("name", "姓名", lambda one: Cell(one.name, bold=True), 130, weight=1),
    Column("place", "住处", lambda one: one.place, 150, weight=1),
    Column("phone", "电话", lambda one: one.phone_masked, 140),
    Column("day", "到期日", lambda one: f"{one.last_day:%Y-%m-%d}", 116),
    Column("points", "积分", lambda one: f"{one.points:,}", 80, align="right"),
)
_CHOICES = (30, 60, 90, 180)
_LINES = 8


class LapsingDialog(Dialog):
    """Enter opens the account."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("快到期的积分", parent, width=760)
        self._context = context
        usual = context.settings[settings.EXPIRY_WARNING_DAYS]
        choices = sorted({*_CHOICES, usual} - {0})
        self.days = Segments([(days, f"{days} 天内", f"{days} 天内到期") for days in choices])
        self.days.show_value(usual or _CHOICES[0])
        self._found: dict[int, LapsingRow] = {}
        self.table = PagedTable(PagedTableModel(COLUMNS, self._rows), name="快到期的积分")
        self.table.paper.people = self._people
        self.table.paper.filter_words = lambda: f"{self.days.value()} 天内到期"
        self.table.paper.totals = self._totals
        advice = "换一个天数看看；积分一直有效的，不会到期。"
        self.table.set_empty(EmptyState("check-circle-outline", "没有快到期的积分", advice))
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + _LINES * metrics.row)
        self._sum = small()
        self.body.addLayout(row(self.days, None, self._sum, spacing=12))
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="笔"))
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self.table.opened.connect(self._open)
        self.days.chosen.connect(self.show_days)
        self.show_days(self.days.value())
        self.table.setFocus()

    def show_days(self, days: object) -> None:
        """What lapses in so many days."""
        self.days.show_value(days)
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            rows = points_lapsing.lapsing(lookup, today=today, days=int(str(days)))
        self._found = {one.id: one for one in rows}
        self.table.paged_model.set_ids(list(self._found))
        self.table.select_row(0)
        points = sum(one.points for one in rows)
        self._sum.setText(f"到期前不用就清零的共 {points:,} 分" if rows else "")

    def _open(self, row_id: int) -> None:
        self.accept()
        account = self._found[row_id].account_id
        self._context.signals.page_requested.emit("points", ShowAccount(account))

    def _rows(self, ids: Sequence[int]) -> list[LapsingRow]:
        return [self._found[one] for one in ids]

    def _people(self, ids: Sequence[int]) -> list[int]:
        found = (self._found[one].resident_id for one in ids)
        return [one for one in found if one is not None]

    def _totals(self, ids: Sequence[int]) -> Mapping[str, str]:
        return {"points": f"{sum(self._found[one].points for one in ids):,}"}
