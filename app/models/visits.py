"""Visits (走访): who is to be visited how often, the sheets of a day, what was found."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    JsonDict,
    Key,
    Text40,
    Versioned,
    by_value,
    label,
)
from app.models.codes import Risk, RoundWay, VisitResult


class VisitRule(Versioned, Deletable, Base):
    """People with one of its tags, or of an age, are visited every `days` days.

    Without tags and age it holds for every household, through its head. In force from `since` to
    `until`; a rule that is changed ends and another begins.
    """

    __tablename__ = "visit_rule"

    id: Mapped[Key]
    name: Mapped[Text40] = mapped_column(info=label("走访对象"))
    risk: Mapped[Risk] = mapped_column(by_value(Risk), info=label("风险"))
    days: Mapped[int] = mapped_column(info=label("几天一次"))
    from_age: Mapped[int | None] = mapped_column(info=label("满多少岁"))
    since: Mapped[date] = mapped_column(info=label("开始执行"))
    until: Mapped[date | None] = mapped_column(info=label("停止执行"))
    source: Mapped[str | None] = mapped_column(String(120), info=label("依据"))
    position: Mapped[int] = mapped_column(default=0)


class VisitRuleTag(Base):
    __tablename__ = "visit_rule_tag"
    __table_args__ = (Index("uq_visit_rule_tag", "rule_id", "tag_id", unique=True),)

    id: Mapped[Key]
    rule_id: Mapped[int] = mapped_column(ForeignKey("visit_rule.id"), info=label("走访对象"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), info=label("标签"))


class Visit(Versioned, Deletable, Base):
    """One visit to one person, or an attempt at it."""

    __tablename__ = "visit"
    __table_args__ = (
        # The latest visit of everybody on a list: the index alone answers.
        Index("ix_visit_resident", "resident_id", "on_date", "result", "deleted_at"),
        # The whole book in its order, without those in the bin: the index alone answers.
        Index("ix_visit_day", "on_date", "id", "deleted_at"),
        Index("ix_visit_grid_day", "grid_id", "on_date"),
    )

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), info=label("走访的人"))
    on_date: Mapped[date] = mapped_column(info=label("走访日期"))
    # Of the day of the visit: a building may go to another grid later.
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("grid_member.id"), index=True, info=label("网格员")
    )
    visitor: Mapped[Text40] = mapped_column(default="", info=label("走访人"))
    way: Mapped[RoundWay] = mapped_column(
        by_value(RoundWay), default=RoundWay.HOME, info=label("方式")
    )
    result: Mapped[VisitResult] = mapped_column(by_value(VisitResult), info=label("走访结果"))
    note: Mapped[str | None] = mapped_column(String(300), info=label("情况"))
    diary_entry_id: Mapped[int | None] = mapped_column(ForeignKey("diary_entry.id"), index=True)
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("录入人"))
    entered_at: Mapped[datetime] = mapped_column(info=label("录入时间"))


class VisitAlarm(Versioned, Base):
    """Nobody at home for the second time: somebody must find out, and say what it was."""

    __tablename__ = "visit_alarm"

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("走访的人")
    )
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    raised_on: Mapped[date] = mapped_column(info=label("报警日期"))
    cleared_on: Mapped[date | None] = mapped_column(info=label("解除日期"))
    cleared_by: Mapped[str | None] = mapped_column(String(40), info=label("解除人"))
    answer: Mapped[str | None] = mapped_column(String(200), info=label("查明情况"))


class VisitSheet(Base):
    """A day sheet that was printed (走访单): its id is the number on it."""

    __tablename__ = "visit_sheet"

    id: Mapped[Key]
    on_date: Mapped[date] = mapped_column(info=label("走访日期"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("grid_member.id"), index=True, info=label("网格员")
    )
    visitor: Mapped[Text40] = mapped_column(default="", info=label("走访人"))
    printed_by: Mapped[Text40] = mapped_column(default="", info=label("打印人"))
    printed_at: Mapped[datetime] = mapped_column(info=label("打印时间"))


class VisitSheetRow(Versioned, Base):
    """One line of a day sheet; `visit_id` when its result was typed back."""

    __tablename__ = "visit_sheet_row"
    __table_args__ = (Index("uq_visit_sheet_row", "sheet_id", "place", unique=True),)

    id: Mapped[Key]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("visit_sheet.id"))
    place: Mapped[int] = mapped_column(info=label("序号"))
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("走访的人")
    )
    # The words that stand on the paper, numbers masked: it can be printed again as it was.
    printed: Mapped[JsonDict | None] = mapped_column()
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)


class VisitDeferral(Base):
    """改期: until when one visit is put off, and why; the next visit ends it."""

    __tablename__ = "visit_deferral"

    id: Mapped[Key]
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("走访的人")
    )
    due_on: Mapped[date] = mapped_column(info=label("改到"))
    reason: Mapped[str] = mapped_column(String(200), info=label("原因"))
    decided_on: Mapped[date] = mapped_column(info=label("改期日期"))
    decided_by: Mapped[Text40] = mapped_column(default="", info=label("经办人"))
