"""What the form asks the file for. Each question opens a session of its own and closes it."""

from dataclasses import dataclass

from app.context import Context
from app.models import Resident
from app.services import (
    cards,
    dwellings,
    grids,
    history,
    households,
    look_alikes,
    resident_forms,
    tags,
)
from app.services.dwellings import PlaceChoice
from app.services.households import HouseholdView
from app.services.look_alikes import LookAlike
from app.services.resident_forms import ResidentInput
from app.values.lawful import ADULT
from app.values.rights import Right


@dataclass(frozen=True)
class Opened:
    """A resident as the form shows him."""

    entered: ResidentInput
    version: int
    household: HouseholdView | None
    tag_names: tuple[tuple[int, str], ...]
    photo: bytes


class FormData:
    """Reads for one form."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.today = context.clock.today()
        self.may_register = context.may(Right.PRIVACY)

    def tags(self) -> list[tuple[int, str]]:
        with self._context.database.reading() as session:
            return [(tag.id, tag.name) for tag in tags.tags(session)]

    def grids(self) -> list[tuple[int, str]]:
        with self._context.database.reading() as session:
            return [(grid.id, grid.name) for grid in grids.grids(session)]

    def complete(self, text: str) -> list[PlaceChoice]:
        with self._context.database.reading() as session:
            return dwellings.complete(session, text)

    def at_address(self, address: str) -> list[HouseholdView]:
        with self._context.database.reading() as session:
            return households.at_address(session, address, today=self.today) if address else []

    def household(self, household_id: int) -> HouseholdView:
        with self._context.database.reading() as session:
            return households.household(session, household_id, today=self.today)

    def guardians(self, household_id: int | None) -> list[str]:
        """Grown people of a household, the eldest first."""
        if household_id is None:
            return []
        members = self.household(household_id).members
        grown = [one for one in members if one.age is not None and one.age >= ADULT]
        return [one.name for one in sorted(grown, key=lambda one: -(one.age or 0))]

    def look_alikes(self, entered: ResidentInput, exclude_id: int | None) -> list[LookAlike]:
        with self._context.database.reading() as session:
            return look_alikes.look_alikes(
                session, entered, exclude_id=exclude_id, today=self.today
            )

    def recent(self, resident_id: int) -> str:
        """What happened last with a resident: 2026-10-30 修改居民 曲晓燕 的电话（孙丽）."""
        with self._context.database.reading() as session:
            lines = history.of_record(session, Resident, resident_id, limit=1)
        return f"{lines[0].at:%Y-%m-%d} {lines[0].sentence}（{lines[0].who}）" if lines else ""

    def open(self, resident_id: int) -> Opened:
        """Everything of a resident. Raises DomainError if he is gone."""
        with self._context.database.reading() as session:
            entered, version = resident_forms.input_of(session, resident_id)
            card = cards.card(session, resident_id, today=self.today)
            photo = cards.photo(session, resident_id) or b""
        with self._context.database.transaction(f"打开 {card.name} 的登记表") as session:
            cards.note_opened(session, resident_id)
        names = tuple((tag.tag_id, tag.name) for tag in card.tags)
        return Opened(entered, version, card.household, names, photo)
