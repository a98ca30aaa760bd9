"""Words that stop a certificate, found in a text however they are spread, and those that do not."""

import re
from functools import cache

from app.values.text import compact

# What may stand between two signs to hide a word from the eye of a program.
_PADDING = re.compile(r"[·•‧・\-_*~～|/\\.'\"“”‘’`^+=﹒]")
# A sign that no keyword has, so that what stood on both sides does not become a word.
NOTHING = "\ue000"
GAP, _GAP_SIGNS = "…", r"[^。;！？!?]{0,14}?"
# Before the words of an innocent entry that begins with +: helping somebody certifies nothing.
_CARE = "+"
_CARING = (
    "(?:关爱|关怀|关心|慰问|看望|探望|走访|帮助|帮扶|帮教|扶助|救助|服务|陪伴|陪护|陪同|照顾|照料|护理|"
    "协助|寻找|查找|寻回|找回|归还|捡拾|拾到|劝导|预防|防止|避免|防范)[^。;,！？!?]{0,16}?"
)


def means(text: str, keywords: tuple[str, ...], innocent_words: tuple[str, ...]) -> bool:
    """Whether a text (tightened) has one of the keywords outside of what is innocent."""
    found, innocent = _patterns(keywords, innocent_words)
    if found is None:
        return False
    if innocent is not None:
        text = innocent.sub(NOTHING, text)
    return found.search(text) is not None


@cache
def _patterns(
    keywords: tuple[str, ...], innocent: tuple[str, ...]
) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    return _pattern(keywords), _pattern(innocent)


def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    # Longest first: 家庭收入 before 收入.
    parts = sorted({_tight_word(word) for word in words if word}, key=len, reverse=True)
    return re.compile("|".join(parts)) if parts else None


def _tight_word(word: str) -> str:
    bare = word.removeprefix(_CARE)
    pieces = (re.escape(_PADDING.sub("", compact(piece))) for piece in bare.split(GAP))
    return (_CARING if bare != word else "") + _GAP_SIGNS.join(pieces)


def tightened(text: str) -> str:
    """Without blanks and padding; the end of a line ends a sentence."""
    lines = (_PADDING.sub("", compact(line)) for line in text.splitlines())
    return "。".join([*(line for line in lines if line), ""])
