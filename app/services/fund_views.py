"""What is read of the fund (专项经费): years, sources, projects paid from it, the book. 分."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.errors import DomainError
from app.models import FundKind
from app.services import project_views
from app.services.project_views import ProjectFilter, ProjectView
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Money of a year from one place; `returned` went back there unspent."""

    id: int
    version: int
    year: int
    name: str
    planned: int
    remark: str
    granted: int
    spent: int
    returned: int
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A line of the book; `project` is its number and name."""

    id: int
    on_date: date
    at: datetime
    kind: FundKind
    amount: int
    balance: int
    source_id: int
    source: str
    project_id: int | None
    project: str
    words: str
    ticket: str
    payee: str
    handled_by: str
    approved_by: str
    reason: str
    reverses_id: int | None
    reversed: bool
    entered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over the sources of a year; they agree with those of its book."""

    planned: int
    granted: int
    spent: int
    returned: int
    balance: int


def years(source: Source, *, today: date) -> list[int]:
    """Years that have a source, and this one; the latest first."""
    found = lookup_of(source).column(
        query("DISTINCT year", "fund_source", [Sql("deleted_at IS NULL")])
    )
    return sorted({*found, today.year}, reverse=True)


def sources(source: Source, year: int) -> list[SourceView]:
    """The sources of a year with what came in and went out."""
    return _sources(lookup_of(source), Sql("s.year = ? AND s.deleted_at IS NULL", (year,)))


def source_of(source: Source, source_id: int) -> SourceView:
    """One of them; raises DomainError where there is none, or it was taken back."""
    found = _sources(lookup_of(source), Sql("s.id = ? AND s.deleted_at IS NULL", (source_id,)))
    if not found:
        raise DomainError("没有这个经费来源，请刷新后再试。")
    return found[0]


def totals(views: list[SourceView]) -> Totals:
    """Of the sources that are shown."""
    return Totals(
        planned=sum(one.planned for one in views),
        granted=sum(one.granted for one in views),
        spent=sum(one.spent for one in views),
        returned=sum(one.returned for one in views),
        balance=sum(one.balance for one in views),
    )


def projects(source: Source, year: int) -> list[ProjectView]:
    """Projects of a year that are paid from the fund, by their numbers."""
    paid = ProjectFilter(year=year, funded=True)
    return sorted(project_views.projects(source, paid), key=lambda one: one.number)


def project_of(source: Source, project_id: int) -> ProjectView:
    """One of them; raises DomainError where it is not paid from the fund."""
    found = project_views.project(source, project_id)
    if not found.funded:
        raise DomainError("这个项目没有写明用专项经费，请先到“清单”里改。")
    return found


def entries(
    source: Source, year: int, *, source_id: int | None = None, project_id: int | None = None
) -> list[EntryView]:
    """The book of a year, the earliest first."""
    wanted = [Sql("s.year = ?", (year,))]
    if source_id is not None:
        wanted.append(Sql("e.source_id = ?", (source_id,)))
    if project_id is not None:
        wanted.append(Sql("e.project_id = ?", (project_id,)))
    return _entries(lookup_of(source), wanted)


def entry(source: Source, entry_id: int) -> EntryView:
    """One line; raises DomainError where there is none."""
    found = _entries(lookup_of(source), [Sql("e.id = ?", (entry_id,))])
    if not found:
        raise DomainError("账上没有这一行，请刷新后再看。")
    return found[0]


# A counter-line takes its figure out of the column in which the line that it meets stands.
_SUMS = """
    sum(CASE WHEN coalesce(met.kind, e.kind) = 'granted' THEN e.amount ELSE 0 END),
    -sum(CASE WHEN coalesce(met.kind, e.kind) = 'spent' THEN e.amount ELSE 0 END),
    -sum(CASE WHEN coalesce(met.kind, e.kind) = 'money_returned' THEN e.amount ELSE 0 END)
"""
_BOOKED = "fund_entry AS e LEFT JOIN fund_entry AS met ON met.id = e.reverses_id"


def _sources(lookup: Lookup, wanted: Sql) -> list[SourceView]:
    tables = "fund_source AS s LEFT JOIN fund_balance AS b ON b.source_id = s.id"
    columns = "s.id, s.version, s.year, s.name, s.planned, s.remark, b.balance"
    rows = list(lookup.rows(query(columns, tables, [wanted], "ORDER BY s.year, s.id")))
    sums = _sums(lookup)
    return [_source(row, sums.get(row[0], (0, 0, 0))) for row in rows]


def _sums(lookup: Lookup) -> dict[int, tuple[int, int, int]]:
    asked = query(f"e.source_id, {_SUMS}", _BOOKED, (), "GROUP BY e.source_id")
    return {key: (granted, spent, back) for key, granted, spent, back in lookup.rows(asked)}


def _source(row: tuple[Any, ...], sums: tuple[int, int, int]) -> SourceView:
    key, version, year, name, planned, remark, balance = row
    granted, spent, returned = sums
    return SourceView(
        id=key,
        version=version,
        year=year,
        name=name,
        planned=planned,
        remark=remark or "",
        granted=granted,
        spent=spent,
        returned=returned,
        balance=balance or 0,
    )


_COLUMNS = """e.id, e.on_date, e.at, e.kind, e.amount, e.balance, e.source_id, s.name, e.project_id,
    coalesce(p.number || ' ' || p.name, ''), e.words, e.ticket, e.payee, e.handled_by,
    e.approved_by, e.reason, e.reverses_id, back.id IS NOT NULL, e.entered_by"""
_TABLES = """fund_entry AS e JOIN fund_source AS s ON s.id = e.source_id
    LEFT JOIN project AS p ON p.id = e.project_id
    LEFT JOIN fund_entry AS back ON back.reverses_id = e.id"""


def _entries(lookup: Lookup, wanted: list[Sql]) -> list[EntryView]:
    rows = lookup.rows(query(_COLUMNS, _TABLES, wanted, "ORDER BY e.on_date, e.id"))
    return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> EntryView:
    key, day, at, kind, amount, balance, source_id, source, project_id, project, words = row[:11]
    ticket, payee, handled, approved, reason, reverses, met, entered = row[11:]
    return EntryView(
        id=key,
        on_date=date.fromisoformat(day),
        at=datetime.fromisoformat(at),
        kind=FundKind.of(kind),
        amount=amount,
        balance=balance,
        source_id=source_id,
        source=source,
        project_id=project_id,
        project=project,
        words=words,
        ticket=ticket or "",
        payee=payee or "",
        handled_by=handled or "",
        approved_by=approved or "",
        reason=reason or "",
        reverses_id=reverses,
        reversed=bool(met),
        entered_by=entered,
    )
