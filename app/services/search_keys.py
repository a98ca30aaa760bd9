"""Keeping the tables `search_key` and `search_text` in step with the people they find."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ClauseElement, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from app.models import (
    Base,
    Building,
    Dwelling,
    Household,
    Resident,
    ResidentTag,
    SearchKey,
    SearchText,
    Tag,
)
from app.services.chunks import chunks
from app.services.search_tokens import Findable, joined, split, tokens

_AT_ONCE = 10_000
# People whose tokens fit into the page cache.
_IN_MEMORY = 30_000
_KEYS = Base.metadata.tables[SearchKey.__tablename__]
_TEXTS = Base.metadata.tables[SearchText.__tablename__]
_ERASE = delete(_KEYS).where(
    _KEYS.c.token == bindparam("token"), _KEYS.c.resident_id == bindparam("resident_id")
)

Tokens = dict[int, set[str]]


def reindex(session: Session, resident_ids: Iterable[int]) -> None:
    """Write the tokens of these people anew; only what differs is touched."""
    session.flush()
    for ids in chunks(sorted(set(resident_ids)), 500):
        new = {person.id: tokens(person) for person in findables(session, ids)}
        old = _written(session, ids)
        changed = [one for one in ids if old.get(one) != new.get(one)]
        _erase(session, changed, _pairs(changed, old, new))
        _write_texts(session, {one: new[one] for one in changed if one in new})
        _write_keys(session, _pairs(changed, new, old))


def index_new(session: Session, people: Iterable[Findable]) -> None:
    """Write the tokens of people who have none yet: what an import and a rebuild do."""
    for part in chunks(list(people), _AT_ONCE):
        found = {person.id: tokens(person) for person in part}
        _write_texts(session, found)
        _write_keys(session, [(token, one) for one, several in found.items() for token in several])


def forget(session: Session, resident_ids: Iterable[int]) -> None:
    """Drop all tokens of these people."""
    for ids in chunks(sorted(set(resident_ids)), 500):
        _erase(session, ids, _pairs(ids, _written(session, ids), {}))


def rebuild(session: Session, progress: Callable[[int, int], None] | None = None) -> None:
    """Make the whole table anew, after a change of the rules or a doubt."""
    session.execute(delete(_TEXTS))
    session.execute(delete(_KEYS))
    ids = list(session.scalars(select(Resident.id).where(Resident.deleted_at.is_(None))))
    for done, part in enumerate(chunks(ids, 500)):
        index_new(session, findables(session, part))
        if progress:
            progress(min((done + 1) * 500, len(ids)), len(ids))


def reindex_tagged(session: Session, tag_ids: Sequence[int]) -> None:
    """After tags were renamed: everybody who has or had one of them."""
    reindex(
        session,
        session.scalars(select(ResidentTag.resident_id).where(ResidentTag.tag_id.in_(tag_ids))),
    )


def findables(session: Session, resident_ids: Sequence[int]) -> Iterator[Findable]:
    """What these people are found by; deleted ones are left out."""
    tags = _tags_of(session, resident_ids)
    people = session.execute(
        select(
            Resident.id,
            Resident.name,
            Resident.former_name,
            Resident.document_number,
            Resident.phone,
            Resident.other_phones,
            Resident.birth_date,
            Building.number,
            Dwelling.unit,
            Dwelling.room,
            Household.number,
            Resident.departure,
        )
        .outerjoin(Dwelling, Dwelling.id == Resident.dwelling_id)
        .outerjoin(Building, Building.id == Dwelling.building_id)
        .outerjoin(Household, Household.id == Resident.household_id)
        .where(Resident.id.in_(resident_ids), Resident.deleted_at.is_(None))
    )
    return (_findable(row, tags.get(row[0], ())) for row in people)


def _findable(row: Sequence[Any], tags: Sequence[str]) -> Findable:
    key, name, former, document, phone, others, birth, building, unit, room, household, left = row
    phones = [phone, *(others or "").split("、")]
    return Findable(
        id=key,
        names=(name, former) if former else (name,),
        document_number=document or "",
        phones=tuple(number for number in phones if number),
        birth_date=birth,
        place=(building or "", unit or "", room or ""),
        household_number=household or "",
        tags=tuple(tags),
        departed=left is not None,
    )


def _tags_of(session: Session, resident_ids: Sequence[int]) -> dict[int, list[str]]:
    """Tags that did not end; the day they end, `tags.end` has the person indexed again."""
    found: dict[int, list[str]] = {}
    for resident_id, name in session.execute(
        select(ResidentTag.resident_id, Tag.name)
        .join(Tag, Tag.id == ResidentTag.tag_id)
        .where(
            ResidentTag.resident_id.in_(resident_ids),
            ResidentTag.until.is_(None),
            Tag.deleted_at.is_(None),
            Tag.enabled,
        )
    ):
        found.setdefault(resident_id, []).append(name)
    return found


def _written(session: Session, ids: Sequence[int]) -> Tokens:
    """The tokens by which these people are found now."""
    texts = select(SearchText.resident_id, SearchText.tokens).where(SearchText.resident_id.in_(ids))
    return {one: split(text) for one, text in session.execute(texts)}


def _pairs(ids: Iterable[int], wanted: Tokens, unwanted: Tokens) -> list[tuple[str, int]]:
    """What of the wanted tokens is not among the unwanted, with its person."""
    return [
        (token, one) for one in ids for token in wanted.get(one, set()) - unwanted.get(one, set())
    ]


def _erase(session: Session, ids: Sequence[int], pairs: list[tuple[str, int]]) -> None:
    session.execute(delete(_TEXTS).where(_TEXTS.c.resident_id.in_(ids)))
    _run(session, _ERASE, pairs)


def _write_texts(session: Session, found: Tokens) -> None:
    _run(session, insert(_TEXTS), [(one, joined(several)) for one, several in found.items()])


def _write_keys(session: Session, pairs: list[tuple[str, int]]) -> None:
    if (session.scalar(select(func.max(SearchText.resident_id))) or 0) > _IN_MEMORY:
        # A large table is read from the disk page by page: neighbours come together.
        pairs.sort()
    _run(session, insert(_KEYS), pairs)


def _run(session: Session, statement: ClauseElement, rows: Sequence[tuple[Any, ...]]) -> None:
    # Straight to the driver: ten times as fast as by dictionaries.
    if rows:
        connection = session.connection()
        sql = str(statement.compile(dialect=connection.dialect))
        connection.exec_driver_sql(sql, list(rows))
