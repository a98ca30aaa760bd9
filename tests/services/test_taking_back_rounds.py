"""Lines, sheets and visits taken back in any order: what came of them stays whole, and told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.errors import DomainError
from app.models import DiaryEntry, DiaryMet, Operation, Visit, VisitResult, VisitSheetRow
from app.services import diary, events, grids, history, requests, visit_rules, visit_sheets
from app.services.diary_input import DiaryInput, Met
from app.services.requests import RequestInput
from app.services.undone import Undone
from app.services.visit_sheets import Found, SheetInput
from tests.services import grid_life
from tests.services.conftest import Clerk


@pytest.fixture
def lan(clerk: Clerk) -> int:
    """Somebody of the first grid whom a rule asks to be visited."""
    grid = clerk.do("网格", lambda s: grids.add(s, number=1, name="第一网格"))
    clerk.do("规则", lambda s: visit_rules.seed(s, today=date(2025, 1, 1)))
    return clerk.add("王秀兰", address="3-1-101", new_household=True, relation="户主", grid_id=grid)


def step(clerk: Clerk) -> int:
    """The latest operation."""
    return int(clerk.see(lambda s: s.scalar(select(func.max(Operation.id)))))


def take_back(clerk: Clerk, operation_id: int) -> Undone:
    undone: Undone = clerk.do("撤销", lambda s: history.undo(s, operation_id))
    return undone


def count(clerk: Clerk, model: type) -> int:
    return int(clerk.see(lambda s: s.scalar(select(func.count()).select_from(model))))


def ask(clerk: Clerk, lan: int, **came_of: int) -> int:
    kind = grid_life.category(clerk)
    entered = RequestInput(title="楼道堆物", category_id=kind, resident_id=lan, **came_of)
    return int(clerk.do("登记诉求", lambda s: requests.register(s, entered, now=clerk.now)))


def test_a_line_of_the_diary_stays_whole_while_a_request_of_it_stands(
    clerk: Clerk, lan: int
) -> None:
    line = DiaryInput(on_date=clerk.today, seen="楼道堆物", met=(Met(resident_id=lan),))
    entry = clerk.do("写日记", lambda s: diary.write(s, line, now=clerk.now))
    written = step(clerk)
    ask(clerk, lan, diary_entry_id=entry)
    asked = step(clerk)

    told = take_back(clerk, written)
    assert [(one.table_label, one.reason) for one in told.kept] == [
        ("平安日记", "后来又有了新的记录")
    ]
    assert (count(clerk, DiaryEntry), count(clerk, DiaryMet)) == (1, 1)
    take_back(clerk, asked)
    assert take_back(clerk, written).kept == ()
    assert (count(clerk, DiaryEntry), count(clerk, DiaryMet)) == (0, 0)


def test_a_row_of_a_sheet_stays_typed_while_a_request_of_its_visit_stands(
    clerk: Clerk, lan: int
) -> None:
    sheet = SheetInput(resident_ids=(lan,), on_date=clerk.today)
    key = clerk.do("走访单", lambda s: visit_sheets.make(s, sheet, now=clerk.now))
    [row] = clerk.see(lambda s: visit_sheets.rows(s, key))
    found = [Found(row_id=row.id, result=VisitResult.NEEDS_HELP)]
    [visit] = clerk.do("录入", lambda s: visit_sheets.type_back(s, key, found, now=clerk.now))
    typed = step(clerk)
    ask(clerk, lan, visit_id=visit)
    asked = step(clerk)

    assert [one.table_label for one in take_back(clerk, typed).kept] == ["走访"]
    assert clerk.see(lambda s: s.scalar(select(VisitSheetRow.visit_id))) == visit
    take_back(clerk, asked)
    take_back(clerk, typed)
    assert count(clerk, Visit) == 0
    # The paper is still there: it can be typed once more.
    clerk.do("再录", lambda s: visit_sheets.type_back(s, key, found, now=clerk.now))
    assert count(clerk, Visit) == 1


def test_who_died_before_the_round_is_named_with_the_row_of_the_sheet(
    clerk: Clerk, lan: int
) -> None:
    sheet = SheetInput(resident_ids=(lan,), on_date=clerk.today)
    key = clerk.do("走访单", lambda s: visit_sheets.make(s, sheet, now=clerk.now))
    before = clerk.today - timedelta(days=1)
    clerk.do("死亡", lambda s: events.die(s, lan, on_date=before, now=clerk.now))
    [row] = clerk.see(lambda s: visit_sheets.rows(s, key))
    found = [Found(row_id=row.id, result=VisitResult.FINE)]
    with pytest.raises(DomainError, match=r"第 1 行.*王秀兰.*死亡.*其余各行就能保存。"):
        clerk.do("录入", lambda s: visit_sheets.type_back(s, key, found, now=clerk.now))
