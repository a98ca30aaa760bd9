"""补贴规则: the tiers of a canteen that hold now and that come."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import meal_rule_changes, meal_rules
from app.services import meal_rule_words as words
from app.services.meal_tiers import Rule
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.labels import column, hide_unless, row, small
from app.ui.kit.messages import confirm, domain_errors_shown, notify
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.office.canteen_rules.empty import say_empty
from app.ui.office.canteen_rules.facts import CanteenFacts, read_facts
from app.ui.office.canteen_rules.notice import print_notice
from app.ui.office.canteen_rules.preset_dialog import PresetDialog
from app.ui.office.canteen_rules.tier_dialog import TierDialog
from app.values.rights import Right

_WORDS = (
    "一个人符合几档的，只按最优惠的一档，不叠加；一样优惠的按规则号小的。"
    "记过餐的档不会变：改了从填的那天起是新的一条。"
)
_STOP, _WITHDRAW = "停止执行", "取消计划"
_STOPS = "从今天起不再按这一档补贴；记过的餐不变。今天已经有餐按它补的，从明天起停。"
_WITHDRAWS = "这一条还没到执行的日子。取消以后，它接着的那一条照旧执行下去。"


class TiersPart(QWidget):
    """A PagedTable; Enter opens a tier. Without the right to change settings only the list."""

    def __init__(self, context: Context, canteen_id: Callable[[], int | None]) -> None:
        super().__init__()
        self._context, self._canteen_id = context, canteen_id
        self._may = context.may(Right.EDIT_OFFICE)
        self._sees = context.may(Right.SEE_SENSITIVE)
        self.facts: CanteenFacts | None = None
        self.lines: dict[int, Rule] = {}
        self.model = PagedTableModel(self._columns(), self._fetch, parent=self)
        self.table = PagedTable(self.model, name="补贴档次")
        self.table.paper.personal = False
        self.table.opened.connect(self.edit)
        self.table.current_changed.connect(lambda _: self._show_chosen())
        self.new = Button("新档次", icon="plus", size="small")
        self.presets = Button("采用别处的", size="small")
        self.change = Button("修改", size="small", cap="Enter")
        self.stop = Button(_STOP, kind="danger", size="small")
        self.notice = Button("补贴标准公示", icon="printer-outline", size="small")
        self._connect()
        self._lay_out()

    def refresh(self) -> None:
        """Read the tiers anew."""
        canteen, kept = self._canteen_id(), self.table.current_id()
        self.facts = read_facts(self._context, canteen) if canteen is not None else None
        self.lines = {rule.id: rule for rule in self.facts.rules} if self.facts else {}
        advice = "每个人都按原价。可以采用别处的档次再改，也可以自己加。"
        say_empty(self.table, "还没有补贴档次", advice, canteen=canteen is not None)
        self.model.set_ids(list(self.lines))
        if not self.table.select_id(kept):
            self.table.select_row(0)
        for button in (self.new, self.presets):
            button.setEnabled(self.facts is not None)
        self.notice.setEnabled(bool(self.lines))
        self._show_chosen()

    def edit(self, rule_id: int | None) -> None:
        """The form of a tier; None for a new one."""
        if not self._may or self.facts is None:
            return
        rule = self.lines.get(rule_id or 0)
        dialog = TierDialog(self._context, self.facts, rule, self)
        if dialog.exec():
            self._after(f"已保存“{dialog.form.name.text().strip()}”", dialog.saved_id)

    def take_over(self) -> None:
        """The tiers of another place."""
        if self.facts is None:
            return
        dialog = PresetDialog(self._context, self.facts, self)
        if dialog.exec():
            said = f"已采用“{dialog.chosen.name}”，加了 {len(dialog.taken)} 档"
            self._after(said, dialog.taken[0])

    def stop_chosen(self) -> None:
        """The marked tier holds no more from today on."""
        rule, today = self.lines.get(self.table.current_id() or 0), self._context.clock.today()
        if rule is None:
            return
        act, said = (_STOP, _STOPS) if rule.since <= today else (_WITHDRAW, _WITHDRAWS)
        if not confirm(self, f"{act}“{rule.name}”", said, act, destructive=True):
            return
        with domain_errors_shown(self):
            with self._context.database.transaction(f"{act} 补贴档次 {rule.name}") as session:
                meal_rule_changes.stop(session, rule.id, today=today, version=rule.version)
            self._context.signals.changed.emit(Area.OFFICE | Area.CANTEEN)
            self._after(f"已{act}“{rule.name}”", None)

    def print_notice(self) -> None:
        """补贴标准公示, as it is posted beside the price list."""
        if self.facts is not None:
            print_notice(self._context, self, self.facts)

    def _after(self, said: str, rule_id: int | None) -> None:
        self.refresh()
        if rule_id is not None:
            self.table.select_id(rule_id)
        notify(self._context.signals, said)

    def _show_chosen(self) -> None:
        chosen = self.lines.get(self.table.current_id() or 0)
        self.change.setEnabled(chosen is not None)
        coming = chosen is not None and chosen.since > self._context.clock.today()
        self.stop.setText(_WITHDRAW if coming else _STOP)
        self.stop.setEnabled(chosen is not None and (coming or chosen.until is None))

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self.edit(None))
        self.presets.clicked.connect(self.take_over)
        self.change.clicked.connect(lambda: self.edit(self.table.current_id()))
        self.stop.clicked.connect(self.stop_chosen)
        self.notice.clicked.connect(self.print_notice)

    def _lay_out(self) -> None:
        mine = (self.new, self.presets, self.change, self.stop)
        hide_unless(self._may, *mine)
        hide_unless(self._context.may(Right.PRINT), self.notice)
        tools = row(None, *mine, self.notice, spacing=8)
        card = TableCard(self.table, TableFoot(self.table, unit="档"))
        self.setLayout(column(small(_WORDS, wrap=True), tools, (card, 1), spacing=8))

    def _fetch(self, ids: Sequence[int]) -> list[Rule]:
        return [self.lines[one] for one in ids]

    def _columns(self) -> tuple[Column, ...]:
        def named(rule: Rule) -> CellValue:
            return Cell(meal_rules.shown_name(rule, may_see=self._sees), bold=True)

        def covers(rule: Rule) -> str:
            return words.covers(rule, self.facts.tag_names if self.facts else {})

        def standing(rule: Rule) -> CellValue:
            if rule.since > self._context.clock.today():
                return (Chip("还没到", "info"),)
            return (Chip("要停", "warn"),) if rule.until else (Chip("在用", "ok"),)

        def gives(rule: Rule) -> CellValue:
            return Cell(rule.gives, sub=words.limits(rule))

        return (
            Column("number", "号", lambda rule: str(rule.number), 44, align="right"),
            Column("name", "档次", named, 120, weight=1),
            Column("covers", "哪些人", covers, 150, weight=2, tone="text2"),
            Column("gives", "优惠", gives, 150, weight=2),
            Column("payers", "谁承担", lambda rule: words.payers(rule.shares), 150, weight=2),
            Column(
                "since",
                "执行",
                lambda rule: words.span(rule.since, rule.until),
                126,
                weight=1,
                large_mode=False,
            ),
            Column("standing", "", standing, 76),
        )
