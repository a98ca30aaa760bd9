"""Document numbers: what kind, well-formed or not, and what they tell about birth and sex.

Rules: GB 11643-1999 (18 digits, MOD 11-2), its 15-digit forerunner, 国办发〔2018〕81 号 (81/82/83),
permanent residence cards of 2023 (18 digits, first a 9) and before (3 letters, 12 digits).
Checksum, length and impossible dates are faults; an unknown region is a remark. Nothing raises.
Where sources contradict each other: docs/decisions/document-numbers.md.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import mul

from app.values.regions import province_of
from app.values.text import Fault, compact, is_empty_word

EARLIEST_BIRTH = date(1900, 1, 1)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_WEIGHT_OF_ZEROS = sum(_WEIGHTS) * ord("0")
_CHECK_CHARACTERS = "10X98765432"
_HMT_REGIONS = {"81": "香港", "82": "澳门", "83": "台湾"}
# Serial 996-999 of a 15-digit number marks people who were a hundred, born in 18xx.
_CENTENARIAN_SERIALS = {"996", "997", "998", "999"}


class DocumentKind(StrEnum):
    """What a person is registered by; the value is stored, `label` is shown."""

    ID_CARD = "id_card"
    ID_CARD_15 = "id_card_15"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGN_PR = "foreign_pr"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    MILITARY = "military"
    BIRTH_CERTIFICATE = "birth_certificate"
    OTHER = "other"
    NONE = "none"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DocumentKind.ID_CARD: "居民身份证",
    DocumentKind.ID_CARD_15: "居民身份证（15 位）",
    DocumentKind.HMT_RESIDENCE: "港澳台居民居住证",
    DocumentKind.FOREIGN_PR: "外国人永久居留身份证",
    DocumentKind.HK_MACAU_PERMIT: "港澳居民来往内地通行证",
    DocumentKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentKind.PASSPORT: "护照",
    DocumentKind.MILITARY: "军人证件",
    DocumentKind.BIRTH_CERTIFICATE: "出生医学证明",
    DocumentKind.OTHER: "其他证件",
    DocumentKind.NONE: "无证件",
}

# Words by which rosters name the kind; the first that occurs in the cell decides.
_KIND_WORDS = (
    ("居住证", DocumentKind.HMT_RESIDENCE),
    ("永久居留", DocumentKind.FOREIGN_PR),
    ("永居", DocumentKind.FOREIGN_PR),
    ("台", DocumentKind.TAIWAN_PERMIT),
    ("港", DocumentKind.HK_MACAU_PERMIT),
    ("澳", DocumentKind.HK_MACAU_PERMIT),
    ("回乡证", DocumentKind.HK_MACAU_PERMIT),
    ("护照", DocumentKind.PASSPORT),
    ("军", DocumentKind.MILITARY),
    ("士兵", DocumentKind.MILITARY),
    ("武警", DocumentKind.MILITARY),
    ("警官", DocumentKind.MILITARY),
    ("出生", DocumentKind.BIRTH_CERTIFICATE),
    ("身份证", DocumentKind.ID_CARD),
    ("无", DocumentKind.NONE),
)
# Tried in this order on a number whose kind nobody told.
_SHAPES = (
    (re.compile(r"(?a)9\d{16}[\dX]$"), DocumentKind.FOREIGN_PR),
    (re.compile(r"(?a)8[123]\d{15}[\dX]$"), DocumentKind.HMT_RESIDENCE),
    (re.compile(r"(?a)\d{17}[\dX]$"), DocumentKind.ID_CARD),
    (re.compile(r"(?a)\d{15}$"), DocumentKind.ID_CARD_15),
    (re.compile(r"(?a)[A-Z]{3}\d{12}$"), DocumentKind.FOREIGN_PR),
    (re.compile(r"(?a)[HM]\d{8}(?:\d{2})?$"), DocumentKind.HK_MACAU_PERMIT),
    (re.compile(r"(?a)[A-Z]\d{9}$"), DocumentKind.BIRTH_CERTIFICATE),
    (re.compile(r"(?a)[A-Z]{1,2}\d{6,8}$"), DocumentKind.PASSPORT),
    (re.compile(r"(?a)[\u4e00-\u9fff]{1,3}字第?\d{4,9}号?$"), DocumentKind.MILITARY),
)
_LOOSE_SHAPES = {
    DocumentKind.HK_MACAU_PERMIT: re.compile(r"(?a)[HM]\d{8}(?:\d{2})?$"),
    DocumentKind.TAIWAN_PERMIT: re.compile(r"(?a)T?\d{8}(?:\d{2}|\(\w{1,2}\))?$"),
    DocumentKind.PASSPORT: re.compile(r"(?a)[A-Z0-9]{6,12}$"),
    DocumentKind.MILITARY: re.compile(r"(?a)[\u4e00-\u9fffA-Z0-9]{5,20}$"),
    DocumentKind.BIRTH_CERTIFICATE: re.compile(r"(?a)[A-Z]\d{9}$"),
    DocumentKind.OTHER: re.compile(r"(?a).{2,40}$"),
}
_NO_DOCUMENT = re.compile(
    r"(?a)(?:暂?无|没有|未)(?:证件?|办理?|上户口?|落户|身份证|户口)*$|新生儿.*$"
)
_MOSTLY_DIGITS = re.compile(r"(?a)\d+[\dX]$")
_SEPARATORS = re.compile(r"(?a)[\s'`’‘\"“”\-_.·]+")


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """The normalised number and what it tells; `remarks` are for the eye and refuse nothing."""

    number: str
    kind: DocumentKind
    birth_date: date | None = None
    sex: str | None = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()


def normalise_number(text: str) -> str:
    """Half-width, upper case, without blanks, quotes and dashes."""
    return _SEPARATORS.sub("", compact(text)).upper()


def kind_from_words(text: str) -> DocumentKind | None:
    """The document kind that a 证件类型 cell names, None when it names none."""
    words = compact(text)
    return next((kind for word, kind in _KIND_WORDS if word in words), None)


def check_document(text: object, *, kind: DocumentKind | None = None, today: date) -> DocumentCheck:
    """Check a document number of a told or guessed kind against `today`. Never raises."""
    return _check("" if text is None else str(text), kind, today)


@lru_cache(maxsize=65536)
def _check(text: str, kind: DocumentKind | None, today: date) -> DocumentCheck:
    if kind is None and len(text) == 18 and text.isascii() and text.isdigit() and text[0] < "8":
        return _check_18(text, DocumentKind.ID_CARD, today)
    number = normalise_number(text)
    if kind is DocumentKind.NONE or is_empty_word(number) or _NO_DOCUMENT.match(number):
        return DocumentCheck("", DocumentKind.NONE)
    found = _kind_of(number)
    if kind in _LOOSE_SHAPES:
        return _check_loose(number, kind)
    if found is None:
        return _unrecognised(number, kind)
    if kind in (DocumentKind.HMT_RESIDENCE, DocumentKind.FOREIGN_PR) and kind is not found:
        fault = Fault("id_format", f"证件号 {number} 不是{kind.label}的编号，请核对证件类型。")
        return DocumentCheck(number, kind, faults=(fault,))
    return _check_by_kind(number, found, today)


def _kind_of(number: str) -> DocumentKind | None:
    if len(number) == 18 and number.isascii() and number[:17].isdigit() and number[0] < "8":
        return DocumentKind.ID_CARD if number[17] in _CHECK_CHARACTERS else None
    return next((kind for shape, kind in _SHAPES if shape.match(number)), None)


def _check_by_kind(number: str, kind: DocumentKind, today: date) -> DocumentCheck:
    if kind is DocumentKind.ID_CARD_15:
        return _check_15(number, today)
    if kind is DocumentKind.FOREIGN_PR and len(number) == 15:
        return _check_old_residence_card(number)
    if len(number) == 18:
        return _check_18(number, kind, today)
    return DocumentCheck(number, kind)


def _check_loose(number: str, kind: DocumentKind) -> DocumentCheck:
    if _LOOSE_SHAPES[kind].match(number):
        return DocumentCheck(number, kind)
    fault = Fault("id_format", f"证件号 {number[:40]} 不像{kind.label}的编号，请核对。")
    return DocumentCheck(number, kind, faults=(fault,))


def _unrecognised(number: str, kind: DocumentKind | None) -> DocumentCheck:
    shown = number[:40]
    if _MOSTLY_DIGITS.match(number) and len(number) not in (15, 18):
        sentence = f"身份证号 {shown} 有 {len(number)} 位，应为 18 位（或 15 位），请核对原件。"
        return DocumentCheck(
            number, kind or DocumentKind.ID_CARD, faults=(Fault("id_length", sentence),)
        )
    sentence = f"证件号 {shown} 不像任何一种证件的编号，请核对，或填写证件类型。"
    return DocumentCheck(number, kind or DocumentKind.OTHER, faults=(Fault("id_format", sentence),))


def check_character(first_17: str) -> str:
    """The 18th character of an ID number (MOD 11-2 over 17 digits, GB 11643-1999)."""
    # Weighing the bytes and taking off what their '0' weighs is five times faster than int().
    total = sum(map(mul, _WEIGHTS, first_17.encode("ascii"))) - _WEIGHT_OF_ZEROS
    return _CHECK_CHARACTERS[total % 11]


def upgrade_15(number: str) -> str:
    """The 18-digit number of a 15-digit one: 19 before the year, then the check character."""
    first_17 = f"{number[:6]}19{number[6:]}"
    return first_17 + check_character(first_17)


def _check_18(number: str, kind: DocumentKind, today: date) -> DocumentCheck:
    called = "身份证号" if kind is DocumentKind.ID_CARD else f"{kind.label}号"
    birth, faults = _birth(number[6:14], called, today)
    if check_character(number[:17]) != number[17]:
        sentence = f"{called} {number} 的校验位不对，其中有数字抄错了，请核对原件。"
        faults = (*faults, Fault("id_checksum", sentence))
    if kind is DocumentKind.FOREIGN_PR:
        return _with_issuing_province(DocumentCheck(number, kind, birth, None, faults))
    sex = "男" if int(number[16]) % 2 else "女"
    return DocumentCheck(number, kind, birth, sex, faults, _region_remarks(number, kind))


def _with_issuing_province(check: DocumentCheck) -> DocumentCheck:
    """Digits 2-3 of a permanent residence card are the province that issued it."""
    if province_of(check.number[1:3]):
        return check
    sentence = f"永居证号 {check.number} 的第 2、3 位不是省份代码，请核对原件。"
    faults = (*check.faults, Fault("id_format", sentence))
    return DocumentCheck(check.number, check.kind, check.birth_date, None, faults)


def _region_remarks(number: str, kind: DocumentKind) -> tuple[str, ...]:
    if kind is DocumentKind.HMT_RESIDENCE:
        known = number[2:6] == "0000"
        return () if known else (f"居住证地址码一般为 {number[:2]}0000，此号为 {number[:6]}。",)
    return () if province_of(number) else (f"地址码 {number[:6]} 不在区划表中，不影响登记。",)


def _check_15(number: str, today: date) -> DocumentCheck:
    sex = "男" if int(number[14]) % 2 else "女"
    remarks = _region_remarks(number, DocumentKind.ID_CARD_15)
    if number[12:15] in _CENTENARIAN_SERIALS:
        remarks = (*remarks, "15 位号码的顺序码 996 至 999 留给百岁老人，出生世纪请人工确认。")
        return DocumentCheck(number, DocumentKind.ID_CARD_15, None, sex, (), remarks)
    birth, faults = _birth("19" + number[6:12], "身份证号", today)
    if faults and _exists(int(number[6:10]), int(number[10:12]), int(number[12:14])):
        return _cut_short(number)
    return DocumentCheck(number, DocumentKind.ID_CARD_15, birth, sex, faults, remarks)


def _cut_short(number: str) -> DocumentCheck:
    """Fifteen digits that hold a whole year are an 18-digit number without its last three."""
    sentence = f"身份证号 {number} 只有 15 位，像是 18 位号码少了后 3 位，请核对原件。"
    return DocumentCheck(number, DocumentKind.ID_CARD, faults=(Fault("id_length", sentence),))


def _check_old_residence_card(number: str) -> DocumentCheck:
    """3 letters of nationality, then region, yymmdd without century and two digits more."""
    year, month, day = (int(number[start : start + 2]) for start in (7, 9, 11))
    if _exists(2000 + year, month, day) or _exists(1900 + year, month, day):
        return DocumentCheck(number, DocumentKind.FOREIGN_PR)
    remark = f"旧版永居证号第 8 至 13 位一般是出生日期，此号为 {number[7:13]}，请核对。"
    return DocumentCheck(number, DocumentKind.FOREIGN_PR, remarks=(remark,))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _birth(digits: str, called: str, today: date) -> tuple[date | None, tuple[Fault, ...]]:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    shown = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if not _exists(year, month, day):
        return None, (Fault("id_date", f"{called}中的出生日期 {shown} 不存在，请核对原件。"),)
    birth = date(year, month, day)
    if birth < EARLIEST_BIRTH:
        return None, (Fault("id_date", f"{called}中的出生日期 {shown} 早于 1900 年，请核对原件。"),)
    if birth > today:
        return None, (Fault("id_date", f"{called}中的出生日期 {shown} 晚于今天，请核对原件。"),)
    return birth, ()
