"""Subsidies (助餐补贴): rules with their tiers and payers, and the monthly claim."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text40,
    Text60,
    Versioned,
    Worded,
    by_value,
    label,
)
from app.models.codes import Payer


class SubsidyWay(Worded):
    """How a rule makes the price (domain.md 4.2, 规则引擎要求 1)."""

    AMOUNT = "fixed_amount", "定额补"
    DISCOUNT = "discount", "折扣"
    PRICE = "fixed_price", "一口价"
    FREE = "free_of_charge", "免费"


class MoneyRounding(Worded):
    """What becomes of the person's part where a discount leaves fractions."""

    CENT = "to_cent", "四舍五入到分"
    JIAO = "to_jiao", "四舍五入到角"
    JIAO_DOWN = "jiao_down", "舍去不足 1 角"


class Belonging(Worded):
    """Where somebody must belong (大民规〔2025〕5号: who lives here; others ask for the 户籍)."""

    ANY = "anywhere", "不限"
    LIVING = "living_here", "居住本社区"
    REGISTERED = "registered_here", "户籍在本社区"


class SubsidyRule(Versioned, Deletable, Base):
    """One tier of a canteen: who, in which periods, gets what, from a day to a day.

    One that has meals is never changed, a new one begins. Amounts in 分.
    """

    __tablename__ = "subsidy_rule"
    __table_args__ = (Index("ix_subsidy_rule_canteen", "canteen_id", "since"),)

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    # Its number in the canteen: the same for what follows it.
    number: Mapped[int] = mapped_column(info=label("规则号"))
    name: Mapped[Text40] = mapped_column(info=label("档次"))
    from_age: Mapped[int | None] = mapped_column(info=label("满多少岁"))
    to_age: Mapped[int | None] = mapped_column(info=label("到多少岁"))
    belongs: Mapped[Belonging] = mapped_column(
        by_value(Belonging), default=Belonging.LIVING, info=label("居住或户籍")
    )
    # Joined by ,: lunch,dinner; empty for every period.
    periods: Mapped[str] = mapped_column(String(60), default="", info=label("餐次", "periods"))
    # Joined by ,: sanitation,courier. Then it is for those who eat without a name, and nobody else.
    guests: Mapped[str] = mapped_column(String(60), default="", info=label("不记名", "guests"))
    way: Mapped[SubsidyWay] = mapped_column(by_value(SubsidyWay), info=label("方式"))
    # 90: 九折. Of a discount; `amount` is then taken off after it.
    percent: Mapped[int | None] = mapped_column(info=label("折扣"))
    # What is given (定额补), what is given after the discount, or what the person pays (一口价).
    amount: Mapped[int | None] = mapped_column(info=label("金额", "cents"))
    rounding: Mapped[MoneyRounding] = mapped_column(
        by_value(MoneyRounding), default=MoneyRounding.CENT, info=label("尾数")
    )
    # 北京: nothing is given where the meal costs no more than the subsidy.
    must_exceed: Mapped[bool] = mapped_column(default=False, info=label("餐费超过补贴才补"))
    cap_meal: Mapped[int | None] = mapped_column(info=label("每餐最多补", "cents"))
    meals_a_day: Mapped[int | None] = mapped_column(info=label("每天补几餐"))
    cap_day: Mapped[int | None] = mapped_column(info=label("每天最多补", "cents"))
    meals_a_month: Mapped[int | None] = mapped_column(info=label("每月补几餐"))
    cap_month: Mapped[int | None] = mapped_column(info=label("每月最多补", "cents"))
    since: Mapped[date] = mapped_column(info=label("开始执行"))
    until: Mapped[date | None] = mapped_column(info=label("停止执行"))
    source: Mapped[str | None] = mapped_column(String(120), info=label("依据"))


class SubsidyRuleTag(Base):
    """One of these tags is enough; a rule without any asks for none."""

    __tablename__ = "subsidy_rule_tag"
    __table_args__ = (Index("uq_subsidy_rule_tag", "rule_id", "tag_id", unique=True),)

    id: Mapped[Key]
    rule_id: Mapped[int] = mapped_column(ForeignKey("subsidy_rule.id"), info=label("档次"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), info=label("身份"))


class Portion(Worded):
    """Which part of a subsidy is shared out: a discount may be borne by others than the amount."""

    ALL = "all_of_it", "全部"
    DISCOUNT = "discounted", "折扣部分"
    AMOUNT = "added_amount", "补贴部分"


class SubsidyShare(Base):
    """Who bears how much of a rule's subsidy, by weight: 4, 4 and 1 of 9.00 元 are 4, 4, 1 元."""

    __tablename__ = "subsidy_share"
    __table_args__ = (
        Index("uq_subsidy_share", "rule_id", "portion", "payer", unique=True),
        CheckConstraint("weight > 0", name="some_weight"),
    )

    id: Mapped[Key]
    rule_id: Mapped[int] = mapped_column(ForeignKey("subsidy_rule.id"), info=label("档次"))
    portion: Mapped[Portion] = mapped_column(
        by_value(Portion), default=Portion.ALL, info=label("哪一部分")
    )
    payer: Mapped[Payer] = mapped_column(by_value(Payer), info=label("承担方"))
    weight: Mapped[int] = mapped_column(info=label("份额"))


class MealClaim(Versioned, Base):
    """The claim of a canteen for a month (补贴结算), locked when it was submitted."""

    __tablename__ = "meal_claim"
    # Its steps are taken back from the last one on.
    __papers__ = True
    __table_args__ = (Index("uq_meal_claim", "canteen_id", "month", unique=True),)

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    month: Mapped[int] = mapped_column(info=label("结算月"))
    prepared_on: Mapped[date | None] = mapped_column(info=label("制表日期"))
    prepared_by: Mapped[str | None] = mapped_column(String(40), info=label("制表人"))
    signed_on: Mapped[date | None] = mapped_column(info=label("负责人签字日期"))
    signed_by: Mapped[str | None] = mapped_column(String(40), info=label("负责人"))
    submitted_at: Mapped[datetime | None] = mapped_column(info=label("提交时间"))
    submitted_by: Mapped[str | None] = mapped_column(String(40), info=label("提交人"))
    # Sums of the table that was signed, in 分.
    meals: Mapped[int] = mapped_column(default=0, info=label("餐次"))
    price: Mapped[int] = mapped_column(default=0, info=label("餐费", "cents"))
    paid: Mapped[int] = mapped_column(default=0, info=label("本人付", "cents"))
    # Lines of the book behind them: they only grow, so that a table that was signed is known.
    entries: Mapped[int] = mapped_column(default=0, info=label("记账行数"))
    posted_on: Mapped[date | None] = mapped_column(info=label("公示日期"))
    posted_at: Mapped[str | None] = mapped_column(String(120), info=label("公示地点"))
    public_until: Mapped[date | None] = mapped_column(info=label("公示期到"))


class MealClaimPart(Versioned, Base):
    """What one payer is asked for: the month's meals, and corrections of earlier months, in 分."""

    __tablename__ = "meal_claim_part"
    __papers__ = True
    __table_args__ = (Index("uq_meal_claim_part", "claim_id", "payer", unique=True),)

    id: Mapped[Key]
    claim_id: Mapped[int] = mapped_column(ForeignKey("meal_claim.id"), info=label("结算"))
    payer: Mapped[Payer] = mapped_column(by_value(Payer), info=label("承担方"))
    of_month: Mapped[int] = mapped_column(info=label("本月", "cents"))
    difference: Mapped[int] = mapped_column(default=0, info=label("以前月份差额", "cents"))
    received: Mapped[int | None] = mapped_column(info=label("到账金额", "cents"))
    received_on: Mapped[date | None] = mapped_column(info=label("到账日期"))
    voucher: Mapped[str | None] = mapped_column(String(40), info=label("凭证号"))
    note: Mapped[Text60] = mapped_column(default="", info=label("说明"))
