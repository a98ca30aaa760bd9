"""Meals (用餐): the book of single meals, the accounts that pay for them, vouchers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    JsonDict,
    Key,
    Text20,
    Text40,
    Versioned,
    Worded,
    by_value,
    label,
)
from app.models.codes import AccountState, EntryOfAccount, Guest, MealPeriod, MealWay, PayWay


class Meal(Base):
    """One line of the book of meals, never changed: an error is met by a counter-line.

    All amounts in 分. The file itself refuses a line whose parts are not the whole. The
    counter-line repeats period, day and tier with every amount and the quantity negative.
    """

    __tablename__ = "meal"
    __ledger__ = True
    __table_args__ = (
        CheckConstraint(
            "price + fee = paid + by_city + by_district + by_street + by_operator + by_donor",
            name="parts_are_the_whole",
        ),
        CheckConstraint("(resident_id IS NULL) <> (guest IS NULL)", name="named_or_guest"),
        # M-1101-037: counted from 1 every day in every canteen.
        Index("uq_meal_number", "canteen_id", "on_date", "number", unique=True),
        Index("ix_meal_resident", "resident_id", "on_date"),
        Index("uq_meal_request_key", "request_key", unique=True),
        Index("ix_meal_month", "month", "canteen_id", "rule_id"),
        # Few lines have one: an index of those only costs nothing at the counter. NOT NULL follows
        # from `= ?`, so that what looks for a row's meals finds this index, foreign keys too.
        Index(
            "uq_meal_reverses_id",
            "reverses_id",
            unique=True,
            sqlite_where=text("reverses_id IS NOT NULL"),
        ),
        Index("ix_meal_order_id", "order_id", sqlite_where=text("order_id IS NOT NULL")),
        Index("ix_meal_voucher_id", "voucher_id", sqlite_where=text("voucher_id IS NOT NULL")),
        Index(
            "ix_meal_points_entry_id",
            "points_entry_id",
            sqlite_where=text("points_entry_id IS NOT NULL"),
        ),
    )

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    period: Mapped[MealPeriod] = mapped_column(by_value(MealPeriod), info=label("餐次"))
    number: Mapped[int] = mapped_column(info=label("单号"))
    at: Mapped[datetime] = mapped_column(info=label("记账时间"))
    # 202611: the month in whose claim it stands; one that was submitted takes nothing more.
    month: Mapped[int] = mapped_column(info=label("结算月"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), info=label("居民"))
    guest: Mapped[Guest | None] = mapped_column(by_value(Guest), info=label("不记名"))
    quantity: Mapped[int] = mapped_column(default=1, info=label("份数"))
    way: Mapped[MealWay] = mapped_column(
        by_value(MealWay), default=MealWay.HERE, info=label("就餐方式")
    )
    set_meal_id: Mapped[int | None] = mapped_column(ForeignKey("set_meal.id"), info=label("套餐"))
    # What was eaten, as the day had it: A 餐＋蒸蛋.
    words: Mapped[str] = mapped_column(String(80), default="", info=label("内容"))
    # 周岁 on the day of the meal; None where the birth date is not known, and for guests.
    age: Mapped[int | None] = mapped_column(info=label("年龄"))
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("subsidy_rule.id"), info=label("规则"))
    # How the price came about, as the clerk read it aloud.
    reason: Mapped[str] = mapped_column(String(160), default="", info=label("优惠依据"))
    price: Mapped[int] = mapped_column(info=label("餐费"))
    fee: Mapped[int] = mapped_column(default=0, info=label("送餐费"))
    paid: Mapped[int] = mapped_column(info=label("本人付"))
    by_city: Mapped[int] = mapped_column(default=0, info=label("市财政"))
    by_district: Mapped[int] = mapped_column(default=0, info=label("区财政"))
    by_street: Mapped[int] = mapped_column(default=0, info=label("街道"))
    by_operator: Mapped[int] = mapped_column(default=0, info=label("运营单位"))
    by_donor: Mapped[int] = mapped_column(default=0, info=label("慈善捐赠"))
    pay_way: Mapped[PayWay] = mapped_column(by_value(PayWay), info=label("付款"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("meal_order.id"))
    voucher_id: Mapped[int | None] = mapped_column(
        ForeignKey("meal_voucher.id"), info=label("餐券")
    )
    points_entry_id: Mapped[int | None] = mapped_column(ForeignKey("points_entry.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("meal.id"), info=label("冲正"))
    # Why a rule was set aside (a second meal), or why the line was taken back.
    exception: Mapped[str | None] = mapped_column(String(120), info=label("破例或撤销原因"))
    # Of the day: somebody may live elsewhere later.
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经手"))
    # Of one confirmation at the counter: the same again gives the line that it made.
    request_key: Mapped[str | None] = mapped_column(String(40))


class MealDish(Base):
    """A dish taken beside a set meal (加菜), at the price of that moment in 分."""

    __tablename__ = "meal_dish"
    __ledger__ = True

    id: Mapped[Key]
    meal_id: Mapped[int] = mapped_column(ForeignKey("meal.id"), index=True)
    dish_id: Mapped[int] = mapped_column(ForeignKey("dish.id"), index=True, info=label("菜"))
    quantity: Mapped[int] = mapped_column(info=label("份数"))
    price: Mapped[int] = mapped_column(info=label("单价"))


class AccountKind(Worded):
    """A card is paid before the meal, a bill after the month."""

    CARD = "card_account", "卡户"
    BILL = "bill_account", "月结户"


class MealAccount(Versioned, Base):
    """What somebody has paid in, or owes, for meals."""

    __tablename__ = "meal_account"
    __table_args__ = (Index("uq_meal_account", "resident_id", "kind", unique=True),)

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), info=label("居民"))
    kind: Mapped[AccountKind] = mapped_column(by_value(AccountKind), info=label("种类"))
    state: Mapped[AccountState] = mapped_column(
        by_value(AccountState), default=AccountState.OPEN, info=label("状态")
    )
    # The most that a bill may owe, in 分; None as the settings say.
    limit: Mapped[int | None] = mapped_column(info=label("赊账限额", "cents"))
    opened_on: Mapped[date] = mapped_column(info=label("开户日期"))
    closed_on: Mapped[date | None] = mapped_column(info=label("销户日期"))
    frozen_reason: Mapped[str | None] = mapped_column(String(120), info=label("冻结原因"))


class Tender(Worded):
    """How money is handed over at the desk."""

    CASH = "in_cash", "现金"
    WECHAT = "wechat", "微信"
    ALIPAY = "alipay", "支付宝"
    BANK = "bank", "银行转账"


class MealEntry(Base):
    """One line of the book of accounts in 分, never changed; what is paid in is positive."""

    __tablename__ = "meal_entry"
    __ledger__ = True
    __table_args__ = (
        Index("ix_meal_entry_account", "account_id", "id"),
        Index("ix_meal_entry_month", "month", "account_id", "amount"),
        Index("uq_meal_entry_receipt", "receipt", unique=True, sqlite_where=text("receipt > ''")),
    )

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("meal_account.id"), info=label("账户"))
    kind: Mapped[EntryOfAccount] = mapped_column(by_value(EntryOfAccount), info=label("种类"))
    amount: Mapped[int] = mapped_column(info=label("金额", "cents"))
    # Of the account, after this line.
    balance: Mapped[int] = mapped_column(info=label("余额", "cents"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    at: Mapped[datetime] = mapped_column(info=label("记账时间"))
    # 202611: the month in whose book it stands; a closed one takes nothing more.
    month: Mapped[int] = mapped_column(info=label("账月"))
    meal_id: Mapped[int | None] = mapped_column(ForeignKey("meal.id"), index=True)
    # What came in or went out by hand: how, and under which number its receipt was given.
    tender: Mapped[Tender | None] = mapped_column(by_value(Tender), info=label("收付方式"))
    # SK-20261202-003 of what was received, TK-20261202-001 of what was paid back.
    receipt: Mapped[str | None] = mapped_column(String(20), info=label("收据号"))
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("meal_entry.id"), unique=True, info=label("冲正")
    )
    words: Mapped[str] = mapped_column(String(120), default="", info=label("说明"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经手"))


class MealBalance(Base):
    """The sum of an account's lines, kept so that the file itself refuses the wrong side of zero.

    A card is never below, a bill never above.
    """

    __tablename__ = "meal_balance"
    __journaled__ = False
    __table_args__ = (
        CheckConstraint(
            "kind = 'card_account' AND balance >= 0 OR kind = 'bill_account' AND balance <= 0",
            name="on_its_side_of_zero",
        ),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("meal_account.id"), primary_key=True)
    kind: Mapped[AccountKind] = mapped_column(by_value(AccountKind))
    balance: Mapped[int] = mapped_column(default=0)


class MealMonth(Versioned, Base):
    """A month of the accounts that is closed: its sums in 分."""

    __tablename__ = "meal_month"
    __papers__ = True

    id: Mapped[Key]
    month: Mapped[int] = mapped_column(unique=True, info=label("账月"))
    opening: Mapped[int] = mapped_column(info=label("上月结余", "cents"))
    paid_in: Mapped[int] = mapped_column(info=label("本月收款", "cents"))
    eaten: Mapped[int] = mapped_column(info=label("本月用餐", "cents"))
    refunded: Mapped[int] = mapped_column(info=label("本月退款", "cents"))
    closing: Mapped[int] = mapped_column(info=label("本月结余", "cents"))
    accounts: Mapped[int] = mapped_column(info=label("账户数"))
    closed_at: Mapped[datetime] = mapped_column(info=label("月结时间"))
    closed_by: Mapped[Text40] = mapped_column(default="", info=label("月结人"))


class MealVoucher(Versioned, Base):
    """A voucher (餐券) of so many 分; used once, for the person's own part of a meal."""

    __tablename__ = "meal_voucher"

    id: Mapped[Key]
    code: Mapped[Text20] = mapped_column(unique=True, info=label("券号"))
    value: Mapped[int] = mapped_column(info=label("面值", "cents"))
    # Given to somebody, or to whoever brings it.
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("居民")
    )
    issued_on: Mapped[date] = mapped_column(info=label("发放日期"))
    expires_on: Mapped[date | None] = mapped_column(info=label("有效期到"))
    reason: Mapped[str] = mapped_column(String(80), default="", info=label("发放事由"))
    used_on: Mapped[date | None] = mapped_column(info=label("使用日期"))
    void_on: Mapped[date | None] = mapped_column(info=label("作废日期"))
    issued_by: Mapped[Text40] = mapped_column(default="", info=label("发放人"))


class MealSheet(Base):
    """A sign-in sheet that was printed (就餐签到表): its id is the number on it.

    It is typed back in its own order, whoever has moved or ordered since.
    """

    __tablename__ = "meal_sheet"

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    period: Mapped[MealPeriod] = mapped_column(by_value(MealPeriod), info=label("餐次"))
    # {"residents": [ids in their order]}: names are read when it is shown.
    printed: Mapped[JsonDict] = mapped_column()
    printed_by: Mapped[Text40] = mapped_column(default="", info=label("打印人"))
    printed_at: Mapped[datetime] = mapped_column(info=label("打印时间"))
