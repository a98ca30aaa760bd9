"""The tab 志愿者 by its keys: registering, teams, stars, cards, the way to 文书."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import Change, Operation, PointsCard, StarState, Volunteer
from app.services import office, stars, teams, volunteer_views, volunteers
from app.services.office import Office as Community
from app.services.teams import TeamInput
from app.services.volunteer_input import VolunteerInput
from app.ui.kit.dialogs import Message, Question
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.papers.page import PapersPage
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import PaperWish
from app.ui.people.points_wish import NewVolunteer, ShowAccount, ShowVolunteer
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.page import PointsPage
from app.ui.points.volunteers import form_dialog
from app.ui.points.volunteers.form_dialog import VolunteerDialog
from app.ui.points.volunteers.hours_dialog import HoursDialog
from app.ui.points.volunteers.leave_dialog import LeaveDialog
from app.ui.points.volunteers.notes_dialog import NoteDialog, NotesDialog
from app.ui.points.volunteers.picker import VolunteerPicker
from app.ui.points.volunteers.tab import PEOPLE, STARS, TEAMS, VolunteersTab
from app.ui.points.volunteers.team_dialog import TeamDialog
from app.values.rights import READER, SHOP
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pypdf
from tests.services.conftest import id_number
from tests.services.serving import serve
from tests.storage.offices import furnish
from tests.ui import people_office
from tests.ui.people_office import Office

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
BEGUN = date(2026, 2, 2)


@pytest.fixture
def lived(context: Context) -> Office:
    """Two volunteers: 王秀兰 with 210 hours, and 李雷 from outside."""
    return furnish(context.database, _fill)


def _fill(database: object) -> Office:
    found = people_office._fill(database)
    clock = database.clock
    with database.transaction("开始") as session:
        office.set_office(session, Community("望海社区", "海湾街道", phone="0411-83120000"))
        office.seed(session, today=BEGUN)
        common = {"registered_on": BEGUN, "record_consent_on": BEGUN}
        lan = VolunteerInput(resident_id=found["王秀兰"], publish_consent_on=BEGUN, **common)
        ray = VolunteerInput(name="李雷", phone="13840910001", **common)
        first, _ = (volunteers.add(session, one, now=clock.now()) for one in (lan, ray))
        for day in range(9):
            serve(session, first, 47, BEGUN + timedelta(days=day), "助老陪伴")
        teams.save(session, None, TeamInput(name="爱暖助老队"), today=BEGUN)
    return found


@pytest.fixture
def tab(qtbot: QtBot, context: Context, lived: Office) -> VolunteersTab:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> VolunteersTab:
    page = PointsPage(context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    context.signals.changed.connect(lambda _: page.refresh())
    with qtbot.waitActive(page):
        page.show()
    found = page.open("志愿者")
    assert isinstance(found, VolunteersTab)
    return found


def answer(dialogs: Dialogs, fill: Callable[[QDialog], int]) -> None:
    """`fill` gets the forms; questions and messages are for `dialogs` itself."""

    def on_dialog(dialog: QDialog) -> int:
        if not isinstance(dialog, Question | Message):
            return fill(dialog)
        dialogs.on_dialog = None
        result = dialogs.dialog(dialog)
        dialogs.on_dialog = on_dialog
        return result

    dialogs.on_dialog = on_dialog


def listed(tab: VolunteersTab) -> list[str]:
    model = tab.people.model
    return [model.row(number).title for number in range(len(model.ids))]


def test_a_resident_is_registered_by_keyboard_alone(
    qtbot: QtBot, tab: VolunteersTab, lived: Office, dialogs: Dialogs
) -> None:
    def fill(dialog: QDialog) -> int:
        if isinstance(dialog, VolunteerDialog):
            dialog.fields.resident.choose()
            assert not dialog.fields._own[0].isVisibleTo(dialog)
            dialog.fields.teams._tick(1, True)
            dialog.fields.skills.setText("理发")
            qtbot.keyClick(dialog.fields.skills, ENTER, CTRL)
            return dialog.result()
        dialog.picker.search.setText("qxy")
        qtbot.keyClick(dialog.picker.search, ENTER)
        return dialog.result()

    answer(dialogs, fill)
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)
    assert listed(tab) == ["王秀兰（0001）", "李雷（0002）", "曲晓燕（0003）"]
    line = tab.people.card.line
    assert (line.name, line.teams, line.skills) == ("曲晓燕", ("爱暖助老队",), "理发")


def test_a_child_is_asked_for_a_guardian_and_a_fault_keeps_what_was_typed(
    tab: VolunteersTab, lived: Office, dialogs: Dialogs
) -> None:
    seen = []

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, VolunteerDialog)
        guardian = dialog.fields._minor[0]
        dialog.save()
        assert not guardian.isHidden()
        assert "共用账户" in guardian.message
        seen.append(dialog.fields.resident.value())
        dialog.fields.guardian.setText("曲晓燕")
        dialog.fields.guardian_consent.setText("2026-11-20")
        dialog.save()
        return dialog.result()

    answer(dialogs, fill)
    tab.show_record(NewVolunteer(lived["仇小虎"]))
    assert seen == [lived["仇小虎"]]
    assert "要监护人同意" in dialogs.shown[0]
    assert tab.people.card.line.minor


def test_numbers_of_an_outsider_are_whole_for_who_may_see_them_and_that_is_on_record(
    qtbot: QtBot, tab: VolunteersTab, context: Context
) -> None:
    dialog = VolunteerDialog(context, 2)
    qtbot.addWidget(dialog)
    assert dialog.fields.phone.text() == "13840910001"
    with context.database.reading() as session:
        last = session.scalars(select(Operation.sentence).order_by(Operation.id.desc())).first()
    assert last == "打开志愿者 李雷 的资料"
    keeper = VolunteerDialog(seen_by(context, "小店", SHOP), 2)
    qtbot.addWidget(keeper)
    assert (keeper.fields.phone.text(), keeper.fields.phone.isEnabled()) == ("138 **** 0001", False)
    keeper.fields.skills.setText("理发")
    keeper.save()
    with context.database.reading() as session:
        row = session.get_one(Volunteer, 2)
        assert (row.phone, row.skills) == ("13840910001", "理发")


def test_a_form_that_was_not_saved_is_taken_up(
    tab: VolunteersTab, context: Context, dialogs: Dialogs, qtbot: QtBot
) -> None:
    dialog = VolunteerDialog(context)
    qtbot.addWidget(dialog)
    dialog.fields.name.setText("韩梅梅")
    dialog.keeper.keep()
    names = []

    def fill(again: QDialog) -> int:
        names.append(again.fields.name.text())
        return 0

    answer(dialogs, fill)
    tab.show_record(Unsaved(f"{form_dialog.DRAFT}:new"))
    assert names == ["韩梅梅"]


def test_the_card_of_a_volunteer_is_put_away_when_nobody_is_there(tab: VolunteersTab) -> None:
    tab.take_focus()
    assert tab.people.card.line is not None
    tab.rest()
    assert tab.people.card.line is None
    assert tab.person_at_hand is None


def test_the_search_finds_by_letters_and_a_card_by_its_code(
    qtbot: QtBot, tab: VolunteersTab, context: Context, dialogs: Dialogs
) -> None:
    tab.search.setText("ll")
    assert listed(tab) == ["李雷（0002）"]
    seen = []

    def show(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        seen.append(text_by_pypdf(dialog.data))
        dialog.note_taken("已送到打印机")
        return 0

    answer(dialogs, show)
    tab.people.print_cards()
    qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
    with context.database.reading() as session:
        code = session.scalars(select(PointsCard.code)).one()
        last = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
        looked = session.scalars(select(Change.action).where(Change.operation_id == last.id))
        assert (last.sentence, len(list(looked))) == ("打印 志愿者卡 1 张", 1)
    assert code in seen[0]
    assert "李雷" in seen[0]
    tab.search.setText("wxl")
    tab.scan(code)
    assert tab.people.card.line.name == "李雷"
    assert listed(tab) == ["王秀兰（0001）", "李雷（0002）"]


def test_who_is_shown_comes_along_to_the_counter_and_f12_looks_among_the_volunteers(
    qtbot: QtBot, tab: VolunteersTab, lived: Office
) -> None:
    page = tab.window()
    assert page.person_at_hand == lived["王秀兰"]
    tab.people.table.select_row(1)
    assert page.person_at_hand is None
    tab.show_view(STARS)
    assert page.find_person()
    assert tab.search.hasFocus()


def test_the_record_of_service_is_begun_in_papers_with_this_years_hours(
    qtbot: QtBot, tab: VolunteersTab, context: Context, dialogs: Dialogs
) -> None:
    asked: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, wish: asked.append((page, wish)))
    tab.people.act("certificate")
    [(page, wish)] = asked
    assert page == "papers"
    assert isinstance(wish, PaperWish)
    papers = PapersPage(context)
    qtbot.addWidget(papers)
    papers.resize(1190, 690)
    with qtbot.waitActive(papers):
        papers.show()
    papers.show_record(wish)
    form = papers._current().form
    assert form.draft().answers["起止日期"] == "2026年1月1日至2026年11月21日"

    def said() -> str:
        pages = papers.preview.view.pages
        return "" if pages is None else "".join(text_by_pypdf(pages.data).split())

    qtbot.waitUntil(lambda: "211.5小时" in said(), timeout=10_000)
    assert "助老陪伴211.5小时" in said()
    assert "0001" in said()


def test_an_outsider_is_named_by_his_number_in_the_papers(
    qtbot: QtBot, tab: VolunteersTab, context: Context
) -> None:
    asked: list[object] = []
    context.signals.page_requested.connect(lambda _, wish: asked.append(wish))
    with context.database.transaction("补证件") as session:
        session.get_one(Volunteer, 2).id_number = id_number(date(1960, 3, 5))
    tab.people.refresh()
    tab.people.table.select_row(1)
    tab.people.act("certificate")
    with context.database.reading() as session:
        looked = session.scalars(select(Operation.sentence).order_by(Operation.id.desc())).first()
    assert looked == "查看志愿者 李雷（0002）的证件号码"
    papers = PapersPage(context)
    qtbot.addWidget(papers)
    papers.show_record(asked[0])
    draft = papers._current().form.draft()
    assert (draft.holder, draft.answers["志愿者编号"]) == ("李雷", "0002")
    tab.people.act("account")
    assert isinstance(asked[1], ShowAccount)


def test_who_leaves_is_found_among_those_who_left_and_may_come_back(
    tab: VolunteersTab, dialogs: Dialogs
) -> None:
    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, LeaveDialog)
        dialog.reason.setCurrentText("搬走了")
        dialog.save()
        return dialog.result()

    answer(dialogs, fill)
    tab.people.act("leave")
    assert listed(tab) == ["李雷（0002）"]
    tab.people.filters.left.choose(True)
    assert listed(tab) == ["王秀兰（0001）"]
    assert tab.people.card.leave.text() == "重新加入"
    tab.people.act("leave")
    assert listed(tab) == []
    tab.people.clear()
    assert listed(tab) == ["王秀兰（0001）", "李雷（0002）"]


def test_a_volunteer_with_hours_is_not_deleted_another_one_is_after_asking(
    tab: VolunteersTab, dialogs: Dialogs
) -> None:
    dialogs.answers += ["删除", "删除"]
    tab.people.act("remove")
    assert "已经有服务记录" in dialogs.shown[-1]
    tab.people.table.select_row(1)
    tab.people.act("remove")
    assert listed(tab) == ["王秀兰（0001）"]


def test_hours_and_honours_are_seen_and_written_in_their_windows(
    qtbot: QtBot, tab: VolunteersTab, dialogs: Dialogs
) -> None:
    told = []

    def fill(dialog: QDialog) -> int:
        if isinstance(dialog, HoursDialog):
            told.append(dialog.total.text())
            dialog.period.choose(2026)
            told.append(len(dialog.model.ids))
            dialog.certificate.click()
        elif isinstance(dialog, NoteDialog):
            dialog.kind.setCurrentIndex(0)
            dialog.title.setText("急救培训")
            dialog.length.setText("1.5")
            dialog.save()
        elif isinstance(dialog, NotesDialog):
            dialog.new.click()
            told.append([one.entered.half_hours for one in dialog._notes.values()])
        return dialog.result()

    answer(dialogs, fill)
    asked: list[PaperWish] = []
    tab.context.signals.page_requested.connect(lambda _, wish: asked.append(wish))
    qtbot.keyClick(tab, Qt.Key.Key_L, CTRL)
    tab.people.act("notes")
    assert told == ["共 211.5 小时", 9, [3]]
    assert dict(asked[0].answers) == {"起止日期": "2026-01-01至2026-11-21"}


def test_several_join_a_team_by_letters_and_one_leaves_it(
    qtbot: QtBot, tab: VolunteersTab, dialogs: Dialogs
) -> None:
    qtbot.keyClick(tab, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert tab.stack.currentWidget() is tab.teams

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, VolunteerPicker)
        for letters in ("wxl", "ll"):
            dialog.search.setText(letters)
            qtbot.keyClick(dialog.search, ENTER)
        qtbot.keyClick(dialog.table, ENTER, CTRL)
        return dialog.result()

    answer(dialogs, fill)
    qtbot.keyClick(tab, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert len(tab.teams.members.ids) == 2
    tab.teams.member_table.select_row(1)
    dialogs.answers.append("离队")
    tab.teams.part()
    assert len(tab.teams.members.ids) == 1
    asked = tab.teams.members.ids[0]
    tab.teams.member_table.opened.emit(asked)
    assert tab.people.card.line.id == asked


def test_a_team_is_founded_changed_and_closed(tab: VolunteersTab, dialogs: Dialogs) -> None:
    tab.show_view(TEAMS)

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, TeamDialog)
        dialog.name.setText("安心巡逻队")
        dialog.leader.set_value(tab.people.model.ids[0])
        dialog.save()
        return dialog.result()

    answer(dialogs, fill)
    tab.teams.add()
    assert (tab.teams.current.name, tab.teams.current.leader) == ("安心巡逻队", "王秀兰")
    dialogs.answers.append("解散")
    tab.teams.close_team()
    assert tab.teams.current.closed_on is not None
    assert tab.teams.close_button.text() == "恢复"
    tab.teams.close_team()
    dialogs.answers.append("删除")
    tab.teams.remove()
    assert [one.name for one in tab.teams._teams.values()] == ["爱暖助老队"]


def test_stars_go_from_the_proposal_to_the_wall_and_are_not_given_early(
    qtbot: QtBot, tab: VolunteersTab, context: Context, dialogs: Dialogs
) -> None:
    tab.show_view(STARS)
    papers = []

    def fill(dialog: QDialog) -> int:
        if isinstance(dialog, ReasonDialog):
            dialog.line.setCurrentText("公示期有异议，核实属实")
            dialog.save()
            return dialog.result()
        assert isinstance(dialog, PaperPreview)
        papers.append("".join(text_by_pypdf(dialog.data).split()))
        return 0

    answer(dialogs, fill)
    qtbot.keyClick(tab, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    view = tab.stars
    assert [(one.stars, one.state) for one in view.chosen] == [(1, StarState.PROPOSED)]
    assert view.publish_button.isVisible()
    assert not view.confirm_button.isVisible()
    view.publish_button.click()
    qtbot.waitUntil(lambda: bool(papers), timeout=10_000)
    assert "王秀兰" in papers[0]
    dialogs.answers.append("认定")
    view.confirm_button.click()
    assert "期满以后再认定" in dialogs.shown[-1]
    view.drop_button.click()
    assert view.chosen[0].state is StarState.DROPPED
    assert not view.drop_button.isVisible()


def test_a_certificate_of_honour_is_for_who_was_confirmed(
    qtbot: QtBot, tab: VolunteersTab, context: Context, dialogs: Dialogs
) -> None:
    today = context.clock.today()
    with context.database.transaction("认定") as session:
        ids = stars.propose(session, today=today)
        stars.publish(session, ids, today=today)
        stars.confirm(session, ids, today=today + timedelta(days=30))
    tab.show_view(STARS)
    papers = []
    answer(dialogs, lambda dialog: papers.append(dialog.data) or 0)
    tab.stars.certificate_button.click()
    qtbot.waitUntil(lambda: bool(papers), timeout=10_000)
    said = "".join(text_by_pypdf(papers[0]).split())
    assert "认定为一星志愿者" in said
    tab.show_view(PEOPLE)
    assert tab.people.model.row(0).stars == 1


def test_who_only_looks_finds_no_button_that_changes(
    qtbot: QtBot, context: Context, lived: Office
) -> None:
    tab = opened(qtbot, seen_by(context, "小赵", READER))
    card = tab.people.card
    for button in (card.edit, card.leave, card.remove, card.certificate, tab.new_button):
        assert not button.isVisible()
    assert card.hours.isVisible()
    tab.people.act("edit")
    tab.people.add()
    tab.show_view(STARS)
    assert not tab.stars.propose_button.isVisible()


def test_a_wish_for_somebody_who_is_gone_says_so(
    tab: VolunteersTab, context: Context, qtbot: QtBot
) -> None:
    with context.database.transaction("删除") as session:
        volunteers.remove(session, 2, now=context.clock.now())
    with qtbot.waitSignal(context.signals.warned):
        tab.show_record(ShowVolunteer(2))
    assert listed(tab) == ["王秀兰（0001）"]
    with context.database.lookup() as lookup:
        today = context.clock.today()
        assert volunteer_views.row(lookup, 2, today=today) is None
    with context.database.reading() as session:
        assert session.get_one(Volunteer, 2).deleted_at is not None
