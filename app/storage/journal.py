"""The journal: every transaction leaves an Operation and a Change per row it touched.

Written by session hooks, so that no service can forget it. Bulk statements bypass the session's
knowledge of rows: they hand theirs over by `record_created` and `record_updates`, and a
transaction that did not is refused.
"""

import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Delete, Engine, Update, event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, sessionmaker

from app.models import LOOKS, Action, Base, Change, Operation, User, table_of
from app.models.base import BY_TABLE
from app.storage import guard
from app.storage.chain import last_hash, next_operation, seal, verify_chain
from app.storage.changes import ChangeLog
from app.storage.images import image_of, json_safe, real_changes
from app.storage.lookup import link_of
from app.storage.redaction import ERASING
from app.storage.statements import insert_rows
from app.values.rights import Actor

__all__ = [
    "add_rows",
    "begin",
    "guard_ledgers",
    "listen",
    "next_id",
    "operation_id",
    "record_created",
    "record_deleted",
    "record_erased",
    "record_look",
    "record_refusal",
    "record_updates",
    "set_details",
    "set_undoes",
    "verify_chain",
    "write",
]

Fields = dict[str, Sequence[Any]]


def record_created(session: Session, model: type[Base], ids: Iterable[int]) -> None:
    """Tell the journal which rows a bulk insert made."""
    log, made = _log(session), list(ids)
    log.accounted.add(model.__tablename__)
    log.extend(model.__tablename__, Action.CREATED, made)
    if model.__tablename__ in log.last_ids:
        log.note_id(model.__tablename__, max(made, default=0))


def add_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows by one statement, past the session, and record them; gives their ids."""
    first = next_id(session, model)
    ids = list(range(first, first + len(rows)))
    numbered = [{**row, "id": key} for row, key in zip(rows, ids, strict=True)]
    insert_rows(session, table_of(model), numbered)
    record_created(session, model, ids)
    return ids


def record_updates(
    session: Session, model: type[Base], updates: Iterable[tuple[int, Fields]]
) -> None:
    """Tell the journal what a bulk update changed: (row id, {column: [before, after]})."""
    log = _log(session)
    log.accounted.add(model.__tablename__)
    for row_id, fields in updates:
        safe = {column: [json_safe(value) for value in pair] for column, pair in fields.items()}
        log.add(model.__tablename__, row_id, Action.UPDATED, safe)


def record_deleted(
    session: Session, model: type[Base], rows: Iterable[tuple[int, dict[str, Any]]]
) -> None:
    """Tell the journal what a bulk delete removed: (row id, {column: value})."""
    log = _log(session)
    log.accounted.add(model.__tablename__)
    for row_id, values in rows:
        safe = {column: json_safe(value) for column, value in values.items()}
        log.add(model.__tablename__, row_id, Action.DELETED, safe)


def record_erased(session: Session, model: type[Base], ids: Iterable[int]) -> None:
    """Tell the journal whose values were erased for good; it keeps none of them."""
    log = _log(session)
    log.accounted.add(model.__tablename__)
    for row_id in ids:
        # Each on its own line, as what was deleted: ids are not given again.
        log.add(model.__tablename__, row_id, Action.ERASED, {})


def record_look(session: Session, action: Action, model: type[Base], ids: Iterable[int]) -> None:
    """Note that rows were looked at in the clear, printed or exported."""
    if action not in LOOKS:
        raise ValueError(f"{action} is not a look, a print or an export")
    _log(session).extend(model.__tablename__, action, ids)


def record_refusal(session: Session, actor: Actor, sentence: str, reason: str) -> None:
    """Note that `actor` tried what he may not do: the sentence of it, and what he was told."""
    _log(session).extend(User.__tablename__, Action.REFUSED, [actor.user_id])
    set_details(session, {"refused": sentence, "reason": reason})


def set_details(session: Session, details: dict[str, Any]) -> None:
    """Facts kept with the operation: file name and counts of an import, what an undo kept.

    Several rules may each add theirs: a batch of papers is final, and has its reason.
    """
    log = _log(session)
    log.details = {**(log.details or {}), **json_safe(details)}


def set_undoes(session: Session, undone_id: int) -> None:
    """This operation takes back operation `undone_id`."""
    _log(session).undoes_id = undone_id


def operation_id(session: Session) -> int:
    """The id that this transaction's operation gets, if anything is recorded in it."""
    # The writer holds the file's only write lock: nobody else can take the number.
    return next_operation(session)


def next_id(session: Session, model: type[Base]) -> int:
    """The first id of a table that no row ever had; the transaction keeps others from taking it.

    SQLite would give the id of a row that was just taken back, and its history with it. What was
    deleted stands in the journal row by row, so that the highest `row_id` is enough.
    """
    table = table_of(model)
    given = _log(session).last_ids.get(table.name)
    if given is not None:
        return given + 1
    # Asked by SQL text: every new row asks, and a statement put together costs ten times as much.
    link = link_of(session)
    present = f"SELECT max(id) FROM {table.name}"  # noqa: S608 - a name of our own
    used = "SELECT max(row_id) FROM change WHERE table_name = ?"
    highest = f"SELECT max(coalesce(({present}), 0), coalesce(({used}), 0))"
    found: int = link.execute(highest, (table.name,)).fetchone()[0]
    return found + 1


def begin(session: Session) -> None:
    """Start the record of a transaction (called by the engine)."""
    session.info["operation"] = ChangeLog()


def write(session: Session, sentence: str, *, at: datetime, actor: Actor) -> None:
    """Write the Operation and its Changes, if anything happened (called by the engine).

    Raises Refused for what `actor` may not do.
    """
    log = _log(session)
    if log.bulk - log.accounted:
        raise RuntimeError(f"bulk change without a record: {sorted(log.bulk - log.accounted)}")
    changes = log.merged()
    if not changes:
        return
    if not actor.unlimited:
        guard.check(session, actor, changes)
    operation: dict[str, Any] = {
        "id": operation_id(session),
        "at": at,
        "user_name": actor.name,
        "computer": platform.node()[:60],
        "sentence": sentence[:300],
        "details": log.details,
        "undoes_id": log.undoes_id,
    }
    for change in changes:
        change["operation_id"] = operation["id"]
    seal(last_hash(session), operation, changes)
    insert_rows(session, table_of(Operation), [operation])
    # Straight to the driver: of a step that is taken back there may be ten thousand.
    insert_rows(session, table_of(Change), changes)


def listen(sessions: sessionmaker[Any]) -> None:
    """Hook the journal onto the sessions of the writer."""
    event.listen(sessions, "before_flush", _before_flush)
    event.listen(sessions, "after_flush", _after_flush)
    event.listen(sessions, "do_orm_execute", _note_bulk)
    event.listen(sessions, "after_transaction_create", _mark_savepoint)
    event.listen(sessions, "after_soft_rollback", _forget_rolled_back)


def guard_ledgers(engine: Engine) -> None:
    """Refuse UPDATE and DELETE of ledgers, whichever way they reach the connection.

    What must be erased by law goes through `redaction.py` alone.
    """

    @event.listens_for(engine, "before_execute")
    def refuse(
        connection: Connection, clause: object, _many: object, _one: object, options: Any
    ) -> None:
        if options.get(ERASING):
            return
        if isinstance(clause, Update | Delete):
            model = _model_of(clause)
            if model is not None and model.__ledger__:
                raise RuntimeError(f"ledger '{clause.table}' is append-only: post a counter-entry")


def _model_of(statement: object) -> type[Base] | None:
    """Whose table it changes; a statement that has a table has the class of it loaded."""
    return BY_TABLE.get(getattr(getattr(statement, "table", None), "name", ""))


def _log(session: Session) -> ChangeLog:
    log: ChangeLog = session.info["operation"]
    return log


def _before_flush(session: Session, _context: object, _instances: object) -> None:
    log = _log(session)
    with session.no_autoflush:
        _number_new_rows(session)
    for row in session.deleted:
        if row.__journaled__:
            # Now, while the values can still be read from the file.
            log.add(row.__tablename__, row.id, Action.DELETED, image_of(row))
    for row in session.dirty:
        if row.__journaled__:
            fields = real_changes(session, row)
            if fields:
                log.add(row.__tablename__, row.id, Action.UPDATED, fields)


def _number_new_rows(session: Session) -> None:
    for row in session.new:
        if row.__journaled__:
            row.id = row.id or next_id(session, type(row))
            _log(session).note_id(row.__tablename__, row.id)


def _after_flush(session: Session, _context: object) -> None:
    log = _log(session)
    for row in session.new:
        if row.__journaled__:
            log.add(row.__tablename__, row.id, Action.CREATED, None)


def _note_bulk(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        model = _model_of(state.statement)
        if model is not None and model.__journaled__:
            _log(state.session).bulk.add(model.__tablename__)


def _mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        _log(session).marks[transaction] = len(_log(session).entries)


def _forget_rolled_back(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        del _log(session).entries[_log(session).marks[transaction] :]
