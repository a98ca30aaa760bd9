"""The office of 100,000 with twenty months of 社区食堂 in it, made once, in a file of its own.

50,000 meals a month, the last month up to yesterday; rules and prices as in the settlement that the
page was drawn after. 2,000 standing orders for every lunch, 80 routes, and 500 dinners that are to
be delivered tomorrow. Filled by bare SQL: a million meals through the services would take hours.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.storage import connection
from bench import office
from bench.desk import CLOCK, KEY

PEOPLE, MONTHS, MEALS_A_MONTH = 100_000, 20, 50_000
MEALS = MONTHS * MEALS_A_MONTH
DINERS, STANDING, DELIVERIES, ROUTES = 4_000, 2_000, 500, 80
TODAY = CLOCK.today()
TOMORROW = TODAY + timedelta(days=1)
MONTH = 202610
"""The month that is claimed next: the claims before it are submitted."""
CANTEEN = 1
PRICES = {"A": 1200, "B": 1500}
STOPS = STANDING // ROUTES
DEPOSIT = 50_000
"""What every diner paid in at the beginning of the month, in 分"""
_FIRST = date(2025, 4, 1)
_SINCE = "2025-01-01"
_ELDEST_SINCE = date(1965, 1, 1)
"""Whoever was born before is 60 on every day"""
_PAYERS = ("by_city", "by_district", "by_street", "by_operator", "by_donor")


@dataclass(frozen=True, slots=True)
class Tier:
    """A rule: what it gives in 分 (None: all), and the weights of 市 区 街道 运营 捐赠."""

    number: int
    name: str
    ages: tuple[int, int | None] | None
    tag: int | None
    gives: int | None
    weights: tuple[int, ...]
    guests: str = ""

    def shares(self, price: int) -> tuple[int, ...]:
        """What each payer bears of a meal."""
        given = price if self.gives is None else self.gives
        whole = sum(self.weights)
        return tuple(given * one // whole for one in self.weights)


TIERS = (
    Tier(1, "60–69 岁", (60, 69), None, 100, (1, 0, 0, 0, 0)),
    Tier(2, "70–79 岁", (70, 79), None, 200, (1, 1, 0, 0, 0)),
    Tier(3, "80–89 岁", (80, 89), None, 300, (1, 1, 1, 0, 0)),
    Tier(4, "90 岁以上", (90, None), None, None, (4, 4, 1, 0, 3)),
    Tier(5, "低保 · 特困", None, 2, 900, (4, 4, 1, 0, 0)),
    Tier(6, "重度残疾", None, 3, 400, (1, 1, 0, 0, 0)),
    Tier(7, "优抚", None, 4, 300, (1, 2, 0, 0, 0)),
    Tier(8, "爱心驿站", None, None, None, (0, 0, 0, 0, 1), "sanitation,courier"),
)
"""Tags are those of the office below: 2 低保, 3 残疾, 4 退役军人."""


@cache
def canteen_office() -> Path:
    """The file; made anew when the file below it, or this recipe, has changed."""
    below = office.office(PEOPLE)
    digest = hashlib.sha256(below.name.encode() + Path(__file__).read_bytes()).hexdigest()[:12]
    file = office.FOLDER / f"canteen-office-{digest}.linli"
    if not file.exists():
        for old in office.FOLDER.glob("canteen-office-*"):
            old.unlink()
        half_made = office.copy_of(below, file.with_suffix(".part"))
        _fill(half_made)
        half_made.rename(file)
    return file


def _fill(file: Path) -> None:
    link = connection.connect(file, KEY, mode="rw")
    link.execute("BEGIN")
    _set_up(link)
    diners = _diners(link)
    _insert(link, "meal", _MEAL, _meals(diners))
    _keep_accounts(link, diners)
    _claim(link)
    _take_orders(link, diners)
    link.execute("COMMIT")
    link.close()


def _insert(
    link: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    link.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


# -- the canteen, its rules, its menu

_DISHES = ("红烧带鱼", "宫保鸡丁", "西红柿炒蛋", "清炒油菜", "冬瓜汤", "土豆炖牛肉", "米饭", "花卷")


def _set_up(link: sqlite3.Connection) -> None:
    _insert(
        link,
        "canteen",
        "id, name, facility, delivery_fee, position, version",
        [(CANTEEN, "海棠食堂", "kitchen", 0, 1, 1)],
    )
    _insert(
        link,
        "canteen_period",
        "canteen_id, period, opens, closes, order_until, order_days, ready, deliver_by, expected,"
        " enabled, version",
        [
            (CANTEEN, "lunch", 630, 780, 540, 0, 630, 720, 1200, 1, 1),
            (CANTEEN, "dinner", 1020, 1110, 900, 0, 1020, 1080, 800, 1, 1),
        ],
    )
    _insert(
        link,
        "set_meal",
        "id, canteen_id, letter, name, price, periods, words, since, version",
        [
            (1, CANTEEN, "A", "A 餐", PRICES["A"], "", "一荤两素", _SINCE, 1),
            (2, CANTEEN, "B", "B 餐", PRICES["B"], "", "两荤两素", _SINCE, 1),
        ],
    )
    _set_rules(link)
    _write_menu(link)


_RULE = (
    "id, canteen_id, number, name, from_age, to_age, belongs, periods, guests, way, amount,"
    " rounding, must_exceed, since, version"
)


def _set_rules(link: sqlite3.Connection) -> None:
    _insert(link, "subsidy_rule", _RULE, (_rule(one) for one in TIERS))
    tags = ((one.number, one.tag) for one in TIERS if one.tag is not None)
    _insert(link, "subsidy_rule_tag", "rule_id, tag_id", tags)
    _insert(
        link,
        "subsidy_share",
        "rule_id, portion, payer, weight",
        (
            (one.number, "all_of_it", payer.removeprefix("by_"), weight)
            for one in TIERS
            for payer, weight in zip(_PAYERS, one.weights, strict=True)
            if weight
        ),
    )


def _rule(one: Tier) -> tuple[Any, ...]:
    belongs = "anywhere" if one.guests else "living_here"
    way = "free_of_charge" if one.gives is None else "fixed_amount"
    who = (*(one.ages or (None, None)), belongs, "", one.guests)
    return one.number, CANTEEN, one.number, one.name, *who, way, one.gives, "to_cent", 0, _SINCE, 1


def _write_menu(link: sqlite3.Connection) -> None:
    kinds = ("meat_dish", "meat_dish", "half_meat", "vegetable", "soup", "meat_dish")
    _insert(
        link,
        "dish",
        "id, name, kind, price, allergens, suits, on_offer, version",
        (
            (number, name, kind, 400, "鱼" if "鱼" in name else "", "", 1, 1)
            for number, (name, kind) in enumerate(
                zip(_DISHES, (*kinds, "staple", "snack"), strict=True), start=1
            )
        ),
    )
    days = [TODAY + timedelta(days=by) for by in (-1, 0, 1)]
    _insert(
        link,
        "menu_dish",
        "canteen_id, on_date, period, dish_id, sets, planned, position, version",
        (
            (CANTEEN, day.isoformat(), period, dish, "B" if dish == 6 else "AB", 1500, dish, 1)
            for day in days
            for period in ("lunch", "dinner")
            for dish in range(1, len(_DISHES) + 1)
        ),
    )


# -- who eats, and what


@dataclass(frozen=True, slots=True)
class Eater:
    id: int
    name: str
    born: date
    tag: int | None
    grid: int

    def age(self, day: date) -> int:
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


def _diners(link: sqlite3.Connection) -> list[Eater]:
    """Old people who live here."""
    rows = link.execute(
        "SELECT r.id, r.name, r.birth_date, t.tag_id, r.grid_id FROM resident AS r"
        " LEFT JOIN resident_tag AS t ON t.resident_id = r.id"
        " WHERE r.birth_date < ? AND r.residence_status IN ('人户一致', '人在户不在')"
        " ORDER BY r.id LIMIT ?",
        (_ELDEST_SINCE.isoformat(), DINERS),
    )
    return [Eater(one, name, date.fromisoformat(born), *rest) for one, name, born, *rest in rows]


def tier_of(eater: Eater, age: int, price: int) -> Tier:
    """The best for the person; the lower number where two are alike."""
    fitting = [
        one
        for one in TIERS
        if (one.ages is not None and one.ages[0] <= age <= (one.ages[1] or 200))
        or (one.tag is not None and one.tag == eater.tag)
    ]
    return min(fitting, key=lambda one: (price - sum(one.shares(price)), one.number))


_MEAL = (
    "canteen_id, on_date, period, number, at, month, resident_id, guest, quantity, way,"
    " set_meal_id, words, age, rule_id, reason, price, fee, paid, " + ", ".join(_PAYERS) + ","
    " pay_way, grid_id, entered_by"
)
_GUESTS = ("sanitation", "courier")


def _meals(diners: list[Eater]) -> Iterator[tuple[Any, ...]]:
    """Three of five meals of a day are lunches; every twentieth has no name."""
    for day, count in _days():
        lunches = count * 3 // 5
        for number in range(1, count + 1):
            lunch = number <= lunches
            period = "lunch" if lunch else "dinner"
            minute = 631 + number % 120 if lunch else 1021 + number % 80
            at = datetime.combine(day, time(minute // 60, minute % 60)).isoformat(" ")
            head = (CANTEEN, day.isoformat(), period, number, at, day.year * 100 + day.month)
            if number % 20 == 0:
                yield (*head, *_guest(number))
            else:
                # Nobody twice in a period.
                place = (day.toordinal() * 37 + number + (0 if lunch else 1700)) % len(diners)
                yield (*head, *_eaten(diners[place], day, number))


def _days() -> Iterator[tuple[date, int]]:
    """Each day with so many meals that every month comes to the same number."""
    first = _FIRST
    for _ in range(MONTHS):
        following = (first + timedelta(days=31)).replace(day=1)
        days = (min(following, TODAY) - first).days
        for one in range(days):
            count = MEALS_A_MONTH * (one + 1) // days - MEALS_A_MONTH * one // days
            yield first + timedelta(days=one), count
        first = following


def _guest(number: int) -> tuple[Any, ...]:
    price = PRICES["A"]
    rule = TIERS[-1]
    paid = (price, 0, 0, *rule.shares(price), "nothing", None, "孙丽")
    who = (None, _GUESTS[number // 20 % 2], 1, "eaten_here")
    return *who, 1, "A 餐", None, rule.number, rule.name, *paid


def _eaten(eater: Eater, day: date, number: int) -> tuple[Any, ...]:
    letter = "B" if number % 7 == 0 else "A"
    price, age = PRICES[letter], eater.age(day)
    tier = tier_of(eater, age, price)
    shares = tier.shares(price)
    paid = price - sum(shares)
    last = (day.year, day.month) == (TODAY.year, TODAY.month)
    way = "nothing" if not paid else "card" if last else "cash"
    return (
        *(eater.id, None, 1, "brought" if number % 9 == 0 else "eaten_here"),
        *(1 if letter == "A" else 2, f"{letter} 餐", age, tier.number, tier.name),
        *(price, 0, paid, *shares, way, eater.grid, "孙丽"),
    )


# -- accounts: everybody paid in at the beginning of the last month


def _keep_accounts(link: sqlite3.Connection, diners: list[Eater]) -> None:
    first = TODAY.replace(day=1)
    _insert(
        link,
        "meal_account",
        "id, resident_id, kind, state, opened_on, version",
        ((n, one.id, "card_account", "open", first.isoformat(), 1) for n, one in _numbered(diners)),
    )
    _insert(link, "meal_entry", _ENTRY, _entries(link, first))
    link.execute(
        "INSERT INTO meal_balance (account_id, kind, balance)"
        " SELECT account_id, 'card_account', sum(amount) FROM meal_entry GROUP BY account_id"
    )


_ENTRY = (
    "account_id, kind, amount, balance, on_date, at, month, meal_id, receipt, words, entered_by"
)


def _entries(link: sqlite3.Connection, first: date) -> Iterator[tuple[Any, ...]]:
    month = first.year * 100 + first.month
    accounts = dict(link.execute("SELECT resident_id, id FROM meal_account").fetchall())
    balances = dict.fromkeys(accounts.values(), DEPOSIT)
    at = datetime.combine(first, time(8)).isoformat(" ")
    for one in balances:
        receipt = f"SK-{first:%Y%m%d}-{one:04d}"
        paid = (DEPOSIT, DEPOSIT, first.isoformat(), at, month, None, receipt, "", "孙丽")
        yield (one, "deposit", *paid)
    eaten = link.execute(
        "SELECT id, resident_id, paid, on_date, at FROM meal WHERE month = ? AND pay_way = 'card'"
        " ORDER BY id",
        (month,),
    ).fetchall()
    for meal, resident, paid, day, minute in eaten:
        account = accounts[resident]
        balances[account] -= paid
        line = (-paid, balances[account], day, minute, month, meal, None, "", "孙丽")
        yield (account, "meal_paid", *line)


def _numbered(diners: list[Eater]) -> Iterator[tuple[int, Eater]]:
    return enumerate(diners, start=1)


# -- claims of the months before


def _claim(link: sqlite3.Connection) -> None:
    at = datetime.combine(TODAY.replace(day=5), time(9)).isoformat(" ")
    link.execute(
        "INSERT INTO meal_claim (canteen_id, month, prepared_on, prepared_by, signed_on, signed_by,"
        " submitted_at, submitted_by, meals, price, paid, entries, version)"
        " SELECT canteen_id, month, '2026-10-03', '赵敏', '2026-10-03', '赵书记', ?, '赵敏',"
        " sum(quantity), sum(price + fee), sum(paid), count(*), 1"
        " FROM meal WHERE month < ? GROUP BY canteen_id, month",
        (at, MONTH),
    )
    for payer in _PAYERS:
        link.execute(
            "INSERT INTO meal_claim_part (claim_id, payer, of_month, difference, note, version)"
            f" SELECT c.id, ?, sum(m.{payer}), 0, '', 1 FROM meal_claim AS c"
            " JOIN meal AS m ON m.month = c.month AND m.canteen_id = c.canteen_id"
            f" GROUP BY c.id HAVING sum(m.{payer}) <> 0",
            (payer.removeprefix("by_"),),
        )


# -- orders and routes

_DIETS = ("", "", "低盐", "软食、低糖", "", "无刺")


def _take_orders(link: sqlite3.Connection, diners: list[Eater]) -> None:
    """Who has a standing order has a stop; dinners of tomorrow are for the first of them."""
    clients = list(_numbered(diners[:STANDING]))
    _insert(link, "diner", _DINER, (_wishes(number, one) for number, one in clients))
    _insert(
        link,
        "delivery_route",
        "id, canteen_id, name, area, carrier, carrier_role, departs_after, position, version",
        (
            (one, CANTEEN, f"{one} 号线", f"{one}、{one + 1} 号楼", "刘芳", "志愿者", 10, one, 1)
            for one in range(1, ROUTES + 1)
        ),
    )
    _insert(
        link,
        "route_stop",
        "route_id, resident_id, place, version",
        ((_route(n), one.id, _stop(n), 1) for n, one in clients),
    )
    _insert(link, "standing_order", _STANDING, (_standing(number, one) for number, one in clients))
    _insert(link, "meal_order", _ORDER, (_dinner(n, one) for n, one in clients[:DELIVERIES]))


def _route(number: int) -> int:
    return (number - 1) // STOPS + 1


def _stop(number: int) -> int:
    return (number - 1) % STOPS + 1


_DINER = (
    "resident_id, diet, avoids, consented_on, contact, contact_relation, contact_phone, door_note,"
    " version"
)


def _wishes(number: int, one: Eater) -> tuple[Any, ...]:
    diet = _DIETS[number % len(_DIETS)]
    avoids = "花生" if number % 11 == 0 else ""
    agreed = _SINCE if diet or avoids else None
    family = ("王建国", "儿子", f"138{number:08d}", "敲门要重" if number % 13 == 0 else None)
    return one.id, diet, avoids, agreed, *family, 1


_STANDING = (
    "resident_id, canteen_id, period, weekdays, set_letter, quantity, way, pay_way, since, version"
)


def _standing(number: int, one: Eater) -> tuple[Any, ...]:
    letter = "B" if number % 5 == 0 else "A"
    return one.id, CANTEEN, "lunch", "1234567", letter, 1, "brought", "card", "2026-01-01", 1


_ORDER = (
    "canteen_id, on_date, period, resident_id, set_letter, quantity, way, pay_way, by_hand,"
    " route_id, stop, state, version"
)


def _dinner(number: int, one: Eater) -> tuple[Any, ...]:
    letter = "B" if number % 5 == 0 else "A"
    place = (_route(number), _stop(number), "ordered", 1)
    what = (letter, 1, "brought", "card", 1)
    return CANTEEN, TOMORROW.isoformat(), "dinner", one.id, *what, *place
