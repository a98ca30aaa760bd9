"""The slow work of the import wizard, for a thread of its own: plan, mend, write, take back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.context import Context
from app.importing.leftovers import write_leftovers
from app.importing.parse import parse_rows
from app.importing.rows import ParsedRow, RowFault
from app.services import collector, history, residents_import
from app.services.history import Undone
from app.services.import_plan import Decision
from app.services.residents_import import ImportPlan, ImportResult, PlannedRow, RowState
from app.storage.backup import back_up_before
from app.storage.engine import Database
from app.storage.vault import keyfile_of
from app.ui.kit.background import Progress
from app.ui.residents.import_state import Reading, keep_corrections

_REST = "_待改"
_REST_NAME = re.compile(rf"{_REST}\d*$")
OPEN_STATES = (RowState.QUESTION, RowState.FAULT)
Place = tuple[str, int]
"""Sheet and row, as WPS counts."""


@dataclass(frozen=True)
class Prepared:
    """A file held against the office's people."""

    reading: Reading
    plan: ImportPlan

    @property
    def left_over(self) -> list[PlannedRow]:
        return [row for row in self.plan.rows if row.state in OPEN_STATES]


@dataclass(frozen=True)
class Imported:
    """What was written; `operation_id` is what 撤销 takes back."""

    result: ImportResult
    operation_id: int | None


def prepare(
    database: Database,
    reading: Reading,
    decisions: Mapping[Place, Decision],
    today: date,
    progress: Progress,
) -> Prepared:
    """Read every row and hold it against the file; decisions made before are kept."""
    parsed = _parse(reading, today, progress)
    progress(0, 0, "正在和名册比对…")
    with database.reading() as session:
        planned = residents_import.plan(session, parsed)
    for index, row in enumerate(planned.rows):
        decision = decisions.get((row.parsed.sheet, row.parsed.row))
        if decision and row.state in OPEN_STATES:
            planned = residents_import.decide(planned, index, decision)
    progress.check()
    return Prepared(reading, planned)


def mend(
    database: Database, before: Prepared, reading: Reading, today: date, progress: Progress
) -> Prepared:
    """After a cell was put right: only the rows that this changed are looked at anew."""
    parsed = _parse(reading, today, progress)
    planned = before.plan
    if len(parsed) != len(planned.rows):
        return prepare(database, reading, {}, today, progress)
    with database.reading() as session:
        for index, new in enumerate(parsed):
            if planned.rows[index].parsed != new:
                planned = residents_import.replace_row(session, planned, index, new)
    return Prepared(reading, planned)


def _parse(reading: Reading, today: date, progress: Progress) -> tuple[ParsedRow, ...]:
    with collector.paused():
        return parse_rows(
            reading.workbook,
            reading.layouts,
            today=today,
            progress=lambda done, total: progress(done, total, f"正在核对 {done:,} / {total:,} 行"),
            should_stop=lambda: progress.cancelled,
        )


def write(context: Context, prepared: Prepared, progress: Progress) -> Imported:
    """Back up, then write all good rows in one transaction. Cancel leaves nothing."""
    database, now = context.database, context.clock.now()
    file = prepared.reading.file
    progress(0, 0, "正在备份…")
    back_up_before(database, "导入前")
    progress.check()
    with database.transaction(f"导入 {file.name}") as session:
        result = residents_import.apply(
            session,
            prepared.plan,
            now=now,
            file_name=file.name,
            progress=lambda done, total: progress(done, total, _written_words(done, total)),
            should_stop=lambda: progress.cancelled,
        )
        keep_corrections(session, prepared.reading, now=now)
        progress.check()
    return Imported(result, _last_operation(database))


def has_keyfile(database: Database) -> bool:
    """The demo has none: its copies have no place among the office's backups."""
    return keyfile_of(database.file).is_file()


def _written_words(done: int, total: int) -> str:
    return f"正在写入，{done * 100 // max(1, total)}%"


def _last_operation(database: Database) -> int | None:
    with database.reading() as session:
        line = history.last_undoable(session)
    return line.id if line else None


def take_back(database: Database, operation_id: int, name: str) -> Undone:
    """Undo the whole import; rows that were changed since stay and are listed."""
    back_up_before(database, "撤销导入前")
    with database.transaction(f"撤销：导入 {name}") as session:
        return history.undo(session, operation_id)


def rest_file(file: Path) -> Path:
    """台账.xlsx -> 台账_待改.xlsx beside it; a file that is there already is never overwritten."""
    stem = _REST_NAME.sub("", file.stem)
    names = (f"{stem}{_REST}{number if number > 1 else ''}.xlsx" for number in range(1, 1000))
    return next(path for name in names if not (path := file.with_name(name)).exists())


def write_rest(prepared: Prepared, target: Path) -> None:
    """The rows that were not imported, with their reasons. Raises DomainError."""
    rows = [_with_reasons(row) for row in prepared.left_over]
    write_leftovers(target, prepared.reading.workbook, prepared.reading.layouts, rows)


def _with_reasons(row: PlannedRow) -> ParsedRow:
    """What the office's file has against a row is told beside what the sheet has."""
    known = set(row.parsed.reasons)
    more = [reason for reason in row.reasons if reason not in known]
    if row.decision == "skip" and not row.reasons:
        more.append("已跳过。")
    faults = tuple(RowFault("question", "", reason) for reason in more)
    return row.parsed._replace(faults=(*row.parsed.faults, *faults))
