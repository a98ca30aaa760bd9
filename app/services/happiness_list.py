"""The list of what was solved (问题, 办法, 结果): whole on the screen, masked on the board.

On the board (domain.md 10.2) stand no names and no numbers, and places up to the building. Kinds
that tell of somebody's need or quarrel are left out unless somebody ticks them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.models import Level, Satisfaction
from app.services import notice_people, places
from app.services.chunks import chunks
from app.services.happiness import SOLVED_AT, came_in
from app.services.notice_people import Mention
from app.services.periods import Period
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query
from app.values.masking import mask_name_public, without_homes

PRIVATE = frozenset(("矛盾纠纷", "民生救助", "特殊人群"))
PROPOSED = 30
"""So many lines are proposed for the board: more nobody reads standing"""
_WAYS = {
    Level.RESIDENT: "居民自己解决",
    Level.MEMBER: "网格员办理",
    Level.COMMUNITY: "社区办理",
    Level.STREET: "报街道协调办理",
}


@dataclass(frozen=True, slots=True)
class SolvedLine:
    """One matter; `people` are who asked, for masking only."""

    id: int
    number: int
    category: str
    grid: str
    place: str
    matter: str
    way: str
    result: str
    satisfaction: str
    came_on: date
    done_on: date
    people: tuple[str, ...]

    @property
    def private(self) -> bool:
        """Whether it stays off the board unless somebody ticks it."""
        return self.category in PRIVATE


def solved_ids(source: Source, period: Period, *, grid_ids: Sequence[int] = ()) -> list[int]:
    """What came in the period and is solved, the latest first; of merged ones that which went on.

    A matter that several asked for stands once; the counts of the bill have each of them.
    """
    where = [
        *came_in(period, grid_ids),
        Sql("request.done_on IS NOT NULL"),
        Sql("request.merged_into_id IS NULL"),
    ]
    rest = "ORDER BY request.done_on DESC, request.number DESC"
    return list(lookup_of(source).column(query("request.id", "request", where, rest)))


def proposed(source: Source, ids: Sequence[int]) -> list[int]:
    """The latest that may hang on the board, in their order."""
    lookup, found = lookup_of(source), list[int]()
    for part in chunks(ids, 200):
        names = dict(lookup.rows(query(_KIND, _KINDS, [one_of("request.id", part)])))
        found += [one for one in part if names.get(one) not in PRIVATE]
        if len(found) >= PROPOSED:
            break
    return found[:PROPOSED]


def lines(source: Source, ids: Sequence[int]) -> list[SolvedLine]:
    """The lines of these requests in this order; those that are gone are left out."""
    lookup = lookup_of(source)
    found: dict[int, SolvedLine] = {}
    for part in chunks(ids, 500):
        noted = _noted(lookup, part)
        for values in lookup.rows(query(_LINE, _SOURCE, [one_of("request.id", part)])):
            found[values[0]] = _line(values, noted)
    return [found[one] for one in ids if one in found]


def for_board(session: Session, some: Sequence[SolvedLine]) -> list[SolvedLine]:
    """The same without names, numbers and homes."""
    written = "\n".join(text for line in some for text in (line.matter, line.way, line.result))
    found = notice_people.mentions(session, written)
    return [_masked(line, found) for line in some]


_KIND = "request.id, category.name"
_KINDS = "request LEFT JOIN category ON category.id = request.category_id"
_LINE = f"""
    request.id, request.number, category.name, grid.name, building.number, request.title,
    {SOLVED_AT}, request.handler, request.answer, request.satisfaction, request.came_on,
    request.done_on, resident.name, request.person
"""
_SOURCE = f"""
    {_KINDS}
    LEFT JOIN grid ON grid.id = request.grid_id
    LEFT JOIN building ON building.id = request.building_id
    LEFT JOIN resident ON resident.id = request.resident_id
"""


def _noted(lookup: Lookup, ids: Sequence[int]) -> Mapping[int, str]:
    """What was noted last on the way of each."""
    where = [Sql("kind = 'noted'"), Sql("words IS NOT NULL"), one_of("request_id", ids)]
    return dict(lookup.rows(query("request_id, words", "request_step", where, "ORDER BY id")))


def _line(values: tuple[object, ...], noted: Mapping[int, str]) -> SolvedLine:
    key, number, category, grid, building, title, level, handler, answer, said = values[:10]
    came_on, done_on, *people = values[10:]
    handled = _WAYS[Level.of(str(level))] if not handler else f"交{handler}办理"
    return SolvedLine(
        id=int(str(key)),
        number=int(str(number)),
        category=str(category or ""),
        grid=str(grid or ""),
        place=places.spoken(str(building), None, None) if building else "",
        matter=str(title),
        way=noted.get(int(str(key))) or handled,
        result=str(answer or ""),
        satisfaction=Satisfaction.of(str(said)).label if said else "",
        came_on=date.fromisoformat(str(came_on)),
        done_on=date.fromisoformat(str(done_on)),
        people=tuple(str(one) for one in people if one),
    )


def _masked(line: SolvedLine, found: Sequence[Mention]) -> SolvedLine:
    shown = {one.words: one.masked for one in found}
    shown.update({name: mask_name_public(name) for name in line.people if len(name) > 1})
    mentions = [Mention(notice_people.NAME, words, masked) for words, masked in shown.items()]

    def public(text: str) -> str:
        return without_homes(notice_people.masked(text, mentions))

    return replace(
        line,
        matter=public(line.matter),
        way=public(line.way),
        result=public(line.result),
        people=(),
    )
