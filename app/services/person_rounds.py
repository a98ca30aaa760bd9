"""What the grids know of one person: visits, requests, posts held (the ledgers of a card)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models import PostKind, RequestState, VisitResult
from app.services import post_words, visit_due
from app.storage.lookup import Sql, day_of, lookup_of, one_of, query
from app.values.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRounds:
    """As whoever asks may see it; `due_on` is the next visit that a rule asks for."""

    visits_this_year: int = 0
    visits: int = 0
    last_visit_on: date | None = None
    last_result: VisitResult | None = None
    due_on: date | None = None
    open_requests: int = 0
    requests: int = 0
    last_request_id: int | None = None
    last_request_on: date | None = None
    last_request_title: str = ""
    last_request_state: RequestState | None = None

    @property
    def visits_sentence(self) -> str:
        """共 5 次，最近 2026-11-03 正常."""
        if self.last_visit_on is None or self.last_result is None:
            return "没有走访记录"
        return f"共 {self.visits} 次，最近 {self.last_visit_on:%Y-%m-%d} {self.last_result.label}"

    @property
    def requests_sentence(self) -> str:
        """共 2 件，1 件在办，最近 2026-11-03 楼道灯不亮（处理）."""
        if self.last_request_on is None or self.last_request_state is None:
            return "没有诉求记录"
        open_words = f"，{self.open_requests} 件在办" if self.open_requests else ""
        last = f"{self.last_request_on:%Y-%m-%d} {self.last_request_title}"
        return f"共 {self.requests} 件{open_words}，最近 {last}（{self.last_request_state.label}）"


NOTHING = PersonRounds()


def rounds(session: Session, resident_id: int, *, today: date) -> PersonRounds:
    """Of one person; empty for whoever may not see the grids."""
    lookup = lookup_of(session)
    if not lookup.actor.may(Right.VIEW_GRIDS):
        return NOTHING
    year = today.replace(month=1, day=1).isoformat()
    values = (year, *[resident_id] * 6)
    found = next(lookup.rows(Sql(_FIGURES, values)))
    in_year, visits, visited, result, open_ones, asked, latest, came, title, state = found
    item = visit_due.of_people(session, [resident_id], today=today).get(resident_id)
    return PersonRounds(
        visits_this_year=in_year or 0,
        visits=visits,
        last_visit_on=day_of(visited),
        last_result=VisitResult.of(result) if result else None,
        due_on=item.due_on if item else None,
        open_requests=open_ones or 0,
        requests=asked,
        last_request_id=latest,
        last_request_on=day_of(came),
        last_request_title=title or "",
        last_request_state=RequestState.of(state) if state else None,
    )


def open_requests(session: Session, resident_id: int) -> list[tuple[int, str, RequestState]]:
    """Number, title and state of the requests of somebody that are not closed."""
    rows = lookup_of(session).rows(Sql(_OPEN, (resident_id,)))
    return [(number, title, RequestState.of(state)) for number, title, state in rows]


def posts_held(session: Session, resident_ids: Sequence[int], *, today: date) -> list[str]:
    """What these people are in the grids today: 4 号楼 楼长, 包楼联户."""
    them = one_of("grid_member.resident_id", resident_ids)
    held = [them, Sql(_STANDING, (today.isoformat(),))]
    lookup = lookup_of(session)
    posts = lookup.rows(query(_POST, _POSTS, held, "ORDER BY held.since, held.id"))
    named = [
        post_words.words(PostKind.of(kind), grid, building, unit)
        for kind, grid, building, unit in posts
    ]
    if lookup.value(query("held.id", _PAIRINGS, held)):
        named.append("包楼联户")
    return list(dict.fromkeys(named))


_FIGURES = f"""
SELECT rounds.in_year, rounds.visits, last.on_date, last.result,
    asked.open_ones, asked.requests, latest.id, latest.came_on, latest.title, latest.state
FROM (
    SELECT count(*) AS visits, sum(CASE WHEN on_date >= ? THEN 1 ELSE 0 END) AS in_year
    FROM visit WHERE resident_id = ? AND deleted_at IS NULL
) AS rounds
CROSS JOIN (
    SELECT count(*) AS requests,
        sum(CASE WHEN state <> '{RequestState.CLOSED}' THEN 1 ELSE 0 END) AS open_ones
    FROM request WHERE resident_id = ? AND deleted_at IS NULL
) AS asked
LEFT JOIN visit AS last ON last.resident_id = ? AND last.id = (
    SELECT id FROM visit WHERE resident_id = ? AND deleted_at IS NULL
    ORDER BY on_date DESC, id DESC LIMIT 1
)
LEFT JOIN request AS latest ON latest.resident_id = ? AND latest.id = (
    SELECT id FROM request WHERE resident_id = ? AND deleted_at IS NULL
    ORDER BY number DESC LIMIT 1
)
"""  # noqa: S608 - the program's own words
_OPEN = f"""
SELECT number, title, state FROM request
WHERE resident_id = ? AND deleted_at IS NULL AND state <> '{RequestState.CLOSED}'
ORDER BY number
"""  # noqa: S608 - the program's own words
# Whoever sees other grids only must still be told that somebody serves there.
_POST = "held.kind, grid.name, building.number, held.unit"
_POSTS = """
    main.post AS held JOIN main.grid_member ON grid_member.id = held.member_id
    LEFT JOIN main.grid ON grid.id = held.grid_id
    LEFT JOIN main.building ON building.id = held.building_id
"""
_PAIRINGS = "main.party_pairing AS held JOIN main.grid_member ON grid_member.id = held.member_id"
_STANDING = "held.deleted_at IS NULL AND (held.until IS NULL OR held.until >= ?)"
