"""What an office counts in a file, so that a person recognises the right day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlcipher3

from app.values.money import yuan


class Counted(NamedTuple):
    """One figure: its key in `backup.json`, heading, unit, and the SELECT that gives it."""

    key: str
    label: str
    unit: str
    sql: str
    column: bool = False
    """Whether the list of backups has a column for it: there is room for a few."""
    gives_way: bool = False
    """Whether this column goes where letters are large."""
    money: bool = False
    """Whether it is counted in 分, and told in 元."""

    def words(self, value: int) -> str:
        """38 人, 1,234.56 元."""
        return f"{yuan(value) if self.money else f'{value:,}'} {self.unit}"


# A new ledger (points, meals) is one line here: lists, differences and checks follow.
COUNTED: tuple[Counted, ...] = (
    Counted(
        "people",
        "居民",
        "人",
        "SELECT count(*) FROM resident WHERE deleted_at IS NULL AND departure IS NULL",
        column=True,
    ),
    # As the page 居民 counts them: those in which somebody lives.
    Counted(
        "households",
        "户",
        "户",
        "SELECT count(DISTINCT household_id) FROM resident"
        " WHERE deleted_at IS NULL AND departure IS NULL",
        column=True,
        gives_way=True,
    ),
    Counted(
        "certificates",
        "证明",
        "份",
        "SELECT count(*) FROM certificate",
        column=True,
        gives_way=True,
    ),
    Counted("diary", "日记", "条", "SELECT count(*) FROM diary_entry WHERE deleted_at IS NULL"),
    Counted("visits", "走访", "次", "SELECT count(*) FROM visit WHERE deleted_at IS NULL"),
    Counted("requests", "诉求", "件", "SELECT count(*) FROM request WHERE deleted_at IS NULL"),
    Counted(
        "volunteers",
        "志愿者",
        "人",
        "SELECT count(*) FROM volunteer WHERE deleted_at IS NULL AND left_on IS NULL",
    ),
    Counted(
        "points",
        "积分",
        "分",
        "SELECT coalesce(sum(balance), 0) FROM points_balance",
        column=True,
    ),
    Counted(
        "redemptions",
        "兑换",
        "笔",
        "SELECT count(*) FROM redemption WHERE taken_back_at IS NULL",
    ),
    Counted("stock", "库存", "件", "SELECT coalesce(sum(on_hand), 0) FROM stock_level"),
    Counted("meals", "用餐", "餐", "SELECT coalesce(sum(quantity), 0) FROM meal", column=True),
    Counted(
        "deposits",
        "餐卡存款",
        "元",
        "SELECT coalesce(sum(balance), 0) FROM meal_balance",
        money=True,
    ),
    Counted(
        "standing_orders",
        "长期订餐",
        "份",
        "SELECT count(*) FROM standing_order WHERE deleted_at IS NULL",
    ),
    Counted("meetings", "会议", "次", "SELECT count(*) FROM meeting WHERE deleted_at IS NULL"),
    Counted("topics", "议题", "件", "SELECT count(*) FROM topic WHERE deleted_at IS NULL"),
    Counted(
        "resolutions", "决议", "项", "SELECT count(*) FROM resolution WHERE deleted_at IS NULL"
    ),
    Counted(
        "fund",
        "专项经费",
        "元",
        "SELECT coalesce(sum(balance), 0) FROM fund_balance",
        money=True,
    ),
)
_JOURNAL = """
SELECT (SELECT count(*) FROM operation), (SELECT hash FROM operation ORDER BY id DESC LIMIT 1)
"""


@dataclass(frozen=True)
class Counts:
    """The figures of one moment. `head` is the hash at the end of the journal's chain."""

    values: Mapping[str, int]
    operations: int
    head: str = ""

    @property
    def people(self) -> int:
        """Those who count: neither deleted nor moved away."""
        return self.values.get("people", 0)

    @property
    def households(self) -> int:
        return self.values.get("households", 0)


def count(connection: Any) -> Counts:
    """Count through a raw connection; a figure that an older file does not have is left out."""
    values = {}
    for one in COUNTED:
        try:
            values[one.key] = int(connection.execute(one.sql).fetchone()[0])
        except sqlcipher3.OperationalError as error:
            # No such table or column; every other fault is one of the file.
            if error.sqlite_errorcode != sqlcipher3.SQLITE_ERROR:
                raise
    return Counts(values, *journal_end(connection))


def journal_end(connection: Any) -> tuple[int, str]:
    """How many operations the journal has, and the hash at the end of its chain."""
    operations, head = connection.execute(_JOURNAL).fetchone()
    return int(operations), head or ""


def difference(then: Counts, now: Counts) -> str:
    """What `then` has less or more than `now`: 少 38 人、2 户; '' where no figure differs."""
    less: list[str] = []
    more: list[str] = []
    for one in COUNTED:
        gone = now.values.get(one.key, 0) - then.values.get(one.key, 0)
        if gone:
            named = "" if one.key in _NAMED_BY_UNIT else one.label
            (less if gone > 0 else more).append(f"{one.words(abs(gone))}{named}")
    parts = [f"{word} {'、'.join(found)}" for word, found in (("少", less), ("多", more)) if found]
    return "，".join(parts)


_NAMED_BY_UNIT = ("people", "households")
"""人 and 户 say themselves what is counted; 份 does not"""
