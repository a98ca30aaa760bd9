"""Dishes and the menus of a week: written, copied, sold out, and how much went out."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import DishKind, Meal, MealDish, MealPeriod, PayWay
from app.services import dishes, menu_copy, menu_writing, menus
from app.services.dishes import DishInput
from app.storage.engine import Database
from app.values.rights import CANTEEN, DEFAULTS, READER, Actor, Right
from tests.services.canteen_stage import DINNER, LUNCH, Stage, stage_on

READS = Actor("何婷", READER, DEFAULTS[READER])
COUNTER = Actor("高翔", CANTEEN, DEFAULTS[CANTEEN] - {Right.RUN_CANTEEN})


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


@pytest.fixture
def fish(stage: Stage) -> int:
    return _dish(stage, "红烧带鱼", allergens=("鱼",), price=6_00, cost=3_20)


def _dish(stage: Stage, name: str, kind: DishKind = DishKind.MEAT, **facts: Any) -> int:
    made: int = stage.do(dishes.add, DishInput(name=name, kind=kind, **facts))
    return made


def _put(stage: Stage, dish: int, day: date, period: MealPeriod = LUNCH, **facts: Any) -> int:
    made: int = stage.do(menu_writing.put, stage.canteen, day, period, dish, **facts)
    return made


def _menu(stage: Stage, day: date, period: MealPeriod = LUNCH) -> list[str]:
    return [one.name for one in stage.look(menus.menu_of, stage.canteen, day, period)]


def test_words_of_a_dish_stand_in_the_order_of_the_house_and_own_ones_last(stage: Stage) -> None:
    key = _dish(stage, " 虾仁蒸蛋 ", allergens=("香菜", "蛋", "虾蟹"), suits=("软食", "低盐"))
    kept = stage.look(dishes.dish, key)
    assert (kept.name, kept.allergens, kept.suits) == ("虾仁蒸蛋", "虾蟹、蛋、香菜", "低盐、软食")


def test_a_dish_has_a_name_of_its_own_and_a_price_within_reason(stage: Stage, fish: int) -> None:
    with pytest.raises(DomainError, match="已经有一道“红烧带鱼”"):
        _dish(stage, "红烧带鱼")
    with pytest.raises(DomainError, match="请填写菜名"):
        _dish(stage, "  ")
    with pytest.raises(DomainError, match="0 到 1000 元之间"):
        _dish(stage, "佛跳墙", price=1000_01)
    kept = DishInput(name="红烧带鱼", kind=DishKind.MEAT, price=6_50)
    stage.do(dishes.change, fish, kept, version=1)
    with pytest.raises(ChangedMeanwhile):
        stage.do(dishes.change, fish, kept, version=1)


def test_a_dish_in_the_bin_stays_on_the_menus_of_the_past(stage: Stage, fish: int) -> None:
    _put(stage, fish, stage.today)
    stage.do(dishes.remove, fish, version=1, now=stage.now)
    assert _menu(stage, stage.today) == ["红烧带鱼"]
    with pytest.raises(DomainError, match="已经被删除"):
        _put(stage, fish, stage.today + timedelta(days=1))


def test_a_dish_stands_once_on_a_menu(stage: Stage, fish: int) -> None:
    _put(stage, fish, stage.today, sets="ba", planned=120)
    _put(stage, fish, stage.today, DINNER)
    (line,) = stage.look(menus.menu_of, stage.canteen, stage.today, LUNCH)
    assert (line.sets, line.planned) == ("AB", 120)
    with pytest.raises(DomainError, match="星期六午餐的菜谱里已经有这道菜"):
        _put(stage, fish, stage.today)
    with pytest.raises(DomainError, match="备餐份数"):
        _put(stage, _dish(stage, "米饭"), stage.today, planned=5_001)


def test_dishes_change_places_and_stay_at_the_ends(stage: Stage) -> None:
    keys = [_put(stage, _dish(stage, name), stage.today) for name in ("甲", "乙", "丙")]
    stage.do(menu_writing.move, keys[2], -1)
    assert _menu(stage, stage.today) == ["甲", "丙", "乙"]
    stage.do(menu_writing.move, keys[0], -1)
    assert _menu(stage, stage.today) == ["甲", "丙", "乙"]


def test_an_earlier_week_is_copied_where_nobody_wrote_anything(stage: Stage, fish: int) -> None:
    monday = menus.monday_of(stage.today)
    old, rice = _dish(stage, "停做的菜"), _dish(stage, "米饭")
    for day in (monday, monday + timedelta(days=1)):
        for dish in (fish, old):
            _put(stage, dish, day, sets="A", planned=80)
    stage.do(dishes.set_on_offer, [old], on_offer=False)
    following = monday + timedelta(days=7)
    _put(stage, rice, following)

    weeks = {"source_monday": monday, "target_monday": following}
    assert stage.do(menu_writing.copy_week, stage.canteen, **weeks) == 1
    assert _menu(stage, following) == ["米饭"]
    (copied,) = stage.look(menus.menu_of, stage.canteen, following + timedelta(days=1), LUNCH)
    assert (copied.name, copied.sets, copied.planned) == ("红烧带鱼", "A", 80)
    assert stage.do(menu_writing.copy_week, stage.canteen, **weeks) == 0
    empty = {"source_monday": monday - timedelta(days=70), "target_monday": following}
    with pytest.raises(DomainError, match="没有菜谱"):
        stage.do(menu_writing.copy_week, stage.canteen, **empty)


def test_what_went_out_counts_set_meals_and_dishes_by_themselves(stage: Stage, fish: int) -> None:
    egg = _dish(stage, "低盐蒸蛋")
    line = _put(stage, fish, stage.today, sets="A")
    _put(stage, egg, stage.today)
    facts = {"canteen_id": stage.canteen, "period": LUNCH, "on_date": stage.today}
    paid = {"price": 12_00, "paid": 12_00, "pay_way": PayWay.CASH, "at": stage.now}
    own = {"resident_id": stage.people["wang"], "month": 202611, "set_meal_id": stage.sets["A"]}

    def eat(session: Any) -> None:
        session.add(Meal(id=1, number=1, quantity=3, **facts, **paid, **own))
        session.flush()
        session.add(MealDish(meal_id=1, dish_id=egg, quantity=2, price=3_00))

    stage.do(eat)
    out = stage.look(menus.served, stage.canteen, stage.today, LUNCH)
    assert out == {fish: 3, egg: 2}
    with pytest.raises(DomainError, match="红烧带鱼已经出了 3 份"):
        stage.do(menu_writing.take_off, [line])


def test_the_counter_marks_what_is_sold_out_and_writes_no_menu(stage: Stage, fish: int) -> None:
    line = _put(stage, fish, stage.today)
    stage.do(menu_writing.set_sold_out, line, sold_out=True, now=stage.now, by=COUNTER)
    (kept,) = stage.look(menus.menu_of, stage.canteen, stage.today, LUNCH)
    assert kept.sold_out_at == stage.now
    with pytest.raises(NotAllowed):
        stage.do(menu_writing.take_off, [line], by=COUNTER)
    with pytest.raises(NotAllowed):
        stage.do(menu_writing.set_sold_out, line, sold_out=False, now=stage.now, by=READS)
    stage.do(menu_writing.take_off, [line])
    assert _menu(stage, stage.today) == []
    tomorrow = _put(stage, fish, stage.today + timedelta(days=1))
    with pytest.raises(DomainError, match="售完只记当天的"):
        stage.do(menu_writing.set_sold_out, tomorrow, sold_out=True, now=stage.now)


def test_a_set_meal_costs_what_its_dishes_cost_or_nobody_knows(stage: Stage, fish: int) -> None:
    rice = _dish(stage, "米饭", cost=50)
    soup = _dish(stage, "汤")
    for dish, sets in ((fish, "A"), (rice, "AB"), (soup, "B")):
        _put(stage, dish, stage.today, sets=sets)
    menu = stage.look(menus.menu_of, stage.canteen, stage.today, LUNCH)
    known = {one.id: one.cost for one in stage.look(dishes.dishes)}
    assert menus.costs(menu, known) == {"A": 3_70, "B": None}


def test_dishes_change_places_among_their_kind(stage: Stage) -> None:
    keys = {
        name: _put(stage, _dish(stage, name, kind=kind), stage.today)
        for name, kind in (
            ("红烧肉", DishKind.MEAT),
            ("拌黄瓜", DishKind.VEGETABLE),
            ("炖鸡", DishKind.MEAT),
        )
    }
    stage.do(menu_writing.move, keys["炖鸡"], -1)
    assert _menu(stage, stage.today) == ["炖鸡", "拌黄瓜", "红烧肉"]
    stage.do(menu_writing.move, keys["拌黄瓜"], 1)
    assert _menu(stage, stage.today) == ["炖鸡", "拌黄瓜", "红烧肉"]


def test_a_dish_goes_to_another_day_unless_it_stands_there_already(stage: Stage, fish: int) -> None:
    tomorrow = stage.today + timedelta(days=1)
    line = _put(stage, fish, stage.today, sets="A", planned=80)
    stage.do(menu_writing.set_sold_out, line, sold_out=True, now=stage.now)
    stage.do(menu_writing.move_to, line, tomorrow)
    (moved,) = stage.look(menus.menu_of, stage.canteen, tomorrow, LUNCH)
    assert (moved.sets, moved.planned, moved.sold_out_at) == ("A", 80, None)
    _put(stage, fish, stage.today)
    with pytest.raises(DomainError, match="星期六午餐的菜谱里已经有这道菜"):
        stage.do(menu_writing.move_to, line, stage.today)


def test_a_dish_is_offered_as_it_stood_last_and_weeks_are_counted(stage: Stage, fish: int) -> None:
    monday = menus.monday_of(stage.today)
    for back, sets in ((9, "A"), (3, "AB"), (0, "B")):
        _put(stage, fish, monday - timedelta(days=back), sets=sets, planned=100 - back)
    last = stage.look(menus.last_uses, stage.canteen, monday)[fish]
    assert (last.on_date, last.sets, last.planned) == (monday - timedelta(days=3), "AB", 97)
    seen = stage.look(menus.uses, stage.canteen, fish, monday - timedelta(days=3))
    assert [one.sets for one in seen] == ["AB", "B"]
    weeks = stage.look(menus.weeks, stage.canteen, monday)
    assert [(one.monday, one.days, one.lines) for one in weeks] == [
        (monday - timedelta(days=7), 1, 1),
        (monday - timedelta(days=14), 1, 1),
    ]


def test_what_a_copy_would_bring_is_told_before_it_is_done(stage: Stage, fish: int) -> None:
    monday = menus.monday_of(stage.today)
    following = monday + timedelta(days=7)
    old = _dish(stage, "停做的菜")
    for dish in (fish, old):
        _put(stage, dish, monday)
        _put(stage, dish, monday + timedelta(days=1))
    stage.do(dishes.set_on_offer, [old], on_offer=False)
    _put(stage, fish, following)
    plan = stage.look(menu_copy.plan, stage.canteen, monday, following)
    assert [(one.name, one.on_date) for one in plan.lines] == [
        ("红烧带鱼", monday + timedelta(days=1))
    ]
    assert (plan.kept, plan.gone) == (((following, LUNCH),), ("停做的菜",))
