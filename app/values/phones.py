"""Phone numbers: several in a cell, notes beside them, mobile and landline."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.values.text import Fault, half_width, is_empty_word, visible

MOBILE = re.compile(r"(?a)1[3-9]\d{9}$")
_COUNTRY = re.compile(r"(?a)^(?:\+|00)?86(?=1[3-9]\d{9}$)")
_AREA = re.compile(r"(?a)^(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})$")
_SERVICE = re.compile(r"(?a)^(?:400|800)\d{7}$|^(?:1[0-2]\d{1,3}|9\d{4})$")
_LOCAL = re.compile(r"(?a)^[2-8]\d{6,7}$")
_EXTENSION = re.compile(
    r"(?a)(?:(?:转|分机|[xX]|ext\.?)\s*|(?:(?<=-\d{7})|(?<=-\d{8})|(?<=^[2-8]\d{6})|(?<=^[2-8]\d{7}))-)(\d{1,6})$"
)
_FOREIGN = re.compile(r"(?a)^(?:\+|00)(?!86|0)(\d{8,14})$")
_ASIDE = re.compile(r"(?a)\((?!\d{3,})[^)]*\)")
_GLUED = re.compile(r"(?a)(?:1[3-9]\d{9}){2,}$")
_STRONG_BREAK = re.compile(r"(?a)[、，,;；/|\\\n\r]+|和|或|及|(?<=\d)\s{2,}(?=\d)")
_NOT_A_NUMBER = re.compile(r"(?a)[^\d+]+")
_RUN = re.compile(r"(?a)\+?[\d(][\d()\-~ \u2010-\u2015.]*\d|\d")
_BLANKS_AND_DASHES = re.compile(r"[\s-]+")
# Behind a good number fewer digits are a remark (2026.3 改); alone they are a number cut short.
_SHORTEST, _SHORTEST_ALONE = 7, 5
_ZERO_FRACTION = re.compile(r"(?a)^(\d{5,})\.0+$")


@dataclass(frozen=True, slots=True)
class Phones:
    """Numbers in their order in the cell; landlines as 0411-84641234, mobiles as 11 digits."""

    numbers: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


_NONE = Phones(())


def parse_phones(value: object) -> Phones:
    """All phone numbers of a cell. Text between them is left out; a wrong length is a fault."""
    if value is None or isinstance(value, bool):
        return _NONE
    if isinstance(value, float):
        value = f"{value:.0f}" if value == value and abs(value) < 1e18 else ""
    return _parse_text(str(value))


@lru_cache(maxsize=65536)
def _parse_text(text: str) -> Phones:
    if len(text) == 11 and MOBILE.match(text):
        return Phones((text,))
    whole = _BLANKS_AND_DASHES.sub("", half_width(visible(text)))
    if MOBILE.match(whole):
        return Phones((whole,))
    plain = half_width(visible(text.replace("\n", ";").replace("\r", ";"))).strip()
    plain = _ZERO_FRACTION.sub(r"\1", plain)
    if is_empty_word(plain) or not any(c.isdigit() for c in plain) or plain.strip("0") == "":
        return _NONE
    numbers: list[str] = []
    faults: list[Fault] = []
    for part in _STRONG_BREAK.split(plain):
        _read_part(part, numbers, faults)
    return Phones(tuple(dict.fromkeys(numbers)), tuple(faults))


def _read_part(part: str, numbers: list[str], faults: list[Fault]) -> None:
    """One number, perhaps spaced (138 1234 5678), or several with blanks between."""
    extension = _EXTENSION.search(part)
    body = _ASIDE.sub(" ", part[: extension.start()] if extension else part)
    for run in _RUN.findall(body):
        for candidate in _candidates(run):
            number = _canonical(candidate)
            if number:
                numbers.append(number + (f"转{extension[1]}" if extension else ""))
            elif len(candidate) >= (_SHORTEST if numbers else _SHORTEST_ALONE):
                faults.append(_length_fault(candidate))


def _candidates(run: str) -> list[str]:
    """The whole run as one number if that works, else each blank-separated piece on its own."""
    whole = _NOT_A_NUMBER.sub("", run)
    if _GLUED.match(whole):
        return [whole[start : start + 11] for start in range(0, len(whole), 11)]
    if _canonical(whole) or " " not in run.strip():
        return [whole]
    pieces = [_NOT_A_NUMBER.sub("", piece) for piece in run.split()]
    return pieces if any(_canonical(piece) for piece in pieces) else [whole]


def _canonical(digits: str) -> str:
    digits = _COUNTRY.sub("", digits)
    if MOBILE.match(digits) or _SERVICE.match(digits) or _LOCAL.match(digits):
        return digits
    if foreign := _FOREIGN.match(digits):
        return f"+{foreign[1]}"
    if len(digits) == 12 and digits[0] == "0" and MOBILE.match(digits[1:]):
        return digits[1:]
    match = _AREA.match(digits)
    return f"{match[1]}-{match[2]}" if match else ""


def _length_fault(digits: str) -> Fault:
    if digits.startswith("1") and len(digits) == 11:
        return Fault(
            "phone_length", f"手机号 {digits} 不是有效号段（应以 13 到 19 开头），请核对。"
        )
    if digits.startswith("1"):
        return Fault("phone_length", f"手机号 {digits} 有 {len(digits)} 位，应为 11 位，请核对。")
    return Fault("phone_length", f"电话 {digits} 有 {len(digits)} 位，位数不对，请核对。")
