"""Who is to be visited by when: the rules in force, the last visit, and what was put off.

Portable SQL text, one statement (architecture.md rule 15). It reads tags and past visits past the
limits of whoever asks: that somebody is due must not depend on who looks (domain.md 6.2). What a
tag is called is another matter (`visit_rows`).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.models import Risk, VisitResult
from app.services import post_words, search
from app.services.ages import born_between
from app.services.filters import PRESENT
from app.services.visit_rules import RuleView, rules
from app.storage.lookup import Lookup, Source, Sql, all_of, among, day_of, lookup_of, one_of

HORIZON = 14
"""Days ahead that the list of who is due looks."""
SOON = 3
"""Days before the day on which the program reminds (domain.md 6.2)."""
REACHED = (VisitResult.FINE, VisitResult.CHANGED, VisitResult.NEEDS_HELP)
"""The results of a visit that reached somebody; nobody at home is no visit."""
_REACHED = ", ".join(f"'{result}'" for result in REACHED)


class DueItem(NamedTuple):
    """Somebody who is to be visited, and by which rule; `last_on` is None before any visit."""

    resident_id: int
    due_on: date
    rule_id: int
    last_on: date | None
    grid_id: int | None
    deferred: bool


class DueCounts(NamedTuple):
    """How many are late, due today, and due within the next `SOON` days."""

    overdue: int
    today: int
    soon: int


class DueWords(NamedTuple):
    """A day in words, with the tone of its chip: danger, warn, grey."""

    text: str
    tone: str


def due(
    source: Source,
    *,
    today: date,
    horizon_days: int = HORIZON,
    grid_ids: Sequence[int] = (),
    member_id: int | None = None,
    rule_ids: Sequence[int] = (),
    text: str = "",
) -> list[DueItem]:
    """Whoever is late or due within `horizon_days`, the latest first, then as one walks.

    `member_id`: of the grids in which he serves; `text`: as the search box finds people.
    """
    lookup = lookup_of(source)
    where = []
    if grid_ids:
        where.append(one_of("resident.grid_id", grid_ids))
    if member_id is not None:
        where.append(among("resident.grid_id", post_words.grids_of(member_id, today)))
    if text.strip():
        where.append(one_of("resident.id", search.find_ids(lookup, text).ids))
    wanted = rules(lookup, today)
    chosen = [rule for rule in wanted if not rule_ids or rule.id in rule_ids]
    last_day = today + timedelta(days=horizon_days)
    return _due(lookup, chosen, today, last_day=last_day, where=where)


def of_people(source: Source, resident_ids: Sequence[int], *, today: date) -> dict[int, DueItem]:
    """When each of these people is due, however late that is; who need not be visited is absent."""
    if not resident_ids:
        return {}
    lookup = lookup_of(source)
    found = _due(lookup, rules(lookup, today), today, only=resident_ids)
    return {one.resident_id: one for one in found}


def counted(items: Iterable[DueItem], today: date) -> DueCounts:
    """The counts of a list, for its head and for the tab."""
    days = [(one.due_on - today).days for one in items]
    return DueCounts(
        overdue=sum(1 for left in days if left < 0),
        today=days.count(0),
        soon=sum(1 for left in days if 0 < left <= SOON),
    )


def watched(source: Source, today: date) -> list[DueItem]:
    """Everybody of 红色 and 橙色 rules (重点对象), however late the next visit is due."""
    lookup = lookup_of(source)
    close = [rule for rule in rules(lookup, today) if rule.risk is not Risk.ORDINARY]
    return _due(lookup, close, today)


def due_words(due_on: date, today: date) -> DueWords:
    """超期 3 天, 今天, 剩 2 天."""
    left = (due_on - today).days
    if left < 0:
        return DueWords(f"超期 {-left} 天", "danger")
    if left == 0:
        return DueWords("今天", "warn")
    return DueWords(f"剩 {left} 天", "grey")


def statement(
    chosen: Sequence[RuleView],
    today: date,
    *,
    last_day: date | None,
    where: Sequence[Sql] = (),
    only: Sequence[int] = (),
) -> Sql:
    """The one statement behind the list, of one rule at least; about `only` these people, if given.

    A row for each person and rule: id, number of the rule, last visit, since when it counts where
    there was none, the day it was put off to, grid, place, arrival.
    """
    aged_on = last_day or today
    branches = [_branch(place, rule, last_day, aged_on, only) for place, rule in enumerate(chosen)]
    body = " UNION ALL ".join(branch.text for branch in branches)
    values = tuple(value for branch in branches for value in branch.values)
    condition = all_of([Sql(PRESENT), *where])
    head = _HEAD.format(near=_NEAR.format(ids=_listed(only)) if only else "")
    return Sql(f"{head} ({body}) AS wanted {_REST} {condition.text}", values + condition.values)


def _due(
    lookup: Lookup,
    chosen: Sequence[RuleView],
    today: date,
    *,
    last_day: date | None = None,
    where: Sequence[Sql] = (),
    only: Sequence[int] = (),
) -> list[DueItem]:
    if not chosen:
        return []
    days_of = _Days(chosen)
    best: dict[int, tuple[date, str, DueItem]] = {}
    asked = statement(chosen, today, last_day=last_day, where=where, only=only)
    for row in lookup.rows(asked):
        key, place, last, begun, deferred, grid, where_order, came = row
        base = last or max(begun, came or "")
        due_on = days_of.after(place, base)
        put_off = deferred is not None and deferred > due_on.isoformat()
        if put_off:
            due_on = date.fromisoformat(deferred)
        if last_day is not None and due_on > last_day:
            continue
        known = best.get(key)
        if known is None or due_on < known[0]:
            last_on = day_of(last)
            item = DueItem(key, due_on, chosen[place].id, last_on, grid, put_off)
            best[key] = (due_on, where_order or "~", item)
    return [item for _, _, item in sorted(best.values(), key=lambda one: one[:2])]


class _Days:
    """The day that a rule comes to, counted from another; few differ among many people."""

    def __init__(self, chosen: Sequence[RuleView]) -> None:
        self._every = [timedelta(days=rule.days) for rule in chosen]
        self._known: dict[tuple[int, str], date] = {}

    def after(self, place: int, base: str) -> date:
        known = self._known.get((place, base))
        if known is None:
            known = self._known[place, base] = date.fromisoformat(base) + self._every[place]
        return known


def _branch(
    place: int, rule: RuleView, last_day: date | None, aged_on: date, only: Sequence[int]
) -> Sql:
    """Whom one rule asks to be visited; with `last_day` only who may be due until then."""

    def among_them(column: str) -> str:
        return f"AND {column} IN ({_listed(only)})" if only else ""

    latest = "9999" if last_day is None else (last_day - timedelta(days=rule.days)).isoformat()
    since = rule.since.isoformat()
    if rule.is_ordinary:
        text = _HOUSEHOLDS.format(place=place, only=among_them("household.head_id"))
        return Sql(text, (since, since, latest))
    parts = []
    if rule.tag_ids:
        tags = one_of("resident_tag.tag_id", rule.tag_ids)
        them = among_them("resident_tag.resident_id")
        text = _TAGGED.format(place=place, tags=tags.text, only=them)
        parts.append(Sql(text, (since, since, *tags.values, since, since, latest)))
    if rule.from_age is not None:
        _, born = born_between(rule.from_age, None, aged_on)
        values = (since, born.isoformat() if born else "", since, latest)
        parts.append(Sql(_AGED.format(place=place, only=among_them("resident.id")), values))
    return Sql(
        " UNION ALL ".join(part.text for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(str(int(one)) for one in ids)


_HEAD = f"""
WITH seen (resident_id, on_date) AS (
    SELECT resident_id, max(on_date) FROM main.visit
    WHERE deleted_at IS NULL AND result IN ({_REACHED}) {{near}} GROUP BY resident_id
)
SELECT wanted.resident_id, wanted.place, wanted.last_on, wanted.begun,
    (SELECT visit_deferral.due_on FROM main.visit_deferral
        WHERE visit_deferral.resident_id = wanted.resident_id
        AND visit_deferral.decided_on >= coalesce(wanted.last_on, '')
        ORDER BY visit_deferral.id DESC LIMIT 1),
    resident.grid_id, dwelling.place_order,
    CASE WHEN wanted.last_on IS NULL THEN (
        SELECT max(resident_event.on_date) FROM main.resident_event
        WHERE resident_event.resident_id = resident.id
        AND resident_event.kind IN ('born', 'moved_in') AND resident_event.revoked_at IS NULL
    ) END
FROM
"""  # noqa: S608 - the results above
# Of a few people the visits to them and to those who live with them.
_NEAR = """
AND resident_id IN (
    SELECT id FROM main.resident WHERE id IN ({ids}) OR household_id IN (
        SELECT household_id FROM main.resident WHERE id IN ({ids})
    )
)
"""
_REST = """
JOIN resident ON resident.id = wanted.resident_id
LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id
WHERE
"""
# Never visited: from the day of the rule on, or of the tag, whichever came later.
_TAGGED = """
SELECT resident_tag.resident_id, {place} AS place, seen.on_date AS last_on,
    CASE WHEN resident_tag.since > ? THEN resident_tag.since ELSE ? END AS begun
FROM main.resident_tag
JOIN main.tag ON tag.id = resident_tag.tag_id AND tag.enabled AND tag.deleted_at IS NULL
LEFT JOIN seen ON seen.resident_id = resident_tag.resident_id
WHERE {tags} {only} AND resident_tag.until IS NULL AND coalesce(
    seen.on_date, CASE WHEN resident_tag.since > ? THEN resident_tag.since ELSE ? END) <= ?
"""
_AGED = """
SELECT resident.id, {place} AS place, seen.on_date AS last_on, ? AS begun
FROM main.resident LEFT JOIN seen ON seen.resident_id = resident.id
WHERE resident.birth_date <= ? {only} AND coalesce(seen.on_date, ?) <= ?
"""
# A visit to anybody of the household is one to the household.
_HOUSEHOLDS = """
SELECT household.head_id, {place} AS place, called.on_date AS last_on, ? AS begun
FROM main.household LEFT JOIN (
    SELECT resident.household_id, max(seen.on_date) AS on_date
    FROM seen JOIN main.resident ON resident.id = seen.resident_id
    GROUP BY resident.household_id
) AS called ON called.household_id = household.id
WHERE household.head_id IS NOT NULL AND household.deleted_at IS NULL {only}
    AND coalesce(called.on_date, ?) <= ?
"""
