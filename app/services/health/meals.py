"""The books of 食堂: accounts, single meals, what was handed over, what was claimed."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Payer
from app.services.health.kinds import Check, Found, Group, Kind, Level
from app.services.health.ledgers import Ledger, asking
from app.storage.lookup import Sql, lookup_of
from app.values.money import yuan

_BALANCES = """
SELECT meal_account.id, coalesce(meal_balance.balance, 0), coalesce(booked.amount, 0)
FROM meal_account
LEFT JOIN meal_balance ON meal_balance.account_id = meal_account.id
LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM meal_entry GROUP BY account_id) AS booked
    ON booked.account_id = meal_account.id
WHERE coalesce(meal_balance.balance, 0) <> coalesce(booked.amount, 0)
ORDER BY meal_account.id
"""
# A line that was taken back has its money back by the line that met it.
_PAID = """
SELECT meal.id, meal.paid, -coalesce(booked.amount, 0)
FROM meal
LEFT JOIN (SELECT meal_id, sum(amount) AS amount FROM meal_entry
    WHERE meal_id IS NOT NULL GROUP BY meal_id) AS booked ON booked.meal_id = meal.id
WHERE meal.pay_way IN ('card', 'bill') AND meal.paid <> -coalesce(booked.amount, 0)
ORDER BY meal.id
"""
_MONTHS = """
SELECT meal_month.id, meal_month.closing,
    (SELECT coalesce(sum(amount), 0) FROM meal_entry WHERE meal_entry.month <= meal_month.month)
FROM meal_month
WHERE meal_month.closing <> (SELECT coalesce(sum(amount), 0) FROM meal_entry
    WHERE meal_entry.month <= meal_month.month)
ORDER BY meal_month.month
"""
_SHARES = " ".join(f"WHEN '{payer.value}' THEN meal.by_{payer.value}" for payer in Payer)
_CLAIMED = f"""
SELECT part.id, part.of_month + part.difference, coalesce(sum(CASE part.payer {_SHARES} END), 0)
FROM meal_claim_part AS part
JOIN meal_claim ON meal_claim.id = part.claim_id AND meal_claim.submitted_at IS NOT NULL
LEFT JOIN meal ON meal.month = meal_claim.month AND meal.canteen_id = meal_claim.canteen_id
GROUP BY part.id, part.of_month, part.difference
HAVING part.of_month + part.difference <> coalesce(sum(CASE part.payer {_SHARES} END), 0)
ORDER BY part.id
"""  # noqa: S608 - from the codes of the program
_HANDED = """
SELECT meal_order.id, CASE WHEN meal_order.state = 'handed' THEN meal_order.quantity ELSE 0 END,
    coalesce(eaten.quantity, 0)
FROM meal_order
LEFT JOIN (SELECT order_id, sum(quantity) AS quantity FROM meal
    WHERE order_id IS NOT NULL GROUP BY order_id) AS eaten ON eaten.order_id = meal_order.id
WHERE CASE WHEN meal_order.state = 'handed' THEN meal_order.quantity ELSE 0 END
    <> coalesce(eaten.quantity, 0)
ORDER BY meal_order.id
"""
LEDGERS = (
    Ledger(
        key="meal_balances",
        kind=Kind.MEAL_ACCOUNT,
        title="餐卡余额与流水不符",
        why="余额就是逐笔收付加起来的数；不符时退款会退错。",
        example="账上 63.50 元，逐笔数是 60.50 元",
        unit="元",
        shown=yuan,
        differences=asking(_BALANCES),
    ),
    Ledger(
        key="meals_paid",
        kind=Kind.MEAL,
        title="用餐与扣款不符",
        why="记在卡户、月结户上的每一餐，账户上要有一笔同样的钱，撤销的要退得干净。",
        example="账上 3.00 元，逐笔数是 0.00 元",
        unit="元",
        shown=yuan,
        differences=asking(_PAID),
    ),
    Ledger(
        key="meal_months",
        kind=Kind.MEAL_MONTH,
        title="用餐账户月结的结余与流水不符",
        why="月结以后那个月的账不会再变；不符说明有人绕过程序改过账。",
        example="账上 18,402.00 元，逐笔数是 18,400.00 元",
        unit="元",
        shown=yuan,
        differences=asking(_MONTHS),
        whole=True,
    ),
    Ledger(
        key="meals_claimed",
        kind=Kind.CLAIM_PART,
        title="申报的补贴与逐餐不符",
        why="向各方申报的每一分钱都要能找到是哪一餐；不符时审计过不了。",
        example="账上 824.00 元，逐笔数是 823.00 元",
        unit="元",
        shown=yuan,
        differences=asking(_CLAIMED),
        whole=True,
    ),
    Ledger(
        key="orders_handed",
        kind=Kind.ORDER,
        title="送达的订餐与用餐记录不符",
        why="送达一份就记一餐，没有送达的不计补贴。",
        example="账上 1 份，逐笔数是 0 份",
        unit="份",
        differences=asking(_HANDED),
    ),
)
_AFTER = """
SELECT meal.id, resident.departure, resident.departed_on FROM meal
JOIN resident ON resident.id = meal.resident_id
WHERE resident.departed_on IS NOT NULL AND meal.on_date > resident.departed_on
    AND meal.reverses_id IS NULL AND meal.id NOT IN (
        SELECT reverses_id FROM meal WHERE reverses_id IS NOT NULL)
    AND meal.price + meal.fee <> meal.paid
ORDER BY meal.id
"""
_GONE = {"moved_out": "迁出", "died": "去世"}


def _after_leaving(session: Session, _now: datetime) -> Iterator[Found]:
    for key, departure, day in lookup_of(session).rows(Sql(_AFTER)):
        yield key, f"{day} 已{_GONE[departure]}，这一餐还记了补贴"


CHECKS = (
    *(ledger.check for ledger in LEDGERS),
    Check(
        key="meal_after_leaving",
        group=Group.BOOKS,
        level=Level.WRONG,
        kind=Kind.MEAL,
        title="迁出或去世以后还有补贴用餐",
        why="人不在了还领补贴，说明记错了人或日期；申报前要改由本人付，或更正日期。",
        example="2026-11-18 已迁出，这一餐还记了补贴",
        look=_after_leaving,
    ),
)
