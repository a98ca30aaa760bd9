"""走访 in its states, on a stage where people were visited, missed and put off."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.context import Context
from app.models import Grid, Resident, VisitAlarm, VisitResult, VisitRule, VisitSheet
from app.services import visit_book, visit_deferrals, visit_due, visit_log, visit_sheets
from app.services.filters import present
from app.services.visit_log import VisitInput
from app.services.visit_sheets import Found, SheetInput
from app.storage.engine import Database
from app.ui.grids.page import GridsPage
from app.ui.grids.visits.alarm_dialog import AlarmDialog
from app.ui.grids.visits.correct_dialog import CorrectDialog
from app.ui.grids.visits.defer_dialog import DeferDialog
from app.ui.grids.visits.sheet_dialog import SheetDialog
from app.ui.grids.visits.tab import LOG, VisitsTab
from app.ui.grids.visits.type_back import TypeBackDialog
from app.ui.people.visit_dialog import VisitDialog

HELP, MISSED = VisitResult.NEEDS_HELP, VisitResult.NOT_HOME


class _Stage(Protocol):
    database: Database

    def context(self) -> Context: ...


def visited(stage: _Stage) -> Context:
    """The office after some weeks of rounds; an empty one as it is."""
    context = stage.context()
    with context.database.reading() as session:
        people = session.scalars(select(Resident.id).where(present()).limit(1)).all()
        alarms = session.scalars(select(VisitAlarm.id).where(VisitAlarm.cleared_on.is_(None))).all()
        sheets = session.scalars(select(VisitSheet.id)).all()
    if people and not (alarms and sheets):
        _live_through(context)
    return context


def _live_through(context: Context) -> None:
    now, today = context.clock.now(), context.clock.today()
    with context.database.transaction("走访过几周") as session:
        for rule in session.scalars(select(VisitRule)):
            rule.since = today - timedelta(days=175)
        known = visit_due.due(session, today=today, horizon_days=400)
        often = len(known) // 3
        for place, one in enumerate(known[:often]):
            entered = VisitInput(
                resident_id=one.resident_id,
                on_date=today - timedelta(days=place % 33),
                result=list(VisitResult)[place % 3],
                note="血压偏高，已提醒按时吃药" if place % 4 == 0 else "",
                visitor="孙丽",
            )
            visit_log.log(session, entered, now=now)
        for one in known[often : often + 2]:
            for days in (4, 1):
                missed = VisitInput(
                    resident_id=one.resident_id, on_date=_ago(today, days), result=MISSED
                )
                visit_log.log(session, missed, now=now)
    with context.database.transaction("改期和走访单") as session:
        late = [one.resident_id for one in known[often + 2 :]]
        visit_deferrals.defer(
            session, late[:1], due_on=today + timedelta(days=300), reason="住院", now=now
        )
        entered = SheetInput(resident_ids=tuple(late[1:13]), on_date=today, visitor="孙丽")
        sheet = visit_sheets.make(session, entered, now=now)
        rows = visit_sheets.rows(session, sheet)
        typed = [Found(row_id=row.id, result=HELP, note="下水道堵了") for row in rows[:2]]
        visit_sheets.type_back(session, sheet, typed, now=now)


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def tab_of(page: QWidget) -> VisitsTab:
    """The tab on the page 网格, opened."""
    assert isinstance(page, GridsPage)
    tab = page.open("走访")
    assert isinstance(tab, VisitsTab)
    return tab


def _opened(stage: _Stage, page: QWidget) -> None:
    visited(stage)
    tab_of(page).refresh()


def _log(stage: _Stage, page: QWidget) -> None:
    _opened(stage, page)
    tab_of(page).show_view(LOG)


def _nobody(stage: _Stage, page: QWidget) -> None:
    _opened(stage, page)
    tab = tab_of(page)
    tab.search.setText("没有这个人")
    tab._search()


def _filtered(stage: _Stage, page: QWidget) -> None:
    _opened(stage, page)
    with stage.context().database.reading() as session:
        grid = session.scalar(select(Grid.id).limit(1))
    due = tab_of(page).due
    due.show_grid(grid)
    due.horizon.choose(30)


PAGES: dict[str, Callable[[_Stage, QWidget], None]] = {
    "走访": _opened,
    "走访 一个网格": _filtered,
    "走访 没有找到": _nobody,
    "走访记录": _log,
}


def _someone(stage: _Stage) -> tuple[Context, list[int]]:
    context = visited(stage)
    with context.database.lookup() as lookup:
        due = visit_due.due(lookup, today=context.clock.today())
    return context, [one.resident_id for one in due[:3]]


def _defer(stage: _Stage) -> QWidget:
    context, ids = _someone(stage)
    return DeferDialog(context, ids, "王秀兰 等 3 人")


def _sheet(stage: _Stage) -> QWidget:
    context, ids = _someone(stage)
    return SheetDialog(context, ids, None)


def _type_back(stage: _Stage) -> QWidget:
    return TypeBackDialog(visited(stage))


def _visit_to_whom(stage: _Stage) -> QWidget:
    return VisitDialog(visited(stage))


def _correct(stage: _Stage) -> QWidget:
    context = visited(stage)
    with context.database.lookup() as lookup:
        ids = visit_book.list_ids(lookup)
    return CorrectDialog(context, ids[0]) if len(ids) else VisitDialog(context)


def _alarms(stage: _Stage) -> QWidget:
    return AlarmDialog(visited(stage))


DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "走访改期": _defer,
    "打印走访单": _sheet,
    "录入走访": _type_back,
    "记走访 找人": _visit_to_whom,
    "修改走访": _correct,
    "走访报警": _alarms,
}
