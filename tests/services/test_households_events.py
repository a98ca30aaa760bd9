"""Households keep exactly one head; who leaves is out of every count, and can come back."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.errors import DomainError
from app.models import EventKind, Household, Resident, ResidentEvent
from app.services import cards, dwellings, events, households
from app.services.filters import ResidentFilter
from tests.services.conftest import Clerk


@pytest.fixture
def family(clerk: Clerk) -> dict[str, int]:
    """仇志国, his wife and their son in 4-2-503."""
    head = clerk.add("仇志国", birth_date=date(1955, 1, 1), address="4-2-503", new_household=True)
    home = clerk.household_of(head)
    wife = clerk.add(
        "宫丽丽", birth_date=date(1957, 1, 1), address="4-2-503", household_id=home, relation="妻"
    )
    son = clerk.add(
        "仇伟", birth_date=date(1983, 1, 19), address="4-2-503", household_id=home, relation="子"
    )
    return {"head": head, "wife": wife, "son": son, "home": home}


@pytest.fixture(autouse=True)
def one_head_everywhere(clerk: Clerk) -> Iterator[None]:
    """Whatever a test does: a household with members has one head, who is one of them."""
    yield
    with clerk.database.reading() as session:
        for row in session.query(Household):
            members = (
                session.query(Resident)
                .filter_by(household_id=row.id, deleted_at=None, departure=None)
                .all()
            )
            heads = [one.id for one in members if one.relation == "户主"]
            assert heads == ([row.head_id] if members else []), row.number


def _members(clerk: Clerk, home: int) -> list[tuple[str, str]]:
    view = clerk.see(lambda s: households.household(s, home, today=clerk.today))
    return [(one.name, one.relation) for one in view.members]


def test_a_household_shows_its_head_first(clerk: Clerk, family: dict[str, int]) -> None:
    view = clerk.see(lambda s: households.household(s, family["home"], today=clerk.today))
    assert [one.name for one in view.members] == ["仇志国", "宫丽丽", "仇伟"]
    assert view.label == "户 0001（户主 仇志国）"
    assert view.place == "4 号楼 2 单元 503"
    (choice,) = clerk.see(lambda s: households.at_address(s, "4号楼2单元503", today=clerk.today))
    assert choice.id == family["home"]
    assert clerk.see(lambda s: households.at_address(s, "9-9-999", today=clerk.today)) == []


def test_a_new_head_takes_over(clerk: Clerk, family: dict[str, int]) -> None:
    said = clerk.do(
        "换户主",
        lambda s: households.change_head(
            s, family["home"], family["son"], relations={family["head"]: "父亲"}
        ),
    )
    assert said == ("户 0001 的户主改为仇伟。", "请核对 宫丽丽 与新户主的关系。")
    assert _members(clerk, family["home"])[:2] == [("仇伟", "户主"), ("仇志国", "父亲")]
    with pytest.raises(DomainError):
        clerk.do("换户主", lambda s: households.change_head(s, family["home"], family["son"]))


def test_only_a_member_can_lead(clerk: Clerk, family: dict[str, int]) -> None:
    stranger = clerk.add("王建国")
    with pytest.raises(DomainError, match="成员"):
        clerk.do("换户主", lambda s: households.change_head(s, family["home"], stranger))


def test_entering_a_second_head_makes_the_first_an_ordinary_member(
    clerk: Clerk, family: dict[str, int]
) -> None:
    clerk.add("仇老太", address="4-2-503", household_id=family["home"], relation="户主")
    assert _members(clerk, family["home"])[0] == ("仇老太", "户主")
    assert clerk.get(family["head"], "relation") is None


def test_when_the_head_dies_the_spouse_leads_and_it_is_said(
    clerk: Clerk, family: dict[str, int]
) -> None:
    ties = clerk.see(lambda s: events.hangs_on(s, family["head"], today=clerk.today))
    assert ties == ["是户主：本户还有 2 人（宫丽丽、仇伟），需要新户主"]
    outcome = clerk.do(
        "死亡", lambda s: events.die(s, family["head"], on_date=clerk.today, now=clerk.now)
    )
    assert outcome.sentences[0] == "户 0001 的户主改为宫丽丽。"
    assert clerk.counts() == (2, 1)
    assert "仇志国" not in clerk.names()
    assert clerk.names(ResidentFilter(departed=True)) == ["仇志国"]
    assert clerk.see(lambda s: dwellings.complete(s, "4-2"))[0].people == 2


def test_a_death_is_taken_back_with_everything_as_it_was(
    clerk: Clerk, family: dict[str, int]
) -> None:
    before = _members(clerk, family["home"])
    outcome = clerk.do(
        "死亡",
        lambda s: events.die(
            s, family["head"], on_date=clerk.today, now=clerk.now, new_head_id=family["son"]
        ),
    )
    assert _members(clerk, family["home"])[0] == ("仇伟", "户主")
    clerk.do("撤回", lambda s: events.take_back(s, outcome.event_id, now=clerk.now))
    assert _members(clerk, family["home"]) == before
    assert clerk.counts() == (3, 1)
    assert clerk.find("仇志国") == [family["head"]]
    (line,) = clerk.see(lambda s: cards.card(s, family["head"], today=clerk.today)).events
    assert (line.label, line.revoked) == ("死亡", True)
    with pytest.raises(DomainError, match="已经撤回"):
        clerk.do("撤回", lambda s: events.take_back(s, outcome.event_id, now=clerk.now))


def test_a_head_chosen_since_stays_when_a_death_is_taken_back(
    clerk: Clerk, family: dict[str, int]
) -> None:
    outcome = clerk.do(
        "死亡", lambda s: events.die(s, family["head"], on_date=clerk.today, now=clerk.now)
    )
    clerk.do("换户主", lambda s: households.change_head(s, family["home"], family["son"]))
    clerk.do("撤回", lambda s: events.take_back(s, outcome.event_id, now=clerk.now))
    assert _members(clerk, family["home"])[0] == ("仇伟", "户主")
    assert clerk.counts() == (3, 1)


def test_who_moved_out_can_move_in_again(clerk: Clerk, family: dict[str, int]) -> None:
    son = family["son"]
    clerk.do("迁出", lambda s: events.move_out(s, son, on_date=date(2026, 5, 1), now=clerk.now))
    assert clerk.counts() == (2, 1)
    clerk.do("迁入", lambda s: events.moved_in(s, son, on_date=clerk.today, now=clerk.now))
    assert clerk.counts() == (3, 1)
    card = clerk.see(lambda s: cards.card(s, son, today=clerk.today))
    assert [line.kind for line in card.events] == [EventKind.MOVED_IN, EventKind.MOVED_OUT]


@pytest.mark.parametrize("act", [events.die, events.move_out, events.moved_in])
def test_days_that_cannot_be_are_refused(clerk: Clerk, family: dict[str, int], act: object) -> None:
    for day in (clerk.today + timedelta(days=1), date(1950, 1, 1)):
        with pytest.raises(DomainError, match="日期"):
            clerk.do("变动", lambda s, d=day: act(s, family["head"], on_date=d, now=clerk.now))
    assert clerk.see(lambda s: s.query(ResidentEvent).count()) == 0


def test_nobody_leaves_twice(clerk: Clerk, family: dict[str, int]) -> None:
    clerk.do(
        "迁出", lambda s: events.move_out(s, family["son"], on_date=clerk.today, now=clerk.now)
    )
    with pytest.raises(DomainError, match="已经迁出或死亡"):
        clerk.do("死亡", lambda s: events.die(s, family["son"], on_date=clerk.today, now=clerk.now))


def test_a_whole_household_moves_out(clerk: Clerk, family: dict[str, int]) -> None:
    said = clerk.do(
        "整户迁出",
        lambda s: events.move_out_household(s, family["home"], on_date=clerk.today, now=clerk.now),
    )
    assert said == ("户 0001 共 3 人迁出。",)
    assert clerk.counts() == (0, 0)
    assert clerk.counts(ResidentFilter(departed=True)) == (3, 1)


def test_a_household_is_split(clerk: Clerk, family: dict[str, int]) -> None:
    new = clerk.do(
        "分户",
        lambda s: households.split(
            s,
            [family["son"]],
            head_id=family["son"],
            address="6-1-204",
            on_date=clerk.today,
            now=clerk.now,
        ),
    )
    assert _members(clerk, new) == [("仇伟", "户主")]
    assert [name for name, _ in _members(clerk, family["home"])] == ["仇志国", "宫丽丽"]
    assert clerk.find("仇伟 6-1-204") == [family["son"]]
    card = clerk.see(lambda s: cards.card(s, family["son"], today=clerk.today))
    assert card.events[0].kind is EventKind.CHANGED_HOUSEHOLD
    clerk.do("撤回", lambda s: events.take_back(s, card.events[0].id, now=clerk.now))
    assert len(_members(clerk, family["home"])) == 3


def test_a_split_needs_a_head_among_those_who_go_and_somebody_who_stays(
    clerk: Clerk, family: dict[str, int]
) -> None:
    def split(ids: list[int], head: int) -> None:
        clerk.do(
            "分户",
            lambda s: households.split(s, ids, head_id=head, on_date=clerk.today, now=clerk.now),
        )

    stranger = clerk.add("王建国", new_household=True)
    for ids, head in (
        ([family["son"]], family["head"]),
        ([family["head"], family["wife"], family["son"]], family["head"]),
        ([family["son"], stranger], stranger),
        ([], stranger),
    ):
        with pytest.raises(DomainError):
            split(ids, head)


def test_a_household_moves_as_a_whole(clerk: Clerk, family: dict[str, int]) -> None:
    elsewhere = clerk.add("仇小妹", address="8-1-101", household_id=family["home"], relation="女")
    said = clerk.do("搬迁", lambda s: households.move(s, family["home"], "6-1-204"))
    assert said == ("户 0001 共 3 人搬到 6 号楼 1 单元 204。", "仇小妹 另有住处，没有改动。")
    assert set(clerk.find("6-1-204")) == {family["head"], family["wife"], family["son"]}
    assert clerk.find("8-1-101") == [elsewhere]
    with pytest.raises(DomainError, match="看不懂"):
        clerk.do("搬迁", lambda s: households.move(s, family["home"], "海边"))


def test_a_person_joins_another_household(clerk: Clerk, family: dict[str, int]) -> None:
    host = clerk.add("王建国", address="9-1-101", new_household=True)
    target = clerk.household_of(host)
    clerk.do(
        "换户",
        lambda s: households.move_person(
            s, family["head"], target, relation="其他", on_date=clerk.today, now=clerk.now
        ),
    )
    assert _members(clerk, target) == [("王建国", "户主"), ("仇志国", "其他")]
    assert _members(clerk, family["home"])[0] == ("宫丽丽", "户主")
    assert clerk.find("仇志国 9-1-101") == [family["head"]]


def test_changing_the_household_in_the_form_is_an_event(
    clerk: Clerk, family: dict[str, int]
) -> None:
    said = clerk.change(family["head"], household_id=None, new_household=True)
    assert said[0] == "户 0001 的户主改为宫丽丽。"
    assert clerk.get(family["head"], "relation") == "户主"
    card = clerk.see(lambda s: cards.card(s, family["head"], today=clerk.today))
    assert [line.label for line in card.events] == ["换户"]


def test_addresses_are_completed_in_the_order_of_a_walk(clerk: Clerk) -> None:
    for place in ("4-2-503", "4-2-1001", "4-10-101", "10-1-101", "4-1-101"):
        clerk.add("王建国", address=place)
    shown = [choice.short for choice in clerk.see(lambda s: dwellings.complete(s, "4"))]
    assert shown == ["4-1-101", "4-2-503", "4-2-1001", "4-10-101"]
    assert [c.short for c in clerk.see(lambda s: dwellings.complete(s, "4-2-5"))] == ["4-2-503"]
    assert [c.short for c in clerk.see(lambda s: dwellings.complete(s, "4号楼2单元"))] == [
        "4-2-503",
        "4-2-1001",
    ]
    assert [view.label for view in clerk.see(dwellings.buildings)] == ["4 号楼", "10 号楼"]
    assert clerk.see(lambda s: dwellings.complete(s, "%")) == []
