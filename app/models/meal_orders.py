"""Orders and delivery (订餐送餐): what somebody wants, stops, routes, who did not answer."""

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
from app.models.codes import CareReason, MealPeriod, MealWay, OrderState, PayWay


class Diner(Versioned, Base):
    """What the kitchen and the carrier must know of a person: words for food, never a diagnosis.

    Kept with a consent of its own (domain.md 4.5; 个人信息保护法 28, 29).
    """

    __tablename__ = "diner"

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), unique=True, info=label("居民")
    )
    # Joined by 、: 低盐、软食; 鱼、花生.
    diet: Mapped[str] = mapped_column(String(60), default="", info=label("饮食要求"))
    avoids: Mapped[str] = mapped_column(String(60), default="", info=label("忌口"))
    consented_on: Mapped[date | None] = mapped_column(info=label("单独同意日期"))
    # Who is called when nobody opens.
    contact: Mapped[str | None] = mapped_column(String(60), info=label("家属"))
    contact_relation: Mapped[str | None] = mapped_column(String(20), info=label("家属关系"))
    contact_phone: Mapped[str | None] = mapped_column(String(40), info=label("家属电话"))
    # 敲门要重, 放门口架子上.
    door_note: Mapped[str | None] = mapped_column(String(120), info=label("送餐提示"))


class StandingOrder(Versioned, Deletable, Base):
    """What somebody gets every week until further notice; `weekdays` 1-7, Monday is 1: 12345."""

    __tablename__ = "standing_order"
    __table_args__ = (Index("ix_standing_order_canteen", "canteen_id", "period"),)

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("居民")
    )
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    period: Mapped[MealPeriod] = mapped_column(by_value(MealPeriod), info=label("餐次"))
    weekdays: Mapped[Text10] = mapped_column(info=label("星期", "weekdays"))
    set_letter: Mapped[Text10] = mapped_column(info=label("套餐"))
    quantity: Mapped[int] = mapped_column(default=1, info=label("份数"))
    way: Mapped[MealWay] = mapped_column(
        by_value(MealWay), default=MealWay.BROUGHT, info=label("方式")
    )
    pay_way: Mapped[PayWay] = mapped_column(by_value(PayWay), info=label("付款"))
    since: Mapped[date] = mapped_column(info=label("开始"))
    until: Mapped[date | None] = mapped_column(info=label("结束"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class OrderPause(Versioned, Deletable, Base):
    """停送 from a day to a day, both included; a stop always wins. None: until further notice."""

    __tablename__ = "order_pause"

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("居民")
    )
    since: Mapped[date] = mapped_column(info=label("停送开始"))
    until: Mapped[date | None] = mapped_column(info=label("停送结束"))
    reason: Mapped[str] = mapped_column(String(120), info=label("原因"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经手"))


class MealOrder(Versioned, Base):
    """One meal that somebody is to get on a day; it becomes a Meal when it was handed over."""

    __tablename__ = "meal_order"
    __table_args__ = (
        Index("uq_meal_order", "resident_id", "on_date", "period", unique=True),
        Index("ix_meal_order_day", "canteen_id", "on_date", "period", "route_id", "stop"),
    )

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    period: Mapped[MealPeriod] = mapped_column(by_value(MealPeriod), info=label("餐次"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), info=label("居民"))
    set_letter: Mapped[Text10] = mapped_column(info=label("套餐"))
    quantity: Mapped[int] = mapped_column(default=1, info=label("份数"))
    way: Mapped[MealWay] = mapped_column(by_value(MealWay), info=label("方式"))
    pay_way: Mapped[PayWay] = mapped_column(by_value(PayWay), info=label("付款"))
    standing_id: Mapped[int | None] = mapped_column(ForeignKey("standing_order.id"), index=True)
    # Made or changed by a person: the nightly generation leaves it alone.
    by_hand: Mapped[bool] = mapped_column(default=False, info=label("手工"))
    route_id: Mapped[int | None] = mapped_column(
        ForeignKey("delivery_route.id"), index=True, info=label("路线")
    )
    stop: Mapped[int | None] = mapped_column(info=label("站序"))
    state: Mapped[OrderState] = mapped_column(
        by_value(OrderState), default=OrderState.ORDERED, info=label("状态")
    )
    settled_at: Mapped[datetime | None] = mapped_column(info=label("时间"))
    settled_by: Mapped[str | None] = mapped_column(String(40), info=label("登记人"))
    # Why it was cancelled, turned down.
    reason: Mapped[str | None] = mapped_column(String(120), info=label("原因"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class DeliveryRoute(Versioned, Deletable, Base):
    """A walk with a fixed order of stops; `departs` in minutes since midnight by period."""

    __tablename__ = "delivery_route"

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(
        ForeignKey("canteen.id"), index=True, info=label("食堂")
    )
    name: Mapped[Text40] = mapped_column(info=label("路线"))
    area: Mapped[Text40] = mapped_column(default="", info=label("范围"))
    # Who usually carries: a volunteer gets points by the rule, others only a name.
    volunteer_id: Mapped[int | None] = mapped_column(
        ForeignKey("volunteer.id"), index=True, info=label("志愿者")
    )
    carrier: Mapped[Text40] = mapped_column(default="", info=label("送餐人"))
    carrier_role: Mapped[Text40] = mapped_column(default="", info=label("身份"))
    # Minutes after the food is ready.
    departs_after: Mapped[int] = mapped_column(default=10, info=label("出锅后几分钟出发"))
    position: Mapped[int] = mapped_column(default=0)


class RouteStop(Versioned, Base):
    """A person's place on a walk: one place, whatever the period."""

    __tablename__ = "route_stop"

    id: Mapped[Key]
    route_id: Mapped[int] = mapped_column(
        ForeignKey("delivery_route.id"), index=True, info=label("路线")
    )
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), unique=True, info=label("居民")
    )
    place: Mapped[int] = mapped_column(info=label("站序"))


class DeliveryRun(Versioned, Base):
    """A route walked on a day: who carried, when out and back."""

    __tablename__ = "delivery_run"
    __table_args__ = (Index("uq_delivery_run", "route_id", "on_date", "period", unique=True),)

    id: Mapped[Key]
    route_id: Mapped[int] = mapped_column(ForeignKey("delivery_route.id"), info=label("路线"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    period: Mapped[MealPeriod] = mapped_column(by_value(MealPeriod), info=label("餐次"))
    volunteer_id: Mapped[int | None] = mapped_column(
        ForeignKey("volunteer.id"), index=True, info=label("志愿者")
    )
    carrier: Mapped[Text40] = mapped_column(default="", info=label("送餐人"))
    carrier_role: Mapped[Text40] = mapped_column(default="", info=label("身份"))
    departed_at: Mapped[datetime | None] = mapped_column(info=label("出发"))
    returned_at: Mapped[datetime | None] = mapped_column(info=label("返回"))
    # Its points were asked for.
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("points_claim.id"), index=True)


class CareCase(Versioned, Base):
    """Nobody answered the door, or somebody does not come any more: open until it is known why."""

    __tablename__ = "care_case"
    __table_args__ = (Index("ix_care_case_open", "closed_at", "raised_at"),)

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("居民")
    )
    why: Mapped[CareReason] = mapped_column(by_value(CareReason), info=label("起因"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("meal_order.id"), index=True)
    raised_at: Mapped[datetime] = mapped_column(info=label("发现时间"))
    raised_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))
    # What is known: 11:15、11:38 两次敲门，餐已带回.
    words: Mapped[str] = mapped_column(String(200), default="", info=label("情况"))
    # Whose round it was given to.
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("grid_member.id"), index=True, info=label("网格员")
    )
    member_name: Mapped[Text60] = mapped_column(default="", info=label("网格员姓名"))
    closed_at: Mapped[datetime | None] = mapped_column(info=label("了结时间"))
    closed_by: Mapped[str | None] = mapped_column(String(40), info=label("了结人"))
    outcome: Mapped[str | None] = mapped_column(String(200), info=label("结果"))


class CareStepKind(Worded):
    """In the order in which they are gone through."""

    OWN_PHONE = "own_phone", "打本人电话"
    FAMILY_PHONE = "family_phone", "打家属电话"
    HANDED_ON = "handed_on", "转网格员上门"
    BROUGHT_AGAIN = "brought_again", "再送一次"
    TAKEN_BACK = "taken_to_canteen", "退回食堂"
    OUTCOME = "care_outcome", "登记结果"


class CareStep(Base):
    """What was done about it, when, by whom."""

    __tablename__ = "care_step"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("care_case.id"), index=True)
    kind: Mapped[CareStepKind] = mapped_column(by_value(CareStepKind), info=label("步骤"))
    at: Mapped[datetime] = mapped_column(info=label("时间"))
    by_name: Mapped[Text40] = mapped_column(default="", info=label("经手"))
    # 未接, 在女儿家.
    words: Mapped[str] = mapped_column(String(120), default="", info=label("情况"))
