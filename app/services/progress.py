"""A dated step with photographs: of a resolution or of a project, never changed afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Progress, ProgressPhoto
from app.services.photos import check
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.text import tidy

WHOLE = 100
_LONGEST_WORDS = 1_000
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInput:
    """What was done on a day; `percent` None where nobody can say how far it is."""

    on_date: date
    words: str
    percent: int | None = None
    photos: Sequence[bytes] = ()
    heading: str = ""
    """What the program says before the words: 办结："""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it was put down; `photos` is how many pictures it has."""

    id: int
    on_date: date
    words: str
    percent: int | None
    user_name: str
    photos: int


def of_resolution(source: Source, resolution_id: int) -> list[StepView]:
    """The steps of a resolution in the order of their days."""
    return _steps(source, Sql("s.resolution_id = ?", (resolution_id,)))


def of_project(source: Source, project_id: int) -> list[StepView]:
    """The same of a project."""
    return _steps(source, Sql("s.project_id = ?", (project_id,)))


def write(
    session: Session,
    entered: StepInput,
    *,
    now: datetime,
    resolution_id: int | None = None,
    project_id: int | None = None,
) -> int:
    """Put a step down; gives its id. Raises DomainError for one ahead, without words, too large."""
    if entered.on_date > now.date():
        raise DomainError(f"{entered.on_date:%Y-%m-%d} 还没有到，做了以后再登记。")
    if entered.percent is not None and not 0 <= entered.percent <= WHOLE:
        raise DomainError("进度请填 0 到 100 之间的整数。")
    check("一步进展", len(entered.photos), entered.photos)
    found = Progress(
        resolution_id=resolution_id,
        project_id=project_id,
        on_date=entered.on_date,
        at=now,
        words=f"{entered.heading}{checked(entered.words, '进展')}",
        percent=entered.percent,
        user_name=actor_of(session).name,
    )
    session.add(found)
    session.flush()
    session.add_all(
        ProgressPhoto(progress_id=found.id, taken_at=now, jpeg=jpeg) for jpeg in entered.photos
    )
    session.flush()
    return found.id


def checked(words: str, what: str) -> str:
    """The text without blanks around it; raises DomainError for none or far too much."""
    found = words.strip()
    if not tidy(found):
        raise DomainError(f"请写明{what}。")
    if len(found) > _LONGEST_WORDS:
        raise DomainError(f"{what}最多 {_LONGEST_WORDS:,} 个字，请缩短。")
    return found


def reason(words: str, what: str) -> str:
    """Why something is stopped or done again; raises DomainError for none."""
    found = tidy(words)
    if not found:
        raise DomainError(f"请写明{what}的原因。")
    if len(found) > _LONGEST_REASON:
        raise DomainError(f"{what}的原因最多 {_LONGEST_REASON} 个字，请缩短。")
    return found


_COLUMNS = """s.id, s.on_date, s.words, s.percent, s.user_name,
    (SELECT count(*) FROM progress_photo AS f WHERE f.progress_id = s.id)"""


def _steps(source: Source, mine: Sql) -> list[StepView]:
    asked = query(_COLUMNS, "progress AS s", [mine], "ORDER BY s.on_date, s.id")
    return [
        StepView(key, date.fromisoformat(day), *rest)
        for key, day, *rest in lookup_of(source).rows(asked)
    ]
