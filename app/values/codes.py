"""Code tables of the standards: what offices write, what it is called, which code it has.

The file stores names (汉族, 中共党员), since names are what offices exchange; codes follow.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from app.values.tables import read_table
from app.values.text import compact

_LEADING_CODE = re.compile(r"^(\d{1,2})[.、:\-—]?(?=\D)")


@dataclass(frozen=True, slots=True)
class Code:
    """One line of a table; synonyms are other words for the same, compared without blanks."""

    code: str
    name: str
    synonyms: tuple[str, ...]


class CodeTable:
    """A table from resources/data, read when first used."""

    def __init__(self, file: str, *, suffix: str = "") -> None:
        self._file = file
        self._suffix = suffix

    @cached_property
    def entries(self) -> tuple[Code, ...]:
        return tuple(
            Code(row["code"], row["name"], tuple(row["synonyms"].split()))
            for row in read_table(self._file)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order of the standard, for choices on screen."""
        return tuple(entry.name for entry in self.entries)

    def find(self, text: object) -> str | None:
        """The name meant by a name, synonym or code ('汉', '01 汉族', '01'); None when unknown."""
        words = str(text)
        if words in self._index:
            return self._index[words]
        words = compact(words)
        if not words:
            return None
        return self._index.get(words) or self._index.get(_LEADING_CODE.sub("", words))

    def code(self, name: str) -> str:
        """The standard's code of a name, '' when the name is not in the table."""
        return next((entry.code for entry in self.entries if entry.name == name), "")

    @cached_property
    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for entry in self.entries:
            words = [entry.name, *entry.synonyms, entry.code, entry.code.lstrip("0")]
            if self._suffix:
                words.append(entry.name.removesuffix(self._suffix))
            for word in words:
                index.setdefault(compact(word), entry.name)
        index.pop("", None)
        return index


ETHNIC_GROUPS = CodeTable("ethnic_groups", suffix="族")
POLITICAL_STATUS = CodeTable("political_status")
EDUCATION = CodeTable("education")
MARITAL = CodeTable("marital")
RELATION = CodeTable("relation")
RESIDENCE_STATUS = CodeTable("residence_status")
AWAY = ("户在人不在", "人户均不在")
ELSEWHERE = ("人在户不在", "人户均不在")
"""Statuses of who does not live here, and of who is registered elsewhere."""
DWELLING_KINDS = CodeTable("dwelling_kinds")
HEAD = "户主"


@dataclass(frozen=True, slots=True)
class DefaultTag:
    """A tag of a fresh file; 综治类 come switched off (domain.md 8.6).

    `sensitive` ones tell of health, of a specific identity, of children in need (个保法 28).
    """

    name: str
    synonyms: tuple[str, ...]
    group: str
    tone: str
    enabled: bool
    sensitive: bool


_TELLS_TOO_MUCH = re.compile(
    "残|病|障碍|失能|失独|孕|精神|毒|艾滋|刑|矫|戒|上访|信访|邪教|宗教|孤儿|儿童|未成年"
)


def tells_too_much(name: str) -> bool:
    """Whether a tag of an office's own sounds like health, a specific identity, a child in need."""
    return _TELLS_TOO_MUCH.search(name) is not None


class TagTable:
    """The default tags and the words that rosters use for them."""

    @cached_property
    def entries(self) -> tuple[DefaultTag, ...]:
        return tuple(
            DefaultTag(
                row["name"],
                tuple(row["synonyms"].split()),
                row["group"],
                row["tone"],
                row["enabled"] == "1",
                row["sensitive"] == "1",
            )
            for row in read_table("tags")
        )

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(tag.name for tag in self.entries)

    def find(self, text: object) -> str | None:
        """The tag meant by a word (独居 -> 独居老人), None when it is no default tag."""
        return self._index.get(compact(str(text)))

    @cached_property
    def _index(self) -> dict[str, str]:
        index = {compact(tag.name): tag.name for tag in self.entries}
        for tag in self.entries:
            for word in tag.synonyms:
                index.setdefault(compact(word), tag.name)
        return index


DEFAULT_TAGS = TagTable()
