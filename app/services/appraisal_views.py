"""Appraisals (民主评议) as lists and papers read them; whom the law removes after two of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import BodyKind, Grade, MeetingState, MemberRole
from app.services import body_views
from app.services.body_views import MemberView
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """One line of the list; `incompetent` are those judged 不称职."""

    id: int
    version: int
    year: int
    held_on: date
    led_by: str
    voters: int
    judged: int
    incompetent: int
    meeting_id: int | None
    meeting: str
    notice_id: int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """How one member was judged; `role` as he sat then."""

    member_id: int
    resident_id: int | None
    name: str
    role: str
    body: str
    competent: int
    barely: int
    incompetent: int
    grade: Grade
    still: bool
    """Whether he is in the post yet."""


def appraisals(source: Source) -> list[AppraisalRow]:
    """All of them, the latest first."""
    return _appraisals(lookup_of(source), [])


def appraisal(source: Source, appraisal_id: int) -> AppraisalRow:
    """One of them; raises DomainError where there is none."""
    found = _appraisals(lookup_of(source), [Sql("a.id = ?", (appraisal_id,))])
    if not found:
        raise DomainError("这次评议已经删除，请刷新后再看。")
    return found[0]


def lines(source: Source, appraisal_id: int) -> list[Judged]:
    """The members of one appraisal in the order of the form."""
    asked = query(_LINE, _LINES, [Sql("l.appraisal_id = ?", (appraisal_id,))], "ORDER BY l.id")
    return [_judged(row) for row in lookup_of(source).rows(asked)]


def candidates(source: Source, on: date) -> list[MemberView]:
    """Whom an appraisal of a day is about: the committee, else its members among the 代表会议."""
    lookup = lookup_of(source)
    bodies = body_views.bodies(lookup, on)
    for kind in (BodyKind.COMMITTEE, BodyKind.REPRESENTATIVES):
        for body in (one for one in bodies if one.kind is kind):
            found = [one for one in body_views.members(lookup, body.id, on) if one.in_committee]
            if found:
                return found
    return []


def meetings(source: Source) -> dict[int, str]:
    """The meetings of the last years at which it may have been held, the latest first."""
    there = [Sql("deleted_at IS NULL"), Sql("state <> ?", (MeetingState.CANCELLED.value,))]
    asked = query("id, on_date, title", "meeting", there, "ORDER BY on_date DESC, id DESC LIMIT 40")
    return {key: f"{day} {title}" for key, day, title in lookup_of(source).rows(asked)}


def ended_by_law(source: Source, appraisal_id: int) -> list[Judged]:
    """Who was 不称职 in this appraisal and in the one before it, and still has the post (37)."""
    lookup = lookup_of(source)
    judged = [one for one in lines(lookup, appraisal_id) if one.grade is Grade.INCOMPETENT]
    before = _before(lookup, appraisal_id)
    return [one for one in judged if one.still and before.get(_person(one)) is Grade.INCOMPETENT]


def missing_years(source: Source, today: date) -> list[int]:
    """Of last year and the one before, from the committee's first; this year from December on."""
    lookup = lookup_of(source)
    since = [one.since for one in candidates(lookup, today)]
    if not since:
        return []
    done = set(lookup.column(query("year", "appraisal", [Sql("deleted_at IS NULL")])))
    last = today.year if today.month == _DECEMBER else today.year - 1
    begun = max(min(since).year, last - 1)
    return [year for year in range(begun, last + 1) if year not in done]


_LINE = """l.body_member_id, m.resident_id, m.name, m.role, b.name, l.competent, l.barely,
    l.incompetent, l.grade, m.until IS NULL OR m.until > a.held_on, m.in_committee"""
_LINES = """appraisal_line AS l JOIN appraisal AS a ON a.id = l.appraisal_id
    JOIN main.body_member AS m ON m.id = l.body_member_id JOIN body AS b ON b.id = m.body_id"""


def _judged(row: tuple[Any, ...]) -> Judged:
    (
        member_id,
        resident_id,
        name,
        role,
        body,
        competent,
        barely,
        incompetent,
        grade,
        still,
        seated,
    ) = row
    return Judged(
        member_id,
        resident_id,
        name,
        MemberRole.of(role).label,
        body,
        competent,
        barely,
        incompetent,
        Grade.of(grade),
        still=bool(still and seated),
    )


def _person(one: Judged) -> tuple[int | None, int]:
    """Somebody of the file in any seat; else the seat itself."""
    return (one.resident_id, 0) if one.resident_id is not None else (None, one.member_id)


def _before(lookup: Lookup, appraisal_id: int) -> dict[tuple[int | None, int], Grade]:
    """By person the grade of the last appraisal before this one in which he was judged."""
    this = appraisal(lookup, appraisal_id)
    earlier = Sql("(a.held_on, a.id) < (?, ?)", (this.held_on.isoformat(), this.id))
    there = [Sql("a.deleted_at IS NULL"), earlier]
    asked = query(_LINE, _LINES, there, "ORDER BY a.held_on, a.id, l.id")
    judged = map(_judged, lookup.rows(asked))
    return {_person(one): one.grade for one in judged}


def _appraisals(lookup: Lookup, where: list[Sql]) -> list[AppraisalRow]:
    asked = query(
        """a.id, a.version, a.year, a.held_on, a.led_by, a.voters,
            (SELECT count(*) FROM appraisal_line AS l WHERE l.appraisal_id = a.id),
            (SELECT count(*) FROM appraisal_line AS l
             WHERE l.appraisal_id = a.id AND l.grade = 'incompetent'),
            a.meeting_id, m.title, n.id""",
        """appraisal AS a LEFT JOIN meeting AS m ON m.id = a.meeting_id
            LEFT JOIN notice AS n ON n.id = a.notice_id AND n.deleted_at IS NULL""",
        [Sql("a.deleted_at IS NULL"), *where],
        "ORDER BY a.held_on DESC, a.id DESC",
    )
    return [
        AppraisalRow(
            key,
            version,
            year,
            date.fromisoformat(held_on),
            led_by,
            voters,
            judged,
            incompetent,
            meeting_id,
            meeting or "",
            notice_id,
        )
        for (
            key,
            version,
            year,
            held_on,
            led_by,
            voters,
            judged,
            incompetent,
            meeting_id,
            meeting,
            notice_id,
        ) in lookup.rows(asked)
    ]
