"""Quorum and majority of every rule set, one below its threshold, at it, and one above."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app.errors import DomainError
from app.models import Basis, BodyKind, Matter
from app.services import vote_rules, voting, voting_options
from app.services.vote_rules import RuleView
from app.services.vote_thresholds import SHARES, Share, from_snapshot, snapshot
from app.services.voting import Count, Turnout
from app.storage.engine import Database
from tests.storage.offices import furnish

NOW, BEFORE = date(2026, 11, 21), date(2025, 12, 31)
ORDINARY, RECALL = Matter.ORDINARY, Matter.RECALL
AREA = 240_000_00
"""Of all owners, in 0.01 m²"""

Case = tuple[str, BodyKind, Matter, date, int, int, int, int]
# By hand from the articles: of so many members the least that must be there, and of so many
# present the least that must be for it.
TABLE: list[Case] = [
    ("CN-2025", BodyKind.ASSEMBLY, ORDINARY, NOW, 1000, 501, 501, 251),
    ("CN-2025", BodyKind.ASSEMBLY, RECALL, NOW, 1001, 501, 600, 301),
    ("CN-2025", BodyKind.REPRESENTATIVES, ORDINARY, NOW, 61, 41, 43, 22),
    ("CN-2025", BodyKind.REPRESENTATIVES, ORDINARY, NOW, 60, 40, 42, 22),
    ("CN-2025", BodyKind.REPRESENTATIVES, RECALL, NOW, 54, 37, 40, 21),
    ("CN-2018", BodyKind.ASSEMBLY, ORDINARY, BEFORE, 1000, 501, 700, 351),
    ("CN-2018", BodyKind.REPRESENTATIVES, ORDINARY, BEFORE, 61, 31, 33, 17),
    ("民法典278", BodyKind.OWNERS, Matter.OWNERS_GENERAL, NOW, 3000, 2000, 2100, 1051),
    ("民法典278", BodyKind.OWNERS, Matter.OWNERS_SPECIAL, NOW, 3000, 2000, 2100, 1575),
    ("支部条例", BodyKind.PARTY, ORDINARY, NOW, 61, 31, 40, 31),
    ("支部条例", BodyKind.PARTY, ORDINARY, NOW, 60, 30, 40, 31),
]
IDS = [
    f"{code}-{kind.name}-{matter.name}-{members}" for code, kind, matter, _, members, *_ in TABLE
]


@pytest.fixture
def rules(database: Database) -> Database:
    furnish(database, _seeded)
    return database


def _seeded(database: Database) -> None:
    with database.transaction("表决规则") as session:
        vote_rules.seed(session)


def _rule(database: Database, kind: BodyKind, matter: Matter, day: date) -> RuleView:
    with database.lookup() as lookup:
        return vote_rules.rule_for(lookup, kind, matter, day)


def _turnout(rule: RuleView, members: int, present: int) -> Turnout:
    """Owners with area in the same proportion."""
    if not rule.by_area:
        return Turnout(members, present)
    return Turnout(members, present, AREA, AREA * present // members)


def _count(rule: RuleView, yes: int, no: int, abstain: int, whole: int) -> Count:
    if not rule.by_area:
        return Count(yes, no, abstain)
    area = AREA * whole // 3000
    areas = [area * part // whole for part in (yes, no, abstain)]
    return Count(yes, no, abstain, 0, *areas)


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_a_meeting_is_valid_from_the_number_that_the_article_asks_for(
    rules: Database, case: Case
) -> None:
    code, kind, matter, day, members, least, *_ = case
    rule = _rule(rules, kind, matter, day)
    assert rule.code == code
    for present, valid in ((0, False), (1, False), (least - 1, False), (least, True)):
        verdict = voting.quorum(rule, _turnout(rule, members, present))
        assert verdict.ok is valid
        assert verdict.needed == least
    assert voting.quorum(rule, _turnout(rule, members, least + 1)).ok
    assert voting.quorum(rule, _turnout(rule, members, members)).ok


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_a_motion_passes_from_the_votes_that_the_article_asks_for(
    rules: Database, case: Case
) -> None:
    _, kind, matter, day, members, _, whole, least = case
    rule = _rule(rules, kind, matter, day)
    turnout = _turnout(rule, members, whole)
    for yes, passes in ((0, False), (1, False), (least - 1, False), (least, True)):
        count = _count(rule, yes, whole - yes, 0, whole)
        assert voting.outcome(rule, turnout, count).passed is passes
    more = _count(rule, least + 1, whole - least - 1, 0, whole)
    assert voting.outcome(rule, turnout, more).passed
    # Abstentions stay in the denominator: they count as no for does.
    abstained = _count(rule, least - 1, 0, whole - least + 1, whole)
    assert not voting.outcome(rule, turnout, abstained).passed
    assert not voting.outcome(rule, turnout, _count(rule, 0, 0, whole, whole)).passed
    half = whole // 2
    tie = _count(rule, half, half, whole - 2 * half, whole)
    assert not voting.outcome(rule, turnout, tie).passed


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_below_the_quorum_nothing_is_decided(rules: Database, case: Case) -> None:
    _, kind, matter, day, members, least, *_ = case
    rule = _rule(rules, kind, matter, day)
    turnout = _turnout(rule, members, least - 1)
    everybody = _count(rule, least - 1, 0, 0, least - 1)
    with pytest.raises(DomainError, match="还差 1 人"):
        voting.outcome(rule, turnout, everybody)


def test_every_set_that_the_program_brings_is_in_the_table(rules: Database) -> None:
    with rules.lookup() as lookup:
        deciding = {(r.code, r.kind, r.matter) for r in vote_rules.rules(lookup) if r.decides}
    assert deciding == {(code, kind, matter) for code, kind, matter, *_ in TABLE}


@pytest.mark.parametrize("share", SHARES, ids=lambda share: share.words)
def test_a_share_is_reached_exactly_where_the_fraction_is(share: Share) -> None:
    for whole in range(1, 62):
        asked = Fraction(share.num * whole, share.den)
        reached = [
            part
            for part in range(whole + 1)
            if not share.asked or part > asked or (part == asked and not share.strict)
        ]
        assert [part for part in range(whole + 1) if share.reached(part, whole)] == reached
        if reached:
            assert share.needed(whole) == reached[0]


def test_shares_are_named_as_the_law_names_them() -> None:
    assert [one.words for one in SHARES] == [
        *("不要求", "过半数", "半数以上", "三分之二以上", "超过三分之二", "四分之三以上"),
        *("五分之四以上", "全部"),
    ]


def test_the_result_is_told_in_words_with_its_integers(rules: Database) -> None:
    rule = _rule(rules, BodyKind.REPRESENTATIVES, ORDINARY, NOW)
    there = voting.quorum(rule, Turnout(61, 43))
    assert there.words == "居民代表会议应到 61 人，实到 43 人，达到三分之二（需 41 人），会议有效"
    assert there.proof == "43 × 3 = 129，不小于 61 × 2 = 122"
    short = voting.quorum(rule, Turnout(61, 40))
    assert short.words.endswith("实到 40 人，不到三分之二（需 41 人，还差 1 人），不能表决")
    assert short.proof == "40 × 3 = 120，小于 61 × 2 = 122"
    passed = voting.outcome(rule, Turnout(61, 43), Count(25, 10, 7, 1))
    assert passed.words == "赞成 25 票，超过到会 43 人的半数，通过"
    assert passed.proof == "25 × 2 = 50，大于 43"
    failed = voting.outcome(rule, Turnout(61, 43), Count(21, 20, 2))
    assert failed.words == "赞成 21 票，没有超过到会 43 人的半数（还差 1 票），未通过"
    assert failed.proof == "21 × 2 = 42，不大于 43"


def test_owners_need_people_and_area_on_their_own(rules: Database) -> None:
    rule = _rule(rules, BodyKind.OWNERS, Matter.OWNERS_GENERAL, NOW)
    few_metres = Turnout(3000, 2000, AREA, 160_000_00 - 1)
    assert not voting.quorum(rule, few_metres).ok
    assert "面积不到三分之二（需 2,000 人、160,000.00 ㎡，还差 0.01 ㎡）" in (
        voting.quorum(rule, few_metres).words
    )
    few_people = Turnout(3000, 1999, AREA, 160_000_00)
    assert "人数不到三分之二" in voting.quorum(rule, few_people).words
    there = Turnout(3000, 2000, AREA, 160_000_00)
    half = Count(1001, 999, 0, 0, 80_000_00, 80_000_00)
    assert voting.outcome(rule, there, half).words == (
        "赞成 1,001 票、80,000.00 ㎡，面积没有超过参加表决 2,000 人、160,000.00 ㎡的半数"
        "（还差 0.01 ㎡），未通过"
    )
    more = Count(1001, 999, 0, 0, 80_000_01, 79_999_99)
    assert voting.outcome(rule, there, more).passed
    big_owners = Count(1000, 1000, 0, 0, 150_000_00, 10_000_00)
    assert "人数没有超过" in voting.outcome(rule, there, big_owners).words


def test_who_did_not_vote_is_no_part_of_the_owners_vote(rules: Database) -> None:
    rule = _rule(rules, BodyKind.OWNERS, ORDINARY, NOW)
    assert rule.matter is Matter.OWNERS_GENERAL
    everybody = Turnout(3000, 3000, AREA, AREA)
    with pytest.raises(DomainError, match="参加表决 1,999 人"):
        voting.outcome(rule, everybody, _count(rule, 1999, 0, 0, 1999))
    verdict = voting.outcome(rule, everybody, _count(rule, 1001, 999, 0, 2000))
    assert verdict.passed
    assert verdict.needed == 1001


def test_a_consultation_has_no_quorum_and_yields_an_opinion(rules: Database) -> None:
    for kind in (BodyKind.CONSULTATION, BodyKind.BENCH, BodyKind.GROUP, BodyKind.JOINT):
        rule = _rule(rules, kind, ORDINARY, NOW)
        assert not rule.decides
        assert "第三十二条" in rule.article
        assert voting.quorum(rule, Turnout(9, 1)).words.endswith("形成意见，不作决定")
        for yes, no, agreed in ((1, 0, True), (3, 2, True), (2, 2, False), (0, 0, False)):
            verdict = voting.outcome(rule, Turnout(9, 5), Count(yes, no, 5 - yes - no))
            assert verdict.passed is agreed
            assert "协商意见" in verdict.words
            assert "通过" not in verdict.words
    assert "第三十二条" not in _rule(rules, BodyKind.BENCH, ORDINARY, BEFORE).article


def test_a_consultation_with_thresholds_of_its_own_still_decides_nothing(rules: Database) -> None:
    own = replace(
        _rule(rules, BodyKind.CONSULTATION, ORDINARY, NOW),
        quorum=Share(1, 2, strict=True),
        passing=Share(1, 2, strict=True),
    )
    with pytest.raises(DomainError, match="没有超过半数（需 5 人，还差 1 人）"):
        voting.outcome(own, Turnout(9, 4), Count(4, 0, 0))
    words = voting.outcome(own, Turnout(9, 5), Count(3, 2, 0)).words
    assert words == "赞成 3 票，超过到会 5 人的半数，形成协商意见"


def test_what_cannot_be_counted_is_refused(rules: Database) -> None:
    rule = _rule(rules, BodyKind.REPRESENTATIVES, ORDINARY, NOW)
    owners = _rule(rules, BodyKind.OWNERS, ORDINARY, NOW)
    with pytest.raises(DomainError, match="多于到会的 43 人"):
        voting.outcome(rule, Turnout(61, 43), Count(25, 10, 9))
    with pytest.raises(DomainError, match="负数"):
        Count(25, -1, 0)
    with pytest.raises(DomainError, match="负数"):
        Turnout(-1, 0)
    with pytest.raises(DomainError, match="多于应到的 61 人"):
        Turnout(61, 62)
    with pytest.raises(DomainError, match="多于总面积"):
        Turnout(5, 5, 100_00, 100_01)
    with pytest.raises(DomainError, match="应到人数是 0"):
        voting.quorum(rule, Turnout(0, 0))
    with pytest.raises(DomainError, match="专有面积合计是 0"):
        voting.quorum(owners, Turnout(5, 5))
    with pytest.raises(DomainError, match="没有人到会"):
        voting.outcome(rule, Turnout(61, 0), Count(0, 0, 0))
    with pytest.raises(DomainError, match="面积合计"):
        voting.outcome(owners, Turnout(5, 5, 700_00, 600_00), Count(5, 0, 0, 0, 600_01))
    with pytest.raises(DomainError, match="有票数却没有面积"):
        voting.outcome(owners, Turnout(5, 5, 700_00, 700_00), Count(3, 2, 0, 0, 700_00))


def test_the_sum_of_the_votes_is_checked_against_who_is_there(rules: Database) -> None:
    rule = _rule(rules, BodyKind.REPRESENTATIVES, ORDINARY, NOW)
    there = Turnout(61, 43)
    assert voting.sums(rule, there, Count(25, 10, 7, 1)) == (
        True,
        "25 + 10 + 7 + 1 = 43，与到会人数相等",
    )
    assert voting.sums(rule, there, Count(25, 10, 7)) == (
        False,
        "25 + 10 + 7 + 0 = 42，比到会的 43 人少 1",
    )
    assert voting.sums(rule, there, Count(25, 10, 9)) == (
        False,
        "25 + 10 + 9 + 0 = 44，比到会的 43 人多 1",
    )
    recall = _rule(rules, BodyKind.REPRESENTATIVES, RECALL, NOW)
    assert voting.sums(recall, Turnout(54, 54), Count(30, 10, 0))[0]


def test_households_are_counted_as_households(rules: Database) -> None:
    rule = replace(_rule(rules, BodyKind.ASSEMBLY, ORDINARY, NOW), basis=Basis.HOUSEHOLDS)
    assert voting.quorum(rule, Turnout(400, 201)).words == (
        "居民会议应到各户的代表 400 户，实到 201 户，超过半数（需 201 户），会议有效"
    )


def test_of_several_plans_the_one_with_the_majority_is_chosen(rules: Database) -> None:
    rule = _rule(rules, BodyKind.REPRESENTATIVES, ORDINARY, NOW)
    there = Turnout(61, 43)
    chosen = voting_options.choose(rule, there, [12, 22], 9)
    assert chosen.place == 2
    assert chosen.words == "方案 2 得 22 票，超过到会 43 人的半数，选定"
    for votes in ([21, 20], [20, 20], [0, 0], [15, 14, 13]):
        assert voting_options.choose(rule, there, votes, 0).place is None
    with pytest.raises(DomainError, match="多于到会"):
        voting_options.choose(rule, there, [30, 14], 0)
    with pytest.raises(DomainError, match="两个方案"):
        voting_options.choose(rule, there, [30])
    with pytest.raises(DomainError, match="还差"):
        voting_options.choose(rule, Turnout(61, 40), [30, 10])
    owners = _rule(rules, BodyKind.OWNERS, ORDINARY, NOW)
    with pytest.raises(DomainError, match="双轨"):
        voting_options.choose(owners, Turnout(5, 5, 1, 1), [3, 2])
    opinion = _rule(rules, BodyKind.BENCH, ORDINARY, NOW)
    assert voting_options.choose(opinion, Turnout(9, 5), [2, 1], 2).place == 1
    assert voting_options.choose(opinion, Turnout(9, 5), [2, 2], 1).place is None


def test_a_vote_keeps_the_thresholds_of_its_day(rules: Database) -> None:
    rule = _rule(rules, BodyKind.OWNERS, Matter.OWNERS_SPECIAL, NOW)
    kept = from_snapshot(snapshot(rule))
    there = Turnout(3000, 2100, AREA, 168_000_00)
    for yes in (1574, 1575):
        count = _count(rule, yes, 2100 - yes, 0, 2100)
        assert voting.outcome(kept, there, count) == voting.outcome(rule, there, count)
