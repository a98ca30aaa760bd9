"""The kinds of steps on the way of a topic (三步工作法, domain.md 5.3), and one such step."""

import enum
from datetime import date
from typing import NamedTuple


class Stage(enum.StrEnum):
    """Which step of 居民提事、民主议事、集体决策、落实 it is; `place` sorts those of one day."""

    part: str
    place: int

    def __new__(cls, key: str, part: str) -> "Stage":
        stage = str.__new__(cls, key)
        stage._value_ = key
        stage.part, stage.place = part, len(cls.__members__)
        return stage

    RAISED = "raised", "居民提事"
    MERGED = "merged", "居民提事"
    SUPPORTED = "supported", "居民提事"
    SCREENED = "screened", "居民提事"
    LISTED = "listed", "居民提事"
    CALLED = "called", "民主议事"
    HELD = "held", "民主议事"
    OPINION = "opinion", "民主议事"
    VOTED = "voted", "集体决策"
    MADE = "made", "集体决策"
    PUBLIC = "public", "集体决策"
    PROJECT = "project", "落实"
    PAID = "paid", "落实"
    PROGRESS = "progress", "落实"
    DONE = "done", "落实"
    STOPPED = "stopped", "落实"
    EVALUATED = "evaluated", "落实"


class WayStep(NamedTuple):
    """One of them; `words` may have several lines. None as a day for what is not dated.

    `people` are named in the clear: what hangs on the board masks them. `record` is the table and
    id of what can be opened, `photos` are ids of progress_photo.
    """

    stage: Stage
    on: date | None
    title: str
    words: str = ""
    detail: str = ""
    """The proof of a vote, the period of a 公示: what stands small below the words"""
    people: tuple[str, ...] = ()
    photos: tuple[int, ...] = ()
    record: tuple[str, int] | None = None
    behind: int = 0
    """How many they are where not everybody is named: of other grids"""

    @property
    def number(self) -> int:
        """How many people it is about, named or not."""
        return max(self.behind, len(self.people))
