"""The office: what stands in the head of its papers, and who may log in."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import User
from app.services import settings, tags
from app.services.undo import FINAL
from app.storage import journal

ROLES = ("书记", "主任", "社工", "网格员")


@dataclass(frozen=True, slots=True)
class Office:
    community_name: str
    street: str = ""
    region_code: str = ""
    address: str = ""
    phone: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class UserView:
    id: int
    name: str
    role: str
    slot: str


_FIELDS: tuple[tuple[str, settings.TextSetting], ...] = (
    ("community_name", settings.COMMUNITY_NAME),
    ("street", settings.STREET),
    ("region_code", settings.REGION_CODE),
    ("address", settings.OFFICE_ADDRESS),
    ("phone", settings.OFFICE_PHONE),
    ("postcode", settings.OFFICE_POSTCODE),
)


def office(session: Session) -> Office:
    """The office's data; '' where nothing was entered."""
    stored = settings.load(session)
    return Office(**{name: stored[setting] for name, setting in _FIELDS})


def set_office(session: Session, data: Office) -> None:
    """Store the office's data; raises DomainError without a name or with a wrong region code."""
    if not data.community_name.strip():
        raise DomainError("请填写社区名称。")
    if data.region_code and not (
        data.region_code.isdigit() and len(data.region_code) in {6, 9, 12}
    ):
        raise DomainError("区划代码应是 6、9 或 12 位数字，请核对。")
    for name, setting in _FIELDS:
        settings.change(session, setting, getattr(data, name).strip())


def start(session: Session, data: Office, *, user: str, role: str, slot: str) -> None:
    """Fill a new file: the office's data, its first user, and what every office begins with."""
    set_office(session, data)
    add_user(session, name=user, role=role, slot=slot)
    seed(session)


def seed(session: Session) -> None:
    """Tags, templates of certificates, the calendar; what the file has already is left alone."""
    # Only a new office needs them: every start imports this module.
    from app.services import calendar, templates

    tags.seed(session)
    templates.seed(session)
    calendar.seed(session)


def users(session: Session) -> list[UserView]:
    """Everybody who may log in."""
    found = session.execute(select(User.id, User.name, User.role, User.slot).order_by(User.id))
    return [UserView(*values) for values in found]


def add_user(session: Session, *, name: str, role: str, slot: str) -> int:
    """Somebody who may log in with key slot `slot`; raises DomainError when the name is taken."""
    name = name.strip()
    if not name:
        raise DomainError("请填写姓名。")
    if session.scalar(select(User.id).where(User.name == name)) is not None:
        raise DomainError(f"已经有叫“{name}”的使用人，请加上区别的字。")
    # The key slot in the vault would stay: taking back the row alone would leave it nameless.
    journal.set_details(session, {FINAL: True})
    user = User(name=name, role=role, slot=slot)
    session.add(user)
    session.flush()
    return user.id
