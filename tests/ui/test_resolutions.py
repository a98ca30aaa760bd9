"""决议: seen, handed to somebody, made public, carried out and judged, by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import Action, Project, ResolutionState
from app.reminders import remind
from app.services import resolutions, topic_views
from app.services.progress import StepInput
from app.services.resolution_life import finish
from app.services.resolutions import Charge
from app.storage.engine import Database
from app.ui.grids.visits.tab import VisitsTab
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.main_window import MainWindow
from app.ui.meetings.page import TABS, MeetingsPage
from app.ui.meetings.resolutions.charge_dialog import ChargeDialog
from app.ui.meetings.resolutions.columns import ledger
from app.ui.meetings.resolutions.evaluation_dialog import EvaluationDialog
from app.ui.meetings.resolutions.notice_dialog import NoticeDialog
from app.ui.meetings.resolutions.step_dialog import StepDialog
from app.ui.meetings.resolutions.tab import ResolutionsTab
from app.ui.meetings.topics.actions import TopicActions
from app.ui.people.meetings_wish import ShowMeeting, ShowProject, ShowResolution, ShowTopic
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.unsaved_wish import Unsaved
from app.ui.recent.unsaved import FormKeeper
from app.values.rights import READER
from tests.actors import actor
from tests.conftest import Dialogs
from tests.services.resolution_stage import Matter3, matter_on, put_matter
from tests.ui.hands import until

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "决议")
_NOW = datetime(2026, 11, 21, 9, 30)
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def matter(database: Database) -> Matter3:
    made = matter_on(database)
    made.make()
    database.act_as(actor("王书记", "书记"))
    return made


@pytest.fixture
def tab(qtbot: QtBot, context: Context, matter: Matter3) -> ResolutionsTab:
    assert matter
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> ResolutionsTab:
    page = MeetingsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    # A dialog of another test may still be the active window: keys would go there.
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    found = page.current
    assert isinstance(found, ResolutionsTab)
    found.take_focus()
    return found


def answer(dialogs: Dialogs, kind: type[D], act: Callable[[D], object]) -> list[str]:
    """The next dialog is one of `kind`; what it was called is told."""
    seen: list[str] = []

    def close(dialog: QDialog) -> int:
        assert isinstance(dialog, kind)
        seen.append(dialog.windowTitle())
        act(dialog)
        return dialog.result()

    dialogs.on_dialog = close
    return seen


def picture(folder: Path) -> Path:
    file = folder / "灯.png"
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("orange"))
    image.save(str(file))
    return file


def done(matter: Matter3, key: int = 1) -> None:
    entered = StepInput(on_date=date(2026, 11, 20), words="24 个单元的灯都亮了")
    matter.do(finish, key, entered, now=matter.stage.now)


def press(qtbot: QtBot, at: QWidget, key: Qt.Key, modifier: Any = None) -> None:
    qtbot.keyClick(at, key, modifier or Qt.KeyboardModifier.NoModifier)


def test_what_is_due_first_stands_first_and_the_card_says_what_presses(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    late = put_matter(matter.stage, number=13).make() or 0
    matter.do(resolutions.charge, late, Charge(owner="冯经理", due_on=date(2026, 11, 18)))
    counts: list[int] = []
    tab = opened(qtbot, context)
    tab.count_changed.connect(counts.append)
    tab.refresh()
    assert list(tab.list.model.ids) == [late, 1]
    assert counts[-1] == 1
    assert tab.list.late.text() == "超期 1"
    assert tab.card.notice.words == "应在 11-18 办结"
    press(qtbot, tab.list.table, Qt.Key.Key_Down)
    assert tab.card.notice.words == "还没有定责任人和期限"
    tab.list.late.choose(True)
    assert list(tab.list.model.ids) == [late]
    tab.search.paused.emit("停车")
    assert list(tab.list.model.ids) == []


def test_a_step_is_written_with_its_picture_by_enter_and_ctrl_enter(
    qtbot: QtBot, tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs, tmp_path: Path
) -> None:
    def write(dialog: StepDialog) -> None:
        dialog.words.setPlainText("3 号楼装完")
        qtbot.keyClicks(dialog.percent, "40")
        dialog.photos.add_files([picture(tmp_path)])
        press(qtbot, dialog.words, ENTER, CTRL)

    assert answer(dialogs, StepDialog, write) == []
    press(qtbot, tab.list.table, ENTER)
    row = matter.row(1)
    assert (row.state, row.percent, row.photos) == (ResolutionState.UNDERWAY, 40, 1)
    tab.refresh()
    assert not tab.card.pictures.isHidden()
    assert [chip.text for chip in tab.card.chips._chips][:2] == ["决议", "办理中"]


def test_a_wrong_figure_is_told_and_everything_typed_stays(
    qtbot: QtBot, tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs
) -> None:
    dialog = StepDialog(tab.context, matter.row(1))
    qtbot.addWidget(dialog)
    dialog.words.setPlainText("装完")
    dialog.percent.setText("一半")
    dialog.save()
    dialog.percent.setText("")
    dialog.day.setText("昨天上午")
    dialog.save()
    assert dialogs.shown == [
        "进度请填 0 到 100 之间的整数。",
        "请填日期，写成 2026-11-20 或 11-20。",
    ]
    assert dialog.words.toPlainText() == "装完"
    assert matter.row(1).steps == 0


def test_the_end_of_the_matter_is_written_once_and_then_those_concerned_are_asked(
    qtbot: QtBot, tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs
) -> None:
    def write(dialog: StepDialog) -> None:
        assert dialog.windowTitle() == "办结"
        dialog.words.setPlainText("灯都亮了")
        press(qtbot, dialog.words, ENTER, CTRL)

    answer(dialogs, StepDialog, write)
    press(qtbot, tab, Qt.Key.Key_W, ALT)
    assert matter.state(1) is ResolutionState.DONE
    tab.refresh()
    assert not tab.card.step.isEnabled()
    assert tab.card.ask.kind == "primary"

    def ask(dialog: EvaluationDialog) -> None:
        for digit in "12":
            dialog.verdict.setFocus()
            press(qtbot, dialog.verdict, getattr(Qt.Key, f"Key_{digit}"))
            press(qtbot, dialog.words, ENTER, CTRL)
        dialog.name.setText("刘师傅")
        press(qtbot, dialog.verdict, Qt.Key.Key_1)
        dialog.save()

    answer(dialogs, EvaluationDialog, ask)
    press(qtbot, tab, Qt.Key.Key_P, ALT)
    row = matter.row(1)
    assert (row.good, row.fair, row.state) == (2, 1, ResolutionState.EVALUATED)


def test_an_answer_can_be_thrown_away_after_asking(
    qtbot: QtBot, tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs
) -> None:
    done(matter)
    tab.context.database.act_as(actor("王书记", "书记"))
    dialog = EvaluationDialog(tab.context, matter.row(1))
    qtbot.addWidget(dialog)
    dialog.verdict.set_value("满意")
    dialog.save()
    dialog.table.select_row(0)
    dialogs.answers.append("删除")
    dialog.remove()
    assert matter.row(1).good == 0
    dialog.verdict.set_value("不满意")
    dialog.save()
    assert dialogs.shown[-1] == "请写明哪里不满意，好接着办。"


def test_it_is_handed_to_somebody_with_day_and_money(
    qtbot: QtBot, tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs
) -> None:
    def write(dialog: ChargeDialog) -> None:
        dialog.owner.setEditText("金城物业")
        dialog.due.setText("12-15")
        dialog.money.setText("18600")
        press(qtbot, dialog.money, ENTER, CTRL)

    answer(dialogs, ChargeDialog, write)
    press(qtbot, tab, Qt.Key.Key_F2)
    row = matter.row(1)
    assert (row.owner, row.due_on, row.budget) == ("金城物业", date(2026, 12, 15), 18_600_00)


def test_its_公示_is_written_once_and_then_shown_in_文书(
    qtbot: QtBot, tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs
) -> None:
    asked: list[tuple[str, object]] = []
    tab.context.signals.page_requested.connect(lambda *wish: asked.append(wish))

    def write(dialog: NoticeDialog) -> None:
        dialog.days.setText("7")
        dialog.save()
        dialog.days.setText("15")
        dialog.save()

    answer(dialogs, NoticeDialog, write)
    shown: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        from app.ui.kit import messages

        patch.setattr(messages, "tell", lambda _, words, *__: shown.append(words))
        press(qtbot, tab, Qt.Key.Key_G, ALT)
    notice_id = matter.row(1).notice_id or 0
    assert "不得少于 15 日" in shown[0]
    tab.refresh()
    assert tab.card.public.text() == "看公示"
    press(qtbot, tab, Qt.Key.Key_G, ALT)
    assert asked == [("papers", MadeNotice(notice_id))] * 2


def test_what_is_done_rarely_stands_under_更多_with_its_reason(
    tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs
) -> None:
    asked: list[tuple[str, object]] = []
    tab.context.signals.page_requested.connect(lambda *wish: asked.append(wish))
    it = tab.card.resolution
    assert it is not None
    tab.actions_.do("meeting", it)
    tab.actions_.do("topic", it)
    project = matter.stage.put(
        Project, number="2026-001", year=2026, name="换灯", resolution_id=1, entered_at=_NOW
    )
    tab.context.database.act_as(actor("王书记", "书记"))
    tab.refresh()
    assert ("看项目", "project") in tab.card._rare(it)
    tab.actions_.do("project", it)
    assert [wish for _, wish in asked] == [
        ShowMeeting(matter.meeting_id),
        ShowTopic(matter.topic_id),
        ShowProject(project),
    ]

    def give(dialog: ReasonDialog) -> None:
        dialog.line.setEditText("居民会议决定撤销")
        dialog.save()

    answer(dialogs, ReasonDialog, give)
    tab.actions_.do("stop", it)
    tab.refresh()
    assert tab.card.notice.words == "已终止：居民会议决定撤销"
    assert not tab.card.step.isEnabled()


def test_what_did_not_hold_is_taken_up_again(
    tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs
) -> None:
    done(matter)

    def give(dialog: ReasonDialog) -> None:
        dialog.line.setEditText("5 号楼不亮")
        dialog.save()

    answer(dialogs, ReasonDialog, give)
    tab.context.database.act_as(actor("王书记", "书记"))
    tab.actions_.do("again", matter.row(1))
    assert matter.state(1) is ResolutionState.UNDERWAY


@pytest.mark.parametrize("name", ["matter", "paper", "progress", "topic"])
def test_every_paper_is_looked_at_first_and_put_on_record_when_it_leaves(
    tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs, name: str
) -> None:
    seen: list[bytes] = []

    def take(dialog: PaperPreview) -> None:
        seen.append(dialog.data)
        dialog.note_taken("已送到打印机")

    answer(dialogs, PaperPreview, take)
    it = tab.card.resolution
    assert it is not None
    if name == "matter":
        tab.printing.matter(matter.topic_id, it.title)
    elif name == "paper":
        tab.printing.paper(it)
    elif name == "topic":
        found = matter.stage.look(topic_views.topic, matter.topic_id)
        tab.context.database.act_as(actor("王书记", "书记"))
        TopicActions(tab.context, tab, seen.append).do("way", found)
    else:
        tab.printing.progress()
    until(lambda: bool(seen))
    assert seen[0].startswith(b"%PDF")
    told = matter.stage.ask(f"SELECT table_name FROM change WHERE action='{Action.PRINTED.value}'")
    assert told == [("resolution" if name in ("paper", "progress") else "topic",)]


def test_f9_offers_the_papers_by_name(qtbot: QtBot, tab: ResolutionsTab) -> None:
    press(qtbot, tab, Qt.Key.Key_F9)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == [
        "来龙去脉（A4 张贴）",
        "来龙去脉（A3 张贴）",
        "决议",
        "办理进度（列出的各项）",
    ]
    menu.close()


def test_another_page_asks_for_one_that_the_filter_hides(
    tab: ResolutionsTab, matter: Matter3
) -> None:
    other = put_matter(matter.stage, number=13).make() or 0
    tab.list.state.choose(ResolutionState.DONE)
    assert list(tab.list.model.ids) == []
    tab.show_record(ShowResolution(other))
    assert tab.card.resolution is not None
    assert tab.card.resolution.id == other


def test_whoever_only_reads_is_offered_nothing_to_write(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    matter.stage.database.act_as(actor("查看员", READER))
    tab = opened(qtbot, context)
    assert tab.card.resolution is not None
    assert tab.card.step.isHidden()
    assert tab.card.charge.isHidden()
    assert tab.card._rare(tab.card.resolution) == [("看会议", "meeting"), ("看议题", "topic")]


def test_what_is_late_is_said_at_the_start_and_stands_over_the_visits_of_the_grid(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    matter.do(resolutions.charge, 1, Charge(owner="冯经理", due_on=date(2026, 11, 18)))
    said: list[str] = []
    asked: list[tuple[str, object]] = []
    matter.stage.database.act_as(actor("王书记", "书记"))
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.status.say = said.append  # type: ignore[method-assign]
    remind(context, window)
    assert "决议 1 项超期" in said[0]
    visits = VisitsTab(context)
    qtbot.addWidget(visits)
    context.signals.page_requested.connect(lambda *wish: asked.append(wish))
    visits.refresh()
    assert visits.late_strip.words == "决议超期：楼道照明改造（冯经理，超期 3 天）"
    visits.late_strip.look.click()
    assert asked == [("meetings", ShowResolution(1))]


def test_without_any_the_list_says_where_they_come_from(qtbot: QtBot, context: Context) -> None:
    tab = opened(qtbot, context)
    assert tab.card.title.text() == "还没有选中决议"
    assert not tab.card.more.isVisible()


def test_a_step_that_was_not_saved_is_there_after_a_power_cut(
    qtbot: QtBot, tab: ResolutionsTab, matter: Matter3, dialogs: Dialogs
) -> None:
    dialog = StepDialog(tab.context, matter.row(1))
    qtbot.addWidget(dialog)
    dialog.words.setPlainText("3 号楼装完")
    dialog.findChild(FormKeeper).keep()
    taken: list[str] = []
    answer(dialogs, StepDialog, lambda again: taken.append(again.words.toPlainText()))
    tab.show_record(Unsaved("progress:1"))
    assert taken == ["3 号楼装完"]


def test_the_ledger_that_leaves_has_no_whole_numbers(matter: Matter3) -> None:
    done(matter)
    row = replace(matter.row(1), owner="冯经理 13812340612", words="电话 13812340612")
    told = {one.title: str(one.value(row)) for one in ledger(matter.stage.today)}
    assert told["责任人"] == "冯经理 138 **** 0612"
    assert told["内容"] == "电话 138 **** 0612"
    assert told["办理结果"] == "24 个单元的灯都亮了"
