"""积分账户: whose points are where, shared accounts, cards, freezing, moving inside a household."""

from datetime import date

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.models import AccountState, Departure, EntryKind, PointsCard, Resident, Volunteer
from app.services import (
    points_accounts,
    points_balance,
    points_book,
    points_cards,
    points_claims,
    points_family,
    points_owner,
)
from app.services.points_accounts import Holder
from app.storage.engine import Database
from app.values.rights import DEFAULTS, Actor
from tests.services.points_stage import Stage, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def opened(stage: Stage, **who: int) -> int:
    return int(stage.do(points_accounts.open_account, today=stage.today, **who))


def account_of(stage: Stage, name: str) -> int | None:
    found: int | None = stage.clerk.look_up(
        lambda look: points_owner.account_of(look, stage.people[name])
    )
    return found


def holder(stage: Stage, account: int) -> Holder:
    found: Holder = stage.clerk.look_up(lambda look: points_accounts.holder(look, account))
    return found


def shared(stage: Stage) -> int:
    """The account of Wang's household."""
    return opened(stage, household_id=stage.clerk.household_of(stage.people["wang"]))


def test_an_account_is_opened_once(stage: Stage) -> None:
    assert opened(stage, resident_id=stage.people["wang"]) == stage.wang
    # A volunteer who lives here has the resident's account.
    assert opened(stage, volunteer_id=stage.volunteers["wang"]) == stage.wang
    assert opened(stage, volunteer_id=stage.volunteers["qiu"]) == stage.qiu
    assert len({stage.wang, stage.li, stage.chen, stage.qiu}) == 4


def test_an_account_is_of_somebody(stage: Stage) -> None:
    with pytest.raises(DomainError, match="请选定一个人或一户"):
        opened(stage)


def test_a_child_has_no_account_but_that_of_the_household(stage: Stage) -> None:
    with pytest.raises(DomainError, match="王小明不满 14 周岁，不开个人账户"):
        opened(stage, resident_id=stage.people["child"])
    house = shared(stage)
    ensured = stage.do(
        points_accounts.ensure_account, resident_id=stage.people["child"], today=stage.today
    )
    assert ensured == house


def test_on_the_fourteenth_birthday_somebody_gets_an_own_account(stage: Stage) -> None:
    birthday = stage.on(date(2030, 3, 2))
    assert opened(birthday, resident_id=stage.people["child"]) > stage.qiu


def test_whoever_has_moved_away_is_offered_no_points_of_the_household(stage: Stage) -> None:
    def others() -> list[str]:
        found = stage.clerk.look_up(lambda look: points_family.relatives(look, stage.wang))
        return [one.name for one in found]

    assert others() == ["李建国", "王小明"]
    gone = stage.people["li"]
    stage.do(lambda s: setattr(s.get_one(Resident, gone), "departure", Departure.MOVED_OUT))
    assert others() == ["王小明"]


def test_the_shared_account_counts_for_everybody_in_the_household(stage: Stage) -> None:
    assert account_of(stage, "wang") == stage.wang
    house = shared(stage)
    assert (account_of(stage, "wang"), account_of(stage, "li")) == (house, house)
    assert account_of(stage, "chen") == stage.chen
    stage.now(points_accounts.close_account, house, version=1)
    assert account_of(stage, "wang") == stage.wang


def test_a_holder_is_named_with_number_and_place(stage: Stage) -> None:
    mine = holder(stage, stage.wang)
    assert (mine.name, mine.number, mine.state) == ("王秀兰", 132, AccountState.OPEN)
    assert (mine.resident_id, mine.volunteer_id) == (
        stage.people["wang"],
        stage.volunteers["wang"],
    )
    outsider = holder(stage, stage.qiu)
    assert (outsider.name, outsider.resident_id, outsider.number) == ("邱志远", None, 133)
    house = holder(stage, shared(stage))
    assert (house.name, house.detail, house.number) == ("王秀兰一户", "户内共用", None)
    assert house.resident_id is None
    with pytest.raises(DomainError, match="没有这个积分账户"):
        holder(stage, 99)


def test_a_household_knows_what_its_accounts_have_together(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    stage.earn(stage.li, 4)
    stage.earn(stage.chen, 4)
    house = stage.clerk.household_of(stage.people["wang"])
    together = stage.clerk.look_up(
        lambda look: points_balance.household_points(look, house, stage.today)
    )
    assert together == (14, 2)


def test_a_frozen_account_takes_points_in_and_gives_none(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    with pytest.raises(DomainError, match="为什么冻结"):
        stage.do(points_accounts.freeze, stage.wang, reason="", version=1, today=stage.today)
    stage.do(points_accounts.freeze, stage.wang, reason="冒领", version=1, today=stage.today)
    with pytest.raises(DomainError, match="已经冻结（冒领）"):
        stage.spend(stage.wang, 1)
    stage.earn(stage.wang, 5)
    assert stage.has(stage.wang).frozen
    with pytest.raises(ChangedMeanwhile):
        stage.do(points_accounts.unfreeze, stage.wang, version=1)
    stage.do(points_accounts.unfreeze, stage.wang, version=2)
    stage.spend(stage.wang, 15)
    with pytest.raises(DomainError, match="没有冻结"):
        stage.do(points_accounts.unfreeze, stage.wang, version=3)


def test_only_who_may_review_freezes(stage: Stage) -> None:
    shop = Actor("周敏", "积分超市", DEFAULTS["积分超市"])
    with pytest.raises(DomainError, match="没有“复核和冲正”的权限"):
        stage.do(
            points_accounts.freeze, stage.wang, reason="x", version=1, today=stage.today, by=shop
        )


def test_an_account_with_points_is_not_closed_and_a_closed_one_takes_none(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    with pytest.raises(DomainError, match="还有 10 分"):
        stage.now(points_accounts.close_account, stage.wang, version=1)
    # What lapsed is no reason to stay.
    later = stage.after_pause(date(2027, 4, 1))
    claim = later.claim(stage.wang, "表彰", points=30)
    with pytest.raises(DomainError, match="还有待复核的积分"):
        later.now(points_accounts.close_account, stage.wang, version=1)
    later.now(points_claims.send_back, [claim], answer="人已经搬走")
    later.now(points_accounts.close_account, stage.wang, version=1)
    assert account_of(stage, "wang") is None
    with pytest.raises(DomainError, match="已经销户"):
        later.earn(stage.wang, 1)
    with pytest.raises(DomainError, match="已经销户，不能再记"):
        later.claim(stage.wang, "表彰")
    with pytest.raises(DomainError, match="已经销户，不能发卡"):
        later.do(points_cards.issue_card, stage.wang, later.today)
    assert opened(later, resident_id=stage.people["wang"]) == stage.wang
    later.earn(stage.wang, 1)
    later.check_books()


def test_points_move_inside_a_household_only(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    stage.now(points_accounts.transfer, stage.wang, stage.li, 4, reason="给老伴")
    assert stage.lines(stage.wang)[-1] == ("转出 转给 李建国，给老伴", -4, 6)
    assert stage.lines(stage.li)[-1] == ("转入 王秀兰 转来，给老伴", 4, 4)
    for other in (stage.chen, stage.qiu):
        with pytest.raises(DomainError, match="不在同一户"):
            stage.now(points_accounts.transfer, stage.wang, other, 1, reason="")
    stage.do(lambda s: s.add(Volunteer(number=134, name="周明", registered_on=stage.today)))
    outsider = opened(stage, volunteer_id=max(stage.volunteers.values()) + 1)
    with pytest.raises(DomainError, match="不在同一户"):
        stage.now(points_accounts.transfer, stage.qiu, outsider, 1, reason="")
    with pytest.raises(DomainError, match="同一个账户"):
        stage.now(points_accounts.transfer, stage.wang, stage.wang, 1, reason="")
    with pytest.raises(points_book.NotEnough, match="差 1 分"):
        stage.now(points_accounts.transfer, stage.wang, stage.li, 7, reason="")
    with pytest.raises(DomainError, match="要大于 0"):
        stage.now(points_accounts.transfer, stage.wang, stage.li, -3, reason="")
    house = shared(stage)
    stage.now(points_accounts.transfer, stage.wang, house, 6, reason="")
    assert stage.points(house) == 6
    stage.check_books()


def test_a_frozen_account_gives_nothing_away(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    stage.do(points_accounts.freeze, stage.wang, reason="冒领", version=1, today=stage.today)
    with pytest.raises(DomainError, match="已经冻结"):
        stage.now(points_accounts.transfer, stage.wang, stage.li, 4, reason="")
    assert stage.points(stage.li) == 0


def card(stage: Stage, code: str) -> int | None:
    found: int | None = stage.clerk.look_up(lambda look: points_cards.account_by_card(look, code))
    return found


def test_a_printed_card_opens_its_account_until_it_is_void(stage: Stage) -> None:
    code = stage.do(points_cards.issue_card, stage.wang, stage.today)
    assert card(stage, code) == stage.wang
    # A scanner may send small letters, or a blank at the end.
    assert card(stage, f" {code.lower()} ") == stage.wang
    (mine,) = stage.clerk.look_up(lambda look: points_cards.cards(look, stage.wang))
    assert (mine.code, mine.printed, mine.issued_by) == (code, True, "赵敏")
    stage.do(points_cards.void_card, mine.id, version=mine.version, today=stage.today)
    with pytest.raises(DomainError, match="2026-11-21 作废，不能再用。请本人出示新卡"):
        card(stage, code)
    assert card(stage, "JF000000000") is None


def test_codes_of_cards_differ_in_more_than_one_digit(stage: Stage) -> None:
    codes = [stage.do(points_cards.issue_card, stage.wang, stage.today) for _ in range(5)]
    assert len(set(codes)) == 5
    for code in codes:
        digits = [int(sign) for sign in code.removeprefix("JF")]
        doubled = [d if place % 2 == 0 else d * 2 for place, d in enumerate(reversed(digits))]
        assert sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def test_a_chip_card_is_bound_to_one_account(stage: Stage) -> None:
    stage.do(points_cards.bind_card, stage.wang, "0a1b2c3d", stage.today)
    assert card(stage, "0A1B2C3D") == stage.wang
    with pytest.raises(DomainError, match="已经绑在另一个账户"):
        stage.do(points_cards.bind_card, stage.li, "0A1B2C3D", stage.today)
    with pytest.raises(DomainError, match="4 到 40 个字"):
        stage.do(points_cards.bind_card, stage.li, "1 2", stage.today)
    stage.do(points_cards.bind_card, stage.wang, "0A1B2C3D", stage.today)
    assert stage.ask("SELECT count(*) FROM points_card") == [(1,)]
    stage.do(points_cards.void_card, 1, version=1, today=stage.today)
    stage.do(points_cards.bind_card, stage.wang, "0A1B2C3D", stage.today)
    assert card(stage, "0A1B2C3D") == stage.wang
    assert stage.clerk.see(lambda s: s.get_one(PointsCard, 1)).printed is False


def test_a_transfer_is_refused_to_who_may_not_record(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    reader = Actor("客人", "只读", DEFAULTS["只读"])
    with pytest.raises(DomainError, match="没有“记工时和积分”的权限"):
        stage.now(points_accounts.transfer, stage.wang, stage.li, 1, reason="", by=reader)
    assert stage.ask(
        f"SELECT count(*) FROM points_entry WHERE kind = '{EntryKind.MOVED_OUT.value}'"
    ) == [(0,)]
