"""People and places of the diary in words, and what is offered while they are typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.services import places, residents, search
from app.services.chunks import chunks
from app.services.diary_input import Met
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query
from app.values.addresses import parse_address
from app.values.text import compact, tidy

ELSEWHERE = "其他网格的人"
"""Somebody whom the reader may not see"""
_LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class MetChoice:
    """`words` go on the chip; `detail` tells people of one name apart."""

    met: Met
    words: str
    detail: str = ""


_COLUMNS = """
    t.id, t.entry_id, t.resident_id, t.building_id, t.unit, t.words, r.name,
    rb.number, rd.unit, rd.room, b.number
"""
_SOURCE = """
    diary_met AS t
    LEFT JOIN resident AS r ON r.id = t.resident_id
    LEFT JOIN dwelling AS rd ON rd.id = r.dwelling_id
    LEFT JOIN building AS rb ON rb.id = rd.building_id
    LEFT JOIN building AS b ON b.id = t.building_id
"""


def met_words(source: Source, entry_ids: Sequence[int]) -> dict[int, list[str]]:
    """By line, whom and what it names: 王秀兰 3-2-501, 3 号楼 2 单元, 小广场."""
    found: dict[int, list[str]] = {}
    wanted = query(_COLUMNS, _SOURCE, [one_of("t.entry_id", entry_ids)], "ORDER BY t.id")
    for _, entry, resident, building, unit, words, name, *home, number in lookup_of(source).rows(
        wanted
    ):
        if resident is not None:
            short = places.short(*home)
            said = f"{name} {short}".strip() if name else ELSEWHERE
        elif building is not None:
            said = places.spoken(number, unit, "")
        else:
            said = words or ""
        found.setdefault(entry, []).append(said)
    return found


def people_of(source: Source, entry_ids: Sequence[int]) -> list[int]:
    """Residents whom these lines name: what leaves the program with them is on record."""
    lookup = lookup_of(source)
    found: set[int] = set()
    for part in chunks(entry_ids, 500):
        wanted = [one_of("entry_id", part), Sql("resident_id IS NOT NULL")]
        found.update(lookup.column(query("resident_id", "diary_met", wanted)))
    return sorted(found)


def words_of(source: Source, met: Met, *, today: date) -> MetChoice:
    """The chip of one who was chosen before."""
    lookup = lookup_of(source)
    if met.resident_id is not None:
        found = _people(lookup, [met.resident_id], today)
        return found[0] if found else MetChoice(met, ELSEWHERE)
    if met.building_id is not None:
        number = lookup.value(query("number", "building", [one_of("id", [met.building_id])]))
        return MetChoice(met, places.spoken(number or "", met.unit, ""))
    return MetChoice(met, met.words)


def suggest(source: Source, typed: str, *, today: date, most: int = 6) -> list[MetChoice]:
    """What may be meant: a building or a unit of it, residents, and at last the words as typed."""
    text = tidy(typed)
    if not text:
        return []
    lookup = lookup_of(source)
    places_found = _buildings(lookup, text)
    people = _people(lookup, search.find_ids(lookup, text, limit=most).ids, today)
    words = MetChoice(Met(words=text[:_LONGEST_WORDS]), text[:_LONGEST_WORDS], "照写，不对应名册")
    known = [*places_found, *people][: most - 1]
    return [*known, words]


def _people(lookup: Lookup, ids: Sequence[int], today: date) -> list[MetChoice]:
    found = []
    for row in residents.rows(lookup, ids, today=today):
        age = "" if row.age is None else f"{row.age} 岁"
        detail = "　".join(part for part in (row.sex, age) if part)
        words = f"{row.name} {row.place_short}".strip()
        found.append(MetChoice(Met(resident_id=row.id), words, detail))
    return found


def _buildings(lookup: Lookup, text: str) -> list[MetChoice]:
    """3, 3号楼, 3-2, 3号楼2单元: a building, or a unit of one, that the office has."""
    address = parse_address(text)
    number, unit = address.building, address.unit
    if not number and compact(text).isascii():
        number, _, unit = compact(text).upper().partition("-")
    if address.room or not number or "-" in unit:
        return []
    there = [Sql("number = ?", (number,)), Sql("deleted_at IS NULL")]
    found = lookup.value(query("id", "building", there))
    if found is None:
        return []
    choice = MetChoice(Met(building_id=found, unit=unit), places.spoken(number, unit, ""), "楼栋")
    return [choice]
