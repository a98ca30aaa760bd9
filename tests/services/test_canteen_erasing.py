"""Erasing somebody whom 食堂 knows: meals and money keep their figures, nobody is named."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import (
    AccountKind,
    Canteen,
    CareCase,
    CareReason,
    CareStep,
    CareStepKind,
    Diner,
    EntryOfAccount,
    Meal,
    MealAccount,
    MealBalance,
    MealEntry,
    MealOrder,
    MealPeriod,
    MealWay,
    OrderPause,
    OrderState,
    PayWay,
    StandingOrder,
)
from app.services import erasing, events
from app.storage import journal
from app.storage.engine import Database
from tests.services.conftest import Clerk
from tests.services.test_erasing import found_in

NAME, DAUGHTER, PHONE = "王秀兰", "王丽", "13611112222"
NOW = datetime(2026, 11, 21, 9, 30)
DAY = date(2026, 11, 20)


@pytest.fixture
def clerk(database: Database) -> Clerk:
    return Clerk(database, NOW)


@pytest.fixture
def person(clerk: Clerk) -> int:
    """Ate once, has a card, an order of every week, a stop, a case that is closed."""
    who = clerk.add(NAME, new_household=True)
    clerk.add("李建国", new_household=True)

    def write(session: Session) -> None:
        own = {"resident_id": who}
        session.add(Canteen(id=1, name="海棠食堂"))
        session.flush()
        place = {"canteen_id": 1, "period": MealPeriod.LUNCH}
        facts = {"number": 1, "at": NOW, "month": 202611, "price": 1200, "paid": 300}
        more = {"by_city": 900, "pay_way": PayWay.CARD, "exception": f"{NAME}多打一份"}
        order = {"set_letter": "A", "pay_way": PayWay.CARD, **own, **place}
        contact = {"contact": DAUGHTER, "contact_phone": PHONE, "door_note": f"{NAME}耳背"}
        session.add_all(
            [
                Meal(on_date=DAY, **facts, **more, **own, **place),
                MealAccount(id=1, kind=AccountKind.CARD, opened_on=DAY, **own),
                Diner(diet="软食", **contact, **own),
                StandingOrder(weekdays="12345", since=DAY, note=f"交{DAUGHTER}", **order),
                OrderPause(since=DAY, reason=f"{NAME}住院", **own),
                MealOrder(id=1, on_date=DAY, way=MealWay.BROUGHT, state=OrderState.NOBODY, **order),
            ]
        )
        session.flush()
        session.add(
            CareCase(
                id=1,
                why=CareReason.NOBODY_ANSWERED,
                order_id=1,
                raised_at=NOW,
                words=f"{NAME}没开门",
                closed_at=NOW,
                outcome=f"在{DAUGHTER}家",
                **own,
            )
        )
        session.flush()
        line = {"account_id": 1, "on_date": DAY, "at": NOW, "month": 202611}
        words = {"words": f"{NAME} 午餐", "kind": EntryOfAccount.DEPOSIT}
        session.add_all(
            [
                CareStep(case_id=1, kind=CareStepKind.FAMILY_PHONE, at=NOW, words=DAUGHTER),
                MealEntry(amount=300, balance=300, **line, **words),
                MealBalance(account_id=1, kind=AccountKind.CARD, balance=300),
            ]
        )

    clerk.do("食堂", write)
    clerk.do("迁出", lambda s: events.move_out(s, who, on_date=DAY, now=NOW))
    return who


def _blockers(clerk: Clerk, person: int) -> str:
    return "".join(clerk.see(lambda s: erasing.plan(s, person, today=clerk.today)).blockers)


def _set(clerk: Clerk, model: Any, key: int, **values: Any) -> None:
    def write(session: Session) -> None:
        row = session.get_one(model, key)
        for name, value in values.items():
            setattr(row, name, value)

    clerk.do("改", write)


def _erase(clerk: Clerk, person: int) -> None:
    told = {"typed_name": NAME, "reason": "迁出满三年"}
    clerk.do("抹去", lambda s: erasing.erase(s, person, now=NOW, **told))


def test_money_orders_and_open_cases_come_first(clerk: Clerk, person: int) -> None:
    assert "餐卡里还有 3.00 元" in _blockers(clerk, person)
    _set(clerk, MealBalance, 1, balance=0)
    _set(clerk, MealOrder, 1, state=OrderState.ORDERED, on_date=clerk.today)
    assert "还有 1 份订餐没有送" in _blockers(clerk, person)
    _set(clerk, MealOrder, 1, state=OrderState.CANCELLED)
    _set(clerk, CareCase, 1, closed_at=None)
    assert "送餐无人应答的事还没有了结" in _blockers(clerk, person)
    _set(clerk, CareCase, 1, closed_at=NOW)
    assert _blockers(clerk, person) == ""


def test_meals_and_money_stay_and_name_nobody(clerk: Clerk, person: int) -> None:
    _set(clerk, MealBalance, 1, balance=0)
    _erase(clerk, person)

    assert found_in(clerk.database, (NAME, DAUGHTER, PHONE)) == set()
    assert clerk.see(lambda s: s.get_one(Meal, 1).by_city) == 900
    assert clerk.see(lambda s: s.get_one(MealEntry, 1).words) == "已抹去 午餐"
    assert clerk.see(lambda s: s.get(Diner, 1)) is None
    assert clerk.see(lambda s: s.get_one(StandingOrder, 1).until) == clerk.today
    assert clerk.see(journal.verify_chain) == []
