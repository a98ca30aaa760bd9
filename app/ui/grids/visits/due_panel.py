"""到期走访 beside the grids: who is due in the grid that is chosen, and what to do about it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import visit_due, visit_rules
from app.services.visit_due import DueItem
from app.ui.grids.visits import actions
from app.ui.grids.visits.due_table import SHORT, WHOLE, DueTable, counted_words
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, column, row, rule, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.short_title import ShortTitle
from app.ui.kit.states import EmptyState
from app.ui.kit.tokens import COLORS
from app.ui.people.grid_wish import ShowVisits
from app.values.rights import Right


class DuePanel(Card):
    """`show_grid(None)` is all grids. `counted` carries how many are late or due today."""

    counted = Signal(int)

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, wide: bool = False
    ) -> None:
        """`wide`: where it has the room of the whole page."""
        super().__init__(margins=(1, 12, 1, 8), spacing=8, parent=parent)
        self._context = context
        self._grid_id: int | None = None
        self.due = DueTable(context, WHOLE if wide and not theme.current().large else SHORT)
        self.table = self.due.shown_by(PagedTable(self.due.model, name="到期走访"))
        # Of one's own grids: the name would stand in every line.
        self.table.set_column_present("grid", present=False)
        self.all_button = Button("全部", kind="link", size="small")
        self.count = Label(bold=True)
        self.print_button = Button("打印走访单", size="small", action="print")
        self.defer_button = Button("改期", size="small")
        # The rules may be many: their line ends where the panel does, the tip has them all.
        self._rules = ShortTitle("small", bold=False, color=COLORS.text2)
        self.nothing = EmptyState("account-check-outline", "", "到期的人会自己列在这里。")
        self.table.set_empty(self.nothing)
        logs = context.may(Right.LOG_ROUNDS)
        offer(logs and context.may(Right.PRINT), self.print_button)
        offer(logs, self.defer_button)
        self._lay_out()
        self._connect()

    def show_grid(self, grid_id: int | None) -> None:
        """Who is due in this grid, or in all of them."""
        if grid_id != self._grid_id:
            self._grid_id = grid_id
            self.due.forget()
        self.refresh()

    def refresh(self) -> None:
        """Read anew; ticks stay."""
        today = self._context.clock.today()
        grids = () if self._grid_id is None else (self._grid_id,)
        with self._context.database.lookup() as lookup:
            items = visit_due.due(lookup, today=today, grid_ids=grids)
            rules = visit_rules.rules(lookup, today)
        self.due.show(items, today)
        self._say(items, "，".join(f"{rule.name} {rule.days} 天" for rule in rules))

    def print_sheet(self) -> None:
        """F9: the day sheet of whoever is ticked."""
        actions.print_sheet(self._context, self, self.due.chosen, self._grid_id)

    def put_off(self) -> None:
        """改期 of whoever is ticked."""
        actions.put_off(self._context, self, self.due.rows(self.due.chosen))

    def _lay_out(self) -> None:
        px = theme.current().px
        head = column(row(title("到期走访"), None, self.all_button), self._rules, spacing=2)
        head.setContentsMargins(px(12), 0, px(12), 0)
        foot = row(self.count, None, self.print_button, self.defer_button, margins=(12, 0, 12, 0))
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(rule())
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.table.ticks_changed.connect(lambda _: self._say_chosen())
        self.table.current_changed.connect(lambda _: self._say_chosen())
        self.table.opened.connect(lambda _: self._show_all())
        self.all_button.clicked.connect(self._show_all)
        self.print_button.clicked.connect(self.print_sheet)
        self.defer_button.clicked.connect(self.put_off)

    def _show_all(self) -> None:
        wish = ShowVisits(self._grid_id)
        self._context.signals.page_requested.emit("grids", wish)

    def _say(self, items: Sequence[DueItem], rules: str) -> None:
        today = self._context.clock.today()
        late = visit_due.counted(items, today)
        self.all_button.setText(f"全部 {len(items):,} 人")
        said = counted_words(items, today)
        self._rules.setText(said or rules)
        self._rules.setToolTip(rules)
        words = f"{visit_due.HORIZON} 天内没有要走访的人" if rules else "还没有走访规定"
        self.nothing.set_sentence(words)
        self.counted.emit(late.overdue + late.today)
        self._say_chosen()

    def _say_chosen(self) -> None:
        ticked = len(self.due.model.ticked)
        self.count.setText(f"已选 {ticked:,} 人" if ticked else "")
        some = bool(self.due.chosen)
        for button in (self.print_button, self.defer_button):
            button.setEnabled(some)
