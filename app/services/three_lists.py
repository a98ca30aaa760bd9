"""资源清单 and 需求清单: what units offer, what grids and residents need; 项目 are in projects."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    ListState,
    Need,
    NeedUrgency,
    Project,
    ProjectResource,
    Resource,
    ResourceKind,
    Topic,
)
from app.services import form_texts, list_states, rights, year_numbers
from app.services.three_list_views import (
    ListFilter,
    NeedView,
    ResourceView,
    need,
    needs,
    resource,
    resources,
    years,
)
from app.storage.lookup import actor_of
from app.values.rights import Right

__all__ = [
    "ListFilter",
    "NeedInput",
    "NeedView",
    "ResourceInput",
    "ResourceView",
    "add_need",
    "add_resource",
    "change_need",
    "change_resource",
    "need",
    "need_input_of",
    "needs",
    "remove_need",
    "remove_resource",
    "resource",
    "resource_input_of",
    "resources",
    "withdraw_need",
    "withdraw_resource",
    "years",
]

_RESOURCE = {
    "words": (200, "内容"),
    "available": (80, "可用时间"),
    "contact": (60, "联系人"),
    "phone": (40, "电话"),
}
_NEED = {"words": (200, "需求"), "raised_by": (60, "提出方"), "beneficiaries": (80, "受益人群")}
_GONE = "这一项已经删除，请刷新后再看。"
_Line = TypeVar("_Line", Resource, Need)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceInput:
    """What a unit offers, as the form has it; year 0 is that of today."""

    kind: ResourceKind = ResourceKind.SERVICE
    words: str = ""
    year: int = 0
    joint_unit_id: int | None = None
    available: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedInput:
    """A need as the form has it; grid and words come from the topic where none are given."""

    kind: ResourceKind = ResourceKind.SERVICE
    words: str = ""
    raised_on: date | None = None
    raised_by: str = ""
    grid_id: int | None = None
    topic_id: int | None = None
    beneficiaries: str = ""
    urgency: NeedUrgency = NeedUrgency.ORDINARY


def add_resource(session: Session, entered: ResourceInput, *, today: date) -> int:
    """A new line of 资源清单; gives its id."""
    rights.require(session, Right.KEEP_JOINT)
    year = entered.year or today.year
    row = Resource(year=year, entered_by=actor_of(session).name)
    row.number = year_numbers.following(session, Resource.number, "资", year)
    _fill_resource(row, entered)
    session.add(row)
    session.flush()
    return row.id


def change_resource(
    session: Session, resource_id: int, entered: ResourceInput, *, version: int
) -> None:
    """What was typed of it; number and year stay."""
    _fill_resource(_get(session, Resource, resource_id, version), entered)
    session.flush()


def resource_input_of(session: Session, resource_id: int) -> tuple[ResourceInput, int]:
    """What the form shows, and the version."""
    row = _get(session, Resource, resource_id)
    texts = {name: getattr(row, name) or "" for name in _RESOURCE}
    entered = ResourceInput(kind=row.kind, year=row.year, joint_unit_id=row.joint_unit_id, **texts)
    return entered, row.version


def withdraw_resource(session: Session, resource_id: int, *, withdrawn: bool, version: int) -> None:
    """撤回, or offered again; raises DomainError while a project uses it."""
    row = _get(session, Resource, resource_id, version)
    if withdrawn and row.state is ListState.MATCHED:
        raise DomainError(f"{row.number} 正用在项目里，项目做完或终止以后再撤回。")
    row.state = ListState.WITHDRAWN if withdrawn else ListState.OPEN
    session.flush()
    list_states.follow(session, resources=[row.id])


def remove_resource(session: Session, resource_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError where a project uses or used it."""
    row = _get(session, Resource, resource_id)
    used = (
        select(ProjectResource.id)
        .join(Project, Project.id == ProjectResource.project_id)
        .where(ProjectResource.resource_id == resource_id, Project.deleted_at.is_(None))
    )
    _remove(session, row, used, now)


def add_need(session: Session, entered: NeedInput, *, today: date) -> int:
    """A new line of 需求清单; gives its id."""
    rights.require(session, Right.KEEP_JOINT)
    day = entered.raised_on or today
    row = Need(year=day.year, entered_by=actor_of(session).name)
    row.number = year_numbers.following(session, Need.number, "需", day.year)
    _fill_need(session, row, entered, day)
    session.add(row)
    session.flush()
    return row.id


def change_need(session: Session, need_id: int, entered: NeedInput, *, version: int) -> None:
    """What was typed of it; number and year stay."""
    row = _get(session, Need, need_id, version)
    _fill_need(session, row, entered, entered.raised_on or row.raised_on)
    session.flush()


def need_input_of(session: Session, need_id: int) -> tuple[NeedInput, int]:
    """What the form shows, and the version."""
    row = _get(session, Need, need_id)
    entered = NeedInput(
        kind=row.kind,
        words=row.words,
        raised_on=row.raised_on,
        raised_by=row.raised_by or "",
        grid_id=row.grid_id,
        topic_id=row.topic_id,
        beneficiaries=row.beneficiaries or "",
        urgency=row.urgency,
    )
    return entered, row.version


def withdraw_need(session: Session, need_id: int, *, withdrawn: bool, version: int) -> None:
    """撤回, or asked for again; raises DomainError while a project is at it."""
    row = _get(session, Need, need_id, version)
    if withdrawn and row.state is ListState.MATCHED:
        raise DomainError(f"{row.number} 已经立项，项目做完或终止以后再撤回。")
    row.state = ListState.WITHDRAWN if withdrawn else ListState.OPEN
    session.flush()
    list_states.follow(session, needs=[row.id])


def remove_need(session: Session, need_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError where a project meets it."""
    row = _get(session, Need, need_id)
    used = select(Project.id).where(Project.need_id == need_id, Project.deleted_at.is_(None))
    _remove(session, row, used, now)


def _get(session: Session, model: type[_Line], key: int, version: int | None = None) -> _Line:
    rights.require(session, Right.KEEP_JOINT)
    row = session.get(model, key)
    if row is None or row.deleted_at is not None:
        raise DomainError(_GONE)
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _remove(session: Session, row: Resource | Need, used: Select[int], now: datetime) -> None:
    if session.scalar(used.limit(1)) is not None:
        raise DomainError(f"{row.number} 已经立项，不能删除；不要了，请办“撤回”。")
    row.deleted_at = now
    session.flush()


def _fill_resource(row: Resource, entered: ResourceInput) -> None:
    texts = form_texts.tidied(entered, _RESOURCE)
    if not texts["words"]:
        raise DomainError("请填写能提供什么，如“每周六可借用报告厅”。")
    row.kind, row.words, row.joint_unit_id = entered.kind, texts["words"], entered.joint_unit_id
    row.available, row.contact = texts["available"] or None, texts["contact"] or None
    row.phone = texts["phone"] or None


def _fill_need(session: Session, row: Need, entered: NeedInput, day: date) -> None:
    texts = form_texts.tidied(entered, _NEED)
    topic = session.get(Topic, entered.topic_id) if entered.topic_id is not None else None
    words = texts["words"] or (topic.title if topic is not None else "")
    if not words:
        raise DomainError("请填写需要什么，如“老人上门理发”。")
    row.kind, row.words, row.raised_on = entered.kind, words, day
    row.topic_id, row.urgency = entered.topic_id, entered.urgency
    row.grid_id = entered.grid_id or (topic.grid_id if topic is not None else None)
    row.raised_by = texts["raised_by"] or None
    row.beneficiaries = texts["beneficiaries"] or None
