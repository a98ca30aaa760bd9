"""Where something that a resident says belongs: its category, building and grid."""

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Building, Category, CategoryGroup, Dwelling, Resident
from app.services import buildings, grids
from app.storage.lookup import actor_of
from app.values.text import tidy


class Entered(Protocol):
    """What a form knows of the place: of a request, of a topic."""

    @property
    def resident_id(self) -> int | None: ...
    @property
    def building_id(self) -> int | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def grid_id(self) -> int | None: ...


def category(session: Session, category_id: int | None, known: int | None, *, ask: str) -> int:
    """The category that was chosen; raises DomainError, `ask` for none.

    One that is switched off stays where it was `known`.
    """
    found = session.get(Category, category_id) if category_id is not None else None
    if found is None or found.group is not CategoryGroup.MATTER or found.deleted_at is not None:
        raise DomainError(ask)
    if not found.enabled and found.id != known:
        raise DomainError(f"“{found.name}”已经停用，请选别的类别。")
    return found.id


def place(session: Session, entered: Entered) -> tuple[int | None, str]:
    """The building and unit that were chosen, else where the person lives."""
    if entered.building_id is not None:
        return buildings.get(session, entered.building_id).id, tidy(entered.unit)
    if entered.resident_id is None or tidy(entered.place):
        return None, ""
    home = session.execute(
        select(Dwelling.building_id, Dwelling.unit)
        .join(Resident, Resident.dwelling_id == Dwelling.id)
        .where(Resident.id == entered.resident_id)
    ).first()
    return (home[0], home[1]) if home else (None, "")


def grid(
    session: Session,
    entered: Entered,
    resident: Resident | None,
    building_id: int | None,
    *,
    ask: str,
) -> int | None:
    """The grid that was chosen, else of the place, the person, or the only one of the user.

    Raises DomainError with `ask` where the user has several and none follows.
    """
    if entered.grid_id is not None:
        return grids.get(session, entered.grid_id).id
    building = session.get(Building, building_id) if building_id is not None else None
    found = (building.grid_id if building else None) or (resident.grid_id if resident else None)
    own = actor_of(session).grids
    if found is None and own is not None:
        if len(own) != 1:
            raise DomainError(ask)
        return next(iter(own))
    return found
