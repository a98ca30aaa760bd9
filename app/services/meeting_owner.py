"""What 议事 knows of one resident, for cards: read without the tables of its page."""

from dataclasses import dataclass
from datetime import date

from app.models import MemberRole, TopicState
from app.services.terms import in_force
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query
from app.values.rights import Right

_OPEN = tuple(
    one.value
    for one in TopicState
    if one not in (TopicState.DONE, TopicState.TURNED_DOWN, TopicState.MERGED, TopicState.REJECTED)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMeetings:
    """As whoever asks may see it: what somebody brought up, where he sits, where he was."""

    topics: int = 0
    open_topics: int = 0
    last_topic_id: int | None = None
    last_title: str = ""
    attended: int = 0
    """Meetings of this year."""
    seats: tuple[str, ...] = ()
    """居民代表会议 居民代表."""


NOTHING = PersonMeetings()


def of_person(source: Source, resident_id: int, *, today: date) -> PersonMeetings:
    """Topics, seats and meetings of this year; empty for whoever may not see 议事."""
    lookup = lookup_of(source)
    if not lookup.actor.may(Right.VIEW_MEETINGS):
        return NOTHING
    told = list(lookup.rows(Sql(_TOPICS, (resident_id,))))
    this_year = (date(today.year, 1, 1).isoformat(), today.isoformat())
    return PersonMeetings(
        topics=len(told),
        open_topics=sum(state in _OPEN for _, _, state in told),
        last_topic_id=told[0][0] if told else None,
        last_title=told[0][1] if told else "",
        attended=lookup.value(Sql(_ATTENDED, (resident_id, resident_id, *this_year))) or 0,
        seats=tuple(_seats(lookup, resident_id, today)),
    )


def waits_for(source: Source, resident_id: int, *, today: date) -> list[str]:
    """What to think of in 议事 before somebody is marked as gone, each with what to do."""
    known = of_person(source, resident_id, today=today)
    if not known.seats:
        return []
    return [f"现在是 {'、'.join(known.seats)}：请到“议事”的“组织”里登记离任"]


def _seats(lookup: Lookup, resident_id: int, today: date) -> list[str]:
    theirs = Sql("m.resident_id = ? AND m.deleted_at IS NULL", (resident_id,))
    joined = "body_member AS m JOIN body AS b ON b.id = m.body_id"
    rows = lookup.rows(query("b.name, m.role", joined, [theirs, in_force(today, "m")]))
    return [f"{body}{MemberRole.of(role).label}" for body, role in rows]


_TOPICS = """
SELECT id, title, state FROM topic WHERE resident_id = ? AND deleted_at IS NULL
ORDER BY came_on DESC, id DESC
"""
_ATTENDED = """
SELECT count(DISTINCT attendee.meeting_id) FROM attendee
JOIN meeting ON meeting.id = attendee.meeting_id
WHERE (attendee.resident_id = ?
        OR attendee.body_member_id IN (SELECT id FROM body_member WHERE resident_id = ?))
    AND attendee.came_at IS NOT NULL AND meeting.on_date BETWEEN ? AND ?
"""
