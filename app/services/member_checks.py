"""Who may sit where: nobody twice in one body, supervisors apart from the committee and its kin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Body, BodyKind, BodyMember, MemberRole, Resident
from app.services.body_composition import COMMITTEE_ROLES, REPRESENTATIVE_ROLES

_WITH_COMMITTEE = (BodyKind.COMMITTEE, BodyKind.REPRESENTATIVES)
_KIN_BODIES = (BodyKind.COMMITTEE, BodyKind.SUPERVISORS)


class KinUnasked(DomainError):
    """The law keeps next of kin apart (8, 36): somebody has to be asked before it is saved."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that somebody is to have. `apart` tells namesakes from outside the file apart."""

    resident_id: int | None
    name: str
    role: MemberRole
    in_committee: bool
    apart: tuple[str, int | None, int | None]
    since: date
    until: date | None


def counts_committee(kind: BodyKind) -> bool:
    """Whether members of the committee are told apart in such a body (28)."""
    return kind in _WITH_COMMITTEE


def check(
    session: Session, body: Body, seat: Seat, *, besides: int | None, kin_asked: bool
) -> None:
    """Raise DomainError where the seat cannot be had, KinUnasked where nobody asked yet."""
    _check_days(body, seat)
    _check_role(body, seat)
    for other in _seats_in(session, body.id, seat, besides):
        raise DomainError(_twice(body, seat, other))
    _check_supervisors(session, body, seat)
    if body.kind in _KIN_BODIES and not kin_asked:
        raise KinUnasked(_kin_question(session, body, seat))


def _check_days(body: Body, seat: Seat) -> None:
    if seat.until is not None and seat.until < seat.since:
        raise DomainError("离任日期在任职日期之前，请核对。")
    if seat.since < body.since:
        raise DomainError(f"{body.name}从 {body.since} 起才有，任职日期不能更早，请核对。")
    if body.until is not None and seat.since > body.until:
        raise DomainError(f"{body.name}到 {body.until} 就结束了，请在新一届里任职。")


def _check_role(body: Body, seat: Seat) -> None:
    allowed = (*COMMITTEE_ROLES, *REPRESENTATIVE_ROLES)
    if body.kind is BodyKind.REPRESENTATIVES and seat.role not in allowed:
        raise DomainError(
            "居民代表会议由居民委员会成员和居民代表组成（居民委员会组织法第二十八条），"
            f"没有“{seat.role.label}”；其他人可以列席。"
        )


def _twice(body: Body, seat: Seat, other: BodyMember) -> str:
    said = (
        f"{seat.name}从 {other.since} 起已经是{body.name}的{other.role.label}，"
        "同一个人不能有两个身份。"
    )
    if body.kind is BodyKind.REPRESENTATIVES:
        return said + (
            "组成人员是居委会成员和居民代表（居民委员会组织法第二十八条），"
            "两样都是的只计一人：请在原来那条里勾选“是居委会成员”。"
        )
    return said + "换了身份，请先给原来那条办离任，或直接更正。"


def _check_supervisors(session: Session, body: Body, seat: Seat) -> None:
    """36: who is in the committee is not among those who supervise it."""
    if body.kind is BodyKind.SUPERVISORS:
        against = _elsewhere(session, seat, committee=True)
    elif seat.in_committee and body.kind in _WITH_COMMITTEE:
        against = _elsewhere(session, seat, committee=False)
    else:
        return
    for where in against:
        raise DomainError(
            f"{seat.name}在{where}任职：居委会成员及其近亲属不得担任居务监督委员会成员"
            "（居民委员会组织法第三十六条）。"
        )


def _elsewhere(session: Session, seat: Seat, *, committee: bool) -> Iterable[str]:
    """The committee's or the supervisors' bodies in which the same person sits meanwhile."""
    found = select(Body.name).join(BodyMember, BodyMember.body_id == Body.id)
    found = found.where(Body.deleted_at.is_(None), *_meanwhile(seat), *_same(seat))
    if committee:
        found = found.where(Body.kind.in_(_WITH_COMMITTEE), BodyMember.in_committee)
    else:
        found = found.where(Body.kind == BodyKind.SUPERVISORS)
    return session.scalars(found.limit(1)).all()


def _seats_in(
    session: Session, body_id: int, seat: Seat, besides: int | None
) -> Iterable[BodyMember]:
    same = select(BodyMember).where(BodyMember.body_id == body_id, *_meanwhile(seat), *_same(seat))
    found = session.scalars(same.where(BodyMember.id != (besides or 0))).all()
    if seat.resident_id is not None:
        return found
    return [one for one in found if seat.apart == _apart(one)]


def _apart(one: BodyMember) -> tuple[str, int | None, int | None]:
    return (one.phone or "", one.joint_unit_id, one.building_id)


def _meanwhile(seat: Seat) -> list[ColumnElement[bool]]:
    rows: list[ColumnElement[bool]] = [
        BodyMember.deleted_at.is_(None),
        (BodyMember.until.is_(None)) | (BodyMember.until >= seat.since),
    ]
    if seat.until is not None:
        rows.append(BodyMember.since <= seat.until)
    return rows


def _same(seat: Seat) -> list[ColumnElement[bool]]:
    """The same person: by the file, or by the name where neither is in it."""
    if seat.resident_id is not None:
        return [BodyMember.resident_id == seat.resident_id]
    return [BodyMember.resident_id.is_(None), BodyMember.name == seat.name]


def _kin_question(session: Session, body: Body, seat: Seat) -> str:
    near = "、".join(_household(session, seat))
    known = f"同一户里有{near}在任。" if near else ""
    if body.kind is BodyKind.SUPERVISORS:
        return (
            f"{known}请问明{seat.name}不是居委会成员的近亲属，再勾选“已问明”"
            "（居民委员会组织法第三十六条）。"
        )
    return (
        f"{known}居委会成员实行近亲属回避：请问明{seat.name}没有近亲属在居委会"
        "或居务监督委员会，再勾选“已问明”（居民委员会组织法第八条、第三十六条）。"
    )


def _household(session: Session, seat: Seat) -> list[str]:
    """Names of the same household in the committee or among the supervisors."""
    if seat.resident_id is None:
        return []
    home = session.get_one(Resident, seat.resident_id).household_id
    if home is None:
        return []
    found = (
        select(Resident.name)
        .join(BodyMember, BodyMember.resident_id == Resident.id)
        .join(Body, Body.id == BodyMember.body_id)
        .where(
            Resident.household_id == home,
            Resident.id != seat.resident_id,
            Body.deleted_at.is_(None),
            (Body.kind == BodyKind.SUPERVISORS) | BodyMember.in_committee,
            *_meanwhile(seat),
        )
    )
    return list(dict.fromkeys(session.scalars(found.order_by(BodyMember.id))))
