"""库存流水 and 收发存: the lines of the stock ledger, and what became of each article in a period.

One query gives the list, its sums, the paper and the file.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import StockKind
from app.services.chunks import chunks
from app.storage.lookup import Source, Sql, any_of, contains, lookup_of, one_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFilter:
    """All of it must fit; without anything every line."""

    since: date | None = None
    until: date | None = None
    kinds: tuple[StockKind, ...] = ()
    goods_id: int | None = None
    text: str = ""
    """Part of an article's name or number, of the words, or of a number of a paper"""


EVERYTHING = StockFilter()


@dataclass(frozen=True, slots=True)
class StockRow:
    """A line of the ledger; `paper` is the number of its receipt or its redemption."""

    id: int
    on_date: date
    booked_at: datetime
    kind: StockKind
    goods_id: int
    number: str
    name: str
    spec: str
    unit: str
    quantity: int
    on_hand: int
    cost: int | None
    words: str
    paper: str
    receipt_id: int | None
    redemption_id: int | None
    entered_by: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class StockSums:
    """Of a filter: how many lines, pieces in and pieces out."""

    lines: int
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class Turnover:
    """收发存 of an article: what was there before, came, went out, and is there after."""

    goods_id: int
    number: str
    name: str
    spec: str
    unit: str
    opening: int
    received: int
    redeemed: int
    spoiled: int
    counted: int
    closing: int


def list_ids(source: Source, chosen: StockFilter = EVERYTHING) -> Sequence[int]:
    """The lines that the filter lets through, the latest first."""
    rest = "ORDER BY e.on_date DESC, e.id DESC"
    found = query("e.id", _searched(chosen), _conditions(chosen), rest)
    return array("q", lookup_of(source).column(found))


def latest(source: Source, goods_id: int, count: int) -> list[StockRow]:
    """The last movements of an article."""
    own = [Sql("goods_id = ?", (goods_id,))]
    found = query("id", "stock_entry", own, f"ORDER BY id DESC LIMIT {int(count)}")
    return rows(source, list(lookup_of(source).column(found)))


def sums(source: Source, chosen: StockFilter = EVERYTHING) -> StockSums:
    """Of the lines of `list_ids`."""
    what = """
        count(*), coalesce(sum(CASE WHEN e.quantity > 0 THEN e.quantity ELSE 0 END), 0),
        coalesce(sum(CASE WHEN e.quantity < 0 THEN -e.quantity ELSE 0 END), 0)
    """
    found = query(what, _searched(chosen), _conditions(chosen))
    return StockSums(*next(lookup_of(source).rows(found)))


def rows(source: Source, ids: Sequence[int]) -> list[StockRow]:
    """These lines in this order."""
    lookup = lookup_of(source)
    found: dict[int, StockRow] = {}
    for part in chunks(ids, 500):
        for values in lookup.rows(query(_COLUMNS, _SOURCE, [one_of("e.id", part)])):
            found[values[0]] = _row(values)
    return [found[one] for one in ids if one in found]


def turnover(source: Source, since: date, until: date) -> list[Turnover]:
    """收发存 from a day to a day, for every article that was there or moved, by number.

    A counter-entry counts where the line stands that it meets, so that what was a mistake does
    not look like goods that came or went.
    """
    lookup = lookup_of(source)
    first, last = since.isoformat(), until.isoformat()
    figures: dict[int, dict[str, int]] = {}
    ended = [Sql("e.on_date <= ?", (last,))]
    text = query(_BY_KIND, _MET, ended, "GROUP BY e.goods_id, 2, 3")
    for goods_id, kind, before, pieces in lookup.rows(Sql(text.text, (first, *text.values))):
        of_goods = figures.setdefault(goods_id, dict.fromkeys(("opening", *_HEADINGS), 0))
        of_goods["opening" if before else _HEADING_OF[StockKind.of(kind)]] += pieces
    moved = [key for key, found in figures.items() if any(found.values())]
    articles = {
        key: tuple(value or "" for value in values)
        for part in chunks(moved, 500)
        for key, *values in lookup.rows(
            query("id, number, name, spec, unit", "goods", [one_of("id", part)])
        )
    }
    return [
        _turnover(key, words, figures[key])
        for key, words in sorted(articles.items(), key=lambda one: (len(one[1][0]), one[1][0]))
    ]


def sentence(source: Source, chosen: StockFilter) -> str:
    """The filter in words, for the head of a paper; '' for everything."""
    article = lookup_of(source).value(query("name", "goods", [Sql("id = ?", (chosen.goods_id,))]))
    parts = [
        f"{chosen.since:%Y-%m-%d} 起" if chosen.since else "",
        f"到 {chosen.until:%Y-%m-%d}" if chosen.until else "",
        "或".join(one.label for one in chosen.kinds),
        str(article or ""),
        f"查找“{chosen.text.strip()}”" if chosen.text.strip() else "",
    ]
    return "，".join(part for part in parts if part)


def years(source: Source) -> list[int]:
    """The years in which something moved, the latest first."""
    ends = query("min(on_date), max(on_date)", "stock_entry")
    first, last = next(lookup_of(source).rows(ends))
    return list(range(int(last[:4]), int(first[:4]) - 1, -1)) if first else []


_HEADING_OF = {
    StockKind.RECEIVED: "received",
    StockKind.REDEEMED: "redeemed",
    StockKind.TAKEN_BACK: "redeemed",
    StockKind.SPOILED: "spoiled",
    StockKind.COUNTED: "counted",
}
_HEADINGS = ("received", "redeemed", "spoiled", "counted")
_BY_KIND = """
    e.goods_id, coalesce(met.kind, e.kind), e.on_date < ?, sum(e.quantity)
"""
_MET = "stock_entry AS e LEFT JOIN stock_entry AS met ON met.id = e.reverses_id"
_COLUMNS = """
    e.id, e.on_date, e.booked_at, e.kind, e.goods_id, g.number, g.name, g.spec, g.unit,
    e.quantity, e.on_hand, e.cost, e.words, coalesce(r.number, d.number), e.receipt_id,
    e.redemption_id, e.entered_by,
    EXISTS (SELECT 1 FROM stock_entry AS met WHERE met.reverses_id = e.id)
"""
_SOURCE = """
    stock_entry AS e
    JOIN goods AS g ON g.id = e.goods_id
    LEFT JOIN stock_receipt AS r ON r.id = e.receipt_id
    LEFT JOIN main.redemption AS d ON d.id = e.redemption_id
"""


def _searched(chosen: StockFilter) -> str:
    """Words may stand in other tables; without any the ledger alone is enough."""
    return _SOURCE if chosen.text.strip() else "stock_entry AS e"


def _conditions(chosen: StockFilter) -> list[Sql]:
    found = []
    if chosen.since is not None:
        found.append(Sql("e.on_date >= ?", (chosen.since.isoformat(),)))
    if chosen.until is not None:
        found.append(Sql("e.on_date <= ?", (chosen.until.isoformat(),)))
    if chosen.kinds:
        found.append(one_of("e.kind", [one.value for one in chosen.kinds]))
    if chosen.goods_id is not None:
        found.append(Sql("e.goods_id = ?", (chosen.goods_id,)))
    if words := chosen.text.strip():
        columns = ("g.name", "g.number", "g.barcode", "e.words", "r.number", "d.number")
        found.append(any_of([contains(one, words) for one in columns]))
    return found


def _row(values: Sequence[Any]) -> StockRow:
    key, day, at, kind, goods_id, number, name, spec, unit, *rest = values
    quantity, on_hand, cost, words, paper, receipt_id, redemption_id, by, met = rest
    return StockRow(
        id=key,
        on_date=date.fromisoformat(day),
        booked_at=datetime.fromisoformat(at),
        kind=StockKind.of(kind),
        goods_id=goods_id,
        number=number,
        name=name,
        spec=spec or "",
        unit=unit,
        quantity=quantity,
        on_hand=on_hand,
        cost=cost,
        # The counter writes the number of its redemption: once is enough.
        words="" if words == paper else words,
        paper=paper or "",
        receipt_id=receipt_id,
        redemption_id=redemption_id,
        entered_by=by,
        reversed=bool(met),
    )


def _turnover(key: int, words: Sequence[str], figures: dict[str, int]) -> Turnover:
    number, name, spec, unit = words
    return Turnover(
        goods_id=key,
        number=number,
        name=name,
        spec=spec,
        unit=unit,
        opening=figures["opening"],
        received=figures["received"],
        redeemed=-figures["redeemed"],
        spoiled=-figures["spoiled"],
        counted=figures["counted"],
        closing=sum(figures.values()),
    )
