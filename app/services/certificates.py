"""Certificates before they have a number: begun, kept, held against the lists, shown."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, CertificateTemplate, Resident, Stage
from app.models import Certificate as CertificateRow
from app.reports.certificate import Certificate
from app.services import certificate_paper, certificate_views, fill_codes, forbidden, people
from app.services import templates as all_templates
from app.services.certificate_input import Asked, CertificateDraft, asked_of, checked
from app.services.certificate_views import SECRETARY, Life
from app.storage import journal
from app.values.text import tidy

__all__ = [
    "Asked",
    "CertificateDraft",
    "blank",
    "delete_draft",
    "draft_of",
    "filled",
    "get",
    "life",
    "matches",
    "paper",
    "save_draft",
    "save_drafts",
]

_OPTIONAL = ("purpose", "recipient", "verification", "applicant", "applicant_phone")
_LONGEST_REASON = 200
# A purpose shorter than this could be any word of the body.
_SENTENCE = 4


def blank(
    session: Session, template_id: int, resident_id: int | None, *, today: date
) -> tuple[CertificateDraft, list[Asked]]:
    """A new paper of a template for a person (None: for somebody who is not in the file)."""
    template = all_templates.get_usable(session, template_id)
    draft = CertificateDraft(
        template_id=template_id,
        resident_id=resident_id,
        purpose=template.purpose or "",
        recipient=template.recipient or "",
        verification=template.verification or "",
    )
    if resident_id is not None:
        person = people.get(session, resident_id)
        document = certificate_paper.document_words(
            person.document_kind, person.document_number or ""
        )
        draft = replace(
            draft,
            holder=person.name,
            holder_document=document,
            applicant=person.name,
            applicant_phone=person.phone or "",
        )
    return draft, asked_of(session, template, resident_id, today)


def draft_of(
    session: Session, certificate_id: int, *, today: date
) -> tuple[CertificateDraft, list[Asked], int]:
    """What was typed for a draft, its questions and its version, to be edited again."""
    row = get(session, certificate_id)
    template = all_templates.get(session, row.template_id)
    draft = CertificateDraft(
        template_id=row.template_id,
        resident_id=row.resident_id,
        holder=row.holder,
        holder_document=row.holder_document or "",
        answers=dict(row.answers),
        copies=row.copies,
        verified_by=row.verified_by or "",
        note=row.note or "",
        **{name: getattr(row, name) or "" for name in _OPTIONAL},
    )
    return draft, asked_of(session, template, row.resident_id, today), row.version


def note_opened(session: Session, certificate_id: int) -> None:
    """The page shows a document number whole: that it was seen is on record."""
    journal.record_look(session, Action.LOOKED, CertificateRow, [certificate_id])


def save_draft(
    session: Session,
    certificate_id: int | None,
    draft: CertificateDraft,
    *,
    handled_by: str,
    now: datetime,
    version: int | None = None,
    override_reason: str = "",
    role: str = "",
) -> int:
    """Keep a draft. Raises ForbiddenMatch for what a community must not certify, unless the
    secretary (书记) gives a reason; DomainError naming the first field that is missing or wrong.
    """
    template = all_templates.get_usable(session, draft.template_id)
    draft = checked(session, template, draft, now.date())
    row = _row_for(session, certificate_id, version, now)
    row.template_id, row.title = template.id, template.title
    row.body = filled(session, template, draft, now.date())
    row.legal_basis, row.approver = template.legal_basis, template.approver
    _copy(draft, row, handled_by)
    row.override_reason = _override(session, row, override_reason, role)
    session.add(row)
    session.flush()
    return row.id


def save_drafts(
    session: Session,
    drafts: Sequence[CertificateDraft],
    *,
    handled_by: str,
    now: datetime,
    override_reason: str = "",
    role: str = "",
    tick: Callable[[int, int], None] | None = None,
) -> list[int]:
    """A batch: all drafts or none. `tick(done, total)` may raise Cancelled; errors name whose."""
    made: list[int] = []
    for number, draft in enumerate(drafts, start=1):
        try:
            made.append(
                save_draft(
                    session,
                    None,
                    draft,
                    handled_by=handled_by,
                    now=now,
                    override_reason=override_reason,
                    role=role,
                )
            )
        except forbidden.ForbiddenMatch:
            raise
        except DomainError as error:
            raise DomainError(f"{draft.holder or '第 ' + str(number) + ' 人'}：{error}") from error
        if tick is not None:
            tick(number, len(drafts))
    return made


def delete_draft(session: Session, certificate_id: int) -> None:
    """Throw away a paper that has no number yet; 撤销 brings it back."""
    row = get(session, certificate_id)
    if row.number is not None:
        raise DomainError(f"{row.number} 已经编号，不能删除；不用了请作废，编号保留在登记簿里。")
    session.delete(row)
    session.flush()


def paper(session: Session, certificate_id: int, *, today: date) -> Certificate:
    """What is printed: the draft as of today, or the numbered paper as it was kept."""
    row = get(session, certificate_id)
    if row.number is not None:
        return certificate_paper.kept(row)
    template = session.get_one(CertificateTemplate, row.template_id)
    return certificate_paper.build(session, row, template, day=today)


def get(session: Session, certificate_id: int) -> CertificateRow:
    """The row; raises DomainError when the draft was thrown away."""
    row = session.get(CertificateRow, certificate_id)
    if row is None:
        raise DomainError("这份文书已经被删除，请刷新列表。")
    return row


def life(session: Session, certificate_id: int) -> Life:
    """Everything the card of one paper shows, and what may be done with it now."""
    row = get(session, certificate_id)
    template = session.get_one(CertificateTemplate, row.template_id)
    old = session.get(CertificateRow, row.corrects_id) if row.corrects_id else None
    new = session.scalar(select(CertificateRow).where(CertificateRow.corrects_id == row.id))
    holder = session.get(Resident, row.resident_id) if row.resident_id else None
    return Life(
        facts=certificate_views.facts(row),
        template_id=row.template_id,
        resident_id=row.resident_id,
        version=row.version,
        body=row.body,
        basis_grade=template.basis_grade,
        corrects=(old.number or "") if old else "",
        corrected_by=(new.number or "更正件还没有给号") if new else "",
        gone=certificate_views.gone_words(row, holder),
        steps=certificate_views.steps(row),
        actions=certificate_views.actions(row),
    )


def filled(
    session: Session, template: CertificateTemplate, draft: CertificateDraft, today: date
) -> str:
    """The body with everything but the day's own codes, which wait for the number."""
    kind, number = certificate_paper.split_document(draft.holder_document)
    values: dict[str, str] = {**dict(draft.answers), **certificate_paper.office_values(session)}
    if draft.resident_id is not None:
        known = certificate_paper.person_values(session, draft.resident_id, today)
        values.update({code: words for code, words in known.items() if words})
    values.update(
        {
            "姓名": draft.holder,
            "证件类型": kind,
            "证件号码": certificate_paper.shown_number(session, number),
            "用途": draft.purpose,
            "接收单位": draft.recipient,
        }
    )
    codes = frozenset(fill_codes.codes_in(template.body)) - fill_codes.DAY_CODES
    return fill_codes.fill(template.body, values, only=codes)


def matches(session: Session, row: CertificateRow) -> list[forbidden.ForbiddenItem]:
    """The items of the lists that a paper certifies; its names and its purpose certify nothing."""
    besides = [row.holder, row.applicant or ""]
    besides += [one for one in (row.purpose or "", row.recipient or "") if len(one) >= _SENTENCE]
    # The four blocks print answers that the body need not have.
    said = "\n".join([row.body, *map(str, row.answers.values())])
    return forbidden.match(session, row.title, said, besides=besides)


def _override(session: Session, row: CertificateRow, reason: str, role: str) -> str | None:
    """The reason why a paper of the lists is issued all the same; None where none is needed."""
    found = matches(session, row)
    if not found:
        return None
    words = tidy(reason)
    if not words:
        raise forbidden.ForbiddenMatch(found)
    if role not in {"", SECRETARY}:
        raise DomainError("清单里的事项只有书记可以决定破例出具，请书记登录后办理。")
    if len(words) > _LONGEST_REASON:
        raise DomainError(f"破例原因太长，最多 {_LONGEST_REASON} 个字，请缩短。")
    journal.set_details(session, {"override": [one.name for one in found], "reason": words})
    return words


def _row_for(
    session: Session, certificate_id: int | None, version: int | None, now: datetime
) -> CertificateRow:
    if certificate_id is None:
        return CertificateRow(stage=Stage.DRAFT, drafted_at=now)
    row = get(session, certificate_id)
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    if row.stage is not Stage.DRAFT:
        raise DomainError("这份文书已经不是草稿，不能再改；请先退回，或者更正。")
    return row


def _copy(draft: CertificateDraft, row: CertificateRow, handled_by: str) -> None:
    row.resident_id, row.holder = draft.resident_id, draft.holder
    row.holder_document = draft.holder_document or None
    row.answers, row.copies = dict(draft.answers), draft.copies
    row.handled_by = handled_by
    row.verified_by, row.note = draft.verified_by or None, draft.note or None
    for name in _OPTIONAL:
        setattr(row, name, getattr(draft, name) or None)
