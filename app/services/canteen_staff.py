"""Who works in a canteen, and until when the health certificate (健康证) holds."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, CanteenStaff
from app.services import rights
from app.services.due_today import WARN_DAYS
from app.storage import journal
from app.storage.lookup import Source, Sql, day_of, lookup_of, query
from app.values.phones import parse_phones
from app.values.rights import Right
from app.values.text import tidy

_LONGEST = {"name": (20, "姓名"), "duty": (10, "岗位"), "certificate": (40, "健康证号")}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffInput:
    """Somebody of the staff as typed."""

    name: str
    duty: str = ""
    phone: str = ""
    certificate: str = ""
    certificate_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffView:
    """Somebody of the staff; `days_left` of the certificate, None where none is written down."""

    id: int
    version: int
    name: str
    duty: str
    phone: str
    certificate: str
    certificate_until: date | None
    days_left: int | None

    @property
    def expired(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def ends_soon(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= WARN_DAYS


def staff(source: Source, canteen_id: int, *, today: date) -> tuple[StaffView, ...]:
    """Who works in a canteen now, in the order in which they came."""
    where = [Sql("canteen_id = ? AND left_on IS NULL", (canteen_id,))]
    found = lookup_of(source).rows(query(_STAFF, "canteen_staff", where, "ORDER BY id"))
    return tuple(
        StaffView(
            id=key,
            version=version,
            name=name,
            duty=duty,
            phone=phone or "",
            certificate=certificate or "",
            certificate_until=day_of(until),
            days_left=(date.fromisoformat(until) - today).days if until else None,
        )
        for key, version, name, duty, phone, certificate, until in found
    )


def ends(source: Source, canteen_id: int, *, today: date) -> tuple[StaffView, ...]:
    """Those whose certificate is over or ends within a month."""
    found = staff(source, canteen_id, today=today)
    return tuple(one for one in found if one.expired or one.ends_soon)


def note_opened(session: Session, staff_id: int) -> None:
    """The form shows somebody's telephone in the clear: that it was opened is on record."""
    journal.record_look(session, Action.LOOKED, CanteenStaff, [staff_id])


def add(session: Session, canteen_id: int, entered: StaffInput) -> int:
    """Somebody more; raises DomainError without a name or for a number that is none."""
    rights.require(session, Right.RUN_CANTEEN)
    row = CanteenStaff(canteen_id=canteen_id)
    _fill(row, entered)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, staff_id: int, entered: StaffInput, *, version: int) -> None:
    """Raises as `add`, and ChangedMeanwhile."""
    rights.require(session, Right.RUN_CANTEEN)
    _fill(_get(session, staff_id, version), entered)
    session.flush()


def leave(session: Session, staff_id: int, *, version: int, today: date) -> None:
    """离岗: the checks of the past stay."""
    rights.require(session, Right.RUN_CANTEEN)
    _get(session, staff_id, version).left_on = today
    session.flush()


def _get(session: Session, staff_id: int, version: int) -> CanteenStaff:
    row = session.get(CanteenStaff, staff_id)
    if row is None:
        raise DomainError("名单里已经没有这位食堂人员，请刷新。")
    if row.version != version:
        raise ChangedMeanwhile
    return row


def _fill(row: CanteenStaff, entered: StaffInput) -> None:
    words = {name: tidy(getattr(entered, name)) for name in _LONGEST}
    if not words["name"]:
        raise DomainError("请填写姓名。")
    for name, (longest, label) in _LONGEST.items():
        if len(words[name]) > longest:
            raise DomainError(f"{label}最多 {longest} 个字，请写短一些。")
    row.name, row.duty, row.certificate = words["name"], words["duty"], words["certificate"] or None
    row.phone, row.certificate_until = _phone(entered.phone), entered.certificate_until


def _phone(typed: str) -> str | None:
    if not typed.strip():
        return None
    found = parse_phones(typed)
    if found.faults:
        raise DomainError(f"电话：{found.faults[0].sentence}")
    return "、".join(found.numbers)


_STAFF = "id, version, name, duty, phone, certificate, certificate_until"
