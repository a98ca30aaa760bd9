"""The whole way of a topic, step by step: from the word that was said to the thing that is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import TopicOrigin, TopicState
from app.services.topic_carried import carried
from app.services.topic_meetings import meetings
from app.services.topic_stages import Stage, WayStep
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, query

__all__ = ["Stage", "TopicWay", "WayStep", "way_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWay:
    """A topic with its steps in their order; names in the clear."""

    topic_id: int
    number: int
    title: str
    state: TopicState
    came_on: date
    done_on: date | None
    """The day of the last resolution that was carried out, None while it is not done"""
    place: str
    steps: tuple[WayStep, ...]

    @property
    def days(self) -> int | None:
        """How many days it took; None while it is not done."""
        return (self.done_on - self.came_on).days if self.done_on else None


def way_of(source: Source, topic_id: int) -> TopicWay:
    """The chain of 一件事的来龙去脉; of a topic that was merged, the one that it goes on with.

    Where that is of a grid that is not seen, the way of the topic itself. People of other grids
    are counted and not named. Raises DomainError where the topic is gone.
    """
    lookup = lookup_of(source)
    key, number, title, state, came, place = _topic(lookup, topic_id)
    steps = [*_raised(lookup, key), *meetings(lookup, key), *carried(lookup, key)]
    steps.sort(key=lambda one: (one.on or date.max, one.stage.place))
    ended = [one.on for one in steps if one.stage is Stage.DONE]
    return TopicWay(
        topic_id=key,
        number=number,
        title=title,
        state=TopicState.of(state),
        came_on=date.fromisoformat(came),
        done_on=ended[-1] if ended else None,
        place=place or "",
        steps=tuple(steps),
    )


def _topic(lookup: Lookup, topic_id: int) -> tuple[int, int, str, str, str, str | None]:
    found = _row(lookup, topic_id)
    if found is None:
        raise DomainError("这个议题已经删除，请刷新后再看。")
    while found[-1] is not None and (kept := _row(lookup, found[-1])) is not None:
        found = kept
    key, number, title, state, came, place, _ = found
    return key, number, title, state, came, place


def _row(lookup: Lookup, topic_id: int) -> tuple[Any, ...] | None:
    """A topic that is seen and not deleted, last the one that it was merged into."""
    what = "id, number, title, state, came_on, place, merged_into_id"
    own = Sql("id = ? AND deleted_at IS NULL", (topic_id,))
    return next(lookup.rows(query(what, "topic", [own])), None)


def _raised(lookup: Lookup, topic_id: int) -> Iterator[WayStep]:
    """What was said, by whom; that it was taken up; that it was made public."""
    yield from _words(lookup, topic_id)
    what = "came_on, screened_on, screened_by, screen_reason, state, notice_id"
    [row] = lookup.rows(query(what, "topic", [Sql("id = ?", (topic_id,))]))
    came, screened, who, reason, state, notice_id = row
    named, count = _supporters(lookup, topic_id)
    if count:
        on, title = day_of(came), f"{count} 人联名"
        yield WayStep(Stage.SUPPORTED, on, title, people=named, behind=count)
    if screened:
        taken = state != TopicState.TURNED_DOWN
        words = "，".join(part for part in (f"{who or '书记'}审定", reason) if part)
        yield WayStep(Stage.SCREENED, day_of(screened), "立题" if taken else "不列入", words)
    if notice_id is not None:
        yield from _published(lookup, notice_id)


def _words(lookup: Lookup, topic_id: int) -> Iterator[WayStep]:
    """The word itself, then the same from others that was merged into it."""
    asked = query(
        "t.id, t.number, t.came_on, t.origin, t.title, t.body, t.wish, coalesce(r.name, t.person)",
        "topic AS t LEFT JOIN resident AS r ON r.id = t.resident_id",
        [Sql("t.deleted_at IS NULL AND (t.id = ? OR t.merged_into_id = ?)", (topic_id, topic_id))],
        "ORDER BY t.merged_into_id IS NOT NULL, t.number",
    )
    for key, number, came, origin, title, body, wish, who in lookup.rows(asked):
        heard = TopicOrigin.of(origin).label
        own = key == topic_id
        words = "\n".join(part for part in (body or title, f"希望：{wish}" if wish else "") if part)
        head = f"居民提事（{heard}）" if own else f"{number} 号并入（{heard}）"
        stage = Stage.RAISED if own else Stage.MERGED
        yield WayStep(stage, day_of(came), head, words, people=(who,) if who else ())
    yield from _words_of_others(lookup, topic_id)


def _words_of_others(lookup: Lookup, topic_id: int) -> Iterator[WayStep]:
    """The same brought up in grids that are not seen: that it was merged, not what was said."""
    into = Sql("merged_into_id = ? AND deleted_at IS NULL", (topic_id,))
    unseen = Sql("id NOT IN (SELECT id FROM topic)")
    asked = query("number, came_on", "main.topic", [into, unseen], "ORDER BY number")
    for number, came in lookup.rows(asked):
        yield WayStep(Stage.MERGED, day_of(came), f"{number} 号并入（别的网格提的）")


def _supporters(lookup: Lookup, topic_id: int) -> tuple[tuple[str, ...], int]:
    """The names that are seen, and how many there are in the whole community."""
    asked = query(
        "r.name, coalesce(own.name, p.person)",
        "topic_person AS p LEFT JOIN main.resident AS r ON r.id = p.resident_id"
        " LEFT JOIN resident AS own ON own.id = p.resident_id",
        [Sql("p.topic_id = ? AND p.kind = 'supports'", (topic_id,))],
        "ORDER BY p.id",
    )
    found = list(lookup.rows(asked))
    named = tuple(name for _, name in found if name)
    return named, sum(bool(whole or name) for whole, name in found)


def _published(lookup: Lookup, notice_id: int) -> Iterator[WayStep]:
    own = Sql("id = ? AND deleted_at IS NULL", (notice_id,))
    for title, posted, dated in lookup.rows(query("title, posted_on, dated", "notice", [own])):
        on = day_of(posted or dated)
        yield WayStep(Stage.LISTED, on, "公布议题", title, record=("notice", notice_id))
