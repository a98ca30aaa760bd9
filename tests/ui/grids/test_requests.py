"""诉求: the board, every step by one key or by dragging, the table, the form of a call."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import (
    Action,
    Building,
    Change,
    Grid,
    GridMember,
    Level,
    Request,
    RequestState,
    RequestStep,
    Resident,
    Satisfaction,
    StepKind,
)
from app.services import diary, drafts, office, photos, request_life, request_photos
from app.services.diary_input import DiaryInput, Met
from app.services.request_detail import detail
from app.services.request_way import WayStep
from app.storage.engine import Database
from app.ui.grids.page import TABS, GridsPage
from app.ui.grids.requests.board import Board
from app.ui.grids.requests.browse import TABLE
from app.ui.grids.requests.form import draft_key, wish_of
from app.ui.grids.requests.merge_dialog import MergeDialog
from app.ui.grids.requests.request_dialog import RequestDialog
from app.ui.grids.requests.step_dialog import StepDialog
from app.ui.grids.requests.tab import RequestsTab
from app.ui.grids.requests.way_line import fitting_words
from app.ui.kit import table_paper, theme
from app.ui.kit.buttons import Button
from app.ui.kit.signals import Area
from app.ui.kit.table_paper import SeenTable
from app.ui.main_window import MainWindow
from app.ui.people.grid_wish import NewRequest, ShowRequest
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.ui.recent.history import HistoryDialog
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.storage.offices import furnish
from tests.ui import people_office
from tests.ui.people_office import Office
from tests.ui.request_states import Desk

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
S = RequestState


def fill(database: Database) -> Office:
    """王秀兰 and her neighbours, the usual kinds, deadlines and holidays."""
    found = people_office.found(database)
    with database.transaction("准备") as session:
        office.seed(session, today=people_office.TODAY)
    return found


@pytest.fixture
def people(database: Database) -> Office:
    return furnish(database, fill)


@pytest.fixture
def desk(context: Context, people: Office) -> Desk:
    return Desk(context)


@pytest.fixture
def tab(qtbot: QtBot, context: Context, people: Office) -> RequestsTab:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> RequestsTab:
    page = GridsPage(context, kinds=[kind for kind in TABS if kind.title == "诉求"])
    qtbot.addWidget(page)
    context.signals.changed.connect(lambda _: page.refresh())
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    found = page.open("诉求")
    assert isinstance(found, RequestsTab)
    return found


def show(tab: RequestsTab, request_id: int) -> None:
    """Read the board, and stand on this card."""
    tab.refresh()
    tab.show_request(request_id)


def press(widget: QWidget, *keys: Qt.Key, by: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Strokes go where the focus is, as a person's do."""
    for key in keys:
        target = QApplication.activePopupWidget() or widget.window().focusWidget() or widget
        QtBot.keyClick(target, key, by)


def write(widget: QWidget, text: str) -> None:
    """Chinese comes as an input method's."""
    target = widget.window().focusWidget()
    if text.isascii():
        QtBot.keyClicks(target, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def answers(*strokes: str | Qt.Key) -> Callable[[QDialog], int]:
    """Somebody who fills a dialog by keyboard alone and presses Ctrl+Enter."""

    def fill_in(dialog: QDialog) -> int:
        dialog.show()
        for stroke in strokes:
            write(dialog, stroke) if isinstance(stroke, str) else press(dialog, stroke)
        press(dialog, ENTER, by=CTRL)
        assert not dialog.isVisible(), f"{dialog.windowTitle()} stays open"
        return dialog.result()

    return fill_in


def request(context: Context, request_id: int) -> Request:
    with context.database.reading() as session:
        row = session.get_one(Request, request_id)
        session.expunge(row)
        return row


def last_step(context: Context, request_id: int) -> StepKind:
    with context.database.reading() as session:
        wanted = select(RequestStep.kind).where(RequestStep.request_id == request_id)
        return session.scalars(wanted.order_by(RequestStep.id.desc())).first()


# -- the life of a request by keys


def test_a_request_goes_its_whole_way_by_one_key(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.register("楼道灯三个月不亮")
    show(tab, key)
    way = (
        (RIGHT, answers(), S.ACCEPTED),
        (RIGHT, answers("物业"), S.HANDLING),
        (Qt.Key.Key_S, answers("街道城建办", ENTER, "公共电表改造"), S.ESCALATED),
        (RIGHT, answers("已派人更换线路"), S.HANDLING),
        (RIGHT, answers("灯已修好，亮了"), S.DONE),
        (RIGHT, answers("1"), S.CALLED_BACK),
        (RIGHT, answers(), S.CLOSED),
    )
    for stroke, person, state in way:
        dialogs.on_dialog = person
        press(tab, stroke, by=ALT if stroke is Qt.Key.Key_S else CTRL)
        assert request(context, key).state is state
        card = tab.browse.board.current()
        if state is not S.CLOSED:
            assert card is not None
            assert (card.id, card.state) == (key, state)

    row = request(context, key)
    assert (row.answer, row.satisfaction) == ("灯已修好，亮了", Satisfaction.CONTENT)
    assert row.closed_on == context.clock.today()


def test_accepting_with_a_name_hands_it_over_in_the_same_step(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.register("门禁卡失灵")
    show(tab, key)
    dialogs.on_dialog = answers("物业")
    press(tab, RIGHT, by=CTRL)
    row = request(context, key)
    assert (row.state, row.handler) == (S.HANDLING, "物业")


def test_whoever_is_not_content_brings_it_back_by_itself(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.done("路灯太暗")
    show(tab, key)
    dialogs.on_dialog = answers("3", ENTER, "还是暗")
    press(tab, RIGHT, by=CTRL)
    card = tab.browse.board.current()
    assert card is not None
    assert (card.id, card.state, card.reopened) == (key, S.HANDLING, 1)
    assert "重办" in card.due.text


def test_the_key_back_reopens_what_was_done(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.done("下水堵塞")
    show(tab, key)
    dialogs.on_dialog = answers("又堵了")
    press(tab, LEFT, by=CTRL)
    assert request(context, key).state is S.HANDLING
    assert last_step(context, key) is StepKind.REOPENED


def test_the_words_of_a_step_that_was_not_done_wait_for_it(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.done("下水堵塞")
    show(tab, key)
    waiting: list[str] = []

    def cut_off(dialog: QDialog) -> int:
        assert isinstance(dialog, StepDialog)
        [field] = dialog.fields.values()
        assert isinstance(field.control, QPlainTextEdit)
        field.control.setPlainText("又堵了")
        context.signals.keep_requested.emit()
        with context.database.reading() as session:
            waiting.extend(one.key for one in drafts.waiting(session))
        return 0

    dialogs.on_dialog = cut_off
    press(tab, LEFT, by=CTRL)
    [kept] = waiting
    assert kept.startswith(f"request_step:{key}-")

    def again(dialog: QDialog) -> int:
        if isinstance(dialog, RequestDialog):
            waiting.append("opened")
            return 0
        assert isinstance(dialog, StepDialog)
        waiting.extend(map(str, dialog.values.values()))
        return 0

    dialogs.on_dialog = again
    press(tab, LEFT, by=CTRL)
    tab.show_record(Unsaved(kept))
    assert waiting[1:] == ["又堵了", "opened"]


def test_what_a_step_needs_is_said_at_its_field_and_nothing_is_written(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.handled("夜间施工噪声")
    show(tab, key)
    seen: list[str] = []

    def in_a_hurry(dialog: QDialog) -> int:
        assert isinstance(dialog, StepDialog)
        dialog.show()
        press(dialog, ENTER, by=CTRL)
        seen.extend(field.message for field in dialog.fields.values())
        dialog.reject()
        return 0

    dialogs.on_dialog = in_a_hurry
    press(tab, RIGHT, by=CTRL)
    assert seen == ["请写明办理结果，答复单上会照这句话印。"]
    assert request(context, key).state is S.HANDLING


def test_reminding_extending_and_supervising_have_keys(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.handled("违建雨棚")
    show(tab, key)
    until = context.clock.today() + timedelta(days=16)
    strokes: tuple[tuple[Qt.Key, Any, Any, StepKind], ...] = (
        (Qt.Key.Key_U, ALT, answers(), StepKind.URGED),
        (Qt.Key.Key_Y, ALT, answers(f"{until}", ENTER, "等排期"), StepKind.EXTENSION_ASKED),
        (Qt.Key.Key_Y, ALT, answers("1"), StepKind.EXTENDED),
        (SPACE, Qt.KeyboardModifier.NoModifier, answers("盯住"), StepKind.FLAGGED),
        (SPACE, Qt.KeyboardModifier.NoModifier, answers(), StepKind.UNFLAGGED),
    )
    for stroke, by, person, kind in strokes:
        dialogs.on_dialog = person
        press(tab, stroke, by=by)
        assert last_step(context, key) is kind
    assert request(context, key).due_on == until
    card = tab.browse.board.current()
    assert card is not None
    assert card.due == (f"已延期至 {until:%m-%d}", "blue")


def test_the_answer_is_a_paper_and_its_printing_is_on_record(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.done("垃圾桶移位")
    show(tab, key)
    papers: list[bytes] = []

    def print_it(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        papers.append(dialog.data)
        dialog.note_taken("已送到打印机")
        return 0

    dialogs.on_dialog = print_it
    press(tab, Qt.Key.Key_F9)
    assert "已经修好，请居民查看" in text_by_pdfium(papers[0]).replace("\n", "")
    with context.database.reading() as session:
        printed = select(Change.row_id).where(
            Change.table_name == "request", Change.action == Action.PRINTED
        )
        assert session.scalars(printed).all() == [key]


# -- two at one request, and taking back


def test_a_second_editor_is_told_and_sees_what_the_first_did(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.handled("供暖温度不够")
    show(tab, key)
    told: list[str] = []

    def too_late(dialog: QDialog) -> int:
        if not isinstance(dialog, StepDialog):
            told.append(dialog.words)  # type: ignore[attr-defined]
            return 1
        desk.do(key, request_life.finish, answer="先办好了")
        dialog.show()
        write(dialog, "后办好了")
        press(dialog, ENTER, by=CTRL)
        return dialog.result()

    dialogs.on_dialog = too_late
    press(tab, RIGHT, by=CTRL)
    assert "刚被别人改过" in told[0]
    card = tab.browse.board.current()
    assert card is not None
    assert card.state is S.DONE
    assert request(context, key).answer == "先办好了"


def test_a_step_is_taken_back_by_one_key(
    qtbot: QtBot, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.register("地下室有积水")
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    context.signals.page_requested.emit("grids", ShowRequest(key))
    page = window.stack.currentWidget()
    assert isinstance(page, GridsPage)
    tab = page.current
    assert isinstance(tab, RequestsTab)
    dialogs.on_dialog = answers()
    press(window, RIGHT, by=CTRL)
    assert request(context, key).state is S.ACCEPTED
    dialogs.on_dialog = None
    dialogs.answers.append("撤销")
    press(window, Qt.Key.Key_Z, by=CTRL)
    qtbot.waitUntil(lambda: tab.browse.board.current_state is S.REGISTERED)
    assert tab.browse.current_id == key
    assert request(context, key).state is S.REGISTERED


# -- dragging


def drag(board: Board, request_id: int, target: RequestState) -> None:
    start = board.card_rect(request_id).center()
    end = board.lane_rect(target).center()
    QtBot.mousePress(board, Qt.MouseButton.LeftButton, pos=start)
    for place in (start + QPoint(15, 0), end):
        QtBot.mouseMove(board, place)
    QtBot.mouseRelease(board, Qt.MouseButton.LeftButton, pos=end)


def test_dropping_a_card_is_the_same_as_the_key(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.handled("电动车飞线充电")
    desk.register("地下室有积水")
    tab.refresh()
    titles: list[str] = []

    def watch(dialog: QDialog) -> int:
        titles.append(dialog.windowTitle())
        return answers("街道应急办", ENTER, "要执法")(dialog)

    dialogs.on_dialog = watch
    drag(tab.browse.board, key, S.ESCALATED)
    assert titles == ["上报 1 电动车飞线充电"]
    assert request(context, key).state is S.ESCALATED


def test_a_card_of_a_member_dropped_on_the_street_goes_there_through_the_community(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.handled("楼道堆物", origin="member")
    show(tab, key)
    dialogs.on_dialog = answers(ENTER, "街道执法队", ENTER, "屡劝不听")
    drag(tab.browse.board, key, S.ESCALATED)
    with context.database.reading() as session:
        shown = detail(session, key, today=context.clock.today())
    assert (shown.state, shown.level, shown.why_up) == (S.ESCALATED, Level.STREET, "屡劝不听")
    assert [step.sentence for step in shown.steps[-2:]] == [
        "上报给社区：屡劝不听",
        "上报给街道执法队：屡劝不听",
    ]


def test_a_column_that_cannot_follow_says_what_can(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.register("晾衣杆挡路")
    tab.refresh()
    drag(tab.browse.board, key, S.DONE)
    assert dialogs.shown == [
        "1 号现在是“登记”，不能直接放到“办结”。下一步请点「受理」。",
    ]
    drag(tab.browse.board, key, S.REGISTERED)
    assert request(context, key).state is S.REGISTERED


def test_a_drag_that_is_given_up_moves_nothing(tab: RequestsTab, desk: Desk) -> None:
    key = desk.register("晾衣杆挡路")
    tab.refresh()
    board = tab.browse.board
    start = board.card_rect(key).center()
    QtBot.mousePress(board, Qt.MouseButton.LeftButton, pos=start)
    QtBot.mouseMove(board, start + QPoint(300, 0))
    press(tab, Qt.Key.Key_Escape)
    QtBot.mouseRelease(board, Qt.MouseButton.LeftButton, pos=start + QPoint(300, 0))
    card = board.current()
    assert card is not None
    assert card.state is S.REGISTERED


# -- the board itself


def test_arrows_go_along_columns_and_cards_and_open_the_strip(tab: RequestsTab, desk: Desk) -> None:
    first, second = desk.register("地下室有积水"), desk.register("晾衣杆挡路")
    handled = desk.handled("楼道堆物")
    closed = desk.done("楼道门灯")
    desk.do(closed, request_life.call_back, satisfaction=Satisfaction.CONTENT)
    desk.do(closed, request_life.close)
    show(tab, first)
    board = tab.browse.board
    places = [board.current_state]
    press(tab, DOWN)
    assert tab.browse.current_id == second
    for _ in range(6):
        press(tab, RIGHT)
        places.append(board.current_state)
    assert places == list(RequestState)
    assert tab.browse.current_id == closed
    assert board.card_rect(closed).isValid()
    assert not board.layout_of().is_open(0)
    press(tab, LEFT, LEFT, LEFT, LEFT)
    assert tab.browse.current_id == handled
    assert tab.browse.strip.title.text() == "楼道堆物"


def test_whoever_goes_to_an_empty_column_stays_there(tab: RequestsTab, desk: Desk) -> None:
    show(tab, desk.register("地下室有积水"))
    board = tab.browse.board
    for _ in range(6):
        press(tab, RIGHT)
    tab.refresh()
    assert board.current_state is S.CLOSED
    assert board.current() is None
    assert tab.browse.strip.detail is None
    press(tab, *[LEFT] * 6)
    assert board.current_state is S.REGISTERED


def test_whoever_comes_by_ctrl_tab_stands_on_the_board(tab: RequestsTab, desk: Desk) -> None:
    tab.search.setFocus()
    press(tab, Qt.Key.Key_Tab, by=CTRL)
    assert isinstance(tab.window().focusWidget(), Button)
    desk.register("地下室有积水")
    tab.refresh()
    press(tab, Qt.Key.Key_Tab, by=CTRL)
    assert tab.window().focusWidget() is tab.browse.board


def test_in_large_type_every_column_is_reached(
    qtbot: QtBot, qapp: QApplication, context: Context, desk: Desk
) -> None:
    keys = [desk.register("地下室有积水"), desk.handled("楼道堆物"), desk.done("下水堵塞")]
    theme.apply(qapp, "大字")
    tab = opened(qtbot, context)
    board = tab.browse.board
    board.resize(1150, 380)
    assert board.layout_of().open_count == 4
    for key in (*keys, keys[0]):
        assert board.select(key)
        assert board.rect().contains(board.card_rect(key))


def test_a_long_column_says_what_it_hides_and_reads_more_on_the_way_down(
    tab: RequestsTab, context: Context, desk: Desk
) -> None:
    first = desk.register("楼道照明")
    with context.database.transaction("再来五十几件") as session:
        values = {
            column.name: getattr(session.get_one(Request, first), column.name)
            for column in Request.__table__.columns
        }
        for number in range(2, 56):
            session.add(Request(**(values | {"id": None, "number": number})))
    tab.refresh()
    tab.browse.take_focus()
    board = tab.browse.board
    room = board.layout_of().room
    assert board.hidden_words(0) == f"还有 {55 - room} 件"
    press(tab, Qt.Key.Key_End)
    card = board.current()
    assert card is not None
    assert card.number == 50
    press(tab, *[DOWN] * 5)
    card = board.current()
    assert card is not None
    assert card.number == 55
    assert board.hidden_words(0) == f"上面还有 {55 - room} 件"
    QApplication.sendEvent(board, wheel(board.lane_rect(S.REGISTERED).center(), up=True))
    assert board.hidden_words(0) == f"上面 {54 - room} 件，下面 1 件"


def wheel(place: QPoint, *, up: bool) -> QWheelEvent:
    turn = QPoint(0, 120 if up else -120)
    return QWheelEvent(
        QPointF(place),
        QPointF(place),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def test_the_count_stands_beside_the_name_of_the_tab_whatever_is_filtered(
    tab: RequestsTab, desk: Desk
) -> None:
    flagged = desk.handled("电动车飞线充电")
    desk.do(flagged, request_life.flag, words="盯住")
    desk.register("地下室有积水")
    counts: list[int] = []
    tab.count_changed.connect(counts.append)
    tab.refresh()
    tab.browse.filters.flagged.click()
    assert counts[-1] == 2
    assert tab.browse.filters.words.text().startswith("在办 1 件")
    assert tab.browse.current_id == flagged
    press(tab, Qt.Key.Key_Backspace, by=CTRL)
    assert tab.browse.filters.words.text().startswith("在办 2 件")


def test_what_is_not_found_leads_back_and_nothing_at_all_leads_to_the_form(
    tab: RequestsTab, desk: Desk
) -> None:
    tab.refresh()
    assert tab.browse.shown.currentWidget() is tab.browse.nothing
    desk.register("地下室有积水")
    tab.refresh()
    tab.search.setText("没有这件")
    tab.browse.look_for(tab.search.text())
    assert tab.browse.board.current() is None
    tab.browse.filters.grid.setFocus()
    press(tab, Qt.Key.Key_Backspace, by=CTRL)
    assert tab.browse.board.current() is not None
    assert tab.search.text() == ""
    assert tab.window().focusWidget() is tab.browse.board


def test_the_phone_is_masked_until_it_is_asked_for_and_every_look_is_on_record(
    tab: RequestsTab, context: Context, desk: Desk
) -> None:
    key = desk.register("楼道灯三个月不亮", phone="13840310612")
    show(tab, key)
    assert tab.browse.strip.person.text().endswith("138 **** 0612")
    press(tab, Qt.Key.Key_R, by=CTRL)
    assert tab.browse.strip.person.text().endswith("13840310612")
    page = tab.window()
    assert isinstance(page, GridsPage)
    page.rest()
    assert "13840310612" not in tab.browse.strip.person.text()
    with context.database.reading() as session:
        looked = select(Change.row_id).where(
            Change.table_name == "request", Change.action == Action.LOOKED
        )
        assert session.scalars(looked).all() == [key]


def test_a_card_that_was_asked_for_before_the_board_had_its_width_leaves_what_is_closed_folded(
    tab: RequestsTab, desk: Desk
) -> None:
    board, key = tab.browse.board, desk.handled("违建雨棚")
    tab.browse.read()
    width = board.width()
    board.resize(400, board.height())
    tab.show_request(key)
    assert board.lane_rect(S.REGISTERED).width() < 50
    board.resize(width, board.height())
    assert board.card_rect(key).width() > 100
    assert board.lane_rect(S.REGISTERED).width() > 100
    assert not board.is_unfolded


def test_whoever_calls_back_sees_the_number_in_the_dialog(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.done("楼道灯三个月不亮", phone="13840310612")
    show(tab, key)
    said: list[str] = []

    def call(dialog: QDialog) -> int:
        assert isinstance(dialog, StepDialog)
        dialog.show()
        said.append(dialog.said.text())
        dialog.reveal.setFocus()
        press(dialog, ENTER)
        said.append(dialog.said.text())
        dialog.rest()
        assert dialog.said.text() == said[0]
        assert dialog.reveal.isVisible()
        dialog.fields["satisfaction"].control.setFocus()
        return answers("4")(dialog)

    dialogs.on_dialog = call
    press(tab, RIGHT, by=CTRL)
    assert ["13840310612" in words for words in said] == [False, True]
    assert "138 **** 0612" in said[0]
    row = request(context, key)
    assert (row.state, row.satisfaction) == (S.DONE, Satisfaction.NOT_REACHED)


def test_deadlines_in_a_year_without_holidays_are_told_to_be_guessed(
    tab: RequestsTab, context: Context, desk: Desk
) -> None:
    key = desk.handled("违建雨棚")
    with context.database.transaction("年底") as session:
        session.get_one(Request, key).due_on = context.clock.today().replace(year=2027)
    tab.refresh()
    assert "按周一至周五推算" in tab.browse.filters.how.text()


# -- the table


def test_the_table_shows_the_same_requests_and_is_remembered(
    qtbot: QtBot, tab: RequestsTab, context: Context, desk: Desk
) -> None:
    keys = [desk.register("地下室有积水"), desk.handled("楼道堆物")]
    show(tab, keys[1])
    tab.switch.chosen.emit(TABLE)
    table = tab.browse.table
    assert list(table.model.ids) == keys
    assert tab.browse.current_id == keys[1]
    table.table.sort_requested.emit("number", False)
    assert list(table.model.ids) == keys[::-1]
    desk.do(keys[1], request_life.finish, answer="办好了")
    desk.do(keys[1], request_life.close, reason="居民搬走了")
    tab.refresh()
    assert list(table.model.ids) == [keys[0]]
    tab.browse.filters.closed.click()
    assert set(table.model.ids) == set(keys)
    assert opened(qtbot, context).browse.view == TABLE


def test_what_is_exported_is_what_the_board_shows(
    tab: RequestsTab, context: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.register("地下室有积水", phone="13840310612")
    desk.do(desk.handled("电动车飞线充电"), request_life.flag, words="盯住")
    tab.refresh()
    tab.browse.filters.flagged.click()
    seen: list[SeenTable] = []
    monkeypatch.setattr(table_paper, "export", lambda table: table_paper.see(table, seen.append))
    press(tab, Qt.Key.Key_K, by=CTRL)
    titles = [column.title for column in seen[0].columns]
    assert [row[titles.index("事由")] for row in seen[0].rows] == ["电动车飞线充电"]
    assert {"办理结果", "满意度", "销号日期"} <= set(titles)
    assert seen[0].filter_words == "只看督办"
    assert seen[0].people


# -- the form


def test_a_call_is_written_down_by_keyboard_and_its_card_is_the_current_one(
    qtbot: QtBot, context: Context, desk: Desk
) -> None:
    desk.register("地下室有积水")
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    press(window, Qt.Key.Key_G, by=CTRL)
    press(window, Qt.Key.Key_4, ENTER)
    write(window, "wxl")
    press(window, ENTER)
    write(window, "13940000001")
    press(window, ENTER, Qt.Key.Key_4, ENTER)
    write(window, "楼道灯不亮")
    press(window, ENTER)
    write(window, "三个月了")
    press(window, ENTER, by=CTRL)

    page = window.stack.currentWidget()
    assert isinstance(page, GridsPage)
    tab = page.current
    assert isinstance(tab, RequestsTab)
    card = tab.browse.board.current()
    assert card is not None
    assert (card.title, card.place_words, card.category) == (
        "楼道灯不亮",
        "3 号楼 2 单元",
        "公共设施",
    )
    row = request(context, card.id)
    assert (row.origin, row.phone, row.body) == ("phone", "13940000001", "三个月了")
    with context.database.reading() as session:
        assert session.get_one(Resident, row.resident_id).name == "王秀兰"
        assert row.grid_id is not None
        assert session.get_one(Grid, row.grid_id).name == "第三网格"


def test_whoever_is_not_in_the_roster_is_written_down_by_name(
    tab: RequestsTab, context: Context
) -> None:
    tab.show_record(NewRequest())
    form = tab.form
    assert form is not None
    press(tab, Qt.Key.Key_1, ENTER)
    write(tab, "过路的老张")
    press(tab, ENTER, ENTER)
    form.fields.category.choose_id(desk_kind(context, "公共设施"))
    form.fields.title.setText("井盖没了")
    form.fields.place.setText("西门外")
    press(tab, ENTER, by=CTRL)
    found = request(context, 1)
    assert (found.person, found.resident_id, found.place) == ("过路的老张", None, "西门外")


def desk_kind(context: Context, name: str) -> int:
    return Desk(context)._kinds[name]


def test_a_line_of_the_diary_fills_the_form(
    tab: RequestsTab, context: Context, people: Office
) -> None:
    with context.database.transaction("记日记") as session:
        entry = diary.write(
            session,
            DiaryInput(
                on_date=context.clock.today(),
                met=(Met(resident_id=people["王秀兰"]),),
                seen="楼道灯三个月不亮，老人晚上看不见",
                category_id=desk_kind(context, "公共设施"),
                grid_id=people.grids["第三网格"],
            ),
            now=context.clock.now(),
        )
    tab.show_record(NewRequest(diary_entry_id=entry))
    assert tab.form is not None
    tab.form.save()
    found = request(context, 1)
    assert (found.title, found.origin) == ("楼道灯三个月不亮", "member")
    assert (found.resident_id, found.diary_entry_id) == (people["王秀兰"], entry)
    assert found.grid_id == people.grids["第三网格"]
    assert found.unit == "2"


def test_the_same_matter_at_the_same_place_is_shown_and_can_be_merged(
    tab: RequestsTab, context: Context, desk: Desk, people: Office
) -> None:
    kept = desk.at_street("楼道灯三个月不亮", resident_id=people["王秀兰"], building_id=None)
    tab.show_record(NewRequest(resident_id=people["王秀兰"]))
    form = tab.form
    assert form is not None
    form.fields.title.setText("楼道灯还是不亮")
    form.fields.category.choose_id(desk_kind(context, "公共设施"))
    form.look()
    assert [one.id for one in form.side.found] == [kept]
    form.side.merge_asked.emit(kept)
    merged = request(context, kept + 1)
    assert merged.merged_into_id == kept
    assert tab.browse.current_id == kept
    with context.database.reading() as session:
        shown = detail(session, kept, today=context.clock.today())
    assert shown.merged == (merged.number,)


def test_two_on_the_board_are_merged_from_the_menu(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    kept, other = desk.register("楼道灯三个月不亮"), desk.register("走廊太黑")
    show(tab, other)

    def choose(dialog: QDialog) -> int:
        assert isinstance(dialog, MergeDialog)
        dialog.show()
        write(dialog, "三个月")
        press(dialog, ENTER, by=CTRL)
        return dialog.result()

    dialogs.on_dialog = choose
    menu = QMenu()
    tab.browse.strip.fill_menu(menu)
    next(one for one in menu.actions() if one.text().startswith("并案")).trigger()
    assert request(context, other).merged_into_id == kept
    assert [card.id for card in tab.browse.board.columns[0].cards] == [kept]


def test_a_form_that_was_not_saved_comes_back_with_what_it_came_out_of(
    qtbot: QtBot, tab: RequestsTab, context: Context, people: Office
) -> None:
    wish = NewRequest(resident_id=people["王秀兰"])
    tab.show_record(wish)
    assert tab.form is not None
    tab.form.fields.title.setText("楼道灯不亮")
    tab.form.keeper.keep()
    again = opened(qtbot, context)
    again.show_record(Unsaved(draft_key(wish)))
    assert again.form is not None
    entered = again.form.fields.entered()
    assert (entered.title, entered.resident_id) == ("楼道灯不亮", people["王秀兰"])
    again.form.fields.category.choose_id(desk_kind(context, "公共设施"))
    again.form.save()
    with context.database.reading() as session:
        assert drafts.waiting(session) == []
    for one in (NewRequest(), wish, NewRequest(diary_entry_id=7), NewRequest(visit_id=8)):
        assert wish_of(draft_key(one)) == one


def test_leaving_a_form_asks_only_where_something_would_be_lost(
    tab: RequestsTab, dialogs: Dialogs
) -> None:
    tab.show_record(NewRequest())
    press(tab, Qt.Key.Key_Escape)
    assert tab.form is None
    tab.show_record(NewRequest())
    assert tab.form is not None
    tab.form.fields.title.setText("楼道灯")
    dialogs.answers.append("取消")
    assert not tab.leave()
    dialogs.answers.append("不保存，返回")
    assert tab.leave()
    assert tab.form is None


def test_a_request_is_changed_in_the_form_and_a_second_editor_is_refused(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.register("楼道灯不亮")
    show(tab, key)
    press(tab, Qt.Key.Key_F2)
    assert tab.form is not None
    tab.form.fields.title.setText("三楼楼道灯不亮")
    desk.do(key, request_life.note, words="去看过了")
    tab.form.save()
    assert "刚被别人改过" in dialogs.shown[0]
    dialogs.answers.append("不保存，返回")
    tab.leave()
    tab.edit(key)
    assert tab.form is not None
    tab.form.fields.title.setText("三楼楼道灯不亮")
    tab.form.save()
    assert request(context, key).title == "三楼楼道灯不亮"


def test_what_the_form_no_longer_offers_stays_as_it_was(
    tab: RequestsTab, context: Context, desk: Desk, people: Office
) -> None:
    with context.database.transaction("准备") as session:
        member = GridMember(name="孙丽", name_order="sunli")
        session.add(member)
        session.flush()
        member_id = member.id
    key = desk.register("楼道灯不亮", member_id=member_id)
    before = request(context, key)
    with context.database.transaction("改了很多") as session:
        session.get_one(GridMember, member_id).deleted_at = context.clock.now()
        session.get_one(Building, before.building_id).grid_id = people.grids["第四网格"]
    tab.edit(key)
    assert tab.form is not None
    tab.form.fields.promise.setText("周五前答复")
    tab.form.save()
    after = request(context, key)
    assert after.promise == "周五前答复"
    assert after.member_id == member_id
    assert after.grid_id == before.grid_id == people.grids["第三网格"]


# -- everything about one


def test_enter_shows_every_step_and_leads_to_the_form(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.at_street("楼道灯三个月不亮")
    show(tab, key)
    seen: list[list[str]] = []

    def read(dialog: QDialog) -> int:
        if isinstance(dialog, HistoryDialog):
            seen.append([dialog.windowTitle()])
            return 0
        assert isinstance(dialog, RequestDialog)
        seen.append([step.sentence for step in dialog.shown.steps])
        dialog._foot.itemAt(0).widget().click()
        dialog.edit.click()
        return dialog.result()

    dialogs.on_dialog = read
    press(tab, ENTER)
    assert seen == [
        ["登记", "受理", "交办给物业", "上报给街道城建办：公共电表改造，物业无权开箱"],
        ["经过：诉求 1"],
    ]
    assert tab.form is not None
    assert tab.form.fields.title.text() == "楼道灯三个月不亮"


def test_photographs_are_kept_with_the_request(
    qtbot: QtBot, context: Context, desk: Desk, dialogs: Dialogs, tmp_path: Path
) -> None:
    key = desk.register("楼道堆物")
    image = QImage(2000, 1500, QImage.Format.Format_RGB888)
    image.fill(QColor("#557799"))
    image.save(str(tmp_path / "楼道.png"))
    dialog = RequestDialog(context, key)
    qtbot.addWidget(dialog)
    dialogs.files.append(tmp_path / "楼道.png")
    dialog.photos.choose()
    with context.database.reading() as session:
        [kept] = request_photos.photos(session, key)
    assert len(kept.jpeg) <= photos.LARGEST_PHOTO
    dialogs.on_dialog = lambda _: 1
    dialog.photos.tiles[0].click()
    with context.database.reading() as session:
        assert request_photos.photos(session, key) == []


def test_a_closed_request_is_shown_in_full_where_no_column_has_it(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.done("楼道门灯")
    desk.do(key, request_life.close, reason="居民搬走了")
    tab.refresh()
    titles: list[str] = []

    def read(dialog: QDialog) -> int:
        assert isinstance(dialog, RequestDialog)
        titles.append(dialog.title.text())
        return 0

    dialogs.on_dialog = read
    tab.show_record(ShowRequest(key))
    assert titles == ["1 楼道门灯"]


# -- who may do what


def test_a_reader_sees_everything_and_is_offered_nothing(
    qtbot: QtBot, context: Context, desk: Desk
) -> None:
    key = desk.handled("电动车飞线充电", phone="13840310612")
    context.database.act_as(actor("老马", "只读"))
    tab = opened(qtbot, context)
    show(tab, key)
    strip = tab.browse.strip
    offered = [one for one in strip._buttons() if one.isEnabled() and one is not strip.more]
    assert offered == []
    assert not tab.new_button.isVisible()
    assert not strip.reveal.isVisible()
    drag(tab.browse.board, key, S.DONE)
    press(tab, SPACE)
    tab.show_record(NewRequest())
    assert tab.form is None
    assert request(context, key).state is S.HANDLING


def test_a_grid_member_sees_what_is_of_his_grid_and_asks_for_what_is_not_his_to_decide(
    qtbot: QtBot, context: Context, desk: Desk, people: Office
) -> None:
    third, fourth = people.grids["第三网格"], people.grids["第四网格"]
    own = desk.register("楼道堆物", grid_id=third, building_id=None, origin="member")
    desk.register("井盖松动", grid_id=fourth, building_id=None, origin="member")
    member = actor("孙丽", "网格员")
    context.database.act_as(type(member)(member.name, member.role, member.rights, grids={third}))
    tab = opened(qtbot, context)
    tab.refresh()
    assert [card.id for column in tab.browse.board.columns for card in column.cards] == [own]
    assert tab.browse.filters.grid.isHidden()
    allowed = tab.browse.strip.detail
    assert allowed is not None
    assert "flag" not in allowed.allowed
    assert allowed.level is Level.MEMBER


def test_what_others_do_is_seen_at_once(tab: RequestsTab, context: Context, desk: Desk) -> None:
    key = desk.register("地下室有积水")
    show(tab, key)
    desk.do(key, request_life.accept)
    context.signals.changed.emit(Area.REQUESTS)
    card = tab.browse.board.current()
    assert card is not None
    assert card.state is S.ACCEPTED


def test_a_request_that_goes_while_it_is_read_closes_its_window(
    qtbot: QtBot, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.register("地下室有积水")
    dialog = RequestDialog(context, key)
    qtbot.addWidget(dialog)
    dialog.show()
    with context.database.transaction("删除") as session:
        session.get_one(Request, key).deleted_at = context.clock.now()
    dialog.next.click()
    assert "已经不在了" in dialogs.shown[-1]
    assert not dialog.isVisible()


def test_what_is_gone_is_told_and_taken_off_the_board(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.register("地下室有积水")
    show(tab, key)
    with context.database.transaction("删除") as session:
        session.get_one(Request, key).deleted_at = context.clock.now()
    press(tab, RIGHT, by=CTRL)
    assert "已经不在了" in dialogs.shown[0]
    assert tab.browse.board.current() is None
    assert tab.browse.strip.detail is None


def test_where_the_way_is_narrow_who_and_when_stand_whole(qapp: QApplication) -> None:
    step = WayStep("社区", True, True, "张书记 街道回告", datetime(2026, 11, 22, 9))
    assert fitting_words(step, 1000) == "张书记 11-22 街道回告"
    assert fitting_words(step, theme.text_width("张书记 11-22", "small")) == "张书记 11-22"
