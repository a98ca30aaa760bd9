"""The life of a paper: preview, approval, number, print, collection; void and correction.

A number and everything that belongs to it (register line, check code, snapshot) is given in one
transaction and never taken back: what carries one can only be voided (architecture.md rule 11).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Certificate as CertificateRow
from app.models import CertificateTemplate, Stage
from app.reports.certificate import Certificate, require_printable, to_snapshot
from app.services import (
    certificate_input,
    certificate_paper,
    check_codes,
    forbidden,
    numbers,
    rights,
    seals,
    service_record,
)
from app.services import templates as all_templates
from app.services.certificate_input import CertificateDraft
from app.services.certificate_views import (
    DIRECTOR,
    MEETING,
    NO_APPROVAL,
    SECRETARY,
    CertificateLine,
    line,
    stage_words,
)
from app.services.certificates import get, matches
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

_HAS_NUMBER = (Stage.NUMBERED, Stage.PRINTING, Stage.PRINTED, Stage.COLLECTED)
_LONGEST_REASON = 200
# Why a step of a paper stays, in the list of what was done.
_NUMBERED = "号已给出"
_ON_PAPER = "纸已打印"
_VOIDED = "已作废的号不能恢复"


def accept_preview(
    session: Session, certificate_id: int, *, user: str, role: str, now: datetime
) -> Stage:
    """The clerk has seen the draft: it waits for approval, or is approved where the clerk is the
    one who approves or nobody has to.
    """
    row = _in_stage(session, certificate_id, Stage.DRAFT)
    template = all_templates.get_usable(session, row.template_id)
    _check_list(session, row)
    _check_hours(session, row, template)
    require_printable([certificate_paper.build(session, row, template, day=now.date())])
    row.previewed_at = now
    row.stage = Stage.WAITING
    if row.approver == NO_APPROVAL:
        row.stage = Stage.APPROVED
    elif _approves_at_once(session, row, role):
        _approve(row, user, now)
    session.flush()
    return row.stage


def may_approve(approver: str, role: str) -> bool:
    """Whether somebody of this role may approve; the secretary may for the director as well."""
    if role in {"", SECRETARY}:
        return True
    return role == DIRECTOR and approver in {DIRECTOR, MEETING}


def _approves_at_once(session: Session, row: CertificateRow, role: str) -> bool:
    """Who may approve what he has drafted himself need not do so twice."""
    may = actor_of(session).may(Right.APPROVE_PAPERS)
    return may and may_approve(row.approver, role) and row.approver != MEETING


def approve(
    session: Session,
    certificate_id: int,
    *,
    user: str,
    role: str,
    now: datetime,
    meeting_on: date | None = None,
    meeting_note: str = "",
) -> None:
    """Approve a waiting paper; for 居民代表会议 with the day of the meeting and what it said."""
    rights.require(session, Right.APPROVE_PAPERS)
    row = _in_stage(session, certificate_id, Stage.WAITING)
    if not may_approve(row.approver, role):
        raise DomainError(f"这份文书由{row.approver}批准，请{row.approver}登录后批准。")
    if row.approver != MEETING:
        _approve(row, user, now)
    else:
        _approve(row, _meeting_words(meeting_on, meeting_note, now.date()), now)
        row.approval_note = f"{tidy(meeting_note)}（{user} 登记）"[:_LONGEST_REASON]
    session.flush()


def send_back(
    session: Session, certificate_id: int, *, reason: str, user: str, now: datetime
) -> None:
    """Back to a draft, with the reason in its note; whoever waits for it or approved it."""
    row = _in_stage(session, certificate_id, Stage.WAITING, Stage.APPROVED)
    words = _reason(reason, "退回")
    row.stage = Stage.DRAFT
    row.previewed_at = row.approved_at = row.approved_by = row.approval_note = None
    row.note = f"{now:%m-%d %H:%M} {user} 退回：{words}"[:_LONGEST_REASON]
    session.flush()


def give_number(
    session: Session, certificate_id: int, *, now: datetime, day_checked: bool = False
) -> str:
    """The number, with register line, check code and snapshot; returns 望海社证〔2026〕12号.

    Raises numbers.ClockWentBack where a later paper exists, unless somebody checked the date;
    MissingGlyph for a name that no font has.
    """
    return give_numbers(session, [certificate_id], now=now, day_checked=day_checked)[0]


def give_numbers(
    session: Session,
    certificate_ids: Sequence[int],
    *,
    now: datetime,
    day_checked: bool = False,
    tick: Callable[[int, int], None] | None = None,
) -> list[str]:
    """Numbers for several papers in this order: all of them or none. `tick` may raise Cancelled."""
    numbers.check_battery(now.date())
    if not day_checked:
        numbers.check_clock(session, now.date())
    # A number that was taken back would leave a gap, or be given twice.
    journal.set_details(session, {FINAL: _NUMBERED})
    made: list[Certificate] = []
    for done, certificate_id in enumerate(certificate_ids, start=1):
        made.append(_number(session, certificate_id, now))
        if tick is not None:
            tick(done, len(certificate_ids))
    # A number is not wasted on a paper that cannot be printed.
    require_printable(made)
    return [paper.number for paper in made]


def _number(session: Session, certificate_id: int, now: datetime) -> Certificate:
    row = _in_stage(session, certificate_id, Stage.APPROVED)
    template = all_templates.get_usable(session, row.template_id)
    _check_list(session, row)
    _check_hours(session, row, template)
    day = now.date()
    row.series, row.year = numbers.series_of(session, template), day.year
    row.serial = numbers.take(session, row.series, day.year)
    number = numbers.number_words(row.series, day.year, row.serial)
    code = check_codes.code(session, number, day, row.holder)
    row.number, row.check_code, row.issued_on, row.numbered_at = number, code, day, now
    paper = _paper(session, row, template, day, number, code)
    row.snapshot, row.stage = to_snapshot(paper), Stage.NUMBERED
    session.flush()
    return paper


def _paper(
    session: Session,
    row: CertificateRow,
    template: CertificateTemplate,
    day: date,
    number: str,
    code: str,
) -> Certificate:
    scanned = check_codes.qr_text(
        number=number, title=row.title, name=row.holder, day=day, code=code
    )
    return certificate_paper.build(
        session, row, template, day=day, number=number, check_code=code, qr_text=scanned
    )


def print_started(session: Session, certificate_id: int, *, now: datetime) -> Certificate:
    """Sent to the printer; until somebody says that it came out the paper is in between."""
    row = _in_stage(session, certificate_id, Stage.NUMBERED, Stage.PRINTING)
    journal.set_details(session, {FINAL: _ON_PAPER})
    row.stage, row.printed_at = Stage.PRINTING, now
    session.flush()
    return certificate_paper.kept(row)


def print_done(session: Session, certificate_id: int, *, now: datetime) -> None:
    """It came out: a line in the seal book, unless the paper has no place for a seal."""
    row = _in_stage(session, certificate_id, Stage.PRINTING, Stage.NUMBERED)
    journal.set_details(session, {FINAL: _ON_PAPER})
    row.stage, row.printed_at = Stage.PRINTED, now
    _note_seal(session, row, now)
    session.flush()


def print_failed(session: Session, certificate_id: int) -> None:
    """It did not come out: it is printed again under its number, as the first."""
    row = _in_stage(session, certificate_id, Stage.PRINTING)
    journal.set_details(session, {FINAL: _ON_PAPER})
    row.stage, row.printed_at = Stage.NUMBERED, None
    session.flush()


def unconfirmed(session: Session) -> list[CertificateLine]:
    """Papers that were on the way to the printer when the program ended, oldest first."""
    found = session.scalars(
        select(CertificateRow)
        .where(CertificateRow.stage == Stage.PRINTING)
        .order_by(CertificateRow.id)
    )
    return [line(row) for row in found]


def reprint(session: Session, certificate_id: int, *, now: datetime) -> Certificate:
    """The same paper again, marked 补打 第n次 outside its frame; counted in the register.

    It is sealed again: each use of the seal has its line (domain.md 1.5).
    """
    row = _in_stage(session, certificate_id, Stage.PRINTED, Stage.COLLECTED)
    journal.set_details(session, {FINAL: _ON_PAPER})
    row.reprints += 1
    mark = f"补打 第{row.reprints}次"
    _note_seal(session, row, now, mark)
    session.flush()
    return replace(certificate_paper.kept(row), mark=mark)


def collect(
    session: Session, certificate_id: int, *, by: str, relation: str, now: datetime
) -> None:
    """Handed out: to whom, and what he is to the holder (本人 for himself)."""
    row = _in_stage(session, certificate_id, Stage.PRINTED)
    by, relation = tidy(by), tidy(relation)
    if not by or not relation:
        raise DomainError("请填写领取人和与本人的关系（本人领取写“本人”）。")
    if len(by) > 60 or len(relation) > 20:
        raise DomainError("领取人最多 60 个字，与本人的关系最多 20 个字，请缩短。")
    row.collected_by, row.collector_relation, row.collected_at = by, relation, now
    row.stage = Stage.COLLECTED
    session.flush()


def void(session: Session, certificate_id: int, *, reason: str, now: datetime) -> None:
    """作废: the number stays in the register with the reason and is never given again."""
    row = _in_stage(session, certificate_id, *_HAS_NUMBER)
    journal.set_details(session, {FINAL: _VOIDED})
    row.void_reason, row.voided_at, row.stage = _reason(reason, "作废"), now, Stage.VOID
    session.flush()


def correct(
    session: Session, certificate_id: int, *, reason: str, handled_by: str, now: datetime
) -> int:
    """更正: the old paper is void, a new draft with the same content takes its place."""
    row = _in_stage(session, certificate_id, *_HAS_NUMBER)
    void(session, certificate_id, reason=f"更正：{_reason(reason, '更正')}"[:200], now=now)
    new = CertificateRow(
        stage=Stage.DRAFT,
        drafted_at=now,
        corrects_id=row.id,
        handled_by=handled_by,
        answers=dict(row.answers),
        **{name: getattr(row, name) for name in _COPIED},
    )
    session.add(new)
    session.flush()
    return new.id


_COPIED = (
    "template_id",
    "title",
    "resident_id",
    "holder",
    "holder_document",
    "body",
    "purpose",
    "recipient",
    "legal_basis",
    "verification",
    "copies",
    "applicant",
    "applicant_phone",
    "verified_by",
    "approver",
    "override_reason",
)


def _check_list(session: Session, row: CertificateRow) -> None:
    """The lists may have grown since the draft was kept."""
    if not row.override_reason and (found := matches(session, row)):
        raise forbidden.ForbiddenMatch(found)


def _check_hours(session: Session, row: CertificateRow, template: CertificateTemplate) -> None:
    """The book of hours may have been corrected since the draft was kept."""
    answers = dict(row.answers)
    if not service_record.is_asked(answers):
        return
    draft = CertificateDraft(
        template_id=template.id, resident_id=row.resident_id, holder=row.holder, answers=answers
    )
    found = certificate_input.served(session, template, draft, row.drafted_at.date())
    if any(answers.get(code) != words for code, words in found.items()):
        raise DomainError(
            f"{row.holder}的时长账在起草以后改过，证明上的时长已经不对。"
            "请退回草稿，重新保存一次，核对后再给号。"
        )


def _note_seal(session: Session, row: CertificateRow, now: datetime, mark: str = "") -> None:
    """The line of the seal book, unless the paper has no place for a seal."""
    if (row.snapshot or {}).get("seal_mark", True):
        seals.note_paper(session, row, now=now, mark=mark)


def _approve(row: CertificateRow, by: str, now: datetime) -> None:
    row.approved_by, row.approved_at, row.stage = by[:40], now, Stage.APPROVED


def _meeting_words(meeting_on: date | None, note: str, today: date) -> str:
    if meeting_on is None or not tidy(note):
        raise DomainError("请填写居民代表会议的日期和会议意见，再登记批准。")
    if meeting_on > today:
        raise DomainError("会议日期不能晚于今天，请核对。")
    return f"{MEETING} {meeting_on.isoformat()}"


def _reason(words: str, what: str) -> str:
    words = tidy(words)
    if not words:
        raise DomainError(f"请写明{what}的原因。")
    if len(words) > _LONGEST_REASON:
        raise DomainError(f"{what}的原因太长，最多 {_LONGEST_REASON} 个字，请缩短。")
    return words


def _in_stage(session: Session, certificate_id: int, *allowed: Stage) -> CertificateRow:
    row = get(session, certificate_id)
    if row.stage not in allowed:
        raise DomainError(f"{_name(row)}现在是“{stage_words(row)}”，不能这样办，请刷新后再看。")
    return row


def _name(row: CertificateRow) -> str:
    return f"{row.number} " if row.number else f"{row.holder}的{row.title}"


def stages_of(session: Session, certificate_ids: Iterable[int]) -> dict[int, Stage]:
    """Where papers stand now, for a batch that goes on after a pause."""
    found = session.execute(
        select(CertificateRow.id, CertificateRow.stage).where(
            CertificateRow.id.in_(list(certificate_ids))
        )
    )
    return {key: stage for key, stage in found}
