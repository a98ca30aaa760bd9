"""The tab 提事 in its states, and its dialogs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Category, CategoryGroup, Resident, Topic, TopicOrigin, TopicPersonKind
from app.services import topic_people, topic_screening, topic_views, topics
from app.services.filters import present
from app.services.topic_input import TopicInput
from app.services.topic_views import TopicRow
from app.storage.lookup import query
from app.ui.meetings.page import MeetingsPage
from app.ui.meetings.topics.form import TopicDialog
from app.ui.meetings.topics.merge_dialog import MergeDialog
from app.ui.meetings.topics.people_dialog import PeopleDialog
from app.ui.meetings.topics.publish_dialog import PublishDialog
from app.ui.meetings.topics.screen_dialog import ScreenDialog
from app.ui.meetings.topics.tab import TopicsTab

LIGHTS = "3 号楼至 6 号楼楼道灯不亮"
_SAID: tuple[tuple[str, TopicOrigin, dict[str, Any]], ...] = (
    (
        LIGHTS,
        TopicOrigin.SLIP,
        {
            "body": "六号楼二单元老人多，灯坏了三个月，摸黑上楼不安全。",
            "wish": "换成声控灯",
            "concerns": "3 至 6 号楼",
            "households": 24,
        },
    ),
    ("5 号楼 2 单元楼道灯不亮", TopicOrigin.FORUM, {}),
    ("楼道灯太暗看不清台阶", TopicOrigin.PHONE, {"person": "没留名的居民"}),
    ("3 号楼前停车位划分", TopicOrigin.VISIT, {"place": "3 号楼南侧"}),
    ("小广场健身器材生锈", TopicOrigin.ONLINE, {"place": "小广场"}),
)


class _Stage(Protocol):
    def context(self) -> Context: ...


def raise_some(context: Context) -> int:
    """Topics on the stage, once; gives the id of the one of the dark staircases."""
    with context.database.transaction("准备几件提事") as session:
        known = session.scalar(select(Topic.id).where(Topic.title == LIGHTS))
        return known if known is not None else _raise(session, context)


def _raise(session: Session, context: Context) -> int:
    now = context.clock.now()
    kind = Category.group == CategoryGroup.MATTER
    category = session.scalars(select(Category.id).where(kind).order_by(Category.id)).first()
    people = session.scalars(
        select(Resident.id).where(present()).order_by(Resident.id.desc()).limit(3)
    ).all()
    made = []
    for days, (title, origin, more) in enumerate(_SAID):
        speaks = people[0] if people and "person" not in more else None
        entered = TopicInput(
            title=title,
            category_id=category,
            origin=origin,
            came_on=now.date() - timedelta(days=9 - days),
            resident_id=speaks,
            **more,
        )
        made.append(topics.register(session, entered, now=now))
    lights, again, _, parking, _ = made
    for one in people[1:]:
        topic_people.add(session, lights, TopicPersonKind.SUPPORTS, resident_id=one)
    topic_screening.merge(session, lights, again)
    for one in (lights, parking):
        version = topics.get(session, one).version
        reason = "涉及 24 个单元，先上协商会" if one == lights else ""
        topic_screening.screen(session, one, taken_up=True, reason=reason, version=version, now=now)
    return lights


def _row(stage: _Stage) -> tuple[Context, TopicRow]:
    context = stage.context()
    key = raise_some(context)
    with context.database.lookup() as lookup:
        return context, topic_views.topic(lookup, key)


def _tab(page: QWidget) -> TopicsTab:
    assert isinstance(page, MeetingsPage)
    tab = page.open("提事")
    assert isinstance(tab, TopicsTab)
    return tab


def listed(page: QWidget) -> None:
    """What was brought up, with the way of one; nothing where nobody lives yet."""
    tab = _tab(page)
    with tab.context.database.lookup() as lookup:
        lived_in = lookup.value(query("count(*)", "resident"))
    if lived_in:
        key = raise_some(tab.context)
        tab.refresh()
        tab.show_topic(key)


def form(stage: _Stage) -> QWidget:
    """登记提事 while a title is typed that others used before."""
    context, _ = _row(stage)
    dialog = TopicDialog(context)
    dialog.fields.title.setText("楼道灯坏了不亮")
    dialog.look()
    return dialog


def screening(stage: _Stage) -> QWidget:
    return ScreenDialog(*_row(stage))


def merging(stage: _Stage) -> QWidget:
    return MergeDialog(*_row(stage))


def signed(stage: _Stage) -> QWidget:
    return PeopleDialog(*_row(stage))


def publishing(stage: _Stage) -> QWidget:
    context, _ = _row(stage)
    return PublishDialog(context)


PAGES: dict[str, Callable[[QWidget], None]] = {"提事": listed}
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "登记提事": form,
    "审定议题": screening,
    "并入议题": merging,
    "议题的联名": signed,
    "公布议题清单": publishing,
}
