"""Keeping the table `search_key` in step with the people it finds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.models import Building, Dwelling, Household, Resident, ResidentTag, SearchKey, Tag
from app.services.chunks import chunks
from app.services.search_tokens import Findable, tokens

_AT_ONCE = 10_000
# People whose tokens fit into the page cache.
_IN_MEMORY = 30_000


def reindex(session: Session, resident_ids: Iterable[int]) -> None:
    """Write the tokens of these people anew; only what differs is touched."""
    session.flush()
    for ids in chunks(sorted(set(resident_ids)), 500):
        old = {
            (token, resident_id)
            for token, resident_id in session.execute(
                select(SearchKey.token, SearchKey.resident_id).where(SearchKey.resident_id.in_(ids))
            )
        }
        new = {(token, person.id) for person in findables(session, ids) for token in tokens(person)}
        for token, resident_id in old - new:
            session.execute(
                delete(SearchKey).where(
                    SearchKey.token == token, SearchKey.resident_id == resident_id
                )
            )
        _write(session, new - old)


def index_new(session: Session, people: Iterable[Findable]) -> None:
    """Write the tokens of people who have none yet: what an import and a rebuild do."""
    for part in chunks(list(people), _AT_ONCE):
        _write(session, [(token, person.id) for person in part for token in tokens(person)])


def forget(session: Session, resident_ids: Iterable[int]) -> None:
    """Drop all tokens of these people."""
    for ids in chunks(sorted(set(resident_ids)), 500):
        session.execute(delete(SearchKey).where(SearchKey.resident_id.in_(ids)))


def rebuild(session: Session, progress: Callable[[int, int], None] | None = None) -> None:
    """Make the whole table anew, after a change of the rules or a doubt."""
    session.execute(delete(SearchKey))
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


def reindex_households(session: Session, household_ids: Sequence[int]) -> None:
    """After households got another number."""
    reindex(
        session,
        session.scalars(select(Resident.id).where(Resident.household_id.in_(household_ids))),
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


def _write(session: Session, pairs: Iterable[tuple[str, int]]) -> None:
    # Straight to the driver: ten times as fast as by dictionaries.
    rows = list(pairs)
    if rows:
        if (session.scalar(select(func.max(SearchKey.resident_id))) or 0) > _IN_MEMORY:
            # A large table is read from the disk page by page: neighbours come together.
            rows.sort()
        connection = session.connection()
        statement = str(insert(SearchKey).compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, rows)
