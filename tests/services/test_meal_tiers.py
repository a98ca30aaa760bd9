"""Tiers without a file: whatever the tiers, the parts are the whole and the best one gives."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models import Belonging, Guest, MealPeriod, MoneyRounding, Payer, Portion, SubsidyWay
from app.services.meal_diner import BirthdayRule
from app.services.meal_shares import Share, Shares, split
from app.services.meal_tiers import Person, Rule, Used, discount_words, fits, price_of, shared

DAY = date(2026, 11, 21)
_MONEY = st.integers(1, 3000)
_CAP = st.none() | _MONEY


@st.composite
def _shares(draw: st.DrawFn, parts: bool) -> tuple[Share, ...]:
    portions = [Portion.DISCOUNT, Portion.AMOUNT] if parts else [Portion.ALL]
    return tuple(
        Share(payer, draw(st.integers(1, 50)), portion)
        for portion in portions
        for payer in draw(st.lists(st.sampled_from(Payer), min_size=1, unique=True))
    )


@st.composite
def _rule(draw: st.DrawFn) -> Rule:
    way = draw(st.sampled_from(SubsidyWay))
    discount = way is SubsidyWay.DISCOUNT
    ages = sorted(draw(st.tuples(st.integers(55, 100), st.integers(55, 100))))
    return Rule(
        id=1,
        version=1,
        canteen_id=1,
        number=draw(st.integers(1, 9)),
        name="档",
        from_age=draw(st.none() | st.just(ages[0])),
        to_age=draw(st.none() | st.just(ages[1])),
        tag_ids=draw(st.frozensets(st.integers(1, 3), max_size=2)),
        belongs=draw(st.sampled_from(Belonging)),
        periods=tuple(draw(st.lists(st.sampled_from(MealPeriod), max_size=2, unique=True))),
        way=way,
        percent=draw(st.integers(1, 99)) if discount else None,
        amount=draw(_CAP if discount else _MONEY),
        rounding=draw(st.sampled_from(MoneyRounding)),
        must_exceed=draw(st.booleans()),
        cap_meal=draw(_CAP),
        meals_a_day=draw(st.none() | st.integers(1, 3)),
        cap_day=draw(_CAP),
        meals_a_month=draw(st.none() | st.integers(1, 60)),
        cap_month=draw(_CAP),
        since=date(2026, 1, 1),
        shares=draw(_shares(discount and draw(st.booleans()))),
    )


_PEOPLE = st.builds(
    Person,
    age=st.none() | st.integers(50, 105),
    tags=st.frozensets(st.integers(1, 3)),
    lives_here=st.booleans(),
    registered_here=st.booleans(),
)
_USED = st.builds(Used, *(st.integers(0, high) for high in (3, 3000, 60, 9000)))


@settings(max_examples=70, deadline=None)
@given(st.lists(_rule(), max_size=5), _PEOPLE, st.sampled_from(MealPeriod), _MONEY, _USED)
def test_whatever_the_tiers_the_subsidy_is_within_the_price_and_its_shares_are_the_whole(
    rules: list[Rule], person: Person, period: MealPeriod, price: int, used: Used
) -> None:
    found = price_of(rules, person, period, DAY, price, used)
    assert 0 <= found.subsidy <= price
    assert found.shares.total == found.subsidy
    assert (found.rule is None) == (found.subsidy == 0)
    alone = [price_of([rule], person, period, DAY, price, used).subsidy for rule in rules]
    assert found.subsidy == max(alone, default=0)
    if found.rule is not None:
        assert fits(found.rule, person, period, DAY)
        equal = [one.number for one, gives in zip(rules, alone, strict=True) if gives == max(alone)]
        assert found.rule.number == min(equal)
        named = {share.payer for share in found.rule.shares}
        assert all(found.shares.of(payer) == 0 for payer in set(Payer) - named)
        most = [found.rule.cap_meal, *_left(found.rule, used)]
        assert all(found.subsidy <= cap for cap in most if cap is not None)


def _left(rule: Rule, used: Used) -> list[int]:
    caps = ((rule.cap_day, used.today), (rule.cap_month, used.this_month))
    return [cap - had for cap, had in caps if cap is not None]


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 10**7),
    st.dictionaries(st.sampled_from(Payer), st.integers(1, 10**4), min_size=1),
)
def test_a_split_by_weight_is_the_whole_and_nobody_is_off_by_a_whole_fen(
    total: int, weights: dict[Payer, int]
) -> None:
    parts = split(total, weights)
    assert sum(parts.values()) == total
    whole = sum(weights.values())
    for payer, part in parts.items():
        assert abs(part * whole - total * weights[payer]) < whole


def _discount(**more: Any) -> Rule:
    return Rule(
        **{
            "id": 1,
            "version": 1,
            "canteen_id": 1,
            "number": 1,
            "name": "80 岁以上",
            "way": SubsidyWay.DISCOUNT,
            "percent": 90,
            "since": date(2026, 1, 1),
        }
        | more
    )


def test_of_a_discount_with_an_amount_each_part_may_have_its_own_payers() -> None:
    """80 岁以上，九折后再补 2 元: the canteen gives the discount, two treasuries the rest."""
    rule = _discount(
        amount=200,
        shares=(
            Share(Payer.OPERATOR, 1, Portion.DISCOUNT),
            Share(Payer.CITY, 1, Portion.AMOUNT),
            Share(Payer.DISTRICT, 1, Portion.AMOUNT),
        ),
    )
    assert rule.gives == "九折后再补 2.00 元"
    found = price_of([rule], Person(age=80), MealPeriod.LUNCH, DAY, 1200)
    assert found.subsidy == 320
    assert found.shares == Shares(operator=120, city=100, district=100)
    assert shared(_discount(), 120) == Shares(operator=120), "nobody took it on but the canteen"


@pytest.mark.parametrize(
    ("rounding", "paid"),
    [(MoneyRounding.CENT, 1127), (MoneyRounding.JIAO, 1130), (MoneyRounding.JIAO_DOWN, 1120)],
)
def test_the_fractions_of_a_discount_go_where_the_tier_says(
    rounding: MoneyRounding, paid: int
) -> None:
    """九折 of 12.52 is 11.268."""
    rule = _discount(rounding=rounding)
    found = price_of([rule], Person(age=80), MealPeriod.LUNCH, DAY, 1252)
    assert 1252 - found.subsidy == paid


def test_a_cap_leaves_what_is_left_of_it_and_says_so() -> None:
    rule = _discount(way=SubsidyWay.AMOUNT, percent=None, amount=500, cap_month=6000)
    used = Used(meals_this_month=11, this_month=5800)
    found = price_of([rule], Person(age=80), MealPeriod.LUNCH, DAY, 1200, used)
    assert (found.subsidy, found.cut) == (200, "每月最多补 60.00 元，已经补了 58.00 元")


def test_guests_and_people_with_a_name_never_share_a_tier() -> None:
    for_guests = _discount(guests=(Guest.COURIER,))
    assert not fits(for_guests, Person(age=80), MealPeriod.LUNCH, DAY)
    assert not fits(_discount(), Person(guest=Guest.COURIER), MealPeriod.LUNCH, DAY)
    assert fits(for_guests, Person(guest=Guest.COURIER), MealPeriod.LUNCH, DAY)


def test_discounts_are_said_as_on_a_price_tag() -> None:
    assert [discount_words(percent) for percent in (90, 85, 50, 5)] == [
        *("九折", "八五折", "五折", "0.5 折")
    ]


@pytest.mark.parametrize(
    ("rule", "last_day_younger"),
    [
        (BirthdayRule(), date(2026, 11, 20)),
        (BirthdayRule(day_after=True), date(2026, 11, 21)),
    ],
)
def test_somebody_turns_older_on_the_birthday_or_the_day_after_as_the_office_says(
    rule: BirthdayRule, last_day_younger: date
) -> None:
    birth = date(1946, 11, 21)
    following = date.fromordinal(last_day_younger.toordinal() + 1)
    assert (rule.age(birth, last_day_younger), rule.age(birth, following)) == (79, 80)
    assert rule.age(birth, date(1946, 11, 20)) is None
    assert rule.age(None, DAY) is None


@pytest.mark.parametrize(
    ("rule", "common", "leap"),
    [
        (BirthdayRule(), date(2026, 3, 1), date(2028, 2, 29)),
        (BirthdayRule(leap_in_february=True), date(2026, 2, 28), date(2028, 2, 29)),
        (BirthdayRule(day_after=True), date(2026, 3, 2), date(2028, 3, 1)),
        (
            BirthdayRule(day_after=True, leap_in_february=True),
            date(2026, 3, 1),
            date(2028, 3, 1),
        ),
    ],
)
def test_who_was_born_on_29_february_turns_older_in_every_year(
    rule: BirthdayRule, common: date, leap: date
) -> None:
    birth = date(1956, 2, 29)
    for turned, age in ((common, 70), (leap, 72)):
        before = date.fromordinal(turned.toordinal() - 1)
        assert (rule.age(birth, before), rule.age(birth, turned)) == (age - 1, age)


def test_a_fixed_price_is_of_no_use_for_what_costs_less_anyway() -> None:
    rule = _discount(way=SubsidyWay.PRICE, percent=None, amount=800)
    found = price_of([rule], Person(age=80), MealPeriod.LUNCH, DAY, 600)
    assert (found.subsidy, found.rule) == (0, None)
    assert found.cut == "每餐付 8.00 元，餐费 6.00 元用不上"
