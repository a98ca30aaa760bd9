"""Topics (议题): what residents bring up, who stands behind it, and how far it has come."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
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
from app.models.codes import TopicState


class TopicOrigin(Worded):
    """Where a topic was heard of (domain.md 5.3: 收集)."""

    FORUM = "forum", "议事亭"
    SLIP = "slip", "纸条"
    DIARY = "of_diary", "平安日记"
    REQUEST = "of_request", "诉求"
    PHONE = "by_phone", "电话"
    VISIT = "of_visit", "走访"
    MEETING = "of_meeting", "会上提出"
    ONLINE = "online", "网上"


class Topic(Versioned, Deletable, Base):
    """One matter, from the resident's word until it is done."""

    __tablename__ = "topic"
    __papers__ = True
    __table_args__ = (
        Index("ix_topic_state", "state", "came_on"),
        Index("ix_topic_grid", "grid_id", "state"),
    )

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True, info=label("编号"))
    came_on: Mapped[date] = mapped_column(info=label("提出日期"))
    origin: Mapped[TopicOrigin] = mapped_column(by_value(TopicOrigin), info=label("来源"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    # Somebody who is not in the file, or a team: 板凳评议团.
    person: Mapped[str | None] = mapped_column(String(60), info=label("提出人"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), info=label("楼"))
    unit: Mapped[Text10] = mapped_column(default="", info=label("单元"))
    place: Mapped[str | None] = mapped_column(String(80), info=label("地点"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), info=label("类别"))
    title: Mapped[str] = mapped_column(String(60), info=label("议题"))
    body: Mapped[str | None] = mapped_column(Text, info=label("情况"))
    wish: Mapped[str | None] = mapped_column(String(200), info=label("希望怎么办"))
    # Who is concerned, in words and in numbers: 3 至 6 号楼, 24 个单元.
    concerns: Mapped[str | None] = mapped_column(String(120), info=label("涉及的人"))
    households: Mapped[int | None] = mapped_column(info=label("涉及户数"))
    state: Mapped[TopicState] = mapped_column(
        by_value(TopicState), default=TopicState.RAISED, info=label("状态")
    )
    # 书记审定: taken up, or not, and why.
    screened_on: Mapped[date | None] = mapped_column(info=label("审定日期"))
    screened_by: Mapped[str | None] = mapped_column(String(40), info=label("审定人"))
    screen_reason: Mapped[str | None] = mapped_column(String(200), info=label("审定意见"))
    # Of several that ask for the same, the one that goes on.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    diary_entry_id: Mapped[int | None] = mapped_column(ForeignKey("diary_entry.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    # The list on which it was made public.
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    registered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))
    registered_at: Mapped[datetime] = mapped_column(info=label("登记时间"))


class TopicPersonKind(Worded):
    SUPPORTS = "supports", "联名"
    CONCERNED = "concerned", "涉及"


class TopicPerson(Base):
    """Somebody who stands behind a topic or whom it concerns; they are asked how it turned out."""

    __tablename__ = "topic_person"
    __part_of__ = "topic"
    __table_args__ = (
        CheckConstraint("resident_id IS NOT NULL OR person > ''", name="somebody"),
        Index("uq_topic_person_resident", "topic_id", "resident_id", unique=True),
    )

    id: Mapped[Key]
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True, info=label("议题"))
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("resident.id"), index=True, info=label("居民")
    )
    person: Mapped[str | None] = mapped_column(String(60), info=label("姓名"))
    kind: Mapped[TopicPersonKind] = mapped_column(by_value(TopicPersonKind), info=label("关系"))


class TopicKey(Base):
    """Pairs of characters of titles, by which similar topics are found."""

    __tablename__ = "topic_key"
    __journaled__ = False
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - what SQLAlchemy reads it as

    token: Mapped[str] = mapped_column(String(4), primary_key=True)
    # No foreign key: what is found is looked up in `topic`, and one that is gone is not found.
    topic_id: Mapped[int] = mapped_column(primary_key=True, index=True)
