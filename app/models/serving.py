"""Who serves in the grids: members, their posts and pairings."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text10,
    Text60,
    Versioned,
    by_value,
    label,
)
from app.models.codes import PostKind


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
