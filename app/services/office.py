"""The office: what stands in the head of its papers, and what a new one begins with."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.services import settings, tags, users
from app.services.setting_kinds import TextSetting


@dataclass(frozen=True, slots=True)
class Office:
    community_name: str
    street: str = ""
    region_code: str = ""
    address: str = ""
    phone: str = ""
    postcode: str = ""


_FIELDS: tuple[tuple[str, TextSetting], ...] = (
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


def start(session: Session, data: Office, *, user: str, role: str, slot: str, today: date) -> None:
    """Fill a new file: the office's data, its first user, and what every office begins with."""
    set_office(session, data)
    users.add(session, name=user, role=role, slot=slot)
    seed(session, today=today)


def seed(session: Session, *, today: date) -> None:
    """What every office begins with; what the file has already is left alone.

    Rules with figures are in force from `today` on.
    """
    # Only a new office needs them: every start imports this module.
    from app.services import (
        calendar,
        categories,
        deadlines,
        points_items,
        templates,
        visit_rules,
        vote_rules,
    )

    tags.seed(session)
    templates.seed(session)
    calendar.seed(session)
    categories.seed(session)
    visit_rules.seed(session, today=today)
    deadlines.seed(session, today=today)
    points_items.seed(session, today=today)
    vote_rules.seed(session)
