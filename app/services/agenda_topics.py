"""Topics that wait for a meeting: what an agenda is made from."""

from dataclasses import dataclass

from app.models import MeetingState, TopicState
from app.services.meeting_views import COMING
from app.storage.lookup import Source, Sql, among, lookup_of, one_of, query

_LIVE = (*COMING, MeetingState.RUNNING)
_WAITING = (TopicState.ACCEPTED, TopicState.DISCUSSED, TopicState.REJECTED)


@dataclass(frozen=True, slots=True)
class WaitingTopic:
    """A topic that may come before a meeting.

    What was talked over may now be decided (居委会组织法 32), what did not pass be tried again.
    """

    id: int
    number: int
    title: str
    grid: str
    state: TopicState

    @property
    def words(self) -> str:
        """12 楼道灯不亮（第一网格，已立题）."""
        told = "，".join(filter(None, (self.grid, self.state.label)))
        return f"{self.number} {self.title}（{told}）"


def waiting(source: Source) -> list[WaitingTopic]:
    """Topics that were taken up and are on no agenda, the oldest first."""
    listed = among("t.id", _on_agendas())
    asked = query(
        "t.id, t.number, t.title, g.name, t.state",
        "topic AS t LEFT JOIN grid AS g ON g.id = t.grid_id",
        [
            Sql("t.deleted_at IS NULL"),
            one_of("t.state", [state.value for state in _WAITING]),
            Sql(f"NOT ({listed.text})", listed.values),
        ],
        "ORDER BY t.came_on, t.id",
    )
    return [
        WaitingTopic(key, number, title, grid or "", TopicState.of(state))
        for key, number, title, grid, state in lookup_of(source).rows(asked)
    ]


def _on_agendas() -> Sql:
    """Topics of meetings to come; one that was taken out of the bin has its agenda again."""
    return query(
        "i.topic_id",
        "main.agenda_item AS i JOIN meeting AS m ON m.id = i.meeting_id",
        [
            Sql("i.topic_id IS NOT NULL AND m.deleted_at IS NULL"),
            one_of("m.state", [state.value for state in _LIVE]),
        ],
    )
