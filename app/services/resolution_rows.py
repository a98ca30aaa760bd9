"""A resolution as lists, cards and papers show it, with its meeting, vote, 公示 and steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import OPEN_RESOLUTIONS, BodyKind, ResolutionKind, ResolutionState, Verdict
from app.services.chunks import chunks
from app.storage.lookup import Source, Sql, day_of, lookup_of, one_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionRow:
    """One of them; money in 分, texts '' where nothing was said."""

    id: int
    version: int
    number: str
    kind: ResolutionKind
    title: str
    words: str
    made_on: date
    meeting_id: int
    meeting: str
    body: str
    body_kind: BodyKind
    topic_id: int | None
    """None too for one that is gone or that whoever asks may not see"""
    grid_id: int | None
    grid: str
    owner: str
    due_on: date | None
    budget: int | None
    state: ResolutionState
    percent: int
    done_on: date | None
    done_words: str
    stopped_reason: str
    vote_words: str
    vote_proof: str
    notice_id: int | None
    posted_on: date | None
    ends_on: date | None
    taken_down_on: date | None
    objections: int
    unanswered: int
    steps: int
    last_step_on: date | None
    photos: int
    good: int
    fair: int
    bad: int

    @property
    def open(self) -> bool:
        return self.state in OPEN_RESOLUTIONS

    def late(self, today: date) -> bool:
        """Past its day and not done."""
        return self.open and self.due_on is not None and self.due_on < today


def rows(source: Source, ids: Sequence[int]) -> list[ResolutionRow]:
    """These resolutions in this order; those that are gone are left out."""
    lookup, found = lookup_of(source), dict[int, ResolutionRow]()
    for part in chunks(ids, 500):
        for values in lookup.rows(query(_COLUMNS, _TABLES, [LIVE, one_of("r.id", part)])):
            found[values[0]] = _row(values)
    return [found[one] for one in ids if one in found]


def resolution(source: Source, resolution_id: int) -> ResolutionRow:
    """One of them; raises DomainError where it is gone."""
    for row in rows(source, [resolution_id]):
        return row
    raise DomainError("这项决议已经被删除，请刷新列表。")


LIVE = Sql("r.deleted_at IS NULL")
LISTED = (
    "resolution AS r JOIN meeting AS m ON m.id = r.meeting_id JOIN body AS b ON b.id = m.body_id"
)
_TABLES = f"""
    {LISTED}
    LEFT JOIN grid AS g ON g.id = r.grid_id
    LEFT JOIN topic AS t ON t.id = r.topic_id AND t.deleted_at IS NULL
    LEFT JOIN vote AS v ON v.id = r.vote_id
    LEFT JOIN notice AS n ON n.id = r.notice_id AND n.deleted_at IS NULL
"""


def _said(verdict: Verdict) -> str:
    return (
        "(SELECT count(*) FROM evaluation AS e WHERE e.resolution_id = r.id"  # noqa: S608 - fixed text
        f" AND e.deleted_at IS NULL AND e.verdict = '{verdict}')"
    )


_OBJECTED = "(SELECT count(*) FROM objection AS o WHERE o.notice_id = n.id AND o.deleted_at IS NULL"
_COLUMNS = f"""
    r.id, r.version, r.number, r.kind, r.title, r.words, r.made_on, r.meeting_id, m.title,
    b.name, b.kind, t.id, r.grid_id, g.name, r.owner, r.due_on, r.budget, r.state, r.percent,
    r.done_on, r.done_words, r.stopped_reason, v.words, v.proof, n.id, n.posted_on, n.ends_on,
    n.taken_down_on, {_OBJECTED}), {_OBJECTED} AND o.answered_on IS NULL),
    (SELECT count(*) FROM progress AS p WHERE p.resolution_id = r.id),
    (SELECT max(p.on_date) FROM progress AS p WHERE p.resolution_id = r.id),
    (SELECT count(*) FROM progress_photo AS f JOIN progress AS p ON p.id = f.progress_id
        WHERE p.resolution_id = r.id),
    {_said(Verdict.GOOD)}, {_said(Verdict.FAIR)}, {_said(Verdict.BAD)}
"""  # noqa: S608 - fixed text


def _row(values: tuple[Any, ...]) -> ResolutionRow:
    key, version, number, kind, title, words, made_on, meeting_id, meeting = values[:9]
    body, body_kind, topic_id, grid_id, grid, owner, due_on, budget, state = values[9:18]
    percent, done_on, done_words, stopped, vote, proof, notice_id, *days = values[18:28]
    objections, unanswered, count, last, photos, good, fair, bad = values[28:]
    posted, ends, taken_down = map(day_of, days)
    return ResolutionRow(
        id=key,
        version=version,
        number=number,
        kind=ResolutionKind.of(kind),
        title=title,
        words=words,
        made_on=date.fromisoformat(made_on),
        meeting_id=meeting_id,
        meeting=meeting,
        body=body,
        body_kind=BodyKind.of(body_kind),
        topic_id=topic_id,
        grid_id=grid_id,
        grid=grid or "",
        owner=owner or "",
        due_on=day_of(due_on),
        budget=budget,
        state=ResolutionState.of(state),
        percent=percent,
        done_on=day_of(done_on),
        done_words=done_words or "",
        stopped_reason=stopped or "",
        vote_words=vote or "",
        vote_proof=proof or "",
        notice_id=notice_id,
        posted_on=posted,
        ends_on=ends,
        taken_down_on=taken_down,
        objections=objections,
        unanswered=unanswered,
        steps=count,
        last_step_on=day_of(last),
        photos=photos,
        good=good,
        fair=fair,
        bad=bad,
    )
