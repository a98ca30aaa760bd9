"""Every preset of domain.md 4.2 and domain-law.md 6.1 as a decision table: what somebody pays the
day before, on and after the birthday at which it changes. Figures are those of the sources."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from app.errors import DomainError
from app.models import Belonging, Guest, MealPeriod
from app.services import meal_presets, meal_rules, tags
from app.services.meal_diner import BirthdayRule
from app.services.meal_presets import Preset, preset, presets, rule_input
from app.services.meal_tiers import Person, Rule, Used, price_of
from app.storage.engine import Database
from tests.services.canteen_stage import SINCE, stage_on

LUNCH, BREAKFAST = MealPeriod.LUNCH, MealPeriod.BREAKFAST
BIRTHDAY = date(2026, 10, 15)


@dataclass(frozen=True)
class Expected:
    """At a price, what is paid from which age on; by tag the same, besides the age tiers."""

    price: int
    by_age: dict[int, int]
    by_tag: dict[str, dict[int, int]] = field(default_factory=dict)


TABLE = {
    "shicheng": Expected(1000, {0: 1000, 60: 800}),
    "yuandong": Expected(1880, {0: 1880, 60: 1504, 70: 1410, 80: 1316}),
    "hehe": Expected(1500, {0: 1500, 60: 1200}),
    "puya": Expected(1000, {0: 1000, 60: 900, 80: 700, 90: 0}),
    "lanhai": Expected(1000, {0: 1000, 60: 900, 90: 500}),
    "chenxing": Expected(
        1000,
        {0: 1000, 60: 800, 80: 700},
        {"特困": {0: 1000, 60: 0}, "残疾人": {0: 1000, 60: 0}, "低保": {0: 1000, 60: 0}},
    ),
    "minfeng": Expected(
        1200,
        {0: 1200, 60: 800, 75: 700, 86: 0},
        {"低保": {0: 1200, 60: 600, 86: 0}, "特困": {0: 1200, 60: 300, 86: 0}},
    ),
    "fumin": Expected(1200, {0: 1200, 60: 1080, 70: 1020, 80: 960, 90: 600, 100: 0}),
    "beijing": Expected(
        1200, {0: 1200, 60: 1200, 90: 1200}, {"低保": {0: 1200, 60: 700}, "失能": {60: 700}}
    ),
    "shanghai": Expected(1000, {0: 1000, 60: 900}),
    "guangzhou": Expected(1000, {0: 1000, 60: 750}),
    "zhengguo": Expected(1200, {0: 1200, 60: 500, 80: 300}, {"低保": {0: 1200, 60: 100, 80: 100}}),
    "guifang": Expected(1200, {0: 1200, 60: 800, 80: 500, 100: 0}),
    "futian": Expected(1600, {0: 1600, 60: 1600, 70: 1100}, {"特困": {0: 1600, 60: 100, 70: 100}}),
    "shila": Expected(1200, {0: 1200, 60: 400, 70: 200, 80: 0}, {"低保": {0: 1200, 60: 0}}),
    "aixin": Expected(1200, {0: 1200, 60: 1200, 90: 1200}),
}


def _rules(chosen: Preset) -> tuple[list[Rule], dict[str, int]]:
    tags = {name: number for number, name in enumerate(chosen.tag_names, 1)}
    inputs = [rule_input(tier, tags, chosen.source) for tier in chosen.tiers]
    rules = [one.as_rule(SINCE, number=number) for number, one in enumerate(inputs, 1)]
    return rules, tags


def _paid(rules: list[Rule], person: Person, price: int, period: MealPeriod = LUNCH) -> int:
    return price - price_of(rules, person, period, BIRTHDAY, price).subsidy


def test_every_shipped_preset_is_in_the_table() -> None:
    assert [one.key for one in presets()] == list(TABLE)


@pytest.mark.parametrize("key", TABLE)
def test_a_preset_gives_what_its_source_says_at_every_birthday(key: str) -> None:
    chosen, expected = preset(key), TABLE[key]
    rules, tags = _rules(chosen)
    if chosen.asks_percent:
        rules = [Rule(**{**_fields(rules[0]), "percent": 90})]
    for tag, by_age in {"": expected.by_age, **expected.by_tag}.items():
        mine = frozenset({tags[tag]}) if tag else frozenset[int]()
        before = None
        for age, paid in by_age.items():
            for days in (-1, 0, 1) if age else (0,):
                birth = (BIRTHDAY - timedelta(days=days)).replace(year=2026 - age)
                person = Person(age=BirthdayRule().age(birth, BIRTHDAY), tags=mine)
                due = before if days < 0 else paid
                told = (tag, age, days, _paid(rules, person, expected.price))
                assert due is None or told == (tag, age, days, due)
            before = paid


def _fields(rule: Rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in rule.__slots__}


def test_eighty_and_eighty_five_belong_where_the_sources_put_them() -> None:
    """The ends of the ranges that the sources write with both figures."""
    chenxing, _ = _rules(preset("chenxing"))
    minfeng, _ = _rules(preset("minfeng"))
    assert [_paid(chenxing, Person(age=age), 1000) for age in (79, 80, 81)] == [800, 700, 700]
    assert [_paid(minfeng, Person(age=age), 1200) for age in (74, 75, 85, 86)] == [
        *(800, 700, 700, 0)
    ]


def test_two_people_of_seventy_pay_what_the_newspaper_reckoned() -> None:
    """domain.md 4.2: 18.8 × 0.75 × 2 = 28.2."""
    rules, _ = _rules(preset("yuandong"))
    assert 2 * _paid(rules, Person(age=72), 1880) == 2820


def test_beijing_asks_for_more_than_the_subsidy_and_gives_once_a_day_at_lunch_or_dinner() -> None:
    rules, tags = _rules(preset("beijing"))
    poor = Person(age=70, tags=frozenset({tags["低保"]}))
    assert [_paid(rules, poor, price) for price in (499, 500, 501)] == [499, 500, 1]
    assert _paid(rules, poor, 1200, BREAKFAST) == 1200
    again = price_of(rules, poor, LUNCH, BIRTHDAY, 1200, Used(meals_today=1, today=500))
    assert (again.subsidy, again.rule) == (0, None)
    assert again.cut == "每天补 1 餐，今天已经补过"


def test_guangzhou_gives_a_quarter_up_to_three_yuan_to_the_registered_at_lunch_and_dinner() -> None:
    rules, _ = _rules(preset("guangzhou"))
    elder = Person(age=60)
    assert [_paid(rules, elder, price) for price in (1000, 1200, 1204, 2000)] == [
        *(750, 900, 904, 1700)
    ]
    assert _paid(rules, elder, 1000, BREAKFAST) == 1000
    assert _paid(rules, Person(age=60, registered_here=False), 1000) == 1000


def test_shanghai_gives_by_where_somebody_lives_whatever_the_registration() -> None:
    [rule], _ = _rules(preset("shanghai"))
    rules = [Rule(**{**_fields(rule), "percent": 90})]
    assert rule.belongs is Belonging.LIVING
    assert _paid(rules, Person(age=60, registered_here=False), 1000) == 900
    assert _paid(rules, Person(age=60, lives_here=False), 1000) == 1000


def test_guests_eat_free_by_donation_and_visitors_pay() -> None:
    rules, _ = _rules(preset("aixin"))
    found = price_of(rules, Person(guest=Guest.COURIER), LUNCH, BIRTHDAY, 1200)
    assert (found.subsidy, found.shares.donor) == (1200, 1200)
    assert _paid(rules, Person(guest=Guest.VISITOR), 1200) == 1200


def test_none_is_switched_on_until_it_is_taken_over_for_a_canteen(database: Database) -> None:
    stage = stage_on(database)
    before = stage.look(meal_rules.rules, stage.canteen)
    assert {rule.source for rule in before} == {""}
    more = {"since": stage.today, "today": stage.today}
    with pytest.raises(DomainError, match="已经有“60–69 岁”"):
        stage.do(meal_presets.take_over, stage.canteen, "yuandong", **more)
    with pytest.raises(DomainError, match="请填本食堂的"):
        stage.do(meal_presets.take_over, stage.canteen, "shanghai", **more)
    stage.do(tags.set_enabled, stage.clerk.tag_id("低保边缘"), False)
    with pytest.raises(DomainError, match="没有启用标签“低保边缘”"):
        stage.do(meal_presets.take_over, stage.canteen, "beijing", **more)
    stage.do(tags.set_enabled, stage.clerk.tag_id("低保边缘"), True)
    stage.do(meal_presets.take_over, stage.canteen, "beijing", **more)
    added = stage.look(meal_rules.rules, stage.canteen)[-1]
    assert (added.name, added.number, added.must_exceed) == ("基本养老服务对象", 9, True)
    assert added.source == "北京市 2022 年养老助餐实施意见"
