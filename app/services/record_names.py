"""What a row of any table is called on screen."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    Building,
    DeadlineRule,
    DiaryEntry,
    GridMember,
    Household,
    PartyPairing,
    Post,
    Resident,
    Setting,
    Visit,
    VisitSheet,
    model_named,
    table_of,
)
from app.services import dwellings, places, post_words
from app.services.settings import SETTINGS

_RESIDENT = Resident.__tablename__
# The first of these columns that a table has is its name.
_NAMES = ("day", "name", "title", "number", "content", "who", "role", "key")
# A row that only says something about another is called like that one.
_OWNERS = {
    "resident_id": _RESIDENT,
    "user_id": "user",
    "first_id": "resident",
    "entry_id": "diary_entry",
    "request_id": "request",
    "sheet_id": "visit_sheet",
    "rule_id": "visit_rule",
}
# Tables with a name of their own beside the person whom they are about.
_OWN_NAME = {"request", "grid_member"}


def name_of(session: Session, table: str, row_id: int) -> str:
    """Its name, '' where the row is gone or has none."""
    columns = table_of(model_named(table)).columns
    if spoken := _SPOKEN.get(table):
        return spoken(session, row_id)
    for column, owner in _OWNERS.items():
        if column in columns and table not in _OWN_NAME:
            owner_id = session.scalar(select(columns[column]).where(columns["id"] == row_id))
            return name_of(session, owner, owner_id) if owner_id else ""
    found = next((columns[name] for name in _NAMES if name in columns), None)
    if found is None:
        return ""
    value: Any = session.scalar(select(found).where(columns["id"] == row_id))
    if table == Setting.__tablename__:
        return _SETTING_LABELS.get(value, "")
    return "" if value is None else str(value)


def _of_dwelling(session: Session, row_id: int) -> str:
    return dwellings.spoken_places(session, [row_id]).get(row_id, "")


def _of_building(session: Session, row_id: int) -> str:
    """4 号楼（望海楼）."""
    row = session.get(Building, row_id)
    return places.building_label(row.number, row.name) if row else ""


def _of_diary(session: Session, row_id: int) -> str:
    """Its day and how what was seen begins: 11-20 楼道里三辆电动车."""
    row = session.get(DiaryEntry, row_id)
    return f"{row.on_date:%m-%d} {row.seen[:12]}".strip() if row else ""


def _of_post(session: Session, row_id: int) -> str:
    """孙丽 第三网格 专职网格员."""
    row = session.get(Post, row_id)
    if row is None:
        return ""
    return f"{session.get_one(GridMember, row.member_id).name} {post_words.of_post(session, row)}"


def _of_pairing(session: Session, row_id: int) -> str:
    """孙丽 4 号楼, 孙丽 户 0012."""
    row = session.get(PartyPairing, row_id)
    if row is None:
        return ""
    who = session.get_one(GridMember, row.member_id).name
    if row.building_id is not None:
        return f"{who} {_of_building(session, row.building_id)}"
    home = session.get(Household, row.household_id) if row.household_id else None
    return f"{who} 户 {home.number}" if home else who


def _of_visit(session: Session, row_id: int) -> str:
    """王秀兰 11-20."""
    row = session.get(Visit, row_id)
    if row is None:
        return ""
    return f"{name_of(session, _RESIDENT, row.resident_id)} {row.on_date:%m-%d}"


def _of_sheet(session: Session, row_id: int) -> str:
    """11-20 孙丽."""
    row = session.get(VisitSheet, row_id)
    return f"{row.on_date:%m-%d} {row.visitor}".strip() if row else ""


def _of_deadline(session: Session, row_id: int) -> str:
    """其他类办结 5 个工作日."""
    row = session.get(DeadlineRule, row_id)
    return f"{row.step.label} {row.working_days} 个工作日" if row else ""


_SPOKEN: dict[str, Callable[[Session, int], str]] = {
    "dwelling": _of_dwelling,
    "building": _of_building,
    "diary_entry": _of_diary,
    "post": _of_post,
    "party_pairing": _of_pairing,
    "visit": _of_visit,
    "visit_sheet": _of_sheet,
    "deadline_rule": _of_deadline,
}
_SETTING_LABELS = {setting.key: setting.label for setting in SETTINGS}
