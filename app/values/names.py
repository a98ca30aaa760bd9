"""Names as on the ID card: no stray blanks, the separating dot normalised to U+00B7."""

import re
from functools import lru_cache

from app.values.characters import repair_private_use
from app.values.text import half_width, tidy

MIDDLE_DOT = "\u00b7"
MAX_LENGTH = 60
_DOTS = re.compile(r"\s*[\u00b7\u2022\u30fb\u2027\uff65\u2219\u22c5\u0387\u16eb\u2024.\uff0e。]\s*")
_LATIN = re.compile(r"[A-Za-z]")
# Han characters, those of the private areas among them; other scripts keep their blanks.
_HAN = "\u2e80-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff\u00b7"
_BLANK_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")
_NOTE = re.compile(r"[(\[【](?:[^)\]】]*)[)\]】]$")
_SIGNS_AT_ENDS = " '`*★☆●○◆◇■□▲△※√#"


@lru_cache(maxsize=65536)
def clean_name(text: str) -> str:
    """The name without layout blanks (解　洁 -> 解洁), dots as U+00B7, old GB characters repaired.

    Latin names keep single blanks between words (JOHN SMITH).
    """
    name = tidy(repair_private_use(half_width(text)))
    if not name or name.isascii():
        return name.strip(_SIGNS_AT_ENDS)
    name = _BLANK_BETWEEN_HAN.sub("", name)
    return _DOTS.sub(MIDDLE_DOT, name).strip(_SIGNS_AT_ENDS + MIDDLE_DOT)


def without_note(name: str) -> str:
    """The name without a bracket at its end: 王兰(租户) -> 王兰."""
    return _NOTE.sub("", half_width(name)).strip()


def is_plausible_name(name: str) -> bool:
    """True when this can be a person's name: 2 to 60 letters of some script, no digits."""
    if not 2 <= len(name) <= MAX_LENGTH or any(c.isdigit() for c in name):
        return False
    return all(c.isalpha() or c in "·' -" for c in name) and not name.isspace()
