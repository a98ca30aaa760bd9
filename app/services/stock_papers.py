"""Papers that the storekeeper keeps: registers of goods, receipts, stocktaking."""

from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, StockEntry, StockReceipt, Stocktake
from app.reports.receipt_sheet import ReceiptSheet, SheetLine
from app.reports.stock_register import StockLine, StockRegister, StockTurnover, TurnoverLine
from app.reports.stocktake_sheet import CountLine, StocktakeSheet
from app.services import receipt_views, stock_views, stocktakes
from app.services.papers import Printing, committee
from app.services.receipt_views import ReceivedLine
from app.services.stock_views import StockFilter
from app.services.stocktakes import CountRow, StocktakeView
from app.storage import journal


def register(session: Session, chosen: StockFilter, printing: Printing) -> StockRegister:
    """物资出入库登记表 of a filter, the earliest line first."""
    ids = stock_views.list_ids(session, chosen)[::-1]
    lines = [
        StockLine(
            on_date=f"{one.on_date:%Y-%m-%d}",
            number=one.number,
            name=f"{one.name} {one.spec}".strip(),
            kind=f"{one.kind.label}（已冲正）" if one.reversed else one.kind.label,
            quantity=one.quantity,
            on_hand=one.on_hand,
            unit=one.unit,
            paper=one.paper,
            words=one.words,
            entered_by=one.entered_by,
        )
        for one in stock_views.rows(session, ids)
    ]
    return StockRegister(
        office=committee(session),
        filter_words=stock_views.sentence(session, chosen),
        lines=lines,
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def turnover(session: Session, since: date, until: date, printing: Printing) -> StockTurnover:
    """物资收发存汇总表 from a day to a day."""
    lines = [
        TurnoverLine(
            number=one.number,
            name=f"{one.name} {one.spec}".strip(),
            unit=one.unit,
            opening=one.opening,
            received=one.received,
            redeemed=one.redeemed,
            spoiled=one.spoiled,
            counted=one.counted,
            closing=one.closing,
        )
        for one in stock_views.turnover(session, since, until)
    ]
    return StockTurnover(
        office=committee(session),
        period=f"{since:%Y-%m-%d} 至 {until:%Y-%m-%d}",
        lines=lines,
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def stocktake_sheet(
    session: Session, stocktake_id: int, printing: Printing, *, blind: bool = False
) -> StocktakeSheet:
    """商品盘点表 as far as it was counted; `blind` without what the book says."""
    found = next(one for one in stocktakes.stocktakes(session) if one.id == stocktake_id)
    rows = stocktakes.rows(session, stocktake_id)
    return StocktakeSheet(
        office=committee(session),
        on_date=f"{found.on_date:%Y-%m-%d}",
        by=found.begun_by,
        witness=found.witness,
        lines=[_counted(one, blind=blind) for one in rows],
        result=_result(found),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def receipt_sheet(session: Session, receipt_id: int, printing: Printing) -> ReceiptSheet:
    """物资入库单 with what of it still stands; raises DomainError where nothing does."""
    found = receipt_views.receipt(session, receipt_id)
    if not found.standing:
        raise DomainError(f"入库单 {found.number} 已经全部冲正，没有可以打印的。")
    return ReceiptSheet(
        office=committee(session),
        number=found.number,
        on_date=f"{found.on_date:%Y-%m-%d}",
        kind=found.kind.label,
        giver=found.giver,
        voucher=found.voucher,
        note=found.note,
        lines=[_received(one) for one in found.standing],
        pieces=f"{found.pieces:,}",
        total=_yuan(found.cost),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def note_receipt_printed(session: Session, receipt_id: int) -> None:
    """Journal that its sheet was printed or saved."""
    journal.record_look(session, Action.PRINTED, StockReceipt, [receipt_id])


def note_register_printed(session: Session, chosen: StockFilter) -> None:
    """Journal that these lines of the ledger were printed or saved."""
    ids = stock_views.list_ids(session, chosen)
    journal.record_look(session, Action.PRINTED, StockEntry, sorted(ids))


def note_stocktake_printed(session: Session, stocktake_id: int) -> None:
    """Journal that its sheet was printed or saved."""
    journal.record_look(session, Action.PRINTED, Stocktake, [stocktake_id])


def _received(one: ReceivedLine) -> SheetLine:
    return SheetLine(
        number=one.number,
        name=f"{one.name} {one.spec}".strip(),
        unit=one.unit,
        quantity=f"{one.quantity:,}",
        cost=_yuan(one.cost),
        total=_yuan(None if one.cost is None else one.cost * one.quantity),
    )


def _yuan(cost: int | None) -> str:
    return "" if cost is None else f"{cost / 100:,.2f}"


def _counted(one: CountRow, *, blind: bool) -> CountLine:
    done = one.counted is not None
    return CountLine(
        shelf=one.shelf,
        number=one.number,
        name=f"{one.name} {one.spec}".strip(),
        unit=one.unit,
        book="" if blind and not done else f"{one.book:,}",
        counted=f"{one.counted:,}" if done else "",
        difference=f"{one.difference:+,}" if done and one.difference else "0" if done else "",
        reason=one.reason,
    )


def _result(found: StocktakeView) -> str:
    if not found.counted:
        return ""
    state = "盘点完成" if not found.open else "盘点中"
    words = f"{state}，已盘 {found.counted:,} 种"
    if not found.differing:
        return f"{words}，全部相符"
    return f"{words}，{found.differing:,} 种不符：盘盈 {found.over:,}，盘亏 {found.missing:,}"
