"""What the user typed, as words of the search index; several words must all fit."""

import re
from dataclasses import dataclass

from app.services.search_tokens import INSIDE, MAX_LENGTH, bare
from app.values.addresses import parse_address
from app.values.text import half_width, visible

_BREAKS = re.compile(r"[\s,，、;；。!！~]+")
_ASCII_RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_DATE = re.compile(r"((?:18|19|20)\d\d)[-./年](?:(\d{1,2})(?:[-./月](?:(\d{1,2})日?)?)?)?$")
_PLACE_WORD = re.compile(r"[号栋幢楼座单元门室#]")
_PLACE_PARTS = re.compile(r"\d+[a-z]?(?:-\d+[a-z]?)*-?$")
_ESTATE = re.compile(r"[园区苑院里城庭府路街湾居]$")
_ROOM_ONLY = re.compile(r"(\d{2,5})(?:室|房)$")
_DIGITS_AND_DASHES = re.compile(r"\d[\d-]{6,}$")
# Above every character that a token can hold.
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: a token that begins with any of `starts` fits; the first starts rank first."""

    starts: tuple[str, ...]
    latin: str = ""

    def ranges(self, prefix: str = "") -> tuple[tuple[str, str], ...]:
        """Half-open ranges of tokens, best first; `prefix` names another part of the index."""
        return tuple((prefix + start, prefix + start + _LAST) for start in self.starts)


def words(text: str) -> tuple[Word, ...]:
    """The words of a search text; the text of a blank box has none."""
    plain = half_width(visible(text)).lower().strip()[: MAX_LENGTH * 2]
    whole = _place(plain.replace(" ", "")) if " " in plain else []
    return tuple(whole) or tuple(
        word for piece in _BREAKS.split(plain) if piece for word in _of_piece(piece)
    )


def _of_piece(piece: str) -> list[Word]:
    if day := _date(piece):
        return [day]
    return _place(piece) or _runs(piece)


def _runs(piece: str) -> list[Word]:
    """王xl is 王 and xl: what follows from both is close enough to what was meant."""
    return [_plain(run[:MAX_LENGTH]) for run in _ASCII_RUNS.findall(bare(piece)) if run]


def _plain(run: str) -> Word:
    starts = [run, INSIDE + run]
    if _DIGITS_AND_DASHES.match(run) and "-" in run:
        joined = run.replace("-", "")
        starts += [joined, INSIDE + joined]
    return Word(tuple(starts), latin=run if run.isascii() and run.isalpha() else "")


def _date(piece: str) -> Word | None:
    """1956-01-01, 1956.1.1, 1956年1月 and 1956年 as the start of 19560101."""
    match = _DATE.match(piece)
    if match is None:
        return None
    day = "".join(part if len(part) == 4 else part.zfill(2) for part in match.groups() if part)
    as_place = piece if _PLACE_PARTS.match(piece) else ""
    starts = [day, INSIDE + day, *([as_place, INSIDE + as_place] if as_place else [])]
    return Word(tuple(starts))


def _place(piece: str) -> list[Word]:
    """5号楼 -> 5-, 3栋2单元501 -> 3-2-501, 2单元501 -> ~2-501, 501室 -> ~501."""
    if not _PLACE_WORD.search(piece):
        return []
    if room := _ROOM_ONLY.match(piece):
        return [Word((INSIDE + room[1],))]
    address = parse_address(piece)
    parts = [part.lower() for part in (address.building, address.unit, address.room) if part]
    if not parts:
        return []
    key = "-".join(parts) + ("" if address.room else "-")
    # The name of an estate is no part of the index; any other word before the building is.
    before = "" if _ESTATE.search(address.compound) else address.compound.lower()
    return [*_runs(before), Word((key if address.building else INSIDE + key,))]
