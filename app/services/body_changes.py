"""Bodies are set up, changed, ended and followed by the next term (居委会组织法 13, 14)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Body, BodyKind, BodyMember, Meeting, MeetingState, Owner, VoteRule
from app.services import form_texts, grids
from app.services.meeting_views import COMING
from app.services.rights import require
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

JOINT_KINDS: Final = (BodyKind.JOINT, BodyKind.PROPERTY)
"""Those that whoever keeps 大党委 looks after as well."""
_LONGEST = {"name": (60, "名称"), "scope": (120, "范围"), "remark": (200, "备注")}
_LAST_TERM = 99
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyInput:
    """A body as the form has it; without `since` it begins today."""

    kind: BodyKind
    name: str = ""
    term: int | None = None
    since: date | None = None
    until: date | None = None
    grid_id: int | None = None
    scope: str = ""
    rule_code: str = ""
    remark: str = ""


def input_of(session: Session, body_id: int) -> tuple[BodyInput, int]:
    """What the form shows, and the version."""
    row = get(session, body_id)
    entered = BodyInput(
        kind=row.kind,
        name=row.name,
        term=row.term,
        since=row.since,
        until=row.until,
        grid_id=row.grid_id,
        scope=row.scope or "",
        rule_code=row.rule_code or "",
        remark=row.remark or "",
    )
    return entered, row.version


def add_body(session: Session, entered: BodyInput, *, today: date) -> int:
    """A new one; raises DomainError for a twin, a wrong term, a rule that is not there."""
    require_for(session, entered.kind)
    row = Body(kind=entered.kind)
    _fill(session, row, entered, today)
    session.add(row)
    session.flush()
    return row.id


def change_body(
    session: Session, body_id: int, entered: BodyInput, *, version: int, today: date
) -> None:
    """What was typed of it; its kind stays once it has met, for its rules hung on it."""
    row = get(session, body_id, version=version)
    require_for(session, row.kind)
    require_for(session, entered.kind)
    if row.kind is not entered.kind and _has_met(session, body_id):
        raise DomainError(f"{row.name}已经开过会，种类不能再改；种类不对，请另建一个组织。")
    row.kind = entered.kind
    _fill(session, row, entered, today)
    session.flush()


def close_body(session: Session, body_id: int, *, until: date, version: int) -> int:
    """Its last day; all who still sit in it leave with it. Gives how many did."""
    row = get(session, body_id, version=version)
    require_for(session, row.kind)
    if until < row.since:
        raise DomainError(f"结束日期在任期开始（{row.since}）之前，请核对。")
    _check_meetings(session, row, until)
    row.until = until
    left = sitting(session, until, BodyMember.body_id == body_id)
    for member in left:
        member.until = max(until, member.since)
        member.ended_reason = member.ended_reason or "任期届满"
    session.flush()
    return len(left)


def next_term(
    session: Session, body_id: int, *, since: date, keep: bool, version: int, today: date
) -> int:
    """换届: the next term begins, this one ends the day before; `keep` takes its people along.

    Owners and the rule go along in any case: they do not change with a term.
    """
    old = get(session, body_id, version=version)
    if since <= old.since:
        raise DomainError(f"新一届要在这一届开始（{old.since}）之后，请核对日期。")
    entered, _ = input_of(session, body_id)
    people = sitting(session, since - _DAY, BodyMember.body_id == body_id)
    close_body(session, body_id, until=since - _DAY, version=version)
    term = None if old.term is None else old.term + 1
    follows = replace(entered, term=term, since=since, until=None)
    new_id = add_body(session, follows, today=today)
    for owner in session.scalars(select(Owner).where(Owner.body_id == body_id)):
        owner.body_id = new_id
    for member in people if keep else ():
        session.add(_again(member, new_id, since))
    session.flush()
    return new_id


def remove_body(session: Session, body_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError where it has met: then it is ended."""
    row = get(session, body_id)
    require_for(session, row.kind)
    if _has_met(session, body_id):
        raise DomainError(f"{row.name}开过会，不能删除；不再开会了，请办“结束”，记录都留着。")
    row.deleted_at = now
    session.flush()


def get(session: Session, body_id: int, *, version: int | None = None) -> Body:
    """The row; raises DomainError where it was deleted, ChangedMeanwhile for an old version."""
    row = session.get(Body, body_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这个组织已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def sitting(session: Session, day: date, *where: ColumnElement[bool]) -> list[BodyMember]:
    """The seats, of those that `where` names, in which somebody sits beyond a day."""
    found = select(BodyMember).where(
        *where,
        BodyMember.deleted_at.is_(None),
        (BodyMember.until.is_(None)) | (BodyMember.until > day),
    )
    return list(session.scalars(found.order_by(BodyMember.id)))


def require_for(session: Session, kind: BodyKind) -> None:
    """Raise NotAllowed unless whoever works here may look after a body of this kind."""
    if kind in JOINT_KINDS and actor_of(session).may(Right.KEEP_JOINT):
        return
    require(session, Right.RUN_MEETINGS)


def _fill(session: Session, row: Body, entered: BodyInput, today: date) -> None:
    texts = form_texts.tidied(entered, _LONGEST)
    if not texts["name"]:
        raise DomainError(f"请填写名称，如 望海社区{entered.kind.label}。")
    since = entered.since or row.since or today
    _check_days(since, entered.until, entered.term)
    if row.id is not None and entered.until is not None:
        _check_meetings(session, row, entered.until)
    _check_twin(session, row, texts["name"], since, entered.until)
    if entered.grid_id is not None:
        grids.get(session, entered.grid_id)
    row.name, row.term, row.grid_id = texts["name"], entered.term, entered.grid_id
    row.since, row.until = since, entered.until
    row.scope, row.remark = texts["scope"] or None, texts["remark"] or None
    row.rule_code = _rule(session, entered)


def _check_days(since: date, until: date | None, term: int | None) -> None:
    if until is not None and until < since:
        raise DomainError("任期结束在开始之前，请核对。")
    if term is not None and not 1 <= term <= _LAST_TERM:
        raise DomainError(f"第几届请填 1 到 {_LAST_TERM}。")


def _check_meetings(session: Session, row: Body, until: date) -> None:
    """Nobody would be expected at a meeting after the last day."""
    after = (
        Meeting.body_id == row.id,
        Meeting.deleted_at.is_(None),
        Meeting.on_date > until,
        Meeting.state.in_((*COMING, MeetingState.RUNNING)),
    )
    meeting = session.scalar(select(Meeting).where(*after).order_by(Meeting.on_date).limit(1))
    if meeting is not None:
        raise DomainError(
            f"{meeting.title}（{meeting.on_date:%Y-%m-%d}）还没有开完，在任期结束（{until}）以后。"
            "请先取消那次会议，或者把结束日期改晚。"
        )


def _check_twin(session: Session, row: Body, name: str, since: date, until: date | None) -> None:
    twins = select(Body).where(
        Body.name == name,
        Body.deleted_at.is_(None),
        Body.id != (row.id or 0),
        (Body.until.is_(None)) | (Body.until >= since),
    )
    if until is not None:
        twins = twins.where(Body.since <= until)
    if session.scalar(twins.limit(1)) is not None:
        raise DomainError(f"这段时间已经有一个“{name}”，请换个名称，或先结束那一个。")


def _rule(session: Session, entered: BodyInput) -> str | None:
    code = tidy(entered.rule_code)
    if not code:
        return None
    known = select(VoteRule.id).where(
        VoteRule.code == code, VoteRule.kind == entered.kind, VoteRule.deleted_at.is_(None)
    )
    if session.scalar(known.limit(1)) is None:
        raise DomainError(f"没有适用于{entered.kind.label}的表决规则“{code}”，请重新选择。")
    return code


def _has_met(session: Session, body_id: int) -> bool:
    met = select(Meeting.id).where(Meeting.body_id == body_id, Meeting.deleted_at.is_(None))
    return session.scalar(met.limit(1)) is not None


_CARRIED = (
    *("resident_id", "name", "phone", "role", "in_committee", "building_id", "households"),
    *("joint_unit_id", "position", "remark"),
)


def _again(member: BodyMember, body_id: int, since: date) -> BodyMember:
    kept = {name: getattr(member, name) for name in _CARRIED}
    return BodyMember(body_id=body_id, since=since, **kept)
