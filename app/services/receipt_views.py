"""入库单 as lists and papers show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.models import ReceiptKind, StockKind
from app.services.chunks import chunks
from app.storage.lookup import (
    Lookup,
    Source,
    Sql,
    among,
    any_of,
    contains,
    day_of,
    lookup_of,
    one_of,
    query,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFilter:
    """All of it must fit; without anything every receipt."""

    since: date | None = None
    until: date | None = None
    kind: ReceiptKind | None = None
    text: str = ""
    """Part of the number, the giver, the voucher, or the name of an article"""


EVERYTHING = ReceiptFilter()


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """An article on a receipt; `cost` of one in 分; `reversed` once a counter-entry met it."""

    entry_id: int
    goods_id: int
    number: str
    name: str
    spec: str
    unit: str
    quantity: int
    cost: int | None
    reversed: bool

    @property
    def words(self) -> str:
        """香皂 30 块."""
        return f"{self.name} {self.quantity} {self.unit}"


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt with its lines."""

    id: int
    version: int
    number: str
    kind: ReceiptKind
    on_date: date
    giver: str
    contact: str
    phone: str
    named: bool
    voucher: str
    note: str
    thanked_on: date | None
    entered_by: str
    lines: tuple[ReceivedLine, ...] = field(default=())

    @property
    def standing(self) -> tuple[ReceivedLine, ...]:
        """Its lines that no counter-entry has met."""
        return tuple(one for one in self.lines if not one.reversed)

    @property
    def pieces(self) -> int:
        return sum(one.quantity for one in self.standing)

    @property
    def cost(self) -> int | None:
        """分 for all of it; None where nothing was paid or known."""
        known = [one.cost * one.quantity for one in self.standing if one.cost is not None]
        return sum(known) if known else None

    @property
    def words(self) -> str:
        """香皂 30 块、洗衣液 20 瓶: what stands of it, or what was on it."""
        return "、".join(one.words for one in self.standing or self.lines)


def list_ids(source: Source, chosen: ReceiptFilter = EVERYTHING) -> list[int]:
    """The receipts that the filter lets through, the latest first."""
    rest = "ORDER BY r.on_date DESC, r.id DESC"
    sql = query("r.id", "stock_receipt AS r", _conditions(chosen), rest)
    return list(lookup_of(source).column(sql))


def rows(source: Source, ids: Sequence[int]) -> list[ReceiptView]:
    """These receipts in this order."""
    lookup = lookup_of(source)
    found: dict[int, ReceiptView] = {}
    for part in chunks(ids, 500):
        lines = _lines(lookup, part)
        for values in lookup.rows(query(_COLUMNS, "stock_receipt AS r", [one_of("r.id", part)])):
            found[values[0]] = _row(values, tuple(lines.get(values[0], ())))
    return [found[one] for one in ids if one in found]


def receipt(source: Source, receipt_id: int) -> ReceiptView:
    """One of them."""
    return rows(source, [receipt_id])[0]


def givers(source: Source) -> list[str]:
    """Who gave or sold before, by name: what is typed is offered again."""
    found = query("DISTINCT giver", "stock_receipt", [], "ORDER BY giver")
    return list(lookup_of(source).column(found))


def _conditions(chosen: ReceiptFilter) -> list[Sql]:
    found = []
    if chosen.since is not None:
        found.append(Sql("r.on_date >= ?", (chosen.since.isoformat(),)))
    if chosen.until is not None:
        found.append(Sql("r.on_date <= ?", (chosen.until.isoformat(),)))
    if chosen.kind is not None:
        found.append(Sql("r.kind = ?", (chosen.kind.value,)))
    if words := chosen.text.strip():
        articles = "stock_entry AS e JOIN goods AS g ON g.id = e.goods_id"
        article = any_of([contains(one, words) for one in ("g.name", "g.number", "g.barcode")])
        inside = among("r.id", query("e.receipt_id", articles, [article]))
        texts = [contains(one, words) for one in ("r.number", "r.giver", "r.voucher")]
        found.append(any_of([*texts, inside]))
    return found


_COLUMNS = """
    r.id, r.version, r.number, r.kind, r.on_date, r.giver, r.contact, r.phone, r.named,
    r.voucher, r.note, r.thanked_on, r.entered_by
"""
_LINE_COLUMNS = """
    e.receipt_id, e.id, e.goods_id, g.number, g.name, g.spec, g.unit, e.quantity, e.cost,
    EXISTS (SELECT 1 FROM stock_entry AS met WHERE met.reverses_id = e.id)
"""


def _lines(lookup: Lookup, ids: Sequence[int]) -> dict[int, list[ReceivedLine]]:
    found: dict[int, list[ReceivedLine]] = {}
    where = [one_of("e.receipt_id", ids), Sql("e.kind = ?", (StockKind.RECEIVED.value,))]
    source = "stock_entry AS e JOIN goods AS g ON g.id = e.goods_id"
    for receipt_id, *values in lookup.rows(query(_LINE_COLUMNS, source, where, "ORDER BY e.id")):
        entry, goods, number, name, spec, unit, quantity, cost, met = values
        line = ReceivedLine(entry, goods, number, name, spec or "", unit, quantity, cost, bool(met))
        found.setdefault(receipt_id, []).append(line)
    return found


def _row(values: Sequence[Any], lines: tuple[ReceivedLine, ...]) -> ReceiptView:
    key, version, number, kind, day, giver, contact, phone, named, *rest = values
    voucher, note, thanked, by = rest
    return ReceiptView(
        id=key,
        version=version,
        number=number,
        kind=ReceiptKind.of(kind),
        on_date=date.fromisoformat(day),
        giver=giver,
        contact=contact or "",
        phone=phone or "",
        named=bool(named),
        voucher=voucher or "",
        note=note or "",
        thanked_on=day_of(thanked),
        entered_by=by,
        lines=lines,
    )
