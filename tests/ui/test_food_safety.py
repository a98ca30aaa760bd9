"""食品安全 by its keys: samples row by row, the morning check, goods that came, the registers."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import Canteen, CanteenStaff, Facility, FoodReceipt, FoodSample, StaffCheck
from app.services import canteen_staff, drafts, food_receipts, sample_keeping, staff_checks
from app.services.canteen_staff import StaffInput
from app.services.food_receipts import ReceiptInput
from app.services.sample_keeping import SampleInput
from app.services.staff_checks import CheckInput
from app.ui.canteen.page import CanteenPage
from app.ui.canteen.safety.day_bar import BOOKS, CHECKS, RECEIPTS, SAMPLES
from app.ui.canteen.safety.labels_dialog import SampleLabelsDialog
from app.ui.canteen.safety.receipt_dialog import ReceiptDialog
from app.ui.canteen.safety.sample_lines import COLUMNS
from app.ui.canteen.safety.staff_dialog import StaffDialog
from app.ui.canteen.safety.tab import SafetyTab
from app.ui.kit import table_paper
from app.ui.kit.states import EmptyState
from app.ui.kit.table_paper import SeenTable
from app.ui.people.canteen_wish import ShowFoodSafety
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import READER, Actor
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.canteen_stage import LUNCH, Stage, stage_on

ENTER, CTRL, ALT = (
    Qt.Key.Key_Return,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_DAY = timedelta(days=1)


@pytest.fixture
def stage(context: Context) -> Stage:
    """Saturday 9:30: three dishes for lunch, two of the staff, one without a certificate now."""
    found = stage_on(context.database)
    for name in ("红烧带鱼", "清炒时蔬", "米饭"):
        found.dish(name, 4_00, sets="A")
    for name, left in (("高翔", 200), ("邹立新", -3)):
        entered = StaffInput(name=name, duty="厨师", certificate_until=found.today + left * _DAY)
        found.do(canteen_staff.add, found.canteen, entered)
    return found


def opened(qtbot: QtBot, context: Context) -> SafetyTab:
    page = CanteenPage(context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    context.signals.changed.connect(lambda _: page.refresh())
    with qtbot.waitActive(page):
        page.show()
    tab = page.open("食品安全")
    assert isinstance(tab, SafetyTab)
    tab.place.choose_period(LUNCH)
    tab.take_focus()
    return tab


@pytest.fixture
def tab(qtbot: QtBot, context: Context, stage: Stage) -> SafetyTab:
    return opened(qtbot, context)


def strike(qtbot: QtBot, *strokes: Any) -> None:
    """Where the focus is: words, a key, or a key with another held."""
    one_by_one = [key for one in strokes for key in (one if isinstance(one, str) else [one])]
    for stroke in one_by_one:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(stroke, str):
            qtbot.keyClicks(target, stroke)
        elif isinstance(stroke, tuple):
            qtbot.keyClick(target, *stroke)
        else:
            qtbot.keyClick(target, stroke)


def all_of(context: Context, model: Any) -> list[Any]:
    with context.database.reading() as session:
        rows = session.scalars(select(model).order_by(model.id)).all()
        session.expunge_all()
    return list(rows)


def warned(context: Context) -> list[str]:
    said: list[str] = []
    context.signals.warned.connect(said.append)
    return said


# -- 留样


def test_a_lunch_is_typed_in_one_go_each_row_begins_as_the_one_before(
    qtbot: QtBot, tab: SafetyTab, context: Context, stage: Stage
) -> None:
    assert [one.waits for one in tab.samples.rows.values()] == [True, True, True]
    strike(qtbot, ENTER, "140")
    tab.samples.line.fridge.setText("2 号柜")
    tab.samples.line.warm.setText("3.2")
    strike(qtbot, ENTER)
    assert (tab.samples.line.grams.text(), tab.samples.line.warm.text()) == ("140", "3.2")
    strike(qtbot, "150", ENTER, ENTER)
    assert all_of(context, FoodSample) == []
    strike(qtbot, (ENTER, CTRL))
    kept = all_of(context, FoodSample)
    assert [(one.name, one.grams, one.temperature, one.fridge) for one in kept] == [
        ("红烧带鱼", 140, 32, "2 号柜"),
        ("清炒时蔬", 150, 32, "2 号柜"),
        ("米饭", 150, 32, "2 号柜"),
    ]
    assert {(one.taken_at, one.taken_by) for one in kept} == {(stage.now, "赵敏")}
    assert (tab.samples.lacking, tab.samples.typed) == (0, {})


def test_the_first_row_of_a_meal_has_its_temperature_to_be_read(tab: SafetyTab) -> None:
    assert (tab.samples.line.grams.text(), tab.samples.line.warm.text()) == ("125", "")


def test_what_cannot_be_is_said_and_what_is_refused_leaves_everything_as_typed(
    qtbot: QtBot, tab: SafetyTab, context: Context, dialogs: Dialogs
) -> None:
    said = warned(context)
    strike(qtbot, ENTER, "some", ENTER)
    assert said == ["留样量请写克数，如 125。"]
    strike(qtbot, (Qt.Key.Key_A, CTRL), "100", ENTER, (ENTER, CTRL))
    assert "每个品种要留 125 克以上" in dialogs.shown[-1]
    assert all_of(context, FoodSample) == []
    assert len(tab.samples.typed) == 1


def test_what_was_typed_waits_while_another_meal_or_day_is_looked_at(
    qtbot: QtBot, tab: SafetyTab
) -> None:
    strike(qtbot, ENTER, ENTER)
    tab.samples.focus_list()
    strike(qtbot, (Qt.Key.Key_Left, ALT))
    assert tab.samples.typed == {}
    assert tab.bar.line.text() == "2026-11-20"
    strike(qtbot, (Qt.Key.Key_Right, ALT))
    assert [one.name for one in tab.samples.typed.values()] == ["红烧带鱼"]
    tab.bar.step(1)
    assert tab.bar.line.text() == "2026-11-21"


def test_a_day_that_is_past_wants_the_time_and_a_dish_of_no_menu_its_name(
    qtbot: QtBot, tab: SafetyTab, context: Context
) -> None:
    said = warned(context)
    tab.bar.step(-1)
    assert tab.samples.rows == {}
    tab.add()
    tab.samples.line.name.setText("饺子")
    strike(qtbot, ENTER)
    assert said == ["补记以前的留样，请填当时的时间，如 10:40。"]
    tab.samples.line.at.setText("1040")
    strike(qtbot, ENTER, (ENTER, CTRL))
    (kept,) = all_of(context, FoodSample)
    assert (kept.name, kept.dish_id) == ("饺子", None)
    assert f"{kept.taken_at:%m-%d %H:%M} {kept.keep_until:%m-%d %H:%M}" == "11-20 10:40 11-22 10:40"


def _taken(stage: Stage, *, days: int, by: str) -> None:
    day = stage.today - days * _DAY
    sample = SampleInput(name="米饭", grams=130, taken_by=by)
    then = stage.now - days * _DAY
    stage.do(sample_keeping.take, stage.canteen, day, LUNCH, [sample], now=then, by=Actor(by))
    stage.database.act_as(Actor("赵敏"))


def test_the_button_says_from_when_on_a_sample_may_go(
    tab: SafetyTab, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    button = tab.samples.destroy_button
    assert (button.text(), button.isEnabled()) == ("没有要销毁的", False)
    _taken(stage, days=1, by="高翔")
    tab.refresh()
    assert (button.text(), button.isEnabled()) == ("11-22 09:30 起可销毁", False)
    _taken(stage, days=2, by="高翔")
    tab.refresh()
    assert (button.text(), button.isEnabled()) == ("销毁到期的 1 份", True)
    dialogs.answers.append("销毁")
    button.click()
    gone = [one.destroyed_by for one in all_of(context, FoodSample)]
    assert gone == [None, "赵敏"]
    assert button.text() == "11-22 09:30 起可销毁"


def test_nobody_reviews_what_he_took_himself(
    tab: SafetyTab, context: Context, stage: Stage
) -> None:
    _taken(stage, days=0, by="赵敏")
    tab.refresh()
    assert not tab.samples.review_button.isEnabled()
    assert tab.samples.review_button.text() == "请换一位同事审核"
    context.database.act_as(Actor("高翔"))
    tab.refresh()
    tab.samples.review_button.click()
    assert [one.reviewed_by for one in all_of(context, FoodSample)] == ["高翔"]


def test_a_sample_is_put_right_and_one_written_by_mistake_is_taken_out(
    qtbot: QtBot, tab: SafetyTab, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    _taken(stage, days=0, by="赵敏")
    tab.refresh()
    (key,) = [one.key for one in tab.samples.rows.values() if one.sample]
    tab.samples.table.select_id(key)
    tab.samples.focus_list()
    strike(qtbot, ENTER, "200")
    # 米饭 was not typed from the menu: its name is open too, and comes first.
    tab.samples.line.grams.setText("200")
    tab.samples.note()
    tab.samples.save()
    (kept,) = all_of(context, FoodSample)
    assert kept.grams == 200
    tab.samples.table.select_id(key)
    dialogs.answers.append("删除")
    tab.samples.remove_button.click()
    assert all_of(context, FoodSample) == []


def test_a_reviewed_sample_that_is_changed_waits_for_review_again(
    qtbot: QtBot, tab: SafetyTab, context: Context, stage: Stage
) -> None:
    _taken(stage, days=0, by="高翔")
    tab.refresh()
    tab.samples.review_button.click()
    assert not tab.samples.review_button.isEnabled()
    told: list[str] = []
    context.signals.notified.connect(told.append)
    (key,) = [one.key for one in tab.samples.rows.values() if one.sample]
    tab.samples.table.select_id(key)
    tab.samples.line.grams.setText("200")
    tab.samples.note()

    tab.samples.save()
    tab.refresh()

    assert [one.reviewed_by for one in all_of(context, FoodSample)] == [None]
    assert tab.samples.review_button.isEnabled()
    assert any("1 样请同事重新审核，保存到的时间不提前" in one for one in told)
    column = next(one for one in COLUMNS if one.key == "review")
    assert column.cell(tab.samples.rows[key]).text == "待审核"


def test_what_a_colleague_put_right_meanwhile_is_not_written_over(
    tab: SafetyTab, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    _taken(stage, days=0, by="高翔")
    tab.refresh()
    (key,) = [one.key for one in tab.samples.rows.values() if one.sample]
    tab.samples.table.select_id(key)
    tab.samples.line.grams.setText("200")
    tab.samples.note()
    other = SampleInput(name="米饭", grams=160, taken_by="高翔")
    stage.do(sample_keeping.change, key, other, version=1, now=stage.now)
    tab.refresh()
    tab.samples.save()
    assert "刚被别人改过" in dialogs.shown[-1]
    assert [one.grams for one in all_of(context, FoodSample)] == [160]
    tab.samples.table.select_id(key)
    tab.samples.remove_button.click()
    assert (tab.samples.typed, tab.samples.line.grams.text()) == ({}, "160")


def test_labels_and_the_sheet_of_the_day_are_printed_and_on_record(
    qtbot: QtBot, tab: SafetyTab, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    _taken(stage, days=0, by="高翔")
    check = CheckInput(staff_id=1, healthy=True, clean=True, temperature=365)
    stage.do(staff_checks.check, [check], on_date=stage.today, today=stage.today)
    tab.refresh()
    papers: list[str] = []

    def fill(dialog: Any) -> int:
        if isinstance(dialog, SampleLabelsDialog):
            dialog.save()
        elif isinstance(dialog, PaperPreview):
            papers.append("".join("".join(text_by_pdfium(dialog.data)).split()))
            dialog.note_taken("已送到打印机")
        return int(dialog.result())

    dialogs.on_dialog = fill
    tab.samples.labels_button.click()
    qtbot.waitUntil(lambda: len(papers) == 1, timeout=10_000)
    tab.sheet_button.click()
    qtbot.waitUntil(lambda: len(papers) == 2, timeout=10_000)
    labels, sheet = papers
    assert "米饭1121-午-01留样11月21日9时30分存到11月23日9时30分130克高翔" in labels
    for words in (
        "午餐没有留样的3道菜：红烧带鱼、清炒时蔬、米饭",
        "高翔厨师36.5℃合格",
        "这一天没有进货",
    ):
        assert words in sheet


def test_a_place_that_only_hands_out_names_who_keeps_the_samples(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    def hand_out(session: Any) -> None:
        canteen = session.get_one(Canteen, stage.canteen)
        canteen.facility, canteen.supplier = Facility.SERVERY, "金城中央厨房"

    stage.do(hand_out)
    tab = opened(qtbot, context)
    state = tab.stack.currentWidget().findChild(EmptyState)
    assert state._sentence.text() == "由供餐单位留样：金城中央厨房"
    assert not tab.new_button.isVisible()
    tab.bar.show_view(CHECKS)
    assert tab.stack.currentWidget() is tab.checks


# -- 晨检


def test_one_key_is_fit_the_other_asks_what_was_done_and_no_certificate_is_no_work(
    qtbot: QtBot, tab: SafetyTab, context: Context, dialogs: Dialogs
) -> None:
    said = warned(context)
    strike(qtbot, (Qt.Key.Key_V, ALT))
    assert tab.bar.view == CHECKS
    assert tab.checks.notice.words == "健康证已过期，不能上岗：邹立新（过期 3 天）"
    strike(qtbot, "1", "1")
    assert said[-1].startswith("邹立新的健康证过期 3 天，不能上岗")
    strike(qtbot, "2", (ENTER, CTRL))
    assert "请写明怎么处理的" in dialogs.shown[-1]
    strike(qtbot, ENTER)
    tab.checks.words.setText("停岗，去体检")
    strike(qtbot, ENTER, (ENTER, CTRL))
    found = [(one.staff_id, one.healthy, one.note) for one in all_of(context, StaffCheck)]
    assert found == [(1, True, None), (2, False, "停岗，去体检")]


def test_a_temperature_is_typed_right_into_the_list(
    qtbot: QtBot, tab: SafetyTab, context: Context
) -> None:
    tab.bar.show_view(CHECKS)
    strike(qtbot, "36.6", ENTER)
    strike(qtbot, (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier))
    assert tab.checks.rows[1].fit is True
    strike(qtbot, "37.4", ENTER)
    assert tab.checks.rows[1].fit is False
    assert tab.checks.words.hasFocus()
    tab.checks.words.setText("发热，回家休息")
    strike(qtbot, ENTER, (ENTER, CTRL))
    (check,) = all_of(context, StaffCheck)
    assert (check.temperature, check.healthy, check.note) == (374, False, "发热，回家休息")


def test_a_fever_that_was_mistyped_goes_with_its_temperature_unclean_hands_do_not(
    qtbot: QtBot, tab: SafetyTab, context: Context
) -> None:
    tab.bar.show_view(CHECKS)
    strike(qtbot, "39", ENTER)
    tab.checks.warm.setText("36.9")
    tab.checks.note()
    assert tab.checks.rows[1].fit is True
    tab.checks.table.select_id(1)
    strike(qtbot, "5")
    tab.checks.words.setText("换工作服后上岗")
    strike(qtbot, ENTER, (ENTER, CTRL))
    (check,) = all_of(context, StaffCheck)
    found = (check.temperature, check.healthy, check.clean, check.note)
    assert found == (369, True, False, "换工作服后上岗")


def test_somebody_of_the_staff_comes_gets_a_new_certificate_and_leaves(
    tab: SafetyTab, context: Context, dialogs: Dialogs
) -> None:
    tab.bar.show_view(CHECKS)

    def add(dialog: Any) -> int:
        assert isinstance(dialog, StaffDialog)
        dialog.name.setText("陶淑琴")
        dialog.until.setText("13 月")
        dialog.save()
        assert dialog._until.message == "请写成 2027-05-01。"
        dialog.until.setText("2027-05-01")
        dialog.save()
        return 1

    dialogs.on_dialog = add
    tab.new_button.click()
    assert [one.name for one in tab.checks.rows.values()] == ["高翔", "邹立新", "陶淑琴"]
    tab.checks.table.select_id(2)

    def leave(dialog: Any) -> int:
        if isinstance(dialog, StaffDialog):
            dialog.leave()
        return 1

    dialogs.on_dialog = leave
    tab.checks.edit_button.click()
    assert [one.name for one in tab.checks.rows.values()] == ["高翔", "陶淑琴"]
    assert tab.checks.notice.isHidden()
    assert all_of(context, CanteenStaff)[1].left_on == context.clock.today()


# -- 进货


def test_goods_come_one_after_the_other_from_the_supplier_who_is_remembered(
    tab: SafetyTab, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    before = ReceiptInput(supplier="海滨水产", goods="带鱼", quantity="20 斤", tickets_seen=True)
    stage.do(
        food_receipts.take_in, stage.canteen, before, on_date=stage.today - _DAY, today=stage.today
    )
    tab.bar.show_view(RECEIPTS)

    def fill(dialog: Any) -> int:
        assert isinstance(dialog, ReceiptDialog)
        assert dialog.supplier.currentText() == "海滨水产"
        dialog.goods.setText("黄花鱼")
        dialog.quantity.setText("10 斤")
        dialog.warm.setText("-18")
        dialog.save_next()
        assert (dialog.goods.text(), dialog.supplier.currentText()) == ("", "海滨水产")
        dialog.goods.setText("虾仁")
        dialog.quantity.setText("5 斤")
        return int(dialog.save())

    dialogs.on_dialog = fill
    tab.new_button.click()
    found = [(one.goods, one.temperature, one.received_by) for one in all_of(context, FoodReceipt)]
    assert found[1:] == [("黄花鱼", -180, "赵敏"), ("虾仁", None, "赵敏")]
    assert [one.goods for one in tab.receipts.lines.values()] == ["黄花鱼", "虾仁"]
    tab.receipts.remove_button.click()
    assert [one.goods for one in tab.receipts.lines.values()] == ["虾仁"]


# -- after a power cut


def test_what_was_typed_is_there_again_after_a_power_cut_until_it_is_saved(
    stage: Stage, qtbot: QtBot, tab: SafetyTab, context: Context
) -> None:
    strike(qtbot, ENTER, "140")
    tab.samples.line.at.setText("910")
    strike(qtbot, ENTER)
    tab.bar.show_view(CHECKS)
    strike(qtbot, "1")
    again = opened(qtbot, context)
    page = again.window()
    assert isinstance(page, CanteenPage)
    page.show_record(Unsaved(f"checks:{stage.canteen}:20261121"))
    assert (again.bar.view, again.checks.rows[1].fit) == (CHECKS, True)
    page.show_record(Unsaved(f"samples:{stage.canteen}:20261121:lunch"))
    (typed,) = again.samples.typed.values()
    assert (typed.name, typed.grams, f"{typed.taken_at:%H:%M}") == ("红烧带鱼", 140, "09:10")
    again.samples.save()
    again.checks.save()
    with context.database.reading() as session:
        assert drafts.waiting(session) == []
    assert [one.grams for one in all_of(context, FoodSample)] == [140]


# -- 登记簿


def test_the_registers_of_a_period_are_the_same_on_the_screen_and_on_paper(
    tab: SafetyTab, stage: Stage
) -> None:
    _taken(stage, days=2, by="高翔")
    _taken(stage, days=40, by="高翔")
    tab.bar.show_view(BOOKS)
    assert len(tab.books.lines[0]) == 1
    tab.books.period.choose(None)
    seen: list[SeenTable] = []
    table_paper.see(tab.books.table, seen.append)
    (paper,) = seen
    assert paper.title == "留样记录表"
    assert [row[:4] for row in paper.rows] == [
        ("2026-10-12", "午餐", "米饭", "130 克"),
        ("2026-11-19", "午餐", "米饭", "130 克"),
    ]
    tab.books.period.choose_days(stage.today - _DAY, stage.today)
    assert tab.books.lines[0] == {}


def test_a_wish_opens_the_day_and_who_only_reads_is_offered_nothing(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    _taken(stage, days=1, by="高翔")
    tab = opened(qtbot, seen_by(context, "小周", READER))
    tab.bar.show_view(CHECKS)
    page = tab.window()
    assert isinstance(page, CanteenPage)
    page.show_record(ShowFoodSafety(stage.today - _DAY))
    assert (tab.bar.view, tab.bar.day) == (SAMPLES, stage.today - _DAY)
    parts = (tab.new_button, tab.samples.line, tab.samples.save_button, tab.samples.destroy_button)
    assert not any(part.isVisibleTo(tab) for part in parts)
