"""What a meal costs whom: the file with its people and tiers (tests of presets lie apart)."""

import pytest

from app.models import Guest
from app.services import meal_price
from app.services.meal_price import GREY, OK
from app.storage.engine import Database
from tests.services.canteen_stage import LUNCH, Stage, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def test_the_best_single_tier_gives_and_says_what_it_won_against(stage: Stage) -> None:
    quote = stage.quote("chen")
    assert (quote.price, quote.paid, quote.rule_number, quote.age) == (1200, 300, 4, 81)
    shares = quote.shares
    assert (shares.city, shares.district, shares.street) == (400, 400, 100)
    assert quote.reason == ("低保对象每餐补 9.00 元，比80–89 岁档（补 3.00 元）更优惠，取最优一条")
    assert quote.tone == OK


def test_a_guest_without_a_name_is_paid_for_by_the_tier_for_guests_only(stage: Stage) -> None:
    def quoted(guest: Guest) -> meal_price.Quote:
        found: meal_price.Quote = stage.look(
            meal_price.quote, stage.canteen, LUNCH, stage.today, 1200, guest=guest
        )
        return found

    worker, visitor = quoted(Guest.SANITATION), quoted(Guest.VISITOR)
    assert (worker.paid, worker.shares.donor, worker.reason) == (
        0,
        1200,
        "爱心驿站：环卫工免费",
    )
    assert (visitor.paid, visitor.tone, visitor.rule_id) == (1200, GREY, None)
    assert visitor.reason == "访客没有补贴，按原价 12.00 元"
