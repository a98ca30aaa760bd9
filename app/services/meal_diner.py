"""Who eats, as the office knew it on the day: age, status, home, and what was given already."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

from app.errors import DomainError
from app.models import Departure, MealPeriod
from app.services import settings
from app.services.ages import age_on
from app.services.meal_tiers import Person, Used
from app.services.periods import month
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, query
from app.values.codes import AWAY, ELSEWHERE
from app.values.meal_numbers import number_words

_LEAP_DAY = (2, 29)
# main: whatever whoever asks may see of records that were given up.
_RECORDS = """
    WITH RECURSIVE record(id) AS (SELECT ? UNION SELECT r.id FROM main.resident AS r
        JOIN record ON r.merged_into_id = record.id) SELECT id FROM record
"""


@dataclass(frozen=True, slots=True)
class HomeState:
    """What is known of where somebody belongs, '' where nothing is; `left`: 2026-11-18 已迁出."""

    status: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class BirthdayRule:
    """When somebody turns older (domain.md 4.2, 规则引擎要求 3)."""

    day_after: bool = False
    leap_in_february: bool = False

    def age(self, birth: date | None, day: date) -> int | None:
        """周岁 on a day; None where the birth date is not known or lies ahead."""
        if birth is None or birth > day:
            return None
        day = day - timedelta(days=1) if self.day_after and day > birth else day
        if self.leap_in_february and (birth.month, birth.day) == _LEAP_DAY:
            birth = birth if isleap(day.year) else birth - timedelta(days=1)
        return age_on(birth, day)


def birthday_rule(source: Source) -> BirthdayRule:
    """As the office has set it."""
    stored = settings.load(source)
    return BirthdayRule(
        day_after=stored[settings.MEAL_BIRTHDAY] == settings.AFTER_BIRTHDAY,
        leap_in_february=stored[settings.LEAP_BIRTHDAY] == settings.LEAP_FEBRUARY,
    )


def diner_on(source: Source, resident_id: int, day: date) -> tuple[Person, HomeState]:
    """A resident on the day of a meal; raises DomainError where there is none.

    Who has moved away or died belongs nowhere from the day after.
    """
    lookup = lookup_of(source)
    there = Sql("id = ? AND deleted_at IS NULL", (resident_id,))
    asked = query("birth_date, residence_status, departure, departed_on", "resident", [there])
    found = next(lookup.rows(asked), None)
    if found is None:
        raise DomainError("没有找到这位居民，可能刚被删除，请重新查找。")
    birth, status, departure, departed = found
    left_on = day_of(departed) if departure else None
    gone = departure is not None and (left_on is None or left_on < day)
    person = Person(
        age=birthday_rule(lookup).age(day_of(birth), day),
        tags=_tags(lookup, resident_id, day),
        lives_here=not gone and status not in AWAY,
        # What nobody wrote down cannot be claimed with.
        registered_here=not gone and bool(status) and status not in ELSEWHERE,
    )
    return person, HomeState(status or "", _left(departure, left_on) if gone else "")


def history_of(source: Source, resident_id: int, day: date, period: MealPeriod) -> tuple[Used, str]:
    """What was given to somebody in the month, and the number of a meal of the same period.

    In all canteens of the office, and under records that were merged into this one: one person is
    subsidised once, wherever he eats.
    """
    lookup, whole = lookup_of(source), month(day)
    mine = Sql(
        f"resident_id IN ({_RECORDS}) AND on_date BETWEEN ? AND ?",
        (resident_id, whole.first.isoformat(), whole.last.isoformat()),
    )
    columns = "id, on_date, period, number, quantity, price + fee - paid, reverses_id"
    today, meals_today, total, meals, same = 0, 0, 0, 0, {}
    for key, on_date, of_period, number, quantity, given, reverses in lookup.rows(
        query(columns, "main.meal", [mine], "ORDER BY id")
    ):
        counts = (1 if quantity > 0 else -1) if given else 0
        total, meals = total + given, meals + counts
        if on_date != day.isoformat():
            continue
        today, meals_today = today + given, meals_today + counts
        if of_period == period.value:
            same[key] = number_words(day, number)
            if reverses is not None:
                del same[key]
                same.pop(reverses, None)
    return Used(meals_today, today, meals, total), next(iter(same.values()), "")


def _left(departure: str, on: date | None) -> str:
    words = "已去世" if departure == Departure.DIED else "已迁出"
    return f"{on:%Y-%m-%d} {words}" if on else words


def _tags(lookup: Lookup, resident_id: int, day: date) -> frozenset[int]:
    """main: the price is right, whatever tags whoever asks may see."""
    iso = day.isoformat()
    mine = Sql("resident_tag.resident_id = ?", (resident_id,))
    # Many tags were given without a day.
    begun = Sql("resident_tag.since IS NULL OR resident_tag.since <= ?", (iso,))
    open_still = Sql("resident_tag.until IS NULL OR resident_tag.until >= ?", (iso,))
    tables = (
        "main.resident_tag JOIN main.tag ON tag.id = resident_tag.tag_id"
        " AND tag.enabled AND tag.deleted_at IS NULL"
    )
    return frozenset(lookup.column(query("resident_tag.tag_id", tables, [mine, begun, open_still])))
