"""Canteens (社区食堂): what they are, their meal periods, dishes, set meals and menus."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text10,
    Text40,
    Text60,
    Versioned,
    Worded,
    by_value,
    label,
)
from app.models.codes import MealPeriod


class Facility(Worded):
    """Only who cooks must keep samples of the own (domain-law.md 4, 6.1)."""

    KITCHEN = "kitchen", "助餐服务中心（自己加工）"
    SERVERY = "servery", "助餐服务点（只分餐）"


class Canteen(Versioned, Deletable, Base):
    """A place where meals are given out; prices, rules and claims belong to one."""

    __tablename__ = "canteen"

    id: Mapped[Key]
    name: Mapped[Text40] = mapped_column(info=label("食堂"))
    facility: Mapped[Facility] = mapped_column(
        by_value(Facility), default=Facility.KITCHEN, info=label("类型")
    )
    operator: Mapped[str | None] = mapped_column(String(60), info=label("运营单位"))
    # Of a place that does not cook: who brings the food and keeps the samples.
    supplier: Mapped[str | None] = mapped_column(String(60), info=label("供餐单位"))
    address: Mapped[str | None] = mapped_column(String(120), info=label("地址"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("监督电话"))
    # 分 for every meal that is brought home; the person pays it, nobody subsidises it.
    delivery_fee: Mapped[int] = mapped_column(default=0, info=label("送餐费", "cents"))
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[str | None] = mapped_column(String(200), info=label("备注"))


class CanteenPeriod(Versioned, Base):
    """A meal period that a canteen offers; times in minutes since midnight."""

    __tablename__ = "canteen_period"
    __table_args__ = (Index("uq_canteen_period", "canteen_id", "period", unique=True),)

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    period: Mapped[MealPeriod] = mapped_column(by_value(MealPeriod), info=label("餐次"))
    opens: Mapped[int] = mapped_column(info=label("开餐", "minutes"))
    closes: Mapped[int] = mapped_column(info=label("收餐", "minutes"))
    # Orders for the period are taken until this minute of the day `order_days` before.
    order_until: Mapped[int] = mapped_column(info=label("订餐截止", "minutes"))
    order_days: Mapped[int] = mapped_column(default=0, info=label("提前天数"))
    # Food is out of the pot at `ready`, and at the door by `deliver_by`.
    ready: Mapped[int] = mapped_column(info=label("出锅", "minutes"))
    deliver_by: Mapped[int] = mapped_column(info=label("送完", "minutes"))
    expected: Mapped[int] = mapped_column(default=0, info=label("预计人数"))
    enabled: Mapped[bool] = mapped_column(default=True, info=label("启用"))


class DishKind(Worded):
    MEAT = "meat_dish", "荤菜"
    HALF = "half_meat", "半荤"
    VEGETABLE = "vegetable", "素菜"
    SOUP = "soup", "汤粥"
    STAPLE = "staple", "主食"
    SNACK = "snack", "面点"
    OTHER = "other_dish", "其他"


class Dish(Versioned, Deletable, Base):
    """A dish that the kitchen knows; prices and costs in 分."""

    __tablename__ = "dish"

    id: Mapped[Key]
    name: Mapped[Text40] = mapped_column(info=label("菜名"))
    kind: Mapped[DishKind] = mapped_column(by_value(DishKind), info=label("类别"))
    price: Mapped[int] = mapped_column(default=0, info=label("单点价", "cents"))
    cost: Mapped[int | None] = mapped_column(info=label("成本", "cents"))
    # Joined by 、: 鱼、蛋; 低盐、软食.
    allergens: Mapped[str] = mapped_column(String(80), default="", info=label("致敏物"))
    suits: Mapped[str] = mapped_column(String(40), default="", info=label("适合"))
    on_offer: Mapped[bool] = mapped_column(default=True, info=label("在用"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class SetMeal(Versioned, Deletable, Base):
    """A set meal (套餐) by its letter; a price that was used is not changed, a new one begins."""

    __tablename__ = "set_meal"
    __table_args__ = (Index("ix_set_meal_letter", "canteen_id", "letter", "since"),)

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    letter: Mapped[Text10] = mapped_column(info=label("代号"))
    name: Mapped[Text40] = mapped_column(info=label("套餐"))
    price: Mapped[int] = mapped_column(info=label("价格", "cents"))
    # Joined by ,: breakfast,lunch; empty for every period.
    periods: Mapped[str] = mapped_column(String(60), default="", info=label("餐次", "periods"))
    # What is in it, in words: 一荤两素.
    words: Mapped[str] = mapped_column(String(60), default="", info=label("内容"))
    since: Mapped[date] = mapped_column(info=label("开始执行"))
    until: Mapped[date | None] = mapped_column(info=label("停止执行"))


class MenuDish(Versioned, Base):
    """A dish on the menu of a canteen, a day and a period."""

    __tablename__ = "menu_dish"
    __table_args__ = (
        Index("uq_menu_dish", "canteen_id", "on_date", "period", "dish_id", unique=True),
    )

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    period: Mapped[MealPeriod] = mapped_column(by_value(MealPeriod), info=label("餐次"))
    dish_id: Mapped[int] = mapped_column(ForeignKey("dish.id"), index=True, info=label("菜"))
    # Letters of the set meals in which it is: AB. Empty: only by itself.
    sets: Mapped[Text10] = mapped_column(default="", info=label("属于套餐"))
    planned: Mapped[int | None] = mapped_column(info=label("备餐份数"))
    sold_out_at: Mapped[datetime | None] = mapped_column(info=label("售完时间"))
    position: Mapped[int] = mapped_column(default=0)


class MealOpinion(Base):
    """A satisfaction card (满意度卡) that came back: 1 to 5 for taste, price and service."""

    __tablename__ = "meal_opinion"
    __table_args__ = (Index("ix_meal_opinion_day", "canteen_id", "on_date"),)

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    taste: Mapped[int | None] = mapped_column(info=label("口味"))
    price: Mapped[int | None] = mapped_column(info=label("价格"))
    service: Mapped[int | None] = mapped_column(info=label("服务"))
    words: Mapped[str] = mapped_column(String(200), default="", info=label("意见"))
    given_by: Mapped[Text60] = mapped_column(default="", info=label("填写人"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("录入人"))
