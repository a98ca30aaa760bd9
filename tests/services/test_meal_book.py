"""用餐账: what is booked for a meal, what refuses it, and how all of it comes back."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import DomainError, NotAllowed
from app.models import (
    AccountKind,
    Canteen,
    Guest,
    MealOrder,
    MealPeriod,
    MealWay,
    OrderPause,
    OrderState,
    PayWay,
)
from app.services import (
    meal_accounts,
    meal_book,
    meal_deposits,
    meal_months,
    meal_owner,
    merging,
    points_book,
    points_clock,
    set_meals,
    settings,
)
from app.services.meal_book import BeyondBill, GoneAlready, NotEnoughMoney, SecondMeal
from app.services.points_book import NotEnough
from app.services.points_clock import ClockLeapt, ClockWentBack, NoSuchDay
from app.services.set_meals import SetInput
from app.storage.engine import Database
from app.values.rights import CANTEEN, DEFAULTS, Actor, Right
from tests.services.canteen_stage import DINNER, LUNCH, Stage, stage_on

COOK = Actor("孙师傅", CANTEEN, DEFAULTS[CANTEEN])


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def test_the_usual_meal_is_one_line_whose_parts_are_the_whole(stage: Stage) -> None:
    card = stage.account("chen", fen=63_50)
    told = stage.log("chen", pay_way=PayWay.CARD)
    assert (told.number_words, told.name, told.words) == ("M-1121-001", "陈桂芳", "A 餐")
    assert (told.price, told.paid, told.balance_after, told.cash) == (12_00, 3_00, 60_50, 0)
    assert "低保" in told.reason
    row = stage.ask(
        "SELECT price, fee, paid, by_city, by_district, by_street, age, month FROM meal"
    )
    assert row == [(12_00, 0, 3_00, 4_00, 4_00, 1_00, 81, 202611)]
    assert stage.balance(card) == 60_50
    stage.check_books()


def test_the_same_confirmation_twice_is_one_meal(stage: Stage) -> None:
    card = stage.account("chen", fen=20_00)
    entered = stage.meal("chen", pay_way=PayWay.CARD)
    first = stage.do(meal_book.log, entered, now=stage.now)
    again = stage.do(meal_book.log, entered, now=stage.now)
    assert again == first
    assert stage.balance(card) == 17_00
    assert stage.ask("SELECT count(*) FROM meal") == [(1,)]


def test_a_second_meal_in_a_period_needs_a_reason_and_is_not_subsidised(stage: Stage) -> None:
    first = stage.log("chen")
    with pytest.raises(SecondMeal, match=r"^陈桂芳这一天的午餐已经记过（M-1121-001）。.*写明原因"):
        stage.log("chen")
    second = stage.log("chen", exception="给邻居带一份")
    assert (second.paid, first.paid) == (12_00, 3_00)
    assert stage.log("chen", period=DINNER).paid == 3_00
    assert stage.ask("SELECT exception FROM meal WHERE number = 2") == [("给邻居带一份",)]


def test_who_moved_away_before_the_day_does_not_eat_any_more(stage: Stage) -> None:
    assert stage.log("gone", on_date=date(2026, 11, 18)).paid == 10_00
    with pytest.raises(GoneAlready, match=r"^李国庆已于 2026-11-18 迁出，2026-11-19 的餐不能"):
        stage.log("gone", on_date=date(2026, 11, 19))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"on_date": date(2026, 11, 22)}, "还没有到，不能先记餐"),
        ({"period": MealPeriod.BREAKFAST}, "不供应早餐"),
        ({"set_meal_id": None}, "请先选套餐"),
        ({"quantity": 0}, "份数要在 1 到 99 之间"),
        ({"pay_way": PayWay.NOTHING}, "本人要付 3.00 元，请选付款方式"),
        ({"pay_way": PayWay.CARD}, "还没有餐卡账户"),
        ({"pay_way": PayWay.POINTS}, "不收积分付餐费"),
        ({"pay_way": PayWay.VOUCHER}, "请扫描或输入餐券"),
        ({"pay_way": PayWay.VOUCHER, "voucher_code": "CQ000000000"}, "没有券号是"),
        ({"canteen_id": 99}, "食堂已经被删除"),
        ({"guest": Guest.COURIER}, "请先找到这个人"),
        ({"extras": ((99, 1),)}, "点的菜里有一样已经没有了"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    stage: Stage, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        stage.log("chen", **more)
    assert stage.ask("SELECT count(*) FROM meal") == [(0,)]


def test_nobody_takes_a_hundred_of_one_dish(stage: Stage) -> None:
    dish = stage.dish("蒸蛋", 2_50)
    with pytest.raises(DomainError, match="一样菜最多点 99 份"):
        stage.log("chen", extras=((dish, 60), (dish, 40)))


def test_a_clock_that_went_back_books_nothing(stage: Stage) -> None:
    stage.log("chen")
    with pytest.raises(ClockWentBack, match="电脑日期是 2026年11月20日"):
        stage.at(date(2026, 11, 20)).log("wang")


def test_a_clock_years_ahead_gives_nobody_a_meal_in_another_tier(stage: Stage) -> None:
    stage.log("chen")
    wrong = stage.at(date(2036, 3, 5))
    with pytest.raises(ClockLeapt, match=r"电脑日期是 2036年3月5日.*请先校准.*设置 · 积分"):
        wrong.log("wang")
    with pytest.raises(ClockLeapt):
        wrong.log(guest=Guest.VISITOR)
    assert stage.ask("SELECT count(*) FROM meal") == [(1,)]

    spring = stage.at(date(2027, 3, 5))
    spring.do(points_clock.confirm, spring.today)
    spring.log("wang")
    assert stage.ask("SELECT count(*) FROM meal") == [(2,)]


def test_a_clock_with_an_empty_battery_gives_nobody_the_first_meal(stage: Stage) -> None:
    with pytest.raises(NoSuchDay, match="主板电池"):
        stage.at(date(2009, 1, 1)).log("wang")


def test_guests_are_counted_without_a_name_and_pay_in_cash_only(stage: Stage) -> None:
    told = stage.log(guest=Guest.SANITATION, quantity=2)
    assert (told.name, told.price, told.paid, told.pay_way) == ("环卫工", 24_00, 0, PayWay.NOTHING)
    visitor = stage.log(guest=Guest.VISITOR)
    assert (visitor.paid, visitor.cash) == (12_00, 12_00)
    with pytest.raises(DomainError, match="不记名的用餐不能用卡户付"):
        stage.log(guest=Guest.VISITOR, pay_way=PayWay.CARD)


def test_only_the_meal_itself_is_subsidised(stage: Stage) -> None:
    dish = stage.dish("蒸蛋", 2_50)
    stage.do(_delivery_fee, stage.canteen)
    told = stage.log(
        "chen", quantity=2, extras=((dish, 2),), way=MealWay.BROUGHT, pay_way=PayWay.CASH
    )
    # Two portions of 12.00, one of them subsidised by 9.00; two dishes of 2.50; 1.00 each to bring.
    assert (told.words, told.price, told.fee, told.paid) == ("A 餐＋蒸蛋 ×2", 29_00, 2_00, 22_00)
    assert told.reason.endswith("；加菜自付；补 1 份，另 1 份自付")
    assert stage.ask("SELECT quantity, price FROM meal_dish") == [(2, 2_50)]


def test_what_is_sold_out_is_not_given_out_but_a_sheet_is_typed_back(stage: Stage) -> None:
    egg = stage.dish("蒸蛋", 2_50, sets="A", sold_out=True)
    with pytest.raises(DomainError, match="A 餐的菜已经全部售完"):
        stage.log("chen")
    with pytest.raises(DomainError, match="蒸蛋已经售完"):
        stage.log("chen", set_meal_id=stage.sets["B"], extras=((egg, 1),))
    assert stage.log("chen", given=True).paid == 3_00


def test_a_set_meal_of_which_a_dish_is_left_is_given_out(stage: Stage) -> None:
    stage.dish("蒸蛋", 2_50, sets="A", sold_out=True)
    stage.dish("青菜", 2_00, sets="A")
    assert stage.log("chen").paid == 3_00


def test_a_card_pays_no_more_than_it_has_and_a_bill_no_more_than_its_limit(stage: Stage) -> None:
    stage.account("chen", fen=2_00)
    with pytest.raises(NotEnoughMoney, match=r"余额 2\.00 元，不够付 3\.00 元，差 1\.00 元"):
        stage.log("chen", pay_way=PayWay.CARD)
    bill = stage.account("wang", AccountKind.BILL)
    stage.do(meal_accounts.set_limit, bill, 15_00, version=1)
    assert stage.log("wang", pay_way=PayWay.BILL).balance_after == -10_00
    with pytest.raises(BeyondBill, match=r"欠到 20\.00 元，超过限额 15\.00 元"):
        stage.log("wang", pay_way=PayWay.BILL, period=DINNER)
    stage.check_books()


def test_a_frozen_account_pays_nothing(stage: Stage) -> None:
    card = stage.account("chen", fen=20_00)
    stage.do(meal_accounts.freeze, card, reason="餐卡丢了", version=1)
    with pytest.raises(DomainError, match="已经冻结（餐卡丢了）"):
        stage.log("chen", pay_way=PayWay.CARD)


def test_a_voucher_pays_once_and_the_rest_is_cash(stage: Stage) -> None:
    code = stage.voucher("wang", 8_00)
    told = stage.log("wang", pay_way=PayWay.VOUCHER, voucher_code=code.lower())
    assert (told.paid, told.cash) == (10_00, 2_00)
    with pytest.raises(DomainError, match="用过，不能再用"):
        stage.log("wang", period=DINNER, pay_way=PayWay.VOUCHER, voucher_code=code)
    stage.do(meal_book.take_back, told.meal_id, reason="记错了人", now=stage.now)
    assert stage.log("wang", pay_way=PayWay.VOUCHER, voucher_code=code).cash == 2_00


def test_a_voucher_is_for_whom_it_was_given(stage: Stage) -> None:
    code = stage.voucher("wang", 8_00)
    with pytest.raises(DomainError, match="发给别人的"):
        stage.log("chen", pay_way=PayWay.VOUCHER, voucher_code=code)
    anybody = stage.voucher(None, 8_00, expires_on=stage.today)
    assert stage.log(guest=Guest.VISITOR, pay_way=PayWay.VOUCHER, voucher_code=anybody).cash == 4_00
    late = stage.voucher(None, 8_00, expires_on=stage.today)
    with pytest.raises(DomainError, match="到期"):
        stage.at(date(2026, 11, 22)).log("chen", pay_way=PayWay.VOUCHER, voucher_code=late)


def test_points_pay_by_the_rate_of_the_office_and_come_back_with_the_meal(stage: Stage) -> None:
    stage.set(settings.POINTS_PER_YUAN, 7)
    points = stage.points("chen", 30)
    told = stage.log("chen", pay_way=PayWay.POINTS)
    assert (told.paid, told.points) == (3_00, 21)
    entry = stage.ask("SELECT id FROM points_entry WHERE points < 0")[0][0]
    with pytest.raises(DomainError, match="M-1121-001 的餐费，请到“食堂”撤销这一餐"):
        stage.do(points_book.reverse, entry, reason="记错", now=stage.now)
    with pytest.raises(NotEnough):
        stage.log("chen", period=DINNER, pay_way=PayWay.POINTS)
    stage.do(meal_book.take_back, told.meal_id, reason="记错了人", now=stage.now, by=COOK)
    assert stage.look(points_book.balance, points) == 30


def test_points_of_begun_yuan_count_whole(stage: Stage) -> None:
    stage.set(settings.POINTS_PER_YUAN, 3)
    stage.points("young", 99)
    dish = stage.dish("小米粥", 1_50)
    told = stage.log("young", set_meal_id=None, extras=((dish, 1),), pay_way=PayWay.POINTS)
    assert (told.paid, told.points) == (1_50, 5)


def test_taking_back_returns_all_of_it_and_leaves_both_lines(stage: Stage) -> None:
    card = stage.account("chen", fen=20_00)
    dish = stage.dish("蒸蛋", 2_50)
    told = stage.log("chen", pay_way=PayWay.CARD, extras=((dish, 1),))
    stage.do(meal_book.take_back, told.meal_id, reason="重复记餐", now=stage.now)
    assert stage.balance(card) == 20_00
    sums = "sum(quantity), sum(price), sum(paid), sum(by_city + by_district + by_street)"
    assert stage.ask(f"SELECT {sums} FROM meal") == [(0, 0, 0, 0)]
    line = stage.seen(told.meal_id)
    assert (line.number, line.taken_back, line.paid) == ("M-1121-001", True, 5_50)
    assert stage.ask("SELECT sum(quantity) FROM meal_dish") == [(0,)]
    # The period is free again.
    assert stage.log("chen").number_words == "M-1121-003"
    stage.check_books()


def test_a_meal_that_was_taken_back_is_not_the_last_one_of_the_card(stage: Stage) -> None:
    stage.log("chen", on_date=date(2026, 11, 19))
    told = stage.log("chen")
    stage.do(meal_book.take_back, told.meal_id, reason="重复记餐", now=stage.now)
    known = stage.look(meal_owner.of_person, stage.people["chen"], today=stage.today)
    assert (known.last_on, known.this_month) == (date(2026, 11, 19), 1)


def test_the_card_says_that_meals_are_stopped_from_the_first_day_to_the_last(
    stage: Stage,
) -> None:
    first, last = date(2026, 11, 22), date(2026, 11, 24)
    chen = stage.people["chen"]
    pause = OrderPause(resident_id=chen, since=first, until=last, reason="住院")
    stage.do(lambda session: session.add(pause))
    days = [date(2026, 11, day) for day in (21, 22, 24, 25)]
    told = [stage.look(meal_owner.of_person, chen, today=day).paused for day in days]
    assert told == [False, True, True, False]


def test_what_was_taken_back_is_not_taken_back_again(stage: Stage) -> None:
    told = stage.log("chen")
    with pytest.raises(DomainError, match="请写明原因"):
        stage.do(meal_book.take_back, told.meal_id, reason=" ", now=stage.now)
    counter = stage.do(meal_book.take_back, told.meal_id, reason="重复", now=stage.now)
    with pytest.raises(DomainError, match="M-1121-001 已经撤销过"):
        stage.do(meal_book.take_back, told.meal_id, reason="重复", now=stage.now)
    with pytest.raises(DomainError, match="M-1121-002 是一笔撤销"):
        stage.do(meal_book.take_back, counter, reason="重复", now=stage.now)


def test_the_counter_takes_back_what_is_of_today_and_who_settles_the_rest(stage: Stage) -> None:
    told = stage.log("chen", by=COOK)
    next_day = stage.at(date(2026, 11, 22))
    with pytest.raises(NotAllowed, match="补贴结算"):
        next_day.do(meal_book.take_back, told.meal_id, reason="重复", now=next_day.now, by=COOK)
    next_day.do(meal_book.take_back, told.meal_id, reason="重复", now=next_day.now)
    assert stage.ask("SELECT on_date, month FROM meal WHERE reverses_id > 0") == [
        ("2026-11-21", 202611)
    ]


def test_the_price_is_right_for_a_clerk_who_may_not_read_why(stage: Stage) -> None:
    told = stage.log("zhang", by=COOK)
    assert told.paid == 8_00
    assert "残疾" not in told.reason
    line = stage.seen(told.meal_id, by=COOK)
    assert (line.tier, line.paid, line.given) == ("按身份享受", 8_00, 4_00)
    assert stage.seen(told.meal_id).tier == "重度残疾"


def test_who_may_only_look_books_nothing(stage: Stage) -> None:
    reader = Actor("来宾", "只读", frozenset({Right.VIEW_CANTEEN}))
    with pytest.raises(NotAllowed):
        stage.log("chen", by=reader)


def test_what_comes_after_the_claim_stands_in_the_next_open_month(stage: Stage) -> None:
    told = stage.log("chen")
    stage.submit(202611)
    stage.submit(202612)
    later = stage.at(date(2026, 12, 3))
    assert stage.month_of(later.log("wang", on_date=date(2026, 11, 20)).meal_id) == 202701
    counter = later.do(meal_book.take_back, told.meal_id, reason="重复", now=later.now)
    assert stage.month_of(counter) == 202701
    stage.check_books()


def test_a_wrong_date_is_put_right_by_two_lines_and_priced_anew(stage: Stage) -> None:
    # 马桂兰 is 80 on the 21st: 3.00 instead of 2.00.
    told = stage.log("ma", on_date=date(2026, 11, 20))
    assert told.paid == 10_00
    right = stage.do(
        meal_book.put_right, told.meal_id, on_date=stage.today, reason="写错了日期", now=stage.now
    )
    assert (right.number_words, right.paid) == ("M-1121-001", 9_00)
    rows = stage.ask("SELECT on_date, price, exception FROM meal ORDER BY id")
    assert rows[1:] == [
        ("2026-11-20", -12_00, "写错了日期"),
        ("2026-11-21", 12_00, "更正 M-1120-001：写错了日期"),
    ]


def test_a_meal_that_goes_to_another_day_costs_what_it_cost_then(stage: Stage) -> None:
    entered = SetInput(letter="A", name="A 餐", price=13_00)
    dearer = {"since": stage.today, "version": 1}
    of_today = stage.do(set_meals.change, stage.sets["A"], entered, **dearer)
    told = stage.log("chen", set_meal_id=of_today)
    how = {"on_date": date(2026, 11, 20), "reason": "昨天的", "now": stage.now}
    right = stage.do(meal_book.put_right, told.meal_id, **how)
    assert (told.price, right.price, right.paid) == (13_00, 12_00, 3_00)


def test_who_was_gone_pays_alone(stage: Stage) -> None:
    told = stage.log("gone", on_date=date(2026, 11, 18))
    stage.left_on("gone", date(2026, 11, 17))
    right = stage.do(
        meal_book.put_right, told.meal_id, unsubsidised=True, reason="已迁出", now=stage.now
    )
    assert (right.price, right.paid, right.reason) == (12_00, 12_00, "改由本人付：已迁出")
    assert stage.ask("SELECT sum(by_city + by_district) FROM meal") == [(0,)]
    with pytest.raises(DomainError, match="请说明怎样更正"):
        stage.do(meal_book.put_right, right.meal_id, reason="已迁出", now=stage.now)


def test_a_free_meal_that_is_put_right_is_paid_in_cash(stage: Stage) -> None:
    told = stage.log("sun", pay_way=PayWay.CARD)
    assert (told.paid, told.pay_way) == (0, PayWay.NOTHING)
    right = stage.do(
        meal_book.put_right, told.meal_id, unsubsidised=True, reason="冒名", now=stage.now
    )
    assert (right.paid, right.pay_way, right.cash) == (12_00, PayWay.CASH, 12_00)


def test_an_order_waits_again_when_its_meal_is_taken_back(stage: Stage) -> None:
    facts = {"canteen_id": stage.canteen, "on_date": stage.today, "period": LUNCH}
    more = {"set_letter": "A", "way": MealWay.BROUGHT, "pay_way": PayWay.CASH}
    wanted = {**facts, **more, "resident_id": stage.people["chen"], "state": OrderState.HANDED}
    stage.do(lambda session: session.add(MealOrder(**wanted)))
    told = stage.log("chen", order_id=1)
    stage.do(meal_book.take_back, told.meal_id, reason="送错了", now=stage.now)
    assert stage.ask("SELECT state, settled_at FROM meal_order") == [("ordered", None)]


def test_money_returns_to_the_record_that_was_kept(stage: Stage) -> None:
    old = stage.account("chen", fen=20_00)
    told = stage.log("chen", pay_way=PayWay.CARD)
    kept, given_up = stage.people["wang"], stage.people["chen"]
    mine = stage.account("wang", fen=1_00)
    stage.do(merging.merge, kept, given_up, now=stage.now)
    assert (stage.balance(old), stage.balance(mine)) == (0, 18_00)
    stage.do(meal_book.take_back, told.meal_id, reason="重复", now=stage.now)
    assert (stage.balance(old), stage.balance(mine)) == (0, 21_00)
    stage.check_books()


def test_money_returns_to_the_account_that_is_the_persons_now(stage: Stage) -> None:
    card = stage.account("chen", fen=3_00)
    told = stage.log("chen", pay_way=PayWay.CARD)
    stage.do(meal_accounts.close_account, card, version=1, today=stage.today)
    stage.do(meal_book.take_back, told.meal_id, reason="重复", now=stage.now)
    found = stage.look(meal_accounts.account, card)
    assert (found.state.label, found.balance) == ("正常", 3_00)


def test_a_meal_of_a_bill_that_was_paid_is_put_right_and_the_money_is_on_the_card(
    stage: Stage,
) -> None:
    bill = stage.account("wang", AccountKind.BILL)
    first, second = (stage.log("wang", period=p, pay_way=PayWay.BILL) for p in (LUNCH, DINNER))
    stage.do(meal_deposits.pay_bill, bill, 15_00, now=stage.now)
    assert stage.balance(bill) == -5_00
    settler = Actor("会计", "会计", frozenset({Right.VIEW_CANTEEN, Right.SETTLE_MEALS}))
    how = {"unsubsidised": True, "reason": "已迁出", "now": stage.now}
    stage.do(meal_book.put_right, first.meal_id, **how, by=settler)
    stage.do(meal_book.take_back, second.meal_id, reason="重复", now=stage.now)
    (card,) = stage.ask("SELECT id FROM meal_account WHERE kind = 'card_account'")
    # 15.00 was paid; what is left of it is a meal of 12.00.
    assert stage.balance(bill) + stage.balance(card[0]) == 3_00
    stage.check_books()
    assert stage.look(meal_months.proof, 202611).agrees


def _delivery_fee(session: Session, canteen: int) -> None:
    session.get_one(Canteen, canteen).delivery_fee = 1_00
