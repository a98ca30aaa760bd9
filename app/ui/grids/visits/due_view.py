"""到期名单: everybody who is due, by grid and member, with ticks for the day sheet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import grids, members, visit_due, visit_rules
from app.services.visit_due import DueItem
from app.ui.grids.visits import actions
from app.ui.grids.visits.due_table import WHOLE, DueTable, counted_words
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, icon_button, offer
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import box, column, hide_unless, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_paper import SeenColumn, SeenTable
from app.ui.people.table_printing import export_table
from app.ui.people.visit_dialog import VisitDialog
from app.values.rights import Right

HORIZONS = ((0, "今天和超期"), (3, "3 天内"), (7, "7 天内"), (30, "30 天内"), (90, "90 天内"))
PAPER = (
    ("姓名", 90),
    ("住处", 130),
    ("网格", 90),
    ("对象", 110),
    ("期限", 90),
    ("上次走访", 150),
    ("电话", 110),
)

_NOBODY = "account-check-outline"
_ADVICE = "按“设置 · 网格”里的走访规定，到期的人会自己列在这里，最急的在最上面。"


class DueView(QWidget):
    """`read_anew` says that the list was read: the tab shows its count.

    `bar` has the filters; the tab puts it beside the choice of the view.
    """

    read_anew = Signal()
    clear_asked = Signal()
    """Of all that narrows the list, the words of the search box too"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text, self._rules = "", ""
        self.due = DueTable(context, WHOLE)
        self.table = self.due.shown_by(PagedTable(self.due.model, name="走访到期名单"))
        self.foot = TableFoot(self.table, unit="人")
        self.grid, self.member = FilterChip("网格"), FilterChip("网格员")
        self.rule, self.horizon = FilterChip("对象"), FilterChip(f"{visit_due.HORIZON} 天内")
        self.horizon.set_choices(list(HORIZONS))
        self.clear = Button("清除筛选", kind="link", size="small")
        self.said = small()
        self._lay_out()
        self._connect()

    @property
    def chips(self) -> tuple[FilterChip, ...]:
        return self.grid, self.member, self.rule, self.horizon

    @property
    def items(self) -> list[DueItem]:
        return self.due.items

    @property
    def grid_id(self) -> int | None:
        return self.grid.number

    def show_grid(self, grid_id: int | None) -> None:
        """Only this grid, everybody of it who is due."""
        for chip in self.chips:
            chip.set_value(None)
        self.grid.set_value(grid_id)
        self._changed()

    def search(self, text: str) -> None:
        self._text = text
        self._read()

    def clear_filters(self) -> None:
        """Everybody who is due; the words that were looked for go too."""
        self._text = ""
        self.show_grid(None)

    def refresh(self) -> None:
        """What can be chosen, and the list; what holds stays."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            rules = visit_rules.rules(lookup, today)
            people = members.members(lookup, on=today)
            known = list(grids.names(lookup).items())
        self.rule.set_choices([(one.id, f"{one.name}（{one.often}）") for one in rules])
        self.member.set_choices([(one.id, one.name) for one in people if one.grid_ids])
        self.grid.set_choices(known)
        self._rules = "，".join(f"{one.name} {one.days} 天" for one in rules)
        self._read()

    def print_sheet(self) -> None:
        actions.print_sheet(self._context, self, self.due.chosen, self.grid_id)

    def put_off(self) -> None:
        actions.put_off(self._context, self, self.due.rows(self.due.chosen))

    def log(self) -> None:
        """A visit to the current person, put down by hand."""
        current = self.table.current_id()
        if current is not None and self._context.may(Right.LOG_ROUNDS):
            VisitDialog(self._context, resident_id=current, parent=self.window()).exec()

    def seen(self) -> SeenTable:
        """The list for a file: without the names of sensitive tags."""
        ticked = self.due.model.ticked_in_order()
        found = self.due.rows(ticked or list(self.due.model.ids))
        words = "，".join(chip.text() for chip in self.chips if chip.value is not None)
        text = f"查找“{self._text.strip()}”" if self._text.strip() else ""
        only = "只含勾选的" if ticked else ""
        return SeenTable(
            title="走访到期名单",
            filter_words="，".join(part for part in (words, text, only) if part) or "全部",
            count_words=f"共 {len(found):,} 人",
            columns=tuple(SeenColumn(title, width, "left") for title, width in PAPER),
            rows=[
                (
                    one.name,
                    one.place,
                    one.grid_name,
                    one.group_on_paper,
                    one.words.text,
                    one.last_words,
                    one.phone_masked,
                )
                for one in found
            ],
            people=tuple(one.id for one in found),
        )

    # -- inside

    def _lay_out(self) -> None:
        logs = self._context.may(Right.LOG_ROUNDS)
        self.log_button = Button("记走访", size="small", cap="Enter")
        self.defer_button = Button("改期", size="small", action="put_off")
        self.export_button = icon_button("table-arrow-down", "导出到期名单")
        offer(logs, self.log_button, self.defer_button)
        offer(self._context.may(Right.EXPORT), self.export_button)
        # The filters come first where the text is large.
        hide_unless(not theme.current().large, self.said)
        tools = (self.said, self.export_button, self.log_button, self.defer_button)
        self.bar = box(row(*self.chips, self.clear, None, *tools))
        self.setLayout(column((TableCard(self.table, self.foot), 1)))
        self._show_clear()

    def _connect(self) -> None:
        for chip in self.chips:
            chip.changed.connect(lambda _: self._changed())
        self.clear.clicked.connect(lambda: self.show_grid(None))
        self.table.opened.connect(lambda _: self.log())
        self.log_button.clicked.connect(self.log)
        self.defer_button.clicked.connect(self.put_off)
        self.defer_button.bind(self)
        self.export_button.clicked.connect(lambda: export_table(self._context, self.seen(), self))
        keys.bind(self, "export", self.export_button.click)
        self.table.current_changed.connect(lambda _: self._show_buttons())

    def _changed(self) -> None:
        self.due.forget()
        self._show_clear()
        self._read()

    def _read(self) -> None:
        today = self._context.clock.today()
        days = self.horizon.number
        grid, rule = self.grid_id, self.rule.number
        with self._context.database.lookup() as lookup:
            items = visit_due.due(
                lookup,
                today=today,
                horizon_days=visit_due.HORIZON if days is None else days,
                grid_ids=() if grid is None else (grid,),
                member_id=self.member.number,
                rule_ids=() if rule is None else (rule,),
                text=self._text,
            )
        self.due.show(items, today)
        self.table.set_column_present("grid", present=grid is None)
        self.said.setText(counted_words(items, today) or self._rules)
        self.said.setToolTip(self._rules)
        if not items:
            self.table.set_empty(self._nothing())
        self._show_buttons()
        self.read_anew.emit()

    def _nothing(self) -> EmptyState:
        """Why nobody is on the list, and what to do about it."""
        if not self._rules:
            return EmptyState(_NOBODY, "还没有走访规定", "请到“设置”的“网格”里加上。")
        if self._text.strip() or any(chip.value is not None for chip in self.chips):
            return not_found("没有这样的人要走访", self.clear_asked.emit)
        return EmptyState(_NOBODY, f"{visit_due.HORIZON} 天内没有要走访的人", _ADVICE)

    def _show_buttons(self) -> None:
        some = bool(self.due.chosen)
        for button in (self.log_button, self.defer_button, self.export_button):
            button.setEnabled(some)

    def _show_clear(self) -> None:
        self.clear.setVisible(any(chip.value is not None for chip in self.chips))
