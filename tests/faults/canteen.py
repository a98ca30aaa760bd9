"""A lunch of 食堂 that is cut short: meal and money, order and meal, claim and meals stay together.

People eat and pay by card, some meals are taken back, some are brought home; a month is claimed.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AccountKind, MealPeriod, Payer, PayWay, Resident, SubsidyWay
from app.services import (
    canteen_changes,
    deliveries,
    meal_accounts,
    meal_book,
    meal_claim_steps,
    meal_claim_views,
    meal_claims,
    meal_deposits,
    meal_orders,
    meal_rule_changes,
    set_meals,
)
from app.services.canteen_changes import USUAL, CanteenInput
from app.services.meal_book import MealInput
from app.services.meal_orders import OrderInput
from app.services.meal_rule_input import RuleInput
from app.services.meal_shares import Share
from app.services.set_meals import SetInput
from app.storage.engine import Database
from app.storage.lookup import Sql
from app.values.rights import Actor
from tests.faults.acts import NOW, Program, start
from tests.faults.children import Say
from tests.services.canteen_stage import LEFT_OVER, OUT_OF_STEP, UNPAID

MEALS, PRICE, GIVEN, PAID_IN = 4, 12_00, 3_00, 100_00
CANTEEN = SET = 1
SINCE, EATEN_ON, MONTH = date(2026, 10, 1), date(2026, 10, 5), 202610
LUNCH = MealPeriod.LUNCH
_COOK = Actor("孙师傅")


def serve_a_lunch(folder: Path, say: Say) -> None:
    """A sheet of October is typed back, today's lunch is carried, October is claimed."""
    program = start(folder)
    database, now = program.database, NOW.now()
    database.act_as(_COOK)
    with database.transaction("开张") as session:
        people = _open(session, now)
    say("open")
    for number in range(MEALS):
        meal = eat(database, number)
        say("eaten")
        if number % 3 == 0:
            with database.transaction("撤销一餐") as session:
                meal_book.take_back(session, meal, reason="记错", now=now)
            say("taken back")
        with database.transaction("订餐") as session:
            order = meal_orders.order(session, _order(people[number]), now=now, late=True)
        say("ordered")
        with database.transaction("送达") as session:
            deliveries.handed(session, [order], now=now)
        say("handed")
    with database.transaction("结算") as session:
        _claim(session, now)
    say("claimed")
    program.close()


def _open(session: Session, now: datetime) -> list[int]:
    canteen_changes.add(session, CanteenInput(name="海棠食堂"))
    canteen_changes.set_period(session, CANTEEN, USUAL[LUNCH], version=None)
    set_meals.add(session, CANTEEN, SetInput(letter="A", name="A 餐", price=PRICE), since=SINCE)
    shares = (Share(Payer.CITY, 1), Share(Payer.DISTRICT, 1))
    rule = RuleInput(name="都补", way=SubsidyWay.AMOUNT, amount=GIVEN, shares=shares)
    meal_rule_changes.add(session, CANTEEN, rule, since=SINCE, today=now.date())
    people = _people(session)
    for person in people:
        card = meal_accounts.open_account(session, person, AccountKind.CARD, today=now.date())
        meal_deposits.deposit(session, card, PAID_IN, now=now)
    return people


def _people(session: Session) -> list[int]:
    return list(session.scalars(select(Resident.id).order_by(Resident.id).limit(MEALS)))


def eat(database: Database, number: int) -> int:
    """Meal `number` of the sheet, confirmed for the first time or again after a crash."""
    with database.transaction("记餐") as session:
        entered = MealInput(
            canteen_id=CANTEEN,
            period=LUNCH,
            on_date=EATEN_ON,
            resident_id=_people(session)[number],
            set_meal_id=SET,
            pay_way=PayWay.CARD,
            request_key=f"meal {number}",
        )
        return meal_book.log(session, entered, now=NOW.now()).meal_id


def _order(person: int) -> OrderInput:
    return OrderInput(
        canteen_id=CANTEEN, on_date=NOW.today(), period=LUNCH, resident_id=person, set_letter="A"
    )


def _claim(session: Session, now: datetime) -> None:
    place = (session, CANTEEN, MONTH)
    meal_claim_steps.prepare(*place, signer="赵敏", now=now)
    meal_claim_steps.sign(*place, signer="周立群", version=1, now=now)
    meal_claim_steps.submit(*place, version=2, now=now)


def after_a_lunch(program: Program, said: list[Any]) -> None:
    """Every meal has its money, every order that was handed its meal, the claim its meals."""
    database = program.database
    opened = _ask(database, "SELECT count(*) FROM canteen") == [(1,)]
    assert opened >= ("open" in said)
    if not opened:
        return
    _agree(database)
    found = {name: _ask(database, sql)[0][0] for name, sql in _DONE.items()}
    for name, done in found.items():
        assert done - said.count(name) in (0, 1)
    for number in range(found["eaten"]):
        eat(database, number)
    assert _ask(database, _DONE["eaten"]) == [(found["eaten"],)]
    _agree(database)


def _agree(database: Database) -> None:
    for fault in (OUT_OF_STEP, LEFT_OVER, UNPAID, _ALONE):
        assert _ask(database, fault) == []
    paid = _ask(database, "SELECT coalesce(sum(paid), 0) FROM meal")[0][0]
    assert _ask(database, "SELECT sum(balance) FROM meal_balance") == [(MEALS * PAID_IN - paid,)]
    with database.reading() as session:
        table = meal_claims.matrix(session, CANTEEN, MONTH)
        claim = meal_claim_views.claim(session, CANTEEN, MONTH)
    assert table.claimed(Payer.CITY) + table.claimed(Payer.DISTRICT) == GIVEN * table.total.meals
    assert claim is None or (claim.locked and claim.tells(table))


_DONE = {
    "eaten": "SELECT count(*) FROM meal WHERE order_id IS NULL AND reverses_id IS NULL",
    "taken back": "SELECT count(*) FROM meal WHERE reverses_id IS NOT NULL",
    "ordered": "SELECT count(*) FROM meal_order",
    "handed": "SELECT count(*) FROM meal_order WHERE state = 'handed'",
    "claimed": "SELECT count(*) FROM meal_claim WHERE submitted_at IS NOT NULL",
}
_ALONE = """
    SELECT o.id FROM meal_order o WHERE (o.state = 'handed')
        <> EXISTS (SELECT 1 FROM meal m WHERE m.order_id = o.id)
"""


def _ask(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.lookup() as lookup:
        return list(lookup.rows(Sql(sql)))
