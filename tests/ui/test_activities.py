"""活动: planned, filled and typed back by keyboard and scanner, posted, printed, taken out."""

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import (
    Action,
    Activity,
    ActivityState,
    Attendance,
    Change,
    ClaimState,
    PointsClaim,
    Quality,
    Repeat,
)
from app.reminders import remind
from app.services import (
    activities,
    activity_hours,
    activity_people,
    activity_series,
    activity_views,
    points_cards,
)
from app.services.activity_hours import Attended
from app.services.activity_input import ActivityInput
from app.services.activity_views import ActivityRow
from app.storage.engine import Database
from app.ui.kit import table_paper, theme
from app.ui.kit.scroll import WholeLines
from app.ui.kit.states import EmptyState
from app.ui.kit.table_paper import SeenTable
from app.ui.kit.tokens import Mode
from app.ui.main_window import MainWindow
from app.ui.papers.notices.panel import NoticePanel
from app.ui.papers.page import PapersPage
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.points_wish import ShowActivity, ShowVolunteer
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.activities.cancel_dialog import CancelDialog
from app.ui.points.activities.card import ActivityCard
from app.ui.points.activities.form import ActivityDialog
from app.ui.points.activities.people_dialog import PeopleDialog
from app.ui.points.activities.summary_dialog import SummaryDialog
from app.ui.points.activities.tab import LIST, MONTH, NATIONAL, SERVED, ActivitiesTab
from app.ui.points.activities.type_back import TypeBackDialog
from app.ui.points.page import TABS, PointsPage
from app.ui.recent.unsaved import FormKeeper
from app.values.rights import READER
from tests.actors import actor
from tests.conftest import Dialogs
from tests.services.points_stage import SUN, ZHAO, Stage, stage_on

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "活动")


@pytest.fixture
def stage(database: Database) -> Stage:
    made = stage_on(database)
    database.act_as(actor("孙丽", "社工"))
    return made


@pytest.fixture
def tab(qtbot: QtBot, context: Context, stage: Stage) -> ActivitiesTab:
    page = PointsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    opened = page.current
    assert isinstance(opened, ActivitiesTab)
    return opened


def plan(stage: Stage, **changes: Any) -> int:
    values: dict[str, Any] = {
        "name": "楼道清扫",
        "item_id": stage.item(str(changes.pop("item", "志愿服务"))),
        "on_date": stage.today,
        "starts": 9 * 60,
        "ends": 11 * 60,
        "place": "3 号楼",
        "content": "清扫楼道",
        "organiser": "望海社区居民委员会",
        "leader": "赵敏",
    }
    made = stage.now(activities.plan, ActivityInput(**(values | changes)), by=SUN)
    stage.clerk.database.act_as(actor("孙丽", "社工"))
    return int(made)


def join(stage: Stage, activity: int, *names: str) -> list[int]:
    made = [
        stage.do(
            activity_people.sign_up,
            activity,
            volunteer_id=stage.volunteers[name],
            today=stage.today,
            by=SUN,
        )
        for name in names
    ]
    stage.clerk.database.act_as(actor("孙丽", "社工"))
    return made


def held(stage: Stage, *names: str, **changes: Any) -> int:
    activity = plan(stage, **changes)
    found = [
        Attended(participation_id=one, version=1, came=True)
        for one in join(stage, activity, *names)
    ]
    stage.now(activity_hours.record, activity, found, by=SUN)
    stage.clerk.database.act_as(actor("孙丽", "社工"))
    return activity


def row(stage: Stage, activity: int) -> ActivityRow:
    [found] = stage.clerk.look_up(lambda look: activity_views.rows(look, [activity]))
    assert isinstance(found, ActivityRow)
    return found


def lines(stage: Stage, activity: int) -> list[activity_people.Participant]:
    found: list[activity_people.Participant] = stage.clerk.look_up(
        lambda look: activity_people.participants(look, activity)
    )
    return found


def shown(qtbot: QtBot, dialog: QWidget) -> None:
    qtbot.addWidget(dialog)
    dialog.show()


def scan(qtbot: QtBot, field: QWidget, code: str) -> None:
    """As a wedge scanner: all keys and Enter without a pause."""
    field.setFocus()
    qtbot.keyClicks(field, code)
    qtbot.keyClick(field, ENTER)


# -- the form


def test_an_activity_is_planned_by_keyboard_alone(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab, dialogs: Dialogs
) -> None:
    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, ActivityDialog)
        dialog.show()
        typed = {
            "活动名称": "楼道清扫",
            "开始时间": "0900",
            "结束时间": "11点半",
            "地点": "3 号楼",
            "服务内容": "清扫楼道",
        }
        for field in dialog.form.fields:
            words = typed.get(field.name)
            here = dialog.focusWidget()
            if field.control.isEnabled() and words:
                field.control.setFocus()
                here = field.control
                if words.isascii():
                    qtbot.keyClicks(here, words)
                elif field.name == "服务内容":
                    dialog.content.setPlainText(words)
                else:
                    here.insert(words)  # type: ignore[attr-defined]
                qtbot.keyClick(here, ENTER)
        qtbot.keyClick(dialog.until, ENTER, CTRL)
        return dialog.result()

    dialogs.on_dialog = fill
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)

    it = tab.card.activity
    assert it is not None
    assert (it.name, it.time, it.place, it.leader) == (
        *("楼道清扫", "09:00–11:30", "3 号楼", "孙丽"),
    )
    assert (it.item, it.organiser) == ("志愿服务", "社区居民委员会")
    assert tab.list.table.current_id() == it.id


def test_what_is_missing_is_said_and_everything_typed_stays(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    dialog = ActivityDialog(context)
    shown(qtbot, dialog)
    dialog.save()
    dialog.starts.setText("9")
    dialog.ends.setText("25:99")
    dialog.save()
    dialog.ends.setText("8")
    dialog.name.setText("楼道清扫")
    dialog.place.setText("3 号楼")
    dialog.content.setPlainText("清扫")
    dialog.save()
    dialog.wanted.setText("十")
    dialog.ends.setText("11")
    dialog.save()
    said = dialogs.shown
    assert ["时间不对" in said[0], "时间不对" in said[1]] == [True, True]
    assert "结束时间应在开始之后" in said[2]
    assert "需要人数请填数字" in said[3]
    assert (dialog.name.text(), dialog.isVisible()) == ("楼道清扫", True)
    dialog.wanted.clear()
    dialog.save()
    assert dialog.activity_id is not None


def test_the_matter_says_what_it_gives_before_anybody_is_written_down(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    dialog = ActivityDialog(context)
    shown(qtbot, dialog)
    assert dialog.rule.text() == "1 分/小时，每天最多 4 分；记服务时长。"
    dialog.item.choose_id(stage.item("讲座培训"))
    assert dialog.rule.text() == "2 分/次；讲座培训，只计分，不记服务时长。"
    dialog.ours.show_value(False)
    dialog.item.choose_id(stage.item("志愿服务"))
    assert "时长证明由那个单位出具" in dialog.rule.text()


def test_a_recurring_one_is_planned_with_the_ones_that_follow(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab
) -> None:
    activity = plan(stage)
    entered, _ = stage.clerk.see(lambda s: activities.input_of(s, activity))
    dialog = ActivityDialog(context, like=entered)
    shown(qtbot, dialog)
    dialog.place.setText("4 号楼")
    dialog.repeat.set_value(Repeat.WEEKLY)
    dialog.save()
    assert dialog.activity_id is not None
    assert row(stage, dialog.activity_id).series == "每周六 09:00"
    tab.refresh()
    assert len(tab.list.model.ids) == 10


def test_a_form_that_was_cut_off_is_there_again(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab, dialogs: Dialogs
) -> None:
    before = ActivityDialog(context)
    shown(qtbot, before)
    before.name.setText("包饺子")
    before.repeat.set_value(Repeat.MONTHLY)
    before.ours.set_value(False)
    keeper = before.findChild(FormKeeper)
    assert keeper is not None
    keeper.keep()
    seen: list[object] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, ActivityDialog)
        seen.extend((dialog.name.text(), dialog.repeat.value(), dialog.ours.value()))
        return 0

    dialogs.on_dialog = look
    tab.show_record(Unsaved("activity:new"))
    assert seen == ["包饺子", Repeat.MONTHLY, False]


# -- the list of people


def test_people_join_by_letters_and_leave_by_a_key(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    activity = plan(stage)
    dialog = PeopleDialog(context, row(stage, activity))
    shown(qtbot, dialog)
    qtbot.keyClicks(dialog.line, "wxl")
    qtbot.wait(1)
    dialog.line._last_key = 0.0
    qtbot.keyClick(dialog.line, ENTER)
    assert [one.name for one in dialog.people.values()] == ["王秀兰"]
    assert dialog.said.text() == "1 号 王秀兰 在名单上了。"
    dialog.sign_off()
    assert lines(stage, activity)[0].state is Attendance.WITHDREW
    assert not dialog.off_button.isEnabled()


def test_who_is_no_volunteer_is_not_found_for_service_and_it_is_said_what_to_do(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    dialog = PeopleDialog(context, row(stage, plan(stage)))
    shown(qtbot, dialog)
    scan(qtbot, dialog.line, "chenguifang")
    assert dialog.said.text().startswith(
        "没有找到“chenguifang”。还不是志愿者的，先在“志愿者”里登记"
    )
    assert dialog.people == {}
    lecture = PeopleDialog(context, row(stage, plan(stage, name="讲座", item="讲座培训")))
    shown(qtbot, lecture)
    scan(qtbot, lecture.line, "chenguifang")
    assert [one.name for one in lecture.people.values()] == ["陈桂芳"]


# -- typing back


def test_a_sheet_is_typed_back_with_a_key_for_each_and_saved_at_once(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    activity = plan(stage)
    first, second = join(stage, activity, "wang", "qiu")
    dialog = TypeBackDialog(context, row(stage, activity), "小时")
    shown(qtbot, dialog)
    table = dialog.table
    assert table.current_id() == first
    qtbot.keyClick(table, Qt.Key.Key_1)
    assert table.current_id() == second
    qtbot.keyClick(table, Qt.Key.Key_2)
    table.select_id(first)
    qtbot.keyClick(table, Qt.Key.Key_Minus)
    qtbot.keyClick(table, Qt.Key.Key_7)
    assert dialog.count.text() == "到 1 人，共 1.5 小时"
    qtbot.keyClick(table, ENTER, CTRL)
    one, other = lines(stage, activity)
    assert (one.state, one.half_hours, one.quality) == (Attendance.CAME, 3, Quality.GOOD)
    assert other.state is Attendance.ABSENT
    assert row(stage, activity).recorded_on == stage.today
    assert table.unsaved == {}


def test_the_rest_came_by_one_key_and_what_was_said_before_stays(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    activity = plan(stage)
    first, second = join(stage, activity, "wang", "qiu")
    dialog = TypeBackDialog(context, row(stage, activity), "小时")
    shown(qtbot, dialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_2)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    qtbot.keyClick(dialog, Qt.Key.Key_A, ALT)
    assert [dialog.table.typed[one].came for one in (first, second)] == [False, True]
    assert not dialog.rest_button.isEnabled()


def test_the_ledger_of_activities_leaves_with_the_seven_facts_and_sums(
    context: Context, stage: Stage, tab: ActivitiesTab
) -> None:
    held(stage, "wang", "qiu")
    plan(stage, name="下周", on_date=stage.today + timedelta(7))
    tab.refresh()
    seen: list[SeenTable] = []
    table_paper.see(tab.list.table, seen.append)
    [ledger] = seen
    assert ledger.title == "活动台账"
    wanted = {"日期", "服务时间", "活动名称", "地点", "服务内容", "活动组织单位", "活动负责人"}
    assert wanted <= {one.title for one in ledger.columns}
    figures = dict(zip([one.title for one in ledger.columns], ledger.totals, strict=True))
    assert (figures["到场"], figures["小时"]) == ("2", "4.0")


def test_enter_leads_through_hours_time_and_remark_and_on_to_the_next(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    activity = plan(stage)
    first, second = join(stage, activity, "wang", "qiu")
    dialog = TypeBackDialog(context, row(stage, activity), "小时")
    shown(qtbot, dialog)
    dialog.table.set_came(first, came=True)
    qtbot.keyClick(dialog.table, ENTER)
    detail = dialog.detail
    for edit, words in ((detail.amount, "1.5"), (detail.starts, "9:30"), (detail.note, "wan dao")):
        edit.setFocus()
        edit.selectAll()
        qtbot.keyClicks(edit, words)
        qtbot.keyClick(edit, ENTER)
    typed = dialog.table.typed[first]
    assert (typed.half_hours, typed.starts, typed.note) == (3, 9 * 60 + 30, "wan dao")
    assert dialog.table.current_id() == second
    dialog.table.select_id(first)
    detail.amount.setFocus()
    detail.amount.selectAll()
    qtbot.keyClicks(detail.amount, "1.3")
    assert dialog.table.typed[first].half_hours == 2
    assert detail.amount.property("state") == "danger"


def test_a_card_says_who_came_and_joins_who_had_not_signed_up(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    activity = plan(stage)
    join(stage, activity, "wang")
    codes = [stage.do(points_cards.issue_card, one, stage.today) for one in (stage.wang, stage.qiu)]
    dialog = TypeBackDialog(context, row(stage, activity), "小时")
    shown(qtbot, dialog)
    for code in codes:
        scan(qtbot, dialog.line, code)
    assert [one.name for one in dialog.table.people.values()] == ["王秀兰", "邱志远"]
    assert [one.came for one in dialog.table.typed.values()] == [True, True]
    assert dialog.said.text() == "2 号 邱志远 到了。"
    scan(qtbot, dialog.line, codes[0])
    assert len(dialog.table.people) == 2
    dialog.save()
    assert [one.state for one in lines(stage, activity)] == [Attendance.CAME] * 2


def test_what_was_typed_and_not_saved_is_there_after_a_power_cut(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    activity = plan(stage)
    [line] = join(stage, activity, "wang")
    before = TypeBackDialog(context, row(stage, activity), "小时")
    shown(qtbot, before)
    before.table.set_came(line, came=True)
    before.table.change(line, note="带了扫帚", quality=Quality.FAIR)
    before.keep()
    after = TypeBackDialog(context, row(stage, activity), "小时")
    shown(qtbot, after)
    typed = after.table.typed[line]
    assert (typed.came, typed.note, typed.quality) == (True, "带了扫帚", Quality.FAIR)
    after.save()
    again = TypeBackDialog(context, row(stage, activity), "小时")
    shown(qtbot, again)
    assert again.table.unsaved == {}


def test_a_clash_is_said_and_the_lines_stay_typed(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    held(stage, "wang")
    other = plan(stage, name="助老陪伴", starts=10 * 60, ends=12 * 60)
    [line] = join(stage, other, "wang")
    dialog = TypeBackDialog(context, row(stage, other), "小时")
    shown(qtbot, dialog)
    dialog.table.set_came(line, came=True)
    dialog.save()
    assert "已经记在“楼道清扫”" in dialogs.shown[0]
    assert dialog.table.typed[line].came
    assert lines(stage, other)[0].state is Attendance.SIGNED_UP


# -- the card


def test_posting_hands_on_who_came_and_the_button_says_why_it_is_off(
    qtbot: QtBot, stage: Stage, tab: ActivitiesTab
) -> None:
    activity = held(stage, "wang", "qiu")
    tab.refresh()
    tab.show_activity(activity)
    assert tab.card.post.isEnabled()
    qtbot.keyClick(tab, Qt.Key.Key_S, ALT)
    with stage.clerk.database.reading() as session:
        states = session.scalars(select(PointsClaim.state)).all()
    assert states == [ClaimState.WAITING] * 2
    tab.refresh()
    assert (tab.card.post.isEnabled(), tab.card.why.text()) == (False, "都已送复核")


def test_the_primary_button_is_what_is_to_be_done_next(stage: Stage, tab: ActivitiesTab) -> None:
    waiting, coming = plan(stage), plan(stage, name="下周", on_date=stage.today + timedelta(7))
    tab.refresh()
    tab.show_activity(waiting)
    card = tab.card
    assert (card.attendance.kind, card.post.kind, card.why.text()) == (
        *("primary", "normal", "先录签到"),
    )
    tab.show_activity(coming)
    assert (card.attendance.isEnabled(), card.why.text()) == (False, "到那天再录")
    done = held(stage, "wang", name="昨天", on_date=stage.today - timedelta(1))
    tab.refresh()
    tab.show_activity(done)
    assert (card.attendance.kind, card.post.kind) == ("normal", "primary")


def test_an_overdue_record_is_counted_on_the_tab_and_told_on_its_card(
    stage: Stage, tab: ActivitiesTab
) -> None:
    over = plan(stage, on_date=date(2026, 11, 2))
    plan(stage)
    counts: list[int] = []
    tab.count_changed.connect(counts.append)
    tab.refresh()
    assert counts[-1] == 1
    tab.list.late.choose(True)
    assert list(tab.list.model.ids) == [over]
    assert tab.card.notice.isVisible()
    tab.list.clear_asked.emit()
    assert len(tab.list.model.ids) == 2


def test_an_overdue_record_is_said_at_the_start(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    said: list[str] = []
    window.status.say = said.append  # type: ignore[method-assign]
    remind(context, window)
    plan(stage, on_date=date(2026, 11, 2))
    remind(context, window)
    assert said == ["活动 1 次超期没有记录，到「积分超市－活动」处理"]


def test_cancelling_asks_for_the_reason_and_removing_asks_once(
    stage: Stage, tab: ActivitiesTab, dialogs: Dialogs
) -> None:
    first, second = plan(stage), plan(stage, name="包饺子")

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, CancelDialog)
        dialog.save()
        assert dialog.result() == 0
        dialog.reason.setText("下雨")
        dialog.save()
        return dialog.result()

    tab.refresh()
    tab.show_activity(first)
    dialogs.on_dialog = answer
    tab.card.asked.emit("cancel")
    assert row(stage, first).cancelled_reason == "下雨"
    dialogs.on_dialog = None
    tab.show_activity(second)
    dialogs.answers.append("删除")
    tab.card.asked.emit("remove")
    tab.refresh()
    assert list(tab.list.model.ids) == [first]


def test_the_rare_actions_are_those_that_make_sense_now(stage: Stage, tab: ActivitiesTab) -> None:
    done, coming = held(stage, "wang"), plan(stage, name="下周", on_date=stage.today + timedelta(7))
    tab.refresh()

    def offered(activity: int) -> list[str]:
        return [name for _, name in tab.card._rare(row(stage, activity))]

    assert offered(done) == ["sheet", "call", "typed", "again"]
    assert offered(coming) == ["sheet", "call", "again", "cancel", "remove"]


@pytest.mark.parametrize("mode", Mode)
def test_the_card_cuts_no_line_of_the_facts(
    qtbot: QtBot, context: Context, stage: Stage, mode: Mode, qapp: QApplication
) -> None:
    theme.apply(qapp, mode)
    activity = plan(stage, content="清扫楼道，擦扶手，清理堆放的杂物和小广告" * 3)
    card = ActivityCard(context)
    shown(qtbot, card)
    card.show_activity(activity)
    area = card.findChild(WholeLines)
    assert area is not None
    for height in range(430, 480, 7):
        card.resize(360, height)
        qtbot.wait(20)
        ends, seen = card.facts.ends(), area.viewport().height()
        assert seen in ends or seen >= max(ends), (height, seen, ends)
    theme.apply(qapp, Mode.STANDARD)


def test_a_series_is_ended_from_its_card_and_its_history_is_read_there(
    stage: Stage, tab: ActivitiesTab, dialogs: Dialogs
) -> None:
    activity = plan(stage)
    stage.do(activity_series.begin, activity, Repeat.WEEKLY, None, today=stage.today, by=SUN)
    stage.clerk.database.act_as(actor("孙丽", "社工"))
    tab.refresh()
    tab.show_activity(activity)
    offered = [name for _, name in tab.card._rare(row(stage, activity))]
    assert {"end_series", "series_history"} <= set(offered)
    opened: list[str] = []
    dialogs.on_dialog = lambda dialog: opened.append(dialog.windowTitle()) or 0
    tab.card.asked.emit("series_history")
    assert opened == ["经过：定期活动 楼道清扫"]
    dialogs.on_dialog = None
    dialogs.answers.append("停办")
    tab.card.asked.emit("end_series")
    assert row(stage, activity).series.endswith("到 2026-11-21")
    assert len(tab.list.model.ids) == 9


def test_everything_that_the_card_asks_for_can_be_done(
    stage: Stage, tab: ActivitiesTab, dialogs: Dialogs
) -> None:
    activity = plan(stage)
    tab.refresh()
    tab.show_activity(activity)
    opened: list[str] = []
    dialogs.on_dialog = lambda dialog: opened.append(dialog.windowTitle()) or 0
    for name in ("people", "attendance", "edit", "summary", "again", "cancel"):
        tab.card.asked.emit(name)
    assert opened == ["报名名单", "录签到", "修改活动", "小结和照片", "新建活动", "取消活动"]


def test_the_sheet_is_on_record_when_it_was_printed(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab, dialogs: Dialogs
) -> None:
    activity = plan(stage)
    join(stage, activity, "wang")
    tab.refresh()
    tab.show_activity(activity)
    seen: list[bytes] = []

    def look(dialog: QDialog) -> int:
        if isinstance(dialog, PaperPreview):
            seen.append(dialog.data)
            dialog.note_taken("已送到打印机")
        return 0

    dialogs.on_dialog = look
    qtbot.keyClick(tab, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(seen))
    with stage.clerk.database.reading() as session:
        printed = select(Change.table_name).where(Change.action == Action.PRINTED)
        assert set(session.scalars(printed)) == {"activity", "resident"}


def test_a_summary_that_was_not_saved_is_there_again(
    qtbot: QtBot, stage: Stage, context: Context
) -> None:
    activity = held(stage, "wang")
    first = SummaryDialog(context, row(stage, activity))
    qtbot.addWidget(first)
    first.summary.setPlainText("扫了三个单元")
    context.signals.keep_requested.emit()
    second = SummaryDialog(context, row(stage, activity))
    qtbot.addWidget(second)
    assert second.summary.toPlainText() == "扫了三个单元"


def test_summary_and_state_are_kept_together(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab
) -> None:
    activity = held(stage, "wang")
    dialog = SummaryDialog(context, row(stage, activity))
    shown(qtbot, dialog)
    dialog.summary.setPlainText("扫了三个单元")
    dialog.save()
    assert row(stage, activity).summary == "扫了三个单元"


def test_the_call_for_people_is_shown_in_papers(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab
) -> None:
    activity = plan(stage, on_date=stage.today + timedelta(3))
    tab.refresh()
    tab.show_activity(activity)
    wishes: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, wish: wishes.append((page, wish)))
    tab.card.asked.emit("call")
    [(where, wish)] = wishes
    assert where == "papers"
    assert isinstance(wish, MadeNotice)
    assert row(stage, activity).state is ActivityState.CALLED
    papers = PapersPage(context)
    qtbot.addWidget(papers)
    papers.show_record(wish)
    panel = papers._current()
    assert isinstance(panel, NoticePanel)
    assert panel.archive.current_id() == wish.notice_id


# -- month, who served, the ministry


def test_arrows_walk_through_the_month_and_a_free_day_begins_an_activity(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab, dialogs: Dialogs
) -> None:
    first = plan(stage)
    second = plan(stage, name="助老陪伴", starts=14 * 60, ends=15 * 60)
    plan(stage, name="下月", on_date=date(2026, 12, 1))
    tab.show_view(MONTH)
    month = tab.month
    assert (month.first, month.last) == (date(2026, 10, 26), date(2026, 12, 6))
    assert tab.card.activity is not None
    assert tab.card.activity.id == first
    qtbot.keyClick(month, Qt.Key.Key_Space)
    assert tab.card.activity.id == second
    qtbot.keyClick(month, Qt.Key.Key_Right)
    assert (month.day, tab.card.activity) == (date(2026, 11, 22), None)
    days: list[date | None] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, ActivityDialog)
        days.append(dialog.day.value())
        return 0

    dialogs.on_dialog = look
    qtbot.keyClick(month, ENTER)
    assert days == [date(2026, 11, 22)]
    qtbot.keyClick(month, Qt.Key.Key_PageDown)
    assert month.day == date(2026, 12, 22)
    qtbot.keyClick(month, Qt.Key.Key_Home)
    assert month.day == stage.today


def test_a_click_in_the_month_takes_the_activity_that_stands_there(
    qtbot: QtBot, stage: Stage, tab: ActivitiesTab
) -> None:
    plan(stage)
    second = plan(stage, name="助老陪伴", starts=14 * 60, ends=15 * 60)
    tab.show_view(MONTH)
    cell = tab.month._cell(stage.today)
    place = QPoint(cell.center().x(), cell.top() + 22 + 20 + 8)
    qtbot.mouseClick(tab.month, Qt.MouseButton.LeftButton, pos=place)
    assert tab.card.activity is not None
    assert tab.card.activity.id == second


def test_who_served_leaves_the_program_with_the_sum_of_the_screen(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab
) -> None:
    activity = held(stage, "wang", "qiu")
    tab.refresh()
    tab.show_activity(activity)
    tab.card.asked.emit("post")
    tab.show_view(SERVED)
    assert isinstance(tab.served.table.findChild(EmptyState), EmptyState)
    assert tab.served.waiting.text() == "另有 4.0 小时等复核，没有算"
    with stage.clerk.database.reading() as session:
        claims = list(session.scalars(select(PointsClaim.id)))
    stage.accept(*claims, by=ZHAO)
    stage.clerk.database.act_as(actor("孙丽", "社工"))
    tab.refresh()
    assert tab.served.total.text() == "共 4.0 小时"
    seen: list[SeenTable] = []
    table_paper.see(tab.served.table, seen.append)
    assert [line[1] for line in seen[0].rows] == ["王秀兰", "邱志远"]
    assert seen[0].totals == ("合计", "", "", "4.0", "", "")
    tab.served.search("邱")
    table_paper.see(tab.served.table, seen.append)
    assert ([line[1] for line in seen[1].rows], seen[1].filter_words) == (["邱志远"], "含“邱”")
    tab.served.clear_filters()
    wishes: list[object] = []
    context.signals.page_requested.connect(lambda _, wish: wishes.append(wish))
    tab.served.table.opened.emit(stage.volunteers["wang"])
    assert wishes == [ShowVolunteer(stage.volunteers["wang"])]

    tab.show_view(NATIONAL)
    seen_whole = tab.national.seen()
    assert len(seen_whole.rows) == 2
    qtbot.keyClick(tab.national.table, ENTER)
    assert row(stage, activity).system_on == stage.today
    tab.refresh()
    assert list(tab.national.model.ids) == []


def test_service_without_an_activity_is_marked_as_typed_line_by_line(
    qtbot: QtBot, context: Context, stage: Stage, tab: ActivitiesTab
) -> None:
    wang = {"volunteer_id": stage.volunteers["wang"], "half_hours": 2, "by": SUN}
    for words in ("巡逻", "扫雪"):
        stage.accept(stage.claim(stage.wang, "志愿服务", words=words, **wang), by=ZHAO)
    stage.clerk.database.act_as(actor("孙丽", "社工"))
    tab.show_view(NATIONAL)
    national = tab.national
    assert (national.said.text(), national.typed_button.text()) == (
        "2 笔送餐和手工记的",
        "这一笔已录入",
    )
    assert [line[9] for line in national.seen().rows] == ["巡逻", "扫雪"]
    qtbot.keyClick(national.table, ENTER)
    tab.refresh()
    assert [line[9] for line in national.seen().rows] == ["扫雪"]
    national.done.click()
    qtbot.keyClick(national.table, ENTER)
    assert stage.ask("SELECT count(*) FROM points_claim WHERE system_on IS NULL") == [(2,)]


# -- who may, where from


def test_who_may_only_read_is_offered_nothing_to_do(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    activity = held(stage, "wang")
    stage.clerk.database.act_as(actor("李娜", READER))
    page = PointsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.show()
    tab = page.current
    assert isinstance(tab, ActivitiesTab)
    tab.show_activity(activity)
    card = tab.card
    buttons = (tab.new_button, card.attendance, card.post, card.edit, card.summary, card.more)
    assert [one.isVisible() for one in buttons] == [False] * len(buttons)
    tab.actions_.do("post", row(stage, activity))
    with stage.clerk.database.reading() as session:
        assert session.scalars(select(PointsClaim)).all() == []
    dialog = PeopleDialog(context, row(stage, activity))
    shown(qtbot, dialog)
    assert (dialog.line.isVisible(), dialog.off_button.isVisible()) == (False, False)


def test_enter_opens_the_list_before_the_day_and_the_sheet_from_it_on(
    stage: Stage, tab: ActivitiesTab, dialogs: Dialogs
) -> None:
    today, coming = plan(stage), plan(stage, name="下周", on_date=stage.today + timedelta(7))
    tab.refresh()
    opened: list[str] = []
    dialogs.on_dialog = lambda dialog: opened.append(dialog.windowTitle()) or 0
    for activity in (today, coming):
        tab.show_activity(activity)
        tab.list.table.opened.emit(activity)
    assert opened == ["录签到", "报名名单"]


def test_a_change_of_one_can_go_to_the_later_ones_of_its_series(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    activity = plan(stage)
    stage.do(activity_series.begin, activity, Repeat.WEEKLY, None, today=stage.today, by=SUN)
    stage.clerk.database.act_as(actor("孙丽", "社工"))
    said: list[str] = []
    context.signals.notified.connect(said.append)
    dialog = ActivityDialog(context, activity)
    shown(qtbot, dialog)
    dialog.place.setText("5 号楼")
    dialog.later.setChecked(True)
    dialog.save()
    assert said == ["已保存：11-21 楼道清扫，后面 8 次也照此改了"]


def test_another_page_leads_to_an_activity_whatever_hides_it(
    stage: Stage, tab: ActivitiesTab
) -> None:
    wanted = plan(stage)
    plan(stage, name="包饺子")
    tab.refresh()
    tab.search.setText("包饺子")
    tab.list.search("包饺子")
    assert len(tab.list.model.ids) == 1
    tab.show_record(ShowActivity(wanted))
    assert tab.list.table.current_id() == wanted
    assert tab.view == LIST


def test_nothing_is_lost_when_two_people_change_the_same_activity(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    activity = plan(stage)
    dialog = ActivityDialog(context, activity)
    shown(qtbot, dialog)
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, activity))
    stage.now(activities.update, activity, entered, version=version)
    stage.do(lambda s: setattr(s.get_one(Activity, activity), "leader", "周红"))
    dialog.leader.setText("钱进")
    dialog.save()
    assert "刚被别人改过" in dialogs.shown[0]
    assert row(stage, activity).leader == "周红"
