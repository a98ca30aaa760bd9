"""议事 for whoever sees some grids only, and for whoever only reads: what is offered does
something, what is told is true of the whole."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import (
    Appraisal,
    MeetingState,
    ResolutionState,
    TopicOrigin,
    TopicState,
    Verdict,
)
from app.services import agenda, evaluations, meeting_checks, topics
from app.services.evaluations import EvaluationInput
from app.services.topic_input import TopicInput
from app.storage.engine import Database
from app.ui.meetings.bodies.tab import APPRAISALS, BodiesTab
from app.ui.meetings.fund.tab import FundTab
from app.ui.meetings.joint.tab import JointTab
from app.ui.meetings.joint.words import MEMBERS
from app.ui.meetings.lists.tab import ListsTab
from app.ui.meetings.lists.words import NEEDS, PROJECTS, RESOURCES
from app.ui.meetings.live.view import LiveMeeting
from app.ui.meetings.plan.agenda_dialog import AgendaDialog
from app.ui.meetings.plan.tab import MeetingsTab
from app.ui.meetings.resolutions.evaluation_dialog import EvaluationDialog
from app.ui.meetings.resolutions.tab import ResolutionsTab
from app.ui.meetings.topics.tab import TopicsTab
from app.values.rights import GRID_MEMBER, READER
from tests.actors import actor
from tests.services.meeting_plans import planned
from tests.services.resolution_stage import Matter3, matter_on

CLERK, SECRETARY = "社工", "书记"
DEAD = {"修改", "审定、修改", "登记进展", "评议", "导出", "台账", "打印清单", "打印"}
"""What legends promise that needs a right"""


@pytest.fixture
def matter(database: Database) -> Matter3:
    """A matter of the first grid at a meeting that goes on, and 陈桂芳 of it."""
    return matter_on(database)


def come_in(context: Context, matter: Matter3, role: str, grid: str = "two") -> None:
    """Of the roles the 网格员 sees one grid; the matter is that of `one`."""
    who = actor("孙丽", role)
    if role == GRID_MEMBER:
        who = replace(who, grids=frozenset({matter.stage.grids[grid]}))
    context.database.act_as(who)


def shown(qtbot: QtBot, widget: Any) -> Any:
    qtbot.addWidget(widget)
    widget.resize(1190, 690)
    widget.refresh()
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def promised(tab: Any) -> set[str]:
    return {words for _, words in tab.legend} & DEAD


def said(widget: QWidget) -> str:
    """Every sentence that is seen."""
    found = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    return "\n".join(found)


def menu() -> list[str]:
    """What the open menu offers; it is closed."""
    popup = QApplication.activePopupWidget()
    if not isinstance(popup, QMenu):
        return []
    found = [one.text().partition("\t")[0] for one in popup.actions() if one.text()]
    popup.close()
    return found


# -- the meeting


@pytest.mark.parametrize(("role", "prints"), [(READER, False), (GRID_MEMBER, False), (CLERK, True)])
def test_papers_of_a_meeting_are_offered_to_whoever_sees_all_of_it(
    qtbot: QtBot, context: Context, matter: Matter3, role: str, prints: bool
) -> None:
    matter.stage.tamper(f"UPDATE meeting SET state = '{MeetingState.FILED}'")
    come_in(context, matter, role, "one")
    page = shown(qtbot, LiveMeeting(context, matter.meeting_id))
    asked: list[int] = []
    page.papers.choose = lambda: asked.append(1)
    qtbot.keyClick(page.agenda.list, Qt.Key.Key_F9)
    assert page.top.print.isVisible() is prints
    assert bool(asked) is prints
    assert ("打印" in promised(page)) is prints


def test_a_meeting_without_the_own_matters_is_not_called_one_without_an_agenda(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    come_in(context, matter, GRID_MEMBER)
    told = said(shown(qtbot, LiveMeeting(context, matter.meeting_id)))
    assert "这次会没有您网格的议程。\n共 1 项，是全社区或别的网格的事。" in told
    assert "1 项，您的网格 0 项" in told
    assert "您网格的签到" in told
    assert "您的网格里没有人签到" in told
    assert "还没有" not in told
    assert "F12" not in told


def test_who_reads_a_meeting_that_is_over_is_told_no_keys_to_type_with(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    matter.stage.tamper(f"UPDATE meeting SET state = '{MeetingState.FILED}'")
    come_in(context, matter, READER)
    page = shown(qtbot, LiveMeeting(context, matter.meeting_id))
    assert page.minutes.edit.placeholderText() == "这一项没有记录。"
    assert page.minutes.told.text() == "已定稿"
    assert "没有人签到" in said(page)
    assert "F12" not in said(page)


def test_an_empty_agenda_of_a_meeting_that_is_over_gives_no_advice(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    key = planned(matter.stage)
    come_in(context, matter, READER)
    page = shown(qtbot, LiveMeeting(context, key))
    assert "还没有议程。" in said(page)
    assert "可以加临时议题" not in said(page)
    matter.stage.tamper(f"UPDATE meeting SET state = '{MeetingState.FILED}' WHERE id = {key}")
    come_in(context, matter, SECRETARY)
    page.refresh()
    assert "没有议程。" in said(page)
    assert "还没有议程" not in said(page)


# -- before the meeting


def put_on(matter: Matter3) -> int:
    """A meeting to come with the topic of the first grid, taken up."""
    stage = matter.stage
    stage.tamper(f"UPDATE topic SET state = '{TopicState.ACCEPTED}'")
    stage.tamper(f"UPDATE meeting SET state = '{MeetingState.CANCELLED}'")
    key = planned(stage)
    stage.do(agenda.add_topics, key, [matter.topic_id])
    return key


def test_an_agenda_of_other_grids_is_not_missing(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    key = put_on(matter)
    come_in(context, matter, GRID_MEMBER)
    with context.database.lookup() as lookup:
        found = meeting_checks.checks(lookup, key, today=matter.stage.today)
    line = next(one for one in found if one.name == "议程")
    assert (line.done, line.words) == (True, "共 1 项")

    tab = shown(qtbot, MeetingsTab(context))
    tab.show_meeting(key)
    assert "还没有议程" not in said(tab.card)
    dialog = AgendaDialog(context, tab.card.meeting)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "共 1 项，您的网格没有" in said(dialog)
    assert "还没有议程" not in said(dialog)
    assert dialog.said.text().startswith("共 1 项，这里只列您网格的。")
    assert "您的网格已立题的议题都上会了。" in dialog.said.text()


@pytest.mark.parametrize(
    ("role", "there"), [(READER, False), (GRID_MEMBER, False), (SECRETARY, True)]
)
def test_the_menu_of_a_meeting_is_there_where_it_offers_something(
    qtbot: QtBot, context: Context, matter: Matter3, role: str, there: bool
) -> None:
    key = put_on(matter)
    come_in(context, matter, role, "one")
    tab = shown(qtbot, MeetingsTab(context))
    tab.show_meeting(key)
    assert tab.card.more.isVisible() is there
    assert tab.card.sheet.isVisible() is there


# -- topics and resolutions


def test_the_sheet_of_a_topic_is_offered_to_whoever_sees_all_of_it(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    for role, offered in ((GRID_MEMBER, False), (CLERK, True)):
        come_in(context, matter, role, "one")
        tab = shown(qtbot, TopicsTab(context))
        tab.show_topic(matter.topic_id)
        tab.card.open_more()
        assert any("来龙去脉" in words for words in menu()) is offered


def test_the_sheet_is_offered_in_the_same_way_from_its_resolution(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    made = matter.make()
    for role, offered in ((GRID_MEMBER, False), (CLERK, True)):
        come_in(context, matter, role, "one")
        tab = shown(qtbot, ResolutionsTab(context))
        tab.show_resolution(made)
        tab.print_button.click()
        found = menu()
        assert "办理进度（列出的各项）" in found
        assert any("来龙去脉" in words for words in found) is offered


def test_a_topic_merged_into_another_grids_is_shown_with_its_own_way(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    stage, key = matter.stage, matter.topic_id
    facts = {"origin": TopicOrigin.SLIP, "resident_id": stage.people["sun"]}
    [(category,)] = stage.ask(f"SELECT category_id FROM topic WHERE id = {key}")
    other = TopicInput(title="楼道太黑", category_id=category, **facts)
    kept = stage.do(topics.register, other, now=stage.now)
    stage.tamper(
        f"UPDATE topic SET state = '{TopicState.MERGED}', merged_into_id = {kept} WHERE id = {key}"
    )
    come_in(context, matter, GRID_MEMBER, "one")
    tab = shown(qtbot, TopicsTab(context))
    tab.show_topic(key)
    assert tab.card.topic is not None
    assert tab.card.topic.id == key
    assert "楼道没有灯" in said(tab.card)


def test_the_evaluation_lists_ones_own_and_says_how_many_are_others(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    made = matter.make() or 0
    values = f"state = '{ResolutionState.DONE}', done_on = '2026-11-20'"
    matter.stage.tamper(f"UPDATE resolution SET {values}")
    for who in ("chen", "sun"):
        entered = EvaluationInput(
            resident_id=matter.stage.people[who],
            on_date=matter.stage.today,
            verdict=Verdict.GOOD,
        )
        matter.do(evaluations.evaluate, made, entered)
    row = matter.row(made)
    come_in(context, matter, GRID_MEMBER, "one")
    dialog = EvaluationDialog(context, row)
    qtbot.addWidget(dialog)
    assert dialog.said.text() == "满意 2 人，其中别的网格 1 人"
    ids = list(dialog.model.ids)
    assert matter.stage.people["sun"] not in dialog.table.paper.people(ids)


# -- keys and menus


def test_legends_promise_what_the_keys_do(qtbot: QtBot, context: Context, matter: Matter3) -> None:
    matter.make()
    told = {
        TopicsTab: {SECRETARY: {"审定、修改"}, GRID_MEMBER: {"修改"}},
        ResolutionsTab: {SECRETARY: {"登记进展", "导出"}, GRID_MEMBER: {"登记进展"}},
        JointTab: {SECRETARY: {"台账"}},
        ListsTab: {SECRETARY: {"打印清单", "修改"}, GRID_MEMBER: {"打印清单"}},
        FundTab: {SECRETARY: {"台账"}, GRID_MEMBER: {"台账"}},
    }
    for kind, wanted in told.items():
        for role in (SECRETARY, GRID_MEMBER, READER):
            come_in(context, matter, role, "one")
            tab = shown(qtbot, kind(context))
            assert promised(tab) == wanted.get(role, set()), (kind, role)


def test_an_appraisal_is_changed_by_enter_where_there_is_one(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    come_in(context, matter, SECRETARY)
    tab = shown(qtbot, BodiesTab(context))
    told: list[set[str]] = []
    tab.legend_changed.connect(lambda: told.append(promised(tab)))
    tab.show_view(APPRAISALS)
    assert promised(tab) == set()
    facts = {"year": 2026, "held_on": matter.stage.today, "led_by": "监督委员会", "voters": 9}
    matter.stage.put(Appraisal, entered_at=matter.stage.now, **facts)
    come_in(context, matter, SECRETARY)
    tab.refresh()
    assert told[-1] == promised(tab) == {"修改"}
    come_in(context, matter, READER)
    assert promised(tab) == set()


def test_no_menu_is_offered_that_is_empty(qtbot: QtBot, context: Context, matter: Matter3) -> None:
    there = {
        BodiesTab: {SECRETARY},
        ListsTab: {SECRETARY, GRID_MEMBER},
        FundTab: {SECRETARY, GRID_MEMBER},
    }
    for kind, wanted in there.items():
        for role in (SECRETARY, GRID_MEMBER, READER):
            come_in(context, matter, role, "one")
            tab = shown(qtbot, kind(context))
            for widget in () if kind is BodiesTab else tab.head:
                widget.setParent(tab)
                widget.show()
            more = tab.bodies.card.more if isinstance(tab, BodiesTab) else tab.more
            assert more.isVisible() is (role in wanted), (kind, role)
            if role in wanted:
                more.click()
                assert menu()


def test_the_register_of_the_committee_is_not_printed_of_one_grid(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    come_in(context, matter, GRID_MEMBER)
    tab = shown(qtbot, JointTab(context))
    tab.open_menu()
    assert "打印兼职委员台账…" not in menu()
    come_in(context, matter, CLERK)
    tab.open_menu()
    assert "打印兼职委员台账…" in menu()


def test_an_empty_list_of_one_grid_is_told_as_that(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    come_in(context, matter, GRID_MEMBER)
    joint = shown(qtbot, JointTab(context))
    joint.show_view(MEMBERS)
    lists = shown(qtbot, ListsTab(context))
    told = {"大党委": said(joint)}
    for name in (NEEDS, PROJECTS, RESOURCES):
        lists.show_view(name)
        told[name] = said(lists)
    told["经费"] = said(shown(qtbot, FundTab(context)))
    told["提事"] = said(shown(qtbot, TopicsTab(context)))
    told["决议"] = said(shown(qtbot, ResolutionsTab(context)))
    assert "您的网格里没有兼职委员" in told["大党委"]
    assert "您的网格里没有需求" in told[NEEDS]
    assert "您的网格里没有项目" in told[PROJECTS]
    assert "资源清单还是空的" in told[RESOURCES]
    assert "您的网格里没有用专项经费的项目" in told["经费"]
    assert "您的网格里还没有居民提事" in told["提事"]
    assert "您的网格里还没有决议" in told["决议"]


def test_a_list_that_leaves_says_of_which_grid_it_is(
    qtbot: QtBot, context: Context, matter: Matter3
) -> None:
    def tables() -> dict[str, str]:
        bodies, joint = shown(qtbot, BodiesTab(context)), shown(qtbot, JointTab(context))
        lists, topic = shown(qtbot, ListsTab(context)), shown(qtbot, TopicsTab(context))
        done = shown(qtbot, ResolutionsTab(context))
        card = bodies.bodies.card
        found = {
            "成员": card.members.table,
            "业主": card.owners.table,
            "委员": joint.members.table,
            "提事": topic.list.table,
            "决议": done.list.table,
            "资源": lists.resources.table,
            "需求": lists.needs.table,
            "项目": lists.projects.table,
        }
        return {name: table.paper.filter_words() for name, table in found.items()}

    come_in(context, matter, GRID_MEMBER)
    told = tables()
    assert "第二网格" not in told.pop("资源")
    assert all(words.startswith("只含第二网格") for words in told.values()), told
    come_in(context, matter, CLERK)
    assert not any("网格" in words for words in tables().values())
