"""Document numbers against the birth date and sex beside them; numbers that cannot be."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Resident
from app.services import search_keys
from app.services.chunks import chunks
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.services.health.people import BORN, KEPT, select_people
from app.values.documents import DocumentCheck, DocumentKind, check_document
from app.values.masking import mask_phone
from app.values.phones import parse_phones

_FAULTS = {
    "id_checksum": "校验位不对，其中有数字抄错了",
    "id_length": "位数不对",
    "id_date": "其中的出生日期不可能",
    "id_format": "不像{kind}的编号",
}
# Digits of an 18-digit and of a 15-digit number that tell day of birth and sex. It is the rules of
# values/documents.py that decide: SQL leaves them the few who may differ.
_DAY = (
    f"(length(document_number) = 18 AND {BORN} <> substr(document_number, 7, 8))"
    f" OR (length(document_number) = 15 AND substr({BORN}, 3, 6) <> substr(document_number, 7, 6))"
)
_ODD = "IN ('1', '3', '5', '7', '9')"
_MAN = (
    f"((length(document_number) = 18 AND substr(document_number, 17, 1) {_ODD})"
    f" OR (length(document_number) = 15 AND substr(document_number, 15, 1) {_ODD}))"
)
_SEX = f"length(document_number) IN (15, 18) AND ((sex = '男') <> {_MAN})"


def _told(
    session: Session, now: datetime, where: str, told: Callable[[DocumentCheck], object]
) -> Iterator[tuple[int, Any, Any, DocumentCheck]]:
    """Those with a well-formed number that tells something."""
    columns = "id, birth_date, sex, document_kind, document_number"
    rows = select_people(session, columns, f"{KEPT} AND document_number IS NOT NULL AND ({where})")
    for key, born, sex, kind, number in rows:
        check = _check(kind, number, now.date())
        if not check.faults and told(check):
            yield key, born, sex, check


def _check(kind: str, number: str, today: date) -> DocumentCheck:
    known = DocumentKind(kind) if kind in _KINDS else DocumentKind.OTHER
    return check_document(number, kind=known, today=today)


_KINDS = frozenset(kind.value for kind in DocumentKind)


def _births(session: Session, now: datetime) -> Iterator[Found]:
    for key, born, _, check in _told(session, now, _DAY, lambda check: check.birth_date):
        if born != _iso(check):
            yield key, f"{born}，证件号里是 {_iso(check)}"


def _sexes(session: Session, now: datetime) -> Iterator[Found]:
    for key, _, sex, check in _told(session, now, _SEX, lambda check: check.sex):
        if sex != check.sex:
            yield key, f"{sex}，证件号里是{check.sex}"


def _births_to_take(session: Session, now: datetime) -> Iterator[Found]:
    found = _told(session, now, "birth_date IS NULL", lambda check: check.birth_date)
    return ((key, f"证件号里是 {_iso(check)}") for key, _, _, check in found)


def _sexes_to_take(session: Session, now: datetime) -> Iterator[Found]:
    found = _told(session, now, "coalesce(sex, '') = ''", lambda check: check.sex)
    return ((key, f"证件号里是{check.sex}") for key, _, _, check in found)


def _iso(check: DocumentCheck) -> str:
    return check.birth_date.isoformat() if check.birth_date else ""


def _take_births(session: Session, ids: Sequence[int], now: datetime) -> int:
    return _take(session, ids, now, "birth_date")


def _take_sexes(session: Session, ids: Sequence[int], now: datetime) -> int:
    return _take(session, ids, now, "sex")


def _take(session: Session, ids: Sequence[int], now: datetime, field: str) -> int:
    """Write what the number tells; a number that tells nothing (any more) changes nothing."""
    changed = []
    for part in chunks(ids, 500):
        for person in session.scalars(select(Resident).where(Resident.id.in_(part))):
            check = _check(person.document_kind, person.document_number or "", now.date())
            told = None if check.faults else getattr(check, field)
            if told and told != getattr(person, field):
                setattr(person, field, told)
                changed.append(person.id)
    search_keys.reindex(session, changed)
    return len(changed)


def _malformed(session: Session, now: datetime) -> Iterator[Found]:
    where = f"{KEPT} AND document_number IS NOT NULL AND document_number <> ''"
    rows = select_people(session, "id, document_kind, document_number", where)
    for key, kind, number in rows:
        faults = _check(kind, number, now.date()).faults
        if kind not in _KINDS:
            yield key, "证件类型不认识"
        elif faults:
            words = _FAULTS[faults[0].kind].format(kind=DocumentKind(kind).label)
            yield key, f"{words}（{len(number)} 位）" if faults[0].kind == "id_length" else words


def _shared(session: Session, _now: datetime) -> Iterator[Found]:
    # Not by the index of numbers, which would lead from each to its person all over the file.
    number = "document_number || ''"
    where = f"""{KEPT} AND {number} IN (
        SELECT {number} FROM resident
        WHERE {KEPT} AND document_number <> '' GROUP BY {number} HAVING count(*) > 1
    )"""
    rows = select_people(session, "id, document_number", where)
    return ((key, f"与别人的证件号相同，末四位 {number[-4:]}") for key, number in rows)


def _phones(session: Session, _now: datetime) -> Iterator[Found]:
    where = f"{KEPT} AND (phone <> '' OR other_phones <> '')"
    for key, phone, others in select_people(session, "id, phone, other_phones", where):
        numbers = [phone or "", *(others or "").split("、")]
        wrong = [one for one in numbers if one and not _is_phone(one)]
        if wrong:
            yield key, f"不像电话号码：{'、'.join(mask_phone(one) for one in wrong)}"


def _is_phone(number: str) -> bool:
    parsed = parse_phones(number)
    return bool(parsed.numbers) and not parsed.faults


CHECKS = (
    Check(
        key="birth_against_number",
        group=Group.NUMBERS,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="出生日期与证件号不符",
        why="高龄补贴、名单都按出生日期；与身份证不一样，总有一个是错的。",
        example="1956-01-10，证件号里是 1956-01-18",
        look=_births,
        repair=Repair(
            label="按证件号改",
            promise="把这些人的出生日期改成证件号里的；有人身份证印错的，请先取消勾选。",
            mend=_take_births,
        ),
    ),
    Check(
        key="sex_against_number",
        group=Group.NUMBERS,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="性别与证件号不符",
        why="身份证号第 17 位单数为男、双数为女；不一样，多半是登记时选错了。",
        example="男，证件号里是女",
        look=_sexes,
        repair=Repair(
            label="按证件号改",
            promise="把这些人的性别改成证件号里的；号码抄错的，请先取消勾选。",
            mend=_take_sexes,
        ),
    ),
    Check(
        key="birth_from_number",
        group=Group.NUMBERS,
        level=Level.WANTING,
        kind=Kind.RESIDENT,
        title="出生日期可从证件号取",
        why="没有出生日期就不在任何年龄名单里，而证件号里写着。",
        example="没填出生日期，证件号里是 1956-01-18",
        look=_births_to_take,
        repair=Repair(
            label="按证件号填",
            promise="按证件号填上这些人的出生日期，别的不变。",
            mend=_take_births,
            by_itself=True,
        ),
    ),
    Check(
        key="sex_from_number",
        group=Group.NUMBERS,
        level=Level.WANTING,
        kind=Kind.RESIDENT,
        title="性别可从证件号取",
        why="没有性别，男女人数就对不上，而证件号里写着。",
        example="没填性别，证件号里是女",
        look=_sexes_to_take,
        repair=Repair(
            label="按证件号填",
            promise="按证件号填上这些人的性别，别的不变。",
            mend=_take_sexes,
            by_itself=True,
        ),
    ),
    Check(
        key="number_malformed",
        group=Group.NUMBERS,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="证件号码不对",
        why="号码抄错一位，报上去会被退回，也查不到这个人；请核对原件。",
        example="校验位不对，其中有数字抄错了",
        look=_malformed,
    ),
    Check(
        key="number_shared",
        group=Group.NUMBERS,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="两个人同一个证件号",
        why="证件号一人一个：不是登记了两遍，就是有一个抄错了。",
        example="王秀兰和王秀芝的证件号末四位都是 1827",
        look=_shared,
    ),
    Check(
        key="phone_malformed",
        group=Group.NUMBERS,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="电话打不通",
        why="位数或号段不对的号码打不通，急事找不到人。",
        example="手机号只有 10 位",
        look=_phones,
    ),
)
