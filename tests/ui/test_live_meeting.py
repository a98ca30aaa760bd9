"""会议进行中: signed in, spoken, voted, minuted and ended by keyboard; the law says no in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.clock import FixedClock
from app.context import Context
from app.models import ItemKind, ItemState, Matter, MeetingState, VoteWay
from app.services import minutes, sittings, votes
from app.services.agenda_input import ItemInput
from app.services.minutes import EndInput
from app.services.settings import MEETING_ITEM
from app.services.vote_ground import VoteInput
from app.services.voting import Count
from app.storage.engine import Database
from app.ui.meetings.live.dialogs import (
    MotionDialog,
    MotionResultDialog,
    ObserverDialog,
    ProxyDialog,
    SpeakDialog,
    TextDialog,
)
from app.ui.meetings.live.end_dialog import EndDialog
from app.ui.meetings.live.plans_dialog import PlansDialog
from app.ui.meetings.live.record_dialogs import AmendDialog, FileDialog, PartyDialog, RuleDialog
from app.ui.meetings.live.sign_in_card import HERE, LISTENING, MISSING
from app.ui.meetings.live.view import LiveMeeting
from app.ui.meetings.page import TABS, MeetingsPage
from app.ui.people.meetings_wish import RunMeeting
from app.ui.people.paper_preview import PaperPreview
from app.values.rights import READER
from tests.actors import actor
from tests.conftest import Dialogs
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import (
    DRAFT,
    called,
    item,
    items_of,
    opened,
    sign_in,
    version_of,
)

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ENTER = Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "会议")


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def run(qtbot: QtBot, context: Context, meeting_id: int) -> LiveMeeting:
    """The meeting, told of changes as by the main window."""
    context.database.act_as(actor("王书记", "书记"))
    it = LiveMeeting(context, meeting_id)
    qtbot.addWidget(it)
    it.resize(1186, 676)
    context.signals.changed.connect(it.refresh)
    it.refresh()
    with qtbot.waitActive(it):
        it.show()
        it.activateWindow()
    return it


def council(qtbot: QtBot, context: Context, stage: Stage, present: int) -> LiveMeeting:
    """A meeting of representatives whose only item is called."""
    meeting_id = opened(stage, stage.council)
    sign_in(stage, meeting_id, stage.council, present)
    stage.do(sittings.begin_item, items_of(stage, meeting_id)[0], now=stage.now)
    return run(qtbot, context, meeting_id)


def forum(qtbot: QtBot, context: Context, stage: Stage, *items: ItemInput) -> LiveMeeting:
    """A 协商 of three with two of them there."""
    meeting_id = opened(stage, stage.forum, *items)
    sign_in(stage, meeting_id, stage.forum, 2)
    stage.do(sittings.begin_item, items_of(stage, meeting_id)[0], now=stage.now)
    return run(qtbot, context, meeting_id)


def typed(qtbot: QtBot, it: LiveMeeting, *figures: str) -> None:
    """As they are read out: Enter goes on."""
    qtbot.keyClick(it, Qt.Key.Key_1, ALT)
    for figure, words in zip(it.matter.vote.figures.people, figures, strict=True):
        qtbot.keyClicks(figure, words)
        qtbot.keyClick(figure, ENTER)


def answer(dialogs: Dialogs, kind: type[QDialog], fill: Callable[..., object]) -> None:
    """What is asked next is filled, and closed as by its button; messages are noted."""

    def closed(dialog: QDialog) -> int:
        if not isinstance(dialog, kind):
            dialogs.shown.append(getattr(dialog, "words", ""))
            return 0
        fill(dialog)
        return 1

    dialogs.on_dialog = closed


def names(it: LiveMeeting, tab: int) -> list[str]:
    it.people.tabs.set_current(tab)
    return [it.people.model.row(number).name for number in range(it.people.model.rowCount())]


# -- sign-in


def test_letters_and_enter_sign_somebody_in_and_the_banner_follows(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 40)
    missing = it.people.model
    assert "还差 1 人" in it.quorum.notice.words
    assert it.quorum.notice.objectName() == "warn"
    it.take_focus()
    qtbot.keyClicks(it.people.search, "db50")
    assert names(it, MISSING) == ["代表50"]
    qtbot.keyClick(it.people.search, ENTER)
    assert it.quorum.notice.objectName() == "ok"
    assert "实到 41 人，达到三分之二（需 41 人），会议有效" in it.quorum.notice.words
    assert "代表50" in names(it, HERE)
    assert it.people.search.text() == ""
    assert missing is it.people.model


def test_a_card_signs_in_as_scanned(qtbot: QtBot, context: Context, stage: Stage) -> None:
    it = council(qtbot, context, stage, 0)
    stage.clerk.change(stage.people["li"], phone="13812345678")
    it.people.search.scanned.emit("13812345678")
    assert names(it, HERE) == ["李建国"]
    assert stage.ask("SELECT way FROM attendee") == [("scanned",)]


def test_a_stranger_is_told_that_he_may_listen(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = council(qtbot, context, stage, 1)
    it.people.search.insert("郑警官")
    qtbot.keyClick(it.people.search, ENTER)
    assert dialogs.shown == ["“郑警官”不在成员名册里。不是成员的，可以加为列席。"]

    def fill(dialog: ObserverDialog) -> None:
        dialog.name.setText("郑警官")
        dialog.came_from.setText("海湾派出所")

    it.people.search.clear()
    answer(dialogs, ObserverDialog, fill)
    it.people.observer_asked.emit()
    assert names(it, LISTENING) == ["郑警官"]
    assert "实到 1 人" in it.quorum.notice.words


def test_an_owner_who_is_not_there_is_stood_for(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = run(qtbot, context, opened(stage, stage.owners))
    qtbot.keyClicks(it.people.search, "ljg")
    qtbot.keyClick(it.people.search, ENTER)
    seat = next(one for one in it.course.sight.seats if one.name == "陈桂芳")  # type: ignore[union-attr]  # shown above
    answer(dialogs, ProxyDialog, lambda dialog: dialog.holder.setCurrentText("李建国"))
    it.people.proxy_asked.emit(seat)
    assert names(it, HERE) == ["李建国", "陈桂芳"]
    assert "（含受托 1 人）" in it.quorum.notice.words


# -- voting


def test_a_vote_is_typed_checked_and_announced_by_keyboard_alone(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 43)
    vote = it.matter.vote
    typed(qtbot, it, "25", "14", "3", "")
    assert not vote.button.isEnabled()
    assert "比到会的 43 人少 1" in vote.sum.text()
    qtbot.keyClick(it, Qt.Key.Key_Return, CTRL)
    assert stage.ask("SELECT count(*) FROM vote") == [(0,)]
    qtbot.keyClick(it, Qt.Key.Key_4, ALT)
    qtbot.keyClicks(vote.figures.people[3], "1")
    assert vote.sum.text() == "25 + 14 + 3 + 1 = 43，与到会人数相等"
    assert vote.result.words == "赞成 25 票，超过到会 43 人的半数，通过。"
    qtbot.keyClick(vote.figures.people[3], ENTER, CTRL)
    assert stage.ask("SELECT yes, no, abstain, invalid, passed FROM vote") == [(25, 14, 3, 1, 1)]
    assert stage.ask("SELECT minutes FROM agenda_item") == [
        ("表决：赞成 25 票，超过到会 43 人的半数，通过。",)
    ]
    assert stage.ask("SELECT count(*) FROM resolution") == [(1,)]
    assert not vote.open


def test_below_the_quorum_nothing_can_be_announced(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 40)
    typed(qtbot, it, "40", "", "", "")
    assert not it.matter.vote.button.isEnabled()
    assert "不能表决" in it.matter.vote.result.words


def test_who_comes_late_changes_no_vote_that_was_announced(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 41)
    typed(qtbot, it, "41", "", "", "")
    qtbot.keyClick(it, ENTER, CTRL)
    qtbot.keyClicks(it.people.search, "db50")
    qtbot.keyClick(it.people.search, ENTER)
    assert "实到 42 人" in it.quorum.notice.words
    assert "当时到会 41 人" in it.matter.vote.result.detail


def test_a_second_vote_stands_beside_the_first(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 41)
    for yes in ("41", "20"):
        it.matter.vote.repeat.click()
        typed(qtbot, it, yes, str(41 - int(yes)), "", "")
        qtbot.keyClick(it, ENTER, CTRL)
    assert stage.ask("SELECT yes, passed FROM vote ORDER BY id") == [(41, 1), (20, 0)]


def test_a_vote_that_another_desk_announced_meanwhile_is_not_announced_again(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = council(qtbot, context, stage, 43)
    typed(qtbot, it, "25", "14", "3", "1")
    entered = VoteInput(way=VoteWay.HANDS, count=Count(25, 14, 3, 1))
    stage.do(votes.announce, items_of(stage, it.meeting_id)[0], entered, now=stage.now)
    context.database.act_as(actor("王书记", "书记"))
    qtbot.keyClick(it, ENTER, CTRL)
    assert "另一个窗口宣布过" in dialogs.shown[-1]
    assert not it.matter.vote.open
    assert it.matter.vote.result.words.startswith("赞成 25 票")
    assert stage.ask("SELECT count(*) FROM vote") == [(1,)]


def test_two_tracks_ask_for_people_and_area(qtbot: QtBot, context: Context, stage: Stage) -> None:
    it = run(qtbot, context, opened(stage, stage.owners, item(matter=Matter.OWNERS_GENERAL)))
    figures = it.matter.vote.figures
    assert figures.areas[0].isVisible()
    lines = (*figures.people[:2], *figures.areas[:2])
    for line, words in zip(lines, ("4", "1", "655.75", "44.25"), strict=True):
        qtbot.keyClicks(line, words)
    assert it.matter.vote.button.isEnabled()
    it.matter.vote.announce()
    assert stage.ask("SELECT way, yes, area_yes, area_no FROM vote") == [
        ("by_area", 4, 655_75, 44_25)
    ]


def test_one_of_several_plans_is_chosen(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = council(qtbot, context, stage, 43)

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, PlansDialog)
        for (words, number), (named, got) in zip(
            dialog.plans, (("声控灯", 25), ("感应灯", 16)), strict=False
        ):
            words.setText(named)
            number.setValue(got)
        assert not dialog.button.isEnabled()
        dialog.abstain.setValue(2)
        assert dialog.told.words.startswith("方案 1 得 25 票")
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = fill
    it.matter.plans.click()
    assert stage.ask("SELECT words, chosen FROM vote_option ORDER BY place") == [
        ("声控灯", 1),
        ("感应灯", 0),
    ]
    assert it.minutes.edit.toPlainText().startswith("表决：方案 1 得 25 票")


def test_what_was_not_discussed_by_the_party_is_noted_from_the_page(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    meeting_id = opened(stage, stage.council, party_on=None, party_words="", delegation="")
    sign_in(stage, meeting_id, stage.council, 43)
    it = run(qtbot, context, meeting_id)
    typed(qtbot, it, "43", "", "", "")
    assert it.matter.vote.result.words.startswith("“党组织研究”还没有记")

    def fill(dialog: PartyDialog) -> None:
        dialog.day.set_value(stage.today - timedelta(days=3))
        dialog.delegation.setText("不属于")

    answer(dialogs, PartyDialog, fill)
    it.party.click()
    assert not it.party.isVisible()
    assert it.matter.vote.button.isEnabled()


def test_an_amendment_is_voted_on_before_the_text(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = council(qtbot, context, stage, 43)

    def fill(dialog: MotionDialog) -> None:
        dialog.words.setPlainText("先装 3 号楼")
        dialog.mover.setCurrentText("李建国")
        dialog.seconders.setValue(4)

    answer(dialogs, MotionDialog, fill)
    qtbot.keyClick(it, Qt.Key.Key_F3, SHIFT)
    assert it.minutes.edit.toPlainText() == "李建国 提修正案：先装 3 号楼（附议 4 人）"
    vote = it.matter.vote
    vote.target.setCurrentIndex(1)
    typed(qtbot, it, "9", "34", "", "")
    vote.announce()
    assert stage.ask("SELECT result FROM motion")[0][0].endswith("未通过")
    assert stage.ask("SELECT count(*) FROM resolution") == [(0,)]
    assert vote.open


def test_a_motion_that_nobody_seconds_gets_its_result_without_a_vote(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = council(qtbot, context, stage, 43)
    answer(dialogs, MotionDialog, lambda dialog: dialog.words.setPlainText("先休息"))
    qtbot.keyClick(it, Qt.Key.Key_F3, SHIFT)
    motion = it.course.sight.motions[0]  # type: ignore[union-attr]  # shown above
    answer(dialogs, MotionResultDialog, lambda dialog: dialog.outcome.setCurrentText("无人附议"))
    it.matter.motion_asked.emit(motion)
    assert stage.ask("SELECT result FROM motion") == [("无人附议",)]


def test_where_heads_are_counted_by_law_no_vote_by_household_is_offered(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 43)
    seen = []
    for _ in range(3):
        seen.append(it.matter.vote.way)
        qtbot.keyClick(it, Qt.Key.Key_V, ALT)
    assert seen == [VoteWay.HANDS, VoteWay.BALLOT, VoteWay.HANDS]
    talk = forum(qtbot, context, stage, item(kind=ItemKind.DISCUSS))
    offered = [one.text() for one in _segments(talk) if not one.isHidden()]
    assert offered == ["举手", "票决", "按户"]
    assert [one.text() for one in _segments(it) if not one.isHidden()] == ["举手", "票决"]


def _segments(it: LiveMeeting) -> list[QPushButton]:
    return it.matter.vote.ways.findChildren(QPushButton)


# -- agenda, floor, minutes


def test_page_down_goes_on_and_what_was_typed_is_in_the_record(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = forum(qtbot, context, stage, item("通报", ItemKind.REPORT), item())
    it.minutes.edit.setPlainText("物业：已修好两盏。")
    qtbot.keyClick(it, Qt.Key.Key_PageDown)
    assert stage.ask("SELECT minutes, state, result FROM agenda_item ORDER BY place") == [
        ("物业：已修好两盏。", "item_done", "已通报"),
        (None, "item_now", None),
    ]
    assert it.matter.title.text() == "楼道照明改造"
    assert it.minutes.edit.toPlainText() == ""


def test_the_first_page_down_begins_the_first_item(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    meeting_id = opened(stage, stage.forum, item("通报", ItemKind.REPORT), item())
    sign_in(stage, meeting_id, stage.forum, 2)
    it = run(qtbot, context, meeting_id)
    states = []
    for _ in range(2):
        qtbot.keyClick(it, Qt.Key.Key_PageDown)
        states.append([one.state for one in it.course.sight.items])  # type: ignore[union-attr]
    assert states == [[ItemState.NOW, ItemState.WAITING], [ItemState.DONE, ItemState.NOW]]


def test_minutes_that_were_not_written_are_there_again_after_a_power_cut(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = forum(qtbot, context, stage)
    it.minutes.edit.setPlainText("李建国：赞成。")
    it.minutes.keep()
    again = run(qtbot, context, it.meeting_id)
    assert again.minutes.edit.toPlainText() == "李建国：赞成。"
    assert again.leave()
    assert stage.ask("SELECT minutes FROM agenda_item") == [("李建国：赞成。",)]
    assert stage.ask("SELECT count(*) FROM draft") == [(0,)]


def test_what_two_desks_write_on_one_item_is_all_kept(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = forum(qtbot, context, stage)
    it.minutes.edit.setPlainText("李建国：赞成。")
    item_id = items_of(stage, it.meeting_id)[0]
    version = version_of(stage, "agenda_item", item_id)
    stage.do(minutes.write, item_id, "陈桂芳：反对。", version=version)
    context.database.act_as(actor("王书记", "书记"))
    it.refresh()
    assert it.leave()
    assert stage.ask("SELECT minutes FROM agenda_item") == [("陈桂芳：反对。\n李建国：赞成。",)]


def test_who_asks_for_the_floor_has_it_and_the_next_one_waits(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = forum(qtbot, context, stage)
    for place, stance in ((0, "赞成"), (1, "")):

        def fill(dialog: SpeakDialog, place: int = place, stance: str = stance) -> None:
            dialog.person.setCurrentIndex(place)
            dialog.stance.set_value(stance)

        answer(dialogs, SpeakDialog, fill)
        qtbot.keyClick(it, Qt.Key.Key_F2, SHIFT)
    part = it.agenda.speech
    assert (part.name.text(), part.clock.text()) == ("李建国", "3:00")
    assert part.next.text() == "下一位 陈桂芳"
    assert it.minutes.edit.toPlainText() == "李建国：赞成。\n陈桂芳："
    qtbot.keyClick(it, Qt.Key.Key_F6, SHIFT)
    assert part.button.text() == "请下一位"
    qtbot.keyClick(it, Qt.Key.Key_F6, SHIFT)
    assert part.name.text() == "陈桂芳"


def test_what_comes_up_in_the_meeting_is_talked_over(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = forum(qtbot, context, stage)
    answer(dialogs, TextDialog, lambda dialog: dialog.text.setPlainText("清理杂物"))
    it.agenda.add.click()
    assert stage.ask("SELECT title, added_there FROM agenda_item ORDER BY place")[1] == (
        "清理杂物",
        1,
    )


def test_what_was_agreed_stands_in_the_minutes_and_is_the_result_of_the_item(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = forum(qtbot, context, stage, item("停车位", ItemKind.DISCUSS))
    answer(dialogs, TextDialog, lambda dialog: dialog.text.setPlainText("先划一半"))
    qtbot.keyClick(it, Qt.Key.Key_F4, SHIFT)
    assert it.minutes.edit.toPlainText() == "决定：先划一半"
    assert it.matter.outcome.text() == "先划一半"


def test_a_sheet_is_typed_back_by_its_numbers(qtbot: QtBot, context: Context, stage: Stage) -> None:
    it = council(qtbot, context, stage, 0)
    for number in ("8", "12"):
        qtbot.keyClicks(it.people.search, number)
        qtbot.keyClick(it.people.search, ENTER)
    assert names(it, HERE) == ["李建国", "代表05"]
    assert stage.ask("SELECT DISTINCT way FROM attendee") == [("from_sheet",)]


def test_the_text_is_changed_until_it_was_voted_on(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = council(qtbot, context, stage, 43)

    def fill(dialog: TextDialog) -> None:
        assert dialog.words == DRAFT
        dialog.text.setPlainText("24 个单元换装声控灯。")

    answer(dialogs, TextDialog, fill)
    qtbot.keyClick(it, Qt.Key.Key_F2)
    assert it.matter.words.text() == "24 个单元换装声控灯。"
    typed(qtbot, it, "43", "", "", "")
    it.matter.vote.announce()
    dialogs.on_dialog = None
    qtbot.keyClick(it, Qt.Key.Key_F2)
    assert not it.matter.change.isVisible()


# -- from the opening to the finished record


def test_a_meeting_is_opened_ended_finished_and_then_only_added_to(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    meeting_id = called(stage, stage.forum, item("停车位划分", ItemKind.DISCUSS))
    it = run(qtbot, context, meeting_id)
    qtbot.keyClicks(it.people.search, "ljg")
    qtbot.keyClick(it.people.search, ENTER)
    assert it.top.step.text() == "开会"
    qtbot.keyClick(it, Qt.Key.Key_E, ALT)
    assert it.top.step.text() == "结束会议"
    it.minutes.edit.setPlainText("大家同意先划一半。")

    def end(dialog: EndDialog) -> None:
        (line,) = dialog.lines
        line.result.setText("先划一半")
        line.opinion.setChecked(True)
        dialog.summary.setPlainText("议定先划一半车位。")

    answer(dialogs, EndDialog, end)
    told: list[str] = []
    context.signals.notified.connect(told.append)
    qtbot.keyClick(it, Qt.Key.Key_E, ALT)
    assert it.top.step.text() == "定稿"
    assert told == ["会议已结束，议定的 1 件事在“决议”里交办、公示。"]
    assert stage.ask("SELECT kind FROM resolution") == [("opinion",)]
    assert stage.ask("SELECT minutes FROM agenda_item") == [("大家同意先划一半。",)]
    answer(dialogs, FileDialog, lambda dialog: dialog.chair.setText("王芳"))
    qtbot.keyClick(it, Qt.Key.Key_E, ALT)
    assert it.minutes.edit.isReadOnly()

    def amend(dialog: AmendDialog) -> None:
        dialog.words.setPlainText("应为先划三分之一")
        dialog.reason.setText("笔误")

    answer(dialogs, AmendDialog, amend)
    qtbot.keyClick(it, Qt.Key.Key_E, ALT)
    assert stage.ask("SELECT words, reason FROM minutes_amendment") == [
        ("应为先划三分之一", "笔误")
    ]
    assert it.course.sight is not None
    assert it.course.sight.meeting.state is MeetingState.FILED
    shown = it.minutes.edit.toPlainText()
    assert shown.startswith("大家同意先划一半。\n修正 2026-11-21 09:30")
    assert "应为先划三分之一（原因：笔误）" in shown


def test_a_meeting_that_was_left_running_asks_when_it_ended(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = forum(qtbot, context, stage)
    assert it.course.sight is not None
    now = EndDialog(context, it.course.sight)
    assert now.entered.closed_at is None
    tomorrow = replace(context, clock=FixedClock(stage.now + timedelta(days=1)))
    late = EndDialog(tomorrow, it.course.sight)
    qtbot.addWidget(late)
    late._confirm()
    assert dialogs.shown == ["请填散会时间，如 16:30；过了半夜的写“次日 0:30”。"]
    assert late.result() == 0
    late.closed.setText("1130")
    late._confirm()
    assert late.result() == 1
    assert late.entered.closed_at == stage.now.replace(hour=11, minute=30, second=0)


def test_points_that_cannot_be_given_keep_the_meeting_open_and_say_why(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    stage.set(MEETING_ITEM, "参加议事")
    it = forum(qtbot, context, stage)
    answer(dialogs, EndDialog, lambda dialog: None)
    qtbot.keyClick(it, Qt.Key.Key_E, ALT)
    assert "没有叫“参加议事”的积分事项" in dialogs.shown[0]
    assert stage.ask("SELECT state FROM meeting") == [("running",)]


def test_the_big_screen_shows_the_matter_and_the_result_and_no_phone_number(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 43)
    qtbot.keyClick(it, Qt.Key.Key_F11)
    screen = it.screen_
    assert screen is not None
    assert screen.isVisible()
    typed(qtbot, it, "43", "", "", "")
    it.matter.vote.announce()
    screen.grab()
    assert screen.words[:3] == [
        "第 1 次居民代表会议",
        "居民代表会议应到 61 人，实到 43 人，达到三分之二（需 41 人），会议有效。",
        "第 1 项　楼道照明改造",
    ]
    assert screen.words[4] == "赞成 43 票，超过到会 43 人的半数，通过"
    qtbot.keyClick(screen, Qt.Key.Key_F11)
    assert not screen.isVisible()


def test_the_rules_are_read_with_their_article(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = council(qtbot, context, stage, 43)
    seen: list[str] = []
    answer(
        dialogs,
        RuleDialog,
        lambda dialog: seen.extend(
            label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")
        ),
    )
    it.quorum.rules.click()
    assert "城市居民委员会组织法第二十八、二十九、三十条" in seen
    assert "没有规定，须本人到会" in seen


def test_the_record_is_printed_and_put_on_record(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    it = council(qtbot, context, stage, 43)
    titles: list[str] = []

    def seen(dialog: QDialog) -> int:
        if isinstance(dialog, PaperPreview):
            titles.append(dialog.windowTitle())
            dialog.note_taken("已打印")
        return 0

    dialogs.on_dialog = seen
    for show in (it.papers.show_record, it.papers.show_summary):
        before = len(titles)
        show()
        qtbot.waitUntil(lambda before=before: len(titles) > before)
    assert [words[:4] for words in titles] == ["会议记录", "会议纪要"]
    said = stage.ask(
        "SELECT count(*) FROM change WHERE table_name = 'meeting' AND action = 'printed'"
    )
    assert said == [(2,)]


def test_who_does_not_run_meetings_reads_and_changes_nothing(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 43)
    context.database.act_as(actor("孙丽", READER))
    reader = LiveMeeting(context, it.meeting_id)
    qtbot.addWidget(reader)
    reader.refresh()
    reader.show()
    for part in (reader.top.step, reader.agenda.next, reader.people.search, reader.matter.change):
        assert not part.isVisible()
    assert reader.minutes.edit.isReadOnly()
    assert not reader.matter.vote.open


def test_going_back_writes_what_was_typed_and_the_tabs_are_there_again(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    meeting_id = opened(stage, stage.forum)
    context.database.act_as(actor("王书记", "书记"))
    page = MeetingsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.show_record(RunMeeting(meeting_id))
    it = page.current
    assert isinstance(it, LiveMeeting)
    assert not page.tabs.isVisibleTo(page)
    it.minutes.edit.setPlainText("李建国：赞成。")
    it.top.back.click()
    assert not isinstance(page.current, LiveMeeting)
    assert page.tabs.isVisibleTo(page)
    assert stage.ask("SELECT minutes FROM agenda_item") == [("李建国：赞成。",)]


def test_a_meeting_that_was_ended_elsewhere_is_no_longer_voted_in(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 43)
    stage.do(minutes.end, it.meeting_id, EndInput(), now=stage.now)
    context.database.act_as(actor("王书记", "书记"))
    it.refresh()
    assert not it.matter.vote.open
    assert not it.people.search.isVisible()
    assert version_of(stage, "meeting", it.meeting_id) > 1


def test_where_nobody_signs_in_any_more_arrows_walk_through_the_agenda(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    it = council(qtbot, context, stage, 43)
    it.take_focus()
    assert it.focusWidget() is it.people.search
    stage.tamper("UPDATE meeting SET state = 'filed'")
    it.refresh()
    it.take_focus()
    assert it.focusWidget() is it.agenda.list
