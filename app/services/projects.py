"""Projects (项目清单): what comes of a need and resources, or of a resolution with money (分).

Columns: domain.md 7.2, of those from the fund also 7.4. How one goes on: project_life.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    FundEntry,
    Need,
    Project,
    ProjectResource,
    ProjectState,
    Resolution,
    Resource,
    Topic,
)
from app.services import form_texts, funds, list_states, project_views, rights, year_numbers
from app.services.funds import QuestionedUse
from app.services.project_views import (
    OPEN,
    OVER,
    ProjectFilter,
    ProjectView,
    project,
    projects,
)
from app.storage.lookup import actor_of
from app.values.rights import Right

__all__ = [
    "OPEN",
    "OVER",
    "ProjectFilter",
    "ProjectInput",
    "ProjectView",
    "add",
    "change",
    "get",
    "get_open",
    "input_of",
    "project",
    "projects",
    "remove",
]

_LONGEST = {
    "name": (60, "项目"),
    "owner": (60, "责任人"),
    "purpose": (200, "用途"),
    "purpose_reason": (200, "用途说明"),
    "approval": (40, "审批文号"),
}
_GONE = "这个项目已经删除，请刷新后再看。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectInput:
    """A project as the form has it; `resources` are ids, `budget` is 分, year 0 that of today."""

    name: str = ""
    year: int = 0
    need_id: int | None = None
    resolution_id: int | None = None
    topic_id: int | None = None
    grid_id: int | None = None
    lead_unit_id: int | None = None
    resources: tuple[int, ...] = ()
    owner: str = ""
    since: date | None = None
    until: date | None = None
    funded: bool = False
    budget: int = 0
    purpose: str = ""
    purpose_reason: str = ""
    approval: str = ""
    approved_on: date | None = None


def add(session: Session, entered: ProjectInput, *, now: datetime) -> int:
    """立项; the need and the resources that it takes up are 已对接 from now on.

    Topic and grid come from the resolution or the need where the form names none. Raises
    QuestionedUse for a forbidden use without a reason, DomainError for what does not hold together.
    """
    rights.require(session, Right.KEEP_JOINT, Right.KEEP_FUND)
    row = Project(entered_by=actor_of(session).name, entered_at=now, year=entered.year or now.year)
    row.number = year_numbers.following(session, Project.number, "项", row.year)
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    _put_resources(session, row, entered.resources)
    list_states.follow(session, needs=[row.need_id], resources=entered.resources)
    return row.id


def change(session: Session, project_id: int, entered: ProjectInput, *, version: int) -> None:
    """What was typed of it; its year and number stay.

    Raises DomainError where the budget would lie below what was spent.
    """
    row = get(session, project_id, version=version)
    before_need, before = row.need_id, resources_of(session, row.id)
    _fill(session, row, entered)
    _put_resources(session, row, entered.resources)
    list_states.follow(
        session, needs=[before_need, row.need_id], resources={*before, *entered.resources}
    )


def remove(session: Session, project_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError for one with money or steps: it is stopped."""
    row = get(session, project_id)
    paid = select(FundEntry.id).where(FundEntry.project_id == row.id).limit(1)
    if session.scalar(paid) is not None or row.state is not ProjectState.PLANNED:
        raise DomainError(f"{row.number} 已经实施或用了经费，不能删除；不做了，请办“终止”。")
    row.deleted_at = now
    session.flush()
    list_states.follow(session, needs=[row.need_id], resources=resources_of(session, row.id))


def input_of(session: Session, project_id: int) -> tuple[ProjectInput, int]:
    """What the form shows, and the version."""
    row = get(session, project_id)
    entered = ProjectInput(
        name=row.name,
        year=row.year,
        need_id=row.need_id,
        resolution_id=row.resolution_id,
        topic_id=row.topic_id,
        grid_id=row.grid_id,
        lead_unit_id=row.lead_unit_id,
        resources=resources_of(session, row.id),
        owner=row.owner or "",
        since=row.since,
        until=row.until,
        funded=row.funded,
        budget=row.budget,
        purpose=row.purpose or "",
        purpose_reason=row.purpose_reason or "",
        approval=row.approval or "",
        approved_on=row.approved_on,
    )
    return entered, row.version


def get(session: Session, project_id: int, *, version: int | None = None) -> Project:
    """The row for whoever works on it; raises where it is gone or was changed meanwhile."""
    rights.require(session, Right.KEEP_JOINT, Right.KEEP_FUND)
    row = session.get(Project, project_id)
    if row is None or row.deleted_at is not None:
        raise DomainError(_GONE)
    rights.require_grid(session, row.grid_id)
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def get_open(session: Session, project_id: int, *, version: int | None = None) -> Project:
    """The same, of one that is not accepted or stopped yet."""
    row = get(session, project_id, version=version)
    if row.state not in OPEN:
        raise DomainError(f"{row.number} {row.state.label}，不能再改。")
    return row


def resources_of(session: Session, project_id: int) -> tuple[int, ...]:
    """The ids of what it uses, in their order."""
    used = select(ProjectResource.resource_id).where(ProjectResource.project_id == project_id)
    return tuple(session.scalars(used.order_by(ProjectResource.id)))


def _fill(session: Session, row: Project, entered: ProjectInput) -> None:
    texts = _texts(entered)
    if entered.since and entered.until and entered.until < entered.since:
        raise DomainError("计划完成的日子在开始之前，请核对。")
    _check_money(session, row, entered, texts)
    need = _there(session, Need, entered.need_id, row.need_id, "这条需求")
    made = _there(session, Resolution, entered.resolution_id, row.resolution_id, "这项决议")
    row.need_id, row.resolution_id = entered.need_id, entered.resolution_id
    known = [one for one in (made, need) if one is not None]
    row.topic_id = entered.topic_id or next((one.topic_id for one in known if one.topic_id), None)
    topic = session.get(Topic, row.topic_id) if row.topic_id else None
    known_grids = [one.grid_id for one in (made, need, topic) if one is not None and one.grid_id]
    row.grid_id = entered.grid_id or next(iter(known_grids), None)
    row.lead_unit_id = entered.lead_unit_id
    row.name, row.owner = texts["name"], texts["owner"] or None
    row.since, row.until = entered.since, entered.until
    row.funded, row.budget = entered.funded, entered.budget
    row.purpose, row.purpose_reason = texts["purpose"] or None, texts["purpose_reason"] or None
    row.approval, row.approved_on = texts["approval"] or None, entered.approved_on


_Origin = TypeVar("_Origin", Need, Resolution)


def _there(
    session: Session, model: type[_Origin], row_id: int | None, kept: int | None, words: str
) -> _Origin | None:
    """What a project is begun for; raises DomainError where it was deleted meanwhile."""
    found = session.get(model, row_id) if row_id is not None else None
    if row_id not in (None, kept) and (found is None or found.deleted_at is not None):
        raise DomainError(f"{words}已经删除，请刷新后再选。")
    return found


def _texts(entered: ProjectInput) -> dict[str, str]:
    texts = form_texts.tidied(entered, _LONGEST)
    if not texts["name"]:
        raise DomainError("请填写项目名称。")
    return texts


def _check_money(
    session: Session, row: Project, entered: ProjectInput, texts: dict[str, str]
) -> None:
    if entered.budget < 0:
        raise DomainError("预算不能小于零。")
    if entered.funded and not entered.budget:
        raise DomainError("用专项经费的项目要有预算，请填写金额。")
    if entered.funded and not texts["purpose"]:
        raise DomainError("用专项经费的项目要写明用途。")
    word = funds.forbidden_word(session, texts["purpose"]) if entered.funded else ""
    if word and not texts["purpose_reason"]:
        raise QuestionedUse(word)
    if row.id is not None and row.funded and not entered.funded:
        project_views.check_unspent(session, row.id)
    if row.id is not None:
        project_views.check_spent(session, row.id, entered.budget)


def _put_resources(session: Session, row: Project, wanted: Iterable[int]) -> None:
    """Those that it uses already stay; one that is gone or withdrawn is refused."""
    used = select(ProjectResource).where(ProjectResource.project_id == row.id)
    known = {one.resource_id: one for one in session.scalars(used)}
    for resource_id in dict.fromkeys(wanted):
        if known.pop(resource_id, None) is None:
            list_states.check_free(session, session.get(Resource, resource_id))
            session.add(ProjectResource(project_id=row.id, resource_id=resource_id))
    for gone in known.values():
        session.delete(gone)
    session.flush()
