"""The lines of one account as they are read: on its card, on a statement, on a monthly bill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.models import EntryOfAccount, Tender
from app.services.chunks import chunks
from app.storage.lookup import Source, Sql, lookup_of, one_of, query
from app.values.meal_numbers import number_words


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """A line of an account in 分; `reversed`: a counter-line meets it."""

    id: int
    account_id: int
    on_date: date
    at: datetime
    kind: EntryOfAccount
    words: str
    amount: int
    balance: int
    tender: Tender | None
    receipt: str
    meal_id: int | None
    meal_number: str
    entered_by: str
    reversed: bool

    @property
    def title(self) -> str:
        """存款　现金 SK-20261121-001, or what was eaten."""
        if self.receipt:
            by = f"　{self.tender.label}" if self.tender else ""
            return f"{self.kind.label}{by}"
        return self.kind.label


def entries(
    source: Source, account_id: int, *, limit: int = 50, before: int | None = None
) -> tuple[EntryLine, ...]:
    """The latest lines of an account, the youngest first; those before line `before`."""
    where = [Sql("e.account_id = ?", (account_id,))]
    where += [Sql("e.id < ?", (before,))] if before is not None else []
    return _read(source, where, f"ORDER BY e.id DESC LIMIT {int(limit)}")


def entry_ids(
    source: Source, account_id: int, first: date | None = None, last: date | None = None
) -> list[int]:
    """The lines of an account written in a time, open at either end; the youngest first."""
    where = [Sql("account_id = ?", (account_id,)), *_written("at", first, last)]
    return list(lookup_of(source).column(query("id", "meal_entry", where, "ORDER BY id DESC")))


def years(source: Source, account_id: int) -> list[int]:
    """Those from the first line to the last one, the latest first."""
    own = [Sql("account_id = ?", (account_id,))]
    asked = query("min(at), max(at)", "meal_entry", own)
    first, last = next(lookup_of(source).rows(asked))
    return list(range(int(last[:4]), int(first[:4]) - 1, -1)) if first else []


def some(source: Source, ids: Sequence[int]) -> list[EntryLine]:
    """These lines in their order."""
    found: dict[int, EntryLine] = {}
    for part in chunks(ids, 500):
        found.update((one.id, one) for one in _read(source, [one_of("e.id", part)], ""))
    return [found[key] for key in ids if key in found]


def between(source: Source, account_id: int, first: date, last: date) -> tuple[EntryLine, ...]:
    """The lines written from a day to a day, both included, in their order."""
    where = [Sql("e.account_id = ?", (account_id,)), *_written("e.at", first, last)]
    return _read(source, where, "ORDER BY e.id")


def of_month(source: Source, account_id: int, month: int) -> tuple[EntryLine, ...]:
    """The lines of a month of the book, in their order."""
    where = [Sql("e.account_id = ? AND e.month = ?", (account_id, month))]
    return _read(source, where, "ORDER BY e.id")


def _written(column: str, first: date | None, last: date | None) -> list[Sql]:
    found = [Sql(f"{column} >= ?", (first.isoformat(),))] if first else []
    after = (last + timedelta(days=1)).isoformat() if last else ""
    return [*found, *([Sql(f"{column} < ?", (after,))] if after else [])]


def _read(source: Source, where: list[Sql], rest: str) -> tuple[EntryLine, ...]:
    found = lookup_of(source).rows(query(_COLUMNS, _TABLES, where, rest))
    return tuple(_line(values) for values in found)


_COLUMNS = """
    e.id, e.account_id, e.on_date, e.at, e.kind, e.words, e.amount, e.balance, e.tender, e.receipt,
    e.meal_id, m.on_date, m.number, e.entered_by,
    EXISTS (SELECT 1 FROM meal_entry c WHERE c.reverses_id = e.id)
"""
_TABLES = "meal_entry e LEFT JOIN meal m ON m.id = e.meal_id"


def _line(values: tuple[Any, ...]) -> EntryLine:
    key, account, day, at, kind, words, amount, balance, tender, receipt, *more = values
    meal, meal_day, number, by, met = more
    return EntryLine(
        id=key,
        account_id=account,
        on_date=date.fromisoformat(day),
        at=datetime.fromisoformat(at),
        kind=EntryOfAccount.of(kind),
        words=words,
        amount=amount,
        balance=balance,
        tender=Tender.of(tender) if tender else None,
        receipt=receipt or "",
        meal_id=meal,
        meal_number=number_words(date.fromisoformat(meal_day), number) if meal else "",
        entered_by=by,
        reversed=bool(met),
    )
