"""抄以前的一周: which week, what comes over, what stays as it is."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import menu_copy, menu_writing, menus
from app.services.menu_copy import CopyPlan
from app.services.menus import WeekSum
from app.ui.canteen.menu.week_bar import week_words
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import Label, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.values.days import weekday

_LINES = 6
_MOST = 52
_NAMED = 6


def _words(monday: date) -> str:
    return week_words(monday, monday + timedelta(days=6))


COLUMNS = (
    Column("week", "哪一周", lambda one: Cell(_words(one.monday), bold=True), 240, weight=1),
    Column("days", "天数", lambda one: f"{one.days} 天", 70, align="right"),
    Column("lines", "菜", lambda one: f"{one.lines} 道", 80, align="right"),
)


class CopyDialog(Dialog):
    """The latest week is chosen: Ctrl+Enter copies it."""

    def __init__(
        self, context: Context, canteen_id: int, monday: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"抄到 {_words(monday)}", parent, width=560)
        self._context, self._canteen_id, self._monday = context, canteen_id, monday
        with context.database.lookup() as lookup:
            found = menus.weeks(lookup, canteen_id, monday)[:_MOST]
        # The Monday of a week tells it from all others.
        self._weeks = {one.monday.toordinal(): one for one in found}
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="以前的菜谱")
        self.table.paper.offered = False
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)
        self.brings, self.leaves = Label(wrap=True, bold=True), small(wrap=True)
        for widget in (self.table, self.brings, self.leaves):
            self.body.addWidget(widget)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.copy_button = self.add_button(Button("抄过来", kind="primary", cap=CONFIRM_CAP))
        self.copy_button.clicked.connect(self.copy)
        self.table.current_changed.connect(lambda _: self._show())
        self.table.opened.connect(lambda _: self.copy())
        advice = "这一周以前还没有菜谱，请先排一周。"
        self.table.set_empty(EmptyState("calendar-blank-outline", "没有可以抄的", advice))
        self.model.set_ids(list(self._weeks))
        if self._weeks:
            self.table.select_row(0)
        self._show()
        self.table.setFocus()

    def copy(self) -> None:
        """Bring it over and close."""
        week = self._week
        if week is None or not self.copy_button.isEnabled():
            return
        with messages.domain_errors_shown(self):
            words = f"{self._monday:%m-%d} 一周菜谱抄自 {week.monday:%m-%d} 一周"
            with self._context.database.transaction(words) as session:
                count = menu_writing.copy_week(
                    session,
                    self._canteen_id,
                    source_monday=week.monday,
                    target_monday=self._monday,
                )
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已抄来 {count} 道菜")
            self.accept()

    @property
    def _week(self) -> WeekSum | None:
        return self._weeks.get(self.table.current_id())

    def _show(self) -> None:
        week = self._week
        if week is None:
            self.brings.setText("")
            self.leaves.setText("")
            self.copy_button.setEnabled(False)
            return
        with self._context.database.lookup() as lookup:
            plan = menu_copy.plan(lookup, self._canteen_id, week.monday, self._monday)
        self.brings.setText(_brings(plan))
        self.leaves.setText(_leaves(plan))
        self.copy_button.setEnabled(bool(plan.lines))

    def _rows(self, ids: Sequence[int]) -> list[WeekSum]:
        return [self._weeks[one] for one in ids]


def _brings(plan: CopyPlan) -> str:
    if not plan.lines:
        return "这一周每餐都已经写好，或者那些菜都停用了，没有可以抄的。"
    meals = len({(one.on_date, one.period) for one in plan.lines})
    return f"抄来 {meals} 餐，{len(plan.lines)} 道菜。"


def _leaves(plan: CopyPlan) -> str:
    """What stays as somebody wrote it, and which dishes are not cooked any more."""
    kept = [f"周{weekday(day)}{period.label}" for day, period in plan.kept]
    parts = [
        f"已经写好的不动：{_some(kept)}。" if kept else "",
        f"已经停用的不抄：{_some(plan.gone)}。" if plan.gone else "",
    ]
    return "".join(parts)


def _some(names: Sequence[str]) -> str:
    rest = f" 等 {len(names)} 个" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + rest
