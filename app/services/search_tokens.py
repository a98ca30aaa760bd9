"""What a person is found by: the tokens of the table `search_key`.

A token that starts a field is stored as it is, one from inside a field with a leading '~'. So the
order of the index is the order of the results: exact, then prefix, then inside. Tokens of people
who left carry a leading '!': they never stand in the way of those who count.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from app.values import pinyin

INSIDE = "~"
DEPARTED = "!"
MAX_LENGTH = 120
# Long names (of other scripts) would multiply: one spelling of them is enough.
_LONG_NAME = 8
_DOCUMENT_STARTS = (6, 8, 12, 14)
_DOCUMENT_TAILS = (4, 6)
_PHONE_STARTS = (3, 7)
_PHONE_TAILS = (4,)
# 海棠苑3 is found as 3 too.
_ESTATE = re.compile(r"[^\x00-\x7f]+(?=[0-9a-z])")


@dataclass(frozen=True, slots=True)
class Findable:
    """The facts of one person that the tokens are made of; texts are '' when not known."""

    id: int
    names: tuple[str, ...]
    document_number: str = ""
    phones: tuple[str, ...] = ()
    birth_date: date | None = None
    place: tuple[str, str, str] = ("", "", "")
    household_number: str = ""
    tags: tuple[str, ...] = ()
    departed: bool = False


def tokens(person: Findable) -> set[str]:
    """All tokens of a person, each at most 120 characters."""
    found: set[str] = set().union(
        *map(_of_name, person.names),
        _of_document(person.document_number.lower()),
        *map(_of_phone, person.phones),
        _of_birth(person),
        _of_place(person.place),
        [person.household_number.lower()] if person.household_number else (),
        *map(_of_tag, person.tags),
    )
    return {DEPARTED + token for token in found} if person.departed else found


def joined(found: Iterable[str]) -> str:
    """Tokens as one text; a line feed before each, where `LIKE` finds the start of any."""
    return "\n" + "\n".join(found)


def split(text: str) -> set[str]:
    """The tokens of such a text."""
    return set(text.split("\n")) - {""}


def bare(text: str) -> str:
    """A name as it is compared: lower case, without dots and blanks."""
    return text.lower().replace("·", "").replace(" ", "")


@lru_cache(maxsize=16384)
def _of_name(name: str) -> frozenset[str]:
    plain = bare(name)[:MAX_LENGTH]
    found = set(_suffixes(plain, range(1, len(plain))))
    readings = pinyin.readings(name)
    for syllables in readings if len(plain) <= _LONG_NAME else readings[:1]:
        found.update(_of_syllables(syllables))
    return frozenset(found)


def _of_syllables(syllables: tuple[str, ...]) -> Iterator[str]:
    initials = "".join(syllable[0] for syllable in syllables)[:MAX_LENGTH]
    # The last initial alone is the start of the last syllable: that token is there anyway.
    yield from _suffixes(initials, range(1, len(initials) - 1))
    spelled = "".join(syllables)
    starts, position = [], 0
    for syllable in syllables[:-1]:
        position += len(syllable)
        starts.append(position)
    for token in _suffixes(spelled, starts):
        yield token[:MAX_LENGTH]


def _suffixes(text: str, starts: Iterable[int]) -> list[str]:
    if not text:
        return []
    # The last digit alone would find everybody.
    end = len(text) - text.isdigit()
    return [text, *[INSIDE + text[start:] for start in starts if start < end]]


def _of_document(number: str) -> list[str]:
    return _suffixes(number, _starts_in_document(len(number)))


@cache
def _starts_in_document(length: int) -> tuple[int, ...]:
    return _inside(_DOCUMENT_STARTS, length, _DOCUMENT_TAILS)


def _inside(starts: Iterable[int], length: int, tails: Iterable[int]) -> tuple[int, ...]:
    """Where to begin in a number of so many digits, without its very start."""
    everywhere = {*starts, *(length - tail for tail in tails)}
    return tuple(start for start in everywhere if start > 0)


def _of_birth(person: Findable) -> tuple[str, ...]:
    if person.birth_date is None:
        return ()
    day = person.birth_date.isoformat().replace("-", "")
    # Most numbers have the date inside, where it is found as well.
    return () if person.document_number[6:14] == day else (day,)


@lru_cache(maxsize=4096)
def _of_place(place: tuple[str, str, str]) -> frozenset[str]:
    """3-2-501, ~2-501, ~501; without a room it ends in a dash, as the search word 5号楼 does."""
    parts = [part.lower() for part in place if part]
    end = "" if place[2] else "-"
    inside = {INSIDE + "-".join(parts[start:]) + end for start in range(1, len(parts))}
    estate = _ESTATE.match(place[0].lower())
    if estate:
        inside.add(INSIDE + "-".join([place[0].lower()[estate.end() :], *parts[1:]]) + end)
    return frozenset({"-".join(parts) + end} | inside if parts else ())


def _of_phone(number: str) -> list[str]:
    """By its start, the middle and the last four; a landline also without its area code."""
    area, _, local = number.partition("转")[0].partition("-")
    return _suffixes(area + local, _starts_in_phone(len(area), len(local)))


@cache
def _starts_in_phone(area: int, local: int) -> tuple[int, ...]:
    starts = (*_PHONE_STARTS, area) if local else _PHONE_STARTS
    return _inside(starts, area + local, _PHONE_TAILS)


@lru_cache(maxsize=1024)
def _of_tag(name: str) -> frozenset[str]:
    return frozenset({name.lower(), *pinyin.initials(name)})
