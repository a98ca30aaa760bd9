"""The guard at the doors: what a transaction touched is what its user may touch.

It looks at the journal's record of the transaction, so that no service can forget it, and is
asked only where somebody's rights have a limit.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.errors import NotAllowed, OutsideGrids
from app.models import Action
from app.storage.narrowing import conditions
from app.values.rights import Actor, Right

_PEOPLE = Right.EDIT_PEOPLE
_PAPERS = Right.ISSUE_PAPERS
_GRIDS = Right.EDIT_GRIDS
_ROUNDS = Right.LOG_ROUNDS
_REQUESTS = Right.HANDLE_REQUESTS
WRITES: dict[str, Right] = {
    "resident": _PEOPLE,
    "household": _PEOPLE,
    "dwelling": _PEOPLE,
    "building": _PEOPLE,
    "grid": _PEOPLE,
    "resident_tag": _PEOPLE,
    "resident_event": _PEOPLE,
    "distinct_pair": _PEOPLE,
    "tag": Right.EDIT_OFFICE,
    "import_layout": Right.IMPORT,
    "privacy_event": Right.PRIVACY,
    "building_move": _GRIDS,
    "grid_member": _GRIDS,
    "post": _GRIDS,
    "party_pairing": _GRIDS,
    "diary_entry": _ROUNDS,
    "diary_met": _ROUNDS,
    "visit": _ROUNDS,
    "visit_alarm": _ROUNDS,
    "visit_sheet": _ROUNDS,
    "visit_sheet_row": _ROUNDS,
    "visit_deferral": _ROUNDS,
    "request": _REQUESTS,
    "request_step": _REQUESTS,
    "request_extension": _REQUESTS,
    "category": Right.EDIT_OFFICE,
    "visit_rule": Right.EDIT_OFFICE,
    "visit_rule_tag": Right.EDIT_OFFICE,
    "deadline_rule": Right.EDIT_OFFICE,
    "certificate": _PAPERS,
    "number_book": _PAPERS,
    "refusal": _PAPERS,
    "seal_use": _PAPERS,
    "notice": _PAPERS,
    "objection": _PAPERS,
    "certificate_template": Right.EDIT_TEMPLATES,
    "forbidden_item": Right.EDIT_TEMPLATES,
    "calendar_day": Right.EDIT_OFFICE,
    "setting": Right.EDIT_OFFICE,
    "user": Right.MANAGE_USERS,
    "user_grid": Right.MANAGE_USERS,
    "permission": Right.MANAGE_USERS,
}
"""What changes a row of each journaled table; a test fails for a table without a right."""

LOOKING: dict[Action, Right | None] = {
    Action.LOOKED: Right.SEE_NUMBERS,
    Action.PRINTED: Right.PRINT,
    Action.EXPORTED: Right.EXPORT,
    # Whoever was refused is noted, whatever the rights.
    Action.REFUSED: None,
    # One's own password is everybody's; of others the service asks for the right.
    Action.KEYED: None,
}


def check(session: Session, actor: Actor, changes: Iterable[Mapping[str, Any]]) -> None:
    """Raise NotAllowed unless `actor` may do all of it, OutsideGrids for people of other grids."""
    ranges: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for change in changes:
        table, action = change["table_name"], change["action"]
        right = LOOKING[action] if action in LOOKING else WRITES[table]
        if right is not None and not actor.may(right):
            raise NotAllowed(actor.role, right.label)
        if _came_from_elsewhere(actor, change):
            raise OutsideGrids
        ranges[table].add((change["row_id"], change["last_row_id"]))
    for table, condition in conditions(actor).items():
        if any(_outside(session, table, condition, *ids) for ids in sorted(ranges[table])):
            raise OutsideGrids if actor.grids is not None else NotAllowed(actor.role, _SENSITIVE)


_SENSITIVE = Right.SEE_SENSITIVE.label


def _came_from_elsewhere(actor: Actor, change: Mapping[str, Any]) -> bool:
    """A person taken over from another grid: by then the row stands in one's own."""
    grids = (change["fields"] or {}).get("grid_id")
    taken = actor.grids is not None and change["table_name"] == "resident" and grids is not None
    return taken and isinstance(grids, list) and grids[0] not in (actor.grids or ())


def _outside(session: Session, table: str, condition: str, first: int, last: int) -> bool:
    # Names and conditions are those of narrowing.py, none of them typed by a user.
    found = text(f"SELECT 1 FROM {table} WHERE id BETWEEN :a AND :b AND NOT ({condition}) LIMIT 1")  # noqa: S608
    return session.scalar(found, {"a": first, "b": last}) is not None
