"""What copying an earlier week's menus brings, and what it leaves alone, before it is done."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.models import MealPeriod
from app.services import dishes, menus
from app.services.menus import MenuLine
from app.storage.lookup import Source

WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """`lines` of the earlier week come over; `kept` are days and periods that are written already,
    `gone` the names of dishes that are not cooked any more."""

    lines: tuple[MenuLine, ...]
    kept: tuple[tuple[date, MealPeriod], ...]
    gone: tuple[str, ...]


def plan(source: Source, canteen_id: int, source_monday: date, target_monday: date) -> CopyPlan:
    """What somebody wrote by hand stays, dishes that are no longer cooked are left out."""
    shift = target_monday - source_monday
    earlier = menus.lines(source, canteen_id, source_monday, source_monday + WEEK)
    there = menus.lines(source, canteen_id, target_monday, target_monday + WEEK)
    written = {(one.on_date, one.period): None for one in there}
    free = [one for one in earlier if (one.on_date + shift, one.period) not in written]
    cooked = {one.id for one in dishes.dishes(source, on_offer_only=True)}
    return CopyPlan(
        lines=tuple(one for one in free if one.dish_id in cooked),
        kept=tuple(written),
        gone=tuple(dict.fromkeys(one.name for one in free if one.dish_id not in cooked)),
    )
