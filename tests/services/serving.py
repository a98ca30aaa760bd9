"""Hours of service as they stand in the book, for papers that speak of them."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import HourEntry, Volunteer
from app.services.certificates import CertificateDraft
from app.services.standing import FINAL
from app.storage import journal

PERIOD = "2026年1月1日至2026年11月20日"
TIMES, HOURS = "18", "42.5"
CONTENT = "助老陪伴 32.5 小时，楼道清洁 10 小时"
_FIRST = date(2026, 3, 2)
_TYPED = datetime(2026, 11, 2, 17)
"""The lists of the year were typed off in one go"""


def volunteer(session: Session, number: int, **fields: object) -> int:
    """Somebody on the list, with the consent that the law asks for."""
    row = Volunteer(number=number, registered_on=_FIRST, record_consent_on=_FIRST, **fields)
    session.add(row)
    session.flush()
    return row.id


def serve(
    session: Session,
    volunteer_id: int,
    half_hours: int,
    on: date,
    words: str,
    **fields: object,
) -> int:
    """A line of the book of hours."""
    row = HourEntry(
        volunteer_id=volunteer_id,
        half_hours=half_hours,
        on_date=on,
        booked_at=max(_TYPED, datetime(on.year, on.month, on.day, 17)),
        month=on.year * 100 + on.month,
        words=words,
        entered_by="孙丽",
        reviewed_by="赵敏",
        **fields,
    )
    session.add(row)
    session.flush()
    return row.id


def has_served(session: Session, draft: CertificateDraft) -> str:
    """The number of the volunteer whom a draft is for, who has served a year."""
    whose = Volunteer.resident_id == draft.resident_id
    if draft.resident_id is None:
        whose = Volunteer.name == draft.holder.strip()
    number = session.scalar(select(Volunteer.number).where(whose))
    if number is None:
        number = 126 + (session.scalar(select(func.count(Volunteer.id))) or 0)
        by_name = {"name": draft.holder.strip()} if draft.resident_id is None else {}
        served_a_year(session, number, resident_id=draft.resident_id, **by_name)
        journal.set_details(session, {FINAL: "已经记账"})
    return f"{number:04d}"


def served_a_year(session: Session, number: int, **fields: object) -> int:
    """A volunteer with 18 lines, 42.5 hours in all, within PERIOD."""
    key = volunteer(session, number, **fields)
    for week in range(18):
        on = _FIRST + timedelta(days=7 * week)
        serve(session, key, *((5, on, "助老陪伴") if week < 13 else (4, on, "楼道清洁")))
    return key
