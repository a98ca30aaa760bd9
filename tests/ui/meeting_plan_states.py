"""The tab 会议 in its states, and its dialogs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    Basis,
    Body,
    BodyKind,
    BodyMember,
    ItemKind,
    Meeting,
    MeetingState,
    MemberRole,
)
from app.services import agenda, meeting_views, meetings
from app.services.agenda import ItemInput
from app.services.meeting_input import MeetingInput
from app.services.meeting_views import MeetingRow
from app.storage.lookup import query
from app.ui.meetings.page import MeetingsPage
from app.ui.meetings.plan.agenda_dialog import AgendaDialog
from app.ui.meetings.plan.call_dialog import CallDialog
from app.ui.meetings.plan.form import MeetingDialog
from app.ui.meetings.plan.item_dialog import ItemDialog
from app.ui.meetings.plan.tab import MeetingsTab

_COUNCIL = "望海社区第六届居民代表会议（会前）"
_LIGHTS = "楼道照明改造"
_DRAFT = (
    "3 号楼至 6 号楼 24 个单元换装声控灯，用服务群众专项经费 18,600 元，"
    "12 月 15 日前完工，由物业维护一年。"
)


class _Stage(Protocol):
    def context(self) -> Context: ...


def plan_some(context: Context) -> int:
    """A council that met last summer and is to meet again, an assembly; the id of the meeting."""
    with context.database.transaction("准备几次会议") as session:
        known = session.scalar(select(Body.id).where(Body.name == _COUNCIL))
        if known is None:
            return _plan(session, context)
        coming = select(Meeting.id).where(
            Meeting.body_id == known, Meeting.state == MeetingState.PLANNED
        )
        return session.scalars(coming).one()


def _plan(session: Session, context: Context) -> int:
    today, now = context.clock.today(), context.clock.now()
    council = _body(session, context, BodyKind.REPRESENTATIVES, _COUNCIL)
    for number in range(1, 46):
        name, role = f"代表{number:02}", MemberRole.REPRESENTATIVE
        session.add(BodyMember(body_id=council, name=name, role=role, since=today.replace(day=1)))
    session.flush()
    day = today + timedelta(days=19)
    usual = {"starts": 14 * 60, "place": "社区三楼会议室", "chair": "王芳", "recorder": "赵敏"}
    entered = MeetingInput(body_id=council, on_date=day, **usual)  # type: ignore[arg-type]  # its own fields
    key = meetings.plan(session, entered, now=now)
    for item in (
        ItemInput(title="通报停车位划分落实情况", kind=ItemKind.REPORT),
        ItemInput(title=_LIGHTS, kind=ItemKind.DECIDE, words=_DRAFT),
        ItemInput(title="增补居民代表 1 人", kind=ItemKind.DECIDE),
        ItemInput(title="广场舞的时间和音量"),
    ):
        agenda.add(session, key, item)
    assembly = _body(session, context, BodyKind.ASSEMBLY, "望海社区居民会议（会前）")
    more = {**usual, "body_id": assembly, "on_date": day, "basis": Basis.HOUSEHOLDS}
    second = meetings.plan(session, MeetingInput(**more), now=now)  # type: ignore[arg-type]  # its own fields
    agenda.add(session, second, ItemInput(title="修改居民公约"))
    return key


def _body(session: Session, context: Context, kind: BodyKind, name: str) -> int:
    since = context.clock.today().replace(month=1, day=8)
    row = Body(kind=kind, name=name, since=since)
    session.add(row)
    session.flush()
    return row.id


def _row(stage: _Stage) -> tuple[Context, MeetingRow]:
    context = stage.context()
    key = plan_some(context)
    with context.database.lookup() as lookup:
        return context, meeting_views.meeting(lookup, key)


def _tab(page: QWidget) -> MeetingsTab:
    assert isinstance(page, MeetingsPage)
    tab = page.open("会议")
    assert isinstance(tab, MeetingsTab)
    return tab


def coming(page: QWidget) -> None:
    """A meeting to come with what it still wants; nothing where nobody lives yet."""
    tab = _tab(page)
    with tab.context.database.lookup() as lookup:
        lived_in = lookup.value(query("count(*)", "resident"))
    if lived_in:
        key = plan_some(tab.context)
        tab.refresh()
        tab.show_meeting(key)


def nothing_found(page: QWidget) -> None:
    """A search that finds no meeting."""
    tab = _tab(page)
    tab.search.setText("没有这样的会")
    tab.list.search("没有这样的会")


def form(stage: _Stage) -> QWidget:
    context, row = _row(stage)
    return MeetingDialog(context, row.id)


def listed(stage: _Stage) -> QWidget:
    context, row = _row(stage)
    dialog = AgendaDialog(context, row)
    dialog.table.select_row(1)
    return dialog


def item(stage: _Stage) -> QWidget:
    context, row = _row(stage)
    with context.database.lookup() as lookup:
        [one] = [one for one in agenda.items(lookup, row.id) if one.title == _LIGHTS]
    return ItemDialog(context, row, one, decides=True)


def call(stage: _Stage) -> QWidget:
    context, row = _row(stage)
    return CallDialog(context, row)


PAGES: dict[str, Callable[[QWidget], None]] = {"会议": coming, "会议 没有找到": nothing_found}
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "修改会议": form,
    "会议的议程": listed,
    "修改议程": item,
    "发会议通知": call,
}
