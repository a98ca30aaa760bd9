"""From a bar of soap back to the afternoon on which it was earned: lots and what used them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services import points_views
from app.services.points_filter import Book, key_of, place_of
from app.services.points_views import LedgerLine
from app.storage.lookup import Source, Sql, lookup_of, query


@dataclass(frozen=True, slots=True)
class TraceLine:
    """A line of the ledger at the other end, and how many points went between the two."""

    line: LedgerLine
    points: int


def used_from(source: Source, entry_id: int) -> list[TraceLine]:
    """The earlier lines whose points a line used, the oldest first; empty for one that gave."""
    asked = query(
        "lot_id, sum(points)",
        "lot_use",
        [Sql("entry_id = ?", (entry_id,))],
        "GROUP BY lot_id ORDER BY lot_id",
    )
    return _lines(source, list(lookup_of(source).rows(asked)))


def used_for(source: Source, entry_id: int) -> list[TraceLine]:
    """The later lines that used the points of a line; one by which they came back has a minus."""
    asked = query(
        "entry_id, sum(points)",
        "lot_use",
        [Sql("lot_id = ?", (entry_id,))],
        "GROUP BY entry_id ORDER BY entry_id",
    )
    return _lines(source, list(lookup_of(source).rows(asked)))


def origin(source: Source, entry_id: int) -> int | None:
    """Of points that came by a transfer, the line of who gave; None for all others."""
    asked = query("partner_id", "points_entry", [Sql("id = ?", (entry_id,))])
    found: int | None = lookup_of(source).value(asked)
    return found


def of_redemption(source: Source, redemption_id: int) -> int | None:
    """The line by which a redemption took its points; None where it took none."""
    own = [Sql("redemption_id = ?", (redemption_id,))]
    found: int | None = lookup_of(source).value(query("min(id)", "points_entry", own))
    return found


def _lines(source: Source, found: Sequence[tuple[int, int]]) -> list[TraceLine]:
    points = dict(found)
    keys = [key_of(Book.ENTRY, entry) for entry in points]
    lines = points_views.rows(source, keys)
    return [TraceLine(line, points[place_of(line.key)[1]]) for line in lines]
