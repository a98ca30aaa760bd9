"""送餐: the board by keys, typing back, routes, the case of a silent door; also in 网格."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import CareReason, CareStepKind, OrderState, PayWay
from app.reminders import _due_words
from app.services import care_cases, delivery_routes
from app.storage.engine import Database
from app.ui.canteen.delivery import printing
from app.ui.canteen.delivery.board_painter import diet_words
from app.ui.canteen.delivery.board_view import window
from app.ui.canteen.delivery.carrier_dialog import CarrierDialog
from app.ui.canteen.delivery.find_dialog import FindDialog
from app.ui.canteen.delivery.not_today import NotTodayDialog
from app.ui.canteen.delivery.route_form import RouteForm
from app.ui.canteen.delivery.routes_dialog import RoutesDialog
from app.ui.canteen.delivery.sheet_dialog import SheetDialog
from app.ui.canteen.delivery.tab import DeliveryTab
from app.ui.canteen.delivery.type_back import TypeBackDialog
from app.ui.canteen.delivery.typed_draft import key_of, sheet_of
from app.ui.canteen.page import TABS, CanteenPage
from app.ui.grids.page import TABS as GRID_TABS
from app.ui.grids.page import GridsPage
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.main_window import MainWindow
from app.ui.people.canteen_wish import ShowBoard, ShowCareCase
from app.ui.people.care_dialog import CareDialog
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.take_out import MASKED
from app.ui.people.take_out_dialog import TakeOutDialog
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import READER, SECRETARY
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.delivery_stage import (
    COOK,
    HANDED,
    NOBODY,
    REFUSED,
    Door,
    Round,
    family,
    live_in,
)
from tests.ui.hands import Hands

ONLY = tuple(one for one in TABS if one.title == "送餐")
VISITS = tuple(one for one in GRID_TABS if one.title == "走访")
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
WAITS = OrderState.ORDERED


def sit_down(database: Database, role: str = SECRETARY) -> None:
    database.act_as(actor("王书记", role))


@pytest.fixture
def office(database: Database) -> Round:
    """陈桂芳, 王秀兰, 何桂英 on the first walk, 孙玉梅 on the second."""
    found = Round(database)
    found.walk("sun", route=found.second)
    found.orders["sun"] = found.order("sun")
    sit_down(database)
    return found


@pytest.fixture
def silent(database: Database) -> Door:
    """王秀兰 did not open."""
    found = Door(database)
    found.do(family, found.stage.people["wang"])
    sit_down(database)
    return found


def opened(qtbot: QtBot, context: Context) -> DeliveryTab:
    page = CanteenPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    # As the main window does.
    context.signals.changed.connect(lambda _: page.refresh())
    found = page.open("送餐")
    assert isinstance(found, DeliveryTab)
    found.take_focus()
    return found


@pytest.fixture
def tab(qtbot: QtBot, context: Context, office: Round) -> DeliveryTab:
    return opened(qtbot, context)


def press(tab: DeliveryTab, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(tab.view, key)


def on(tab: DeliveryTab) -> str:
    return tab.view.stop.name if tab.view.stop is not None else ""


def states(tab: DeliveryTab) -> list[OrderState]:
    assert tab.board is not None
    return [one.state for one in tab.board.stops]


def answered(kind: type[QDialog], act: Callable[[Any], object]) -> Callable[[QDialog], int]:
    """A dialog of this kind opens, and this is done in it."""

    def close(dialog: QDialog) -> int:
        assert isinstance(dialog, kind), dialog
        act(dialog)
        return dialog.result()

    return close


def reason(words: str) -> Callable[[QDialog], int]:
    def write(dialog: ReasonDialog) -> None:
        dialog.line.setCurrentText(words)
        dialog.save()

    return answered(ReasonDialog, write)


class TestBoard:
    def test_space_hands_over_and_goes_on_to_the_next_stop(
        self, tab: DeliveryTab, office: Round
    ) -> None:
        assert on(tab) == "陈桂芳"
        press(tab, KEY.Key_Space)
        assert states(tab) == [HANDED, WAITS, WAITS, WAITS]
        assert on(tab) == "王秀兰"
        press(tab, KEY.Key_Space, KEY.Key_Space)
        assert states(tab) == [HANDED, HANDED, HANDED, WAITS]
        assert len(office.stage.ask("SELECT id FROM meal")) == 3

    def test_where_there_is_no_board_one_stands_on_what_can_be_done(
        self, tab: DeliveryTab, office: Round
    ) -> None:
        tab.go_to_day(office.today - timedelta(days=400))

        there = tab.window().focusWidget()
        assert isinstance(there, Button)
        assert there.text() == "去订餐"

    def test_a_finger_that_rests_on_space_hands_over_one_meal(
        self, tab: DeliveryTab, office: Round
    ) -> None:
        press(tab, KEY.Key_Space)
        held = QKeyEvent(
            QEvent.Type.KeyPress, KEY.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True
        )
        QApplication.sendEvent(tab.view, held)

        assert states(tab) == [HANDED, WAITS, WAITS, WAITS]
        assert len(office.stage.ask("SELECT id FROM meal")) == 1

    def test_arrows_walk_through_stops_and_walks(self, tab: DeliveryTab) -> None:
        press(tab, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)
        assert on(tab) == "何桂英"
        press(tab, KEY.Key_Right)
        assert on(tab) == "孙玉梅"
        press(tab, KEY.Key_Left)
        assert on(tab) == "何桂英"

    def test_what_was_put_down_wrong_waits_again_after_a_question(
        self, tab: DeliveryTab, dialogs: Dialogs
    ) -> None:
        press(tab, KEY.Key_Space, KEY.Key_Up)
        dialogs.answers.append("改回待送")
        press(tab, KEY.Key_Backspace)
        assert states(tab)[0] is WAITS
        assert "冲正" in dialogs.shown[0]

    def test_a_settled_stop_is_not_settled_again_by_a_key(
        self, tab: DeliveryTab, office: Round
    ) -> None:
        press(tab, KEY.Key_Space, KEY.Key_Up, KEY.Key_Space, KEY.Key_N, KEY.Key_R)
        assert states(tab) == [HANDED, WAITS, WAITS, WAITS]
        assert len(office.stage.ask("SELECT id FROM meal")) == 1

    def test_who_does_not_want_it_is_asked_why(self, tab: DeliveryTab, dialogs: Dialogs) -> None:
        dialogs.on_dialog = reason("饭菜不合适")
        press(tab, KEY.Key_R)
        assert states(tab)[0] is REFUSED
        assert tab.board is not None
        assert tab.board.stops[0].reason == "饭菜不合适"

    def test_the_words_above_have_the_counts_and_narrow_the_board(self, tab: DeliveryTab) -> None:
        press(tab, KEY.Key_Space)
        words = [button.text() for button in tab.bar.buttons.values()]
        assert words == ["全部 4", "送达 1", "待送 3", "无人应答 0", "拒收 0"]
        tab.bar.choose(HANDED)
        assert [one.name for walk in tab.view.walks for one in walk.stops] == ["陈桂芳"]

    def test_an_empty_card_is_asked_about_and_the_meal_paid_in_cash(
        self, tab: DeliveryTab, office: Round, dialogs: Dialogs
    ) -> None:
        office.order("li", pay_way=PayWay.CARD)
        sit_down(tab.context.database)
        tab.refresh()
        press(tab, KEY.Key_Right, KEY.Key_Right)
        assert on(tab) == "李建国"
        dialogs.answers.append("改记现金")
        press(tab, KEY.Key_Space)
        assert office.stage.ask("SELECT pay_way FROM meal") == [("cash",)]

    def test_ctrl_z_takes_back_what_was_handed_over_last(
        self, tab: DeliveryTab, office: Round
    ) -> None:
        assert tab.undo_words == ""
        press(tab, KEY.Key_Space)
        assert tab.undo_words == "送达 陈桂芳"
        assert tab.undo()
        assert states(tab)[0] is WAITS
        assert on(tab) == "陈桂芳"
        assert office.stage.ask("SELECT sum(price) FROM meal") == [(0,)]
        assert not tab.undo()

    def test_somebody_else_carries_today(self, tab: DeliveryTab, dialogs: Dialogs) -> None:
        def name(dialog: CarrierDialog) -> None:
            dialog.carrier.setCurrentText("刘洋")
            dialog.role.setCurrentText("社工")
            dialog.save()

        dialogs.on_dialog = answered(CarrierDialog, name)
        press(tab, KEY.Key_C)
        assert tab.view.walk is not None
        assert tab.view.walk.who == "刘洋・社工"

    def test_who_asks_for_the_meal_is_found_on_any_walk(
        self, tab: DeliveryTab, office: Round, dialogs: Dialogs
    ) -> None:
        def choose(dialog: FindDialog) -> None:
            dialog.choice.choose_id(office.orders["sun"])
            dialog.accept()

        dialogs.on_dialog = answered(FindDialog, choose)
        tab.find_stop()
        assert on(tab) == "孙玉梅"

    def test_meals_that_are_late_are_told_in_the_line_above(
        self, tab: DeliveryTab, office: Round
    ) -> None:
        assert tab.bar.times.text() == "10:50 出锅・12:50 前送完"
        assert tab.board is not None
        tab.bar.show_board(tab.board, 0, office.stage.at(office.today, 13, 0).now)
        assert tab.bar.times.text() == "应 12:50 前送完，超 10 分"

    def test_a_walk_goes_and_comes_back_by_keys(self, tab: DeliveryTab, dialogs: Dialogs) -> None:
        press(tab, KEY.Key_D, KEY.Key_B)
        assert "还有 3 户没有登记" in dialogs.shown[0]
        press(tab, KEY.Key_Space, KEY.Key_Space, KEY.Key_Space, KEY.Key_B)
        assert tab.view.walk is not None
        assert tab.view.walk.returned_at is not None

    def test_who_only_reads_changes_nothing(
        self, qtbot: QtBot, context: Context, office: Round
    ) -> None:
        sit_down(context.database, READER)
        tab = opened(qtbot, context)
        press(tab, KEY.Key_Space, KEY.Key_N)
        assert states(tab) == [WAITS] * 4
        assert tab.type_button.withheld
        assert tab.side.stop_panel.handed.withheld

    def test_another_day_has_its_own_board(self, tab: DeliveryTab, office: Round) -> None:
        tomorrow = office.today + timedelta(days=1)
        tab.show_record(ShowBoard(tomorrow))
        assert states(tab) == []
        assert [words for _, words in tab.legend] == ["路线"]
        QTest.keyClick(tab, KEY.Key_PageUp)
        assert len(states(tab)) == 4

    def test_an_office_without_a_canteen_is_told_what_to_do(
        self, qtbot: QtBot, context: Context
    ) -> None:
        tab = opened(qtbot, context)
        assert tab.board is None
        press(tab, KEY.Key_Space)
        offered = (tab.routes_button, tab.print_button, tab.type_button)
        assert [button.isEnabled() for button in offered] == [False] * 3
        assert not tab.side.stop_panel.handed.isVisible()


def test_a_long_diet_leaves_the_door_its_room(qapp: QApplication) -> None:
    diet = "低盐、低糖、软食、无刺"
    whole = theme.text_width(diet, "small")
    assert diet_words(diet, whole) == diet
    assert diet_words(diet, whole - 1) == "低盐等 4 样"
    assert diet_words("低盐", 0) == "低盐"


def test_the_unanswered_doors_stay_in_sight() -> None:
    assert window(5, 9, 0, []) == [0, 1, 2, 3, 4]
    assert window(20, 5, 10, []) == [8, 9, 10, 11, 12]
    shown = window(20, 5, 15, [2])
    assert 2 in shown
    assert 15 in shown
    assert len(shown) == 5


class TestSilentDoor:
    def test_n_opens_a_case_beside_the_board(self, tab: DeliveryTab) -> None:
        press(tab, KEY.Key_N)
        assert states(tab)[0] is NOBODY
        assert tab.case is not None
        assert tab.side.stack.currentWidget() is tab.side.care_panel
        assert tab.side.care_panel.next.text() == "本人没接，打家属电话"

    def test_enter_goes_from_call_to_call_to_the_grid_member_and_the_result(
        self, qtbot: QtBot, context: Context, silent: Door, dialogs: Dialogs
    ) -> None:
        tab = opened(qtbot, context)
        assert on(tab) == "王秀兰"
        press(tab, KEY.Key_Return)
        assert silent.case.next_step is CareStepKind.FAMILY_PHONE
        assert tab.side.care_panel.next.text() == "转网格员 周敏 上门"
        press(tab, KEY.Key_Return)
        assert silent.case.member_name == "周敏"
        dialogs.on_dialog = reason("在女儿家")
        press(tab, KEY.Key_Return)
        assert silent.case.outcome == "在女儿家"
        assert tab.case is None

    def test_one_key_says_what_the_family_knew(
        self, qtbot: QtBot, context: Context, silent: Door, dialogs: Dialogs
    ) -> None:
        tab = opened(qtbot, context)
        dialogs.on_dialog = reason("住院，家属知道")
        press(tab, KEY.Key_1)
        assert silent.case.outcome == "住院，家属知道"

    def test_brought_again_it_waits_and_handed_over_it_is_closed(
        self, qtbot: QtBot, context: Context, silent: Door
    ) -> None:
        tab = opened(qtbot, context)
        press(tab, KEY.Key_2)
        assert states(tab) == [WAITS, WAITS, WAITS]
        assert silent.open() == ["王秀兰"]
        sit_down(context.database)
        press(tab, KEY.Key_Space)
        assert silent.open() == []

    def test_the_meal_that_is_back_in_the_canteen_is_noted_once(
        self, qtbot: QtBot, context: Context, silent: Door
    ) -> None:
        tab = opened(qtbot, context)
        press(tab, KEY.Key_3)
        assert silent.case.done(CareStepKind.TAKEN_BACK)
        assert not tab.side.care_panel.to_canteen.isEnabled()

    def test_the_number_is_shown_for_a_while_and_masked_at_rest(
        self, qtbot: QtBot, context: Context, silent: Door
    ) -> None:
        silent.now(care_cases.note, silent.case_id, CareStepKind.OWN_PHONE)
        sit_down(context.database)
        tab = opened(qtbot, context)
        panel = tab.side.care_panel
        assert (panel.contact.text(), panel.number.text()) == ("女儿 王丽", "139 **** 2277")
        panel.reveal.click()
        assert panel.number.text() == "13940962277"
        tab.rest()
        assert panel.number.text() == "139 **** 2277"

    def test_the_slip_is_printed_and_it_is_on_record(
        self, qtbot: QtBot, context: Context, silent: Door, dialogs: Dialogs
    ) -> None:
        tab = opened(qtbot, context)
        papers: list[str] = []

        def read(preview: PaperPreview) -> None:
            papers.extend(text_by_pdfium(preview.data))
            preview.note_taken("已打印")

        def show(window: QDialog) -> int:
            if isinstance(window, TakeOutDialog):
                window.confirm()
                return window.result()
            return answered(PaperPreview, read)(window)

        dialogs.on_dialog = show
        tab.print_out()
        assert "女儿 王丽 139 **** 2277" in "".join(papers)
        noted = silent.stage.ask("SELECT table_name FROM change WHERE action = 'printed'")
        assert {name for (name,) in noted} == {"care_case", "resident"}

    def test_a_wish_leads_to_the_door(self, qtbot: QtBot, context: Context, silent: Door) -> None:
        tab = opened(qtbot, context)
        tab.go_to_day(silent.today - timedelta(days=1))
        tab.show_record(ShowCareCase(silent.case_id))
        assert on(tab) == "王秀兰"


def facts(dialog: CareDialog) -> str:
    """What stands below the list of cases."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return " ".join(one.text() for one in dialog.facts.findChildren(QLabel))


class TestInTheGrid:
    def test_who_was_handed_on_stands_on_top_of_the_visits_until_there_is_a_result(
        self, qtbot: QtBot, context: Context, silent: Door, dialogs: Dialogs
    ) -> None:
        silent.now(care_cases.hand_on, silent.case_id)
        context.database.act_as(silent.member())
        page = GridsPage(context, kinds=VISITS)
        qtbot.addWidget(page)
        page.show()
        visits = page.open("走访")
        assert visits.care_strip.words.startswith("食堂转来：王秀兰")

        def close(dialog: CareDialog) -> None:
            dialog.outcome.setCurrentText("在家，没听见敲门")
            dialog.visit.show_value(dialog.visit._values[1])
            dialog.close_case()

        dialogs.on_dialog = answered(CareDialog, close)
        visits.answer_care()
        visits.refresh()
        assert not visits.care_strip.isVisible()
        assert silent.case.outcome == "在家，没听见敲门"
        visit = silent.stage.ask("SELECT result, note, visitor FROM visit")
        assert visit == [("fine", "在家，没听见敲门", "周敏")]

    def test_who_stays_away_is_handed_on_from_the_list(
        self, qtbot: QtBot, context: Context, silent: Door
    ) -> None:
        sit_down(context.database)
        dialog = CareDialog(context)
        qtbot.addWidget(dialog)
        dialog.hand_button.click()
        assert silent.case.member_name == "周敏"
        assert not dialog.hand_button.isEnabled()
        handed = CareDialog(context, handed=True)
        qtbot.addWidget(handed)
        assert [one.name for one in handed.cases.values()] == ["王秀兰"]
        assert handed.hand_button.withheld

    def test_who_only_reads_is_asked_for_no_result(
        self, qtbot: QtBot, context: Context, silent: Door
    ) -> None:
        context.database.act_as(actor("赵书", READER))
        dialog = CareDialog(context)
        qtbot.addWidget(dialog)
        dialog.show()
        assert list(dialog.cases) == [silent.case.id]
        assert not dialog.form.isVisible()
        assert not dialog.confirm.isVisible()
        assert not dialog.hand_button.isVisible()

    def test_the_grid_member_sees_the_phones_for_a_minute_and_that_is_on_record(
        self, qtbot: QtBot, context: Context, silent: Door
    ) -> None:
        silent.now(care_cases.hand_on, silent.case_id)
        raised = silent.now(
            care_cases.raise_case, silent.stage.people["chen"], why=CareReason.STAYED_AWAY
        )
        silent.do(live_in, silent.stage.people["chen"], silent.grid)
        silent.now(care_cases.hand_on, raised)
        context.database.act_as(silent.member())
        dialog = CareDialog(context, handed=True)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
        assert "139 **** 2277" in facts(dialog)

        QTest.keyClick(dialog.table, KEY.Key_R, CTRL)

        assert "女儿 王丽 13940962277" in facts(dialog)
        assert dialog.reveal_button.text() == "遮住"
        looked = silent.stage.ask(
            "SELECT table_name, user_name FROM change JOIN operation o ON o.id = operation_id"
            " WHERE action = 'looked' ORDER BY change.id"
        )
        assert looked == [("diner", "周敏"), ("resident", "周敏")]
        dialog.table.select_id(raised)
        assert not dialog.reveal_button.isEnabled()
        dialog.table.select_id(silent.case_id)
        assert "139 **** 2277" in facts(dialog)
        dialog.reveal_button.click()
        dialog.reveal_button.click()
        assert "139 **** 2277" in facts(dialog)

    def test_who_may_not_see_numbers_is_offered_none(
        self, qtbot: QtBot, context: Context, silent: Door, dialogs: Dialogs
    ) -> None:
        context.database.act_as(COOK)
        dialog = CareDialog(context)
        qtbot.addWidget(dialog)
        dialog.show()
        assert not dialog.reveal_button.isVisible()
        papers: list[str] = []
        dialogs.on_dialog = answered(
            PaperPreview, lambda paper: papers.append(text_by_pdfium(paper.data))
        )
        dialog.print_slip()
        assert "139 **** 2277" in papers[0]

    def test_the_slip_has_whole_phones_for_a_reason_and_on_record(
        self, qtbot: QtBot, context: Context, silent: Door, dialogs: Dialogs
    ) -> None:
        dialog = CareDialog(context)
        qtbot.addWidget(dialog)
        papers: list[str] = []

        def show(window: QDialog) -> int:
            if isinstance(window, TakeOutDialog):
                window.full.setChecked(True)
                window.confirm()
                return window.result()
            assert isinstance(window, PaperPreview)
            papers.append(text_by_pdfium(window.data))
            window.note_taken("已送到打印机")
            return 1

        dialogs.on_dialog = show
        dialog.print_slip()

        assert "13940962277" in papers[0]
        assert "用途：上门前后联系本人和家属" in papers[0]
        sentences = "SELECT sentence FROM operation ORDER BY id DESC LIMIT 2"
        assert silent.stage.ask(sentences) == [
            ("打印关怀走访单（完整号码，用途：上门前后联系本人和家属）",),
            ("预览关怀走访单 王秀兰",),
        ]
        looks = silent.stage.ask("SELECT table_name, action FROM change ORDER BY id DESC LIMIT 4")
        assert set(looks) == {
            ("diner", "looked"),
            ("resident", "looked"),
            ("care_case", "printed"),
            ("resident", "printed"),
        }

    def test_both_are_reminded_when_they_come_in(self, context: Context, silent: Door) -> None:
        words = "食堂要关心的 1 人还没查明"
        assert _due_words(context) == f"{words}，到「食堂－送餐」处理"
        context.database.act_as(silent.member())
        assert _due_words(context) == ""
        silent.now(care_cases.hand_on, silent.case_id)
        context.database.act_as(silent.member())
        assert _due_words(context) == f"{words}，到「网格－走访」处理"

    def test_what_the_canteen_has_not_handed_on_is_not_told_there(
        self, qtbot: QtBot, context: Context, silent: Door
    ) -> None:
        page = GridsPage(context, kinds=VISITS)
        qtbot.addWidget(page)
        visits = page.open("走访")
        assert not visits.cases


class TestTypingBack:
    @pytest.fixture
    def dialog(self, qtbot: QtBot, context: Context, tab: DeliveryTab) -> TypeBackDialog:
        assert tab.board is not None
        dialog = TypeBackDialog(context, tab.board, tab.view.walk)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def test_one_key_a_stop_and_all_in_one_step(
        self, dialog: TypeBackDialog, office: Round, tab: DeliveryTab
    ) -> None:
        QTest.keyClicks(dialog.table, "12")
        dialog.table.typed_of(office.orders["he"]).state = REFUSED
        dialog.table.typed_of(office.orders["he"]).words = "送晚了"
        QTest.keyClick(dialog.table, KEY.Key_Return, CTRL)
        assert states(tab) == [HANDED, NOBODY, REFUSED, WAITS]
        (step,) = office.stage.ask("SELECT sentence FROM operation ORDER BY id DESC LIMIT 1")
        assert step == ("照送餐单回填 3 户",)

    def test_the_time_that_is_written_is_the_time_of_the_stop(
        self, dialog: TypeBackDialog, office: Round, tab: DeliveryTab
    ) -> None:
        QTest.keyClick(dialog.table, KEY.Key_Return)
        QTest.keyClicks(dialog.at, "915")
        dialog.table.typed_of(office.orders["chen"]).state = HANDED
        dialog.save()
        assert tab.board is not None
        assert f"{tab.board.stops[0].at:%H:%M}" == "09:15"

    def test_a_time_that_is_none_is_told_and_what_was_typed_stays(
        self, dialog: TypeBackDialog, office: Round, dialogs: Dialogs
    ) -> None:
        typed = dialog.table.typed_of(office.orders["chen"])
        typed.state, typed.at = HANDED, "中午"
        dialog.save()
        assert "看不懂" in dialogs.shown[0]
        assert office.orders["chen"] in dialog.table.ready

    def test_what_is_refused_is_refused_as_a_whole_and_stays_typed(
        self, dialog: TypeBackDialog, dialogs: Dialogs, tab: DeliveryTab
    ) -> None:
        QTest.keyClicks(dialog.table, "1")
        QTest.keyClicks(dialog.table, "3")
        dialog.save()
        assert "请写明为什么拒收" in dialogs.shown[0]
        assert dialog.words.hasFocus(), "one stands where it is written"
        assert states(tab) == [WAITS] * 4
        assert len(dialog.table.ready) == 2

    def test_the_rest_of_a_walk_by_one_key(self, dialog: TypeBackDialog, office: Round) -> None:
        QTest.keyClicks(dialog.table, "2")
        dialog.rest_button.click()
        found = {key: one.state for key, one in dialog.table.ready.items()}
        assert found == {
            office.orders["chen"]: NOBODY,
            office.orders["wang"]: HANDED,
            office.orders["he"]: HANDED,
        }
        dialog.rest_button.click()
        dialog.rest_button.click()
        assert len(dialog.table.ready) == len(dialog.table.stops), "the next walk came"

    def test_when_the_walk_went_and_came_back_is_typed_with_it(
        self, dialog: TypeBackDialog, tab: DeliveryTab
    ) -> None:
        dialog.rest_button.click()
        dialog.walk_line.out.setText("850")
        dialog.walk_line.back.setText("925")
        dialog.save()
        assert tab.board is not None
        walk = tab.board.walks[0]
        assert (f"{walk.departed_at:%H:%M}", f"{walk.returned_at:%H:%M}") == ("08:50", "09:25")

    def test_what_is_not_saved_is_there_next_time(
        self, qtbot: QtBot, context: Context, dialog: TypeBackDialog, tab: DeliveryTab
    ) -> None:
        QTest.keyClicks(dialog.table, "12")
        dialog.reject()
        again = TypeBackDialog(context, dialog._board, None)
        qtbot.addWidget(again)
        assert [one.state for one in again.table.ready.values()] == [HANDED, NOBODY]

    def test_the_list_of_unsaved_forms_opens_the_sheet_of_its_day(
        self, tab: DeliveryTab, dialogs: Dialogs
    ) -> None:
        assert tab.board is not None
        key = key_of(tab.board)
        assert sheet_of(key) == (tab.board.canteen_id, tab.board.on_date, tab.board.period)
        titles: list[str] = []
        dialogs.on_dialog = answered(TypeBackDialog, lambda it: titles.append(it.windowTitle()))
        tab.show_record(Unsaved(f"delivery_sheet:{key}"))
        assert titles == ["照单回填　11月21日 午餐"]


class TestRoutes:
    @pytest.fixture
    def dialog(self, qtbot: QtBot, context: Context, office: Round) -> RoutesDialog:
        dialog = RoutesDialog(context, office.stage.canteen)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def names(self, office: Round, route: int | None = None) -> list[str]:
        found = office.stage.look(delivery_routes.stops, route or office.first)
        return [one.name for one in found]

    def test_a_stop_moves_by_keys(self, dialog: RoutesDialog, office: Round) -> None:
        dialog.stop_table.setFocus()
        dialog.stop_table.select_row(0)
        dialog.down_button.click()
        assert self.names(office) == ["王秀兰", "陈桂芳", "何桂英"]
        dialog.down_button.click()
        assert self.names(office) == ["王秀兰", "何桂英", "陈桂芳"]
        dialog.up_button.click()
        assert self.names(office) == ["王秀兰", "陈桂芳", "何桂英"]

    def test_a_stop_leaves_and_comes_back_behind_the_others(
        self, dialog: RoutesDialog, office: Round
    ) -> None:
        dialog.stop_table.select_row(0)
        dialog.off_button.click()
        assert self.names(office) == ["王秀兰", "何桂英"]
        assert dialog.waiting.text() == "还有 1 人没有路线"
        dialog.loose.choose_id(office.stage.people["chen"])
        dialog.on_button.click()
        assert self.names(office) == ["王秀兰", "何桂英", "陈桂芳"]

    def test_a_stop_comes_to_another_walk(
        self, dialog: RoutesDialog, office: Round, dialogs: Dialogs
    ) -> None:
        dialog.stop_table.select_row(1)
        dialogs.on_dialog = lambda it: it.accept() or 1
        dialog.other_button.click()
        assert self.names(office) == ["陈桂芳", "何桂英"]
        assert self.names(office, office.second) == ["孙玉梅", "王秀兰"]

    def test_a_new_walk_is_written_and_an_empty_one_deleted(
        self, dialog: RoutesDialog, dialogs: Dialogs
    ) -> None:
        def fill(form: RouteForm) -> None:
            form.name.setText("三路")
            form.carrier.setCurrentText("刘洋")
            form.save()

        dialogs.on_dialog = answered(RouteForm, fill)
        dialog.new_button.click()
        assert [one.name for one in dialog.routes.values()] == ["一路", "二路", "三路"]
        assert dialog.routes[dialog.route_id or 0].carrier == "刘洋"
        dialog.delete_button.click()
        assert [one.name for one in dialog.routes.values()] == ["一路", "二路"]

    def test_a_walk_with_people_is_not_deleted(
        self, dialog: RoutesDialog, dialogs: Dialogs
    ) -> None:
        dialog.delete_button.click()
        assert "还有 3 户" in dialogs.shown[0]


class TestPapers:
    def test_the_sheets_show_the_walks_that_were_ticked(
        self, qtbot: QtBot, context: Context, tab: DeliveryTab, dialogs: Dialogs, office: Round
    ) -> None:
        papers: list[str] = []

        def read(preview: PaperPreview) -> None:
            papers.extend(text_by_pdfium(preview.data))
            preview.note_taken("已打印")

        dialogs.on_dialog = answered(PaperPreview, read)
        assert tab.board is not None
        printing.show_sheets(context, tab, tab.board, (office.first,), MASKED)
        qtbot.waitUntil(lambda: bool(papers))
        text = "".join(papers)
        assert "陈桂芳" in text
        assert "孙玉梅" not in text
        noted = office.stage.ask("SELECT count(*) FROM change WHERE action = 'printed'")
        assert noted != [(0,)]

    def test_which_walks_is_asked(self, qtbot: QtBot, context: Context, tab: DeliveryTab) -> None:
        assert tab.board is not None
        dialog = SheetDialog(context, tab.board)
        qtbot.addWidget(dialog)
        assert len(dialog.routes) == 2
        for box in dialog._boxes.values():
            box.setChecked(False)
        assert not dialog.confirm.isEnabled()

    def test_who_gets_none_today_is_a_list(
        self, qtbot: QtBot, context: Context, tab: DeliveryTab
    ) -> None:
        assert tab.board is not None
        dialog = NotTodayDialog(tab.board)
        qtbot.addWidget(dialog)
        assert len(dialog.table.paged_model.ids) == 0


def test_a_round_is_lived_by_keyboard_alone(
    qtbot: QtBot, context: Context, office: Round, dialogs: Dialogs
) -> None:
    """Out, two doors, a silent one with its calls, the rest from the paper, back again."""
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    hands = Hands(window, dialogs, qtbot)
    number = list(window._pages).index("canteen") + 1
    hands.press((getattr(KEY, f"Key_{number}"), CTRL), (KEY.Key_Tab, CTRL), (KEY.Key_Tab, CTRL))
    tab = window.stack.currentWidget().current
    assert isinstance(tab, DeliveryTab)
    hands.press("d", KEY.Key_Space, "n")
    assert [one.value for one in states(tab)] == ["handed", "nobody", "ordered", "ordered"]
    hands.press(KEY.Key_Return, "3")
    hands.press_in_windows((KEY.Key_Down, (KEY.Key_Return, CTRL)))
    hands.press("1")
    hands.press_in_windows(("1", (KEY.Key_Return, CTRL), KEY.Key_Escape))
    hands.press(KEY.Key_Down, (KEY.Key_F6, Qt.KeyboardModifier.ShiftModifier))
    hands.press("b")
    assert dialogs.shown == []
    assert tab.board is not None
    assert tab.board.walks[0].returned_at is not None
    assert states(tab) == [HANDED, NOBODY, HANDED, WAITS]
    assert office.stage.ask("SELECT outcome FROM care_case") == [("在家，没听见敲门",)]
