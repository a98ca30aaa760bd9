"""What the form of a member offers: buildings, and where somebody lives."""

from app.services import places
from app.storage.lookup import Source, Sql, lookup_of, query


def buildings(source: Source) -> dict[int, str]:
    """All of them as they are spoken of, in the order of their numbers."""
    asked = query("id, number, name", "building", [Sql("deleted_at IS NULL")])
    found = sorted(lookup_of(source).rows(asked), key=lambda one: places.natural(one[1]))
    return {key: places.building_label(number, name) for key, number, name in found}


def building_of(source: Source, resident_id: int) -> int | None:
    """In which building a resident lives; None where the file does not know."""
    joined = "resident AS r JOIN dwelling AS d ON d.id = r.dwelling_id"
    asked = query("d.building_id", joined, [Sql("r.id = ?", (resident_id,))])
    found: int | None = lookup_of(source).value(asked)
    return found
