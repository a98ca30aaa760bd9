"""Where a topic was talked over and voted on: steps of its way."""

from collections.abc import Iterator

from app.models import ItemKind, MeetingState
from app.services.meeting_views import HELD, HERE
from app.services.topic_stages import Stage, WayStep
from app.storage.lookup import Lookup, Sql, day_of, moment_of, query


def meetings(lookup: Lookup, topic_id: int) -> Iterator[WayStep]:
    """For each meeting that has it on its agenda: the notice, the meeting, the votes."""
    asked = query(
        f"i.id, i.kind, i.result, m.id, m.title, m.state, m.notified_on, m.on_date, m.expected,"
        f" b.name, {HERE}",
        "agenda_item AS i JOIN meeting AS m ON m.id = i.meeting_id JOIN body AS b"
        " ON b.id = m.body_id",
        [
            Sql("i.topic_id = ? AND m.deleted_at IS NULL", (topic_id,)),
            Sql("m.state <> ?", (MeetingState.CANCELLED.value,)),
        ],
        "ORDER BY m.on_date, i.id",
    )
    for row in list(lookup.rows(asked)):
        item_id, kind, result, meeting_id, title, state, told, day, expected, body, here = row
        record = ("meeting", meeting_id)
        on = day_of(day)
        if told:
            words = f"{title}，定于 {on:%Y-%m-%d} 召开"
            yield WayStep(Stage.CALLED, day_of(told), "会议通知", words, record=record)
        if MeetingState.of(state) in HELD:
            counted = f"应到 {expected} 人，实到 {here} 人" if expected else f"到会 {here} 人"
            done = f"{ItemKind.of(kind).label}：{result}" if result else ItemKind.of(kind).label
            yield WayStep(Stage.HELD, on, title, f"{body}，{counted}", done, record=record)
        yield from _votes(lookup, item_id, record)


def _votes(lookup: Lookup, item_id: int, record: tuple[str, int]) -> Iterator[WayStep]:
    own = Sql("agenda_item_id = ? AND motion_id IS NULL", (item_id,))
    asked = query("announced_at, words, proof, passed", "vote", [own], "ORDER BY id")
    for at, words, proof, passed in lookup.rows(asked):
        moment = moment_of(at)
        title = "表决通过" if passed else "表决没有通过"
        on = moment.date() if moment else None
        yield WayStep(Stage.VOTED, on, title, words, proof, record=record)
