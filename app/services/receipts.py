"""入库: goods that were bought or given, several articles on one receipt (domain.md 3)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, Goods, ReceiptKind, StockEntry, StockKind, StockReceipt
from app.services import rights, stock
from app.services.goods import get as get_goods
from app.services.stock import StockMove
from app.storage import journal
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

MOST_LINES = 100
MOST_COST = 10_000_000
"""分 for one piece: what is dearer is no prize for points."""
_LONGEST = {
    "giver": ("供货或捐赠单位", 60),
    "contact": ("联系人", 60),
    "phone": ("电话", 40),
    "voucher": ("票据号", 40),
    "note": ("备注", 120),
}


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """So many pieces of an article; `cost` of one in 分, None where it was given."""

    goods_id: int
    quantity: int
    cost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """What stands at the head of a receipt and may be corrected later."""

    giver: str = ""
    contact: str = ""
    phone: str = ""
    named: bool = True
    voucher: str = ""
    note: str = ""


def add(
    session: Session,
    kind: ReceiptKind,
    facts: ReceiptFacts,
    lines: tuple[ReceiptLine, ...],
    *,
    on_date: date,
    now: datetime,
) -> int:
    """Book a receipt with all its lines, or nothing of it.

    Raises DomainError naming what is wrong: no lines, an article twice, nobody named as giver.
    """
    rights.require(session, Right.KEEP_STOCK)
    stock.check_month(session, on_date, now.date())
    _check_lines(session, lines)
    row = StockReceipt(
        number=_number(session, on_date),
        kind=kind,
        on_date=on_date,
        entered_by=actor_of(session).name,
        entered_at=now,
    )
    _fill(row, facts)
    session.add(row)
    session.flush()
    for line in lines:
        stock.move(session, _move(row, line), now=now)
    return row.id


def note_opened(session: Session, receipt_id: int) -> None:
    """The form shows the giver's telephone in the clear: that it was opened is on record."""
    journal.record_look(session, Action.LOOKED, StockReceipt, [receipt_id])


def facts_of(session: Session, receipt_id: int) -> tuple[ReceiptFacts, int]:
    """The head of a receipt for the form, and the version to hand back."""
    row = _get(session, receipt_id)
    facts = ReceiptFacts(
        giver=row.giver,
        contact=row.contact or "",
        phone=row.phone or "",
        named=row.named,
        voucher=row.voucher or "",
        note=row.note or "",
    )
    return facts, row.version


def correct(session: Session, receipt_id: int, facts: ReceiptFacts, *, version: int) -> None:
    """Correct the head; what came in is corrected by a counter-entry only."""
    rights.require(session, Right.KEEP_STOCK)
    _fill(_get(session, receipt_id, version), facts)
    session.flush()


def reverse(session: Session, receipt_id: int, *, reason: str, version: int, now: datetime) -> int:
    """冲正 of a whole receipt: each of its lines that still stands; gives how many those were.

    Raises NotInStock where some of it has gone out since, DomainError where nothing stands.
    """
    rights.require(session, Right.KEEP_STOCK)
    row = _get(session, receipt_id, version)
    standing = _standing(session, receipt_id)
    if not standing:
        raise DomainError(f"入库单 {row.number} 已经全部冲正，不能再冲正。")
    for entry_id in standing:
        stock.reverse(session, entry_id, reason=reason, now=now)
    return len(standing)


def note_thanked(session: Session, receipt_id: int, *, on: date) -> None:
    """A letter of thanks was printed for a donation."""
    rights.require(session, Right.KEEP_STOCK)
    row = _get(session, receipt_id)
    if row.kind is not ReceiptKind.DONATION:
        raise DomainError("只有捐赠的物资才印感谢信。")
    row.thanked_on = on
    session.flush()


def _get(session: Session, receipt_id: int, version: int | None = None) -> StockReceipt:
    row = session.get(StockReceipt, receipt_id)
    if row is None:
        raise DomainError("没有找到这张入库单，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _number(session: Session, on_date: date) -> str:
    """RK-20261121-01: from 1 every day."""
    stem = f"RK-{on_date:%Y%m%d}-"
    given = session.scalars(select(StockReceipt.number).where(StockReceipt.number.startswith(stem)))
    last = max((int(one.removeprefix(stem)) for one in given), default=0)
    return f"{stem}{last + 1:02d}"


def _move(row: StockReceipt, line: ReceiptLine) -> StockMove:
    words = f"{row.kind.label} {row.giver}"
    return StockMove(
        line.goods_id,
        StockKind.RECEIVED,
        line.quantity,
        row.on_date,
        words,
        receipt_id=row.id,
        cost=line.cost,
    )


def _check_lines(session: Session, lines: tuple[ReceiptLine, ...]) -> None:
    if not lines:
        raise DomainError("还没有写入库的商品。请扫条码，或输入货号、品名，再写数量。")
    if len(lines) > MOST_LINES:
        raise DomainError(f"一张入库单最多 {MOST_LINES} 种商品，请分几张写。")
    seen: set[int] = set()
    for line in lines:
        goods = get_goods(session, line.goods_id)
        if goods.id in seen:
            raise DomainError(f"“{goods.name}”在这张入库单上写了两行，请合成一行。")
        seen.add(goods.id)
        _check_line(goods, line)


def _check_line(goods: Goods, line: ReceiptLine) -> None:
    if not 0 < line.quantity <= stock.MOST_PIECES:
        raise DomainError(f"“{goods.name}”的数量要在 1 到 {stock.MOST_PIECES:,} 之间，请核对。")
    if line.cost is not None and not 0 <= line.cost <= MOST_COST:
        raise DomainError(f"“{goods.name}”的进价不对，请核对：最多 {MOST_COST // 100:,} 元一件。")


def _fill(row: StockReceipt, facts: ReceiptFacts) -> None:
    words = {field: _words(field, getattr(facts, field)) for field in _LONGEST}
    if not words["giver"]:
        raise DomainError(
            "请写明是谁供货、谁捐赠的。捐赠人不愿留名的，写“匿名”，并去掉“可以公布捐赠人”的勾。"
        )
    row.giver, row.named = words["giver"], facts.named
    row.contact, row.phone = words["contact"] or None, words["phone"] or None
    row.voucher, row.note = words["voucher"] or None, words["note"] or None


def _words(field: str, typed: str) -> str:
    words = tidy(typed)
    title, longest = _LONGEST[field]
    if len(words) > longest:
        raise DomainError(f"{title}太长，最多 {longest} 个字，请写短些。")
    return words


def _standing(session: Session, receipt_id: int) -> list[int]:
    """Its lines that no counter-entry has met."""
    met = select(StockEntry.reverses_id).where(StockEntry.reverses_id.is_not(None))
    own = select(StockEntry.id).where(
        StockEntry.receipt_id == receipt_id,
        StockEntry.kind == StockKind.RECEIVED,
        StockEntry.id.not_in(met),
    )
    return list(session.scalars(own.order_by(StockEntry.id)))
