"""提为议题: from a line of the diary, a request or a visit to its topic, the one it has or a new
one."""

from app.context import Context
from app.services import topic_origins
from app.ui.people.meetings_wish import NewTopic, ShowTopic
from app.values.rights import Right


def topic_words(context: Context, wish: NewTopic) -> str:
    """提为议题, 看 12 号议题; '' where there is none and whoever works here may raise none."""
    if not context.may(Right.VIEW_MEETINGS):
        return ""
    found = _came_of(context, wish)
    if found is not None:
        return f"看 {found.number} 号议题"
    return "提为议题" if context.may(Right.RAISE_TOPICS) else ""


def go_to_topic(context: Context, wish: NewTopic) -> None:
    """Show the topic that came of it, else the form of one that is begun with it."""
    if topic_words(context, wish):
        found = _came_of(context, wish)
        asked = ShowTopic(found.id) if found is not None else wish
        context.signals.page_requested.emit("meetings", asked)


def _came_of(context: Context, wish: NewTopic) -> topic_origins.Known | None:
    with context.database.lookup() as lookup:
        return topic_origins.came_of(
            lookup,
            diary_entry_id=wish.diary_entry_id,
            request_id=wish.request_id,
            visit_id=wish.visit_id,
        )
