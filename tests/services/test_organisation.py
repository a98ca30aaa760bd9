"""The two trees of a community, and 党员包楼联户."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Building, Grid, Household, PostKind
from app.reports.notice_board import NoticeBoards
from app.services import (
    grids,
    member_forms,
    organisation,
    organisation_papers,
    pairings,
    posts,
    settings,
)
from app.services.member_forms import MemberInput
from app.services.organisation import Node, Place, Trees
from app.services.pairings import PairingInput
from app.services.posts import PostInput
from app.values.rights import GRID_MEMBER
from tests.actors import actor
from tests.services.conftest import Clerk

MARCH = date(2026, 3, 1)


@pytest.fixture
def places(clerk: Clerk) -> dict[str, int]:
    """Two grids; 3 号楼 with two units and 10 号楼 in the first, 12 号楼 in none."""
    found = {
        name: clerk.do(
            name, lambda s, number=number, name=name: grids.add(s, number=number, name=name)
        )
        for number, name in ((1, "第一网格"), (2, "第二网格"))
    }
    for room, name in (
        ("3-1-101", "王秀兰"),
        ("3-2-101", "宋桂珍"),
        ("10-1-101", "丁伟"),
        ("12-101", "于翠兰"),
    ):
        clerk.add(name, address=room, new_household=True)

    def assign(session: Session) -> None:
        for row in session.scalars(select(Building)):
            found[row.number] = row.id
            row.grid_id = None if row.number == "12" else found["第一网格"]

    clerk.do("划楼", assign)
    return found


def _member(clerk: Clerk, name: str, *, party: bool = True) -> int:
    entered = MemberInput(name=name, party_member=party)
    return int(clerk.do(name, lambda s: member_forms.add(s, entered)))


def _appoint(clerk: Clerk, name: str, kind: PostKind, **at: Any) -> None:
    entered = PostInput(member_id=_member(clerk, name), kind=kind, since=MARCH, **at)
    clerk.do("任职", lambda s: posts.appoint(s, entered, today=clerk.today))


def _trees(clerk: Clerk) -> Trees:
    found: Trees = clerk.look_up(lambda it: organisation.trees(it, on=clerk.today))
    return found


def _lines(node: Node, depth: int = 0) -> Sequence[str]:
    told = " ".join(f"{seat.kind.label}={seat.names}" for seat in node.seats if seat.names)
    below = [line for child in node.children for line in _lines(child, depth + 1)]
    return [f"{'  ' * depth}{node.title} {told}".rstrip(), *below]


def test_the_two_trees_name_their_bodies_their_people_and_what_is_vacant(
    clerk: Clerk, places: dict[str, int]
) -> None:
    _appoint(clerk, "周立群", PostKind.COMMITTEE_SECRETARY)
    _appoint(clerk, "孙丽", PostKind.GRID_STAFF, grid_id=places["第一网格"])
    _appoint(clerk, "刘德厚", PostKind.HUB_HOUSEHOLD, building_id=places["3"])
    _appoint(clerk, "田树林", PostKind.UNIT_STEWARD, building_id=places["3"], unit="2")
    trees = _trees(clerk)
    assert _lines(trees.party) == [
        "海湾街道党工委 街道党工委书记=空缺",
        "  望海社区大党委 社区大党委书记=周立群",
        "    第一网格党支部 网格党支部书记=空缺",
        "      3 号楼党小组 党小组长=空缺 党员中心户=刘德厚",
        "        刘德厚 中心户 党员中心户=刘德厚",
        "      10 号楼党小组 党小组长=空缺",
        "    第二网格党支部 网格党支部书记=空缺",
        "    未划入网格",
        "      12 号楼党小组 党小组长=空缺",
    ]
    assert _lines(trees.community) == [
        "望海社区",
        "  第一网格 网格长=空缺 专职网格员=孙丽",
        "    3 号楼 楼长=空缺",
        "      1 单元 单元长=空缺",
        "      2 单元 单元长=田树林",
        "    10 号楼 楼长=空缺",
        "      1 单元 单元长=空缺",
        "  第二网格 网格长=空缺 专职网格员=空缺",
        "  未划入网格",
        "    12 号楼 楼长=空缺",
    ]
    assert trees.community.vacancies == 8


def test_every_line_of_one_tree_has_its_counterpart_in_the_other(
    clerk: Clerk, places: dict[str, int]
) -> None:
    _appoint(clerk, "刘德厚", PostKind.HUB_HOUSEHOLD, building_id=places["3"])
    trees = _trees(clerk)
    party = {node.key for node in trees.party.walk()}
    community = {node.key for node in trees.community.walk()}
    assert all(node.mirror in community for node in trees.party.walk())
    assert all(node.mirror in party for node in trees.community.walk())
    assert not party & community
    assert trees.find(f"unit:{places['3']}:2").mirror == f"group:{places['3']}"


def test_a_body_of_the_party_gets_a_name_of_its_own(clerk: Clerk, places: dict[str, int]) -> None:
    place = Place(places["第一网格"])

    def rename(name: str, version: int) -> None:
        clerk.do("改名", lambda s: organisation.rename_body(s, place, name, version=version))

    name, version = clerk.see(lambda s: organisation.body_name(s, place))
    assert name == ""
    rename("望海一网格党支部", version)
    assert "望海一网格党支部" in "".join(_lines(_trees(clerk).party))
    with pytest.raises(ChangedMeanwhile):
        rename("另一个", version)
    with pytest.raises(DomainError, match="最多 60 个字"):
        rename("长" * 61, version + 1)
    group = Place(building_id=places["3"])
    _, version = clerk.see(lambda s: organisation.body_name(s, group))
    clerk.do("改名", lambda s: organisation.rename_body(s, group, "先锋", version=version))
    assert "先锋" in "".join(_lines(_trees(clerk).party))


def test_an_office_without_grids_has_its_two_roots(clerk: Clerk) -> None:
    trees = _trees(clerk)
    assert [node.title for node in trees.party.walk()] == ["海湾街道党工委", "望海社区大党委"]
    assert [node.title for node in trees.community.walk()] == ["望海社区"]


def test_a_member_of_a_grid_sees_the_trees_of_his_grid(
    clerk: Clerk, places: dict[str, int]
) -> None:
    own = replace(actor("孙丽", GRID_MEMBER), grids=frozenset({places["第二网格"]}))
    clerk.database.act_as(own)
    assert [node.title for node in _trees(clerk).community.walk()] == ["望海社区", "第二网格"]


# -- for the papers


def test_the_plan_gathers_what_stands_in_the_trees(clerk: Clerk, places: dict[str, int]) -> None:
    _appoint(clerk, "孙丽", PostKind.GRID_STAFF, grid_id=places["第一网格"])
    _appoint(clerk, "刘德厚", PostKind.HUB_HOUSEHOLD, building_id=places["3"])
    _appoint(clerk, "田树林", PostKind.UNIT_STEWARD, building_id=places["3"], unit="2")
    plan = clerk.see(
        lambda s: organisation_papers.plan(s, paper="A4", on=clerk.today, drawn_by="赵敏")
    )
    assert [grid.title for grid in plan.grids] == ["第一网格", "第二网格", "未划入网格"]
    first = plan.grids[0]
    assert [(seat.label, seat.names) for seat in first.seats] == [
        ("网格长", "空缺"),
        ("专职网格员", "孙丽"),
    ]
    three = first.buildings[0]
    assert [(seat.label, seat.names) for seat in (*three.seats, *three.units)] == [
        ("楼长", "空缺"),
        ("党小组长", "空缺"),
        ("中心户", "刘德厚"),
        ("1 单元长", "空缺"),
        ("2 单元长", "田树林"),
    ]
    assert three.units_short == "1 人，缺 1"
    assert plan.summary == "网格 2 个，楼 3 栋，任职 3 人次，空缺 15 个"


def test_a_board_has_its_own_duties_the_phone_of_complaint_and_needs_a_grid(
    clerk: Clerk, places: dict[str, int]
) -> None:
    def boards(*ids: int) -> NoticeBoards:
        found: NoticeBoards = clerk.see(
            lambda s: organisation_papers.boards(s, ids, paper="A4", on=clerk.today)
        )
        return found

    def write(session: Session) -> None:
        session.get_one(Grid, places["第二网格"]).duties = "每天巡查一次\n\n记平安日记"

    clerk.do("职责", write)
    clerk.do("电话", lambda s: settings.change(s, settings.OFFICE_PHONE, "0411-84641234"))
    assert len(boards().boards) == 2
    (own,) = boards(places["第二网格"]).boards
    assert own.duties == ("每天巡查一次", "记平安日记")
    assert boards().supervision_phone == "0411-84641234"
    (first,) = boards(places["第一网格"]).boards
    assert (first.buildings, first.households) == ("3 号楼、10 号楼", None)
    with pytest.raises(DomainError, match="还没有划分网格"):
        boards(99)


# -- pairings


def _pair(clerk: Clerk, member: int, **what: Any) -> int:
    entered = PairingInput(member_id=member, **{"since": MARCH, **what})
    return int(clerk.do("包联", lambda s: pairings.pair(s, entered, today=clerk.today)))


def test_party_members_answer_for_buildings_and_households(
    clerk: Clerk, places: dict[str, int]
) -> None:
    liu = _member(clerk, "刘德厚")
    home = clerk.see(lambda s: s.scalars(select(Household.id).order_by(Household.id)).all())[1]
    _pair(clerk, liu, building_id=places["3"])
    kept = _pair(clerk, liu, household_id=home, note="独居")
    told = clerk.see(lambda s: pairings.pairings(s, member_id=liu))
    assert [one.what for one in told] == ["3 号楼 2 单元 101 宋桂珍户", "3 号楼"]
    at = clerk.see(lambda s: pairings.pairings(s, building_id=places["3"]))
    assert {one.id for one in at} == {one.id for one in told}

    def end(until: date, version: int = 1) -> None:
        clerk.do("结束", lambda s: pairings.end(s, kept, until=until, version=version))

    with pytest.raises(DomainError, match="结束日期 2026-02-01 在开始日期 2026-03-01 之前"):
        end(date(2026, 2, 1))
    end(date(2026, 10, 31))
    with pytest.raises(ChangedMeanwhile):
        end(clerk.today)
    with pytest.raises(DomainError, match="已经在 2026-10-31 结束"):
        end(clerk.today, version=2)
    assert [one.holds(clerk.today) for one in clerk.see(lambda s: pairings.pairings(s))] == [
        True,
        False,
    ]
    _pair(clerk, liu, household_id=home, since=clerk.today)


def test_pairings_that_cannot_be_are_refused(clerk: Clerk, places: dict[str, int]) -> None:
    liu = _member(clerk, "刘德厚")
    stranger = _member(clerk, "外人", party=False)
    at = {"building_id": places["3"]}
    with pytest.raises(DomainError, match="没有勾选“党员”，不能包楼联户"):
        _pair(clerk, stranger, **at)
    with pytest.raises(DomainError, match="两样选一样"):
        _pair(clerk, liu)
    with pytest.raises(DomainError, match="已经不在了"):
        _pair(clerk, liu, building_id=99)
    with pytest.raises(DomainError, match="请核对年份"):
        _pair(clerk, liu, since=date(1920, 1, 1), **at)
    _pair(clerk, liu, **at)
    with pytest.raises(DomainError, match="刘德厚已经包联这一处"):
        _pair(clerk, liu, **at)
    with pytest.raises(DomainError, match="还有包楼联户没有结束"):
        clerk.do("删除", lambda s: member_forms.remove(s, liu, now=clerk.now))
    [one] = clerk.look_up(lambda it: pairings.pairings(it, member_id=liu))
    last = date(2026, 11, 20)
    clerk.do("结束", lambda s: pairings.end(s, one.id, until=last, version=one.version))
    with pytest.raises(DomainError, match="刘德厚已经包联这一处"):
        _pair(clerk, liu, since=last, **at)
    assert _pair(clerk, liu, since=date(2026, 11, 21), **at)
