"""Who stands behind a topic (联名) and whom it concerns: they are asked how it turned out."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import TopicPerson, TopicPersonKind
from app.services import people, places, rights, topics
from app.storage.lookup import Source, Sql, any_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Behind:
    """One of them, named in the clear. `id` of the line; None for a proposer.

    `topic_id` is the topic that he spoke for, which may have been merged into the one asked for.
    """

    id: int | None
    topic_id: int
    kind: TopicPersonKind
    resident_id: int | None
    name: str
    place: str
    proposer: bool


def behind(source: Source, topic_id: int) -> list[Behind]:
    """Proposers first, then who signed, then whom it concerns; each once.

    Those of the topics that were merged into it are among them.
    """
    lookup = lookup_of(source)
    mine = any_of([Sql("t.id = ?", (topic_id,)), Sql("t.merged_into_id = ?", (topic_id,))])
    there = [mine, Sql("t.deleted_at IS NULL")]
    home = (
        " LEFT JOIN dwelling AS d ON d.id = r.dwelling_id"
        " LEFT JOIN building AS b ON b.id = d.building_id"
    )
    proposers = query(
        "NULL, t.id, 'supports', t.resident_id, coalesce(r.name, t.person), b.number",
        f"topic AS t LEFT JOIN resident AS r ON r.id = t.resident_id{home}",
        there,
        "ORDER BY t.merged_into_id IS NOT NULL, t.number",
    )
    signed = query(
        "p.id, t.id, p.kind, p.resident_id, coalesce(r.name, p.person), b.number",
        "topic_person AS p JOIN topic AS t ON t.id = p.topic_id"
        f" LEFT JOIN resident AS r ON r.id = p.resident_id{home}",
        there,
        "ORDER BY p.kind DESC, p.id",
    )
    found = [*lookup.rows(proposers), *lookup.rows(signed)]
    return list(_once(_behind(row) for row in found if row[4]))


def add(
    session: Session,
    topic_id: int,
    kind: TopicPersonKind,
    *,
    resident_id: int | None = None,
    person: str = "",
) -> int:
    """Write one down; raises DomainError for nobody, or somebody who is there already."""
    rights.require(session, Right.RAISE_TOPICS, Right.SCREEN_TOPICS)
    row = topics.get(session, topic_id)
    name = tidy(person)[:_LONGEST]
    if resident_id is None and not name:
        raise DomainError("请选居民，或写明姓名。")
    if resident_id is not None:
        name = people.get(session, resident_id).name
    there = behind(session, row.id)
    if any(_same(one, resident_id, name) for one in there):
        raise DomainError(f"{name}已经在这个议题的名单里，没有再记一次。")
    line = TopicPerson(
        topic_id=topic_id,
        kind=kind,
        resident_id=resident_id,
        person=None if resident_id is not None else name,
    )
    session.add(line)
    session.flush()
    return line.id


def remove(session: Session, line_id: int) -> None:
    """Take a line out again; one that is gone already is no mistake."""
    rights.require(session, Right.RAISE_TOPICS, Right.SCREEN_TOPICS)
    row = session.scalar(select(TopicPerson).where(TopicPerson.id == line_id))
    if row is not None:
        session.delete(row)
        session.flush()


def _behind(row: tuple[int | None, int, str, int | None, str, str | None]) -> Behind:
    key, topic_id, kind, resident_id, name, building = row
    place = places.spoken(building, None, None)
    known = TopicPersonKind.of(kind)
    return Behind(key, topic_id, known, resident_id, name, place, proposer=key is None)


def _once(found: Iterable[Behind]) -> Iterable[Behind]:
    seen: set[tuple[int | None, str]] = set()
    for one in found:
        key = one.resident_id, "" if one.resident_id is not None else one.name
        if key not in seen:
            seen.add(key)
            yield one


def _same(one: Behind, resident_id: int | None, name: str) -> bool:
    if resident_id is not None or one.resident_id is not None:
        return one.resident_id == resident_id
    return one.name == name
