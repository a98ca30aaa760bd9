"""Finding who comes to eat: a card, two letters, a room; those who eat here come first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.services import counter_finder, residents, search
from app.storage.lookup import Lookup, Source, Sql, lookup_of
from app.values.pinyin import initials
from app.values.pinyin_match import spelled

MOST = 9
"""One for each digit"""
_REGULAR_DAYS = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the list under the field; `regular` ate here in the last two months.

    `usual`: letters that mean the name do so as it is commonly read (于 may be read wu, too).
    """

    resident_id: int
    name: str
    sub: str
    place: str
    tail: str
    regular: bool
    usual: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """The likeliest first; `cut` where there are more than digits."""

    lines: tuple[Hit, ...] = ()
    cut: bool = False

    @property
    def meant(self) -> Hit | None:
        """Whom the text can only mean: the only one, or the only one of those who eat here."""
        usual = [one for one in self.lines if one.usual] or self.lines
        likely = usual if len(usual) == 1 else [one for one in usual if one.regular]
        return likely[0] if len(likely) == 1 else None


def by_scan(source: Source, code: str) -> int | None:
    """Whose card, document or phone number a scan is. DomainError for a card that is void."""
    found = counter_finder.by_card(source, code)
    return found.resident_id if found is not None else None


def find(source: Source, typed: str, *, today: date) -> Hits:
    """Whom the text means, those who eat here first; then whose name begins so."""
    lookup, wanted = lookup_of(source), typed.strip()
    if not wanted:
        return Hits()
    since = (today - timedelta(days=_REGULAR_DAYS)).isoformat()
    regular = search.find_ids(lookup, wanted, limit=MOST, where=[Sql(_EATS, (since,))]).ids
    anybody = search.find_ids(lookup, wanted, limit=MOST)
    ids = list(dict.fromkeys((*regular, *anybody.ids)))[:MOST]
    hits = sorted(
        _hits(lookup, ids, frozenset(regular), wanted, today),
        # 立 may be read wei, too: a name that begins with the letters is meant rather.
        key=lambda hit: (not hit.regular, (spelled(hit.name, wanted.lower()) or (0, 0))[0] > 0),
    )
    return Hits(tuple(hits), anybody.cut)


def _hits(
    lookup: Lookup, ids: list[int], regular: frozenset[int], wanted: str, today: date
) -> Iterator[Hit]:
    for row in residents.rows(lookup, ids, today=today):
        age = "" if row.age is None else f"{row.age} 岁"
        words = "・".join(one for one in (row.sex, age) if one)
        usual = _usual(row.name, wanted.lower())
        yield Hit(row.id, row.name, words, row.place, row.phone[-4:], row.id in regular, usual)


def _usual(name: str, wanted: str) -> bool:
    if not (wanted.isascii() and wanted.isalpha()):
        return True
    start, _ = spelled(name, wanted) or (0, 0)
    return initials(name[start:])[0].startswith(wanted[0])


_EATS = "EXISTS (SELECT 1 FROM meal WHERE meal.resident_id = resident.id AND meal.on_date >= ?)"
