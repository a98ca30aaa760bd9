"""Notices that the office types: kept, found again, used again, thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Notice
from app.services import papers, publicity, settings
from app.services.notice_codes import codes_in, fill
from app.services.notice_kinds import KINDS, MEETING, OUTAGE, PUBLICITY, kind, left_over, tells_hour
from app.values.pinyin_match import spells


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """What is typed. `attachments` and `not_people` hold one entry a line."""

    kind: str = KINDS[0].name
    title: str = ""
    recipients: str = ""
    body: str = ""
    attachments: str = ""
    signed_by: str = ""
    dated: date
    remark: str = ""
    red_heading: str = ""
    number: str = ""
    when_words: str = ""
    where_words: str = ""
    copied_to: str = ""
    issued_by: str = ""
    issued_on: date | None = None
    posted_on: date | None = None
    take_down_on: date | None = None
    phone: str = ""
    period_days: int | None = None
    period_kind: str = ""
    affair: str = ""
    objections_to: str = ""
    consent_reason: str = ""
    not_people: str = ""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the archive; the dates tell how a 公示 stands."""

    id: int
    kind: str
    title: str
    dated: date
    saved_at: datetime
    posted_on: date | None = None
    ends_on: date | None = None
    taken_down_on: date | None = None


@dataclass(frozen=True, slots=True)
class ArchiveFilter:
    """Which notices: all that are kept when nothing is set. `since` and `until` are included."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


EVERYTHING = ArchiveFilter()
_NAMES = tuple(field.name for field in fields(NoticeText))
_TEXTS = tuple(
    field.name for field in fields(NoticeText) if field.default == "" or field.name == "kind"
)
_REQUIRED = (("title", "标题"), ("body", "正文"), ("signed_by", "署名"))
_LONGEST = {
    "title": ("标题", 120),
    "recipients": ("主送", 120),
    "signed_by": ("署名", 60),
    "remark": ("附注", 120),
    "red_heading": ("红头", 30),
    "number": ("发文字号", 28),
    "when_words": ("时间", 120),
    "where_words": ("地点或范围", 200),
    "copied_to": ("抄送", 200),
    "issued_by": ("印发机关", 60),
    "phone": ("电话", 60),
    "objections_to": ("异议渠道", 120),
    "consent_reason": ("公开姓名的依据", 200),
    "body": ("正文", 20_000),
    "attachments": ("附件", 2_000),
    "not_people": ("不遮住的词", 2_000),
}


def blank(session: Session, *, today: date, kind_name: str = KINDS[0].name) -> NoticeText:
    """A new notice of a kind: its starting text, signed by this office, dated today."""
    chosen = kind(kind_name)
    text = NoticeText(
        kind=chosen.name,
        title=chosen.title,
        recipients=chosen.recipients,
        body=chosen.body,
        signed_by=papers.committee(session),
        dated=today,
        phone=settings.value(session, settings.OFFICE_PHONE),
    )
    return with_kind_fields(session, text)


def with_kind_fields(session: Session, text: NoticeText) -> NoticeText:
    """The text with what its kind asks for, where nothing is filled in yet."""
    if text.kind != PUBLICITY:
        return text
    days = text.period_days or publicity.DEFAULT_DAYS
    where = text.objections_to or publicity.channel(session)
    unit = text.period_kind or publicity.NATURAL
    return replace(text, period_days=days, period_kind=unit, objections_to=where)


def notices(session: Session, chosen: ArchiveFilter = EVERYTHING) -> list[NoticeLine]:
    """The archive, the last saved one first; the text is looked for in words and in pinyin."""
    wanted = (
        select(
            Notice.id,
            Notice.kind,
            Notice.title,
            Notice.dated,
            Notice.saved_at,
            Notice.posted_on,
            Notice.ends_on,
            Notice.taken_down_on,
        )
        .where(Notice.deleted_at.is_(None))
        .order_by(Notice.saved_at.desc(), Notice.id.desc())
    )
    if chosen.kinds:
        wanted = wanted.where(Notice.kind.in_(chosen.kinds))
    if chosen.since:
        wanted = wanted.where(Notice.dated >= chosen.since)
    if chosen.until:
        wanted = wanted.where(Notice.dated <= chosen.until)
    lines = [NoticeLine(*values) for values in session.execute(wanted)]
    return _with_text(session, lines, chosen.text.strip()) if chosen.text.strip() else lines


def _with_text(session: Session, lines: Sequence[NoticeLine], typed: str) -> list[NoticeLine]:
    inside = set(
        session.scalars(
            select(Notice.id).where(
                Notice.body.contains(typed, autoescape=True)
                | Notice.recipients.contains(typed, autoescape=True)
                | Notice.number.contains(typed, autoescape=True)
            )
        )
    )
    return [line for line in lines if line.id in inside or spells(line.title, typed)]


def text_of(session: Session, notice_id: int) -> tuple[NoticeText, int]:
    """What stands in a notice, and its version; raises DomainError if it is gone."""
    row = get(session, notice_id)
    values = {name: getattr(row, name) for name in _NAMES}
    return NoticeText(**values | {name: values[name] or "" for name in _TEXTS}), row.version


def is_publicity(session: Session, notice_id: int) -> bool:
    """Whether it hangs for a period (公示), with days, objections and an end."""
    row = session.get(Notice, notice_id)
    return row is not None and row.kind == PUBLICITY


def add(session: Session, text: NoticeText, *, now: datetime) -> int:
    """Keep a new notice; raises DomainError when something necessary is missing."""
    check(session, text)
    row = Notice(saved_at=now)
    session.add(_fill(session, row, text))
    session.flush()
    return row.id


def update(
    session: Session, notice_id: int, text: NoticeText, *, version: int, now: datetime
) -> None:
    """Keep what was changed; raises ChangedMeanwhile when somebody else was faster."""
    check(session, text)
    row = get(session, notice_id)
    if row.version != version:
        raise ChangedMeanwhile
    publicity.check_change(session, row, kind_name=text.kind, posted_on=text.posted_on)
    row.saved_at = now
    _fill(session, row, text)
    session.flush()


def delete(session: Session, notice_id: int, *, now: datetime) -> None:
    """Put a notice into the recycle bin; 撤销 brings it back."""
    get(session, notice_id).deleted_at = now
    session.flush()


def use_again(session: Session, notice_id: int, *, today: date) -> NoticeText:
    """A copy for a new occasion: dated today, without number, posting and consent of the old."""
    text, _ = text_of(session, notice_id)
    return replace(
        text,
        dated=today,
        number="",
        issued_on=None,
        posted_on=None,
        take_down_on=None,
        consent_reason="",
    )


def check(session: Session, text: NoticeText) -> None:
    """Raise DomainError naming the first thing that is missing, too long or not right."""
    for field, label in _REQUIRED:
        if not getattr(text, field).strip():
            raise DomainError(f"{text.kind}还没有填{label}，填好再保存或打印。")
    for field, (label, longest) in _LONGEST.items():
        if len(getattr(text, field)) > longest:
            raise DomainError(f"{label}太长，最多 {longest:,} 个字，请缩短。")
    for words in (text.title, text.recipients, text.body):
        fill(words, {})
    _check_kind(session, text)
    if text.posted_on and text.take_down_on and text.take_down_on < text.posted_on:
        raise DomainError("撤下日期早于张贴日期，请核对。")


def check_for_print(session: Session, text: NoticeText) -> None:
    """What keeps a notice from being kept, and what may be kept for later but not hung up."""
    check(session, text)
    if line := left_over(text.body, text.kind):
        raise DomainError(f"正文里“{line.strip()}”还没有写，写好或删去这一行再打印。")


def _check_kind(session: Session, text: NoticeText) -> None:
    if text.kind == OUTAGE:
        if not tells_hour(text.when_words):
            raise DomainError("停水停电要写清几时到几时，如 11月25日（周三）9时至17时。")
        if not text.where_words.strip():
            raise DomainError("还没有填停水停电的范围，如 3、4 号楼。")
    if text.kind == MEETING and not (text.when_words.strip() and text.where_words.strip()):
        raise DomainError("会议通知要有时间和地点，填好再保存或打印。")
    if text.kind == PUBLICITY:
        publicity.check(session, terms_from_today(text))


def publicity_terms(text: NoticeText) -> "publicity.Terms":
    """What the text says about how long a 公示 hangs."""
    return publicity.Terms(
        posted_on=text.posted_on,
        days=text.period_days or 0,
        unit=text.period_kind or publicity.NATURAL,
        affair=text.affair,
        objections_to=text.objections_to,
    )


def terms_from_today(text: NoticeText) -> "publicity.Terms":
    """The terms as if it were put up on its date, while it does not hang yet."""
    terms = publicity_terms(text)
    return replace(terms, posted_on=terms.posted_on or text.dated)


def has_place_codes(text: NoticeText) -> bool:
    """Whether the text is to be filled with the names of buildings."""
    found = codes_in("\n".join((text.title, text.recipients, text.body)))
    return "楼栋" in found or "单元" in found


def get(session: Session, notice_id: int) -> Notice:
    """The row; raises DomainError if it is gone."""
    row = kept(session, notice_id)
    if row is None:
        raise DomainError("这份通知已经被删除，请刷新列表。")
    return row


def kept(session: Session, notice_id: int | None) -> Notice | None:
    """What was written of something; None where nothing was yet, or it was deleted."""
    row = session.get(Notice, notice_id) if notice_id is not None else None
    return row if row is not None and row.deleted_at is None else None


def _fill(session: Session, row: Notice, text: NoticeText) -> Notice:
    for name in _NAMES:
        value = getattr(text, name)
        setattr(row, name, (value.strip() or None) if isinstance(value, str) else value)
    row.body = text.body.rstrip()
    row.ends_on = None
    if text.kind != PUBLICITY:
        row.period_days = row.period_kind = row.affair = row.objections_to = None
    elif text.posted_on:
        row.ends_on = publicity.period(session, publicity_terms(text)).ends_on
    return row
