"""What a form holds of a resident, and what is wrong with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import compress
from operator import attrgetter, gt
from typing import Any

from sqlalchemy import String

from app.errors import DomainError
from app.models import Resident
from app.services.ages import age_on
from app.values.addresses import parse_address
from app.values.documents import DocumentKind, check_document
from app.values.lawful import CHILD
from app.values.names import clean_name, is_plausible_name
from app.values.phones import parse_phones
from app.values.text import is_empty_word, tidy

_KINDS = {kind.value for kind in DocumentKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentInput:
    """Everything that can be edited; '' and None mean 'not known'."""

    name: str = ""
    former_name: str = ""
    sex: str = ""
    birth_date: date | None = None
    document_kind: str = DocumentKind.ID_CARD.value
    document_number: str = ""
    ethnic_group: str = ""
    political_status: str = ""
    education: str = ""
    marital_status: str = ""
    phone: str = ""
    other_phones: str = ""
    occupation: str = ""
    workplace: str = ""
    registered_address: str = ""
    # 3-2-501 or in words; what lies outside the community belongs to other_address.
    address: str = ""
    other_address: str = ""
    household_id: int | None = None
    new_household: bool = False
    relation: str = ""
    residence_status: str = ""
    # None takes the grid of the building.
    grid_id: int | None = None
    # '' takes the office's usual ground.
    lawful_basis: str = ""
    consent_on: date | None = None
    # Who agreed for a child below 14, and what he is to it.
    guardian: str = ""
    guardian_relation: str = ""
    checked_on: date | None = None
    note: str = ""
    tag_ids: tuple[int, ...] = ()


# Fields that are columns of the same name and can be copied as they are.
COPIED = (
    "name",
    "former_name",
    "sex",
    "birth_date",
    "document_kind",
    "document_number",
    "ethnic_group",
    "political_status",
    "education",
    "marital_status",
    "phone",
    "other_phones",
    "occupation",
    "workplace",
    "registered_address",
    "other_address",
    "relation",
    "residence_status",
    "lawful_basis",
    "consent_on",
    "checked_on",
    "note",
)


@dataclass(frozen=True, slots=True)
class FieldFault:
    """Something about one field; only blocking faults refuse the form."""

    field: str
    sentence: str
    blocking: bool = True


class InvalidInput(DomainError):
    """The form has blocking faults."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        super().__init__("\n".join(fault.sentence for fault in faults))
        self.faults = faults


def check(entered: ResidentInput, *, today: date) -> tuple[FieldFault, ...]:
    """All faults and remarks of a form, in the order of its fields."""
    return _faults(tidied(entered), today)


def _faults(entered: ResidentInput, today: date) -> tuple[FieldFault, ...]:
    return (*_name(entered), *_document(entered, today), *_others(entered, today))


def checked(entered: ResidentInput, *, today: date) -> ResidentInput:
    """The input with every value in its stored form; raises InvalidInput."""
    entered = tidied(entered)
    blocking = tuple(fault for fault in _faults(entered, today) if fault.blocking)
    if blocking:
        raise InvalidInput(blocking)
    document = check_document(
        entered.document_number, kind=DocumentKind(entered.document_kind), today=today
    )
    numbers = _numbers(entered)
    told = (
        document.kind.value,
        document.number,
        entered.sex or document.sex or "",
        entered.birth_date or document.birth_date,
        numbers[0] if numbers else "",
        "、".join(numbers[1:]),
    )
    return _TOLD.put(entered, told)


def tidied(entered: ResidentInput) -> ResidentInput:
    """Texts without stray blanks, names as on the ID card."""
    entered = _NAMES.put(entered, tuple([clean_name(name) for name in _NAMES.of(entered)]))
    return _TEXTS.put(entered, tuple([text and tidy(text) for text in _TEXTS.of(entered)]))


class _Part:
    """Some fields of an input, read and written together."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self.of: Callable[[ResidentInput], tuple[Any, ...]] = attrgetter(*names)

    def put(self, entered: ResidentInput, values: tuple[Any, ...]) -> ResidentInput:
        """The same input where these are its values: most forms need no second one."""
        if self.of(entered) == values:
            return entered
        return replace(entered, **dict(zip(self._names, values, strict=True)))


_TEXT = [one.name for one in fields(ResidentInput) if one.type is str]
_NAMES = _Part("name", "former_name")
_TEXTS = _Part(*(name for name in _TEXT if name not in {"name", "former_name", "note"}))
_TOLD = _Part("document_kind", "document_number", "sex", "birth_date", "phone", "other_phones")


def _name(entered: ResidentInput) -> Iterator[FieldFault]:
    if not entered.name:
        yield FieldFault("name", "请填写姓名。")
    elif not is_plausible_name(entered.name):
        yield FieldFault("name", f"姓名“{entered.name}”不像人名，请核对。", blocking=False)


def _document(entered: ResidentInput, today: date) -> Iterator[FieldFault]:
    if entered.document_kind not in _KINDS:
        yield FieldFault("document_kind", "请选择证件类型。")
        return
    kind = DocumentKind(entered.document_kind)
    if not entered.document_number:
        if kind is not DocumentKind.NONE:
            yield FieldFault(
                "document_number", "请填写证件号码；确实没有的，证件类型请选“无证件”。"
            )
        return
    document = check_document(entered.document_number, kind=kind, today=today)
    for fault in document.faults:
        yield FieldFault("document_number", fault.sentence)
    for remark in document.remarks:
        yield FieldFault("document_number", remark, blocking=False)
    if document.sex and entered.sex and document.sex != entered.sex:
        yield FieldFault(
            "sex", f"按证件号码应为{document.sex}，填的是{entered.sex}，请核对。", blocking=False
        )
    if document.birth_date and entered.birth_date and document.birth_date != entered.birth_date:
        yield FieldFault(
            "birth_date", f"证件号码里的出生日期是 {document.birth_date}，请核对。", blocking=False
        )


def _others(entered: ResidentInput, today: date) -> Iterator[FieldFault]:
    if entered.birth_date and entered.birth_date > today:
        yield FieldFault("birth_date", "出生日期晚于今天，请核对。")
    for field in ("phone", "other_phones"):
        typed = getattr(entered, field)
        phones = parse_phones(typed)
        for fault in phones.faults:
            yield FieldFault(field, fault.sentence)
        # Saving would lose what was typed, and the number that stood there before.
        if typed.strip() and not phones.numbers and not phones.faults and not is_empty_word(typed):
            yield FieldFault(field, "这里没有电话号码，请核对。")
    if entered.address and not parse_address(entered.address).building:
        yield FieldFault(
            "address",
            "看不懂现住址，请写成 3-2-501；不在本社区的，请写到“其他住址”。",
        )
    yield from _consent(entered, today)
    yield from _too_long(entered)


def _consent(entered: ResidentInput, today: date) -> Iterator[FieldFault]:
    """A child below 14 agrees through a guardian (个人信息保护法 31)."""
    given, born = entered.consent_on, entered.birth_date
    if given and given > today:
        yield FieldFault("consent_on", "同意日期晚于今天，请核对。")
    if given and born and given < born:
        yield FieldFault("consent_on", "同意日期早于出生日期，请核对。")
    if bool(entered.guardian) is not bool(entered.guardian_relation):
        yield FieldFault("guardian", "监护人的姓名和与孩子的关系要一起填。")
    elif entered.guardian and entered.guardian == entered.name:
        yield FieldFault("guardian", "监护人不能是孩子本人，请核对姓名。")
    elif entered.guardian and not given:
        yield FieldFault("consent_on", "请填监护人同意的日期。")
    elif not entered.guardian and is_child(born, today):
        words = f"不满 {CHILD} 周岁，采集要有父母或其他监护人同意。"
        yield FieldFault("guardian", words, blocking=False)


def is_child(birth_date: date | None, day: date) -> bool:
    """Whether a guardian must agree for somebody on a day."""
    age = age_on(birth_date, day)
    return age is not None and age < CHILD


def _numbers(entered: ResidentInput) -> tuple[str, ...]:
    typed = f"{entered.phone}、{entered.other_phones}" if entered.other_phones else entered.phone
    return parse_phones(typed).numbers


def _too_long(entered: ResidentInput) -> Iterator[FieldFault]:
    # As they will be stored, without what was typed around them.
    first, *others = _numbers(entered) or ("",)
    entered = _PHONES.put(entered, (first, "、".join(others)))
    for name in compress(_LONGEST, map(gt, map(len, _LIMITED.of(entered)), _MOST)):
        longest, label = _LONGEST[name]
        yield FieldFault(name, f"{label}太长，最多 {longest} 个字。")


_LONGEST = {
    column.name: (column.type.length, column.info["label"])
    for column in Resident.__table__.columns
    if column.name in COPIED and isinstance(column.type, String) and column.type.length
}
_MOST = [longest for longest, _ in _LONGEST.values()]
_LIMITED = _Part(*_LONGEST)
_PHONES = _Part("phone", "other_phones")
