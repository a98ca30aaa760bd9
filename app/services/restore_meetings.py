"""What stands in the way of a deleted record of 议事, and what follows when it comes back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AgendaItem as Item
from app.models import (
    Base,
    Body,
    BodyMember,
    ChairTurn,
    Evaluation,
    JointUnit,
    Meeting,
    MeetingState,
    MemberReport,
    Need,
    Owner,
    OwnerUnit,
    Project,
    ProjectResource,
    Resolution,
    Resource,
    Topic,
    TopicState,
    VoteRule,
)
from app.services import list_states, meetings, topic_way

NEEDS: tuple[tuple[type[Base], str, type[Base]], ...] = (
    (BodyMember, "body_id", Body),
    (BodyMember, "joint_unit_id", JointUnit),
    (Owner, "body_id", Body),
    (OwnerUnit, "owner_id", Owner),
    (Meeting, "body_id", Body),
    (Resolution, "meeting_id", Meeting),
    (Evaluation, "resolution_id", Resolution),
    (Evaluation, "project_id", Project),
    (ChairTurn, "body_member_id", BodyMember),
    (MemberReport, "body_member_id", BodyMember),
    (Resource, "joint_unit_id", JointUnit),
    (Need, "topic_id", Topic),
    (Project, "need_id", Need),
    (Project, "resolution_id", Resolution),
    (Project, "lead_unit_id", JointUnit),
)
"""What a record is nothing without: column and table."""


def follow(session: Session, row: Any) -> None:
    """Topics are on an agenda again, needs and resources taken up."""
    if isinstance(row, Meeting):
        told = select(Item.topic_id).where(Item.meeting_id == row.id, Item.topic_id.is_not(None))
        for topic_id in session.scalars(told).all():
            # As they stand now: a cancelled meeting has none of them on its agenda.
            topic_way.follow(session, topic_id, TopicState.ACCEPTED)
        meetings.number_again(session, row)
    if isinstance(row, Project):
        used = select(ProjectResource.resource_id).where(ProjectResource.project_id == row.id)
        list_states.follow(session, needs=[row.need_id], resources=session.scalars(used).all())


def _seat_is_free(session: Session, row: BodyMember) -> None:
    if row.resident_id is None:
        return
    other = select(BodyMember.role).where(
        BodyMember.body_id == row.body_id,
        BodyMember.resident_id == row.resident_id,
        BodyMember.deleted_at.is_(None),
        func.coalesce(BodyMember.until, date.max) >= row.since,
        BodyMember.since <= (row.until or date.max),
    )
    role = session.scalar(other.limit(1))
    if role is not None:
        raise DomainError(
            f"{row.name}这段时间已经是{role.label}，一个人在一个组织里只计一次，不能再放回一个身份。"
        )


def _dwellings_are_free(session: Session, row: Owner) -> None:
    mine = select(OwnerUnit).where(OwnerUnit.owner_id == row.id, OwnerUnit.deleted_at.is_(None))
    for one in session.scalars(mine):
        taken = (
            select(Owner.name)
            .join(OwnerUnit, OwnerUnit.owner_id == Owner.id)
            .where(Owner.body_id == row.body_id, Owner.deleted_at.is_(None))
            .where(OwnerUnit.deleted_at.is_(None), OwnerUnit.building == one.building)
            .where(OwnerUnit.unit == one.unit, OwnerUnit.room == one.room)
        )
        if name := session.scalar(taken.limit(1)):
            raise DomainError(f"{row.name}的房屋现在登记在{name}名下，请先改过来，再放回来。")


def _turn_is_free(session: Session, row: ChairTurn) -> None:
    other = select(ChairTurn.since).where(
        ChairTurn.body_id == row.body_id,
        ChairTurn.deleted_at.is_(None),
        ChairTurn.since <= row.until,
        ChairTurn.until >= row.since,
    )
    if since := session.scalar(other.limit(1)):
        raise DomainError(f"{since:%Y-%m-%d} 起已经排了别人轮值，请先改日期，再放回来。")


def _rule_is_alone(session: Session, row: VoteRule) -> None:
    other = select(VoteRule.since).where(
        VoteRule.code == row.code,
        VoteRule.kind == row.kind,
        VoteRule.matter == row.matter,
        VoteRule.deleted_at.is_(None),
        func.coalesce(VoteRule.until, date.max) >= row.since,
        VoteRule.since <= (row.until or date.max),
    )
    if since := session.scalar(other.limit(1)):
        raise DomainError(f"这段时间已经有 {since:%Y-%m-%d} 起的规则，请先停止那条，再放回来。")


def _hour_is_free(session: Session, row: Meeting) -> None:
    if row.state is MeetingState.CANCELLED:
        return
    twin = meetings.twin_of(session, row.body_id, row.on_date, row.starts, besides=row.id)
    if twin:
        raise DomainError(f"同一时间已经另有{twin}，请先改那一次的时间，再放回来。")


CHECKS: dict[type[Base], Callable[[Session, Any], None]] = {
    BodyMember: _seat_is_free,
    Owner: _dwellings_are_free,
    ChairTurn: _turn_is_free,
    Meeting: _hour_is_free,
    VoteRule: _rule_is_alone,
}
