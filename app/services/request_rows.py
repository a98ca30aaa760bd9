"""The lines of requests: a card of the board, a row of the table, of a file, of the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.models import Level, Origin, RequestState, Satisfaction, Urgency
from app.services import calendar, places
from app.services.chunks import chunks
from app.services.request_due import DueWords, Words
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, one_of, query
from app.values.masking import mask_phone


class BoardCard(NamedTuple):
    """Four lines of a card, and what its actions need."""

    id: int
    number: int
    title: str
    place_words: str
    category: str
    grid_name: str
    due: DueWords
    flagged: bool
    reopened: int
    state: RequestState
    level: Level
    satisfaction: Satisfaction | None
    version: int


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One line of the table, of the file and of the register on paper; the phone in the clear."""

    id: int
    version: int
    number: int
    came_on: date
    title: str
    person: str
    phone: str
    place_words: str
    category: str
    grid_name: str
    origin: Origin
    urgency: Urgency
    state: RequestState
    level: Level
    handler: str
    due: DueWords
    due_on: date | None
    flagged: bool
    extended: bool
    reopened: int
    answer: str
    done_on: date | None
    called_on: date | None
    satisfaction: Satisfaction | None
    closed_on: date | None
    close_reason: str

    @property
    def phone_masked(self) -> str:
        return mask_phone(self.phone)


def rows(source: Source, ids: Sequence[int], *, today: date) -> list[RequestRow]:
    """The lines of these requests in the order of `ids`; who is gone is left out."""
    lookup = lookup_of(source)
    words = Words(calendar.work_calendar(lookup), today)
    found: dict[int, RequestRow] = {}
    for part in chunks(ids, 500):
        for values in lookup.rows(query(_ROW, _ROW_SOURCE, [LIVE, one_of("request.id", part)])):
            found[values[0]] = _row(values, words)
    return [found[one] for one in ids if one in found]


def cards(lookup: Lookup, ids: Sequence[int], words: Words) -> dict[int, BoardCard]:
    """The cards of these requests by their ids."""
    return {
        values[0]: _card(values, words)
        for part in chunks(ids, 500)
        for values in lookup.rows(query(_CARD, _CARD_SOURCE, [one_of("request.id", part)]))
    }


def place_words(building: str | None, unit: str | None, place: str | None) -> str:
    """3 号楼 2 单元 电表箱旁; 小广场."""
    return " ".join(part for part in (places.spoken(building, unit, None), place or "") if part)


LIVE = Sql("request.deleted_at IS NULL")
PLACES = "LEFT JOIN building ON building.id = request.building_id"
_CARD = """
    request.id, request.number, request.title, building.number, request.unit, request.place,
    category.name, grid.name, request.state, request.due_on, request.extended,
    request.flagged_on, request.reopened, request.level, request.satisfaction, request.version
"""
_CARD_SOURCE = f"""
    request {PLACES}
    LEFT JOIN category ON category.id = request.category_id
    LEFT JOIN grid ON grid.id = request.grid_id
"""
_ROW = f"""
    {_CARD}, request.came_on, request.person, resident.name, request.phone, resident.phone,
    request.origin, request.urgency, request.handler, grid_member.name, request.answer,
    request.done_on, request.called_on, request.closed_on, request.close_reason
"""
_ROW_SOURCE = f"""
    {_CARD_SOURCE}
    LEFT JOIN resident ON resident.id = request.resident_id
    LEFT JOIN grid_member ON grid_member.id = request.member_id
"""


def _card(values: tuple[Any, ...], words: Words) -> BoardCard:
    key, number, title, building, unit, place, category, grid = values[:8]
    state, due_on, extended, flagged, reopened, level, satisfaction, version = values[8:]
    said = Satisfaction.of(satisfaction) if satisfaction else None
    at = RequestState.of(state)
    return BoardCard(
        id=key,
        number=number,
        title=title,
        place_words=place_words(building, unit, place),
        category=category or "",
        grid_name=grid or "",
        due=words.of(at, day_of(due_on), extended=bool(extended), satisfaction=said),
        flagged=flagged is not None,
        reopened=reopened,
        state=at,
        level=Level.of(level),
        satisfaction=said,
        version=version,
    )


def _row(values: tuple[Any, ...], words: Words) -> RequestRow:
    card = _card(values[:16], words)
    came, person, name, phone, his_phone, origin, urgency, handler, member = values[16:25]
    answer, done, called, closed, reason = values[25:]
    due = card.due
    if card.state is RequestState.CLOSED:
        due = words.of(card.state, None, closed_on=day_of(closed))
    return RequestRow(
        id=card.id,
        version=card.version,
        number=card.number,
        came_on=date.fromisoformat(came),
        title=card.title,
        person=person or name or "",
        phone=phone or his_phone or "",
        place_words=card.place_words,
        category=card.category,
        grid_name=card.grid_name,
        origin=Origin.of(origin),
        urgency=Urgency.of(urgency),
        state=card.state,
        level=card.level,
        handler=handler or member or "",
        due=due,
        due_on=day_of(values[9]),
        flagged=card.flagged,
        extended=bool(values[10]),
        reopened=card.reopened,
        answer=answer or "",
        done_on=day_of(done),
        called_on=day_of(called),
        satisfaction=card.satisfaction,
        closed_on=day_of(closed),
        close_reason=reason or "",
    )
