"""Grids, their buildings and the people in them: the tree, moves, what may go, who carries much."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.clock import FixedClock
from app.errors import ChangedMeanwhile, DomainError, NotAllowed, OutsideGrids
from app.models import (
    Building,
    Grid,
    GridKind,
    GridMember,
    Origin,
    Post,
    PostKind,
    Request,
    Resident,
    Risk,
    User,
    UserGrid,
    Visit,
    VisitResult,
)
from app.services import (
    building_moves,
    buildings,
    categories,
    events,
    grid_advice,
    grid_facts,
    grid_finder,
    grid_people,
    grid_tree,
    grid_workload,
    grids,
    history,
    settings,
    undo,
    visit_rules,
)
from app.services.building_moves import Part
from app.services.buildings import BuildingInput, BuildingTaken
from app.services.grid_tree import Node
from app.services.grid_workload import Load, Workload
from app.services.grids import GridInput, GridInUse
from app.services.settings import REGION_CODE
from app.services.visit_rules import RuleInput
from app.storage.engine import Database
from app.values.grid_duties import DUTIES
from app.values.rights import DEFAULTS, GRID_MEMBER, READER, Actor
from tests.services.conftest import Clerk, _begin
from tests.storage.offices import furnish

FIRST, SECOND = 1, 2


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Clerk:
    """Two grids; building 3 with three people in the first, building 5 with one in the second."""
    furnish(database, _two_grids)
    return Clerk(database, clock.now())


def _two_grids(database: Database) -> None:
    _begin(database)
    clerk = Clerk(database, datetime(2026, 11, 21, 9, 30))
    for number in (FIRST, SECOND):
        name = f"第{'一二'[number - 1]}网格"
        clerk.do("加网格", lambda s, n=number, name=name: grids.add(s, number=n, name=name))
    for number, grid in (("3", FIRST), ("5", SECOND)):
        entered = BuildingInput(number=number, grid_id=grid)
        clerk.do("加楼", lambda s, entered=entered: buildings.add(s, entered))
    clerk.add("王秀兰", address="3-1-101", new_household=True, birth_date=date(1940, 3, 1))
    clerk.add("王建国", address="3-1-101", political_status="中共党员")
    clerk.add("李强", address="3-2-201", new_household=True)
    clerk.add("刘德厚", address="5-1-101", new_household=True)


def tree(clerk: Clerk) -> Node:
    return clerk.look_up(lambda lookup: grid_tree.tree(lookup, "望海社区"))


def drawn(node: Node, depth: int = 0) -> list[str]:
    """Every line of the tree as one reads it."""
    note = "（部分）" if node.guest else ""
    own = f"{'  ' * depth}{node.name}{note} {node.people}"
    return [own, *(line for child in node.children for line in drawn(child, depth + 1))]


def part(clerk: Clerk, number: str, grid_id: int | None) -> Part:
    return Part(
        clerk.see(lambda s: s.scalar(select(Building.id).filter_by(number=number))), grid_id
    )


def move(clerk: Clerk, one: Part, to: int | None, reason: str = "") -> int:
    return clerk.do(
        "划楼",
        lambda s: building_moves.move(s, one, to, today=clerk.today, reason=reason),
    )


def grid_of(clerk: Clerk, name: str) -> int | None:
    return clerk.see(lambda s: s.scalar(select(Resident.grid_id).filter_by(name=name)))


def refused(clerk: Clerk, act: Callable[[Any], object]) -> str:
    with pytest.raises(DomainError) as error:
        clerk.do("试", act)
    return str(error.value)


# -- the tree


def test_units_sum_to_buildings_buildings_to_grids_and_grids_to_the_community(
    office: Clerk,
) -> None:
    assert drawn(tree(office)) == [
        "望海社区 4",
        "  第一网格 3",
        "    3 号楼 3",
        "      1 单元 2",
        "      2 单元 1",
        "  第二网格 1",
        "    5 号楼 1",
        "      1 单元 1",
    ]


def test_who_lives_in_no_grid_or_no_building_is_counted_too(office: Clerk) -> None:
    office.do("加楼", lambda s: buildings.add(s, BuildingInput(number="9")))
    office.add("马秀清", address="9-1-101")
    office.add("无住处", grid_id=FIRST)
    lines = drawn(tree(office))
    assert lines[0] == "望海社区 6"
    assert "    没有登记楼栋 1" in lines
    assert lines[-3:] == ["  未划网格 1", "    9 号楼 1", "      1 单元 1"]


def test_of_a_split_building_each_grid_shows_its_part(office: Clerk) -> None:
    person = office.add("外格人", address="3-2-202")
    office.change(person, grid_id=SECOND)
    lines = drawn(tree(office))
    assert "    3 号楼 3" in lines
    assert "    3 号楼（部分） 1" in lines
    assert lines[0] == "望海社区 5"


def test_a_building_that_no_grid_claims_stands_with_its_people_and_goes_with_them(
    office: Clerk,
) -> None:
    key = part(office, "3", FIRST).building_id
    office.do("楼无网格", lambda s: setattr(s.get_one(Building, key), "grid_id", None))
    assert drawn(tree(office))[2] == "    3 号楼 3"
    assert [one.name for one in tree(office).children] == ["第一网格", "第二网格"]
    assert move(office, part(office, "3", FIRST), SECOND) == 3
    assert office.see(lambda s: s.get_one(Building, key).grid_id) == SECOND


def test_who_comes_back_to_a_deleted_grid_or_building_is_counted_and_seen(office: Clerk) -> None:
    gone = office.do("加网格", lambda s: grids.add(s, number=9, name="第九网格"))
    away = office.add("赵远", grid_id=gone)
    office.do("加楼", lambda s: buildings.add(s, BuildingInput(number="8", grid_id=FIRST)))
    also = office.add("钱进", address="8-1-101", new_household=True)
    for one in (away, also):
        office.do(
            "迁出", lambda s, k=one: events.move_out(s, k, on_date=office.today, now=office.now)
        )
    eight = part(office, "8", FIRST)
    office.do("删楼", lambda s: buildings.remove(s, eight.building_id, now=office.now))
    office.do("删网格", lambda s: grids.remove(s, gone, now=office.now))
    assert tree(office).people == 4
    for one in (away, also):
        office.do(
            "迁入", lambda s, k=one: events.moved_in(s, k, on_date=office.today, now=office.now)
        )
    lines = drawn(tree(office))
    assert lines[0] == "望海社区 6"
    assert "    8 号楼（已删除） 1" in lines
    assert lines[-2:] == ["  第九网格（已删除） 1", "    没有登记楼栋 1"]
    said = refused(office, lambda s: grids.remove(s, gone, now=office.now))
    assert said == "第九网格已经删除，需要时到回收站放回它；还在里面的住户，请改到别的网格。"
    assert office.counts()[0] == 6


def test_a_move_taken_back_after_its_grid_was_deleted_leaves_nobody_uncounted(
    office: Clerk,
) -> None:
    gone = office.do("加网格", lambda s: grids.add(s, number=9, name="第九网格"))
    move(office, part(office, "5", SECOND), gone)
    move(office, part(office, "5", gone), FIRST)
    last = office.see(history.last_undoable)
    office.do("删网格", lambda s: grids.remove(s, gone, now=office.now))
    office.do("撤销", lambda s: history.undo(s, last.id))
    assert tree(office).people == 4
    assert drawn(tree(office))[-3] == "  第九网格（已删除） 1"
    # As any other it goes to a grid that there is.
    assert move(office, part(office, "5", gone), SECOND) == 1
    assert len(tree(office).children) == 2


def test_buildings_stand_in_the_order_of_a_walk(office: Clerk) -> None:
    for number in ("10", "沿街商铺", "2"):
        entered = BuildingInput(number=number, grid_id=FIRST)
        office.do("加楼", lambda s, entered=entered: buildings.add(s, entered))
    first = tree(office).children[0]
    assert [one.name for one in first.children] == ["2 号楼", "3 号楼", "10 号楼", "沿街商铺"]


def test_a_grid_member_sees_own_grids_only_in_tree_figures_and_search(office: Clerk) -> None:
    office.do("加楼", lambda s: buildings.add(s, BuildingInput(number="9")))
    office.database.act_as(Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({SECOND})))
    seen = tree(office)
    assert [one.name for one in seen.children] == ["第二网格"]
    assert seen.people == 1
    found = office.look_up(lambda it: grid_finder.find(it, seen, "3", today=office.today))
    assert found == []
    assert office.look_up(lambda it: grid_finder.find(it, seen, "wxl", today=office.today)) == []
    facts = office.look_up(lambda it: grid_facts.facts(it, seen, today=office.today))
    assert facts.people == 1


# -- figures


def test_the_figures_of_a_place_count_households_the_old_the_party_and_each_group(
    office: Clerk,
) -> None:
    tag = office.tag_id("独居老人")
    person = office.see(lambda s: s.scalar(select(Resident.id).filter_by(name="王秀兰")))
    office.change(person, tag_ids=(tag,))
    grid = tree(office).children[0]

    def of(node: Node) -> grid_facts.GridFacts:
        return office.look_up(lambda it: grid_facts.facts(it, node, today=office.today))

    facts = of(grid)
    assert (facts.households, facts.people, facts.elderly, facts.party) == (2, 3, 1, 1)
    assert [(one.name, one.people) for one in facts.groups] == [("独居老人", 1)]
    second_unit = grid.children[0].children[1]
    assert (of(second_unit).people, of(second_unit).groups) == (1, ())
    assert of(tree(office)).people == 4


def test_a_sensitive_group_is_counted_for_those_permitted_only(office: Clerk) -> None:
    person = office.see(lambda s: s.scalar(select(Resident.id).filter_by(name="王秀兰")))
    office.change(person, tag_ids=(office.tag_id("失能"),))

    def groups() -> list[str]:
        facts = office.look_up(lambda it: grid_facts.facts(it, tree(office), today=office.today))
        return [one.name for one in facts.groups]

    assert groups() == ["失能"]
    office.database.act_as(Actor("李娜", READER, DEFAULTS[READER]))
    assert groups() == []


def test_who_serves_in_a_grid_is_said_in_one_line(office: Clerk) -> None:
    serve(office, "周立群", PostKind.GRID_LEAD, FIRST)
    serve(office, "孙丽", PostKind.GRID_STAFF, FIRST)
    serve(office, "已离任", PostKind.GRID_STAFF, FIRST, until=date(2026, 1, 31))
    grid = tree(office).children[0]
    said = office.look_up(lambda it: grid_people.serving(it, grid, today=office.today))
    assert said == ["网格长 周立群", "专职网格员 孙丽"]


def serve(clerk: Clerk, name: str, kind: PostKind, grid_id: int, until: date | None = None) -> None:
    def add(session: Any) -> None:
        member = GridMember(name=name, name_order=name)
        session.add(member)
        session.flush()
        since = date(2026, 1, 1)
        session.add(Post(member_id=member.id, kind=kind, grid_id=grid_id, since=since, until=until))

    clerk.do("任职", add)


# -- moves


def test_a_building_moves_with_everybody_who_lives_there_and_the_move_is_kept(
    office: Clerk,
) -> None:
    assert move(office, part(office, "3", FIRST), SECOND, "网格员调整") == 3
    assert {grid_of(office, name) for name in ("王秀兰", "王建国", "李强")} == {SECOND}
    assert office.get(office.add("新来的", address="3-1-102"), "grid_id") == SECOND
    (kept,) = office.look_up(building_moves.moves)
    assert (kept.building, kept.from_name, kept.to_name, kept.people) == (
        "3 号楼",
        "第一网格",
        "第二网格",
        3,
    )
    assert (kept.on_date, kept.reason, kept.who) == (office.today, "网格员调整", "王书记")
    for of in ({"grid_id": FIRST}, {"grid_id": SECOND}, {"building_id": 1}):
        assert office.look_up(lambda it, of=of: building_moves.moves(it, **of)) == [kept]


def test_of_a_split_building_a_move_takes_its_own_part_and_those_without_a_grid(
    office: Clerk,
) -> None:
    office.do("第三", lambda s: grids.add(s, number=3, name="第三网格"))
    stays = office.add("外格人", address="3-2-202")
    office.change(stays, grid_id=SECOND)
    loose = office.add("没网格", address="3-2-203")
    office.do("去网格", lambda s: setattr(s.get_one(Resident, loose), "grid_id", None))
    here = part(office, "3", FIRST)
    (planned,) = office.look_up(lambda it: building_moves.plan(it, [here], 3))
    assert planned.words == "3 号楼（第一网格）：4 人一起过去；另有 1 人归别的网格，不动"
    assert move(office, here, 3) == 4
    assert (grid_of(office, "外格人"), grid_of(office, "没网格")) == (SECOND, 3)


def test_the_part_in_another_grid_goes_home_without_the_building(office: Clerk) -> None:
    office.change(office.add("外格人", address="3-2-202"), grid_id=SECOND)
    assert move(office, part(office, "3", SECOND), FIRST) == 1
    assert grid_of(office, "外格人") == FIRST
    assert office.see(lambda s: s.scalar(select(Building.grid_id).filter_by(number="3"))) == FIRST


def test_the_part_in_another_grid_moves_on_without_the_building(office: Clerk) -> None:
    office.do("第三", lambda s: grids.add(s, number=3, name="第三网格"))
    office.change(office.add("外格人", address="3-2-202"), grid_id=SECOND)
    assert move(office, part(office, "3", SECOND), 3) == 1
    assert office.see(lambda s: s.scalar(select(Building.grid_id).filter_by(number="3"))) == FIRST


def test_who_moved_out_or_died_stays_where_he_was_counted(office: Clerk) -> None:
    gone = office.add("已迁出", address="3-1-103")
    office.do("迁出", lambda s: setattr(s.get_one(Resident, gone), "departure", "moved_out"))
    assert move(office, part(office, "3", FIRST), SECOND) == 3
    assert office.see(lambda s: s.get_one(Resident, gone).grid_id) == FIRST


def test_a_move_to_where_it_is_is_refused(office: Clerk) -> None:
    here = part(office, "3", FIRST)
    said = refused(office, lambda s: building_moves.move(s, here, FIRST, today=office.today))
    assert said == "3 号楼已经在第一网格，不用划。"


def test_a_move_is_taken_back_with_people_and_history(office: Clerk) -> None:
    move(office, part(office, "3", FIRST), SECOND)
    (last,) = office.see(lambda s: history.recent(s, limit=1))
    office.do("撤销", lambda s: undo.undo(s, last.id))
    assert {grid_of(office, name) for name in ("王秀兰", "李强")} == {FIRST}
    assert office.look_up(building_moves.moves) == []


def test_a_move_needs_the_right_to_order_grids(office: Clerk) -> None:
    here = part(office, "3", FIRST)
    member = DEFAULTS[GRID_MEMBER]
    office.database.act_as(Actor("孙丽", GRID_MEMBER, member, frozenset({FIRST})))
    with pytest.raises(NotAllowed):
        move(office, here, SECOND)
    with pytest.raises((NotAllowed, OutsideGrids)):
        office.do("改", lambda s: grids.create(s, GridInput(number=7, name="第七网格")))


# -- buildings


def test_a_building_of_another_grid_is_not_made_twice_and_says_how_it_comes_here(
    office: Clerk,
) -> None:
    entered = BuildingInput(number="3号楼", grid_id=SECOND)
    with pytest.raises(BuildingTaken) as taken:
        office.do("加楼", lambda s: buildings.add(s, entered))
    assert str(taken.value) == (
        "3 号楼已经在第一网格，住着 3 人，一栋楼只能归一个网格。"
        "要归这里，请把它移过来，3 人当天跟着走。"
    )
    assert (taken.value.grid_id, taken.value.people) == (FIRST, 3)


def test_a_renamed_building_is_found_by_its_new_number(office: Clerk) -> None:
    key = part(office, "3", FIRST).building_id
    entered, version = office.see(lambda s: buildings.input_of(s, key))
    changed = replace(entered, number="33", name="望海楼", party_group="33 号楼党小组")
    office.do("改楼", lambda s: buildings.update(s, key, changed, version=version))
    assert len(office.find("33-1-101")) == 2
    assert office.find("3-1-101") == []
    with pytest.raises(ChangedMeanwhile):
        office.do("改楼", lambda s: buildings.update(s, key, entered, version=version))
    assert "5 号楼" in refused(
        office,
        lambda s: buildings.update(s, key, replace(changed, number="5"), version=version + 1),
    )


def test_a_building_with_people_stays(office: Clerk) -> None:
    key = part(office, "3", FIRST).building_id
    said = refused(office, lambda s: buildings.remove(s, key, now=office.now))
    assert said == "3 号楼还住着 3 人，请先给他们改住处，再删除。"
    empty = office.do("加楼", lambda s: buildings.add(s, BuildingInput(number="9")))
    office.do("删楼", lambda s: buildings.remove(s, empty, now=office.now))
    assert "9 号楼" not in "".join(drawn(tree(office)))
    assert office.do("又加", lambda s: buildings.add(s, BuildingInput(number="9"))) == empty


# -- grids


def test_a_grid_keeps_code_kind_area_duties_and_party_branch(office: Clerk) -> None:
    entered = GridInput(
        number=3,
        name=" 望海小学 ",
        code="210214001001003",
        kind=GridKind.SPECIAL,
        area="东至望海路",
        duties="看护放学路\n\n 排查隐患 ",
        party_branch="第三网格党支部",
    )
    key = office.do("加网格", lambda s: grids.create(s, entered))
    kept, version = office.see(lambda s: grids.input_of(s, key))
    assert kept == replace(entered, name="望海小学", duties="看护放学路\n排查隐患")
    usual = replace(kept, duties="\n".join(DUTIES))
    office.do("改网格", lambda s: grids.update(s, key, usual, version=version))
    assert office.see(lambda s: s.get_one(Grid, key).duties) is None
    school = next(one for one in tree(office).children if one.grid_id == key)
    assert (school.name, school.special) == ("望海小学", True)


def test_a_code_is_proposed_from_the_twelve_digits_of_the_community(office: Clerk) -> None:
    assert office.look_up(lambda it: grids.proposed_code(it, 3)) == ""
    office.do("区划", lambda s: settings.change(s, REGION_CODE, "210214001001"))
    assert office.look_up(lambda it: grids.proposed_code(it, 3)) == "210214001001003"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "请填写网格名称"),
        ({"number": 0}, "网格号要在 1 到 999 之间"),
        ({"number": 1}, "已经有 1 号网格“第一网格”"),
        ({"name": "第二网格"}, "已经有 2 号网格"),
        ({"code": "二一〇"}, "只能是数字和字母"),
        ({"area": "长" * 201}, "区域范围最多 200 个字，现在有 201 个"),
    ],
)
def test_what_cannot_be_is_refused(office: Clerk, changed: dict[str, Any], said: str) -> None:
    entered = replace(GridInput(number=3, name="第三网格"), **changed)
    assert said in refused(office, lambda s: grids.create(s, entered))


def test_a_grid_that_still_has_something_says_what_and_where_to_put_it(office: Clerk) -> None:
    serve(office, "孙丽", PostKind.GRID_STAFF, FIRST)
    request(office, FIRST)
    office.do("使用人", lambda s: s.add(User(name="孙丽", role=GRID_MEMBER, slot="x")))
    office.do("网格", lambda s: s.add(UserGrid(user_id=1, grid_id=FIRST)))
    with pytest.raises(GridInUse) as held:
        office.do("删", lambda s: grids.remove(s, FIRST, now=office.now))
    assert held.value.reasons == (
        "还有 3 人，他们到期的走访也在这里",
        "还有 1 栋楼",
        "还有 1 人在任",
        "还有 1 件诉求没销号",
        "还有 1 个使用人只看这个网格",
    )
    assert "请先把楼和住户划到别的网格（住户随楼走）；在“组织”里" in str(held.value)


def request(clerk: Clerk, grid_id: int) -> None:
    def add(session: Any) -> None:
        categories.seed(session)
        session.add(
            Request(
                number=1,
                came_on=clerk.today,
                came_at=clerk.now,
                origin=Origin.PHONE,
                category_id=1,
                title="楼道灯不亮",
                grid_id=grid_id,
            )
        )

    clerk.do("诉求", add)


# -- 谁的担子重


def loads(*keys: int, each: int = 10) -> Workload:
    """Grids with so many 重点对象; each has buildings of 10 and the rest."""
    lines, parts = [], []
    for number, key in enumerate(keys, start=1):
        load = Load(households=100, people=250, key=key, wanted=key)
        lines.append(grid_workload.GridLoad(number, f"第{number}格", f"员{number}", load))
        for place, some in enumerate(_pieces(key, each)):
            one = Part(100 * number + place, number)
            piece = Load(households=some, people=2 * some, key=some, wanted=some)
            parts.append(grid_workload.BuildingLoad(one, f"{one.building_id} 号楼", piece))
    return Workload(tuple(lines), tuple(parts))


def _pieces(total: int, each: int) -> list[int]:
    return [each] * (total // each) + ([total % each] if total % each else [])


def test_the_suggestion_is_the_building_that_makes_two_grids_most_alike() -> None:
    work = loads(31, 38, 50, 29, 26, each=11)
    found = grid_advice.suggestion(work)
    assert found is not None
    assert found.words == (
        "员3的重点对象比平均多 44%，本月还有 50 人未访。"
        "把 300 号楼（重点对象 11 人）划给第5格，就是 39 比 37。"
    )
    assert found.move is not None
    after = work.after({found.move.building.part: found.move.to.grid_id})
    assert [one.load.key for one in after.grids] == [31, 38, 39, 29, 37]
    assert after.total == work.total


def test_a_move_that_would_only_turn_the_burden_round_is_not_proposed() -> None:
    found = grid_advice.suggestion(loads(40, 20, each=20))
    assert found is not None
    assert found.move is None
    assert found.short == "员1的重点对象比平均多 33%。只划一栋楼匀不开，可以几栋一起试着划一划。"


def test_grids_that_are_alike_need_no_suggestion() -> None:
    assert grid_advice.suggestion(loads(30, 31, 29)) is None
    assert grid_advice.suggestion(loads(30)) is None
    assert grid_advice.suggestion(Workload((), ())) is None


def test_only_what_stands_out_is_marked() -> None:
    work = loads(31, 38, 50, 29, 26)
    found = [grid_advice.marks(one.load, work.average) for one in work.grids]
    assert found == [{}, {}, {"key": "偏多"}, {}, {}]
    usual = grid_workload.Average(100, 20, 0.8, 1)
    few = Load(households=100, key=20, visited=10, wanted=20, requests=2)
    assert grid_advice.marks(few, usual) == {"visits": "偏低"}


def test_the_burden_counts_those_of_red_and_orange_rules_and_their_visits_of_this_month(
    office: Clerk,
) -> None:
    ids = {name: key for key, name in office.see(lambda s: list(s.execute(_PEOPLE)))}
    tag = office.tag_id("独居老人")
    for name in ("王秀兰", "李强", "刘德厚"):
        office.change(ids[name], tag_ids=(tag,))
    rule = RuleInput(name="独居", risk=Risk.RED, days=7, tag_ids=(tag,))
    ordinary = RuleInput(name="一般", risk=Risk.ORDINARY, days=180)
    for entered in (rule, ordinary):
        office.do(
            "规则",
            lambda s, e=entered: visit_rules.add(s, e, since=office.today, today=office.today),
        )
    visit(office, ids["王秀兰"], VisitResult.FINE)
    visit(office, ids["李强"], VisitResult.NOT_HOME)
    request(office, FIRST)
    serve(office, "孙丽", PostKind.GRID_STAFF, FIRST)
    work = office.look_up(lambda it: grid_workload.workload(it, today=office.today))
    first, second = work.grids
    assert (first.name, first.member) == ("第一网格", "孙丽")
    assert first.load == Load(households=2, people=3, key=2, visited=1, wanted=2, requests=1)
    assert second.load == Load(households=1, people=1, key=1, visited=0, wanted=1, requests=0)
    assert [(one.label, one.load.key) for one in work.buildings] == [("3 号楼", 2), ("5 号楼", 1)]


_PEOPLE = select(Resident.id, Resident.name)


def visit(clerk: Clerk, resident_id: int, result: VisitResult) -> None:
    clerk.do(
        "走访",
        lambda s: s.add(
            Visit(
                resident_id=resident_id,
                on_date=clerk.today,
                grid_id=FIRST,
                result=result,
                entered_at=clerk.now,
            )
        ),
    )


# -- search


def test_one_search_finds_buildings_members_and_people_and_says_where(office: Clerk) -> None:
    serve(office, "孙丽", PostKind.GRID_STAFF, SECOND)
    root = tree(office)

    def hits(text: str) -> list[tuple[str, str]]:
        found = office.look_up(lambda it: grid_finder.find(it, root, text, today=office.today))
        return [(hit.title, str(hit.key[:3])) for hit in found]

    assert hits("3号楼")[0] == ("3 号楼", str(("building", FIRST, 1)))
    assert hits("sunli") == [("孙丽", str(("grid", SECOND, None)))]
    assert ("王秀兰", str(("building", FIRST, 1))) in hits("wxl")
    assert hits("dewg") == [("第二网格", str(("grid", SECOND, None)))]
    assert hits(" ") == []
