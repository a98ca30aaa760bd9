"""诉求办理答复单: what stands on it, and the note that it was handed out."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Action, Level, Request, RequestState, Resident, StepKind
from app.reports.request_answer import AnswerStep, RequestAnswer
from app.services import office, request_detail, settings
from app.services.papers import committee
from app.services.request_detail import RequestDetail
from app.services.request_due import OPEN, day_words
from app.services.request_way import StepLine
from app.storage import journal
from app.values.masking import mask_text

_TOLD = {
    StepKind.REGISTERED: "登记",
    StepKind.ACCEPTED: "受理",
    StepKind.ASSIGNED: "交办",
    StepKind.NOTED: "",
    StepKind.HANDED_UP: "上报",
    StepKind.HANDED_DOWN: "",
    StepKind.EXTENDED: "延期",
    StepKind.DONE: "办结",
    StepKind.REOPENED: "重新办理",
    StepKind.MERGED: "",
}
"""What concerns the resident; who pressed whom and what was refused stays in the house."""
_MOST_STEPS = 12


def answer(session: Session, request_id: int, *, now: datetime) -> RequestAnswer:
    """The paper of one request as it stands now; raises DomainError if it is gone."""
    found = request_detail.detail(session, request_id, today=now.date())
    place = office.office(session)
    done = found.state not in OPEN
    supervision = settings.value(session, settings.SUPERVISION_PHONE).strip()
    return RequestAnswer(
        office=committee(session),
        number=found.number,
        name=found.person,
        asked_on=found.came_at.date(),
        title=found.title,
        place=found.place_words,
        category=found.category,
        body=found.body,
        steps=_steps(found),
        answer=(found.answer or found.close_reason) if done else "",
        standing=_standing(found),
        handled_by=_handled_by(found),
        office_phone=place.phone,
        complaint_phone=supervision or place.phone,
        day=now.date(),
    )


def note_printed(session: Session, request_id: int) -> None:
    """Journal that the paper was printed or saved, of the request and of the person."""
    row = request_detail.get(session, request_id)
    journal.record_look(session, Action.PRINTED, Request, [request_id])
    if row.resident_id is not None:
        journal.record_look(session, Action.PRINTED, Resident, [row.resident_id])


def _steps(found: RequestDetail) -> tuple[AnswerStep, ...]:
    told = [one for one in found.steps if one.kind in _TOLD and one.kind is not StepKind.DONE]
    return tuple(AnswerStep(one.at.date(), _who(one), _what(one)) for one in told[-_MOST_STEPS:])


def _who(one: StepLine) -> str:
    """Of the street nobody works with the program: what it said was written down by another."""
    if one.kind is StepKind.HANDED_DOWN and one.level is Level.COMMUNITY:
        return Level.STREET.label
    return one.user_name or one.level.label


def _what(one: StepLine) -> str:
    """上报给街道城建办：公共电表改造; numbers of others do not go to the resident."""
    said = _TOLD[one.kind] + (f"给{one.to}" if one.to and _TOLD[one.kind] else "")
    words = "" if one.kind is StepKind.REGISTERED else mask_text(one.words)
    return "：".join(part for part in (said, words) if part) or one.kind.label


def _standing(found: RequestDetail) -> str:
    where = {
        RequestState.REGISTERED: "已经登记，等待受理",
        RequestState.ACCEPTED: "已经受理，正在安排承办的人",
        RequestState.HANDLING: f"正由{found.handler or found.level.label}办理",
        RequestState.ESCALATED: f"已经上报街道，由{found.handler or '街道'}办理",
    }.get(found.state, "")
    until = f"，期限到 {day_words(found.due_on)}" if found.due_on and where else ""
    return f"{where}{until}。" if where else ""


def _handled_by(found: RequestDetail) -> str:
    return next(
        (one.user_name for one in reversed(found.steps) if one.user_name), found.registered_by
    )
