"""账户 with the keyboard of a clerk: opening, paying in and back, receipts, vouchers, months."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import AccountKind, AccountState, PayWay, Tender
from app.services import meal_accounts, meal_months, meal_vouchers
from app.services.meal_account_views import AccountView
from app.ui.canteen.accounts.account_dialog import AccountDialog
from app.ui.canteen.accounts.issue_dialog import IssueDialog
from app.ui.canteen.accounts.limit_dialog import LimitDialog
from app.ui.canteen.accounts.money_dialog import MoneyDialog
from app.ui.canteen.accounts.months_dialog import MonthsDialog
from app.ui.canteen.accounts.open_dialog import OpenDialog
from app.ui.canteen.accounts.tab import AccountsTab
from app.ui.canteen.accounts.takings_dialog import TakingsDialog
from app.ui.canteen.accounts.vouchers_dialog import VouchersDialog
from app.ui.kit.dialogs import Message, Question
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.people.canteen_wish import ShowMeal, ShowMealAccount, ShowMealEntry
from app.ui.people.paper_preview import PaperPreview
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.canteen_stage import Stage, stage_on

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(context: Context) -> Stage:
    return stage_on(context.database)


@pytest.fixture
def open_tab(context: Context, qtbot: QtBot) -> Callable[..., AccountsTab]:
    """The tab as it is seen by somebody of this role."""

    def make(role: str = "书记") -> AccountsTab:
        context.database.act_as(actor("王书记", role))
        tab = AccountsTab(context)
        qtbot.addWidget(tab)
        tab.resize(1180, 640)
        tab.refresh()
        tab.show()
        tab.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is tab)
        tab.take_focus()
        context.signals.changed.connect(lambda _: tab.refresh())
        return tab

    return make


def press(qtbot: QtBot, tab: AccountsTab, key: Qt.Key, held: Any = None) -> None:
    qtbot.keyClick(tab.list.table, key, held or Qt.KeyboardModifier.NoModifier)


class Desk:
    """Who answers every window that opens; previews are kept and closed."""

    def __init__(self, dialogs: Dialogs) -> None:
        self.answers: list[Callable[[Any], object]] = []
        self.seen: list[QDialog] = []
        self.papers: list[str] = []
        self._dialogs = dialogs
        dialogs.on_dialog = self.answer

    def answer(self, dialog: QDialog) -> int:
        if isinstance(dialog, PaperPreview):
            self.papers.append(text_by_pdfium(dialog.data))
            dialog.note_taken("已送到打印机")
            return 0
        if isinstance(dialog, Message):
            self._dialogs.shown.append(dialog.words)
            return 1
        if isinstance(dialog, Question):
            return self._dialogs.question(dialog)
        self.seen.append(dialog)
        if self.answers:
            self.answers.pop(0)(dialog)
        return dialog.result()


@pytest.fixture
def desk(dialogs: Dialogs) -> Desk:
    return Desk(dialogs)


def paid(amount: str, **more: Any) -> Callable[[Any], None]:
    """A window for money, filled and confirmed."""

    def fill(dialog: Any) -> None:
        assert isinstance(dialog, MoneyDialog)
        dialog.amount.setText(amount)
        dialog.words.setCurrentText(more.get("words", ""))
        dialog.tender.show_value(more.get("tender", Tender.CASH))
        dialog.prints.show_on(more.get("prints", False))
        dialog.save()

    return fill


def because(reason: str) -> Callable[[Any], None]:
    def fill(dialog: Any) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog.line.setCurrentText(reason)
        dialog.save()

    return fill


def test_the_card_of_an_account_is_put_away_when_nobody_is_there(
    stage: Stage, open_tab: Callable[..., AccountsTab]
) -> None:
    stage.account("chen", fen=50_00)
    tab = open_tab()
    assert tab.card.line is not None
    tab.rest()
    assert tab.card.line is None


def test_an_account_is_opened_and_paid_into_by_keyboard_alone(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, qtbot: QtBot
) -> None:
    tab = open_tab()

    def opened(dialog: OpenDialog) -> None:
        dialog.picker.search.setText("cgf")
        qtbot.keyClick(dialog.picker.search, Qt.Key.Key_Return)

    desk.answers = [opened, paid("100", tender=Tender.WECHAT, prints=True)]
    press(qtbot, tab, Qt.Key.Key_N, CTRL)
    assert tab.card.name.text() == "陈桂芳"
    press(qtbot, tab, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: bool(desk.papers))
    assert tab.card.balance.text() == "100.00 元"
    for words in ("存款收据", "SK-20261121-001", "微信", "壹佰元整", "陈桂芳"):
        assert words in desk.papers[0]
    printed = "SELECT sentence FROM operation ORDER BY id DESC LIMIT 1"
    assert stage.ask(printed) == [("打印 餐费收据 SK-20261121-001 陈桂芳",)]


def test_the_window_says_what_will_be_left_before_anything_is_booked(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, qtbot: QtBot
) -> None:
    card = stage.account("chen", fen=20_00)
    tab = open_tab()

    def look(dialog: MoneyDialog) -> None:
        assert (dialog.amount.text(), dialog.after.text()) == ("20.00", "退款后 0.00 元")
        dialog.amount.setText("20.01")
        assert dialog.after.text() == "超过了现有的钱"
        dialog.amount.setText("5")
        dialog.words.setCurrentText("多存了")
        dialog.prints.show_on(False)
        dialog.save()

    desk.answers = [look]
    press(qtbot, tab, Qt.Key.Key_T, ALT)
    assert stage.balance(card) == 15_00
    assert not desk.papers


def test_what_cannot_be_read_is_said_and_everything_typed_stays(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    card = stage.account("chen")
    tab = open_tab()
    desk.answers = [paid("一百", words="家属代存")]
    press(qtbot, tab, Qt.Key.Key_S, ALT)
    (window,) = desk.seen
    assert isinstance(window, MoneyDialog)
    assert "看不懂" in dialogs.shown[-1]
    assert (window.amount.text(), window.words.currentText()) == ("一百", "家属代存")
    assert stage.balance(card) == 0


def test_a_bill_is_received_as_a_whole_and_its_limit_is_its_own(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, qtbot: QtBot
) -> None:
    bill = stage.account("wang", AccountKind.BILL)
    stage.log("wang", pay_way=PayWay.BILL)
    tab = open_tab()
    assert (tab.card.balance.text(), tab.card.pay_in.text()) == ("欠 10.00 元", "收月结款")

    def limited(dialog: LimitDialog) -> None:
        dialog.limit.setText("60")
        dialog.save()

    desk.answers = [limited, paid("10.00")]
    tab.do("limit")
    assert stage.look(meal_accounts.account, bill).limit == 60_00
    press(qtbot, tab, Qt.Key.Key_S, ALT)
    assert stage.balance(bill) == 0
    assert tab.card.said.text() == "现在不欠款，最多可欠 60.00 元"
    assert tab.card.pay_in.isHidden()


def test_whoever_has_a_card_is_given_a_bill_beside_it(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk
) -> None:
    stage.account("chen", fen=12_50)
    tab = open_tab()
    desk.answers = [lambda dialog: dialog.save()]
    tab.do("open_other")
    assert tab.card.kind.accessibleName() == "月结"
    assert tab.card.name.text() == "陈桂芳"


def test_who_has_too_little_is_found_by_one_word(
    stage: Stage, open_tab: Callable[..., AccountsTab]
) -> None:
    low = stage.account("chen", fen=12_50)
    stage.account("wang", fen=100_00)
    tab = open_tab()
    tab.list.bar.buttons[AccountView.LOW].click()
    assert list(tab.list.model.lines) == [low]
    assert tab.card.state.accessibleName() == "余额不足"
    assert tab.list.totals.words == "餐卡共存 112.50 元"
    tab.search.setText("没有这人")
    tab.search.paused.emit("没有这人")
    assert list(tab.list.model.lines) == []
    tab.show_record(ShowMealAccount(low))
    assert tab.card.name.text() == "陈桂芳"


def test_a_lost_card_is_frozen_with_its_reason(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, qtbot: QtBot
) -> None:
    card = stage.account("chen", fen=12_50)
    tab = open_tab()
    desk.answers = [because("餐卡丢了")]
    press(qtbot, tab, Qt.Key.Key_D, ALT)
    assert tab.card.said.text() == "冻结：餐卡丢了"
    press(qtbot, tab, Qt.Key.Key_D, ALT)
    assert stage.look(meal_accounts.account, card).state is AccountState.OPEN


def test_an_account_with_money_is_not_closed(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, dialogs: Dialogs
) -> None:
    card = stage.account("chen", fen=12_50)
    tab = open_tab()
    tab.do("close")
    assert "请先退款" in dialogs.shown[-1]
    assert stage.look(meal_accounts.account, card).state is AccountState.OPEN


def test_enter_shows_all_lines_and_a_wrong_deposit_is_met_there(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, qtbot: QtBot
) -> None:
    card = stage.account("chen", fen=12_50)
    tab = open_tab()

    def reversed_(dialog: AccountDialog) -> None:
        assert dialog.wrong.isEnabled()
        dialog.wrong.click()
        assert [one.amount for one in dialog._fetch(dialog.model.lines)] == [-12_50, 12_50]
        assert not dialog.wrong.isEnabled()
        dialog.statement.click()
        qtbot.waitUntil(lambda: bool(desk.papers))

    desk.answers = [reversed_, because("金额收错了")]
    press(qtbot, tab, Qt.Key.Key_Return)
    assert stage.balance(card) == 0
    for words in ("餐费对账单", "陈桂芳", "冲正 SK-20261121-001：金额收错了", "12.50"):
        assert words in desk.papers[0]


def test_from_a_line_of_the_account_to_the_meal_that_it_paid(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, context: Context, qtbot: QtBot
) -> None:
    stage.account("chen", fen=12_50)
    told = stage.log("chen", pay_way=PayWay.CARD)
    tab = open_tab()
    asked: list[object] = []
    context.signals.page_requested.connect(lambda _, wish: asked.append(wish))
    desk.answers = [lambda dialog: dialog.open_line()]
    press(qtbot, tab, Qt.Key.Key_Return)
    assert asked == [ShowMeal(told.meal_id)]


def test_a_line_that_another_page_asks_for_is_shown_among_those_of_its_account(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, dialogs: Dialogs
) -> None:
    stage.account("wang", fen=80_00)
    stage.account("chen", fen=12_50)
    stage.log("chen", pay_way=PayWay.CARD)
    ((paid_in,),) = stage.ask("SELECT id FROM meal_entry WHERE amount = 1250")
    tab = open_tab()
    tab.show_record(ShowMealEntry(paid_in))
    (dialog,) = desk.seen
    assert isinstance(dialog, AccountDialog)
    assert (dialog.line.name, dialog.table.current_id()) == ("陈桂芳", paid_in)
    assert dialog.wrong.isEnabled()
    tab.show_record(ShowMealEntry(paid_in + 99))
    assert len(desk.seen) == 1


def test_vouchers_are_given_to_several_printed_and_made_void(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    tab = open_tab()

    def given(dialog: IssueDialog) -> None:
        for who in ("chen", "wang"):
            dialog.add_person(stage.people[who])
        dialog.value.setText("5")
        dialog.reason.setCurrentText("重阳节慰问")
        dialog.until.setText("2026-12-31")
        dialog.save()

    def managed(dialog: VouchersDialog) -> None:
        desk.answers = [given]
        dialog.new.click()
        qtbot.waitUntil(lambda: bool(desk.papers))
        assert len(dialog.model.lines) == 2
        dialogs.answers.append("作废")
        dialog.void.click()

    desk.answers = [managed]
    press(qtbot, tab, Qt.Key.Key_Q, ALT)
    for words in ("餐券", "5.00", "陈桂芳", "王秀兰", "有效期到", "重阳节慰问"):
        assert words in desk.papers[0]
    ids = stage.look(meal_vouchers.voucher_ids, meal_vouchers.VOID, "", today=stage.today)
    assert len(ids) == 1


def test_a_month_is_closed_after_its_proof_and_bills_are_printed(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    october = stage.at(date(2026, 10, 20))
    october.account("wang", AccountKind.BILL)
    october.log("wang", pay_way=PayWay.BILL)
    tab = open_tab()
    assert tab.proof.words("opening") == "上月结余 −10.00"

    def closed(dialog: MonthsDialog) -> None:
        assert dialog.close_button.isEnabled()
        dialog.bills.click()
        qtbot.waitUntil(lambda: bool(desk.papers))
        dialogs.answers.append("月结锁账")
        dialog.close_button.click()
        qtbot.waitUntil(lambda: len(dialog.model.lines) == 1)

    desk.answers = [closed]
    press(qtbot, tab, Qt.Key.Key_Y, ALT)
    for words in ("餐费月结单", "王秀兰", "欠 10.00 元", "壹拾元整", "M-1020-001"):
        assert words in desk.papers[0]
    (month,) = stage.look(meal_months.closed_months)
    assert (month.month, month.eaten, month.closing) == (202610, 10_00, -10_00)


def test_at_the_end_of_the_day_the_till_is_handed_over(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, qtbot: QtBot
) -> None:
    stage.account("chen", fen=12_50)
    stage.log("wang")
    tab = open_tab()

    def handed(dialog: TakingsDialog) -> None:
        assert dialog.cash.text() == "现金应交 22.50 元"
        dialog.day.setText("2026-11-20")
        assert dialog.cash.text() == "现金应交 0.00 元"
        dialog.day.setText("今天")
        dialog.print_out()
        qtbot.waitUntil(lambda: bool(desk.papers))

    desk.answers = [handed]
    press(qtbot, tab, Qt.Key.Key_R, ALT)
    for words in ("食堂收款日报", "用餐收现金", "存款", "22.50", "贰拾贰元伍角整", "交款人"):
        assert words in desk.papers[0]


def test_who_may_only_look_is_offered_nothing_to_do(
    stage: Stage, open_tab: Callable[..., AccountsTab], desk: Desk, qtbot: QtBot
) -> None:
    stage.account("chen", fen=12_50)
    tab = open_tab("只读")
    assert tab.new_button.isHidden()
    assert tab.card.pay_in.isHidden()
    press(qtbot, tab, Qt.Key.Key_S, ALT)
    press(qtbot, tab, Qt.Key.Key_N, CTRL)
    assert desk.seen == []


def test_who_sees_some_grids_only_counts_no_till(
    stage: Stage, context: Context, qtbot: QtBot, desk: Desk
) -> None:
    stage.account("chen", fen=12_50)
    context.database.act_as(replace(actor("李娜", "社工"), grids=frozenset({1})))
    tab = AccountsTab(context)
    qtbot.addWidget(tab)
    tab.show()

    with qtbot.waitActive(tab):
        tab.activateWindow()
    press(qtbot, tab, Qt.Key.Key_R, ALT)
    tab.open_menu()

    (menu,) = tab.more.findChildren(QMenu)
    assert not any(action.text().startswith("收款日报") for action in menu.actions())
    assert desk.seen == []
