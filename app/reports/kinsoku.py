"""避头尾: where a Chinese line may end, after GB/T 15834-2011 and CLREQ."""

import re
from collections.abc import Iterable

NO_START = frozenset(
    "，。、；：？！）》〉」』】〕］｝”’％‰℃…—·～,.;:?!)]}%°々〗︰﹚﹞〞﹂﹄＞＂＇‐–〜"
)
NO_END = frozenset("（《〈「『【〔［｛“‘([{￥$〖﹙〝﹁﹃＜＃¥")
_WORD = r"[0-9A-Za-z\u00c0-\u024f@._/+\-:#&%*=~'_]+"
# The year and number of a document (〔2020〕20号) are read as one.
_NUMBER = r"〔\d{4}〕\d{1,6}号"
# 18,600: no line ends within a figure.
_GROUPED = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_TOKEN = re.compile(rf"{_NUMBER}|{_GROUPED}|{_WORD}|—+|…+|[ \u3000]+|.", re.DOTALL)
BLANK = " \u3000"
# Full-width marks, by the side on which they have half an em of white to give.
WHITE_AFTER = frozenset("，。、；：？！）》〉」』】〕］｝〗”’")
WHITE_BEFORE = frozenset("（《〈「『【〔［｛〖“‘")

Bounds = tuple[int, int]


def tokens(text: str) -> list[Bounds]:
    """Words, figures, dashes, runs of blanks, and single characters: start and end of each."""
    return [match.span() for match in _TOKEN.finditer(text)]


def glued(text: str, parts: Iterable[Bounds]) -> list[Bounds]:
    """Parts joined where a line may not end between them; blanks stay with what precedes."""
    joined: list[Bounds] = []
    before = ""
    for start, end in parts:
        blank = text[start] in BLANK
        if joined and (blank or text[start] in NO_START or before in NO_END):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        before = before if blank else text[end - 1]
    return joined
