"""What the counter of 食堂 reads and books: who is meant, how the meal goes, sheets, registers."""

from datetime import date, timedelta

import pytest

from app.errors import DomainError, NotAllowed
from app.models import Diner, Guest, MealOrder, MealSheet, MealWay, OrderState, PayWay
from app.services import (
    meal_counter,
    meal_day,
    meal_finder,
    meal_person,
    meal_recent,
    meal_registers,
    meal_sheets,
    meal_taking_back,
    periods,
    resident_forms,
)
from app.services.meal_person import Sitting
from app.services.meal_sheets import Ate
from app.services.papers import Printing
from app.services.periods import Period
from app.storage.engine import Database
from app.values.rights import Actor, Right
from tests.services.canteen_stage import LUNCH, Stage, stage_on

NARROW = Actor("小李", rights=frozenset({Right.LOG_MEALS, Right.VIEW_PEOPLE, Right.VIEW_CANTEEN}))


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


@pytest.fixture
def lunch(stage: Stage) -> Sitting:
    return Sitting(canteen_id=stage.canteen, period=LUNCH, on_date=stage.today)


def order(stage: Stage, who: str, way: MealWay, **more: object) -> int:
    """An order for today's lunch."""

    def write(session: object) -> int:
        made = MealOrder(
            canteen_id=stage.canteen,
            on_date=stage.today,
            period=LUNCH,
            resident_id=stage.people[who],
            set_letter="B",
            way=way,
            pay_way=PayWay.CASH,
            **more,
        )
        session.add(made)  # type: ignore[attr-defined]
        session.flush()  # type: ignore[attr-defined]
        return made.id

    key: int = stage.do(write)
    return key


def test_whoever_eats_here_is_found_first_and_the_only_one_is_meant(stage: Stage) -> None:
    def found() -> meal_finder.Hits:
        hits: meal_finder.Hits = stage.look(meal_finder.find, "l", today=stage.today)
        return hits

    assert found().meant is None

    stage.log("he", on_date=stage.today - timedelta(days=61))
    stage.log("liu", on_date=stage.today - timedelta(days=60))

    assert [hit.name for hit in found().lines if hit.regular] == ["刘军"]
    assert found().lines[0].name == "刘军"
    meant = found().meant
    assert meant is not None
    assert meant.resident_id == stage.people["liu"]


def test_a_rare_reading_means_nobody_whom_others_names_are_likelier(stage: Stage) -> None:
    """于 may be read wu, too: w of 王秀兰, who has not eaten here yet, is not his."""
    stage.people["rare"] = stage.clerk.add("于福", birth_date=date(1950, 3, 2), new_household=True)
    stage.log("rare")

    hits: meal_finder.Hits = stage.look(meal_finder.find, "w", today=stage.today)
    assert (hits.lines[0].name, hits.meant) == ("于福", None)
    hits = stage.look(meal_finder.find, "y", today=stage.today)
    assert hits.meant is not None
    assert hits.meant.name == "于福"


def test_a_sensitive_tag_is_seen_by_whoever_may_and_only_where_it_counts(
    stage: Stage, lunch: Sitting
) -> None:
    def chips(by: Actor) -> list[str]:
        known = stage.look(
            meal_person.person, stage.people["zhang"], lunch, with_points=False, by=by
        )
        return [one.name for one in known.chips]

    stage.tag("zhang", "独居老人")

    assert chips(Actor("周立群")) == ["残疾人"]
    assert chips(NARROW) == []


def test_the_kitchens_words_stand_beside_the_name(stage: Stage, lunch: Sitting) -> None:
    diet = {"diet": "低盐、软食", "avoids": "鱼", "consented_on": stage.today}
    stage.do(lambda s: s.add(Diner(resident_id=stage.people["chen"], **diet)))

    known = stage.look(meal_person.person, stage.people["chen"], lunch, with_points=False)

    assert known.diet == "低盐・软食・忌鱼"


def test_an_order_that_is_collected_is_settled_with_its_meal(stage: Stage, lunch: Sitting) -> None:
    key = order(stage, "wang", MealWay.TAKEN)
    known = stage.look(meal_person.person, stage.people["wang"], lunch, with_points=False)
    assert known.order is not None
    assert (known.order.id, known.order.collected) == (key, True)

    meal = stage.meal("wang", order_id=key, way=MealWay.TAKEN)
    logged = stage.do(meal_counter.log, meal, now=stage.now)

    state = "SELECT state, settled_by FROM meal_order"
    assert stage.ask(state) == [(OrderState.HANDED.value, "赵敏")]
    stage.do(meal_taking_back.take_back, logged.meal_id, reason="没有来拿", now=stage.now)
    assert stage.ask(state) == [(OrderState.ORDERED.value, None)]


def test_a_meal_that_is_brought_is_no_meal_to_be_collected(stage: Stage, lunch: Sitting) -> None:
    order(stage, "wang", MealWay.BROUGHT)

    known = stage.look(meal_person.person, stage.people["wang"], lunch, with_points=False)

    assert known.order is not None
    assert not known.order.collected


def test_the_figures_of_a_meal_are_those_of_its_lines(stage: Stage, lunch: Sitting) -> None:
    stage.log("chen")
    wrong = stage.log("wang", set_meal_id=stage.sets["B"])
    stage.log("li", way=MealWay.TAKEN)
    stage.log(guest=Guest.SANITATION, quantity=2)
    stage.log("he", on_date=stage.today - timedelta(days=1))
    stage.do(meal_taking_back.take_back, wrong.meal_id, reason="重复", now=stage.now)

    sums = stage.look(meal_day.turnout, lunch, now=stage.now)

    assert (sums.meals, sums.seated, sums.lately) == (4, 3, 3)
    assert (sums.price, sums.given, sums.paid) == (48_00, 34_00, 14_00)
    assert dict(sums.guests) == {Guest.SANITATION: 2, Guest.COURIER: 0, Guest.VISITOR: 0}
    assert sums.minutes_left(150) == 490
    assert sums.minutes_left(3) is None


def test_the_till_has_what_was_paid_in_cash_and_what_vouchers_left_open(
    stage: Stage, lunch: Sitting
) -> None:
    stage.account("chen", fen=10_00)
    stage.log("chen", pay_way=PayWay.CARD)
    stage.log("li")
    for who, worth in (("wang", 4_00), ("he", 20_00), ("zhou", 4_00)):
        code = stage.voucher(who, worth)
        last = stage.log(who, pay_way=PayWay.VOUCHER, voucher_code=code)
    stage.do(meal_taking_back.take_back, last.meal_id, reason="重复", now=stage.now)

    assert stage.look(meal_day.turnout, lunch, now=stage.now).cash == 11_00 + 6_00


def test_the_list_shows_what_was_taken_back_and_hides_a_tier_that_tells_too_much(
    stage: Stage, lunch: Sitting
) -> None:
    stage.log("zhang")
    wrong = stage.log("wang")
    stage.do(meal_taking_back.take_back, wrong.meal_id, reason="重复", now=stage.now)

    def told(by: Actor) -> list[tuple[str, str, bool]]:
        ids = stage.look(meal_recent.ids, lunch, by=by)
        rows = stage.look(meal_recent.rows, ids, by=by)
        return [(row.name, row.tier, row.taken_back) for row in rows]

    assert told(Actor("周立群")) == [("王秀兰", "重复，已撤销", True), ("张明", "重度残疾", False)]
    assert told(NARROW)[1][1] == "按身份享受"


def test_what_is_to_be_brought_is_counted_without_what_was_cancelled(
    stage: Stage, lunch: Sitting
) -> None:
    order(stage, "wang", MealWay.BROUGHT)
    order(stage, "li", MealWay.BROUGHT, quantity=2, state=OrderState.HANDED)
    order(stage, "he", MealWay.BROUGHT, state=OrderState.CANCELLED)
    order(stage, "chen", MealWay.TAKEN)

    assert stage.look(meal_day.deliveries, lunch) == {OrderState.ORDERED: 1, OrderState.HANDED: 2}


# -- sheets


def test_a_sheet_has_who_usually_comes_by_name_without_those_who_are_gone(
    stage: Stage, lunch: Sitting
) -> None:
    for days in (2, 9):
        before = stage.today - timedelta(days=days)
        for who in ("wang", "chen"):
            stage.log(who, on_date=before)
    stage.log("li", on_date=stage.today - timedelta(days=3))
    stage.log("gone", on_date=stage.today - timedelta(days=12))
    stage.log("gone", on_date=stage.today - timedelta(days=11))

    assert stage.look(meal_sheets.expected, lunch) == [stage.people["chen"], stage.people["wang"]]


def test_whoever_ordered_to_eat_here_on_this_weekday_is_on_the_sheet(
    stage: Stage, lunch: Sitting
) -> None:
    from app.models import StandingOrder

    def stand(session: object, who: str, weekdays: str, way: MealWay) -> None:
        session.add(  # type: ignore[attr-defined]
            StandingOrder(
                resident_id=stage.people[who],
                canteen_id=stage.canteen,
                period=LUNCH,
                weekdays=weekdays,
                set_letter="A",
                way=way,
                pay_way=PayWay.CASH,
                since=stage.today,
            )
        )

    assert stage.today.isoweekday() == 6
    stage.do(stand, "wang", "12345", MealWay.HERE)
    stage.do(stand, "he", "67", MealWay.TAKEN)
    stage.do(stand, "sun", "67", MealWay.BROUGHT)

    assert stage.look(meal_sheets.expected, lunch) == [stage.people["he"]]


def test_whoever_ordered_one_meal_to_eat_here_is_on_the_sheet(stage: Stage, lunch: Sitting) -> None:
    order(stage, "wang", MealWay.HERE)
    order(stage, "he", MealWay.TAKEN)
    order(stage, "sun", MealWay.BROUGHT)
    order(stage, "li", MealWay.HERE, state=OrderState.CANCELLED)

    expected = stage.look(meal_sheets.expected, lunch)

    assert expected == [stage.people["he"], stage.people["wang"]]


def test_a_meal_typed_back_from_the_sheet_settles_its_order(stage: Stage, lunch: Sitting) -> None:
    key = order(stage, "wang", MealWay.TAKEN, quantity=2)
    brought = order(stage, "li", MealWay.BROUGHT)
    wang, li = (stage.people[who] for who in ("wang", "li"))
    sheet = stage.do(meal_sheets.make, lunch, [wang, li], now=stage.now)
    rows = stage.look(meal_sheets.rows, sheet)
    assert [(row.set_letter, row.quantity) for row in rows] == [("B", 2), ("", 1)]
    paper = stage.do(meal_sheets.paper, sheet, Printing("赵敏", stage.now), blank=0)
    assert "订 2 份" in paper.lines[0].place

    ate = [
        Ate(place=place, resident_id=who, set_letter="B", pay_way=PayWay.CASH)
        for place, who in enumerate((wang, li), start=1)
    ]
    taken, eaten = stage.do(meal_sheets.type_back, lunch, ate, now=stage.now)

    meal = "SELECT id, order_id, quantity, way FROM meal ORDER BY id"
    assert stage.ask(meal) == [(taken, key, 2, "taken_away"), (eaten, None, 1, "eaten_here")]
    state = f"SELECT state, settled_by FROM meal_order WHERE id = {key}"
    assert stage.ask(state) == [(OrderState.HANDED.value, "赵敏")]
    waits = f"SELECT state FROM meal_order WHERE id = {brought}"
    assert stage.ask(waits) == [(OrderState.ORDERED.value,)]
    stage.do(meal_taking_back.take_back, taken, reason="没有来拿", now=stage.now)
    assert stage.ask(state) == [(OrderState.ORDERED.value, None)]


def test_who_may_not_settle_orders_types_the_meal_and_leaves_the_order(
    stage: Stage, lunch: Sitting
) -> None:
    order(stage, "wang", MealWay.HERE)
    ate = Ate(place=1, resident_id=stage.people["wang"], set_letter="A", pay_way=PayWay.CASH)

    stage.do(meal_sheets.type_back, lunch, [ate], now=stage.now, by=NARROW)

    assert stage.ask("SELECT order_id FROM meal") == [(None,)]
    assert stage.ask("SELECT state FROM meal_order") == [(OrderState.ORDERED.value,)]


def test_a_sheet_keeps_its_order_whoever_comes_or_goes_later(stage: Stage, lunch: Sitting) -> None:
    ids = [stage.people[who] for who in ("wang", "chen", "li")]
    sheet = stage.do(meal_sheets.make, lunch, ids, now=stage.now)
    stage.log("sun", on_date=stage.today - timedelta(days=1))
    stage.do(resident_forms.delete, stage.people["chen"], now=stage.now)

    rows = stage.look(meal_sheets.rows, sheet)

    assert [(row.place, row.name) for row in rows] == [
        (1, "王秀兰"),
        (2, "（已不在册）"),
        (3, "李建国"),
    ]


def test_one_row_that_cannot_be_booked_is_named_and_nothing_is_booked(
    stage: Stage, lunch: Sitting
) -> None:
    def ate(place: int, who: str) -> Ate:
        key = stage.people[who]
        return Ate(place=place, resident_id=key, set_letter="A", pay_way=PayWay.CASH)

    with pytest.raises(DomainError, match="第 2 行记不进去：李国庆已于 2026-11-18 迁出"):
        stage.do(meal_sheets.type_back, lunch, [ate(1, "wang"), ate(2, "gone")], now=stage.now)
    assert stage.ask("SELECT count(*) FROM meal") == [(0,)]

    stage.do(meal_sheets.type_back, lunch, [ate(1, "wang"), ate(3, "li")], now=stage.now)
    with pytest.raises(DomainError, match="第 1 行记不进去：王秀兰这一天的午餐已经记过"):
        stage.do(meal_sheets.type_back, lunch, [ate(1, "wang")], now=stage.now)


def test_a_voucher_in_the_persons_name_pays_a_row_of_a_sheet(stage: Stage, lunch: Sitting) -> None:
    stage.voucher("wang", 12_00)

    def ate(who: str) -> Ate:
        key = stage.people[who]
        return Ate(place=1, resident_id=key, set_letter="A", pay_way=PayWay.VOUCHER)

    stage.do(meal_sheets.type_back, lunch, [ate("wang")], now=stage.now)

    assert stage.ask("SELECT pay_way FROM meal") == [("voucher",)]
    with pytest.raises(DomainError, match="第 1 行记不进去：请扫描或输入餐券上的券号"):
        stage.do(meal_sheets.type_back, lunch, [ate("li")], now=stage.now)


def test_a_sheet_that_was_printed_is_on_record_with_its_people(
    stage: Stage, lunch: Sitting
) -> None:
    sheet = stage.do(meal_sheets.make, lunch, [stage.people["wang"]], now=stage.now)

    stage.do(meal_sheets.note_printed, sheet)

    looks = "SELECT table_name, row_id FROM change WHERE action = 'printed' ORDER BY id"
    assert stage.ask(looks) == [
        (MealSheet.__tablename__, sheet),
        ("resident", stage.people["wang"]),
    ]


def test_a_sheet_is_made_by_whoever_logs_meals(stage: Stage, lunch: Sitting) -> None:
    reader = Actor("小周", rights=frozenset({Right.VIEW_CANTEEN}))

    with pytest.raises(NotAllowed):
        stage.do(meal_sheets.make, lunch, [], now=stage.now, by=reader)


# -- the register


def test_the_register_holds_every_meal_that_counts_and_its_sums(stage: Stage) -> None:
    stage.log("chen")
    stage.log(guest=Guest.SANITATION, quantity=2)
    wrong = stage.log("wang")
    stage.do(meal_taking_back.take_back, wrong.meal_id, reason="重复", now=stage.now)
    printing = Printing("赵敏", stage.now)

    data, people = stage.do(
        meal_registers.register, stage.canteen, periods.month(stage.today), printing
    )

    assert [(line.number, line.name, line.kind) for line in data.lines] == [
        ("M-1121-001", "陈桂芳", "81 岁・低保对象"),
        ("M-1121-002", "环卫工 2 人", "不记名・爱心驿站"),
    ]
    assert (data.count, data.price, data.given, data.paid) == (3, "36.00", "33.00", "3.00")
    assert people == [stage.people["chen"]]
    assert data.filter_words == "2026年11月"


def test_a_register_of_a_day_without_meals_is_refused(stage: Stage) -> None:
    day = Period(stage.today, stage.today)

    with pytest.raises(DomainError, match="2026年11月21日没有人用餐"):
        stage.do(meal_registers.register, stage.canteen, day, Printing("赵敏", stage.now))
