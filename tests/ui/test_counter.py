"""柜台: a redemption by keys and scanner alone, and everything that can go wrong at it."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.clock import FixedClock
from app.context import Context
from app.models import Volunteer
from app.services import (
    goods,
    goods_keeping,
    merging,
    points_accounts,
    points_book,
    points_cards,
    points_clock,
    redemptions,
    reservations,
    resident_forms,
    settings,
    stock,
)
from app.services.counter_person import Who
from app.services.redemptions import Basket
from app.services.resident_input import ResidentInput
from app.storage.lookup import Sql, query
from app.ui.kit import keys, printers, theme
from app.ui.kit.memory import window_memory
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.print_queue import print_queue
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.kit.tokens import Mode
from app.ui.main_window import MainWindow
from app.ui.people.points_wish import Redeem, ShowRedemption
from app.ui.points.counter.field import PAUSE
from app.ui.points.counter.held_dialog import HeldDialog
from app.ui.points.counter.proxy_dialog import ProxyDialog
from app.ui.points.counter.read_back import ReadBackDialog
from app.ui.points.counter.redemption_dialog import RedemptionDialog
from app.ui.points.counter.reservations_dialog import ReservationsDialog
from app.ui.points.counter.slip_panel import NO_PAPER, SlipDialog
from app.ui.points.counter.tab import CounterTab
from app.ui.points.page import TABS, PointsPage
from tests.actors import actor
from tests.conftest import Dialogs
from tests.services.shop import bring_in
from tests.services.shop_office import EARNED_ON, Shop, earn, open_shop
from tests.storage.offices import furnish

NO = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


class Clerk:
    """Somebody at the counter with a keyboard and a scanner; `strokes` counts the keys."""

    def __init__(self, context: Context, shop: Shop, page: PointsPage) -> None:
        self.context, self.shop, self.page = context, shop, page
        found = page.open("柜台")
        assert isinstance(found, CounterTab)
        self.tab = found
        self.till = found.till
        self.strokes = 0

    @property
    def field(self) -> Any:
        return self.tab.search if self.till.person is None else self.tab.desk.goods.field

    def type(self, text: str) -> None:
        """Letters, each as slow as a hand types."""
        for letter in text:
            self.field._last_key = 0.0
            QTest.keyClicks(self.field, letter)
            QApplication.processEvents()
            self.strokes += 1

    def press(self, key: Qt.Key, by: Qt.KeyboardModifier = NO) -> None:
        """A key, a moment after the last, where the focus is."""
        self.tab.desk.goods.field._entered = 0.0
        self.field._last_key = 0.0
        target = QApplication.focusWidget()
        QTest.keyClick(target if target is not None else self.tab, key, by)
        QApplication.processEvents()
        self.strokes += 1

    def enter(self, *typed: str) -> None:
        """Each of these, and Enter."""
        for text in typed:
            self.type(text)
            self.press(ENTER)

    def scan(self, code: str) -> None:
        """All letters at once, and Enter behind them."""
        field = self.field
        QTest.keyClicks(field, code)
        QTest.keyClick(field, ENTER)

    def card_of(self, name: str) -> str:
        with self.context.database.transaction("发卡") as session:
            today = self.context.clock.today()
            return points_cards.issue_card(session, self.shop.accounts[name], today)

    def elsewhere(self, name: str, goods: str) -> None:
        """Another desk redeems, and this one has not read it yet."""
        basket = Basket(
            account_id=self.shop.accounts[name],
            resident_id=self.shop.people[name],
            lines=((self.shop.goods[goods], 1),),
            request_key="another desk",
        )
        with self.context.database.transaction("别的窗口") as session:
            redemptions.redeem(session, basket, now=self.context.clock.now())

    def balance(self, name: str) -> int:
        with self.context.database.lookup() as lookup:
            return points_book.balance(lookup, self.shop.accounts[name])

    def on_hand(self, name: str) -> int:
        key = self.shop.goods[name]
        with self.context.database.lookup() as lookup:
            return stock.on_hand(lookup, [key])[key]

    @property
    def who(self) -> str:
        return self.till.person.name if self.till.person is not None else ""

    @property
    def basket(self) -> list[tuple[str, int]]:
        return [(line.view.name, line.quantity) for line in self.till.lines]

    @property
    def told(self) -> str:
        """The sentence in place of the hits; '' without one."""
        card = self.tab.desk.goods
        return card.notice._line.text() if card.tells else ""

    @property
    def told_to_finder(self) -> str:
        return self.tab.finder.notice._line.text()


@pytest.fixture
def shop(context: Context) -> Shop:
    window_memory().setValue("积分超市/小票", NO_PAPER)
    return furnish(context.database, open_shop)


@pytest.fixture
def clerk(qtbot: QtBot, context: Context, shop: Shop) -> Clerk:
    page = PointsPage(context, kinds=[kind for kind in TABS if kind.title == "柜台"])
    qtbot.addWidget(page)
    context.signals.changed.connect(lambda _: page.refresh())
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    made = Clerk(context, shop, page)
    made.tab.search.setFocus()
    return made


def with_reason(words: str) -> Callable[[QDialog], int]:
    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, ReasonDialog)
        dialog.line.setCurrentText(words)
        dialog.save()
        return dialog.result()

    return answer


def test_one_article_takes_six_keys_and_the_next_person_can_come(clerk: Clerk) -> None:
    clerk.enter("wx")
    clerk.type("xy")
    clerk.press(ENTER, CTRL)

    assert clerk.strokes == 6
    assert clerk.who == ""
    assert clerk.tab.search.hasFocus()
    assert clerk.till.last is not None
    assert clerk.balance("王秀兰") == 126 - clerk.till.last.points < 126


def test_whoever_was_found_with_somebody_is_gone_when_that_one_leaves(clerk: Clerk) -> None:
    clerk.type("wxl")
    clerk.press(ENTER)
    clerk.type("xyz")
    clerk.press(ENTER, CTRL)
    finder = clerk.tab.finder
    assert (finder.model.ids, finder.stack.currentIndex()) == ([], 0)


def test_scan_scan_enter_is_one_key(clerk: Clerk) -> None:
    clerk.scan(clerk.card_of("王秀兰"))
    clerk.scan("6901234567892")
    assert clerk.basket == [("洗衣皂", 1)]
    clerk.press(ENTER)

    assert clerk.strokes == 1
    assert (clerk.balance("王秀兰"), clerk.on_hand("洗衣皂")) == (114, 39)


def test_the_label_on_the_shelf_is_scanned_as_the_packet_is(clerk: Clerk) -> None:
    clerk.enter("wxl")
    with clerk.context.database.lookup() as lookup:
        views = goods.on_shelf(lookup, clerk.context.clock.today())
    codes = {one.name: one.label_code for one in views}
    clerk.scan(codes["香油"])
    clerk.scan(codes["洗衣皂"])

    assert codes["香油"].startswith("SP")
    assert clerk.basket == [("香油", 1), ("洗衣皂", 1)]


def test_a_label_of_a_shelf_is_nobodys_number(clerk: Clerk) -> None:
    """香油 is article 0002, and so is a volunteer: only the bars tell them apart."""
    today = clerk.context.clock.today()
    with clerk.context.database.transaction("志愿者") as session:
        [oil] = goods.find(session, "香油", today)
        session.add(
            Volunteer(
                number=int(oil.number),
                resident_id=clerk.shop.people["李强"],
                registered_on=today,
            )
        )
    said = "扫到的是商品“香油”，请先刷卡或找人。"
    clerk.scan(oil.label_code)
    assert (clerk.who, clerk.told_to_finder) == ("", said)

    clerk.tab.finder.tell("")
    clerk.enter(oil.label_code)
    assert (clerk.who, clerk.told_to_finder) == ("", said)

    clerk.press(ESC)
    clerk.enter("wxl", oil.number)
    assert clerk.basket == [("香油", 1)], "a label of before the letters SP"


def test_the_enter_of_a_scanner_never_confirms(clerk: Clerk) -> None:
    """Some send two; the second finds an empty field and a full basket."""
    clerk.scan(clerk.card_of("王秀兰"))
    clerk.scan("6901234567892")
    QTest.keyClick(clerk.field, ENTER)
    assert clerk.basket == [("洗衣皂", 1)]

    time.sleep(PAUSE)
    QTest.keyClick(clerk.field, ENTER)
    assert clerk.balance("王秀兰") == 114


def test_the_slip_comes_first_and_a_second_enter_meanwhile_books_nothing(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.enter("wxl", "xyz")
    steps: list[str] = []
    monkeypatch.setattr(clerk.tab, "_print", lambda slip: steps.append(slip.number))
    clerk.till.person_changed.connect(lambda: steps.append("the screen"))
    field = clerk.field
    for _ in range(2):
        field._entered = 0.0
        QTest.keyClick(field, ENTER)
    assert (steps, clerk.told) == (["DH-20261121-001"], "")

    QApplication.processEvents()
    assert steps == ["DH-20261121-001", "the screen"]
    assert clerk.told_to_finder.startswith("已兑换：王秀兰 DH-20261121-001")
    assert clerk.balance("王秀兰") == 114


def test_enter_adds_and_in_the_empty_field_it_confirms(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyye", "xiangyou")
    assert clerk.basket == [("洗衣液", 1), ("香油", 1)]
    clerk.press(ENTER)

    assert clerk.balance("王秀兰") == 126 - 35 - 22


def test_the_hits_show_what_was_typed_and_arrows_lead_through_them(clerk: Clerk) -> None:
    clerk.enter("wxl")
    clerk.type("xy")
    model = clerk.tab.desk.goods.model
    names = [model.row(place).name for place in range(len(model.ids))]
    assert sorted(names) == sorted(["洗衣液", "洗衣皂", "香油", "洗衣粉"])
    assert names[-1] == "洗衣粉"
    assert model.cells(0)[1].mark == (0, 2)

    clerk.press(Qt.Key.Key_Down)
    clerk.press(ENTER)
    assert clerk.basket == [(names[1], 1)]


def test_letters_that_mean_no_article_say_so_while_they_are_typed(clerk: Clerk) -> None:
    clerk.enter("wxl")
    told = clerk.tab.desk.goods._rest
    clerk.type("wx")
    assert told.text() == "没有这样的商品"
    clerk.press(ESC)
    QApplication.processEvents()
    assert told.text() == ""


def test_what_has_run_out_is_listed_and_refused_with_a_sentence(clerk: Clerk) -> None:
    clerk.enter("wxl", "xiyifen")
    assert clerk.basket == []
    assert clerk.told == "“洗衣粉”缺货。"

    clerk.press(ESC)
    assert (clerk.told, clerk.who) == ("", "王秀兰")


def test_plus_minus_and_delete_mean_the_marked_line(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyz", "xiangyou")
    clerk.press(Qt.Key.Key_Plus)
    assert clerk.basket == [("洗衣皂", 1), ("香油", 2)]
    clerk.press(Qt.Key.Key_Plus)
    assert clerk.told == "“香油”只有 2 瓶，不能再加。"
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_Plus)
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Minus)
    clerk.press(Qt.Key.Key_Delete)

    assert clerk.basket == [("洗衣皂", 2)]


def test_too_few_points_stand_in_the_sum_and_on_the_button(clerk: Clerk) -> None:
    clerk.enter("zgf", "xyye")
    equation = clerk.tab.desk.basket.equation
    assert (equation.after.text(), equation.confirm.text()) == ("差 15", "差 15 分")
    assert not equation.confirm.isEnabled()

    clerk.press(ENTER)
    assert clerk.told == "差 15 分。"
    assert clerk.balance("张桂芳") == 20


def test_the_slip_shows_what_will_come_out(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyz")

    spoken = clerk.tab.slip.view.accessibleDescription()
    assert "洗衣皂 200 g×2 ×1 12 分" in spoken
    assert spoken.endswith("本次扣 12 分，现有 114 分")


def test_the_next_card_waits_for_a_full_basket_and_not_for_an_empty_one(clerk: Clerk) -> None:
    first, second = clerk.card_of("王秀兰"), clerk.card_of("李强")
    clerk.scan(first)
    clerk.scan(second)
    assert clerk.who == "李强"

    clerk.scan("6901234567892")
    clerk.scan(first)
    assert clerk.told == "李强 的篮子里还有东西，请先确认或挂单。"
    assert clerk.basket == [("洗衣皂", 1)]


def test_a_second_scan_of_the_same_person_asks_and_only_a_key_of_its_own_goes_on(
    clerk: Clerk,
) -> None:
    card = clerk.card_of("王秀兰")
    clerk.scan(card)
    clerk.scan("6901234567892")
    clerk.press(ENTER)
    clerk.scan(card)
    QTest.keyClick(clerk.field, ENTER)
    # Longer than the pause of the emptied line.
    QTest.qWait(200)

    assert clerk.who == ""
    assert "刚给 王秀兰 办过 DH-20261121-001" in clerk.told_to_finder
    clerk.press(Qt.Key.Key_Z, ALT)
    assert clerk.who == "王秀兰"


def test_whoever_is_scanned_over_makes_room_before_the_question(clerk: Clerk) -> None:
    """Asked in a list that nobody saw, the goods of the one went to the other."""
    first, second = clerk.card_of("王秀兰"), clerk.card_of("李强")
    clerk.scan(first)
    clerk.scan("6901234567892")
    clerk.press(ENTER)
    clerk.scan(second)
    had = clerk.balance("李强")
    clerk.scan(first)

    assert (clerk.who, clerk.tab.finder.isVisible()) == ("", True)
    assert "刚给 王秀兰 办过 DH-20261121-001" in clerk.told_to_finder
    assert "李强 还没有选商品，已经让开" in clerk.told_to_finder
    clerk.scan("6901234567892")
    clerk.press(ENTER)
    assert (clerk.who, clerk.balance("李强")) == ("", had)

    clerk.scan(first)
    clerk.press(Qt.Key.Key_Z, ALT)
    assert clerk.who == "王秀兰"


def test_whoever_was_served_a_moment_ago_waits_for_a_full_basket(clerk: Clerk) -> None:
    first, second = clerk.card_of("王秀兰"), clerk.card_of("李强")
    clerk.scan(first)
    clerk.scan("6901234567892")
    clerk.press(ENTER)
    clerk.scan(second)
    clerk.scan("6901234567892")
    clerk.scan(first)

    assert clerk.told == "李强 的篮子里还有东西，请先确认或挂单。"
    assert (clerk.who, clerk.basket) == ("李强", [("洗衣皂", 1)])


def test_a_scan_too_many_of_who_stands_there_changes_nothing(clerk: Clerk) -> None:
    card = clerk.card_of("王秀兰")
    clerk.scan(card)
    clerk.till.set_proxy("李强", "邻居")
    clerk.scan(card)

    assert (clerk.who, clerk.till.proxy) == ("王秀兰", ("李强", "邻居"))


def test_what_is_scanned_into_the_search_beside_a_basket_goes_into_it(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyz")
    assert clerk.page.find_person()
    QTest.keyClicks(clerk.tab.search, "6901234567892")
    for _ in range(2):
        # The scanner's own second Enter confirms nothing here either.
        QTest.keyClick(QApplication.focusWidget(), ENTER)
    assert clerk.basket == [("洗衣皂", 2)]
    assert clerk.tab.desk.goods.field.hasFocus()

    assert clerk.page.find_person()
    QTest.keyClicks(clerk.tab.search, "6909999999999")
    QTest.keyClick(clerk.tab.search, ENTER)
    assert clerk.told == "没有条码是 6909999999999 的商品，或者已经下架。"
    assert clerk.balance("王秀兰") == 126


def test_some_seconds_later_nobody_asks(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    card = clerk.card_of("王秀兰")
    clerk.scan(card)
    clerk.scan("6901234567892")
    clerk.press(ENTER)
    later = clerk.context.clock.now() + timedelta(seconds=6)
    monkeypatch.setattr(type(clerk.context.clock), "now", lambda _: later)
    clerk.scan(card)

    assert clerk.who == "王秀兰"


def test_a_packet_scanned_before_a_card_is_told(clerk: Clerk) -> None:
    clerk.scan("6901234567892")

    assert clerk.told_to_finder == "扫到的是商品“洗衣皂”，请先刷卡或找人。"
    assert clerk.who == ""


def test_enter_after_a_refusal_takes_the_sentence_away_and_books_nothing(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyz")
    clerk.scan("6909999999999")
    assert clerk.told == "没有条码是 6909999999999 的商品，或者已经下架。"
    clerk.press(ENTER)
    assert (clerk.told, clerk.balance("王秀兰")) == ("", 126)
    clerk.press(ENTER)
    assert clerk.balance("王秀兰") == 114


def test_whoever_is_looked_for_beside_a_full_basket_waits(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyz")
    assert clerk.page.find_person()
    QTest.keyClicks(clerk.tab.search, "lq")
    QTest.keyClick(clerk.tab.search, ENTER)

    assert clerk.told == "王秀兰 的篮子里还有东西，请先确认或挂单。"
    assert clerk.who == "王秀兰"


def test_a_void_card_says_what_to_do(clerk: Clerk) -> None:
    code = clerk.card_of("王秀兰")
    today = clerk.context.clock.today()
    with clerk.context.database.transaction("作废") as session:
        [card] = points_cards.cards(session, clerk.shop.accounts["王秀兰"])
        points_cards.void_card(session, card.id, version=card.version, today=today)
    clerk.scan(code)

    assert "不能再用" in clerk.told_to_finder
    assert clerk.who == ""


def test_esc_asks_before_a_basket_is_given_up(clerk: Clerk, dialogs: Dialogs) -> None:
    clerk.enter("wxl", "xyz")
    dialogs.answers += ["取消", "不要了"]
    clerk.press(ESC)
    assert clerk.basket == [("洗衣皂", 1)]
    clerk.press(ESC)

    assert clerk.who == ""
    assert clerk.tab.search.hasFocus()


def test_esc_lets_go_of_a_basket_that_cannot_be_paid_without_asking(
    clerk: Clerk, dialogs: Dialogs
) -> None:
    clerk.enter("wxl", *["xyz"] * 11)
    assert clerk.till.after < 0
    clerk.scan(clerk.card_of("李强"))
    assert clerk.told == "王秀兰 的篮子里还有东西，请先按 Esc 放下或挂单。"
    # The first one takes what is told away.
    clerk.press(ESC)
    clerk.press(ESC)

    assert (clerk.who, dialogs.shown) == ("", [])
    assert clerk.told_to_finder == "王秀兰 的 11 件没有兑换：差 6 分。"
    assert clerk.tab.search.hasFocus()


def test_a_held_basket_comes_back_with_its_person(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyz")
    clerk.press(Qt.Key.Key_F7, SHIFT)
    assert clerk.who == ""
    assert clerk.tab.desk.basket.resume.text() == "取单 1 笔"

    clerk.enter("lq")
    clerk.press(Qt.Key.Key_F8, SHIFT)

    assert (clerk.who, clerk.basket) == ("王秀兰", [("洗衣皂", 1)])
    clerk.enter("xiangyou")
    assert clerk.basket == [("洗衣皂", 1), ("香油", 1)]
    assert clerk.balance("王秀兰") == 126


def test_whoever_is_taken_up_again_finds_the_shelf_and_no_old_sentence(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyz", "xiyifen")
    assert clerk.told
    clerk.press(Qt.Key.Key_F7, SHIFT)
    clerk.tab.desk.goods._codes.clear()
    clerk.press(Qt.Key.Key_F8, SHIFT)
    assert clerk.told == ""
    clerk.scan("6901234567892")

    assert clerk.basket == [("洗衣皂", 2)]


def test_of_several_held_baskets_one_is_chosen(clerk: Clerk, dialogs: Dialogs) -> None:
    for name in ("wxl", "lq"):
        clerk.enter(name, "xyz")
        clerk.press(Qt.Key.Key_F7, SHIFT)

    def choose(dialog: QDialog) -> int:
        assert isinstance(dialog, HeldDialog)
        dialog.table.select_row(1)
        dialog.take.click()
        return dialog.result()

    dialogs.on_dialog = choose
    clerk.press(Qt.Key.Key_F8, SHIFT)

    assert clerk.who == "李强"


def test_a_limit_is_set_aside_with_a_reason(clerk: Clerk, dialogs: Dialogs) -> None:
    clerk.enter("wxl", "xyye", "xyye", "xyye")
    assert clerk.told == "“洗衣液”每月限兑 2 瓶，12 月 1 日起可以再兑。"

    dialogs.on_dialog = with_reason("住院，家属一次领走")
    clerk.press(Qt.Key.Key_P, ALT)
    assert clerk.basket == [("洗衣液", 3)]
    clerk.press(ENTER)

    assert clerk.till.last is not None
    assert clerk.till.last.reason == "住院，家属一次领走"


@pytest.mark.parametrize("away", ["held", "the screen locks itself"])
def test_a_basket_beyond_the_limit_comes_back_with_its_reason(
    clerk: Clerk, dialogs: Dialogs, away: str
) -> None:
    clerk.enter("wxl", "xyye", "xyye", "xyye")
    dialogs.on_dialog = with_reason("住院，家属一次领走")
    clerk.press(Qt.Key.Key_P, ALT)
    if away == "held":
        clerk.press(Qt.Key.Key_F7, SHIFT)
    else:
        clerk.page.rest()
    dialogs.shown.clear()
    clerk.press(Qt.Key.Key_F8, SHIFT)

    assert (clerk.basket, dialogs.shown) == ([("洗衣液", 3)], [])
    clerk.press(ENTER)
    assert clerk.till.last is not None
    assert clerk.till.last.reason == "住院，家属一次领走"


def test_a_packet_scanned_while_a_reason_is_asked_is_no_reason(
    clerk: Clerk, dialogs: Dialogs
) -> None:
    clerk.enter("wxl", "xyye", "xyye", "xyye")

    def scan(dialog: QDialog) -> int:
        assert isinstance(dialog, ReasonDialog)
        dialog.show()
        QTest.keyClicks(dialog.line, "6901234567892")
        QTest.keyClick(dialog.line, ENTER)
        assert (dialog.result(), dialog.reason) == (0, "")
        assert "是扫到的条码，不是原因" in dialog._field.message
        return with_reason("行动不便")(dialog)

    dialogs.on_dialog = scan
    clerk.press(Qt.Key.Key_P, ALT)
    assert (clerk.basket, clerk.till.reason) == ([("洗衣液", 3)], "行动不便")


def test_a_card_scanned_while_held_baskets_are_listed_takes_none_of_them(
    clerk: Clerk, dialogs: Dialogs
) -> None:
    for name in ("wxl", "lq"):
        clerk.enter(name, "xyz")
        clerk.press(Qt.Key.Key_F7, SHIFT)

    def scan(dialog: QDialog) -> int:
        assert isinstance(dialog, HeldDialog)
        QTest.keyClicks(dialog.table, "JF267528792")
        QTest.keyClick(dialog.table, ENTER)
        return dialog.result()

    dialogs.on_dialog = scan
    clerk.press(Qt.Key.Key_F8, SHIFT)
    assert (clerk.who, clerk.till.held) == ("", 2)


def test_a_held_basket_waits_on_until_the_clerk_agrees_to_what_it_lacks(
    clerk: Clerk, dialogs: Dialogs
) -> None:
    clerk.enter("wxl", "xyz", "xiangyou", "xiangyou")
    clerk.press(Qt.Key.Key_F7, SHIFT)
    clerk.elsewhere("李强", "香油")
    left = clerk.on_hand("香油")
    dialogs.answers += ["取消", "仍然取单"]
    clerk.enter("lq")
    clerk.press(Qt.Key.Key_F8, SHIFT)
    assert left == 1
    assert (clerk.who, clerk.basket, clerk.till.waiting()[0].name) == ("李强", [], "王秀兰")
    assert "“香油”只有 1 瓶" in dialogs.shown[0]

    clerk.press(Qt.Key.Key_F8, SHIFT)
    assert (clerk.who, clerk.basket) == ("王秀兰", [("洗衣皂", 1), ("香油", 1)])
    assert clerk.till.waiting() == []


def test_on_another_day_than_that_of_redemption_the_next_one_is_told(clerk: Clerk) -> None:
    with clerk.context.database.transaction("设置") as session:
        settings.change(session, settings.REDEMPTION_DAYS, "15")
    clerk.context.signals.changed.emit(Area.OFFICE)
    clerk.enter("wxl", "xyz")
    clerk.press(ENTER)

    assert clerk.told.startswith("今天不是兑换日：每月 15 日兑换，下次是 12 月 15 日")
    assert clerk.balance("王秀兰") == 126


def test_a_proxy_is_written_down_with_the_relation(clerk: Clerk, dialogs: Dialogs) -> None:
    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, ProxyDialog)
        dialog.name.setCurrentText("王磊")
        dialog.save()
        assert dialog._relation_field.message == "请写和本人的关系。"
        dialog.relation.setCurrentText("儿子")
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = fill
    clerk.enter("wxl")
    clerk.press(Qt.Key.Key_D, ALT)
    assert clerk.tab.desk.person.collector.text() == "领取人：王磊（儿子）"
    clerk.enter("xyz")
    clerk.press(ENTER)

    assert clerk.till.last is not None
    assert clerk.till.last.proxy_words == "王磊（儿子）"


def test_ctrl_z_at_the_counter_takes_the_last_slip_back(clerk: Clerk, dialogs: Dialogs) -> None:
    clerk.enter("wxl", "xyz")
    clerk.press(ENTER)
    assert clerk.page.undo_words == "兑换 DH-20261121-001"

    dialogs.on_dialog = with_reason("拿错了东西")
    assert clerk.page.undo()

    assert (clerk.balance("王秀兰"), clerk.on_hand("洗衣皂")) == (126, 40)
    assert clerk.page.undo_words == ""
    assert not clerk.page.undo()


def test_what_was_taken_back_is_told_of_no_more(clerk: Clerk, dialogs: Dialogs) -> None:
    clerk.enter("wxl", "xyz")
    clerk.press(ENTER)
    assert clerk.told_to_finder.startswith("已兑换")
    dialogs.on_dialog = with_reason("拿错了东西")
    assert clerk.page.undo()

    assert clerk.told_to_finder == ""
    assert not clerk.tab.slip.take_back.isEnabled()
    assert "已撤销" in clerk.tab.slip.view.accessibleDescription()


def test_the_window_of_a_slip_takes_it_back_for_the_counter_too(
    clerk: Clerk, dialogs: Dialogs
) -> None:
    clerk.enter("wxl", "xyz")
    clerk.press(ENTER)
    assert clerk.till.last is not None

    def take_back(dialog: QDialog) -> int:
        assert isinstance(dialog, RedemptionDialog)
        dialogs.on_dialog = with_reason("拿错了东西")
        dialog.undo()
        return 0

    dialogs.on_dialog = take_back
    clerk.scan(clerk.till.last.number)
    assert clerk.page.undo_words == ""
    assert not clerk.tab.slip.take_back.isEnabled()


def test_how_many_baskets_wait_stands_among_the_keys(clerk: Clerk) -> None:
    assert (keys.cap("resume_basket"), "取单") in clerk.tab.legend
    clerk.enter("wxl", "xyz")
    clerk.press(Qt.Key.Key_F7, SHIFT)

    assert (keys.cap("resume_basket"), "取单 1 笔") in clerk.tab.legend


def test_reading_back_confirms_nothing(clerk: Clerk, dialogs: Dialogs) -> None:
    seen: list[QDialog] = []

    def read(dialog: QDialog) -> int:
        seen.append(dialog)
        dialog.show()
        QTest.keyClick(dialog, ENTER)
        return 0

    dialogs.on_dialog = read
    clerk.enter("wxl", "xyz")
    clerk.press(Qt.Key.Key_R, CTRL)

    assert [type(one) for one in seen] == [ReadBackDialog]
    assert clerk.basket == [("洗衣皂", 1)]
    assert clerk.balance("王秀兰") == 126


def test_goods_are_put_aside_and_collected(clerk: Clerk, dialogs: Dialogs) -> None:
    def reserve(dialog: QDialog) -> int:
        assert isinstance(dialog, ReservationsDialog)
        dialog.save()
        return dialog.result()

    def collect(dialog: QDialog) -> int:
        assert isinstance(dialog, ReservationsDialog)
        dialog.put_into_basket()
        return dialog.result()

    dialogs.on_dialog = reserve
    clerk.enter("wxl", "xiangyou")
    clerk.press(Qt.Key.Key_Y, ALT)
    assert clerk.basket == []
    dialogs.on_dialog = collect
    clerk.press(Qt.Key.Key_Y, ALT)
    assert clerk.basket == [("香油", 1)]
    clerk.press(ENTER)

    with clerk.context.database.reading() as session:
        assert reservations.waiting(session, clerk.context.clock.today()) == []
    assert clerk.on_hand("香油") == 1


def test_while_nobody_stands_there_everything_put_aside_is_listed_and_can_be_given_up(
    clerk: Clerk, dialogs: Dialogs
) -> None:
    today = clerk.context.clock.today()
    with clerk.context.database.transaction("预约") as session:
        for name in ("王秀兰", "李强"):
            account, goods_id = clerk.shop.accounts[name], clerk.shop.goods["香油"]
            reservations.reserve(session, account, goods_id, 1, until=today, today=today)

    def give_up(dialog: QDialog) -> int:
        assert isinstance(dialog, ReservationsDialog)
        assert [dialog.model.row(place).name for place in range(2)] == ["王秀兰", "李强"]
        dialog.give_up()
        return 0

    dialogs.on_dialog = give_up
    clerk.press(Qt.Key.Key_Y, ALT)

    with clerk.context.database.reading() as session:
        [left] = reservations.waiting(session, today)
    assert left.name == "李强"


def test_nobody_at_the_desk_the_screen_is_cleared_and_the_basket_waits(clerk: Clerk) -> None:
    clerk.enter("wxl", "xyz")
    clerk.page.rest()

    assert (clerk.who, clerk.till.held) == ("", 1)
    assert clerk.tab.slip.view.accessibleDescription() == ""
    assert clerk.balance("王秀兰") == 126


def test_what_another_desk_took_is_seen_when_the_counter_reads_again(clerk: Clerk) -> None:
    clerk.enter("wxl", "xiangyou")
    clerk.press(Qt.Key.Key_Plus)
    clerk.elsewhere("李强", "香油")
    clerk.page.refresh()

    assert clerk.till.verdict.words == "香油不够"
    assert not clerk.tab.desk.basket.equation.confirm.isEnabled()


def test_what_another_desk_took_a_moment_ago_is_refused_by_the_transaction(
    clerk: Clerk, dialogs: Dialogs
) -> None:
    clerk.enter("zgf", "xyz")
    clerk.elsewhere("张桂芳", "洗衣皂")
    clerk.press(ENTER)

    assert "差 4 分" in dialogs.shown[-1]
    assert (clerk.balance("张桂芳"), clerk.on_hand("洗衣皂")) == (8, 39)


def test_the_barcode_of_a_slip_brings_its_redemption(clerk: Clerk, dialogs: Dialogs) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, RedemptionDialog)
        seen.append(dialog.slip.number)
        return 0

    dialogs.on_dialog = look
    clerk.enter("wxl", "xyz")
    clerk.press(ENTER)
    clerk.scan("DH-20261121-001")
    clerk.page.show_record(ShowRedemption(1))

    assert seen == ["DH-20261121-001", "DH-20261121-001"]


def test_a_redemption_is_taken_back_in_its_own_window(clerk: Clerk, dialogs: Dialogs) -> None:
    clerk.enter("wxl", "xyz")
    clerk.press(ENTER)
    shown = RedemptionDialog(clerk.context, 1, clerk.page)
    dialogs.on_dialog = with_reason("数量不对")
    shown.take_back.click()

    assert shown.slip.taken_back_reason == "数量不对"
    assert not shown.take_back.isVisibleTo(shown)
    assert clerk.balance("王秀兰") == 126


def test_a_slip_goes_to_its_printer_without_a_question_and_is_on_record(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[PrintRequest] = []
    window_memory().setValue("积分超市/小票打印机 58 毫米小票", "POS-58")
    monkeypatch.setattr(printers, "is_there", lambda name: name == "POS-58")
    monkeypatch.setattr(type(print_queue()), "add", lambda _, request, __: sent.append(request))
    clerk.tab.slip.papers.show_value("58 毫米小票")
    clerk.enter("wxl", "xyz")
    clerk.press(ENTER)

    [request] = sent
    assert request.pdf.startswith(b"%PDF")
    assert request.started is not None
    request.started()
    printed = query("sentence", "operation", [Sql("sentence LIKE '打印%'")])
    with clerk.context.database.lookup() as lookup:
        assert list(lookup.column(printed)) == ["打印兑换小票 DH-20261121-001"]


def test_whoever_prints_no_slip_is_asked_once(clerk: Clerk, dialogs: Dialogs) -> None:
    asked: list[QDialog] = []

    def refuse(dialog: QDialog) -> int:
        asked.append(dialog)
        return 0

    dialogs.on_dialog = refuse
    clerk.tab.slip.choose("58 毫米小票")
    assert clerk.tab.desk.basket.equation.prints
    for name in ("wxl", "lq"):
        clerk.enter(name, "xyz")
        clerk.press(ENTER)

    assert [one.windowTitle() for one in asked] == ["打印"]
    assert clerk.tab.slip.paper == NO_PAPER
    assert clerk.balance("李强") == 76


def test_in_large_type_the_slip_has_a_window_of_its_own(
    qtbot: QtBot, qapp: QApplication, context: Context, shop: Shop, dialogs: Dialogs
) -> None:
    theme.apply(qapp, Mode.LARGE)
    tab = CounterTab(context)
    qtbot.addWidget(tab)
    tab.refresh()
    tab.open(Who(shop.people["王秀兰"]))
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, SlipDialog)
        dialog.show()
        seen.append(tab.slip.view.accessibleDescription())
        dialog.done(0)
        return 0

    dialogs.on_dialog = look
    for _ in range(2):
        SlipDialog(tab.slip, tab).exec()

    assert [words.split("，")[0] for words in seen] == ["海棠社区积分超市"] * 2
    assert tab.slip.parent() is tab
    assert not tab.slip.isVisibleTo(tab)


def test_somebody_from_outside_is_found_by_the_number_on_the_card(clerk: Clerk) -> None:
    today = clerk.context.clock.today()
    with clerk.context.database.transaction("外来志愿者") as session:
        row = Volunteer(number=132, name="韩梅", registered_on=today)
        session.add(row)
        session.flush()
        account = points_accounts.open_account(session, volunteer_id=row.id, today=today)
        earn(session, account, 30)
    clerk.enter("0132")
    assert (clerk.who, clerk.till.before) == ("韩梅", 30)
    clerk.enter("xyz")
    clerk.press(ENTER)

    assert clerk.till.last is not None
    assert clerk.till.last.card == "卡 0132"


def test_whoever_has_no_account_has_no_points(clerk: Clerk) -> None:
    with clerk.context.database.transaction("新增居民") as session:
        entered = ResidentInput(name="孙丽", document_kind="none")
        resident_forms.add(session, entered, now=clerk.context.clock.now())
    clerk.enter("sl", "xyz")

    assert clerk.tab.desk.basket.equation.confirm.text() == "差 12 分"


def test_f7_brings_the_person_whose_card_is_open_and_ctrl_z_takes_the_slip_back(
    qtbot: QtBot, context: Context, shop: Shop, dialogs: Dialogs
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    context.signals.page_requested.emit("residents", shop.people["李强"])
    QTest.keyClick(window, Qt.Key.Key_F7)

    page = window.stack.currentWidget()
    assert isinstance(page, PointsPage)
    clerk = Clerk(context, shop, page)
    assert clerk.who == "李强"
    clerk.enter("xyz")
    clerk.press(ENTER)
    assert clerk.balance("李强") == 76
    dialogs.on_dialog = with_reason("拿错了东西")
    QTest.keyClick(clerk.tab.search, Qt.Key.Key_Z, CTRL)

    assert (clerk.balance("李强"), clerk.on_hand("洗衣皂")) == (88, 40)


def test_whoever_may_only_look_has_no_counter_and_sees_a_slip_all_the_same(
    qtbot: QtBot, clerk: Clerk, dialogs: Dialogs
) -> None:
    clerk.enter("wxl", "xyz")
    clerk.press(ENTER)
    clerk.context.database.act_as(actor("赵静", "只读"))
    window = MainWindow(clerk.context)
    qtbot.addWidget(window)
    window.open_page("residents")
    window._redeem()
    assert window.current_key == "residents"

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, RedemptionDialog)
        assert not dialog.take_back.isVisibleTo(dialog)
        assert not dialog.reprint.isVisibleTo(dialog)
        return 0

    dialogs.on_dialog = look
    clerk.context.signals.page_requested.emit("points", ShowRedemption(1))
    page = window.stack.currentWidget()
    assert isinstance(page, PointsPage)
    assert not isinstance(page.current, CounterTab)


def test_f12_stays_at_the_counter_and_leads_to_the_residents_from_elsewhere(
    qtbot: QtBot, context: Context, shop: Shop
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    context.signals.page_requested.emit("points", Redeem())
    window._find_person()
    assert window.current_key == "points"
    window.open_page("grids")
    window._find_person()
    assert window.current_key == "residents"


def test_letters_taken_away_bring_back_what_they_had_left_out(clerk: Clerk) -> None:
    clerk.enter("wxl")
    clerk.type("xyye")
    ids = clerk.tab.desk.goods.model.ids
    assert len(ids) == 1
    for _ in range(2):
        clerk.press(Qt.Key.Key_Backspace)
    QApplication.processEvents()

    assert len(clerk.tab.desk.goods.model.ids) == 4


def test_a_day_of_redemption_ends_with_the_right_count_on_the_shelf(
    clerk: Clerk, dialogs: Dialogs
) -> None:
    """By scanner and keys alone: whoever comes, takes, is refused, waits, or brings it back."""
    database, today = clerk.context.database, clerk.context.clock.today()
    cards = []
    with database.transaction("发卡") as session:
        for number in range(24):
            entered = ResidentInput(name=f"居民{number}", document_kind="none")
            person = resident_forms.add(session, entered, now=clerk.context.clock.now())
            account = points_accounts.open_account(session, resident_id=person, today=today)
            earn(session, account, 10 + number)
            cards.append(points_cards.issue_card(session, account, today))
    for card in cards:
        clerk.scan(card)
        clerk.scan("6901234567892")
        if clerk.till.verdict.ok:
            clerk.press(ENTER)
        else:
            clerk.press(ESC)
    dialogs.on_dialog = with_reason("本人改了主意")
    assert clerk.page.undo()

    # Two have fewer than the 12 points of a soap, and the last one brought it back.
    assert clerk.on_hand("洗衣皂") == 40 - 22 + 1
    assert clerk.balance("王秀兰") == 126
    with database.lookup() as lookup:
        given = lookup.value(query("sum(points)", "redemption", [Sql("taken_back_at IS NULL")]))
        lines = lookup.value(query("sum(points)", "points_entry"))
        balances = lookup.value(query("sum(balance)", "points_balance"))
    assert given == 21 * 12
    assert lines == balances == 126 + 88 + 20 + sum(range(10, 34)) - given


def test_what_becomes_of_a_basket_meanwhile_is_told(clerk: Clerk) -> None:
    clerk.enter("wx", "xyz")
    soap, powder = clerk.shop.goods["洗衣皂"], clerk.shop.goods["洗衣粉"]
    bring_in(clerk.context.database, powder, 5, clerk.context.clock.now(), EARNED_ON)
    clerk.page.refresh()
    clerk.enter("xyf")

    with clerk.context.database.transaction("改价、下架") as session:
        entered, version = goods_keeping.input_of(session, soap)
        goods_keeping.change(session, soap, replace(entered, points=15), version=version)
        goods_keeping.set_on_shelf(session, [powder], on_shelf=False)
    clerk.context.signals.changed.emit(Area.POINTS)

    assert clerk.told == "“洗衣皂”由 12 分改成了 15 分。请和居民核对。"
    assert not clerk.till.verdict.ok
    assert clerk.till.verdict.words == "洗衣粉已经下架"


def test_whose_record_went_away_is_told_and_nothing_is_redeemed(clerk: Clerk) -> None:
    clerk.enter("wx", "xyz")
    keep, gone = clerk.shop.people["李强"], clerk.shop.people["王秀兰"]
    with clerk.context.database.transaction("合并") as session:
        merging.merge(session, keep, gone, now=clerk.context.clock.now())

    clerk.context.signals.changed.emit(Area.POINTS)

    assert clerk.till.person is None
    assert clerk.told_to_finder == "王秀兰 的资料已经删除或合并，没有兑换。请重新找人。"


def test_points_that_lapse_while_the_basket_stands_there_are_seen_after_the_refusal(
    clerk: Clerk, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.enter("wx", "xyz")
    after = clerk.context.clock.now() + timedelta(days=800)
    with clerk.context.database.transaction("确认日期") as session:
        points_clock.confirm(session, after.date())
    monkeypatch.setattr(FixedClock, "now", lambda _: after)

    clerk.press(ENTER)

    assert any("积分不够，差 12 分" in one for one in dialogs.shown)
    assert clerk.till.before == 0
    assert clerk.till.verdict.words == "差 12 分"
    assert clerk.basket == [("洗衣皂", 1)]
