"""回收称重: the list of a collection point is booked whole, once, and looked at by a second."""

from dataclasses import replace

import pytest

from app.errors import DomainError
from app.models import ClaimOrigin, PointsClaim
from app.services import points_claims, points_family, recycling
from app.services.points_accounts import TooYoung
from app.services.recycling import Weighed, Weighing
from app.storage.engine import Database
from tests.services.points_stage import SUN, ZHAO, Stage, stage_on

WASTE = "厨余垃圾称重"


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def listed(stage: Stage) -> Weighing:
    return Weighing(
        item_id=stage.item(WASTE), item=WASTE, on_date=stage.today, point=" 2 号回收点 "
    )


def brought(stage: Stage, name: str, kilograms: float) -> Weighed:
    return Weighed(name, stage.people[name], None, round(100 * kilograms))


def book(stage: Stage, weighing: Weighing, *people: Weighed) -> list[int]:
    found: list[int] = stage.now(recycling.book, weighing, people, by=SUN)
    return found


def test_a_list_waits_for_a_second_person_and_gives_points_but_no_hours(stage: Stage) -> None:
    book(stage, listed(stage), brought(stage, "wang", 1.5), brought(stage, "chen", 2))
    asked = "SELECT origin, state, quantity, half_hours, place, words, id FROM points_claim"
    first, second = stage.ask(asked)
    origin = ClaimOrigin.RECYCLING.value
    assert first[:5] == (origin, "waiting", 150, 0, "2 号回收点")
    assert second[5] == "2 号回收点 称重 2 公斤"
    assert stage.points(stage.wang) == 0
    stage.accept(first[6], second[6])
    assert (stage.points(stage.wang), stage.points(stage.chen)) == (3, 4)


def test_the_same_list_is_booked_once_and_nothing_of_a_second_try_stays(stage: Stage) -> None:
    book(stage, listed(stage), brought(stage, "wang", 1.5))
    with pytest.raises(DomainError, match="已经记过") as refused:
        book(stage, listed(stage), brought(stage, "chen", 1), brought(stage, "wang", 1.5))
    assert "已经记过，整张都没有记" in str(refused.value)
    assert stage.ask("SELECT count(*) FROM points_claim") == [(1,)]
    book(stage, replace(listed(stage), point="3 号回收点"), brought(stage, "wang", 1.5))
    assert stage.clerk.look_up(recycling.collection_points) == ["3 号回收点", "2 号回收点"]


def test_what_was_sent_back_may_be_listed_again(stage: Stage) -> None:
    (claim,) = book(stage, listed(stage), brought(stage, "wang", 15))
    stage.now(points_claims.send_back, [claim], answer="小数点？", by=ZHAO)
    book(stage, listed(stage), brought(stage, "wang", 1.5))
    with stage.clerk.database.reading() as session:
        assert session.query(PointsClaim).count() == 2


def test_a_line_without_kilograms_or_a_list_without_a_point_is_refused(stage: Stage) -> None:
    with pytest.raises(DomainError, match="还没有填公斤数"):
        book(stage, listed(stage), brought(stage, "chen", 1), brought(stage, "wang", 0))
    with pytest.raises(DomainError, match="回收点"):
        book(stage, replace(listed(stage), point=" "), brought(stage, "wang", 1))
    with pytest.raises(DomainError, match="还没有称重的人"):
        book(stage, listed(stage))
    assert stage.ask("SELECT count(*) FROM points_claim") == [(0,)]


def test_a_childs_kilograms_go_to_the_account_of_the_household(stage: Stage) -> None:
    child = brought(stage, "child", 1)
    with pytest.raises(TooYoung) as asked:
        book(stage, listed(stage), child)
    assert (asked.value.name, asked.value.resident_id) == ("王小明", stage.people["child"])
    stage.do(points_family.share_with, stage.people["child"], today=stage.today)
    assert len(book(stage, listed(stage), child)) == 1


def test_only_matters_by_the_kilogram_are_offered(stage: Stage) -> None:
    offered = stage.clerk.look_up(lambda look: recycling.rules(look, stage.today))
    assert [one.item for one in offered] == [WASTE]
