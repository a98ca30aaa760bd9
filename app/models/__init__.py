"""All tables; importing this package makes `Base.metadata` complete."""

from app.models.base import Base
from app.models.calendar import CalendarDay
from app.models.certificates import (
    Certificate,
    CertificateTemplate,
    ForbiddenItem,
    NumberBook,
    Refusal,
    SealUse,
    Stage,
)
from app.models.journal import LOOKS, Action, Change, Operation
from app.models.office import Draft, ImportLayout, Permission, Setting, User, UserGrid
from app.models.papers import Notice, NoticePhoto, Objection
from app.models.residents import (
    Building,
    Departure,
    DistinctPair,
    Dwelling,
    EventKind,
    Grid,
    Household,
    PrivacyEvent,
    PrivacyKind,
    Resident,
    ResidentEvent,
    ResidentPhoto,
    ResidentTag,
    Tag,
)
from app.models.search import SearchKey, SearchText

__all__ = [
    "LOOKS",
    "Action",
    "Base",
    "Building",
    "CalendarDay",
    "Certificate",
    "CertificateTemplate",
    "Change",
    "Departure",
    "DistinctPair",
    "Draft",
    "Dwelling",
    "EventKind",
    "ForbiddenItem",
    "Grid",
    "Household",
    "ImportLayout",
    "Notice",
    "NoticePhoto",
    "NumberBook",
    "Objection",
    "Operation",
    "Permission",
    "PrivacyEvent",
    "PrivacyKind",
    "Refusal",
    "Resident",
    "ResidentEvent",
    "ResidentPhoto",
    "ResidentTag",
    "SealUse",
    "SearchKey",
    "SearchText",
    "Setting",
    "Stage",
    "Tag",
    "User",
    "UserGrid",
]
