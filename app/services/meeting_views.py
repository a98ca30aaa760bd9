"""Meetings as they are listed and shown: which, in which order, and what is told of each."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.errors import DomainError
from app.models import OPEN_RESOLUTIONS, Basis, BodyKind, Capacity, ItemKind, MeetingState
from app.reports.words import long_date
from app.services.chunks import chunks
from app.services.meeting_rule_sql import rule_of_body
from app.storage.lookup import (
    Lookup,
    Source,
    Sql,
    among,
    any_of,
    contains,
    day_of,
    lookup_of,
    moment_of,
    one_of,
    query,
)
from app.values.days import weekday
from app.values.text import tidy
from app.values.times import time_words

COMING = (MeetingState.PLANNED, MeetingState.CALLED)
"""Whose agenda is still edited"""
OVER = (MeetingState.ENDED, MeetingState.FILED)
HELD = (MeetingState.RUNNING, *OVER)
"""Which have begun"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFilter:
    """Which meetings; None, () and '' for all."""

    states: tuple[MeetingState, ...] = ()
    body_id: int | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""


EVERYTHING = MeetingFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """A meeting; texts are '' where nothing was said, areas in 0.01 m²."""

    id: int
    version: int
    body_id: int
    kind: BodyKind
    body: str
    number: int
    title: str
    on_date: date
    starts: int
    """Minutes of the day"""
    place: str
    chair: str
    recorder: str
    called_by: str
    basis: Basis | None
    state: MeetingState
    notified_on: date | None
    short_notice: str
    committee_told_on: date | None
    party_on: date | None
    party_words: str
    delegation: str
    notice_id: int | None
    expected: int | None
    """应到 from the opening on"""
    expected_area: int | None
    opened_at: datetime | None
    closed_at: datetime | None
    filed_at: datetime | None
    filed_by: str
    cancelled_reason: str
    summary: str
    sent_to: str
    items: int
    motions: int
    """Items that are voted on"""
    here: int
    """实到: members who came or are stood for, whoever left again among them"""
    resolutions: int
    open_resolutions: int
    notify_by: date | None
    """The last day for a notice that is early enough; None where no days are asked for"""

    @property
    def when(self) -> str:
        return f"{self.on_date:%Y-%m-%d} {time_words(self.starts)}"

    @property
    def when_long(self) -> str:
        """2026年12月10日（周四）14:00, as papers write it."""
        day = f"{long_date(self.on_date)}（周{weekday(self.on_date)}）"
        return f"{day}{time_words(self.starts)}"


_OPEN = ", ".join(f"'{state}'" for state in OPEN_RESOLUTIONS)
_FROM = """meeting AS m JOIN body AS b ON b.id = m.body_id
    LEFT JOIN notice AS n ON n.id = m.notice_id AND n.deleted_at IS NULL"""
# Who sat there is the community's business: numbers are told to everybody.
HERE = f"""(SELECT count(*) FROM main.attendee AS a WHERE a.meeting_id = m.id
    AND a.capacity = '{Capacity.MEMBER}' AND (a.came_at IS NOT NULL OR a.holder_id))"""  # noqa: S608 - from the constant above
"""How many came, over the whole meeting m"""
_COLUMNS = f"""
    m.id, m.version, m.body_id, b.kind, b.name, m.number, m.title, m.on_date, m.starts, m.place,
    m.chair, m.recorder, m.called_by, m.basis, m.state, m.notified_on, m.short_notice,
    m.committee_told_on, m.party_on, m.party_words, m.delegation, n.id, m.expected,
    m.expected_area, m.opened_at, m.closed_at, m.filed_at, m.filed_by, m.cancelled_reason,
    m.summary, m.sent_to,
    (SELECT count(*) FROM main.agenda_item AS i WHERE i.meeting_id = m.id),
    (SELECT count(*) FROM main.agenda_item AS i
        WHERE i.meeting_id = m.id AND i.kind = '{ItemKind.DECIDE}'),
    {HERE},
    (SELECT count(*) FROM main.resolution AS r
        WHERE r.meeting_id = m.id AND r.deleted_at IS NULL),
    (SELECT count(*) FROM main.resolution AS r
        WHERE r.meeting_id = m.id AND r.deleted_at IS NULL AND r.state IN ({_OPEN})),
    (SELECT max(r.notice_days) FROM vote_rule AS r WHERE {rule_of_body("m.on_date")})
"""  # noqa: S608 - from the constants above
# What goes on now, then the next one to come, then what was, the latest first.
_ORDER = f"""ORDER BY m.state <> '{MeetingState.RUNNING}',
    m.state NOT IN ('{MeetingState.PLANNED}', '{MeetingState.CALLED}'),
    CASE WHEN m.state IN ('{MeetingState.PLANNED}', '{MeetingState.CALLED}')
        THEN m.on_date END, m.on_date DESC, m.starts, m.id"""


def list_ids(source: Source, chosen: MeetingFilter = EVERYTHING) -> Sequence[int]:
    """What goes on now, then what is to come, then what was, the latest first."""
    return array("q", lookup_of(source).column(query("m.id", _FROM, _conditions(chosen), _ORDER)))


def rows(source: Source, ids: Sequence[int]) -> list[MeetingRow]:
    """These meetings in this order; what is gone is left out."""
    lookup = lookup_of(source)
    found: dict[int, MeetingRow] = {}
    for part in chunks(ids, 500):
        found.update((row.id, row) for row in _some(lookup, part))
    return [found[one] for one in ids if one in found]


def meeting(source: Source, meeting_id: int) -> MeetingRow:
    """One of them; raises DomainError where it is gone."""
    found = rows(source, [meeting_id])
    if not found:
        raise DomainError("这次会议已经删除，请刷新后再看。")
    return found[0]


def years(source: Source) -> list[int]:
    """From the first meeting to the last one that is planned, the latest first."""
    told = query("min(on_date), max(on_date)", "meeting", [Sql("deleted_at IS NULL")])
    first, last = map(day_of, next(lookup_of(source).rows(told)))
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def _conditions(chosen: MeetingFilter) -> list[Sql]:
    found = [Sql("m.deleted_at IS NULL")]
    if chosen.states:
        found.append(one_of("m.state", [state.value for state in chosen.states]))
    if chosen.body_id is not None:
        found.append(Sql("m.body_id = ?", (chosen.body_id,)))
    if chosen.since:
        found.append(Sql("m.on_date >= ?", (chosen.since.isoformat(),)))
    if chosen.until:
        found.append(Sql("m.on_date <= ?", (chosen.until.isoformat(),)))
    return found + [_said(word) for word in tidy(chosen.text).split()]


def _said(word: str) -> Sql:
    """The word stands in the meeting or on its agenda."""
    listed = query("meeting_id", "agenda_item", [contains("title", word)])
    texts = ("m.title", "b.name", "m.place", "m.chair")
    return any_of([*(contains(column, word) for column in texts), among("m.id", listed)])


def _some(lookup: Lookup, ids: Sequence[int]) -> Iterable[MeetingRow]:
    wanted = [one_of("m.id", ids), Sql("m.deleted_at IS NULL")]
    return (_row(values) for values in lookup.rows(query(_COLUMNS, _FROM, wanted)))


def _row(values: Sequence[Any]) -> MeetingRow:
    key, version, body_id, kind, body, number, title, day, starts, place, *rest = values
    chair, recorder, called_by, basis, state, notified, short, told, party, *rest = rest
    party_words, delegation, notice_id, expected, area, opened, closed, *rest = rest
    filed, filed_by, reason, summary, sent_to, items, motions, here, *rest = rest
    made, still_open, days = rest
    return MeetingRow(
        id=key,
        version=version,
        body_id=body_id,
        kind=BodyKind.of(kind),
        body=body,
        number=number,
        title=title,
        on_date=date.fromisoformat(day),
        starts=starts,
        place=place or "",
        chair=chair or "",
        recorder=recorder or "",
        called_by=called_by or "",
        basis=Basis.of(basis) if basis else None,
        state=MeetingState.of(state),
        notified_on=day_of(notified),
        short_notice=short or "",
        committee_told_on=day_of(told),
        party_on=day_of(party),
        party_words=party_words or "",
        delegation=delegation or "",
        notice_id=notice_id,
        expected=expected,
        expected_area=area,
        opened_at=moment_of(opened),
        closed_at=moment_of(closed),
        filed_at=moment_of(filed),
        filed_by=filed_by or "",
        cancelled_reason=reason or "",
        summary=summary or "",
        sent_to=sent_to or "",
        items=items,
        motions=motions,
        here=here,
        resolutions=made,
        open_resolutions=still_open,
        notify_by=date.fromisoformat(day) - timedelta(days=days) if days else None,
    )
