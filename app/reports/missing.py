"""Characters that no font of the program can draw: found before printing, said by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.errors import DomainError

# A sentence longer than this many places would not be read.
_NAMED = 8


@dataclass(frozen=True)
class Unknown:
    """One text and the characters in it that cannot be printed, in order, each once."""

    text: str
    characters: str
    whose: str = ""
    """The person whose data it is, where the text is not the name itself."""


class MissingGlyph(DomainError):
    """Nothing was printed, since a character would have been lost; `places` says where."""

    def __init__(self, places: Sequence[Unknown]) -> None:
        self.places = tuple(places)
        super().__init__(_sentence(self.places))


def _sentence(places: tuple[Unknown, ...]) -> str:
    named = "；".join(map(_place, places[:_NAMED]))
    more = f"；另有 {len(places) - _NAMED} 处" if len(places) > _NAMED else ""
    return (
        f"字库里没有下面的字，印不出来，所以没有打印：{named}{more}。请核对是否录错，改正后再打印。"
    )


def _place(place: Unknown) -> str:
    shown = "、".join(map(describe, place.characters))
    owner = f"{readable(place.whose)} 的" if place.whose and place.whose != place.text else ""
    return f"{owner}“{readable(place.text)}”中的 {shown}"


def describe(character: str) -> str:
    """The character with its number, or what it is where it has no picture of its own."""
    code = ord(character)
    if is_private(character):
        return f"自造字（U+{code:04X}）"
    if 0xD800 <= code <= 0xDFFF:
        return f"残缺的字（U+{code:04X}）"
    return f"{character}（U+{code:04X}）"


def is_private(character: str) -> bool:
    """Private-use characters mean something else in every font, so none may draw them."""
    code = ord(character)
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def readable(text: str) -> str:
    """The text in one line of at most 30 characters, safe to show: no lone surrogates."""
    kept = "".join("□" if 0xD800 <= ord(c) <= 0xDFFF or is_private(c) else c for c in text)
    line = " ".join(kept.split())
    return line if len(line) <= 30 else line[:29] + "…"


def refuse(places: Iterable[Unknown]) -> None:
    """Raises MissingGlyph if there are any places; one that is met again is told once."""
    found = tuple(dict.fromkeys(places))
    if found:
        raise MissingGlyph(found)
