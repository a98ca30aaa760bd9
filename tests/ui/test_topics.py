"""提事 by keyboard: registered beside similar ones, screened, merged, signed, made public."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import (
    Action,
    AgendaItem,
    Body,
    BodyKind,
    CategoryGroup,
    Change,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    TopicOrigin,
    TopicState,
)
from app.services import (
    categories,
    diary,
    drafts,
    topic_origins,
    topic_people,
    topic_views,
    topics,
)
from app.services.diary_input import DiaryInput, Met
from app.services.topic_input import TopicInput
from app.services.topic_views import TopicRow
from app.storage.engine import Database
from app.ui.kit.buttons import Button
from app.ui.kit.states import EmptyState
from app.ui.meetings.page import TABS, MeetingsPage
from app.ui.meetings.topics.form import TopicDialog
from app.ui.meetings.topics.merge_dialog import MergeDialog
from app.ui.meetings.topics.people_dialog import PeopleDialog
from app.ui.meetings.topics.publish_dialog import PublishDialog
from app.ui.meetings.topics.screen_dialog import ScreenDialog
from app.ui.meetings.topics.tab import TopicsTab
from app.ui.people.meetings_wish import NewTopic, ShowMeeting, ShowTopic
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.topic_entry import go_to_topic, topic_words
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import GRID_MEMBER, READER
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.ui import people_office
from tests.ui.people_office import Office

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "提事")


@pytest.fixture
def office(database: Database) -> Office:
    found = people_office.found(database)
    with database.transaction("类别") as session:
        categories.seed(session)
    return found


@pytest.fixture
def tab(qtbot: QtBot, context: Context, office: Office) -> TopicsTab:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> TopicsTab:
    page = MeetingsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    found = page.open("提事")
    assert isinstance(found, TopicsTab)
    return found


def raised(context: Context, office: Office, title: str, **more: Any) -> int:
    with context.database.transaction("登记") as session:
        kind = categories.categories(session, CategoryGroup.MATTER)[0].id
        values = {"title": title, "category_id": kind, "resident_id": office["王秀兰"]}
        return topics.register(session, TopicInput(**values | more), now=context.clock.now())


def listed(context: Context) -> list[TopicRow]:
    with context.database.lookup() as lookup:
        return topic_views.rows(lookup, topic_views.list_ids(lookup))


def shown(tab: TopicsTab, topic_id: int) -> None:
    tab.refresh()
    tab.show_topic(topic_id)


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


def fill(dialog: TopicDialog, title: str, name: str = "") -> None:
    dialog.fields.title.setText(title)
    dialog.fields.category.setCurrentIndex(1)
    dialog.fields.person.set_value({"resident_id": None, "name": name})


def test_a_slip_is_registered_by_keys_and_shown_with_its_way(
    qtbot: QtBot, context: Context, tab: TopicsTab, dialogs: Dialogs
) -> None:
    def write(dialog: TopicDialog) -> None:
        fill(dialog, "5 号楼下水井堵了", "路过的人")
        dialog.fields.wish.setText("清一清")
        qtbot.keyClick(dialog.fields.wish, ENTER, CTRL)

    met = with_dialog(dialogs, TopicDialog, write)
    qtbot.keyClick(tab.list.table, Qt.Key.Key_N, CTRL)

    assert met == ["登记提事"]
    [one] = listed(context)
    assert (one.title, one.who, one.origin) == ("5 号楼下水井堵了", "路过的人", TopicOrigin.FORUM)
    assert tab.card.topic == one
    assert tab.card.title.text() == "5 号楼下水井堵了"


def test_a_box_of_slips_is_written_down_one_after_the_other(
    qtbot: QtBot, context: Context, tab: TopicsTab, dialogs: Dialogs
) -> None:
    titles = ["下水井堵了", "楼道堆物"]
    origins: list[TopicOrigin] = []

    def write(dialog: TopicDialog) -> None:
        origins.append(dialog.fields.chosen_origin)
        if not titles:
            dialog.reject()
            return
        fill(dialog, titles.pop(0))
        dialog.fields.origin.choose_id(1)
        qtbot.keyClick(dialog.fields.wish, ENTER, CTRL | Qt.KeyboardModifier.ShiftModifier)

    with_dialog(dialogs, TopicDialog, write)
    tab.actions_.new()
    assert origins == [TopicOrigin.FORUM, TopicOrigin.SLIP, TopicOrigin.SLIP]
    assert {one.title for one in listed(context)} == {"下水井堵了", "楼道堆物"}


def test_what_was_said_before_stands_beside_the_title_and_takes_the_new_one_in(
    context: Context, tab: TopicsTab, office: Office, dialogs: Dialogs
) -> None:
    before = raised(context, office, "3 号楼楼道灯不亮")
    raised(context, office, "停车位划分")

    def write(dialog: TopicDialog) -> None:
        fill(dialog, "楼道灯坏了", "李大爷")
        dialog.look()
        assert [one.id for one in dialog.side.found] == [before]
        [merge] = [one for one in dialog.side.findChildren(Button) if one.text() == "并到这一件"]
        merge.click()

    with_dialog(dialogs, TopicDialog, write)
    tab.actions_.new()

    new = next(one for one in listed(context) if one.title == "楼道灯坏了")
    assert (new.state, new.merged_into_id) == (TopicState.MERGED, before)
    assert tab.card.topic is not None
    assert tab.card.topic.id == before


def test_a_topic_without_a_kind_is_not_kept_and_what_was_typed_stays(
    context: Context, tab: TopicsTab, dialogs: Dialogs
) -> None:
    said: list[str] = []

    def answer(dialog: QDialog) -> int:
        if not isinstance(dialog, TopicDialog):
            said.append(dialog.words)  # type: ignore[attr-defined]  # a message of the program
            return 1
        dialog.fields.title.setText("楼道灯不亮")
        dialog.save()
        assert dialog.fields.title.text() == "楼道灯不亮"
        return 0

    dialogs.on_dialog = answer
    tab.actions_.new()
    assert said == ["请选类别，公布清单和统计按类别分。"]
    assert listed(context) == []


def test_screening_by_keys_asks_for_a_reason_only_where_it_is_not_taken_up(
    qtbot: QtBot, context: Context, tab: TopicsTab, office: Office, dialogs: Dialogs
) -> None:
    key = raised(context, office, "楼道灯不亮")
    shown(tab, key)

    with_dialog(dialogs, ScreenDialog, lambda dialog: qtbot.keyClick(dialog.reason, ENTER, CTRL))
    qtbot.keyClick(tab.list.table, Qt.Key.Key_S, ALT)
    assert listed(context)[0].state is TopicState.ACCEPTED

    def turn_down(dialog: ScreenDialog) -> None:
        dialog.answer.set_value(False)
        dialog.reason.setText("属物业合同，已转物业")
        dialog.confirm.click()

    with_dialog(dialogs, ScreenDialog, turn_down)
    tab.card.screening.click()
    [one] = listed(context)
    assert (one.state, one.screen_reason) == (TopicState.TURNED_DOWN, "属物业合同，已转物业")


def test_merging_offers_what_is_alike_and_goes_on_with_the_chosen_one(
    context: Context, tab: TopicsTab, office: Office, dialogs: Dialogs
) -> None:
    keep, other = raised(context, office, "楼道灯不亮"), raised(context, office, "楼道灯坏了")
    raised(context, office, "停车位划分")
    shown(tab, other)

    def merge(dialog: MergeDialog) -> None:
        assert list(dialog.model.ids) == [keep]
        dialog.merge()

    with_dialog(dialogs, MergeDialog, merge)
    tab.card.merge.click()
    assert tab.card.topic is not None
    assert (tab.card.topic.id, tab.card.topic.merged) == (keep, 1)


def test_who_signs_is_put_on_the_list_by_enter_and_taken_off_by_delete(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    key = raised(context, office, "楼道灯不亮")
    dialog = PeopleDialog(context, listed(context)[0])
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.person.set_value({"resident_id": office["仇志国"], "name": "仇志国"})
    qtbot.keyClick(dialog.person, ENTER)
    qtbot.keyClicks(dialog.person, "Mary")
    qtbot.keyClick(dialog.person, ENTER)
    assert dialog.said.text() == "Mary 加上了。"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)

    with context.database.lookup() as lookup:
        assert [one.name for one in topic_people.behind(lookup, key)] == ["王秀兰", "仇志国"]
    # Who spoke stays on the list.
    dialog.table.select_row(0)
    assert not dialog.off_button.isEnabled()


def test_the_list_is_made_public_and_found_in_the_papers(
    context: Context, tab: TopicsTab, office: Office, dialogs: Dialogs
) -> None:
    lights, parking = raised(context, office, "楼道灯不亮"), raised(context, office, "停车位划分")
    for key in (lights, parking):
        shown(tab, key)
        with_dialog(dialogs, ScreenDialog, lambda dialog: dialog.save())
        tab.card.screening.click()
    asked: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, wish: asked.append((page, wish)))

    def publish(dialog: PublishDialog) -> None:
        dialog.model.tick([1], on=True)
        dialog.save()

    with_dialog(dialogs, PublishDialog, publish)
    tab.actions_.publish()
    rows = {one.id: one for one in listed(context)}
    assert rows[lights].notice_id is None
    assert asked == [("papers", MadeNotice(rows[parking].notice_id or 0))]


def test_blank_slips_are_printed_and_name_the_office(
    qtbot: QtBot, context: Context, tab: TopicsTab, dialogs: Dialogs
) -> None:
    told: list[str] = []
    with_dialog(dialogs, PaperPreview, lambda dialog: told.append(text_by_pdfium(dialog.data)))
    tab.actions_.slips()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].count("议题征集表") == 20


def test_another_page_opens_the_form_with_the_person_and_a_draft_goes_on(
    context: Context, tab: TopicsTab, office: Office, dialogs: Dialogs
) -> None:
    names: list[str] = []

    def look(dialog: TopicDialog) -> None:
        names.append(dialog.fields.person.text())
        dialog.fields.wish.setText("早点修")
        with context.database.transaction("草稿") as session:
            key, typed = f"topic:person-{office['仇志国']}", {"希望怎么办": "早点修"}
            drafts.keep(session, key, typed, now=context.clock.now(), title="登记提事")

    with_dialog(dialogs, TopicDialog, look)
    tab.show_record(NewTopic(resident_id=office["仇志国"]))
    assert names == ["仇志国"]

    wishes: list[str] = []
    with_dialog(dialogs, TopicDialog, lambda dialog: wishes.append(dialog.fields.person.text()))
    tab.show_record(Unsaved(f"topic:person-{office['仇志国']}"))
    assert wishes == ["仇志国"]


def test_a_topic_that_a_filter_hides_is_shown_when_it_is_asked_for(
    context: Context, tab: TopicsTab, office: Office
) -> None:
    key = raised(context, office, "楼道灯不亮")
    tab.refresh()
    tab.list.state.choose(TopicState.DONE)
    assert tab.list.table.findChildren(EmptyState)
    assert tab.card.topic is None
    tab.show_record(ShowTopic(key))
    assert tab.card.topic is not None
    assert tab.card.topic.id == key


def test_a_grid_member_registers_and_is_offered_no_screening(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    tab = opened(qtbot, seen_by(context, "孙丽", GRID_MEMBER))
    raised(context, office, "楼道灯不亮")
    tab.refresh()
    assert tab.card.screening.withheld
    assert not tab.new_button.withheld
    offered = [one.text() for one in tab.findChildren(QPushButton) if one.isVisible()]
    assert "审定" not in offered


def test_what_came_of_a_topic_is_offered_by_its_name_and_its_way_is_printed(
    qtbot: QtBot, context: Context, tab: TopicsTab, office: Office, dialogs: Dialogs
) -> None:
    key = raised(context, office, "楼道灯不亮")
    with context.database.transaction("开过会") as session:
        body = Body(kind=BodyKind.CONSULTATION, name="议事协商会", since=context.clock.today())
        session.add(body)
        session.flush()
        day = context.clock.today()
        held = {"on_date": day, "starts": 840, "notified_on": day, "state": MeetingState.ENDED}
        meeting = Meeting(body_id=body.id, number=1, title="第 1 次议事会", **held)
        session.add(meeting)
        session.flush()
        about = {"place": 1, "kind": ItemKind.DISCUSS, "title": "灯", "state": ItemState.DONE}
        session.add(AgendaItem(meeting_id=meeting.id, topic_id=key, **about))
        meeting_id = meeting.id
    shown(tab, key)

    tab.card.open_more()
    [menu] = tab.card.more.findChildren(QMenu)
    offered = {one.text(): one for one in menu.actions()}
    asked: list[object] = []
    context.signals.page_requested.connect(lambda _, wish: asked.append(wish))
    offered["看会议 第 1 次议事会"].trigger()
    assert asked == [ShowMeeting(meeting_id)]

    told: list[str] = []
    with_dialog(dialogs, PaperPreview, lambda dialog: told.append(text_by_pdfium(dialog.data)))
    offered["打印来龙去脉（A4 张贴）"].trigger()
    qtbot.waitUntil(lambda: bool(told))
    assert "楼道灯不亮" in told[0]
    assert "王秀兰" not in told[0]


def test_a_line_of_the_diary_becomes_a_topic_once_and_then_shows_it(
    context: Context, office: Office
) -> None:
    day = context.clock.today()
    with context.database.transaction("日记") as session:
        met = (Met(resident_id=office["王秀兰"]),)
        seen = DiaryInput(on_date=day, met=met, seen="楼道灯三个月不亮，老人上楼摸黑")
        entry = diary.write(session, seen, now=context.clock.now())
    asked: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda page, wish: asked.append((page, wish)))
    wish = NewTopic(diary_entry_id=entry)

    assert topic_words(context, wish) == "提为议题"
    go_to_topic(context, wish)
    with context.database.transaction("登记") as session:
        begun = topic_origins.blank(session, diary_entry_id=entry)
        kind = categories.categories(session, CategoryGroup.MATTER)[0].id
        entered = replace(begun, category_id=begun.category_id or kind)
        key = topics.register(session, entered, now=context.clock.now())
    assert (begun.title, begun.origin) == ("楼道灯三个月不亮", TopicOrigin.DIARY)
    assert topic_words(context, wish) == "看 1 号议题"
    go_to_topic(context, wish)
    assert asked == [("meetings", wish), ("meetings", ShowTopic(key))]
    assert topic_words(seen_by(context, "小陈", READER), NewTopic(visit_id=9)) == ""


def test_the_number_of_whoever_spoke_is_shown_and_the_look_is_on_record(
    context: Context, tab: TopicsTab, office: Office, dialogs: Dialogs
) -> None:
    shown(tab, raised(context, office, "楼道灯不亮"))
    tab.card.asked.emit("phone")
    assert dialogs.shown == ["王秀兰　13840310612"]
    with context.database.reading() as session:
        looked = select(Change.table_name).where(Change.action == Action.LOOKED)
        assert session.scalars(looked).all() == ["topic"]


def test_a_topic_that_is_thrown_away_leaves_the_next_one_on_the_card(
    context: Context, tab: TopicsTab, office: Office, dialogs: Dialogs
) -> None:
    keep, away = raised(context, office, "停车位划分"), raised(context, office, "楼道灯不亮")
    shown(tab, away)
    dialogs.answers.append("删除")
    tab.card.asked.emit("remove")
    tab.refresh()
    assert [one.id for one in listed(context)] == [keep]
    assert tab.card.topic is not None
    assert tab.card.topic.id == keep
