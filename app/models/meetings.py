"""Meetings (会议): called, attended, minuted; the agenda with its motions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
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
from app.models.codes import Basis, ItemState, Matter, MeetingState


class Meeting(Versioned, Deletable, Base):
    """One meeting of a body. Times are minutes of the day."""

    __tablename__ = "meeting"
    __papers__ = True
    __table_args__ = (
        Index("ix_meeting_day", "on_date", "id"),
        Index("ix_meeting_body", "body_id", "on_date"),
    )

    id: Mapped[Key]
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), info=label("组织"))
    # 第 4 次 of this body.
    number: Mapped[int] = mapped_column(info=label("第几次"))
    title: Mapped[Text60] = mapped_column(info=label("会议"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    starts: Mapped[int] = mapped_column(info=label("开始时间"))
    place: Mapped[str | None] = mapped_column(String(80), info=label("地点"))
    chair: Mapped[str | None] = mapped_column(String(60), info=label("主持人"))
    recorder: Mapped[str | None] = mapped_column(String(60), info=label("记录人"))
    called_by: Mapped[str | None] = mapped_column(String(120), info=label("召集或提议"))
    # 居民会议: all residents over 18, or one of each household (居委会组织法 27).
    basis: Mapped[Basis | None] = mapped_column(by_value(Basis), info=label("参加范围"))
    state: Mapped[MeetingState] = mapped_column(
        by_value(MeetingState), default=MeetingState.PLANNED, info=label("状态")
    )
    notified_on: Mapped[date | None] = mapped_column(info=label("通知日期"))
    # Why it was called at once, with fewer days than the rule asks for (26).
    short_notice: Mapped[str | None] = mapped_column(String(200), info=label("临时通知原因"))
    committee_told_on: Mapped[date | None] = mapped_column(info=label("告知居委会日期"))
    # 30: when the party organisation discussed it, and where the assembly authorised it.
    party_on: Mapped[date | None] = mapped_column(info=label("党组织研究日期"))
    party_words: Mapped[str | None] = mapped_column(String(200), info=label("党组织意见"))
    delegation: Mapped[str | None] = mapped_column(String(200), info=label("居民会议授权"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    # 应到 as it stood when the meeting was opened; areas in 0.01 m².
    expected: Mapped[int | None] = mapped_column(info=label("应到"))
    expected_area: Mapped[int | None] = mapped_column(info=label("应到面积", "area"))
    opened_at: Mapped[datetime | None] = mapped_column(info=label("开会时间"))
    closed_at: Mapped[datetime | None] = mapped_column(info=label("散会时间"))
    # Once they are finished, minutes are only added to (修正).
    filed_at: Mapped[datetime | None] = mapped_column(info=label("记录定稿时间"))
    filed_by: Mapped[str | None] = mapped_column(String(40), info=label("定稿人"))
    cancelled_reason: Mapped[str | None] = mapped_column(String(120), info=label("取消原因"))
    # The matters that the meeting of the year before authorised, the summary that is sent on.
    summary: Mapped[str | None] = mapped_column(Text, info=label("纪要"))
    sent_to: Mapped[str | None] = mapped_column(String(200), info=label("纪要发送"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))


class ItemKind(Worded):
    """What is done with an item: a report is heard, a matter talked over, a motion decided."""

    REPORT = "report_item", "通报"
    DISCUSS = "discuss_item", "协商"
    DECIDE = "decide_item", "表决"
    OTHER = "other_item", "其他"


class AgendaItem(Versioned, Base):
    """One item of the agenda with its minutes."""

    __tablename__ = "agenda_item"
    __part_of__ = "meeting"
    __table_args__ = (Index("ix_agenda_item_meeting", "meeting_id", "place"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), info=label("会议"))
    place: Mapped[int] = mapped_column(info=label("序号"))
    kind: Mapped[ItemKind] = mapped_column(by_value(ItemKind), info=label("形式"))
    title: Mapped[str] = mapped_column(String(60), info=label("议程"))
    # What is voted on, as it is read out.
    words: Mapped[str | None] = mapped_column(Text, info=label("决议草案"))
    matter: Mapped[Matter] = mapped_column(
        by_value(Matter), default=Matter.ORDINARY, info=label("事项")
    )
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    # The item of an earlier meeting that was left, or whose resolution is still open.
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    # Brought up in the meeting: it may be talked over, never decided there.
    added_there: Mapped[bool] = mapped_column(default=False, info=label("临时议题"))
    state: Mapped[ItemState] = mapped_column(
        by_value(ItemState), default=ItemState.WAITING, info=label("状态")
    )
    minutes: Mapped[str | None] = mapped_column(Text, info=label("会议记录"))
    result: Mapped[str | None] = mapped_column(String(200), info=label("结果"))


class MotionKind(Worded):
    AMENDMENT = "amendment", "修正案"
    PROCEDURE = "procedure", "程序动议"


class Motion(Versioned, Base):
    """Something moved on an item: an amendment of its text, or how to go on."""

    __tablename__ = "motion"
    __part_of__ = "agenda_item"

    id: Mapped[Key]
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    place: Mapped[int] = mapped_column(info=label("序号"))
    kind: Mapped[MotionKind] = mapped_column(by_value(MotionKind), info=label("动议"))
    words: Mapped[str] = mapped_column(String(300), info=label("内容"))
    mover: Mapped[str | None] = mapped_column(String(60), info=label("动议人"))
    seconders: Mapped[int] = mapped_column(default=0, info=label("附议人数"))
    result: Mapped[str | None] = mapped_column(String(120), info=label("结果"))


class Capacity(Worded):
    """In what role somebody is there; who only listens is in no count."""

    MEMBER = "as_member", "应到"
    OBSERVER = "as_observer", "列席"


class AttendWay(Worded):
    SCANNED = "scanned", "扫码"
    TYPED = "typed", "手录"
    SHEET = "from_sheet", "签到表"
    PROXY = "by_proxy", "受托"
    EXCUSED = "excused", "请假"


class Attendee(Versioned, Base):
    """Somebody at a meeting, or excused; a proxy names who votes in his place."""

    __tablename__ = "attendee"
    __part_of__ = "meeting"
    __table_args__ = (
        CheckConstraint("way <> 'by_proxy' OR holder_id IS NOT NULL", name="proxy_has_a_holder"),
        Index("uq_attendee_member", "meeting_id", "body_member_id", unique=True),
        Index("uq_attendee_owner", "meeting_id", "owner_id", unique=True),
        Index("uq_attendee_resident", "meeting_id", "resident_id", unique=True),
        Index("uq_attendee_household", "meeting_id", "household_id", unique=True),
    )

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), info=label("会议"))
    capacity: Mapped[Capacity] = mapped_column(by_value(Capacity), info=label("身份"))
    body_member_id: Mapped[int | None] = mapped_column(ForeignKey("body_member.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"), index=True)
    # Residents of an assembly, and whoever of the file listens.
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    # For which household somebody speaks where each sends one.
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    name: Mapped[Text60] = mapped_column(info=label("姓名"))
    came_from: Mapped[str | None] = mapped_column(String(60), info=label("单位或楼栋"))
    way: Mapped[AttendWay] = mapped_column(by_value(AttendWay), info=label("方式"))
    came_at: Mapped[datetime | None] = mapped_column(info=label("到会时间"))
    left_at: Mapped[datetime | None] = mapped_column(info=label("离会时间"))
    # Who votes in his place: another attendee of the same meeting.
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("attendee.id"), index=True)
    remark: Mapped[str | None] = mapped_column(String(120), info=label("备注"))
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))


class Stance(Worded):
    """Said first by whoever speaks (议事规则: 先表立场，后讲理由)."""

    FOR = "stance_for", "赞成"
    AGAINST = "stance_against", "反对"
    ASKS = "stance_asks", "提问"
    REMARK = "stance_remark", "说明"


class Speech(Versioned, Base):
    """A turn to speak: waiting without `began_at`, done with its seconds."""

    __tablename__ = "speech"
    __part_of__ = "agenda_item"

    id: Mapped[Key]
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    attendee_id: Mapped[int | None] = mapped_column(ForeignKey("attendee.id"), index=True)
    name: Mapped[Text60] = mapped_column(info=label("发言人"))
    stance: Mapped[Stance | None] = mapped_column(by_value(Stance), info=label("立场"))
    place: Mapped[int] = mapped_column(info=label("次序"))
    began_at: Mapped[datetime | None] = mapped_column(info=label("开始发言"))
    seconds: Mapped[int | None] = mapped_column(info=label("用时（秒）"))
    words: Mapped[str | None] = mapped_column(Text, info=label("要点"))


class MinutesAmendment(Base):
    """What was added to finished minutes: the text itself stays as it was."""

    __tablename__ = "minutes_amendment"
    __part_of__ = "meeting"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    at: Mapped[datetime] = mapped_column(info=label("时间"))
    words: Mapped[str] = mapped_column(Text, info=label("修正内容"))
    reason: Mapped[str] = mapped_column(String(200), info=label("修正原因"))
    user_name: Mapped[Text40] = mapped_column(default="", info=label("修正人"))
