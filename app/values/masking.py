"""脱敏 (rule 12): one module for screens, exports, notices and logs. Practice: domain.md 10.2."""

import re
from collections.abc import Iterable, Mapping

from app.values.surnames import split_surname
from app.values.text import half_width

# Numbers are also typed in groups: 210214 19600118 1827, 138 1234 0612, (0411) 84641234.
_ID_IN_TEXT = re.compile(
    r"(?<![\dA-Za-z])(?:\d{14,18}[\dXx]|\d{6}[ -]\d{8}[ -]?\d{3}[\dXx])(?![\dA-Za-z])"
)
_PHONE_IN_TEXT = re.compile(
    r"(?<!\d)(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
    r"|(?:\(0\d{2,3}\) ?|0\d{2,3}[ -]?)\d{3,4}[ -]?\d{4})(?!\d)"
)
_PERMIT_IN_TEXT = re.compile(r"(?<![\dA-Za-z])(?:[A-Z]{2}\d{7}|[A-Z]{1,3}\d{8,12})(?![\dA-Za-z])")
# 3-2-301, 3 号楼 2 单元 301 室, 2 单元 301: up to the building they may stay.
_HOME_SHORT = re.compile(r"(?<![\d-])(\d{1,3})-\d{1,2}-\d{2,4}(?:\s*[室户号])?(?![\d-])")
_HOME_INSIDE = re.compile(
    r"\s*[\d一二三四五六七八九十]{1,2}\s*单元(?:\s*\d{3,4}\s*[室户号]?)?|\s*\d{3,4}\s*室"
)
# Of the area codes only 010 and 02x have three figures.
_MOBILE = 11
_LANDLINE = re.compile(r"\(?(01\d|02\d|0[3-9]\d{2})\)?[ -]?(\d.*)")


def mask_id(number: str) -> str:
    """210214195601011827 -> 2102 **** **** 1827; shorter ones keep two at each end."""
    if len(number) >= 15:
        return f"{number[:4]} **** **** {number[-4:]}"
    if len(number) > 4:
        return f"{number[:2]}****{number[-2:]}"
    return "*" * len(number)


def mask_phone(number: str) -> str:
    """13812340612 -> 138 **** 0612; 0411-84641234 -> 0411-****1234."""
    number = half_width(number)
    landline = _LANDLINE.fullmatch(number)
    if landline:
        return f"{landline[1]}-****{re.sub(r'[ -]', '', landline[2])[4:]}"
    figures = re.sub(r"\D", "", number)
    if len(figures) >= _MOBILE:
        return f"{figures[-_MOBILE:][:3]} **** {figures[-4:]}"
    return f"****{number[-4:]}" if len(number) > 4 else "*" * len(number)


def mask_phones(numbers: str) -> str:
    """The same for several that are joined by 、."""
    return "、".join(mask_phone(one) for one in numbers.split("、") if one)


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


def mask_given_name(name: str) -> str:
    """Where more than the name is at stake (低保, 残疾, 儿童): 王秀兰 -> 王**."""
    if "·" in name or name.isascii():
        return name[:1] + "**"
    return split_surname(name)[0] + "**"


def mask_text(text: str) -> str:
    """Free text, for logs and crash reports: every document and phone number in it masked."""
    masked = _ID_IN_TEXT.sub(lambda match: mask_id(match[0]), text)
    masked = _PHONE_IN_TEXT.sub(lambda match: mask_phone(match[0]), masked)
    return _PERMIT_IN_TEXT.sub(lambda match: mask_id(match[0]), masked)


def without_homes(text: str) -> str:
    """A text for the board: 3-2-301 漏水, 3 号楼 2 单元 301 室漏水 -> 3 号楼漏水."""
    return _HOME_INSIDE.sub("", _HOME_SHORT.sub(r"\1 号楼", text))


def holds_numbers(rows: Iterable[Iterable[str]]) -> bool:
    """Whether a document or phone number stands whole in one of these lines of a table."""
    return any(_is_whole(half_width("\n".join(row))) for row in rows)


def _is_whole(text: str) -> bool:
    return any(one.search(text) for one in (_ID_IN_TEXT, _PHONE_IN_TEXT, _PERMIT_IN_TEXT))


def documents_in(text: str) -> list[str]:
    """Every document number that stands in a text, each once."""
    return [*_written(_ID_IN_TEXT, text), *_written(_PERMIT_IN_TEXT, text)]


def phones_in(text: str) -> list[str]:
    """Every telephone number that stands in a text, each once."""
    return _written(_PHONE_IN_TEXT, text)


def _written(numbers: re.Pattern[str], text: str) -> list[str]:
    """As they stand in the text, full-width figures among them, each once."""
    spans = (match.span() for match in numbers.finditer(half_width(text)))
    return list(dict.fromkeys(text[start:end] for start, end in spans))


def mask_public(text: str, shown: Mapping[str, str], *, kept: Iterable[str] = ()) -> str:
    """A text for the board: names and numbers replaced by what is `shown` instead of them.

    What is `kept` stays whole, also where a shorter name stands inside it.
    """
    if not shown:
        return text
    words = {**shown, **{one: one for one in kept if one}}
    # The longest first: 王秀兰 must not be taken for 王秀 with something behind.
    longest = sorted(words, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda match: words[match[0]], text)
