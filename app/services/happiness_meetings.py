"""What 议事 brings to the 幸福账单: what was brought up, decided and done in a period.

Each counts by its own day: a topic by that on which it came, a resolution by those on which it was
made and done. What hangs on the board is masked (domain.md 10.2).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import Verdict
from app.reports.happiness_bill import Matter
from app.services import places
from app.services.periods import Period
from app.services.public_words import PublicWords
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query


@dataclass(frozen=True, slots=True)
class Talked:
    """Counts of topics and resolutions, and what those concerned say of what was done."""

    raised: int = 0
    made: int = 0
    done: int = 0
    good: int = 0
    fair: int = 0
    bad: int = 0

    @property
    def words(self) -> str:
        """居民提议题 12 件，会上定了 5 项，办成 4 项; '' where there is nothing to tell."""
        if not (self.raised or self.made or self.done):
            return ""
        said = self.good + self.fair + self.bad
        content = f"，评议 {said:,} 人，满意和基本满意 {self.good + self.fair:,} 人" if said else ""
        counted = f"居民提议题 {self.raised:,} 件，会上定了 {self.made:,} 项，办成 {self.done:,} 项"
        return f"{counted}{content}。"


def talked(source: Source, period: Period, grid_ids: Sequence[int] = ()) -> Talked:
    """The counts of a period, of all grids or of some."""
    lookup = lookup_of(source)
    done = done_ids(lookup, period, grid_ids)
    said = dict(
        lookup.rows(
            query(
                "verdict, count(*)",
                "evaluation",
                [one_of("resolution_id", done), Sql("deleted_at IS NULL")],
                "GROUP BY verdict",
            )
        )
    )
    return Talked(
        _count(lookup, "topic", "came_on", period, grid_ids),
        _count(lookup, "resolution", "made_on", period, grid_ids),
        len(done),
        *(said.get(one.value, 0) for one in (Verdict.GOOD, Verdict.FAIR, Verdict.BAD)),
    )


def done_ids(source: Source, period: Period, grid_ids: Sequence[int] = ()) -> list[int]:
    """The resolutions that were done in a period, the latest first."""
    where = _within("resolution", "done_on", period, grid_ids)
    asked = query("id", "resolution", where, "ORDER BY done_on DESC, id DESC")
    return list(lookup_of(source).column(asked))


def matters(session: Session, ids: Sequence[int], *, without: Collection[str]) -> list[Matter]:
    """Lines for the poster: what was decided where, and what came of it.

    Topics of the kinds `without` stay off the board: they tell of somebody's need or quarrel.
    """
    asked = query(_LINE, _SOURCE, [one_of("r.id", list(ids))], "ORDER BY r.done_on DESC, r.id DESC")
    rows = lookup_of(session).rows(asked)
    found = [told for kind, *told in rows if kind not in without]
    texts = [str(text) for _, *told in found for text in told if text]
    public = PublicWords(session, texts)
    return [
        Matter(
            places.spoken(str(building), None, None) if building else "",
            public.of(title),
            f"{meeting}商定",
            public.of(result or ""),
        )
        for building, title, meeting, result in found
    ]


_LINE = "c.name, b.number, coalesce(t.title, r.title), m.title, r.done_words"
_SOURCE = """
    resolution AS r JOIN meeting AS m ON m.id = r.meeting_id
    LEFT JOIN topic AS t ON t.id = r.topic_id
    LEFT JOIN building AS b ON b.id = t.building_id
    LEFT JOIN category AS c ON c.id = t.category_id
"""


def _count(lookup: Lookup, table: str, day: str, period: Period, grid_ids: Sequence[int]) -> int:
    return int(lookup.value(query("count(*)", table, _within(table, day, period, grid_ids))))


def _within(table: str, day: str, period: Period, grid_ids: Sequence[int]) -> list[Sql]:
    days = (period.first.isoformat(), period.last.isoformat())
    found = [Sql(f"{table}.deleted_at IS NULL"), Sql(f"{table}.{day} BETWEEN ? AND ?", days)]
    return [*found, one_of(f"{table}.grid_id", list(grid_ids))] if grid_ids else found
