"""Divides the title of an official paper into lines: whole words, in a trapezoid, balanced.

GB/T 9704-2012, 7.3.1: 回行时要做到词意完整, 排列对称, 长短适宜. The program has no dictionary;
resources/data/title_words.txt has the words that such titles are made of. A line end typed by hand
always wins.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise

from app.paths import resources
from app.reports.text import NO_END, NO_START

# A line may well begin with these, and should not begin with those.
_JOINTS = ("暨", "并", "和", "与", "及", "召开", "开展", "举办", "举行", "做好", "加强")
_WEAK_STARTS = frozenset("的了等之")
_IN_WORD, _WEAK, _JOINT, _STUB = 40.0, 60.0, -8.0, 45.0
_SHORTEST = 4.0
_LONGEST = 4


@cache
def _words() -> frozenset[str]:
    """Words that a line end must not cut, from resources/data/title_words.txt."""
    text = (resources() / "data" / "title_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def headline(title: str, widest: float) -> list[str]:
    """The lines of `title`, each at most `widest` ems (Latin counts half)."""
    typed = [line.strip() for line in title.splitlines() if line.strip()]
    if len(typed) > 1:
        return [part for line in typed for part in _divide(line, widest)]
    return _divide(typed[0], widest) if typed else []


def _divide(title: str, widest: float) -> list[str]:
    if _ems(title) <= widest:
        return [title]
    places = [i for i in range(1, len(title)) if _may_cut(title, i)]
    for count in range(2, 5):
        best = _best(title, places, count, widest)
        if best is not None:
            return best
    return [title[i : i + int(widest)] for i in range(0, len(title), int(widest))]


def _best(title: str, places: list[int], count: int, widest: float) -> list[str] | None:
    """The division into `count` lines that reads best, if all of them fit."""
    least, found = float("inf"), None
    for cuts in combinations(places, count - 1):
        lines = [title[a:b] for a, b in pairwise((0, *cuts, len(title)))]
        lengths = list(map(_ems, lines))
        if max(lengths) <= widest:
            cost = _shape(lengths) + sum(_cut(title, i) for i in cuts)
            if cost < least:
                least, found = cost, lines
    return found


def _shape(lengths: Sequence[float]) -> float:
    """How far the lines are from one another, dearer when the middle stands out of order."""
    mean = sum(lengths) / len(lengths)
    uneven = sum((length - mean) ** 2 for length in lengths)
    steps = [b - a for a, b in pairwise(lengths)]
    bent = any(a * b < 0 for a, b in pairwise(steps))
    return uneven + 10 * bent + _STUB * (lengths[-1] < _SHORTEST)


def _cut(title: str, i: int) -> float:
    if title[i] in _WEAK_STARTS:
        return _WEAK
    if title.startswith(_JOINTS, i):
        return _JOINT
    return _IN_WORD if _inside_word(title, i) else 0.0


def _inside_word(title: str, i: int) -> bool:
    return any(
        title[start:end] in _words()
        for start in range(max(0, i - _LONGEST + 1), i)
        for end in range(i + 1, min(len(title), start + _LONGEST) + 1)
    )


def _may_cut(title: str, i: int) -> bool:
    before, after = title[i - 1], title[i]
    if after in NO_START or before in NO_END:
        return False
    latin = before < "\u2e80" and after < "\u2e80" and " " not in (before, after)
    counted = before.isdigit() and after in "年月日号楼届次期元人"
    return not latin and not counted


def _ems(text: str) -> float:
    return sum(
        1.0 if character >= "\u2e80" or character in "“”‘’…—" else 0.56 for character in text
    )
