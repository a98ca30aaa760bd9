"""Keeping the table `search_text` in step with the people it finds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import Resident, ResidentTag, SearchText, table_of
from app.services.chunks import chunks
from app.services.id_ranges import conditions
from app.services.search_tokens import Findable, tokens
from app.storage.lookup import Lookup, Sql, link_of, lookup_of, one_of, query

_TEXTS = table_of(SearchText)


def reindex(session: Session, resident_ids: Iterable[int]) -> None:
    """Write the tokens of these people anew, where they differ."""
    session.flush()
    for ids in chunks(sorted(set(resident_ids)), 500):
        changed = _differing(session, ids)
        _write(session, _DELETE, [(one,) for one, text in changed.items() if not text])
        _write(session, _REPLACE, [(one, text) for one, text in changed.items() if text])


def rewrite(session: Session, resident_id: int) -> None:
    """The same of one person of whom one of OWN_FACTS changed: nothing needs comparing."""
    session.flush()
    written = [(one.id, tokens(one)) for one in findables(session, [resident_id])]
    _write(session, _REPLACE, written)


def index_new(session: Session, people: Iterable[Findable]) -> None:
    """Write the tokens of people who have none yet: what an import and a rebuild do."""
    _write(session, _INSERT, [(person.id, tokens(person)) for person in people])


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
    lookup = lookup_of(session)
    tags = _tags_of(lookup, resident_ids)
    there = [Sql("resident.deleted_at IS NULL"), one_of("resident.id", resident_ids)]
    people = lookup.rows(query(_FACTS, _SOURCE, there))
    return (_findable(row, tags.get(row[0], ())) for row in people)


OWN_FACTS = ("name", "former_name", "document_number", "phone", "other_phones", "birth_date")
"""Columns of a person that make tokens; flat, household, tags and leaving make others."""
_FACTS = f"""
    resident.id, {", ".join(f"resident.{name}" for name in OWN_FACTS)},
    building.number, dwelling.unit, dwelling.room, household.number, resident.departure
"""
_SOURCE = """
    resident
    LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id
    LEFT JOIN building ON building.id = dwelling.building_id
    LEFT JOIN household ON household.id = resident.household_id
"""


def _findable(row: Sequence[Any], tags: Sequence[str]) -> Findable:
    key, name, former, document, phone, others, birth, building, unit, room, household, left = row
    phones = [phone, *(others or "").split("、")]
    return Findable(
        id=key,
        names=(name, former) if former else (name,),
        document_number=document or "",
        phones=tuple(number for number in phones if number),
        birth_date=date.fromisoformat(birth) if birth else None,
        place=(building or "", unit or "", room or ""),
        household_number=household or "",
        tags=tuple(tags),
        departed=left is not None,
    )


def _tags_of(lookup: Lookup, resident_ids: Sequence[int]) -> dict[int, list[str]]:
    """Tags that did not end; the day they end, `tags.end` has the person indexed again."""
    found: dict[int, list[str]] = {}
    wanted = [one_of("resident_tag.resident_id", resident_ids), _SHOWN]
    source = "resident_tag JOIN tag ON tag.id = resident_tag.tag_id"
    for resident_id, name in lookup.rows(
        query("resident_tag.resident_id, tag.name", source, wanted)
    ):
        found.setdefault(resident_id, []).append(name)
    return found


# One index for everybody: nobody finds people by what not everybody may see.
_SHOWN = Sql(
    "resident_tag.until IS NULL AND tag.deleted_at IS NULL AND tag.enabled AND NOT tag.sensitive"
)


def _differing(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Whose tokens are not those that are written, with what they are now; '' for none."""
    new = {person.id: tokens(person) for person in findables(session, ids)}
    old = _written(session, ids)
    return {one: new.get(one, "") for one in ids if old.get(one, "") != new.get(one, "")}


def _written(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The tokens by which these people are found now."""
    found = query("rowid, tokens", SearchText.__tablename__, [one_of("rowid", ids)])
    return dict(lookup_of(session).rows(found))


def _write(session: Session, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    # Straight to the driver: ten times as fast as by dictionaries.
    if rows:
        link_of(session).executemany(statement, rows)


_NAME = SearchText.__tablename__
_INSERT = f"INSERT INTO {_NAME} (rowid, tokens) VALUES (?, ?)"  # noqa: S608 - our own name
_REPLACE = f"REPLACE INTO {_NAME} (rowid, tokens) VALUES (?, ?)"  # noqa: S608
_DELETE = f"DELETE FROM {_NAME} WHERE rowid = ?"  # noqa: S608


def _merge(session: Session) -> None:
    """Make one part of the parts in which the index was written: every search is faster."""
    link_of(session).execute("INSERT INTO search_text (search_text) VALUES ('optimize')")
