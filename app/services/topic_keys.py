"""Pairs of characters by which similar topics are found, kept in step with their titles.

Every row of `topic` has those of its title, whatever its state and also in the recycle bin: what
is found is looked up in `topic` afterwards. `reindex` is called wherever a title may have changed
or a row has come or gone: by topics, undo and erasing; a purge lets go of them (Rows.delete).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy.orm import Session

from app.services.chunks import chunks
from app.storage.lookup import Lookup, Sql, link_of, lookup_of, one_of, query
from app.values.text import compact

# Where something is tells nothing of what it is: half of all titles begin with a building.
# 12 号楼道灯 is a staircase of number 12, 12 号楼顶 the roof of that building.
_PLACE = re.compile(r"\d+[a-z]?号(?:楼(?!道)|院|门)?|单元|楼栋|栋|幢|[\W\d_]+")


def pairs(title: str) -> set[str]:
    """楼道灯不亮: 楼道 道灯 灯不 不亮, without the place; a single character stands for itself."""
    runs = [run for run in _PLACE.sub(" ", compact(title.lower())).split() if run]
    found = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return found or set(runs)


def reindex(session: Session, topic_ids: Iterable[int]) -> None:
    """Write the pairs of these topics anew, where they differ; of those that are gone none stay."""
    lookup = lookup_of(session)
    for ids in chunks(sorted(set(topic_ids)), 500):
        changed = dict(_differing(lookup, ids))
        forget(session, changed)
        rows = [(token, one) for one, tokens in changed.items() for token in sorted(tokens)]
        link_of(session).executemany("INSERT INTO topic_key (token, topic_id) VALUES (?, ?)", rows)


def forget(session: Session, topic_ids: Iterable[int]) -> None:
    """Drop all pairs of these topics."""
    rows = [(one,) for one in topic_ids]
    link_of(session).executemany("DELETE FROM topic_key WHERE topic_id = ?", rows)


def strays(session: Session) -> Iterator[int]:
    """Every topic whose pairs are not those of its title, present or gone: it should be none."""
    lookup = lookup_of(session)
    ids = set(lookup.column(Sql("SELECT id FROM topic UNION SELECT topic_id FROM topic_key")))
    return (one for part in chunks(sorted(ids), 500) for one, _ in _differing(lookup, part))


def _differing(lookup: Lookup, ids: Sequence[int]) -> Iterator[tuple[int, set[str]]]:
    """Of which topics others are written than there should be, with those that should."""
    titles = dict(lookup.rows(query("id, title", "topic", [one_of("id", ids)])))
    written: dict[int, set[str]] = {}
    for one, token in lookup.rows(query("topic_id, token", "topic_key", [one_of("topic_id", ids)])):
        written.setdefault(one, set()).add(token)
    for one in ids:
        wanted = pairs(titles.get(one, ""))
        if written.get(one, set()) != wanted:
            yield one, wanted
