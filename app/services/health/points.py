"""The books of 积分超市: points, hours and goods, each sum against its lines."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Deed
from app.services.health.kinds import Check, Found, Group, Kind, Level
from app.services.health.ledgers import Ledger, asking
from app.storage.lookup import Sql, lookup_of

_BALANCES = """
SELECT points_account.id, coalesce(points_balance.balance, 0), coalesce(booked.points, 0)
FROM points_account
LEFT JOIN points_balance ON points_balance.account_id = points_account.id
LEFT JOIN (SELECT account_id, sum(points) AS points FROM points_entry GROUP BY account_id) AS booked
    ON booked.account_id = points_account.id
WHERE coalesce(points_balance.balance, 0) <> coalesce(booked.points, 0)
ORDER BY points_account.id
"""
_LOTS = """
SELECT points_account.id, coalesce(points_balance.balance, 0), coalesce(kept.points, 0)
FROM points_account
LEFT JOIN points_balance ON points_balance.account_id = points_account.id
LEFT JOIN (SELECT account_id, sum("left") AS points FROM points_lot GROUP BY account_id) AS kept
    ON kept.account_id = points_account.id
WHERE coalesce(points_balance.balance, 0) <> coalesce(kept.points, 0)
ORDER BY points_account.id
"""
_STOCK = """
SELECT goods.id, coalesce(stock_level.on_hand, 0), coalesce(booked.quantity, 0)
FROM goods
LEFT JOIN stock_level ON stock_level.goods_id = goods.id
LEFT JOIN (SELECT goods_id, sum(quantity) AS quantity FROM stock_entry GROUP BY goods_id) AS booked
    ON booked.goods_id = goods.id
WHERE coalesce(stock_level.on_hand, 0) <> coalesce(booked.quantity, 0)
ORDER BY goods.id
"""
# What was taken back stands in both books as two lines that make nothing together.
_REDEEMED = """
SELECT redemption.id,
    CASE WHEN redemption.taken_back_at IS NULL THEN redemption.points ELSE 0 END,
    -coalesce(sum(points_entry.points), 0)
FROM redemption LEFT JOIN points_entry ON points_entry.redemption_id = redemption.id
GROUP BY redemption.id, redemption.points, redemption.taken_back_at
HAVING CASE WHEN redemption.taken_back_at IS NULL THEN redemption.points ELSE 0 END
    <> -coalesce(sum(points_entry.points), 0)
ORDER BY redemption.id
"""
_HANDED_OUT = """
SELECT redemption.id,
    CASE WHEN redemption.taken_back_at IS NULL THEN coalesce(asked.quantity, 0) ELSE 0 END,
    coalesce(gone.quantity, 0)
FROM redemption
LEFT JOIN (SELECT redemption_id, sum(quantity) AS quantity FROM redemption_line
    GROUP BY redemption_id) AS asked ON asked.redemption_id = redemption.id
LEFT JOIN (SELECT redemption_id, -sum(quantity) AS quantity FROM stock_entry
    WHERE redemption_id IS NOT NULL GROUP BY redemption_id) AS gone
    ON gone.redemption_id = redemption.id
WHERE CASE WHEN redemption.taken_back_at IS NULL THEN coalesce(asked.quantity, 0) ELSE 0 END
    <> coalesce(gone.quantity, 0)
ORDER BY redemption.id
"""
_MONTHS = """
SELECT points_month.id, points_month.closing,
    (SELECT coalesce(sum(points), 0) FROM points_entry
     WHERE points_entry.month <= points_month.month)
FROM points_month
WHERE points_month.closing <> (SELECT coalesce(sum(points), 0) FROM points_entry
    WHERE points_entry.month <= points_month.month)
ORDER BY points_month.month
"""
LEDGERS = (
    Ledger(
        key="points_balances",
        kind=Kind.ACCOUNT,
        title="积分余额与流水不符",
        why="余额就是逐笔流水加起来的数；不符时居民手里的存折和账上对不上。",
        example="账上 126 分，逐笔数是 124 分",
        unit="分",
        differences=asking(_BALANCES),
    ),
    Ledger(
        key="points_lots",
        kind=Kind.ACCOUNT,
        title="积分余额与各批积分不符",
        why="每笔积分有自己的到期日，没用完的加起来就是余额；不符时到期会清错。",
        example="账上 126 分，逐批数是 120 分",
        unit="分",
        differences=asking(_LOTS),
    ),
    Ledger(
        key="stock_levels",
        kind=Kind.GOODS,
        title="库存与出入库流水不符",
        why="库存就是逐笔出入库加起来的数；不符时账物相符无从说起。",
        example="账上 12 件，逐笔数是 11 件",
        unit="件",
        differences=asking(_STOCK),
    ),
    Ledger(
        key="redemption_points",
        kind=Kind.REDEMPTION,
        title="兑换单与扣分不符",
        why="每张兑换单扣的积分要在积分账上找得到，撤销的要退得干净。",
        example="单上 68 分，账上扣了 35 分",
        unit="分",
        differences=asking(_REDEEMED),
    ),
    Ledger(
        key="redemption_goods",
        kind=Kind.REDEMPTION,
        title="兑换单与出库不符",
        why="每张兑换单给出的物品要在库存账上找得到，撤销的要退得干净。",
        example="单上 4 件，库存账上出了 3 件",
        unit="件",
        differences=asking(_HANDED_OUT),
    ),
    Ledger(
        key="month_sums",
        kind=Kind.MONTH,
        title="月结的结余与流水不符",
        why="锁账以后那个月的流水不会再变；不符说明有人绕过程序改过账。",
        example="月结 18,402 分，逐笔数是 18,400 分",
        unit="分",
        differences=asking(_MONTHS),
        whole=True,
    ),
)
_NO_HOURS = ", ".join(f"'{deed.value}'" for deed in Deed if not deed.gives_hours)


def _no_service(session: Session, _now: datetime) -> Iterator[Found]:
    rows = lookup_of(session).rows(
        Sql(
            f"""
            SELECT hour_entry.id, points_item.name FROM hour_entry
            JOIN points_claim ON points_claim.id = hour_entry.claim_id
            JOIN points_item ON points_item.id = points_claim.item_id
            WHERE points_item.deed IN ({_NO_HOURS}) AND hour_entry.reverses_id IS NULL
                AND hour_entry.id NOT IN (SELECT reverses_id FROM hour_entry
                    WHERE reverses_id IS NOT NULL)
            ORDER BY hour_entry.id
            """  # noqa: S608 - from the codes of the program
        )
    )
    for key, item in rows:
        yield key, f"“{item}”不是志愿服务，只计积分，不计时长"


def _of_nobody(session: Session, _now: datetime) -> Iterator[Found]:
    rows = lookup_of(session).column(
        Sql(
            """
            SELECT id FROM points_account
            WHERE CASE WHEN resident_id IS NULL THEN 0 ELSE 1 END
                + CASE WHEN volunteer_id IS NULL THEN 0 ELSE 1 END
                + CASE WHEN household_id IS NULL THEN 0 ELSE 1 END <> 1
            ORDER BY id
            """
        )
    )
    for key in rows:
        yield key, "说不清是谁的账户"


CHECKS = (
    *(ledger.check for ledger in LEDGERS),
    Check(
        key="hours_of_no_service",
        group=Group.BOOKS,
        level=Level.WRONG,
        kind=Kind.HOURS,
        title="不是志愿服务的事记了时长",
        why="不属于志愿服务的活动不得记录时长、出具证明（民政部令第67号第19条）。",
        example="“讲座培训”不是志愿服务，只计积分，不计时长",
        look=_no_service,
    ),
    Check(
        key="account_of_nobody",
        group=Group.BOOKS,
        level=Level.WRONG,
        kind=Kind.ACCOUNT,
        title="积分账户没有主人",
        why="一个账户只能是一位居民、一位志愿者或一户的；否则积分不知道该给谁用。",
        example="说不清是谁的账户",
        look=_of_nobody,
    ),
)
