"""年度述职 of part-time members, with the stars that the year came to when it was put down."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import MemberReport
from app.services import body_members, joint_stars, rights
from app.services.joint_stars import LEVELS
from app.storage.lookup import Source, Sql, actor_of, day_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_WORDS = 5_000
_LONGEST_REMARK = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """What was reported; `stars` None takes what the rules come to."""

    reported_on: date | None = None
    words: str = ""
    remark: str = ""
    stars: int | None = None


@dataclass(frozen=True, slots=True)
class ReportView:
    """述职 of a year as it was put down."""

    id: int
    version: int
    body_member_id: int
    year: int
    reported_on: date | None
    words: str
    attended: int
    held: int
    projects: int
    stars: int
    remark: str


def reports(source: Source, year: int) -> dict[int, ReportView]:
    """Those of a year by seat."""
    return {one.body_member_id: one for one in _read(source, Sql("year = ?", (year,)))}


def of_member(source: Source, body_member_id: int) -> list[ReportView]:
    """All of one seat, the latest year first."""
    return _read(source, Sql("body_member_id = ?", (body_member_id,)))


def put(
    session: Session,
    body_member_id: int,
    year: int,
    entered: ReportInput,
    *,
    version: int = 0,
    today: date,
) -> int:
    """Put down or change the report of a year; what was counted is counted anew.

    Stars other than the rules come to need a remark that says why. Raises DomainError otherwise,
    and for a year that is to come.
    """
    rights.require(session, Right.KEEP_JOINT)
    seat = body_members.get(session, body_member_id)
    if year > today.year or year < seat.since.year:
        raise DomainError(f"{seat.name}从 {seat.since:%Y-%m-%d} 起任职，没有 {year} 年的述职。")
    words, remark = _texts(entered)
    row = _row(session, body_member_id, year, version)
    done = joint_stars.activity(session, body_member_id, year)
    row.stars = _stars(entered.stars, done.stars, remark)
    row.reported_on, row.words, row.remark = entered.reported_on, words or None, remark or None
    row.attended, row.held, row.projects = done.attended, done.held, done.projects
    session.add(row)
    session.flush()
    return row.id


def _texts(entered: ReportInput) -> tuple[str, str]:
    words, remark = entered.words.strip(), tidy(entered.remark)
    if len(words) > _LONGEST_WORDS or len(remark) > _LONGEST_REMARK:
        raise DomainError(
            f"述职最多 {_LONGEST_WORDS:,} 字，评语最多 {_LONGEST_REMARK} 字，请缩短。"
        )
    return words, remark


def _stars(given: int | None, counted: int, remark: str) -> int:
    stars = counted if given is None else given
    if not 0 <= stars <= LEVELS:
        raise DomainError(f"星级是 0 到 {LEVELS} 星。")
    if stars != counted and not remark:
        raise DomainError(f"按规则应是 {counted} 星，改成 {stars} 星请在评语里写明理由。")
    return stars


def _row(session: Session, body_member_id: int, year: int, version: int) -> MemberReport:
    there = select(MemberReport).where(
        MemberReport.body_member_id == body_member_id, MemberReport.year == year
    )
    row = session.scalar(there)
    if row is None:
        return MemberReport(
            body_member_id=body_member_id, year=year, entered_by=actor_of(session).name
        )
    if row.deleted_at is None and row.version != version:
        raise ChangedMeanwhile
    row.deleted_at = None
    return row


_NAMES = tuple(ReportView.__dataclass_fields__)
_COLUMNS = ", ".join(_NAMES)


def _read(source: Source, there: Sql) -> list[ReportView]:
    alive = Sql("deleted_at IS NULL")
    asked = query(_COLUMNS, "member_report", [there, alive], "ORDER BY year DESC, id")
    found = []
    for row in lookup_of(source).rows(asked):
        values = dict(zip(_NAMES, row, strict=True))
        values["reported_on"] = day_of(values["reported_on"])
        values |= {name: values[name] or "" for name in ("words", "remark")}
        found.append(ReportView(**values))
    return found
