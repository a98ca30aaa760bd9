"""Keeping the table `search_text` in step with the people it finds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.models import (
    Base,
    Building,
    Dwelling,
    Household,
    Resident,
    ResidentTag,
    SearchText,
    Tag,
)
from app.services.chunks import chunks
from app.services.id_ranges import conditions
from app.services.search_tokens import Findable, tokens

_TEXTS = Base.metadata.tables[SearchText.__tablename__]


def reindex(session: Session, resident_ids: Iterable[int]) -> None:
    """Write the tokens of these people anew, where they differ."""
    session.flush()
    for ids in chunks(sorted(set(resident_ids)), 500):
        changed = _differing(session, ids)
        _erase(session, list(changed))
        _write(session, [(one, text) for one, text in changed.items() if text])


def index_new(session: Session, people: Iterable[Findable]) -> None:
    """Write the tokens of people who have none yet: what an import and a rebuild do."""
    _write(session, [(person.id, tokens(person)) for person in people])


def forget(session: Session, resident_ids: Iterable[int]) -> None:
    """Drop all tokens of these people."""
    for wanted in conditions(_TEXTS.c.rowid, set(resident_ids)):
        session.connection().execute(delete(_TEXTS).where(wanted))


def forget_for_good(session: Session, resident_ids: Iterable[int]) -> None:
    """Drop the tokens so that not even the index remembers that they were dropped."""
    forget(session, resident_ids)
    _merge(session)


def rebuild(session: Session, progress: Callable[[int, int], None] | None = None) -> None:
    """Make the whole table anew, after a change of the rules or a doubt."""
    session.execute(delete(_TEXTS))
    ids = list(session.scalars(select(Resident.id).where(Resident.deleted_at.is_(None))))
    for done, part in enumerate(chunks(ids, 500)):
        index_new(session, findables(session, part))
        if progress:
            progress(min((done + 1) * 500, len(ids)), len(ids))
    _merge(session)


def strays(session: Session) -> Iterator[int]:
    """Everybody whose tokens are not what the rules make of his facts: it should be nobody."""
    ids = set(session.scalars(select(SearchText.resident_id)))
    ids.update(session.scalars(select(Resident.id).where(Resident.deleted_at.is_(None))))
    return (one for part in chunks(sorted(ids), 500) for one in _differing(session, part))


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
            # One index for everybody: nobody finds people by what not everybody may see.
            Tag.sensitive.is_(False),
        )
    ):
        found.setdefault(resident_id, []).append(name)
    return found


def _differing(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Whose tokens are not those that are written, with what they are now; '' for none."""
    new = {person.id: tokens(person) for person in findables(session, ids)}
    old = _written(session, ids)
    return {one: new.get(one, "") for one in ids if old.get(one, "") != new.get(one, "")}


def _written(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The tokens by which these people are found now."""
    texts = select(SearchText.resident_id, SearchText.tokens).where(SearchText.resident_id.in_(ids))
    return {one: text for one, text in session.execute(texts)}


def _erase(session: Session, ids: Sequence[int]) -> None:
    session.execute(delete(_TEXTS).where(SearchText.resident_id.in_(ids)))


def _write(session: Session, rows: list[tuple[int, str]]) -> None:
    # Straight to the driver: ten times as fast as by dictionaries.
    if rows:
        connection = session.connection()
        sql = str(insert(_TEXTS).compile(dialect=connection.dialect))
        connection.exec_driver_sql(sql, rows)


def _merge(session: Session) -> None:
    """Make one part of the parts in which the index was written: every search is faster."""
    session.connection().exec_driver_sql(
        "INSERT INTO search_text (search_text) VALUES ('optimize')"
    )
