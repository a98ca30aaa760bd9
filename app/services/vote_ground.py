"""What a vote stands on: its item, the rule of the day, who is there; and whether it may be."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from app.errors import DomainError
from app.models import Basis, ItemKind, Matter, MeetingState, VoteWay
from app.services import (
    meeting_checks,
    meeting_rules,
    meeting_views,
    motions,
    turnouts,
    voting,
    voting_options,
)
from app.services.meeting_views import MeetingRow
from app.services.turnouts import MeetingTurnout
from app.services.vote_rules import RuleView
from app.services.vote_thresholds import Share
from app.services.voting import Count, Turnout, Verdict
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query
from app.values.text import tidy


@dataclass(frozen=True, slots=True)
class Option:
    """One of several plans with the votes for it."""

    words: str
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteInput:
    """What was counted; with `options` the plans in place of 赞成 and 反对.

    `request_key`: made by the window once, so that a second press of the key posts nothing.
    `seen`: how many results of the item it shows; where another desk announced one, it is refused.
    """

    way: VoteWay
    count: Count
    motion_id: int | None = None
    options: tuple[Option, ...] = ()
    issued: int | None = None
    returned: int | None = None
    request_key: str | None = None
    seen: int | None = None

    @property
    def total(self) -> int:
        """All votes that were counted."""
        return self.count.total + sum(one.votes for one in self.options)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a vote stands on: its meeting, its rule, and whom it is counted against."""

    meeting: MeetingRow
    rule: RuleView
    here: MeetingTurnout
    part: Turnout
    motion_id: int | None


class Item(NamedTuple):
    """What of an item decides how it is voted on."""

    id: int
    meeting_id: int
    kind: ItemKind
    matter: Matter
    added_there: bool


def item_of(source: Source, item_id: int) -> Item:
    """Raises DomainError where it is gone."""
    columns = "meeting_id, kind, matter, added_there"
    mine = [Sql("id = ?", (item_id,))]
    found = next(lookup_of(source).rows(query(columns, "agenda_item", mine)), None)
    if found is None:
        raise DomainError("这一项已经不在议程上了，请刷新后再看。")
    meeting_id, kind, matter, added = found
    return Item(item_id, meeting_id, ItemKind.of(kind), Matter.of(matter), bool(added))


def ground_of(source: Source, item: Item, entered: VoteInput) -> Ground:
    """Rule, turnout and whole of a vote, as of now."""
    lookup = lookup_of(source)
    row = meeting_views.meeting(lookup, item.meeting_id)
    rule = meeting_rules.rule_of(lookup, row, item.matter)
    if entered.motion_id is None and item.kind is not ItemKind.DECIDE:
        # Talked over, not decided: how people lean, whatever body it is (32).
        rule = replace(rule, decides=False, quorum=Share(), passing=Share(), by_area=False)
    here = turnouts.turnout(lookup, row.id, item.matter)
    return Ground(row, rule, here, _part(lookup, row, rule, here, entered), entered.motion_id)


def _part(
    lookup: Lookup, row: MeetingRow, rule: RuleView, here: MeetingTurnout, entered: VoteInput
) -> Turnout:
    if rule.pass_basis is Basis.VOTING:
        # Ballots on paper come from people who need not be there.
        members, area = turnouts.expected(lookup, row, rule)
        return Turnout(members, members, area, area)
    counted = here.turnout
    if _by_household(rule, entered) and not rule.decides:
        return Turnout(counted.members, min(counted.present, entered.total))
    return counted


def sums(ground: Ground, entered: VoteInput) -> tuple[bool, str]:
    """Whether the figures agree with who is there, and the sum in words."""
    count = entered.count
    if entered.options:
        yes = sum(one.votes for one in entered.options)
        count = Count(yes, 0, count.abstain, count.invalid)
    return voting.sums(ground.rule, ground.part, count)


def _by_household(rule: RuleView, entered: VoteInput) -> bool:
    """One vote for each household, where those who are there were counted by heads."""
    return entered.way is VoteWay.HOUSEHOLD and rule.basis is not Basis.HOUSEHOLDS


def check_way(ground: Ground, entered: VoteInput) -> None:
    """Raise DomainError for a way of voting that the rule of the meeting does not know."""
    if ground.rule.decides and _by_household(ground.rule, entered):
        raise DomainError(
            f"{ground.rule.kind.label}按{ground.rule.basis.label}一人一票，不能按户表决"
            f"（{ground.rule.article}）。请选举手或票决。"
        )


def check_may(source: Source, item: Item, ground: Ground) -> None:
    """Raise DomainError where nothing may be announced, whatever the figures."""
    row, rule = ground.meeting, ground.rule
    if row.state is not MeetingState.RUNNING:
        raise DomainError("会议没有在进行，不能表决。")
    if ground.motion_id is not None:
        motions.check_open(source, ground.motion_id, item.id)
    if not rule.decides:
        return
    if ground.motion_id is None and item.added_there:
        raise DomainError(
            "这一项没有列入已经通知的议程，这次会上可以议，不能作决定。请列入下次会议的议程。"
        )
    if rule.pass_basis is not Basis.VOTING and not ground.here.ok:
        raise DomainError(f"{ground.here.trouble or ground.here.verdict.words}。")
    if ground.motion_id is not None:
        return
    for asked in meeting_checks.before_deciding(row, rule):
        if not asked.done:
            raise DomainError(f"“{asked.name}”还没有记：{asked.words}（{asked.article}）。")


def verdict_of(ground: Ground, entered: VoteInput) -> Verdict:
    """The result; raises DomainError for figures that cannot be."""
    if not entered.options:
        return voting.outcome(ground.rule, ground.part, entered.count)
    _check_plans([tidy(one.words) for one in entered.options])
    others = entered.count.abstain + entered.count.invalid
    figures = [one.votes for one in entered.options]
    chosen = voting_options.choose(ground.rule, ground.part, figures, others)
    return Verdict(chosen.place is not None, chosen.words, chosen.proof, 0)


def _check_plans(named: list[str]) -> None:
    """Raise DomainError where nobody could say for which plan a vote is."""
    if not all(named):
        raise DomainError("每个方案都要写上名称，才知道选的是哪一个。")
    twice = next((one for one in named if named.count(one) > 1), None)
    if twice is not None:
        raise DomainError(f"方案“{twice[:20]}”写了两次，请合成一个，或写清有什么不同。")
