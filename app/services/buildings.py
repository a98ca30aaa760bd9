"""Buildings (楼): a new one, another number or name, and when one may go."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Building, Dwelling, Resident
from app.services import grids, places, rights, search_keys
from app.services.filters import PRESENT
from app.storage.lookup import Sql, lookup_of, query
from app.values.addresses import parse_building
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_NUMBER, _LONGEST = 20, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingInput:
    """`number` as people write it: 6, 6号楼, 沿街商铺; `grid_id` counts for a new building only."""

    number: str
    name: str = ""
    party_group: str = ""
    grid_id: int | None = None


class BuildingTaken(DomainError):
    """The office has the building already; `grid_id` says where, `people` who live there."""

    def __init__(
        self, label: str, building_id: int, grid_id: int | None, where: str, people: int
    ) -> None:
        self.building_id, self.grid_id, self.people = building_id, grid_id, people
        self.label = label
        if grid_id is None:
            said = f"{label}已经有了，还没有划网格，住着 {people:,} 人。请从“未划网格”里划过来。"
        else:
            said = (
                f"{label}已经在{where}，住着 {people:,} 人，一栋楼只能归一个网格。"
                f"要归这里，请把它移过来，{people:,} 人当天跟着走。"
            )
        super().__init__(said)


def add(session: Session, entered: BuildingInput) -> int:
    """A new building; raises BuildingTaken where there is one of this number, DomainError."""
    rights.require(session, Right.EDIT_GRIDS)
    number = _checked_number(entered)
    known = session.scalar(select(Building).where(Building.number == number))
    if known is not None and known.deleted_at is None:
        raise _taken(session, known)
    building = known or Building(number=number)
    building.deleted_at = None
    building.grid_id = grids.get(session, entered.grid_id).id if entered.grid_id else None
    building.name, building.party_group = _words(entered)
    session.add(building)
    session.flush()
    return building.id


def input_of(session: Session, building_id: int) -> tuple[BuildingInput, int]:
    """A building as its form shows it, and its version."""
    building = get(session, building_id)
    entered = BuildingInput(
        number=building.number,
        name=building.name or "",
        party_group=building.party_group or "",
        grid_id=building.grid_id,
    )
    return entered, building.version


def update(session: Session, building_id: int, entered: BuildingInput, *, version: int) -> None:
    """Another number or name; its flats are then found under the new number."""
    rights.require(session, Right.EDIT_GRIDS)
    building = get(session, building_id)
    if building.version != version:
        raise ChangedMeanwhile
    number = _checked_number(entered)
    other = session.scalar(
        select(Building).where(Building.number == number, Building.id != building_id)
    )
    if other is not None and other.deleted_at is None:
        raise DomainError(f"已经有 {places.building_label(number, other.name)}，请换一个楼号。")
    if other is not None:
        raise DomainError(f"回收站里有一栋 {number} 号楼，请先到回收站放回它，或换一个楼号。")
    building.name, building.party_group = _words(entered)
    if building.number != number:
        _renumber(session, building, number)
    session.flush()


def remove(session: Session, building_id: int, *, now: datetime) -> None:
    """Put a building where nobody lives and nobody serves into the bin; raises DomainError."""
    rights.require(session, Right.EDIT_GRIDS)
    building = get(session, building_id)
    label = places.building_label(building.number, building.name)
    lookup, day = lookup_of(session), now.date().isoformat()
    people = _people(session, building_id)
    if people:
        raise DomainError(f"{label}还住着 {people:,} 人，请先给他们改住处，再删除。")
    for words, table, condition, values in _HELD:
        where = [Sql(condition, (day,) * values), Sql("building_id = ?", (building_id,))]
        if count := lookup.value(query("count(*)", table, where)):
            raise DomainError(f"{label}还不能删除：{words.format(count)}。")
    building.deleted_at = now
    session.flush()


def get(session: Session, building_id: int) -> Building:
    """The building's row; raises DomainError where it is gone."""
    building = session.get(Building, building_id)
    if building is None or building.deleted_at is not None:
        raise DomainError("这栋楼已经不在了，请刷新后再试。")
    return building


_HELD = (
    (
        "还有 {} 人在这里任职，请先在“组织”里办离任",
        "post",
        "deleted_at IS NULL AND coalesce(until, '9999') >= ?",
        1,
    ),
    (
        "还有 {} 名党员包这栋楼，请先在“组织”里结束包联",
        "party_pairing",
        "deleted_at IS NULL AND coalesce(until, '9999') >= ?",
        1,
    ),
    (
        "还有 {} 件诉求没销号，请先办完",
        "request",
        "deleted_at IS NULL AND state <> 'closed'",
        0,
    ),
)


def _checked_number(entered: BuildingInput) -> str:
    """Digits and letter alone where the text has them: 6号楼 -> 6."""
    number = parse_building(entered.number).building
    if not number:
        raise DomainError("请填写楼号，如 6、6 号楼、沿街商铺。")
    if len(number) > _LONGEST_NUMBER:
        raise DomainError(f"楼号最多 {_LONGEST_NUMBER} 个字，请写短些，全名写在楼名里。")
    for words, text in (("楼名", entered.name), ("楼栋党小组", entered.party_group)):
        if len(tidy(text)) > _LONGEST:
            raise DomainError(f"{words}最多 {_LONGEST} 个字，请写短些。")
    return number


def _words(entered: BuildingInput) -> tuple[str | None, str | None]:
    return tidy(entered.name) or None, tidy(entered.party_group) or None


def _taken(session: Session, known: Building) -> BuildingTaken:
    label = places.building_label(known.number, known.name)
    where = grids.name_of(session, known.grid_id)
    return BuildingTaken(label, known.id, known.grid_id, where, _people(session, known.id))


def _people(session: Session, building_id: int) -> int:
    lived = query(
        "count(*)",
        "resident JOIN dwelling ON dwelling.id = resident.dwelling_id",
        [Sql(PRESENT), Sql("dwelling.building_id = ?", (building_id,))],
    )
    return int(lookup_of(session).value(lived))


def _renumber(session: Session, building: Building, number: str) -> None:
    """The order of its flats and the words by which its people are found follow the number."""
    building.number = number
    flats = session.scalars(select(Dwelling).where(Dwelling.building_id == building.id)).all()
    for flat in flats:
        flat.place_order = places.place_order(number, flat.unit, flat.room)
    session.flush()
    lived = select(Resident.id).join(Dwelling, Dwelling.id == Resident.dwelling_id)
    there = lived.where(Dwelling.building_id == building.id, Resident.deleted_at.is_(None))
    search_keys.reindex(session, session.scalars(there))
