"""快到期的积分: whose points lapse in the next days, so that they can be told in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.services import places
from app.services.points_holders import HOLDERS, NAME, SHARED
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.masking import mask_phone


@dataclass(frozen=True, slots=True)
class LapsingRow:
    """Points of one account that lapse on one day; `id` counts the rows."""

    id: int
    account_id: int
    resident_id: int | None
    name: str
    place: str
    phone: str
    """In the clear: windows and papers show it masked"""
    last_day: date
    points: int

    @property
    def phone_masked(self) -> str:
        return mask_phone(self.phone)


def lapsing(source: Source, *, today: date, days: int) -> list[LapsingRow]:
    """What can be used today and not any more in so many days, the next first."""
    until = (today + timedelta(days=days)).isoformat()
    soon = Sql("l.expires_on BETWEEN ? AND ? AND l.left > 0", (today.isoformat(), until))
    rest = "GROUP BY a.id, l.expires_on ORDER BY l.expires_on, 3, a.id"
    found = lookup_of(source).rows(query(_COLUMNS, _TABLES, [soon], rest))
    return [_row(number, values) for number, values in enumerate(found, start=1)]


def _row(number: int, values: Sequence[Any]) -> LapsingRow:
    account, resident, name, shared, building, unit, room, elsewhere, phone, day, points = values
    return LapsingRow(
        id=number,
        account_id=account,
        resident_id=resident,
        name=f"{name}一户" if shared else name,
        place=places.listed(building, unit, room) or elsewhere or "",
        phone=phone or "",
        last_day=date.fromisoformat(day),
        points=points,
    )


_COLUMNS = f"""
    a.id, coalesce(person.id, head.id), {NAME}, {SHARED}, b.number, d.unit, d.room,
    coalesce(person.other_address, outsider.address),
    coalesce(person.phone, head.phone, outsider.phone), l.expires_on, sum(l.left)
"""
_TABLES = f"""
    {HOLDERS}
    JOIN points_lot AS l ON l.account_id = a.id
    LEFT JOIN dwelling AS d ON d.id = coalesce(house.dwelling_id, person.dwelling_id)
    LEFT JOIN building AS b ON b.id = d.building_id
"""
