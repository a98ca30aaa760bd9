"""To which grid a line of the diary belongs, and what the form proposes for it."""

from datetime import date, datetime

from app.services import members, post_words
from app.services.diary_input import DiaryInput
from app.storage.lookup import Lookup, Source, Sql, actor_of, lookup_of, one_of, query

_THERE = Sql("deleted_at IS NULL")
_NOON, _EVENING = 12, 18


def grid_of(source: Source, entered: DiaryInput) -> int | None:
    """The grid that was chosen; else that of those met, of the member, of whoever writes."""
    if entered.grid_id is not None:
        return entered.grid_id
    lookup = lookup_of(source)
    people = [one.resident_id for one in entered.met if one.resident_id]
    buildings = [one.building_id for one in entered.met if one.building_id]
    found = _first(lookup, "resident", people)
    if found is None:
        found = _first(lookup, "building", buildings)
    if found is None:
        found = _of_member(lookup, entered.member_id, entered.on_date)
    return only_grid(lookup) if found is None else found


def only_grid(source: Source) -> int | None:
    """The one grid of whoever is limited to it, or of an office that has no other."""
    own = actor_of(source).grids
    if own is not None:
        return _single(list(own))
    return _single(list(lookup_of(source).column(query("id", "grid", [_THERE], "LIMIT 2"))))


def _first(lookup: Lookup, table: str, ids: list[int]) -> int | None:
    """The grid of the first of these that has one."""
    known = dict(lookup.rows(query("id, grid_id", table, [one_of("id", ids)]))) if ids else {}
    return next((known[one] for one in ids if known.get(one) is not None), None)


def _of_member(lookup: Lookup, member_id: int | None, on: date) -> int | None:
    """The one grid in which a member has a post that day."""
    if member_id is None:
        return None
    return _single(list(lookup.column(post_words.grids_of(member_id, on))))


def _single(found: list[int]) -> int | None:
    return found[0] if len(found) == 1 else None


# -- what the form proposes


def proposal(source: Source, on: date, *, now: datetime) -> DiaryInput:
    """A new line of a day: its weather as told before, who writes and where, the time of day."""
    lookup = lookup_of(source)
    member = members.own_member(lookup, lookup.actor)
    grid = _of_member(lookup, member, on)
    own = lookup.actor.grids
    return DiaryInput(
        on_date=on,
        weather=weather_of(lookup, on),
        grid_id=grid if grid is not None and (own is None or grid in own) else only_grid(lookup),
        member_id=member,
        period=_period(now) if on == now.date() else "",
    )


def weather_of(source: Source, on: date) -> str:
    """What the first line of the day with a weather says; '' where none does."""
    told = [Sql("on_date = ?", (on.isoformat(),)), Sql("weather <> ''"), _THERE]
    found = lookup_of(source).value(query("weather", "diary_entry", told, "ORDER BY id LIMIT 1"))
    return str(found or "")


def _period(now: datetime) -> str:
    return "上午" if now.hour < _NOON else "下午" if now.hour < _EVENING else "晚上"
