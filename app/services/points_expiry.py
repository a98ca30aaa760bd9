"""有效期: until when points last that are earned from a day on; earlier ones keep their day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import ExpiryRule, ExpiryWay
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.text import tidy

MOST_MONTHS = 120
_DECEMBER = 12
_LONGEST_SOURCE = 120


@dataclass(frozen=True, slots=True)
class ExpiryView:
    """A rule; it holds until the next one begins. `number`: a month, or how many months."""

    id: int
    way: ExpiryWay
    number: int | None
    since: date
    source: str

    @property
    def words(self) -> str:
        """次年 3 月底."""
        if self.way is ExpiryWay.NEXT_YEAR:
            return f"次年 {self.number} 月底"
        if self.way is ExpiryWay.MONTHS:
            return f"满 {self.number} 个月的月底"
        return self.way.label


def rules(source: Source) -> list[ExpiryView]:
    """All rules, the latest first."""
    asked = query(
        "id, way, number, since, source",
        "expiry_rule",
        [Sql("deleted_at IS NULL")],
        "ORDER BY since DESC, id DESC",
    )
    return [
        ExpiryView(key, ExpiryWay.of(way), number, date.fromisoformat(since), told or "")
        for key, way, number, since, told in lookup_of(source).rows(asked)
    ]


def set_rule(
    session: Session,
    way: ExpiryWay,
    number: int | None,
    *,
    since: date,
    source: str = "",
    today: date,
) -> int:
    """Points earned from `since` on last so long; gives the rule's id.

    Raises DomainError for a day that is past: points of those days have their last day already.
    """
    if since < today:
        raise DomainError("有效期不能从过去的日子改起：那时的积分到期日已经定了。请填今天或以后。")
    number = _number(way, number)
    row = session.scalar(
        select(ExpiryRule).where(ExpiryRule.since == since, ExpiryRule.deleted_at.is_(None))
    )
    if row is None:
        row = ExpiryRule(since=since)
        session.add(row)
    row.way, row.number = way, number
    row.source = tidy(source)[:_LONGEST_SOURCE] or None
    session.flush()
    return row.id


def _number(way: ExpiryWay, number: int | None) -> int | None:
    if way is ExpiryWay.NEXT_YEAR and not 1 <= (number or 0) <= _DECEMBER:
        raise DomainError("请填次年几月底到期，1 到 12。")
    if way is ExpiryWay.MONTHS and not 1 <= (number or 0) <= MOST_MONTHS:
        raise DomainError(f"请填满几个月到期，1 到 {MOST_MONTHS}。")
    return number if way in (ExpiryWay.NEXT_YEAR, ExpiryWay.MONTHS) else None
