"""Divides the title of an official paper into lines: whole words, in a trapezoid, balanced.

GB/T 9704-2012, 7.3.1: 回行时要做到词意完整, 排列对称, 长短适宜. The program has no dictionary;
resources/data/title_words.txt has the words that such titles are made of. A line end typed by hand
always wins.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from math import ceil

from app.paths import resources
from app.reports.kinsoku import NO_END, NO_START

# A line may well begin with these, and should not begin with those.
_JOINTS = ("暨", "并", "和", "与", "及", "召开", "开展", "举办", "举行", "做好", "加强")
_WEAK_STARTS = frozenset("的了等之")
_IN_WORD, _WEAK, _JOINT = 40.0, 60.0, -8.0
_LONGEST = 5

Cuts = tuple[int, ...]


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
    ends = list(accumulate(map(_em, title), initial=0.0))
    if ends[-1] <= widest:
        return [title]
    fewest = ceil(ends[-1] / widest)
    for count in range(fewest, fewest + 3):
        cuts = _cuts(title, ends, count, widest)
        if cuts:
            return [title[a:b] for a, b in pairwise(cuts)]
    return [title[i : i + int(widest)] for i in range(0, len(title), int(widest))]


def _cuts(title: str, ends: Sequence[float], count: int, widest: float) -> Cuts:
    """Where the best division into `count` lines begins and ends each; none if nothing fits."""
    mean = ends[-1] / count
    price = {i: _price(title, i) for i in range(1, len(title)) if _may_cut(title, i)}
    price[len(title)] = 0.0
    best: dict[int, tuple[float, Cuts]] = {0: (0.0, (0,))}
    for _ in range(count):
        reached: dict[int, tuple[float, Cuts]] = {}
        for start, (cost, cuts) in best.items():
            for end in _line_ends(ends, price, start, widest):
                total = cost + price[end] + (ends[end] - ends[start] - mean) ** 2
                if end not in reached or total < reached[end][0]:
                    reached[end] = total, (*cuts, end)
        best = reached
    return best[len(title)][1] if len(title) in best else ()


def _line_ends(
    ends: Sequence[float], price: Mapping[int, float], start: int, widest: float
) -> Iterator[int]:
    for end in range(start + 1, len(ends)):
        if ends[end] - ends[start] > widest:
            return
        if end in price:
            yield end


def _price(title: str, i: int) -> float:
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


def _em(character: str) -> float:
    return 1.0 if character >= "\u2e80" or character in "“”‘’…—" else 0.56
