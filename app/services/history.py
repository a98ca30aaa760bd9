"""The journal read back: the history of a record, the latest operations, and taking them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from app import models
from app.models import (
    LOOKS,
    Action,
    Base,
    Change,
    Household,
    Operation,
    PrivacyEvent,
    Resident,
    ResidentEvent,
    ResidentTag,
    Setting,
)
from app.services import history_rounds, history_words
from app.services.history_words import FieldChange, Words
from app.services.privacy import LABELS as PRIVACY_LABELS
from app.services.standing import DATA, FINAL, Standing, standing
from app.services.steps import Step
from app.services.steps import next_undo as last_undoable
from app.services.undone import Kept, Undone
from app.storage.lookup import Sql, among, any_of, lookup_of, one_of, query

__all__ = [
    "FieldChange",
    "HistoryLine",
    "Kept",
    "OperationLine",
    "Step",
    "Undone",
    "last_undoable",
    "of_record",
    "of_tables",
    "recent",
    "undo",
]

# A whole table is read from its newest step on.
LATEST = 300
_REQUEST, _STEP = "request", "request_step"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What one operation did to a record, in words; numbers are masked."""

    operation_id: int
    at: datetime
    who: str
    action: Action
    sentence: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation; `rows` counts what it changed, looks and prints change nothing."""

    id: int
    at: datetime
    who: str
    computer: str
    sentence: str
    rows: int
    undone: bool
    undoable: bool
    details: dict[str, Any]


def of_record(
    session: Session,
    model: type[Base],
    record_id: int,
    *,
    limit: int | None = None,
    looks: bool = True,
) -> list[HistoryLine]:
    """Newest first. Of a person: tags, events, visits, requests, the records merged into his too.

    Without `looks` only what changed the record, not who read, printed or exported it.
    """
    where = or_(*_rows_of(session, model, record_id))
    found = _lines(session, and_(where, true() if looks else Change.action.not_in(LOOKS)))
    if model is Resident:
        known = list(history_rounds.lines(session, _records_of_person(session, record_id)))
        if known:
            found = sorted([*known, *found], key=lambda line: line.at, reverse=True)
    return found[:limit]


def of_tables(session: Session, models: Sequence[type[Base]]) -> list[HistoryLine]:
    """The latest changes of whole tables (settings, users), each naming its record."""
    wanted = and_(
        Change.table_name.in_([model.__tablename__ for model in models]),
        Change.action.not_in(LOOKS),
    )
    latest = session.scalars(
        select(Change.operation_id)
        .where(wanted)
        .distinct()
        .order_by(Change.operation_id.desc())
        .limit(LATEST)
    ).all()
    return _lines(session, and_(wanted, Change.operation_id.in_(latest)), named=True)


def _lines(
    session: Session, where: ColumnElement[bool], *, named: bool = False
) -> list[HistoryLine]:
    entries = session.execute(
        select(Change, Operation)
        .join(Operation, Operation.id == Change.operation_id)
        .where(where)
        .order_by(Operation.id.desc(), Change.id)
    ).all()
    reader = _Reader(session, [change for change, _ in entries], named=named)
    return [
        reader.line(operation, [change for change, _ in group])
        for operation, group in groupby(entries, key=lambda entry: entry[1])
    ]


# Whose history is read with whose: the tables of each, and the columns that point at it.
OWNED: dict[str, dict[str, tuple[str, ...]]] = {
    "resident": {
        "resident_tag": ("resident_id",),
        "resident_event": ("resident_id",),
        "privacy_event": ("resident_id",),
        "distinct_pair": ("first_id", "second_id"),
        "visit_deferral": ("resident_id",),
    },
    "grid": {"building_move": ("from_grid_id", "to_grid_id")},
    "building": {"building_move": ("building_id",)},
    "grid_member": {"post": ("member_id",), "party_pairing": ("member_id",)},
    "diary_entry": {"diary_met": ("entry_id",)},
    "visit": {"visit_alarm": ("visit_id",)},
    "visit_sheet": {"visit_sheet_row": ("sheet_id",)},
    "visit_rule": {"visit_rule_tag": ("rule_id",)},
    "volunteer": {
        "team_member": ("volunteer_id",),
        "volunteer_note": ("volunteer_id",),
        "star_award": ("volunteer_id",),
    },
    "team": {"team_member": ("team_id",)},
    "activity": {"participation": ("activity_id",)},
    "points_account": {
        "points_card": ("account_id",),
        "reservation": ("account_id",),
        "appeal": ("account_id",),
    },
    "points_item": {"points_rule": ("item_id",)},
    "goods": {"stocktake_line": ("goods_id",)},
    "stocktake": {"stocktake_line": ("stocktake_id",)},
    "redemption": {"redemption_line": ("redemption_id",)},
    "canteen": {"canteen_period": ("canteen_id",)},
    "subsidy_rule": {"subsidy_rule_tag": ("rule_id",), "subsidy_share": ("rule_id",)},
    "meal": {"meal_dish": ("meal_id",)},
    "meal_claim": {"meal_claim_part": ("claim_id",)},
    "delivery_route": {"route_stop": ("route_id",), "delivery_run": ("route_id",)},
    "care_case": {"care_step": ("case_id",)},
    "canteen_staff": {"staff_check": ("staff_id",)},
    "topic": {"topic_person": ("topic_id",)},
    "owner": {"owner_unit": ("owner_id",)},
    "appraisal": {"appraisal_line": ("appraisal_id",)},
    "body_member": {"chair_turn": ("body_member_id",), "member_report": ("body_member_id",)},
    "meeting": {
        "agenda_item": ("meeting_id",),
        "attendee": ("meeting_id",),
        "minutes_amendment": ("meeting_id",),
    },
    "agenda_item": {
        "motion": ("agenda_item_id",),
        "speech": ("agenda_item_id",),
        "vote": ("agenda_item_id",),
        "ballot": ("agenda_item_id",),
    },
    "vote": {"vote_option": ("vote_id",)},
    "resolution": {"progress": ("resolution_id",), "evaluation": ("resolution_id",)},
    "project": {"project_resource": ("project_id",)},
    "request": {"request_step": ("request_id",), "request_extension": ("request_id",)},
}
_HOME_OF_HOUSEHOLD = "dwelling", "building"


def _rows_of(session: Session, model: type[Base], record_id: int) -> list[ColumnElement[bool]]:
    table, ids = model.__tablename__, [record_id]
    if model is Resident:
        ids = _records_of_person(session, record_id)
    found = [_touches(table, one) for one in ids]
    if model is Household:
        found.extend(map(_touches, _HOME_OF_HOUSEHOLD, _home_of(session, record_id)))
    for owned, columns in OWNED.get(table, {}).items():
        theirs = any_of(one_of(column, ids) for column in columns)
        rows = lookup_of(session).column(query("id", owned, [theirs]))
        found.extend(_touches(owned, one) for one in rows)
    return found


def _records_of_person(session: Session, record_id: int) -> list[int]:
    """The person's, and those that were merged into it."""
    merged = session.scalars(select(Resident.id).where(Resident.merged_into_id == record_id))
    return [record_id, *merged]


def _home_of(session: Session, household_id: int) -> tuple[int, ...]:
    """Its flat and the building of that; nothing where it has none."""
    home = among("id", query("dwelling_id", "household", [Sql("id = ?", (household_id,))]))
    return next(lookup_of(session).rows(query("id, building_id", "dwelling", [home])), ())


def _touches(table: str, row_id: int) -> ColumnElement[bool]:
    return and_(
        Change.table_name == table,
        Change.row_id <= row_id,
        Change.last_row_id >= row_id,
    )


class _Reader:
    """Puts the changes of one history into words."""

    def __init__(self, session: Session, changes: Sequence[Change], *, named: bool = False) -> None:
        self._named = named
        self._words = Words(session, [change.fields for change in changes if change.fields])
        lines = [one.row_id for one in changes if one.table_name == ResidentTag.__tablename__]
        self._tags = history_words.tag_names(session, lines)
        self._session = session

    def line(self, operation: Operation, changes: Sequence[Change]) -> HistoryLine:
        said: dict[str, None] = {}
        fields: list[FieldChange] = []
        for change in changes:
            sentence, changed = self._read(operation, change)
            if not (_follows_register(change, changes) or _follows_step(change, changes)):
                said[sentence] = None
            fields.extend(changed)
        return HistoryLine(
            operation.id,
            operation.at,
            operation.user_name,
            changes[0].action,
            "；".join(_without_repeats(said)) or operation.sentence,
            tuple(fields),
        )

    def _read(self, operation: Operation, change: Change) -> tuple[str, tuple[FieldChange, ...]]:
        table, fields = change.table_name, change.fields
        if change.action in {Action.LOOKED, Action.PRINTED, Action.EXPORTED}:
            return operation.sentence, ()
        # Of many lines at once (an import) the first one is mostly somebody else's.
        if table == ResidentTag.__tablename__ and change.row_id == change.last_row_id:
            name = self._tags.get(change.row_id, "")
            return history_words.of_tag(change.action, name, fields), ()
        if table == ResidentEvent.__tablename__:
            return self._event(change), ()
        if table == PrivacyEvent.__tablename__ and change.action is not Action.ERASED:
            return self._privacy(change), ()
        if table == _STEP and change.row_id == change.last_row_id:
            return self._step(change) or operation.sentence, ()
        if change.action is not Action.UPDATED or fields is None:
            return operation.sentence, ()
        changed = self._words.changes(table, fields)
        if table == Resident.__tablename__:
            return history_words.of_resident(changed, fields), changed
        if table == Setting.__tablename__:
            label = self._name(change)
            changed = tuple(replace(one, label=label) for one in changed)
        said = history_words.of_update(changed, fields)
        if said and self._named and table != Setting.__tablename__:
            said = f"{self._name(change)} {said}".lstrip()
        return said, changed

    def _name(self, change: Change) -> str:
        # It knows how to call a row of any table; a card is read without it.
        from app.services.record_names import name_of

        return name_of(self._session, change.table_name, change.row_id)

    def _privacy(self, change: Change) -> str:
        # Of lines made in one step the last one is what the step was about.
        event = self._session.get(PrivacyEvent, change.last_row_id)
        if event is None:
            return ""
        label = PRIVACY_LABELS[event.kind]
        if change.action is Action.CREATED:
            return f"{label}（{event.on_date.isoformat()}）"
        taken_back = change.fields is not None and "revoked_at" in change.fields
        return f"撤回登记“{label}”" if taken_back else f"修改登记“{label}”"

    def _step(self, change: Change) -> str:
        """受理，交给 孙丽：今天去看."""
        step = self._session.get(models.RequestStep, change.row_id)
        if step is None:
            return ""
        to = f"，交给 {step.to}" if step.to else ""
        return f"{step.kind.label}{to}：{step.words}" if step.words else f"{step.kind.label}{to}"

    def _event(self, change: Change) -> str:
        event = self._session.get(ResidentEvent, change.row_id)
        if event is None:
            return ""
        label = history_words.EVENTS[event.kind]
        taken_back = change.fields is not None and "revoked_at" in change.fields
        return f"撤回{label}" if taken_back else f"{label}（{event.on_date.isoformat()}）"


def _follows_register(change: Change, changes: Sequence[Change]) -> bool:
    """Whether columns only follow a line of the register, which says the same."""
    columns = set(change.fields or ())
    registered = any(one.table_name == PrivacyEvent.__tablename__ for one in changes)
    return registered and bool(columns) and columns <= {"consent_on", "withdrawn_on"}


def _follows_step(change: Change, changes: Sequence[Change]) -> bool:
    """Whether columns of a request only follow its step, which says the same."""
    stepped = any(one.table_name == _STEP for one in changes)
    return stepped and change.table_name == _REQUEST


def _without_repeats(said: Iterable[str]) -> list[str]:
    """死亡（2026-11-21） says what 死亡, the column's own change, says again."""
    sentences = [one for one in said if one]
    return [
        one for one in sentences if not any(other.startswith(f"{one}（") for other in sentences)
    ]


def recent(
    session: Session, *, limit: int = 50, before_id: int | None = None
) -> list[OperationLine]:
    """The latest operations, newest first; `before_id` asks for those before one."""
    statement = select(Operation).order_by(Operation.id.desc()).limit(limit)
    if before_id is not None:
        statement = statement.where(Operation.id < before_id)
    operations = session.scalars(statement).all()
    rows = _rows_changed(session, [one.id for one in operations])
    found = standing(session)
    return [_operation_line(one, rows.get(one.id, 0), found) for one in operations]


def _operation_line(operation: Operation, rows: int, found: Standing) -> OperationLine:
    stands = found.stands(operation.id)
    details = dict(operation.details or {})
    if operation.undoes_id is not None:
        details["undoes"] = operation.undoes_id
    return OperationLine(
        operation.id,
        operation.at,
        operation.user_name,
        operation.computer,
        operation.sentence,
        rows,
        undone=not stands,
        undoable=stands and rows > 0 and not details.get(FINAL),
        details=details,
    )


def _rows_changed(session: Session, operation_ids: Sequence[int]) -> dict[int, int]:
    found = session.execute(
        select(Change.operation_id, func.sum(Change.last_row_id - Change.row_id + 1))
        .where(Change.operation_id.in_(operation_ids), Change.action.in_(DATA))
        .group_by(Change.operation_id)
    )
    return {key: count for key, count in found}


def undo(session: Session, operation_id: int) -> Undone:
    """Take an operation back; raises DomainError when it no longer stands or changed nothing."""
    # Loaded when something is taken back: it knows the tables of all pages.
    from app.services.undo import undo as take_back

    return take_back(session, operation_id)
