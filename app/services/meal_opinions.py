"""满意度卡 that came back: 1 to 5 for taste, price and service, and what was written on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import MealOpinion
from app.services import rights
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right
from app.values.text import compact, tidy

ASKED = ("口味", "价格", "服务")
BEST = 5
_LONGEST_WORDS, _LONGEST_NAME = 100, 20
_NO_MARK = "0-"

Marks = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionInput:
    """One card; a mark is None where nothing is ticked."""

    on_date: date
    marks: Marks
    words: str = ""
    given_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionView:
    """One card as it was typed in."""

    id: int
    on_date: date
    marks: Marks
    words: str
    given_by: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: how many gave 5, 4, 3, 2 and 1."""

    name: str
    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def average(self) -> float | None:
        """None where nobody answered."""
        marks = sum(mark * count for mark, count in zip(_MARKS, self.counts, strict=True))
        return marks / self.answers if self.answers else None


_MARKS = tuple(range(BEST, 0, -1))


def read_marks(typed: str) -> Marks:
    """454 or 4 5 4: taste, price, service; 0 or - where nothing is ticked.

    Raises DomainError for anything else.
    """
    text = compact(typed)
    allowed = {str(mark) for mark in _MARKS} | set(_NO_MARK)
    if len(text) != len(ASKED) or not set(text) <= allowed:
        raise DomainError("请按口味、价格、服务写三个 1 到 5 的数，如 454；没勾的写 0。")
    taste, price, service = (None if one in _NO_MARK else int(one) for one in text)
    return taste, price, service


def add(session: Session, canteen_id: int, entered: OpinionInput, *, today: date) -> int:
    """Write down a card; raises DomainError for an empty one and for a day to come."""
    rights.require(session, Right.RUN_CANTEEN)
    words, given_by = tidy(entered.words), tidy(entered.given_by)
    if entered.on_date > today:
        raise DomainError("满意度卡的日期在今天以后，请核对。")
    if not words and not any(entered.marks):
        raise DomainError("这张卡没有打分，也没有意见，不用录。")
    if len(words) > _LONGEST_WORDS:
        raise DomainError(f"意见最多 {_LONGEST_WORDS} 个字，请写短一些。")
    if len(given_by) > _LONGEST_NAME:
        raise DomainError(f"填写人最多 {_LONGEST_NAME} 个字，请写短一些。")
    taste, price, service = entered.marks
    row = MealOpinion(
        canteen_id=canteen_id,
        on_date=entered.on_date,
        taste=taste,
        price=price,
        service=service,
        words=words,
        given_by=given_by,
        entered_by=actor_of(session).name,
    )
    session.add(row)
    session.flush()
    return row.id


def remove(session: Session, opinion_id: int) -> None:
    """A card that was typed twice."""
    rights.require(session, Right.RUN_CANTEEN)
    row = session.get(MealOpinion, opinion_id)
    if row is None:
        raise DomainError("这张卡已经不在了，请刷新。")
    session.delete(row)
    session.flush()


def opinions(source: Source, canteen_id: int, first: date, last: date) -> tuple[OpinionView, ...]:
    """The cards from a day to a day, the latest first."""
    where = [
        Sql("canteen_id = ?", (canteen_id,)),
        Sql("on_date BETWEEN ? AND ?", (first.isoformat(), last.isoformat())),
    ]
    asked = query(_COLUMNS, "meal_opinion", where, "ORDER BY on_date DESC, id DESC")
    return tuple(
        OpinionView(
            id=key,
            on_date=date.fromisoformat(day),
            marks=(taste, price, service),
            words=words,
            given_by=given_by,
            entered_by=entered_by,
        )
        for key, day, taste, price, service, words, given_by, entered_by in lookup_of(source).rows(
            asked
        )
    )


def averages(found: Sequence[OpinionView]) -> tuple[Asked, ...]:
    """By question how many gave which mark."""
    return tuple(
        Asked(name, tuple(sum(one.marks[place] == mark for one in found) for mark in _MARKS))
        for place, name in enumerate(ASKED)
    )


_COLUMNS = "id, on_date, taste, price, service, words, given_by, entered_by"
