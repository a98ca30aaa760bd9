"""An examination told to whoever has no window: in Chinese sentences, or as one JSON object."""

from collections.abc import Iterator
from typing import Any

from app.services.health import records
from app.services.health.examination import SOUND, Examination, Finding, summary, total, verdict
from app.services.health.kinds import Group, Kind, Level
from app.services.health.registry import CHECKS
from app.storage.check import ADVICE
from app.storage.engine import Database

_NAMED = 5


def is_sound(examination: Examination) -> bool:
    """Whether nothing is damaged and nothing contradicts itself; papers may be wanting."""
    counts = examination.counts
    return not (total(counts, Level.DAMAGED) or total(counts, Level.WRONG))


def lines(database: Database, examination: Examination) -> list[str]:
    """The report for a person, one sentence per line."""
    head = examination.report.head if examination.report else []
    return [*head, *_body(database, examination), *_end(examination)]


def _body(database: Database, examination: Examination) -> Iterator[str]:
    for group in Group:
        words, level = summary(group, examination.counts)
        yield f"{group.value}：{words}"
        if level is not None:
            yield from _findings(database, examination, group)


def _findings(database: Database, examination: Examination, group: Group) -> Iterator[str]:
    for check in CHECKS:
        finding = examination.findings.get(check.key)
        if check.group is group and finding is not None and finding.count:
            yield f"  {_told(database, finding)}"
            yield f"    {check.why}"


def _told(database: Database, finding: Finding) -> str:
    check = finding.check
    if check.kind is Kind.FILE:
        return "；".join(finding.notes)
    shown = range(min(_NAMED, finding.count))
    with database.reading() as session:
        found = records.lines(session, finding, shown, now=database.clock.now())
    named = "、".join(
        line.name if line.note == check.title else f"{line.name}（{line.note}）" for line in found
    )
    more = "……" if finding.count > _NAMED else ""
    return f"{check.title}，{finding.count:,} {check.kind.value}：{named}{more}"


def _end(examination: Examination) -> list[str]:
    counts = examination.counts
    if total(counts, Level.DAMAGED):
        return [ADVICE]
    sound = is_sound(examination) and verdict(counts) != SOUND
    return [f"{SOUND}：{verdict(counts)}。" if sound else f"{verdict(counts)}。"]


def as_json(examination: Examination) -> dict[str, Any]:
    """Ids and notes of every record found; numbers in notes are masked, names are left out."""
    report = examination.report
    return {
        "file": report.file.name if report else "",
        "schema": report.schema.number if report and report.schema else None,
        "at": examination.at.isoformat(timespec="seconds"),
        "seconds": round(examination.seconds, 2),
        "sound": is_sound(examination),
        "groups": {group.value: summary(group, examination.counts)[0] for group in Group},
        "checks": [_check_json(finding) for finding in examination.findings.values()],
    }


def _check_json(finding: Finding) -> dict[str, Any]:
    check = finding.check
    found = zip(finding.ids, finding.notes, strict=True)
    return {
        "key": check.key,
        "group": check.group.value,
        "title": check.title,
        "level": check.level.value,
        "why": check.why,
        "count": finding.count,
        "records": [{"id": key, "note": note} for key, note in found],
    }
