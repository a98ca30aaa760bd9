"""Terms: what holds from a day to a day, the last one included (posts, pairings, rules)."""

from datetime import date

from app.storage.lookup import Sql


def in_force(day: date, table: str = "") -> Sql:
    """What holds on a day, by its columns `since` and `until`."""
    since, until = (f"{table}.{name}" if table else name for name in ("since", "until"))
    return Sql(
        f"{since} <= ? AND ({until} IS NULL OR {until} >= ?)", (day.isoformat(), day.isoformat())
    )
