"""What is typed for one certificate: its questions, and what is wrong with the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import CertificateTemplate
from app.services import certificate_paper, fill_codes
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
# 令67号 article 15; the four blocks print them whatever the body says.
_SERVICE_ITEMS = ("起止日期", "服务次数", "服务时长", "服务内容")
_LONG_ANSWERS = {"服务内容"}
_HALF = Decimal("0.5")
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
    required: bool
    long: bool = False


def asked_of(
    session: Session, template: CertificateTemplate, resident_id: int | None, today: date
) -> list[Asked]:
    """What a template wants to know that neither the person's record nor the office tells."""
    codes = fill_codes.codes_in(template.body)
    if template.layout == "blocks":
        codes += [one for one in (*_SERVICE_ITEMS, "志愿者编号") if one not in codes]
    known = (
        {} if resident_id is None else certificate_paper.person_values(session, resident_id, today)
    )
    skipped = _FIELDS | fill_codes.OFFICE_CODES | fill_codes.DAY_CODES
    return [_question(one) for one in codes if one not in skipped and not known.get(one)]


def _question(code: str) -> Asked:
    if fill_codes.is_question(code):
        return Asked(code, fill_codes.label_of(code), "", True, True)
    known = fill_codes.BY_CODE[code]
    hint = known.hint or ("资料里没有，请填写" if code in fill_codes.PERSON_CODES else "")
    return Asked(code, known.label, hint, code != "志愿者编号", code in _LONG_ANSWERS)


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
    return replace(draft, answers=answers, **words)


def _answer(asked: Asked, typed: str) -> str:
    """One answer without invisible signs; raises DomainError when it is missing or no number."""
    lines = [visible(line).strip() for line in typed.splitlines()]
    words = "\n".join(line for line in lines if line) if asked.long else tidy(typed)
    if not words:
        if asked.required:
            raise DomainError(f"请填写“{asked.label}”，再保存。")
        return ""
    if asked.code == "服务时长":
        return _hours(words)
    if asked.code == "服务次数":
        return _whole(words, asked.label)
    return words


def _hours(words: str) -> str:
    """Hours as typed, in steps of half an hour: 42.5."""
    try:
        hours = Decimal(words.removesuffix("小时").strip())
    except InvalidOperation:
        raise DomainError(f"“服务时长”填的是“{words[:12]}”，应是小时数，如 42.5。") from None
    if not hours.is_finite() or not 0 < hours <= 100_000 or hours % _HALF:
        raise DomainError("“服务时长”应大于 0，以半小时为一档，如 42 或 42.5。")
    return f"{hours.normalize():f}"


def _whole(words: str, label: str) -> str:
    number = words.removesuffix("次").strip()
    if not (number.isascii() and number.isdigit() and 0 < int(number) <= 100_000):
        raise DomainError(f"“{label}”应是大于 0 的整数。")
    return str(int(number))
