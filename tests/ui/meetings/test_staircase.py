"""A dark staircase lived by keyboard alone: from a slip of paper in the 议事亭 to the lamp that
burns, and all of it on one sheet."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app import paths
from app.context import Context, LiveSettings
from app.models import AttendWay
from app.services import attendance, points_accounts, points_cards
from app.services.attendance_views import seats
from app.storage.engine import Database
from app.ui.kit import search_box
from app.ui.kit.signals import AppSignals
from app.ui.main_window import MainWindow
from app.ui.meetings.page import TABS, MeetingsPage
from tests.actors import actor
from tests.clocks import HandClock
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.meeting_stage import Stage, stage_on
from tests.ui.hands import (
    ALT,
    CTRL,
    DOWN,
    ENTER,
    ESCAPE,
    PLAIN,
    SAVE,
    SHIFT,
    TAB,
    Hands,
    Seconds,
    Stroke,
)

NEXT_TAB: Stroke = (TAB, CTRL)
NEW: Stroke = (Qt.Key.Key_N, CTRL)
HERE: Stroke = (Qt.Key.Key_5, CTRL)
"""The page 议事"""
SPACE, BACK = Qt.Key.Key_Space, Qt.Key.Key_Backtab
KEEP: tuple[Stroke, ...] = ((Qt.Key.Key_S, CTRL), ESCAPE)
"""A paper in its window: stored as a file, and the window closed"""
SECRETARY = actor("周立群", "书记")
SAMPLES = paths.resources() / "samples"
PUBLIC_WORKS, SLIP, TELEPHONE = "1", "2", "5"
"""Kinds and ways by the numbers that stand in front of them"""
DRAFT = "3 号楼换声控灯 216 盏，用专项经费 18,600 元。"
COUNCIL = "居民代表会议应到 61 人，实到"


def alt(key: str) -> Stroke:
    return (getattr(Qt.Key, f"Key_{key}"), ALT)


class Clerk(Hands):
    """Hands in an office whose days pass; papers go to `folder`."""

    clock: HandClock
    seconds: Seconds
    folder: Path
    pictures: list[str]
    """Names of samples that are chosen next"""

    @property
    def page(self) -> MeetingsPage:
        page = self.window.stack.currentWidget()
        assert isinstance(page, MeetingsPage)
        return page

    @property
    def tab(self) -> Any:
        return self.page.current

    def turn_to(self, top: QWidget) -> None:
        # The window that was closed last is still on its way out, and takes the focus with it.
        for _ in range(2):
            super().turn_to(top)
            QApplication.processEvents()

    def strike(self, target: QWidget, stroke: Stroke) -> None:
        self.seconds.now += 1
        super().strike(opened(target) or target, stroke)
        QApplication.processEvents()

    def on(self, day: date, title: str, hour: int = 9) -> None:
        """Another day, in a tab; it is read anew as nobody does overnight."""
        self.clock.moment = datetime.combine(day, time(hour))
        self.press(HERE, Qt.Key.Key_F5)
        self.go_to(title)

    def go_to(self, title: str) -> None:
        titles = [kind.title for kind in TABS]
        self.press(*[NEXT_TAB] * ((titles.index(title) - self.page._shown) % len(titles)))

    def scan(self, code: str) -> None:
        """All letters in one go, and Enter behind them."""
        self.turn_to(self.window)
        self.seconds.now += 1
        target = self.window.focusWidget()
        QTest.keyClicks(target, code)
        QTest.keyClick(target, ENTER)
        QApplication.processEvents()

    def press_button(self, words: str) -> None:
        """The button of these words, reached by Tab alone."""
        self.turn_to(self.window)
        for _ in range(40):
            target = self.window.focusWidget()
            if isinstance(target, QPushButton) and target.text() == words:
                break
            self.strike(target, TAB)
        self.press(SPACE)

    def form(self, key: Stroke, *strokes: Stroke) -> None:
        """The window that opens by a key, filled and saved."""
        self.press_in_windows((*strokes, SAVE))
        self.press(key)

    def camera(self) -> list[str]:
        return [str(SAMPLES / self.pictures.pop())]

    def sheet(self) -> bytes:
        """The first paper of the menu 打印, stored while one waits."""
        file = self.folder / "来龙去脉.pdf"
        self.dialogs.files.append(file)
        self.press_in_windows(KEEP)
        self.press(Qt.Key.Key_F9, DOWN, ENTER)
        self.qtbot.waitUntil(lambda: self.dialogs.on_dialog is None, timeout=20_000)
        self.qtbot.waitUntil(file.exists, timeout=20_000)
        return file.read_bytes()


def opened(popup: QWidget) -> QListView | None:
    """The list of an open choice: its frame hands no keys on where there is no screen."""
    return popup.findChild(QListView) if popup is QApplication.activePopupWidget() else None


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


@pytest.fixture
def clerk(
    context: Context,
    stage: Stage,
    dialogs: Dialogs,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Clerk:
    """The secretary has started the program, and leaves it on for weeks."""
    seconds, clock, signals = Seconds(), HandClock(), AppSignals()
    monkeypatch.setattr(search_box, "time", seconds)
    database = context.database
    database.clock = clock
    database.act_as(SECRETARY)
    settings = LiveSettings(database, signals)
    window = MainWindow(Context(database, signals, context.background, settings, clock))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    found = Clerk(window, dialogs, qtbot)
    found.clock, found.seconds, found.folder, found.pictures = clock, seconds, tmp_path, []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (found.camera(), ""))
    return found


def test_a_dark_staircase_is_lived_by_keyboard_alone(clerk: Clerk, stage: Stage) -> None:
    brought_up(clerk, stage)
    talked_over(clerk, stage)
    called(clerk, stage)
    voted(clerk, stage)
    published(clerk, stage)
    paid(clerk, stage)
    carried_out(clerk, stage)
    on_one_sheet(clerk)


# -- 居民提事, 民主议事


def brought_up(clerk: Clerk, stage: Stage) -> None:
    """A slip, the same by telephone, made one; signed by a neighbour, and taken up."""
    clerk.on(date(2026, 11, 2), "提事")
    told = ("楼道没有灯", ENTER, PUBLIC_WORKS, ENTER, SLIP, ENTER, "cgf", ENTER, ENTER, "摸黑上楼")
    clerk.form(NEW, *told)
    again = ("晚上楼道没有灯", ENTER, PUBLIC_WORKS, ENTER, TELEPHONE, ENTER, "ljg", ENTER)
    clerk.form(NEW, *again)
    clerk.press_in_windows((ENTER,), ("sym", ENTER, ESCAPE))
    clerk.press(alt("M"))
    clerk.press(alt("L"))
    clerk.form(ENTER, ENTER, "先上协商会")
    assert stage.ask("SELECT number, state, origin, merged_into_id FROM topic ORDER BY id") == [
        (1, "accepted_topic", "slip", None),
        (2, "merged_topic", "by_phone", 1),
    ]
    assert stage.ask("SELECT resident_id FROM topic_person") == [(stage.people["sun"],)]


def talked_over(clerk: Clerk, stage: Stage) -> None:
    """The 议事协商会 says what is to be done: an opinion, and no decision."""
    clerk.go_to("会议")
    clerk.form(NEW, "ys", ENTER, "11-05", ENTER, ENTER, ENTER, "三楼会议室")
    clerk.press_in_windows((*put_on, ESCAPE))
    clerk.press(alt("Y"))
    clerk.form(alt("T"))
    clerk.on(date(2026, 11, 5), "会议", 14)
    clerk.press(ENTER)
    clerk.press("cgf", ENTER, "ljg", ENTER, alt("E"))
    clerk.form((Qt.Key.Key_F4, SHIFT), "换声控灯")
    clerk.form(alt("E"), BACK, SPACE, BACK, BACK, "换声控灯，物业施工")
    clerk.form(alt("E"), "周立群")
    clerk.press(ESCAPE)
    assert stage.ask("SELECT number, kind, words FROM resolution") == [
        ("商-2026-001", "opinion", "换声控灯，物业施工")
    ]


put_on: tuple[Stroke, ...] = (alt("A"), DOWN, ENTER, alt("A"))
"""The topic that waits, put on an agenda"""


# -- 集体决策


def called(clerk: Clerk, stage: Stage) -> None:
    """The representatives, after the party talked of it (第三十条); told five days before."""
    clerk.on(date(2026, 11, 6), "会议")
    party = ("11-06", ENTER, "同意提交", ENTER, "不属于")
    place = ("三楼会议室", ENTER, "周立群", ENTER, ENTER, ENTER)
    clerk.form(NEW, "jmdb", ENTER, "11-11", ENTER, ENTER, ENTER, *place, *party)
    clerk.press_in_windows((*put_on, Qt.Key.Key_F2, ESCAPE), (ENTER, ENTER, ENTER, DRAFT, SAVE))
    clerk.press(alt("Y"))
    clerk.form(alt("T"))
    assert stage.ask("SELECT state, notified_on FROM meeting WHERE id = 2") == [
        ("called_meeting", "2026-11-06")
    ]


def voted(clerk: Clerk, stage: Stage) -> None:
    """Two are missing: one is scanned, one typed; 42 figures wait for the 42nd who is there."""
    clerk.on(date(2026, 11, 11), "会议", 14)
    card = carded(stage, "wang")
    clerk.press(ENTER)
    came(stage, 39)
    clerk.press(alt("E"))
    assert banner(clerk) == f"{COUNCIL} 39 人，不到三分之二（需 41 人，还差 2 人），不能表决。"
    clerk.scan(card)
    clerk.press("ljg", ENTER)
    assert banner(clerk) == f"{COUNCIL} 41 人，达到三分之二（需 41 人），会议有效。"

    clerk.press(alt("V"), alt("1"), "25", ENTER, "12", ENTER, "4", ENTER, "1", SAVE)
    assert clerk.tab.matter.vote.sum.text() == "25 + 12 + 4 + 1 = 42，比到会的 41 人多 1"
    assert stage.ask("SELECT count(*) FROM vote") == [(0,)]
    clerk.press((Qt.Key.Key_F12, PLAIN), "cgf", ENTER)
    assert banner(clerk) == f"{COUNCIL} 42 人，达到三分之二（需 41 人），会议有效。"
    clerk.press(SAVE)
    assert stage.ask("SELECT words, proof, voters FROM vote") == [
        ("赞成 25 票，超过到会 42 人的半数，通过", "25 × 2 = 50，大于 42", 42)
    ]
    clerk.form(alt("E"))
    clerk.form(alt("E"))
    clerk.press(ESCAPE)
    assert stage.ask("SELECT number, state, words FROM resolution WHERE kind = 'decision'") == [
        ("决-2026-001", "made", DRAFT)
    ]


def banner(clerk: Clerk) -> str:
    return str(clerk.tab.quorum.notice.words)


def carded(stage: Stage, who: str) -> str:
    """The code on the card of somebody."""
    person, by = stage.people[who], SECRETARY
    opened = points_accounts.open_account
    account = stage.do(opened, by=by, resident_id=person, today=stage.today)
    code: str = stage.do(points_cards.issue_card, account, stage.today, by=by)
    return code


def came(stage: Stage, count: int) -> None:
    """So many sign in who are not in the file, at the other desk."""
    [[key]] = stage.ask("SELECT max(id) FROM meeting")
    moment = stage.database.clock.now()

    def act(session: Session) -> None:
        waiting = [one.who for one in seats(session, key) if one.resident_id is None and one.who]
        for who in waiting[:count]:
            attendance.attend(session, key, who, way=AttendWay.TYPED, now=moment)

    stage.do(act, by=SECRETARY)


def published(clerk: Clerk, stage: Stage) -> None:
    """Charged, hung up for fifteen days, an objection answered, taken down."""
    clerk.on(date(2026, 11, 12), "决议")
    clerk.form(Qt.Key.Key_F2, "冯经理", ENTER, "12-15", ENTER, "18600")
    clerk.form(alt("G"), ENTER, "11-12")
    said = ("孙玉梅", ENTER, "夜里太亮", TAB, TAB, "2026-11-12", TAB, "五秒自灭", SAVE)
    clerk.press_in_windows((*said, ESCAPE))
    clerk.press_button("异议…")
    clerk.clock.moment = datetime(2026, 11, 28, 9)
    clerk.press(HERE, (Qt.Key.Key_6, CTRL))
    clerk.press_in_windows((SAVE,))
    clerk.press_button("撤下…")
    asked = "SELECT posted_on, ends_on, taken_down_on, result FROM notice WHERE kind = '公示'"
    assert stage.ask(asked) == [
        ("2026-11-12", "2026-11-27", "2026-11-28", "公示期满，异议 1 条，都已答复")
    ]


# -- 落实


def paid(clerk: Clerk, stage: Stage) -> None:
    """The project of the resolution, the year's money, and what the lamps cost."""
    clerk.on(date(2026, 11, 28), "决议")
    clerk.form(alt("B"), *[ENTER] * 10, SPACE, ENTER, "换声控灯 216 盏")
    clerk.go_to("经费")
    clerk.form(alt("L"), "市级", ENTER, ENTER, "200000")
    clerk.form(alt("B"), "200000", ENTER, ENTER, "拨入全年经费")
    proofs = ("光明灯具店", ENTER, "0012345", ENTER, "赵敏", ENTER, "周立群")
    clerk.form(NEW, ENTER, ENTER, "18600", ENTER, ENTER, "购买声控灯", ENTER, *proofs)
    assert stage.ask("SELECT name, owner, budget, purpose FROM project") == [
        ("楼道没有灯", "冯经理", 1_860_000, "换声控灯 216 盏")
    ]
    assert stage.ask("SELECT kind, amount, balance, payee FROM fund_entry") == [
        ("granted", 20_000_000, 20_000_000, None),
        ("spent", -1_860_000, 18_140_000, "光明灯具店"),
    ]


def carried_out(clerk: Clerk, stage: Stage) -> None:
    """A dated step and the end, each with its picture; those concerned say how it is."""
    clerk.on(date(2026, 12, 1), "决议")
    clerk.pictures.append("楼道_灯不亮.jpg")
    clerk.form(alt("S"), "现场查看", TAB, "10", ENTER, SPACE)
    clerk.on(date(2026, 12, 9), "决议")
    clerk.pictures.append("楼道_灯亮了.jpg")
    clerk.form(alt("W"), "216 盏都亮了", TAB, SPACE)
    clerk.press_in_windows(("1", SAVE, "1", SAVE, "2", SAVE, ESCAPE))
    clerk.press(alt("P"))
    asked = "SELECT state, done_on FROM resolution WHERE kind = 'decision'"
    assert stage.ask(asked) == [("evaluated", "2026-12-09")]
    assert stage.ask("SELECT state FROM topic WHERE number = 1") == [("done_topic",)]


def on_one_sheet(clerk: Clerk) -> None:
    """All of it in its order, with both pictures, and nobody in the clear."""
    pdf = clerk.sheet()
    [page] = pdfium.PdfDocument(pdf)
    pictures = [one for one in page.get_objects() if one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    assert len(pictures) == 2
    said = text_by_pdfium(pdf)
    places = [said.index(words, said.index("一、居民提事")) for words in WAY]
    assert places == sorted(places)
    assert "2026年11月2日提出，2026年12月9日办结，历时 37 天。" in said
    for name in ("陈桂芳", "李建国", "孙玉梅", "周立群"):
        assert name not in said


WAY = (
    "居民提事（纸条） 陈*芳：摸黑上楼",
    "2 号并入（电话）",
    "1 人联名 孙*梅",
    "立题",
    "二、民主议事",
    "应到 3 人，实到 2 人（11月2日发会议通知）",
    "协商意见 商-2026-001 换声控灯，物业施工",
    "应到 61 人，实到 42 人（11月6日发会议通知）",
    "三、集体决策",
    "表决通过 赞成 25 票，超过到会 42 人的半数，通过",
    "决议 决-2026-001",
    "公示到 2026-11-27，收到异议 1 件，公示期满，异议 1 条，都已答复",
    "四、落实",
    "项目 项-2026-001",
    "专项经费支出 18,600.00 元",
    "进展 10% 现场查看",
    "办结 216 盏都亮了",
    "群众评议 满意 2 人，基本满意 1 人",
)
"""What stands on the sheet, in the order in which it went"""
