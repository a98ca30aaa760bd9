"""Requests (诉求): what was asked, how far it has come, and every step on its way."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text10,
    Text40,
    Versioned,
    Worded,
    by_value,
    label,
)
from app.models.codes import RequestState


class Origin(Worded):
    """Who brought it in."""

    RESIDENT = "resident", "居民"
    MEMBER = "member", "网格员"
    COMMUNITY = "community", "社区"
    PHONE = "phone", "电话"
    ORDER = "order", "上级转办"


class Level(Worded):
    """The four levels, each of which answers what it can and hands the rest up."""

    RESIDENT = "at_resident", "居民"
    MEMBER = "at_member", "网格员"
    COMMUNITY = "at_community", "社区"
    STREET = "at_street", "街道"


class Urgency(Worded):
    ORDINARY = "ordinary_case", "一般"
    URGENT = "urgent", "紧急"
    EMERGENCY = "emergency", "突发"


class Satisfaction(Worded):
    """What the resident said when called back."""

    CONTENT = "content", "满意"
    FAIR = "fair", "基本满意"
    DISCONTENT = "discontent", "不满意"
    NOT_REACHED = "not_reached", "没联系上"


class DeadlineStep(Worded):
    """What a deadline is for; the working days lie in `deadline_rule`."""

    ACCEPT = "accept", "签收"
    CONSULT = "consult", "咨询类办结"
    OTHER = "other", "其他类办结"
    URGENT = "urgent_case", "紧急、突发办结"
    FOLLOW_UP = "follow_up", "办结后回访"


class DeadlineRule(Versioned, Deletable, Base):
    """Working days for a step, in force from a day on until a later rule begins."""

    __tablename__ = "deadline_rule"
    __table_args__ = (Index("ix_deadline_rule_step", "step", "since"),)

    id: Mapped[Key]
    step: Mapped[DeadlineStep] = mapped_column(by_value(DeadlineStep), info=label("环节"))
    working_days: Mapped[int] = mapped_column(info=label("工作日"))
    since: Mapped[date] = mapped_column(info=label("开始执行"))
    source: Mapped[str | None] = mapped_column(String(120), info=label("依据"))


class Request(Versioned, Deletable, Base):
    """One request; what was done about it stands in `request_step`."""

    __tablename__ = "request"
    __table_args__ = (
        Index("ix_request_grid", "grid_id", "state"),
        Index("ix_request_came", "came_on", "category_id", "grid_id"),
    )

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True, info=label("编号"))
    came_on: Mapped[date] = mapped_column(info=label("来件日期"))
    came_at: Mapped[datetime] = mapped_column(info=label("来件时间"))
    origin: Mapped[Origin] = mapped_column(by_value(Origin), info=label("来源"))
    # The number and day on an order of the street or the hotline: they come before any rule.
    order_number: Mapped[str | None] = mapped_column(String(40), info=label("工单号"))
    order_due_on: Mapped[date | None] = mapped_column(info=label("工单期限"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    person: Mapped[str | None] = mapped_column(String(60), info=label("诉求人"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), info=label("类别"))
    title: Mapped[str] = mapped_column(String(60), info=label("事由"))
    body: Mapped[str | None] = mapped_column(Text, info=label("详情"))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), info=label("楼"))
    unit: Mapped[Text10] = mapped_column(default="", info=label("单元"))
    place: Mapped[str | None] = mapped_column(String(80), info=label("地点"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    urgency: Mapped[Urgency] = mapped_column(
        by_value(Urgency), default=Urgency.ORDINARY, info=label("紧急程度")
    )
    promise: Mapped[str | None] = mapped_column(String(120), info=label("答应的事"))
    level: Mapped[Level] = mapped_column(
        by_value(Level), default=Level.MEMBER, info=label("在哪一级")
    )
    state: Mapped[RequestState] = mapped_column(
        by_value(RequestState), default=RequestState.REGISTERED, info=label("状态")
    )
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("grid_member.id"), index=True, info=label("承办网格员")
    )
    # Who has it in hand where it is not a grid member: 物业, 街道城建办.
    handler: Mapped[str | None] = mapped_column(String(60), info=label("承办"))
    # Of the step it is in; None once it is closed.
    due_on: Mapped[date | None] = mapped_column(info=label("期限"))
    extended: Mapped[bool] = mapped_column(default=False, info=label("已延期"))
    # 督办 by the secretary.
    flagged_on: Mapped[date | None] = mapped_column(info=label("督办日期"))
    flagged_by: Mapped[str | None] = mapped_column(String(40), info=label("督办人"))
    answer: Mapped[str | None] = mapped_column(Text, info=label("办理结果"))
    done_on: Mapped[date | None] = mapped_column(info=label("办结日期"))
    called_on: Mapped[date | None] = mapped_column(info=label("回访日期"))
    satisfaction: Mapped[Satisfaction | None] = mapped_column(
        by_value(Satisfaction), info=label("满意度")
    )
    closed_on: Mapped[date | None] = mapped_column(index=True, info=label("销号日期"))
    # Why it was closed without a call-back.
    close_reason: Mapped[str | None] = mapped_column(String(200), info=label("销号原因"))
    reopened: Mapped[int] = mapped_column(default=0, info=label("重办次数"))
    # 并案: of two that ask for the same, the one that goes on.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    diary_entry_id: Mapped[int | None] = mapped_column(ForeignKey("diary_entry.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    registered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))
    # Every step counts, also one that changes nothing else, and those of the request that it goes
    # on with: an older step is not undone alone.
    steps: Mapped[int] = mapped_column(default=0, info=label("步数"))


# The board asks for the open ones by column and deadline: this index alone sorts and counts them.
Index(
    "ix_request_board",
    Request.state,
    Request.due_on,
    Request.flagged_on,
    Request.number,
    Request.merged_into_id,
    sqlite_where=Request.deleted_at.is_(None),
)


class StepKind(Worded):
    """What happened to a request at one moment."""

    REGISTERED = "registered_step", "登记"
    ACCEPTED = "accepted_step", "受理"
    ASSIGNED = "assigned", "交办"
    NOTED = "noted", "进展"
    HANDED_UP = "handed_up", "上报"
    HANDED_DOWN = "handed_down", "退回"
    URGED = "urged", "催办"
    FLAGGED = "flagged", "督办"
    UNFLAGGED = "unflagged", "解除督办"
    EXTENSION_ASKED = "extension_asked", "申请延期"
    EXTENDED = "extended_step", "延期"
    EXTENSION_REFUSED = "extension_refused", "不同意延期"
    DONE = "done_step", "办结"
    CALLED_BACK = "called_back_step", "回访"
    REOPENED = "reopened_step", "重办"
    MERGED = "merged", "并案"
    CLOSED = "closed_step", "销号"


class RequestStep(Base):
    """One step on the way: never changed, only followed by another."""

    __tablename__ = "request_step"
    __part_of__ = "request"

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    at: Mapped[datetime] = mapped_column(info=label("时间"))
    kind: Mapped[StepKind] = mapped_column(by_value(StepKind), info=label("环节"))
    level: Mapped[Level] = mapped_column(by_value(Level), info=label("在哪一级"))
    state: Mapped[RequestState] = mapped_column(by_value(RequestState), info=label("状态"))
    # To whom it went: 孙丽, 物业, 街道城建办.
    to: Mapped[str | None] = mapped_column(String(60), info=label("交给"))
    words: Mapped[str | None] = mapped_column(Text, info=label("说明"))
    due_on: Mapped[date | None] = mapped_column(info=label("期限"))
    user_name: Mapped[Text40] = mapped_column(default="", info=label("经办人"))


class RequestExtension(Versioned, Base):
    """延期: asked for with a reason, granted or refused by whoever may supervise."""

    __tablename__ = "request_extension"
    __part_of__ = "request"

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    until: Mapped[date] = mapped_column(info=label("延到"))
    reason: Mapped[str] = mapped_column(String(200), info=label("延期原因"))
    asked_by: Mapped[Text40] = mapped_column(info=label("申请人"))
    asked_at: Mapped[datetime] = mapped_column(info=label("申请时间"))
    granted: Mapped[bool | None] = mapped_column(info=label("同意延期"))
    decided_by: Mapped[str | None] = mapped_column(String(40), info=label("批准人"))
    decided_at: Mapped[datetime | None] = mapped_column(info=label("批准时间"))
    remark: Mapped[str | None] = mapped_column(String(200), info=label("批准意见"))


class RequestPhoto(Base):
    __tablename__ = "request_photo"
    __journaled__ = False

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    taken_at: Mapped[datetime]
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
