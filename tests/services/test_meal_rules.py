"""Tiers, set meals and canteens are kept: what was used is never changed, holes are shown."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import MealPeriod, Payer, Portion, SubsidyWay
from app.services import (
    canteen_changes,
    canteens,
    meal_rule_changes,
    meal_rules,
    set_meals,
    tags,
)
from app.services.canteen_changes import CanteenInput
from app.services.meal_coverage import Coverage, coverage
from app.services.meal_rule_input import RuleInput, input_of
from app.services.meal_shares import Share
from app.services.meal_tiers import Rule
from app.services.set_meals import SetInput
from app.storage.engine import Database
from app.values.rights import CANTEEN, DEFAULTS, Actor
from tests.services.canteen_stage import DINNER, LUNCH, SINCE, Stage, amount, borne_by, stage_on

BREAKFAST = MealPeriod.BREAKFAST


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _rule(stage: Stage, name: str, on: date | None = None) -> Rule:
    found = stage.look(meal_rules.rules, stage.canteen, on=on or stage.today)
    return next(rule for rule in found if rule.name == name)


def _change(stage: Stage, rule: Rule, since: date, **fields: Any) -> int:
    entered = replace(input_of(rule), **fields)
    more = {"since": since, "today": stage.today, "version": rule.version}
    return int(stage.do(meal_rule_changes.change, rule.id, entered, **more))


def test_a_tier_that_was_used_stays_and_a_new_one_begins(stage: Stage) -> None:
    rule = _rule(stage, "80–89 岁")
    stage.log("he")
    with pytest.raises(DomainError, match="最早从 2026-11-22 起改"):
        _change(stage, rule, stage.today, amount=400)
    with pytest.raises(DomainError, match="用过的规则不能改"):
        stage.do(meal_rule_changes.end, rule.id, from_day=stage.today, version=rule.version)
    tomorrow = stage.today + timedelta(days=1)
    after = _change(stage, rule, tomorrow, amount=400)
    assert after != rule.id
    assert [stage.quote("he", on=day).paid for day in (stage.today, tomorrow)] == [1200, 800]
    assert stage.quote("ma", on=stage.today).paid == 900
    old, new = stage.look(
        lambda look: [
            one for one in meal_rules.rules(look, stage.canteen) if one.name == "80–89 岁"
        ]
    )
    assert (old.until, new.since, new.number) == (stage.today, tomorrow, old.number)


def test_what_was_used_today_stops_tomorrow(stage: Stage) -> None:
    rule = _rule(stage, "80–89 岁")
    more = {"today": stage.today, "version": rule.version}
    stage.log("he")
    tomorrow = stage.today + timedelta(days=1)
    assert stage.do(meal_rule_changes.stop, rule.id, **more) == tomorrow
    assert [stage.quote("ma", on=day).paid for day in (stage.today, tomorrow)] == [900, 1200]


def test_a_change_that_has_not_begun_is_withdrawn_and_the_tier_goes_on(stage: Stage) -> None:
    rule, later = _rule(stage, "70–79 岁"), stage.today + timedelta(days=30)
    coming = _change(stage, rule, later, amount=500)
    assert stage.quote("zhou", on=later).paid == 700
    stage.do(meal_rule_changes.stop, coming, today=stage.today, version=1)
    assert stage.quote("zhou", on=later).paid == 1000
    assert [one.until for one in stage.look(meal_rules.current, stage.canteen, later)][1] is None
    [first, _] = stage.look(set_meals.current, stage.canteen, stage.today)
    dearer = SetInput(letter="A", name="A 餐", price=1300)
    new = stage.do(set_meals.change, first.id, dearer, since=later, version=first.version)
    stage.do(set_meals.stop, new, today=stage.today, version=1)
    assert stage.look(canteens.set_meals, stage.canteen, later, LUNCH)[0].price == 1200


def test_a_tier_that_nobody_used_is_simply_put_right(stage: Stage) -> None:
    rule = _rule(stage, "70–79 岁")
    same = _change(stage, rule, SINCE, amount=250, shares=borne_by(district=1))
    assert same == rule.id
    changed = _rule(stage, "70–79 岁")
    assert (changed.amount, changed.shares) == (250, (Share(Payer.DISTRICT, 1),))
    with pytest.raises(ChangedMeanwhile):
        _change(stage, rule, SINCE, amount=300)


def test_the_past_is_not_given_other_tiers_once_meals_are_in_the_book(stage: Stage) -> None:
    stage.log("he", on_date=date(2026, 11, 10))
    entered = RuleInput(name="独居", from_age=60, **amount(500, city=1))
    with pytest.raises(DomainError, match="最早从 2026-11-11 起"):
        stage.do(
            meal_rule_changes.add,
            stage.canteen,
            entered,
            since=date(2026, 11, 1),
            today=stage.today,
        )
    added = stage.do(
        meal_rule_changes.add, stage.canteen, entered, since=date(2026, 11, 11), today=stage.today
    )
    assert _rule(stage, "独居").id == added


def test_a_tier_that_ended_gives_nothing_from_that_day_on(stage: Stage) -> None:
    rule = _rule(stage, "90 岁以上")
    stage.do(meal_rule_changes.end, rule.id, from_day=stage.today, version=rule.version)
    yesterday = stage.today - timedelta(days=1)
    assert [stage.quote("sun", on=day).paid for day in (yesterday, stage.today)] == [0, 1200]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "请填写档次名称"),
        ({"name": "70–79 岁"}, "已经有“70–79 岁”"),
        ({"from_age": 80, "to_age": 70}, "前后写反了"),
        ({"way": SubsidyWay.DISCOUNT, "percent": 100}, "请填折扣"),
        ({"amount": None}, "请填每餐补多少元"),
        ({"way": SubsidyWay.PRICE, "amount": None}, "请填每餐付多少元"),
        ({"cap_meal": 0}, "不限就空着"),
        ({"shares": ()}, "由谁承担"),
        ({"shares": (Share(Payer.CITY, 1), Share(Payer.CITY, 2))}, "写了两次"),
        ({"shares": (Share(Payer.CITY, 0),)}, "份额要填"),
        ({"shares": (Share(Payer.CITY, 1, Portion.AMOUNT),)}, "折扣后再补"),
        ({"guests": ("courier",)}, "没有登记年龄和身份"),
    ],
)
def test_a_tier_that_makes_no_sense_is_refused_with_what_to_do(
    stage: Stage, fields: dict[str, Any], said: str
) -> None:
    entered = replace(RuleInput(name="新档", from_age=60, **amount(500, city=1)), **fields)
    with pytest.raises(DomainError, match=said):
        stage.do(
            meal_rule_changes.add, stage.canteen, entered, since=stage.today, today=stage.today
        )


def test_only_who_may_change_the_office_changes_canteens_and_tiers(stage: Stage) -> None:
    cook = Actor("食堂小李", CANTEEN, DEFAULTS[CANTEEN])
    rule = _rule(stage, "70–79 岁")
    with pytest.raises(NotAllowed):
        stage.do(
            meal_rule_changes.end, rule.id, from_day=stage.today, version=rule.version, by=cook
        )
    with pytest.raises(NotAllowed):
        stage.do(canteen_changes.add, CanteenInput(name="二食堂"), by=cook)


def _table(stage: Stage, *more: RuleInput, on: date | None = None) -> Coverage:
    rules = stage.look(meal_rules.current, stage.canteen, stage.today)
    names = {stage.clerk.tag_id(name): name for name in ("低保", "特困", "残疾人", "优抚对象")}
    planned = [one.as_rule(stage.today, number=90 + n) for n, one in enumerate(more)]
    return coverage([*rules, *planned], (LUNCH, DINNER), names, on or stage.today, 1200)


def _gives(table: Coverage) -> dict[str, list[str]]:
    return {
        line.words: [cell.rule.gives if cell.rule else "" for cell in line.cells]
        for line in table.lines
    }


def test_the_table_shows_who_gets_what_by_age_and_status(stage: Stage) -> None:
    table = _table(stage)
    assert [band.words for band in table.bands] == [
        *("60–69 岁", "70–79 岁", "80–89 岁", "90 岁以上")
    ]
    assert _gives(table) == {
        "普通": ["每餐补 1.00 元", "每餐补 2.00 元", "每餐补 3.00 元", "免费"],
        "低保、特困": [*(["每餐补 9.00 元"] * 3), "免费"],
        "残疾人": [*(["每餐补 4.00 元"] * 3), "免费"],
        "优抚对象": [*(["每餐补 3.00 元"] * 3), "免费"],
    }
    assert (table.holes, table.notes) == ((), ())


def test_the_table_shows_holes_and_doubled_tiers_before_they_are_saved(stage: Stage) -> None:
    rule = _rule(stage, "70–79 岁")
    stage.do(meal_rule_changes.end, rule.id, from_day=stage.today, version=rule.version)
    table = _table(stage, RuleInput(name="75 岁以上", from_age=75, **amount(200, city=1)))
    assert table.holes == ("普通：70–74 岁没有补贴，更小和更大的年龄都有。",)
    assert table.notes == (
        "80–89 岁同时符合“80–89 岁”、“75 岁以上”，按最优的“80–89 岁”算。",
        "90 岁以上同时符合“90 岁以上”、“75 岁以上”，按最优的“90 岁以上”算。",
    )


def test_the_table_says_which_tier_nobody_can_have_any_more(stage: Stage) -> None:
    veterans = stage.clerk.tag_id("优抚对象")
    stage.do(tags.set_enabled, veterans, False)
    assert stage.quote("liu").rule_number == 2
    dead = stage.look(meal_rules.dead_tags)
    assert dead == {veterans}
    rules = stage.look(meal_rules.current, stage.canteen, stage.today)
    table = coverage(rules, (LUNCH, DINNER), {}, stage.today, 1200, dead)
    assert table.holes == ("“优抚对象”要的标签已经停用，现在谁也用不上这一档。",)


def test_the_table_names_the_periods_where_they_differ_and_ends_that_nothing_follows(
    stage: Stage,
) -> None:
    rule = _rule(stage, "60–69 岁")
    _change(stage, rule, SINCE, periods=(LUNCH,))
    table = _table(stage)
    assert [line.words for line in table.lines][:5] == [
        *("午餐 · 普通", "午餐 · 低保、特困", "午餐 · 残疾人", "午餐 · 优抚对象", "晚餐 · 普通")
    ]
    rule = _rule(stage, "60–69 岁")
    stage.do(meal_rule_changes.end, rule.id, from_day=date(2027, 1, 1), version=rule.version)
    assert _table(stage).holes == ("“60–69 岁”到 2026-12-31 停止，后面没有接着的。",)


def test_an_undone_change_brings_the_tier_back_with_its_payers(stage: Stage) -> None:
    rule = _rule(stage, "70–79 岁")
    tomorrow = stage.today + timedelta(days=1)
    _change(stage, rule, tomorrow, amount=500, shares=borne_by(street=1))
    stage.clerk.undo_last()
    later = _rule(stage, "70–79 岁", on=tomorrow)
    assert (later.id, later.amount, later.shares) == (rule.id, 200, rule.shares)
