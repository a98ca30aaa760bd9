"""What a row of any table is called on screen."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Base, DiaryEntry, Resident, Setting
from app.services import dwellings
from app.services.settings import SETTINGS

# The first of these columns that a table has is its name.
_NAMES = ("day", "name", "title", "number", "content", "who", "role", "key")
# A row that only says something about another is called like that one.
_OWNERS = {
    "resident_id": Resident.__tablename__,
    "user_id": "user",
    "first_id": "resident",
    "entry_id": "diary_entry",
    "request_id": "request",
    "sheet_id": "visit_sheet",
    "rule_id": "visit_rule",
}
# Posts and pairings are called like who has them; a diary line has a member too, and is not.
_MEMBERS = {"post", "party_pairing"}
# Tables with a name of their own beside the person whom they are about.
_OWN_NAME = {"request", "grid_member"}


def name_of(session: Session, table: str, row_id: int) -> str:
    """Its name, '' where the row is gone or has none."""
    columns = Base.metadata.tables[table].columns
    if table == "dwelling":
        return dwellings.spoken_places(session, [row_id]).get(row_id, "")
    if table == DiaryEntry.__tablename__:
        return _of_diary(session, row_id)
    if table in _MEMBERS:
        member_id = session.scalar(select(columns["member_id"]).where(columns["id"] == row_id))
        return name_of(session, "grid_member", member_id) if member_id else ""
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


def _of_diary(session: Session, row_id: int) -> str:
    """Its day and how what was seen begins: 11-20 楼道里三辆电动车."""
    wanted = select(DiaryEntry.on_date, DiaryEntry.seen).where(DiaryEntry.id == row_id)
    found = session.execute(wanted).one_or_none()
    return f"{found.on_date:%m-%d} {found.seen[:12]}".strip() if found else ""


_SETTING_LABELS = {setting.key: setting.label for setting in SETTINGS}
