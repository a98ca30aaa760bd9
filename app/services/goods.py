"""Articles of the shop (商品) as they are found and shown: by barcode, number or pinyin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Goods, LimitPeriod, ReservationState
from app.storage.lookup import Source, Sql, any_of, lookup_of, one_of
from app.values.pinyin_match import spelled
from app.values.text import compact

LABEL_PREFIX = "SP"
"""Before the number in the bars of a shelf label: volunteers have numbers of four figures too."""


@dataclass(frozen=True, slots=True)
class GoodsView:
    """An article as lists and the counter show it; `free` is what nobody put aside."""

    id: int
    number: str
    barcode: str
    name: str
    spec: str
    unit: str
    kind: str
    points: int
    shelf: str
    low_at: int
    limit: int | None
    limit_period: LimitPeriod
    on_shelf: bool
    note: str
    version: int
    on_hand: int
    free: int
    has_photo: bool

    @property
    def low(self) -> bool:
        """Whether it is time to buy some: at or below the line that was set for it."""
        return self.on_hand <= self.low_at

    @property
    def title(self) -> str:
        """Name and size, as it is called across the counter: 洗衣液 1 千克."""
        return f"{self.name} {self.spec}".strip()

    @property
    def label_code(self) -> str:
        """What the bars of its shelf label say: the barcode of the packet, or else its number."""
        return self.barcode or f"{LABEL_PREFIX}{self.number}"

    @property
    def limit_words(self) -> str:
        """每月限 2 件; '' where there is no limit."""
        if self.limit is None:
            return ""
        return f"{self.limit_period.label}限 {self.limit} {self.unit}"


def code_of(typed: str) -> str:
    """What was typed or scanned, as numbers and barcodes are kept: SP0207 is 0207."""
    code = compact(typed).upper()
    number = code.removeprefix(LABEL_PREFIX)
    return number if number.isdecimal() else code


def find(
    source: Source, typed: str, today: date, limit: int = 20, *, also_off: bool = False
) -> list[GoodsView]:
    """What is on the shelf (or off it) and meant by a scan or typed letters, the likeliest first.

    A whole barcode or number means that article alone; else parts of a name or its pinyin. What
    there is comes before what has run out.
    """
    wanted = code_of(typed)
    if not wanted:
        return []
    scanned = [Sql("g.barcode = ?", (wanted,)), Sql("g.number = ?", (wanted,))]
    there = [] if also_off else [_SHELF]
    exact = _views(source, [any_of(scanned), *there], today)
    if exact:
        return exact[:limit]
    return matching(_views(source, there, today), wanted)[:limit]


def labelled(source: Source, code: str, today: date) -> GoodsView | None:
    """The article whose bars say this, on its packet or at its shelf; None for any other text."""
    wanted = compact(code).upper()
    if not wanted:
        return None
    said = [Sql("g.barcode = ?", (wanted,)), Sql(f"'{LABEL_PREFIX}' || g.number = ?", (wanted,))]
    return next(iter(_views(source, [any_of(said)], today)), None)


def matching(views: Sequence[GoodsView], typed: str) -> list[GoodsView]:
    """Those of the articles that are meant, as `find` gives them, without asking the file."""
    return likeliest(fitting(views, typed), typed)


def fitting(views: Sequence[GoodsView], typed: str) -> list[tuple[int, GoodsView]]:
    """Every article that the letters fit, and how well; what fits several of them is among what
    fits the first."""
    wanted = code_of(typed).lower()
    ranked = ((_rank(view, wanted), view) for view in views if wanted)
    return [(rank, view) for rank, view in ranked if rank is not None]


def likeliest(fits: Sequence[tuple[int, GoodsView]], typed: str) -> list[GoodsView]:
    """A whole barcode or number means that article alone; else the best first."""
    wanted = code_of(typed)
    exact = [view for _, view in fits if wanted in (view.barcode, view.number)]
    by_rank = sorted(fits, key=lambda one: (one[0], not one[1].free, one[1].name))
    return exact or [view for _, view in by_rank]


def on_shelf(source: Source, today: date) -> list[GoodsView]:
    """Every article that can be redeemed, by number; what has run out as well."""
    return _views(source, [_SHELF], today)


def all_goods(source: Source, today: date) -> list[GoodsView]:
    """Every article, also those that are off the shelf, by number."""
    return _views(source, [], today)


def some(source: Source, goods_ids: Sequence[int], today: date) -> dict[int, GoodsView]:
    """These articles, as far as they are there."""
    return {one.id: one for one in _views(source, [one_of("g.id", goods_ids)], today)}


def view(source: Source, goods_id: int, today: date) -> GoodsView:
    """One article; raises DomainError where it was deleted."""
    found = _views(source, [Sql("g.id = ?", (goods_id,))], today)
    if not found:
        raise GoodsGone
    return found[0]


class GoodsGone(DomainError):
    """The article was deleted after the list was drawn."""

    def __init__(self) -> None:
        super().__init__("这件商品已经被删除，请刷新后再试；需要时可从回收站恢复。")


def get(session: Session, goods_id: int, *, version: int | None = None) -> Goods:
    """The row; raises GoodsGone, or ChangedMeanwhile when `version` is an old one."""
    row = session.get(Goods, goods_id)
    if row is None or row.deleted_at is not None:
        raise GoodsGone
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


_SHELF = Sql("g.on_shelf")
_COLUMNS = """
    g.id, g.number, g.barcode, g.name, g.spec, g.unit, g.kind, g.points, g.shelf, g.low_at,
    g."limit", g.limit_period, g.on_shelf, g.note, g.version, coalesce(l.on_hand, 0),
    coalesce(r.aside, 0), EXISTS (SELECT 1 FROM goods_photo AS p WHERE p.goods_id = g.id)
"""
_SOURCE = """
    goods AS g
    LEFT JOIN stock_level AS l ON l.goods_id = g.id
    LEFT JOIN (
        SELECT goods_id, sum(quantity) AS aside FROM reservation
        WHERE state = ? AND until >= ? GROUP BY goods_id
    ) AS r ON r.goods_id = g.id
"""


def _views(source: Source, where: Sequence[Sql], today: date) -> list[GoodsView]:
    text = f"SELECT {_COLUMNS} FROM {_SOURCE} WHERE g.deleted_at IS NULL"  # noqa: S608 - our own
    values: list[Any] = [ReservationState.WAITING.value, today.isoformat()]
    for condition in where:
        text += f" AND ({condition.text})"
        values += condition.values
    rows = lookup_of(source).rows(Sql(f"{text} ORDER BY length(g.number), g.number", tuple(values)))
    return [_view(row) for row in rows]


def _view(row: Sequence[Any]) -> GoodsView:
    key, number, barcode, name, spec, unit, kind, points, shelf, low_at, *rest = row
    limit, period, on_shelf, note, version, on_hand, aside, has_photo = rest
    return GoodsView(
        id=key,
        number=number,
        barcode=barcode or "",
        name=name,
        spec=spec or "",
        unit=unit,
        kind=kind or "",
        points=points,
        shelf=shelf or "",
        low_at=low_at,
        limit=limit,
        limit_period=LimitPeriod.of(period),
        on_shelf=bool(on_shelf),
        note=note or "",
        version=version,
        on_hand=on_hand,
        free=max(0, on_hand - aside),
        has_photo=bool(has_photo),
    )


def _rank(view: GoodsView, wanted: str) -> int | None:
    """0: the name begins so, 1: has it inside, 2: number, barcode or size has it; None: nowhere."""
    found = spelled(view.name, wanted)
    if found is not None:
        return min(found[0], 1)
    code = wanted.upper()
    return 2 if code in view.number or code in view.barcode or wanted in view.spec.lower() else None
