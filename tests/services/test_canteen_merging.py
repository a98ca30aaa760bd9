"""Two records of one person: what 食堂 has of both becomes one, and no money is lost."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.models import (
    AccountKind,
    Diner,
    MealOrder,
    MealPeriod,
    MealWay,
    OrderState,
    PayWay,
    StandingOrder,
)
from app.services import meal_accounts, meal_book, meal_deposits, meal_sheets, merging
from app.services.meal_book import SecondMeal
from app.services.meal_person import Sitting
from app.storage.engine import Database
from tests.services.canteen_stage import Stage, stage_on

LUNCH = MealPeriod.LUNCH


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _merge(stage: Stage) -> tuple[str, ...]:
    return _merge_into(stage, "wang", "he")


def _merge_into(stage: Stage, keep: str, other: str) -> tuple[str, ...]:
    people = stage.people[keep], stage.people[other]
    said: tuple[str, ...] = stage.do(merging.merge, *people, now=stage.now)
    return said


def _account(stage: Stage, who: str, cents: int) -> int:
    person = stage.people[who]
    account: int = stage.do(
        meal_accounts.ensure_account, person, AccountKind.CARD, today=stage.today
    )
    stage.do(meal_deposits.deposit, account, cents, now=stage.now)
    return account


def test_the_money_of_both_cards_is_on_one(stage: Stage) -> None:
    mine, theirs = _account(stage, "wang", 50_00), _account(stage, "he", 13_50)
    assert "餐卡转来 13.50 元。" in _merge(stage)
    assert stage.ask("SELECT account_id, balance FROM meal_balance ORDER BY balance") == [
        (theirs, 0),
        (mine, 63_50),
    ]
    assert stage.ask(f"SELECT state FROM meal_account WHERE id = {theirs}") == [("closed_account",)]


def test_an_account_that_the_keeper_has_not_is_his_now(stage: Stage) -> None:
    theirs = _account(stage, "he", 13_50)
    _merge(stage)
    (row,) = stage.ask("SELECT id, resident_id FROM meal_account")
    assert row == (theirs, stage.people["wang"])


def test_diets_orders_and_the_place_on_a_walk_become_one(stage: Stage) -> None:
    keep, other = stage.people["wang"], stage.people["he"]
    place = {"canteen_id": stage.canteen, "period": LUNCH, "set_letter": "A"}
    how = {"way": MealWay.BROUGHT, "pay_way": PayWay.CARD}
    tomorrow, later = (stage.today + timedelta(days=days) for days in (1, 2))

    def write(session: Session) -> None:
        session.add_all(
            [
                Diner(resident_id=keep, diet="软食", contact="女儿 王丽"),
                Diner(resident_id=other, diet="低盐、软食", avoids="鱼", door_note="敲门要重"),
                StandingOrder(resident_id=other, weekdays="135", since=stage.today, **how, **place),
                MealOrder(resident_id=keep, on_date=tomorrow, **how, **place),
                MealOrder(resident_id=other, on_date=tomorrow, **how, **place),
                MealOrder(resident_id=other, on_date=later, **how, **place),
            ]
        )

    stage.do(write)
    _merge(stage)
    assert stage.ask("SELECT resident_id, diet, avoids, contact, door_note FROM diner") == [
        (keep, "软食、低盐", "鱼", "女儿 王丽", "敲门要重")
    ]
    assert stage.ask("SELECT resident_id FROM standing_order") == [(keep,)]
    orders = stage.ask("SELECT resident_id, on_date, state FROM meal_order ORDER BY id")
    assert orders == [
        (keep, tomorrow.isoformat(), OrderState.ORDERED.value),
        (other, tomorrow.isoformat(), OrderState.CANCELLED.value),
        (keep, later.isoformat(), OrderState.ORDERED.value),
    ]


def test_a_meal_under_the_record_that_was_given_up_counts_as_the_persons(stage: Stage) -> None:
    stage.log("he")
    _merge_into(stage, "liu", "he")
    _merge_into(stage, "wang", "liu")
    assert stage.quote("wang").same_period == "M-1121-001"
    with pytest.raises(SecondMeal, match="M-1121-001"):
        stage.log("wang")


def test_a_sheet_that_was_printed_has_the_name_that_was_kept_in_the_end(stage: Stage) -> None:
    lunch = Sitting(canteen_id=stage.canteen, period=LUNCH, on_date=stage.today)
    ids = [stage.people[who] for who in ("he", "chen")]
    sheet = stage.do(meal_sheets.make, lunch, ids, now=stage.now)
    _merge_into(stage, "liu", "he")
    _merge_into(stage, "wang", "liu")
    rows = stage.look(meal_sheets.rows, sheet)
    assert [one.resident_id for one in rows] == [stage.people["wang"], stage.people["chen"]]


def test_two_meals_of_one_period_are_told_when_the_records_become_one(stage: Stage) -> None:
    for who in ("wang", "he"):
        stage.log(who)
    taken_back = stage.log("wang", on_date=stage.today - timedelta(days=1))
    stage.log("he", on_date=stage.today - timedelta(days=1))
    stage.do(meal_book.take_back, taken_back.meal_id, reason="记错", now=stage.now)
    assert _merge(stage) == (
        "11-21 午餐，两份资料都享受了补贴，请到“食堂”的“结算”里更正其中一份。",
    )


def test_a_meal_that_only_the_other_record_still_wants_is_not_lost(stage: Stage) -> None:
    keep, other = stage.people["wang"], stage.people["he"]
    place = {"canteen_id": stage.canteen, "period": LUNCH, "on_date": stage.today}
    how = {"way": MealWay.BROUGHT, "pay_way": PayWay.CARD}

    def write(session: Session) -> None:
        cancelled = MealOrder(resident_id=keep, set_letter="A", **how, **place)
        cancelled.state, cancelled.reason = OrderState.CANCELLED, "不要了"
        session.add_all([cancelled, MealOrder(resident_id=other, set_letter="B", **how, **place)])

    stage.do(write)
    _merge(stage)
    assert stage.ask("SELECT resident_id, set_letter, state, reason FROM meal_order") == [
        (keep, "B", OrderState.ORDERED.value, None),
        (other, "B", OrderState.CANCELLED.value, "两份资料合并"),
    ]
