"""Who bears a subsidy: parts by weight in 分 that are always the whole."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from app.models import Payer, Portion


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Who bears how much besides the person, in 分; the columns `by_…` of Meal."""

    city: int = 0
    district: int = 0
    street: int = 0
    operator: int = 0
    donor: int = 0

    @property
    def total(self) -> int:
        return sum(self.of(payer) for payer in Payer)

    def of(self, payer: Payer) -> int:
        """The part of one payer."""
        return int(getattr(self, payer.value))

    def times(self, number: int) -> "Shares":
        """The same for so many meals."""
        return Shares(**{one.name: getattr(self, one.name) * number for one in fields(self)})

    def __add__(self, other: "Shares") -> "Shares":
        return Shares(**{p.value: self.of(p) + other.of(p) for p in Payer})


NOBODY = Shares()
"""Nothing is given."""


@dataclass(frozen=True, slots=True)
class Share:
    """A payer's weight in what a tier gives, or in one part of it."""

    payer: Payer
    weight: int
    portion: Portion = Portion.ALL


def split(total: int, weights: Mapping[Payer, int]) -> dict[Payer, int]:
    """So many 分 by weight; the odd ones go to the largest fractions, of equal ones to the first.

    The parts are always the whole.
    """
    whole = sum(weights.values())
    parts = {payer: total * weight // whole for payer, weight in weights.items()}
    odd = total - sum(parts.values())
    nearest = sorted(weights, key=lambda payer: -(total * weights[payer] % whole))
    for payer in nearest[:odd]:
        parts[payer] += 1
    return parts
