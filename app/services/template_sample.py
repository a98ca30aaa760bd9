"""A template with made-up values, as the paper that it would make."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.reports.certificate import Certificate
from app.services import certificate_paper, fill_codes, papers
from app.services.certificate_views import APPROVERS
from app.services.template_input import TemplateInput
from app.values.text import tidy


def sample_paper(session: Session, entered: TemplateInput, today: date) -> Certificate:
    """The paper beside the editor, marked as a draft; WrongCode as in template_input.check."""
    values = {**fill_codes.SAMPLES, **_office_samples(session, entered, today)}
    asked = [one for one in fill_codes.codes_in(entered.body) if fill_codes.is_question(one)]
    values.update({one: f"（{fill_codes.label_of(one)}）" for one in asked})
    until = today + timedelta(days=entered.valid_days) if entered.valid_days else None
    values["有效期至"] = certificate_paper.day_words(until) or "长期"
    body = fill_codes.tidied(entered.body)
    return Certificate(
        office=papers.committee(session),
        title=tidy(entered.title) or "（标题）",
        number="",
        paragraphs=certificate_paper.paragraphs(fill_codes.fill(body, values)),
        holder=values["姓名"],
        holder_document=f"{values['证件类型']} {values['证件号码']}",
        purpose=values["用途"],
        recipient=values["接收单位"],
        legal_basis=entered.legal_basis.strip(),
        valid_until=until,
        issued_on=today,
        handled_by="赵敏",
        approved_by="" if entered.approver not in APPROVERS[:2] else "周立群",
        office_phone=values["办公电话"],
        seal_mark=entered.seal_mark,
        counterfoil=entered.counterfoil,
        blocks=certificate_paper.sample_blocks(values, today) if entered.layout == "blocks" else (),
        mark="草稿",
        layout=certificate_paper.layout_of(entered.layout),
    )


def _office_samples(session: Session, entered: TemplateInput, today: date) -> dict[str, str]:
    values = {**certificate_paper.office_values(session), **certificate_paper.day_values(today)}
    typed = {"用途": entered.purpose.strip(), "接收单位": entered.recipient.strip()}
    return {**values, **{code: words for code, words in typed.items() if words}}
