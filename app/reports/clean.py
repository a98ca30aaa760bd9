"""Text as people typed or pasted it, made fit for paper."""

import re

_ODD = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_LINE_ENDS = frozenset("\n\v\f\x85\u2028\u2029")
_SPACES = frozenset(
    "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)


def printable(text: str) -> str:
    """`text` without control and invisible characters; odd spaces become plain ones."""
    if not _ODD.search(text):
        return text
    return _ODD.sub(_plain, text.replace("\r\n", "\n").replace("\r", "\n"))


def _plain(match: re.Match[str]) -> str:
    character = match.group()
    if character in _LINE_ENDS:
        return "\n"
    return " " if character in _SPACES or character in "\u202f\u205f" else ""


def one_line(text: str) -> str:
    """`text` with line ends and runs of blanks as single spaces."""
    return " ".join(printable(text).split())


def bracketed(text: str) -> str:
    """`text` in one pair of brackets, whether or not it was typed with its own."""
    words = one_line(text)
    inner = words[1:-1]
    typed = words[:1] in "（(" and words[-1:] in "）)" and len(words) > 1
    return f"（{inner if typed and _is_closed(inner) else words}）"


def _is_closed(text: str) -> bool:
    """Whether no bracket in `text` belongs to one outside: not so in 甲）和（乙."""
    depth = 0
    for character in text:
        depth += (character in "（(") - (character in "）)")
        if depth < 0:
            return False
    return depth == 0
