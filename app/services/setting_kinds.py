"""The kinds of settings: what a value may be, and the sentence for what it may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from app.errors import DomainError

T = TypeVar("T")
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[T]):
    """One value of the office; `group` is the heading that it stands under."""

    key: str
    label: str
    group: str
    default: T
    hint: str = ""

    def check(self, value: T) -> None:
        """Raise DomainError when the value cannot be."""
        if type(value) is not type(self.default):
            raise DomainError(f"“{self.label}”的值不对，请重新填写。")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSetting(Setting[str]):
    longest: int = 60

    def check(self, value: str) -> None:
        Setting.check(self, value)
        if len(value) > self.longest:
            raise DomainError(f"“{self.label}”太长，最多 {self.longest} 个字。")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodeSetting(TextSetting):
    def check(self, value: str) -> None:
        TextSetting.check(self, value)
        if value and not (len(value) == 6 and value.isascii() and value.isdigit()):
            raise DomainError(f"“{self.label}”应是 6 位数字，请核对。")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookWordSetting(TextSetting):
    """What stands before 〔2026〕12号; the rest of a number is the program's business."""

    def check(self, value: str) -> None:
        TextSetting.check(self, value)
        if not all(sign.isalpha() for sign in value) or value.endswith("号"):
            raise DomainError(f"“{self.label}”只写字，如 望海社证；括号、年份和“号”由程序加上。")


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOfMonthSetting(TextSetting):
    """Days on which something is done every month: 15、30."""

    def check(self, value: str) -> None:
        TextSetting.check(self, value)
        if value and not all(1 <= day <= _LONGEST_MONTH for day in days_of_month(value)):
            raise DomainError(
                f"“{self.label}”要填 1 到 31 之间的日子，几天之间用顿号隔开，如 15、30。"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RisingSetting(TextSetting):
    """So many whole numbers, none smaller than the one before: 50、60、70、80、90."""

    count: int = 5

    def check(self, value: str) -> None:
        TextSetting.check(self, value)
        found = rising(value)
        if len(found) != self.count or min(found) < 0 or list(found) != sorted(found):
            raise DomainError(
                f"“{self.label}”要写 {self.count} 个从小到大的数，用顿号隔开，如 {self.default}。"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSetting(Setting[int]):
    least: int = 0
    most: int = 1_000_000
    unit: str = ""

    def check(self, value: int) -> None:
        Setting.check(self, value)
        if not self.least <= value <= self.most:
            raise DomainError(f"“{self.label}”应在 {self.least} 到 {self.most} {self.unit}之间。")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagSetting(Setting[bool]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSetting(Setting[str]):
    """One of a few words."""

    choices: tuple[str, ...]

    def check(self, value: str) -> None:
        Setting.check(self, value)
        if value not in self.choices:
            raise DomainError(f"“{self.label}”请从列出的几项里选。")


AnySetting = TextSetting | NumberSetting | FlagSetting | ChoiceSetting


def rising(value: str) -> tuple[int, ...]:
    """The numbers of a RisingSetting; −1 stands for what is no number."""
    parts = value.replace(",", "、").replace("，", "、").split("、")
    return tuple(int(part) if part.strip().isdecimal() else -1 for part in parts)


def days_of_month(typed: str) -> tuple[int, ...]:
    """The days of `15、30`; 0 stands for what is no number."""
    parts = typed.replace(",", "、").replace("，", "、").split("、")
    return tuple(int(part) if part.strip().isdecimal() else 0 for part in parts if part.strip())
