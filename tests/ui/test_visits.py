"""走访: the list of who is due, the day sheet and its way back, alarms, records; by keyboard."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import (
    Action,
    Change,
    Operation,
    Resident,
    Visit,
    VisitResult,
    VisitRule,
    VisitSheet,
)
from app.services import visit_due, visit_log, visit_rules, visit_sheets
from app.services.visit_log import VisitInput
from app.services.visit_sheets import Found, SheetInput
from app.storage.engine import Database
from app.ui.grids.page import TABS, GridsPage
from app.ui.grids.visits import typed_draft
from app.ui.grids.visits.alarm_dialog import AlarmDialog
from app.ui.grids.visits.correct_dialog import CorrectDialog
from app.ui.grids.visits.defer_dialog import DeferDialog
from app.ui.grids.visits.due_panel import DuePanel
from app.ui.grids.visits.sheet_dialog import SheetDialog
from app.ui.grids.visits.tab import DUE, LOG, VisitsTab
from app.ui.grids.visits.type_back import TypeBackDialog
from app.ui.kit import table_paper
from app.ui.kit.buttons import Button
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.people.grid_wish import NewRequest, ShowVisits
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.ui.people.visit_dialog import VisitDialog
from tests.actors import actor, seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.storage.offices import furnish
from tests.ui import people_office
from tests.ui.people_office import Office

ONLY = tuple(one for one in TABS if one.title == "走访")
FINE, NOT_HOME, HELP = VisitResult.FINE, VisitResult.NOT_HOME, VisitResult.NEEDS_HELP
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = people_office.TODAY


def said(table: PagedTable) -> list[str]:
    """Why a table has no rows, and the advice below it."""
    words = table.findChildren(EmptyState)[-1].findChildren(QLabel)
    return [one.text() for one in words if one.text()]


@pytest.fixture
def office(database: Database) -> Office:
    return furnish(database, _live)


def _live(database: Database) -> Office:
    """The rules are 400 days old; 王秀兰 is late, 单玉梅 due today, 仇志国 in three days."""
    found = people_office.found(database)
    with database.transaction("规则") as session:
        visit_rules.seed(session, today=TODAY - timedelta(days=400))
    for name, days in (("王秀兰", 200), ("单玉梅", 180), ("仇志国", 177)):
        put_down(database, found[name], days)
    return found


def put_down(database: Database, who: int, days_ago: int, result: VisitResult = FINE) -> int:
    entered = VisitInput(resident_id=who, on_date=TODAY - timedelta(days=days_ago), result=result)
    with database.transaction("记走访") as session:
        return visit_log.log(session, entered, now=people_office.NOW)


@pytest.fixture
def tab(qtbot: QtBot, context: Context, office: Office) -> VisitsTab:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> VisitsTab:
    page = GridsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    found = page.open("走访")
    assert isinstance(found, VisitsTab)
    return found


def names(tab: VisitsTab, ids: Any = None) -> list[str]:
    return [
        row.name for row in tab.due.due.rows(list(tab.due.due.model.ids if ids is None else ids))
    ]


def sheet(context: Context, *ids: int) -> int:
    with context.database.transaction("走访单") as session:
        entered = SheetInput(resident_ids=ids, on_date=TODAY, visitor="孙丽")
        return visit_sheets.make(session, entered, now=people_office.NOW)


def results(context: Context, sheet_id: int) -> list[VisitResult | None]:
    with context.database.lookup() as lookup:
        return [row.result for row in visit_sheets.rows(lookup, sheet_id)]


def wishes(context: Context) -> list[object]:
    asked: list[object] = []
    context.signals.page_requested.connect(lambda _, wish: asked.append(wish))
    return asked


def filled(kind: type[QDialog], act: Callable[[Any], object]) -> Callable[[QDialog], int]:
    def close(dialog: QDialog) -> int:
        assert isinstance(dialog, kind)
        act(dialog)
        return dialog.result()

    return close


# -- who is due


def test_the_late_come_first_and_are_ticked_with_those_of_today(tab: VisitsTab) -> None:
    assert names(tab) == ["王秀兰", "单玉梅", "仇志国"]
    assert names(tab, tab.due.due.chosen) == ["王秀兰", "单玉梅"]
    assert tab.due.said.text() == "超期 1 人，今天 1 人，3 天内 1 人"
    page = tab.window()
    assert isinstance(page, GridsPage)
    assert page.tabs.findChildren(type(page.tabs.children()[-1]))[-1].accessibleName() == "走访 2"


def test_a_tick_that_was_taken_off_stays_off_when_the_list_is_read_anew(tab: VisitsTab) -> None:
    tab.due.due.model.tick([0], on=False)
    tab.refresh()
    assert names(tab, tab.due.due.chosen) == ["单玉梅"]


def test_the_list_is_searched_and_filtered_and_says_when_there_is_nobody(tab: VisitsTab) -> None:
    tab.search.setText("syml")
    tab._search()
    assert names(tab) == []
    tab.search.setText("单玉")
    tab._search()
    assert names(tab) == ["单玉梅"]
    tab.search.clear()
    tab._search()
    tab.due.horizon.choose(0)
    assert names(tab) == ["王秀兰", "单玉梅"]
    tab.due.clear.click()
    assert len(names(tab)) == 3


def test_a_visit_is_put_down_from_the_list_by_enter(
    tab: VisitsTab, qtbot: QtBot, dialogs: Dialogs
) -> None:
    dialogs.on_dialog = filled(VisitDialog, lambda it: it.confirm.click())
    tab.due.table.select_row(0)
    qtbot.keyClick(tab.due.table, Qt.Key.Key_Return)
    tab.refresh()
    # She lives alone: in a week again.
    assert names(tab) == ["单玉梅", "仇志国", "王秀兰"]


def test_a_visit_is_put_off_with_a_reason(
    tab: VisitsTab, context: Context, dialogs: Dialogs, office: Office
) -> None:
    def fill(dialog: DeferDialog) -> None:
        dialog.day.setText("2026-12-20")
        dialog.reason.setCurrentText("住院")
        dialog.save()

    dialogs.on_dialog = filled(DeferDialog, fill)
    tab.due.due.model.tick_all(on=False)
    tab.due.table.select_row(0)
    tab.due.defer_button.click()
    with context.database.lookup() as lookup:
        due = visit_due.of_people(lookup, [office["王秀兰"]], today=TODAY)
    assert due[office["王秀兰"]].due_on == date(2026, 12, 20)


def test_the_list_goes_into_a_file_without_the_names_of_sensitive_tags(tab: VisitsTab) -> None:
    seen = tab.due.seen()
    assert [row[0] for row in seen.rows] == ["王秀兰", "单玉梅"]
    assert seen.filter_words == "只含勾选的"
    assert not seen.is_whole


# -- the day sheet


def test_the_ticked_are_printed_on_a_sheet_that_is_kept_and_journaled(
    tab: VisitsTab, context: Context, qtbot: QtBot, dialogs: Dialogs, office: Office
) -> None:
    papers: list[PaperPreview] = []

    def close(dialog: QDialog) -> int:
        if isinstance(dialog, PaperPreview):
            papers.append(dialog)
            return 0
        assert isinstance(dialog, SheetDialog)
        dialog.visitor.setCurrentText("孙丽")
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = close
    tab.print_button.click()
    qtbot.waitUntil(lambda: bool(papers))
    words = text_by_pdfium(papers[0].data)
    assert "王秀兰" in words
    assert "单玉梅" in words
    assert "仇志国" not in words
    assert "138 **** 0612" in words
    papers[0].note_taken("已送到打印机")
    with context.database.reading() as session:
        kept = session.scalars(select(VisitSheet)).one()
        printed = session.execute(
            select(Change.table_name, Change.row_id, Operation.sentence)
            .join(Operation, Operation.id == Change.operation_id)
            .where(Change.action == Action.PRINTED)
        ).all()
    assert kept.visitor == "孙丽"
    assert {(table, key) for table, key, _ in printed} >= {
        ("visit_sheet", kept.id),
        ("resident", office["王秀兰"]),
    }
    assert {sentence for _, _, sentence in printed} == {f"打印 走访单 第 {kept.id} 号"}


def test_a_sheet_is_typed_back_with_one_key_a_row_and_saved_in_one_step(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    key = sheet(context, office["王秀兰"], office["单玉梅"], office["仇志国"])
    dialog = TypeBackDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.table
    assert [row.name for row in table.rows.values()] == ["王秀兰", "单玉梅", "仇志国"]
    qtbot.keyClick(table, Qt.Key.Key_1)
    qtbot.keyClick(table, Qt.Key.Key_4)
    qtbot.keyClick(table, Qt.Key.Key_Backspace)
    qtbot.keyClick(table, Qt.Key.Key_3)
    assert table.currentIndex().row() == 2
    table.select_row(1)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    dialog.note.insert("下水道堵了")
    dialog._note_typed(dialog.note.text())
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    assert dialog.count.text() == "共 3 人：已保存 0，待保存 2，还没录 1"
    qtbot.keyClick(table, Qt.Key.Key_Return, CTRL)
    assert results(context, key) == [FINE, HELP, None]
    assert dialog.count.text() == "共 3 人：已保存 2，待保存 0，还没录 1"
    with context.database.reading() as session:
        last = session.scalars(select(Operation).order_by(Operation.id.desc()).limit(2)).all()
    assert f"录入走访单 第 {key} 号 2 人" in {one.sentence for one in last}
    # What needs help is current, and becomes a request by one more key.
    asked = wishes(context)
    dialog.request_button.click()
    with context.database.reading() as session:
        visit = session.scalars(select(Visit).where(Visit.note == "下水道堵了")).one()
    assert asked == [NewRequest(visit_id=visit.id)]


def test_a_half_typed_sheet_is_there_again_after_the_program_was_killed(
    tab: VisitsTab, qtbot: QtBot, context: Context, office: Office, dialogs: Dialogs
) -> None:
    key = sheet(context, office["王秀兰"], office["单玉梅"])
    killed = TypeBackDialog(context)
    qtbot.addWidget(killed)
    killed.show()
    qtbot.keyClick(killed.table, Qt.Key.Key_1)
    killed.keep()
    seen: list[str] = []
    dialogs.on_dialog = filled(TypeBackDialog, lambda it: seen.append(it.count.text()))
    tab.show_record(Unsaved(f"{typed_draft.KIND}:{key}"))
    assert seen == ["共 2 人：已保存 0，待保存 1，还没录 1"]


def test_a_scanned_code_finds_sheet_and_row_and_a_strange_one_is_told(
    qtbot: QtBot, context: Context, office: Office, dialogs: Dialogs
) -> None:
    first = sheet(context, office["王秀兰"], office["单玉梅"])
    sheet(context, office["仇志国"])
    dialog = TypeBackDialog(context)
    qtbot.addWidget(dialog)
    dialog.choice.code.setText(f"{first}-02")
    qtbot.keyClick(dialog.choice.code, Qt.Key.Key_Return)
    assert dialog.sheet_id == first
    assert dialog.who.text() == "2 单玉梅"
    dialog.choice.look_up("99-01")
    dialog.choice.look_up(f"{first}-09")
    assert "没有找到“99-01”" in dialogs.shown[0]
    assert "没有第 9 行" in dialogs.shown[1]


def test_a_row_that_somebody_typed_meanwhile_is_refused_and_the_rest_stays_typed(
    qtbot: QtBot, context: Context, office: Office, dialogs: Dialogs
) -> None:
    key = sheet(context, office["王秀兰"], office["单玉梅"])
    dialog = TypeBackDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    with context.database.transaction("别人录") as session:
        row = visit_sheets.rows(session, key)[0]
        found = [Found(row_id=row.id, result=NOT_HOME)]
        visit_sheets.type_back(session, key, found, now=people_office.NOW)
    qtbot.keyClick(dialog.table, Qt.Key.Key_1)
    qtbot.keyClick(dialog.table, Qt.Key.Key_2)
    dialog.save()
    assert "第 1 行已由 王书记 于 11-21 09:30 录为“没人在家”" in dialogs.shown[0]
    assert results(context, key) == [NOT_HOME, None]
    dialog.save()
    assert results(context, key) == [NOT_HOME, VisitResult.CHANGED]


def test_without_a_sheet_it_is_told_how_to_get_one(qtbot: QtBot, context: Context) -> None:
    dialog = TypeBackDialog(context)
    qtbot.addWidget(dialog)
    assert not dialog.save_button.isEnabled()
    assert dialog.sheet_id is None


# -- nobody at home


def test_the_strip_names_who_was_not_at_home_until_it_is_answered(
    tab: VisitsTab, context: Context, dialogs: Dialogs, office: Office
) -> None:
    assert tab.strip.isHidden()
    for days in (3, 1):
        put_down(context.database, office["王秀兰"], days, NOT_HOME)
    tab.refresh()
    assert tab.strip.words == "连续两次没人在家：王秀兰 3 号楼 2-301"

    def fill(dialog: AlarmDialog) -> None:
        dialog.answer.setCurrentText("暂住女儿家")
        dialog.clear()

    dialogs.on_dialog = filled(AlarmDialog, fill)
    tab.strip.look.click()
    tab.refresh()
    assert tab.strip.isHidden()


def test_an_alarm_becomes_a_request_and_stands_until_that_is_registered(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    for days in (3, 1):
        last = put_down(context.database, office["王秀兰"], days, NOT_HOME)
    dialog = AlarmDialog(context)
    qtbot.addWidget(dialog)
    asked = wishes(context)
    dialog.request_button.click()
    assert asked == [NewRequest(visit_id=last)]
    again = AlarmDialog(context)
    qtbot.addWidget(again)
    assert len(again.model.ids) == 1


# -- records


def test_a_record_is_corrected_and_removed(
    tab: VisitsTab, context: Context, dialogs: Dialogs
) -> None:
    tab.show_view(LOG)
    assert len(tab.log.model.ids) == 3

    def correct(dialog: CorrectDialog) -> None:
        dialog.choose(HELP)
        dialog.note.setPlainText("想申请助餐")
        dialog.confirm.click()

    dialogs.on_dialog = filled(CorrectDialog, correct)
    tab.log.table.select_row(0)
    tab.log.edit_button.click()
    tab.refresh()
    assert tab.log.model.row(0).note == "想申请助餐"

    def remove(dialog: QDialog) -> int:
        if isinstance(dialog, CorrectDialog):
            dialog.remove()
            return dialog.result()
        return 1

    dialogs.on_dialog = remove
    tab.log.edit_button.click()
    tab.refresh()
    assert len(tab.log.model.ids) == 2


def test_the_records_are_anew_whenever_one_goes_to_them(
    tab: VisitsTab, context: Context, office: Office
) -> None:
    for count in (3, 4):
        tab.show_view(LOG)
        assert len(tab.log.model.ids) == count
        tab.show_view(DUE)
        put_down(context.database, office["王秀兰"], 1)
        tab.refresh()
    tab.show_view(LOG)
    put_down(context.database, office["王秀兰"], 0)
    tab.refresh()
    assert len(tab.log.model.ids) == 6


def test_the_records_are_printed_by_the_key_of_the_sheet(
    tab: VisitsTab, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(table_paper, "print_out", lambda it: printed.append(it.accessibleName()))
    qtbot.keyClick(tab, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert tab.print_button.text() == "打印记录"
    qtbot.keyClick(tab, Qt.Key.Key_F9)
    assert printed == ["走访记录"]
    tab.search.setText("没有这个人")
    tab._search()
    assert not tab.print_button.isEnabled()
    assert said(tab.log.table)[0] == "没有这样的走访"
    assert "清除筛选" in [one.text() for one in tab.log.table.findChildren(Button)]
    qtbot.keyClick(tab.log.table, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert tab.search.text() == ""
    assert tab.print_button.isEnabled()


def test_the_visits_of_one_person_are_shown_when_his_card_asks(
    tab: VisitsTab, office: Office
) -> None:
    tab.show_record(ShowVisits(resident_id=office["王秀兰"]))
    assert tab.views.currentIndex() == LOG
    assert [tab.log.model.row(0).name] == ["王秀兰"]
    assert len(tab.log.model.ids) == 1
    tab.show_record(ShowVisits())
    assert tab.views.currentIndex() == DUE


# -- who may what


def test_a_grid_member_has_the_people_of_his_own_grids(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    with context.database.reading() as session:
        own = {office["王秀兰"]}
        grid = session.get_one(Resident, office["王秀兰"]).grid_id
        others = session.scalars(select(Resident.id).where(Resident.grid_id == grid)).all()
    member = actor("孙丽", "网格员")
    context.database.act_as(
        type(member)(member.name, member.role, member.rights, grids=frozenset({grid}))
    )
    found = set(opened(qtbot, context).due.due.model.ids)
    assert own <= found <= set(others)


def test_who_may_only_read_is_offered_nothing_to_write(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    tab = opened(qtbot, seen_by(context, "老马", "只读"))
    buttons = (tab.type_button, tab.print_button, tab.due.log_button, tab.due.defer_button)
    assert all(button.withheld for button in buttons)
    assert names(tab) == ["王秀兰", "单玉梅", "仇志国"]


def test_without_rules_the_list_says_where_to_make_them(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    with context.database.transaction("停止") as session:
        for rule in session.scalars(select(VisitRule)):
            rule.until = TODAY - timedelta(days=1)
    tab = opened(qtbot, context)
    assert said(tab.due.table) == ["还没有走访规定", "请到“设置”的“网格”里加上。"]


# -- beside the grids


def test_the_panel_shows_a_grid_and_hands_on_to_the_whole_list(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    panel = DuePanel(context)
    qtbot.addWidget(panel)
    counted: list[int] = []
    panel.counted.connect(counted.append)
    panel.show_grid(None)
    assert counted == [2]
    assert panel.count.text() == "已选 2 人"
    grid = next(iter(office.grids.values()))
    panel.due.table.select_row(len(panel.due.model.ids) - 1)
    panel.show_grid(grid)
    assert panel.due.table.currentIndex().row() == 0  # another list is read from its top
    with context.database.lookup() as lookup:
        due = visit_due.due(lookup, today=TODAY, grid_ids=[grid])
    assert list(panel.due.model.ids) == [one.resident_id for one in due]
    asked = wishes(context)
    panel.all_button.click()
    assert asked == [ShowVisits(grid)]
