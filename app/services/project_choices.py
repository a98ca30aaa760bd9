"""What the forms of the three lists offer: topics, open needs, resolutions, resources."""

from collections.abc import Iterable

from app.errors import DomainError
from app.models import OPEN_RESOLUTIONS, ListState, TopicState
from app.services.projects import ProjectInput
from app.storage.lookup import Source, Sql, any_of, day_of, lookup_of, one_of, query

_OPEN_NEEDS = [state.value for state in (ListState.OPEN, ListState.MATCHED)]
_OFFERED = [state.value for state in ListState if state is not ListState.WITHDRAWN]
_UNDERWAY = [state.value for state in OPEN_RESOLUTIONS]
_GOING_ON = [
    state.value
    for state in (
        TopicState.ACCEPTED,
        TopicState.ON_AGENDA,
        TopicState.DISCUSSED,
        TopicState.DECIDED,
    )
]
_SHOWN = 14
"""Characters of a need or a resolution that a field beside another has room for"""
_WHOLE_LINE = 36


def needs(source: Source, current: int | None = None) -> dict[int, str]:
    """Needs that wait or are met in part, and the one that is chosen, by id."""
    there = any_of([one_of("state", _OPEN_NEEDS), Sql("id = ?", (current,))])
    asked = query("id, words", "need", [_ALIVE, there], "ORDER BY year DESC, number DESC")
    return _named(source, asked, _SHOWN)


def topics(source: Source, current: int | None = None) -> dict[int, str]:
    """Topics that were taken up and are not over, and the one that is chosen, by id."""
    there = any_of([one_of("state", _GOING_ON), Sql("id = ?", (current,))])
    asked = query("id, title", "topic", [_ALIVE, there], "ORDER BY number DESC")
    return _named(source, asked, _WHOLE_LINE)


def resolutions(source: Source, current: int | None = None) -> dict[int, str]:
    """Resolutions that are not over, and the one that is chosen, by id."""
    there = any_of([one_of("state", _UNDERWAY), Sql("id = ?", (current,))])
    asked = query("id, title", "resolution", [_ALIVE, there], "ORDER BY made_on DESC, id")
    return _named(source, asked, _SHOWN)


def resources(source: Source, current: Iterable[int] = ()) -> dict[int, str]:
    """Everything that is offered, and what is chosen, by id: 金城物业公司 电工上门."""
    there = any_of([one_of("s.state", _OFFERED), one_of("s.id", list(current))])
    asked = query(
        "s.id, CASE WHEN u.name IS NULL THEN '' ELSE u.name || ' ' END || s.words",
        "resource AS s LEFT JOIN joint_unit AS u ON u.id = s.joint_unit_id",
        [Sql("s.deleted_at IS NULL"), there],
        "ORDER BY s.year DESC, s.number DESC",
    )
    return _named(source, asked, _WHOLE_LINE)


def begun_by(source: Source, resolution_id: int) -> ProjectInput:
    """A project that carries out a resolution: its title, who sees to it, until when, money."""
    own = [Sql("id = ?", (resolution_id,)), _ALIVE]
    asked = query("title, owner, due_on, budget, grid_id, topic_id", "resolution", own)
    found = next(lookup_of(source).rows(asked), None)
    if found is None:
        raise DomainError("这项决议已经被删除，请刷新列表。")
    title, owner, due, budget, grid_id, topic_id = found
    return ProjectInput(
        name=title,
        resolution_id=resolution_id,
        topic_id=topic_id,
        grid_id=grid_id,
        owner=owner or "",
        until=day_of(due),
        budget=budget or 0,
    )


def budget_of(source: Source, resolution_id: int) -> int | None:
    """The money that was decided, 分; None where none was."""
    own = Sql("id = ?", (resolution_id,))
    found: int | None = lookup_of(source).value(query("budget", "resolution", [own]))
    return found


_ALIVE = Sql("deleted_at IS NULL")


def _named(source: Source, asked: Sql, most: int) -> dict[int, str]:
    rows = lookup_of(source).rows(asked)
    return {key: words if len(words) <= most else f"{words[: most - 1]}…" for key, words in rows}
