"""The seal book (用印登记): a line for every printed paper, and what is sealed besides by hand."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, Certificate, SealUse
from app.services import settings
from app.storage import journal
from app.values.text import tidy

_LONGEST = {
    "seal": (40, "印章"),
    "content": (200, "用印内容"),
    "approved_by": (40, "签批人"),
    "handled_by": (40, "经办人"),
    "applicant": (60, "申请用印人"),
    "applicant_phone": (40, "联系电话"),
    "note": (200, "备注"),
}
_REQUIRED = ("seal", "content", "approved_by", "handled_by", "applicant")
_OPTIONAL = ("approved_by", "applicant", "applicant_phone", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealInput:
    """One use of a seal, as it is typed."""

    used_at: datetime
    seal: str = ""
    content: str = ""
    copies: int = 1
    approved_by: str = ""
    handled_by: str = ""
    applicant: str = ""
    applicant_phone: str = ""
    note: str = ""


def blank(session: Session, *, user: str, now: datetime) -> SealInput:
    """A new line: now, the office's usual seal, in the hands of whoever works."""
    return SealInput(used_at=now, seal=seal_name(session), handled_by=user)


def seal_name(session: Session) -> str:
    """What the office calls its seal."""
    return settings.value(session, settings.SEAL_NAME).strip() or settings.SEAL_NAME.default


def input_of(session: Session, seal_id: int) -> tuple[SealInput, int]:
    """What stands in a line, and its version."""
    row = _by_hand(session, seal_id)
    optional = {name: getattr(row, name) or "" for name in _OPTIONAL}
    entered = SealInput(
        used_at=row.used_at,
        seal=row.seal,
        content=row.content,
        copies=row.copies,
        handled_by=row.handled_by,
        **optional,
    )
    return entered, row.version


def note_opened(session: Session, seal_id: int) -> None:
    """The form shows the applicant's telephone in the clear: that it was opened is on record."""
    journal.record_look(session, Action.LOOKED, SealUse, [seal_id])


def add(session: Session, entered: SealInput, *, now: datetime) -> int:
    """Note a use by hand; raises DomainError naming what is missing."""
    row = SealUse()
    _fill(row, entered, now)
    session.add(row)
    session.flush()
    return row.id


def update(
    session: Session, seal_id: int, entered: SealInput, *, version: int, now: datetime
) -> None:
    """Correct a line that was written by hand; those of papers follow their papers."""
    row = _by_hand(session, seal_id)
    if row.version != version:
        raise ChangedMeanwhile
    _fill(row, entered, now)
    session.flush()


def remove(session: Session, seal_id: int, *, now: datetime) -> None:
    """Put a line written by hand into the recycle bin; 撤销 brings it back."""
    _by_hand(session, seal_id).deleted_at = now
    session.flush()


def note_paper(session: Session, paper: Certificate, *, now: datetime, mark: str = "") -> None:
    """The line of a paper that came out of the printer; `mark` (补打 第1次) that of one more."""
    session.add(
        SealUse(
            used_at=now,
            seal=seal_name(session),
            content=f"{paper.number} {paper.title}（{paper.holder}） {mark}".strip()[:200],
            copies=1 if mark else paper.copies,
            approved_by=paper.approved_by,
            handled_by=paper.handled_by,
            applicant=paper.applicant or paper.holder,
            applicant_phone=paper.applicant_phone,
            certificate_id=paper.id,
        )
    )


def _by_hand(session: Session, seal_id: int) -> SealUse:
    row = session.get(SealUse, seal_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这一条用印登记已经被删除，请刷新列表。")
    if row.certificate_id is not None:
        raise DomainError("这一条是打印证明时自动登记的，不能改；证明有错请更正或作废。")
    return row


def _fill(row: SealUse, entered: SealInput, now: datetime) -> None:
    values = {name: tidy(getattr(entered, name)) for name in _LONGEST}
    for name, (longest, label) in _LONGEST.items():
        if name in _REQUIRED and not values[name]:
            raise DomainError(f"请填写{label}。")
        if len(values[name]) > longest:
            raise DomainError(f"“{label}”太长，最多 {longest} 个字，请缩短。")
    if not 1 <= entered.copies <= 1000:
        raise DomainError("份数应在 1 到 1000 之间。")
    if entered.used_at.date() > now.date():
        raise DomainError("用印时间不能晚于今天，请核对。")
    row.used_at, row.copies = entered.used_at, entered.copies
    for name, words in values.items():
        setattr(row, name, words or None if name in _OPTIONAL else words)
