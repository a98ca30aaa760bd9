"""Whether letters typed without tones mean a title: zyfw, zhiyuan and zhiyfw all mean 志愿服务."""

from functools import lru_cache

from app.values.pinyin import readings


@lru_cache(maxsize=4096)
def spells(title: str, typed: str) -> bool:
    """True where `typed` is a part of the title, or spells one by initials or whole syllables."""
    wanted = typed.strip().lower()
    if not wanted or wanted in title.lower():
        return True
    return any(_from(title[start:], wanted) for start in range(len(title)))


def _from(title: str, typed: str) -> bool:
    """Each character takes its initial, or more of its syllable; the last may be unfinished."""
    if not typed:
        return True
    if not title:
        return False
    return any(
        typed.startswith(syllable[:length]) and _from(title[1:], typed[length:])
        for syllable in _syllables(title[0])
        for length in range(1, len(syllable) + 1)
    )


@lru_cache(maxsize=2048)
def _syllables(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in readings(character)))
