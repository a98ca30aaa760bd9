"""Taking operations back through the journal; taking that back again is the redo.

A row that another standing operation changed since is kept as it is and reported.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError, Refused
from app.models import (
    Action,
    AgendaItem,
    Change,
    Household,
    Meeting,
    Operation,
    Resident,
    ResidentEvent,
    Resolution,
    Topic,
    Visit,
    model_named,
)
from app.services import (
    collector,
    heads,
    search_keys,
    stocktake_returns,
    topic_keys,
    undo_meetings,
    visit_alarms,
)
from app.services.history_words import TABLE_LABELS
from app.services.record_names import name_of
from app.services.standing import DATA, FINAL, KEPT_ROWS, STEPS, Standing, standing
from app.services.touched import Touched, touched_since
from app.services.undo_rows import CHANGED_SINCE, Images, Rows
from app.services.undone import Kept, Undone, may_undo
from app.storage import journal
from app.storage.digests import ERASED
from app.storage.lookup import actor_of

# So many rows that stayed are named in the journal; all of them are told to the user.
_NAMED = 200


def undo(session: Session, operation_id: int) -> Undone:
    """Take an operation back; raises DomainError when it no longer stands or changed nothing."""
    return undo_all(session, [operation_id])


@collector.paused()
def undo_all(session: Session, operation_ids: Sequence[int]) -> Undone:
    """Take several back as one step, the newest first; raises DomainError if one cannot be."""
    found, steps = standing(session), sorted(set(operation_ids), reverse=True)
    kept: list[Kept] = []
    kept_rows: dict[str, Mapping[str, list[int]]] = {}
    restored = 0
    for operation_id in steps:
        changes = _reversible(session, operation_id, found)
        one = _Undo(session, touched_since(session, operation_id, found))
        restored += one.run(changes)
        kept.extend(one.kept)
        kept_rows[str(operation_id)] = one.kept_rows
        found.note_undone(operation_id, one.kept_rows)
    journal.set_undoes(session, steps[0])
    journal.set_details(session, _details(steps, kept, kept_rows))
    return Undone(restored, tuple(kept))


def _details(
    steps: Sequence[int], kept: Sequence[Kept], kept_rows: Mapping[str, Mapping[str, list[int]]]
) -> dict[str, Any]:
    details: dict[str, Any] = {"kept": [[one.table_label, one.name] for one in kept[:_NAMED]]}
    if any(kept_rows.values()):
        details[KEPT_ROWS] = {step: rows for step, rows in kept_rows.items() if rows}
    if len(steps) > 1:
        details[STEPS] = list(steps)
    return details


def _reversible(session: Session, operation_id: int, found: Standing) -> Sequence[Change]:
    """The changes to be reversed."""
    operation = session.get(Operation, operation_id)
    if operation is None:
        raise DomainError("没有找到这一步操作。")
    if final := (operation.details or {}).get(FINAL):
        raise DomainError(f"这一步不能撤销：{final}。" if final is not True else "这一步不能撤销。")
    if not found.stands(operation_id):
        raise DomainError("这一步已经撤销过了。")
    if not may_undo(actor_of(session), operation.user_name):
        raise Refused(f"这是{operation.user_name}做的，请本人或书记来撤销。")
    changes = session.scalars(
        select(Change)
        .where(Change.operation_id == operation_id, Change.action.in_(DATA))
        .order_by(Change.id)
    ).all()
    if not changes:
        raise DomainError("这一步没有改动资料，不需要撤销。")
    undo_meetings.check(session, changes)
    return changes


class _Undo:
    """One step at work: what was deleted comes back, values return, what was made goes."""

    def __init__(self, session: Session, touched: Touched) -> None:
        self.kept: list[Kept] = []
        self.kept_rows: defaultdict[str, list[int]] = defaultdict(list)
        self._session = session
        self._rows = Rows(session)
        self._touched = touched
        self._restored = 0
        self._people: set[int] = set()
        self._headless: set[int] = set()

    def run(self, changes: Iterable[Change]) -> int:
        """Reverse the changes, and bring the search keys and heads along; how many rows."""
        deleted: dict[str, Images] = defaultdict(dict)
        updated: dict[str, dict[int, Mapping[str, Any]]] = defaultdict(dict)
        created: dict[str, set[int]] = defaultdict(set)
        for change in changes:
            fields = change.fields or {}
            if change.action is Action.CREATED:
                created[change.table_name].update(range(change.row_id, change.last_row_id + 1))
            elif ERASED in fields:
                self._keep(change.table_name, change.row_id, "已按规定抹去，没有原来的内容")
            elif change.action is Action.UPDATED:
                updated[change.table_name][change.row_id] = fields
            else:
                deleted[change.table_name][change.row_id] = dict(fields)
        visits = _ids(Visit.__tablename__, created, updated, deleted)
        visited = visit_alarms.people_of(self._session, visits)
        sittings = _sittings(created, updated, deleted)
        heard = undo_meetings.topics_of(self._session, sittings)
        self._bring_back(deleted)
        self._restore(updated)
        staying = self._take_away(created)
        for table, rows in updated.items():
            taken_back = {key: rows[key] for key in rows.keys() - set(self.kept_rows[table])}
            self._rows.link_again(table, taken_back, staying)
        self._settle()
        topic_keys.reindex(self._session, _ids(Topic.__tablename__, created, updated, deleted))
        heard |= undo_meetings.topics_of(self._session, sittings)
        undo_meetings.settle(self._session, sittings, heard)
        # An alarm is right by the visits that there are now.
        for person in sorted(visited | visit_alarms.people_of(self._session, visits)):
            visit_alarms.watch(self._session, person)
        return self._restored

    def _bring_back(self, deleted: Mapping[str, Images]) -> None:
        for table in self._rows.parents_first(deleted):
            away = stocktake_returns.refused(self._session, table, deleted[table])
            coming = {key: row for key, row in deleted[table].items() if key not in away}
            taken = self._rows.insert(table, coming) if coming else []
            self._restored += len(coming) - len(taken)
            away |= dict.fromkeys(taken, "原来的位置已被占用")
            for row_id, why in away.items():
                self._keep(table, row_id, why)
        self._rows.finish_insert()
        self._people |= self._rows.people_of(deleted)

    def _restore(self, updated: Mapping[str, Mapping[int, Mapping[str, Any]]]) -> None:
        for table in self._rows.parents_first(updated):
            rows = updated[table]
            staying = self._parts_that_stay(table, set(rows))
            changed = self._rows.restore(table, rows, self._touched.rows(table), staying)
            self._restored += len(rows) - len(changed)
            for row_id, reason in changed.items():
                self._keep(table, row_id, reason)
        self._people |= self._rows.people_of(updated)

    def _take_away(self, created: Mapping[str, set[int]]) -> Mapping[str, set[int]]:
        """Gives what stays because something came of it since."""
        touched: dict[str, set[int]] = {}
        for table in self._rows.parents_first(created):
            ids = created[table]
            touched[table] = ids & self._touched.rows(table) | self._parts_that_stay(table, ids)
            for row_id in sorted(touched[table]):
                self._keep(table, row_id, CHANGED_SINCE)
        going, used = self._rows.removable(created, touched)
        for table, ids in used.items():
            for row_id in sorted(ids):
                self._keep(table, row_id, "后来又有了新的记录")
        self._people |= self._rows.people_of(going)
        self._people -= going.get(Resident.__tablename__, set())
        self._headless = self._rows.delete(going)
        self._restored += sum(len(ids) for ids in going.values())
        return used

    def _parts_that_stay(self, table: str, ids: set[int]) -> set[int]:
        """Of these rows those whose whole was not taken back."""
        whole = model_named(table).__part_of__
        return self._rows.parts(table, whole, ids, self.kept_rows[whole]) if whole else set()

    def _settle(self) -> None:
        # Bulk statements went past the session: what it remembers is of before.
        self._session.expire_all()
        for household_id in sorted(self._headless):
            if self._session.get(Household, household_id):
                heads.ensure_head(self._session, household_id)
        search_keys.reindex(self._session, self._people)

    def _keep(self, table: str, row_id: int, reason: str) -> None:
        name = name_of(self._session, table, row_id)
        by = self._touched.by(self._session, table, row_id)
        self.kept.append(Kept(TABLE_LABELS.get(table, ""), name, reason, by))
        self.kept_rows[table].append(row_id)


def _ids(table: str, *parts: Mapping[str, Iterable[int]]) -> set[int]:
    """The rows of a table that a step made, changed or deleted."""
    return {row for part in parts for row in part.get(table, ())}


def _sittings(*parts: Mapping[str, Iterable[int]]) -> Mapping[str, set[int]]:
    """What a step did to topics and to what they hang on."""
    models = (Topic, Meeting, AgendaItem, Resolution)
    return {one.__tablename__: _ids(one.__tablename__, *parts) for one in models}


def head_before(session: Session, event: ResidentEvent) -> tuple[int, dict[int, str]] | None:
    """The household that lost its head by this event, if it still has the head chosen then.

    With what the other members were to him; None when the person was not the head.
    """
    operation_id = session.scalar(
        select(Change.operation_id).where(
            Change.table_name == ResidentEvent.__tablename__,
            Change.action == Action.CREATED,
            Change.row_id <= event.id,
            Change.last_row_id >= event.id,
        )
    )
    updates = session.scalars(
        select(Change).where(Change.operation_id == operation_id, Change.action == Action.UPDATED)
    ).all()
    for change in updates:
        pair = (change.fields or {}).get("head_id")
        if change.table_name == Household.__tablename__ and pair and pair[0] == event.resident_id:
            row = session.get(Household, change.row_id)
            if row is not None and row.head_id == pair[1]:
                return change.row_id, _relations_before(updates)
    return None


def _relations_before(updates: Iterable[Change]) -> dict[int, str]:
    return {
        change.row_id: change.fields["relation"][0] or ""
        for change in updates
        if change.table_name == Resident.__tablename__ and change.fields
        if "relation" in change.fields
    }
