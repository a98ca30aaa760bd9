"""Trainings, honours, assessments and complaints of a volunteer (order 67 art. 8-10).

Hours of a training are hours of learning: they stand here and never in the book of hours.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import VolunteerNote, VolunteerNoteKind
from app.services import form_texts, volunteers
from app.services.rights import require
from app.values.rights import Right
from app.values.times import DAY_HALF_HOURS

_LONGEST = {"title": (60, "名称"), "unit": (60, "单位"), "detail": (300, "内容")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInput:
    """One note as it is typed; `half_hours` only of a training."""

    kind: VolunteerNoteKind
    on_date: date
    title: str = ""
    unit: str = ""
    detail: str = ""
    half_hours: int = 0


@dataclass(frozen=True, slots=True)
class NoteView:
    """One line below a volunteer's card."""

    id: int
    version: int
    entered: NoteInput


def notes(session: Session, volunteer_id: int) -> list[NoteView]:
    """The notes of somebody, the latest first."""
    wanted = (
        select(VolunteerNote)
        .where(VolunteerNote.volunteer_id == volunteer_id, VolunteerNote.deleted_at.is_(None))
        .order_by(VolunteerNote.on_date.desc(), VolunteerNote.id.desc())
    )
    return [_view(row) for row in session.scalars(wanted)]


def save(
    session: Session,
    volunteer_id: int,
    note_id: int | None,
    entered: NoteInput,
    *,
    version: int = 0,
    today: date,
) -> int:
    """Keep a new or changed note; raises DomainError naming what is wrong."""
    require(session, Right.RECORD_POINTS)
    volunteers.get(session, volunteer_id)
    texts = _checked(entered, today)
    row = VolunteerNote(volunteer_id=volunteer_id) if note_id is None else _get(session, note_id)
    if note_id is not None and row.version != version:
        raise ChangedMeanwhile
    row.kind, row.on_date, row.title = entered.kind, entered.on_date, texts["title"]
    row.unit, row.detail = texts["unit"] or None, texts["detail"] or None
    row.half_hours = entered.half_hours
    session.add(row)
    session.flush()
    return row.id


def remove(session: Session, note_id: int, *, now: datetime) -> None:
    """Into the recycle bin."""
    require(session, Right.RECORD_POINTS)
    _get(session, note_id).deleted_at = now
    session.flush()


def _checked(entered: NoteInput, today: date) -> dict[str, str]:
    texts = form_texts.tidied(entered, _LONGEST)
    if not texts["title"]:
        raise DomainError(f"请填写{entered.kind.label}的名称。")
    if entered.on_date > today:
        raise DomainError(f"{entered.on_date:%Y-%m-%d} 还没有到，请核对日期。")
    if entered.half_hours and entered.kind is not VolunteerNoteKind.TRAINING:
        raise DomainError("只有培训有学习时长，其他的请把时长空着。")
    if not 0 <= entered.half_hours <= DAY_HALF_HOURS:
        raise DomainError("学习时长应在 0 到 24 小时之间。")
    return texts


def _get(session: Session, note_id: int) -> VolunteerNote:
    row = session.get(VolunteerNote, note_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这一条已经删除，请刷新后再看。")
    return row


def _view(row: VolunteerNote) -> NoteView:
    entered = NoteInput(
        kind=row.kind,
        on_date=row.on_date,
        title=row.title,
        unit=row.unit or "",
        detail=row.detail or "",
        half_hours=row.half_hours,
    )
    return NoteView(row.id, row.version, entered)
