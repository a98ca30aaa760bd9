"""Activities (活动): planned, called for, attended; and the book of hours that came of them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
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
from app.models.codes import ActivityState


class Repeat(Worded):
    """How often an activity comes again."""

    WEEKLY = "weekly", "每周"
    FORTNIGHTLY = "fortnightly", "隔周"
    MONTHLY = "monthly", "每月同一天"


class ActivitySeries(Versioned, Deletable, Base):
    """A recurring activity: its next ones are made from the last one that was planned."""

    __tablename__ = "activity_series"

    id: Mapped[Key]
    repeat: Mapped[Repeat] = mapped_column(by_value(Repeat), info=label("多久一次"))
    first_on: Mapped[date] = mapped_column(info=label("第一次"))
    until: Mapped[date | None] = mapped_column(info=label("到哪天为止"))


class Activity(Versioned, Deletable, Base):
    """One activity with the seven facts of order 67 art. 7.

    名称 日期 地点 服务内容 服务时间 活动组织单位 活动负责人. Times are minutes of the day.
    """

    __tablename__ = "activity"
    # Who came, and what was handed on from it, hang together: typing back stays once it was posted.
    __papers__ = True
    __table_args__ = (Index("ix_activity_day", "on_date", "id"),)

    id: Mapped[Key]
    series_id: Mapped[int | None] = mapped_column(ForeignKey("activity_series.id"), index=True)
    name: Mapped[Text60] = mapped_column(info=label("活动名称"))
    item_id: Mapped[int] = mapped_column(ForeignKey("points_item.id"), info=label("事项"))
    team_id: Mapped[int | None] = mapped_column(
        ForeignKey("team.id"), index=True, info=label("队伍")
    )
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    starts: Mapped[int] = mapped_column(info=label("开始时间"))
    ends: Mapped[int] = mapped_column(info=label("结束时间"))
    place: Mapped[str | None] = mapped_column(String(80), info=label("地点"))
    content: Mapped[str | None] = mapped_column(String(300), info=label("服务内容"))
    organiser: Mapped[str | None] = mapped_column(String(60), info=label("活动组织单位"))
    # Art. 26: what another body called for, that body records and certifies.
    ours: Mapped[bool] = mapped_column(default=True, info=label("由本社区招募"))
    leader: Mapped[str | None] = mapped_column(String(60), info=label("活动负责人"))
    wanted: Mapped[int | None] = mapped_column(info=label("需要人数"))
    # 志愿服务条例 art. 17: insurance before what may be dangerous; never for minors.
    dangerous: Mapped[bool] = mapped_column(default=False, info=label("有危险"))
    insurance: Mapped[str | None] = mapped_column(String(60), info=label("保险单号"))
    state: Mapped[ActivityState] = mapped_column(
        by_value(ActivityState), default=ActivityState.PLANNED, info=label("状态")
    )
    cancelled_reason: Mapped[str | None] = mapped_column(String(120), info=label("取消原因"))
    summary: Mapped[str | None] = mapped_column(Text, info=label("小结"))
    # When all who came were written down (art. 11), and typed into the ministry's system (art. 4).
    recorded_on: Mapped[date | None] = mapped_column(info=label("记录日期"))
    recorded_by: Mapped[str | None] = mapped_column(String(40), info=label("记录人"))
    posted_on: Mapped[date | None] = mapped_column(info=label("送复核日期"))
    system_on: Mapped[date | None] = mapped_column(info=label("录入全国系统的日期"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)


class Attendance(Worded):
    SIGNED_UP = "signed_up", "已报名"
    CAME = "came", "到了"
    ABSENT = "absent", "没来"
    WITHDREW = "withdrew", "退出报名"


class Quality(Worded):
    """How the service was (art. 10); a service that failed gives no points."""

    GOOD = "good_service", "好"
    FAIR = "fair_service", "合格"
    FAILED = "failed_service", "不合格"


class Participation(Versioned, Base):
    """Somebody at an activity: signed up, came, for how long. Exactly one of the two ids."""

    __tablename__ = "participation"
    __part_of__ = "activity"
    __table_args__ = (
        Index("uq_participation_volunteer", "activity_id", "volunteer_id", unique=True),
        Index("uq_participation_resident", "activity_id", "resident_id", unique=True),
    )

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), info=label("活动"))
    volunteer_id: Mapped[int | None] = mapped_column(
        ForeignKey("volunteer.id"), index=True, info=label("志愿者")
    )
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("居民")
    )
    state: Mapped[Attendance] = mapped_column(by_value(Attendance), info=label("状态"))
    # Place on the printed sheet, by which it is typed back.
    place: Mapped[int] = mapped_column(default=0, info=label("序号"))
    signed_up_on: Mapped[date | None] = mapped_column(info=label("报名日期"))
    starts: Mapped[int | None] = mapped_column(info=label("到的时间"))
    half_hours: Mapped[int] = mapped_column(default=0, info=label("服务时长"))
    # Hundredths of the unit, where the rule counts kilograms or pieces.
    quantity: Mapped[int] = mapped_column(default=0, info=label("数量"))
    quality: Mapped[Quality | None] = mapped_column(by_value(Quality), info=label("评价"))
    note: Mapped[str | None] = mapped_column(String(120), info=label("备注"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("记录人"))


class ActivityPhoto(Base):
    __tablename__ = "activity_photo"
    __journaled__ = False

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    taken_at: Mapped[datetime]
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)


class HourEntry(Base):
    """One line of the book of hours (时长账). Points are another book: spending touches none."""

    __tablename__ = "hour_entry"
    __ledger__ = True
    __table_args__ = (Index("ix_hour_entry_volunteer", "volunteer_id", "on_date"),)

    id: Mapped[Key]
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), info=label("志愿者"))
    half_hours: Mapped[int] = mapped_column(info=label("服务时长"))
    on_date: Mapped[date] = mapped_column(index=True, info=label("服务日期"))
    booked_at: Mapped[datetime] = mapped_column(info=label("记账时间"))
    # 202611: the month in whose book it stands; a closed one takes nothing more.
    month: Mapped[int] = mapped_column(info=label("账月"))
    activity_id: Mapped[int | None] = mapped_column(
        ForeignKey("activity.id"), index=True, info=label("活动")
    )
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("points_claim.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("hour_entry.id"), unique=True, info=label("冲正")
    )
    words: Mapped[str] = mapped_column(String(120), default="", info=label("服务内容"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("经手"))
    reviewed_by: Mapped[Text40] = mapped_column(default="", info=label("复核"))
