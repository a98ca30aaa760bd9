"""采用别处的档次: the tiers of other places, looked at and taken over."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import meal_presets, meal_rule_words
from app.services.meal_presets import Preset
from app.services.meal_rule_input import RuleInput
from app.services.meal_tiers import Rule
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label, column, row, small
from app.ui.kit.messages import domain_errors_shown
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.scroll import scrolled
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.office.canteen_rules.facts import CanteenFacts
from app.ui.office.canteen_rules.tier_dialog import CoverageDialog
from app.ui.people.date_line import DateLine

_COLUMNS = (Column("name", "地方", lambda line: line.name, 200, weight=1),)


class PresetDialog(Dialog):
    """The list at the left, what a place gives at the right; nothing holds until it is taken."""

    def __init__(
        self, context: Context, facts: CanteenFacts, parent: QWidget | None = None
    ) -> None:
        super().__init__("采用别处的档次", parent, width=900)
        self._context, self._facts = context, facts
        self._presets = dict(enumerate(meal_presets.presets(), 1))
        self.taken: list[int] = []
        self.model = PagedTableModel(_COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="各地的档次")
        self.table.paper.personal = False
        self.table.current_changed.connect(lambda _: self._show())
        self._make_right()
        self.table.setMinimumHeight(theme.current().px(380))
        frame = Card(margins=(1, 1, 1, 1))
        frame.body.addWidget(self.table)
        self.body.addLayout(row((frame, 2), (self._right, 3), spacing=16))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.take = self.add_button(Button("采用", kind="primary", cap=CONFIRM_CAP))
        self.take.clicked.connect(self.take_over)
        self.form.save_requested.connect(self.take_over)
        self.table.opened.connect(lambda _: self.since.setFocus())
        self.model.set_ids(list(self._presets))
        self.table.select_row(0)
        self.table.setFocus()

    @property
    def chosen(self) -> Preset:
        return self._presets[self.table.current_id() or 1]

    def take_over(self) -> None:
        """Add the tiers of the place from the day on, once the table was looked at."""
        with domain_errors_shown(self):
            since, percent = self._since(), self._percent()
            with self._context.database.lookup() as lookup:
                inputs = meal_presets.inputs(lookup, self.chosen, percent=percent)
            table = self._facts.coverage(since, [*self._facts.rules, *self._planned(inputs, since)])
            if CoverageDialog(table, self.chosen.name, self).exec():
                self._keep(since, percent)

    def _keep(self, since: date, percent: int | None) -> None:
        words = f"采用补贴档次 {self.chosen.name}"
        with self._context.database.transaction(words) as session:
            self.taken = meal_presets.take_over(
                session,
                self._facts.canteen_id,
                self.chosen.key,
                since=since,
                today=self._context.clock.today(),
                percent=percent,
            )
        self._context.signals.changed.emit(Area.OFFICE | Area.CANTEEN)
        self.accept()

    def _planned(self, inputs: Sequence[RuleInput], since: date) -> list[Rule]:
        first = max((one.number for one in self._facts.rules), default=0) + 1
        return [one.as_rule(since, number=number) for number, one in enumerate(inputs, first)]

    def _make_right(self) -> None:
        self.name, self.words = Label("", "title", bold=True, wrap=True), small(wrap=True)
        self.tiers = Facts(label=104)
        self.note = Notice("", tone="warn")
        self.since = DateLine(self._context.clock.today(), self._context.clock.today(), future=True)
        self.percent = line_edit(hint="九折填 90", limit=2)
        self.percent.setValidator(QIntValidator(1, 99, self.percent))
        self.form = Form(label=72)
        self.form.add("从哪天起", self.since, required=True)
        self._asks = self.form.add("折扣", self.percent, required=True)
        self.form.finish()
        told = QWidget()
        told.setLayout(column(self.words, self.tiers, self.note, None, spacing=10))
        self._right = QWidget()
        self._right.setLayout(column(self.name, (scrolled(told), 1), self.form, spacing=10))

    def _show(self) -> None:
        """What the chosen place gives, and what its source left open."""
        chosen = self.chosen
        names = {number: name for number, name in enumerate(chosen.tag_names, 1)}
        by_name = {name: number for number, name in names.items()}
        today = self._context.clock.today()
        rules = [
            meal_presets.rule_input(tier, by_name, chosen.source).as_rule(today)
            for tier in chosen.tiers
        ]
        self.name.setText(chosen.name)
        self.words.setText(f"{chosen.words}（{chosen.source}）")
        self.tiers.set_pairs([(rule.name, _told(rule, names)) for rule in rules])
        self.note.show_text("采用前请核对", chosen.note, tone="warn")
        self._asks.setVisible(chosen.asks_percent)
        self._asks.label.setVisible(chosen.asks_percent)

    def _percent(self) -> int | None:
        return (
            int(self.percent.text()) if self.chosen.asks_percent and self.percent.text() else None
        )

    def _since(self) -> date:
        since = self.since.value()
        if since is None:
            raise DomainError("请填从哪天起执行，如 2026-12-01。")
        return since

    def _fetch(self, ids: Sequence[int]) -> list[Preset]:
        return [self._presets[one] for one in ids]


def _told(rule: Rule, names: Mapping[int, str]) -> str:
    """60 岁以上，低保或特困：每餐补 9.00 元，每天补 1 餐."""
    gives = "折扣自己填" if rule.percent == 0 else rule.gives
    parts = filter(None, (gives, meal_rule_words.limits(rule)))
    return f"{meal_rule_words.covers(rule, names)}：{'，'.join(parts)}"
