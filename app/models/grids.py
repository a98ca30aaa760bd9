"""Who looks after whom: grids, buildings, those who serve in them, their posts and pairings."""

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
    Text60,
    Versioned,
    Worded,
    by_value,
    label,
)


class GridKind(Worded):
    """基础网格 have residents; 专属网格 are a school, a market, an estate of offices."""

    BASIC = "basic", "基础网格"
    SPECIAL = "special", "专属网格"


class Grid(Versioned, Deletable, Base):
    __tablename__ = "grid"

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(info=label("网格号"))
    name: Mapped[Text40] = mapped_column(info=label("网格名称"))
    # 12 digits of the community and three of the grid, where the street gave one.
    code: Mapped[str | None] = mapped_column(String(20), info=label("网格编码"))
    kind: Mapped[GridKind] = mapped_column(
        by_value(GridKind), default=GridKind.BASIC, info=label("网格类型")
    )
    # Where it ends, in words: it stands on the notice board (公示牌).
    area: Mapped[str | None] = mapped_column(String(200), info=label("区域范围"))
    # None: the seven kinds of duties that every grid has.
    duties: Mapped[str | None] = mapped_column(Text, info=label("职责"))
    party_branch: Mapped[str | None] = mapped_column(String(60), info=label("网格党支部"))


class Building(Versioned, Deletable, Base):
    __tablename__ = "building"

    id: Mapped[Key]
    number: Mapped[Text20] = mapped_column(unique=True, info=label("楼号"))
    name: Mapped[str | None] = mapped_column(String(60), info=label("楼名"))
    # The grid that newcomers of this building get; a building may be split between grids.
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    party_group: Mapped[str | None] = mapped_column(String(60), info=label("楼栋党小组"))


class BuildingMove(Base):
    """A building that went from one grid to another, with everybody who lived there that day."""

    __tablename__ = "building_move"

    id: Mapped[Key]
    building_id: Mapped[int] = mapped_column(
        ForeignKey("building.id"), index=True, info=label("楼")
    )
    from_grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("原网格"))
    to_grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("新网格"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    people: Mapped[int] = mapped_column(default=0, info=label("人数"))
    reason: Mapped[str | None] = mapped_column(String(200), info=label("原因"))
    moved_by: Mapped[Text40] = mapped_column(default="", info=label("经办人"))


class GridMember(Versioned, Deletable, Base):
    """Somebody who serves in the grids: of the staff, or a resident who is 楼长 or 中心户.

    `name` is kept beside a resident's own: whoever sees other grids only must still read it.
    """

    __tablename__ = "grid_member"

    id: Mapped[Key]
    name: Mapped[Text60] = mapped_column(info=label("姓名"))
    name_order: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str | None] = mapped_column(String(40), info=label("电话"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    # Who logs in under another name of the program, and sees the grids of the posts.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), info=label("使用人"))
    party_member: Mapped[bool] = mapped_column(default=False, info=label("党员"))
    workplace: Mapped[str | None] = mapped_column(String(120), info=label("单位"))
    note: Mapped[str | None] = mapped_column(String(200), info=label("备注"))


class GridMemberPhoto(Base):
    """The picture for the notice board, apart from the member so that lists never read it."""

    __tablename__ = "grid_member_photo"
    __journaled__ = False

    member_id: Mapped[int] = mapped_column(ForeignKey("grid_member.id"), primary_key=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)


class PostKind(Worded):
    """What somebody is in the organisation, from the street down to one household."""

    STREET_SECRETARY = "street_secretary", "街道党工委书记"
    COMMITTEE_SECRETARY = "committee_secretary", "社区大党委书记"
    BRANCH_SECRETARY = "branch_secretary", "网格党支部书记"
    GROUP_LEADER = "group_leader", "党小组长"
    HUB_HOUSEHOLD = "hub_household", "党员中心户"
    GRID_LEAD = "grid_lead", "网格长"
    GRID_STAFF = "grid_staff", "专职网格员"
    GRID_INFORMANT = "grid_informant", "网格信息员"
    BUILDING_STEWARD = "building_steward", "楼长"
    UNIT_STEWARD = "unit_steward", "单元长"


class Post(Versioned, Deletable, Base):
    """A post held by a person from a day to a day; `until` is the last day in it.

    It belongs to a grid, to a building, to a unit of one, or, without any, to the community.
    """

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_place", "grid_id", "building_id"),)

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(
        ForeignKey("grid_member.id"), index=True, info=label("任职人")
    )
    kind: Mapped[PostKind] = mapped_column(by_value(PostKind), index=True, info=label("职务"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("grid.id"), info=label("网格"))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), info=label("楼"))
    unit: Mapped[Text10] = mapped_column(default="", info=label("单元"))
    since: Mapped[date] = mapped_column(info=label("任职日期"))
    until: Mapped[date | None] = mapped_column(info=label("离任日期"))
    reason: Mapped[str | None] = mapped_column(String(200), info=label("离任原因"))


class PartyPairing(Versioned, Deletable, Base):
    """包楼联户: a party member answers for a building or for a household."""

    __tablename__ = "party_pairing"

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(
        ForeignKey("grid_member.id"), index=True, info=label("党员")
    )
    building_id: Mapped[int | None] = mapped_column(
        ForeignKey("building.id"), index=True, info=label("楼")
    )
    household_id: Mapped[int | None] = mapped_column(
        ForeignKey("household.id"), index=True, info=label("户")
    )
    since: Mapped[date] = mapped_column(info=label("开始"))
    until: Mapped[date | None] = mapped_column(info=label("结束"))
    note: Mapped[str | None] = mapped_column(String(200), info=label("说明"))


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


class RoundWay(Worded):
    """How a line of the diary or a visit came about."""

    ROUND = "round", "巡查"
    HOME = "home", "入户"
    PHONE = "phone", "电话"


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
