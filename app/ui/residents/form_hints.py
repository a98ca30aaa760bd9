"""What the form says under a number: neutral while it is typed, red only after it was left."""

from dataclasses import dataclass
from datetime import date

from app.values.documents import (
    DocumentCheck,
    DocumentKind,
    check_document,
    normalise_number,
)
from app.values.phones import parse_phones
from app.values.text import half_width

ID_LENGTH = 18
MOBILE_LENGTH = 11
_OF_18_DIGITS = (DocumentKind.ID_CARD, DocumentKind.HMT_RESIDENCE, DocumentKind.FOREIGN_PR)


@dataclass(frozen=True)
class Hint:
    """A sentence and its tone: ok, neutral, warn, danger."""

    words: str = ""
    tone: str = "neutral"


NOTHING = Hint()


def document_hint(check: DocumentCheck, chosen: DocumentKind, *, typing: bool) -> Hint:
    """The sentence under the document number."""
    if not check.number:
        return NOTHING
    length = len(check.number)
    if typing and chosen in _OF_18_DIGITS and length < ID_LENGTH:
        return Hint(f"还差 {ID_LENGTH - length} 位（已填 {length} 位）")
    if check.faults:
        return Hint(check.faults[0].sentence, "danger")
    if check.remarks:
        return Hint(check.remarks[0], "warn")
    if check.birth_date and check.sex:
        return Hint("校验通过；性别和出生由号码填入，改了会提醒", "ok")
    if check.birth_date:
        return Hint("校验通过；出生由号码填入，改了会提醒", "ok")
    return Hint("格式通过；这种证件不含性别和出生，请自己填", "ok")


def checked(text: str, chosen: DocumentKind, today: date) -> DocumentCheck:
    """Check a number as the form does: the chosen kind first, but an ID card tells by itself."""
    number = normalise_number(text)
    kind = None if chosen is DocumentKind.ID_CARD and len(number) == ID_LENGTH else chosen
    return check_document(number, kind=kind, today=today)


def contradiction(check: DocumentCheck, sex: str, birth: date | None) -> tuple[Hint, Hint]:
    """What to say under sex and birth where they differ from the number."""
    said_sex = said_birth = NOTHING
    if check.faults:
        return said_sex, said_birth
    if check.sex and sex and sex != check.sex:
        said_sex = Hint(f"与证件号码不符：号码里是{check.sex}", "warn")
    if check.birth_date and birth and birth != check.birth_date:
        said_birth = Hint(f"与证件号码不符：号码里是 {check.birth_date.isoformat()}", "warn")
    return said_sex, said_birth


def phone_hint(text: str, *, typing: bool) -> Hint:
    """The sentence under a phone number."""
    digits = "".join(char for char in half_width(text) if char.isdigit())
    if typing and digits.startswith("1") and len(digits) < MOBILE_LENGTH:
        return Hint(f"还差 {MOBILE_LENGTH - len(digits)} 位（已填 {len(digits)} 位）")
    phones = parse_phones(text)
    if typing:
        return NOTHING
    if phones.faults:
        return Hint(phones.faults[0].sentence, "danger")
    if text.strip() and not phones.numbers:
        return Hint("这里没有电话号码，请核对。", "danger")
    return NOTHING
