"""The book of hours (时长账): written here and nowhere else. Points are another book."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import HourEntry, PointsClaim, PointsItem, Volunteer
from app.services import hours, rights
from app.services.points_lines import BookMonths, check_days, make_final
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy


def book_hours(
    session: Session,
    volunteer_id: int,
    half_hours: int,
    *,
    on_date: date,
    activity_id: int | None,
    claim_id: int | None,
    words: str,
    now: datetime,
    entered_by: str = "",
    reviewed_by: str = "",
) -> int:
    """Book service of a volunteer in half hours; gives the line's id.

    Raises DomainError for a day to come, for more than the day has or an hour that was served
    elsewhere, and where the matter is none of service (order 67 art. 7 and 19).
    """
    if session.get(Volunteer, volunteer_id) is None:
        raise DomainError("没有这位志愿者的登记，时长记不上。请先登记为志愿者。")
    if half_hours <= 0:
        raise DomainError("服务时长要大于 0，最小 0.5 小时。")
    check_days(session, [on_date], now)
    _check_matter(session, claim_id)
    hours.check_day(
        session, volunteer_id, on_date, half_hours, activity_id=activity_id, claim_id=claim_id
    )
    return _write(
        session,
        HourEntry(
            volunteer_id=volunteer_id,
            half_hours=half_hours,
            on_date=on_date,
            activity_id=activity_id,
            claim_id=claim_id,
            words=words,
            entered_by=entered_by,
            reviewed_by=reviewed_by,
        ),
        now,
    )


def reverse_hours(session: Session, entry_id: int, *, reason: str, now: datetime) -> int:
    """A counter-entry in the book of hours, on the day of service; gives its id."""
    rights.require(session, Right.REVIEW_POINTS)
    entry = _reversible(session, entry_id)
    if not tidy(reason):
        raise DomainError("请写明为什么冲正，以后查账要看。")
    check_days(session, [entry.on_date], now)
    return _write(session, _opposite(entry, reason), now)


def hand_over(session: Session, giver_id: int, taker_id: int, *, words: str, now: datetime) -> int:
    """All that stands of one volunteer goes to another, who is the same person; gives half hours.

    Each line is met by its counter-entry and written anew on its day, so that the hours of any
    period stay what they were.
    """
    met = select(HourEntry.reverses_id).where(HourEntry.reverses_id.is_not(None))
    standing = session.scalars(
        select(HourEntry)
        .where(HourEntry.volunteer_id == giver_id, HourEntry.reverses_id.is_(None))
        .where(HourEntry.id.not_in(met))
        .order_by(HourEntry.id)
    ).all()
    for entry in standing:
        gone = _opposite(entry, words)
        gone.reviewed_by = entry.reviewed_by
        _write(session, gone, now)
        come = HourEntry(
            volunteer_id=taker_id,
            half_hours=entry.half_hours,
            on_date=entry.on_date,
            activity_id=entry.activity_id,
            claim_id=entry.claim_id,
            words=entry.words,
            reviewed_by=entry.reviewed_by,
        )
        _write(session, come, now)
    return sum(entry.half_hours for entry in standing)


def _reversible(session: Session, entry_id: int) -> HourEntry:
    entry = session.get(HourEntry, entry_id)
    if entry is None:
        raise DomainError("时长账上没有这一行，请刷新后再看。")
    if entry.reverses_id is not None:
        raise DomainError("冲正行不能再冲正；冲错了，请把服务重新记一笔。")
    if session.scalar(select(HourEntry.id).where(HourEntry.reverses_id == entry_id)):
        raise DomainError("这一行已经冲正过，不能再冲正一次。")
    return entry


def _opposite(entry: HourEntry, words: str) -> HourEntry:
    return HourEntry(
        volunteer_id=entry.volunteer_id,
        half_hours=-entry.half_hours,
        on_date=entry.on_date,
        activity_id=entry.activity_id,
        claim_id=entry.claim_id,
        reverses_id=entry.id,
        words=words,
    )


def _check_matter(session: Session, claim_id: int | None) -> None:
    claim = session.get(PointsClaim, claim_id) if claim_id is not None else None
    item = session.get(PointsItem, claim.item_id) if claim is not None else None
    if item is not None:
        check_gives_hours(item)


def check_gives_hours(item: PointsItem) -> None:
    """Raises DomainError for a matter that is no voluntary service (order 67 art. 19)."""
    if not item.deed.gives_hours:
        raise DomainError(
            f"“{item.name}”不属于志愿服务，只记积分，不记服务时长（民政部令第67号第十九条）。"
        )


def _write(session: Session, entry: HourEntry, now: datetime) -> int:
    months = BookMonths(session)
    entry.booked_at, entry.month = now, months.of(entry.on_date)
    entry.words = months.words(entry.on_date, entry.words)
    entry.entered_by = entry.entered_by or actor_of(session).name
    session.add(entry)
    session.flush()
    make_final(session)
    return entry.id
