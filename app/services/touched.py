"""Rows that were changed after an operation, and by which step."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, Change, Operation
from app.services.standing import Standing

# What was created later cannot have been there before: no id is ever given twice.
CHANGING = (Action.UPDATED, Action.DELETED, Action.ERASED)


@dataclass
class Touched:
    """By table and row the last step that changed it."""

    _by: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _words: dict[int, str] = field(default_factory=dict)

    def rows(self, table: str) -> Set[int]:
        return self._by[table].keys()

    def add(self, table: str, first: int, last: int, operation_id: int) -> None:
        self._by[table].update(dict.fromkeys(range(first, last + 1), operation_id))

    def by(self, session: Session, table: str, row_id: int) -> str:
        """The step in words: `11-21 09:40 赵敏“修改居民 王秀兰 的电话”`; '' for none."""
        operation_id = self._by[table].get(row_id)
        if operation_id is None:
            return ""
        if operation_id not in self._words:
            self._words[operation_id] = step_words(session, operation_id)
        return self._words[operation_id]


def step_words(session: Session, operation_id: int) -> str:
    """When, who, what; who may see only his own steps is not told more of another's."""
    operation = session.get(Operation, operation_id)
    if operation is None:
        return "别人做的"
    return f"{operation.at:%m-%d %H:%M} {operation.user_name}“{operation.sentence}”"


def touched_since(session: Session, operation_id: int, found: Standing) -> Touched:
    """By standing operations, and by undone ones where their undo left the row.

    The undo of a later step cancels out with it; the undo of an earlier one is a change.
    """
    touched = Touched()
    later = (
        select(Change.operation_id, Change.table_name, Change.row_id, Change.last_row_id)
        .where(Change.operation_id > operation_id, Change.action.in_(CHANGING))
        .order_by(Change.operation_id)
    )
    counted: dict[int, bool] = {}
    for one, table, first, last in session.execute(later):
        if one not in counted:
            counted[one] = found.stands(one) and min(found.targets.get(one, (0,))) < operation_id
        if counted[one]:
            touched.add(table, first, last, one)
    for one in counted:
        for table, ids in found.left(one).items():
            for row_id in ids:
                touched.add(table, row_id, row_id, one)
    return touched
