"""Thresholds (门槛): parts of a whole that have to be reached, compared as integers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.models import Basis, BodyKind
from app.values.figures import figure, spelled

_HALF = (1, 2)


@dataclass(frozen=True, slots=True)
class Share:
    """At least num/den of a whole, or with `strict` more than that; num 0: nothing is asked."""

    num: int = 0
    den: int = 1
    strict: bool = False

    @property
    def asked(self) -> bool:
        return self.num > 0

    def reached(self, part: int, whole: int) -> bool:
        """过半数: 2n > N; 三分之二以上: 3n >= 2N; nothing is a part of nothing."""
        if not self.asked:
            return True
        left, right = part * self.den, whole * self.num
        return whole > 0 and (left > right if self.strict else left >= right)

    def needed(self, whole: int) -> int:
        """The least part that reaches it, 0 where nothing is asked."""
        if not self.asked:
            return 0
        if self.strict:
            return whole * self.num // self.den + 1
        return -(-whole * self.num // self.den)

    @property
    def part_words(self) -> str:
        """半数, 三分之二, 全部."""
        if self.num == self.den:
            return "全部"
        if (self.num, self.den) == _HALF:
            return "半数"
        return f"{spelled(self.den)}分之{spelled(self.num)}"

    @property
    def words(self) -> str:
        """过半数, 半数以上, 超过三分之二, 四分之三以上, 全部; 不要求 where nothing is asked."""
        if not self.asked:
            return "不要求"
        if self.num == self.den:
            return self.part_words
        if self.strict:
            return "过半数" if self.part_words == "半数" else f"超过{self.part_words}"
        return f"{self.part_words}以上"

    def proof(self, part: int, whole: int, shown: Callable[[int], str] = figure) -> str:
        """43 × 3 = 129，不小于 61 × 2 = 122; where half is asked 25 × 2 = 50，大于 43."""
        left, right = part * self.den, whole * self.num
        if self.strict:
            how = "大于" if left > right else "不大于"
        else:
            how = "不小于" if left >= right else "小于"
        return f"{_times(part, self.den, shown)}，{how} {_times(whole, self.num, shown)}"


def _times(number: int, by: int, shown: Callable[[int], str]) -> str:
    return shown(number) if by == 1 else f"{shown(number)} × {by} = {shown(number * by)}"


NOTHING = Share()
SHARES = (
    NOTHING,
    Share(1, 2, strict=True),
    Share(1, 2),
    Share(2, 3),
    Share(2, 3, strict=True),
    Share(3, 4),
    Share(4, 5),
    Share(1, 1),
)
"""What a set of the office may ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What a meeting and a vote go by; a vote keeps it as it stood on its day (`snapshot`)."""

    code: str
    name: str
    kind: BodyKind
    article: str
    decides: bool
    """Not a 协商: that yields an opinion (居委会组织法 32)"""
    basis: Basis
    quorum: Share
    pass_basis: Basis
    passing: Share
    by_area: bool = False
    """Two tracks: people and area have to reach the same thresholds"""


def snapshot(rule: Thresholds) -> dict[str, Any]:
    """As the vote keeps it, in JSON."""
    return {
        "code": rule.code,
        "name": rule.name,
        "kind": rule.kind.value,
        "article": rule.article,
        "decides": rule.decides,
        "basis": rule.basis.value,
        "quorum": _listed(rule.quorum),
        "pass_basis": rule.pass_basis.value,
        "passing": _listed(rule.passing),
        "by_area": rule.by_area,
    }


def from_snapshot(kept: Mapping[str, Any]) -> Thresholds:
    """The thresholds by which a vote was counted."""
    return Thresholds(
        code=kept["code"],
        name=kept["name"],
        kind=BodyKind.of(kept["kind"]),
        article=kept["article"],
        decides=kept["decides"],
        basis=Basis.of(kept["basis"]),
        quorum=Share(*kept["quorum"]),
        pass_basis=Basis.of(kept["pass_basis"]),
        passing=Share(*kept["passing"]),
        by_area=kept["by_area"],
    )


def _listed(share: Share) -> list[int | bool]:
    return [share.num, share.den, share.strict]
