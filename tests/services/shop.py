"""A small shop for tests: articles with stock, entered as the windows do it."""

from datetime import date, datetime
from typing import Any

from app.models import StockKind
from app.services import goods_keeping, stock
from app.services.goods_keeping import GoodsInput
from app.services.stock import StockMove
from app.storage.engine import Database

SOAP_CODE = "6901234567892"


def add_goods(database: Database, name: str, points: int, **more: Any) -> int:
    entered = GoodsInput(name=name, points=points, **more)
    with database.transaction(f"新增商品 {name}") as session:
        return goods_keeping.add(session, entered)


def bring_in(database: Database, goods_id: int, quantity: int, now: datetime, on: date) -> int:
    entered = StockMove(goods_id, StockKind.RECEIVED, quantity, on)
    with database.transaction("入库") as session:
        return stock.move(session, entered, now=now)


def on_hand(database: Database, goods_id: int) -> int:
    with database.lookup() as lookup:
        return stock.on_hand(lookup, [goods_id])[goods_id]
