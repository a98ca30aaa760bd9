"""设置 · 食堂 for the sweep: a canteen with the tiers of the pictures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealPeriod, Payer, Portion
from app.services import (
    canteen_changes,
    canteens,
    meal_presets,
    meal_rule_changes,
    set_meals,
    tags,
)
from app.services.canteen_changes import USUAL, CanteenInput
from app.services.meal_rule_input import input_of
from app.services.set_meals import SetInput
from app.ui.office.canteen_rules.facts import read_facts
from app.ui.office.canteen_rules.preset_dialog import PresetDialog
from app.ui.office.canteen_rules.tab import (
    CANTEENS,
    EATING_PART,
    PERIODS,
    SETS,
    TIERS,
    CanteenRulesTab,
)
from app.ui.office.canteen_rules.tier_dialog import CoverageDialog, TierDialog
from app.ui.office.page import OfficePage
from tests.services.canteen_stage import tiers

SINCE = date(2026, 7, 1)


def furnish(context: Context) -> int:
    """The canteen, once per office; gives its id."""
    with context.database.lookup() as lookup:
        known = canteens.canteens(lookup)
    if known:
        return known[0].id
    today = context.clock.today()
    with context.database.transaction("食堂") as session:
        entered = CanteenInput(name="海棠食堂", operator="金城餐饮公司", delivery_fee=200)
        canteen = canteen_changes.add(session, entered)
        for period in (MealPeriod.LUNCH, MealPeriod.DINNER):
            times = replace(USUAL[period], expected=150)
            canteen_changes.set_period(session, canteen, times, version=None)
        for letter, price, words in (("A", 1200, "一荤两素"), ("B", 1500, "两荤两素")):
            one = SetInput(letter=letter, name=f"{letter} 餐", price=price, words=words)
            set_meals.add(session, canteen, one, since=SINCE)
        tag_ids = {tag.name: tag.id for tag in tags.tags(session)}
        for tier in tiers(tag_ids.__getitem__):
            meal_rule_changes.add(session, canteen, tier, since=SINCE, today=today)
    return canteen


def _part(name: str) -> Callable[[OfficePage], None]:
    def then(office_page: OfficePage) -> None:
        furnish(office_page._context)
        office_page.show_record("食堂")
        office_page.findChild(CanteenRulesTab).show_part(name)

    return then


def _tier(stage: Any) -> QWidget:
    """A discount with an amount, borne apart: every field is seen."""
    context = stage.context()
    facts = read_facts(context, furnish(context))
    dialog = TierDialog(context, facts, facts.rules[2])
    dialog.form.name.setText("80 岁以上")
    dialog.form.way.setCurrentText("折扣")
    dialog.form.percent.setValue(90)
    dialog.form.amount.set_fen(200)
    dialog.form.apart.setChecked(True)
    dialog.form.weights[Portion.DISCOUNT].set_value({Payer.OPERATOR: 1})
    dialog.form.weights[Portion.AMOUNT].set_value({Payer.CITY: 1, Payer.DISTRICT: 1})
    return dialog


def _holes(stage: Any) -> QWidget:
    """What is shown before saving: a tier that leaves a hole, and one of no use."""
    context = stage.context()
    facts = read_facts(context, furnish(context))
    [older, *_] = [rule for rule in facts.rules if rule.name == "70–79 岁"]
    late = replace(input_of(older), name="75 岁以上", from_age=75, to_age=None)
    rules = [rule for rule in facts.rules if rule.id != older.id]
    planned = late.as_rule(SINCE, number=older.number)
    return CoverageDialog(facts.coverage(context.clock.today(), [*rules, planned]), late.name)


def _presets(stage: Any) -> QWidget:
    context = stage.context()
    dialog = PresetDialog(context, read_facts(context, furnish(context)))
    keys = [one.key for one in meal_presets.presets()]
    dialog.table.select_row(keys.index("minfeng"))
    return dialog


PAGES = {f"设置 食堂 {name}": _part(name) for name in (CANTEENS, PERIODS, SETS, TIERS, EATING_PART)}
DIALOGS = {
    "补贴档次": _tier,
    "保存前对照": _holes,
    "采用别处的档次": _presets,
}
