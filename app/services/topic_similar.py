"""Topics that ask for the same: shown while a new one is typed."""

from app.models import TopicState
from app.services.topic_keys import pairs
from app.services.topic_views import OPEN, TopicRow, rows
from app.storage.lookup import Source, Sql, lookup_of, one_of

MOST = 5
_ENOUGH = 3
"""So many pairs in common are enough, however long the title is that is typed."""
_LOOKED_AT = 40
"""So many are read: of a thousand with the same words the latest tell enough"""


def similar(
    source: Source,
    title: str,
    *,
    building_id: int | None = None,
    besides: int | None = None,
    most: int = MOST,
) -> list[TopicRow]:
    """Those whose titles have most pairs of characters in common with this one.

    Of the latest equals first those of the same building, then those that still go on.
    One that was merged is not shown: the one that it goes on with is. `besides`: the topic itself.
    """
    typed = sorted(pairs(title))
    if not typed:
        return []
    lookup = lookup_of(source)
    tokens, still = one_of("token", typed), one_of("t.state", [one.value for one in OPEN])
    values = (
        *tokens.values,
        _needed(len(typed)),
        TopicState.MERGED.value,
        besides or 0,
        building_id or 0,
        *still.values,
        most,
    )
    asked = f"""
        SELECT t.id FROM (
            SELECT topic_id, count(*) AS shared FROM topic_key WHERE {tokens.text}
            GROUP BY topic_id HAVING count(*) >= ?
            ORDER BY count(*) DESC, topic_id DESC LIMIT {_LOOKED_AT}
        ) AS f
        JOIN topic AS t ON t.id = f.topic_id
        WHERE t.deleted_at IS NULL AND t.state <> ? AND t.id <> ?
        ORDER BY f.shared DESC, coalesce(t.building_id, -1) = ? DESC, {still.text} DESC,
            t.number DESC
        LIMIT ?
    """  # noqa: S608 - the values are apart
    return rows(lookup, list(lookup.column(Sql(asked, values))))


def _needed(typed: int) -> int:
    """A third of what was typed, at least two where there are two."""
    return min(max(min(2, typed), -(-typed // 3)), _ENOUGH)
