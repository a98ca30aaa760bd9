"""晨检: who of the staff is fit for work on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import CanteenStaff, StaffCheck
from app.services import rights
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.degrees import celsius
from app.values.rights import Right
from app.values.text import tidy

FEVER = 373
"""0.1 ℃ from which somebody goes home."""
_COLDEST, _WARMEST = 340, 430


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInput:
    """The check of one of the staff; `temperature` in 0.1 ℃."""

    staff_id: int
    healthy: bool
    clean: bool
    temperature: int | None = None
    note: str = ""

    @property
    def fit(self) -> bool:
        return _fit(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """A check of a day."""

    id: int
    version: int
    staff_id: int
    name: str
    duty: str
    on_date: date
    temperature: int | None
    healthy: bool
    clean: bool
    note: str
    checked_by: str

    @property
    def fit(self) -> bool:
        return _fit(self)


def checks(source: Source, canteen_id: int, first: date, last: date) -> tuple[CheckView, ...]:
    """The morning checks from a day to a day."""
    where = [
        Sql("s.canteen_id = ?", (canteen_id,)),
        Sql("c.on_date BETWEEN ? AND ?", (first.isoformat(), last.isoformat())),
    ]
    joined = "staff_check AS c JOIN canteen_staff AS s ON s.id = c.staff_id"
    found = lookup_of(source).rows(query(_CHECK, joined, where, "ORDER BY c.on_date, s.id"))
    return tuple(
        CheckView(
            id=key,
            version=version,
            staff_id=staff_id,
            name=name,
            duty=duty,
            on_date=date.fromisoformat(day),
            temperature=temperature,
            healthy=bool(healthy),
            clean=bool(clean),
            note=note or "",
            checked_by=by,
        )
        for key, version, staff_id, name, duty, day, temperature, healthy, clean, note, by in found
    )


def check(session: Session, entered: Sequence[CheckInput], *, on_date: date, today: date) -> None:
    """Write down the checks of a morning; one that was written is put right.

    Raises DomainError for a day to come, for a temperature that nobody has, and for somebody unfit
    of whom it is not said what was done.
    """
    rights.require(session, Right.RUN_CANTEEN)
    if on_date > today:
        raise DomainError("晨检只能记今天和以前的，请核对日期。")
    for one in entered:
        person = session.get_one(CanteenStaff, one.staff_id)
        _check_fit(person.name, one)
        row = session.scalar(
            select(StaffCheck).where(
                StaffCheck.staff_id == one.staff_id, StaffCheck.on_date == on_date
            )
        )
        if row is None:
            row = StaffCheck(staff_id=one.staff_id, on_date=on_date)
            session.add(row)
        row.temperature, row.healthy, row.clean = one.temperature, one.healthy, one.clean
        row.note, row.checked_by = tidy(one.note) or None, actor_of(session).name
    session.flush()


def _check_fit(name: str, one: CheckInput) -> None:
    warm = one.temperature
    if warm is not None and not _COLDEST <= warm <= _WARMEST:
        raise DomainError(f"{name}的体温 {celsius(warm)} 不像真的，请核对。")
    if not one.fit and not tidy(one.note):
        raise DomainError(f"{name}晨检不合格，请写明怎么处理的，如“已离岗就医”“更换工作服后上岗”。")


def _fit(one: CheckInput | CheckView) -> bool:
    return one.healthy and one.clean and (one.temperature or 0) < FEVER


_CHECK = """
    c.id, c.version, c.staff_id, s.name, s.duty, c.on_date, c.temperature, c.healthy, c.clean,
    c.note, c.checked_by
"""
