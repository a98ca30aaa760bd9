"""What is said of a topic in the list, on its card and in questions."""

from datetime import date

from app.models import TopicState
from app.services.topic_views import TopicRow
from app.ui.kit.chips import Chip

_TONES = {
    TopicState.RAISED: "warn",
    TopicState.ACCEPTED: "info",
    TopicState.ON_AGENDA: "info",
    TopicState.DISCUSSED: "info",
    TopicState.DECIDED: "info",
    TopicState.DONE: "ok",
}


def state_chip(row: TopicRow) -> Chip:
    """Where it stands; only what waits for the secretary asks for action."""
    icon = "clock-outline" if row.state is TopicState.RAISED else ""
    return Chip(row.state_words, _TONES.get(row.state, "grey"), icon)


def name_of(row: TopicRow) -> str:
    """12 号：楼道灯不亮, as the journal and questions name it."""
    return f"{row.number} 号：{row.title}"


def day_words(day: date, today: date) -> str:
    """11-21; of another year with it."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def behind_words(row: TopicRow) -> str:
    """李建国 等 3 人: who spoke, and how many signed."""
    if not row.signed:
        return row.who
    return f"{row.who} 等 {row.signed + 1} 人" if row.who else f"{row.signed} 人联名"
