"""经过 of the grids: a request step by step, a person with visits and requests."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.models import (
    Action,
    CategoryGroup,
    DiaryEntry,
    GridMember,
    Origin,
    PostKind,
    Request,
    Resident,
    Visit,
    VisitResult,
)
from app.services import cards, categories, history, merging, office, request_life, requests
from app.services.requests import RequestInput
from tests.actors import actor
from tests.services import grid_life
from tests.services.conftest import Clerk


@pytest.fixture
def lan(clerk: Clerk) -> int:
    clerk.do("建立", lambda s: office.seed(s, today=date(2026, 1, 1)))
    return clerk.add("王秀兰", address="3-2-301", new_household=True)


def said(clerk: Clerk, model: Any, key: int) -> list[str]:
    lines = clerk.see(lambda s: history.of_record(s, model, key))
    return [line.sentence for line in lines]


def test_a_request_is_told_step_by_step(clerk: Clerk, lan: int) -> None:
    kind = clerk.see(lambda s: categories.categories(s, CategoryGroup.MATTER))[0]
    entered = RequestInput(
        origin=Origin.RESIDENT, category_id=kind.id, title="楼道灯不亮", resident_id=lan
    )
    key = clerk.do("登记诉求", lambda s: requests.register(s, entered, now=clerk.now))
    version = clerk.see(lambda s: s.get(Request, key)).version
    clerk.do(
        "受理诉求 1 号",
        lambda s: request_life.accept(s, key, version=version, now=clerk.now),
    )
    version = clerk.see(lambda s: s.get(Request, key)).version
    clerk.do(
        "记进展",
        lambda s: request_life.note(s, key, version=version, now=clerk.now, words="电工明天来"),
    )
    told = said(clerk, Request, key)
    assert told[0] == "进展：电工明天来"
    assert told[1].startswith("受理")
    assert len(told) == 3
    assert not any("步数" in one for one in told)


def test_visits_and_requests_stand_in_the_history_of_the_person(clerk: Clerk, lan: int) -> None:
    grid_life.visit(clerk, lan, on_date=date(2026, 11, 13), note="身体平稳，已换灯泡")
    grid_life.request(clerk, grid_life.category(clerk), resident_id=lan, number=12)
    told = said(clerk, Resident, lan)
    assert "走访（2026-11-13）：正常，身体平稳，已换灯泡" in told
    assert "诉求 12 号：楼道灯不亮（处理）" in told
    card = clerk.see(lambda s: cards.card(s, lan, today=clerk.today))
    assert card.history_count == len(told) == 3
    lines = clerk.see(lambda s: history.of_record(s, Resident, lan))
    assert {line.who for line in lines} >= {"孙丽", "赵敏"}


def test_there_is_nothing_to_take_back_from_such_a_line(clerk: Clerk, lan: int) -> None:
    grid_life.visit(clerk, lan)
    first = clerk.see(lambda s: history.of_record(s, Resident, lan))[0]
    assert first.action is Action.CREATED
    assert clerk.see(lambda s: history.recent(s, limit=1, before_id=first.operation_id + 1)) == []


def test_whoever_may_not_see_the_grids_reads_no_visits(clerk: Clerk, lan: int) -> None:
    grid_life.visit(clerk, lan)
    clerk.database.act_as(actor("食堂", "食堂"))
    assert len(said(clerk, Resident, lan)) == 1


def test_a_merged_record_brings_its_visits(clerk: Clerk, lan: int) -> None:
    other = clerk.add("王秀蓝")
    grid_life.visit(clerk, other)
    clerk.do("合并", lambda s: merging.merge(s, lan, other, now=clerk.now))
    # Typed on the day itself: the line has its day already.
    assert "走访：正常" in said(clerk, Resident, lan)


def test_parts_are_read_with_what_they_belong_to(clerk: Clerk, lan: int) -> None:
    serves = grid_life.member(clerk, "孙丽")
    held = grid_life.post(clerk, serves, PostKind.GRID_LEAD)
    until = clerk.today + timedelta(days=1)
    clerk.do("离任", lambda s: setattr(s.get(grid_life.Post, held), "until", until))
    assert said(clerk, GridMember, serves)[0] == "填入离任日期 2026-11-22"

    entry = grid_life.diary(clerk, lan, seen="楼道堆物")
    clerk.do("改", lambda s: setattr(s.get(DiaryEntry, entry), "outcome", "已清走"))
    assert said(clerk, DiaryEntry, entry)[0] == "填入结果 已清走"

    visit = grid_life.visit(clerk, lan)
    clerk.do("改", lambda s: setattr(s.get(Visit, visit), "result", VisitResult.REFUSED))
    assert said(clerk, Visit, visit)[0] == "走访结果 正常 改为 不愿见"
