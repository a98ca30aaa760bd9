"""Whether letters typed without tones mean a title: zyfw, zhiyuan and zhiyfw all mean 志愿服务."""

from functools import lru_cache

from app.values.pinyin import readings


def spells(title: str, typed: str) -> bool:
    """True where `typed` is a part of the title, or spells one by initials or whole syllables."""
    return spelled(title, typed) is not None


@lru_cache(maxsize=4096)
def spelled(title: str, typed: str) -> tuple[int, int] | None:
    """From which character of the title to before which one `typed` means; None where none."""
    wanted = typed.strip().lower()
    if wanted and wanted[0] not in _beginnings(title):
        return None
    start = title.lower().find(wanted)
    if start >= 0:
        return start, start + len(wanted)
    for start, character in enumerate(title):
        if wanted[0] not in _initials(character):
            continue
        length = _length(title[start:], wanted)
        if length is not None:
            return start, start + length
    return None


def _length(title: str, typed: str) -> int | None:
    """How many characters are spelled; each takes its initial, or more of its syllable.

    The last may be unfinished.
    """
    if not typed:
        return 0
    for syllable in _syllables(title[0]) if title else ():
        for taken in range(1, len(syllable) + 1):
            if not typed.startswith(syllable[:taken]):
                break
            rest = _length(title[1:], typed[taken:])
            if rest is not None:
                return rest + 1
    return None


@lru_cache(maxsize=2048)
def _initials(character: str) -> frozenset[str]:
    return frozenset(syllable[:1] for syllable in _syllables(character))


@lru_cache(maxsize=4096)
def _beginnings(title: str) -> frozenset[str]:
    """With which letters anything that means a part of the title begins: most titles are passed
    over by these alone."""
    initials = {syllable[:1] for character in title for syllable in _syllables(character)}
    return frozenset(title.lower()) | initials


@lru_cache(maxsize=2048)
def _syllables(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in readings(character)))
