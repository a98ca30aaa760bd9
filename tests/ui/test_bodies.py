"""组织: bodies and their people by keyboard, owners with sums, a list taken over, appraisals."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.clock import FixedClock
from app.context import Context
from app.importing import owner_list
from app.models import BodyKind, MemberRole
from app.services import appraisals, body_composition, body_members, body_views, notices, owners
from app.storage.backup import list_backups
from app.storage.engine import Database
from app.ui.kit.dialogs import Message
from app.ui.meetings.bodies.appraisal_dialog import AppraisalDialog
from app.ui.meetings.bodies.body_dialog import BodyDialog
from app.ui.meetings.bodies.import_dialog import OwnerImportDialog
from app.ui.meetings.bodies.leave_dialog import LeaveDialog
from app.ui.meetings.bodies.member_dialog import MemberDialog
from app.ui.meetings.bodies.owner_dialog import OwnerDialog
from app.ui.meetings.bodies.tab import APPRAISALS, BodiesTab
from app.ui.meetings.bodies.term_dialog import TermDialog
from app.ui.meetings.page import TABS, MeetingsPage
from app.ui.people.meetings_wish import ShowAppraisal, ShowBody
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import DEFAULTS, READER, SOCIAL_WORKER, Actor, Right
from tests.actors import actor
from tests.conftest import Dialogs
from tests.services import appraising as votes
from tests.services.conftest import Clerk
from tests.services.meeting_stage import Stage, begun, stage_on
from tests.services.owner_lists import PASTED
from tests.ui.hands import until
from tests.ui.keyed_office import keyed_office

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN, ENTER = Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "组织")


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


@pytest.fixture
def tab(qtbot: QtBot, context: Context, stage: Stage) -> BodiesTab:
    return opened_tab(qtbot, context)


def opened_tab(qtbot: QtBot, context: Context) -> BodiesTab:
    page = MeetingsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    assert isinstance(page.current, BodiesTab)
    return page.current


def on(tab: BodiesTab, body_id: int) -> None:
    """The cursor stands on a body, the keyboard in its tab."""
    assert tab.bodies.select(body_id)
    tab.take_focus()


def notice(tab: BodiesTab) -> str:
    """What the card says of the body, in one text."""
    said = (one for one in tab.bodies.card.notices if not one.isHidden())
    return "；".join(f"{one.words} {one.detail}" for one in said)


def body(stage: Stage, body_id: int) -> body_views.BodyView:
    found: body_views.BodyView = stage.look(body_views.body, body_id, stage.today)
    return found


def saved(fill: Callable[[QDialog], None]) -> Callable[[QDialog], int]:
    """Fill a dialog in and save it by Ctrl+Enter; what it says against it is a fault."""

    def act(dialog: QDialog) -> int:
        assert not isinstance(dialog, Message), dialog.words
        fill(dialog)
        dialog.save()  # type: ignore[attr-defined]  # each of these dialogs has it
        return dialog.result()

    return act


def test_the_card_says_how_many_there_are_and_proves_the_share(
    tab: BodiesTab, stage: Stage
) -> None:
    on(tab, stage.council)
    assert "组成人员 61 人：居委会成员 7 人，居民代表 54 人" in notice(tab)
    assert "54 × 5 = 270，不小于 61 × 4 = 244（居民委员会组织法第二十八条）" in notice(tab)
    assert "这一届还没有开过，07-08 前应开一次，已过 136 天" in notice(tab)
    assert "定期召开，依据城市居民委员会组织法第二十八" in notice(tab)
    on(tab, stage.owners)
    assert "业主 5 人，专有面积 700.00 ㎡" in notice(tab)
    on(tab, stage.bodies[BodyKind.ASSEMBLY])
    assert "十八周岁以上居民 8 人，9 户" in notice(tab)
    assert not tab.bodies.card.members.appoint_button.isVisible()


def test_a_roster_is_offered_of_who_has_members_only(tab: BodiesTab, stage: Stage) -> None:
    for body, offered in ((stage.council, True), (stage.bodies[BodyKind.ASSEMBLY], False)):
        on(tab, body)
        tab.bodies.card.open_menu()
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        assert any("成员名册" in one.text() for one in popup.actions()) is offered
        popup.close()


def test_a_body_is_made_by_keyboard_and_is_then_the_current_one(
    qtbot: QtBot, tab: BodiesTab, stage: Stage, dialogs: Dialogs
) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, BodyDialog)
        qtbot.keyClicks(dialog.kind, "bdh")
        dialog.name.setText("3 号楼板凳会")
        assert "只协商" in dialog.said.text()

    dialogs.on_dialog = saved(fill)
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)
    current = tab.bodies.current
    assert current is not None
    assert (current.view.name, current.view.kind) == ("3 号楼板凳会", BodyKind.BENCH)


def test_somebody_from_outside_the_file_is_appointed_and_put_right(
    qtbot: QtBot, tab: BodiesTab, stage: Stage, dialogs: Dialogs
) -> None:
    on(tab, stage.council)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, MemberDialog)
        dialog.name.setText("新代表")
        dialog.phone.setText("13942800033")
        dialog.households.setText("32")

    dialogs.on_dialog = saved(fill)
    qtbot.keyClick(tab, Qt.Key.Key_J, ALT)
    new = tab.bodies.card.members.current
    assert new is not None
    assert (new.name, new.role, new.households) == ("新代表", MemberRole.REPRESENTATIVE, 32)
    seen: list[str] = []

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, MemberDialog)
        seen.append(dialog.phone.text())
        dialog.remark.setText("连任")

    dialogs.on_dialog = saved(change)
    qtbot.keyClick(tab, Qt.Key.Key_F2)
    assert seen == ["13942800033"]
    sentences = [line for (line,) in stage.ask("SELECT sentence FROM operation")]
    assert "打开成员 新代表的资料" in sentences
    after = stage.look(body_views.member, new.id)
    assert (after.remark, after.phone) == ("连任", "13942800033")


def test_who_may_not_see_numbers_keeps_what_he_does_not_see(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    first = stage.members(stage.forum)[0]
    stage.tamper(f"UPDATE body_member SET phone = '13942800033' WHERE id = {first}")
    rights = DEFAULTS[SOCIAL_WORKER] - {Right.SEE_NUMBERS}
    forum = body(stage, stage.forum)
    stage.database.act_as(Actor("赵敏", SOCIAL_WORKER, rights))
    dialog = MemberDialog(context, forum, first)
    qtbot.addWidget(dialog)
    assert dialog.phone.text() == "139 **** 0033"
    dialog.remark.setText("连任")
    dialog.save()
    after = stage.look(body_views.member, first)
    assert (after.remark, after.phone) == ("连任", "13942800033")


def test_a_resident_brings_his_name_and_the_second_seat_is_refused_in_the_words_of_the_law(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    dialog = MemberDialog(context, body(stage, stage.council))
    qtbot.addWidget(dialog)
    dialog.take(stage.people["he"])
    assert not dialog.name.isEnabled()
    dialog.save()
    assert dialog.member_id is not None
    assert stage.look(body_views.member, dialog.member_id).name == "何桂英"
    again = MemberDialog(context, body(stage, stage.council))
    qtbot.addWidget(again)
    again.take(stage.people["wang"])
    again.save()
    assert "第二十八条" in dialogs.shown[-1]
    assert again.resident.value() == stage.people["wang"]


def test_next_of_kin_are_asked_about_before_a_supervisor_is_saved(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    dialog = MemberDialog(context, body(stage, stage.bodies[BodyKind.SUPERVISORS]))
    qtbot.addWidget(dialog)
    dialog.name.setText("张三")
    dialog.save()
    assert dialog.member_id is None
    assert dialog._kin_field is not None
    assert "第三十六条" in dialog._kin_field.message
    dialog.kin.setChecked(True)
    dialog.save()
    assert dialog.member_id is not None


def test_who_leaves_is_seen_among_the_former_only(
    qtbot: QtBot, tab: BodiesTab, stage: Stage, dialogs: Dialogs
) -> None:
    on(tab, stage.forum)
    members = tab.bodies.card.members
    assert members.select(stage.members(stage.forum)[0])
    gone = members.current
    assert gone is not None

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, LeaveDialog)
        dialog.day.set_value(stage.today.replace(day=20))
        dialog.reason.setCurrentText("搬离本社区")

    dialogs.on_dialog = saved(fill)
    qtbot.keyClick(tab, Qt.Key.Key_X, ALT)
    tab.refresh()
    assert gone.id not in members.model.ids
    members.former.choose(True)
    assert members.select(gone.id)
    assert members.current is not None
    assert members.current.ended_reason == "搬离本社区"


def test_the_next_term_is_the_current_one(tab: BodiesTab, stage: Stage, dialogs: Dialogs) -> None:
    on(tab, stage.forum)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, TermDialog)
        dialog.keep.setChecked(True)

    dialogs.on_dialog = saved(fill)
    tab.bodies.do("next_term")
    current = tab.bodies.current
    assert current is not None
    assert current.view.id != stage.forum
    assert current.view.members == 3


def test_owners_are_added_with_their_dwellings_and_the_sums_follow(
    qtbot: QtBot, tab: BodiesTab, stage: Stage, dialogs: Dialogs
) -> None:
    on(tab, stage.owners)
    pane = tab.bodies.card.owners

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, OwnerDialog)
        dialog.show()
        dialog.name.setText("王秀英")
        for place, area in (("3-2-901", "86.5"), ("3-2-902", "13.50")):
            dialog.units.place.setText(place)
            qtbot.keyClick(dialog.units.place, ENTER)
            dialog.units.area.setText(area)
            qtbot.keyClick(dialog.units.area, ENTER)
        assert dialog.units.sums.text() == "2 套　100.00 ㎡"

    dialogs.on_dialog = saved(fill)
    qtbot.keyClick(tab, Qt.Key.Key_J, ALT)
    assert pane.current is not None
    assert (pane.current.name, pane.current.area) == ("王秀英", 100_00)
    assert dict(pane.totals.sums) == {"area": "800.00"}
    tab.search.setText("wxy")
    assert [one.name for one in map(pane.model.row, range(len(pane.model.ids)))] == ["王秀英"]
    assert dict(pane.totals.sums) == {"area": "100.00"}


def test_an_area_of_zero_is_said_and_the_form_stays(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    dialog = OwnerDialog(context, body(stage, stage.owners))
    qtbot.addWidget(dialog)
    dialog.name.setText("王秀英")
    dialog.units.place.setText("3-2-901")
    dialog.units.area.setText("0")
    dialog.save()
    assert "面积要大于 0" in dialogs.shown[-1]
    assert dialog.owner_id is None


def test_a_pasted_list_is_shown_with_its_faults_before_anything_is_written(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    dialog = OwnerImportDialog(context, body(stage, stage.owners))
    qtbot.addWidget(dialog)
    assert not dialog.save_button.isEnabled()
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    clipboard.setText(PASTED)
    dialog.paste()
    assert dialog.save_button.text() == "导入 2 人"
    assert dialog.notice.words == "2 名业主，3 套，226.75 ㎡"
    assert "3 行没有导入" in dialog.notice.detail
    assert stage.look(owners.totals, stage.owners).owners == 5
    dialog.save()
    until(lambda: dialog.result() == 1)
    assert stage.look(owners.totals, stage.owners).area == 926_75


def test_the_office_is_backed_up_before_a_list_of_owners_is_taken_over(
    qtbot: QtBot, office_folder: Path, clock: FixedClock
) -> None:
    with keyed_office(paths.database_file(), clock) as context:
        stage = Stage(Clerk(context.database, clock.now()), *begun(context.database))
        dialog = OwnerImportDialog(context, body(stage, stage.owners))
        qtbot.addWidget(dialog)
        dialog.show_list(owner_list.read_rows([line.split("\t") for line in PASTED.splitlines()]))
        before = stage.look(owners.totals, stage.owners)
        dialog.save()
        until(lambda: dialog.result() == 1)

        assert stage.look(owners.totals, stage.owners).units == before.units + 3
        [backup] = list_backups(paths.backup_dir())
        assert backup.reason == "导入业主清册前"
        with closing(Database.open(backup.file, context.database.key, clock=clock)) as copy:
            then = Stage(Clerk(copy, clock.now()), {}, {}, stage.bodies, {})
            assert then.look(owners.totals, stage.owners) == before


def test_a_table_of_something_else_is_refused_saying_what_is_wanted(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    dialog = OwnerImportDialog(context, body(stage, stage.owners))
    qtbot.addWidget(dialog)
    dialog._take_cells([["菜名", "价格"], ["红烧肉", "12"]])
    assert "“业主”“房号”“面积”" in dialogs.shown[-1]


def test_the_grade_follows_the_votes_until_another_one_is_chosen(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    dialog = AppraisalDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.led_by.text() == "望海社区居务监督委员会"
    line = dialog.lines[0]
    line.edits[2].setText("46")
    assert line.grade.value() == "不称职"
    line.edits[0].setText("50")
    assert line.grade.value() == "称职"
    qtbot.keyClick(line.grade, Qt.Key.Key_2)
    line.edits[2].setText("60")
    assert line.grade.value() == "基本称职"
    dialog.voters.setText("110")
    dialog.save()
    assert dialog.appraisal_id is not None
    (judged,) = stage.look(appraisals.lines, dialog.appraisal_id)
    assert (judged.name, judged.competent, judged.incompetent) == ("王芳", 50, 60)
    assert judged.grade.label == "基本称职"


def test_twice_incompetent_is_said_and_the_post_ends_after_asking(
    tab: BodiesTab, stage: Stage, dialogs: Dialogs
) -> None:
    votes.hold(stage, 2025, wang=votes.BAD)
    second = votes.hold(stage, 2026, wang=votes.BAD)
    tab.show_record(ShowAppraisal(second))
    view = tab.appraisals
    assert view.notice.words == "王芳连续两次被评议不称职，职务终止"
    dialogs.answers.append("终止职务")
    view.end_button.click()
    assert "同时是居民代表的，代表身份不变" in dialogs.shown[-1]
    view.refresh()
    assert not view.notice.isVisible()
    assert not view.end_button.isVisible()
    assert stage.look(body_composition.composition, stage.council, stage.today).members == 60


def test_a_year_that_was_left_out_is_said(tab: BodiesTab, stage: Stage) -> None:
    stage.tamper("UPDATE body_member SET since = '2025-01-08'")
    tab.show_view(APPRAISALS)
    assert tab.appraisals.notice.words == "2025 年还没有民主评议"


def test_results_are_made_public_once_and_hang_fifteen_days(
    tab: BodiesTab, context: Context, stage: Stage
) -> None:
    key = votes.hold(stage, 2026, wang=votes.GOOD, zhao=votes.GOOD)
    asked: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, wish: asked.append((page, wish)))
    tab.show_record(ShowAppraisal(key))
    tab.appraisals.publish_button.click()
    tab.appraisals.refresh()
    tab.appraisals.publish_button.click()
    assert len(asked) == 2
    assert asked[0] == asked[1]
    wish = asked[0][1]
    assert isinstance(wish, MadeNotice)
    text, _ = stage.see(notices.text_of, wish.notice_id)
    assert "王芳（主任）：称职 50 票，基本称职 5 票，不称职 1 票，评议结果为称职。" in text.body
    assert (text.period_days, text.period_kind) == (15, "自然日")
    assert "第三十七条" in text.consent_reason


def test_the_roster_is_shown_on_paper(tab: BodiesTab, stage: Stage, dialogs: Dialogs) -> None:
    papers: list[str] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        papers.append(dialog.windowTitle())
        return 0

    dialogs.on_dialog = look
    on(tab, stage.council)
    tab.bodies.do("roster")
    until(lambda: len(papers) == 1)
    on(tab, stage.owners)
    tab.bodies.do("roster")
    until(lambda: len(papers) == 2)
    assert "成员名册" in papers[0]
    assert "业主清册" in papers[1]


def test_whoever_only_reads_is_offered_nothing_to_change(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    stage.database.act_as(actor(READER, READER))
    tab = opened_tab(qtbot, context)
    on(tab, stage.council)
    pane = tab.bodies.card.members
    for button in (tab.new_button, pane.appoint_button, pane.edit_button, pane.remove_button):
        assert not button.isVisible()
    # No key opens a form: an unexpected dialog would fail the test.
    for key, held in ((Qt.Key.Key_N, CTRL), (Qt.Key.Key_J, ALT), (Qt.Key.Key_F2, PLAIN)):
        qtbot.keyClick(tab, key, held)
    tab.show_view(APPRAISALS)
    assert not tab.appraisals.publish_button.isVisible()


def test_other_pages_lead_to_a_member_who_left_too(tab: BodiesTab, stage: Stage) -> None:
    first = stage.members(stage.forum)[0]
    version = stage.look(body_views.member, first).version
    stage.do(body_members.end_post, first, until=stage.today.replace(day=1), version=version)
    tab.show_record(ShowBody(stage.forum, first))
    assert tab.bodies.card.members.current is not None
    assert tab.bodies.card.members.current.id == first


def test_a_form_that_was_cut_off_is_opened_for_its_body(
    tab: BodiesTab, stage: Stage, dialogs: Dialogs
) -> None:
    opened: list[QWidget] = []

    def look(dialog: QDialog) -> int:
        opened.append(dialog)
        return 0

    dialogs.on_dialog = look
    for key in (f"body_member_of:{stage.forum}", f"owner_of:{stage.owners}", "owner:1"):
        tab.show_record(Unsaved(key))
    tab.show_record(Unsaved(f"body_member:{stage.members(stage.forum)[0]}"))
    tab.show_record(Unsaved("body:new"))
    tab.show_record(Unsaved("appraisal:new"))
    kinds = [MemberDialog, OwnerDialog, OwnerDialog, MemberDialog, BodyDialog, AppraisalDialog]
    assert [type(one) for one in opened] == kinds
