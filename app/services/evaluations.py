"""评议: what those concerned say of what was done, each once for a resolution."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import DONE_RESOLUTIONS, Evaluation, Resident, ResolutionState, Verdict
from app.services import resolutions, topic_people
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.text import tidy

_LONGEST_NAME = 60
_LONGEST_WORDS = 200
PROPOSED = "提出人"
# The name stands in the row itself: the view before the residents does not hide it.
SEEN = Sql("(resident_id IS NULL OR resident_id IN (SELECT id FROM resident))")
"""Of the evaluations those whose names may be told"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationInput:
    """A resident of the file, or somebody by name; who is not content says why."""

    resident_id: int | None = None
    name: str = ""
    on_date: date
    verdict: Verdict
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be asked, and what he said; `verdict` None while he was not asked."""

    resident_id: int | None
    name: str
    part: str
    """提出人, 联名, 涉及; '' for somebody else who said something"""
    evaluation_id: int | None = None
    verdict: Verdict | None = None
    words: str = ""
    on_date: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    good: int = 0
    fair: int = 0
    bad: int = 0

    @property
    def total(self) -> int:
        return self.good + self.fair + self.bad

    @property
    def words(self) -> str:
        """满意 12 人，基本满意 3 人; '' while nobody was asked."""
        told = ((Verdict.GOOD, self.good), (Verdict.FAIR, self.fair), (Verdict.BAD, self.bad))
        return "，".join(f"{verdict.label} {count} 人" for verdict, count in told if count)


def asked(source: Source, resolution_id: int) -> list[Asked]:
    """Who brought it up, who stands behind it, whom it concerns, and whoever else was asked.

    Those who brought up the same, in a topic that was merged into it, are among them. Whoever sees
    some grids only is told of their people and of those from outside; the tally counts all.
    """
    lookup = lookup_of(source)
    there = [*_of(resolution_id), SEEN]
    said = {
        (row[1], "" if row[1] else row[2]): row
        for row in lookup.rows(query(_COLUMNS, "evaluation", there, "ORDER BY id"))
    }
    own = Sql("id = ?", (resolution_id,))
    topic_id = lookup.value(query("topic_id", "resolution", [own]))
    found = []
    for one in topic_people.behind(lookup, topic_id) if topic_id is not None else ():
        part = PROPOSED if one.proposer else one.kind.label
        key = one.resident_id, "" if one.resident_id else one.name
        found.append(_asked(one.resident_id, one.name, part, said.pop(key, None)))
    found += [_asked(row[1], row[2], "", row) for row in said.values()]
    return found


def tally(source: Source, resolution_id: int) -> Tally:
    """How many said what."""
    counted = query("verdict, count(*)", "evaluation", _of(resolution_id), "GROUP BY verdict")
    found = dict(lookup_of(source).rows(counted))
    return Tally(*(found.get(one.value, 0) for one in (Verdict.GOOD, Verdict.FAIR, Verdict.BAD)))


def evaluate(
    session: Session, resolution_id: int, entered: EvaluationInput, *, version: int
) -> int:
    """What one of those concerned says; said again it takes the place of what he said before.

    Raises DomainError before it is done, without a name, and for 不满意 without words.
    """
    row = resolutions.get(session, resolution_id, version=version)
    if row.state not in DONE_RESOLUTIONS:
        raise DomainError("办结以后再请大家评议。")
    if row.done_on is not None and entered.on_date < row.done_on:
        raise DomainError(f"{row.done_on:%Y-%m-%d} 才办结，评议不会更早，请核对日期。")
    row.state = ResolutionState.EVALUATED
    return write(session, entered, resolution_id=resolution_id)


def write(
    session: Session,
    entered: EvaluationInput,
    *,
    resolution_id: int | None = None,
    project_id: int | None = None,
) -> int:
    """Put down what somebody says of a resolution or a project; whoever calls asks for the right.

    Raises DomainError without a name, and for 不满意 without words.
    """
    name, words = _name(session, entered), tidy(entered.words)
    if entered.verdict is Verdict.BAD and not words:
        raise DomainError("请写明哪里不满意，好接着办。")
    if len(words) > _LONGEST_WORDS:
        raise DomainError(f"意见最多 {_LONGEST_WORDS} 个字，请缩短。")
    found = _known(session, resolution_id, project_id, entered.resident_id, name)
    found.name, found.verdict, found.words = name, entered.verdict, words or None
    found.on_date, found.deleted_at = entered.on_date, None
    session.add(found)
    session.flush()
    return found.id


def remove(session: Session, evaluation_id: int, *, now: datetime) -> None:
    """Into the recycle bin; without any the resolution is done and not evaluated."""
    found = session.get(Evaluation, evaluation_id)
    if found is None or found.deleted_at is not None or found.resolution_id is None:
        raise DomainError("这条评议已经被删除，请刷新。")
    row = resolutions.get(session, found.resolution_id)
    found.deleted_at = now
    session.flush()
    if row.state is ResolutionState.EVALUATED and not tally(session, row.id).total:
        row.state = ResolutionState.DONE
        session.flush()


def _name(session: Session, entered: EvaluationInput) -> str:
    if entered.resident_id is not None:
        person = session.get(Resident, entered.resident_id)
        if person is None:
            raise DomainError("这位居民已经不在册，请写姓名。")
        return person.name
    name = tidy(entered.name)
    if not name:
        raise DomainError("请写明是谁评议的。")
    if len(name) > _LONGEST_NAME:
        raise DomainError(f"姓名最多 {_LONGEST_NAME} 个字，请缩短。")
    return name


def _known(
    session: Session,
    resolution_id: int | None,
    project_id: int | None,
    resident_id: int | None,
    name: str,
) -> Evaluation:
    """What he said before, or a new line."""
    same = select(Evaluation).where(
        Evaluation.resolution_id.is_not_distinct_from(resolution_id),
        Evaluation.project_id.is_not_distinct_from(project_id),
    )
    if resident_id is not None:
        same = same.where(Evaluation.resident_id == resident_id)
    else:
        same = same.where(Evaluation.resident_id.is_(None), Evaluation.name == name)
    return session.scalars(same).first() or Evaluation(
        resolution_id=resolution_id,
        project_id=project_id,
        resident_id=resident_id,
        entered_by=actor_of(session).name,
    )


def _of(resolution_id: int) -> list[Sql]:
    return [Sql("resolution_id = ?", (resolution_id,)), Sql("deleted_at IS NULL")]


def _asked(resident_id: int | None, name: str, part: str, said: tuple[Any, ...] | None) -> Asked:
    if said is None:
        return Asked(resident_id, name, part)
    key, _, _, verdict, words, day = said
    told = Verdict.of(verdict), words or "", date.fromisoformat(day)
    return Asked(resident_id, name, part, key, *told)


_COLUMNS = "id, resident_id, name, verdict, words, on_date"
