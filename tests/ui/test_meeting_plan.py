"""会议: planned by keyboard, its agenda ordered, people told, what is wanted shown, papers made."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import Basis, BodyKind, ItemKind, MeetingState
from app.models import TopicState as Way
from app.reminders import remind
from app.services import agenda, meeting_views
from app.services.agenda import ItemInput
from app.services.meeting_views import MeetingRow
from app.storage.engine import Database
from app.ui.main_window import MainWindow
from app.ui.meetings.page import TABS, MeetingsPage
from app.ui.meetings.plan.agenda_dialog import AgendaDialog
from app.ui.meetings.plan.call_dialog import CallDialog
from app.ui.meetings.plan.cancel_dialog import CancelDialog
from app.ui.meetings.plan.form import MeetingDialog
from app.ui.meetings.plan.invite_dialog import InviteDialog
from app.ui.meetings.plan.item_dialog import ItemDialog
from app.ui.meetings.plan.tab import MeetingsTab
from app.ui.meetings.plan.words import state_chip
from app.ui.people.meetings_wish import RunMeeting, ShowMeeting
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.unsaved_wish import Unsaved
from app.ui.recent.unsaved import FormKeeper
from app.values.rights import GRID_MEMBER, READER
from tests.actors import actor
from tests.conftest import Dialogs
from tests.services.meeting_plans import SOON, TODAY, called, held, planned, topic
from tests.services.meeting_stage import Stage, stage_on

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "会议")


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


@pytest.fixture
def tab(qtbot: QtBot, context: Context, stage: Stage) -> MeetingsTab:
    return opened_tab(qtbot, context)


def opened_tab(qtbot: QtBot, context: Context) -> MeetingsTab:
    page = MeetingsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    assert isinstance(page.current, MeetingsTab)
    return page.current


def shown(qtbot: QtBot, dialog: QWidget) -> None:
    """In front of the others, so that its keys work."""
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()


def row(stage: Stage, meeting_id: int) -> MeetingRow:
    found: MeetingRow = stage.look(meeting_views.meeting, meeting_id)
    return found


def titles(stage: Stage, meeting_id: int) -> list[str]:
    return [one.title for one in stage.look(agenda.items, meeting_id)]


def topic_state(stage: Stage, topic_id: int) -> str:
    return str(stage.ask(f"SELECT state FROM topic WHERE id = {topic_id}")[0][0])


def wished(context: Context) -> list[tuple[str, object]]:
    """What other pages are asked for from now on."""
    found: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, wish: found.append((page, wish)))
    return found


# -- the form


def test_a_meeting_is_planned_by_keyboard_alone(
    qtbot: QtBot, tab: MeetingsTab, stage: Stage, dialogs: Dialogs
) -> None:
    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, MeetingDialog)
        dialog.show()
        qtbot.keyClicks(dialog.body_choice, "jmdb")
        for field, words in ((dialog.day, "12-10"), (dialog.starts, "14点半")):
            field.setFocus()
            field.selectAll()
            field.insert(words)
            qtbot.keyClick(field, ENTER)
        qtbot.keyClick(dialog.chair, ENTER, CTRL)
        return dialog.result()

    dialogs.on_dialog = fill
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)
    it = tab.card.meeting
    assert it is not None
    assert (it.title, it.when, it.recorder) == (
        "第 1 次居民代表会议",
        "2026-12-10 14:30",
        stage.database.actor.name,
    )
    assert tab.list.table.current_id() == it.id


def test_the_form_asks_only_for_what_the_rule_of_the_body_wants(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    dialog = MeetingDialog(context)
    shown(qtbot, dialog)
    assert dialog.rule.text().startswith("先选组织")
    dialog.body_choice.choose_id(stage.owners)
    dialog._follow_body()
    assert dialog.told.isVisible()
    assert not dialog.party.isVisible()
    assert dialog.rule.text().startswith(
        "须提前 15 天通知全体业主，业主人数和面积都三分之二以上参与表决有效，"
        "参加表决的人数和面积都过半数通过"
    )
    assert dialog.called_by.placeholderText().startswith(
        "如 业主委员会召集；或百分之二十以上的业主"
    )
    dialog.body_choice.choose_id(stage.council)
    dialog._follow_body()
    assert not dialog.told.isVisible()
    assert dialog.party.isVisible()
    assert "宜提前 3 天通知居民代表，组成人员三分之二以上到会有效" in dialog.rule.text()
    assert dialog.delegation.isVisible()
    assert not dialog.basis.isVisible()
    dialog.body_choice.choose_id(stage.bodies[BodyKind.ASSEMBLY])
    dialog._follow_body()
    assert dialog.basis.isVisible()
    dialog.body_choice.choose_id(stage.forum)
    dialog._follow_body()
    assert "只形成协商意见，不作决定" in dialog.rule.text()


def test_a_new_meeting_begins_where_the_last_one_was(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    planned(stage, place="二楼活动室", chair="周立群")
    dialog = MeetingDialog(context, body_id=stage.council)
    shown(qtbot, dialog)
    assert (dialog.place.text(), dialog.chair.text()) == ("二楼活动室", "周立群")


def test_what_cannot_be_read_is_said_and_everything_typed_stays(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    dialog = MeetingDialog(context)
    shown(qtbot, dialog)
    dialog.save()
    dialog.body_choice.choose_id(stage.council)
    dialog.day.setText("13-45")
    dialog.save()
    dialog.day.set_value(SOON)
    dialog.starts.setText("25:99")
    dialog.save()
    dialog.starts.setText("14")
    dialog.party.setText("明年")
    dialog.save()
    said = [words.split("，")[0] for words in dialogs.shown]
    assert said[0].startswith("请选一个组织")
    assert said[1:] == ["日期不对", "时间不对", "“党组织研究”的日期不对"]
    dialog.party.clear()
    dialog.save()
    assert dialog.meeting_id is not None


def test_an_assembly_says_who_takes_part(qtbot: QtBot, context: Context, stage: Stage) -> None:
    dialog = MeetingDialog(context, body_id=stage.bodies[BodyKind.ASSEMBLY])
    shown(qtbot, dialog)
    dialog.day.set_value(SOON)
    dialog.basis.set_value(Basis.RESIDENTS)
    dialog.save()
    assert dialog.meeting_id is not None
    assert row(stage, dialog.meeting_id).basis is Basis.RESIDENTS


def test_a_form_that_was_cut_off_is_there_again(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab, dialogs: Dialogs
) -> None:
    before = MeetingDialog(context)
    shown(qtbot, before)
    before.place.setText("二楼活动室")
    keeper = before.findChild(FormKeeper)
    assert keeper is not None
    keeper.keep()
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, MeetingDialog)
        seen.append(dialog.place.text())
        return 0

    dialogs.on_dialog = look
    tab.show_record(Unsaved("meeting:new"))
    assert seen == ["二楼活动室"]


# -- the agenda


def test_topics_come_on_the_agenda_and_off_it_by_keys(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    lamp = topic(stage, 1, "楼道灯不亮")
    topic(stage, 2, "还没审定", Way.RAISED)
    talked = topic(stage, 3, "停车位", Way.DISCUSSED)
    key = planned(stage)
    dialog = AgendaDialog(context, row(stage, key))
    shown(qtbot, dialog)
    offered = [dialog.topic.itemText(n) for n in range(dialog.topic.count())]
    assert [words for words in offered if "还没审定" in words] == []
    assert "还有 2 个已立题的议题没有上会" in dialog.said.text()
    for one in (lamp, talked):
        dialog.topic.choose_id(one)
        qtbot.keyClick(dialog, Qt.Key.Key_A, ALT)
    assert titles(stage, key) == ["楼道灯不亮", "停车位"]
    assert topic_state(stage, lamp) == Way.ON_AGENDA.value
    qtbot.keyClick(dialog.table, Qt.Key.Key_Up, CTRL)
    assert titles(stage, key) == ["停车位", "楼道灯不亮"]
    dialog.table.select_row(1)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert titles(stage, key) == ["停车位"]
    assert topic_state(stage, lamp) == Way.ACCEPTED.value


def test_every_step_of_the_agenda_is_taken_back_by_itself(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    key = planned(stage, "楼道灯", "停车位")
    dialog = AgendaDialog(context, row(stage, key))
    shown(qtbot, dialog)
    dialog.table.select_row(1)
    dialog.move_item(-1)
    assert titles(stage, key) == ["停车位", "楼道灯"]
    stage.clerk.undo_last()
    dialog.refresh()
    assert [one.title for one in dialog.items.values()] == ["楼道灯", "停车位"]


def test_an_item_is_written_with_what_is_voted_on(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    key = planned(stage)
    dialog = AgendaDialog(context, row(stage, key))
    shown(qtbot, dialog)

    def write(form: QDialog) -> int:
        assert isinstance(form, ItemDialog)
        form.show()
        form.title.setText("楼道照明改造")
        form.kind.set_value(ItemKind.DECIDE)
        form.words.setPlainText("换装声控灯 24 盏。")
        qtbot.keyClick(form.title, ENTER, CTRL)
        return form.result()

    dialogs.on_dialog = write
    qtbot.keyClick(dialog, Qt.Key.Key_N, CTRL)
    [one] = stage.look(agenda.items, key)
    assert (one.kind, one.words) == (ItemKind.DECIDE, "换装声控灯 24 盏。")
    assert "其中 1 项表决" in dialog.said.text()


def test_what_a_consultation_votes_on_is_called_an_intention(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    key = planned(stage, body_id=stage.forum)
    stage.do(agenda.add, key, ItemInput(title="停车", kind=ItemKind.DECIDE))
    dialog = AgendaDialog(context, row(stage, key))
    shown(qtbot, dialog)
    assert "其中 1 项意向表决" in dialog.said.text()
    form = ItemDialog(context, row(stage, key), None, decides=False)
    shown(qtbot, form)
    form.kind.setFocus()
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Right)
    assert form.kind.value() is ItemKind.DECIDE
    assert "不是决定" in form.hint.text()


def test_what_was_not_announced_is_refused_as_a_decision_in_words(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    key = planned(stage, "楼道灯")
    called(stage, key)
    form = ItemDialog(context, row(stage, key), None, decides=True)
    shown(qtbot, form)
    form.title.setText("涨物业费")
    form.kind.set_value(ItemKind.DECIDE)
    form.save()
    assert "会议通知里没有这项，只能协商" in dialogs.shown[0]
    assert (form.isVisible(), form.title.text()) == (True, "涨物业费")


@pytest.mark.parametrize("new", [True, False])
def test_an_item_that_was_cut_off_is_there_again(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab, dialogs: Dialogs, new: bool
) -> None:
    key = planned(stage, "楼道灯")
    [one] = stage.look(agenda.items, key)
    before = ItemDialog(context, row(stage, key), None if new else one, decides=True)
    shown(qtbot, before)
    before.title.setText("停车位")
    before.kind.set_value(ItemKind.DECIDE)
    keeper = before.findChild(FormKeeper)
    assert keeper is not None
    keeper.keep()
    seen: list[object] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, ItemDialog)
        seen.extend((dialog.title.text(), dialog.kind.value(), dialog.hint.text()[:5]))
        return 0

    dialogs.on_dialog = look
    tab.show_record(Unsaved(f"agenda_of:{key}" if new else f"agenda_item:{one.id}"))
    assert seen == ["停车位", ItemKind.DECIDE, "写清付表决"]
    assert tab.card.meeting is not None


# -- people are told


def test_telling_people_counts_the_days_and_shows_the_notice(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab, dialogs: Dialogs
) -> None:
    key = planned(stage, "楼道灯")
    tab.refresh()
    tab.show_meeting(key)
    asked = wished(context)
    said: list[str] = []

    def tell(dialog: QDialog) -> int:
        assert isinstance(dialog, CallDialog)
        said.append(dialog.standing.words)
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = tell
    qtbot.keyClick(tab, Qt.Key.Key_T, ALT)
    assert said == ["11-21 通知，12-10 开会，提前 19 天，够 3 天"]
    notice_id = row(stage, key).notice_id
    assert notice_id is not None
    assert asked == [("papers", MadeNotice(notice_id))]
    assert row(stage, key).state is MeetingState.CALLED


def test_a_reason_is_asked_for_where_the_law_knows_one(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    assembly = stage.bodies[BodyKind.ASSEMBLY]
    soon = TODAY + timedelta(days=5)
    key = planned(stage, "公约", body_id=assembly, basis=Basis.HOUSEHOLDS, on_date=soon)
    dialog = CallDialog(context, row(stage, key))
    shown(qtbot, dialog)
    assert dialog.reason.isVisible()
    assert dialog.standing.detail == "城市居民委员会组织法第二十六条"
    dialog.save()
    assert "请写明原因" in dialogs.shown[0]
    dialog.reason.setText("台风将至")
    dialog.save()
    assert row(stage, key).short_notice == "台风将至"


# -- the list and the card


def test_an_office_without_bodies_is_told_to_begin_with_them(
    qtbot: QtBot, context: Context
) -> None:
    tab = opened_tab(qtbot, context)
    told = [label.text() for label in tab.list.findChildren(QLabel)]
    assert any("先在“组织”里建" in words for words in told)
    form = MeetingDialog(context)
    qtbot.addWidget(form)
    assert "还没有能开会的组织" in form.rule.text()


def test_the_card_tells_what_is_wanted_and_offers_the_next_step(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab
) -> None:
    key = planned(stage, "楼道灯")
    tab.refresh()
    tab.show_record(ShowMeeting(key))
    assert "会议通知，还差，提前 3 天通知居民代表，最迟 12-07" in tab.card.checks.accessibleName()
    assert tab.card.call.kind == "primary"
    assert not tab.card.enter.isEnabled()
    today = planned(stage, "停车", body_id=stage.forum, on_date=TODAY)
    tab.refresh()
    tab.show_meeting(today)
    assert tab.card.enter.isEnabled()
    asked = wished(context)
    qtbot.keyClick(tab.list.table, ENTER)
    assert asked == [("meetings", RunMeeting(today))]


@pytest.mark.parametrize(
    ("days", "words"),
    [(7, "筹备"), (6, "该通知了"), (3, "该通知了"), (2, "通知晚了"), (0, "今天开")],
)
def test_the_list_says_when_people_have_to_be_told(stage: Stage, days: int, words: str) -> None:
    key = planned(stage, "楼道灯", on_date=TODAY + timedelta(days=days))
    assert state_chip(row(stage, key), TODAY).text == words


def test_a_body_that_has_not_met_for_half_a_year_is_named(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab
) -> None:
    assert tab.list.due.isVisible()
    assert "前应开一次，已过" in tab.list.due.words
    held(stage, date(2026, 10, 8))
    planned(stage, body_id=stage.joint)
    tab.refresh()
    assert not tab.list.due.isVisible()


def test_filters_and_search_narrow_the_list_and_one_key_clears_them(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab
) -> None:
    held(stage, date(2026, 5, 8))
    planned(stage, "楼道灯")
    tab.refresh()
    tab.list.phase.choose("coming")
    assert len(tab.list.table.paged_model.ids) == 1
    tab.list.search("没有这样的")
    assert len(tab.list.table.paged_model.ids) == 0
    qtbot.keyClick(tab, Qt.Key.Key_Backspace, CTRL)
    assert len(tab.list.table.paged_model.ids) == 2
    assert tab.list.phase.value is None


def test_cancelling_asks_for_the_reason_and_gives_the_topics_back(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab, dialogs: Dialogs
) -> None:
    lamp = topic(stage, 1, "楼道灯不亮")
    key = planned(stage)
    stage.do(agenda.add_topics, key, [lamp])
    tab.refresh()
    tab.show_meeting(key)

    def why(dialog: QDialog) -> int:
        assert isinstance(dialog, CancelDialog)
        dialog.save()
        assert dialog.result() == 0
        dialog.reason.setText("停电")
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = why
    tab.actions_.do("cancel", row(stage, key))
    assert row(stage, key).cancelled_reason == "停电"
    assert topic_state(stage, lamp) == Way.ACCEPTED.value
    tab.refresh()
    assert tab.card.notice.words == "已取消：停电"


def test_who_only_reads_is_offered_nothing_that_changes(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    key = planned(stage, "楼道灯")
    context.database.act_as(actor("来访", READER))
    tab = opened_tab(qtbot, context)
    tab.show_meeting(key)
    card = tab.card
    for button in (tab.new_button, card.agenda, card.call, card.edit):
        assert not button.isVisible()


def test_a_grid_member_sees_the_items_about_his_own_grids(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    own, other = topic(stage, 1, "一格的灯"), topic(stage, 2, "二格的灯")
    for topic_id, grid in ((own, "one"), (other, "two")):
        stage.tamper(f"UPDATE topic SET grid_id = {stage.grids[grid]} WHERE id = {topic_id}")
    key = planned(stage)
    stage.do(agenda.add_topics, key, [own, other])
    member = replace(actor("孙丽", GRID_MEMBER), grids=frozenset({stage.grids["one"]}))
    context.database.act_as(member)
    tab = opened_tab(qtbot, context)
    tab.show_meeting(key)
    assert tab.card.meeting is not None
    assert tab.card.meeting.items == 2
    dialog = AgendaDialog(context, tab.card.meeting)
    shown(qtbot, dialog)
    assert [one.title for one in dialog.items.values()] == ["一格的灯"]


# -- papers


def printed(
    qtbot: QtBot, context: Context, dialogs: Dialogs, act: Callable[[], None]
) -> PaperPreview:
    """The preview that an action opened, with what it was told when it was printed."""
    found: list[PaperPreview] = []

    def look(dialog: QDialog) -> int:
        if isinstance(dialog, InviteDialog):
            dialog.lines.setPlainText("海湾派出所 郑警官\n\n李老师")
            dialog.save()
            return dialog.result()
        assert isinstance(dialog, PaperPreview)
        found.append(dialog)
        return 0

    dialogs.on_dialog = look
    act()
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_the_sign_in_sheet_is_made_from_the_tab_and_put_on_record(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab, dialogs: Dialogs
) -> None:
    key = planned(stage, "楼道灯")
    tab.refresh()
    tab.show_meeting(key)
    preview = printed(qtbot, context, dialogs, lambda: qtbot.keyClick(tab, Qt.Key.Key_F9))
    preview.panel.taken.emit("已送到打印机")
    noted = stage.ask("SELECT table_name FROM change WHERE action = 'printed'")
    assert ("meeting",) in noted
    assert ("resident",) in noted


def test_invitations_are_made_for_those_who_are_named(
    qtbot: QtBot, context: Context, stage: Stage, tab: MeetingsTab, dialogs: Dialogs
) -> None:
    key = planned(stage, "楼道灯", body_id=stage.joint)
    offered = InviteDialog(context, row(stage, key))
    shown(qtbot, offered)
    assert "海湾街道中心小学 吴校长" in offered.guests
    preview = printed(
        qtbot, context, dialogs, lambda: tab.actions_.do("invitations", row(stage, key))
    )
    assert preview.windowTitle()


def test_at_the_start_of_the_day_it_is_said_what_is_held_today(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    planned(stage, body_id=stage.forum, on_date=TODAY, starts=15 * 60)
    planned(stage)
    planned(stage, body_id=stage.joint)
    window = MainWindow(context)
    qtbot.addWidget(window)
    said: list[str] = []
    window.status.say = said.append  # type: ignore[method-assign]
    remind(context, window)
    assert said == ["今天 15:00 第 1 次议事协商会，到「议事－会议」处理"]
