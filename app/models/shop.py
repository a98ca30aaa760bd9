"""The shop (积分超市): goods, the stock ledger, what is given out over the counter."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    JsonDict,
    Key,
    Text10,
    Text20,
    Text40,
    Text60,
    Versioned,
    Worded,
    by_value,
    label,
)


class LimitPeriod(Worded):
    """For how long a person's limit of one article counts."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"


class Goods(Versioned, Deletable, Base):
    """An article: how many points it costs, where it stands."""

    __tablename__ = "goods"

    id: Mapped[Key]
    number: Mapped[Text10] = mapped_column(unique=True, info=label("货号"))
    barcode: Mapped[str | None] = mapped_column(String(20), index=True, info=label("条码"))
    name: Mapped[Text60] = mapped_column(info=label("品名"))
    spec: Mapped[str | None] = mapped_column(String(40), info=label("规格"))
    unit: Mapped[Text10] = mapped_column(default="件", info=label("单位"))
    kind: Mapped[str | None] = mapped_column(String(20), info=label("类别"))
    points: Mapped[int] = mapped_column(info=label("单价"))
    shelf: Mapped[str | None] = mapped_column(String(20), info=label("货架"))
    low_at: Mapped[int] = mapped_column(default=0, info=label("低库存线"))
    limit: Mapped[int | None] = mapped_column(info=label("每人限兑"))
    limit_period: Mapped[LimitPeriod] = mapped_column(
        by_value(LimitPeriod), default=LimitPeriod.MONTH, info=label("限兑周期")
    )
    on_shelf: Mapped[bool] = mapped_column(default=True, info=label("上架"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class GoodsPhoto(Base):
    __tablename__ = "goods_photo"
    __journaled__ = False

    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"), primary_key=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)


class ReceiptKind(Worded):
    PURCHASE = "purchase", "采购"
    DONATION = "donation", "捐赠"


class StockReceipt(Versioned, Base):
    """Goods that came in (入库单); its lines are those of the stock ledger."""

    __tablename__ = "stock_receipt"

    id: Mapped[Key]
    number: Mapped[Text20] = mapped_column(unique=True, info=label("入库单号"))
    kind: Mapped[ReceiptKind] = mapped_column(by_value(ReceiptKind), info=label("来源"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    # Whoever sold or gave.
    giver: Mapped[str] = mapped_column(String(60), default="", info=label("供货或捐赠单位"))
    contact: Mapped[str | None] = mapped_column(String(60), info=label("联系人"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    # A donor may want to stay unnamed.
    named: Mapped[bool] = mapped_column(default=True, info=label("可以公布捐赠人"))
    voucher: Mapped[str | None] = mapped_column(String(40), info=label("票据号"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))
    thanked_on: Mapped[date | None] = mapped_column(info=label("致谢日期"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经手"))
    entered_at: Mapped[datetime] = mapped_column(info=label("录入时间"))


class Stocktake(Versioned, Base):
    """A stocktaking (盘点): what the book says against what stands on the shelf."""

    __tablename__ = "stocktake"

    id: Mapped[Key]
    on_date: Mapped[date] = mapped_column(info=label("盘点日期"))
    begun_by: Mapped[Text40] = mapped_column(default="", info=label("盘点人"))
    witness: Mapped[str | None] = mapped_column(String(40), info=label("监盘人"))
    closed_at: Mapped[datetime | None] = mapped_column(info=label("完成时间"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class StocktakeLine(Versioned, Base):
    """One article counted; `book` is of the moment in which the count was written down."""

    __tablename__ = "stocktake_line"
    __papers__ = True
    __table_args__ = (Index("uq_stocktake_line", "stocktake_id", "goods_id", unique=True),)

    id: Mapped[Key]
    stocktake_id: Mapped[int] = mapped_column(ForeignKey("stocktake.id"))
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"), index=True, info=label("品名"))
    book: Mapped[int] = mapped_column(info=label("账面数"))
    counted: Mapped[int] = mapped_column(info=label("实盘数"))
    reason: Mapped[str | None] = mapped_column(String(120), info=label("差异原因"))


class StockKind(Worded):
    RECEIVED = "received", "入库"
    REDEEMED = "redeemed_goods", "兑换"
    TAKEN_BACK = "taken_back", "退回"
    COUNTED = "counted", "盘点差异"
    SPOILED = "spoiled", "报损"
    REVERSAL = "stock_reversal", "冲正"


class StockEntry(Base):
    """One line of the stock ledger, never changed."""

    __tablename__ = "stock_entry"
    __ledger__ = True
    __table_args__ = (
        Index("ix_stock_entry_goods", "goods_id", "id"),
        Index("ix_stock_entry_day", "on_date", "id"),
    )

    id: Mapped[Key]
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"), info=label("品名"))
    kind: Mapped[StockKind] = mapped_column(by_value(StockKind), info=label("种类"))
    quantity: Mapped[int] = mapped_column(info=label("数量"))
    # Of the article, after this line.
    on_hand: Mapped[int] = mapped_column(info=label("结存"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    booked_at: Mapped[datetime] = mapped_column(info=label("记账时间"))
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("stock_receipt.id"), index=True)
    redemption_id: Mapped[int | None] = mapped_column(ForeignKey("redemption.id"), index=True)
    stocktake_id: Mapped[int | None] = mapped_column(ForeignKey("stocktake.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("stock_entry.id"), unique=True, info=label("冲正")
    )
    # Of one piece, in 分; None where it was given or is not known.
    cost: Mapped[int | None] = mapped_column(info=label("进价"))
    words: Mapped[str] = mapped_column(String(120), default="", info=label("说明"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经手"))


class StockLevel(Base):
    """The sum of an article's lines, kept so that the file itself refuses to go below zero."""

    __tablename__ = "stock_level"
    __journaled__ = False
    __table_args__ = (CheckConstraint("on_hand >= 0", name="not_below_zero"),)

    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"), primary_key=True)
    on_hand: Mapped[int] = mapped_column(default=0)


class Redemption(Versioned, Base):
    """One handing out over the counter (兑换单): points and stock leave together, or not at all."""

    __tablename__ = "redemption"
    __table_args__ = (
        Index("ix_redemption_day", "on_date", "id"),
        Index("ix_redemption_account", "account_id", "on_date"),
    )

    id: Mapped[Key]
    # DH-20261202-031, from 1 every day.
    number: Mapped[Text20] = mapped_column(unique=True, info=label("单号"))
    # What the window made of one confirmation: sent twice, it is booked once.
    request_key: Mapped[Text40] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("points_account.id"), info=label("账户"))
    # Who stood at the counter; of a shared account one of the household.
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("居民")
    )
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    at: Mapped[datetime] = mapped_column(info=label("时间"))
    points: Mapped[int] = mapped_column(info=label("扣分"))
    before: Mapped[int] = mapped_column(info=label("兑换前"))
    # Stands on the slip: hours are another book and stay as they are.
    half_hours: Mapped[int] = mapped_column(default=0, info=label("服务时长"))
    proxy: Mapped[str | None] = mapped_column(String(60), info=label("代领人"))
    proxy_relation: Mapped[str | None] = mapped_column(String(20), info=label("代领人关系"))
    reason: Mapped[str | None] = mapped_column(String(120), info=label("破例原因"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经办"))
    taken_back_at: Mapped[datetime | None] = mapped_column(info=label("撤销时间"))
    taken_back_by: Mapped[str | None] = mapped_column(String(40), info=label("撤销人"))
    taken_back_reason: Mapped[str | None] = mapped_column(String(120), info=label("撤销原因"))


class RedemptionLine(Base):
    """An article of a redemption, with the words and the price of that moment."""

    __tablename__ = "redemption_line"
    __ledger__ = True

    id: Mapped[Key]
    redemption_id: Mapped[int] = mapped_column(ForeignKey("redemption.id"), index=True)
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"), index=True, info=label("品名"))
    name: Mapped[Text60] = mapped_column(info=label("品名"))
    spec: Mapped[str | None] = mapped_column(String(40), info=label("规格"))
    unit: Mapped[Text10] = mapped_column(info=label("单位"))
    points: Mapped[int] = mapped_column(info=label("单价"))
    quantity: Mapped[int] = mapped_column(info=label("数量"))


class ReservationState(Worded):
    WAITING = "put_aside", "待领取"
    COLLECTED = "collected", "已领取"
    CANCELLED = "given_up", "已取消"


class Reservation(Versioned, Base):
    """Goods put aside for somebody until a day; what is put aside nobody else gets."""

    __tablename__ = "reservation"
    __table_args__ = (Index("ix_reservation_goods", "goods_id", "state"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(
        ForeignKey("points_account.id"), index=True, info=label("账户")
    )
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"), info=label("品名"))
    quantity: Mapped[int] = mapped_column(info=label("数量"))
    made_on: Mapped[date] = mapped_column(info=label("预约日期"))
    until: Mapped[date] = mapped_column(info=label("保留到"))
    state: Mapped[ReservationState] = mapped_column(
        by_value(ReservationState), default=ReservationState.WAITING, info=label("状态")
    )
    redemption_id: Mapped[int | None] = mapped_column(ForeignKey("redemption.id"), index=True)
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经办"))


class HeldBasket(Base):
    """挂单: a basket that was put aside for the next in the queue; it outlives the program."""

    __tablename__ = "held_basket"
    __journaled__ = False

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("points_account.id"), index=True)
    held_at: Mapped[datetime]
    held_by: Mapped[Text40] = mapped_column(default="")
    # Articles and numbers, who collects: as the counter had it.
    basket: Mapped[JsonDict] = mapped_column()
