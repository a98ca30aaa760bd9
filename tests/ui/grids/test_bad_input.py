"""What cannot be is refused in the window too: the sentence says what to do, all that was typed
stays, nothing is written."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.context import Context
from app.models import Request, RequestState, Visit
from app.ui.grids.page import TABS, GridsPage
from app.ui.grids.requests.step_dialog import StepDialog
from app.ui.grids.requests.tab import RequestsTab
from app.ui.people.visit_dialog import VisitDialog
from tests.conftest import Dialogs
from tests.storage.offices import furnish
from tests.ui.grids.test_requests import ALT, CTRL, ENTER, RIGHT, drag, fill, press, show, write
from tests.ui.people_office import Office
from tests.ui.request_states import Desk


@pytest.fixture
def people(context: Context) -> Office:
    return furnish(context.database, fill)


@pytest.fixture
def desk(context: Context, people: Office) -> Desk:
    return Desk(context)


@pytest.fixture
def tab(qtbot: QtBot, context: Context, people: Office) -> RequestsTab:
    page = GridsPage(context, kinds=[kind for kind in TABS if kind.title == "诉求"])
    qtbot.addWidget(page)
    page.resize(1190, 690)
    with qtbot.waitActive(page):
        page.show()
    found = page.open("诉求")
    assert isinstance(found, RequestsTab)
    return found


def state(context: Context, request_id: int) -> RequestState:
    with context.database.reading() as session:
        return session.get_one(Request, request_id).state


def test_a_visit_to_come_is_refused_at_its_field(
    qtbot: QtBot, context: Context, people: Office
) -> None:
    dialog = VisitDialog(context, resident_id=people["王秀兰"])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.note.setPlainText("约好明天去")
    dialog.day.setText(f"{context.clock.today() + timedelta(days=1)}")
    qtbot.keyClick(dialog.note, ENTER, CTRL)
    assert dialog._day_field.message == (
        "请填走访的日期，如 2026-11-20。不能晚于今天：没走访的不能先记。"
    )
    assert dialog.isVisible()
    assert dialog.note.toPlainText() == "约好明天去"
    with context.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 0


def test_a_deadline_in_a_year_without_a_calendar_is_refused_and_stays_to_be_changed(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.handled("违建雨棚")
    show(tab, key)
    typed: list[object] = []

    def ask(dialog: QDialog) -> int:
        if not isinstance(dialog, StepDialog):
            return dialogs.dialog(dialog)
        dialog.show()
        for stroke in ("2027-03-01", ENTER, "等排期"):
            write(dialog, stroke) if isinstance(stroke, str) else press(dialog, stroke)
        dialogs.on_dialog = None
        press(dialog, ENTER, by=CTRL)
        assert dialog.isVisible()
        typed.extend(dialog.values.values())
        dialog.reject()
        return 0

    dialogs.on_dialog = ask
    press(tab, Qt.Key.Key_Y, by=ALT)
    [told] = dialogs.shown
    assert told.startswith("2027 年的节假日还没有导入，不知道 2027-03-01 上不上班")
    assert "请先在“设置”的“节假日”里导入那一年的放假通知，或者另选一天。" in told
    assert [str(one) for one in typed] == ["2027-03-01", "等排期"]


@pytest.mark.parametrize("target", [RequestState.DONE, RequestState.CALLED_BACK])
def test_what_is_at_the_street_cannot_be_dropped_on_a_column_behind_it(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs, target: RequestState
) -> None:
    key = desk.at_street("夜间施工噪声")
    show(tab, key)
    drag(tab.browse.board, key, target)
    [told] = dialogs.shown
    assert "街道" in told
    assert "回告" in told
    assert state(context, key) is RequestState.ESCALATED


def test_what_is_at_the_street_is_not_closed_by_key(
    tab: RequestsTab, context: Context, desk: Desk, dialogs: Dialogs
) -> None:
    key = desk.at_street("夜间施工噪声")
    show(tab, key)
    seen: list[str] = []
    dialogs.on_dialog = lambda dialog: seen.append(dialog.windowTitle()) or 0
    press(tab, RIGHT, by=CTRL)
    # The next step is what the street answers, not the end.
    assert len(seen) == 1
    assert "回告" in seen[0]
    assert state(context, key) is RequestState.ESCALATED
