"""设置 · 食堂: canteens, periods, set meals and tiers, typed and kept; only for those who may."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import MealPeriod, Operation, Payer, Portion
from app.services import canteens, drafts, meal_rules, tags
from app.services.meal_rule_input import RuleInput
from app.services.meal_shares import Share
from app.services.meal_tiers import Rule
from app.ui.kit.buttons import Button
from app.ui.kit.signals import Area
from app.ui.office.canteen_rules.coverage_view import HOLE
from app.ui.office.canteen_rules.facts import read_facts
from app.ui.office.canteen_rules.preset_dialog import PresetDialog
from app.ui.office.canteen_rules.tab import COVERAGE, SETS, TIERS, CanteenRulesTab
from app.ui.office.canteen_rules.tier_dialog import CoverageDialog, TierDialog
from app.ui.office.page import OfficePage
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.ui.recent.history import HistoryDialog
from app.ui.recent.unsaved_bar import PLACES
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.ui.canteen_rule_states import furnish

Open = Callable[[], CanteenRulesTab]


@pytest.fixture
def open_tab(qtbot: QtBot, context: Context) -> Open:
    with context.database.transaction("建立资料") as session:
        tags.seed(session)

    def build() -> CanteenRulesTab:
        tab = CanteenRulesTab(context)
        qtbot.addWidget(tab)
        tab.refresh()
        tab.resize(1180, 600)
        tab.show()
        return tab

    return build


def tiers_of(context: Context) -> dict[str, Rule]:
    with context.database.lookup() as lookup:
        [canteen] = canteens.canteens(lookup)
        return {rule.name: rule for rule in meal_rules.rules(lookup, canteen.id)}


def filling(dialogs: Dialogs, fill: Callable[[Any], object], *, agrees: bool = True) -> list[str]:
    """Somebody who fills the dialog, saves, and agrees to the table; gives what the table said."""
    said: list[str] = []

    def on_dialog(dialog: QDialog) -> int:
        if isinstance(dialog, CoverageDialog):
            said.extend([dialog.view.holes.words, *dialog.view.texts()])
            return int(agrees)
        fill(dialog)
        return dialog.result()

    dialogs.on_dialog = on_dialog
    return said


def test_a_canteen_begins_with_its_name_its_lunch_and_a_set_meal(
    open_tab: Open, context: Context
) -> None:
    heard: list[Area] = []
    context.signals.changed.connect(heard.append)
    tab = open_tab()
    assert not tab.periods.save_button.isEnabled()
    tab.canteens.name.setText("海棠食堂")
    tab.canteens.fee.setText("2")
    tab.canteens.save_button.click()
    tab.refresh()
    assert not tab.choice.isVisibleTo(tab)
    tab.periods.table.select_id(2)
    assert tab.periods.opens.text() == "11:00"
    tab.periods.opens.setText("1045")
    tab.periods.expected.setText("150")
    tab.periods.save_button.click()
    tab.show_part(SETS)
    tab.sets.letter.setText("a")
    tab.sets.name.setText("A 餐")
    tab.sets.price.setText("12")
    tab.sets.save_button.click()
    with context.database.lookup() as lookup:
        [canteen] = canteens.canteens(lookup)
        [lunch] = canteens.periods(lookup, canteen.id)
        [one] = canteens.set_meals(lookup, canteen.id, context.clock.today())
    assert (canteen.name, canteen.delivery_fee) == ("海棠食堂", 200)
    assert (lunch.period, lunch.opens, lunch.expected) == (MealPeriod.LUNCH, 645, 150)
    assert (one.letter, one.price) == ("A", 1200)
    assert heard[-1] & Area.CANTEEN


def test_two_canteens_are_chosen_between_and_each_has_its_own(
    open_tab: Open, context: Context
) -> None:
    furnish(context)
    tab = open_tab()
    tab.canteens.name.setText("二食堂")
    tab.canteens.save_button.click()
    tab.refresh()
    assert tab.choice.isVisibleTo(tab)
    assert len(tab.tiers.model.ids) == 8
    tab.choice.setCurrentText("二食堂")
    assert tab.tiers.model.ids == []
    assert not tab.tiers.notice.isEnabled()


def test_a_tier_is_typed_with_its_example_and_saved_after_the_table_was_seen(
    qtbot: QtBot, open_tab: Open, context: Context, dialogs: Dialogs
) -> None:
    furnish(context)
    tab = open_tab()
    tab.show_part(TIERS)
    examples: list[str] = []

    def fill(dialog: TierDialog) -> None:
        form = dialog.form
        form.name.setText("独居老人")
        form.from_age.setValue(70)
        form.tags.set_value([next(iter(form.tags.offered()))])
        form.amount.setText("9")
        form.weights[Portion.ALL].set_value({Payer.CITY: 4, Payer.DISTRICT: 4, Payer.STREET: 1})
        examples.append(dialog.example.detail)
        qtbot.keyClick(form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    said = filling(dialogs, fill)
    tab.tiers.new.click()
    assert examples == [
        "12.00 元的餐：补 9.00（市财政 4.00、区财政 4.00、街道 1.00），本人付 3.00\n"
        "15.00 元的餐：补 9.00（市财政 4.00、区财政 4.00、街道 1.00），本人付 6.00"
    ]
    assert said[0] == "没有空档"
    saved = tiers_of(context)["独居老人"]
    assert (saved.number, saved.from_age, saved.amount) == (9, 70, 900)
    assert saved.shares[0] == Share(Payer.CITY, 4)
    assert tab.tiers.table.current_id() == saved.id


def test_a_hole_is_seen_before_it_is_saved_and_may_still_be_put_right(
    open_tab: Open, context: Context, dialogs: Dialogs
) -> None:
    furnish(context)
    tab = open_tab()
    older = tiers_of(context)["70–79 岁"]

    def fill(dialog: TierDialog) -> None:
        dialog.form.from_age.setValue(75)
        dialog.save_button.click()

    said = filling(dialogs, fill, agrees=False)
    tab.tiers.edit(older.id)
    assert said[0] == "有 1 处空档，请核对"
    assert said.count(HOLE) == 1
    assert tiers_of(context)["70–79 岁"] == older
    filling(dialogs, fill)
    tab.tiers.edit(older.id)
    with context.database.lookup() as lookup:
        held = meal_rules.rules(lookup, older.canteen_id, on=context.clock.today())
    assert [rule.from_age for rule in held if rule.number == older.number] == [75]


def test_a_discount_with_an_amount_is_shared_out_by_its_parts(
    open_tab: Open, context: Context, dialogs: Dialogs
) -> None:
    furnish(context)
    tab = open_tab()
    seen: list[bool] = []

    def fill(dialog: TierDialog) -> None:
        form = dialog.form
        form.way.setCurrentText("折扣")
        form.percent.setValue(90)
        form.amount.setText("2.00")
        form.apart.setChecked(True)
        form.weights[Portion.DISCOUNT].set_value({Payer.OPERATOR: 1})
        form.weights[Portion.AMOUNT].set_value({Payer.CITY: 1, Payer.DISTRICT: 1})
        seen.extend(one.isVisibleTo(form) for one in form.weights.values())
        dialog.save_button.click()

    filling(dialogs, fill)
    tab.tiers.edit(tiers_of(context)["80–89 岁"].id)
    assert seen == [False, True, True]
    with context.database.lookup() as lookup:
        rule = next(
            one
            for one in meal_rules.rules_where(lookup, [])
            if one.name == "80–89 岁" and one.until is None
        )
    assert (rule.gives, rule.since) == ("九折后再补 2.00 元", context.clock.today())
    assert set(rule.shares) == {
        Share(Payer.OPERATOR, 1, Portion.DISCOUNT),
        Share(Payer.CITY, 1, Portion.AMOUNT),
        Share(Payer.DISTRICT, 1, Portion.AMOUNT),
    }


def test_the_tiers_of_another_place_are_taken_over_once_what_is_missing_is_typed(
    open_tab: Open, context: Context, dialogs: Dialogs
) -> None:
    furnish(context)
    tab = open_tab()
    told: list[str] = []

    def fill(dialog: PresetDialog) -> None:
        places = [dialog._presets[one].key for one in dialog.model.ids]
        dialog.table.select_row(places.index("shanghai"))
        dialog.take.click()
        told.extend(dialogs.shown)
        assert dialog.percent.isVisibleTo(dialog)
        dialog.percent.setText("85")
        dialog.take.click()

    inner = filling(dialogs, fill)
    other = dialogs.on_dialog

    def on_dialog(dialog: QDialog) -> int:
        if isinstance(dialog, PresetDialog | CoverageDialog):
            assert other is not None
            return other(dialog)
        dialogs.on_dialog = None
        result = dialogs.dialog(dialog)
        dialogs.on_dialog = on_dialog
        return result

    dialogs.on_dialog = on_dialog
    tab.tiers.presets.click()
    assert "请填本食堂的" in told[0]
    assert inner
    assert tiers_of(context)["60 岁以上"].gives == "八五折"


def test_the_table_of_a_day_follows_the_day_that_is_typed(
    open_tab: Open, context: Context, dialogs: Dialogs
) -> None:
    furnish(context)
    tab = open_tab()
    tab.tiers.table.select_id(tiers_of(context)["90 岁以上"].id)
    dialogs.answers.append("停止执行")
    tab.tiers.stop.click()
    tab.show_part(COVERAGE)
    tab.refresh()
    assert "免费" not in tab.coverage.view.texts()
    tab.coverage.day.setText("2026-11-01")
    assert "免费" in tab.coverage.view.texts()
    assert "到 2026-11-20 停止，后面没有接着的" in tab.coverage.view.holes.detail


def test_who_may_not_change_the_settings_reads_the_tiers_without_the_sensitive_name(
    open_tab: Open, context: Context
) -> None:
    furnish(context)
    context.database.act_as(actor("周立群", "食堂"))
    tab = open_tab()
    for button in (tab.tiers.new, tab.tiers.presets, tab.tiers.stop, tab.sets.new):
        assert not button.isVisibleTo(tab)
    names = [tab.tiers.model.columns[1].cell(rule).text for rule in tab.tiers.lines.values()]
    assert "按身份享受" in names
    assert "重度残疾" not in names
    assert "残疾人" not in "".join(tab.coverage.view.texts())


def test_the_standard_is_printed_with_what_everybody_pays(
    qtbot: QtBot, open_tab: Open, context: Context, dialogs: Dialogs
) -> None:
    furnish(context)
    tab = open_tab()
    drawn: list[bytes] = []

    def look(dialog: QDialog) -> int:
        if isinstance(dialog, PaperPreview):
            drawn.append(dialog.data)
            dialog.note_taken("已存为 PDF")
        return 0

    dialogs.on_dialog = look
    tab.tiers.notice.click()
    qtbot.waitUntil(lambda: bool(drawn))
    text = text_by_pdfium(drawn[0])
    for words in (
        "海棠食堂补贴标准公示",
        "60 岁以上，残疾人",
        "每餐补 9.00 元",
        "2026年7月1日起执行",
    ):
        assert words in text
    with context.database.reading() as session:
        said = session.scalar(select(Operation.sentence).order_by(Operation.id.desc()))
    assert said == "打印 海棠食堂补贴标准公示"


def test_a_tier_that_was_being_typed_comes_back_after_a_power_cut(
    qtbot: QtBot, open_tab: Open, context: Context, dialogs: Dialogs
) -> None:
    furnish(context)
    page = OfficePage(context)
    qtbot.addWidget(page)
    rule_id = tiers_of(context)["80–89 岁"].id
    facts = read_facts(context, tiers_of(context)["80–89 岁"].canteen_id)
    cut = TierDialog(context, facts, facts.rules[2])
    qtbot.addWidget(cut)
    cut.form.to_age.setValue(84)
    cut.form.way.setCurrentText("折扣")
    cut.form.percent.setValue(85)
    cut.form.periods.set_value([MealPeriod.LUNCH])
    cut.form.weights[Portion.ALL].set_value({Payer.STREET: 3})
    typed = cut.form.entered()
    cut.keeper.keep()
    with context.database.reading() as session:
        [draft] = drafts.waiting(session)
    again: list[RuleInput] = []
    filling(dialogs, lambda dialog: again.append(dialog.form.entered()))
    page.show_record(Unsaved(draft.key))
    assert (draft.key, PLACES["subsidy_rule"][1]) == (f"subsidy_rule:{rule_id}", "office")
    assert again == [typed]
    assert "80–89 岁 海棠食堂" in draft.title


def test_the_history_of_a_tier_is_read_where_it_is_changed(
    open_tab: Open, context: Context, dialogs: Dialogs
) -> None:
    furnish(context)
    tab = open_tab()
    told: list[str] = []

    def look(dialog: QDialog) -> int:
        if isinstance(dialog, HistoryDialog):
            told.extend(line.sentence for line in dialog._lines)
        else:
            button = next(
                one for one in dialog.findChildren(Button) if one.accessibleName() == "经过"
            )
            button.click()
        return 0

    dialogs.on_dialog = look
    tab.tiers.edit(tiers_of(context)["90 岁以上"].id)
    assert told == ["食堂"]
