"""What a 网格员 finds, counts, prints and takes out is of the own grids, list by list."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest

from app.errors import OutsideGrids
from app.models import Action, CategoryGroup, PostKind, Resident
from app.services import (
    categories,
    diary_views,
    grid_tree,
    grid_workload,
    grids,
    happiness,
    happiness_list,
    history,
    office,
    open_rounds,
    organisation,
    recycle_bin,
    request_views,
    residents,
    search,
    visit_alarms,
    visit_book,
    visit_due,
    visit_sheets,
)
from app.services.periods import Period
from app.storage import journal
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor
from tests.services import grid_life
from tests.services.conftest import Clerk
from tests.storage.offices import fresh_office

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
NOW = datetime(2026, 11, 21, 9, 30)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    """In each of two grids somebody who was not at home, a request, a line of the diary."""
    database = fresh_office(tmp_path_factory.mktemp("grids"))
    clerk = Clerk(database, NOW)
    clerk.do("建立", lambda s: office.seed(s, today=date(2026, 1, 1)))
    kind = clerk.see(lambda s: categories.categories(s, CategoryGroup.MATTER))[0].id
    for number, name in ((1, "王秀兰"), (2, "李明珍")):
        grid = clerk.do("网格", lambda s, n=number: grids.add(s, number=n, name=f"第{n}网格"))
        person = clerk.add(name, address=f"{number}-1-101", new_household=True)
        clerk.do("入网格", lambda s, p=person, g=grid: setattr(s.get(Resident, p), "grid_id", g))
        grid_life.missed(clerk, person, grid_id=grid)
        grid_life.request(
            clerk,
            kind,
            number=number,
            resident_id=person,
            grid_id=grid,
            title=f"{name}家漏水",
        )
        grid_life.diary(clerk, person, seen=f"{name}家楼道堆物", grid_id=grid, category_id=kind)
        gone = grid_life.visit(clerk, person, grid_id=grid)
        clerk.do(
            "删", lambda s, v=gone: setattr(s.get(grid_life.Visit, v), "deleted_at", clerk.now)
        )
        serves = grid_life.member(clerk, f"网格员{number}")
        grid_life.post(clerk, serves, PostKind.GRID_STAFF, grid_id=grid)
    yield clerk
    database.close()


@pytest.fixture
def two_grids(furnished: Clerk) -> Iterator[Clerk]:
    yield furnished
    furnished.database.act_as(Actor())


def come_in(clerk: Clerk) -> None:
    """孙丽, of the first grid."""
    actor = Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({1}), user_id=1)
    clerk.database.act_as(actor)


def _people(items: Any) -> list[int]:
    return sorted(one.resident_id for one in items)


LISTS: dict[str, Callable[[Any], Any]] = {
    "居民": lambda s: list(residents.list_ids(s, today=TODAY).ids),
    "查找": lambda s: list(search.find_ids(s, "李明珍").ids) + list(search.find_ids(s, "王").ids),
    "诉求": lambda s: list(request_views.list_ids(s, request_views.RequestFilter(), today=TODAY)),
    "诉求看板": lambda s: [
        card.id
        for column in request_views.board(s, request_views.RequestFilter(), today=TODAY).columns
        for card in column.cards
    ],
    "在办诉求": lambda s: [request_views.open_count(s)],
    "平安日记": lambda s: list(diary_views.list_ids(s)),
    "走访记录": lambda s: list(visit_book.list_ids(s)),
    "到期走访": lambda s: _people(visit_due.due(s, today=TODAY)),
    "走访报警": lambda s: _people(visit_alarms.standing_alarms(s)),
    "走访单": lambda s: [one.id for one in visit_sheets.sheets(s)],
    "幸福账单": lambda s: [happiness.bill(s, YEAR, today=TODAY).total.raised],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_the_own_grid_alone(name: str, two_grids: Clerk) -> None:
    both = two_grids.see(LISTS[name])
    come_in(two_grids)
    own = two_grids.see(LISTS[name])
    assert own == [1]
    assert both != own
    assert two_grids.look_up(LISTS[name]) == own


def test_trees_and_loads_name_no_other_grid(two_grids: Clerk) -> None:
    come_in(two_grids)
    both = two_grids.see(lambda s: organisation.trees(s, on=TODAY))
    named = {node.title for tree in (both.party, both.community) for node in tree.walk()}
    assert any("第1网格" in one for one in named)
    assert not any("第2网格" in one for one in named)
    tree = two_grids.see(lambda s: repr(grid_tree.tree(s, "望海社区")))
    assert "第1网格" in tree
    assert "第2网格" not in tree
    load = repr(two_grids.see(lambda s: grid_workload.workload(s, today=TODAY)))
    assert "第2网格" not in load


def test_nobody_else_is_named_anywhere(two_grids: Clerk) -> None:
    """Bin, open matters, bill, histories: what a member reads in words."""
    come_in(two_grids)
    said = two_grids.see(
        lambda s: (
            recycle_bin.lines(s, now=two_grids.now),
            [list(look(s, TODAY)) for look in (open_rounds.requests, open_rounds.visits)],
            happiness_list.lines(s, happiness_list.solved_ids(s, YEAR)),
            history.recent(s),
            history.of_record(s, Resident, 1),
        )
    )
    assert "王秀兰" in repr(said)
    assert "李明珍" not in repr(said)


@pytest.mark.parametrize("action", [Action.PRINTED, Action.EXPORTED, Action.LOOKED])
def test_papers_and_files_with_somebody_else_are_refused(action: Action, two_grids: Clerk) -> None:
    rights = DEFAULTS[GRID_MEMBER] | {right for right in DEFAULTS["社工"]}
    actor = Actor("孙丽", GRID_MEMBER, frozenset(rights), frozenset({1}), user_id=1)
    two_grids.database.act_as(actor)
    two_grids.do("打印", lambda s: journal.record_look(s, action, Resident, [1]))
    for model in (Resident, grid_life.Request, grid_life.DiaryEntry, grid_life.VisitSheet):
        with pytest.raises(OutsideGrids):
            two_grids.do("打印", lambda s, m=model: journal.record_look(s, action, m, [2]))
