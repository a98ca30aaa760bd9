"""Papers of the shop: drawn in the background, shown before they are printed, then journaled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.signals import Area

# Gathered and drawn only when somebody prints: the list appears without it.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.reports.labels import LabelSheet
    from app.services.papers import Printing
    from app.services.receipt_views import ReceiptFilter
    from app.services.stock_views import StockFilter

Draw = Callable[[], bytes]


def print_price_list(context: Context, parent: QWidget, goods_ids: Sequence[int]) -> None:
    """积分兑换价目表 of these articles."""
    from app.reports import price_list
    from app.services import shop_papers

    def make(session: Session) -> Draw:
        data = shop_papers.price_list(session, goods_ids, today=context.clock.today())
        return lambda: price_list.render(data)

    _preview(
        context,
        parent,
        f"{price_list.TITLE} {len(goods_ids)} 种",
        make,
        lambda session: shop_papers.note_goods_printed(session, goods_ids),
    )


def print_shelf_labels(
    context: Context,
    parent: QWidget,
    goods_ids: Sequence[int],
    sheet: LabelSheet,
    *,
    start: int = 0,
    outline: bool = False,
) -> None:
    """货架标签 of these articles, on this kind of sheet."""
    from app.reports import shelf_label
    from app.services import shop_papers

    def make(session: Session) -> Draw:
        today = context.clock.today()
        data = shop_papers.shelf_labels(
            session, goods_ids, sheet, start=start, outline=outline, today=today
        )
        return lambda: shelf_label.render(data)

    _preview(
        context,
        parent,
        f"{shelf_label.TITLE} {len(goods_ids)} 张",
        make,
        lambda session: shop_papers.note_goods_printed(session, goods_ids),
    )


def print_register(context: Context, parent: QWidget, chosen: StockFilter) -> None:
    """物资出入库登记表 of the lines that are seen."""
    from app.reports import stock_register
    from app.services import stock_papers

    def make(session: Session) -> Draw:
        data = stock_papers.register(session, chosen, _printing(context))
        return lambda: stock_register.render(data)

    _preview(
        context,
        parent,
        stock_register.TITLE,
        make,
        lambda session: stock_papers.note_register_printed(session, chosen),
    )


def print_turnover(context: Context, parent: QWidget, since: date, until: date) -> None:
    """物资收发存汇总表 from a day to a day."""
    from app.reports import stock_register
    from app.services import stock_papers
    from app.services.stock_views import StockFilter

    def make(session: Session) -> Draw:
        data = stock_papers.turnover(session, since, until, _printing(context))
        return lambda: stock_register.render_turnover(data)

    period = StockFilter(since=since, until=until)
    _preview(
        context,
        parent,
        f"{stock_register.TURNOVER_TITLE} {since:%Y-%m-%d} 至 {until:%Y-%m-%d}",
        make,
        lambda session: stock_papers.note_register_printed(session, period),
    )


def print_stocktake(
    context: Context, parent: QWidget, stocktake_id: int, *, blind: bool = False
) -> None:
    """商品盘点表; `blind` without what the book says."""
    from app.reports import stocktake_sheet
    from app.services import stock_papers

    def make(session: Session) -> Draw:
        data = stock_papers.stocktake_sheet(session, stocktake_id, _printing(context), blind=blind)
        return lambda: stocktake_sheet.render(data)

    _preview(
        context,
        parent,
        stocktake_sheet.TITLE,
        make,
        lambda session: stock_papers.note_stocktake_printed(session, stocktake_id),
    )


def print_donations(context: Context, parent: QWidget, chosen: ReceiptFilter) -> None:
    """爱心捐赠公示 of the receipts that are seen."""
    from app.reports import donations
    from app.services import shop_papers

    def make(session: Session) -> Draw:
        data = shop_papers.donations(session, chosen, _printing(context))
        return lambda: donations.render(data)

    _preview(
        context,
        parent,
        donations.TITLE,
        make,
        lambda session: shop_papers.note_donations_printed(session, chosen),
    )


def print_receipt(context: Context, parent: QWidget, receipt_id: int) -> None:
    """物资入库单."""
    from app.reports import receipt_sheet
    from app.services import stock_papers

    def make(session: Session) -> Draw:
        data = stock_papers.receipt_sheet(session, receipt_id, _printing(context))
        return lambda: receipt_sheet.render(data)

    _preview(
        context,
        parent,
        receipt_sheet.TITLE,
        make,
        lambda session: stock_papers.note_receipt_printed(session, receipt_id),
    )


def print_thanks(context: Context, parent: QWidget, receipt_id: int) -> None:
    """感谢信 to the donor of a receipt."""
    from app.reports import thanks
    from app.services import shop_papers

    today = context.clock.today()

    def make(session: Session) -> Draw:
        data = shop_papers.thanks(session, receipt_id, today=today)
        return lambda: thanks.render(data)

    _preview(
        context,
        parent,
        thanks.TITLE,
        make,
        lambda session: shop_papers.note_thanks_printed(session, receipt_id, today=today),
    )


def _printing(context: Context) -> Printing:
    from app.services.papers import Printing

    return Printing(context.user.name, context.clock.now())


def _preview(
    context: Context,
    parent: QWidget,
    title: str,
    make: Callable[[Session], Draw],
    note: Callable[[Session], object],
) -> None:
    """Gather with a reader's eyes, draw, show; what is printed or saved is journaled by `note`."""

    def work(progress: Progress) -> bytes:
        progress.check()
        with context.database.reading() as session:
            draw = make(session)
        progress.check()
        return draw()

    def taken_out() -> None:
        with context.database.transaction(f"打印 {title}") as session:
            note(session)
        context.signals.changed.emit(Area.POINTS)

    def show(data: bytes) -> None:
        # Loaded with the first paper: the program starts without its PDF reader.
        from app.ui.people.paper_preview import PaperPreview

        PaperPreview(context, title, data, taken_out, parent.window()).exec()

    messages.run_with_progress(parent, context.background, f"正在生成{title}", work, done=show)
