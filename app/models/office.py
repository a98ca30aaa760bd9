"""The office itself: users, settings, remembered import layouts and unsaved forms."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, JsonDict, Key, Text20, Text40, Versioned, label


class User(Versioned, Base):
    """Somebody who may log in; the key slot of the same `slot` lies in the vault file."""

    __tablename__ = "user"

    id: Mapped[Key]
    name: Mapped[Text40] = mapped_column(unique=True, info=label("姓名"))
    role: Mapped[Text20] = mapped_column(info=label("岗位"))
    slot: Mapped[Text40] = mapped_column(unique=True)


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
    fields: Mapped[JsonDict]
    saved_at: Mapped[datetime]
