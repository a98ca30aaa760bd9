"""菜谱: a week written, moved and copied by keys alone; dishes kept; papers that leave a trace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import Action, Change, DishKind, MealPeriod, Operation
from app.services import canteen_changes, dishes, drafts, menu_writing, menus
from app.services.canteen_changes import CanteenInput
from app.services.dishes import DishInput
from app.ui.canteen.menu.copy_dialog import CopyDialog
from app.ui.canteen.menu.dish_dialog import DRAFT, DishDialog
from app.ui.canteen.menu.line_dialog import LineDialog
from app.ui.canteen.menu.put_dialog import PutDialog
from app.ui.canteen.menu.tab import DISHES, MenuTab
from app.ui.canteen.page import TABS, CanteenPage
from app.ui.canteen.place import canteen_beside, place_of
from app.ui.kit import theme
from app.ui.kit.dialogs import Message
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.tokens import Mode
from app.ui.people.canteen_wish import ShowDish
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.ui.recent.unsaved_bar import PLACES
from app.values.rights import READER
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import page_count, text_by_pypdf
from tests.services.canteen_stage import DINNER, LUNCH, Stage, stage_on

NO = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
DAY = timedelta(days=1)
KNOWN = (
    ("红烧带鱼", DishKind.MEAT, 6_00, 3_20),
    ("狮子头", DishKind.MEAT, 8_00, 4_00),
    ("清炒时蔬", DishKind.VEGETABLE, 4_00, 1_50),
    ("米饭", DishKind.STAPLE, 0, 50),
)


@dataclass
class Cook:
    """Somebody who writes the menu with a keyboard; `dish` has the ids by name."""

    stage: Stage
    tab: MenuTab
    dialogs: Dialogs
    dish: dict[str, int]
    met: list[str] = field(default_factory=list)
    top: QDialog | None = None

    def press(self, key: Qt.Key, by: Qt.KeyboardModifier = NO) -> None:
        QTest.keyClick(self.focused, key, by)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused, text)
        QApplication.processEvents()

    @property
    def focused(self) -> QWidget:
        """Of the window that is open, or of the page."""
        window = self.top or self.tab.window()
        return window.focusWidget() or window

    def in_dialog(self, act: Callable[[Any], object]) -> None:
        """What is done in the window that opens next."""

        def meet(dialog: QDialog) -> int:
            self.met.append(dialog.windowTitle())
            if isinstance(dialog, Message):
                self.dialogs.shown.append(dialog.words)
                return 1
            dialog.show()
            self.top = dialog
            act(dialog)
            self.top = None
            dialog.hide()
            self.tab.window().activateWindow()
            QTest.qWaitForWindowActive(self.tab.window())
            return dialog.result()

        self.dialogs.on_dialog = meet

    def put(
        self, name: str, day: date | None = None, period: MealPeriod = LUNCH, **facts: Any
    ) -> int:
        """Past the window."""
        day = day or self.stage.today
        made = self.stage.do(
            menu_writing.put, self.stage.canteen, day, period, self.dish[name], **facts
        )
        self.tab.refresh()
        return int(made)

    def menu(self, day: date | None = None, period: MealPeriod = LUNCH) -> list[tuple[str, str]]:
        """Names and sets, as the file has them."""
        found = self.stage.look(menus.menu_of, self.stage.canteen, day or self.stage.today, period)
        return [(one.name, one.sets) for one in found]

    @property
    def at(self) -> tuple[str, date]:
        """The dish that is chosen, and its day."""
        line = self.tab.week.grid.line
        return (line.name if line is not None else "", self.tab.week.grid.day)

    @property
    def listed(self) -> list[str]:
        return [self.tab.dishes.known[one].name for one in self.tab.dishes.model.ids]


@pytest.fixture
def stage(context: Context) -> Stage:
    return stage_on(context.database)


def _open(qtbot: QtBot, context: Context) -> MenuTab:
    page = CanteenPage(context, kinds=[kind for kind in TABS if kind.title == "菜谱"])
    qtbot.addWidget(page)
    context.signals.changed.connect(lambda _: page.refresh())
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    tab = page.open("菜谱")
    assert isinstance(tab, MenuTab)
    tab.take_focus()
    return tab


@pytest.fixture
def cook(qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs) -> Cook:
    known = {
        name: stage.do(
            dishes.add,
            DishInput(
                name=name,
                kind=kind,
                price=price,
                cost=cost,
                allergens=("鱼",) if "鱼" in name else (),
            ),
        )
        for name, kind, price, cost in KNOWN
    }
    place_of(context).choose_period(LUNCH)
    return Cook(stage, _open(qtbot, context), dialogs, known)


@pytest.fixture
def large() -> Iterator[None]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, Mode.LARGE)
    yield
    theme.apply(app, Mode.STANDARD)


def test_a_day_is_written_by_pinyin_and_a_dish_comes_as_it_stood_last(cook: Cook) -> None:
    cook.put("红烧带鱼", cook.stage.today - 7 * DAY, sets="AB", planned=80)

    def write(dialog: PutDialog) -> None:
        for typed in ("hsdy", "qingchao"):
            dialog.search.setText(typed)
            cook.press(ENTER)
        assert "一共加了 2 道" in dialog.told.text()
        assert dialog.focusWidget() is dialog.search
        assert [dialog._offers[one].dish.name for one in dialog.model.ids] == ["狮子头", "米饭"]
        dialog.search.setText("没有")
        cook.press(ENTER)
        assert not dialog.take_button.isEnabled()

    cook.in_dialog(write)
    cook.press(Qt.Key.Key_N, CTRL)

    assert cook.met == ["加菜　周六 11-21 午餐"]
    assert cook.menu() == [("红烧带鱼", "AB"), ("清炒时蔬", "")]
    assert cook.at == ("清炒时蔬", cook.stage.today)
    assert cook.tab.week.bar.count.text() == "2 道菜，备餐 80 份"
    assert cook.focused is cook.tab.week.grid


def test_letters_and_enter_say_in_which_sets_a_dish_is_and_for_how_many(cook: Cook) -> None:
    cook.put("红烧带鱼", sets="B")
    for letter in ("a", "b", "c"):
        cook.type(letter)
    assert cook.menu() == [("红烧带鱼", "A")]

    def write(dialog: LineDialog) -> None:
        assert dialog.sets.value() == "A"
        cook.type("b")
        cook.press(ENTER)
        assert dialog.focusWidget() is dialog.planned
        cook.dialogs.on_dialog = None
        dialog.planned.setText("很多")
        dialog.save()
        assert dialog.isVisible()
        dialog.planned.setText(" 120 ")
        cook.press(ENTER, CTRL)

    cook.in_dialog(write)
    cook.press(ENTER)
    assert "“很多”看不懂" in cook.dialogs.shown[0]
    assert cook.menu() == [("红烧带鱼", "AB")]
    assert cook.tab.week.grid.line.planned == 120


def test_arrows_go_from_dish_to_dish_and_over_the_edge_of_the_week(cook: Cook) -> None:
    today = cook.stage.today
    for name in ("米饭", "红烧带鱼", "狮子头"):
        cook.put(name)
    cook.put("米饭", today - DAY)
    cook.tab.week.grid.choose_day(today)

    assert cook.at == ("红烧带鱼", today)
    walked = [cook.press(DOWN) or cook.at[0] for _ in range(3)]
    assert walked == ["狮子头", "米饭", "米饭"]
    cook.press(LEFT)
    assert cook.at == ("米饭", today - DAY)
    cook.press(Qt.Key.Key_Home)
    assert cook.at == ("", today - 5 * DAY)
    cook.press(LEFT)
    assert cook.at == ("", today - 6 * DAY)
    assert cook.tab.week.bar.near.text() == "上周"
    cook.press(Qt.Key.Key_W, ALT)
    assert cook.at == ("红烧带鱼", today)
    cook.press(Qt.Key.Key_End)
    cook.press(RIGHT)
    assert cook.tab.week.bar.words.text() == "2026年11月23日至29日"


def test_dishes_change_places_by_keys_and_go_to_another_day(cook: Cook) -> None:
    today = cook.stage.today
    for name in ("红烧带鱼", "米饭", "狮子头"):
        cook.put(name, sets="A")
    cook.tab.week.grid.choose_day(today)
    cook.press(DOWN, CTRL)
    assert [name for name, _ in cook.menu()] == ["狮子头", "米饭", "红烧带鱼"]
    assert cook.at == ("红烧带鱼", today)
    cook.press(UP, CTRL)
    assert [name for name, _ in cook.menu()] == ["红烧带鱼", "米饭", "狮子头"]

    cook.press(RIGHT, CTRL)
    assert cook.menu(today + DAY) == [("红烧带鱼", "A")]
    assert cook.at == ("红烧带鱼", today + DAY)
    cook.press(RIGHT, CTRL)
    assert cook.at == ("红烧带鱼", today + 2 * DAY)
    assert cook.tab.week.bar.near.text() == "下周"

    cook.put("红烧带鱼", today + DAY)
    cook.press(LEFT, CTRL)
    assert "星期日午餐的菜谱里已经有这道菜" in cook.dialogs.shown[0]
    assert cook.at == ("红烧带鱼", today + 2 * DAY)


def test_what_is_sold_out_says_so_and_what_went_out_stays(cook: Cook) -> None:
    cook.put("红烧带鱼", sets="A", planned=70)
    card = cook.tab.week.card
    cook.press(Qt.Key.Key_F5, SHIFT)
    assert cook.tab.week.grid.line.sold_out_at == cook.stage.now
    assert card.sold_button.text() == "恢复供应"
    cook.tab.week.grid.grab()
    assert not theme.font(bold=True).strikeOut(), "nothing but the dish is struck through"
    cook.press(Qt.Key.Key_F5, SHIFT)
    assert cook.tab.week.grid.line.sold_out_at is None

    cook.stage.log("wang")
    cook.tab.refresh()
    assert card.facts.text() == "周六午餐荤菜・单点 6.00 元・成本 3.20 元・备 70 份・已出 1 份"
    cook.press(Qt.Key.Key_Delete)
    assert "红烧带鱼已经出了 1 份" in cook.dialogs.shown[0]
    cook.put("狮子头", sets="B")
    cook.tab.week.grid.go_to(1, 5)
    cook.press(Qt.Key.Key_Delete)
    assert cook.menu() == [("红烧带鱼", "A")]


def test_an_earlier_week_is_copied_after_it_is_told_what_comes_over(cook: Cook) -> None:
    today = cook.stage.today
    cook.put("红烧带鱼", sets="AB")
    cook.put("狮子头")
    cook.put("米饭", period=DINNER)
    cook.put("米饭", today + 7 * DAY, DINNER)
    cook.stage.do(dishes.set_on_offer, [cook.dish["狮子头"]], on_offer=False)
    cook.press(RIGHT, ALT)
    assert not cook.tab.week.notice.isHidden()

    def look(dialog: CopyDialog) -> None:
        assert dialog.brings.text() == "抄来 1 餐，1 道菜。"
        assert dialog.leaves.text() == "已经写好的不动：周六晚餐。已经停用的不抄：狮子头。"
        cook.press(ENTER, CTRL)

    cook.in_dialog(look)
    cook.press(Qt.Key.Key_C, ALT)
    assert cook.menu(today + 7 * DAY) == [("红烧带鱼", "AB")]
    assert cook.tab.week.notice.isHidden()

    def nothing(dialog: CopyDialog) -> None:
        assert "没有可以抄的" in dialog.brings.text()
        assert not dialog.copy_button.isEnabled()
        dialog.copy()
        dialog.reject()

    cook.in_dialog(nothing)
    cook.press(Qt.Key.Key_C, ALT)
    cook.tab.week.bar.step(-4)
    cook.in_dialog(lambda dialog: dialog.reject())
    cook.press(Qt.Key.Key_C, ALT)
    assert cook.met == [
        *["抄到 2026年11月23日至29日"] * 2,
        "抄到 2026年10月26日至11月1日",
    ]


def test_what_a_set_costs_the_kitchen_stands_beside_its_price(cook: Cook) -> None:
    def told() -> list[str]:
        grid = cook.tab.week.card.sets
        return [grid.itemAtPosition(line, 2).widget().text() for line in range(2)]

    cook.put("红烧带鱼", sets="AB")
    cook.put("清炒时蔬", sets="AB")
    assert told() == ["成本 4.70，余 7.30（60%）", "成本 4.70，余 10.30（68%）"]
    cook.stage.do(
        dishes.change,
        cook.dish["清炒时蔬"],
        DishInput(name="清炒时蔬", kind=DishKind.VEGETABLE),
        version=1,
    )
    cook.tab.refresh()
    assert told() == ["清炒时蔬没有填成本，算不出"] * 2
    dear = DishInput(name="清炒时蔬", kind=DishKind.VEGETABLE, cost=10_00)
    cook.stage.do(dishes.change, cook.dish["清炒时蔬"], dear, version=2)
    cook.tab.refresh()
    assert told() == ["成本 13.20，亏 1.20", "成本 13.20，余 1.80（12%）"]


def test_the_week_is_copied_for_a_spreadsheet_as_it_is_seen(cook: Cook) -> None:
    cook.put("红烧带鱼", sets="AB")
    cook.put("米饭", cook.stage.today - DAY)
    cook.press(Qt.Key.Key_C, CTRL)
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert [(line[0], line[5], line[6]) for line in lines] == [
        ("类别", "周五 11-20", "周六 11-21"),
        ("荤菜", "", "红烧带鱼 AB"),
        ("主食", "米饭", ""),
    ]


def test_page_keys_go_to_the_meal_before_and_after(cook: Cook) -> None:
    cook.put("米饭", period=DINNER)
    assert cook.at[0] == ""
    cook.press(Qt.Key.Key_PageDown)
    assert cook.at[0] == "米饭"
    cook.press(Qt.Key.Key_PageDown)
    assert cook.tab.place.period is DINNER
    cook.press(Qt.Key.Key_PageUp)
    assert cook.tab.place.period is LUNCH


def test_dishes_are_found_by_pinyin_kind_and_what_is_in_them(cook: Cook) -> None:
    tab = cook.tab
    cook.press(Qt.Key.Key_V, ALT)
    assert cook.listed == [name for name, *_ in KNOWN]
    tab.dishes.bar.buttons[DishKind.MEAT].click()
    assert cook.listed == ["红烧带鱼", "狮子头"]
    assert tab.dishes.bar.buttons[DishKind.MEAT].text() == "荤菜 2"
    tab.dishes.bar.allergen.choose("鱼")
    assert cook.listed == ["红烧带鱼"]
    assert tab.dishes.table.paper.filter_words() == "荤菜，鱼"
    cook.press(Qt.Key.Key_Backspace, CTRL)
    assert len(cook.listed) == 4

    cook.press(Qt.Key.Key_V, ALT)
    tab.search.setText("szt")
    tab.search.paused.emit("szt")
    assert tab.choice.value() == DISHES
    assert cook.listed == ["狮子头"]
    tab.search.setText("meiyou")
    tab.search.paused.emit("meiyou")
    assert cook.listed == []


def test_a_dish_is_kept_with_a_draft_and_words_of_the_house(cook: Cook) -> None:
    cook.press(Qt.Key.Key_V, ALT)

    def write(dialog: DishDialog) -> None:
        cook.type("xrzd")
        dialog.name.setText("虾仁蒸蛋")
        dialog.price.setText("十块")
        cook.dialogs.on_dialog = None
        dialog.save()
        dialog.price.setText("6.5")
        dialog.allergens.set_value("蛋 虾蟹")
        dialog.suits.chips[3].click()
        dialog.keeper.keep()
        with cook.tab.context.database.reading() as session:
            assert drafts.kept(session, "dish:new") is not None
        cook.press(ENTER, CTRL)

    cook.in_dialog(write)
    cook.press(Qt.Key.Key_N, CTRL)
    assert "“十块”看不懂" in cook.dialogs.shown[0]
    shown = cook.tab.dishes.card.dish
    assert shown is not None
    assert (shown.name, shown.price, shown.cost) == ("虾仁蒸蛋", 6_50, None)
    assert (shown.allergens, shown.suits) == ("虾蟹、蛋", "软食")
    with cook.tab.context.database.reading() as session:
        assert drafts.kept(session, "dish:new") is None


def test_an_unsaved_dish_is_gone_on_with_and_a_deleted_one_said(cook: Cook) -> None:
    fish = cook.dish["红烧带鱼"]
    cook.put("红烧带鱼", sets="A", planned=70)

    def remove(dialog: DishDialog) -> None:
        assert dialog.name.text() == "红烧带鱼"
        cook.dialogs.on_dialog = None
        cook.dialogs.answers.append("删除")
        dialog.remove_button.click()

    cook.tab.show_record(ShowDish(fish))
    assert cook.tab.dishes.card.uses.text() == "11-21 周六午餐 A 餐，备 70 份"
    assert PLACES[DRAFT][1] == "canteen"
    cook.in_dialog(remove)
    cook.tab.show_record(Unsaved(f"dish:{fish}"))
    assert "红烧带鱼" not in cook.listed
    assert cook.menu() == [("红烧带鱼", "A")]
    told: list[str] = []
    cook.tab.context.signals.warned.connect(lambda *words: told.append(str(words[0])))
    cook.tab.show_record(ShowDish(fish))
    assert "已经被删除" in told[0]


def test_ticked_dishes_are_taken_off_the_list_of_what_is_cooked(cook: Cook) -> None:
    cook.press(Qt.Key.Key_V, ALT)
    cook.press(SPACE)
    cook.press(DOWN)
    cook.press(SPACE)
    cook.press(Qt.Key.Key_S, ALT)
    off = [one.name for one in cook.tab.dishes.known.values() if not one.on_offer]
    assert off == ["红烧带鱼", "狮子头"]
    cook.tab.dishes.table.select_id(cook.dish["狮子头"])
    assert cook.tab.dishes.card.offer_button.text() == "启用"
    cook.press(Qt.Key.Key_S, ALT)
    assert cook.tab.dishes.known[cook.dish["狮子头"]].on_offer


def test_the_form_of_a_dish_opens_from_the_week(cook: Cook) -> None:
    cook.put("红烧带鱼")

    def write(dialog: DishDialog) -> None:
        dialog.cost.setText("3.30")
        cook.press(ENTER, CTRL)

    cook.in_dialog(write)
    cook.press(Qt.Key.Key_F2)
    assert cook.met == ["修改菜"]
    assert "成本 3.30 元" in cook.tab.week.card.facts.text()
    assert cook.focused is cook.tab.week.grid


@pytest.mark.parametrize(
    ("paper", "pages", "parts"),
    [
        (
            "一周菜谱海报 A4",
            1,
            ("海棠食堂一周菜谱", "星期六 11月21日", "B 餐 15.00 元"),
        ),
        ("一周菜谱海报 A3", 1, ("11:00", "1 鱼")),
        ("大字菜谱，每页一天", 2, ("星期日", "含鱼", "A 餐 12.00 元 一荤两素")),
        ("大字菜谱，每页两天", 1, ("星期六", "星期日")),
        ("价目表", 1, ("海棠食堂价目表", "12.00 元", "狮子头", "8.00 元")),
    ],
)
def test_papers_of_the_menu_are_drawn_and_put_on_record(
    cook: Cook, qtbot: QtBot, paper: str, pages: int, parts: tuple[str, ...]
) -> None:
    cook.put("红烧带鱼", sets="AB")
    cook.put("狮子头", cook.stage.today + DAY, sets="A")
    shown: list[bytes] = []

    def meet(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        shown.append(dialog.data)
        dialog.note_taken("已送到打印机")
        return 0

    cook.dialogs.on_dialog = meet
    menu = QMenu()
    cook.tab.fill_print_menu(menu)
    next(one for one in menu.actions() if one.text().startswith(paper)).trigger()
    qtbot.waitUntil(lambda: bool(shown))
    cook.dialogs.on_dialog = None
    text = text_by_pypdf(shown[0])
    assert page_count(shown[0]) == pages
    assert [part for part in parts if part not in text] == []
    assert "米饭" not in text
    assert _recorded(cook, Action.PRINTED).startswith("打印 海棠食堂")


def test_a_week_without_a_menu_gives_no_poster(cook: Cook, qtbot: QtBot) -> None:
    menu = QMenu()
    cook.tab.fill_print_menu(menu)
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(cook.dialogs.shown))
    assert "这一周还没有菜谱" in cook.dialogs.shown[0]


def test_the_week_goes_out_as_a_file_line_by_line(cook: Cook, qtbot: QtBot, tmp_path: Path) -> None:
    cook.put("米饭", sets="AB", planned=70)
    cook.put("红烧带鱼", sets="A")
    cook.put("米饭", period=DINNER)
    file = tmp_path / "菜谱.xlsx"
    cook.dialogs.files.append(file)
    cook.press(Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(file.exists)
    rows = list(openpyxl.load_workbook(file).active.values)
    assert [(row[2], row[4], row[5], row[6]) for row in rows[2:]] == [
        ("午餐", "红烧带鱼", "A", ""),
        ("午餐", "米饭", "AB", 70),
        ("晚餐", "米饭", "", ""),
    ]
    assert _recorded(cook, Action.EXPORTED) == "导出海棠食堂一周菜谱 11-16"


def test_who_may_only_look_is_offered_nothing_and_changes_nothing(
    cook: Cook, qtbot: QtBot, context: Context
) -> None:
    cook.put("红烧带鱼", sets="A")
    tab = _open(qtbot, seen_by(context, "小李", READER))
    for button in (
        tab.new_button,
        tab.week.bar.copy_button,
        tab.week.card.edit_button,
        tab.week.card.off_button,
        tab.week.card.sold_button,
        tab.dishes.card.edit_button,
        tab.dishes.card.offer_button,
    ):
        assert button.isHidden()
    for key, by in ((Qt.Key.Key_Delete, NO), (Qt.Key.Key_B, NO), (ENTER, NO), (RIGHT, CTRL)):
        QTest.keyClick(tab.week.grid, key, by)
    tab.week.act("sold_out")
    tab.week.put()
    tab.week.copy_week()
    tab.dishes.add()
    tab.dishes.switch_on_offer()
    tab.dishes.edit(cook.dish["红烧带鱼"])
    assert cook.menu() == [("红烧带鱼", "A")]


def test_without_a_canteen_and_without_dishes_it_is_said_what_comes_first(
    qtbot: QtBot, context: Context
) -> None:
    tab = _open(qtbot, context)
    assert isinstance(tab.stack.currentWidget(), EmptyState)
    assert tab.new_button.isHidden()
    stage = stage_on(context.database)
    place_of(context).refresh()
    tab.refresh()
    assert tab.week.notice.words == "还没有菜。"
    QTest.keyClick(tab.week.grid, Qt.Key.Key_V, ALT)
    assert tab.choice.value() == DISHES
    assert tab.dishes.card.isHidden()
    stage.do(dishes.add, DishInput(name="米饭", kind=DishKind.STAPLE))
    tab.refresh()
    assert not tab.dishes.card.isHidden()


def test_in_large_letters_rows_stay_whole_and_the_chosen_one_in_sight(
    large: None, cook: Cook
) -> None:
    for number in range(14):
        facts = DishInput(name=f"家常小炒{number}", kind=DishKind.MEAT)
        cook.dish[facts.name] = cook.stage.do(dishes.add, facts)
        cook.put(facts.name)
    grid = cook.tab.week.grid
    QApplication.processEvents()
    cook.tab.take_focus()
    for _ in range(14):
        cook.press(DOWN)
    row = len(grid.week.rows) - 1
    assert cook.at[0] == "家常小炒13"
    assert grid.cell_rect(0, 5).isNull()
    assert grid.rect().contains(grid.cell_rect(row, 5))
    assert cook.tab.print_button.parentWidget() is cook.tab.week.bar


def _recorded(cook: Cook, action: Action) -> str:
    """The sentence under which something left."""
    with cook.tab.context.database.reading() as session:
        looked = session.scalars(select(Change).where(Change.action == action)).all()
        return session.get_one(Operation, looked[-1].operation_id).sentence


def test_a_choice_that_no_window_has_taken_never_becomes_one(
    large: None, stage: Stage, context: Context
) -> None:
    place = place_of(context)
    alone, box = canteen_beside(place), QWidget()
    beside = canteen_beside(place)
    beside.setParent(box)
    stage.do(canteen_changes.add, CanteenInput(name="新居食堂"))
    context.signals.changed.emit(Area.OFFICE)
    assert not alone.isVisible()
    assert beside.isVisibleTo(box)
