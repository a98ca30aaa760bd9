"""Taking one operation back through the journal; taking that back again is the redo.

A row that another standing operation changed since is kept as it is and reported.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, Change, Household, Operation, Resident, ResidentEvent
from app.services import collector, heads, search_keys
from app.services.history_words import TABLE_LABELS
from app.services.undo_rows import Images, Rows
from app.storage import journal

# Detail of an operation that cannot be taken back, as key slots know nothing of undo.
FINAL = "final"
DATA = (Action.CREATED, Action.UPDATED, Action.DELETED)


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that was not taken back, and why."""

    table_label: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    restored: int
    kept: tuple[Kept, ...]

    @property
    def sentence(self) -> str:
        said = f"已撤销，恢复了 {self.restored:,} 条记录"
        if not self.kept:
            return f"{said}。"
        return f"{said}；{len(self.kept):,} 条后来又改过，保持现状。"


def effective(session: Session) -> dict[int, bool]:
    """For every operation that was undone, and every undo: whether it still stands."""
    undoers: dict[int, list[int]] = defaultdict(list)
    for undo_id, undone_id in session.execute(
        select(Operation.id, Operation.undoes_id).where(Operation.undoes_id.is_not(None))
    ):
        undoers[undone_id or 0].append(undo_id)
    stands: dict[int, bool] = {}
    touched = {*undoers, *(one for several in undoers.values() for one in several)}
    # An undo is always younger than what it undoes, so the youngest are settled first.
    for one in sorted(touched, reverse=True):
        stands[one] = not any(stands.get(undoer, True) for undoer in undoers.get(one, ()))
    return stands


@collector.paused()
def undo(session: Session, operation_id: int) -> Undone:
    """Take an operation back; raises DomainError when it no longer stands or changed nothing."""
    operation = session.get(Operation, operation_id)
    if operation is None:
        raise DomainError("没有找到这一步操作。")
    if (operation.details or {}).get(FINAL):
        raise DomainError("这一步不能撤销。")
    stands = effective(session)
    if not stands.get(operation_id, True):
        raise DomainError("这一步已经撤销过了。")
    changes = session.scalars(
        select(Change)
        .where(Change.operation_id == operation_id, Change.action.in_(DATA))
        .order_by(Change.id)
    ).all()
    if not changes:
        raise DomainError("这一步没有改动资料，不需要撤销。")
    undone = _Undo(session, operation_id, stands).run(changes)
    journal.set_undoes(session, operation_id)
    journal.set_details(session, {"kept": [[one.table_label, one.name] for one in undone.kept]})
    return undone


class _Undo:
    """One undo at work: what was deleted comes back, values return, what was made goes."""

    def __init__(self, session: Session, operation_id: int, stands: Mapping[int, bool]) -> None:
        self._session = session
        self._rows = Rows(session)
        self._touched = _touched_since(session, operation_id, stands)
        self._kept: list[Kept] = []
        self._restored = 0
        self._people: set[int] = set()
        self._headless: set[int] = set()

    def run(self, changes: Iterable[Change]) -> Undone:
        """Reverse the changes and bring the search keys and heads along."""
        deleted: dict[str, Images] = defaultdict(dict)
        updated: dict[str, dict[int, Mapping[str, Any]]] = defaultdict(dict)
        created: dict[str, set[int]] = defaultdict(set)
        for change in changes:
            if change.action is Action.CREATED:
                created[change.table_name].update(range(change.row_id, change.last_row_id + 1))
            elif change.action is Action.UPDATED:
                updated[change.table_name][change.row_id] = change.fields or {}
            else:
                deleted[change.table_name][change.row_id] = dict(change.fields or {})
        self._bring_back(deleted)
        self._restore(updated)
        self._take_away(created)
        self._settle()
        return Undone(self._restored, tuple(self._kept))

    def _bring_back(self, deleted: Mapping[str, Images]) -> None:
        for table in self._rows.parents_first(deleted):
            refused = self._rows.insert(table, deleted[table])
            self._restored += len(deleted[table]) - len(refused)
            for row_id in refused:
                self._keep(table, row_id, "原来的位置已被占用")
        self._rows.finish_insert()
        self._people |= self._rows.people_of(deleted)

    def _restore(self, updated: Mapping[str, Mapping[int, Mapping[str, Any]]]) -> None:
        for table, rows in updated.items():
            changed = self._rows.restore(table, rows, self._touched[table])
            self._restored += len(rows) - len(changed)
            for row_id, reason in changed.items():
                self._keep(table, row_id, reason)
        self._people |= self._rows.people_of(updated)

    def _take_away(self, created: Mapping[str, set[int]]) -> None:
        touched = {table: ids & self._touched[table] for table, ids in created.items()}
        going, used = self._rows.removable(created, touched)
        for table, ids in touched.items():
            for row_id in sorted(ids):
                self._keep(table, row_id, "后来又改过")
        for row_id in sorted(used):
            self._keep(Resident.__tablename__, row_id, "后来又有了新的记录")
        self._people |= self._rows.people_of(going)
        self._people -= going.get(Resident.__tablename__, set())
        self._headless = self._rows.delete(going)
        self._restored += sum(len(ids) for ids in going.values())

    def _settle(self) -> None:
        # Bulk statements went past the session: what it remembers is of before.
        self._session.expire_all()
        for household_id in sorted(self._headless):
            if self._session.get(Household, household_id):
                heads.ensure_head(self._session, household_id)
        search_keys.reindex(self._session, self._people)

    def _keep(self, table: str, row_id: int, reason: str) -> None:
        name = self._rows.name_of(table, row_id)
        self._kept.append(Kept(TABLE_LABELS.get(table, ""), name, reason))


def _touched_since(
    session: Session, operation_id: int, stands: Mapping[int, bool]
) -> defaultdict[str, set[int]]:
    """Rows that later operations changed, leaving out undone ones and undos: they cancel out."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for change, table, first, last in session.execute(
        select(Change.operation_id, Change.table_name, Change.row_id, Change.last_row_id)
        .join(Operation, Operation.id == Change.operation_id)
        .where(
            Change.operation_id > operation_id,
            Change.action.in_(DATA),
            Operation.undoes_id.is_(None),
        )
    ):
        if stands.get(change, True):
            found[table].update(range(first, last + 1))
    return found


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
