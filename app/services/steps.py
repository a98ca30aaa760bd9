"""刚才做了什么: the operations in plain words, each with the verb by which it can be taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import LOOKS, Change, Operation
from app.services.counters import Counter, counter_for
from app.services.history_words import area_of
from app.services.standing import FINAL, Standing, standing
from app.services.touched import step_words
from app.services.trail import Outlook, Trail
from app.services.undone import may_undo
from app.storage.lookup import actor_of

UNDO, UNDO_WHOLE, REDO = "撤销", "撤销整次", "重做"
# Details that an import keeps with its operation: only then is a step a whole file.
IMPORTED_FILE = "file"
PAGE, _ONWARDS = 50, 20
_NEWEST = 2**62


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the list. `verb` is '' where nothing can be done; `note` says why, or what stays.

    `target` is the operation to hand to undo; a counter opens a page of the program instead.
    """

    id: int
    at: datetime
    who: str
    sentence: str
    area: str = ""
    rows: int = 0
    verb: str = ""
    note: str = ""
    target: int = 0
    counter: Counter | None = None
    undone: bool = False

    @property
    def undoable(self) -> bool:
        return self.verb in (UNDO, UNDO_WHOLE)

    @property
    def joins(self) -> bool:
        """It goes back with all that is newer: what was changed since by those is no obstacle."""
        return self.target > 0 and self.verb != REDO

    @property
    def stays(self) -> bool:
        """It changed something and stands: taking back all up to here has to leave it."""
        return self.rows > 0 and not (self.undone or self.joins or self.verb == REDO)


class Steps:
    """The list from the newest on, a page at a time; pages may be read in different sessions."""

    def __init__(self, *, search: str = "", looks: bool = False) -> None:
        self._words = search.split()
        self._looks = looks
        self._standing = Standing()
        self._trail = Trail(self._standing)
        self._before = _NEWEST
        self.complete = False

    def page(self, session: Session, limit: int = PAGE) -> list[Step]:
        """The next lines; the last page sets `complete`."""
        operations = session.scalars(self._wanted(limit)).all()
        self.complete = len(operations) < limit
        if not operations:
            return []
        if self._before == _NEWEST:
            self._standing = standing(session)
            self._trail = Trail(self._standing)
        # All between, also what the search leaves out: it may stand on what is shown.
        self._trail.read(session, operations[-1].id, self._before - 1)
        self._before = operations[-1].id
        return list(self._walk(session, {one.id: one for one in operations}))

    def line(self, session: Session, operation: Operation) -> Step:
        """A single line; asks only once, for what came after it."""
        self._standing = standing(session)
        self._trail = Trail(self._standing)
        self._trail.read(session, operation.id, _NEWEST)
        return list(self._walk(session, {operation.id: operation}))[-1]

    def _wanted(self, limit: int) -> Select[Operation]:
        conditions = [_says(word) for word in self._words]
        if not self._looks:
            changes = select(Change.id).where(
                Change.operation_id == Operation.id, Change.action.not_in(LOOKS)
            )
            conditions.append(changes.exists())
        return (
            select(Operation)
            .where(Operation.id < self._before, *conditions)
            .order_by(Operation.id.desc())
            .limit(limit)
        )

    def _walk(self, session: Session, wanted: Mapping[int, Operation]) -> Iterator[Step]:
        for one in sorted({*self._trail.operations(), *wanted}, reverse=True):
            if one in wanted:
                yield self._step(session, wanted[one], self._trail.outlook(one))
            self._trail.pass_by(one)

    def _step(self, session: Session, operation: Operation, outlook: Outlook) -> Step:
        step = Step(
            operation.id,
            operation.at,
            operation.user_name,
            operation.sentence,
            area_of(outlook.row_of),
            outlook.rows,
        )
        if operation.id in self._standing.targets:
            return self._of_undo(session, step)
        if not self._standing.stands(operation.id):
            return self._of_undone(session, step)
        return _of_standing(session, step, operation, outlook) if outlook.rows else step

    def _of_undo(self, session: Session, step: Step) -> Step:
        """An undo can be taken back; a redo is taken back at the step itself."""
        undo_id, found = step.id, self._standing
        if not found.stands(undo_id):
            return replace(step, undone=True, note="后来又改回去了")
        if found.stands(found.root(undo_id)):
            return replace(step, undone=True, note="要撤销，在原来那一步上点")
        return _if_allowed(session, replace(step, verb=REDO, target=undo_id))

    def _of_undone(self, session: Session, step: Step) -> Step:
        undo = session.get_one(Operation, self._standing.undone_by(step.id))
        others = len(self._standing.targets[undo.id]) - 1
        note = f"{undo.at:%m-%d %H:%M} {undo.user_name}已撤销"
        if others:
            note += f"（和另外 {others} 步一起）"
        return _if_allowed(
            session, replace(step, verb=REDO, note=note, target=undo.id, undone=True), undo
        )


def step_of(session: Session, operation_id: int) -> Step:
    """One line of the list, wherever it stands; raises DomainError where there is none."""
    operation = session.get(Operation, operation_id)
    if operation is None:
        raise DomainError("没有找到这一步操作。")
    return Steps().line(session, operation)


def next_undo(session: Session) -> Step | None:
    """What Ctrl+Z takes back: the first line of the list with 撤销 on it."""
    steps, limit = Steps(), 1
    while not steps.complete:
        for step in steps.page(session, limit=limit):
            if step.undoable:
                return step
        # Nearly always the newest can be taken back; what a page changed is read for nothing then.
        limit = _ONWARDS
    return None


def _of_standing(session: Session, step: Step, operation: Operation, outlook: Outlook) -> Step:
    final = (operation.details or {}).get(FINAL)
    if final:
        return _final(session, step, "" if final is True else str(final), outlook)
    if outlook.hopeless:
        by = step_words(session, outlook.by)
        hopeless = _final(session, step, f"后来又改过（{by}）", outlook)
        if hopeless.counter:
            return hopeless
        return _if_allowed(session, replace(hopeless, target=step.id))
    note = f"其中 {outlook.stay:,} 条后来改过，会留下并列出" if outlook.stay else ""
    whole = IMPORTED_FILE in (operation.details or {})
    verb = UNDO_WHOLE if whole else UNDO
    return _if_allowed(session, replace(step, verb=verb, note=note, target=step.id))


def _final(session: Session, step: Step, reason: str, outlook: Outlook) -> Step:
    """Nothing to take back: the reason, and what can be done instead."""
    counter = counter_for(session, outlook.row_of)
    words = [f"不能撤销：{reason}" if reason else "不能撤销", *([counter.words] if counter else [])]
    return replace(
        step, note="；".join(words), counter=counter, verb=counter.verb if counter else ""
    )


def _if_allowed(session: Session, step: Step, operation: Operation | None = None) -> Step:
    """What others did is theirs to take back."""
    who = operation.user_name if operation is not None else step.who
    if may_undo(actor_of(session), who):
        return step
    reason = f"这是{who}做的，请本人或书记来{REDO if step.verb == REDO else UNDO}"
    return replace(step, verb="", target=0, note="；".join(filter(None, (step.note, reason))))


def _says(word: str) -> ColumnElement[bool]:
    return or_(
        Operation.sentence.contains(word, autoescape=True),
        Operation.user_name.contains(word, autoescape=True),
    )
