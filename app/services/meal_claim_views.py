"""A claim as it is read: its five steps, who signed when, what each payer was asked and paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import Payer
from app.models.base import Worded
from app.services import settings
from app.services.meal_claims import Matrix
from app.services.points_filter import first_of
from app.services.points_lines import following
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, moment_of, query


class Step(Worded):
    """The steps of a month, in their order."""

    CHECK = "check", "逐餐核对"
    PREPARE = "prepare", "制表人签字"
    SIGN = "sign", "负责人签字"
    SUBMIT = "submit", "提交并锁定"
    RECEIVE = "receive", "补贴到账"


STEPS = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """What one payer is asked for, in 分, and what came."""

    id: int
    version: int
    payer: Payer
    of_month: int
    difference: int
    received: int | None
    received_on: date | None
    voucher: str
    note: str

    @property
    def claimed(self) -> int:
        return self.of_month + self.difference

    @property
    def settled(self) -> bool:
        """Nothing is awaited any more."""
        return self.received is not None or self.claimed <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim: who signed and submitted it, when, and what became of its parts."""

    id: int
    version: int
    month: int
    prepared_on: date | None
    prepared_by: str
    signed_on: date | None
    signed_by: str
    submitted_at: datetime | None
    submitted_by: str
    meals: int
    price: int
    paid: int
    entries: int
    posted_on: date | None
    posted_at: str
    public_until: date | None
    parts: tuple[PartView, ...] = ()

    @property
    def locked(self) -> bool:
        return self.submitted_at is not None

    @property
    def received(self) -> bool:
        """Every payer has paid."""
        return self.locked and all(one.settled for one in self.parts)

    def part(self, payer: Payer) -> PartView | None:
        return next((one for one in self.parts if one.payer is payer), None)

    def tells(self, found: Matrix) -> bool:
        """Whether the table is still the one that was made."""
        asked = {payer: found.claimed(payer) for payer in Payer if found.claimed(payer)}
        made = {one.payer: one.claimed for one in self.parts if one.claimed}
        whole = found.total.price + found.total.fee + found.difference.price + found.difference.fee
        meals = found.total.meals + found.difference.meals
        # One line that went and one that came may have the same sums.
        figures = (self.entries, self.meals, self.price)
        return asked == made and figures == (found.entries, meals, whole)


def due_on(source: Source, month: int) -> date:
    """Until when a month should be submitted: 5 December for November, by the setting."""
    day = settings.value(source, settings.CLAIM_DAY)
    return first_of(following(month)).replace(day=day)


def claim(source: Source, canteen_id: int, month: int) -> ClaimView | None:
    """The claim of a month; None before its table was signed."""
    lookup = lookup_of(source)
    where = [Sql("canteen_id = ? AND month = ?", (canteen_id, month))]
    row = next(lookup.rows(query(_COLUMNS, "meal_claim", where)), None)
    return None if row is None else _claim(row, _parts(lookup, row[0]))


def step_of(one: ClaimView | None, *, checked: bool) -> Step | None:
    """The step that comes; None once everything was received."""
    if one is not None and one.locked:
        return None if one.received else Step.RECEIVE
    if not checked:
        return Step.CHECK
    if one is None or one.prepared_on is None:
        return Step.PREPARE
    return Step.SIGN if one.signed_on is None else Step.SUBMIT


# -- reading

_COLUMNS = (
    "id, version, month, prepared_on, prepared_by, signed_on, signed_by, submitted_at,"
    " submitted_by, meals, price, paid, entries, posted_on, posted_at, public_until"
)
_PART = "id, version, payer, of_month, difference, received, received_on, voucher, note"


def _parts(lookup: Lookup, claim_id: int) -> tuple[PartView, ...]:
    """In the order of the payers."""
    asked = query(_PART, "meal_claim_part", [Sql("claim_id = ?", (claim_id,))])
    found = {one.payer: one for one in map(_part, lookup.rows(asked))}
    return tuple(found[payer] for payer in Payer if payer in found)


def _part(row: tuple[Any, ...]) -> PartView:
    key, version, payer, of_month, difference, received, on, voucher, note = row
    return PartView(
        id=key,
        version=version,
        payer=Payer.of(payer),
        of_month=of_month,
        difference=difference,
        received=received,
        received_on=day_of(on),
        voucher=voucher or "",
        note=note or "",
    )


def _claim(row: tuple[Any, ...], parts: tuple[PartView, ...]) -> ClaimView:
    key, version, month, prepared_on, prepared_by, signed_on, signed_by, *rest = row
    at, by, meals, price, paid, entries, posted, place, until = rest
    return ClaimView(
        id=key,
        version=version,
        month=month,
        prepared_on=day_of(prepared_on),
        prepared_by=prepared_by or "",
        signed_on=day_of(signed_on),
        signed_by=signed_by or "",
        submitted_at=moment_of(at),
        submitted_by=by or "",
        meals=meals,
        price=price,
        paid=paid,
        entries=entries,
        posted_on=day_of(posted),
        posted_at=place or "",
        public_until=day_of(until),
        parts=parts,
    )
