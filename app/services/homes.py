"""Where people live, in the words of papers: for labels, envelopes and forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.models import Building, Dwelling, Resident
from app.services import places
from app.services.chunks import chunks


@dataclass(frozen=True, slots=True)
class Home:
    """A flat of the community as 3 号楼 2 单元 501, or an address elsewhere; one is ''."""

    place: str
    elsewhere: str

    @property
    def words(self) -> str:
        return self.place or self.elsewhere


def homes(session: Session, ids: Sequence[int]) -> dict[int, Home]:
    """The home of each of these people; somebody without any has two empty texts."""
    connection = session.connection()
    return {
        key: Home(places.spoken(building, unit, room), elsewhere or "")
        for part in chunks(ids, 500)
        for key, building, unit, room, elsewhere in connection.execute(_HOMES, {"ids": list(part)})
    }


_HOMES = (
    select(Resident.id, Building.number, Dwelling.unit, Dwelling.room, Resident.other_address)
    .outerjoin(Dwelling, Dwelling.id == Resident.dwelling_id)
    .outerjoin(Building, Building.id == Dwelling.building_id)
    .where(Resident.deleted_at.is_(None), Resident.id.in_(bindparam("ids", expanding=True)))
)
