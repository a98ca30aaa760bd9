"""Volunteers (志愿者): who serves, in which team, what was learned and honoured, which stars."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text40,
    Text60,
    Versioned,
    Worded,
    by_value,
    label,
)


class Volunteer(Versioned, Deletable, Base):
    """One volunteer, a resident or somebody from outside.

    The facts of order 67 art. 5 stand with the resident, or here for who has no such record.
    """

    __tablename__ = "volunteer"

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True, info=label("志愿者编号"))
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("resident.id"), unique=True, info=label("居民")
    )
    name: Mapped[str | None] = mapped_column(String(60), info=label("姓名"))
    gender: Mapped[str | None] = mapped_column(String(2), info=label("性别"))
    id_number: Mapped[str | None] = mapped_column(String(20), info=label("证件号码"))
    birth_date: Mapped[date | None] = mapped_column(info=label("出生日期"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    address: Mapped[str | None] = mapped_column(String(120), info=label("居住区域"))
    registered_on: Mapped[date] = mapped_column(info=label("登记日期"))
    left_on: Mapped[date | None] = mapped_column(info=label("退出日期"))
    left_reason: Mapped[str | None] = mapped_column(String(120), info=label("退出原因"))
    skills: Mapped[str | None] = mapped_column(String(120), info=label("特长"))
    services: Mapped[str | None] = mapped_column(String(120), info=label("愿意做的服务"))
    # Number in the system that the ministry names (order 67 art. 4).
    system_number: Mapped[str | None] = mapped_column(String(40), info=label("全国系统编号"))
    # Art. 6 and 16: the office may record; the name may be made public.
    record_consent_on: Mapped[date | None] = mapped_column(info=label("同意代录的日期"))
    publish_consent_on: Mapped[date | None] = mapped_column(info=label("同意公开姓名的日期"))
    guardian: Mapped[str | None] = mapped_column(String(60), info=label("监护人"))
    guardian_relation: Mapped[str | None] = mapped_column(String(20), info=label("监护人关系"))
    guardian_phone: Mapped[str | None] = mapped_column(String(40), info=label("监护人电话"))
    guardian_consent_on: Mapped[date | None] = mapped_column(info=label("监护人同意的日期"))
    insurance: Mapped[str | None] = mapped_column(String(120), info=label("保险"))
    insured_until: Mapped[date | None] = mapped_column(info=label("保险到期"))
    note: Mapped[str | None] = mapped_column(String(200), info=label("备注"))


class Team(Versioned, Deletable, Base):
    """A team of volunteers (铁军 爱暖 115敲门 安心 巧手)."""

    __tablename__ = "team"

    id: Mapped[Key]
    name: Mapped[Text40] = mapped_column(info=label("队名"))
    service: Mapped[str | None] = mapped_column(String(60), info=label("服务内容"))
    leader_id: Mapped[int | None] = mapped_column(
        ForeignKey("volunteer.id"), index=True, info=label("队长")
    )
    founded_on: Mapped[date | None] = mapped_column(info=label("成立日期"))
    closed_on: Mapped[date | None] = mapped_column(info=label("解散日期"))
    note: Mapped[str | None] = mapped_column(String(200), info=label("备注"))
    position: Mapped[int] = mapped_column(default=0)


class TeamMember(Versioned, Base):
    """Somebody in a team, from a day to a day."""

    __tablename__ = "team_member"

    id: Mapped[Key]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True, info=label("队伍"))
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id"), index=True, info=label("志愿者")
    )
    since: Mapped[date] = mapped_column(info=label("入队日期"))
    until: Mapped[date | None] = mapped_column(info=label("离队日期"))


class VolunteerNoteKind(Worded):
    """What else is kept of a volunteer (志愿服务条例 art. 19; order 67 art. 8-10)."""

    TRAINING = "training", "培训"
    AWARD = "award", "表彰奖励"
    ASSESSMENT = "assessment", "服务评价"
    COMPLAINT = "complaint", "投诉"


class VolunteerNote(Versioned, Deletable, Base):
    """A training, an honour, an assessment. Hours of a training are not hours of service."""

    __tablename__ = "volunteer_note"

    id: Mapped[Key]
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id"), index=True, info=label("志愿者")
    )
    kind: Mapped[VolunteerNoteKind] = mapped_column(by_value(VolunteerNoteKind), info=label("种类"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    title: Mapped[Text60] = mapped_column(info=label("名称"))
    unit: Mapped[str | None] = mapped_column(String(60), info=label("举办或授予单位"))
    detail: Mapped[str | None] = mapped_column(String(300), info=label("内容"))
    half_hours: Mapped[int] = mapped_column(default=0, info=label("学习时长"))


class StarLevel(Versioned, Deletable, Base):
    """From how many hours on a volunteer has so many stars; in force from a day to a day."""

    __tablename__ = "star_level"
    __table_args__ = (Index("ix_star_level_since", "since", "stars"),)

    id: Mapped[Key]
    stars: Mapped[int] = mapped_column(info=label("星级"))
    hours: Mapped[int] = mapped_column(info=label("服务时长"))
    since: Mapped[date] = mapped_column(info=label("开始执行"))
    until: Mapped[date | None] = mapped_column(info=label("停止执行"))
    source: Mapped[str | None] = mapped_column(String(120), info=label("依据"))


class StarState(Worded):
    PROPOSED = "proposed", "拟认定"
    PUBLISHED = "published", "公示中"
    CONFIRMED = "confirmed", "已认定"
    DROPPED = "dropped", "不予认定"


class StarAward(Versioned, Base):
    """Stars of a volunteer: proposed by hours, made public, then given (domain.md 2.3)."""

    __tablename__ = "star_award"

    id: Mapped[Key]
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id"), index=True, info=label("志愿者")
    )
    stars: Mapped[int] = mapped_column(info=label("星级"))
    half_hours: Mapped[int] = mapped_column(info=label("当时的服务时长"))
    state: Mapped[StarState] = mapped_column(by_value(StarState), info=label("状态"))
    proposed_on: Mapped[date] = mapped_column(info=label("提出日期"))
    public_from: Mapped[date | None] = mapped_column(info=label("公示开始"))
    public_until: Mapped[date | None] = mapped_column(info=label("公示结束"))
    # The 公示 of 文书 on which it stands, with its objections and the picture of the board.
    notice_id: Mapped[int | None] = mapped_column(
        ForeignKey("notice.id"), index=True, info=label("公示通知")
    )
    decided_on: Mapped[date | None] = mapped_column(info=label("认定日期"))
    decided_by: Mapped[str | None] = mapped_column(String(40), info=label("认定人"))
    reason: Mapped[str | None] = mapped_column(String(200), info=label("原因"))
    proposed_by: Mapped[Text40] = mapped_column(default="", info=label("提出人"))
