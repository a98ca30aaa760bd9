"""食堂: canteens and their periods, set meals, tiers of subsidy, and what the office keeps to."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.services import canteens, meal_rules
from app.storage.lookup import Sql
from app.ui.kit import theme
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import column, row
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.segments import Segments
from app.ui.office.canteen_rules.canteens_part import CanteensPart
from app.ui.office.canteen_rules.coverage_part import CoveragePart
from app.ui.office.canteen_rules.periods_part import PeriodsPart
from app.ui.office.canteen_rules.sets_part import SetsPart
from app.ui.office.canteen_rules.tiers_part import TiersPart
from app.ui.office.settings_form import EATING, KITCHEN, SettingsCard, filling

CANTEENS, PERIODS, SETS = "食堂", "餐次", "套餐"
TIERS, COVERAGE = "补贴规则", "对照表"
EATING_PART, KITCHEN_PART = "用餐和账户", "留样和结算"


class CanteenRulesTab(QWidget):
    """One part at a time, all of one canteen; lists can be read by everybody."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.choice = IdChoice(name="哪个食堂", blank=MUST)
        self.choice.setFixedWidth(theme.current().px(170))
        self.canteens = CanteensPart(context)
        self.periods = PeriodsPart(context, self._chosen)
        self.sets = SetsPart(context, self._chosen)
        self.tiers = TiersPart(context, self._chosen)
        self.coverage = CoveragePart(context, self._chosen)
        self.eating = SettingsCard(context, EATING_PART, EATING, "修改食堂的设置")
        self.kitchen = SettingsCard(context, KITCHEN_PART, KITCHEN, "修改食堂的设置")
        self.parts: dict[str, QWidget] = {
            CANTEENS: self.canteens,
            PERIODS: self.periods,
            SETS: self.sets,
            TIERS: self.tiers,
            COVERAGE: self.coverage,
            EATING_PART: filling(self.eating),
            KITCHEN_PART: filling(self.kitchen),
        }
        self.segments = Segments([(name, name, name) for name in self.parts])
        self.segments.chosen.connect(self.show_part)
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part)
        self.choice.currentIndexChanged.connect(lambda _: self._refresh_parts())
        head = row(self.segments, None, self.choice)
        self.setLayout(column(head, (self.stack, 1), spacing=10))
        self.show_part(CANTEENS)

    def show_part(self, name: str) -> None:
        """Canteens, periods, set meals, tiers, the table, or the rest."""
        self.segments.show_value(name)
        self.stack.setCurrentWidget(self.parts[name])

    def open_draft(self, rule_id: int | None) -> None:
        """A tier that was not saved when the program ended; None for a new one."""
        self.show_part(TIERS)
        self._choose_canteen_of(rule_id)
        self.tiers.edit(rule_id)

    def refresh(self) -> None:
        with self._context.database.lookup() as lookup:
            known = {one.id: one.name for one in canteens.canteens(lookup)}
        chosen = self.choice.chosen_id
        self.choice.blockSignals(True)
        self.choice.offer(known)
        self.choice.choose_id(chosen if chosen in known else next(iter(known), None))
        self.choice.blockSignals(False)
        self.choice.setVisible(len(known) > 1)
        self._refresh_parts()
        self.eating.refresh()
        self.kitchen.refresh()

    def leave(self) -> bool:
        return self.eating.leave() and self.kitchen.leave()

    def _choose_canteen_of(self, rule_id: int | None) -> None:
        if rule_id is None:
            return
        with self._context.database.lookup() as lookup:
            found = meal_rules.rules_where(lookup, [Sql("id = ?", (rule_id,))])
        if found:
            self.choice.choose_id(found[0].canteen_id)

    def _refresh_parts(self) -> None:
        for part in (self.canteens, self.periods, self.sets, self.tiers, self.coverage):
            part.refresh()

    def _chosen(self) -> int | None:
        return self.choice.chosen_id
