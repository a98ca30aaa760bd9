"""Which rows of a file belong to one household: by its number, else by its block of rows."""

from app.importing.households import Member
from app.importing.plan import Plan
from app.values.addresses import join_parts
from app.values.text import compact


class HouseholdKeys:
    """Keys that are equal for members of one household of a table.

    A number counts with its address: in many rosters it starts again with each building.
    """

    def __init__(self, prefix: str, plan: Plan) -> None:
        self._prefix = prefix
        self._has_blocks = any(map(plan.has, ("relation", "head_name", "household_number")))
        self._of_block: dict[int, str] = {}
        self._of_number: dict[str, dict[str, str]] = {}

    def key_of(self, member: Member) -> str:
        """The key of a row's household, '' when the table does not tell households."""
        if not self._has_blocks:
            return ""
        known = self._of_block.get(member.household)
        if known is None:
            known = self._of_block[member.household] = self._new(member)
        return known

    def _new(self, member: Member) -> str:
        number = compact(str(member.cells.get("household_number", "")))
        if not number:
            return f"{self._prefix}/{member.household}"
        places = self._of_number.setdefault(number, {})
        place = _place(member)
        same = (
            places.get(place) or places.get("") or (not place and next(iter(places.values()), ""))
        )
        return same or places.setdefault(place, f"{self._prefix}#{number}@{place}")


def _place(member: Member) -> str:
    cells = member.cells
    parts = (cells.get(name, "") for name in ("building", "unit", "room"))
    return join_parts(*parts, cells.get("address")).short
