"""F9 in 库存: the papers of each view."""

from PySide6.QtWidgets import QMenu

from app.ui.points.stock.going_public import write_notice
from app.ui.points.stock.goods_view import GoodsListView
from app.ui.points.stock.label_dialog import LabelDialog
from app.ui.points.stock.ledger_view import StockLedgerView
from app.ui.points.stock.printing import (
    print_donations,
    print_price_list,
    print_receipt,
    print_register,
    print_turnover,
)
from app.ui.points.stock.receipts_view import ReceiptsView
from app.ui.points.stock.takes_view import TakesView
from app.values.rights import Right


def of_goods(menu: QMenu, view: GoodsListView) -> None:
    """Of what is ticked, or else of the list: prices for the wall, labels for the shelves."""

    def prices() -> None:
        print_price_list(view.context, view, [one.id for one in view.chosen if one.on_shelf])

    def labels() -> None:
        LabelDialog(view.context, [one.id for one in view.chosen], view.window()).exec()

    menu.addAction("价目表（贴墙）…", prices)
    menu.addAction("货架标签…", labels)


def of_receipts(menu: QMenu, view: ReceiptsView) -> None:
    """The current receipt, and the gifts among those that are seen."""
    current = view.table.current_id()
    if current is not None:
        menu.addAction("物资入库单…", lambda: print_receipt(view.context, view, current))
    menu.addAction(
        "爱心捐赠公示（贴墙）…", lambda: print_donations(view.context, view, view.chosen)
    )
    if view.context.may(Right.ISSUE_PAPERS):
        menu.addAction(
            "爱心捐赠公示（写进文书，登记张贴）",
            lambda: write_notice(view.context, view, view.chosen),
        )


def of_takes(menu: QMenu, view: TakesView) -> None:
    """The sheet to count by, with what the book says or without."""
    if view.shown is not None:
        menu.addAction("盘点表…", view.print_out)
        menu.addAction("盘点表（不印账面数）…", lambda: view.print_out(blind=True))


def of_ledger(menu: QMenu, view: StockLedgerView) -> None:
    """The lines that are seen, and what became of each article in their period."""

    def turnover() -> None:
        today, chosen = view.context.clock.today(), view.chosen
        since = chosen.since or today.replace(day=1)
        print_turnover(view.context, view, since, min(chosen.until or today, today))

    menu.addAction("物资出入库登记表…", lambda: print_register(view.context, view, view.chosen))
    menu.addAction("物资收发存汇总表…", turnover)
