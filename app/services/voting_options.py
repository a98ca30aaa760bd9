"""Choosing one of several plans (选方案): everybody names one, the majority is that of the rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import DomainError
from app.services import voting, voting_words
from app.services.vote_thresholds import Thresholds
from app.services.voting import Count, Turnout

_LEAST = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """The plan that has the majority, by its place from 1; None where none has."""

    place: int | None
    words: str
    proof: str


def choose(rule: Thresholds, turnout: Turnout, votes: Sequence[int], others: int = 0) -> Chosen:
    """Which plan is chosen; `others` abstained, are invalid or were not cast.

    A tie of the first two chooses none. Raises DomainError as `voting.outcome`, for fewer than two
    plans, and where areas count: then each plan is voted on by itself.
    """
    if rule.by_area:
        raise DomainError("按人数和面积双轨表决，一次只能表决一个方案，请逐个方案表决。")
    if len(votes) < _LEAST:
        raise DomainError("至少要有两个方案才能选。请补上方案，或按一个方案表决。")
    if min(votes) < 0:
        raise DomainError("票数不能是负数，请核对。")
    part = voting.valid_turnout(rule, turnout, Count(sum(votes), 0, others))
    best, second = sorted(votes, reverse=True)[:_LEAST]
    if best == second:
        return Chosen(None, f"得票最多的方案同为 {best:,} 票，没有选定", f"{best:,} = {second:,}")
    return _of_best(rule, part, list(votes).index(best) + 1, best, second)


def _of_best(rule: Thresholds, part: Turnout, place: int, best: int, second: int) -> Chosen:
    if not rule.passing.asked:
        words = f"方案 {place} 得 {best:,} 票，最多，作为协商意见"
        return Chosen(place, words, f"{best:,}，大于 {second:,}")
    whole = voting.denominators(rule, part)
    missing = max(0, rule.passing.needed(whole[0]) - best)
    told = voting_words.share_words(rule, whole, (missing, 0))
    end = "没有选定" if missing else "选定"
    words = f"方案 {place} 得 {best:,} 票，{told}，{end}"
    return Chosen(None if missing else place, words, rule.passing.proof(best, whole[0]))
