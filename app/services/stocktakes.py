"""盘点: what stands on the shelf is counted, and where the book says otherwise it follows.

Handing out goes on meanwhile: a count is compared with the book of the moment in which it was
written down, and only that difference is booked at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import StockKind, StockLevel, Stocktake, StocktakeLine
from app.services import rights, stock
from app.services.goods import get as get_goods
from app.services.standing import FINAL
from app.services.stock import NotInStock, StockMove
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, moment_of, query
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_WITNESS, _LONGEST_REASON = 40, 60


@dataclass(frozen=True, slots=True)
class StocktakeView:
    """One of them: how many articles were counted, how many differ, pieces over and missing."""

    id: int
    version: int
    on_date: date
    begun_by: str
    witness: str
    closed_at: datetime | None
    counted: int
    differing: int
    over: int
    missing: int

    @property
    def open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class CountRow:
    """An article in a stocktaking; `counted` is None until somebody counted it."""

    goods_id: int
    number: str
    barcode: str
    name: str
    spec: str
    unit: str
    shelf: str
    book: int
    counted: int | None
    reason: str

    @property
    def difference(self) -> int:
        """Pieces more than in the book; negative: missing."""
        return 0 if self.counted is None else self.counted - self.book


def begin(session: Session, *, now: datetime) -> int:
    """Begin one; raises DomainError while another is open."""
    rights.require(session, Right.KEEP_STOCK)
    other = session.scalar(select(Stocktake).where(Stocktake.closed_at.is_(None)))
    if other is not None:
        raise DomainError(f"{other.on_date} 开始的盘点还没有完成，请先接着做完，或放弃那一次。")
    row = Stocktake(on_date=now.date(), begun_by=actor_of(session).name)
    session.add(row)
    session.flush()
    return row.id


def count(
    session: Session, stocktake_id: int, goods_id: int, counted: int, *, reason: str = ""
) -> int:
    """Write down what was counted of an article, in place of an earlier count.

    Gives the difference from the book of this moment.
    """
    rights.require(session, Right.KEEP_STOCK)
    _open(session, stocktake_id)
    if not 0 <= counted <= stock.MOST_PIECES:
        raise DomainError(f"实盘数要在 0 到 {stock.MOST_PIECES:,} 之间，请核对。")
    article = get_goods(session, goods_id)
    line = _line(session, stocktake_id, goods_id)
    if line is None:
        line = StocktakeLine(stocktake_id=stocktake_id, goods_id=article.id, book=0, counted=0)
        session.add(line)
    level = session.get(StockLevel, goods_id)
    line.book, line.counted = level.on_hand if level else 0, counted
    line.reason = tidy(reason)[:_LONGEST_REASON] or None
    session.flush()
    return line.counted - line.book


def uncount(session: Session, stocktake_id: int, goods_id: int) -> None:
    """Take a count back: the article is not counted yet. Counting it again is the way back."""
    rights.require(session, Right.KEEP_STOCK)
    _open(session, stocktake_id)
    line = _line(session, stocktake_id, goods_id)
    if line is not None:
        # Brought back after the end, it would stand there without its line in the ledger.
        journal.set_details(session, {FINAL: "请把它重新数一次"})
        session.delete(line)
        session.flush()


def close(
    session: Session, stocktake_id: int, *, version: int, now: datetime, witness: str = ""
) -> int:
    """Book every difference and end it, with who watched (监盘人); gives how many differed.

    Raises DomainError where nothing was counted, where a difference has no reason, or where
    meanwhile more went out than was counted.
    """
    rights.require(session, Right.KEEP_STOCK)
    row = _open(session, stocktake_id, version)
    lines = session.scalars(
        select(StocktakeLine)
        .where(StocktakeLine.stocktake_id == stocktake_id)
        .order_by(StocktakeLine.goods_id)
    ).all()
    if not lines:
        raise DomainError("还没有录入一件商品的实盘数。请先录入，或放弃这次盘点。")
    differing = [line for line in lines if line.counted != line.book]
    _check_reasons(session, differing)
    for line in differing:
        _book(session, line, now)
    # From now on a count is what the ledger says it was: it is not taken back on its own.
    for line in lines:
        same: dict[str, Sequence[int]] = {"counted": (line.counted, line.counted)}
        journal.record_updates(session, StocktakeLine, [(line.id, same)])
    # Opened again it could stand beside another, and both would book what is missing.
    journal.set_details(session, {FINAL: "盘点完成以后不能重开，请再盘一次"})
    row.closed_at, row.witness = now, tidy(witness)[:_LONGEST_WITNESS] or None
    session.flush()
    return len(differing)


def give_up(session: Session, stocktake_id: int, *, version: int) -> None:
    """Throw an open stocktaking away: nothing was booked yet."""
    rights.require(session, Right.KEEP_STOCK)
    row = _open(session, stocktake_id, version)
    own = select(StocktakeLine).where(StocktakeLine.stocktake_id == stocktake_id)
    for line in session.scalars(own):
        session.delete(line)
    session.flush()
    session.delete(row)
    session.flush()


def stocktakes(source: Source) -> list[StocktakeView]:
    """All of them, the latest first."""
    found = query(_COLUMNS, _SOURCE, [], "GROUP BY t.id ORDER BY t.id DESC")
    return [_view(values) for values in lookup_of(source).rows(found)]


def rows(source: Source, stocktake_id: int) -> list[CountRow]:
    """Every article of an open one, those not counted too; of a closed one those it counted."""
    lookup = lookup_of(source)
    ended = lookup.value(query("closed_at", "stocktake", [Sql("id = ?", (stocktake_id,))]))
    articles = f"{_ARTICLES} AND c.stocktake_id = {int(stocktake_id)}"
    shown = Sql(_STANDING if ended is None else "c.id IS NOT NULL")
    found = query(_ROW, articles, [shown], _IN_ORDER)
    return [_row(values) for values in lookup.rows(found)]


_COLUMNS = """
    t.id, t.version, t.on_date, t.begun_by, t.witness, t.closed_at, count(l.id),
    coalesce(sum(CASE WHEN l.counted <> l.book THEN 1 ELSE 0 END), 0),
    coalesce(sum(CASE WHEN l.counted > l.book THEN l.counted - l.book ELSE 0 END), 0),
    coalesce(sum(CASE WHEN l.counted < l.book THEN l.book - l.counted ELSE 0 END), 0)
"""
_SOURCE = "stocktake AS t LEFT JOIN stocktake_line AS l ON l.stocktake_id = t.id"
_ROW = """
    g.id, g.number, g.barcode, g.name, g.spec, g.unit, g.shelf,
    coalesce(c.book, l.on_hand, 0), c.counted, c.reason
"""
_ARTICLES = """
    goods AS g
    LEFT JOIN stock_level AS l ON l.goods_id = g.id
    LEFT JOIN stocktake_line AS c ON c.goods_id = g.id
"""
_IN_ORDER = "ORDER BY g.shelf IS NULL, g.shelf, length(g.number), g.number"
_STANDING = "g.deleted_at IS NULL AND (g.on_shelf OR l.on_hand > 0 OR c.id IS NOT NULL)"


def _view(values: Sequence[Any]) -> StocktakeView:
    key, version, day, by, witness, closed, *figures = values
    ended = moment_of(closed)
    return StocktakeView(key, version, date.fromisoformat(day), by, witness or "", ended, *figures)


def _row(values: Sequence[Any]) -> CountRow:
    key, number, barcode, name, spec, unit, shelf, book, counted, reason = values
    return CountRow(
        goods_id=key,
        number=number,
        barcode=barcode or "",
        name=name,
        spec=spec or "",
        unit=unit,
        shelf=shelf or "",
        book=book,
        counted=counted,
        reason=reason or "",
    )


def _open(session: Session, stocktake_id: int, version: int | None = None) -> Stocktake:
    row = session.get(Stocktake, stocktake_id)
    if row is None:
        raise DomainError("这次盘点已经放弃，请刷新后再看。")
    if row.closed_at is not None:
        raise DomainError("这次盘点已经完成，不能再改。有不对的，请再盘一次，或冲正那一笔。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _line(session: Session, stocktake_id: int, goods_id: int) -> StocktakeLine | None:
    own = (StocktakeLine.stocktake_id == stocktake_id, StocktakeLine.goods_id == goods_id)
    return session.scalar(select(StocktakeLine).where(*own))


def _book(session: Session, line: StocktakeLine, now: datetime) -> None:
    found = StockMove(
        line.goods_id,
        StockKind.COUNTED,
        line.counted - line.book,
        now.date(),
        line.reason or "",
        stocktake_id=line.stocktake_id,
    )
    try:
        stock.move(session, found, now=now)
    except NotInStock as error:
        name = get_goods(session, line.goods_id).name
        raise DomainError(
            f"“{name}”数过以后又兑换出去了，现在账上不够减。请把它重新数一次，再完成盘点。"
        ) from error


def _check_reasons(session: Session, differing: list[StocktakeLine]) -> None:
    bare = [line for line in differing if not line.reason]
    if bare:
        name = get_goods(session, bare[0].goods_id).name
        more = f"等 {len(bare)} 种商品" if len(bare) > 1 else ""
        raise DomainError(f"“{name}”{more}账实不符，还没有写差异原因。请写明后再完成盘点。")
