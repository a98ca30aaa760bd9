"""Ballots (表决票) with a number: whose each is, which came back, and what they come to."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import Choice
from app.services import places
from app.services.voting import Count
from app.storage.lookup import Source, Sql, day_of, lookup_of, query
from app.values.text import compact, half_width

_CODE = re.compile(r"BP(\d+)-(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotView:
    """One of them; `choice` None: it has not come back. The area in 0.01 m², 0 but for owners."""

    id: int
    version: int
    item_id: int
    number: int
    name: str
    place: str
    """Rooms of an owner, building of a member, home of a household"""
    area: int
    of_member: bool
    """Of a member of the body, not of an owner or a household"""
    choice: Choice | None
    proxy: str
    returned_on: date | None

    @property
    def code(self) -> str:
        """What its QR code says."""
        return code_of(self.item_id, self.number)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came back: `issued` ballots, `returned` of them, and the count of people and area."""

    issued: int
    returned: int
    count: Count
    area_issued: int = 0

    @property
    def words(self) -> str:
        """发出 61 张，收回 58 张，还有 3 张没有收回."""
        out = self.issued - self.returned
        rest = f"，还有 {out:,} 张没有收回" if out else "，都收回了"
        return f"发出 {self.issued:,} 张，收回 {self.returned:,} 张{rest if self.issued else ''}"


def code_of(item_id: int, number: int) -> str:
    """BP12-3, short enough for the smallest code."""
    return f"BP{item_id}-{number}"


def number_of(item_id: int, typed: str) -> int:
    """The number of a ballot as it was typed or scanned; raises DomainError for another one's."""
    text = half_width(compact(typed)).upper()
    scanned = _CODE.fullmatch(text)
    if scanned is not None:
        if int(scanned[1]) != item_id:
            raise DomainError("这张票不是这一项议程的，没有录入。请放回原来的票箱。")
        return int(scanned[2])
    if not text.isdigit():
        raise DomainError("请扫票上的码，或填票号的数字。")
    return int(text)


def ballots(source: Source, item_id: int, *, out_only: bool = False) -> list[BallotView]:
    """All of an item in their order; `out_only`: those that have not come back."""
    where = [Sql("b.choice IS NULL")] if out_only else []
    return _views(source, item_id, where)


def ballot(source: Source, item_id: int, number: int) -> BallotView:
    """One of them by its number; raises DomainError where it was not issued."""
    found = _views(source, item_id, [Sql("b.number = ?", (number,))])
    if not found:
        raise DomainError(f"没有发过第 {number} 号票，请核对票号。")
    return found[0]


def tally(source: Source, item_id: int) -> Tally:
    """The sums of all that came back; owners count once each, whatever number of rooms."""
    asked = query(
        "b.choice, count(*), coalesce(sum(u.area), 0)",
        f"main.ballot AS b LEFT JOIN ({_AREAS}) AS u ON u.owner_id = b.owner_id",
        [Sql("b.agenda_item_id = ?", (item_id,))],
        "GROUP BY b.choice",
    )
    found = {choice: (heads, area) for choice, heads, area in lookup_of(source).rows(asked)}
    sums = [found.get(one.value, (0, 0)) for one in Choice]
    heads, areas = ([pair[place] for pair in sums] for place in (0, 1))
    out = found.get(None, (0, 0))
    return Tally(
        issued=sum(heads) + out[0],
        returned=sum(heads),
        count=Count(*heads, *areas),
        area_issued=sum(areas) + out[1],
    )


_AREAS = (
    "SELECT owner_id, sum(area) AS area FROM main.owner_unit"
    " WHERE deleted_at IS NULL GROUP BY owner_id"
)
_COLUMNS = (
    "b.id, b.version, b.number, b.choice, b.proxy, b.returned_on, coalesce(o.name, m.name, h.name),"
    " b.owner_id, b.body_member_id, coalesce(mb.number, hb.number), hd.unit, hd.room"
)
_TABLES = """main.ballot AS b
    LEFT JOIN main.owner AS o ON o.id = b.owner_id
    LEFT JOIN main.body_member AS m ON m.id = b.body_member_id
    LEFT JOIN main.building AS mb ON mb.id = m.building_id
    LEFT JOIN main.household AS hh ON hh.id = b.household_id
    LEFT JOIN main.resident AS h ON h.id = hh.head_id
    LEFT JOIN main.dwelling AS hd ON hd.id = hh.dwelling_id
    LEFT JOIN main.building AS hb ON hb.id = hd.building_id"""


def _views(source: Source, item_id: int, where: list[Sql]) -> list[BallotView]:
    lookup = lookup_of(source)
    mine = [Sql("b.agenda_item_id = ?", (item_id,)), *where]
    found = list(lookup.rows(query(_COLUMNS, _TABLES, mine, "ORDER BY b.number")))
    rooms = _rooms(source, mine) if any(row[7] for row in found) else {}
    return [_view(item_id, row, rooms.get(row[7], ("", 0))) for row in found]


def _rooms(source: Source, mine: list[Sql]) -> dict[int, tuple[str, int]]:
    """Of each owner with a ballot the rooms in words, and the area of all."""
    asked = query(
        "u.owner_id, u.building, u.unit, u.room, u.area",
        "main.ballot AS b JOIN main.owner_unit AS u ON u.owner_id = b.owner_id",
        [*mine, Sql("u.deleted_at IS NULL")],
        "ORDER BY u.owner_id, u.id",
    )
    found: dict[int, tuple[str, int]] = {}
    for owner, building, unit, room, area in lookup_of(source).rows(asked):
        words, had = found.get(owner, ("", 0))
        place = places.listed(building, unit, room)
        found[owner] = (f"{words}、{place}" if words else place, had + area)
    return found


def _view(item_id: int, row: tuple[Any, ...], owned: tuple[str, int]) -> BallotView:
    key, version, number, choice, proxy, returned, name, owner, member, *home = row
    return BallotView(
        id=key,
        version=version,
        item_id=item_id,
        number=number,
        name=name or "",
        place=owned[0] if owner else places.listed(*home),
        area=owned[1],
        of_member=member is not None,
        choice=Choice.of(choice) if choice else None,
        proxy=proxy or "",
        returned_on=day_of(returned),
    )
