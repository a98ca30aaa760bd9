"""A certificate as it would be printed while it is still typed: gaps show as lines to be filled."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Certificate as CertificateRow
from app.models import CertificateTemplate, Stage
from app.reports.certificate import Certificate
from app.services import (
    certificate_input,
    certificate_paper,
    certificates,
    service_record,
    templates,
)
from app.services.certificates import CertificateDraft

GAP = "＿＿＿＿"


def preview(
    session: Session,
    draft: CertificateDraft,
    *,
    handled_by: str,
    today: date,
    certificate_id: int | None = None,
) -> Certificate:
    """The draft with 草稿 across it; DomainError where the template may not be used.

    `certificate_id` is the kept draft that is being changed: a correction names the old paper.
    """
    template = templates.get_usable(session, draft.template_id)
    _, asked = certificates.blank(session, template.id, draft.resident_id, today=today)
    answers = {one.code: draft.answers.get(one.code) or GAP for one in asked}
    answers |= _served(session, template, draft, today)
    shown = replace(
        draft,
        answers={**draft.answers, **answers},
        holder=draft.holder or GAP,
        holder_document=draft.holder_document or GAP,
        purpose=draft.purpose or GAP,
        recipient=draft.recipient or GAP,
    )
    row = CertificateRow(
        stage=Stage.DRAFT,
        drafted_at=datetime.combine(today, datetime.min.time()),
        title=template.title,
        holder=shown.holder,
        holder_document=shown.holder_document,
        answers=dict(shown.answers),
        body=certificates.filled(session, template, shown, today),
        purpose=draft.purpose or None,
        recipient=draft.recipient or None,
        legal_basis=template.legal_basis,
        copies=draft.copies,
        handled_by=handled_by,
        corrects_id=_corrected(session, certificate_id),
    )
    return certificate_paper.build(session, row, template, day=today)


def _served(
    session: Session, template: CertificateTemplate, draft: CertificateDraft, today: date
) -> dict[str, str]:
    """Hours of the book; gaps while it is not known whose, and of when."""
    try:
        return certificate_input.served(session, template, draft, today)
    except DomainError:
        return dict.fromkeys((*service_record.FROM_BOOK, service_record.NUMBER), GAP)


def _corrected(session: Session, certificate_id: int | None) -> int | None:
    row = None if certificate_id is None else session.get(CertificateRow, certificate_id)
    return None if row is None else row.corrects_id
