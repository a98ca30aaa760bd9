"""What cannot be undone in 食堂 offers its counter-line, and only while there is none."""

from datetime import timedelta

import pytest

from app.models import AccountKind, PayWay
from app.services import meal_accounts, meal_book, meal_deposits, meal_taking_back
from app.services.counters import Counter, counter_for
from app.services.meal_book import MealInput
from app.storage.engine import Database
from tests.services.canteen_stage import LUNCH, Stage, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _offered(stage: Stage, table: str, row_id: int) -> str:
    found: Counter | None = stage.clerk.see(lambda s: counter_for(s, {table: row_id}))
    return found.verb if found else ""


def test_a_meal_and_what_it_took_from_the_card_come_back_together(stage: Stage) -> None:
    person = stage.people["wang"]
    account = stage.do(meal_accounts.ensure_account, person, AccountKind.CARD, today=stage.today)
    paid = stage.do(meal_deposits.deposit, account, 50_00, now=stage.now)
    assert _offered(stage, "meal_entry", paid.entry_id) == "冲正"
    meal = MealInput(
        canteen_id=stage.canteen,
        period=LUNCH,
        on_date=stage.today,
        resident_id=person,
        set_meal_id=stage.sets["A"],
        pay_way=PayWay.CARD,
        request_key="1",
    )
    logged = stage.do(meal_book.log, meal, now=stage.now + timedelta(hours=2))
    ((taken,),) = stage.ask(f"SELECT id FROM meal_entry WHERE meal_id = {logged.meal_id}")
    assert _offered(stage, "meal", logged.meal_id) == "撤销这一餐"
    assert _offered(stage, "meal_entry", taken) == ""

    met = stage.do(
        meal_taking_back.take_back,
        logged.meal_id,
        reason="记错人了",
        now=stage.now + timedelta(hours=2),
    )
    assert [_offered(stage, "meal", one) for one in (logged.meal_id, met)] == ["", ""]
