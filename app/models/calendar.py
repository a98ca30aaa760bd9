"""The calendar of the office: days off and days worked in exchange, by the yearly order."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, label


class CalendarDay(Base):
    """A day that is not what its weekday says: a holiday, or a weekend that is worked (调休)."""

    __tablename__ = "calendar_day"

    id: Mapped[Key]
    day: Mapped[date] = mapped_column(unique=True, info=label("日期"))
    works: Mapped[bool] = mapped_column(info=label("上班"))
    name: Mapped[str] = mapped_column(String(40), info=label("名称"))
