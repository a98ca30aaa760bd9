"""What gathers round a 公示 while it hangs: photographs of the board, objections and answers."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, Notice, NoticePhoto, Objection
from app.services.publicity import row_of
from app.storage import journal

OUTCOMES = ("采纳", "部分采纳", "不采纳", "转办")
MOST_PHOTOS = 6
_LARGEST_PHOTO = 1_500_000


@dataclass(frozen=True, slots=True)
class PhotoView:
    """One photograph of the board, as JPEG."""

    id: int
    taken_at: datetime
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class ObjectionView:
    id: int
    raised_on: date
    who: str
    phone: str
    words: str
    answer: str
    answered_on: date | None
    outcome: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionInput:
    raised_on: date
    who: str
    phone: str = ""
    words: str
    answer: str = ""
    answered_on: date | None = None
    outcome: str = ""


def add_photo(session: Session, notice_id: int, jpeg: bytes, *, now: datetime) -> int:
    """Keep a photograph of the board, in the encrypted file; at most six."""
    row_of(session, notice_id)
    if not jpeg.startswith(b"\xff\xd8"):
        raise DomainError("这不是能保存的照片，请选 JPG 或 PNG 文件。")
    if len(jpeg) > _LARGEST_PHOTO:
        raise DomainError("照片太大，没有保存。请换一张小一些的。")
    kept = select(func.count()).where(NoticePhoto.notice_id == notice_id)
    if (session.scalar(kept) or 0) >= MOST_PHOTOS:
        raise DomainError(f"一份公示最多留 {MOST_PHOTOS} 张照片，请先删掉不要的。")
    photo = NoticePhoto(notice_id=notice_id, taken_at=now, jpeg=jpeg)
    session.add(photo)
    session.flush()
    return photo.id


def photos(session: Session, notice_id: int) -> list[PhotoView]:
    """All photographs of a 公示, in their order."""
    found = session.execute(
        select(NoticePhoto.id, NoticePhoto.taken_at, NoticePhoto.jpeg)
        .where(NoticePhoto.notice_id == notice_id)
        .order_by(NoticePhoto.id)
    )
    return [PhotoView(*values) for values in found]


def remove_photo(session: Session, photo_id: int) -> None:
    """Throw a photograph away for good: the journal keeps no pictures."""
    photo = session.get(NoticePhoto, photo_id)
    if photo is not None:
        session.delete(photo)
        session.flush()


def objections(session: Session, notice_id: int) -> list[ObjectionView]:
    """What was said against a 公示, in the order of its days."""
    rows = session.scalars(
        select(Objection)
        .where(Objection.notice_id == notice_id, Objection.deleted_at.is_(None))
        .order_by(Objection.raised_on, Objection.id)
    )
    return [
        ObjectionView(
            row.id,
            row.raised_on,
            row.who,
            row.phone or "",
            row.words,
            row.answer or "",
            row.answered_on,
            row.outcome or "",
            row.version,
        )
        for row in rows
    ]


def note_opened(session: Session, objection_id: int) -> None:
    """The form shows somebody's telephone in the clear: that it was opened is on record."""
    journal.record_look(session, Action.LOOKED, Objection, [objection_id])


def save_objection(
    session: Session,
    notice_id: int,
    entered: ObjectionInput,
    *,
    objection_id: int | None = None,
    version: int = 0,
) -> int:
    """Keep an objection, new or changed; raises DomainError for what cannot be."""
    notice = row_of(session, notice_id)
    _check_objection(notice, entered)
    row = session.get(Objection, objection_id) if objection_id else Objection(notice_id=notice_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这条异议已经被删除，请刷新。")
    if objection_id and row.version != version:
        raise ChangedMeanwhile
    row.raised_on, row.who = entered.raised_on, entered.who.strip()
    row.words, row.phone = entered.words.strip(), entered.phone.strip() or None
    row.answer, row.answered_on = entered.answer.strip() or None, entered.answered_on
    row.outcome = entered.outcome or None
    session.add(row)
    session.flush()
    return row.id


def _check_objection(notice: Notice, entered: ObjectionInput) -> None:
    for words, label in ((entered.who, "异议人"), (entered.words, "异议内容")):
        if not words.strip():
            raise DomainError(f"请填写{label}。匿名的，异议人写“匿名”。")
    if notice.posted_on is None or entered.raised_on < notice.posted_on:
        raise DomainError("提出日期早于张贴日期，请核对；还没有张贴的先登记张贴。")
    if entered.answer.strip() and entered.answered_on is None:
        raise DomainError("写了答复，请填答复日期。")
    if entered.answered_on and not entered.answer.strip():
        raise DomainError("填了答复日期，请把答复写上。")
    if entered.answered_on and entered.answered_on < entered.raised_on:
        raise DomainError("答复日期早于提出日期，请核对。")
