"""Quorum and majority in exact integers, each told in words with its proof; nothing is read here.

过半数: 2n > N; 三分之二以上: 3n >= 2N; 超过三分之二: 3n > 2N (民法典 1259: 以上 holds the number
itself, 超过 does not). An abstention stays in the denominator, a tie is not passed, observers are
in no count (domain-law.md 1.3). Of owners people and area are counted apart, and both have to
reach the threshold (民法典 278). Areas are 0.01 m².
"""

from dataclasses import dataclass

from app.errors import DomainError
from app.models import Basis
from app.services import voting_words
from app.services.vote_thresholds import Share, Thresholds
from app.values.areas import plain_metres, square_metres


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who should be there and who is; of owners, with the area that is theirs."""

    members: int
    present: int
    area_members: int = 0
    area_present: int = 0

    def __post_init__(self) -> None:
        if min(self.members, self.present, self.area_members, self.area_present) < 0:
            raise DomainError("人数和面积不能是负数，请核对。")
        if self.present > self.members:
            raise DomainError(
                f"实到 {self.present:,} 人，多于应到的 {self.members:,} 人，请核对签到和成员名册。"
            )
        if self.area_present > self.area_members:
            raise DomainError(
                f"参加的面积 {square_metres(self.area_present)}，"
                f"多于总面积 {square_metres(self.area_members)}，请核对业主的面积。"
            )


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted; `invalid` are votes that say nothing, or in a meeting were not cast."""

    yes: int
    no: int
    abstain: int
    invalid: int = 0
    area_yes: int = 0
    area_no: int = 0
    area_abstain: int = 0
    area_invalid: int = 0

    def __post_init__(self) -> None:
        if min(*self.people, *self.areas) < 0:
            raise DomainError("票数不能是负数，请核对。")

    @property
    def people(self) -> tuple[int, int, int, int]:
        return self.yes, self.no, self.abstain, self.invalid

    @property
    def areas(self) -> tuple[int, int, int, int]:
        return self.area_yes, self.area_no, self.area_abstain, self.area_invalid

    @property
    def total(self) -> int:
        return sum(self.people)

    @property
    def area_total(self) -> int:
        return sum(self.areas)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a threshold is reached: the sentence, the integers under it, how many it takes."""

    ok: bool
    words: str
    proof: str
    needed: int

    @property
    def passed(self) -> bool:
        return self.ok


def needed(rule: Thresholds, turnout: Turnout) -> tuple[int, int]:
    """The least number of people, and of area, with which a meeting is valid; 0 where none."""
    area = rule.quorum.needed(turnout.area_members) if rule.by_area else 0
    return rule.quorum.needed(turnout.members), area


def quorum(rule: Thresholds, turnout: Turnout) -> Verdict:
    """Whether a meeting is valid; raises DomainError where nobody, or no area, is to be counted."""
    told = voting_words.turnout_words(
        rule, turnout.members, turnout.present, turnout.area_members, turnout.area_present
    )
    if not rule.quorum.asked:
        return Verdict(True, f"{told}；{voting_words.no_quorum_words(rule)}", "", 0)
    _check_whole(rule, turnout)
    people, area = needed(rule, turnout)
    missing = _missing(rule, (turnout.present, turnout.area_present), (people, area))
    words = voting_words.quorum_words(rule, (people, area), missing)
    proof = _proof(
        rule,
        rule.quorum,
        (turnout.present, turnout.area_present),
        (turnout.members, turnout.area_members),
    )
    return Verdict(not any(missing), f"{told}，{words}", proof, people)


def took_part(rule: Thresholds, turnout: Turnout, count: Count) -> Turnout:
    """The turnout of a vote: everybody present, or where votes are the whole, who cast one."""
    if rule.pass_basis is not Basis.VOTING:
        return turnout
    return Turnout(turnout.members, count.total, turnout.area_members, count.area_total)


def sums(rule: Thresholds, turnout: Turnout, count: Count) -> tuple[bool, str]:
    """Whether the votes agree with who is there, in words: 20 + 9 + 3 + 1 = 33，与到会人数相等."""
    added = f"{' + '.join(f'{one:,}' for one in count.people)} = {count.total:,}"
    missing = turnout.present - count.total
    if missing < 0:
        return False, f"{added}，比到会的 {turnout.present:,} 人多 {-missing:,}"
    if missing == 0:
        return True, f"{added}，与到会人数相等"
    if rule.pass_basis is Basis.VOTING:
        return True, f"{added}，另有 {missing:,} 人没有参加表决"
    return False, f"{added}，比到会的 {turnout.present:,} 人少 {missing:,}"


def outcome(rule: Thresholds, turnout: Turnout, count: Count) -> Verdict:
    """Whether what was voted on has passed.

    Raises DomainError for more votes than people or than their area, and without a quorum.
    """
    part = valid_turnout(rule, turnout, count)
    if not rule.passing.asked:
        more_for = count.yes > count.no
        words = voting_words.leaning_words(count.people, more_for=more_for)
        how = "大于" if more_for else "不大于"
        return Verdict(more_for, words, f"{count.yes:,}，{how} {count.no:,}", count.no + 1)
    yes, whole = (count.yes, count.area_yes), denominators(rule, part)
    asked = rule.passing.needed(whole[0]), rule.passing.needed(whole[1]) if rule.by_area else 0
    missing = _missing(rule, yes, asked)
    words = voting_words.outcome_words(rule, yes, whole, missing)
    return Verdict(not any(missing), words, _proof(rule, rule.passing, yes, whole), asked[0])


def valid_turnout(rule: Thresholds, turnout: Turnout, count: Count) -> Turnout:
    """Of what a vote is counted; raises DomainError for votes that cannot be, or without quorum."""
    _check_votes(rule, turnout, count)
    part = took_part(rule, turnout, count)
    valid = quorum(rule, part)
    if not valid.ok:
        raise DomainError(f"{valid.words}。")
    return part


def denominators(rule: Thresholds, part: Turnout) -> tuple[int, int]:
    """The people and the area that a majority is a part of."""
    if rule.pass_basis in (Basis.PRESENT, Basis.VOTING):
        return part.present, part.area_present
    return part.members, part.area_members


def _missing(rule: Thresholds, there: tuple[int, int], asked: tuple[int, int]) -> tuple[int, int]:
    area = max(0, asked[1] - there[1]) if rule.by_area else 0
    return max(0, asked[0] - there[0]), area


def _proof(rule: Thresholds, share: Share, part: tuple[int, int], whole: tuple[int, int]) -> str:
    """43 × 3 = 129，不小于 61 × 2 = 122; on two tracks that of the area beside it."""
    heads = share.proof(part[0], whole[0])
    if not rule.by_area:
        return heads
    return f"人数 {heads}；面积 {share.proof(part[1], whole[1], plain_metres)}"


def _check_whole(rule: Thresholds, turnout: Turnout) -> None:
    name = rule.kind.label
    if not turnout.members:
        raise DomainError(f"{name}的应到人数是 0，不能计算法定人数。请先登记成员。")
    if rule.by_area and not turnout.area_members:
        raise DomainError(f"{name}的专有面积合计是 0，不能按面积计票。请先登记业主的面积。")


def _check_votes(rule: Thresholds, turnout: Turnout, count: Count) -> None:
    if not turnout.present:
        raise DomainError("还没有人到会，不能表决。请先签到。")
    if count.total > turnout.present:
        raise DomainError(
            f"票数合计 {count.total:,} 票，多于到会的 {turnout.present:,} 人，请重新清点。"
        )
    if not rule.by_area:
        return
    if count.area_total > turnout.area_present:
        raise DomainError(
            f"票的面积合计 {square_metres(count.area_total)}，"
            f"多于到会业主的 {square_metres(turnout.area_present)}，请重新清点。"
        )
    if any(
        bool(heads) != bool(area) for heads, area in zip(count.people, count.areas, strict=True)
    ):
        raise DomainError("有票数却没有面积，或有面积却没有票数，请核对：每位业主都有专有面积。")
