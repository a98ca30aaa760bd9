"""Notices (通知) that the office types: kept, opened again, used again, thrown away."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Notice
from app.reports import notice as paper
from app.services import papers


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """What is typed. `attachments` holds one name a line."""

    title: str = ""
    recipients: str = ""
    body: str = ""
    attachments: str = ""
    signed_by: str = ""
    dated: date
    remark: str = ""
    red_heading: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the list of notices."""

    id: int
    title: str
    dated: date
    saved_at: datetime


_OPTIONAL = ("recipients", "attachments", "remark", "red_heading", "number")
_REQUIRED = (("title", "标题"), ("body", "正文"), ("signed_by", "署名"))
_LONGEST = {"title": 120, "recipients": 120, "signed_by": 60, "remark": 120, "red_heading": 60}


def blank(session: Session, *, today: date) -> NoticeText:
    """A new notice: signed by this office, dated today."""
    return NoticeText(recipients="各位居民", signed_by=papers.committee(session), dated=today)


def notices(session: Session) -> list[NoticeLine]:
    """All that are kept, the last saved one first."""
    found = session.execute(
        select(Notice.id, Notice.title, Notice.dated, Notice.saved_at)
        .where(Notice.deleted_at.is_(None))
        .order_by(Notice.saved_at.desc(), Notice.id.desc())
    )
    return [NoticeLine(*values) for values in found]


def text_of(session: Session, notice_id: int) -> tuple[NoticeText, int]:
    """What stands in a notice, and its version; raises DomainError if it is gone."""
    row = _get(session, notice_id)
    optional = {name: getattr(row, name) or "" for name in _OPTIONAL}
    text = NoticeText(
        title=row.title, body=row.body, signed_by=row.signed_by, dated=row.dated, **optional
    )
    return text, row.version


def add(session: Session, text: NoticeText, *, now: datetime) -> int:
    """Keep a new notice; raises DomainError when something necessary is missing."""
    check(text)
    row = Notice(saved_at=now)
    session.add(_fill(row, text))
    session.flush()
    return row.id


def update(
    session: Session, notice_id: int, text: NoticeText, *, version: int, now: datetime
) -> None:
    """Keep what was changed; raises ChangedMeanwhile when somebody else was faster."""
    check(text)
    row = _get(session, notice_id)
    if row.version != version:
        raise ChangedMeanwhile
    row.saved_at = now
    _fill(row, text)
    session.flush()


def delete(session: Session, notice_id: int, *, now: datetime) -> None:
    """Put a notice into the recycle bin; 撤销 brings it back."""
    _get(session, notice_id).deleted_at = now
    session.flush()


def use_again(session: Session, notice_id: int, *, today: date) -> NoticeText:
    """A copy for a new occasion: dated today, without the old number."""
    text, _ = text_of(session, notice_id)
    return replace(text, dated=today, number="")


def check(text: NoticeText) -> None:
    """Raise DomainError naming the first field that is missing or too long."""
    for field, label in _REQUIRED:
        if not getattr(text, field).strip():
            raise DomainError(f"通知还没有填{label}，填好再保存或打印。")
    for field, longest in _LONGEST.items():
        if len(getattr(text, field)) > longest:
            raise DomainError(
                f"「{getattr(text, field)[:12]}…」太长，最多 {longest} 个字，请缩短。"
            )


def as_paper(text: NoticeText) -> paper.Notice:
    """The notice as app/reports sets it."""
    return paper.Notice(
        office=text.signed_by,
        title=text.title,
        recipients=text.recipients,
        body=text.body,
        day=text.dated,
        attachments=[name for name in text.attachments.splitlines() if name.strip()],
        remark=text.remark,
        number=text.number,
        red_heading=text.red_heading,
    )


def _get(session: Session, notice_id: int) -> Notice:
    row = session.get(Notice, notice_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这份通知已经被删除，请刷新列表。")
    return row


def _fill(row: Notice, text: NoticeText) -> Notice:
    row.title, row.body = text.title.strip(), text.body.rstrip()
    row.signed_by, row.dated = text.signed_by.strip(), text.dated
    for name in _OPTIONAL:
        setattr(row, name, getattr(text, name).strip() or None)
    return row
