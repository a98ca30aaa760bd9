"""What the grids know of one person: on the card, on the 本人信息单, and before he is gone."""

from datetime import date, datetime, timedelta

import pytest

from app.models import PostKind, RequestState, Resident, VisitResult
from app.reports.info_sheet import render_many
from app.services import cards, events, grids, office, papers, person_rounds
from app.services.papers import Printing
from app.services.person_rounds import PersonRounds
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor
from tests.actors import actor
from tests.reports.reading import text_by_pdfium
from tests.services import grid_life
from tests.services.conftest import Clerk


@pytest.fixture
def lan(clerk: Clerk) -> int:
    clerk.do("建立", lambda s: office.seed(s, today=date(2026, 1, 1)))
    return clerk.add("王秀兰", address="3-2-301", new_household=True)


def rounds(clerk: Clerk, resident_id: int) -> PersonRounds:
    found: PersonRounds = clerk.see(
        lambda s: person_rounds.rounds(s, resident_id, today=clerk.today)
    )
    return found


def test_visits_and_requests_are_counted_with_the_latest_of_each(clerk: Clerk, lan: int) -> None:
    assert rounds(clerk, lan).visits_sentence == "没有走访记录"
    assert rounds(clerk, lan).requests_sentence == "没有诉求记录"
    grid_life.visit(clerk, lan, on_date=date(2025, 12, 1))
    grid_life.visit(clerk, lan, on_date=date(2026, 11, 3), result=VisitResult.CHANGED)
    deleted = grid_life.visit(clerk, lan, on_date=date(2026, 11, 9))
    clerk.do("删", lambda s: setattr(s.get(grid_life.Visit, deleted), "deleted_at", clerk.now))
    kind = grid_life.category(clerk, "停车")
    grid_life.request(clerk, kind, resident_id=lan, number=1, state=RequestState.CLOSED)
    grid_life.request(clerk, kind, resident_id=lan, number=2, title="楼道堆物")

    found = rounds(clerk, lan)
    assert (found.visits_this_year, found.visits) == (1, 2)
    assert found.visits_sentence == "共 2 次，最近 2026-11-03 情况有变"
    assert (found.open_requests, found.requests) == (1, 2)
    assert found.requests_sentence == "共 2 件，1 件在办，最近 2026-11-21 楼道堆物（处理）"
    # The head of an ordinary household: 180 days after the last visit.
    assert found.due_on == date(2026, 11, 3) + timedelta(days=180)
    assert clerk.see(lambda s: cards.card(s, lan, today=clerk.today)).rounds == found


def test_whoever_may_not_see_the_grids_gets_nothing_of_them(clerk: Clerk, lan: int) -> None:
    grid_life.visit(clerk, lan)
    clerk.database.act_as(actor("食堂", "食堂"))
    assert rounds(clerk, lan) == person_rounds.NOTHING


def test_the_copy_for_the_person_says_what_visits_and_requests_are_kept(
    clerk: Clerk, lan: int
) -> None:
    grid_life.visit(clerk, lan)
    grid_life.request(clerk, grid_life.category(clerk), resident_id=lan)
    printing = Printing(at=datetime(2026, 11, 21, 9, 30), by="周立群")
    data = clerk.see(lambda s: papers.info_sheets(s, [lan], printing))
    text = "".join(text_by_pdfium(render_many(data)).split())
    assert "共1次，最近2026-11-21正常" in text
    assert "共1件，1件在办，最近2026-11-21楼道灯不亮（处理）" in text


def test_a_copy_printed_by_who_sees_some_grids_only_does_not_pretend_to_be_whole(
    clerk: Clerk, lan: int
) -> None:
    grid = clerk.do("网格", lambda s: grids.add(s, number=1, name="第一网格"))
    clerk.do("入网格", lambda s: setattr(s.get(Resident, lan), "grid_id", grid))
    grid_life.visit(clerk, lan)
    clerk.database.act_as(
        Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({grid}), user_id=1)
    )
    printing = Printing(at=datetime(2026, 11, 21, 9, 30), by="孙丽")
    [data] = clerk.see(lambda s: papers.info_sheets(s, [lan], printing))
    assert data.visits == data.requests == "本单没有列出，请社工或书记另行打印"


def test_before_somebody_is_gone_the_grids_are_told_of(clerk: Clerk, lan: int) -> None:
    grid_life.request(clerk, grid_life.category(clerk), resident_id=lan)
    grid_life.missed(clerk, lan)
    serves = grid_life.member(clerk, "王秀兰", resident_id=lan)
    grid_life.post(clerk, serves, PostKind.COMMITTEE_SECRETARY)
    told = clerk.see(lambda s: events.hangs_on(s, lan, today=clerk.today))
    assert told[-4:] == [
        "还有 1 件诉求在办：20260001 楼道灯不亮（处理），照样办到回访、销号",
        "现在是 社区大党委书记：请到“网格”的“组织”里登记离任",
        "走访报警还没有查明：请到“网格”的“走访”里写明情况，解除报警",
        "在走访名单里：以后不再提醒走访",
    ]
    clerk.do("死亡", lambda s: events.die(s, lan, on_date=clerk.today, now=clerk.now))
    assert rounds(clerk, lan).due_on is None
