"""柜台 of 食堂: a meal by keys and scanner alone, and everything that can go wrong at it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.context import Context
from app.models import AccountKind, Guest, MealPeriod, PayWay
from app.services import canteen_changes, meal_sheets, points_cards
from app.services.canteen_changes import CanteenInput
from app.services.meal_sheets import Ate
from app.services.settings import POINTS_PER_YUAN
from app.ui.canteen.accounts.money_dialog import MoneyDialog
from app.ui.canteen.counter import printing
from app.ui.canteen.counter.dish_dialogs import ExtrasDialog, SoldOutDialog
from app.ui.canteen.counter.field import PAUSE
from app.ui.canteen.counter.meal_dialog import MealDialog
from app.ui.canteen.counter.side_panel import SidePanel
from app.ui.canteen.counter.tab import CounterTab
from app.ui.canteen.counter.type_dialog import PickDialog, TypeMealsDialog
from app.ui.canteen.page import TABS, CanteenPage
from app.ui.canteen.place import Place, place_of
from app.ui.kit import theme
from app.ui.kit.labels import Label
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.people.canteen_wish import LogMeal, ShowBoard, ShowMeal
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Actor, Right
from tests.clocks import HandClock
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.canteen_stage import Stage, stage_on

NO = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space


class Clerk:
    """Somebody at the counter with a keyboard and a scanner; `strokes` counts the keys."""

    def __init__(self, stage: Stage, page: CanteenPage) -> None:
        self.stage, self.page = stage, page
        found = page.open("柜台")
        assert isinstance(found, CounterTab)
        self.tab, self.serving = found, found.serving
        self.field, self.card = found.eater.field, found.eater
        self.strokes = 0

    def type(self, text: str) -> None:
        """Letters, each as slow as a hand types, and the pause in which somebody is looked for."""
        for letter in text:
            self.key(letter)
        if self.field.text():
            self.field._pause.timeout.emit()
        self.field.act()

    def key(self, letter: str) -> None:
        """One key of a hand, wherever the focus is."""
        self.field._last_key = 0.0
        QTest.keyClicks(self.field, letter)
        self.field._last_key = 0.0
        self.strokes += 1

    def press(self, key: Qt.Key, by: Qt.KeyboardModifier = NO) -> None:
        """A key, a moment after the last."""
        self.field._entered = self.field._last_key = 0.0
        target = QApplication.focusWidget()
        QTest.keyClick(target if target is not None else self.tab, key, by)
        QApplication.processEvents()
        self.strokes += 1

    def hold(self, key: Qt.Key) -> None:
        """What the keyboard sends while a finger rests on a key."""
        self.field._entered = self.field._last_key = 0.0
        again = QKeyEvent(QEvent.Type.KeyPress, key, NO, "\r", True)
        QApplication.sendEvent(self.field, again)
        QApplication.processEvents()

    def scan(self, code: str) -> None:
        """All letters at once, and Enter behind them."""
        QTest.keyClicks(self.field, code)
        QTest.keyClick(self.field, ENTER)
        QApplication.processEvents()

    def eats(self, typed: str) -> None:
        self.type(typed)
        self.press(ENTER)

    @property
    def who(self) -> str:
        return self.serving.person.name if self.serving.person is not None else ""

    @property
    def book(self) -> list[tuple[Any, ...]]:
        """Name, words, paid, how, of every line in the book."""
        return self.stage.ask(
            "SELECT coalesce(r.name, m.guest), m.words, m.paid, m.pay_way FROM meal m"
            " LEFT JOIN resident r ON r.id = m.resident_id ORDER BY m.id"
        )

    @property
    def told(self) -> str:
        return self.card.idle.notice.words

    @property
    def reason(self) -> str:
        return self.card.reason.words

    @property
    def listed(self) -> list[tuple[str, bool]]:
        model = self.tab.recent.model
        rows = [model.row(number) for number in range(len(model.ids))]
        return [(row.name, row.taken_back) for row in rows]


@pytest.fixture
def stage(context: Context) -> Stage:
    return stage_on(context.database)


@pytest.fixture
def clerk(qtbot: QtBot, context: Context, stage: Stage) -> Clerk:
    page = CanteenPage(context, kinds=[kind for kind in TABS if kind.title == "柜台"])
    qtbot.addWidget(page)
    context.signals.changed.connect(lambda _: page.refresh())
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    made = Clerk(stage, page)
    made.field.setFocus()
    return made


def with_reason(words: str) -> Callable[[QDialog], int]:
    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, ReasonDialog)
        dialog.line.setCurrentText(words)
        dialog.save()
        return dialog.result()

    return answer


def test_the_usual_meal_takes_three_keys_and_the_field_is_ready(clerk: Clerk) -> None:
    clerk.eats("cg")

    assert clerk.strokes == 3
    assert clerk.book == [("陈桂芳", "A 餐", 300, "cash")]
    assert clerk.field.hasFocus()
    assert (clerk.field.text(), clerk.who) == ("", "")
    assert clerk.told == "已记 M-1121-001 陈桂芳：A 餐，现金付 3.00 元。"
    assert clerk.listed == [("陈桂芳", False)]


def test_the_reason_and_who_bears_what_are_read_before_anything_is_booked(clerk: Clerk) -> None:
    clerk.type("cgf")

    assert clerk.reason.startswith("低保对象每餐补 9.00 元")
    assert [(part.sign, part.words, part.figure) for part in clerk.card.equation.parts] == [
        ("", "餐费", "12.00"),
        ("−", "市财政", "4.00"),
        ("−", "区财政", "4.00"),
        ("−", "街道", "1.00"),
        ("＝", "本人付", "3.00 元"),
    ]
    assert clerk.book == []


def test_enter_logs_nobody_who_was_not_shown_before(clerk: Clerk) -> None:
    for letter in "cgf":
        clerk.key(letter)
    clerk.press(ENTER)

    assert (clerk.who, clerk.book) == ("陈桂芳", [])

    clerk.press(ENTER)

    assert len(clerk.book) == 1


def test_a_finger_that_rests_on_enter_logs_nobody(clerk: Clerk) -> None:
    for letter in "cgf":
        clerk.key(letter)
    clerk.press(ENTER)
    clerk.hold(ENTER)

    assert (clerk.who, clerk.book) == ("陈桂芳", [])

    clerk.press(ESC)
    clerk.tab.open(clerk.stage.people["chen"])
    clerk.hold(ENTER)

    assert (clerk.who, clerk.book) == ("陈桂芳", [])


def test_a_card_and_enter_are_enough_and_the_scanners_own_enter_logs_nothing(
    clerk: Clerk, stage: Stage
) -> None:
    points = stage.points("wang", 10)
    card = stage.do(points_cards.issue_card, points, stage.today)

    clerk.scan(card)
    QTest.keyClick(clerk.field, ENTER)
    assert (clerk.who, clerk.book) == ("王秀兰", [])

    clerk.press(ENTER)
    assert [line[0] for line in clerk.book] == ["王秀兰"]


def test_a_scan_over_somebody_who_stands_there_is_no_row_of_commands(
    clerk: Clerk, stage: Stage
) -> None:
    points = stage.points("wang", 10)
    card = stage.do(points_cards.issue_card, points, stage.today)
    clerk.tab.open(stage.people["chen"])

    clerk.scan(card)

    assert clerk.who == "陈桂芳"
    assert clerk.serving.extras == ()


def test_whoever_is_not_logged_yet_stays_and_who_is_scanned_meanwhile_follows(
    clerk: Clerk, stage: Stage
) -> None:
    cards = _cards(stage, "chen", "wang", "li")
    clerk.scan(cards["chen"])
    # Too early: a finger that trembles, or the scanner's own.
    QTest.keyClick(clerk.field, ENTER)

    clerk.scan(cards["wang"])
    assert clerk.who == "陈桂芳"
    assert clerk.reason == "陈桂芳 还没有记：Enter 记上，Esc 不记；然后是王秀兰。"
    clerk.scan(cards["li"])
    clerk.scan(cards["wang"])
    assert clerk.reason.endswith("然后是王秀兰、李建国。")

    clerk.press(ENTER)
    assert (clerk.who, [line[0] for line in clerk.book]) == ("王秀兰", ["陈桂芳"])
    # Nobody is logged by the Enter that brought him in.
    QTest.keyClick(clerk.field, ENTER)
    assert len(clerk.book) == 1
    clerk.press(ESC)
    assert clerk.who == "李建国"
    clerk.press(ENTER)
    assert [line[0] for line in clerk.book] == ["陈桂芳", "李建国"]
    assert clerk.who == ""


def test_a_card_behind_letters_loses_nobody_either(clerk: Clerk, stage: Stage) -> None:
    cards = _cards(stage, "wang")
    clerk.type("cgf")

    clerk.scan(cards["wang"])

    assert (clerk.who, clerk.field.text()) == ("陈桂芳", "")
    assert "陈桂芳 还没有记" in clerk.reason


def test_the_same_card_again_changes_nothing_of_what_was_chosen(clerk: Clerk, stage: Stage) -> None:
    cards = _cards(stage, "wang")
    clerk.scan(cards["wang"])
    clerk.type("b+")

    clerk.scan(cards["wang"])
    clerk.press(ENTER)

    assert clerk.book == [("王秀兰", "B 餐", 2800, "cash")]


def test_who_gets_no_meal_now_makes_room_at_once(clerk: Clerk, stage: Stage) -> None:
    cards = _cards(stage, "chen", "wang")
    stage.log("chen")
    clerk.scan(cards["chen"])
    assert "已经记过" in clerk.reason

    clerk.scan(cards["wang"])

    assert clerk.who == "王秀兰"


def _cards(stage: Stage, *people: str) -> dict[str, str]:
    """Codes by person."""
    return {
        who: stage.do(points_cards.issue_card, stage.points(who, 10), stage.today) for who in people
    }


def test_a_digit_chooses_among_several_and_logs_nothing(clerk: Clerk) -> None:
    clerk.type("l")
    shown = [hit.name for hit in clerk.card.hits.shown]
    assert len(shown) > 2

    clerk.type("2")

    assert (clerk.who, clerk.serving.fixed, clerk.book) == (shown[1], True, [])


def test_of_several_the_only_one_who_eats_here_is_meant(clerk: Clerk, stage: Stage) -> None:
    clerk.type("l")
    assert clerk.who == ""
    clerk.press(ESC)
    stage.log("li", on_date=stage.today.replace(day=20))

    clerk.type("l")

    assert clerk.who == "李建国"
    clerk.press(Qt.Key.Key_Down)
    assert clerk.who == ""
    assert len(clerk.card.hits.shown) > 1


def test_letters_and_digits_are_about_the_meal_once_somebody_stands_there(
    clerk: Clerk, stage: Stage
) -> None:
    stage.account("wang", AccountKind.BILL)
    clerk.type("wxl")
    clerk.press(SPACE)
    clerk.type("b3+")

    assert clerk.serving.chosen is not None
    assert (clerk.serving.chosen.letter, clerk.serving.pay_way) == ("B", PayWay.BILL)
    clerk.press(ENTER)
    assert clerk.book == [("王秀兰", "B 餐", 2800, "bill")]


def test_any_other_letter_begins_a_new_search(clerk: Clerk, stage: Stage) -> None:
    stage.log("chen")
    clerk.tab.open(stage.people["chen"])

    clerk.type("wxl")

    assert clerk.who == "王秀兰"


def test_letters_do_not_replace_whoever_is_not_logged_yet(clerk: Clerk, stage: Stage) -> None:
    clerk.tab.open(stage.people["chen"])

    clerk.type("wxl")
    assert (clerk.who, clerk.field.text()) == ("陈桂芳", "")
    assert clerk.reason == "陈桂芳 还没有记：Enter 记上，Esc 不记；然后是下一位。"

    clerk.press(ESC)
    clerk.type("wxl")
    assert clerk.who == "王秀兰"


def test_set_and_payment_are_those_of_the_last_time(clerk: Clerk, stage: Stage) -> None:
    stage.account("zhou", AccountKind.BILL)
    before = stage.today.replace(day=20)
    stage.log("zhou", on_date=before, set_meal_id=stage.sets["B"], pay_way=PayWay.BILL)

    clerk.eats("zdf")

    assert clerk.book[1] == ("周德福", "B 餐", 1300, "bill")


def test_a_second_meal_is_blocked_until_a_reason_is_given(
    clerk: Clerk, stage: Stage, dialogs: Dialogs
) -> None:
    stage.log("wang")
    clerk.eats("wxl")
    assert len(clerk.book) == 1
    assert "M-1121-001" in clerk.reason
    assert clerk.tab.legend[0] == ("Alt+P", "破例")

    dialogs.on_dialog = with_reason("帮家人带一份")
    clerk.press(Qt.Key.Key_P, ALT)
    clerk.type("b")
    clerk.press(ENTER)

    assert clerk.book[1] == ("王秀兰", "B 餐", 1500, "cash")
    assert stage.ask("SELECT exception FROM meal ORDER BY id DESC LIMIT 1") == [("帮家人带一份",)]


def test_what_cannot_be_over_in_time_says_how_many_will_have_come(
    clerk: Clerk, stage: Stage
) -> None:
    for who in ("chen", "wang", "li"):
        stage.log(who)
    clerk.tab.refresh()
    card, hours = clerk.tab.side.turnout, clerk.tab.place.hours
    assert hours is not None
    now = stage.now.hour * 60 + stage.now.minute
    assert card.rest.text() == f"到 12:30 约 {3 + 3 * (hours.closes - now) // 10} 人"

    for number in range(9):
        stage.log(guest=Guest.VISITOR, quantity=4, request_key=f"{number}")
    clerk.tab.refresh()
    assert card.rest.text() == f"还要约 {-(-(hours.expected - 39) * 10 // 39)} 分钟"


def test_who_moved_away_gets_no_meal(clerk: Clerk, stage: Stage) -> None:
    clerk.tab.open(stage.people["gone"])
    clerk.press(ENTER)

    assert "迁出" in clerk.reason
    assert clerk.book == []


def test_who_has_no_right_to_a_subsidy_reads_why(clerk: Clerk) -> None:
    clerk.type("zl")

    assert clerk.card.reason.objectName() == "soft"
    assert "58 岁" in clerk.reason
    assert [part.figure for part in clerk.card.equation.parts] == ["12.00", "12.00 元"]


def test_a_card_with_too_little_logs_nothing_until_it_is_paid_otherwise(
    clerk: Clerk, stage: Stage
) -> None:
    stage.account("wang", fen=4_00)
    clerk.eats("wxl")
    assert clerk.book == []
    assert "卡户差 6.00 元" in clerk.reason

    clerk.press(SPACE)
    clerk.type("2")
    clerk.press(ENTER)

    assert clerk.book == [("王秀兰", "A 餐", 1000, "cash")]


def test_the_card_pays_and_what_remains_is_said(clerk: Clerk, stage: Stage) -> None:
    account = stage.account("chen", fen=63_50)
    clerk.type("cgf")
    assert clerk.card.purse.text() == "63.50 → 60.50"

    clerk.press(ENTER)

    assert clerk.told.endswith("余 60.50 元。")
    assert stage.balance(account) == 60_50


def test_a_voucher_is_scanned_behind_the_person(clerk: Clerk, stage: Stage) -> None:
    code = stage.voucher(None, 5_00)
    clerk.scan(code)
    assert "先刷卡或找人" in clerk.told

    clerk.type("wxl")
    clerk.scan(code)
    clerk.press(ENTER)

    assert clerk.book == [("王秀兰", "A 餐", 1000, "voucher")]
    assert "另收现金 5.00 元" in clerk.told


def test_a_voucher_in_the_persons_own_name_needs_no_scan(clerk: Clerk, stage: Stage) -> None:
    code = stage.voucher("wang", 12_00)
    clerk.tab.open(stage.people["wang"])

    clerk.type("4")

    assert clerk.serving.voucher == code


def test_ctrl_z_takes_the_last_meal_back_and_the_line_stays(
    clerk: Clerk, stage: Stage, dialogs: Dialogs
) -> None:
    account = stage.account("chen", fen=10_00)
    clerk.eats("cgf")
    dialogs.on_dialog = with_reason("重复")

    assert clerk.tab.undo()

    assert clerk.listed == [("陈桂芳", True)]
    assert stage.balance(account) == 10_00
    assert clerk.tab.recent.model.row(0).tier == "重复，已撤销"
    assert not clerk.tab.undo_words


def test_the_last_meal_of_this_clerk_is_known_after_a_new_start(clerk: Clerk, stage: Stage) -> None:
    me = Actor(clerk.tab.context.user.name)
    stage.log("chen", by=me)
    stage.log("wang", by=Actor("别的窗口"))
    stage.database.act_as(me)

    clerk.tab.refresh()

    assert clerk.tab.undo_words == "用餐 M-1121-001"


def test_a_card_with_too_little_is_filled_where_one_stands(
    clerk: Clerk, stage: Stage, dialogs: Dialogs
) -> None:
    card = stage.account("wang", fen=4_00)
    clerk.type("wxl")
    assert ("Alt+S", "存款") in clerk.tab.legend

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, MoneyDialog)
        dialog.amount.setText("100")
        dialog.prints.show_on(False)
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = fill
    clerk.press(Qt.Key.Key_S, ALT)
    clerk.press(ENTER)

    assert clerk.book == [("王秀兰", "A 餐", 1000, "card")]
    assert stage.balance(card) == 94_00


def test_a_frozen_card_pays_nothing(clerk: Clerk, stage: Stage) -> None:
    account = stage.account("wang", fen=50_00)
    freeze = f"UPDATE meal_account SET state = 'frozen' WHERE id = {account}"
    stage.do(lambda s: s.execute(text(freeze)))
    clerk.tab.open(stage.people["wang"])

    clerk.type("1")

    assert clerk.reason == "王秀兰的卡户已经冻结，请换一种付款方式。"
    assert clerk.serving.pay_way is PayWay.CASH


def test_a_card_that_runs_low_is_told_while_somebody_stands_there(
    clerk: Clerk, stage: Stage
) -> None:
    stage.account("chen", fen=22_00)
    stage.account("wang", fen=50_00)

    clerk.tab.open(stage.people["wang"])
    assert clerk.card.purse_words.text() == "卡户余额"
    clerk.press(ESC)
    clerk.tab.open(stage.people["chen"])
    assert clerk.card.purse_words.text() == "卡户余额，该存款了"


def test_f7_takes_who_stands_there_along(clerk: Clerk, stage: Stage) -> None:
    clerk.tab.open(stage.people["chen"])

    assert clerk.page.person_at_hand == stage.people["chen"]


def test_f9_prints_the_sheet_of_this_meal_with_who_usually_comes(
    clerk: Clerk, stage: Stage, dialogs: Dialogs, qtbot: QtBot
) -> None:
    for days in (2, 9):
        stage.log("wang", on_date=stage.today.replace(day=21 - days))
    words: list[str] = []

    def read(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        words.append("".join(text_by_pdfium(dialog.data)))
        dialog.note_taken("已打印")
        return 0

    dialogs.on_dialog = read
    sitting = clerk.serving.sitting
    assert sitting is not None
    printing.print_sheet(clerk.tab.context, clerk.tab, sitting)
    qtbot.waitUntil(lambda: bool(words), timeout=10_000)

    assert "王秀兰" in words[0]
    assert "第 1 号" in words[0]
    printed = "SELECT count(*) FROM change WHERE action = 'printed' AND table_name = 'resident'"
    assert stage.ask(printed) == [(1,)]


def test_f9_offers_the_registers_and_todays_holds_what_was_logged(
    clerk: Clerk, stage: Stage, dialogs: Dialogs, qtbot: QtBot
) -> None:
    clerk.eats("cgf")
    words: list[str] = []

    def read(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        words.append("".join(text_by_pdfium(dialog.data)))
        return 0

    dialogs.on_dialog = read
    clerk.press(Qt.Key.Key_F9)
    menu = clerk.tab.papers.findChild(QMenu)
    offered = {entry.text(): entry for entry in menu.actions() if entry.text()}
    menu.hide()
    offered["今天的就餐登记表…"].trigger()
    qtbot.waitUntil(lambda: bool(words), timeout=10_000)

    assert next(iter(offered)) == "午餐签到表（带姓名）…"
    assert "M-1121-001" in words[0]
    assert "陈桂芳" in words[0]


def test_guests_are_counted_by_one_key_while_somebody_stands_there(
    clerk: Clerk, stage: Stage
) -> None:
    clerk.type("wxl")

    clerk.press(Qt.Key.Key_F2, SHIFT)
    clerk.press(Qt.Key.Key_F2, SHIFT)
    clerk.press(Qt.Key.Key_F4, SHIFT)

    assert clerk.who == "王秀兰"
    assert [(line[0], line[2]) for line in clerk.book] == [
        ("sanitation", 0),
        ("sanitation", 0),
        ("visitor", 1200),
    ]
    counts = [label.text() for label in clerk.tab.side.guests.counts.values()]
    assert counts == ["2", "0", "1"]


def test_only_what_one_may_do_is_offered_beside_the_counter(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    meals, all_of_it = Right.LOG_MEALS, Right.VIEW_CANTEEN
    for rights, grids, shown in (
        ({meals}, None, (True, False)),
        ({meals, all_of_it}, frozenset({1}), (False, True)),
        ({meals, all_of_it}, None, (True, True)),
    ):
        context.database.act_as(Actor("李娜", "社工", frozenset(rights), grids))
        side = SidePanel(context)
        qtbot.addWidget(side)
        side.show()

        guests = {button.isVisible() for button in side.guests.buttons.values()}
        assert (guests, side.delivery.board.isVisible()) == ({shown[0]}, shown[1])


def test_extras_are_the_persons_own(clerk: Clerk, stage: Stage, dialogs: Dialogs) -> None:
    stage.dish("蒸蛋", 4_00)
    clerk.tab.open(stage.people["chen"])

    def choose(dialog: QDialog) -> int:
        assert isinstance(dialog, ExtrasDialog)
        QTest.keyClicks(dialog.table, "11-")
        dialog.accept()
        return dialog.result()

    dialogs.on_dialog = choose
    clerk.type("j")
    clerk.press(ENTER)

    assert clerk.book == [("陈桂芳", "A 餐＋蒸蛋", 700, "cash")]


def test_a_dish_is_sold_out_by_its_digit_and_there_again(
    clerk: Clerk, stage: Stage, dialogs: Dialogs
) -> None:
    stage.dish("蒸蛋", 4_00)
    clerk.tab.refresh()
    gone = "SELECT count(sold_out_at) FROM menu_dish"

    def press(dialog: QDialog) -> int:
        assert isinstance(dialog, SoldOutDialog)
        QTest.keyClicks(dialog.table, "1")
        return 0

    dialogs.on_dialog = press
    clerk.press(Qt.Key.Key_F5, SHIFT)
    assert stage.ask(gone) == [(1,)]
    assert clerk.tab.side.kitchen.dishes.shown[0].sold_out

    clerk.press(Qt.Key.Key_F5, SHIFT)
    assert stage.ask(gone) == [(0,)]


def test_a_finger_that_rests_on_a_digit_sells_a_dish_out_once(
    qtbot: QtBot, clerk: Clerk, context: Context, stage: Stage
) -> None:
    stage.dish("蒸蛋", 4_00)
    assert clerk.serving.sitting is not None
    dialog = SoldOutDialog(context, clerk.serving.sitting)
    qtbot.addWidget(dialog)
    digit = Qt.Key.Key_1

    QTest.keyClick(dialog.table, digit)
    for key, typed in ((digit, "1"), (ENTER, "\r")):
        held = QKeyEvent(QEvent.Type.KeyPress, key, NO, typed, True)
        QApplication.sendEvent(dialog.table, held)

    assert stage.ask("SELECT count(sold_out_at) FROM menu_dish") == [(1,)]
    assert stage.ask("SELECT count(*) FROM operation WHERE sentence LIKE '%恢复供应'") == [(0,)]


def test_what_carries_somebody_to_the_counter_puts_him_there(clerk: Clerk, stage: Stage) -> None:
    clerk.tab.show_record(LogMeal(stage.people["he"]))

    assert (clerk.who, clerk.serving.fixed, clerk.field.hasFocus()) == ("何桂英", True, True)


def test_one_line_of_the_book_is_read_and_taken_back(
    clerk: Clerk, stage: Stage, dialogs: Dialogs
) -> None:
    meal = stage.log("chen").meal_id
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        if isinstance(dialog, ReasonDialog):
            return with_reason("记错了人")(dialog)
        assert isinstance(dialog, MealDialog)
        seen.append(dialog.notice.words)
        dialog.undo()
        seen.append(dialog.notice.words)
        assert not dialog.take_back.isEnabled()
        return 0

    dialogs.on_dialog = look
    clerk.tab.show_record(ShowMeal(meal))

    assert seen[0].startswith("低保对象每餐补 9.00 元")
    assert seen[1] == "已撤销"
    assert clerk.listed == [("陈桂芳", True)]


def test_whoever_may_take_a_meal_back_is_offered_it_and_nobody_else(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    logged = stage.log("chen")
    shown: list[MealDialog] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, MealDialog)
        shown.append(dialog)
        return 0

    dialogs.on_dialog = look
    for right in (Right.LOG_MEALS, Right.RUN_CANTEEN):
        context.database.act_as(Actor("李娜", "社工", frozenset({Right.VIEW_CANTEEN, right})))
        page = CanteenPage(context)
        qtbot.addWidget(page)
        page.show_record(ShowMeal(logged.meal_id))

    assert [one.take_back.isHidden() for one in shown] == [False, True]
    assert [one._late.isHidden() for one in shown] == [True, True]


def test_shift_f8_leads_to_the_board(clerk: Clerk, context: Context) -> None:
    asked: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, what: asked.append((page, what)))

    clerk.press(Qt.Key.Key_F8, SHIFT)

    assert asked == [("canteen", ShowBoard())]


def test_nobody_at_the_desk_leaves_nothing_to_read(clerk: Clerk) -> None:
    clerk.eats("cg")
    clerk.type("wxl")

    clerk.tab.rest()

    assert (clerk.who, clerk.field.text()) == ("", "")
    # Nothing of the person; but a meal is not lost without a word.
    assert clerk.told == "刚才有 1 位还没有记餐，屏幕已清空；要记的请重新刷卡。"
    clerk.press(ESC)
    clerk.tab.rest()
    assert clerk.told == ""


def test_a_signed_sheet_is_typed_back_in_its_order(
    clerk: Clerk, stage: Stage, dialogs: Dialogs, qtbot: QtBot
) -> None:
    sitting = clerk.serving.sitting
    assert sitting is not None
    people = [stage.people[who] for who in ("wang", "li", "he")]
    stage.log("he")
    stage.do(meal_sheets.make, sitting, people, now=stage.now)

    def fill(dialog: QDialog) -> int:
        if isinstance(dialog, PickDialog):
            dialog._take(stage.people["sun"])
            return dialog.result()
        assert isinstance(dialog, TypeMealsDialog)
        QTest.keyClick(dialog.table, SPACE)
        QTest.keyClicks(dialog.table, "2b")
        dialog.add_person()
        assert dialog.table.ate == [
            Ate(place=1, resident_id=people[0], set_letter="A", pay_way=PayWay.CASH),
            Ate(place=2, resident_id=people[1], set_letter="B", pay_way=PayWay.CASH),
            Ate(
                place=4,
                resident_id=stage.people["sun"],
                set_letter="A",
                pay_way=PayWay.CASH,
            ),
        ]
        QTest.keyClick(dialog.table, ENTER, CTRL)
        qtbot.waitUntil(lambda: dialog.table.ate == [])
        assert [row.logged for row in dialog.table.rows.values()] == [
            "M-1121-002",
            "M-1121-003",
            "M-1121-001",
            "M-1121-004",
        ]
        return 0

    dialogs.on_dialog = fill
    clerk.press(Qt.Key.Key_F6, SHIFT)

    assert [line[0] for line in clerk.book] == ["何桂英", "王秀兰", "李建国", "孙玉梅"]


def test_what_was_typed_and_not_saved_is_there_again(
    clerk: Clerk, stage: Stage, dialogs: Dialogs
) -> None:
    sitting = clerk.serving.sitting
    assert sitting is not None
    people = [stage.people[who] for who in ("wang", "li")]
    sheet = stage.do(meal_sheets.make, sitting, people, now=stage.now)
    typed: list[list[Ate]] = []

    def fill(dialog: QDialog) -> int:
        if isinstance(dialog, PickDialog):
            dialog._take(stage.people["sun"])
            return dialog.result()
        assert isinstance(dialog, TypeMealsDialog)
        QTest.keyClicks(dialog.table, "b")
        dialog.add_person()
        typed.append(dialog.table.ate)
        dialog.reject()
        return 0

    def read(dialog: QDialog) -> int:
        assert isinstance(dialog, TypeMealsDialog)
        typed.append(dialog.table.ate)
        return 0

    dialogs.on_dialog = fill
    clerk.press(Qt.Key.Key_F6, SHIFT)
    dialogs.on_dialog = read
    clerk.page.show_record(Unsaved(f"meal_sheet:{sheet}"))

    assert [one.place for one in typed[0]] == [1, 3]
    assert typed[1] == typed[0]
    assert clerk.book == []


def test_points_pay_where_the_office_takes_them(clerk: Clerk, stage: Stage) -> None:
    stage.points("chen", 100)
    stage.set(POINTS_PER_YUAN, 10)
    clerk.tab.context.signals.changed.emit(Area.OFFICE)
    clerk.tab.open(stage.people["chen"])

    clerk.type("5")
    assert clerk.card.purse.text() == "100 → 70"
    clerk.press(ENTER)

    assert clerk.book == [("陈桂芳", "A 餐", 300, "points")]


def test_another_canteen_is_chosen_for_all_tabs_and_remembered(
    clerk: Clerk, stage: Stage, context: Context
) -> None:
    second = stage.do(canteen_changes.add, CanteenInput(name="新居食堂"))
    context.signals.changed.emit(Area.OFFICE)
    choice = clerk.tab.canteen.choice
    assert choice.isVisibleTo(clerk.tab.canteen)

    choice.choose_id(second)

    assert clerk.serving.sitting is not None
    assert clerk.serving.sitting.canteen_id == second
    assert place_of(context) is clerk.tab.place
    assert Place(context).canteen_id == second


def test_long_names_that_begin_alike_stay_apart_in_the_choice(
    clerk: Clerk, stage: Stage, context: Context
) -> None:
    for name in ("望海街道第二社区长者幸福食堂北院", "望海街道第二社区长者幸福食堂南院"):
        stage.do(canteen_changes.add, CanteenInput(name=name))
    context.signals.changed.emit(Area.OFFICE)
    choice = clerk.tab.canteen.choice

    seen = set()
    for place in range(choice.count()):
        choice.setCurrentIndex(place)
        seen.add(choice.shown())
        assert choice.toolTip() == choice.currentText()

    assert len(seen) == 3
    assert choice.width() <= theme.current().px(136)


def test_where_there_is_little_room_the_picture_gives_way_to_the_words(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    state = EmptyState("silverware-fork-knife", "还没有人来", "记上一餐就在这里。", parent=around)
    around.show()
    for height, there in ((300, True), (70, False), (300, True)):
        state.resize(500, height)
        QApplication.processEvents()
        words = state.findChildren(Label)
        picture = next(one for one in state.findChildren(QLabel) if one not in words)
        assert picture.isVisible() == there
        assert all(one.geometry().bottom() < height for one in words)


def test_a_canteen_that_serves_nothing_now_says_so_before_enter(
    clerk: Clerk, context: Context
) -> None:
    with context.database.transaction("第二个食堂") as session:
        other = canteen_changes.add(session, CanteenInput(name="望海食堂"))
    place_of(context).refresh()
    assert clerk.tab.side.turnout.isVisible()

    place_of(context).choose_canteen(other)
    clerk.type("cgf")

    assert (clerk.who, clerk.reason) == ("陈桂芳", "这里不供应午餐，请换一个食堂或餐次")
    assert not clerk.card.confirm.isEnabled()
    assert not clerk.tab.side.turnout.isVisible()


def test_the_period_goes_with_the_clock_until_one_is_chosen(clerk: Clerk, context: Context) -> None:
    place = place_of(context)
    assert place.period.label == "午餐"

    clerk.tab.period.setCurrentIndex(1)

    assert clerk.serving.sitting is not None
    assert clerk.serving.sitting.period.label == "晚餐"
    assert clerk.tab.recent.sums.words == "今日晚餐 0 人次"


@pytest.fixture
def lunch(qtbot: QtBot, context: Context, stage: Stage) -> tuple[Clerk, HandClock]:
    """Somebody at the counter at 11:40, with a clock that the test moves."""
    clock = HandClock()
    clock.moment = stage.now.replace(hour=11, minute=40)
    page = CanteenPage(replace(context, clock=clock), kinds=TABS[:1])
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    made = Clerk(stage, page)
    made.field.setFocus()
    return made, clock


def _periods(stage: Stage) -> list[str]:
    return [one for (one,) in stage.ask("SELECT period FROM meal ORDER BY id")]


def test_between_two_ticks_whoever_comes_is_shown_the_meal_of_the_moment(
    lunch: tuple[Clerk, HandClock], stage: Stage
) -> None:
    clerk, clock = lunch
    clock.moment = clock.moment.replace(hour=17)

    clerk.tab.open(stage.people["wang"])
    assert clerk.card.confirm.text() == "记晚餐"
    clerk.press(ENTER)
    clerk.tab.open(stage.people["wang"])
    clerk.press(ENTER)

    assert _periods(stage) == ["dinner"]
    assert "晚餐已经记过" in clerk.reason


@pytest.mark.parametrize("ticks", [False, True])
def test_a_price_of_the_meal_before_is_not_logged_but_worked_out_anew(
    lunch: tuple[Clerk, HandClock], stage: Stage, *, ticks: bool
) -> None:
    clerk, clock = lunch
    clerk.tab.open(stage.people["wang"])
    clerk.type("b")
    clock.moment = clock.moment.replace(hour=17)
    if ticks:
        clerk.tab._tick()
        # Whoever read the price before is about to press Enter.
        QTest.keyClick(clerk.field, ENTER)
    else:
        clerk.press(ENTER)

    assert clerk.book == []
    assert clerk.reason == "现在记的是晚餐，价钱已重新算好，请看过再按 Enter。"
    assert clerk.serving.chosen is not None
    assert clerk.serving.chosen.letter == "A"
    clerk.press(ENTER)
    assert _periods(stage) == ["dinner"]


def test_the_excuse_for_a_second_lunch_is_none_for_dinner(
    lunch: tuple[Clerk, HandClock], stage: Stage
) -> None:
    clerk, clock = lunch
    stage.log("wang")
    clerk.tab.open(stage.people["wang"])
    clerk.serving.excuse("帮家人带一份")
    clock.moment = clock.moment.replace(hour=17)

    clerk.press(ENTER)
    clerk.press(ENTER)

    assert stage.ask("SELECT period, exception FROM meal ORDER BY id") == [
        ("lunch", None),
        ("dinner", None),
    ]


def test_a_clock_years_ahead_logs_nothing_and_the_whole_sentence_can_be_read(
    lunch: tuple[Clerk, HandClock], stage: Stage
) -> None:
    clerk, clock = lunch
    stage.log("chen")
    clock.moment = clock.moment.replace(year=2036)
    clerk.tab.open(stage.people["wang"])

    clerk.press(ENTER)

    assert len(clerk.book) == 1
    assert "离账上最后一笔（2026年11月21日）有 3653 天，这次没有记" in clerk.reason
    assert clerk.reason.endswith("请到“设置 · 积分”里确认。")
    line = clerk.card.reason._line
    assert line.heightForWidth(line.width()) <= line.height()


def test_a_guest_is_counted_at_the_meal_of_the_moment(
    lunch: tuple[Clerk, HandClock], stage: Stage
) -> None:
    clerk, clock = lunch
    clock.moment = clock.moment.replace(hour=17)

    clerk.tab.guest(Guest.VISITOR)

    assert _periods(stage) == ["dinner"]


def test_another_meal_is_read_by_the_tab_that_is_seen_and_by_the_rest_when_they_are_opened(
    stage: Stage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = CanteenPage(context)
    qtbot.addWidget(page)
    read: list[str] = []
    for title in ("菜谱", "柜台"):
        monkeypatch.setattr(page.open(title), "refresh", lambda title=title: read.append(title))
    place_of(context).choose_period(MealPeriod.DINNER)
    assert read == ["柜台"]
    page.open("菜谱")
    assert read == ["柜台", "菜谱"]


def test_the_clock_is_followed_while_the_page_is_seen_and_not_behind_it(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    clock = HandClock()
    clock.moment = stage.now
    page = CanteenPage(replace(context, clock=clock))
    qtbot.addWidget(page)
    page.show()
    place = place_of(context)
    assert place.period.label == "午餐"
    clock.moment = stage.now.replace(hour=17)
    page.follow_clock()
    assert place.period.label == "晚餐"
    page.hide()
    clock.moment = stage.now.replace(hour=8)
    page.follow_clock()
    assert place.period.label == "晚餐"
    page.show()
    assert place.period.label == "午餐"


def test_an_office_without_a_canteen_is_told_what_to_do(qtbot: QtBot, context: Context) -> None:
    tab = CounterTab(context)
    qtbot.addWidget(tab)
    asked: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, what: asked.append((page, what)))

    tab.refresh()
    state = tab.stack.currentWidget()
    assert isinstance(state, EmptyState)
    state.findChildren(type(tab.papers))[0].click()

    assert asked == [("office", "食堂")]
    assert not tab.papers.isEnabled()


def test_the_pause_behind_a_scan_is_longer_than_a_scanners_second_enter() -> None:
    assert PAUSE >= 0.3
