"""Which residents: one WHERE for lists, counts, exports and papers, so that they always agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models import Building, Dwelling, Grid, Resident, ResidentTag, Tag
from app.services.ages import born_between
from app.services.places import building_label

PARTY = ("中共党员", "中共预备党员")


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
    departed: bool = False

    @property
    def is_empty(self) -> bool:
        return self == ResidentFilter()


def present() -> ColumnElement[bool]:
    """Who counts: not deleted, not moved out, not dead."""
    return and_(Resident.deleted_at.is_(None), Resident.departure.is_(None))


def conditions(chosen: ResidentFilter, *, today: date) -> list[ColumnElement[bool]]:
    """The WHERE of a filter, without its search text."""
    clauses = [_standing(chosen.departed)]
    if chosen.grid_ids:
        clauses.append(Resident.grid_id.in_(chosen.grid_ids))
    if chosen.building_ids:
        clauses.append(Resident.dwelling_id.in_(_dwellings_of(chosen.building_ids)))
    if chosen.ages:
        clauses.append(or_(*(_aged(band, today) for band in chosen.ages)))
    if chosen.tag_ids:
        clauses.append(Resident.id.in_(_tagged(chosen.tag_ids)))
    if chosen.residence_statuses:
        clauses.append(Resident.residence_status.in_(chosen.residence_statuses))
    if chosen.party_only:
        clauses.append(Resident.political_status.in_(PARTY))
    return clauses


def narrows(chosen: ResidentFilter) -> bool:
    """Whether there is more to it than the search text and who counts."""
    return chosen != ResidentFilter(text=chosen.text, departed=chosen.departed)


def _standing(departed: bool) -> ColumnElement[bool]:
    if departed:
        return and_(Resident.deleted_at.is_(None), Resident.departure.is_not(None))
    return present()


def _dwellings_of(building_ids: Sequence[int]) -> ColumnElement[int]:
    return select(Dwelling.id).where(Dwelling.building_id.in_(building_ids)).scalar_subquery()


def _tagged(tag_ids: Sequence[int]) -> ColumnElement[int]:
    """People who have the tag now; an ended one keeps its line, with the day it ended."""
    return (
        select(ResidentTag.resident_id)
        .where(ResidentTag.tag_id.in_(tag_ids), ResidentTag.until.is_(None))
        .scalar_subquery()
    )


def _aged(band: AgeBand, today: date) -> ColumnElement[bool]:
    first, last = born_between(band.low, band.high, today)
    limits = [Resident.birth_date <= (last or today)]
    if first is not None:
        limits.append(Resident.birth_date >= first)
    return and_(*limits)


def sentence(session: Session, chosen: ResidentFilter) -> str:
    """The filter in words, for the head of a paper: 第三网格，60 岁及以上，标签：独居老人."""
    parts = ["已迁出或死亡"] if chosen.departed else []
    parts.append(_either(_names(session, Grid.name, Grid.id, chosen.grid_ids)))
    parts.append(_either(_building_names(session, chosen.building_ids)))
    parts.append(_either([band.label for band in chosen.ages]))
    parts.append(_titled("标签", _names(session, Tag.name, Tag.id, chosen.tag_ids)))
    parts.append(_titled("居住状态", list(chosen.residence_statuses)))
    parts.append("党员" if chosen.party_only else "")
    parts.append(f"查找“{chosen.text.strip()}”" if chosen.text.strip() else "")
    return "，".join(part for part in parts if part) or "全部居民"


def _either(names: Sequence[str]) -> str:
    return "或".join(names)


def _titled(title: str, names: Sequence[str]) -> str:
    return f"{title}：{_either(names)}" if names else ""


def _names(
    session: Session,
    name: InstrumentedAttribute[str],
    key: InstrumentedAttribute[int],
    ids: Sequence[int],
) -> list[str]:
    if not ids:
        return []
    found = {one: words for one, words in session.execute(select(key, name).where(key.in_(ids)))}
    return [found[one] for one in ids if one in found]


def _building_names(session: Session, ids: Sequence[int]) -> list[str]:
    if not ids:
        return []
    rows = session.execute(
        select(Building.number, Building.name).where(Building.id.in_(ids)).order_by(Building.id)
    )
    return [building_label(number, name) for number, name in rows]
