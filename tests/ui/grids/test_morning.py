"""A morning of the grids lived by keyboard alone: from the day sheet to the 幸福账单."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import (
    Operation,
    PostKind,
    Request,
    RequestState,
    Satisfaction,
    Visit,
    VisitResult,
    VisitRule,
)
from app.services import grid_workload, member_forms, office, posts, tags
from app.services.member_forms import MemberInput
from app.services.post_checks import PostInput
from app.storage.engine import Database
from app.ui.grids.bill.tab import BillTab
from app.ui.grids.diary.tab import DiaryTab
from app.ui.grids.districts.tab import DistrictsTab
from app.ui.grids.organisation.tab import OrganisationTab
from app.ui.grids.page import GridsPage
from app.ui.grids.requests.tab import RequestsTab
from app.ui.grids.visits.tab import VisitsTab
from app.ui.main_window import MainWindow
from app.ui.people.tabbed_page import PageTab
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.storage.offices import furnish
from tests.ui import people_office
from tests.ui.hands import ALT, CTRL, DOWN, ENTER, ESCAPE, SAVE, SHIFT, TAB, Hands, Stroke
from tests.ui.people_office import Office

NEXT: Stroke = (Qt.Key.Key_Right, CTRL)
GRID = "第三网格"
FOUND = "楼道灯坏了三天"


def live(database: Database) -> Office:
    """Two who live alone in grid 3 are late for their visit; 孙丽 looks after the grid."""
    found = people_office.found(database)
    today = people_office.TODAY
    begun = today - timedelta(days=24)
    with database.transaction("准备") as session:
        office.seed(session, today=today)
        tags.give(session, [found["单玉梅"]], found.tags["独居老人"], since=begun)
        for rule in session.scalars(select(VisitRule)):
            rule.since = begun
        member = member_forms.add(session, MemberInput(name="孙丽"))
        post = PostInput(
            member_id=member,
            kind=PostKind.GRID_STAFF,
            since=today,
            grid_id=found.grids[GRID],
        )
        posts.appoint(session, post, today=today)
    return found


@pytest.fixture
def people(database: Database) -> Office:
    return furnish(database, live)


class Clerk(Hands):
    @property
    def page(self) -> GridsPage:
        page = self.window.stack.currentWidget()
        assert isinstance(page, GridsPage)
        return page


@pytest.fixture
def clerk(qtbot: QtBot, context: Context, people: Office, dialogs: Dialogs) -> Clerk:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return Clerk(window, dialogs, qtbot)


def test_a_morning_is_lived_by_keyboard_alone(
    clerk: Clerk, context: Context, people: Office, tmp_path: Path
) -> None:
    sheet, bill = tmp_path / "走访单.pdf", tmp_path / "幸福账单.pdf"
    before = sentences(context)
    print_day_sheet(clerk, sheet)
    assert [name in paper(sheet) for name in ("王秀兰", "单玉梅", "仇志国")] == [True, True, False]

    type_back(clerk, context)
    assert visits(context, people) == {"王秀兰": VisitResult.NEEDS_HELP, "单玉梅": VisitResult.FINE}

    # 公共设施 is the fourth kind; title, person and place are known from the visit.
    clerk.press("4", SAVE)
    assert request(context).title == FOUND
    go_the_whole_way(clerk, context)
    closed = request(context)
    assert (closed.satisfaction, closed.answer) == (Satisfaction.CONTENT, "城建办换了线路")

    show_bill(clerk, bill)
    words = paper(bill)
    assert FOUND in words
    assert "报街道协调办理" in words
    for hidden in ("王秀兰", "秀兰", "13840310612", "0612", "301"):
        assert hidden not in words

    assert sentences(context)[len(before) :] == [
        "生成走访单 2 人",
        "打印 走访单 第 1 号",
        "录入走访单 第 1 号 2 人",
        f"登记诉求 {FOUND}",
        f"受理诉求 {closed.number}",
        f"上报诉求 {closed.number}",
        f"登记街道对诉求 {closed.number} 的回告",
        f"办结诉求 {closed.number}",
        f"回访诉求 {closed.number}",
        f"销号诉求 {closed.number}",
        "打印 幸福账单 2026年11月",
    ]
    clerk.dialogs.answers.append("撤销")
    clerk.press((Qt.Key.Key_Z, CTRL))
    clerk.qtbot.waitUntil(lambda: request(context).state is RequestState.CALLED_BACK)
    assert any(f"销号诉求 {closed.number}" in words for words in clerk.dialogs.shown)


def print_day_sheet(clerk: Clerk, file: Path) -> None:
    """网格, down to grid 3, F9: whoever is late is ticked already."""
    clerk.dialogs.files.append(file)
    clerk.press_in_windows((SAVE,), ((Qt.Key.Key_S, CTRL), ESCAPE))
    clerk.press((Qt.Key.Key_2, CTRL), DOWN, Qt.Key.Key_F9)
    clerk.qtbot.waitUntil(lambda: len(clerk.met) == 2)
    assert clerk.met == ["打印走访单", "走访单 第 1 号"]


def type_back(clerk: Clerk, context: Context) -> None:
    """One key a row; what was found is written before its result, and becomes a request."""
    note = (Qt.Key.Key_F2, FOUND, ENTER, "3")
    fine: tuple[Stroke, ...] = ("1",)
    raise_it = (Qt.Key.Key_G, CTRL | SHIFT)
    districts = clerk.page.current
    assert isinstance(districts, DistrictsTab)
    assert len(districts.due.due.model.ticked) == 2
    clerk.press_in_windows((*note, *fine, SAVE, raise_it))
    clerk.press((Qt.Key.Key_R, CTRL))
    assert not districts.due.due.model.ticked, "who was visited is on the next sheet again"
    with context.database.lookup() as lookup:
        work = grid_workload.workload(lookup, today=context.clock.today())
    assert [one.load.visited for one in work.grids] == [2, 0]


def go_the_whole_way(clerk: Clerk, context: Context) -> None:
    """To the street and back, the resident called, closed: what is known is proposed."""
    up = ((Qt.Key.Key_S, ALT), (ENTER, DOWN, ENTER, "公共线路要改造", SAVE))
    steps: tuple[tuple[Stroke, tuple[Stroke, ...], RequestState], ...] = (
        (NEXT, (SAVE,), RequestState.HANDLING),
        (*up, RequestState.ESCALATED),
        (NEXT, ("城建办换了线路", SAVE), RequestState.HANDLING),
        (NEXT, (SAVE,), RequestState.DONE),
        (NEXT, ("1", SAVE), RequestState.CALLED_BACK),
        (NEXT, (ENTER,), RequestState.CLOSED),
    )
    for key, inside, state in steps:
        clerk.press_in_windows(inside)
        clerk.press(key)
        assert request(context).state is state


def show_bill(clerk: Clerk, file: Path) -> None:
    clerk.press((TAB, CTRL))
    tab = clerk.page.current
    assert isinstance(tab, BillTab)
    clerk.qtbot.waitUntil(lambda: tab.preview.print_button.isEnabled())
    clerk.dialogs.files.append(file)
    clerk.press((Qt.Key.Key_S, CTRL))


def test_ctrl_tab_ends_where_one_works_in_every_tab(clerk: Clerk) -> None:
    clerk.press((Qt.Key.Key_2, CTRL))
    places: list[tuple[type[PageTab], Callable[[Any], QWidget]]] = [
        (OrganisationTab, lambda tab: tab.trees),
        (DiaryTab, lambda tab: tab.list.table),
        (VisitsTab, lambda tab: tab.due.table),
        (RequestsTab, lambda tab: tab.browse.shown),
        (BillTab, lambda tab: tab.figures.parts),
        (DistrictsTab, lambda tab: tab.tree),
    ]
    for kind, place in places:
        clerk.press((TAB, CTRL))
        assert isinstance(clerk.page.current, kind)
        inside, at = place(clerk.page.current), clerk.window.focusWidget()
        assert at is not None
        assert at is inside or inside.isAncestorOf(at), f"{kind.__name__}: {at}"


def test_one_key_leads_from_the_tree_to_who_is_due_and_back(clerk: Clerk) -> None:
    clerk.press((Qt.Key.Key_2, CTRL), DOWN, (Qt.Key.Key_D, ALT))
    tab = clerk.page.current
    assert isinstance(tab, DistrictsTab)
    tab.show_place()
    before = tab.due.due.chosen
    clerk.press(Qt.Key.Key_Space)
    assert len(tab.due.due.chosen) == len(before) - 1
    clerk.press((Qt.Key.Key_D, ALT))
    assert tab.tree.hasFocus()


def paper(file: Path) -> str:
    return "".join(text_by_pdfium(file.read_bytes()).split())


def request(context: Context) -> Request:
    with context.database.reading() as session:
        row: Request = session.scalars(select(Request)).one()
        session.expunge(row)
        return row


def visits(context: Context, people: Office) -> dict[str, VisitResult]:
    names = {key: name for name, key in people.people.items()}
    with context.database.reading() as session:
        return {names[one.resident_id]: one.result for one in session.scalars(select(Visit))}


def sentences(context: Context) -> list[str]:
    with context.database.reading() as session:
        return list(session.scalars(select(Operation.sentence).order_by(Operation.id)))
