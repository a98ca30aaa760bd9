"""What a person is found by: the tokens of the tables `search_text` and `search_key`.

A token that starts a field is stored as it is, one from inside a field with a leading '~'. So the
order of the index is the order of the results: exact, then prefix, then inside. Tokens of people
who left carry a leading '!': they never stand in the way of those who count.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from app.values import pinyin

INSIDE = "~"
DEPARTED = "!"
_BREAK = "\n"
MAX_LENGTH = 120
# Long names (of other scripts) would multiply: one spelling of them is enough.
_LONG_NAME = 8
_DOCUMENT_STARTS = (6, 8, 12, 14)
_DOCUMENT_TAILS = (4, 6)
_PHONE_STARTS = (3, 7)
_PHONE_TAILS = (4,)
# 海棠苑3 is found as 3 too.
_ESTATE = re.compile(r"[^\x00-\x7f]+(?=[0-9a-z])")


class Findable(NamedTuple):
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


def tokens(person: Findable) -> str:
    """All tokens of a person in one text; a line feed before each, where `LIKE` finds it.

    The pieces are put together once per name, place and tag, not once per person.
    """
    pieces = [
        *map(_of_name, person.names),
        _of_document(person.document_number.lower()),
        *map(_of_phone, person.phones),
        _of_birth(person),
        _of_place(person.place),
        _joined([person.household_number.lower()]) if person.household_number else "",
        *map(_of_tag, person.tags),
    ]
    found = "".join(pieces)
    return found.replace(_BREAK, _BREAK + DEPARTED) if person.departed else found


def split(text: str) -> set[str]:
    """The tokens of such a text."""
    return set(text.split(_BREAK)) - {""}


def bare(text: str) -> str:
    """A name as it is compared: lower case, without dots and blanks."""
    return text.lower().replace("·", "").replace(" ", "")


@lru_cache(maxsize=16384)
def _of_name(name: str) -> str:
    plain = bare(name)[:MAX_LENGTH]
    found = dict.fromkeys(_suffixes(plain, range(1, len(plain))))
    readings = pinyin.readings(name)
    for syllables in readings if len(plain) <= _LONG_NAME else readings[:1]:
        found.update(dict.fromkeys(_of_syllables(syllables)))
    return _joined(found)


def _of_syllables(syllables: tuple[str, ...]) -> list[str]:
    initials = "".join([syllable[0] for syllable in syllables])[:MAX_LENGTH]
    spelled = "".join(syllables)
    # The last initial alone is the start of the last syllable: that token is there anyway.
    found = _suffixes(initials, range(1, len(initials) - 1))
    found += _suffixes(spelled, accumulate(map(len, syllables[:-1])))
    return [token[:MAX_LENGTH] for token in found]


def _suffixes(text: str, starts: Iterable[int]) -> list[str]:
    if not text:
        return []
    # The last digit alone would find everybody.
    end = len(text) - text.isdigit()
    return [text, *[INSIDE + text[start:] for start in starts if start < end]]


def _joined(found: Iterable[str]) -> str:
    return "".join([_BREAK + token for token in found])


def _of_document(number: str) -> str:
    return _cut(number, _starts_in_document(len(number)))


def _cut(number: str, starts: tuple[int, ...]) -> str:
    """The same as joined suffixes, for what no two people share: in half the time."""
    if not number:
        return ""
    ends = _cutter(starts, len(number) - number.isdigit())(number)
    return _BREAK + (_BREAK + INSIDE).join(ends)


@cache
def _cutter(starts: tuple[int, ...], end: int) -> Callable[[str], Sequence[str]]:
    slices = [slice(start, None) for start in starts if start < end]
    return itemgetter(slice(None), *slices) if slices else lambda text: (text,)


@cache
def _starts_in_document(length: int) -> tuple[int, ...]:
    return _inside(_DOCUMENT_STARTS, length, _DOCUMENT_TAILS)


def _inside(starts: Iterable[int], length: int, tails: Iterable[int]) -> tuple[int, ...]:
    """Where to begin in a number of so many digits, without its very start."""
    everywhere = {*starts, *(length - tail for tail in tails)}
    return tuple(start for start in everywhere if start > 0)


def _of_birth(person: Findable) -> str:
    if person.birth_date is None:
        return ""
    day = person.birth_date.isoformat().replace("-", "")
    # Most numbers have the date inside, where it is found as well.
    return "" if person.document_number[6:14] == day else _BREAK + day


@lru_cache(maxsize=4096)
def _of_place(place: tuple[str, str, str]) -> str:
    """3-2-501, ~2-501, ~501; without a room it ends in a dash, as the search word 5号楼 does."""
    parts = [part.lower() for part in place if part]
    if not parts:
        return ""
    end = "" if place[2] else "-"
    found = ["-".join(parts) + end]
    found += [INSIDE + "-".join(parts[start:]) + end for start in range(1, len(parts))]
    if estate := _ESTATE.match(parts[0]) if place[0] else None:
        found.append(INSIDE + "-".join([parts[0][estate.end() :], *parts[1:]]) + end)
    return _joined(found)


def _of_phone(number: str) -> str:
    """By its start, the middle and the last four; a landline also without its area code."""
    area, _, local = number.partition("转")[0].partition("-")
    return _cut(area + local, _starts_in_phone(len(area), len(local)))


@cache
def _starts_in_phone(area: int, local: int) -> tuple[int, ...]:
    starts = (*_PHONE_STARTS, area) if local else _PHONE_STARTS
    return _inside(starts, area + local, _PHONE_TAILS)


@lru_cache(maxsize=1024)
def _of_tag(name: str) -> str:
    return _joined(dict.fromkeys((name.lower(), *pinyin.initials(name))))
