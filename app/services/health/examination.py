"""Examining an office: the file first, then what its tables say; nothing is changed."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from sqlalchemy.orm import Session

from app.services import settings
from app.services.health.kinds import Check, Found, Group, Level
from app.services.health.registry import BY_KEY, CHECKS, of_group
from app.storage.check import FaultKind, Report, check_file
from app.storage.engine import Database
from app.storage.faults import Damaged
from app.storage.lookup import actor_of

SOUND, NOT_LOOKED = "资料完好", "没有查"
Tick = Callable[[int, int, str], None]
"""Told of checks done, of all, and what comes next; may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; the file's own checks count more than they can name."""

    check: Check
    ids: Sequence[int]
    notes: Sequence[str]
    count: int


@dataclass(frozen=True, slots=True)
class Examination:
    """`findings` by key of the check, also those without a record; what is not there was not
    looked at: the file is damaged, or of another schema, or the office does not want it.
    """

    at: datetime
    seconds: float
    findings: Mapping[str, Finding]
    report: Report | None = None

    @property
    def counts(self) -> dict[str, int]:
        """By key of the check."""
        return {key: finding.count for key, finding in self.findings.items()}

    def replaced(self, fresh: Iterable[Finding]) -> "Examination":
        """The same with some checks made anew."""
        found = {**self.findings, **{one.check.key: one for one in fresh}}
        return Examination(self.at, self.seconds, found, self.report)


def examine(
    database: Database, report: Report | None = None, *, tick: Tick = lambda *_: None
) -> Examination:
    """Make every check that the office wants; `report` is of the file where that was read before.

    Raises the faults of a file that cannot be opened, and what `tick` raises.
    """
    begun, now = monotonic(), database.clock.now()
    total = len(CHECKS)
    tick(0, total, Group.FILE)
    if report is None:
        report = check_file(database.file, database.key, lambda: tick(0, total, Group.FILE))
    found = {one.check.key: one for one in _of_file(report)}
    if report.ok and report.known:
        found |= _of_tables(database, now, tick)
    return Examination(now, monotonic() - begun, found, report)


def examine_again(database: Database, group: Group) -> list[Finding]:
    """The checks of one part, after something was put right."""
    now = database.clock.now()
    with database.reading() as session:
        return [_finding(session, one, now) for one in wanted(session) if one.group is group]


def _of_tables(database: Database, now: datetime, tick: Tick) -> dict[str, Finding]:
    """A page that breaks under the reading is told as damage of the file, not as an error."""
    found: dict[str, Finding] = {}
    try:
        with database.reading() as session:
            for check in wanted(session):
                tick(CHECKS.index(check), len(CHECKS), check.group)
                found[check.key] = _finding(session, check, now)
    except Damaged as damage:
        broken = BY_KEY["structure"]
        return {broken.key: Finding(broken, (0,), (str(damage),), 1)}
    return found


def wanted(session: Session) -> list[Check]:
    """The checks of the tables that the office wants to be told of, and the user can be."""
    chosen = settings.load(session)
    limited = actor_of(session).grids is not None
    return [
        one
        for one in CHECKS
        if one.look is not None
        and (one.wanted is None or chosen[one.wanted])
        and not (one.whole and limited)
    ]


def _finding(session: Session, check: Check, now: datetime) -> Finding:
    found: list[Found] = list(check.look(session, now)) if check.look else []
    # Plain 64-bit numbers: a whole community may lack the same paper.
    return Finding(
        check, array("q", [key for key, _ in found]), [it for _, it in found], len(found)
    )


def _of_file(report: Report) -> list[Finding]:
    faults = {fault.kind: fault for fault in report.faults}
    found = []
    for check in of_group(Group.FILE):
        fault = faults.get(FaultKind(check.key))
        if fault is not None:
            found.append(Finding(check, (0,), (fault.sentence,), fault.count))
        elif check.key not in _not_looked_at(report):
            found.append(Finding(check, (), (), 0))
    return found


def _not_looked_at(report: Report) -> set[str]:
    """What stands behind a fault, or behind a schema that the program does not know."""
    if report.pages:
        return {kind.value for kind in FaultKind}
    journal = {FaultKind.ALTERED.value, FaultKind.MISSING.value}
    if not report.known:
        return journal | {FaultKind.VALUES.value}
    garbled = any(fault.kind is FaultKind.VALUES for fault in report.faults)
    return journal if garbled else set()


def summary(group: Group, counts: Mapping[str, int]) -> tuple[str, Level | None]:
    """损坏, 3 处要看, 12 处提醒, 完好 or 没有查; with the level that it stands for."""
    looked = [check for check in of_group(group) if check.key in counts]
    if not looked:
        return NOT_LOOKED, None
    for level in Level:
        total = sum(counts[check.key] for check in looked if check.level is level)
        if total:
            words = level.value if level is Level.DAMAGED else f"{total:,} 处{level.value}"
            return words, level
    return "完好", None


def total(counts: Mapping[str, int], level: Level) -> int:
    """How many records of one level."""
    return sum(count for key, count in counts.items() if BY_KEY[key].level is level)


def verdict(counts: Mapping[str, int]) -> str:
    """The whole report in half a sentence: 文件没有损坏，3 处要看，120 处提醒."""
    if total(counts, Level.DAMAGED):
        return "文件有损坏，请从备份恢复"
    found = [
        f"{count:,} 处{level.value}"
        for level in (Level.WRONG, Level.WANTING)
        if (count := total(counts, level))
    ]
    return "，".join(["文件没有损坏", *found]) if found else SOUND
