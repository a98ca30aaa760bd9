"""What people type: fourteen kinds of query, made from residents who are really in the file."""

from collections.abc import Callable

from app.values import pinyin
from bench.roster import Person, people

POLYPHONIC = "单解仇查区曾"


def _spelled(person: Person) -> str:
    return "".join(pinyin.readings(person.name)[0])


def _initials(person: Person) -> str:
    return "".join(syllable[0] for syllable in pinyin.readings(person.name)[0])


def _other_reading(person: Person) -> str:
    return "".join(pinyin.readings(person.name)[-1])


def _mixed(person: Person) -> str:
    return person.name[0] + _initials(person)[1:]


KINDS: dict[str, Callable[[Person], str]] = {
    "name": lambda person: person.name,
    "surname": lambda person: person.name[0],
    "given name": lambda person: person.name[1:],
    "pinyin": _spelled,
    "pinyin, other reading": _other_reading,
    "initials": _initials,
    "two initials": lambda person: _initials(person)[:2],
    "mixed": _mixed,
    "document number": lambda person: person.number,
    "document tail": lambda person: person.number[-4:],
    "phone tail": lambda person: person.phone[-4:],
    "phone start": lambda person: person.phone[:7],
    "birth date": lambda person: f"{person.birth_date:%Y%m%d}",
    "address": lambda person: f"{person.building}-{person.unit}-{person.room}",
}


def queries(count: int, each: int) -> list[str]:
    """`each` queries of every kind, spread over the `count` residents of the file."""
    # Surnames read in more than one way are the hard case; their share here is a made-up one.
    everybody = [one for one in people(count) if one.name[0] in POLYPHONIC and one.name[2:]]
    step = max(1, len(everybody) // each)
    asked = everybody[step // 2 :: step][:each]
    # Person by person: no text follows itself, which would ask nothing.
    return [make(person) for person in asked for make in KINDS.values()]
