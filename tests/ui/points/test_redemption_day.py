"""A redemption day lived by keyboard and scanner alone: from an afternoon's work to the public
list, and from a bar of soap back to that afternoon."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.services import stock
from app.storage.engine import Database
from app.storage.lookup import query
from app.ui.kit import search_box
from app.ui.kit.memory import window_memory
from app.ui.main_window import MainWindow
from app.ui.points.counter import field as counter_field
from app.ui.points.counter.slip_panel import NO_PAPER
from app.ui.points.page import TABS, PointsPage
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.storage.offices import furnish
from tests.ui.hands import (
    ALT,
    CTRL,
    DOWN,
    ENTER,
    ESCAPE,
    SAVE,
    SHIFT,
    TAB,
    Hands,
    Seconds,
    Stroke,
    started,
)
from tests.ui.points.market import (
    PEOPLE,
    RICE,
    SHELF,
    SOAP,
    SOAP_CODE,
    TOWEL,
    Market,
    furnish_market,
)

NEXT_TAB: Stroke = (TAB, CTRL)
UP = Qt.Key.Key_Up
EVE, AFTERNOON = datetime(2026, 11, 13, 9), datetime(2026, 11, 14, 16, 30)
DECEMBER = datetime(2026, 12, 1, 9)
MONDAY, MARKET_DAY = datetime(2026, 11, 16, 9), datetime(2026, 11, 21, 9, 30)
ABSENT, SHORT, TYPED, TWO_TOWELS, LAST_TOWEL, NO_TOWEL = 3, 4, 17, 20, 21, 22
PROXY, HELD, BACK, AGAIN = 30, 40, 50, 60
"""Places in the team of those with whom it goes otherwise"""
NOT_SOAP = (ABSENT, SHORT, TWO_TOWELS, LAST_TOWEL, BACK)
USUAL = 70
LEFT = {SOAP: SHELF[SOAP] - PEOPLE + len(NOT_SOAP), TOWEL: 0, RICE: SHELF[RICE]}
LEFT_POINTS = 1 + 1 + 2
"""Of who came for half an hour, who got the last towel, who brought the soap back"""
_LINE = re.compile(r"^\d+ \S+ (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)
_SUMS = re.compile(r"合计　上月结余 (\d+) ＋ 本月新增 (\d+) － 本月兑换 (\d+) ＝ 本月结余 (\d+)")


class Clerk(Hands):
    """Hands and a scanner; `keys` counts what the hands did."""

    seconds: Seconds
    keys = 0

    @property
    def tab(self) -> Any:
        page = self.window.stack.currentWidget()
        assert isinstance(page, PointsPage)
        return page.current

    def strike(self, target: QWidget, stroke: Stroke) -> None:
        self.seconds.now += 1
        self.keys += len(stroke) if isinstance(stroke, str) else 1
        super().strike(target, stroke)
        # A hand sees the counter empty before it types for the next one.
        QApplication.processEvents()

    def scan(self, *codes: str) -> None:
        """All letters in one go, and Enter behind them."""
        self.turn_to(self.window)
        for code in codes:
            self.seconds.now += 1
            target = self.window.focusWidget()
            QTest.keyClicks(target, code)
            QTest.keyClick(target, ENTER)

    @property
    def told(self) -> str:
        """The sentence in place of the hits."""
        card = self.tab.desk.goods
        return card.notice.words if card.tells else ""

    def go_to(self, title: str) -> None:
        """From the counter, or from another page of a program just started, to a tab."""
        titles = [kind.title for kind in TABS]
        self.press((Qt.Key.Key_3, CTRL), *[NEXT_TAB] * titles.index(title))


Come = Callable[[str, str, datetime], Clerk]


@pytest.fixture
def market(database: Database) -> Market:
    return furnish(database, furnish_market)


@pytest.fixture
def come(
    context: Context,
    market: Market,
    dialogs: Dialogs,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Come:
    """Somebody starts the program at a moment of these weeks."""
    window_memory().setValue("积分超市/小票", NO_PAPER)
    seconds = Seconds()
    for module in (search_box, counter_field):
        monkeypatch.setattr(module, "time", seconds)
    windows: list[MainWindow] = []

    def start(name: str, role: str, moment: datetime) -> Clerk:
        for window in windows:
            window.hide()
        context.database.act_as(actor(name, role))
        window = started(context, moment)
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.activateWindow()
        clerk = Clerk(window, dialogs, qtbot)
        clerk.seconds = seconds
        return clerk

    return start


def test_a_redemption_day_is_run_by_keyboard_and_scanner_alone(
    come: Come, market: Market, context: Context, tmp_path: Path
) -> None:
    plan(come("孙丽", "社工", EVE))
    type_back(come("孙丽", "社工", AFTERNOON))
    review(come("赵敏", "社工", MONDAY))
    clerk = come("孙丽", "社工", MARKET_DAY)
    slips = serve_everybody(clerk, market)
    count_the_shelf(clerk)
    assert on_hand(context, market) == LEFT

    clerk = come("王书记", "书记", DECEMBER)
    add_up(public_list(clerk, tmp_path / "公示.pdf"), context)
    trace(clerk, slips[USUAL])


def plan(clerk: Clerk) -> None:
    """Whoever is of the team is on the list by one key."""
    clerk.go_to("活动")
    facts = ("楼道清扫", ENTER, ENTER, "tj", ENTER, "11-14", ENTER, ENTER, "14", ENTER, "16", ENTER)
    clerk.press_in_windows((*facts, "3 号楼", ENTER, ENTER, "扫楼道", SAVE))
    clerk.press((Qt.Key.Key_N, CTRL))
    clerk.press_in_windows(((Qt.Key.Key_T, ALT), ESCAPE))
    clerk.press((Qt.Key.Key_B, ALT))
    assert clerk.tab.card.activity.signed_up == PEOPLE


def type_back(clerk: Clerk) -> None:
    """A key for each who is not as planned; the rest came for the whole time."""
    clerk.go_to("活动")
    half_an_hour = ("1", UP, "---", DOWN)
    typed = ("1" * ABSENT, "2", *half_an_hour, (Qt.Key.Key_A, ALT), SAVE, ESCAPE)
    clerk.press_in_windows(typed)
    clerk.press((Qt.Key.Key_Q, ALT))
    clerk.press((Qt.Key.Key_S, ALT))


def review(clerk: Clerk) -> None:
    clerk.go_to("台账")
    clerk.press((Qt.Key.Key_A, CTRL), SAVE)
    assert clerk.tab.list.counts.waiting.lines == 0


def serve_everybody(clerk: Clerk, market: Market) -> list[str]:
    """One after the other; what goes otherwise than usual leaves nothing for the next one. Gives
    the number of the slip that was the last after each."""
    clerk.press(Qt.Key.Key_F7)
    slips = []
    odd: dict[int, Callable[[Clerk, str], object]] = {
        ABSENT: lambda clerk, card: nothing(clerk, card, "差 2 分。"),
        SHORT: lambda clerk, card: nothing(clerk, card, "差 1 分。"),
        TYPED: typed,
        TWO_TOWELS: two_towels,
        LAST_TOWEL: last_towel,
        NO_TOWEL: no_towel,
        PROXY: proxy,
        HELD: held,
        BACK: taken_back,
        AGAIN: scanned_again,
    }
    for place, card in enumerate(market.cards):
        odd.get(place, usual)(clerk, card)
        assert clerk.tab.till.person is None
        assert clerk.window.focusWidget() is clerk.tab.search
        slips.append(getattr(clerk.tab.till.last, "number", ""))
    return slips


def usual(clerk: Clerk, card: str) -> None:
    before = clerk.keys
    clerk.scan(card, SOAP_CODE)
    clerk.press(ENTER)
    assert clerk.keys - before == 1


def nothing(clerk: Clerk, card: str, why: str) -> None:
    """Too few points: Enter books nothing and says why."""
    clerk.scan(card)
    refused(clerk, why)


def refused(clerk: Clerk, why: str) -> None:
    clerk.scan(SOAP_CODE)
    clerk.press(ENTER)
    assert clerk.told == why
    clerk.press(ESCAPE, ESCAPE)


def typed(clerk: Clerk, _card: str) -> None:
    """Card at home, packet without barcode: 黄伟, 香皂."""
    before = clerk.keys
    clerk.press("hw", ENTER, "xz", SAVE)
    assert clerk.keys - before == 6


def two_towels(clerk: Clerk, card: str) -> None:
    clerk.scan(card)
    clerk.press("mj", ENTER, "+", ENTER)


def last_towel(clerk: Clerk, card: str) -> None:
    clerk.scan(card)
    clerk.press("mj", ENTER, "+")
    assert clerk.told == "“毛巾”只有 1 条，不能再加。"
    # The first Enter has read it.
    clerk.press(ENTER, ENTER)


def no_towel(clerk: Clerk, card: str) -> None:
    """缺货 is said, and soap is taken instead."""
    clerk.scan(card)
    clerk.press("mj", ENTER)
    assert clerk.told == "“毛巾”缺货。"
    clerk.press(ENTER)
    clerk.scan(SOAP_CODE)
    clerk.press(ENTER)


def proxy(clerk: Clerk, card: str) -> None:
    clerk.scan(card)
    clerk.press_in_windows(("王磊", ENTER, "儿子", SAVE))
    clerk.press((Qt.Key.Key_D, ALT))
    clerk.scan(SOAP_CODE)
    clerk.press(ENTER)
    assert clerk.tab.till.last.proxy_words == "王磊（儿子）"


def held(clerk: Clerk, card: str) -> None:
    """The card of the next one waits for the full basket, which is put aside and comes back."""
    clerk.scan(card, SOAP_CODE, card[:-1] + "X")
    clerk.press((Qt.Key.Key_F7, SHIFT))
    assert clerk.tab.till.person is None
    clerk.press((Qt.Key.Key_F8, SHIFT), ENTER)


def taken_back(clerk: Clerk, card: str) -> None:
    usual(clerk, card)
    clerk.press_in_windows(("拿错了东西", SAVE))
    clerk.press((Qt.Key.Key_Z, CTRL))
    assert clerk.tab.till.last.taken_back_reason == "拿错了东西"


def scanned_again(clerk: Clerk, card: str) -> None:
    """The same card at once: somebody asks, and who goes on finds that the points are spent."""
    usual(clerk, card)
    clerk.scan(card)
    assert clerk.tab.till.person is None
    assert "刚给" in clerk.tab.finder.notice.words
    clerk.press((Qt.Key.Key_Z, ALT))
    refused(clerk, "差 2 分。")


def count_the_shelf(clerk: Clerk) -> None:
    """盘点: what stands there is what the book says."""
    clerk.go_to("库存")
    clerk.press((Qt.Key.Key_V, ALT), (Qt.Key.Key_V, ALT), (Qt.Key.Key_N, CTRL))
    clerk.scan(SOAP_CODE)
    clerk.press(str(LEFT[SOAP]), ENTER, "mj", ENTER, str(LEFT[TOWEL]), ENTER)
    clerk.press("dm", ENTER, str(LEFT[RICE]), ENTER)
    takes = clerk.tab.takes
    assert takes.progress.text().endswith("已盘 3 / 3 种，不符 0 种")
    clerk.press_in_windows(("赵敏", SAVE))
    clerk.press((Qt.Key.Key_W, ALT))
    assert (takes.shown.open, takes.shown.differing) == (False, 0)


def public_list(clerk: Clerk, file: Path) -> str:
    """月结 and its 公示, read back."""
    clerk.go_to("月结")
    clerk.dialogs.answers.append("月结锁账")
    clerk.dialogs.files.append(file)
    clerk.press((Qt.Key.Key_L, CTRL))
    tab = clerk.tab
    clerk.qtbot.waitUntil(lambda: tab.facts.closed is not None, timeout=20_000)
    clerk.qtbot.waitUntil(lambda: not tab.context.background.busy, timeout=20_000)
    clerk.press((Qt.Key.Key_S, CTRL))
    return text_by_pdfium(file.read_bytes())


def add_up(paper: str, context: Context) -> None:
    """Each line of the list, all of them together, and the ledger say the same."""
    lines = [list(map(int, one)) for one in _LINE.findall(paper)]
    assert len(lines) == PEOPLE - 1, "everybody but who was absent"
    assert all(opening + added - taken == left for opening, added, taken, left in lines)
    sums = [sum(column) for column in zip(*lines, strict=True)]
    assert [list(map(int, one)) for one in _SUMS.findall(paper)] == [sums]
    with context.database.lookup() as lookup:
        ledger = "sum(points * (points > 0)), -sum(points * (points < 0)), sum(points)"
        [booked] = lookup.rows(query(ledger, "points_entry"))
        balances = lookup.value(query("sum(balance)", "points_balance"))
    assert sums == [0, *booked]
    assert balances == booked[2] == LEFT_POINTS


def trace(clerk: Clerk, slip: str) -> None:
    """The slip is scanned: a bar of soap, the points it took, the afternoon that gave them."""
    clerk.press(Qt.Key.Key_F7)
    clerk.press_in_windows((SAVE,), (ENTER, SAVE))
    clerk.scan(slip)
    assert clerk.met == ["兑换单", "一笔积分"]
    earned = clerk.tab.card.activity
    assert (earned.name, earned.on_date, earned.time) == (
        *("楼道清扫", AFTERNOON.date(), "14:00–16:00"),
    )


def on_hand(context: Context, market: Market) -> dict[str, int]:
    with context.database.lookup() as lookup:
        found = stock.on_hand(lookup, list(market.goods.values()))
    return {name: found[key] for name, key in market.goods.items()}
