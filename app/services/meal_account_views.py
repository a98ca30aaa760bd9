"""Accounts for meals as they are listed: whose, what they have, who has to pay in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models import AccountState
from app.models.base import Worded
from app.services import places, search, settings
from app.services.ages import age_on
from app.services.chunks import chunks
from app.services.points_lines import month_number
from app.services.resident_rows import DEPARTURE_LABELS
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query

_HUNDRED = 100
CARD, BILL = "card_account", "bill_account"
"""The keys of models.AccountKind."""


class AccountView(Worded):
    """Which accounts are looked at."""

    ALL = "all_accounts", "全部"
    LOW = "low_cards", "余额不足"
    OWING = "owing_bills", "有欠款"
    LEFT = "left_accounts", "人已离开"
    FROZEN = "frozen_accounts", "冻结"
    CLOSED = "closed_accounts", "已销户"


@dataclass(frozen=True, slots=True)
class AccountFilter:
    view: AccountView = AccountView.ALL
    text: str = ""


@dataclass(frozen=True, slots=True)
class AccountSums:
    """How many accounts each view has; what cards have and bills owe together, in 分."""

    counts: dict[AccountView, int]
    paid_in: int
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """A line of the list; amounts in 分, what a bill owes is negative."""

    id: int
    version: int
    resident_id: int
    name: str
    age: int | None
    place: str
    grid: str
    kind: str
    """The key of models.AccountKind"""
    state: AccountState
    balance: int
    limit: int | None
    low: bool
    eaten: int
    """This month"""
    last_on: date | None
    opened_on: date
    frozen_reason: str
    left: str
    """2026-11-18 迁出, of whoever moved away or died"""

    @property
    def is_card(self) -> bool:
        return self.kind == CARD

    @property
    def kind_words(self) -> str:
        return "餐卡" if self.is_card else "月结"

    @property
    def state_words(self) -> str:
        """What somebody has to know of an account stands in place of 正常."""
        if self.left and self.state is not AccountState.CLOSED:
            return "人已离开"
        return "余额不足" if self.low else self.state.label


def account_ids(source: Source, chosen: AccountFilter) -> list[int]:
    """The accounts that are meant, by name; those with too little by what they have."""
    lookup = lookup_of(source)
    where = [_of_view(chosen.view, _low_below(lookup)), *_of_text(lookup, chosen.text)]
    order = "coalesce(b.balance, 0), r.name_order" if chosen.view in _BY_BALANCE else "r.name_order"
    return list(
        lookup.column(query("a.id", _LISTED, where, f"ORDER BY {order}, a.kind DESC, a.id"))
    )


def sums(source: Source) -> AccountSums:
    """Of all accounts that one may see."""
    lookup = lookup_of(source)
    low = _low_below(lookup)
    views = [_of_view(view, low) for view in AccountView]
    counted = ", ".join(f"count(CASE WHEN {one.text} THEN 1 END)" for one in views)
    what = (
        f"{counted}, coalesce(sum(CASE WHEN b.balance > 0 THEN b.balance END), 0),"
        " coalesce(-sum(CASE WHEN b.balance < 0 THEN b.balance END), 0)"
    )
    asked = query(what, _LISTED)
    values = tuple(value for one in views for value in one.values)
    *counts, paid_in, owed = next(lookup.rows(Sql(asked.text, values)))
    return AccountSums(dict(zip(AccountView, counts, strict=True)), paid_in, owed)


def rows(source: Source, ids: Sequence[int], *, today: date) -> list[AccountRow]:
    """These accounts in the order of `ids`; what one may not see is left out."""
    lookup = lookup_of(source)
    low = _low_below(lookup)
    found: dict[int, AccountRow] = {}
    for part in chunks(ids, 500):
        asked = query(_COLUMNS, _TABLES, [one_of("a.id", part)])
        values = (month_number(today), *asked.values)
        for row in lookup.rows(Sql(asked.text, values)):
            found[row[0]] = _row(row, today, low)
    return [found[key] for key in ids if key in found]


def people_of(source: Source, ids: Sequence[int]) -> list[int]:
    """The residents whose accounts these are."""
    found = lookup_of(source).column(query("resident_id", "meal_account", [one_of("id", ids)]))
    return list(dict.fromkeys(found))


_BY_BALANCE = (AccountView.LOW, AccountView.OWING)


def _low_below(lookup: Lookup) -> int:
    return settings.value(lookup, settings.LOW_BALANCE) * _HUNDRED


def _of_view(view: AccountView, low: int) -> Sql:
    open_, frozen, closed = (one.value for one in AccountState)
    return {
        AccountView.ALL: Sql("a.state <> ?", (closed,)),
        AccountView.LOW: Sql(
            "a.kind = ? AND a.state = ? AND coalesce(b.balance, 0) < ? AND r.departure IS NULL",
            (CARD, open_, low),
        ),
        AccountView.LEFT: Sql("a.state <> ? AND r.departure IS NOT NULL", (closed,)),
        AccountView.OWING: Sql("b.balance < 0"),
        AccountView.FROZEN: Sql("a.state = ?", (frozen,)),
        AccountView.CLOSED: Sql("a.state = ?", (closed,)),
    }[view]


def _of_text(lookup: Lookup, typed: str) -> list[Sql]:
    """By whose it is, or by the number of one of its receipts."""
    text = typed.strip()
    if not text:
        return []
    people = one_of("a.resident_id", list(search.find_ids(lookup, text).ids))
    number = Sql(
        "a.id IN (SELECT account_id FROM meal_entry WHERE receipt > '' AND receipt = ?)",
        (text.upper(),),
    )
    return [Sql(f"{people.text} OR {number.text}", people.values + number.values)]


_LISTED = """
    meal_account a LEFT JOIN meal_balance b ON b.account_id = a.id
    JOIN resident r ON r.id = a.resident_id
"""
_TABLES = (
    _LISTED
    + """ LEFT JOIN dwelling d ON d.id = r.dwelling_id
    LEFT JOIN building g ON g.id = d.building_id
    LEFT JOIN grid ON grid.id = r.grid_id
"""
)
_COLUMNS = """
    a.id, a.version, a.resident_id, r.name, r.birth_date, g.number, d.unit, d.room,
    r.other_address, grid.name, a.kind, a.state, coalesce(b.balance, 0), a."limit",
    (SELECT -sum(e.amount) FROM meal_entry e
        WHERE e.month = ? AND e.account_id = a.id AND e.meal_id > 0),
    (SELECT max(e.on_date) FROM meal_entry e WHERE e.account_id = a.id), a.opened_on,
    a.frozen_reason, r.departure, r.departed_on
"""


def _row(values: tuple[Any, ...], today: date, low: int) -> AccountRow:
    key, version, resident, name, born, number, unit, room, elsewhere, grid, *more = values
    kind, state, balance, limit, eaten, last, opened, why, departure, since = more
    is_open = state == AccountState.OPEN.value and departure is None
    return AccountRow(
        id=key,
        version=version,
        resident_id=resident,
        name=name,
        age=age_on(date.fromisoformat(born), today) if born else None,
        place=places.listed(number, unit, room) or elsewhere or "",
        grid=grid or "",
        kind=kind,
        state=AccountState.of(state),
        balance=balance,
        limit=limit,
        low=is_open and kind == CARD and balance < low,
        eaten=eaten or 0,
        last_on=date.fromisoformat(last) if last else None,
        opened_on=date.fromisoformat(opened),
        frozen_reason=why or "",
        left=f"{since or ''} {DEPARTURE_LABELS[departure]}".strip() if departure else "",
    )
