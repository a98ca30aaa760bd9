"""大党委: units and partners, who leads by turn, the three lists (资源 需求 项目)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
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
from app.models.codes import ProjectState


class UnitKind(Worded):
    MEMBER = "member_unit", "成员单位"
    PARTNER = "partner", "红色合伙人"
    PROPERTY = "property_firm", "物业企业"
    OWNERS = "owners_committee", "业主委员会"
    PAIRED = "paired_branch", "结对支部"


class JointUnit(Versioned, Deletable, Base):
    """A unit that works with the community, from a day to a day."""

    __tablename__ = "joint_unit"

    id: Mapped[Key]
    kind: Mapped[UnitKind] = mapped_column(by_value(UnitKind), info=label("种类"))
    name: Mapped[Text60] = mapped_column(info=label("单位"))
    address: Mapped[str | None] = mapped_column(String(80), info=label("地址"))
    # 每单位 1 名联络员 (domain.md 7.1).
    contact: Mapped[str | None] = mapped_column(String(60), info=label("联络员"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    speciality: Mapped[str | None] = mapped_column(String(120), info=label("擅长"))
    since: Mapped[date] = mapped_column(info=label("加入日期"))
    until: Mapped[date | None] = mapped_column(info=label("退出日期"))
    ended_reason: Mapped[str | None] = mapped_column(String(120), info=label("退出原因"))
    remark: Mapped[str | None] = mapped_column(String(200), info=label("备注"))


class ChairTurn(Versioned, Deletable, Base):
    """轮值主席: which member leads the joint meetings from a day to a day."""

    __tablename__ = "chair_turn"
    __table_args__ = (Index("ix_chair_turn_body", "body_id", "since"),)

    id: Mapped[Key]
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), info=label("组织"))
    body_member_id: Mapped[int] = mapped_column(
        ForeignKey("body_member.id"), index=True, info=label("成员")
    )
    since: Mapped[date] = mapped_column(info=label("开始"))
    until: Mapped[date] = mapped_column(info=label("结束"))


class MemberReport(Versioned, Deletable, Base):
    """年度述职 of a part-time member with the stars that the year came to."""

    __tablename__ = "member_report"
    __table_args__ = (Index("uq_member_report", "body_member_id", "year", unique=True),)

    id: Mapped[Key]
    body_member_id: Mapped[int] = mapped_column(ForeignKey("body_member.id"), info=label("成员"))
    year: Mapped[int] = mapped_column(info=label("年度"))
    reported_on: Mapped[date | None] = mapped_column(info=label("述职日期"))
    words: Mapped[str | None] = mapped_column(Text, info=label("述职内容"))
    # As counted when it was put down: meetings attended of those held, projects taken on.
    attended: Mapped[int] = mapped_column(default=0, info=label("参加会议"))
    held: Mapped[int] = mapped_column(default=0, info=label("应参加会议"))
    projects: Mapped[int] = mapped_column(default=0, info=label("参与项目"))
    stars: Mapped[int] = mapped_column(default=0, info=label("星级"))
    remark: Mapped[str | None] = mapped_column(String(120), info=label("评语"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))


class ResourceKind(Worded):
    """domain.md 7.2."""

    PLACE = "place", "场地"
    PEOPLE = "talent", "人才"
    MONEY = "funds", "资金"
    SERVICE = "services", "服务"
    INFORMATION = "information", "信息"


class ListState(Worded):
    """Of a resource or a need."""

    OPEN = "list_open", "待对接"
    MATCHED = "list_matched", "已对接"
    DONE = "list_done", "已落实"
    WITHDRAWN = "list_withdrawn", "已撤回"


class Resource(Versioned, Deletable, Base):
    """What a unit offers (资源清单)."""

    __tablename__ = "resource"

    id: Mapped[Key]
    number: Mapped[Text20] = mapped_column(unique=True, info=label("编号"))
    year: Mapped[int] = mapped_column(index=True, info=label("年度"))
    joint_unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("joint_unit.id"), index=True, info=label("单位")
    )
    kind: Mapped[ResourceKind] = mapped_column(by_value(ResourceKind), info=label("类型"))
    words: Mapped[str] = mapped_column(String(200), info=label("内容"))
    available: Mapped[str | None] = mapped_column(String(80), info=label("可用时间"))
    contact: Mapped[str | None] = mapped_column(String(60), info=label("联系人"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    state: Mapped[ListState] = mapped_column(
        by_value(ListState), default=ListState.OPEN, info=label("状态")
    )
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))


class NeedUrgency(Worded):
    ORDINARY = "need_ordinary", "一般"
    SOON = "need_soon", "较急"
    URGENT = "need_urgent", "紧急"


class Need(Versioned, Deletable, Base):
    """What a grid or its residents need (需求清单)."""

    __tablename__ = "need"

    id: Mapped[Key]
    number: Mapped[Text20] = mapped_column(unique=True, info=label("编号"))
    year: Mapped[int] = mapped_column(index=True, info=label("年度"))
    raised_on: Mapped[date] = mapped_column(info=label("提出日期"))
    raised_by: Mapped[str | None] = mapped_column(String(60), info=label("提出方"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    kind: Mapped[ResourceKind] = mapped_column(by_value(ResourceKind), info=label("需要什么"))
    words: Mapped[str] = mapped_column(String(200), info=label("需求"))
    beneficiaries: Mapped[str | None] = mapped_column(String(80), info=label("受益人群"))
    urgency: Mapped[NeedUrgency] = mapped_column(
        by_value(NeedUrgency), default=NeedUrgency.ORDINARY, info=label("紧急程度")
    )
    state: Mapped[ListState] = mapped_column(
        by_value(ListState), default=ListState.OPEN, info=label("状态")
    )
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))


class Project(Versioned, Deletable, Base):
    """What comes of a need and resources, or of a resolution with money (项目清单). 分.

    With a `year` of the fund it is paid from there: decided by which meeting, approved, accepted,
    made public (domain.md 7.4).
    """

    __tablename__ = "project"
    __papers__ = True

    id: Mapped[Key]
    number: Mapped[Text20] = mapped_column(unique=True, info=label("编号"))
    year: Mapped[int] = mapped_column(index=True, info=label("年度"))
    name: Mapped[Text60] = mapped_column(info=label("项目"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolution.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    lead_unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("joint_unit.id"), index=True, info=label("牵头单位")
    )
    owner: Mapped[str | None] = mapped_column(String(60), info=label("责任人"))
    since: Mapped[date | None] = mapped_column(info=label("开始日期"))
    until: Mapped[date | None] = mapped_column(info=label("计划完成"))
    state: Mapped[ProjectState] = mapped_column(
        by_value(ProjectState), default=ProjectState.PLANNED, info=label("阶段")
    )
    percent: Mapped[int] = mapped_column(default=0, info=label("进展（%）"))
    # From the fund: what was approved, where and when.
    funded: Mapped[bool] = mapped_column(default=False, info=label("用专项经费"))
    budget: Mapped[int] = mapped_column(default=0, info=label("预算", "cents"))
    purpose: Mapped[str | None] = mapped_column(String(200), info=label("用途"))
    # Why a use that the rules question is right all the same.
    purpose_reason: Mapped[str | None] = mapped_column(String(200), info=label("用途说明"))
    approval: Mapped[str | None] = mapped_column(String(40), info=label("审批文号"))
    approved_on: Mapped[date | None] = mapped_column(info=label("审批日期"))
    accepted_on: Mapped[date | None] = mapped_column(info=label("验收日期"))
    accepted_by: Mapped[str | None] = mapped_column(String(60), info=label("验收人"))
    effect: Mapped[str | None] = mapped_column(Text, info=label("成效"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    stopped_reason: Mapped[str | None] = mapped_column(String(200), info=label("终止原因"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))
    entered_at: Mapped[datetime] = mapped_column(info=label("登记时间"))


class ProjectResource(Base):
    """A resource that a project uses."""

    __tablename__ = "project_resource"
    __part_of__ = "project"
    __table_args__ = (Index("uq_project_resource", "project_id", "resource_id", unique=True),)

    id: Mapped[Key]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), info=label("项目"))
    resource_id: Mapped[int] = mapped_column(
        ForeignKey("resource.id"), index=True, info=label("资源")
    )
