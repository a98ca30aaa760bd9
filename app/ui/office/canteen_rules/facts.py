"""What the forms of 补贴规则 know of a canteen, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.context import Context
from app.models import MealPeriod
from app.services import canteens, meal_rules, set_meals, tags
from app.services.meal_coverage import Coverage, coverage
from app.services.meal_tiers import Rule

_USUAL_PRICE = 12_00


@dataclass(frozen=True, slots=True)
class CanteenFacts:
    """The tiers that hold or come, the set meals' prices, the tags that whoever asks may see."""

    canteen_id: int
    name: str
    rules: tuple[Rule, ...]
    periods: tuple[MealPeriod, ...]
    prices: tuple[int, ...]
    tag_names: Mapping[int, str]
    dead_tags: frozenset[int]

    def coverage(self, day: date, rules: Sequence[Rule] | None = None) -> Coverage:
        """The table of a day, for the cheapest set meal."""
        return coverage(
            self.rules if rules is None else rules,
            self.periods,
            self.tag_names,
            day,
            self.prices[0],
            self.dead_tags,
        )


def read_facts(context: Context, canteen_id: int) -> CanteenFacts:
    """As the file has it now; an example needs a price even where no set meal is offered yet."""
    today = context.clock.today()
    with context.database.reading() as session:
        canteen = canteens.canteen(session, canteen_id)
        sets = set_meals.current(session, canteen_id, today)
        offered = canteens.periods(session, canteen_id)
        return CanteenFacts(
            canteen_id=canteen_id,
            name=canteen.name if canteen else "",
            rules=meal_rules.current(session, canteen_id, today),
            periods=tuple(one.period for one in offered) or (MealPeriod.LUNCH,),
            prices=tuple(sorted({one.price for one in sets})) or (_USUAL_PRICE,),
            tag_names={tag.id: tag.name for tag in tags.tags(session)},
            dead_tags=meal_rules.dead_tags(session),
        )
