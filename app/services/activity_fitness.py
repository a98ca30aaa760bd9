"""Who must not take part in an activity (domain.md 2.4; 志愿服务条例 art. 17; order 67 art. 19)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Activity, Attendance, Participation, PointsItem, Resident, Volunteer
from app.services import volunteers
from app.services.ages import age_on
from app.services.volunteer_input import ADULT


def check_person(
    session: Session, row: Activity, volunteer_id: int | None, resident_id: int | None
) -> None:
    """Raises DomainError for minors where it is dangerous, for others there without an insurance,
    and for residents who are no volunteers where hours are counted."""
    if volunteer_id is not None:
        insured = bool(row.insurance)
        check_fit(session, volunteer_id, on=row.on_date, dangerous=row.dangerous, insured=insured)
        return
    person = session.get(Resident, resident_id) if resident_id else None
    if person is None or person.deleted_at is not None:
        raise DomainError("没有找到这个人，请刷新后再选。")
    if session.get_one(PointsItem, row.item_id).deed.gives_hours:
        raise DomainError(
            f"{person.name}还不是志愿者。“{row.name}”要记服务时长，请先登记志愿者，再报名。"
        )
    if row.dangerous:
        _check_grown_up(person.name, person.birth_date, row.on_date)


def check_fit(
    session: Session, volunteer_id: int, *, on: date, dangerous: bool, insured: bool = False
) -> None:
    """Raises DomainError where somebody must not take part in an activity of a day.

    Whoever has left does not serve; minors never where it is dangerous (domain.md 2.4), others
    only with an insurance, their own or the activity's (志愿服务条例 17).
    """
    row = volunteers.get(session, volunteer_id)
    name = volunteers.name_of(session, volunteer_id)
    if row.left_on is not None and row.left_on < on:
        raise DomainError(f"{name} {row.left_on:%Y-%m-%d} 已经退出志愿者，请先办重新加入。")
    if not dangerous:
        return
    _check_grown_up(name, _born(session, row), on)
    covered = row.insured_until is not None and row.insured_until >= on
    if not insured and not covered:
        raise DomainError(f"{name}没有到 {on:%Y-%m-%d} 还有效的保险，有危险的活动请先买保险。")


def check_list(session: Session, row: Activity) -> None:
    """Raises DomainError naming the first on the list who must not take part any more."""
    on_list = (Attendance.SIGNED_UP, Attendance.CAME)
    wanted = select(Participation).where(
        Participation.activity_id == row.id, Participation.state.in_(on_list)
    )
    for line in session.scalars(wanted.order_by(Participation.place, Participation.id)):
        try:
            check_person(session, row, line.volunteer_id, line.resident_id)
        except DomainError as error:
            raise DomainError(f"名单上第 {line.place} 号：{error}请先让这一位退出报名。") from error


def _check_grown_up(name: str, born: date | None, on: date) -> None:
    """Raises DomainError for minors, and for whoever may be one, where it is dangerous."""
    age = age_on(born, on)
    if age is None:
        raise DomainError(f"{name}没有登记出生日期，不知道是否成年。有危险的活动请先补上出生日期。")
    if age < ADULT:
        raise DomainError(f"{name} {age} 岁，未成年人不能参加有危险的活动。")


def _born(session: Session, row: Volunteer) -> date | None:
    person = session.get(Resident, row.resident_id) if row.resident_id is not None else None
    return person.birth_date if person is not None else row.birth_date
