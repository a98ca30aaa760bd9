"""库存 in its states, on a stage where goods came in, went out and were counted."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Protocol

from PIL import Image
from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Goods, ReceiptKind, Resident, StockKind, StockReceipt, Stocktake
from app.services import goods_keeping, receipts, stock, stocktakes
from app.services.goods_keeping import GoodsInput
from app.services.receipts import ReceiptFacts, ReceiptLine
from app.services.stock import StockMove
from app.storage.engine import Database
from app.ui.points.page import PointsPage
from app.ui.points.stock.close_dialog import CloseDialog
from app.ui.points.stock.goods_dialog import GoodsDialog
from app.ui.points.stock.label_dialog import LabelDialog
from app.ui.points.stock.receipt_dialog import ReceiptDialog
from app.ui.points.stock.receipt_shown import ReceiptShownDialog
from app.ui.points.stock.spoil_dialog import SpoilDialog
from app.ui.points.stock.tab import GOODS, LEDGER, RECEIPTS, TAKES, StockTab

# Name, size, unit, points, shelf, kind, line of low stock, how many a month.
ARTICLES = (
    ("洗衣液", "1 千克", "瓶", 40, "A1", "日用", 5, 2),
    ("香皂", "", "块", 12, "A1", "日用", 10, None),
    ("抽纸", "10 包", "提", 30, "A2", "日用", 6, None),
    ("大米", "5 千克", "袋", 60, "B1", "粮油", 8, 1),
    ("花生油", "1.8 升", "桶", 90, "B1", "粮油", 4, 1),
    ("垃圾袋", "50 只", "卷", 8, "A3", "日用", 10, None),
    ("牙膏", "120 克", "支", 15, "A2", "日用", 5, None),
    ("练习本", "40 页", "本", 5, "C1", "文具", 20, None),
    ("中性笔", "黑", "支", 3, "C1", "文具", 20, None),
    ("毛巾", "", "条", 18, "", "", 0, None),
)
# Of the range that shops give themselves.
OWN_CODE = "2900000001015"


class _Stage(Protocol):
    database: Database

    def context(self) -> Context: ...


def stocked(stage: _Stage) -> Context:
    """The shop after a month, with a stocktaking going on; an empty office has no shop either."""
    context = stage.context()
    with context.database.reading() as session:
        people, receipts, going = (
            session.scalar(found.limit(1)) is not None
            for found in (
                select(Resident.id),
                select(StockReceipt.id),
                select(Stocktake.id).where(Stocktake.closed_at.is_(None)),
            )
        )
    if people and not receipts:
        _live_through(context)
    if people and not going:
        _count_some(context)
    return context


def _live_through(context: Context) -> None:
    now, today = context.clock.now(), context.clock.today()
    with context.database.transaction("开张") as session:
        ids = [_add(session, *article) for article in ARTICLES]
        goods_keeping.set_photo(session, ids[0], _photo())
        bought = tuple(ReceiptLine(one, 12 + 3 * n, 250 * n + 80) for n, one in enumerate(ids[:7]))
        facts = ReceiptFacts(giver="海湾路便民超市", voucher="00412387")
        receipts.add(
            session,
            ReceiptKind.PURCHASE,
            facts,
            bought,
            on_date=today - timedelta(days=18),
            now=now,
        )
        given = (ReceiptLine(ids[3], 20), ReceiptLine(ids[7], 60))
        facts = ReceiptFacts(giver="渤海装备厂", contact="刘主任", phone="0411-84640000")
        receipts.add(
            session, ReceiptKind.DONATION, facts, given, on_date=today - timedelta(days=6), now=now
        )
        goods_keeping.set_on_shelf(session, [ids[6]], on_shelf=False)
        _move(session, context, ids)


def _count_some(context: Context) -> None:
    """One is right, one is missing, one was not there."""
    with context.database.transaction("盘点") as session:
        take = stocktakes.begin(session, now=context.clock.now())
        ids = session.scalars(select(Goods.id).order_by(Goods.id).limit(3)).all()
        there = stock.on_hand(session, ids)
        for one, difference in zip(ids, (0, -1, 1), strict=True):
            stocktakes.count(session, take, one, there[one] + difference, reason="数错了")


def _add(session: Session, *article: object) -> int:
    name, spec, unit, points, shelf, kind, low, limit = article
    entered = GoodsInput(
        name=str(name),
        spec=str(spec),
        unit=str(unit),
        points=int(str(points)),
        shelf=str(shelf),
        kind=str(kind),
        low_at=int(str(low)),
        limit=int(str(limit)) if limit is not None else None,
        barcode=OWN_CODE if name == "香皂" else "",
        note="有两种香味" if name == "洗衣液" else "",
    )
    return goods_keeping.add(session, entered)


def _move(session: Session, context: Context, ids: list[int]) -> None:
    now, today = context.clock.now(), context.clock.today()
    out = ((ids[0], 6), (ids[1], 2), (ids[4], 24), (ids[3], 1))
    for one, quantity in out:
        given = StockMove(one, StockKind.REDEEMED, -quantity, today - timedelta(days=2))
        stock.move(session, given, now=now)
    wrong = stock.spoil(session, ids[7], 4, reason="受潮", on_date=today, now=now)
    stock.reverse(session, wrong, reason="数量录错了", now=now)


def _photo() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (120, 160), (120, 160, 200)).save(picture, "JPEG")
    return picture.getvalue()


def tab_of(page: QWidget) -> StockTab:
    """The tab on the page 积分超市, opened."""
    assert isinstance(page, PointsPage)
    tab = page.open("库存")
    assert isinstance(tab, StockTab)
    return tab


def view(number: int) -> Callable[[_Stage, QWidget], None]:
    """One of the four views of the tab."""

    def open_it(stage: _Stage, page: QWidget) -> None:
        stocked(stage)
        tab = tab_of(page)
        tab.refresh()
        tab.show_view(number)

    return open_it


def _nothing(stage: _Stage, page: QWidget) -> None:
    view(GOODS)(stage, page)
    tab = tab_of(page)
    tab.search.setText("没有这件")
    tab._search()


def _counting(stage: _Stage, page: QWidget) -> None:
    view(TAKES)(stage, page)
    takes = tab_of(page).takes
    if not takes.line.isHidden():
        waiting = next(one for one in takes._rows.values() if one.counted is None)
        takes.table.select_id(waiting.goods_id)
        takes.type_count(waiting.goods_id)


PAGES: dict[str, Callable[[_Stage, QWidget], None]] = {
    "库存 商品": view(GOODS),
    "库存 没有找到": _nothing,
    "库存 入库单": view(RECEIPTS),
    "库存 盘点": _counting,
    "库存 流水": view(LEDGER),
}


def _first(stage: _Stage, model: type[Goods] | type[StockReceipt]) -> tuple[Context, int]:
    context = stocked(stage)
    with context.database.reading() as session:
        return context, session.scalars(select(model.id).order_by(model.id)).all()[-1]


def _goods(stage: _Stage) -> QWidget:
    context = stocked(stage)
    with context.database.reading() as session:
        found = session.scalar(select(Goods.id).order_by(Goods.id).limit(1))
    return GoodsDialog(context, found)


def _spoil(stage: _Stage) -> QWidget:
    return SpoilDialog(*_first(stage, Goods))


def _receive(stage: _Stage) -> QWidget:
    dialog = ReceiptDialog(stocked(stage))
    with stage.database.reading() as session:
        ids = session.scalars(select(Goods.id).order_by(Goods.id).limit(3)).all()
    dialog.lines.set_value([[one, 20, 350] for one in ids])
    return dialog


def _receipt(stage: _Stage) -> QWidget:
    return ReceiptShownDialog(*_first(stage, StockReceipt))


def _labels(stage: _Stage) -> QWidget:
    context, last = _first(stage, Goods)
    return LabelDialog(context, [last])


def _close(stage: _Stage) -> QWidget:
    with stocked(stage).database.lookup() as lookup:
        found = stocktakes.stocktakes(lookup)
    return CloseDialog(found[0], 7)


DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "新增商品": lambda stage: GoodsDialog(stocked(stage)),
    "修改商品": _goods,
    "报损": _spoil,
    "入库": _receive,
    "入库单": _receipt,
    "货架标签": _labels,
    "完成盘点": _close,
}


def alike(name: str) -> bool:
    """Whether an office without goods shows nothing that another view does not."""
    return name not in ("库存 商品", "库存 盘点")
