"""大党委: units (成员单位, 红色合伙人, 物业, 业委会, 结对支部) join, change and leave."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import BodyMember, JointUnit, Project, Resource, UnitKind
from app.services import body_changes, form_texts, rights
from app.services.joint_views import RED_PROPERTY, UnitView, names, unit, units
from app.values.rights import Right
from app.values.text import tidy

__all__ = [
    "RED_PROPERTY",
    "UnitInput",
    "UnitView",
    "add",
    "change",
    "come_back",
    "input_of",
    "leave",
    "names",
    "remove",
    "unit",
    "units",
]

_LONGEST = {
    "name": (60, "单位"),
    "address": (80, "地址"),
    "contact": (60, "联络员"),
    "phone": (40, "电话"),
    "speciality": (120, "擅长"),
    "remark": (200, "备注"),
}
_LONGEST_REASON = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInput:
    """A unit as the form has it; one contact each (domain.md 7.1)."""

    kind: UnitKind = UnitKind.MEMBER
    name: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    speciality: str = ""
    since: date | None = None
    remark: str = ""


def add(session: Session, entered: UnitInput, *, today: date) -> int:
    """It takes part, from today unless another day is given. Raises DomainError for a twin."""
    rights.require(session, Right.KEEP_JOINT)
    row = JointUnit()
    _fill(session, row, entered, entered.since or today)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, unit_id: int, entered: UnitInput, *, version: int) -> None:
    """What was typed of it."""
    row = get(session, unit_id, version=version)
    _fill(session, row, entered, entered.since or row.since)
    session.flush()


def leave(session: Session, unit_id: int, *, until: date, reason: str, version: int) -> int:
    """退出: the last day; its part-time members leave with it. Gives how many they are."""
    row = get(session, unit_id, version=version)
    why = tidy(reason)
    if until < row.since:
        raise DomainError(f"退出日期在加入日期（{row.since:%Y-%m-%d}）之前，请核对。")
    if not why or len(why) > _LONGEST_REASON:
        raise DomainError(f"请写明退出的原因，最多 {_LONGEST_REASON} 个字。")
    row.until, row.ended_reason = until, why
    sitting = body_changes.sitting(session, until, BodyMember.joint_unit_id == unit_id)
    for member in sitting:
        member.until, member.ended_reason = max(until, member.since), f"{row.name}退出"[:120]
    session.flush()
    return len(sitting)


def come_back(session: Session, unit_id: int, *, version: int) -> None:
    """A unit that left takes part again; its people are appointed anew."""
    row = get(session, unit_id, version=version)
    row.until = row.ended_reason = None
    session.flush()


def remove(session: Session, unit_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError where something speaks of it: it leaves instead."""
    row = get(session, unit_id)
    for model, column in (
        (BodyMember, BodyMember.joint_unit_id),
        (Resource, Resource.joint_unit_id),
        (Project, Project.lead_unit_id),
    ):
        used = select(model.id).where(column == unit_id, model.deleted_at.is_(None)).limit(1)
        if session.scalar(used) is not None:
            raise DomainError(
                f"{row.name}有委员、资源或项目，不能删除；不再参加了，请办“退出”，记录都留着。"
            )
    row.deleted_at = now
    session.flush()


def input_of(session: Session, unit_id: int) -> tuple[UnitInput, int]:
    """What the form shows, and the version."""
    row = get(session, unit_id)
    texts = {name: getattr(row, name) or "" for name in _LONGEST}
    return UnitInput(kind=row.kind, since=row.since, **texts), row.version


def get(session: Session, unit_id: int, *, version: int | None = None) -> JointUnit:
    """The row; raises where it was deleted or changed meanwhile."""
    rights.require(session, Right.KEEP_JOINT)
    row = session.get(JointUnit, unit_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这个单位已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _fill(session: Session, row: JointUnit, entered: UnitInput, since: date) -> None:
    texts = form_texts.tidied(entered, _LONGEST)
    if not texts["name"]:
        raise DomainError("请填写单位名称。")
    if row.until is not None and since > row.until:
        raise DomainError(f"加入日期在退出日期（{row.until:%Y-%m-%d}）之后，请核对。")
    twin = select(JointUnit.id).where(
        JointUnit.name == texts["name"],
        JointUnit.kind == entered.kind,
        JointUnit.deleted_at.is_(None),
        JointUnit.id != (row.id or 0),
    )
    if session.scalar(twin) is not None:
        raise DomainError(f"{entered.kind.label}里已经有“{texts['name']}”，请核对。")
    row.kind, row.name, row.since = entered.kind, texts["name"], since
    row.address, row.contact = texts["address"] or None, texts["contact"] or None
    row.phone, row.speciality = texts["phone"] or None, texts["speciality"] or None
    row.remark = texts["remark"] or None
