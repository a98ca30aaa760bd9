"""Food safety (食品安全): samples, the staff's morning check, what comes in with which ticket."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text20,
    Text40,
    Text60,
    Versioned,
    by_value,
    label,
)
from app.models.codes import MealPeriod


class FoodSample(Versioned, Base):
    """A sample of one dish (留样): what, when to the hour, by whom; grams, temperature in 0.1 ℃.

    Figures that the office keeps to are settings (domain-law.md 4).
    """

    __tablename__ = "food_sample"
    __table_args__ = (
        Index("uq_food_sample", "canteen_id", "on_date", "period", "name", unique=True),
    )

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    period: Mapped[MealPeriod] = mapped_column(by_value(MealPeriod), info=label("餐次"))
    dish_id: Mapped[int | None] = mapped_column(ForeignKey("dish.id"), index=True)
    name: Mapped[Text40] = mapped_column(info=label("食品名称"))
    grams: Mapped[int] = mapped_column(info=label("留样量"))
    taken_at: Mapped[datetime] = mapped_column(info=label("留样时间"))
    taken_by: Mapped[Text40] = mapped_column(info=label("留样人"))
    fridge: Mapped[Text20] = mapped_column(default="", info=label("冷藏柜"))
    temperature: Mapped[int | None] = mapped_column(info=label("温度", "tenths"))
    # Not to be destroyed before; of the day on which it was taken, whatever the settings say later.
    keep_until: Mapped[datetime] = mapped_column(index=True, info=label("保存到"))
    reviewed_by: Mapped[str | None] = mapped_column(String(40), info=label("审核人"))
    destroyed_at: Mapped[datetime | None] = mapped_column(info=label("销毁时间"))
    destroyed_by: Mapped[str | None] = mapped_column(String(40), info=label("销毁人"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class CanteenStaff(Versioned, Base):
    """Who works in a canteen, and until when the health certificate (健康证) holds."""

    __tablename__ = "canteen_staff"

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(
        ForeignKey("canteen.id"), index=True, info=label("食堂")
    )
    name: Mapped[Text60] = mapped_column(info=label("姓名"))
    duty: Mapped[Text20] = mapped_column(default="", info=label("岗位"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    certificate: Mapped[str | None] = mapped_column(String(40), info=label("健康证号"))
    certificate_until: Mapped[date | None] = mapped_column(info=label("健康证有效期"))
    left_on: Mapped[date | None] = mapped_column(info=label("离岗日期"))


class StaffCheck(Versioned, Base):
    """The morning check (晨检) of one of the staff: fit for work or sent home."""

    __tablename__ = "staff_check"
    __table_args__ = (Index("uq_staff_check", "staff_id", "on_date", unique=True),)

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("canteen_staff.id"), info=label("姓名"))
    on_date: Mapped[date] = mapped_column(index=True, info=label("日期"))
    # 0.1 ℃
    temperature: Mapped[int | None] = mapped_column(info=label("体温", "tenths"))
    healthy: Mapped[bool] = mapped_column(info=label("没有发热、腹泻、皮肤伤口"))
    clean: Mapped[bool] = mapped_column(info=label("工作衣帽、手部清洁"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("处理"))
    checked_by: Mapped[Text40] = mapped_column(default="", info=label("检查人"))


class FoodReceipt(Versioned, Deletable, Base):
    """Food that came in (进货查验): from whom, with which ticket."""

    __tablename__ = "food_receipt"
    __table_args__ = (Index("ix_food_receipt_day", "canteen_id", "on_date"),)

    id: Mapped[Key]
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteen.id"), info=label("食堂"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    supplier: Mapped[Text60] = mapped_column(info=label("供货单位"))
    goods: Mapped[Text60] = mapped_column(info=label("品名"))
    quantity: Mapped[Text20] = mapped_column(info=label("数量"))
    made_on: Mapped[date | None] = mapped_column(info=label("生产日期"))
    best_before: Mapped[date | None] = mapped_column(info=label("保质期到"))
    ticket: Mapped[str | None] = mapped_column(String(60), info=label("票证号"))
    # The licence and the quarantine or test report were looked at.
    tickets_seen: Mapped[bool] = mapped_column(default=False, info=label("索证索票齐全"))
    # 0.1 ℃ of what came cold.
    temperature: Mapped[int | None] = mapped_column(info=label("到货温度", "tenths"))
    accepted: Mapped[bool] = mapped_column(default=True, info=label("验收合格"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))
    received_by: Mapped[Text40] = mapped_column(default="", info=label("验收人"))
