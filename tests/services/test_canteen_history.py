"""What was changed in 食堂 is told in the units in which it was typed."""

from datetime import date, datetime
from typing import Any

import pytest

from app.models import (
    Canteen,
    CanteenPeriod,
    MealPeriod,
    PayWay,
    SetMeal,
    StandingOrder,
    SubsidyRule,
    SubsidyWay,
)
from app.services import history
from app.storage.engine import Database
from tests.services.conftest import Clerk

LUNCH = MealPeriod.LUNCH
PLACE = {"canteen_id": 1, "period": LUNCH}
TIMES = {"opens": 660, "closes": 750, "order_until": 540, "ready": 650, "deliver_by": 770}


@pytest.fixture
def clerk(database: Database) -> Clerk:
    clerk = Clerk(database, datetime(2026, 11, 21, 9, 30))
    person = clerk.add("王秀兰")
    since = date(2026, 1, 1)
    ordered = {"resident_id": person, "weekdays": "12345", "set_letter": "A", "since": since}
    tier = {"canteen_id": 1, "number": 1, "since": since}

    def write(session: Any) -> None:
        session.add(Canteen(id=1, name="海棠食堂"))
        session.flush()
        session.add(CanteenPeriod(id=1, **PLACE, **TIMES))
        session.add(SetMeal(id=1, canteen_id=1, letter="A", name="A 餐", price=1200, since=since))
        session.add(SubsidyRule(id=1, name="爱心驿站", way=SubsidyWay.FREE, **tier))
        session.add(StandingOrder(id=1, pay_way=PayWay.CARD, **PLACE, **ordered))

    clerk.do("食堂", write)
    return clerk


@pytest.mark.parametrize(
    ("model", "column", "value", "told"),
    [
        (Canteen, "delivery_fee", 250, "送餐费 0.00 改为 2.50"),
        (CanteenPeriod, "opens", 690, "开餐 11:00 改为 11:30"),
        (SetMeal, "price", 1350, "价格 12.00 改为 13.50"),
        (SetMeal, "periods", "lunch,dinner", "填入餐次 午餐、晚餐"),
        (SubsidyRule, "guests", "sanitation,courier", "填入不记名 环卫工、骑手快递"),
        (
            StandingOrder,
            "weekdays",
            "135",
            "星期 周一、周二、周三、周四、周五 改为 周一、周三、周五",
        ),
    ],
)
def test_a_change_is_told_as_it_was_typed(
    clerk: Clerk, model: Any, column: str, value: Any, told: str
) -> None:
    clerk.do("改", lambda s: setattr(s.get_one(model, 1), column, value))
    lines = clerk.see(lambda s: history.of_record(s, model, 1))
    assert told in lines[0].sentence
