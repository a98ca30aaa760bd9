"""What later steps did to the rows of an earlier one, collected from the newest step on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, Change, model_named, table_of
from app.services.standing import DATA, Standing
from app.services.touched import CHANGING

_NO_CONTENT = {"version"}


class Touch(NamedTuple):
    """A range of rows that one operation changed; `columns` of an update, None for all of a row."""

    table: str
    first: int
    last: int
    action: Action
    columns: frozenset[str] | None

    @property
    def size(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Outlook:
    """What taking a step back would do as things stand, without trying it."""

    rows: int
    """rows of the step"""
    stay: int
    """of them changed since, so that they would stay"""
    by: int
    """the step that changed one of them last; 0 where none stays"""
    row_of: Mapping[str, int]
    """by table the first row, for what offers another way than undo"""

    @property
    def hopeless(self) -> bool:
        """Nothing would come back."""
        return self.stay >= self.rows


class Trail:
    """Told of operations from the newest on; a row of a paper is undone whole or not at all."""

    def __init__(self, found: Standing) -> None:
        self._standing = found
        self._touches: dict[int, list[Touch]] = {}
        self._later: defaultdict[str, dict[int, list[tuple[int, frozenset[str] | None]]]] = (
            defaultdict(dict)
        )

    def read(self, session: Session, first: int, last: int) -> None:
        """Look up what the operations from `first` to `last` changed."""
        found = session.execute(
            select(
                Change.operation_id,
                Change.table_name,
                Change.row_id,
                Change.last_row_id,
                Change.action,
                Change.fields,
            )
            .where(Change.operation_id.between(first, last))
            .where(Change.action.in_((*DATA, Action.ERASED)))
            .order_by(Change.id)
        )
        self._touches = defaultdict(list)
        for one, table, row_id, end, action, fields in found:
            columns = frozenset(fields or ()) - _NO_CONTENT if action is Action.UPDATED else None
            self._touches[one].append(Touch(table, row_id, end, action, columns))

    def operations(self) -> Sequence[int]:
        """Those of the last `read` that changed something, newest first."""
        return sorted(self._touches, reverse=True)

    def outlook(self, operation_id: int) -> Outlook:
        """Asked before `pass_by`."""
        rows = stay = by = 0
        row_of: dict[str, int] = {}
        wholes: dict[str, int] = {}
        for one in sorted(self._touches.get(operation_id, ()), key=_is_part):
            rows += one.size
            row_of.setdefault(one.table, one.first)
            if one.action is Action.ERASED:
                continue
            whole_by = wholes.get(model_named(one.table).__part_of__)
            found = self._conflicts(one) if whole_by is None else [whole_by] * one.size
            stay += len(found)
            by = max([by, *found])
            if found:
                wholes[one.table] = by
        return Outlook(rows, stay, by, row_of)

    def pass_by(self, operation_id: int) -> None:
        """What is older is seen with this step on top of it."""
        if operation_id in self._standing.targets:
            return
        if self._standing.stands(operation_id):
            for one in self._touches.get(operation_id, ()):
                if one.action in CHANGING:
                    self._note(one, operation_id)
        for table, ids in self._standing.left(operation_id).items():
            for row_id in ids:
                self._note(Touch(table, row_id, row_id, Action.UPDATED, None), operation_id)

    def _note(self, one: Touch, operation_id: int) -> None:
        rows = self._later[one.table]
        for row_id in range(one.first, one.last + 1):
            rows.setdefault(row_id, []).append((operation_id, one.columns))

    def _conflicts(self, one: Touch) -> list[int]:
        """For each row that would stay, the step because of which."""
        later = self._later.get(one.table, {})
        if one.last - one.first > len(later):
            touched = [row_id for row_id in later if one.first <= row_id <= one.last]
        else:
            touched = [row_id for row_id in range(one.first, one.last + 1) if row_id in later]
        columns_of_one = one.columns or frozenset[str]()
        whole = one.columns is None or (
            model_named(one.table).__papers__ and not links_only(one.table, one.columns)
        )
        found = []
        for row_id in touched:
            for operation_id, columns in later[row_id]:
                if whole or columns is None or columns & columns_of_one:
                    found.append(operation_id)
                    break
        return found


def _is_part(one: Touch) -> bool:
    """What stays with another row is looked at after that one."""
    return bool(model_named(one.table).__part_of__)


def links_only(table: str, fields: Iterable[str]) -> bool:
    """Whether a change only told whose row it is, as a merge does: that is no content."""
    columns = table_of(model_named(table)).columns
    return all(columns[name].foreign_keys for name in fields)
