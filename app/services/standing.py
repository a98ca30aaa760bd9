"""Which operations still stand: what was undone, by what, and which rows an undo left behind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, Operation

# Detail of an operation that cannot be taken back; a text says why, in the user's words.
FINAL = "final"
# Details of an undo: the steps it takes back, and by step the rows that it left as they were.
STEPS = "steps"
KEPT_ROWS = "kept_rows"
DATA = (Action.CREATED, Action.UPDATED, Action.DELETED)

RowsLeft = Mapping[str, Iterable[int]]
"""Ids by table."""


@dataclass
class Standing:
    """What the undos of an office have left standing."""

    targets: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """By undo the operations that it takes back; those may be undos themselves."""
    _stands: dict[int, bool] = field(default_factory=dict)
    _undone_by: dict[int, int] = field(default_factory=dict)
    _left: dict[int, Mapping[str, RowsLeft]] = field(default_factory=dict)

    def stands(self, operation_id: int) -> bool:
        return self._stands.get(operation_id, True)

    def undone_by(self, operation_id: int) -> int | None:
        """The undo that holds an operation down now; None where it stands."""
        return None if self.stands(operation_id) else self._undone_by[operation_id]

    def left(self, operation_id: int) -> RowsLeft:
        """Rows of an undone operation that its undo did not take back."""
        undo_id = self.undone_by(operation_id)
        return self._left.get(undo_id or 0, {}).get(str(operation_id), {})

    def root(self, operation_id: int) -> int:
        """The step that an undo, or the undo of an undo, is about; of several the latest."""
        while operation_id in self.targets:
            operation_id = max(self.targets[operation_id])
        return operation_id

    def note_undone(self, operation_id: int, left: RowsLeft) -> None:
        """Within the undo of several steps: this one is taken back now."""
        self._stands[operation_id], self._undone_by[operation_id] = False, 0
        self._left[0] = {**self._left.get(0, {}), str(operation_id): left}

    def learn(self, undos: Iterable[tuple[int, tuple[int, ...], Mapping[str, Any]]]) -> None:
        """(undo, its targets, its details), in any order."""
        for undo_id, targets, details in undos:
            self.targets[undo_id] = targets
            if KEPT_ROWS in details:
                self._left[undo_id] = details[KEPT_ROWS]
        undoers: dict[int, list[int]] = {}
        for undo_id, targets in self.targets.items():
            for one in targets:
                undoers.setdefault(one, []).append(undo_id)
        # An undo is always younger than what it undoes, so the youngest are settled first.
        for one in sorted({*self.targets, *undoers}, reverse=True):
            holding = [undoer for undoer in undoers.get(one, ()) if self._stands.get(undoer, True)]
            self._stands[one] = not holding
            if holding:
                self._undone_by[one] = max(holding)


def standing(session: Session) -> Standing:
    """As the journal tells it."""
    found = Standing()
    found.learn(_undos(session))
    return found


def _undos(session: Session) -> Iterator[tuple[int, tuple[int, ...], Mapping[str, Any]]]:
    undos = select(Operation.id, Operation.undoes_id, Operation.details)
    for undo_id, target, kept in session.execute(undos.where(Operation.undoes_id.is_not(None))):
        details = kept or {}
        yield undo_id, tuple(details.get(STEPS, (target or 0,))), details
