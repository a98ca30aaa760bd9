"""One meal with all that is known of it: what an auditor reads at the end of his way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.errors import DomainError
from app.models import Guest, MealPeriod, MealWay, Payer, PayWay
from app.services import meal_rules
from app.services.meal_claims import PAYER_KEYS, gives_words
from app.services.meal_tiers import BY_STATUS, Shares
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query
from app.values.masking import mask_given_name
from app.values.meal_numbers import number_words
from app.values.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class MealFacts:
    """A line of the book; amounts in 分: price + fee = paid + shares."""

    id: int
    canteen: str
    number: str
    on_date: date
    period: MealPeriod
    at: datetime
    month: int
    resident_id: int | None
    name: str
    age: int | None
    quantity: int
    words: str
    dishes: tuple[str, ...]
    """Beside the set meal: 蒸蛋 1 份 4.00"""
    way: MealWay
    pay_way: PayWay
    rule: str
    """80–89 岁，每餐补 3.00; '' without a subsidy"""
    reason: str
    price: int
    fee: int
    paid: int
    shares: Shares
    entered_by: str
    why: str
    """Why it is an exception, or why it was taken back"""
    reverses_id: int | None
    reverses: str
    taken_back_id: int | None
    taken_back: str
    locked: bool
    """Its month was submitted"""

    @property
    def standing(self) -> bool:
        """Neither taken back nor a counter-line."""
        return self.reverses_id is None and self.taken_back_id is None

    def parts(self) -> list[tuple[str, int]]:
        """Who bears what, the person first."""
        shares = [(one.label, self.shares.of(one)) for one in Payer]
        return [("本人付", self.paid), *((name, part) for name, part in shares if part)]


def meal_facts(source: Source, meal_id: int) -> MealFacts:
    """One line; raises DomainError where it is not in the book."""
    lookup = lookup_of(source)
    row = next(lookup.rows(query(_COLUMNS, _TABLES, [Sql("m.id = ?", (meal_id,))])), None)
    if row is None:
        raise DomainError("账上没有这一餐，请刷新后再看。")
    key, canteen_id, canteen, day, period, number, at, month, *rest = row
    resident, name, guest, age, quantity, words, way, pay_way, rule_id, reason, *money = rest
    price, fee, paid, *more = money
    parts, told = more[: len(PAYER_KEYS)], more[len(PAYER_KEYS) :]
    by, why, taken_id, taken_day, taken_number, back_id, back_day, back_number, sent = told
    rule, hidden = _rule_words(lookup, canteen_id, rule_id)
    on_date = date.fromisoformat(day)
    who = name or (Guest.of(guest).label if guest else "")
    return MealFacts(
        id=key,
        canteen=canteen,
        number=number_words(on_date, number),
        on_date=on_date,
        period=MealPeriod.of(period),
        at=datetime.fromisoformat(at),
        month=month,
        resident_id=resident,
        name=mask_given_name(who) if hidden else who,
        age=age,
        quantity=quantity,
        words=words,
        dishes=_dishes(lookup, key),
        way=MealWay.of(way),
        pay_way=PayWay.of(pay_way),
        rule=rule,
        reason="" if hidden else reason,
        price=price,
        fee=fee,
        paid=paid,
        shares=Shares(**dict(zip(PAYER_KEYS, parts, strict=True))),
        entered_by=by,
        why=why or "",
        reverses_id=taken_id,
        reverses=number_words(date.fromisoformat(taken_day), taken_number) if taken_day else "",
        taken_back_id=back_id,
        taken_back=number_words(date.fromisoformat(back_day), back_number) if back_day else "",
        locked=sent is not None,
    )


_BY = ", ".join(f"m.by_{one}" for one in PAYER_KEYS)
_COLUMNS = (
    "m.id, m.canteen_id, c.name, m.on_date, m.period, m.number, m.at, m.month, m.resident_id,"
    " r.name, m.guest, m.age, m.quantity, m.words, m.way, m.pay_way, m.rule_id, m.reason, m.price,"
    f" m.fee, m.paid, {_BY}, m.entered_by, m.exception, t.id, t.on_date, t.number, b.id,"
    " b.on_date, b.number, k.submitted_at"
)
_TABLES = """meal AS m JOIN canteen AS c ON c.id = m.canteen_id
    LEFT JOIN resident AS r ON r.id = m.resident_id
    LEFT JOIN meal AS t ON t.id = m.reverses_id
    LEFT JOIN meal AS b ON b.reverses_id = m.id AND b.reverses_id > 0
    LEFT JOIN meal_claim AS k ON k.canteen_id = m.canteen_id AND k.month = m.month"""


def _rule_words(lookup: Lookup, canteen_id: int, rule_id: int | None) -> tuple[str, bool]:
    """The tier and what it gives; whether whoever asks must not know whose it is."""
    rules = {one.id: one for one in meal_rules.rules(lookup, canteen_id)}
    rule = rules.get(rule_id) if rule_id is not None else None
    if rule is None:
        return "", False
    may_see = lookup.actor.may(Right.SEE_SENSITIVE)
    name = meal_rules.shown_name(rule, may_see=may_see)
    return f"{name}，{gives_words(rule)}", name == BY_STATUS


def _dishes(lookup: Lookup, meal_id: int) -> tuple[str, ...]:
    asked = query(
        "d.name, x.quantity",
        "meal_dish AS x JOIN dish AS d ON d.id = x.dish_id",
        [Sql("x.meal_id = ?", (meal_id,))],
        "ORDER BY x.id",
    )
    return tuple(f"{name} {quantity} 份" for name, quantity in lookup.rows(asked))
