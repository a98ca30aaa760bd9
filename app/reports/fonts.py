"""The faces of the program's papers: loaded when first used, with the choice of a fallback.

A name is set wholly in one face: one heavier character in the middle of a name looks like a
correction by hand. Latin letters and figures always come from the serif, whose digits match.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from threading import Lock

from reportlab.pdfbase import pdfmetrics

from app import paths
from app.reports.clean import printable
from app.reports.glyphs import HanFont
from app.reports.missing import Unknown, is_private, refuse


class Face(Enum):
    """A face by its task in Chinese office papers; the value is its file."""

    SONG = "NotoSerifSC-Regular.ttf"
    FANG = "FandolFang-Regular.ttf"
    HEI = "NotoSansSC-Regular.ttf"
    KAI = "LinliKai.ttf"
    TITLE = "NotoSerifSC-Black.ttf"
    CODE = "NotoSansSC-Bold.ttf"
    RARE_B = "LinliRareB.ttf"
    RARE_G = "LinliRareG.ttf"


_FALLBACK = (Face.SONG, Face.RARE_B, Face.RARE_G)
# Widths and shapes that do not fit Chinese text: taken from the serif instead.
_LATIN = frozenset(map(chr, range(0x20, 0x2000))) - {"·"}
_NOT_USED = {Face.FANG: _LATIN, Face.KAI: _LATIN | frozenset("“”‘’")}
_HAN = r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
_HAN_RUN = re.compile(f"{_HAN}(?:·{_HAN})*")
# Signs without a drawing of their own that look like another one; they stay what they are when
# the paper is searched or copied. ⋅ shortens numbers on the screen, ∙ comes with foreign names.
_DRAWN_AS = {"\u22c5": "·", "\u2219": "·"}
_LOADING = Lock()


class _Widths(dict[str, float]):
    """Advance of each character in ems, looked up once."""

    def __init__(self, font: HanFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, character: str) -> float:
        width = self._font.width(ord(character)) / 1000
        self[character] = width
        return width


@dataclass(frozen=True, eq=False)
class Typeface:
    """A loaded font: the characters it may draw and how wide each is (in ems)."""

    face: Face
    font: HanFont
    characters: frozenset[str]
    widths: _Widths

    def width(self, text: str) -> float:
        """Advance of `text` in ems; every character must be one of `characters`."""
        return sum(map(self.widths.__getitem__, text))


Run = tuple[Typeface, str]
_loaded: dict[Face, Typeface] = {}


def typeface(face: Face) -> Typeface:
    """The font of `face`, read from resources/fonts at the first call (80-300 ms)."""
    with _LOADING:
        if face not in _loaded:
            _loaded[face] = _load(face)
        return _loaded[face]


def _load(face: Face) -> Typeface:
    font = HanFont(face.name, paths.resources() / "fonts" / face.value)
    pdfmetrics.registerFont(font)
    if face is Face.SONG:
        for sign, other in _DRAWN_AS.items():
            font.draw_as(ord(sign), ord(other))
    drawn = {chr(code) for code in font.face.charToGlyph if code >= 0x20}
    kept = frozenset(c for c in drawn if not is_private(c)) - _NOT_USED.get(face, frozenset())
    return Typeface(face, font, kept, _Widths(font))


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """`text` divided among the faces that can draw it; MissingGlyph if none can."""
    first = typeface(face)
    if first.characters.issuperset(text):
        return ((first, text),) if text else ()
    return _divide(text, face)


@lru_cache(maxsize=4096)
def _divide(text: str, face: Face) -> tuple[Run, ...]:
    refuse(unknown([text], face))
    chain = _chain(face)
    pieces: list[Run] = []
    end = 0
    for match in _HAN_RUN.finditer(text):
        pieces += _by_character(text[end : match.start()], chain)
        pieces += _whole(match.group(), chain)
        end = match.end()
    return _joined(pieces + _by_character(text[end:], chain))


def _whole(run: str, chain: tuple[Face, ...]) -> list[Run]:
    """A run of Chinese characters in the first single face that has them all, if there is one."""
    for face in chain:
        if typeface(face).characters.issuperset(run):
            return [(typeface(face), run)]
    return _by_character(run, (*_FALLBACK, chain[0]))


def _by_character(text: str, chain: tuple[Face, ...]) -> list[Run]:
    return [(_first_with(character, chain), character) for character in text]


def _first_with(character: str, chain: tuple[Face, ...]) -> Typeface:
    return next(found for found in map(typeface, chain) if character in found.characters)


def _joined(pieces: list[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for found, text in pieces:
        if joined and joined[-1][0] is found:
            joined[-1] = (found, joined[-1][1] + text)
        else:
            joined.append((found, text))
    return tuple(joined)


def _chain(face: Face) -> tuple[Face, ...]:
    return (face, *(f for f in _FALLBACK if f is not face))


def unknown(texts: Iterable[str], face: Face = Face.SONG, *, whose: str = "") -> list[Unknown]:
    """Every text with characters that neither `face` nor a fallback can draw."""
    found = []
    plain = typeface(face).characters
    for text in map(printable, texts):
        if plain.issuperset(text):
            continue
        lost = [c for c in dict.fromkeys(text) if c != "\n" and not _drawable(c, face)]
        if lost:
            found.append(Unknown(text, "".join(lost), whose))
    return found


def require(texts: Iterable[str]) -> None:
    """Raises MissingGlyph naming every text that cannot be printed whole."""
    texts = list(texts)
    if not common(texts):
        refuse(unknown(texts))


def common(texts: Iterable[str]) -> bool:
    """Whether the serif alone has all the characters: quick, also for thousands of texts."""
    return typeface(Face.SONG).characters.issuperset("".join(texts))


def _drawable(character: str, face: Face) -> bool:
    return any(character in typeface(candidate).characters for candidate in _chain(face))
