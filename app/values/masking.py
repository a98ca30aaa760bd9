"""脱敏 (rule 12): one module for screens, exports, notices and logs. Practice: domain.md 10.2."""

import re
from collections.abc import Iterable

from app.values.surnames import split_surname

_ID_IN_TEXT = re.compile(r"(?<![\dA-Za-z])\d{14,17}[\dXx](?![\dA-Za-z])")
_PHONE_IN_TEXT = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
_PERMIT_IN_TEXT = re.compile(r"(?<![\dA-Za-z])[A-Z]{1,3}\d{8,12}(?![\dA-Za-z])")


def mask_id(number: str) -> str:
    """210214195601011827 -> 2102 **** **** 1827; shorter ones keep two at each end."""
    if len(number) >= 15:
        return f"{number[:4]} **** **** {number[-4:]}"
    if len(number) > 4:
        return f"{number[:2]}****{number[-2:]}"
    return "*" * len(number)


def mask_phone(number: str) -> str:
    """13812340612 -> 138 **** 0612; 0411-84641234 -> 0411-****1234."""
    if "-" in number:
        area, _, local = number.partition("-")
        return f"{area}-****{local[4:]}"
    if len(number) >= 11:
        return f"{number[:3]} **** {number[-4:]}"
    return f"****{number[-4:]}" if len(number) > 4 else "*" * len(number)


def tail_id(number: str) -> str:
    """The last four characters, as tables show them: ⋅⋅⋅1827.

    The dots are U+22C5: a Chinese font sets three "·" three characters wide, and the single signs
    "…" and "⋯" sink to the foot of the line before a number that ends in X.
    """
    return f"⋅⋅⋅{number[-4:]}" if number else ""


def mask_name_public(name: str) -> str:
    """For notices: 王兰 -> 王*, 王秀兰 -> 王*兰, 欧阳明月 -> 欧阳**, 阿迪力·买买提 -> 阿**·***."""
    if "·" in name or name.isascii():
        return name[:1] + "".join(c if c in "· " else "*" for c in name[1:])
    surname, given = split_surname(name)
    if len(surname) == 1 and len(given) == 2:
        return f"{surname}*{given[-1]}"
    return surname + "*" * len(given)


def mask_text(text: str) -> str:
    """Free text, for logs and crash reports: every document and phone number in it masked."""
    masked = _ID_IN_TEXT.sub(lambda match: mask_id(match[0]), text)
    masked = _PHONE_IN_TEXT.sub(lambda match: mask_phone(match[0]), masked)
    return _PERMIT_IN_TEXT.sub(lambda match: mask_id(match[0]), masked)


def documents_in(text: str) -> list[str]:
    """Every document number that stands in a text, each once."""
    found = [*_ID_IN_TEXT.findall(text), *_PERMIT_IN_TEXT.findall(text)]
    return list(dict.fromkeys(found))


def phones_in(text: str) -> list[str]:
    """Every telephone number that stands in a text, each once."""
    return list(dict.fromkeys(_PHONE_IN_TEXT.findall(text)))


def mask_public(
    text: str,
    *,
    names: Iterable[str],
    phones: Iterable[str],
    documents: Iterable[str],
    kept: Iterable[str] = (),
) -> str:
    """A text for the board: these names, telephone and document numbers masked wherever found.

    What is `kept` stays whole, also where a shorter name stands inside it.
    """
    shown = {name: mask_name_public(name) for name in names}
    shown |= {number: mask_phone(number) for number in phones}
    shown |= {number: mask_id(number) for number in documents}
    if not shown:
        return text
    shown |= {words: words for words in kept if words}
    # The longest first: 王秀兰 must not be taken for 王秀 with something behind.
    longest = sorted(shown, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda match: shown[match[0]], text)
