"""Cleaning that every value needs first: width, blanks, invisible characters."""

import re
import unicodedata
from dataclasses import dataclass

# NFKC would also turn ① into 1 and ㈱ into (株); only the ASCII block has half-width twins.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_BLANKS = re.compile(r"\s+")
# Spreadsheet cells carry soft hyphens, zero-width spaces and direction marks pasted from web pages;
# half of a character beyond the BMP (Cs) is what a torn text ends in, and no file can hold it.
_INVISIBLE_CATEGORIES = {"Cf", "Cc", "Cs"}
EMPTY_WORDS = frozenset(
    {"无", "暂无", "没有", "不详", "未知", "空", "/", "\\", "-", "--", "—", "——"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a value: `kind` for programs, `sentence` in Chinese for people."""

    kind: str
    sentence: str


def half_width(text: str) -> str:
    """Turn full-width letters, digits, signs and blanks into their ASCII twins."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def visible(text: str) -> str:
    """Drop invisible characters; line breaks and tabs become blanks."""
    if text.isprintable():
        return text
    spaced = re.sub(r"[\t\r\n\v\f\u2028\u2029]+", " ", text)
    return "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE_CATEGORIES)


def tidy(text: str) -> str:
    """Visible text with single blanks and none at the ends; full-width Chinese signs stay."""
    if text.isalnum():
        # Most texts: nothing in them is a blank or invisible.
        return text
    return _BLANKS.sub(" ", visible(text).replace("\u3000", " ").replace("\xa0", " ")).strip()


def compact(text: str) -> str:
    """Half-width text without any blank: what codes, numbers and headings are compared by."""
    if text.isascii() and text.isalnum():
        return text
    return _BLANKS.sub("", half_width(visible(text)))


def is_empty_word(text: str) -> bool:
    """True for a blank and for the words people write where a cell has nothing (无, 不详, /)."""
    squeezed = compact(text)
    return not squeezed or squeezed in EMPTY_WORDS


def as_html(text: str) -> str:
    """Plain text for a place that reads HTML. The library's `html` brings 2,000 names of signs."""
    return text.translate(_HTML)


_HTML = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "\n": "<br>"}
)
