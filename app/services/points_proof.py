"""账账相符: the lines of the ledger against the balances that are kept, in sum and by account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.services.points_holders import HOLDERS, NAME
from app.storage.lookup import Source, Sql, lookup_of, query


@dataclass(frozen=True, slots=True)
class Proof:
    """What the ledger tells of a month, and what the accounts together had at its end."""

    month: int
    opening: int
    added: int
    taken: int
    """As a positive number"""
    balances: int
    accounts: int
    """With points at the beginning or the end, or a line in the month"""

    @property
    def closing(self) -> int:
        """上月结余 + 本月增加 - 本月减少."""
        return self.opening + self.added - self.taken

    @property
    def difference(self) -> int:
        return self.closing - self.balances

    @property
    def agrees(self) -> bool:
        return self.difference == 0


@dataclass(frozen=True, slots=True)
class Difference:
    """An account of which lines, balance and unused lots do not tell the same."""

    account_id: int
    name: str
    entries: int
    balance: int
    lots: int


@dataclass(frozen=True, slots=True)
class MonthLine:
    """An account in a month; `closing` comes from its balance, less what came later."""

    account_id: int
    opening: int
    added: int
    taken: int
    closing: int


# The plus keeps SQLite from walking all lines in the order of their accounts: the index of the
# months has all that is added up.
_BY_ACCOUNT = "GROUP BY +account_id"
_ADDED = "sum(CASE WHEN points > 0 THEN points ELSE 0 END)"
_TAKEN = "-sum(CASE WHEN points < 0 THEN points ELSE 0 END)"


def proof(source: Source, month: int) -> Proof:
    """The sums of a month: of the lines, and of the balances of its accounts.

    The lines are added up from the first one on, the balances are those that are kept: each tells
    its own story.
    """
    lookup = lookup_of(source)
    opening = lookup.value(query("sum(points)", "points_entry", [_before(month)])) or 0
    within = query(f"{_ADDED}, {_TAKEN}", "points_entry", [Sql("month = ?", (month,))])
    added, taken = next(lookup.rows(within))
    lines = _lines(month)
    counted = Sql(f"SELECT count(*), sum(closing) FROM ({lines.text})", lines.values)  # noqa: S608 - made below
    accounts, balances = next(lookup.rows(counted))
    return Proof(month, opening, added or 0, taken or 0, balances or 0, accounts)


def month_lines(source: Source, month: int) -> Iterator[MonthLine]:
    """The accounts of a month, those with a line in it or with points before or after."""
    return (MonthLine(*row) for row in lookup_of(source).rows(_lines(month)))


def differences(source: Source) -> list[Difference]:
    """The accounts whose books are apart; none where all is well."""
    wrong = Sql("coalesce(e.points, 0) <> coalesce(b.balance, 0)" + _OR_LOTS)
    columns = f"a.id, {NAME}, coalesce(e.points, 0), coalesce(b.balance, 0), coalesce(l.points, 0)"
    found = lookup_of(source).rows(query(columns, _BOOKS, [wrong], "ORDER BY a.id"))
    return [Difference(*row) for row in found]


def _before(month: int) -> Sql:
    return Sql("month < ?", (month,))


def _lines(month: int) -> Sql:
    """(account, opening, added, taken, closing); only what is not over is added up anew."""
    within = query(
        f"account_id, {_ADDED} AS added, {_TAKEN} AS taken",
        "points_entry",
        [Sql("month = ?", (month,))],
        _BY_ACCOUNT,
    )
    later = query(
        "account_id, sum(points) AS points",
        "points_entry",
        [Sql("month > ?", (month,))],
        _BY_ACCOUNT,
    )
    text = f"""SELECT * FROM (
        SELECT b.account_id,
            b.balance - coalesce(l.points, 0) - coalesce(m.added, 0) + coalesce(m.taken, 0)
                AS opening,
            coalesce(m.added, 0) AS added, coalesce(m.taken, 0) AS taken,
            b.balance - coalesce(l.points, 0) AS closing
        FROM points_balance AS b
        LEFT JOIN ({within.text}) AS m ON m.account_id = b.account_id
        LEFT JOIN ({later.text}) AS l ON l.account_id = b.account_id
    ) AS of_month WHERE opening <> 0 OR added <> 0 OR taken <> 0 OR closing <> 0"""  # noqa: S608 - made above
    return Sql(text, within.values + later.values)


_OR_LOTS = " OR coalesce(l.points, 0) <> coalesce(b.balance, 0)"
_BOOKS = (
    HOLDERS  # noqa: S608 - constants
    + """ LEFT JOIN points_balance AS b ON b.account_id = a.id
    LEFT JOIN (SELECT account_id, sum(points) AS points FROM points_entry GROUP BY +account_id) AS e
        ON e.account_id = a.id
    LEFT JOIN (SELECT account_id, sum("left") AS points FROM points_lot GROUP BY account_id) AS l
        ON l.account_id = a.id"""
)
