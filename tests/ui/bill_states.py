"""The tab 幸福账单 in its states."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtWidgets import QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    Building,
    Category,
    CategoryGroup,
    Grid,
    Level,
    Origin,
    Request,
    RequestState,
    RequestStep,
    Satisfaction,
    StepKind,
)
from app.services import periods
from app.ui.grids.bill.tab import BillTab
from app.ui.grids.page import GridsPage

_MATTERS = (
    ("楼道灯不亮", "公共设施", "物业", "换了 6 盏声控灯，楼道亮了"),
    ("垃圾桶满了没人清", "环境卫生", None, "和保洁说好，每天早晚各清一次"),
    ("健身器材松动", "公共设施", "街道城建办", "派人加固，更换了两处螺栓"),
    ("申请临时救助", "民生救助", None, "材料已报街道，当月发放"),
    ("楼下烧烤油烟大", "噪声油烟", None, "约谈店主，装了净化器"),
)
_FIRST = date(2026, 11, 2)


def write_some(context: Context) -> None:
    """A dozen requests of this month, where there is none yet."""
    with context.database.transaction("记几件诉求") as session:
        if session.scalar(select(Request.id).limit(1)) is None:
            _write(session)


def _write(session: Session) -> None:
    kinds = {
        one.name: one.id
        for one in session.scalars(select(Category).where(Category.group == CategoryGroup.MATTER))
    }
    grids = list(session.scalars(select(Grid.id).order_by(Grid.number))) or [None]
    building = session.scalar(select(func.min(Building.id)))
    for number in range(12):
        title, kind, handler, answer = _MATTERS[number % len(_MATTERS)]
        came = _FIRST + timedelta(days=number)
        done = came + timedelta(days=number % 4) if number % 4 else None
        one = Request(
            number=20260001 + number,
            came_on=came,
            came_at=datetime.combine(came, time(9)),
            origin=Origin.RESIDENT,
            category_id=kinds[kind],
            title=title,
            building_id=building,
            grid_id=grids[number % len(grids)],
            level=list(Level)[number % 4],
            state=RequestState.CLOSED if done else RequestState.HANDLING,
            handler=handler,
            due_on=None if done else came + timedelta(days=5),
            done_on=done,
            answer=answer if done else None,
            satisfaction=Satisfaction.CONTENT if done else None,
        )
        session.add(one)
        session.flush()
        if done:
            step = RequestStep(
                request_id=one.id,
                at=datetime.combine(done, time(15)),
                kind=StepKind.DONE,
                level=one.level,
                state=RequestState.DONE,
                due_on=came + timedelta(days=2),
            )
            session.add(step)


def opened(page: QWidget) -> BillTab:
    """The tab of the page."""
    assert isinstance(page, GridsPage)
    tab = page.open("幸福账单")
    assert isinstance(tab, BillTab)
    return tab


def _with_requests(page: QWidget) -> BillTab:
    assert isinstance(page, GridsPage)
    write_some(page._context)
    tab = opened(page)
    tab.refresh()
    return tab


def _part(number: int) -> Callable[[QWidget], None]:
    def show(page: QWidget) -> None:
        _with_requests(page).figures.show_part(number)

    return show


def _nothing(page: QWidget) -> None:
    tab = _with_requests(page)
    tab.period.show_period(periods.month(date(2025, 3, 1)))
    tab.figures.show_part(2)


PAGES: dict[str, Callable[[QWidget], None]] = {
    "幸福账单": _part(0),
    "幸福账单 按网格": _part(1),
    "幸福账单 按类别": _part(2),
    "幸福账单 问题清单": _part(3),
    "幸福账单 没有": _nothing,
}
