"""What an import would do, row by row, before anything is written."""

import enum
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from sqlalchemy.orm import Session

from app.importing.checks import check_within_file
from app.importing.rows import ParsedRow
from app.services import collector
from app.services.import_changes import FieldChange, compare
from app.services.import_compounds import distinguished
from app.services.import_known import Known, KnownPeople, Match, nobody

Decision = Literal["", "same", "new", "skip"]


_TWICE = {"duplicate_person", "id_on_two_names"}


class RowState(enum.StrEnum):
    """What becomes of a row; the values are those of the command line."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    QUESTION = "question"
    FAULT = "fault"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    RowState.NEW: "新增",
    RowState.UPDATE: "更新",
    RowState.UNCHANGED: "无变化",
    RowState.QUESTION: "待确认",
    RowState.FAULT: "有误",
}


class PlannedRow(NamedTuple):
    """One row with its state; `changes` are what an update would write, masked for the eye."""

    parsed: ParsedRow
    state: RowState
    reasons: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    matched_id: int | None = None
    changes: tuple[FieldChange, ...] = ()
    candidates: tuple[int, ...] = ()
    decision: Decision = ""
    writes: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class ImportPlan:
    """All rows of a file in its order; `known` are the people of the file that they met."""

    rows: tuple[PlannedRow, ...]
    known: KnownPeople

    @cached_property
    def counts(self) -> dict[RowState, int]:
        """How many rows each state has; they add up to the rows."""
        counted = Counter(row.state for row in self.rows)
        return {state: counted[state] for state in RowState}

    @property
    def importable(self) -> int:
        """The number on the button."""
        return self.counts[RowState.NEW] + self.counts[RowState.UPDATE]


def plan(session: Session | None, parsed: Sequence[ParsedRow]) -> ImportPlan:
    """Hold every row against the office's people; without a session everybody is new."""
    parsed = distinguished(parsed)
    with collector.paused():
        known = KnownPeople.load(session, [row.values for row in parsed]) if session else nobody()
        return ImportPlan(tuple(_planned(row, known) for row in parsed), known)


def decide(planned: ImportPlan, index: int, decision: Decision) -> ImportPlan:
    """Answer a question: it is the same person, another one, or the row is skipped."""
    row = planned.rows[index]
    if decision == "new":
        answered = PlannedRow(
            row.parsed, RowState.NEW, candidates=row.candidates, decision=decision
        )
    elif decision == "same" and row.candidates:
        person = planned.known.by_id[row.candidates[0]]
        answered = _matched(row.parsed, person)._replace(decision=decision)
    elif decision in {"same", "skip"}:
        answered = _skipped(_planned(row.parsed, planned.known))
    else:
        answered = _planned(row.parsed, planned.known)
    return _with(planned, index, answered)


def _skipped(row: PlannedRow) -> PlannedRow:
    """Left out on purpose; a good row is counted among those that are not imported."""
    if row.state in {RowState.NEW, RowState.UPDATE}:
        row = PlannedRow(row.parsed, RowState.QUESTION, ("已跳过，不导入。",))
    return row._replace(decision="skip")


def replace_row(
    session: Session | None, planned: ImportPlan, index: int, parsed: ParsedRow
) -> ImportPlan:
    """Take a row that was mended on the spot; it is held against the office and the file."""
    others = [row.parsed for row in planned.rows]
    parsed = distinguished([*others[:index], parsed, *others[index + 1 :]])[index]
    if not _TWICE & set(parsed.kinds):
        # What was mended may now be the number of another row of the file.
        parsed = check_within_file([*others[:index], *others[index + 1 :], parsed])[-1]
    known = planned.known
    if session is not None:
        known = known.merged(KnownPeople.load(session, [parsed.values]))
    return ImportPlan(_with(planned, index, _planned(parsed, known)).rows, known)


def _with(planned: ImportPlan, index: int, row: PlannedRow) -> ImportPlan:
    rows = (*planned.rows[:index], row, *planned.rows[index + 1 :])
    return ImportPlan(rows, planned.known)


def _planned(parsed: ParsedRow, known: KnownPeople) -> PlannedRow:
    if parsed.state == "fault":
        return PlannedRow(parsed, RowState.FAULT, parsed.reasons, parsed.kinds)
    match = known.match(parsed.values)
    if parsed.state == "question" or match.question:
        return _question(parsed, match)
    if match.person is None:
        return PlannedRow(parsed, RowState.NEW)
    return _matched(parsed, match.person)


def _question(parsed: ParsedRow, match: Match) -> PlannedRow:
    candidates = match.candidates or ((match.person.id,) if match.person else ())
    return PlannedRow(
        parsed,
        RowState.QUESTION,
        (*parsed.reasons, *([match.sentence] if match.question else [])),
        (*parsed.kinds, *([match.question] if match.question else [])),
        matched_id=match.person.id if match.person else None,
        candidates=candidates,
    )


def _matched(parsed: ParsedRow, person: Known) -> PlannedRow:
    writes, changes = compare(parsed.values, person)
    state = RowState.UPDATE if writes else RowState.UNCHANGED
    return PlannedRow(parsed, state, matched_id=person.id, changes=changes, writes=writes)
