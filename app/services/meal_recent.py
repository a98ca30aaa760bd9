"""The meals of a period as the counter lists them: the latest first, what was taken back struck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import Guest, MealWay, PayWay
from app.services import meal_rules
from app.services.chunks import chunks
from app.services.meal_person import Sitting
from app.storage.lookup import Source, Sql, lookup_of, one_of, query
from app.values.meal_numbers import number_words

_NAMELESS = "不记名"
STANDING = Sql(
    "m.reverses_id IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM meal AS b WHERE b.reverses_id = m.id AND b.reverses_id > 0)"
)
"""Of `meal AS m`: what was eaten, neither taken back nor itself a counter-line"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MealRow:
    """A meal that was logged; money in 分. `tier` tells by which rule, or why it was taken back."""

    id: int
    number: str
    at: datetime
    resident_id: int | None
    name: str
    age: str
    tier: str
    words: str
    price: int
    given: int
    paid: int
    pays: str
    way: MealWay
    taken_back: bool
    entered_by: str

    @property
    def whole(self) -> str:
        """周德福 12:01 A 餐 M-1202-037"""
        return f"{self.name} {self.at:%H:%M} {self.words} {self.number}"


def ids(source: Source, sitting: Sitting) -> list[int]:
    """All of the period, the latest first; counter-lines are told by the lines that they meet."""
    place = (sitting.canteen_id, sitting.on_date.isoformat(), sitting.period.value)
    return list(lookup_of(source).column(Sql(_IDS, place)))


def last_of(source: Source, canteen_id: int, on_date: date, name: str) -> int | None:
    """What somebody logged last at the counter on a day, and was not taken back."""
    asked = Sql(_LAST, (canteen_id, on_date.isoformat(), name))
    found: int | None = lookup_of(source).value(asked)
    return found


def rows(source: Source, wanted: Sequence[int]) -> list[MealRow]:
    """These meals in this order; a tier that tells too much is 按身份享受."""
    lookup = lookup_of(source)
    names = meal_rules.names(lookup)
    found: dict[int, MealRow] = {}
    for part in chunks(list(wanted), 500):
        for values in lookup.rows(query(_COLUMNS, _TABLES, [one_of("m.id", part)])):
            found[values[0]] = _row(values, names)
    return [found[one] for one in wanted if one in found]


def _row(values: tuple[Any, ...], names: dict[int, str]) -> MealRow:
    key, day, number, at, resident_id, name, guest, quantity, age, rule_id, *rest = values
    words, price, paid, pay_way, way, donated, why, entered_by = rest
    taken_back, tier = why is not None, names.get(rule_id, "")
    portions = f" {quantity} 份" if quantity > 1 else ""
    if guest is not None:
        people = f" {quantity} 人" if quantity > 1 else ""
        name, portions = f"{Guest.of(guest).label}{people}", ""
        tier = "，".join(one for one in (tier, _NAMELESS) if one)
    pays = PayWay.of(pay_way).label
    return MealRow(
        id=key,
        number=number_words(date.fromisoformat(day), number),
        at=datetime.fromisoformat(at),
        resident_id=resident_id,
        name=name or "",
        age="" if age is None else f"{age} 岁",
        tier=f"{why}，已撤销" if taken_back else tier,
        words=f"{words}{portions}",
        price=price,
        given=price - paid,
        paid=paid,
        pays="捐赠" if paid == 0 and donated else pays,
        way=MealWay.of(way),
        taken_back=taken_back,
        entered_by=entered_by,
    )


_IDS = """
SELECT id FROM meal WHERE canteen_id = ? AND on_date = ? AND period = ? AND reverses_id IS NULL
ORDER BY number DESC
"""
_LAST = f"""
SELECT m.id FROM meal AS m WHERE m.canteen_id = ? AND m.on_date = ? AND m.entered_by = ?
AND m.way <> 'brought' AND {STANDING.text} ORDER BY m.number DESC LIMIT 1
"""  # noqa: S608 - the constant above
_COLUMNS = """
    m.id, m.on_date, m.number, m.at, m.resident_id, r.name, m.guest, m.quantity, m.age, m.rule_id,
    m.words, m.price + m.fee, m.paid, m.pay_way, m.way, m.by_donor,
    (SELECT b.exception FROM main.meal AS b WHERE b.reverses_id = m.id AND b.reverses_id > 0),
    m.entered_by
"""
_TABLES = "meal AS m LEFT JOIN resident AS r ON r.id = m.resident_id"
