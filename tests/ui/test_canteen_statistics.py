"""统计 of 食堂 as somebody uses it: other days, the file, the paper, the cards, who stays away."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import CareCase, CareReason, MealOpinion, Operation
from app.ui.canteen.page import CanteenPage
from app.ui.canteen.statistics.figures_view import ABSENT_PART, CARDS_PART, NAMES
from app.ui.canteen.statistics.opinion_dialog import OpinionDialog
from app.ui.canteen.statistics.tab import StatisticsTab
from app.ui.kit.labels import Label
from app.ui.kit.states import EmptyState
from app.ui.people.canteen_wish import ShowCareCase
from app.ui.people.paper_preview import PaperPreview
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium, text_by_pypdf
from tests.services.canteen_stage import Stage, stage_on
from tests.services.test_meal_absence import _DAY, _meal
from tests.ui.hands import until

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def stage(context: Context) -> Stage:
    """周德福 came every day of two weeks, 王秀兰 until five days ago; two guests today."""
    found = stage_on(context.database)

    def write(session: Any) -> None:
        for back in range(14, 0, -1):
            day = found.today - back * _DAY
            came = ["zhou", *(["wang"] if back > 4 else [])]
            session.add_all(_meal(found, who, day, place) for place, who in enumerate(came, 1))

    found.do(write)
    found.log("chen")
    return found


@pytest.fixture
def tab(qtbot: QtBot, context: Context, stage: Stage) -> StatisticsTab:
    page = CanteenPage(context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    context.signals.changed.connect(lambda _: page.refresh())
    with qtbot.waitActive(page):
        page.show()
    found = page.open("统计")
    assert isinstance(found, StatisticsTab)
    settled(found)
    return found


def settled(tab: StatisticsTab) -> None:
    """Until the paper that was asked for last stands on the desk."""
    until(lambda: tab._latest._job is None and not tab.context.background.busy)


def lines(tab: StatisticsTab, name: str) -> list[tuple[str, ...]]:
    model = tab.figures.tables[NAMES.index(name)].paged_model
    return [model.row(place) for place in range(len(model.ids))]


def test_screen_workbook_and_paper_have_the_same_figures(
    tab: StatisticsTab, tmp_path: Path, dialogs: Dialogs, qtbot: QtBot
) -> None:
    file = tmp_path / "统计.xlsx"
    dialogs.files.append(file)
    tab.export()
    qtbot.waitUntil(file.exists, timeout=10_000)
    settled(tab)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == [
        *("汇总", "按年龄", "按档次", "按餐次", "按方式", "按日期", "补贴来源", "满意度"),
    ]
    paper = "".join(text_by_pypdf(tab.preview._pdf).split())
    for name, sheet in zip(NAMES[1:7], book.sheetnames[1:7], strict=True):
        shown = lines(tab, name)
        rows = [tuple(str(cell or "") for cell in row) for row in book[sheet].values][4:]
        assert [row[0] for row in rows] == [line[0] for line in shown]
        assert shown[-1][0] == "合计"
        for line in shown:
            assert "".join("".join(line).split()) in paper
    assert lines(tab, "汇总")[1][:2] == ("用餐", "25 份")
    assert lines(tab, "日期")[-2][:3] == ("11-21", "1", "1")


def test_the_arrows_lead_from_table_to_table(tab: StatisticsTab) -> None:
    tab.take_focus()
    for key, name in (
        (Qt.Key.Key_Right, "年龄"),
        (Qt.Key.Key_Left, "汇总"),
        (Qt.Key.Key_Left, "没来"),
    ):
        QTest.keyClick(tab.focusWidget(), key)
        assert NAMES[tab.figures.part] == name
        assert tab.focusWidget() is tab.figures.tables[tab.figures.part]


def said(tab: StatisticsTab, name: str) -> list[str]:
    state = tab.figures.tables[NAMES.index(name)].findChild(EmptyState)
    assert isinstance(state, EmptyState)
    return [label.text() for label in state.findChildren(Label) if not label.isHidden()]


def test_before_it_was_counted_nobody_is_told_that_there_is_nothing(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    tab = StatisticsTab(context)
    qtbot.addWidget(tab)
    assert said(tab, "汇总") == said(tab, "没来") == ["正在统计…"]
    tab.refresh()
    settled(tab)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert said(tab, "意见")[0] == "这段时间没有满意度卡"


def test_other_days_have_other_figures_and_none_are_told_so(tab: StatisticsTab) -> None:
    today = tab.context.clock.today()
    tab.period.choose_days(today, today)
    settled(tab)
    assert [line[2] for line in lines(tab, "餐次")] == ["1", "1"]
    tab.period.choose(2025)
    settled(tab)
    assert lines(tab, "汇总") == lines(tab, "年龄") == []
    assert "这段时间没有人用餐" in "".join(text_by_pypdf(tab.preview._pdf).split())
    tab.period.choose(None)
    settled(tab)
    assert lines(tab, "汇总")[1][1] == "25 份"
    assert "2026年11月7日至2026年11月21日" in "".join(text_by_pypdf(tab.preview._pdf).split())


def test_cards_are_typed_back_by_three_digits_and_enter(
    tab: StatisticsTab, context: Context, dialogs: Dialogs, qtbot: QtBot
) -> None:
    told: list[str] = []

    def fill(dialog: Any) -> int:
        if not isinstance(dialog, OpinionDialog):
            told.append(dialog.words)
            return 1
        for typed, words in (("454", ""), ("50", ""), ("300", "汤凉了")):
            dialog.marks.setText(typed)
            dialog.words.setText(words)
            dialog.save()
        return 0

    dialogs.on_dialog = fill
    qtbot.keyClick(tab, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settled(tab)
    assert ["三个 1 到 5 的数" in one for one in told] == [True]
    with context.database.reading() as session:
        cards = [(one.taste, one.price, one.words) for one in session.scalars(select(MealOpinion))]
    assert cards == [(4, 5, ""), (3, None, "汤凉了")]
    assert tab.figures.part == CARDS_PART
    assert tab.figures.average.text() == "平均：口味 3.5　价格 5.0　服务 4.0"
    tab.figures.remove_button.click()
    settled(tab)
    assert [line.marks for line in lines(tab, "意见")] == [(4, 5, 4)]


def test_empty_cards_are_printed_four_to_a_sheet(
    tab: StatisticsTab, dialogs: Dialogs, qtbot: QtBot
) -> None:
    papers: list[str] = []

    def fill(dialog: Any) -> int:
        assert isinstance(dialog, PaperPreview)
        papers.append("".join("".join(text_by_pdfium(dialog.data)).split()))
        return 0

    dialogs.on_dialog = fill
    qtbot.keyClick(tab, Qt.Key.Key_K, ALT)
    qtbot.waitUntil(lambda: bool(papers), timeout=10_000)
    for words in ("用餐满意度卡", "海棠食堂", "口味54321", "价格54321", "服务54321"):
        assert papers[0].count(words) == 4


def test_who_stays_away_becomes_a_case_that_is_followed_up_where_the_others_are(
    tab: StatisticsTab, context: Context, stage: Stage, qtbot: QtBot
) -> None:
    wishes: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, wish: wishes.append((page, wish)))
    tab.figures.show_part(ABSENT_PART)
    (absent,) = lines(tab, "没来")
    assert (absent.name, absent.case_id) == ("王秀兰", None)
    assert tab.person_at_hand == stage.people["wang"]
    qtbot.keyClick(tab, Qt.Key.Key_G, ALT)
    settled(tab)
    with context.database.reading() as session:
        case = session.scalars(select(CareCase)).one()
        assert (case.why, case.resident_id) == (CareReason.STAYED_AWAY, stage.people["wang"])
        assert "10 个用餐日来 9 天" in case.words
    assert wishes == [("canteen", ShowCareCase(case.id))]
    assert lines(tab, "没来")[0].case_id == case.id
    tab.show_case()
    tab.raise_case()
    assert wishes == [("canteen", ShowCareCase(case.id))] * 3
    with context.database.reading() as session:
        assert len(session.scalars(select(CareCase)).all()) == 1


def test_what_was_printed_is_on_record(tab: StatisticsTab, context: Context) -> None:
    tab.preview.taken.emit("已送到打印机")
    with context.database.reading() as session:
        last = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
        assert last is not None
        assert last.sentence == "打印 海棠食堂统计 本月"
