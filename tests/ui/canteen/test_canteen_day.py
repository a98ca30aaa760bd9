"""A canteen day lived by keyboard and scanner alone: from the kitchen's count at eight to the claim
of the month, and from every figure of the claim back to the single meal."""

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import OrderState
from app.services import events
from app.storage.engine import Database
from app.ui.canteen.counter import field as counter_field
from app.ui.canteen.page import TABS, CanteenPage
from app.ui.kit import search_box
from app.ui.main_window import MainWindow
from app.values import pinyin
from app.values.money import yuan
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.ui.canteen.canteen_house import BROUGHT, DAY, EATERS, MENU, House, house_on
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

NEXT_TAB: Stroke = (TAB, CTRL)
SPACE, RIGHT, BACKSPACE = Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Backspace
KEEP: tuple[Stroke, ...] = ((Qt.Key.Key_S, CTRL), ESCAPE)
"""A paper in its window: stored as a file, and the window closed"""
DECEMBER, NEXT_DAY = date(2026, 12, 1), date(2026, 12, 2)
NOVEMBER = 202611
PAYERS = ("city", "district", "street", "operator", "donor")
LABELS = {"city": "市财政", "district": "区财政", "street": "街道", "donor": "慈善捐赠"}
USUAL_KEYS = 3


class Clerk(Hands):
    """Hands and a scanner; `keys` counts what the hands did, papers go to `folder`."""

    seconds: Seconds
    folder: Path
    keys = 0

    @property
    def tab(self) -> Any:
        page = self.window.stack.currentWidget()
        assert isinstance(page, CanteenPage)
        return page.current

    def turn_to(self, top: QWidget) -> None:
        # The window that was closed last is still on its way out, and takes the focus with it.
        for _ in range(2):
            super().turn_to(top)
            QApplication.processEvents()

    def strike(self, target: QWidget, stroke: Stroke) -> None:
        self.seconds.now += 1
        self.keys += len(stroke) if isinstance(stroke, str) else 1
        super().strike(target, stroke)
        QApplication.processEvents()

    def scan(self, code: str) -> None:
        """All letters in one go, and Enter behind them."""
        self.turn_to(self.window)
        self.seconds.now += 1
        target = self.window.focusWidget()
        QTest.keyClicks(target, code)
        QTest.keyClick(target, ENTER)

    def go_to(self, title: str) -> None:
        """From another page, or from the counter, to a tab."""
        titles = [kind.title for kind in TABS]
        self.press(Qt.Key.Key_F8, ESCAPE, *[NEXT_TAB] * titles.index(title))

    def paper(self, name: str, *strokes: Stroke, asked: tuple[tuple[Stroke, ...], ...] = ()) -> str:
        """What stands on a paper that was stored; `asked` is pressed in the windows before it."""
        return text_by_pdfium(self.stored(f"{name}.pdf", *strokes, windows=(*asked, KEEP)))

    def stored(self, name: str, *strokes: Stroke, windows: tuple[tuple[Stroke, ...], ...]) -> bytes:
        """A file that is made while one waits."""
        file = self.folder / name
        self.dialogs.files.append(file)
        self.press_in_windows(*windows)
        self.press(*strokes)
        self.qtbot.waitUntil(lambda: self.dialogs.on_dialog is None, timeout=20_000)
        self.qtbot.waitUntil(lambda: file.exists() and not self.busy, timeout=20_000)
        return file.read_bytes()

    @property
    def busy(self) -> bool:
        return bool(self.tab.context.background.busy)

    def finds(self, letters: str) -> None:
        """Typed, and read who it is."""
        self.press(letters)
        serving = self.tab.serving
        self.qtbot.waitUntil(lambda: serving.person is not None, timeout=20_000)

    @property
    def said(self) -> str:
        """What was logged last, or why nothing is."""
        eater = self.tab.eater
        return str((eater.idle.notice if self.tab.serving.person is None else eater.reason).words)


Come = Callable[[str, str, datetime], Clerk]


@pytest.fixture
def house(database: Database) -> House:
    return house_on(database)


@pytest.fixture
def come(
    context: Context,
    house: House,
    dialogs: Dialogs,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Come:
    """Somebody starts the program at a moment of these weeks."""
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
        clerk.seconds, clerk.folder = seconds, tmp_path
        return clerk

    return start


def test_a_canteen_day_is_run_by_keyboard_and_scanner_alone(come: Come, house: House) -> None:
    clerk = come("高翔", "社工", at(DAY, 8))
    kitchen(clerk)
    menu(clerk)
    samples(clerk, house)
    clerk = come("高翔", "社工", at(DAY, 11))
    counter(clerk, house)
    signed_sheet(clerk)
    walks(clerk)
    at_the_door(come("周敏", "网格员", at(DAY, 14)), house)
    till(come("高翔", "社工", at(DAY, 17)), house)
    assert_books_agree(house)

    # The office learns later that somebody had left before he ate.
    house.stage.do(
        events.move_out,
        house.stage.people["leap"],
        on_date=date(2026, 11, 20),
        now=at(DAY, 18),
    )
    clerk = come("王书记", "书记", at(DECEMBER, 9))
    put_right(clerk)
    trace(clerk, house)
    papers(clerk, house)
    submit(clerk, house)
    correct(come("王书记", "书记", at(NEXT_DAY, 9)), house)
    assert_books_agree(house)


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour))


# -- before the meal


def kitchen(clerk: Clerk) -> None:
    """The count, an order on the telephone, a stop, what the kitchen and the carriers take."""
    clerk.go_to("订餐")
    assert portions(clerk) == len(BROUGHT)
    clerk.press_in_windows((SPACE, ENTER, SAVE), ("zl", ENTER))
    clerk.press((Qt.Key.Key_N, CTRL))
    assert portions(clerk) == len(BROUGHT) + 1
    clerk.press_in_windows(("11-23", ENTER, ENTER, DOWN, SAVE))
    clerk.press((Qt.Key.Key_S, ALT))
    assert portions(clerk) == len(BROUGHT)

    sheet = clerk.paper("备餐单", (Qt.Key.Key_K, ALT))
    assert "低盐" in sheet
    labels = clerk.paper("标签", (Qt.Key.Key_L, ALT), asked=((SAVE,),))
    assert "赵亮" not in labels, "he stopped"
    clerk.press(NEXT_TAB)
    sheets = clerk.paper("送餐单", Qt.Key.Key_F9, asked=((SAVE,),))
    assert "王秀兰" in sheets


def portions(clerk: Clerk) -> int:
    return int(clerk.tab.day.kitchen.count.portions)


def menu(clerk: Clerk) -> None:
    """A dish goes into set B, another is gone before noon; the week for the wall."""
    clerk.press(NEXT_TAB, "b", (Qt.Key.Key_F5, SHIFT))
    line = clerk.tab.week.grid.line
    assert (line.sets, line.sold_out_at is not None) == ("A", True)
    poster = clerk.paper("菜谱", Qt.Key.Key_F9, DOWN, ENTER)
    assert "红烧带鱼" in poster


def samples(clerk: Clerk, house: House) -> None:
    """One key a dish, all kept in one step."""
    clerk.press(NEXT_TAB)
    clerk.press(*[ENTER] * (len(MENU) + 1), SAVE)
    assert house.stage.ask("SELECT count(*), min(grams) FROM food_sample") == [(len(MENU), 125)]


# -- the meal


def counter(clerk: Clerk, house: House) -> None:
    """Twenty by two letters, then whatever goes otherwise; the field is ready after each."""
    clerk.press(Qt.Key.Key_F8, ESCAPE)
    for name in EATERS:
        before = clerk.keys
        clerk.finds(pinyin.initials(name)[0])
        clerk.press(ENTER)
        assert clerk.keys - before == USUAL_KEYS
        assert ready(clerk), name
        assert name in clerk.said
    by_card(clerk, house)
    second_meal(clerk)
    with_extras(clerk)
    by_voucher(clerk)
    too_little_on_the_card(clerk)
    guests(clerk)
    taken_back(clerk)


def ready(clerk: Clerk) -> bool:
    return clerk.tab.serving.person is None and clerk.window.focusWidget() is clerk.tab.eater.field


def by_card(clerk: Clerk, house: House) -> None:
    before = clerk.keys
    clerk.scan(house.cards["li"])
    clerk.press(ENTER)
    assert clerk.keys - before == 1
    assert "李建国" in clerk.said


def second_meal(clerk: Clerk) -> None:
    """Enter logs nothing; with a reason it is a meal at its whole price."""
    clerk.finds("cw")
    clerk.press(ENTER)
    assert "已经记过" in clerk.said
    clerk.press_in_windows(("帮家人带一份", SAVE))
    clerk.press((Qt.Key.Key_P, ALT), "b", ENTER)
    assert clerk.said.endswith("崔旺：B 餐，现金付 15.00 元。")


def with_extras(clerk: Clerk) -> None:
    clerk.finds("zm")
    clerk.press_in_windows(("3", SAVE))
    clerk.press(SPACE, "j", ENTER)
    assert "张明" in clerk.said
    assert ready(clerk)


def by_voucher(clerk: Clerk) -> None:
    clerk.finds("zd")
    clerk.press(SPACE, "4", ENTER)
    assert "周德福" in clerk.said
    assert "餐券付" in clerk.said


def too_little_on_the_card(clerk: Clerk) -> None:
    """The card is filled where one stands, and pays."""
    clerk.finds("ljun")
    clerk.press(ENTER)
    assert "卡户差" in clerk.said
    receipt = clerk.paper("收据", (Qt.Key.Key_S, ALT), asked=(("100", SAVE),))
    assert "壹佰元整" in receipt
    clerk.press(ENTER)
    assert "刘军" in clerk.said
    assert ready(clerk)


def guests(clerk: Clerk) -> None:
    clerk.press((Qt.Key.Key_F2, SHIFT), (Qt.Key.Key_F2, SHIFT), (Qt.Key.Key_F3, SHIFT))
    assert "骑手快递" in clerk.said


def taken_back(clerk: Clerk) -> None:
    """Ctrl+Z means the meal that was logged last."""
    clerk.press_in_windows(("记错了人", SAVE))
    clerk.press((Qt.Key.Key_Z, CTRL))
    assert clerk.said.startswith("已撤销")
    assert ready(clerk)


def signed_sheet(clerk: Clerk) -> None:
    """Printed with who usually comes, signed at the door, typed back in its order."""
    clerk.dialogs.files.append(clerk.folder / "签到表.pdf")
    clerk.press_in_windows(KEEP)
    clerk.press(Qt.Key.Key_F9, DOWN, ENTER)
    clerk.qtbot.waitUntil(lambda: clerk.dialogs.on_dialog is None, timeout=20_000)
    paper = text_by_pdfium((clerk.folder / "签到表.pdf").read_bytes())
    assert "冯春生" in paper
    assert "赵亮" in paper
    clerk.press_in_windows((SPACE, "b", SAVE, ESCAPE))
    clerk.press((Qt.Key.Key_F6, SHIFT))
    assert ready(clerk)


# -- the walks


def walks(clerk: Clerk) -> None:
    """The first is put down as the phone rings, the second from its sheet."""
    clerk.go_to("送餐")
    clerk.press("d", SPACE, "n")
    assert clerk.tab.side.care_panel.case.name == "王秀兰"
    clerk.press(ENTER, (Qt.Key.Key_R, CTRL))
    assert clerk.tab.side.care_panel.number.text() == "13940962277"
    clerk.press(ENTER)
    assert clerk.tab.side.care_panel.case.member_name == "周敏"
    clerk.press(DOWN, SPACE, "b")
    clerk.press_in_windows(("1", "3", "饭菜不合适", SAVE, ESCAPE))
    clerk.press((Qt.Key.Key_F6, SHIFT))
    states = [one.state for walk in clerk.tab.board.walks for one in walk.stops]
    handed, nobody, unwanted = OrderState.HANDED, OrderState.NOBODY, OrderState.TURNED_DOWN
    assert states == [handed, nobody, handed, handed, unwanted]


def at_the_door(member: Clerk, house: House) -> None:
    """The grid member tells what came of it."""
    member.press((Qt.Key.Key_2, CTRL), *[NEXT_TAB] * 3)
    member.press_in_windows(("在家，没听见敲门", SAVE))
    member.press((Qt.Key.Key_C, ALT))
    assert house.stage.ask("SELECT outcome FROM care_case") == [("在家，没听见敲门",)]


def till(clerk: Clerk, house: House) -> None:
    """In the evening the till has what the book says."""
    clerk.go_to("账户")
    paper = clerk.paper("交款单", (Qt.Key.Key_R, ALT), asked=((Qt.Key.Key_F9, ESCAPE),))
    today = f"on_date = '{DAY}'"
    [(eaten,)] = house.stage.ask(f"SELECT sum(paid) FROM meal WHERE pay_way = 'cash' AND {today}")
    [(kept,)] = house.stage.ask(
        f"SELECT sum(amount) FROM meal_entry WHERE tender = 'in_cash' AND {today}"
    )
    assert yuan(eaten + kept) in paper, paper


# -- the claim


def put_right(clerk: Clerk) -> None:
    """What stands in the way is a meal after somebody had left: he pays it himself."""
    clerk.go_to("结算")
    assert "迁出后仍就餐 1 笔" in clerk.tab.checks.words
    clerk.press_in_windows((DOWN, SAVE))
    clerk.press((Qt.Key.Key_B, ALT))
    assert clerk.tab.facts.checks.open == 0


def trace(clerk: Clerk, house: House) -> None:
    """Every figure is the sum of the meals behind it, and each of them can be opened."""
    grid, lines = clerk.tab.matrix.grid, clerk.tab.lines
    columns = clerk.tab.facts.matrix.columns
    for row in range(len(grid.rows)):
        for column, key in enumerate(columns):
            assert grid.place == (row, column)
            told = grid.current.cells[column].text
            if key not in ("people", "meals") and told != "—":
                ids = ", ".join(map(str, lines.table.paged_model.ids))
                name = f"by_{key}" if key in PAYERS else key
                [(found,)] = house.stage.ask(
                    f"SELECT coalesce(sum({name}), 0) FROM meal WHERE id IN ({ids})"
                )
                assert yuan(found) == told
            if key == "price":
                open_one(clerk)
            clerk.press(RIGHT)
        clerk.press(DOWN, *[Qt.Key.Key_Left] * len(columns))


def open_one(clerk: Clerk) -> None:
    """Enter to the lines, Enter to the meal, back to the same figure."""
    place, met = clerk.tab.matrix.grid.place, len(clerk.met)
    clerk.press_in_windows((ESCAPE,))
    clerk.press(ENTER, ENTER, BACKSPACE)
    assert clerk.met[met:] == ["用餐"]
    assert clerk.tab.matrix.grid.place == place
    assert clerk.window.focusWidget() is clerk.tab.matrix.grid


def papers(clerk: Clerk, house: House) -> None:
    """The table, each payer's form, the list for the board, the workbook: all say the same."""
    claim = claimed(house)
    table = clerk.paper("结算表", Qt.Key.Key_F9)
    forms = clerk.paper("申报表", (Qt.Key.Key_F9, SHIFT), asked=((SAVE,),))
    for payer in PAYERS:
        if claim[payer]:
            assert yuan(claim[payer]) in table
            assert yuan(claim[payer]) in forms
    board = clerk.paper("公示", (Qt.Key.Key_R, CTRL))
    assert "崔*" in board
    assert "崔旺" not in board
    book = clerk.stored(
        "结算.xlsx", (Qt.Key.Key_F9, SHIFT), windows=(((Qt.Key.Key_K, CTRL),), (SAVE,))
    )
    assert single_meals(book) == {label: claim[payer] for payer, label in LABELS.items()}


def single_meals(book: bytes) -> dict[str, int]:
    """What the lines of the workbook come to, in 分."""
    rows = list(load_workbook(BytesIO(book))["逐餐明细"].values)
    heads = next(row for row in rows if row[0] == "日期")
    meals = [row for row in rows if str(row[-1]).startswith("M-")]
    places = {label: heads.index(label) for label in LABELS.values()}
    return {
        label: round(100 * sum(row[place] or 0 for row in meals)) for label, place in places.items()
    }


def submit(clerk: Clerk, house: House) -> None:
    """Two signatures, where the list hangs, one answer; then every payer's money comes."""
    clerk.press_in_windows((SAVE,), ("王书记", SAVE))
    clerk.press((Qt.Key.Key_L, CTRL))
    clerk.press((Qt.Key.Key_L, CTRL))
    clerk.press_in_windows((SAVE,), (SAVE,))
    clerk.press((Qt.Key.Key_R, CTRL))
    assert clerk.tab.facts.claim.posted_at == "食堂门口公示栏"
    clerk.dialogs.answers.append("提交并锁定")
    clerk.press((Qt.Key.Key_L, CTRL))
    assert clerk.tab.facts.locked
    parts = house.stage.ask("SELECT payer, of_month + difference FROM meal_claim_part")
    owed = {payer: amount for payer, amount in claimed(house).items() if amount}
    assert dict(parts) == owed
    clerk.press_in_windows(*[(SAVE,)] * len(owed))
    for _ in owed:
        clerk.press((Qt.Key.Key_L, CTRL))
    assert clerk.tab.steps.place.text() == "已办完"


def claimed(house: House) -> dict[str, int]:
    """By payer what the meals of November come to."""
    sums = ", ".join(f"sum(by_{payer})" for payer in PAYERS)
    [found] = house.stage.ask(f"SELECT {sums} FROM meal WHERE month = {NOVEMBER}")
    return dict(zip(PAYERS, found, strict=True))


def correct(clerk: Clerk, house: House) -> None:
    """A meal of the month that is locked is put right: the next month claims the difference."""
    before = claimed(house)
    clerk.go_to("结算")
    clerk.press_in_windows(((Qt.Key.Key_B, ALT),), ("不符合补贴条件", SAVE))
    clerk.press(ENTER, ENTER, BACKSPACE)
    assert claimed(house) == before
    clerk.press((RIGHT, ALT))
    assert clerk.tab.facts.month == 202612
    assert any("差额" in row.name for row in clerk.tab.matrix.grid.rows)
    assert "−1.00" in " ".join(clerk.tab.claim.words)


def assert_books_agree(house: House) -> None:
    """Balances are sums of lines; every meal is its price in parts."""
    house.stage.check_books()
    parts = " + ".join(f"by_{payer}" for payer in PAYERS)
    assert not house.stage.ask(f"SELECT id FROM meal WHERE price + fee <> paid + {parts}")
