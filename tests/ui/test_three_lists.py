"""清单 by keyboard: needs and resources meet, projects go on until they are judged."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import (
    Action,
    Change,
    ListState,
    NeedUrgency,
    Project,
    ProjectState,
    ResourceKind,
    UnitKind,
    Verdict,
)
from app.services import drafts, joint, projects, three_lists
from app.services.joint import UnitInput
from app.services.progress import StepInput
from app.services.project_life import finish
from app.services.project_views import ProjectView
from app.services.projects import ProjectInput
from app.services.three_lists import NeedInput, NeedView, ResourceInput
from app.ui.kit.buttons import Button
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.meetings.lists.line_dialogs import NeedDialog, ResourceDialog
from app.ui.meetings.lists.project_dialog import ProjectDialog
from app.ui.meetings.lists.stage_dialogs import AcceptDialog, EvaluateDialog, StepDialog
from app.ui.meetings.lists.tab import ListsTab
from app.ui.meetings.lists.words import NEEDS, PROJECTS, RESOURCES
from app.ui.meetings.page import TABS, MeetingsPage
from app.ui.people.meetings_wish import ShowNeed, ShowProject
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import GRID_MEMBER, READER
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "清单")
HAIR = "高龄老人上门理发"


@pytest.fixture
def tab(qtbot: QtBot, context: Context) -> ListsTab:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> ListsTab:
    page = MeetingsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    found = page.open("清单")
    assert isinstance(found, ListsTab)
    return found


def do(context: Context, act: Callable[..., Any], *args: Any, **more: Any) -> Any:
    with context.database.transaction("准备") as session:
        return act(session, *args, **more)


def offered(context: Context, words: str = "每月上门理发") -> int:
    today = context.clock.today()
    shop = UnitInput(kind=UnitKind.PARTNER, name="红星理发店", contact="孙师傅")
    unit = do(context, joint.add, shop, today=today)
    entered = ResourceInput(words=words, joint_unit_id=unit)
    return int(do(context, three_lists.add_resource, entered, today=today))


def needed(context: Context, words: str = HAIR) -> int:
    today = context.clock.today()
    return int(do(context, three_lists.add_need, NeedInput(words=words), today=today))


def begun(context: Context, **more: Any) -> int:
    entered = ProjectInput(name="楼道照明改造", **more)
    return int(do(context, projects.add, entered, now=context.clock.now()))


def project(context: Context, key: int) -> ProjectView:
    with context.database.lookup() as lookup:
        return projects.project(lookup, key)


def need(context: Context, key: int) -> NeedView:
    with context.database.lookup() as lookup:
        return three_lists.need(lookup, key)


def with_dialog(dialogs: Dialogs, kind: type[QDialog], act: Callable[[Any], object]) -> list[str]:
    """What is done in the next dialog, which has to be of this kind."""
    met: list[str] = []

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, kind)
        met.append(dialog.windowTitle())
        dialog.show()
        act(dialog)
        return dialog.result()

    dialogs.on_dialog = answer
    return met


def test_a_need_is_registered_by_keys_and_is_then_the_one_that_is_shown(
    qtbot: QtBot, context: Context, tab: ListsTab, dialogs: Dialogs
) -> None:
    def write(dialog: NeedDialog) -> None:
        dialog.words.setText(HAIR)
        dialog.urgency.set_value(NeedUrgency.URGENT.label)
        dialog.kind.set_value(ResourceKind.PEOPLE.label)
        qtbot.keyClick(dialog.whom, ENTER, CTRL)

    needed(context, "修路灯")
    tab.refresh()
    met = with_dialog(dialogs, NeedDialog, write)
    qtbot.keyClick(tab.needs.table, Qt.Key.Key_N, CTRL)

    assert met == ["登记需求"]
    one = tab.needs.current
    assert isinstance(one, NeedView)
    assert (one.words, one.urgency, one.kind) == (HAIR, NeedUrgency.URGENT, ResourceKind.PEOPLE)
    assert tab.need_card.title.text() == HAIR


def test_what_fits_a_need_is_proposed_and_taken_only_by_its_button(
    context: Context, tab: ListsTab, dialogs: Dialogs
) -> None:
    offer, asked = offered(context), needed(context)
    tab.refresh()
    assert need(context, asked).state is ListState.OPEN
    [button] = [one for one in tab.need_card.findChildren(Button) if one.text() == "对接立项"]

    with_dialog(dialogs, ProjectDialog, lambda dialog: dialog.save())
    button.click()

    assert need(context, asked).state is ListState.MATCHED
    assert tab.choice.value() == PROJECTS
    made = tab.projects.current
    assert isinstance(made, ProjectView)
    assert (made.name, made.lead, made.need_id) == (HAIR, "红星理发店 孙师傅", asked)
    assert [key for key, _ in made.resources] == [offer]


def test_a_resource_is_withdrawn_and_offered_again(context: Context, tab: ListsTab) -> None:
    key = offered(context)
    tab.show_view(RESOURCES)
    tab.resource_card.withdraw.click()
    tab.refresh()
    assert tab.resources.lines[0].state is ListState.WITHDRAWN
    assert not tab.resource_card.begin.isEnabled()
    tab.resource_card.withdraw.click()
    tab.refresh()
    assert [(one.id, one.state) for one in tab.resources.lines] == [(key, ListState.OPEN)]


def test_a_telephone_that_is_shown_masked_is_kept_as_it_was(
    context: Context, tab: ListsTab, dialogs: Dialogs
) -> None:
    key = offered(context)
    today = context.clock.today()
    more = ResourceInput(words="借用报告厅", phone="13840951007")
    other = do(context, three_lists.add_resource, more, today=today)
    assert other != key
    dialog = ResourceDialog(context, other)
    assert "13840951007" not in dialog.phone.text()
    dialog.available.setText("周六")
    dialog.save()
    with context.database.lookup() as lookup:
        kept = three_lists.resource(lookup, other)
    assert (kept.phone, kept.available) == ("13840951007", "周六")


def test_a_project_goes_from_a_step_to_its_evaluation_by_keys(
    qtbot: QtBot, context: Context, tab: ListsTab, dialogs: Dialogs
) -> None:
    key = begun(context)
    tab.show_view(PROJECTS)
    table = tab.projects.table

    def write(words: str) -> Callable[[StepDialog], None]:
        def fill(dialog: StepDialog) -> None:
            dialog.words.setPlainText(words)
            dialog.percent.setText("40")
            dialog.confirm.click()

        return fill

    with_dialog(dialogs, StepDialog, write("灯已到货"))
    qtbot.keyClick(table, Qt.Key.Key_S, ALT)
    tab.refresh()
    assert (project(context, key).state, project(context, key).percent) == (
        ProjectState.STARTED,
        40,
    )
    with_dialog(dialogs, StepDialog, write("灯都亮了"))
    qtbot.keyClick(table, Qt.Key.Key_W, ALT)
    tab.refresh()
    assert tab.project_card.next.text() == "验收"

    def accept(dialog: AcceptDialog) -> None:
        dialog.by.setText("周立群")
        dialog.save()

    with_dialog(dialogs, AcceptDialog, accept)
    qtbot.keyClick(table, Qt.Key.Key_W, ALT)
    tab.refresh()

    def judge(dialog: EvaluateDialog) -> None:
        dialog.name.setText("3 号楼居民")
        dialog.verdict.set_value(Verdict.GOOD.label)
        dialog.save()

    with_dialog(dialogs, EvaluateDialog, judge)
    qtbot.keyClick(table, Qt.Key.Key_P, ALT)
    one = project(context, key)
    assert (one.state, one.effect, one.verdicts) == (
        ProjectState.EVALUATED,
        "灯都亮了",
        {"满意": 1},
    )


def test_a_use_of_the_fund_that_is_questioned_asks_for_a_reason_and_keeps_what_was_typed(
    context: Context,
) -> None:
    key = begun(context)
    dialog = ProjectDialog(context, key)
    dialog.funded.setChecked(True)
    dialog.budget.setText("800")
    dialog.purpose.setText("给志愿者的补贴")
    dialog.save()
    assert "补贴" in dialog._reason_field.message
    assert project(context, key).funded is False
    dialog.reason.setText("街道批复同意")
    dialog.save()
    one = project(context, key)
    assert (one.funded, one.budget, one.purpose_reason) == (True, 800_00, "街道批复同意")


def test_resources_are_taken_into_a_project_and_taken_off_again(context: Context) -> None:
    offer = offered(context)
    dialog = ProjectDialog(context, begun(context))
    field = dialog.resources
    field.choice.setCurrentIndex(field.choice.count() - 1)
    field.choice.activated.emit(field.choice.count() - 1)
    assert field.value() == (offer,)
    [off] = [one for one in field.findChildren(Button) if one.text() == "去掉"]
    off.click()
    assert field.value() == ()


def test_a_late_project_is_told_in_red_and_counted_on_the_tab(
    qtbot: QtBot, context: Context, tab: ListsTab
) -> None:
    today = context.clock.today()
    begun(context, until=today.replace(month=1))
    with qtbot.waitSignal(tab.count_changed) as told:
        tab.show_view(PROJECTS)
    assert told.args == [1]
    assert tab.project_card.notice.words.startswith("应在 2026-01-")


def test_the_list_goes_on_paper_as_it_is_filtered_and_is_put_on_record(
    qtbot: QtBot, context: Context, tab: ListsTab, dialogs: Dialogs
) -> None:
    key = begun(context)
    do(context, projects.add, ProjectInput(name="健身角"), now=context.clock.now())
    tab.show_view(PROJECTS)
    tab.search.setText("照明")
    seen: list[str] = []

    def look(dialog: PaperPreview) -> None:
        dialog.note_taken("已存为 PDF")
        seen.append(text_by_pdfium(dialog.data))

    with_dialog(dialogs, PaperPreview, look)
    qtbot.keyClick(tab.projects.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(seen))
    assert "项目清单" in seen[0]
    assert "楼道照明改造" in seen[0]
    assert "健身角" not in seen[0]
    with context.database.reading() as session:
        printed = session.scalars(select(Change).where(Change.action == Action.PRINTED)).all()
    assert [(one.table_name, one.row_id) for one in printed] == [(Project.__tablename__, key)]


@pytest.mark.parametrize("role", [READER, GRID_MEMBER])
def test_who_only_reads_is_offered_nothing_that_he_may_not_do(
    qtbot: QtBot, context: Context, role: str
) -> None:
    needed(context)
    begun(context)
    tab = opened(qtbot, seen_by(context, "看", role))
    buttons = (tab.new_button, tab.need_card.begin, tab.need_card.edit, tab.need_card.remove)
    assert [one.isVisible() for one in buttons] == [False] * 4
    tab.show_view(PROJECTS)
    card = tab.project_card
    assert [one.isVisible() for one in (card.step, card.next, card.ask, card.edit)] == [False] * 4
    qtbot.keyClick(tab.projects.table, Qt.Key.Key_N, CTRL)


def test_a_project_is_shown_whatever_narrows_the_list(context: Context, tab: ListsTab) -> None:
    key = begun(context)
    tab.show_view(PROJECTS)
    tab.projects.stage.choose(ProjectState.STOPPED)
    assert tab.projects.lines == []
    tab.show_record(ShowProject(key))
    assert tab.project_card.project is not None
    assert tab.project_card.project.id == key


def test_a_form_that_was_not_saved_is_opened_again_in_its_list(
    context: Context, tab: ListsTab, dialogs: Dialogs
) -> None:
    met = with_dialog(dialogs, QDialog, lambda _: None)
    key = begun(context)
    for wanted, title, view in (
        ("need:new", "登记需求", NEEDS),
        ("resource:new", "登记资源", RESOURCES),
        ("project:new", "立项", PROJECTS),
        (f"project_step:{key}", "登记进展", PROJECTS),
    ):
        tab.show_record(Unsaved(wanted))
        assert (met[-1], tab.choice.value()) == (title, view)


def test_only_what_has_not_begun_is_deleted(
    context: Context, tab: ListsTab, dialogs: Dialogs
) -> None:
    key = begun(context)
    tab.show_view(PROJECTS)
    dialogs.answers.append("删除")
    tab.acts.do("remove", project(context, key))
    tab.refresh()
    assert tab.projects.lines == []
    other = begun(context)
    done = StepInput(on_date=context.clock.today(), words="做完了")
    do(context, finish, other, done, version=1, now=context.clock.now())
    dialogs.answers.append("删除")
    tab.acts.do("remove", project(context, other))
    assert "请办“终止”" in dialogs.shown[-1]


def test_what_was_left_of_another_form_does_not_cover_what_a_project_is_begun_with(
    context: Context,
) -> None:
    now, key = context.clock.now(), needed(context)
    left = {"项目": "去年没写完的"}
    do(context, drafts.keep, "project:new", left, now=now, title="立项", record=None)
    assert ProjectDialog(context).name.text() == "去年没写完的"
    wish = ProjectInput(name=HAIR, need_id=key)
    assert ProjectDialog(context, None, wish).name.text() == HAIR


def test_what_is_rarely_done_with_a_project_stands_in_its_menu(
    context: Context, tab: ListsTab, dialogs: Dialogs
) -> None:
    key = begun(context, need_id=needed(context))
    tab.show_view(PROJECTS)
    asked: list[object] = []
    context.signals.page_requested.connect(lambda _, wish: asked.append(wish))

    def choose(words: str) -> list[str]:
        tab.refresh()
        tab.project_card.open_menu()
        menu = tab.project_card.menu.findChildren(QMenu)[-1]
        offered = {one.text(): one for one in menu.actions()}
        offered[words].trigger()
        return list(offered)

    assert choose("看需求") == ["看需求", "写项目公示…", "终止…", "删除…"]
    assert choose("写项目公示…")
    notice_id = project(context, key).notice_id
    assert asked == [ShowNeed(project(context, key).need_id or 0), MadeNotice(notice_id or 0)]
    assert choose("看公示")
    assert asked[-1] == MadeNotice(notice_id or 0)

    def stop(dialog: ReasonDialog) -> None:
        dialog.line.setCurrentText("上级统一实施")
        dialog.save()

    with_dialog(dialogs, ReasonDialog, stop)
    assert choose("终止…")
    one = project(context, key)
    assert (one.state, one.stopped_reason) == (ProjectState.STOPPED, "上级统一实施")
    assert need(context, one.need_id or 0).state is ListState.OPEN
