"""All that is known of one line of the book of meals, for its window."""

from dataclasses import dataclass
from datetime import date, datetime

from app.errors import DomainError
from app.models import Guest, MealPeriod, MealWay, PayWay
from app.services import meal_rules
from app.services.meal_shares import Shares
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.meal_numbers import number_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MealFacts:
    """A line; money in 分. `taken_back` tells when and why, `reverses` which one it meets."""

    number: str
    canteen: str
    on_date: date
    period: MealPeriod
    at: datetime
    month: int
    name: str
    quantity: int
    way: MealWay
    words: str
    age: int | None
    tier: str
    reason: str
    price: int
    fee: int
    paid: int
    shares: Shares
    pays: str
    exception: str
    taken_back: str
    reverses: str
    entered_by: str
    ordered: bool
    """It came of an order: whoever runs the canteen takes it back"""

    @property
    def given(self) -> int:
        return self.shares.total

    @property
    def standing(self) -> bool:
        """Whether it counts, and may be taken back."""
        return not self.taken_back and not self.reverses


def of(source: Source, meal_id: int) -> MealFacts:
    """The line; raises DomainError where whoever asks sees none."""
    lookup = lookup_of(source)
    row = next(lookup.rows(query(_COLUMNS, _TABLES, [Sql("m.id = ?", (meal_id,))])), None)
    if row is None:
        raise DomainError("账上没有这一餐，请刷新后再看。")
    canteen, day, number, period, at, month, name, guest, quantity, way, *rest = row
    words, age, rule_id, reason, price, fee, paid, *more = rest
    city, district, street, operator, donor, pay_way, exception, entered_by, order_id, *met = more
    return MealFacts(
        number=number_words(date.fromisoformat(day), number),
        canteen=canteen,
        on_date=date.fromisoformat(day),
        period=MealPeriod.of(period),
        at=datetime.fromisoformat(at),
        month=month,
        name=name or Guest.of(guest).label,
        quantity=quantity,
        way=MealWay.of(way),
        words=words,
        age=age,
        tier=meal_rules.names(lookup).get(rule_id, ""),
        reason=reason,
        price=price,
        fee=fee,
        paid=paid,
        shares=Shares(city=city, district=district, street=street, operator=operator, donor=donor),
        pays=PayWay.of(pay_way).label,
        exception=exception or "",
        entered_by=entered_by,
        ordered=order_id is not None,
        **_other_line(met),
    )


def _other_line(met: list[str | int | None]) -> dict[str, str]:
    """The counter-line of a line, or the line that it meets."""
    back_day, back_number, back_at, back_why, day, number = met
    taken_back = reverses = ""
    if back_number is not None:
        at = datetime.fromisoformat(str(back_at))
        words = number_words(date.fromisoformat(str(back_day)), int(back_number))
        taken_back = f"{at:%m-%d %H:%M} 撤销（{words}）：{back_why}"
    if number is not None:
        reverses = number_words(date.fromisoformat(str(day)), int(number))
    return {"taken_back": taken_back, "reverses": reverses}


_COLUMNS = """
    c.name, m.on_date, m.number, m.period, m.at, m.month, r.name, m.guest, m.quantity, m.way,
    m.words, m.age, m.rule_id, m.reason, m.price, m.fee, m.paid,
    m.by_city, m.by_district, m.by_street, m.by_operator, m.by_donor, m.pay_way, m.exception,
    m.entered_by, m.order_id,
    back.on_date, back.number, back.at, back.exception, met.on_date, met.number
"""
_TABLES = """
    meal AS m JOIN canteen AS c ON c.id = m.canteen_id
    LEFT JOIN resident AS r ON r.id = m.resident_id
    LEFT JOIN meal AS back ON back.reverses_id = m.id AND back.reverses_id > 0
    LEFT JOIN meal AS met ON met.id = m.reverses_id
"""
