"""What the figures of 幸福账单 mean, told by counting by hand."""

import random
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from statistics import mean, median
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Building,
    CategoryGroup,
    DiaryEntry,
    Grid,
    Level,
    Origin,
    Request,
    RequestState,
    RequestStep,
    RoundWay,
    Satisfaction,
    StepKind,
)
from app.services import happiness, happiness_list, happiness_paper, periods
from app.services.happiness import Bill, Tally
from app.services.happiness_paper import BillWish
from app.services.papers import Printing
from app.services.periods import Period
from app.values.rights import GRID_MEMBER, Actor
from tests.services import grid_life
from tests.services.conftest import Clerk

TODAY = date(2026, 11, 20)
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
NOON = time(12)
KINDS = ("公共设施", "环境卫生", "物业服务", "民生救助")
SOLVED_STATES = (RequestState.DONE, RequestState.CALLED_BACK, RequestState.CLOSED)
OPEN_STATES = (
    RequestState.REGISTERED,
    RequestState.ACCEPTED,
    RequestState.HANDLING,
    RequestState.ESCALATED,
)


@dataclass
class Community:
    """Three grids, some kinds, one building; ids by name."""

    grids: list[int]
    kinds: dict[str, int]
    building: int
    danger: int


@pytest.fixture
def place(clerk: Clerk) -> Community:
    def write(session: Session) -> tuple[list[int], int]:
        grids = [grid_life.put(session, Grid, number=n, name=f"第{n}网格").id for n in (1, 2, 3)]
        return grids, grid_life.put(session, Building, number="3", grid_id=grids[0]).id

    grids, building = clerk.do("建网格", write)
    kinds = {name: grid_life.category(clerk, name) for name in KINDS}
    return Community(
        grids, kinds, building, grid_life.category(clerk, "消防", CategoryGroup.HAZARD)
    )


def raised(session: Session, number: int, came: date, **values: Any) -> Request:
    """A request; `deadline` is what its 办结 kept or missed."""
    deadline = values.pop("deadline", None)
    values.setdefault("origin", Origin.RESIDENT)
    values.setdefault("title", "楼道灯不亮")
    values.setdefault("state", RequestState.HANDLING)
    at = datetime.combine(came, NOON)
    row: Request = grid_life.put(
        session, Request, number=number, came_on=came, came_at=at, **values
    )
    if row.done_on:
        grid_life.put(
            session,
            RequestStep,
            request_id=row.id,
            at=at,
            kind=StepKind.DONE,
            level=row.level,
            state=RequestState.DONE,
            due_on=deadline,
        )
    return row


def solved(came: date, took: int, **values: Any) -> dict[str, Any]:
    return {
        "state": RequestState.CLOSED,
        "came": came,
        "done_on": came + timedelta(days=took),
        "closed_on": came + timedelta(days=took),
        **values,
    }


def add(clerk: Clerk, *rows: dict[str, Any]) -> list[int]:
    def write(session: Session) -> list[int]:
        return [raised(session, number, **row).id for number, row in enumerate(rows, start=1)]

    return list(clerk.do("登记", write))


def bill(clerk: Clerk, period: Period = QUARTER, **values: Any) -> Bill:
    found: Bill = clerk.look_up(
        lambda lookup: happiness.bill(lookup, period, today=TODAY, **values)
    )
    return found


def some_request(choice: random.Random, place: Community) -> dict[str, Any]:
    came = date(2026, 9, 20) + timedelta(days=choice.randrange(70))
    row = {
        "came": came,
        "grid_id": choice.choice([*place.grids, None]),
        "category_id": choice.choice(list(place.kinds.values())),
        "level": choice.choice(list(Level)),
        "reopened": choice.choice([0, 0, 0, 1, 2]),
        "due_on": choice.choice([None, came + timedelta(days=choice.randrange(60))]),
        "satisfaction": choice.choice([None, *Satisfaction]),
        "deleted_at": choice.choice([None] * 9 + [datetime.combine(TODAY, NOON)]),
    }
    way = choice.random()
    if way < 0.6:
        done = came + timedelta(days=choice.randrange(25))
        row |= {
            "state": choice.choice(SOLVED_STATES),
            "done_on": done,
            "deadline": choice.choice([None, done + timedelta(days=choice.randrange(-5, 6))]),
        }
    elif way < 0.7:
        row |= {"state": RequestState.CLOSED, "close_reason": "居民撤回"}
    else:
        row |= {"state": choice.choice(OPEN_STATES)}
    return row


def counted(rows: list[dict[str, Any]]) -> Tally:
    """The same figures, row by row."""
    done = [row for row in rows if row.get("done_on")]
    rest = [row for row in rows if not row.get("done_on")]
    open_rows = [row for row in rest if row["state"] is not RequestState.CLOSED]
    said = [row["satisfaction"] for row in rows]
    return Tally(
        raised=len(rows),
        solved=len(done),
        open=len(open_rows),
        overdue=sum(1 for row in open_rows if row["due_on"] and row["due_on"] < TODAY),
        dropped=len(rest) - len(open_rows),
        timed=sum(1 for row in done if row["deadline"]),
        in_time=sum(1 for row in done if row["deadline"] and row["done_on"] <= row["deadline"]),
        content=said.count(Satisfaction.CONTENT),
        fair=said.count(Satisfaction.FAIR),
        discontent=said.count(Satisfaction.DISCONTENT),
        reopened=sum(1 for row in rows if row["reopened"]),
    )


def summed(tallies: list[Tally]) -> dict[str, int]:
    names = [field.name for field in fields(Tally)]
    return {name: sum(getattr(one, name) for one in tallies) for name in names}


@pytest.mark.parametrize("seed", [5, 26])
def test_every_figure_is_the_one_that_counting_row_by_row_gives(
    clerk: Clerk, place: Community, seed: int
) -> None:
    choice = random.Random(seed)
    rows = [some_request(choice, place) for _ in range(160)]
    add(clerk, *[dict(row) for row in rows])
    mine = [
        row
        for row in rows
        if QUARTER.first <= row["came"] <= QUARTER.last and row["deleted_at"] is None
    ]
    found = bill(clerk)
    assert found.total == counted(mine)
    assert found.total.raised == found.total.solved + found.total.open + found.total.dropped
    by_grid = {part.key: part.tally for part in found.by_grid}
    assert by_grid == {
        grid: counted([row for row in mine if row["grid_id"] == grid])
        for grid in (*place.grids, None)
    }
    by_kind = {part.key: part.tally for part in found.by_category}
    assert by_kind == {
        kind: counted([row for row in mine if row["category_id"] == kind])
        for kind in place.kinds.values()
    }
    for parts in (found.by_grid, found.by_category):
        assert summed([part.tally for part in parts]) == summed([found.total])
    assert sum(count for _, count in found.by_level) == found.total.solved
    assert sum(month.raised for month in found.by_month) == found.total.raised
    assert sum(month.solved for month in found.by_month) == found.total.solved
    taken = [(row["done_on"] - row["came"]).days for row in mine if row.get("done_on")]
    assert found.spans.calendar_median == median(taken)
    assert found.spans.calendar_mean == pytest.approx(mean(taken))
    some = bill(clerk, grid_ids=[place.grids[1]])
    assert some.total == by_grid[place.grids[1]]


def test_what_the_street_answered_counts_for_the_street(clerk: Clerk, place: Community) -> None:
    kind, came = place.kinds["公共设施"], date(2026, 11, 9)
    first, _ = add(
        clerk,
        solved(came, 1, category_id=kind, level=Level.COMMUNITY),
        solved(came, 1, category_id=kind, level=Level.COMMUNITY),
    )
    clerk.do("街道回告", lambda session: _answered_by_street(session, first))
    assert dict(bill(clerk).by_level)[Level.STREET] == 1
    assert dict(bill(clerk).by_level)[Level.COMMUNITY] == 1
    (line,) = clerk.look_up(lambda lookup: happiness_list.lines(lookup, [first]))
    assert line.way == "报街道协调办理"


def _answered_by_street(session: Session, request_id: int) -> None:
    grid_life.put(
        session,
        RequestStep,
        request_id=request_id,
        at=datetime.combine(date(2026, 11, 9), NOON),
        kind=StepKind.HANDED_DOWN,
        level=Level.COMMUNITY,
        state=RequestState.HANDLING,
    )


def test_content_are_those_who_said_so_of_those_who_were_reached(
    clerk: Clerk, place: Community
) -> None:
    kind, day = place.kinds["公共设施"], date(2026, 11, 2)
    said = (
        *(Satisfaction.CONTENT,) * 2,
        Satisfaction.FAIR,
        Satisfaction.DISCONTENT,
        Satisfaction.NOT_REACHED,
        None,
    )
    add(clerk, *[solved(day, 1, category_id=kind, satisfaction=one) for one in said])
    assert bill(clerk).total.reached == 4
    *_, content = paper(clerk).figures
    assert (content.label, content.number, content.unit) == ("满意率", "75", "%")


def test_what_ends_today_is_not_late_and_what_was_done_on_its_last_day_is_in_time(
    clerk: Clerk, place: Community
) -> None:
    kind, day = place.kinds["公共设施"], date(2026, 11, 2)
    add(
        clerk,
        {"came": day, "category_id": kind, "due_on": TODAY},
        {"came": day, "category_id": kind, "due_on": TODAY - timedelta(days=1)},
        solved(day, 1, category_id=kind, deadline=day + timedelta(days=1)),
        solved(day, 2, category_id=kind, deadline=day + timedelta(days=1)),
    )
    total = bill(clerk).total
    assert (total.overdue, total.timed, total.in_time) == (1, 2, 1)


def test_days_off_are_no_working_days(clerk: Clerk, place: Community) -> None:
    friday, kind = date(2026, 11, 6), place.kinds["公共设施"]
    add(
        clerk,
        solved(friday, 0, category_id=kind),
        solved(friday, 3, category_id=kind),
        solved(friday, 4, category_id=kind),
    )
    spans = bill(clerk).spans
    assert (spans.working_median, spans.working_mean) == (1, 1)
    assert (spans.calendar_median, spans.calendar_mean) == (3, pytest.approx(7 / 3))


def test_dangers_count_by_the_day_of_the_diary(clerk: Clerk, place: Community) -> None:
    def write(session: Session) -> None:
        for day, settled_on, deleted in (
            (date(2026, 11, 2), date(2026, 11, 3), None),
            (date(2026, 11, 5), None, None),
            (date(2026, 9, 30), date(2026, 11, 3), None),
            (date(2026, 11, 6), None, datetime.combine(TODAY, NOON)),
        ):
            grid_life.put(
                session,
                DiaryEntry,
                on_date=day,
                grid_id=place.grids[0],
                way=RoundWay.ROUND,
                hazard_id=place.danger,
                settled_on=settled_on,
                deleted_at=deleted,
                written_at=datetime.combine(day, NOON),
            )

    clerk.do("记日记", write)
    found = bill(clerk)
    assert (found.found, found.settled) == (2, 1)
    assert happiness_paper.dangers(found) == "平安日记里发现隐患 2 处，已整改 1 处。"
    assert [(part.found, part.settled) for part in found.by_grid] == [(2, 1), (0, 0), (0, 0)]


def test_somebody_of_one_grid_counts_that_grid_only(clerk: Clerk, place: Community) -> None:
    kind = place.kinds["公共设施"]
    day = date(2026, 11, 2)
    add(clerk, *[solved(day, 1, category_id=kind, grid_id=grid) for grid in (*place.grids, None)])
    clerk.database.act_as(Actor("孙丽", GRID_MEMBER, grids=frozenset({place.grids[1]})))
    found = bill(clerk)
    assert found.total.raised == 1
    assert [part.key for part in found.by_grid] == [place.grids[1]]
    ids = clerk.look_up(lambda lookup: happiness_list.solved_ids(lookup, QUARTER))
    assert len(ids) == 1


def paper(clerk: Clerk, **values: Any) -> Any:
    wish = BillWish(**{"period": QUARTER, **values})
    printing = Printing(by="赵敏", at=datetime.combine(TODAY, NOON))
    return clerk.see(lambda session: happiness_paper.bill_paper(session, wish, printing))


def test_the_board_shows_no_name_no_number_and_no_home(clerk: Clerk, place: Community) -> None:
    clerk.add("王秀兰")
    resident = clerk.add("仇志国")
    add(
        clerk,
        solved(
            date(2026, 11, 2),
            1,
            category_id=place.kinds["公共设施"],
            building_id=place.building,
            unit="2",
            place="301 门口",
            resident_id=resident,
            person="曲老师",
            title="王秀兰家 3-2-301 漏水，电话 13812340612",
            answer="已和仇志国说好，曲老师也在场，3号楼2单元301室修好了",
            handler="物业",
        ),
    )
    (line,) = paper(clerk).matters
    assert (line.place, line.way) == ("3 号楼", "交物业办理")
    assert line.matter == "王*兰家 3 号楼 漏水，电话 138 **** 0612"
    assert line.result == "已和仇*国说好，曲*师也在场，3号楼修好了"


def test_what_was_noted_on_the_way_hangs_masked(clerk: Clerk, place: Community) -> None:
    clerk.add("王秀兰")
    day = date(2026, 11, 2)
    (key,) = add(clerk, solved(day, 1, category_id=place.kinds["公共设施"]))
    clerk.do(
        "记进展",
        lambda s: (
            grid_life.put(
                s,
                RequestStep,
                request_id=key,
                at=datetime.combine(day, NOON),
                kind=StepKind.NOTED,
                level=Level.MEMBER,
                state=RequestState.HANDLING,
                words="约了王秀兰，电话 13812340612",
            ).id
        ),
    )
    assert paper(clerk).matters[0].way == "约了王*兰，电话 138 **** 0612"


@pytest.mark.parametrize("kind", ["矛盾纠纷", "民生救助", "特殊人群"])
def test_quarrels_need_and_special_groups_are_not_proposed(
    clerk: Clerk, place: Community, kind: str
) -> None:
    add(clerk, solved(date(2026, 11, 2), 1, category_id=grid_life.category(clerk, kind)))
    assert paper(clerk).matters == ()
    assert paper(clerk).solved == 1


def test_what_tells_of_need_hangs_only_where_it_was_ticked(clerk: Clerk, place: Community) -> None:
    day = date(2026, 11, 2)
    public, private = add(
        clerk,
        solved(day, 1, category_id=place.kinds["公共设施"]),
        solved(day, 2, category_id=place.kinds["民生救助"], title="申请临时救助"),
    )
    assert [line.matter for line in paper(clerk).matters] == ["楼道灯不亮"]
    assert paper(clerk).solved == 2
    assert len(paper(clerk, listed=(private, public)).matters) == 2


def test_a_matter_that_several_asked_for_stands_once_and_counts_for_each(
    clerk: Clerk, place: Community
) -> None:
    day, kind = date(2026, 11, 2), place.kinds["公共设施"]
    (first,) = add(clerk, solved(day, 1, category_id=kind))
    clerk.do(
        "并案",
        lambda s: raised(s, 2, **solved(day, 1, category_id=kind, merged_into_id=first)).id,
    )
    assert bill(clerk).total.solved == 2
    assert len(paper(clerk).matters) == 1


def test_a_period_without_requests_makes_a_paper_without_charts(
    clerk: Clerk, place: Community
) -> None:
    empty = paper(clerk, period=periods.month(date(2025, 3, 1)))
    assert (empty.by_grid, empty.by_month, empty.matters) == ((), (), ())
    assert [figure.number for figure in empty.figures] == ["0", "0", "—", "—", "—"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (periods.month(date(2026, 2, 10)), "2026年2月"),
        (periods.month_before(date(2026, 1, 31)), "2025年12月"),
        (periods.quarter(date(2026, 11, 20)), "2026年第四季度"),
        (periods.year_of(date(2026, 11, 20)), "2026年"),
        (periods.between(date(2026, 1, 5), date(2026, 2, 3)), "2026年1月5日至2026年2月3日"),
    ],
)
def test_a_period_is_called_as_offices_call_it(period: Period, words: str) -> None:
    assert period.words == words


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DomainError, match="结束的日子在开始之前"):
        periods.between(date(2026, 2, 3), date(2026, 1, 5))


def test_not_quite_all_is_never_called_a_hundred_percent() -> None:
    assert happiness_paper.percent_words(1999 / 2000) == "99.9%"
    assert happiness_paper.percent_words(1.0) == "100%"
    assert happiness_paper.percent_words(None) == "—"
