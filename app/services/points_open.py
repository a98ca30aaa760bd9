"""What keeps a month from being closed: claims without review, appeals without an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import ClaimState
from app.services import periods
from app.services.points_filter import first_of, month_words
from app.services.points_holders import HOLDERS, NAME
from app.storage.lookup import Source, Sql, any_of, lookup_of, query

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that is open: whose, of which day, what."""

    id: int
    name: str
    on_date: date
    words: str

    @property
    def line(self) -> str:
        """王秀兰 11-30 楼道清扫."""
        return f"{self.name} {self.on_date:%m-%d} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class Open:
    """What is open at the end of a month."""

    claims: tuple[Waiting, ...]
    appeals: tuple[Waiting, ...]

    def __bool__(self) -> bool:
        return bool(self.claims or self.appeals)

    @property
    def appellants(self) -> str:
        """（王秀兰、李建国等）, '' for nobody: the appeals stand in their accounts."""
        names = list(dict.fromkeys(one.name for one in self.appeals))
        more = "等" if len(names) > _NAMED else ""
        return f"（{'、'.join(names[:_NAMED])}{more}）" if names else ""

    @property
    def words(self) -> str:
        """6 笔待复核，1 件申诉待答复."""
        parts = (
            f"{len(self.claims):,} 笔待复核" if self.claims else "",
            f"{len(self.appeals):,} 件申诉待答复" if self.appeals else "",
        )
        return "，".join(filter(None, parts))


class OpenMatters(DomainError):
    """A month is not closed over the heads of those who wait; `found` tells what is open."""

    def __init__(self, month: int, found: Open) -> None:
        named = "；".join(one.line for one in (*found.claims, *found.appeals)[:_NAMED])
        more = "等" if len(found.claims) + len(found.appeals) > _NAMED else ""
        super().__init__(
            f"{month_words(month)}还有 {found.words}：{named}{more}。请先复核、答复，再月结。"
        )
        self.month, self.found = month, found


def refuse(source: Source, month: int) -> None:
    """Raises OpenMatters where something is open."""
    found = open_of(source, month)
    if found:
        raise OpenMatters(month, found)


def open_of(source: Source, month: int) -> Open:
    """What is open of a month and of those before it."""
    last = periods.month(first_of(month)).last
    return Open(_claims(source, last), _appeals(source, month, last))


def _claims(source: Source, last: date) -> tuple[Waiting, ...]:
    where = [
        Sql("c.state = ?", (ClaimState.WAITING.value,)),
        Sql("c.on_date <= ?", (last.isoformat(),)),
    ]
    tables = f"""{HOLDERS} JOIN points_claim AS c ON c.account_id = a.id
        LEFT JOIN points_item AS item ON item.id = c.item_id"""
    asked = query(f"c.id, {NAME}, c.on_date, item.name", tables, where, "ORDER BY c.on_date, c.id")
    return _read(source, asked)


def _appeals(source: Source, month: int, last: date) -> tuple[Waiting, ...]:
    day = last.isoformat()
    concerned = any_of(
        [
            Sql("p.raised_on <= ?", (day,)),
            Sql("p.month <= ?", (month,)),
            Sql("e.month <= ?", (month,)),
            Sql("c.on_date <= ?", (day,)),
        ]
    )
    tables = f"""appeal AS p LEFT JOIN points_entry AS e ON e.id = p.entry_id
        LEFT JOIN points_claim AS c ON c.id = p.claim_id
        LEFT JOIN ({HOLDERS}) ON a.id = coalesce(p.account_id, e.account_id, c.account_id)"""
    # 本人 says nothing where the account is not at hand.
    whose = f"coalesce(nullif({NAME}, ''), p.raised_by)"
    where = [Sql("p.answered_on IS NULL"), concerned]
    asked = query(f"p.id, {whose}, p.raised_on, p.words", tables, where, "ORDER BY p.id")
    return _read(source, asked)


def _read(source: Source, asked: Sql) -> tuple[Waiting, ...]:
    rows: Sequence[tuple[int, str, str, str]] = list(lookup_of(source).rows(asked))
    return tuple(
        Waiting(key, name, date.fromisoformat(day), words) for key, name, day, words in rows
    )
