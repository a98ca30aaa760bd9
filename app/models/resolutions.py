"""Resolutions (决议): what was decided or advised, and every step until it is done."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text20,
    Text40,
    Text60,
    Versioned,
    Worded,
    by_value,
    label,
)
from app.models.codes import ResolutionState


class ResolutionKind(Worded):
    """A decision of a body that may decide, or the opinion of a 协商 (居委会组织法 29, 32)."""

    DECISION = "decision", "决议"
    OPINION = "opinion", "协商意见"


class Resolution(Versioned, Deletable, Base):
    """One of them with who sees to it, until when, and with what money (分)."""

    __tablename__ = "resolution"
    __papers__ = True
    __table_args__ = (
        Index("ix_resolution_state", "state", "due_on"),
        Index("ix_resolution_grid", "grid_id", "state"),
    )

    id: Mapped[Key]
    # 决-2026-012, 商-2026-003: counted in each year and kind.
    number: Mapped[Text20] = mapped_column(unique=True, info=label("编号"))
    kind: Mapped[ResolutionKind] = mapped_column(by_value(ResolutionKind), info=label("种类"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("vote.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    title: Mapped[str] = mapped_column(String(60), info=label("事项"))
    words: Mapped[str] = mapped_column(Text, info=label("内容"))
    made_on: Mapped[date] = mapped_column(info=label("作出日期"))
    # 责任人: a member of the office, a unit, 物业.
    owner: Mapped[str | None] = mapped_column(String(60), info=label("责任人"))
    due_on: Mapped[date | None] = mapped_column(info=label("办结期限"))
    budget: Mapped[int | None] = mapped_column(info=label("所需经费", "cents"))
    state: Mapped[ResolutionState] = mapped_column(
        by_value(ResolutionState), default=ResolutionState.MADE, info=label("状态")
    )
    # The 公示 of it; its days, objections and their answers are kept with the notice.
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    percent: Mapped[int] = mapped_column(default=0, info=label("进度（%）"))
    done_on: Mapped[date | None] = mapped_column(index=True, info=label("办结日期"))
    done_words: Mapped[str | None] = mapped_column(Text, info=label("办理结果"))
    stopped_reason: Mapped[str | None] = mapped_column(String(200), info=label("终止原因"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))


class Progress(Base):
    """A dated step of a resolution or of a project: never changed, only followed by another."""

    __tablename__ = "progress"
    __table_args__ = (
        CheckConstraint("resolution_id IS NOT NULL OR project_id IS NOT NULL", name="of_something"),
        Index("ix_progress_resolution", "resolution_id", "on_date"),
        Index("ix_progress_project", "project_id", "on_date"),
    )

    id: Mapped[Key]
    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolution.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    at: Mapped[datetime] = mapped_column(info=label("登记时间"))
    words: Mapped[str] = mapped_column(Text, info=label("进展"))
    percent: Mapped[int | None] = mapped_column(info=label("进度（%）"))
    user_name: Mapped[Text40] = mapped_column(default="", info=label("登记人"))


class ProgressPhoto(Base):
    __tablename__ = "progress_photo"
    __journaled__ = False

    id: Mapped[Key]
    progress_id: Mapped[int] = mapped_column(ForeignKey("progress.id"), index=True)
    taken_at: Mapped[datetime]
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)


class Verdict(Worded):
    """How those concerned find what was done."""

    GOOD = "verdict_good", "满意"
    FAIR = "verdict_fair", "基本满意"
    BAD = "verdict_bad", "不满意"


class Evaluation(Versioned, Deletable, Base):
    """What one of those concerned says of a resolution or of a project."""

    __tablename__ = "evaluation"
    __table_args__ = (
        CheckConstraint("resolution_id IS NOT NULL OR project_id IS NOT NULL", name="of_something"),
        Index("uq_evaluation_resident", "resolution_id", "resident_id", unique=True),
    )

    id: Mapped[Key]
    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolution.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    name: Mapped[Text60] = mapped_column(info=label("评议人"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    verdict: Mapped[Verdict] = mapped_column(by_value(Verdict), info=label("评价"))
    words: Mapped[str | None] = mapped_column(String(200), info=label("意见"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))
