"""The tab 诉求 in its states: board, table, form, and the dialogs of the steps."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.context import Context
from app.models import (
    Building,
    CategoryGroup,
    Origin,
    Request,
    RequestState,
    Resident,
    Satisfaction,
)
from app.services import categories, request_detail, request_life, requests
from app.services.request_rules import RequestAction
from app.services.requests import RequestInput
from app.ui.grids.page import GridsPage
from app.ui.grids.requests.browse import BOARD, TABLE
from app.ui.grids.requests.merge_dialog import MergeDialog
from app.ui.grids.requests.request_dialog import RequestDialog
from app.ui.grids.requests.steps import Steps
from app.ui.grids.requests.tab import RequestsTab
from app.ui.kit.memory import window_memory
from app.ui.people.grid_wish import NewRequest

_LONG = "雨水井盖松动，好几个月没有人来修"
"""A title that only these requests have: the made-up ones of the demo are there already."""
_KINDS = {
    "地下室有积水": ("公共设施", 1),
    "咨询老年助餐补贴": ("政策咨询", 0),
    "树枝压到电线": ("安全隐患", 6),
    "电动车飞线充电": ("安全隐患", 10),
    _LONG: ("公共设施", 4),
    "夜间施工噪声": ("噪声油烟", 3),
    "单元门关不上": ("物业服务", 2),
    "楼道灯三个月不亮": ("公共设施", 3),
    "楼道灯还是不亮": ("公共设施", 0),
    "垃圾桶移位": ("环境卫生", 4),
    "路灯太暗": ("公共设施", 4),
    "下水堵塞": ("物业服务", 4),
    "楼道门灯": ("公共设施", 4),
}
"""By the title its kind, and how many days ago it came."""


class _Stage(Protocol):
    def context(self) -> Context: ...


class Desk:
    """Brings requests to where a screen or test wants them, each with its present version."""

    def __init__(self, context: Context) -> None:
        self.context = context
        with context.database.reading() as session:
            known = categories.categories(session, CategoryGroup.MATTER)
            self._kinds = {one.name: one.id for one in known}
            self._buildings = session.scalars(
                select(Building.id).order_by(Building.id).limit(2)
            ).all()
            self._people = session.scalars(
                select(Resident.id).where(Resident.deleted_at.is_(None)).limit(30)
            ).all()
        self._count = 0

    def register(self, title: str, **fields: object) -> int:
        """A request of the next person, at one of the buildings."""
        kind, days = _KINDS.get(title, ("公共设施", 0))
        place, self._count = self._count, self._count + 1
        at = self.context.clock.now() - timedelta(days=days)
        values: dict[str, object] = {
            "title": title,
            "category_id": self._kinds[kind],
            "came_at": at,
            "origin": Origin.PHONE,
            "person": "" if self._people else "王秀兰",
            "resident_id": self._people[place % len(self._people)] if self._people else None,
            "building_id": self._buildings[place % len(self._buildings)]
            if self._buildings
            else None,
            "unit": "2" if self._buildings else "",
            "place": "" if self._buildings else "小广场",
        }
        entered = RequestInput(**(values | fields))  # type: ignore[arg-type]  # its own fields
        with self.context.database.transaction(f"登记诉求 {title}") as session:
            return requests.register(session, entered, now=at)

    def do(self, request_id: int, act: Callable[..., object], **fields: object) -> None:
        with self.context.database.transaction("办诉求") as session:
            version = request_detail.get(session, request_id).version
            now = self.context.clock.now()
            act(session, request_id, version=version, now=now, **fields)

    def handled(self, title: str, **fields: object) -> int:
        key = self.register(title, **fields)
        self.do(key, request_life.accept)
        self.do(key, request_life.assign, handler="物业")
        return key

    def at_street(self, title: str, **fields: object) -> int:
        key = self.handled(title, **fields)
        why = "公共电表改造，物业无权开箱"
        self.do(key, request_life.hand_up, reason=why, to="街道城建办")
        return key

    def done(self, title: str, **fields: object) -> int:
        key = self.handled(title, **fields)
        self.do(key, request_life.finish, answer="已经修好，请居民查看。")
        return key


def write_some(context: Context) -> None:
    """Something in every column, once, where there are people."""
    with context.database.reading() as session:
        there = session.scalar(select(Request.id).where(Request.title == _LONG))
        people = session.scalar(select(Resident.id).limit(1))
    if there or not people:
        return
    desk = Desk(context)
    for title in ("地下室有积水", "咨询老年助餐补贴"):
        desk.register(title)
    desk.do(desk.register("树枝压到电线"), request_life.accept)
    late = desk.handled("电动车飞线充电")
    desk.do(late, request_life.flag, words="本周内办完")
    waiting = desk.handled(_LONG)
    until = context.clock.today() + timedelta(days=17)
    desk.do(waiting, request_life.ask_extension, until=until, reason="井盖要订做")
    for title in ("夜间施工噪声", "单元门关不上"):
        desk.handled(title)
    up = desk.at_street("楼道灯三个月不亮", promise="周五前答复", phone="13840310612")
    again = desk.register("楼道灯还是不亮")
    with context.database.transaction("并案") as session:
        requests.merge(session, up, again, now=context.clock.now())
    desk.done("垃圾桶移位")
    for title, said in (("路灯太暗", "DISCONTENT"), ("下水堵塞", "CONTENT"), ("楼道门灯", "FAIR")):
        key = desk.done(title)
        answer = Satisfaction[said]
        desk.do(key, request_life.call_back, satisfaction=answer, words="还是暗")
    desk.do(key, request_life.close)


def opened(page: QWidget, view: str = BOARD) -> RequestsTab:
    """The tab of the page, with something on it."""
    assert isinstance(page, GridsPage)
    window_memory().setValue("诉求/看法", view)
    tab = page.open("诉求")
    assert isinstance(tab, RequestsTab)
    write_some(tab.context)
    tab.refresh()
    tab.browse.take_focus()
    return tab


def key_of(context: Context, title: str) -> int:
    with context.database.reading() as session:
        wanted = select(Request.id).where(Request.title == title).order_by(Request.id.desc())
        return int(session.scalars(wanted).first() or 0)


def board(page: QWidget) -> None:
    tab = opened(page)
    if found := key_of(tab.context, "楼道灯三个月不亮"):
        tab.show_request(found)


def closed(page: QWidget) -> None:
    opened(page).browse.board.go_to(RequestState.CLOSED)


def table(page: QWidget) -> None:
    opened(page, TABLE)


def form_with_likeness(page: QWidget) -> None:
    tab = opened(page)
    key = key_of(tab.context, "楼道灯三个月不亮")
    with tab.context.database.reading() as session:
        entered, _ = requests.input_of(session, key)
    tab.show_record(NewRequest())
    assert tab.form is not None
    tab.form.fields.show(entered)
    tab.form.look()


def _whole(stage: _Stage) -> QWidget:
    context = stage.context()
    write_some(context)
    return RequestDialog(context, key_of(context, "楼道灯三个月不亮"))


def _merge(stage: _Stage) -> QWidget:
    context = stage.context()
    write_some(context)
    return MergeDialog(context, _detail(context, "地下室有积水"))


def _step(title: str, action: RequestAction) -> Callable[[_Stage], QWidget]:
    def build(stage: _Stage) -> QWidget:
        context = stage.context()
        write_some(context)
        return Steps(context, QWidget()).dialog(_detail(context, title), action)

    return build


def _detail(context: Context, title: str) -> request_detail.RequestDetail:
    key = key_of(context, title)
    with context.database.reading() as session:
        return request_detail.detail(session, key, today=context.clock.today())


PAGES: dict[str, tuple[Callable[[QWidget], None], bool]] = {
    "诉求": (board, True),
    "诉求 表格": (table, True),
    "诉求 已销号": (closed, False),
    "记诉求 有同样的": (form_with_likeness, False),
}
"""Each with whether it looks different without records."""
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "诉求 全部经过": _whole,
    "诉求 并案": _merge,
    "诉求 受理": _step("地下室有积水", RequestAction.ACCEPT),
    "诉求 上报": _step("夜间施工噪声", RequestAction.HAND_UP),
    "诉求 回访": _step("垃圾桶移位", RequestAction.CALL_BACK),
}
