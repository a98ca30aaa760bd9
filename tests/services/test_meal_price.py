"""What a meal costs whom: the file with its people and tiers (tests of presets lie apart)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Belonging, Guest, Meal, MoneyRounding, PayWay, SubsidyWay
from app.services import (
    canteen_changes,
    meal_presets,
    meal_price,
    meal_rule_changes,
    meal_rule_words,
    meal_rules,
    settings,
)
from app.services.canteen_changes import CanteenInput
from app.services.meal_price import GREY, OK, WARN
from app.services.meal_rule_input import RuleInput
from app.storage.engine import Database
from app.values.rights import CANTEEN, DEFAULTS, Actor
from tests.services.canteen_stage import DINNER, LUNCH, Stage, amount, borne_by, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def test_the_best_single_tier_gives_and_says_what_it_won_against(stage: Stage) -> None:
    quote = stage.quote("chen")
    assert (quote.price, quote.paid, quote.rule_number, quote.age) == (1200, 300, 4, 81)
    shares = quote.shares
    assert (shares.city, shares.district, shares.street) == (400, 400, 100)
    assert quote.reason == ("低保对象每餐补 9.00 元，比 80–89 岁档（补 3.00 元）更优惠，取最优一条")
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


def test_the_tier_is_that_of_the_age_on_the_day_of_the_meal(stage: Stage) -> None:
    """马桂兰 turns 80 today; typed afterwards, yesterday's meal is still one of 79."""
    before, today = stage.quote("ma", on=date(2026, 11, 20)), stage.quote("ma")
    assert [(one.age, one.rule_number, one.paid) for one in (before, today)] == [
        (79, 2, 1000),
        (80, 3, 900),
    ]
    stage.set(settings.MEAL_BIRTHDAY, settings.AFTER_BIRTHDAY)
    assert (stage.quote("ma").age, stage.quote("ma", on=date(2026, 11, 22)).age) == (79, 80)


def test_born_on_29_february_by_the_setting_of_the_office(stage: Stage) -> None:
    eve, march = date(2027, 2, 28), date(2027, 3, 1)
    assert [stage.quote("leap", on=day).age for day in (eve, march)] == [70, 71]
    stage.set(settings.LEAP_BIRTHDAY, settings.LEAP_FEBRUARY)
    assert [stage.quote("leap", on=day).age for day in (eve, march)] == [71, 71]


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("young", "58 岁，不满 60 岁，没有补贴，按原价 12.00 元"),
        ("unknown", "没有登记出生日期，按年龄的补贴用不上，请先补登，按原价 12.00 元"),
        ("gone", "2026-11-18 已迁出，没有补贴，按原价 12.00 元"),
    ],
)
def test_who_gets_nothing_reads_why_and_pays_the_price(stage: Stage, who: str, reason: str) -> None:
    quote = stage.quote(who)
    assert (quote.paid, quote.rule_id, quote.tone) == (1200, None, GREY)
    assert quote.reason == reason


def test_who_moved_away_was_subsidised_until_that_day(stage: Stage) -> None:
    assert stage.quote("gone", on=date(2026, 11, 18)).paid == 1000


def test_who_lives_elsewhere_gets_nothing_until_the_register_says_otherwise(stage: Stage) -> None:
    stage.clerk.change(stage.people["li"], residence_status="户在人不在")
    assert stage.quote("li").reason == (
        "补贴只给住在本社区的人，居住状态是“户在人不在”，按原价 12.00 元"
    )
    stage.clerk.change(stage.people["li"], residence_status="人在户不在")
    assert stage.quote("li").paid == 1100


def test_a_tier_for_the_registered_needs_the_registration_to_be_known(stage: Stage) -> None:
    stage.do(
        meal_presets.take_over, stage.canteen, "guangzhou", since=stage.today, today=stage.today
    )
    assert stage.quote("li").rule_number == 1
    stage.clerk.change(stage.people["li"], residence_status="人户一致")
    assert stage.quote("li").paid == 900
    assert stage.quote("li").reason.startswith("60 岁以上户籍老人")
    stage.clerk.change(stage.people["li"], residence_status="人在户不在")
    assert stage.quote("li").rule_number == 1


def test_a_status_counts_from_its_first_day_to_its_last(stage: Stage) -> None:
    stage.tag("wang", "低保", since=date(2026, 11, 10), until=date(2026, 11, 12))
    days = (date(2026, 11, day) for day in (9, 10, 12, 13))
    assert [stage.quote("wang", on=day).paid for day in days] == [1000, 300, 300, 1000]


def test_a_sensitive_tier_gives_without_being_named(stage: Stage) -> None:
    """The price is right for a clerk who may not see the tag; nobody reads it aloud."""
    narrow = Actor("食堂小李", CANTEEN, DEFAULTS[CANTEEN])
    mine, theirs = stage.quote("zhang"), stage.quote("zhang", by=narrow)
    assert mine.paid == theirs.paid == 800
    assert (
        mine.reason
        == theirs.reason
        == ("按身份享受，每餐补 4.00 元，比 60–69 岁档（补 1.00 元）更优惠，取最优一条")
    )
    named = stage.look(meal_rules.names, by=narrow)
    assert named[stage.rules["重度残疾"]] == "按身份享受"
    assert named[stage.rules["低保对象"]] == "低保对象"
    assert stage.look(meal_rules.names)[stage.rules["重度残疾"]] == "重度残疾"


def _eaten(stage: Stage, who: str, *, subsidy: int, on: date, number: int, **more: Any) -> int:
    """A line of the book, as it stands there."""

    def write(session: Session) -> int:
        row = Meal(
            **{
                "canteen_id": stage.canteen,
                "on_date": on,
                "period": LUNCH,
                "number": number,
                "at": stage.now,
                "month": on.year * 100 + on.month,
                "resident_id": stage.people[who],
                "price": 1200,
                "paid": 1200 - subsidy,
                "by_city": subsidy,
                "pay_way": PayWay.CASH,
            }
            | more
        )
        session.add(row)
        session.flush()
        return row.id

    return int(stage.do(write))


def test_a_second_meal_in_the_period_is_not_subsidised_until_the_first_is_taken_back(
    stage: Stage,
) -> None:
    first = _eaten(stage, "he", subsidy=300, on=stage.today, number=7)
    again = stage.quote("he")
    assert (again.paid, again.tone, again.same_period) == (1200, WARN, "M-1121-007")
    assert again.reason == "11-21 午餐已经记过（M-1121-007），再记一餐没有补贴，按原价 12.00 元"
    assert stage.quote("he", period=DINNER).paid == 900
    back = {"price": -1200, "paid": -900, "quantity": -1, "reverses_id": first}
    _eaten(stage, "he", subsidy=-300, on=stage.today, number=8, **back)
    assert (stage.quote("he").paid, stage.quote("he").same_period) == (900, "")


def test_caps_of_a_day_and_a_month_count_what_stands_in_the_book(stage: Stage) -> None:
    capped = RuleInput(
        name="独居老人",
        from_age=60,
        tag_ids=(stage.clerk.tag_id("独居老人"),),
        meals_a_day=1,
        cap_month=10_00,
        **amount(6_00, city=1),
    )
    more = {"since": stage.today, "today": stage.today}
    stage.do(meal_rule_changes.add, stage.canteen, capped, **more)
    stage.tag("li", "独居老人")
    assert stage.quote("li").paid == 600
    first = _eaten(stage, "li", subsidy=600, on=date(2026, 11, 20), number=1)
    assert stage.quote("li").reason == (
        "独居老人每餐补 6.00 元，每月最多补 10.00 元，已经补了 6.00 元，这一餐补 4.00 元，"
        "比 60–69 岁档（补 1.00 元）更优惠，取最优一条"
    )
    back = {"price": -1200, "paid": -600, "quantity": -1, "reverses_id": first}
    _eaten(stage, "li", subsidy=-600, on=date(2026, 11, 20), number=2, **back)
    assert stage.quote("li").shares.city == 600
    _eaten(stage, "li", subsidy=100, on=stage.today, number=1)
    dinner = stage.quote("li", period=DINNER)
    assert (dinner.rule_number, dinner.paid) == (1, 1100)


def test_a_canteen_without_tiers_says_so(stage: Stage) -> None:
    other = stage.do(canteen_changes.add, CanteenInput(name="二食堂"))
    quote = replace(stage, canteen=other).quote("chen")
    assert quote.reason == "这个食堂还没有补贴规则，按原价 12.00 元"
    with pytest.raises(DomainError, match="没有找到这位居民"):
        stage.look(meal_price.quote, other, LUNCH, stage.today, 1200, resident_id=999_999)


def test_a_tier_says_in_words_whom_it_is_for_what_it_gives_and_who_bears_it(stage: Stage) -> None:
    """九折后再补 2 元: as the list, the form and the paper write it."""
    names = {stage.clerk.tag_id("低保"): "低保"}
    rule = RuleInput(
        name="80 岁以上",
        from_age=80,
        tag_ids=(stage.clerk.tag_id("低保"), stage.clerk.tag_id("残疾人")),
        belongs=Belonging.REGISTERED,
        periods=(LUNCH,),
        way=SubsidyWay.DISCOUNT,
        percent=90,
        amount=200,
        rounding=MoneyRounding.JIAO_DOWN,
        cap_meal=500,
        meals_a_day=1,
        shares=borne_by(city=4, district=4, street=1),
    ).as_rule(stage.today)
    assert meal_rule_words.covers(rule, names) == (
        "80 岁以上，低保或按身份享受，户籍在本社区，午餐"
    )
    assert meal_rule_words.limits(rule) == "每天补 1 餐，每餐最多 5.00 元，尾数舍去不足 1 角"
    assert meal_rule_words.payers(rule.shares) == "市 4、区 4、街道 1"
    assert meal_rule_words.example(rule, 1252) == (
        "12.52 元的餐：补 3.32（市财政 1.48、区财政 1.47、街道 0.37），本人付 9.20"
    )
