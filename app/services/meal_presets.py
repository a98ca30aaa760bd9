"""Tiers of other places (domain.md 4.2, domain-law.md 6.1), to be taken over and changed.

None is switched on by default: what a canteen gives is the office's decision.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Belonging, Guest, MealPeriod, Payer, SubsidyWay
from app.paths import resources
from app.services import meal_rule_changes
from app.services.meal_rule_input import RuleInput
from app.services.meal_shares import Share
from app.storage.lookup import Source, Sql, lookup_of, query

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Preset:
    """The tiers of a place; `note` says what the source left open."""

    key: str
    name: str
    words: str
    source: str
    note: str
    tiers: tuple[Mapping[str, Any], ...]

    @property
    def asks_percent(self) -> bool:
        """The source names a discount without its figure: the office has to."""
        return any(tier.get("percent") == 0 for tier in self.tiers)

    @property
    def tag_names(self) -> tuple[str, ...]:
        """Of the tags that its tiers ask for."""
        return tuple(dict.fromkeys(name for tier in self.tiers for name in tier.get("tags", ())))


@cache
def presets() -> tuple[Preset, ...]:
    """All of resources/data/meal_presets.toml, in its order."""
    with (resources() / "data" / "meal_presets.toml").open("rb") as file:
        found = tomllib.load(file)["preset"]
    return tuple(Preset(**{**one, "tiers": tuple(one["tiers"])}) for one in found)


def preset(key: str) -> Preset:
    """By its key; KeyError for one that is not shipped."""
    return {one.key: one for one in presets()}[key]


def inputs(source: Source, chosen: Preset, *, percent: int | None = None) -> tuple[RuleInput, ...]:
    """What would be added; raises DomainError where a tag is missing, or the discount.

    `percent` only where the preset asks for it.
    """
    if chosen.asks_percent and not 1 <= (percent or 0) < _WHOLE:
        raise DomainError(f"“{chosen.name}”没有写折扣，请填本食堂的，如九折填 90。")
    tags = _tags(source, chosen)
    found = (rule_input(tier, tags, chosen.source) for tier in chosen.tiers)
    return tuple(replace(one, percent=percent) if one.percent == 0 else one for one in found)


def take_over(
    session: Session,
    canteen_id: int,
    key: str,
    *,
    since: date,
    today: date,
    percent: int | None = None,
) -> list[int]:
    """Add the tiers of a preset from a day on; gives their ids. Raises DomainError."""
    return [
        meal_rule_changes.add(session, canteen_id, entered, since=since, today=today)
        for entered in inputs(session, preset(key), percent=percent)
    ]


def rule_input(tier: Mapping[str, Any], tags: Mapping[str, int], source: str) -> RuleInput:
    """One tier of the file."""
    plain = ("from_age", "to_age", "percent", "amount", "must_exceed", "cap_meal", "meals_a_day")
    return RuleInput(
        name=tier["name"],
        way=SubsidyWay.of(tier["way"]),
        tag_ids=tuple(tags[name] for name in tier.get("tags", ())),
        belongs=Belonging.of(tier.get("belongs", Belonging.LIVING)),
        periods=tuple(map(MealPeriod.of, tier.get("periods", ()))),
        guests=tuple(map(Guest.of, tier.get("guests", ()))),
        shares=tuple(Share(Payer.of(who), weight) for who, weight in tier["shares"].items()),
        source=source,
        **{name: tier[name] for name in plain if name in tier},
    )


def _tags(source: Source, chosen: Preset) -> dict[str, int]:
    there = Sql("deleted_at IS NULL AND enabled")
    known = dict(lookup_of(source).rows(query("name, id", "main.tag", [there])))
    missing = [name for name in chosen.tag_names if name not in known]
    if missing:
        raise DomainError(
            f"这里没有启用标签“{'、'.join(missing)}”，请先在设置的“隐私”里启用，或自己加档次。"
        )
    return {str(name): int(key) for name, key in known.items()}
