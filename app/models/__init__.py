"""All tables; importing this package makes `Base.metadata` complete."""

from app.models.base import Base
from app.models.journal import LOOKS, Action, Change, Operation
from app.models.office import Draft, ImportLayout, Setting, User
from app.models.papers import Notice
from app.models.residents import (
    Building,
    Departure,
    DistinctPair,
    Dwelling,
    EventKind,
    Grid,
    Household,
    Resident,
    ResidentEvent,
    ResidentPhoto,
    ResidentTag,
    SearchKey,
    SearchText,
    Tag,
)

__all__ = [
    "LOOKS",
    "Action",
    "Base",
    "Building",
    "Change",
    "Departure",
    "DistinctPair",
    "Draft",
    "Dwelling",
    "EventKind",
    "Grid",
    "Household",
    "ImportLayout",
    "Notice",
    "Operation",
    "Resident",
    "ResidentEvent",
    "ResidentPhoto",
    "ResidentTag",
    "SearchKey",
    "SearchText",
    "Setting",
    "Tag",
    "User",
]
