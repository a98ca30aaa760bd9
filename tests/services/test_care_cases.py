"""关怀: nobody answered, the four steps, the grid member's result; open until it is known why."""

from datetime import timedelta

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed, OutsideGrids
from app.models import CareReason, CareStepKind, Resident
from app.services import care_cases, care_views, deliveries, delivery_papers
from app.services.papers import Printing
from app.storage.engine import Database
from app.values.rights import CANTEEN, DEFAULTS, READER, Actor
from tests.services.delivery_stage import NOBODY, Door, family


@pytest.fixture
def door(database: Database) -> Door:
    return Door(database)


def test_a_silent_door_is_open_until_it_is_known_why(door: Door) -> None:
    assert door.open() == ["王秀兰"]
    assert door.case.words == "11:40 餐已带回"
    assert door.case.next_step is CareStepKind.OWN_PHONE
    door.now(care_cases.close, door.case_id, outcome="在女儿家")
    assert door.open() == []
    assert (door.case.outcome, door.case.closed_by) == ("在女儿家", "郭师傅")


def test_the_steps_are_gone_through_in_their_order(door: Door) -> None:
    assert door.case.next_step is CareStepKind.OWN_PHONE
    door.now(care_cases.note, door.case_id, CareStepKind.OWN_PHONE, words="未接")
    assert door.case.next_step is CareStepKind.FAMILY_PHONE
    door.now(care_cases.note, door.case_id, CareStepKind.FAMILY_PHONE, words="未接")
    assert door.case.next_step is CareStepKind.HANDED_ON
    assert door.now(care_cases.hand_on, door.case_id) == "周敏"
    assert door.case.next_step is CareStepKind.OUTCOME
    assert [one.words for one in door.case.steps] == ["未接", "未接", "周敏"]


def test_it_goes_to_whoever_does_the_rounds_of_the_grid(door: Door) -> None:
    assert door.case.staff == (door.zhou, "周敏")
    door.now(care_cases.hand_on, door.case_id)
    assert (door.case.member_id, door.case.member_name) == (door.zhou, "周敏")


def test_without_a_grid_or_its_member_it_is_said_what_to_do(door: Door) -> None:
    chen = door.now(deliveries.nobody, door.orders["chen"])
    with pytest.raises(DomainError, match="还没有分网格"):
        door.now(care_cases.hand_on, chen)
    he = door.now(deliveries.nobody, door.orders["he"])
    with pytest.raises(DomainError, match="没有网格员"):
        door.now(care_cases.hand_on, he)


def test_the_grid_member_closes_what_lies_in_the_own_grid(door: Door) -> None:
    door.now(care_cases.hand_on, door.case_id)
    assert door.open(door.member()) == ["王秀兰"]
    door.now(care_cases.close, door.case_id, outcome="在家，没听见敲门", by=door.member())
    assert door.open() == []
    assert door.case.closed_by == "周敏"


def test_a_member_of_another_grid_neither_sees_nor_closes_it(door: Door) -> None:
    assert door.open(door.member(door.other)) == []
    with pytest.raises((OutsideGrids, DomainError)):
        door.now(care_cases.close, door.case_id, outcome="好", by=door.member(door.other))
    assert door.open() == ["王秀兰"]


def test_who_only_reads_closes_nothing(door: Door) -> None:
    reader = Actor("看的人", READER, DEFAULTS[READER])
    with pytest.raises(NotAllowed):
        door.now(care_cases.close, door.case_id, outcome="好", by=reader)


def test_a_case_is_not_closed_without_a_result(door: Door) -> None:
    with pytest.raises(DomainError, match="请写明查到了什么"):
        door.now(care_cases.close, door.case_id, outcome="  ")


def test_a_closed_case_takes_no_more_steps(door: Door) -> None:
    door.now(care_cases.close, door.case_id, outcome="住院，家属知道")
    with pytest.raises(DomainError, match="了结：住院，家属知道"):
        door.now(care_cases.note, door.case_id, CareStepKind.OWN_PHONE)


def test_two_at_once_do_not_overwrite_each_other(door: Door) -> None:
    version = door.case.version
    door.now(care_cases.hand_on, door.case_id, version=version)
    with pytest.raises(ChangedMeanwhile):
        door.now(care_cases.close, door.case_id, outcome="好", version=version)


def test_a_second_silent_door_joins_the_case_that_is_open(door: Door) -> None:
    door.now(deliveries.bring_again, door.orders["wang"])
    door.settle(("wang", NOBODY), words="再敲无人")
    assert door.open() == ["王秀兰"]
    assert door.case.words == "11:40 餐已带回；11:40 再敲无人"


def test_brought_again_and_handed_over_closes_the_case(door: Door) -> None:
    door.now(deliveries.bring_again, door.orders["wang"])
    assert door.case.done(CareStepKind.BROUGHT_AGAIN)
    assert door.open() == ["王秀兰"]
    door.now(deliveries.handed, [door.orders["wang"]])
    assert door.open() == []
    assert door.case.outcome == "再送时本人已收到"


def test_a_case_about_which_something_was_done_outlives_a_wrong_entry(door: Door) -> None:
    door.now(care_cases.note, door.case_id, CareStepKind.OWN_PHONE, words="未接")
    door.now(deliveries.take_back, door.orders["wang"])
    assert door.open() == ["王秀兰"]


def test_the_next_case_tells_of_the_one_before(door: Door) -> None:
    door.now(care_cases.close, door.case_id, outcome="在女儿家")
    door.stage = door.stage.at(door.today + timedelta(days=3))
    later = door.now(care_cases.raise_case, door.stage.people["wang"], why=CareReason.STAYED_AWAY)
    found = door.stage.look(care_views.case, later, today=door.today)
    assert found.last == "11-21 无人应答：在女儿家"


def test_who_has_died_or_moved_is_not_looked_for(door: Door) -> None:
    door.do(lambda s: setattr(s.get_one(Resident, door.stage.people["wang"]), "departure", "moved"))
    assert door.open() == []


def test_showing_thefamilys_number_is_on_record(door: Door) -> None:
    wang = door.stage.people["wang"]
    door.do(family, wang)
    assert (door.case.contact, door.case.contact_masked) == ("女儿 王丽", "139 **** 2277")
    assert door.do(care_cases.reveal, wang) == ("", "13940962277")
    looked = door.stage.ask("SELECT table_name FROM change WHERE action = 'looked' ORDER BY id")
    assert [name for (name,) in looked] == ["diner", "resident"]


def test_who_may_not_see_numbers_is_not_shown_one(door: Door) -> None:
    cook = Actor("郭师傅", CANTEEN, DEFAULTS[CANTEEN])
    with pytest.raises(NotAllowed):
        door.do(care_cases.reveal, door.stage.people["wang"], by=cook)


def test_the_slip_tells_what_is_known_and_what_was_tried(door: Door) -> None:
    door.do(family, door.stage.people["wang"])
    door.now(care_cases.note, door.case_id, CareStepKind.OWN_PHONE, words="未接")
    slip = door.stage.clerk.see(
        lambda s: delivery_papers.slip(s, door.case_id, Printing("赵敏", door.stage.now))
    )
    facts = dict(slip.facts)
    assert (slip.member, facts["姓名"], facts["家属"]) == (
        "周敏",
        "王秀兰　78 岁",
        "女儿 王丽　139 **** 2277",
    )
    assert slip.done == ["11-21 11:40 打本人电话 未接"]
