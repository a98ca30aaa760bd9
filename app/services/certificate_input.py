"""What is typed for one certificate: its questions, and what is wrong with the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import CertificateTemplate
from app.services import certificate_paper, fill_codes, service_record
from app.services.template_input import LONGEST_BODY
from app.values.text import tidy, visible

_LONGEST = {
    "holder": (60, "姓名"),
    "holder_document": (60, "证件"),
    "purpose": (120, "用途"),
    "recipient": (120, "接收单位"),
    "verification": (200, "查验材料"),
    "applicant": (60, "申请人"),
    "applicant_phone": (40, "联系电话"),
    "verified_by": (40, "核实人"),
    "note": (200, "备注"),
}
# Codes whose value is a field of its own in the form, not one of the questions.
_FIELDS = {"姓名", "证件类型", "证件号码", "用途", "接收单位"}
_SERVICE_ITEMS = (service_record.PERIOD, *service_record.FROM_BOOK, service_record.NUMBER)
"""令67号 article 15, and what tells whose hours they are"""
_MOST_COPIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDraft:
    """What is typed for one paper. `answers` maps a code to its value (certificates.Asked)."""

    template_id: int
    resident_id: int | None = None
    holder: str = ""
    holder_document: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    purpose: str = ""
    recipient: str = ""
    verification: str = ""
    copies: int = 1
    applicant: str = ""
    applicant_phone: str = ""
    verified_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that no record fills: a field of the form. `long` ones take several lines."""

    code: str
    label: str
    hint: str
    long: bool = False


def asked_of(
    session: Session, template: CertificateTemplate, resident_id: int | None, today: date
) -> list[Asked]:
    """What a template wants to know that neither the person's record nor the office tells."""
    codes = codes_of(template)
    known = {}
    if resident_id is not None:
        known = certificate_paper.person_values(session, resident_id, today)
    skipped = _FIELDS | fill_codes.OFFICE_CODES | fill_codes.DAY_CODES
    skipped |= {*service_record.FROM_BOOK}
    if resident_id is not None and service_record.is_asked(codes):
        skipped |= {service_record.NUMBER}
    return [_question(one) for one in codes if one not in skipped and not known.get(one)]


def codes_of(template: CertificateTemplate) -> list[str]:
    """The codes that a paper fills in; where it speaks of hours, what tells whose and of when too.

    The four blocks print all of it whatever the body says.
    """
    codes = fill_codes.codes_in(template.body)
    if template.layout == "blocks" or service_record.is_asked(codes):
        codes += [one for one in _SERVICE_ITEMS if one not in codes]
    return codes


def _question(code: str) -> Asked:
    if fill_codes.is_question(code):
        return Asked(code, fill_codes.label_of(code), "", long=True)
    known = fill_codes.BY_CODE[code]
    hint = known.hint or ("资料里没有，请填写" if code in fill_codes.PERSON_CODES else "")
    return Asked(code, known.label, hint)


def checked(
    session: Session, template: CertificateTemplate, draft: CertificateDraft, today: date
) -> CertificateDraft:
    """The draft, tidied; raises DomainError naming the first thing that is missing or wrong."""
    words: dict[str, Any] = {name: tidy(getattr(draft, name)) for name in _LONGEST}
    for name, (longest, label) in _LONGEST.items():
        if len(words[name]) > longest:
            raise DomainError(f"“{label}”有 {len(words[name])} 个字，最多 {longest} 个，请缩短。")
    if not words["holder"]:
        raise DomainError("请填写这份文书开给谁（姓名）。")
    if not 1 <= draft.copies <= _MOST_COPIES:
        raise DomainError(f"份数应在 1 到 {_MOST_COPIES} 之间。")
    codes = set(fill_codes.codes_in(template.body))
    if template.layout == "blocks":
        codes.add("证件号码")
    needed = (("holder_document", {"证件类型", "证件号码"}), ("purpose", {"用途"}))
    for name, filled in (*needed, ("recipient", {"接收单位"})):
        if codes & filled and not words[name]:
            raise DomainError(f"请填写{_LONGEST[name][1]}，正文里要用到。")
    asked = asked_of(session, template, draft.resident_id, today)
    answers = {one.code: _answer(one, draft.answers.get(one.code, "")) for one in asked}
    if sum(map(len, answers.values())) > LONGEST_BODY:
        raise DomainError(f"填写的内容太长，最多 {LONGEST_BODY:,} 个字，请缩短。")
    draft = replace(draft, answers=answers, **words)
    return replace(draft, answers={**answers, **served(session, template, draft, today)})


def served(
    session: Session, template: CertificateTemplate, draft: CertificateDraft, today: date
) -> dict[str, str]:
    """What the book of hours says, by code; nothing for a paper that does not speak of hours.

    Raises DomainError as `service_record.record`.
    """
    codes = codes_of(template)
    if not service_record.is_asked(codes):
        return {}
    found = service_record.record(
        session,
        resident_id=draft.resident_id,
        holder=draft.holder,
        number=draft.answers.get(service_record.NUMBER, ""),
        period=draft.answers.get(service_record.PERIOD, ""),
        today=today,
    )
    return found.values


def _answer(asked: Asked, typed: str) -> str:
    """One answer without invisible signs; raises DomainError when it is missing."""
    lines = [visible(line).strip() for line in typed.splitlines()]
    words = "\n".join(line for line in lines if line) if asked.long else tidy(typed)
    if not words:
        raise DomainError(f"请填写“{asked.label}”，再保存。")
    return words
