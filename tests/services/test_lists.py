"""The list: who is in it, in which order, and that its figures are the length of what they head."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest

from app.models import Departure, Resident
from app.services import dwellings, events, exports, filters, grids, history, residents, tags
from app.services.ages import age_on, born_between
from app.services.filters import AgeBand, ResidentFilter
from app.services.residents import Order, OrderKey
from app.storage.lookup import Lookup, Sql
from tests.services.conftest import Clerk, id_number


@pytest.fixture
def community(clerk: Clerk) -> Clerk:
    grid = clerk.do("加网格", lambda s: grids.add(s, number=3, name="第三网格"))
    tag = clerk.tag_id("独居老人")
    clerk.add(
        "王秀兰",
        document_number=id_number(date(1948, 3, 6), man=False),
        address="10-1-101",
        new_household=True,
        residence_status="人户一致",
        political_status="中共党员",
        grid_id=grid,
        tag_ids=(tag,),
    )
    clerk.add(
        "单志强", birth_date=date(1990, 5, 1), address="9-1-101", new_household=True, sex="男"
    )
    clerk.add(
        "李小满", birth_date=date(2026, 11, 20), address="9-1-101", residence_status="人户一致"
    )
    clerk.add("阿迪力·买买提", grid_id=grid)
    gone = clerk.add("周永福", birth_date=date(1940, 1, 1), new_household=True)
    clerk.do("死亡", lambda s: events.die(s, gone, on_date=clerk.today, now=clerk.now))
    return clerk


def test_the_default_order_is_by_the_surnames_own_reading(community: Clerk) -> None:
    assert community.names() == ["阿迪力·买买提", "李小满", "单志强", "王秀兰"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order(OrderKey.NAME, True), ["王秀兰", "单志强", "李小满", "阿迪力·买买提"]),
        (Order(OrderKey.AGE), ["李小满", "单志强", "王秀兰", "阿迪力·买买提"]),
        (Order(OrderKey.AGE, True), ["王秀兰", "单志强", "李小满", "阿迪力·买买提"]),
        (Order(OrderKey.PLACE), ["李小满", "单志强", "王秀兰", "阿迪力·买买提"]),
        (Order(OrderKey.PLACE, True), ["王秀兰", "李小满", "单志强", "阿迪力·买买提"]),
        (Order(OrderKey.GRID), ["阿迪力·买买提", "王秀兰", "李小满", "单志强"]),
    ],
)
def test_orders(community: Clerk, order: Order, expected: list[str]) -> None:
    """By address 9 号楼 comes before 10 号楼; who has no value comes last either way."""
    with community.database.lookup() as lookup:
        ids = residents.list_ids(lookup, order=order, today=community.today).ids
        lines = residents.rows(lookup, ids, today=community.today)
    assert [line.name for line in lines] == expected


def test_a_line_tells_age_place_and_tags(community: Clerk) -> None:
    ids = community.find("王秀兰")
    (line,) = community.look_up(lambda lookup: residents.rows(lookup, ids, today=community.today))
    assert (line.age, line.place, line.place_short) == (78, "10 号楼 1-101", "10-1-101")
    assert (line.grid_name, line.household_number, line.relation) == ("第三网格", "0001", "户主")
    assert [tag.name for tag in line.tags] == ["独居老人"]
    assert line.document_tail.endswith(line.document_number[-4:])
    assert line.document_number[6:14] not in line.document_masked


def test_every_count_is_the_length_of_its_list(community: Clerk) -> None:
    tag = community.tag_id("独居老人")
    building = community.see(lambda s: dwellings.buildings(s)[0].id)
    choices = [
        {"grid_ids": (1,)},
        {"building_ids": (building,)},
        {"ages": (AgeBand(60), AgeBand(0, 6))},
        {"tag_ids": (tag,)},
        {"residence_statuses": ("人户一致",)},
        {"party_only": True},
        {"departed": True},
        {"text": "王"},
    ]
    for one, other in product(choices, choices):
        chosen = ResidentFilter(**{**one, **other})
        people, households = community.counts(chosen)
        with community.database.lookup() as lookup:
            ids = residents.list_ids(lookup, chosen, today=community.today).ids
            lines = residents.rows(lookup, ids, today=community.today)
        assert people == len(ids) == len(lines), chosen
        assert households == len({line.household_number for line in lines} - {""}), chosen


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (ResidentFilter(ages=(AgeBand(60),)), ["王秀兰"]),
        (ResidentFilter(ages=(AgeBand(0, 6),)), ["李小满"]),
        (ResidentFilter(ages=(AgeBand(18, 59), AgeBand(60))), ["单志强", "王秀兰"]),
        (ResidentFilter(party_only=True), ["王秀兰"]),
        (ResidentFilter(residence_statuses=("人户一致",)), ["李小满", "王秀兰"]),
        (ResidentFilter(departed=True), ["周永福"]),
    ],
)
def test_filters(community: Clerk, chosen: ResidentFilter, expected: list[str]) -> None:
    assert community.names(chosen) == expected


@pytest.mark.parametrize(
    "chosen",
    [
        ResidentFilter(ages=(AgeBand(60),)),
        ResidentFilter(party_only=True),
        ResidentFilter(residence_statuses=("人户一致",)),
    ],
)
def test_a_broad_filter_does_not_jump_from_an_index_to_its_people(
    community: Clerk, chosen: ResidentFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among 100,000 people each jump is a page of the file to be decrypted."""
    steps: list[str] = []
    read = Lookup.rows

    def noting(lookup: Lookup, sql: Sql) -> Iterator[tuple[Any, ...]]:
        plan = read(lookup, Sql(f"EXPLAIN QUERY PLAN {sql.text}", sql.values))
        steps.extend(str(step[3]) for step in plan)
        return read(lookup, sql)

    monkeypatch.setattr(Lookup, "rows", noting)
    community.names(chosen)
    community.counts(chosen)

    assert [step for step in steps if "by_name" in step or "birth_date" in step] == []


def test_grid_building_and_tag_narrow_the_list(community: Clerk) -> None:
    tag = community.tag_id("独居老人")
    (ten,) = community.see(
        lambda s: [one.id for one in dwellings.buildings(s) if one.number == "10"]
    )

    assert community.names(ResidentFilter(grid_ids=(1,))) == ["阿迪力·买买提", "王秀兰"]
    assert community.names(ResidentFilter(building_ids=(ten,))) == ["王秀兰"]
    assert community.names(ResidentFilter(tag_ids=(tag,))) == ["王秀兰"]


def test_an_ended_tag_is_no_longer_counted(community: Clerk) -> None:
    tag = community.tag_id("独居老人")
    (lan,) = community.find("王秀兰")
    community.do("去标签", lambda s: tags.end(s, [lan], tag, until=community.today))

    assert community.names(ResidentFilter(tag_ids=(tag,))) == []
    assert community.find("独居老人") == []


def test_the_filter_in_words(community: Clerk) -> None:
    chosen = ResidentFilter(
        grid_ids=(1,),
        ages=(AgeBand(60),),
        tag_ids=(community.tag_id("独居老人"),),
        party_only=True,
        text="王",
    )
    words = community.look_up(lambda lookup: filters.sentence(lookup, chosen))
    assert words == "第三网格，60 岁及以上，标签：独居老人，党员，查找“王”"
    assert (
        community.look_up(lambda lookup: filters.sentence(lookup, ResidentFilter())) == "全部居民"
    )


def test_ages_in_sql_are_the_ages_that_are_shown() -> None:
    days = [date(2008, 2, 28), date(2008, 2, 29), date(2008, 3, 1), date(2007, 12, 31)]
    for today in (date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29), date(2026, 1, 1)):
        for low, high, birth in product((0, 17, 18, 19, 20), (18, 20), days):
            first, last = born_between(low, high, today)
            age = age_on(birth, today)
            assert first is not None
            assert last is not None
            assert (first <= birth <= last) == (age is not None and low <= age <= high)


def test_an_age_band_ends_on_the_day_before_the_birthday(clerk: Clerk) -> None:
    clerk.add("张六岁", birth_date=date(2019, 11, 22))
    clerk.add("李七岁", birth_date=date(2019, 11, 21))
    clerk.add("王今天", birth_date=clerk.today)

    assert clerk.names(ResidentFilter(ages=(AgeBand(0, 6),))) == ["王今天", "张六岁"]
    assert clerk.names(ResidentFilter(ages=(AgeBand(7, 7),))) == ["李七岁"]


def test_who_is_born_on_29_february_turns_older_on_1_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
    assert age_on(date(2027, 1, 1), date(2026, 3, 1)) is None


def test_exports_mask_numbers_and_are_part_of_the_history(community: Clerk) -> None:
    ids = community.find("王秀兰")
    with community.database.lookup() as lookup:
        (row,) = exports.lines(lookup, ids, today=community.today)
    community.do("导出 1 人", lambda s: exports.note_exported(s, ids))
    line = dict(zip(exports.HEADINGS, row, strict=True))
    assert (line["姓名"], line["楼-单元-室"], line["年龄"]) == ("王秀兰", "10-1-101", "78")
    assert "****" in line["证件号码"]
    told = community.see(lambda s: history.of_record(s, Resident, ids[0]))
    assert told[0].sentence == "导出 1 人"


def test_every_way_of_leaving_has_a_word() -> None:
    assert set(residents.DEPARTURE_LABELS) == set(Departure)
