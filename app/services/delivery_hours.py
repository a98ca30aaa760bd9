"""How long somebody carried meals on a day: two walks at one time are counted once.

Order 67 art. 7: hours are the time really given. So the minutes of a day are brought together
first, then what is less than half an hour is dropped; nothing is ever rounded up.
"""

from datetime import date

from app.models import ClaimOrigin, ClaimState
from app.storage.lookup import Source, Sql, lookup_of, moment_of, query
from app.values.times import HALF_HOUR, covered, minute_of


def minutes(source: Source, volunteer_id: int, on_date: date, *, but: int | None = None) -> int:
    """Of all walks of a day, each minute once; `but` leaves one walk (its run) out."""
    walked = _walks(source, volunteer_id, on_date, but)
    return covered([*walked, *_claimed(source, volunteer_id, on_date)])


def added(source: Source, volunteer_id: int, on_date: date, run_id: int) -> int:
    """Half hours that a walk which nobody claimed yet adds to its day."""
    before = minutes(source, volunteer_id, on_date, but=run_id)
    return minutes(source, volunteer_id, on_date) // HALF_HOUR - before // HALF_HOUR


def _walks(
    source: Source, volunteer_id: int, on_date: date, but: int | None
) -> list[tuple[int, int]]:
    where = [
        Sql("volunteer_id = ? AND on_date = ?", (volunteer_id, on_date.isoformat())),
        Sql("departed_at IS NOT NULL AND returned_at IS NOT NULL"),
        *([] if but is None else [Sql("id <> ?", (but,))]),
    ]
    rows = lookup_of(source).rows(query("departed_at, returned_at", "delivery_run", where))
    read = [(moment_of(left), moment_of(back)) for left, back in rows]
    return [(minute_of(left), minute_of(back)) for left, back in read if left and back]


def _claimed(source: Source, volunteer_id: int, on_date: date) -> list[tuple[int, int]]:
    """Walks stand in claims too: two records of one person may have become one since."""
    where = [
        Sql("volunteer_id = ? AND on_date = ?", (volunteer_id, on_date.isoformat())),
        Sql("origin = ?", (ClaimOrigin.DELIVERY.value,)),
        Sql("state <> ?", (ClaimState.RETURNED.value,)),
        Sql("starts IS NOT NULL AND ends IS NOT NULL"),
    ]
    return list(lookup_of(source).rows(query("starts, ends", "points_claim", where)))
