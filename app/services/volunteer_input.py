"""What is typed of a volunteer, and what is wrong with it (order 67 art. 5, 6; domain.md 2.4)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.errors import DomainError
from app.services.ages import age_on
from app.values.documents import check_document
from app.values.names import MAX_LENGTH, clean_name
from app.values.phones import parse_phones
from app.values.text import tidy

ADULT, OWN_ACCOUNT = 18, 14
"""Full years from which nobody else need agree, and from which somebody has an own account."""
_LONGEST = {
    "address": (120, "居住区域"),
    "skills": (120, "特长"),
    "services": (120, "愿意做的服务"),
    "system_number": (40, "全国系统编号"),
    "guardian": (60, "监护人"),
    "guardian_relation": (20, "与本人的关系"),
    "insurance": (120, "保险"),
    "note": (200, "备注"),
}
_NOT_TYPED: dict[str, Any] = dict.fromkeys(("name", "gender", "id_number", "phone", "address"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerInput:
    """One volunteer. With a resident the facts of the person are the resident's, not typed here."""

    resident_id: int | None = None
    name: str = ""
    gender: str = ""
    id_number: str = ""
    birth_date: date | None = None
    phone: str = ""
    address: str = ""
    registered_on: date
    skills: str = ""
    services: str = ""
    system_number: str = ""
    record_consent_on: date | None = None
    publish_consent_on: date | None = None
    guardian: str = ""
    guardian_relation: str = ""
    guardian_phone: str = ""
    guardian_consent_on: date | None = None
    insurance: str = ""
    insured_until: date | None = None
    note: str = ""


def checked(entered: VolunteerInput, *, born: date | None, today: date) -> VolunteerInput:
    """Tidied; `born` is the resident's. Raises DomainError naming the first thing that is wrong."""
    texts: dict[str, Any] = {
        name: _short(getattr(entered, name), *of) for name, of in _LONGEST.items()
    }
    texts["guardian_phone"] = _phone(entered.guardian_phone, "监护人电话")
    entered = replace(entered, **texts)
    if entered.resident_id is not None:
        entered = replace(entered, **_NOT_TYPED, birth_date=born)
    else:
        entered = _outsider(entered, today)
    _check_days(entered, today)
    _check_guardian(entered, today)
    return entered


def _outsider(entered: VolunteerInput, today: date) -> VolunteerInput:
    """Somebody without a record of the community: what art. 5 asks for stands here."""
    name = clean_name(entered.name)
    if not name:
        raise DomainError("请填写志愿者的姓名，或者从居民中选一个。")
    if len(name) > MAX_LENGTH:
        raise DomainError(f"姓名太长，最多 {MAX_LENGTH} 个字，请核对。")
    document = check_document(entered.id_number, today=today)
    if document.faults:
        raise DomainError(document.faults[0].sentence)
    return replace(
        entered,
        name=name,
        id_number=document.number,
        birth_date=document.birth_date or entered.birth_date,
        gender=document.sex or entered.gender,
        phone=_phone(entered.phone, "电话"),
    )


def _check_days(entered: VolunteerInput, today: date) -> None:
    days = (
        (entered.birth_date, "出生日期"),
        (entered.registered_on, "登记日期"),
        (entered.record_consent_on, "同意代录的日期"),
        (entered.publish_consent_on, "同意公开姓名的日期"),
        (entered.guardian_consent_on, "监护人同意的日期"),
    )
    for day, label in days:
        if day is not None and day > today:
            raise DomainError(f"“{label}”{day:%Y-%m-%d} 还没有到，请核对。")
    if entered.record_consent_on is None:
        raise DomainError(
            "本人同意了，社区才能代为记录（民政部令第67号第六条）。请先征得同意，填上同意的日期。"
        )


def _check_guardian(entered: VolunteerInput, today: date) -> None:
    """Below 18 the guardian agreed, with name and day (domain.md 2.4)."""
    age = age_on(entered.birth_date, today)
    if age is None or age >= ADULT:
        return
    if not entered.guardian or entered.guardian_consent_on is None:
        raise DomainError(
            f"这位志愿者 {age} 岁，不满 {ADULT} 岁要监护人同意："
            "请填监护人的姓名和同意的日期，并保存签了字的同意书。"
        )


def _phone(text: str, label: str) -> str:
    found = parse_phones(text)
    if found.faults:
        raise DomainError(found.faults[0].sentence)
    if tidy(text) and not found.numbers:
        raise DomainError(f"“{label}”里没有认出号码，请写成 13840910001 或 0411-84641234。")
    return _short("、".join(found.numbers), 40, label)


def _short(text: str, longest: int, label: str) -> str:
    text = tidy(text)
    if len(text) > longest:
        raise DomainError(f"“{label}”太长，最多 {longest} 个字，请缩短。")
    return text
