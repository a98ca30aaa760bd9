"""Who must not take part in an activity (domain.md 2.4; 志愿服务条例 art. 17; order 67 art. 19)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Activity, Attendance, Participation, PointsItem, Resident
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
        volunteers.check_fit(
            session, volunteer_id, on=row.on_date, dangerous=row.dangerous, insured=insured
        )
        return
    person = session.get(Resident, resident_id) if resident_id else None
    if person is None or person.deleted_at is not None:
        raise DomainError("没有找到这个人，请刷新后再选。")
    if session.get_one(PointsItem, row.item_id).deed.gives_hours:
        raise DomainError(
            f"{person.name}还不是志愿者。“{row.name}”要记服务时长，请先登记志愿者，再报名。"
        )
    age = age_on(person.birth_date, row.on_date)
    if row.dangerous and age is not None and age < ADULT:
        raise DomainError(f"{person.name} {age} 岁，未成年人不能参加有危险的活动。")


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
