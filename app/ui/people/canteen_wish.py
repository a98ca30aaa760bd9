"""What another page asks of 食堂; `page_requested("canteen", ...)` carries one of these."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LogMeal:
    """The counter, with this resident if one is named."""

    resident_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowMeal:
    """One line of the book of meals."""

    meal_id: int


@dataclass(frozen=True, slots=True)
class ShowMealAccount:
    """The lines of one account for meals."""

    account_id: int


@dataclass(frozen=True, slots=True)
class ShowMealEntry:
    """One line of the book of accounts, in its account."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ShowStandingOrder:
    """What somebody gets every week."""

    standing_id: int


@dataclass(frozen=True, slots=True)
class NewStandingOrder:
    """The form of a standing order, for this resident if one is named."""

    resident_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowMealOrder:
    """An order of a day."""

    order_id: int


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """The board of deliveries of a day; None is today."""

    on_date: date | None = None


@dataclass(frozen=True, slots=True)
class ShowCareCase:
    """Somebody did not answer the door, or does not come any more."""

    case_id: int


@dataclass(frozen=True, slots=True)
class ShowDish:
    dish_id: int


@dataclass(frozen=True, slots=True)
class ShowFoodSafety:
    """The food safety of a day; None is today."""

    on_date: date | None = None


@dataclass(frozen=True, slots=True)
class ShowMealClaim:
    """The settlement of a canteen and a month, 202611."""

    canteen_id: int
    month: int
