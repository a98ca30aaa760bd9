"""The owners of an estate as lists, ballots and sums read them. Areas are 0.01 m²."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import DomainError
from app.services import places
from app.services.chunks import chunks
from app.storage.lookup import Lookup, Source, Sql, any_of, contains, lookup_of, one_of, query
from app.values.pinyin_match import spells

Place = tuple[str, str, str]
_MANY = 400


@dataclass(frozen=True, slots=True)
class UnitView:
    """A dwelling of an owner."""

    building: str
    unit: str
    room: str
    area: int

    @property
    def words(self) -> str:
        """3 号楼 2-501."""
        return places.listed(self.building, self.unit, self.room)


@dataclass(frozen=True, slots=True)
class OwnerView:
    """One owner with all that is his."""

    id: int
    version: int
    body_id: int
    number: int
    name: str
    phone: str
    resident_id: int | None
    remark: str
    units: tuple[UnitView, ...]

    @property
    def area(self) -> int:
        return sum(one.area for one in self.units)

    @property
    def rooms(self) -> str:
        """3 号楼 2-501、3 号楼 2-502; as many as there are."""
        return "、".join(one.words for one in self.units)


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all owners of an estate that whoever asks may see."""

    owners: int
    units: int
    area: int


def owners(source: Source, body_id: int) -> list[OwnerView]:
    """All of them by number."""
    return _owners(lookup_of(source), [Sql("o.body_id = ?", (body_id,))])


def owner(source: Source, owner_id: int) -> OwnerView:
    """One of them; raises DomainError where there is none."""
    found = _owners(lookup_of(source), [Sql("o.id = ?", (owner_id,))])
    if not found:
        raise DomainError("这位业主已经删除，请刷新后再看。")
    return found[0]


def owner_ids(source: Source, body_id: int, text: str = "") -> list[int]:
    """The list of a tab by number: names also by pinyin, places and phones to the letter."""
    lookup = lookup_of(source)
    there = [Sql("o.body_id = ?", (body_id,)), Sql("o.deleted_at IS NULL")]
    asked = query("o.id, o.name", "owner AS o", there, "ORDER BY o.number, o.id")
    everybody = list(lookup.rows(asked))
    typed = text.strip()
    if not typed:
        return [key for key, _ in everybody]
    told = set(lookup.column(query("o.id", _JOINED, [*there, _typed(typed)])))
    return [key for key, name in everybody if key in told or spells(name, typed)]


def some(source: Source, ids: Sequence[int]) -> list[OwnerView]:
    """These owners in this order."""
    lookup = lookup_of(source)
    found: dict[int, OwnerView] = {}
    for part in chunks(ids, _MANY):
        found |= {one.id: one for one in _owners(lookup, [one_of("o.id", part)])}
    return [found[key] for key in ids if key in found]


def totals(source: Source, body_id: int) -> Totals:
    """How many owners, dwellings and 0.01 m² there are together."""
    there = [Sql("o.body_id = ?", (body_id,)), Sql("o.deleted_at IS NULL")]
    counted = query(
        "count(DISTINCT o.id), count(u.id), coalesce(sum(u.area), 0)",
        _JOINED,
        there,
    )
    people, units, area = next(lookup_of(source).rows(counted))
    return Totals(people, units, area)


def holders(source: Source, body_id: int, *, besides: int | None = None) -> dict[Place, str]:
    """Whose each dwelling of an estate is."""
    there = [
        Sql("o.body_id = ?", (body_id,)),
        Sql("o.deleted_at IS NULL"),
        Sql("u.id IS NOT NULL"),
        Sql("o.id <> ?", (besides or 0,)),
    ]
    asked = query("u.building, u.unit, u.room, o.name", _JOINED, there)
    return {
        (building, unit, room): name for building, unit, room, name in lookup_of(source).rows(asked)
    }


_JOINED = "owner AS o LEFT JOIN owner_unit AS u ON u.owner_id = o.id AND u.deleted_at IS NULL"


def _typed(typed: str) -> Sql:
    """A telephone, or 3-2-501 of a dwelling as it is written short."""
    short = "u.building || '-' || u.unit || '-' || u.room"
    return any_of([contains("coalesce(o.phone, '')", typed), contains(short, typed)])


def _owners(lookup: Lookup, where: Sequence[Sql]) -> list[OwnerView]:
    there = [*where, Sql("o.deleted_at IS NULL")]
    units: dict[int, list[UnitView]] = defaultdict(list)
    joined = "owner_unit AS u JOIN owner AS o ON o.id = u.owner_id"
    asked = query(
        "u.owner_id, u.building, u.unit, u.room, u.area",
        joined,
        [*there, Sql("u.deleted_at IS NULL")],
        "ORDER BY u.id",
    )
    for key, *unit in lookup.rows(asked):
        units[key].append(UnitView(*unit))
    columns = "o.id, o.version, o.body_id, o.number, o.name, o.phone, o.resident_id, o.remark"
    listed = query(columns, "owner AS o", there, "ORDER BY o.number, o.id")
    return [
        OwnerView(
            id=key,
            version=version,
            body_id=body_id,
            number=number,
            name=name,
            phone=phone or "",
            resident_id=resident_id,
            remark=remark or "",
            units=tuple(units[key]),
        )
        for key, version, body_id, number, name, phone, resident_id, remark in lookup.rows(listed)
    ]
