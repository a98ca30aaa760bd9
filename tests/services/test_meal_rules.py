"""Tiers, set meals and canteens are kept: what was used is never changed, holes are shown."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import Facility, Meal, MealPeriod, Payer, PayWay, Portion, SubsidyWay
from app.services import (
    canteen_changes,
    canteens,
    meal_rule_changes,
    meal_rules,
    set_meals,
)
from app.services.canteen_changes import USUAL, CanteenInput
from app.services.meal_coverage import Coverage, coverage
from app.services.meal_rule_input import RuleInput, input_of
from app.services.meal_tiers import Rule, Share
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


def _eat(stage: Stage, on: date, *, rule: str = "", letter: str = "A", number: int = 1) -> None:
    """A meal by a tier, straight into the book."""
    values: dict[str, Any] = {
        "canteen_id": stage.canteen,
        "on_date": on,
        "period": LUNCH,
        "number": number,
        "at": stage.now,
        "month": on.year * 100 + on.month,
        "resident_id": stage.people["he"],
        "rule_id": stage.rules.get(rule),
        "set_meal_id": stage.sets[letter],
        "price": 1200,
        "paid": 1200,
        "pay_way": PayWay.CASH,
    }
    stage.do(lambda s: s.add(Meal(**values)))


def _change(stage: Stage, rule: Rule, since: date, **fields: Any) -> int:
    entered = replace(input_of(rule), **fields)
    more = {"since": since, "today": stage.today, "version": rule.version}
    return int(stage.do(meal_rule_changes.change, rule.id, entered, **more))


def test_a_tier_that_was_used_stays_and_a_new_one_begins(stage: Stage) -> None:
    rule = _rule(stage, "80–89 岁")
    _eat(stage, stage.today, rule="80–89 岁")
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
    _eat(stage, stage.today, rule="80–89 岁")
    tomorrow = stage.today + timedelta(days=1)
    assert stage.do(meal_rule_changes.stop, rule.id, **more) == tomorrow
    assert [stage.quote("ma", on=day).paid for day in (stage.today, tomorrow)] == [900, 1200]


def test_a_tier_that_nobody_used_is_simply_put_right(stage: Stage) -> None:
    rule = _rule(stage, "70–79 岁")
    same = _change(stage, rule, SINCE, amount=250, shares=borne_by(district=1))
    assert same == rule.id
    changed = _rule(stage, "70–79 岁")
    assert (changed.amount, changed.shares) == (250, (Share(Payer.DISTRICT, 1),))
    with pytest.raises(ChangedMeanwhile):
        _change(stage, rule, SINCE, amount=300)


def test_the_past_is_not_given_other_tiers_once_meals_are_in_the_book(stage: Stage) -> None:
    _eat(stage, date(2026, 11, 10))
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
        "80–89 岁同时合“80–89 岁”、“75 岁以上”，按最优的“80–89 岁”算。",
        "90 岁以上同时合“90 岁以上”、“75 岁以上”，按最优的“90 岁以上”算。",
    )


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


def test_a_set_meal_that_was_eaten_keeps_its_price_and_a_new_price_begins(stage: Stage) -> None:
    def offered(day: date) -> list[tuple[str, int]]:
        found = stage.look(canteens.set_meals, stage.canteen, day, LUNCH)
        return [(one.letter, one.price) for one in found]

    _eat(stage, stage.today)
    [first, _] = stage.look(set_meals.current, stage.canteen, stage.today)
    dearer = SetInput(letter="A", name="A 餐", price=1300)
    change = {"version": first.version}
    with pytest.raises(DomainError, match="最早从 2026-11-22 起改"):
        stage.do(set_meals.change, first.id, dearer, since=stage.today, **change)
    tomorrow = stage.today + timedelta(days=1)
    stage.do(set_meals.change, first.id, dearer, since=tomorrow, **change)
    assert offered(stage.today) == [("A", 1200), ("B", 1500)]
    assert offered(tomorrow) == [("A", 1300), ("B", 1500)]
    with pytest.raises(DomainError, match="已经有 B 餐"):
        stage.do(
            set_meals.add,
            stage.canteen,
            SetInput(letter="b", name="素餐", price=900),
            since=tomorrow,
        )


def test_a_set_meal_may_be_for_one_period_only(stage: Stage) -> None:
    entered = SetInput(letter="C", name="粥餐", price=500, periods=(BREAKFAST, DINNER))
    stage.do(set_meals.add, stage.canteen, entered, since=stage.today)
    [found] = [
        one
        for one in stage.look(canteens.set_meals, stage.canteen, stage.today, DINNER)
        if one.letter == "C"
    ]
    assert found.periods == (BREAKFAST, DINNER)
    at_lunch = stage.look(canteens.set_meals, stage.canteen, stage.today, LUNCH)
    assert [one.letter for one in at_lunch] == ["A", "B"]


def test_the_period_follows_the_clock(stage: Stage) -> None:
    def at(hour: int, minute: int = 0) -> MealPeriod:
        moment = stage.at(stage.today, hour, minute)
        found: MealPeriod = stage.look(canteens.period_at, stage.canteen, moment.now)
        return found

    assert [at(8), at(11, 40), at(12, 30), at(17), at(22)] == [
        *(LUNCH, LUNCH, DINNER, DINNER, DINNER)
    ]


def test_times_of_a_period_follow_each_other_and_a_second_editor_is_told(stage: Stage) -> None:
    [lunch, _] = stage.look(canteens.periods, stage.canteen)
    usual = USUAL[LUNCH]
    wrong = replace(usual, closes=usual.opens)
    with pytest.raises(DomainError, match="收餐要晚于开餐"):
        stage.do(canteen_changes.set_period, stage.canteen, wrong, version=lunch.version)
    off = replace(usual, enabled=False)
    stage.do(canteen_changes.set_period, stage.canteen, off, version=lunch.version)
    assert [one.period for one in stage.look(canteens.periods, stage.canteen)] == [DINNER]
    with pytest.raises(ChangedMeanwhile):
        stage.do(canteen_changes.set_period, stage.canteen, usual, version=lunch.version)


def test_a_canteen_with_meals_is_not_deleted(stage: Stage) -> None:
    [canteen] = stage.look(canteens.canteens)
    entered = CanteenInput(name="海棠分餐点", facility=Facility.SERVERY, supplier="中心厨房")
    stage.do(canteen_changes.change, canteen.id, entered, version=canteen.version)
    [canteen] = stage.look(canteens.canteens)
    assert (canteen.name, canteen.cooks, canteen.supplier) == ("海棠分餐点", False, "中心厨房")
    _eat(stage, stage.today)
    with pytest.raises(DomainError, match="已经有用餐记录"):
        stage.do(canteen_changes.remove, canteen.id, version=canteen.version, now=stage.now)
    empty = stage.do(canteen_changes.add, CanteenInput(name="二食堂"))
    stage.do(canteen_changes.remove, empty, version=1, now=stage.now)
    assert [one.id for one in stage.look(canteens.canteens)] == [canteen.id]


def test_an_undone_change_brings_the_tier_back_with_its_payers(stage: Stage) -> None:
    rule = _rule(stage, "70–79 岁")
    tomorrow = stage.today + timedelta(days=1)
    _change(stage, rule, tomorrow, amount=500, shares=borne_by(street=1))
    stage.clerk.undo_last()
    later = _rule(stage, "70–79 岁", on=tomorrow)
    assert (later.id, later.amount, later.shares) == (rule.id, 200, rule.shares)
