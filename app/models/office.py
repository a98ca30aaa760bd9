"""The office itself: users, settings, remembered import layouts and unsaved forms."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, JsonDict, Key, Text20, Text40, Versioned, label


class User(Versioned, Base):
    """Somebody who may log in; the key slot of the same `slot` lies in the vault file."""

    __tablename__ = "user"

    id: Mapped[Key]
    name: Mapped[Text40] = mapped_column(unique=True, info=label("姓名"))
    role: Mapped[Text20] = mapped_column(info=label("岗位"))
    slot: Mapped[Text40] = mapped_column(unique=True)


class UserGrid(Base):
    """A grid that a 网格员 looks after; others of the role do not see its people."""

    __tablename__ = "user_grid"
    __table_args__ = (Index("uq_user_grid", "user_id", "grid_id", unique=True),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    grid_id: Mapped[int] = mapped_column(ForeignKey("grid.id"), info=label("网格"))


class Permission(Base):
    """What the 书记 changed about a role: a right given or taken that values/rights.py has not."""

    __tablename__ = "permission"
    __table_args__ = (Index("uq_permission", "role", "right", unique=True),)

    id: Mapped[Key]
    role: Mapped[Text20] = mapped_column(info=label("岗位"))
    right: Mapped[Text40]
    allowed: Mapped[bool] = mapped_column(info=label("允许"))


class Setting(Base):
    """One value of services/settings.py, as JSON; absent means the declared default."""

    __tablename__ = "setting"

    id: Mapped[Key]
    key: Mapped[Text40] = mapped_column(unique=True)
    value: Mapped[object] = mapped_column(JSON, info=label("值"))


class ImportLayout(Base):
    """The columns that a user corrected by hand, for sheets with the same headings."""

    __tablename__ = "import_layout"

    id: Mapped[Key]
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    columns: Mapped[JsonDict]
    used_at: Mapped[datetime]


class Draft(Base):
    """What stood in a form that was not saved; kept so that a power cut loses seconds."""

    __tablename__ = "draft"
    __journaled__ = False

    id: Mapped[Key]
    key: Mapped[Text40] = mapped_column(unique=True)
    # What the form is called in the list of what was not saved, and who was filling it.
    title: Mapped[str] = mapped_column(String(120), default="")
    user_name: Mapped[Text40] = mapped_column(default="")
    fields: Mapped[JsonDict]
    saved_at: Mapped[datetime]
