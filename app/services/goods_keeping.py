"""Keeping the list of articles: added, changed, put on the shelf and off it, with a photograph."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Goods,
    GoodsPhoto,
    LimitPeriod,
    StockEntry,
    StockLevel,
    Stocktake,
    StocktakeLine,
)
from app.services import rights
from app.services.goods import code_of, get
from app.services.photos import LARGEST_PHOTO
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values import barcodes
from app.values.rights import Right
from app.values.text import tidy

MOST_POINTS, MOST_LIMIT, MOST_LOW = 9_999, 999, 9_999
_DIGITS, _MOST_DIGITS = 4, 8
# Longest words of each field, and how the form calls it.
_LONGEST = {
    "name": ("品名", 30),
    "spec": ("规格", 20),
    "unit": ("单位", 4),
    "kind": ("类别", 10),
    "shelf": ("货架", 10),
    "note": ("备注", 60),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsInput:
    """An article as it is typed; without a number it gets the next one."""

    name: str
    points: int
    number: str = ""
    barcode: str = ""
    spec: str = ""
    unit: str = "件"
    kind: str = ""
    shelf: str = ""
    low_at: int = 0
    limit: int | None = None
    limit_period: LimitPeriod = LimitPeriod.MONTH
    on_shelf: bool = True
    note: str = ""


def next_number(session: Session) -> str:
    """0208: one more than the highest that was ever given."""
    given = [int(one) for one in session.scalars(select(Goods.number)) if one.isdecimal()]
    return f"{max(given, default=0) + 1:0{_DIGITS}d}"


def add(session: Session, entered: GoodsInput) -> int:
    """A new article; raises DomainError naming what is wrong, or who has the number or barcode."""
    rights.require(session, Right.KEEP_STOCK)
    row = Goods(number="")
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    return row.id


def input_of(session: Session, goods_id: int) -> tuple[GoodsInput, int]:
    """An article for the form, and the version to hand back."""
    row = get(session, goods_id)
    entered = GoodsInput(
        name=row.name,
        points=row.points,
        number=row.number,
        barcode=row.barcode or "",
        spec=row.spec or "",
        unit=row.unit,
        kind=row.kind or "",
        shelf=row.shelf or "",
        low_at=row.low_at,
        limit=row.limit,
        limit_period=row.limit_period,
        on_shelf=row.on_shelf,
        note=row.note or "",
    )
    return entered, row.version


def change(session: Session, goods_id: int, entered: GoodsInput, *, version: int) -> None:
    """Raises as `add`, and ChangedMeanwhile. Slips that were printed keep their words and price."""
    rights.require(session, Right.KEEP_STOCK)
    _fill(session, get(session, goods_id, version=version), entered)
    session.flush()


def set_on_shelf(session: Session, goods_ids: Collection[int], *, on_shelf: bool) -> int:
    """Put articles on the shelf (上架) or take them off; gives how many that changed."""
    rights.require(session, Right.KEEP_STOCK)
    rows = [row for one in goods_ids if (row := get(session, one)).on_shelf != on_shelf]
    for row in rows:
        row.on_shelf = on_shelf
    session.flush()
    return len(rows)


def remove(session: Session, goods_id: int, *, version: int, now: datetime) -> None:
    """Into the recycle bin; raises DomainError while some of it is there."""
    rights.require(session, Right.KEEP_STOCK)
    row = get(session, goods_id, version=version)
    level = session.get(StockLevel, goods_id)
    if level is not None and level.on_hand:
        raise DomainError(
            f"“{row.name}”还有 {level.on_hand} {row.unit}，不能删除。不再兑换请点“下架”；"
            "东西已经没有了，请先报损或盘点。"
        )
    if _being_counted(session, goods_id):
        raise DomainError(f"“{row.name}”在没做完的盘点里已经数过，请先完成那次盘点，再删除。")
    row.deleted_at = now
    session.flush()


def barcode_owner(source: Source, code: str, goods_id: int | None) -> str:
    """Whose barcode it is already, as 香皂（0002）; '' where it is free for `goods_id`."""
    same = [Sql("barcode = ?", (barcodes.tidy_barcode(code),)), Sql("deleted_at IS NULL")]
    others = [*same, Sql("id <> ?", (goods_id or 0,))]
    found = next(lookup_of(source).rows(query("name, number", "goods", others)), None)
    return f"“{found[0]}”（{found[1]}）" if found is not None else ""


def has_moved(session: Session, goods_id: int) -> bool:
    """Whether the ledger knows it: its unit then stays as it is."""
    moved = select(StockEntry.id).where(StockEntry.goods_id == goods_id).limit(1)
    return session.scalar(moved) is not None


def photo(session: Session, goods_id: int) -> bytes | None:
    """Its picture, as JPEG."""
    return session.scalar(select(GoodsPhoto.jpeg).where(GoodsPhoto.goods_id == goods_id))


def set_photo(session: Session, goods_id: int, jpeg: bytes | None) -> None:
    """Put a picture in the place of the one before, or take it away; it is not undone."""
    rights.require(session, Right.KEEP_STOCK)
    get(session, goods_id)
    row = session.get(GoodsPhoto, goods_id)
    if jpeg and len(jpeg) > LARGEST_PHOTO:
        raise DomainError("照片太大，没有保存。请换一张小一些的。")
    if not jpeg:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(GoodsPhoto(goods_id=goods_id, jpeg=jpeg))
    else:
        row.jpeg = jpeg
    session.flush()


def _being_counted(session: Session, goods_id: int) -> bool:
    """What an open stocktaking will book is still there then."""
    counted = (
        select(StocktakeLine.id)
        .join(Stocktake, Stocktake.id == StocktakeLine.stocktake_id)
        .where(StocktakeLine.goods_id == goods_id, Stocktake.closed_at.is_(None))
    )
    return session.scalar(counted.limit(1)) is not None


def _fill(session: Session, row: Goods, entered: GoodsInput) -> None:
    number = _number(session, row, entered)
    barcode = _barcode(session, row, entered)
    words = {field: _words(field, getattr(entered, field)) for field in _LONGEST}
    if not words["name"]:
        raise DomainError("请填写品名，如“洗衣液”。")
    _check_unit(session, row, words["unit"])
    _check_figures(entered)
    row.number, row.barcode = number, barcode or None
    row.name, row.unit = words["name"], words["unit"]
    row.spec, row.kind = words["spec"] or None, words["kind"] or None
    row.shelf, row.note = words["shelf"] or None, words["note"] or None
    row.points, row.low_at, row.on_shelf = entered.points, entered.low_at, entered.on_shelf
    row.limit, row.limit_period = entered.limit, entered.limit_period


def _number(session: Session, row: Goods, entered: GoodsInput) -> str:
    typed = code_of(entered.number)
    if not typed:
        return row.number or next_number(session)
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS):
        raise DomainError(f"货号“{typed}”只能有数字，最多 {_MOST_DIGITS} 位，如 0207。")
    typed = typed.zfill(_DIGITS)
    other = session.scalar(select(Goods).where(Goods.number == typed, Goods.id != row.id))
    if other is not None:
        where = "，它在回收站里" if other.deleted_at else ""
        raise DomainError(f"货号 {typed} 已经给了“{other.name}”{where}。请换一个货号。")
    return typed


def _barcode(session: Session, row: Goods, entered: GoodsInput) -> str:
    code = barcodes.tidy_barcode(entered.barcode)
    if not code:
        return ""
    if wrong := barcodes.fault(code):
        raise DomainError(wrong.sentence)
    if owner := barcode_owner(session, code, row.id):
        raise DomainError(f"条码 {code} 已经是{owner}的。一个条码只能是一种商品。")
    return code


def _words(field: str, typed: str) -> str:
    words = tidy(typed)
    title, longest = _LONGEST[field]
    if len(words) > longest:
        raise DomainError(f"{title}太长，最多 {longest} 个字，请写短些。")
    return words


def _check_unit(session: Session, row: Goods, unit: str) -> None:
    if not unit:
        raise DomainError("请填写单位，如“件”“瓶”“袋”。")
    if row.id is not None and unit != row.unit and has_moved(session, row.id):
        raise DomainError(f"“{row.name}”已经按“{row.unit}”记过库存，单位不能再改。请另建一种商品。")


def _check_figures(entered: GoodsInput) -> None:
    if not 0 < entered.points <= MOST_POINTS:
        raise DomainError(f"单价要在 1 到 {MOST_POINTS:,} 分之间，请核对。")
    if not 0 <= entered.low_at <= MOST_LOW:
        raise DomainError(f"低库存线要在 0 到 {MOST_LOW:,} 之间，请核对。")
    if entered.limit is not None and not 0 < entered.limit <= MOST_LIMIT:
        raise DomainError(f"每人限兑要在 1 到 {MOST_LIMIT} 之间；不限请留空。")
