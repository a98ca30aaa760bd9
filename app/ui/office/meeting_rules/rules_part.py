"""表决规则: what the law says, which cannot be edited, and the sets of the office."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import vote_rule_sets, vote_rule_words, vote_rules
from app.services.vote_rules import RuleView
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.labels import column, hide_unless, row, small
from app.ui.kit.messages import confirm, domain_errors_shown, notify
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.office.meeting_rules.days_dialog import DaysDialog
from app.ui.office.meeting_rules.rule_card import RuleCard
from app.ui.office.meeting_rules.set_dialog import SetDialog
from app.values.rights import Right

_WORDS = "按组织和开会那天自动选规则，表决的结果连同当时的规则一起记下，以后改规则不影响。"
_STOPS = "从今天起用它的组织按程序自带的规则；表决过的结果不变。今天已经按它表决过的，从明天起停。"


class RulesPart(QWidget):
    """A PagedTable with a card beside it; Enter opens a set of the office."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._may = context.may(Right.EDIT_OFFICE)
        self.lines: dict[int, RuleView] = {}
        self.model = PagedTableModel(self._columns(), self._fetch, parent=self)
        self.table = PagedTable(self.model, name="表决规则")
        self.table.paper.personal = False
        self.table.set_empty(EmptyState("scale-balance", "还没有表决规则"))
        self.table.opened.connect(self.edit)
        self.table.current_changed.connect(self._show_chosen)
        self.card = RuleCard()
        self.new = Button("新规则", icon="plus", size="small")
        self.change = Button("修改", size="small", cap="Enter")
        self.stop = Button("停用", kind="danger", size="small")
        self.new.clicked.connect(self.add)
        self.change.clicked.connect(self.edit_chosen)
        self.stop.clicked.connect(self.stop_chosen)
        hide_unless(self._may, self.new, self.change, self.stop)
        tools = row(None, self.new, self.change, self.stop, spacing=8)
        table = TableCard(self.table, TableFoot(self.table, unit="条"))
        left = column(small(_WORDS, wrap=True), tools, (table, 1), spacing=8)
        self.setLayout(row((left, 5), (self.card, 3), spacing=12))

    def refresh(self) -> None:
        """Read the rules anew: those in force today or later first, then what was law before."""
        kept, today = self.table.current_id(), self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = vote_rules.rules(lookup)
        found.sort(key=lambda one: (one.until is not None and one.until < today, one.shipped))
        self.lines = {one.id: one for one in found}
        self.model.set_ids(list(self.lines))
        if not self.table.select_id(kept):
            self.table.select_row(0)
        self._show_chosen()

    def add(self) -> None:
        """A set of the office more."""
        self._run(SetDialog(self._context, None, self))

    def edit_chosen(self) -> None:
        self.edit(self.table.current_id() or 0)

    def edit(self, rule_id: int | None) -> None:
        """The form of a set; of what is law, the days of notice that it leaves open."""
        rule = self.lines.get(rule_id or 0)
        if rule is None or not self._may:
            return
        if not rule.shipped:
            self._run(SetDialog(self._context, rule, self))
        elif not rule.notice_by_law and DaysDialog(self._context, rule, self).exec():
            self._after(f"已改{rule.kind.label}的通知天数", rule.id)

    def stop_chosen(self) -> None:
        """The marked set holds no more from today on."""
        rule, today = self.lines.get(self.table.current_id() or 0), self._context.clock.today()
        if rule is None or rule.shipped:
            return
        if not confirm(self, f"停用“{rule.name}”", _STOPS, "停用", destructive=True):
            return
        with domain_errors_shown(self):
            with self._context.database.transaction(f"停用 表决规则 {rule.name}") as session:
                from_day = vote_rule_sets.earliest(session, rule.id, today)
                vote_rule_sets.end(session, rule.id, from_day=from_day, version=rule.version)
            self._context.signals.changed.emit(Area.OFFICE | Area.MEETINGS)
            self._after(f"已停用“{rule.name}”", None)

    def _run(self, dialog: SetDialog) -> None:
        if dialog.exec():
            self._after(f"已保存“{dialog.form.name.text().strip()}”", dialog.saved_id)

    def _after(self, said: str, rule_id: int | None) -> None:
        self.refresh()
        if rule_id is not None:
            self.table.select_id(rule_id)
        notify(self._context.signals, said)

    def _show_chosen(self, _: object = None) -> None:
        rule = self.lines.get(self.table.current_id() or 0)
        self.card.show_rule(rule)
        law = rule is not None and rule.shipped
        self.change.setText("改通知天数" if law else "修改")
        self.change.setEnabled(rule is not None and not (law and rule.notice_by_law))
        self.stop.setEnabled(rule is not None and not law and rule.until is None)

    def _fetch(self, ids: Sequence[int]) -> list[RuleView]:
        return [self.lines[one] for one in ids]

    def _columns(self) -> tuple[Column, ...]:
        def named(rule: RuleView) -> CellValue:
            sub = "" if rule.shipped else rule.name
            return Cell(vote_rule_words.name_of(rule), sub=sub, bold=True)

        def standing(rule: RuleView) -> CellValue:
            today = self._context.clock.today()
            if rule.until is not None and rule.until < today:
                return (Chip("以前的"),)
            if rule.since > today:
                return (Chip("还没到", "info"),)
            return (Chip("法律", "ok") if rule.shipped else Chip("自定", "info"),)

        return (
            Column("kind", "用于", named, 140, weight=2),
            Column("quorum", "到会", vote_rule_words.quorum, 142),
            Column("passing", "通过", vote_rule_words.passing, 186),
            Column("notice", "通知", vote_rule_words.notice, 90, large_mode=False),
            Column("standing", "", standing, 68),
        )
