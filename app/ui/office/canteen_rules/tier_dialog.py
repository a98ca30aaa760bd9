"""新档次, 修改档次: who gets what from a day on, an example, and the table before it is saved."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import SubsidyRule, SubsidyWay
from app.services import meal_rule_changes, meal_rule_input, meal_rule_words
from app.services.meal_coverage import Coverage
from app.services.meal_rule_input import RuleInput, input_of
from app.services.meal_tiers import Rule
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.messages import domain_errors_shown
from app.ui.kit.signals import Area
from app.ui.office.canteen_rules.coverage_view import CoverageView
from app.ui.office.canteen_rules.facts import CanteenFacts
from app.ui.office.canteen_rules.tier_form import TierForm
from app.ui.people.date_line import DateLine
from app.ui.recent.history import Record, history_button
from app.ui.recent.unsaved import keep_dialog
from app.values.text import tidy

DRAFT = "subsidy_rule"
_EMPTY = RuleInput(name="", way=SubsidyWay.AMOUNT)


class TierDialog(Dialog):
    """A new tier of a canteen, or one that there is; `saved_id` afterwards says which it was."""

    def __init__(
        self,
        context: Context,
        facts: CanteenFacts,
        rule: Rule | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改档次" if rule else "新档次", parent, width=900)
        self._context, self._facts, self._rule = context, facts, rule
        self.saved_id: int | None = None
        today = context.clock.today()
        since = DateLine(today, self._earliest(today), future=True)
        self.form = TierForm(list(facts.tag_names.items()), since)
        self.form.show_input(input_of(rule) if rule else _EMPTY)
        self.form.mark_clean()
        self.example = Notice("", tone="soft")
        self.body.addWidget(self.form)
        self.body.addWidget(self.example)
        if rule is not None:
            self._foot.insertWidget(0, history_button(context, self, self._record))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.form.changed.connect(self._show_example)
        self._show_example()
        record = (SubsidyRule.__tablename__, rule.id) if rule else None
        key = f"{DRAFT}:{rule.id if rule else 'new'}"
        title = f"{self.windowTitle()} {rule.spoken if rule else ''} {facts.name}"
        self.keeper = keep_dialog(context, self, self.form, key, title, record=record)
        self.form.name.setFocus()

    def save(self) -> None:
        """Show the table as it would be; keep the tier once that was agreed to."""
        with domain_errors_shown(self):
            entered, since = self.form.entered(), self._since()
            meal_rule_input.check(entered)
            table = self._facts.coverage(since, self._planned(entered, since))
            if CoverageDialog(table, tidy(entered.name), self).exec():
                self._keep(entered, since)

    def _record(self) -> Record | None:
        """What became of the tier so far; a new one has no history."""
        rule = self._rule
        return Record(SubsidyRule, rule.id, rule.name) if rule else None

    def _earliest(self, today: date) -> date:
        """What was used today may change from tomorrow on."""
        if self._rule is None:
            return today
        with self._context.database.reading() as session:
            first = meal_rule_changes.earliest(session, self._rule.id, today)
        return max(first, self._rule.since)

    def _keep(self, entered: RuleInput, since: date) -> None:
        today, rule = self._context.clock.today(), self._rule
        words = f"{'修改' if rule else '添加'}补贴档次 {tidy(entered.name)}"
        with self._context.database.transaction(words) as session:
            if rule is None:
                self.saved_id = meal_rule_changes.add(
                    session, self._facts.canteen_id, entered, since=since, today=today
                )
            else:
                self.saved_id = meal_rule_changes.change(
                    session, rule.id, entered, since=since, today=today, version=rule.version
                )
        self._context.signals.changed.emit(Area.OFFICE | Area.CANTEEN)
        self.accept()

    def _planned(self, entered: RuleInput, since: date) -> list[Rule]:
        """All tiers as they would stand: this one in place of the old from its day on."""
        old = self._rule
        number = (
            old.number if old else max((one.number for one in self._facts.rules), default=0) + 1
        )
        kept = [
            one
            if old is None or one.id != old.id
            else replace(one, until=since - timedelta(days=1))
            for one in self._facts.rules
        ]
        held = [one for one in kept if one.until is None or one.until >= one.since]
        until = old.until if old else None
        return [*held, replace(entered.as_rule(since, number=number), until=until)]

    def _since(self) -> date:
        since = self.form.since.value()
        if since is None:
            raise DomainError("请填从哪天起执行，如 2026-12-01。")
        return since

    def _show_example(self) -> None:
        """What it makes of the set meals' prices, as far as it is filled in."""
        try:
            entered = self.form.entered()
            meal_rule_input.check(replace(entered, name=entered.name or "新档"))
        except DomainError as error:
            self.example.show_text("还没有填全", str(error), tone="soft")
            return
        rule = entered.as_rule(self.form.since.value() or self._context.clock.today())
        # The cheapest and the dearest: more would not fit, and tell no more.
        prices = dict.fromkeys((self._facts.prices[0], self._facts.prices[-1]))
        lines = [meal_rule_words.example(rule, price) for price in prices]
        self.example.show_text(
            f"{rule.name or '这一档'}：{rule.gives}", "\n".join(lines), tone="ok"
        )


class CoverageDialog(Dialog):
    """Who would get what once it is saved: holes are seen before they cost somebody."""

    def __init__(self, table: Coverage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(f"保存前看一看：“{name}”改好以后谁享受什么", parent, width=820)
        self.view = CoverageView()
        self.view.show_coverage(table)
        self.body.addWidget(self.view)
        self.add_button(Button("返回修改", cap="Esc"), closes=False)
        self.agree = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP), closes=True)
        self.agree.setFocus()
