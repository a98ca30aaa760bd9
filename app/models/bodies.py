"""Bodies (议事组织): who may decide what, their members from a day to a day, owners, appraisals."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text10,
    Text20,
    Text40,
    Text60,
    Versioned,
    Worded,
    by_value,
    label,
)
from app.models.codes import BodyKind, MemberRole


class Body(Versioned, Deletable, Base):
    """One of them in one term of office: 望海社区第六届居民代表会议."""

    __tablename__ = "body"
    __table_args__ = (Index("ix_body_kind", "kind", "since"),)

    id: Mapped[Key]
    kind: Mapped[BodyKind] = mapped_column(by_value(BodyKind), info=label("种类"))
    name: Mapped[Text60] = mapped_column(info=label("名称"))
    term: Mapped[int | None] = mapped_column(info=label("第几届"))
    since: Mapped[date] = mapped_column(info=label("任期开始"))
    until: Mapped[date | None] = mapped_column(info=label("任期结束"))
    # 居民小组 of a grid, 业主大会 of a housing estate.
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    scope: Mapped[str | None] = mapped_column(String(120), info=label("范围"))
    # A free set of the office in place of the law's, where the law sets none.
    rule_code: Mapped[str | None] = mapped_column(String(20), info=label("表决规则"))
    remark: Mapped[str | None] = mapped_column(String(200), info=label("备注"))


class BodyMember(Versioned, Deletable, Base):
    """Somebody in a body from a day to a day; two roles of one person there are refused."""

    __tablename__ = "body_member"
    __table_args__ = (
        Index("ix_body_member_body", "body_id", "until"),
        Index("ix_body_member_unit", "joint_unit_id"),
    )

    id: Mapped[Key]
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), info=label("组织"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    name: Mapped[Text60] = mapped_column(info=label("姓名"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    role: Mapped[MemberRole] = mapped_column(by_value(MemberRole), info=label("身份"))
    # 居委会组织法 28: committee and representatives are counted apart; who is both counts once.
    in_committee: Mapped[bool] = mapped_column(default=False, info=label("是居委会成员"))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), info=label("楼"))
    # 13: 20 to 50 households put one forward; a hint, never a refusal.
    households: Mapped[int | None] = mapped_column(info=label("推选户数"))
    # Of 大党委: whom he speaks for, and what he is there.
    joint_unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("joint_unit.id"), info=label("单位")
    )
    position: Mapped[str | None] = mapped_column(String(60), info=label("职务"))
    since: Mapped[date] = mapped_column(info=label("任职日期"))
    until: Mapped[date | None] = mapped_column(info=label("离任日期"))
    ended_reason: Mapped[str | None] = mapped_column(String(120), info=label("离任原因"))
    remark: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class Owner(Versioned, Deletable, Base):
    """An owner (业主): counted once, whatever number of dwellings is his (民法典 278)."""

    __tablename__ = "owner"
    __table_args__ = (Index("ix_owner_body", "body_id", "number"),)

    id: Mapped[Key]
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), info=label("业主大会"))
    number: Mapped[int] = mapped_column(info=label("业主号"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    name: Mapped[Text60] = mapped_column(info=label("业主"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    remark: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class OwnerUnit(Versioned, Deletable, Base):
    """A part of the building that is somebody's own (专有部分), its area in 0.01 m²."""

    __tablename__ = "owner_unit"
    __part_of__ = "owner"
    __table_args__ = (
        CheckConstraint("area > 0", name="has_an_area"),
        Index("ix_owner_unit_owner", "owner_id", "area"),
    )

    id: Mapped[Key]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"), info=label("业主"))
    building: Mapped[Text20] = mapped_column(default="", info=label("楼"))
    unit: Mapped[Text10] = mapped_column(default="", info=label("单元"))
    room: Mapped[Text20] = mapped_column(default="", info=label("室"))
    area: Mapped[int] = mapped_column(info=label("专有面积", "area"))


class Appraisal(Versioned, Deletable, Base):
    """民主评议 of a year: at least once a year, led by the supervisors (居委会组织法 37)."""

    __tablename__ = "appraisal"
    __papers__ = True

    id: Mapped[Key]
    year: Mapped[int] = mapped_column(index=True, info=label("年度"))
    held_on: Mapped[date] = mapped_column(info=label("评议日期"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), info=label("会议"))
    led_by: Mapped[str] = mapped_column(String(60), info=label("主持"))
    voters: Mapped[int] = mapped_column(info=label("参加评议人数"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))
    entered_at: Mapped[datetime] = mapped_column(info=label("登记时间"))


class Grade(Worded):
    COMPETENT = "competent", "称职"
    BARELY = "barely", "基本称职"
    INCOMPETENT = "incompetent", "不称职"


class AppraisalLine(Versioned, Base):
    """How the voters judged one member; twice 不称职 in a row ends the post (37)."""

    __tablename__ = "appraisal_line"
    __part_of__ = "appraisal"
    __table_args__ = (Index("uq_appraisal_line", "appraisal_id", "body_member_id", unique=True),)

    id: Mapped[Key]
    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"), info=label("评议"))
    body_member_id: Mapped[int] = mapped_column(
        ForeignKey("body_member.id"), index=True, info=label("成员")
    )
    competent: Mapped[int] = mapped_column(info=label("称职票"))
    barely: Mapped[int] = mapped_column(info=label("基本称职票"))
    incompetent: Mapped[int] = mapped_column(info=label("不称职票"))
    grade: Mapped[Grade] = mapped_column(by_value(Grade), info=label("结果"))
