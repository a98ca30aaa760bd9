"""What becomes of a project: 立项, 实施 with dated steps, 完工, 验收, 评价, or why it stopped."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Project, ProjectState, Verdict
from app.services import evaluations, list_states, progress, projects
from app.services.evaluations import EvaluationInput
from app.services.progress import WHOLE, StepInput
from app.storage.lookup import Source, Sql, day_of, lookup_of, query
from app.values.text import tidy

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What one of those concerned said of it."""

    id: int
    name: str
    on_date: date
    verdict: Verdict
    words: str


def said(source: Source, project_id: int) -> list[Said]:
    """Who said what of it, in the order in which they were asked; people of grids that are not
    seen are counted in the project's `verdicts` alone."""
    own = Sql("project_id = ?", (project_id,))
    there = [own, Sql("deleted_at IS NULL"), evaluations.SEEN]
    asked = query("id, name, on_date, verdict, words", "evaluation", there, "ORDER BY id")
    return [
        Said(key, name, day_of(day) or date.min, Verdict.of(verdict), words or "")
        for key, name, day, verdict, words in lookup_of(source).rows(asked)
    ]


def step(
    session: Session, project_id: int, entered: StepInput, *, version: int, now: datetime
) -> int:
    """A dated step with its pictures; gives its id. With the first one it is carried out."""
    row = projects.get_open(session, project_id, version=version)
    if entered.percent is not None:
        row.percent = entered.percent
    if row.state is ProjectState.PLANNED:
        row.state = ProjectState.STARTED
        row.since = row.since or entered.on_date
    return progress.write(session, entered, now=now, project_id=row.id)


def finish(
    session: Session, project_id: int, entered: StepInput, *, version: int, now: datetime
) -> int:
    """完工 with the effect in words and pictures of it; gives the id of the last step."""
    row = projects.get_open(session, project_id, version=version)
    row.state, row.percent = ProjectState.FINISHED, WHOLE
    row.since = row.since or entered.on_date
    row.effect = progress.checked(entered.words, "成效")
    told = replace(entered, words=row.effect, percent=WHOLE, heading="完工：")
    return progress.write(session, told, now=now, project_id=row.id)


def accept(
    session: Session,
    project_id: int,
    *,
    on_date: date,
    accepted_by: str,
    version: int,
    now: datetime,
) -> None:
    """验收: by whom and when; need and resources are 已落实. Raises before it is finished."""
    row = projects.get(session, project_id, version=version)
    if row.state is not ProjectState.FINISHED:
        raise DomainError(f"{row.number} {row.state.label}，完工以后再验收。")
    who = tidy(accepted_by)
    if not who or len(who) > _LONGEST_NAME:
        raise DomainError(f"请写明谁验收的，最多 {_LONGEST_NAME} 个字。")
    if row.since is not None and on_date < row.since:
        raise DomainError(f"{row.since:%Y-%m-%d} 才开始，验收不会更早，请核对日期。")
    row.state, row.accepted_on, row.accepted_by = ProjectState.ACCEPTED, on_date, who
    told = StepInput(on_date=on_date, words=f"验收合格，验收人 {who}", percent=WHOLE)
    progress.write(session, told, now=now, project_id=row.id)
    _follow(session, row)


def again(session: Session, project_id: int, reason: str, *, version: int, now: datetime) -> None:
    """返工: what was finished or accepted is not good enough; what was done stays on record."""
    row = projects.get(session, project_id, version=version)
    if row.state not in (ProjectState.FINISHED, *projects.OVER):
        raise DomainError(f"{row.number} 还没有完工，不用返工。")
    why = progress.reason(reason, "返工")
    row.state, row.percent = ProjectState.STARTED, 0
    row.accepted_on = row.accepted_by = None
    told = StepInput(on_date=now.date(), words=f"返工：{why}", percent=0)
    progress.write(session, told, now=now, project_id=row.id)
    _follow(session, row)


def stop(session: Session, project_id: int, reason: str, *, version: int, now: datetime) -> None:
    """终止, with the reason; its need and its resources are free again."""
    row = projects.get(session, project_id, version=version)
    if row.state not in projects.OPEN:
        raise DomainError(f"{row.number} {row.state.label}，不能再终止。")
    row.stopped_reason = progress.reason(reason, "终止")
    row.state = ProjectState.STOPPED
    told = StepInput(on_date=now.date(), words=f"终止：{row.stopped_reason}")
    progress.write(session, told, now=now, project_id=row.id)
    _follow(session, row)


def evaluate(session: Session, project_id: int, entered: EvaluationInput, *, version: int) -> int:
    """评价 of one of those concerned; said again it takes the place of what he said before.

    Raises DomainError before it is accepted, without a name, and for 不满意 without words.
    """
    row = projects.get(session, project_id, version=version)
    if row.state not in projects.OVER:
        raise DomainError("验收以后再请大家评价。")
    row.state = ProjectState.EVALUATED
    return evaluations.write(session, entered, project_id=project_id)


def _follow(session: Session, row: Project) -> None:
    used = projects.resources_of(session, row.id)
    list_states.follow(session, needs=[row.need_id], resources=used)
