"""Owners (业主) of an estate with what is theirs: counted once each, by area (民法典 278)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, Attendee, Ballot, BodyKind, Owner, OwnerUnit
from app.services import body_changes, form_texts, owner_views, people
from app.services.owner_views import OwnerView, Totals, UnitView, owner, owners, totals
from app.services.rights import require
from app.storage import journal
from app.values.addresses import Address
from app.values.areas import MOST, square_metres
from app.values.rights import Right
from app.values.text import tidy

__all__ = [
    "OwnerInput",
    "OwnerView",
    "Totals",
    "UnitInput",
    "UnitView",
    "add",
    "change",
    "input_of",
    "note_opened",
    "owner",
    "owners",
    "remove",
    "totals",
]

_LONGEST = {"name": (60, "业主"), "phone": (40, "电话"), "remark": (120, "备注")}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInput:
    """A dwelling of somebody; area in 0.01 m²."""

    building: str = ""
    unit: str = ""
    room: str = ""
    area: int = 0

    @property
    def place(self) -> tuple[str, str, str]:
        return (self.building, self.unit, self.room)

    @property
    def words(self) -> str:
        """3 号楼 2 单元 501."""
        return Address(*self.place).spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerInput:
    """An owner as the form has him; joint owners are one, by whom they speak through."""

    name: str = ""
    resident_id: int | None = None
    phone: str = ""
    remark: str = ""
    units: tuple[UnitInput, ...] = ()


def add(session: Session, body_id: int, entered: OwnerInput) -> int:
    """A new owner; raises DomainError for an area of zero or a dwelling that somebody has."""
    check_body(session, body_id)
    row = Owner(body_id=body_id, number=next_number(session, body_id))
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    _put_units(session, row, entered.units)
    return row.id


def change(session: Session, owner_id: int, entered: OwnerInput, *, version: int) -> None:
    """What was typed of him, his dwellings with it."""
    require(session, Right.RUN_MEETINGS)
    row = get(session, owner_id)
    if row.version != version:
        raise ChangedMeanwhile
    _fill(session, row, entered)
    _put_units(session, row, entered.units)


def remove(session: Session, owner_ids: Iterable[int], *, now: datetime) -> int:
    """Into the recycle bin; gives how many. Raises DomainError for one with a ballot."""
    require(session, Right.RUN_MEETINGS)
    rows = [get(session, one) for one in owner_ids]
    for row in rows:
        voted = select(Ballot.id).where(Ballot.owner_id == row.id).limit(1)
        came = select(Attendee.id).where(Attendee.owner_id == row.id).limit(1)
        if session.scalar(voted) is not None or session.scalar(came) is not None:
            raise DomainError(
                f"{row.name}已经发过票或签过到，不能删除；房子卖了，请把业主改成新的名字。"
            )
        row.deleted_at = now
    session.flush()
    return len(rows)


def input_of(session: Session, owner_id: int) -> tuple[OwnerInput, int]:
    """What the form shows, and the version."""
    row = get(session, owner_id)
    units = tuple(
        UnitInput(building=one.building, unit=one.unit, room=one.room, area=one.area)
        for one in _units(session, row.id)
    )
    entered = OwnerInput(
        name=row.name,
        resident_id=row.resident_id,
        phone=row.phone or "",
        remark=row.remark or "",
        units=units,
    )
    return entered, row.version


def note_opened(session: Session, owner_id: int) -> None:
    """The form shows somebody's telephone in the clear: that it was opened is on record."""
    journal.record_look(session, Action.LOOKED, Owner, [owner_id])


def get(session: Session, owner_id: int) -> Owner:
    """The row; raises DomainError where it was deleted."""
    row = session.get(Owner, owner_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这位业主已经删除，请刷新后再看。")
    return row


def check_body(session: Session, body_id: int) -> None:
    """Raise NotAllowed, and DomainError for a body that has no owners."""
    require(session, Right.RUN_MEETINGS)
    body = body_changes.get(session, body_id)
    if body.kind is not BodyKind.OWNERS:
        raise DomainError(f"{body.name}不是业主大会，没有业主清册。")


def next_number(session: Session, body_id: int) -> int:
    """The number after the highest one, of deleted owners too: on ballots it means one."""
    highest = select(func.max(Owner.number)).where(Owner.body_id == body_id)
    return 1 + (session.scalar(highest) or 0)


def check_units(units: Sequence[UnitInput]) -> None:
    """Raise DomainError for none at all, one without a room or an area, one that stands twice."""
    if not units:
        raise DomainError("请至少填一套房屋和它的专有面积；没有面积不能计票。")
    for one in units:
        if not tidy(one.room):
            raise DomainError("请填写房号，如 501。")
        if one.area <= 0:
            raise DomainError(f"{one.words}的专有面积要大于 0，请核对。")
        if one.area > MOST:
            raise DomainError(f"{one.words}的面积超过 {square_metres(MOST)}，请核对。")
    places = [one.place for one in units]
    twice = next((one for one in units if places.count(one.place) > 1), None)
    if twice is not None:
        raise DomainError(f"{twice.words}写了两遍，请去掉一行。")


def _fill(session: Session, row: Owner, entered: OwnerInput) -> None:
    texts = form_texts.tidied(entered, _LONGEST)
    if entered.resident_id is not None:
        texts["name"] = texts["name"] or people.get(session, entered.resident_id).name
    if not texts["name"]:
        raise DomainError("请填写业主姓名或单位名称；几个人共有的，写推选出来的那一位。")
    check_units(entered.units)
    taken = owner_views.holders(session, row.body_id, besides=row.id)
    for one in entered.units:
        if one.place in taken:
            raise DomainError(f"{one.words}已经登记在{taken[one.place]}名下，请核对。")
    row.name, row.resident_id = texts["name"], entered.resident_id
    row.phone, row.remark = texts["phone"] or None, texts["remark"] or None


def _put_units(session: Session, row: Owner, units: Sequence[UnitInput]) -> None:
    """Those of the same place stay, with their area as it is now."""
    known = {(one.building, one.unit, one.room): one for one in _units(session, row.id)}
    for one in units:
        unit = known.pop(one.place, None)
        if unit is None:
            building, stair, room = one.place
            new = OwnerUnit(owner_id=row.id, building=building, unit=stair, room=room)
            new.area = one.area
            session.add(new)
        else:
            unit.area = one.area
    for gone in known.values():
        session.delete(gone)
    session.flush()


def _units(session: Session, owner_id: int) -> Sequence[OwnerUnit]:
    there = select(OwnerUnit).where(OwnerUnit.owner_id == owner_id, OwnerUnit.deleted_at.is_(None))
    return session.scalars(there.order_by(OwnerUnit.id)).all()
