"""结算 by keyboard alone: from a figure to the single meal and back, to the lock, out on paper."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.clock import FixedClock
from app.context import Context
from app.models import Action, Change
from app.services import canteen_changes
from app.services.canteen_changes import CanteenInput
from app.ui.canteen.claims.forms_dialog import FormsDialog
from app.ui.canteen.claims.meal_dialog import ClaimedMealDialog
from app.ui.canteen.claims.notice_dialog import NoticeDialog, PostDialog
from app.ui.canteen.claims.receive_dialog import ReceiveDialog
from app.ui.canteen.claims.step_dialogs import OtherDayDialog, PrepareDialog, SignDialog
from app.ui.canteen.claims.tab import ClaimsTab
from app.ui.canteen.page import TABS, CanteenPage
from app.ui.kit import theme
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.tokens import Mode
from app.ui.people.canteen_wish import ShowMealClaim
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.take_out_dialog import TakeOutDialog
from app.values.rights import CANTEEN, READER
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.canteen_stage import Stage
from tests.services.claim_stage import MONTH, OCTOBER, november_on
from tests.services.test_meal_claims import _gone, _submitted

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NO = Qt.KeyboardModifier.NoModifier
EIGHTY, DISTRICT = 2, 4


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 12, 2, 9, 3))


@pytest.fixture
def stage(context: Context) -> Stage:
    stage = november_on(context.database)
    context.database.act_as(context.user)
    return stage


@pytest.fixture
def page(qtbot: QtBot, context: Context, stage: Stage) -> CanteenPage:
    return opened(qtbot, context)


@pytest.fixture
def tab(page: CanteenPage) -> ClaimsTab:
    return the_tab(page)


def opened(qtbot: QtBot, context: Context) -> CanteenPage:
    page = CanteenPage(context, kinds=[kind for kind in TABS if kind.title == "结算"])
    qtbot.addWidget(page)
    context.signals.changed.connect(lambda _: page.refresh())
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    page.current.take_focus()
    return page


def the_tab(page: CanteenPage) -> ClaimsTab:
    tab = page.current
    assert isinstance(tab, ClaimsTab)
    return tab


def figures(tab: ClaimsTab) -> dict[str, list[str]]:
    return {row.name: [cell.text for cell in row.cells] for row in tab.matrix.grid.rows}


def press(
    qtbot: QtBot, tab: ClaimsTab, key: Qt.Key, by: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(tab.window().focusWidget() or tab, key, by)


def signed(qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs) -> None:
    """Both signatures by Ctrl+L and Ctrl+Enter."""

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, PrepareDialog | SignDialog)
        dialog.name.setText("赵敏" if isinstance(dialog, PrepareDialog) else "赵书记")
        dialog.confirm.click()
        return dialog.result()

    dialogs.on_dialog = answer
    press(qtbot, tab, Qt.Key.Key_L, CTRL)
    press(qtbot, tab, Qt.Key.Key_L, CTRL)
    dialogs.on_dialog = None


# -- the figures


def test_the_month_before_is_shown_with_the_sums_of_the_picture(tab: ClaimsTab) -> None:
    assert tab.top.month.currentText() == "2026年11月"
    found = figures(tab)
    assert found["合计"] == [
        *("247", "4,006", "50,232.00", "5,197.00", "4,596.00", "1,304.00", "5,178.00"),
        "33,957.00",
    ]
    assert found["80–89 岁"][DISTRICT] == "824.00"
    assert found["10 月差额"][DISTRICT] == "−4.00"
    assert tab.claim.words[1] == "区财政 含 10 月差额 −4.00 4,592.00"
    assert tab.checks.words[:2] == ["逐餐合计 = 结算表 差 0.00", "各方分担 + 本人付 = 餐费 差 0.00"]


def test_arrows_walk_to_a_figure_and_what_is_behind_it_follows(
    qtbot: QtBot, tab: ClaimsTab
) -> None:
    for key in (Qt.Key.Key_Down,) * EIGHTY + (Qt.Key.Key_Right,) * DISTRICT:
        press(qtbot, tab, key)
    assert tab.lines.name.text() == "80–89 岁 · 区财政 824.00"
    assert tab.lines.told.text() == "由 824 餐组成，每餐 1.00"
    assert len(tab.lines.table.paged_model.ids) == 824
    assert "区财政 824.00" in tab.matrix.grid.accessibleName()


def test_the_months_are_walked_by_keys(qtbot: QtBot, tab: ClaimsTab) -> None:
    november = tab.top.month.chosen_id
    press(qtbot, tab, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert tab.facts is not None
    assert (november, tab.facts.month) == (MONTH, OCTOBER)
    press(qtbot, tab, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    press(qtbot, tab, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert tab.facts.month == MONTH


def test_enter_leads_to_the_meals_to_the_meal_and_backspace_to_the_same_figure(
    qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs
) -> None:
    tab.matrix.grid.go_to(EIGHTY, DISTRICT)
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, ClaimedMealDialog)
        seen.append(f"{dialog.meal.number} {dialog.equation.text()}")
        return 0

    dialogs.on_dialog = look
    assert ("Enter", "看由哪几餐组成") in tab.legend
    press(qtbot, tab, Qt.Key.Key_Return)
    assert tab.lines.table.hasFocus()
    assert ("Enter", "打开这一餐") in tab.legend
    press(qtbot, tab, Qt.Key.Key_Down)
    press(qtbot, tab, Qt.Key.Key_Return)
    press(qtbot, tab, Qt.Key.Key_Backspace)
    assert len(seen) == 1
    assert seen[0].endswith("餐费 15.00 ＝ 本人付 12.00 ＋ 市财政 1.00 ＋ 区财政 1.00 ＋ 街道 1.00")
    assert tab.matrix.grid.hasFocus()
    assert tab.matrix.grid.place == (EIGHTY, DISTRICT)


def test_what_a_payer_is_asked_for_is_a_door_to_its_meals(
    qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs
) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, ClaimedMealDialog)
        seen.append(dialog.equation.text())
        return 0

    dialogs.on_dialog = look
    door = tab.claim.lines[1].amount
    door.setFocus()
    press(qtbot, tab, Qt.Key.Key_Return)
    assert tab.lines.name.text() == "合计 · 区财政 4,596.00"
    assert tab.lines.table.hasFocus()
    press(qtbot, tab, Qt.Key.Key_Return)
    assert "区财政" in seen[0]
    press(qtbot, tab, Qt.Key.Key_Backspace)
    assert tab.matrix.grid.hasFocus()
    qtbot.mouseClick(tab.claim.lines[2].amount, Qt.MouseButton.LeftButton)
    assert tab.lines.name.text() == "合计 · 街道 1,304.00"


def test_a_meal_that_was_taken_back_in_its_window_is_offered_no_other_remedy(
    qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs
) -> None:
    dialog = ClaimedMealDialog(tab.context, tab.lines.table.current_id())
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.own.isVisible()

    def answer(asked: QDialog) -> int:
        assert isinstance(asked, ReasonDialog)
        asked.line.setCurrentText("记错了人")
        asked.save()
        return asked.result()

    dialogs.on_dialog = answer
    dialog.take_back.click()
    assert not dialog.own.isVisible()
    assert not dialog.day.isVisible()
    assert figures(tab)["合计"][1] == "4,005"


def test_in_large_type_the_meals_take_the_place_of_the_table(
    qtbot: QtBot, qapp: Any, context: Context, stage: Stage
) -> None:
    theme.apply(qapp, Mode.LARGE)
    tab = the_tab(opened(qtbot, context))
    assert tab.lines.isHidden()
    press(qtbot, tab, Qt.Key.Key_Return)
    assert tab.matrix.isHidden()
    assert tab.lines.table.hasFocus()
    press(qtbot, tab, Qt.Key.Key_Backspace)
    assert tab.lines.isHidden()
    assert tab.matrix.grid.hasFocus()


def test_columns_that_do_not_fit_come_when_one_walks_there(
    qtbot: QtBot, qapp: Any, context: Context, stage: Stage
) -> None:
    theme.apply(qapp, Mode.LARGE)
    grid = the_tab(opened(qtbot, context)).matrix.grid
    hidden = grid.hidden_columns
    assert hidden > 0
    seen = {number for number, _, _ in grid._spans()}
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert grid.place[1] == len(grid.headings) - 1
    assert grid.place[1] in {number for number, _, _ in grid._spans()}
    assert grid.place[1] not in seen


def test_a_click_chooses_a_figure(qtbot: QtBot, tab: ClaimsTab) -> None:
    grid = tab.matrix.grid
    _, x, width = grid._spans()[DISTRICT]
    spot = grid._row_rect(EIGHTY).center()
    spot.setX(x + width // 2)
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=spot)
    assert grid.place == (EIGHTY, DISTRICT)
    assert tab.lines.name.text() == "80–89 岁 · 区财政 824.00"


def test_the_table_is_copied_for_wps_and_that_is_on_record(
    qtbot: QtBot, tab: ClaimsTab, stage: Stage
) -> None:
    press(qtbot, tab, Qt.Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:4] == ["档次与规则", "规则", "人数", "餐次"]
    assert "80–89 岁\t每餐补 3.00\t54\t824" in lines[3]
    assert stage.ask("SELECT sentence FROM operation ORDER BY id DESC LIMIT 1") == [
        ("复制 2026年11月补贴结算",)
    ]


def test_another_month_is_chosen_and_stays_after_a_change(tab: ClaimsTab, context: Context) -> None:
    tab.top.month.setCurrentText("2026年12月")
    assert tab.matrix.empty.isVisibleTo(tab)
    assert not tab.top.print_button.isEnabled()
    tab.refresh()
    assert tab.top.month.currentText() == "2026年12月"


def test_another_page_asks_for_a_month(page: CanteenPage, tab: ClaimsTab, stage: Stage) -> None:
    page.show_record(ShowMealClaim(stage.canteen, 202610))
    assert tab.facts is not None
    assert tab.facts.month == 202610


# -- checks and remedies


def test_what_is_open_is_named_with_its_remedies_and_keeps_the_step(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    _gone(stage)
    context.database.act_as(context.user)
    tab = the_tab(opened(qtbot, context))
    assert tab.checks.gone.words.text() == "李国庆 11-18 迁出，11-19 有 1 餐"
    assert ("Alt+B", "本人付") in tab.legend
    assert tab.claim.told.text() == "还有 1 笔待办，处理后可提交"
    assert not tab.claim.button.isEnabled()

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, ReasonDialog)
        dialog.line.setCurrentText("迁出后用餐")
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = answer
    with qtbot.waitSignal(tab.legend_changed):
        press(qtbot, tab, Qt.Key.Key_B, ALT)
    assert tab.checks.gone.isHidden()
    assert ("Alt+B", "本人付") not in tab.legend
    assert tab.claim.button.text() == "制表人签字"
    assert tab.claim.button.isEnabled()


def test_the_day_is_put_right_by_its_key(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    _gone(stage)
    context.database.act_as(context.user)
    tab = the_tab(opened(qtbot, context))

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, OtherDayDialog)
        assert dialog.day.value() == date(2026, 11, 18)
        dialog.confirm.click()
        return dialog.result()

    dialogs.on_dialog = answer
    press(qtbot, tab, Qt.Key.Key_G, ALT)
    assert tab.facts is not None
    assert tab.facts.checks.open == 0


# -- steps


def test_the_month_is_signed_twice_and_locked_by_one_key(
    qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs
) -> None:
    assert tab.steps.place.text() == "第 2 步，共 5 步"
    signed(qtbot, tab, dialogs)
    assert tab.claim.button.text() == "提交并锁定"
    dialogs.answers.append("提交并锁定")
    press(qtbot, tab, Qt.Key.Key_L, CTRL)
    assert "4,006 餐" in dialogs.shown[-1]
    assert "区财政 4,592.00" in dialogs.shown[-1]
    assert "不能再改" in dialogs.shown[-1]
    assert tab.facts is not None
    assert tab.facts.locked
    assert tab.matrix.chip.accessibleName() == "已锁定"
    assert tab.claim.button.text() == "登记到账"


def test_the_last_signature_goes_back(qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs) -> None:
    signed(qtbot, tab, dialogs)
    press(qtbot, tab, Qt.Key.Key_T, ALT)
    assert tab.claim.button.text() == "负责人签字"


def test_money_is_noted_payer_by_payer_until_all_have_paid(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    _submitted(stage, MONTH)
    context.database.act_as(context.user)
    tab = the_tab(opened(qtbot, context))
    asked: list[str] = []

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, ReceiveDialog)
        asked.append(f"{dialog.payer.currentText()} {dialog.amount.text()}")
        dialog.confirm.click()
        return dialog.result()

    dialogs.on_dialog = answer
    for _ in range(4):
        press(qtbot, tab, Qt.Key.Key_L, CTRL)
    assert asked == ["市财政 5,197.00", "区财政 4,592.00", "街道 1,304.00", "慈善捐赠 5,178.00"]
    assert tab.steps.place.text() == "已办完"
    assert tab.claim.button.isHidden()


# -- paper and files


def drawn(qtbot: QtBot, dialogs: Dialogs, ask: Callable[[], object]) -> str:
    """The text of the paper that is shown; it is printed."""
    seen: list[bytes] = []

    def look(dialog: QDialog) -> int:
        if isinstance(dialog, FormsDialog):
            dialog.print_forms()
        elif isinstance(dialog, PaperPreview):
            seen.append(dialog.data)
            dialog.note_taken("已送到打印机")
        return 0

    dialogs.on_dialog = look
    ask()
    qtbot.waitUntil(lambda: bool(seen))
    return text_by_pdfium(seen[0])


def printed_tables(context: Context) -> set[str]:
    with context.database.reading() as session:
        return set(
            session.scalars(select(Change.table_name).where(Change.action == Action.PRINTED))
        )


def test_the_settlement_is_printed_with_every_meal_and_its_people_are_on_record(
    qtbot: QtBot, tab: ClaimsTab, context: Context, dialogs: Dialogs
) -> None:
    text = drawn(qtbot, dialogs, lambda: press(qtbot, tab, Qt.Key.Key_F9))
    assert "50,232.00" in text
    assert "M-1130-" in text
    assert printed_tables(context) == {"resident"}


def test_each_payer_gets_a_form_of_its_own(qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs) -> None:
    text = drawn(qtbot, dialogs, lambda: press(qtbot, tab, Qt.Key.Key_F9, SHIFT))
    assert "肆仟伍佰玖拾贰元整" in text
    assert text.count("老年助餐补贴申报表") == 4


def test_the_board_gets_masked_names_and_where_it_hangs_is_noted(
    qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs
) -> None:
    signed(qtbot, tab, dialogs)
    seen: list[str] = []

    def answer(dialog: QDialog) -> int:
        if isinstance(dialog, PostDialog):
            dialog.confirm.click()
            return dialog.result()
        assert isinstance(dialog, NoticeDialog)
        seen.append(text_by_pdfium(dialog.data))
        dialog.post_it()
        return 0

    dialogs.on_dialog = answer
    press(qtbot, tab, Qt.Key.Key_R, CTRL)
    assert "张贴之日起 15 天" in seen[0]
    assert "何*" in seen[0]
    assert "何桂英" not in seen[0]
    assert tab.facts is not None
    assert tab.facts.claim is not None
    assert tab.facts.claim.posted_at == "食堂门口公示栏"
    assert tab.facts.claim.public_until == date(2026, 12, 17)


def masked(dialog: QDialog) -> int:
    """As it is offered: numbers with their ends only."""
    assert isinstance(dialog, TakeOutDialog)
    dialog.confirm()
    return dialog.result()


def test_the_workbook_has_numbers_and_what_a_payer_is_asked_for(
    qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs, tmp_path: Path
) -> None:
    file = tmp_path / "结算.xlsx"
    dialogs.files.append(file)
    assert tab.facts is not None
    dialog = FormsDialog(tab.context, tab.facts, tab)
    qtbot.addWidget(dialog)
    dialog.payer.setCurrentText("区财政")
    dialogs.on_dialog = masked
    dialog.export()
    qtbot.waitUntil(file.exists)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["结算表", "区财政", "人员汇总", "逐餐明细"]
    claimed = {row[1]: row[5] for row in book["区财政"].values if row[1]}
    assert (claimed["本月合计"], claimed["以前月份差额"]) == (4596, -4)
    assert claimed["申报金额"] == 4592
    people = list(book["人员汇总"].values)[3:]
    assert sum(row[6] for row in people) == 4592
    assert len(list(book["逐餐明细"].values)) == 3 + 4010


# -- who may what


def test_who_only_looks_has_no_button_that_changes_or_takes_out(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    tab = the_tab(opened(qtbot, seen_by(context, "李只读", READER)))
    for button in (tab.claim.button, tab.top.print_button, tab.top.forms_button):
        assert not button.isVisible()
    assert tab.lines.export_button.isHidden()
    assert figures(tab)["合计"][0] == "247"


def test_who_may_not_settle_sees_what_is_open_and_has_no_remedy_and_no_key(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    _gone(stage)
    tab = the_tab(opened(qtbot, seen_by(context, "孙丽", CANTEEN)))
    asked: list[QDialog] = []
    dialogs.on_dialog = lambda dialog: asked.append(dialog) or 0
    press(qtbot, tab, Qt.Key.Key_B, ALT)
    press(qtbot, tab, Qt.Key.Key_G, ALT)
    assert tab.checks.gone.words.isVisible()
    assert not tab.checks.gone.own.isVisible()
    assert ("Alt+B", "本人付") not in tab.legend
    assert asked == []


def test_who_may_not_see_the_status_opens_no_meal_of_that_tier(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    tab = the_tab(opened(qtbot, seen_by(context, "孙丽", CANTEEN)))
    names = [row.name for row in tab.matrix.grid.rows]
    assert "重度残疾" not in names
    tab.matrix.grid.go_to(names.index("按身份享受"), 3)
    warned: list[str] = []
    context.signals.warned.connect(warned.append)
    press(qtbot, tab, Qt.Key.Key_Return)
    press(qtbot, tab, Qt.Key.Key_Return)
    assert "敏感" in warned[0]


def test_another_canteen_without_meals_shows_no_lines_of_the_first(
    tab: ClaimsTab, context: Context
) -> None:
    assert len(tab.lines.table.paged_model.ids) > 0
    with context.database.transaction("第二个食堂") as session:
        other = canteen_changes.add(session, CanteenInput(name="望海食堂"))
    tab.place.refresh()

    tab.place.choose_canteen(other)

    assert tab.matrix.grid.current is None
    assert list(tab.lines.table.paged_model.ids) == []
    assert tab.lines.name.text() == ""
    assert tab.lines.isHidden()
    assert [words for _, words in tab.legend] == ["换月"]
    tab.take_focus()
    assert tab.top.month.hasFocus()


def test_the_history_of_a_claim_names_its_month_in_words(
    qtbot: QtBot, tab: ClaimsTab, dialogs: Dialogs
) -> None:
    signed(qtbot, tab, dialogs)

    record = tab.steps._record()

    assert record is not None
    assert record.name == "2026年11月 补贴结算"
