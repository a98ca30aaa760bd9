"""大党委 by keyboard: units come and leave, members report, the turn goes round."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import BodyKind, MemberRole, UnitKind
from app.services import (
    body_changes,
    body_members,
    chair_turns,
    joint,
    joint_members,
    member_reports,
    projects,
)
from app.services.body_changes import BodyInput
from app.services.body_members import MemberInput
from app.services.joint import UnitInput
from app.services.joint_members import JointMember
from app.services.projects import ProjectInput
from app.ui.kit.buttons import Button
from app.ui.meetings.bodies.body_dialog import BodyDialog
from app.ui.meetings.bodies.member_dialog import MemberDialog
from app.ui.meetings.joint.member_dialogs import ReplaceDialog, ReportDialog
from app.ui.meetings.joint.tab import JointTab
from app.ui.meetings.joint.turn_dialog import TurnDialog
from app.ui.meetings.joint.unit_dialogs import UnitDialog, UnitLeaveDialog
from app.ui.meetings.joint.words import MEMBERS, TURNS, UNITS
from app.ui.meetings.page import TABS, MeetingsPage
from app.ui.people.meetings_wish import ShowJointUnit, ShowProject
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import GRID_MEMBER, READER
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "大党委")
SCHOOL, POLICE = "海湾街道中心小学", "海湾派出所"
SINCE = date(2026, 1, 8)


@pytest.fixture
def tab(qtbot: QtBot, context: Context) -> JointTab:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> JointTab:
    page = MeetingsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    found = page.open("大党委")
    assert isinstance(found, JointTab)
    return found


def do(context: Context, act: Callable[..., Any], *args: Any, **more: Any) -> Any:
    with context.database.transaction("准备") as session:
        return act(session, *args, **more)


def joined(context: Context, name: str = SCHOOL, **more: Any) -> int:
    entered = UnitInput(name=name, since=SINCE, **more)
    return int(do(context, joint.add, entered, today=context.clock.today()))


def seated(context: Context) -> tuple[int, list[int]]:
    """A 大党委 with two members; gives its id and their seats."""
    today = context.clock.today()
    begin = BodyInput(kind=BodyKind.JOINT, name="望海社区大党委", since=SINCE)
    body_id = int(do(context, body_changes.add_body, begin, today=today))
    seats = []
    for name, who in ((SCHOOL, "吴立新"), (POLICE, "郑国栋")):
        entered = MemberInput(
            name=who,
            role=MemberRole.PART_TIME,
            joint_unit_id=joined(context, name),
            phone="13840951007",
            since=SINCE,
        )
        seats.append(int(do(context, body_members.appoint, body_id, entered, today=today)))
    return body_id, seats


def members(context: Context, *, ended: bool = False) -> list[JointMember]:
    with context.database.lookup() as lookup:
        return joint_members.members(lookup, context.clock.today(), ended=ended)


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


def test_a_unit_is_registered_by_keys_and_leaves_with_its_people(
    qtbot: QtBot, context: Context, tab: JointTab, dialogs: Dialogs
) -> None:
    seated(context)
    tab.refresh()

    def write(dialog: UnitDialog) -> None:
        dialog.name.setText("红星理发店")
        dialog.kind.setCurrentText(UnitKind.PARTNER.label)
        qtbot.keyClick(dialog.remark, ENTER, CTRL)

    with_dialog(dialogs, UnitDialog, write)
    qtbot.keyClick(tab.units.table, Qt.Key.Key_N, CTRL)
    one = tab.units.current
    assert one is not None
    assert (one.name, one.kind) == ("红星理发店", UnitKind.PARTNER)

    school = next(key for key, each in tab.units._units.items() if each.name == SCHOOL)
    tab.units.select(school)

    def leave(dialog: UnitLeaveDialog) -> None:
        dialog.reason.setCurrentText("单位撤并")
        dialog.save()

    with_dialog(dialogs, UnitLeaveDialog, leave)
    tab.units.card.leave.click()
    with context.database.lookup() as lookup:
        left = joint.unit(lookup, school, context.clock.today())
    assert (left.until, left.ended_reason) == (context.clock.today(), "单位撤并")
    gone = [one.seat for one in members(context, ended=True) if one.seat.joint_unit == SCHOOL]
    assert [one.until for one in gone] == [context.clock.today()]


def test_red_property_shows_the_manager_and_the_owners_committee_alone(
    context: Context, tab: JointTab
) -> None:
    joined(context)
    joined(context, "金城物业", kind=UnitKind.PROPERTY)
    joined(context, "海棠苑业委会", kind=UnitKind.OWNERS)
    tab.units.red.choose(True)
    assert [one.name for one in tab.units._units.values()] == ["金城物业", "海棠苑业委会"]


def test_a_pair_that_did_nothing_this_quarter_is_told(context: Context, tab: JointTab) -> None:
    joined(context, "机关第三支部", kind=UnitKind.PAIRED)
    tab.refresh()
    assert tab.units.card.notice.words == "本季度还没有共建"


def test_the_first_member_begins_with_the_committee_itself(
    qtbot: QtBot, context: Context, tab: JointTab, dialogs: Dialogs
) -> None:
    kinds: list[str] = []
    tab.show_view(MEMBERS)
    with_dialog(dialogs, BodyDialog, lambda dialog: kinds.append(dialog.kind.currentText()))
    qtbot.keyClick(tab.members.table, Qt.Key.Key_J, ALT)
    assert kinds == [BodyKind.JOINT.label]


def test_somebody_is_appointed_and_another_takes_his_place(
    qtbot: QtBot, context: Context, tab: JointTab, dialogs: Dialogs
) -> None:
    seated(context)
    tab.show_view(MEMBERS)

    def appoint(dialog: MemberDialog) -> None:
        dialog.name.setText("冯建业")
        dialog.save()

    with_dialog(dialogs, MemberDialog, appoint)
    qtbot.keyClick(tab.members.table, Qt.Key.Key_N, CTRL)
    one = tab.members.current
    assert one is not None
    assert (one.seat.name, one.seat.role) == ("冯建业", MemberRole.PART_TIME)

    tab.members.table.select_row(1)

    def replace(dialog: ReplaceDialog) -> None:
        dialog.name.setText("林校长")
        dialog.save()

    tab.members.refresh()
    before = tab.members.current
    assert before is not None
    with_dialog(dialogs, ReplaceDialog, replace)
    tab.members.card.replace.click()
    names = {each.seat.name: each.seat for each in members(context, ended=True)}
    assert names["林校长"].joint_unit == before.seat.joint_unit
    assert names[before.seat.name].until == date(2026, 11, 20)


def test_a_report_keeps_the_stars_that_the_rules_come_to_and_asks_why_otherwise(
    qtbot: QtBot, context: Context, tab: JointTab, dialogs: Dialogs
) -> None:
    _, seats = seated(context)
    tab.show_view(MEMBERS)
    tab.members.table.select_id(seats[0])
    said: list[str] = []

    def write(dialog: QDialog) -> int:
        if not isinstance(dialog, ReportDialog):
            said.append(dialog.words)  # type: ignore[attr-defined]  # a message of the program
            return 1
        dialog.words.setPlainText("牵头改造报告厅。")
        dialog.stars.setCurrentText("三星")
        dialog.save()
        dialog.remark.setText("街道要求")
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = write
    qtbot.keyClick(tab.members.table, Qt.Key.Key_U, ALT)
    assert said == ["按规则应是 0 星，改成 3 星请在评语里写明理由。"]
    with context.database.lookup() as lookup:
        kept = member_reports.reports(lookup, 2026)[seats[0]]
    assert (kept.stars, kept.words, kept.remark) == (3, "牵头改造报告厅。", "街道要求")
    tab.refresh()
    assert tab.members.rule.text() == "2 人，已述职 1 人"


def test_a_report_that_was_not_saved_is_gone_on_with(
    qtbot: QtBot, context: Context, tab: JointTab, dialogs: Dialogs
) -> None:
    _, seats = seated(context)
    tab.show_view(MEMBERS)
    tab.members.table.select_id(seats[0])
    dialog = ReportDialog(context, tab.members.current)
    qtbot.addWidget(dialog)
    dialog.words.setPlainText("牵头改造报告厅。")
    context.signals.keep_requested.emit()
    seen: list[str] = []

    def look(opened: QDialog) -> int:
        assert isinstance(opened, ReportDialog)
        seen.append(opened.words.toPlainText())
        return 0

    dialogs.on_dialog = look
    tab.show_record(Unsaved(f"member_report:{seats[0]}"))
    assert seen == ["牵头改造报告厅。"]


def test_the_next_turn_is_proposed_and_stands_in_the_line_above(
    qtbot: QtBot, context: Context, tab: JointTab, dialogs: Dialogs
) -> None:
    body_id, _ = seated(context)
    tab.show_view(TURNS)
    with_dialog(dialogs, TurnDialog, lambda dialog: dialog.save())
    for _ in range(2):
        qtbot.keyClick(tab.turns.table, Qt.Key.Key_N, CTRL)
        tab.refresh()
    with context.database.lookup() as lookup:
        led = [one.name for one in chair_turns.turns(lookup, body_id)]
    assert led == ["吴立新", "郑国栋"]
    assert tab.now.text().startswith(f"轮值主席 吴立新（{SCHOOL}）到 ")
    dialogs.answers.append("删除")
    dialogs.on_dialog = None
    tab.turns.table.select_row(1)
    tab.turns.remove.click()
    tab.refresh()
    assert len(tab.turns._turns) == 1


def test_the_register_on_paper_has_the_members_with_masked_telephones(
    qtbot: QtBot, context: Context, tab: JointTab, dialogs: Dialogs
) -> None:
    seated(context)
    tab.refresh()
    told: list[str] = []
    with_dialog(dialogs, PaperPreview, lambda dialog: told.append(text_by_pdfium(dialog.data)))
    qtbot.keyClick(tab.units.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(told))
    assert "兼职委员台账" in told[0]
    assert "吴立新" in told[0]
    assert "年内任职 2 人，离任 0 人" in told[0]
    assert "13840951007" not in told[0]


@pytest.mark.parametrize("role", [READER, GRID_MEMBER])
def test_who_only_reads_is_offered_nothing_that_he_may_not_do(
    qtbot: QtBot, context: Context, role: str
) -> None:
    seated(context)
    tab = opened(qtbot, seen_by(context, "看", role))
    tab.show_view(MEMBERS)
    card = tab.members.card
    buttons = (tab.new_button, card.report, card.edit, card.replace, card.leave)
    assert [one.isVisible() for one in buttons] == [False] * 5
    qtbot.keyClick(tab.members.table, Qt.Key.Key_J, ALT)
    qtbot.keyClick(tab.members.table, Qt.Key.Key_N, CTRL)


def test_a_unit_that_left_is_found_from_elsewhere_and_a_form_goes_on(
    context: Context, tab: JointTab, dialogs: Dialogs
) -> None:
    key, today = joined(context), context.clock.today()
    gone = today.replace(day=1)
    do(context, joint.leave, key, until=gone, reason="搬走", version=1)
    tab.show_view(TURNS)
    tab.show_record(ShowJointUnit(key))
    assert tab.choice.value() == UNITS
    assert tab.units.current is not None
    assert tab.units.current.id == key
    met = with_dialog(dialogs, UnitDialog, lambda _: None)
    tab.show_record(Unsaved("joint_unit:new"))
    assert met == ["登记单位"]


def test_the_card_of_a_unit_leads_to_its_projects(context: Context, tab: JointTab) -> None:
    lead = joined(context)
    entered = ProjectInput(name="周末课堂", lead_unit_id=lead)
    key = do(context, projects.add, entered, now=context.clock.now())
    asked: list[object] = []
    context.signals.page_requested.connect(lambda _, wish: asked.append(wish))
    tab.refresh()
    [link] = [one for one in tab.units.card.findChildren(Button) if one.text() == "项-2026-001"]
    link.click()
    assert asked == [ShowProject(key)]
