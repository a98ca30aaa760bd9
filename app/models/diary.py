"""The diary of the grids (平安日记), and the categories of what is found."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text10,
    Text20,
    Text40,
    Versioned,
    Worded,
    by_value,
    label,
)
from app.models.codes import RoundWay


class CategoryGroup(Worded):
    """What a category sorts: matters of a diary line or request, or dangers found on a round."""

    MATTER = "matter", "事项"
    HAZARD = "hazard", "隐患"


class Category(Versioned, Deletable, Base):
    """A kind of matter (矛盾纠纷 ...) or of danger (消防 ...); domain.md 6.3 and 6.4."""

    __tablename__ = "category"
    __table_args__ = (Index("uq_category_name", "group", "name", unique=True),)

    id: Mapped[Key]
    group: Mapped[CategoryGroup] = mapped_column(by_value(CategoryGroup), info=label("类别"))
    name: Mapped[Text20] = mapped_column(info=label("名称"))
    # A question that is answered, not a thing that is done: it has a deadline of its own.
    consultation: Mapped[bool] = mapped_column(default=False, info=label("咨询类"))
    enabled: Mapped[bool] = mapped_column(default=True, info=label("启用"))
    position: Mapped[int] = mapped_column(default=0)


class DiaryEntry(Versioned, Deletable, Base):
    """One line of the 平安日记: where somebody went, whom he met, what he saw and did."""

    __tablename__ = "diary_entry"
    __table_args__ = (
        # The whole diary in its order, without those in the bin: the index alone answers.
        Index("ix_diary_entry_day", "on_date", "id", "deleted_at"),
        Index("ix_diary_entry_grid_day", "grid_id", "on_date"),
    )

    id: Mapped[Key]
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("grid_member.id"), index=True, info=label("网格员")
    )
    # Of the day; the form proposes what stands in the day's first line.
    weather: Mapped[str | None] = mapped_column(String(20), info=label("天气"))
    period: Mapped[str | None] = mapped_column(String(20), info=label("时段"))
    way: Mapped[RoundWay] = mapped_column(by_value(RoundWay), info=label("方式"))
    seen: Mapped[str] = mapped_column(Text, default="", info=label("发现或反映"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), info=label("类别"))
    hazard_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), info=label("隐患"))
    measures: Mapped[str | None] = mapped_column(Text, info=label("处理措施"))
    outcome: Mapped[str | None] = mapped_column(String(200), info=label("结果"))
    # 销号: the day on which what was found was done with.
    settled_on: Mapped[date | None] = mapped_column(info=label("销号日期"))
    written_by: Mapped[Text40] = mapped_column(default="", info=label("记录人"))
    written_at: Mapped[datetime] = mapped_column(info=label("记录时间"))


class DiaryMet(Base):
    """A person or place of a diary line: a resident, a building (and unit), or words."""

    __tablename__ = "diary_met"

    id: Mapped[Key]
    entry_id: Mapped[int] = mapped_column(ForeignKey("diary_entry.id"), index=True)
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("走访的人")
    )
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), info=label("楼"))
    unit: Mapped[Text10] = mapped_column(default="", info=label("单元"))
    words: Mapped[str | None] = mapped_column(String(60), info=label("地点"))


class DiaryPhoto(Base):
    __tablename__ = "diary_photo"
    __journaled__ = False

    id: Mapped[Key]
    entry_id: Mapped[int] = mapped_column(ForeignKey("diary_entry.id"), index=True)
    taken_at: Mapped[datetime]
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
