"""Which residents: one WHERE for lists, counts, exports and papers, so that they always agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.services.ages import born_between
from app.services.places import building_label
from app.storage.lookup import Lookup, Source, Sql, all_of, among, any_of, lookup_of, one_of, query
from app.values.lawful import CHILD

if TYPE_CHECKING:
    from sqlalchemy import TextClause

PRESENT = "resident.deleted_at IS NULL AND resident.departure IS NULL"
"""Who counts: not deleted, not moved out, not dead."""
_GONE = "resident.deleted_at IS NULL AND resident.departure IS NOT NULL"
# Not by the index of birth dates: a band holds thousands, who lie all over the file.
_BORN = "resident.birth_date || ''"
PARTY = ("中共党员", "中共预备党员")
NO_GUARDIAN = "缺监护人同意"
_PRIVACY = {
    "未告知": """resident.consent_on IS NULL AND resident.id NOT IN (
        SELECT resident_id FROM privacy_event WHERE revoked_at IS NULL
        AND kind IN ('informed', 'consented', 'guardian_consented'))""",
    "未同意": "resident.consent_on IS NULL AND resident.withdrawn_on IS NULL",
    "已撤回": "resident.withdrawn_on IS NOT NULL",
}
_NOBODY_AGREED = """resident.withdrawn_on IS NULL AND resident.id NOT IN (
    SELECT resident_id FROM privacy_event
    WHERE revoked_at IS NULL AND kind = 'guardian_consented')"""
PRIVACY = (*_PRIVACY, NO_GUARDIAN)
"""What can be missing of a person's register of consent (services/privacy.py)."""


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages `low` to `high`, both included; None where there is no limit."""

    low: int | None = None
    high: int | None = None

    @property
    def label(self) -> str:
        if self.high is None:
            return f"{self.low} 岁及以上"
        if self.low is None:
            return f"{self.high} 岁及以下"
        return f"{self.low}–{self.high} 岁"


AGE_BANDS = (AgeBand(0, 6), AgeBand(7, 17), AgeBand(18, 59), AgeBand(60), AgeBand(80))


@dataclass(frozen=True, slots=True)
class ResidentFilter:
    """Values of one field are alternatives, fields must all fit. Empty: everybody who counts."""

    text: str = ""
    grid_ids: tuple[int, ...] = ()
    building_ids: tuple[int, ...] = ()
    ages: tuple[AgeBand, ...] = ()
    tag_ids: tuple[int, ...] = ()
    residence_statuses: tuple[str, ...] = ()
    party_only: bool = False
    privacy: tuple[str, ...] = ()
    """Some of PRIVACY: what is missing or withdrawn"""
    departed: bool = False

    @property
    def is_empty(self) -> bool:
        return self == ResidentFilter()


def present() -> TextClause:
    """`PRESENT` for a WHERE of SQLAlchemy, where the table goes by its own name."""
    from sqlalchemy import text

    return text(PRESENT)


def conditions(chosen: ResidentFilter, *, today: date) -> list[Sql]:
    """The WHERE of a filter, without its search text."""
    clauses = [Sql(_GONE if chosen.departed else PRESENT)]
    if chosen.grid_ids:
        clauses.append(one_of("resident.grid_id", chosen.grid_ids))
    if chosen.building_ids:
        clauses.append(among("resident.dwelling_id", _dwellings_of(chosen.building_ids)))
    if chosen.ages:
        clauses.append(any_of(_aged(band, today) for band in chosen.ages))
    if chosen.tag_ids:
        clauses.append(among("resident.id", _tagged(chosen.tag_ids)))
    if chosen.residence_statuses:
        clauses.append(one_of("resident.residence_status", chosen.residence_statuses))
    if chosen.privacy:
        clauses.append(any_of(_privacy(one, today) for one in chosen.privacy))
    if chosen.party_only:
        clauses.append(one_of("resident.political_status", PARTY))
    return clauses


def narrows(chosen: ResidentFilter) -> bool:
    """Whether there is more to it than the search text and who counts."""
    return chosen != ResidentFilter(text=chosen.text, departed=chosen.departed)


def _dwellings_of(building_ids: Sequence[int]) -> Sql:
    return query("id", "dwelling", [one_of("building_id", building_ids)])


def _tagged(tag_ids: Sequence[int]) -> Sql:
    """People who have the tag now; an ended one keeps its line, with the day it ended."""
    now = [one_of("tag_id", tag_ids), Sql("until IS NULL")]
    return query("resident_id", "resident_tag", now)


def _aged(band: AgeBand, today: date) -> Sql:
    first, last = born_between(band.low, band.high, today)
    limits = [Sql(f"{_BORN} <= ?", ((last or today).isoformat(),))]
    if first is not None:
        limits.append(Sql(f"{_BORN} >= ?", (first.isoformat(),)))
    return all_of(limits)


def _privacy(what: str, today: date) -> Sql:
    if what != NO_GUARDIAN:
        return Sql(_PRIVACY[what])
    first, _ = born_between(None, CHILD - 1, today)
    return Sql(f"{_BORN} >= ? AND {_NOBODY_AGREED}", (first.isoformat() if first else "",))


def sentence(source: Source, chosen: ResidentFilter) -> str:
    """The filter in words, for the head of a paper: 第三网格，60 岁及以上，标签：独居老人."""
    lookup = lookup_of(source)
    parts = ["已迁出或死亡"] if chosen.departed else []
    parts.append(_either(_names(lookup, "grid", chosen.grid_ids)))
    parts.append(_either(_building_names(lookup, chosen.building_ids)))
    parts.append(_either([band.label for band in chosen.ages]))
    parts.append(_titled("标签", _tag_names(lookup, chosen.tag_ids)))
    parts.append(_titled("居住状态", list(chosen.residence_statuses)))
    parts.append("党员" if chosen.party_only else "")
    parts.append(_titled("个人信息", list(chosen.privacy)))
    parts.append(f"查找“{chosen.text.strip()}”" if chosen.text.strip() else "")
    return "，".join(part for part in parts if part) or "全部居民"


def _either(names: Sequence[str]) -> str:
    return "或".join(names)


def _titled(title: str, names: Sequence[str]) -> str:
    return f"{title}：{_either(names)}" if names else ""


def _names(lookup: Lookup, table: str, ids: Sequence[int]) -> list[str]:
    if not ids:
        return []
    found = dict(lookup.rows(query("id, name", table, [one_of("id", ids)])))
    return [found[one] for one in ids if one in found]


def _tag_names(lookup: Lookup, ids: Sequence[int]) -> list[str]:
    """On papers and in the journal a sensitive tag has no name: everybody on the list has it."""
    plain = [Sql("NOT sensitive"), one_of("id", ids)]
    names = dict(lookup.rows(query("id, name", "tag", plain))) if ids else {}
    return list(dict.fromkeys(names.get(one, "敏感标签") for one in ids))


def _building_names(lookup: Lookup, ids: Sequence[int]) -> list[str]:
    if not ids:
        return []
    rows = lookup.rows(query("number, name", "building", [one_of("id", ids)], "ORDER BY id"))
    return [building_label(number, name) for number, name in rows]
