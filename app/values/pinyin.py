"""Pinyin for search (every reading) and for sorting (the surname's own reading first)."""

import os
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice, product

from app.values.surnames import split_surname, surname_readings

MOST_READINGS = 16
_MOST_PER_CHARACTER = 6
_TONE_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_DIAERESIS = "\u0308"


@cache
def _dictionary() -> Mapping[int, str]:
    """pypinyin's table of single characters; its phrases cost 46 MB and name nobody."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT


def _plain(marked: str) -> tuple[str, str]:
    """lǘ -> ('lv', '2'): letters with v for ü, and the tone (5 for none)."""
    letters, tone = "", "5"
    for character in unicodedata.normalize("NFD", marked):
        if character in _TONE_MARKS:
            tone = _TONE_MARKS[character]
        elif character == _DIAERESIS:
            letters = letters[:-1] + "v"
        elif character.isascii():
            letters += character
    return letters, tone


def _spellings(marked: str) -> tuple[str, ...]:
    """What people type for a reading: lü is typed lv or lu, nü nv or nu."""
    letters, _ = _plain(marked)
    return (letters, letters.replace("v", "u")) if "v" in letters else (letters,)


@cache
def _readings_of_character(character: str) -> tuple[str, ...]:
    """All spellings of one character without tones, commonest first; a letter stands for itself."""
    marked = _dictionary().get(ord(character), "")
    if not marked:
        return (character.lower(),)
    spellings = (spelling for one in marked.split(",") for spelling in _spellings(one))
    return tuple(dict.fromkeys(spellings))[:_MOST_PER_CHARACTER]


@cache
def _readings_of_surname(surname: str) -> tuple[tuple[str, ...], ...]:
    """Per character of the surname: its reading as a surname first, then the general ones."""
    marked = surname_readings().get(surname, ("",) * len(surname))
    pairs = zip(surname, marked, strict=True)
    return tuple(
        tuple(
            dict.fromkeys((*(_spellings(own) if own else ()), *_readings_of_character(character)))
        )
        for character, own in pairs
    )


def _units(name: str) -> list[str]:
    """The name as characters; a run of Latin letters or digits is one unit, signs separate."""
    units: list[str] = []
    joins = False
    for character in name:
        plain = character.isascii() and character.isalnum()
        if plain and joins:
            units[-1] += character
        elif character.isalnum():
            units.append(character)
        joins = plain
    return units


def _choices(name: str) -> list[tuple[str, ...]]:
    surname, given = split_surname(name)
    of_given = [
        _readings_of_character(unit) if len(unit) == 1 else (unit.lower(),)
        for unit in _units(given)
    ]
    return [*_readings_of_surname(surname), *of_given] if surname.isalnum() else of_given


@lru_cache(maxsize=16384)
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Every way to spell a name in pinyin, as tuples of syllables, at most 16, likeliest first."""
    choices = _choices(name)
    if not choices:
        return ()
    total = 1
    for choice in choices:
        total *= len(choice)
    if total <= MOST_READINGS:
        return tuple(product(*choices))
    return tuple(islice(_once(_few_of(choices)), MOST_READINGS))


def _few_of(choices: list[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """The likeliest spelling, then those that differ in one syllable, then the rest."""
    first = tuple(choice[0] for choice in choices)
    yield first
    for position, choice in enumerate(choices):
        for other in choice[1:]:
            yield (*first[:position], other, *first[position + 1 :])
    yield from product(*choices)


def _once(spellings: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """Each spelling the first time that it comes: a name of 60 characters has millions of them."""
    seen = set()
    for spelling in spellings:
        if spelling not in seen:
            seen.add(spelling)
            yield spelling


def initials(name: str) -> tuple[str, ...]:
    """The first letters of every reading: 单田芳 -> ('stf', 'dtf', 'ctf')."""
    return tuple(dict.fromkeys("".join(s[:1] for s in reading) for reading in readings(name)))


@cache
def _sort_unit(unit: str) -> str:
    marked = _dictionary().get(ord(unit), "") if len(unit) == 1 else ""
    return _sortable(marked.split(",")[0], unit) if marked else f"{unit.lower()} "


def _sortable(marked: str, character: str) -> str:
    letters, tone = _plain(marked)
    return f"{letters}{tone}{character}"


@lru_cache(maxsize=16384)
def sort_key(name: str) -> str:
    """Sorts by pinyin, tone and character, the surname by its own reading (单 under shan)."""
    surname, given = split_surname(name)
    own = surname_readings().get(surname)
    if own is None:
        return "".join(_sort_unit(unit) for unit in _units(name))
    head = "".join(_sortable(mark, char) for mark, char in zip(own, surname, strict=True))
    return head + "".join(_sort_unit(unit) for unit in _units(given))
