"""Small words in cells: yes and no, sexes, tags, names of code tables."""

import re
from collections.abc import Iterable
from functools import lru_cache

from app.importing.cells import Cell, cell_text
from app.values.codes import DEFAULT_TAGS, CodeTable
from app.values.text import compact, is_empty_word, tidy

_YES_WORDS = "是 √ ✓ ✔ ☑ 有 1 y yes true t 对 ● ★ 享受 属于 v 已"

_NO_WORDS = "否 × ✗ ✘ 无 0 n no false f 不是 没有 非 ☐ □ x 未"
_YES = frozenset(_YES_WORDS.split())
_NO = frozenset(_NO_WORDS.split())
_MALE = "男 男性 男人 ♂ 1 m male 01 先生 1男 1-男 1.男"
_FEMALE = "女 女性 女人 ♀ 2 f female 02 女士 2女 2-女 2.女"
_SEXES = dict.fromkeys(_MALE.split(), "男") | dict.fromkeys(_FEMALE.split(), "女")
_BREAK = re.compile(r"[、，,;；/|\\\n\r]+|(?<!\d)[+＋]|\s+")
_DETAIL = re.compile(r"([^、，,;；/|\\\s(（+]+)[(（][^)）]*[)）]")
_REMARK = re.compile(r"\(.*\)$")
_LONGEST_TAG = 12
# Under 残疾等级 and its like a grade or a kind says yes.
_GRADE = re.compile(r"(?:[一二三四1-4]级|肢体|视力|听力|言语|智力|精神|多重)")


def plain_text(cell: Cell) -> str:
    """A cell as tidy text; words for nothing (无, /, 不详) are ''."""
    if cell == "":
        return ""
    return _plain(cell if isinstance(cell, str) else cell_text(cell))


@lru_cache(maxsize=16384)
def _plain(raw: str) -> str:
    text = tidy(raw)
    return "" if is_empty_word(text) else text


@lru_cache(maxsize=4096, typed=True)
def is_yes(cell: Cell, word: str = "") -> bool:
    """True for 是, √, 1, 有 ..., and for the heading's own word repeated in the cell."""
    text = compact(cell_text(cell)).lower()
    if not text or text in _NO:
        return False
    if text in _YES:
        return True
    return bool(word) and (DEFAULT_TAGS.find(text) == word or bool(_GRADE.match(text)))


@lru_cache(maxsize=1024, typed=True)
def is_no(cell: Cell) -> bool:
    return compact(cell_text(cell)).lower() in _NO - {""}


@lru_cache(maxsize=256, typed=True)
def sex_of(cell: Cell) -> str:
    """男, 女 or '' for anything that does not say which."""
    text = compact(cell_text(cell)).lower()
    return _SEXES.get(text, "") or _SEXES.get(_REMARK.sub("", text), "")


def split_words(text: str) -> list[str]:
    """The words of a cell that holds several: 低保、独居/80+ -> 低保, 独居, 80+."""
    return _BREAK.split(text)


@lru_cache(maxsize=8192, typed=True)
def code_name(cell: Cell, table: CodeTable) -> str:
    """The standard's name where the table knows the word, else the office's own word."""
    text = plain_text(cell)
    return table.find(text) or text


def tags_of(cells: Iterable[Cell], ticked: Iterable[str]) -> tuple[str, ...]:
    """Tags of text cells (低保、独居) and of ticked columns, each once, in their order."""
    tags: dict[str, None] = {}
    for cell in cells:
        if cell != "":
            tags.update(dict.fromkeys(_tags_of_text(cell_text(cell))))
    tags.update(dict.fromkeys(ticked))
    return tuple(tags)


def _without_detail(match: re.Match[str]) -> str:
    """残疾人（二级） is the tag 残疾人; an unknown word keeps what stands in its brackets."""
    return match[1] if DEFAULT_TAGS.find(match[1]) else match[0]


@lru_cache(maxsize=8192)
def _tags_of_text(text: str) -> tuple[str, ...]:
    """Known words by their tag names; unknown short words stay as the office wrote them."""
    found: list[str] = []
    for word in split_words(_DETAIL.sub(_without_detail, text)):
        if is_empty_word(word) or compact(word).lower() in _NO | _YES:
            continue
        tag = DEFAULT_TAGS.find(word)
        if tag or len(word) <= _LONGEST_TAG:
            found.append(tag or word)
    return tuple(dict.fromkeys(found))
