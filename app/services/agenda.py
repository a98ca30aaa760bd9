"""The agenda (议程) of a meeting: what comes up, in which order, with which words.

Before the meeting it is edited freely; once it runs, what comes up is added by `add_there`, to be
talked over and never decided there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import AgendaItem, Ballot, ItemKind, ItemState, Matter, Meeting, MeetingState
from app.models import TopicState as Way
from app.services import agenda_input, rights, topic_way
from app.services.agenda_input import ItemInput
from app.services.meeting_views import COMING
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

__all__ = [
    "ItemInput",
    "ItemView",
    "add",
    "add_there",
    "add_topics",
    "announce",
    "append",
    "change",
    "get",
    "give_back_topics",
    "item",
    "items",
    "move",
    "number",
    "remove",
    "rows",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item with its minutes; texts are '' where nothing was said."""

    id: int
    version: int
    meeting_id: int
    place: int
    kind: ItemKind
    title: str
    words: str
    matter: Matter
    topic_id: int | None
    topic_number: int | None
    follows_id: int | None
    """The item that was left, or whose resolution is still open"""
    follows: str
    """The meeting it comes from, with its day; '' for a new one"""
    added_there: bool
    """Not among what was announced: it may be talked over, never decided"""
    state: ItemState
    minutes: str
    result: str


_NAMES = tuple(field.name for field in fields(ItemInput))
_FROM = """
    agenda_item AS i
    LEFT JOIN topic AS t ON t.id = i.topic_id
    LEFT JOIN main.agenda_item AS f ON f.id = i.follows_id
    LEFT JOIN meeting AS fm ON fm.id = f.meeting_id
"""
_COLUMNS = """
    i.id, i.version, i.meeting_id, i.place, i.kind, i.title, i.words, i.matter, i.topic_id,
    t.number, i.follows_id, fm.title, fm.on_date, i.added_there, i.state, i.minutes, i.result
"""


def items(source: Source, meeting_id: int) -> list[ItemView]:
    """The agenda in its order."""
    return _views(source, Sql("i.meeting_id = ?", (meeting_id,)))


def item(source: Source, item_id: int) -> ItemView:
    """One of them; raises DomainError where it is gone."""
    found = _views(source, Sql("i.id = ?", (item_id,)))
    if not found:
        raise DomainError("这项议程已经删除，请刷新后再看。")
    return found[0]


def get(session: Session, item_id: int, *, version: int | None = None) -> AgendaItem:
    """The row; raises DomainError where it is gone, ChangedMeanwhile for an old version."""
    row = session.get(AgendaItem, item_id)
    if row is None:
        raise DomainError("这项议程已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def rows(session: Session, meeting_id: int) -> list[AgendaItem]:
    """The rows themselves in their order."""
    of_meeting = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(session.scalars(of_meeting.order_by(AgendaItem.place, AgendaItem.id)))


def add(session: Session, meeting_id: int, entered: ItemInput) -> int:
    """A new item at the end; after the notice it is one that nobody was told of.

    Raises DomainError for an item that is there already, or one to decide that was not announced.
    """
    rights.require(session, Right.RUN_MEETINGS)
    meeting = _edited(session, meeting_id)
    return _append(session, meeting, entered, told=meeting.state is MeetingState.PLANNED)


def add_there(session: Session, meeting_id: int, entered: ItemInput) -> int:
    """临时议题 of a meeting that goes on; raises DomainError where it is to be decided."""
    rights.require(session, Right.RUN_MEETINGS)
    meeting = session.get_one(Meeting, meeting_id)
    if meeting.state is not MeetingState.RUNNING:
        raise DomainError("会议没有在开，临时议题加不进去。会前的议题请在议程里加。")
    return _append(session, meeting, entered, told=False)


def add_topics(session: Session, meeting_id: int, topic_ids: Sequence[int]) -> list[int]:
    """Accepted topics (已立题), each an item to be talked over with its wish as the draft."""
    return [
        add(session, meeting_id, agenda_input.of_topic(session, meeting_id, one))
        for one in topic_ids
    ]


def change(session: Session, item_id: int, entered: ItemInput, *, version: int) -> None:
    """Correct an item before the meeting; what nobody was told of is not decided.

    What reads otherwise than in the notice counts as not told, until everybody is told anew.
    """
    rights.require(session, Right.RUN_MEETINGS)
    row = get(session, item_id, version=version)
    meeting = _edited(session, row.meeting_id)
    agenda_input.check(session, row.meeting_id, entered, told=not row.added_there, own_id=item_id)
    before = row.topic_id
    if meeting.state is MeetingState.CALLED and _reads_otherwise(row, entered):
        row.added_there = True
    _fill(row, entered)
    session.flush()
    if before != row.topic_id:
        topic_way.follow(session, before, Way.ACCEPTED)
        topic_way.follow(session, row.topic_id, Way.ON_AGENDA)


def _reads_otherwise(row: AgendaItem, entered: ItemInput) -> bool:
    """Whether something would be decided that was not announced as such."""
    same = (tidy(entered.title), entered.matter) == (row.title, row.matter)
    decided_now = entered.kind is ItemKind.DECIDE and row.kind is not ItemKind.DECIDE
    return not same or decided_now or row.topic_id not in (None, entered.topic_id)


def move(session: Session, item_id: int, place: int) -> None:
    """Put an item at a place, 1 the first; the others make room."""
    rights.require(session, Right.RUN_MEETINGS)
    row = get(session, item_id)
    _edited(session, row.meeting_id)
    order = [one for one in rows(session, row.meeting_id) if one is not row]
    order.insert(max(0, min(place - 1, len(order))), row)
    _number(order)
    session.flush()


def remove(session: Session, item_id: int, *, version: int) -> None:
    """Take an item off before the meeting; its topic waits for another one."""
    rights.require(session, Right.RUN_MEETINGS)
    row = get(session, item_id, version=version)
    _edited(session, row.meeting_id)
    topic_id, meeting_id = row.topic_id, row.meeting_id
    _check_no_ballots(session, row)
    session.delete(row)
    session.flush()
    number(session, meeting_id)
    topic_way.follow(session, topic_id, Way.ACCEPTED)


def _check_no_ballots(session: Session, row: AgendaItem) -> None:
    issued = select(Ballot.id).where(Ballot.agenda_item_id == row.id).limit(1)
    if session.scalar(issued) is not None:
        raise DomainError(f"“{row.title}”已经发出表决票，不能去掉。先在表决票里收回，再去掉。")


def announce(session: Session, meeting_id: int) -> None:
    """Everybody was told of what stands on the agenda now."""
    for row in rows(session, meeting_id):
        row.added_there = False
    session.flush()


def give_back_topics(session: Session, meeting_id: int) -> None:
    """The topics of a meeting that is not held wait for another one."""
    for row in rows(session, meeting_id):
        topic_way.follow(session, row.topic_id, Way.ACCEPTED)


def number(session: Session, meeting_id: int) -> None:
    """Count the items of a meeting anew, in their order."""
    _number(rows(session, meeting_id))
    session.flush()


def append(session: Session, meeting_id: int, row: AgendaItem) -> None:
    """Put a made item at the end of an agenda."""
    last = select(func.max(AgendaItem.place)).where(AgendaItem.meeting_id == meeting_id)
    row.meeting_id, row.place = meeting_id, (session.scalar(last) or 0) + 1
    session.add(row)
    session.flush()
    topic_way.follow(session, row.topic_id, Way.ON_AGENDA)


def _append(session: Session, meeting: Meeting, entered: ItemInput, *, told: bool) -> int:
    agenda_input.check(session, meeting.id, entered, told=told, own_id=None)
    row = AgendaItem(added_there=not told)
    _fill(row, entered)
    append(session, meeting.id, row)
    return row.id


def _fill(row: AgendaItem, entered: ItemInput) -> None:
    for name in _NAMES:
        setattr(row, name, getattr(entered, name))
    row.title, row.words = tidy(entered.title), entered.words.strip() or None


def _edited(session: Session, meeting_id: int) -> Meeting:
    meeting = session.get_one(Meeting, meeting_id)
    if meeting.state not in COMING:
        raise DomainError("会议已经开始或取消，议程不能再改。会上新提的，请加为临时议题。")
    return meeting


def _number(rows: Sequence[AgendaItem]) -> None:
    for place, row in enumerate(rows, start=1):
        if row.place != place:
            row.place = place


def _views(source: Source, where: Sql) -> list[ItemView]:
    wanted = query(_COLUMNS, _FROM, [where], "ORDER BY i.place, i.id")
    return [_view(*values) for values in lookup_of(source).rows(wanted)]


def _view(*values: Any) -> ItemView:
    key, version, meeting_id, place, kind, title, words, matter, topic_id, number, *rest = values
    follows_id, came_from, came_on, added_there, state, minutes, result = rest
    return ItemView(
        id=key,
        version=version,
        meeting_id=meeting_id,
        place=place,
        kind=ItemKind.of(kind),
        title=title,
        words=words or "",
        matter=Matter.of(matter),
        topic_id=topic_id,
        topic_number=number,
        follows_id=follows_id,
        follows=f"{came_from}（{came_on}）" if came_from else "",
        added_there=bool(added_there),
        state=ItemState.of(state),
        minutes=minutes or "",
        result=result or "",
    )
