"""Where people live: grids, their buildings, and which building went to which grid."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text20,
    Text40,
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
