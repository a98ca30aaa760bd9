"""订餐: the plan makes the days, a person may change them, a stop wins over both."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import MealOrder, MealPeriod, MealWay, OrderState, PayWay
from app.services import (
    canteen_changes,
    delivery_routes,
    diners,
    events,
    kitchen_count,
    meal_orders,
    order_papers,
    order_pauses,
    set_meals,
    standing_orders,
    standing_views,
)
from app.services.canteen_changes import USUAL, CanteenInput
from app.services.delivery_routes import RouteInput
from app.services.diners import DinerView
from app.services.meal_orders import AlreadyOrdered, OrderInput, OrderLine, PastCutOff
from app.services.order_pauses import PauseInput
from app.services.set_meals import SetInput
from app.services.standing_orders import StandingInput
from app.services.standing_views import StandingFilter
from app.storage.engine import Database
from app.values.rights import DEFAULTS, READER, Actor
from tests.services.canteen_stage import DINNER, LUNCH, Stage, stage_on

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
EVERY_DAY = "1234567"


@pytest.fixture
def stage(database: Database) -> Stage:
    """Saturday 9:30: the lunch of today cannot be ordered any more, that of tomorrow can."""
    return stage_on(database)


def plan(stage: Stage, who: str, **more: Any) -> int:
    """Lunch, set A, every day from Sunday on, brought home."""
    entered = StandingInput(
        **{
            "resident_id": stage.people[who],
            "canteen_id": stage.canteen,
            "period": LUNCH,
            "weekdays": EVERY_DAY,
            "set_letter": "A",
            "since": SUNDAY,
            **more,
        }
    )
    key, _ = stage.do(standing_orders.add, entered, now=stage.now)
    return int(key)


def replan(stage: Stage, key: int, **more: Any) -> Any:
    """A changed plan; gives what became of the days that stand."""
    entered, version = stage.clerk.see(lambda s: standing_orders.input_of(s, key))
    changed = replace(entered, **more)
    return stage.do(standing_orders.change, key, changed, version=version, now=stage.now)


def generate(stage: Stage, day: date = SUNDAY) -> Any:
    return stage.do(meal_orders.generate, stage.canteen, day, now=stage.now)


def orders(stage: Stage, day: date = SUNDAY) -> dict[str, OrderLine]:
    """By name, all periods."""
    found = stage.look(meal_orders.orders_of, stage.canteen, day)
    return {f"{one.name} {one.period.label}": one for one in found}


def by_hand(stage: Stage, who: str, **more: Any) -> OrderInput:
    return OrderInput(
        **{
            "canteen_id": stage.canteen,
            "on_date": SUNDAY,
            "period": LUNCH,
            "resident_id": stage.people[who],
            "set_letter": "B",
            **more,
        }
    )


def order(stage: Stage, who: str, *, late: bool = False, **more: Any) -> int:
    entered = by_hand(stage, who, **more)
    return int(stage.do(meal_orders.order, entered, now=stage.now, late=late))


def stop(stage: Stage, who: str, since: date, until: date | None, reason: str = "住院") -> int:
    entered = PauseInput(resident_id=stage.people[who], since=since, until=until, reason=reason)
    key, _ = stage.do(order_pauses.add, entered, now=stage.now)
    return int(key)


def test_a_day_gets_the_portions_of_its_weekday_and_a_second_run_makes_nothing(
    stage: Stage,
) -> None:
    plan(stage, "chen", weekdays="67")
    plan(stage, "wang", weekdays="12345", pay_way=PayWay.BILL)
    plan(stage, "li", quantity=2, way=MealWay.TAKEN)
    done = generate(stage)
    assert (len(done.new), done.words) == (2, "新增 2 份")
    assert not generate(stage)
    assert set(orders(stage)) == {"陈桂芳 午餐", "李建国 午餐"}
    line = orders(stage)["李建国 午餐"]
    assert (line.quantity, line.way, line.by_hand) == (2, MealWay.TAKEN, False)
    generate(stage, MONDAY)
    assert orders(stage, MONDAY)["王秀兰 午餐"].pay_way is PayWay.BILL
    assert "陈桂芳 午餐" not in orders(stage, MONDAY)


def test_a_change_by_hand_is_never_overwritten_though_the_plan_changes(stage: Stage) -> None:
    chen, wang = plan(stage, "chen"), plan(stage, "wang")
    generate(stage)
    line = orders(stage)["陈桂芳 午餐"]
    changed = by_hand(stage, "chen", quantity=3)
    stage.do(meal_orders.change, line.id, changed, version=line.version, now=stage.now)
    for key in (chen, wang):
        replan(stage, key, set_letter="B")
    assert not generate(stage)
    lines = orders(stage)
    assert (lines["陈桂芳 午餐"].set_letter, lines["陈桂芳 午餐"].quantity) == ("B", 3)
    assert (lines["王秀兰 午餐"].set_letter, lines["王秀兰 午餐"].quantity) == ("B", 1)


def test_what_was_cancelled_by_hand_does_not_come_back_unless_somebody_says_so(
    stage: Stage,
) -> None:
    plan(stage, "chen")
    generate(stage)
    key = orders(stage)["陈桂芳 午餐"].id
    with pytest.raises(DomainError, match="为什么取消"):
        stage.do(meal_orders.cancel, [key], reason=" ", now=stage.now)
    stage.do(meal_orders.cancel, [key], reason="本人来电", now=stage.now)
    assert not generate(stage)
    assert orders(stage)["陈桂芳 午餐"].state is OrderState.CANCELLED
    with pytest.raises(DomainError, match="已取消"):
        stage.do(meal_orders.cancel, [key], reason="再取消", now=stage.now)
    stage.do(meal_orders.restore, key, now=stage.now)
    line = orders(stage)["陈桂芳 午餐"]
    assert (line.state, line.reason) == (OrderState.ORDERED, "")


def test_a_stop_wins_over_the_plan_and_over_what_was_ordered_by_hand(stage: Stage) -> None:
    plan(stage, "chen")
    generate(stage)
    order(stage, "wang")
    order(stage, "wang", on_date=MONDAY)
    pause = PauseInput(resident_id=stage.people["wang"], since=SUNDAY, until=MONDAY, reason="")
    told = stage.look(order_pauses.affected, pause, today=stage.today)
    assert [(one.on_date, one.by_hand) for one in told] == [(SUNDAY, True), (MONDAY, True)]
    stop(stage, "wang", SUNDAY, MONDAY)
    stop(stage, "chen", SUNDAY, None, "回老家")
    lines = orders(stage)
    assert {one.state for one in lines.values()} == {OrderState.CANCELLED}
    assert lines["陈桂芳 午餐"].reason == "停送：回老家"
    assert orders(stage, MONDAY)["王秀兰 午餐"].reason == "停送：住院"
    assert not generate(stage)
    with pytest.raises(DomainError, match=r"王秀兰 11-22 停送（住院）"):
        order(stage, "wang", period=DINNER)


def test_meals_come_again_when_a_stop_is_made_shorter(stage: Stage) -> None:
    plan(stage, "chen")
    generate(stage)
    generate(stage, MONDAY)
    key = stop(stage, "chen", SUNDAY, None)
    (known,) = stage.look(order_pauses.pauses, stage.people["chen"], today=stage.today)
    assert known.span == "11-22 起，直到另行通知"
    done = stage.do(order_pauses.resume, key, version=known.version, first=MONDAY, now=stage.now)
    assert done.words == "改动 1 份"
    assert orders(stage)["陈桂芳 午餐"].state is OrderState.CANCELLED
    assert orders(stage, MONDAY)["陈桂芳 午餐"].state is OrderState.ORDERED


def test_the_days_that_stand_follow_a_changed_plan_and_others_do_not_begin(stage: Stage) -> None:
    key = plan(stage, "chen")
    generate(stage)
    done = replan(stage, key, weekdays="1")
    assert done.words == "取消 1 份"
    assert orders(stage)["陈桂芳 午餐"].reason == "长期订餐没有这一天了"
    assert not orders(stage, MONDAY)
    assert replan(stage, key, weekdays="17").words == "改动 1 份"
    assert orders(stage)["陈桂芳 午餐"].state is OrderState.ORDERED
    row = stage.look(standing_views.row, key, today=stage.today)
    stage.do(standing_orders.remove, key, version=row.version, now=stage.now)
    assert orders(stage)["陈桂芳 午餐"].state is OrderState.CANCELLED


def test_after_the_cut_off_a_list_that_stands_is_only_shortened_by_stops(stage: Stage) -> None:
    """The kitchen has begun: what the plan has more waits for tomorrow, a stop does not."""
    key = plan(stage, "chen")
    plan(stage, "wang")
    generate(stage)
    late = stage.at(SUNDAY, 9, 30)
    assert not replan(late, key, set_letter="B")
    assert orders(late)["陈桂芳 午餐"].set_letter == "A"
    stop(late, "wang", SUNDAY, None)
    assert orders(late)["王秀兰 午餐"].state is OrderState.CANCELLED
    with pytest.raises(DomainError, match=r"当天 09:00 截止.*2026-11-23"):
        plan(late, "li")


def test_a_day_that_nobody_opened_in_time_is_made_late_all_the_same(stage: Stage) -> None:
    plan(stage, "chen")
    assert len(generate(stage.at(SUNDAY, 10)).new) == 1


def test_who_died_or_moved_away_gets_nothing_though_it_was_ordered_by_hand(stage: Stage) -> None:
    plan(stage, "chen")
    generate(stage)
    order(stage, "wang")
    chen, wang = stage.people["chen"], stage.people["wang"]
    stage.do(events.die, chen, on_date=stage.today, now=stage.now)
    stage.do(events.move_out, wang, on_date=stage.today, now=stage.now)
    assert generate(stage).words == "取消 2 份"
    assert {one.reason for one in orders(stage).values()} == {"已迁出或去世"}
    assert not generate(stage, MONDAY)
    with pytest.raises(DomainError, match="已经迁出或死亡"):
        order(stage, "wang", on_date=MONDAY)


def test_what_was_handed_over_is_history_for_every_run(stage: Stage) -> None:
    key = plan(stage, "chen")
    generate(stage)

    def hand(session: Any) -> None:
        session.query(MealOrder).one().state = OrderState.HANDED

    stage.do(hand)
    replan(stage, key, set_letter="B")
    stop(stage, "chen", SUNDAY, None)
    line = orders(stage)["陈桂芳 午餐"]
    assert (line.state, line.set_letter) == (OrderState.HANDED, "A")
    with pytest.raises(DomainError, match="送达"):
        stage.do(meal_orders.cancel, [line.id], reason="错了", now=stage.now)


def test_one_meal_by_hand_is_refused_twice_late_and_of_a_set_that_is_not_sold(
    stage: Stage,
) -> None:
    key = order(stage, "chen")
    with pytest.raises(AlreadyOrdered, match="陈桂芳11-22 午餐已经订了一份") as twice:
        order(stage, "chen")
    assert twice.value.order_id == key
    with pytest.raises(PastCutOff, match=r"11-21 09:00 已经截止"):
        order(stage, "wang", on_date=stage.today)
    order(stage, "wang", on_date=stage.today, late=True)
    for wrong, words in (
        ({"set_letter": "C"}, r"没有“C”套餐（现有：A、B）"),
        ({"period": MealPeriod.BREAKFAST}, "不供早餐"),
        ({"on_date": stage.today - timedelta(days=1)}, "已经过去"),
        ({"on_date": stage.today + timedelta(days=61)}, "最多提前 60 天"),
        ({"quantity": 0}, "份数要在 1 到 20"),
    ):
        with pytest.raises(DomainError, match=words):
            order(stage, "li", **wrong)
    line = orders(stage)["陈桂芳 午餐"]
    with pytest.raises(ChangedMeanwhile):
        stage.do(meal_orders.change, key, by_hand(stage, "chen"), version=9, now=stage.now)
    assert (line.set_letter, line.by_hand, line.standing_id) == ("B", True, None)


def test_nobody_has_two_standing_orders_for_one_meal_in_whichever_canteen(stage: Stage) -> None:
    plan(stage, "chen", weekdays="135")
    with pytest.raises(DomainError, match=r"陈桂芳周三、五的午餐已经有长期订餐"):
        plan(stage, "chen", weekdays="2356")
    plan(stage, "chen", weekdays="24")
    plan(stage, "chen", period=DINNER)
    other = stage.do(canteen_changes.add, CanteenInput(name="分店"))
    stage.do(canteen_changes.set_period, other, USUAL[LUNCH], version=None)
    stage.do(
        set_meals.add, other, SetInput(letter="A", name="A 餐", price=900), since=date(2026, 1, 1)
    )
    with pytest.raises(DomainError, match="已经有长期订餐"):
        plan(stage, "chen", canteen_id=other, weekdays="1")
    order(stage, "wang", canteen_id=other, set_letter="A")
    plan(stage, "wang")
    generate(stage)
    assert set(orders(stage)) == {"陈桂芳 晚餐"}


@pytest.mark.parametrize("began_first", [True, False])
def test_whoever_changes_the_canteen_gets_the_meal_there(stage: Stage, began_first: bool) -> None:
    other = _second_canteen(stage)
    here, there = (stage.canteen, other) if began_first else (other, stage.canteen)
    key = plan(stage, "chen", canteen_id=here)
    plan(stage, "wang", canteen_id=there)
    for canteen in (here, there):
        stage.do(meal_orders.generate, canteen, SUNDAY, now=stage.now)
    replan(stage, key, canteen_id=there)
    assert stage.ask("SELECT canteen_id, state FROM meal_order ORDER BY id") == [
        (there, "ordered"),
        (there, "ordered"),
    ]


def _second_canteen(stage: Stage) -> int:
    other = stage.do(canteen_changes.add, CanteenInput(name="二食堂"))
    stage.do(canteen_changes.set_period, other, USUAL[LUNCH], version=None)
    entered = SetInput(letter="A", name="A 餐", price=10_00)
    stage.do(set_meals.add, other, entered, since=stage.today)
    return int(other)


def test_a_standing_order_asks_for_weekdays_a_set_and_an_end_after_its_beginning(
    stage: Stage,
) -> None:
    for wrong, words in (
        ({"weekdays": ""}, "至少选一个星期"),
        ({"set_letter": "C"}, "没有“C”套餐"),
        ({"until": stage.today}, "结束的日子在开始之前"),
        ({"since": stage.today}, "最早从 2026-11-22 开始"),
        ({"period": MealPeriod.BREAKFAST}, "不供早餐"),
        ({"resident_id": stage.people["gone"]}, "已经迁出"),
    ):
        with pytest.raises(DomainError, match=words):
            plan(stage, "chen", **wrong)
    assert standing_orders.weekday_words("12345") == "周一至周五"
    assert standing_orders.weekday_words("135") == "周一、三、五"


def test_stops_do_not_overlap_have_a_reason_and_keep_the_past(stage: Stage) -> None:
    key = stop(stage, "chen", stage.today, MONDAY)
    with pytest.raises(DomainError, match="已经登记停送（住院）"):
        stop(stage, "chen", MONDAY, None)
    with pytest.raises(DomainError, match="原因"):
        stop(stage, "wang", SUNDAY, None, " ")
    with pytest.raises(DomainError, match="今天或以后"):
        stop(stage, "wang", stage.today - timedelta(days=1), None)
    later = stage.at(SUNDAY, 8)
    entered = PauseInput(
        resident_id=stage.people["chen"], since=SUNDAY, until=MONDAY, reason="住院"
    )
    with pytest.raises(DomainError, match="开始的日子不能再改"):
        later.do(order_pauses.change, key, entered, version=1, now=later.now)


def test_a_generated_order_stands_on_the_route_of_its_person(stage: Stage) -> None:
    plan(stage, "chen")
    plan(stage, "wang", way=MealWay.TAKEN)
    people = [stage.people["wang"], stage.people["chen"]]
    route = stage.do(delivery_routes.add, stage.canteen, RouteInput(name="一路"))
    stage.do(delivery_routes.set_stops, route, people, today=stage.today)
    generate(stage)
    lines = orders(stage)
    assert (lines["陈桂芳 午餐"].route_name, lines["陈桂芳 午餐"].stop) == ("一路", 2)
    assert (lines["王秀兰 午餐"].route_id, lines["王秀兰 午餐"].stop) == (None, None)
    order(stage, "li")
    assert [one.name for one in stage.look(meal_orders.orders_of, stage.canteen, SUNDAY)] == [
        "陈桂芳",
        "李建国",
        "王秀兰",
    ]


def test_diet_words_need_a_consent_and_name_no_illness(stage: Stage) -> None:
    chen = stage.people["chen"]

    def save(**more: Any) -> None:
        known = stage.look(diners.diner, chen)
        stage.do(diners.save, replace(known, **more), today=stage.today)

    with pytest.raises(DomainError, match="单独同意"):
        save(diet="低盐")
    with pytest.raises(DomainError, match="病名"):
        save(diet="糖尿病餐", consented_on=stage.today)
    with pytest.raises(DomainError, match="没有认出号码"):
        save(contact_phone="没有")
    save(diet="低盐，软食 低盐", avoids="鱼", consented_on=stage.today, contact_phone="13904112277")
    known = stage.look(diners.diner, chen)
    assert (known.diet, known.avoids, known.phone_masked) == ("低盐、软食", "鱼", "139 **** 2277")
    with pytest.raises(ChangedMeanwhile):
        stage.do(diners.save, replace(known, version=known.version - 1), today=stage.today)
    with pytest.raises(DomainError, match="单独同意"):
        save(consented_on=None)
    assert stage.look(diners.diner, stage.people["wang"]).version == 0


def test_the_kitchen_counts_every_portion_in_one_column_and_names_clashes(stage: Stage) -> None:
    day = stage.today
    for name, letters in (("红烧带鱼", "AB"), ("蒸蛋", "A"), ("米糕", "")):
        stage.dish(name, 600, sets=letters)
    for who, diet, avoids in (("chen", "低盐、软食", "鱼、花生"), ("wang", "低盐", "")):
        stage.do(
            diners.save,
            DinerView(resident_id=stage.people[who], diet=diet, avoids=avoids, consented_on=day),
            today=day,
        )
    for who, letter, quantity in (("chen", "A", 1), ("wang", "B", 2), ("li", "A", 3)):
        order(stage, who, on_date=day, set_letter=letter, quantity=quantity, late=True)
    gone = order(stage, "sun", on_date=day, late=True)
    stage.do(meal_orders.cancel, [gone], reason="不要了", now=stage.now)
    count = stage.look(kitchen_count.kitchen_count, stage.canteen, day, LUNCH)
    assert count.diets == ("普通", "低盐", "低盐、软食")
    assert [(one.name, one.by_diet) for one in count.dishes] == [
        ("红烧带鱼", (3, 2, 1)),
        ("蒸蛋", (3, 0, 1)),
    ]
    assert [(one.name, one.total) for one in count.sets] == [("A 餐", 4), ("B 餐", 2)]
    assert (count.portions, count.expected) == (6, 150)
    assert [(one.name, one.dish, one.avoids) for one in count.clashes] == [
        ("陈桂芳", "红烧带鱼", "鱼")
    ]
    assert dict(count.avoids) == {"鱼": 1, "花生": 1}


def test_labels_have_special_diets_first_and_one_label_a_portion(stage: Stage) -> None:
    from app.reports.labels import sheet_of

    stage.do(
        diners.save,
        DinerView(resident_id=stage.people["wang"], diet="软食", consented_on=stage.today),
        today=stage.today,
    )
    order(stage, "chen", quantity=2)
    order(stage, "wang")
    order(stage, "li", way=MealWay.HERE)
    data, people = stage.clerk.see(
        lambda s: order_papers.labels(s, stage.canteen, SUNDAY, LUNCH, sheet=sheet_of("3x8"))
    )
    assert [(one.name, one.diet, one.portion) for one in data.labels] == [
        ("王秀兰", "软食", ""),
        ("陈桂芳", "", "1/2"),
        ("陈桂芳", "", "2/2"),
    ]
    assert data.eat_before == "10:50 出锅，请在 12:50 前趁热吃"
    assert set(people) == {stage.people["wang"], stage.people["chen"]}


def test_the_list_of_standing_orders_finds_by_name_weekday_and_what_is_to_be_heeded(
    stage: Stage,
) -> None:
    chen, wang = plan(stage, "chen", weekdays="135"), plan(stage, "wang", until=MONDAY)
    li = plan(stage, "li", way=MealWay.TAKEN)
    stop(stage, "chen", stage.today, None)

    def found(**more: Any) -> list[int]:
        chosen = StandingFilter(canteen_id=stage.canteen, **more)
        return list(stage.look(standing_views.list_ids, chosen, order="name", today=stage.today))

    assert set(found()) == {chen, wang, li}
    assert found(weekday=3, text="cgf") == [chen]
    assert found(kind=standing_views.PAUSED) == [chen]
    assert found(kind=standing_views.ENDING) == [wang]
    assert set(found(kind=standing_views.NO_ROUTE)) == {chen, wang}
    stage.do(events.die, stage.people["li"], on_date=stage.today, now=stage.now)
    assert found(ended=True) == [li]
    row = stage.look(standing_views.row, chen, today=stage.today)
    assert (row.days, row.meal, row.paused) == ("周一、三、五", "A 餐", "住院")
    kinds = stage.look(standing_views.kind_counts, stage.canteen, today=stage.today)
    assert kinds[standing_views.PAUSED] == 1
    counted = StandingFilter(canteen_id=stage.canteen)
    assert stage.look(standing_views.counts, counted, today=stage.today) == (2, 10)


def test_who_may_only_look_orders_nothing(stage: Stage) -> None:
    reader = Actor("小李", READER, DEFAULTS[READER])
    for act, entered in (
        (meal_orders.order, by_hand(stage, "chen")),
        (order_pauses.add, PauseInput(resident_id=1, since=SUNDAY, reason="住院")),
    ):
        with pytest.raises(NotAllowed, match="管理食堂日常"):
            stage.do(act, entered, now=stage.now, by=reader)


def test_a_generation_that_is_taken_back_leaves_no_order(stage: Stage) -> None:
    plan(stage, "chen")
    generate(stage)
    stage.clerk.undo_last()
    assert not orders(stage)
    assert len(generate(stage).new) == 1


def test_days_that_are_past_or_far_are_not_generated(stage: Stage) -> None:
    for day, words in (
        (stage.today - timedelta(days=1), "已经过去"),
        (stage.today + timedelta(days=15), "最多提前 14 天"),
    ):
        with pytest.raises(DomainError, match=words):
            generate(stage, day)
