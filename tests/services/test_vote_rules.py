"""Which rule holds on which day; sets of the office, and what of them may be changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import Basis, BodyKind, Matter
from app.services import vote_rule_sets, vote_rules
from app.services.vote_rule_sets import SetInput
from app.services.vote_rules import RuleView
from app.services.vote_thresholds import Share
from app.storage.engine import Database
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor
from tests.services.meeting_stage import Stage, stage_on

HALF = Share(1, 2, strict=True)
FORUM = SetInput(
    name="协商会议事规则",
    kind=BodyKind.CONSULTATION,
    quorum=HALF,
    passing=HALF,
    notice_days=2,
    article="望海社区协商议事制度第五条",
)


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _for(
    stage: Stage,
    kind: BodyKind,
    day: date,
    code: str | None = None,
    matter: Matter = Matter.ORDINARY,
) -> RuleView:
    found: RuleView = stage.look(vote_rules.rule_for, kind, matter, day, code)
    return found


def test_the_day_of_the_meeting_chooses_the_act(stage: Stage) -> None:
    old = _for(stage, BodyKind.REPRESENTATIVES, date(2025, 12, 31))
    new = _for(stage, BodyKind.REPRESENTATIVES, date(2026, 1, 1))
    assert (old.code, old.quorum.words) == ("CN-2018", "过半数")
    assert (new.code, new.quorum.words) == ("CN-2025", "三分之二以上")
    assert (new.cadence_months, new.share) == (6, Share(4, 5))
    assert new.party_first
    assert new.delegated
    assert not old.party_first
    with pytest.raises(DomainError, match="2020-12-31 还没有业主大会的表决规则"):
        _for(stage, BodyKind.OWNERS, date(2020, 12, 31))


def test_every_rule_of_the_law_names_its_article(stage: Stage) -> None:
    for rule in stage.look(vote_rules.rules):
        assert rule.shipped
        assert rule.article
        assert rule.article_words
    assembly = _for(stage, BodyKind.ASSEMBLY, stage.today)
    assert (assembly.notice_days, assembly.at_once, assembly.notice_by_law) == (10, True, True)
    owners = _for(stage, BodyKind.OWNERS, stage.today)
    assert (owners.notice_days, owners.tell_committee, owners.proxies) == (15, True, 999)


def test_every_kind_of_body_has_a_rule_and_representatives_have_no_proxies(stage: Stage) -> None:
    for kind in BodyKind:
        rule = _for(stage, kind, stage.today)
        assert rule.proxies == (vote_rules.NO_CAP if kind is BodyKind.OWNERS else 0)


def test_a_recall_goes_by_its_own_thresholds_where_there_are_any(stage: Stage) -> None:
    recall = _for(stage, BodyKind.REPRESENTATIVES, stage.today, matter=Matter.RECALL)
    assert (recall.basis, recall.quorum.words) == (Basis.REPRESENTATIVES, "超过三分之二")
    bench = _for(stage, BodyKind.BENCH, stage.today, matter=Matter.RECALL)
    assert bench.matter is Matter.ORDINARY


@pytest.mark.parametrize("kind", [BodyKind.ASSEMBLY, BodyKind.REPRESENTATIVES])
def test_a_recall_is_demanded_by_residents_or_by_representatives(
    stage: Stage, kind: BodyKind
) -> None:
    # 居委会组织法 20: whichever of them chose the committee.
    recall = _for(stage, kind, stage.today, matter=Matter.RECALL)
    assert "十分之一以上有选举权的居民或者户的代表" in recall.call_words
    assert "三分之一以上的居民代表" in recall.call_words


def test_an_office_that_has_its_rules_is_left_alone(stage: Stage) -> None:
    before = len(stage.look(vote_rules.rules))
    stage.do(vote_rules.seed)
    assert len(stage.look(vote_rules.rules)) == before


def test_a_set_of_the_office_holds_for_whoever_chose_it(stage: Stage) -> None:
    key = stage.do(vote_rule_sets.add, FORUM, since=date(2026, 3, 1))
    code = stage.look(vote_rules.rule, key).code
    own = _for(stage, BodyKind.CONSULTATION, stage.today, code)
    assert (own.id, own.quorum, own.notice_days, own.decides) == (key, HALF, 2, False)
    assert _for(stage, BodyKind.CONSULTATION, stage.today).code == "协商"
    # Before it began, and for another kind of body, what the program brought holds.
    assert _for(stage, BodyKind.CONSULTATION, date(2026, 2, 28), code).code == "协商"
    assert _for(stage, BodyKind.BENCH, stage.today, code).code == "协商"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": BodyKind.REPRESENTATIVES}, "不能另定"),
        ({"kind": BodyKind.OWNERS}, "不能另定"),
        ({"decides": True}, "只形成意见"),
        ({"kind": BodyKind.COMMITTEE, "decides": True, "passing": Share()}, "要有通过的比例"),
        ({"name": " "}, "起个名称"),
        ({"article": ""}, "依据"),
        ({"quorum": Share(3, 2)}, "从列表里选"),
        ({"pass_basis": Basis.OWNERS}, "到会、参加表决或应到"),
        ({"notice_days": -1}, "0 到 60"),
        ({"cadence_months": 25}, "0 到 24"),
        ({"proxies": 11}, "0 到 10"),
    ],
)
def test_a_set_that_the_law_does_not_leave_open_is_refused(
    stage: Stage, wrong: dict[str, object], words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        stage.do(vote_rule_sets.add, replace(FORUM, **wrong), since=stage.today)  # type: ignore[arg-type]  # its own fields


def test_two_sets_of_one_name_are_refused(stage: Stage) -> None:
    first = stage.do(vote_rule_sets.add, FORUM, since=stage.today)
    with pytest.raises(DomainError, match="已经有“协商会议事规则”"):
        stage.do(vote_rule_sets.add, FORUM, since=stage.today)
    # One that has ended leaves its name free.
    later = stage.today + timedelta(days=30)
    stage.do(vote_rule_sets.end, first, from_day=later, version=1)
    second = stage.do(vote_rule_sets.add, FORUM, since=later)
    codes = {stage.look(vote_rules.rule, key).code for key in (first, second)}
    assert len(codes) == 2


def _vote_by(stage: Stage, rule_id: int) -> None:
    """Past the services: a vote of today by a rule."""
    meeting = f"(1, {stage.forum}, 1, '会', '2026-11-21', 840, 'running', '', 1)"
    stage.tamper(
        "INSERT INTO meeting (id, body_id, number, title, on_date, starts, state, entered_by,"
        f" version) VALUES {meeting}"
    )
    stage.tamper(
        "INSERT INTO agenda_item (id, meeting_id, place, kind, title, matter, added_there, state,"
        " version) VALUES (1, 1, 1, 'decide_item', '灯', 'ordinary_matter', 0, 'item_now', 1)"
    )
    zeros = "abstain, invalid, area_members, area_voters, area_yes, area_no, area_abstain"
    stage.tamper(
        f"INSERT INTO vote (agenda_item_id, way, vote_rule_id, rule, members, voters, yes, no,"
        f" {zeros}, area_invalid, passed, words, proof, announced_at, entered_by)"
        f" VALUES (1, 'hands', {rule_id}, '{{}}', 9, 5, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, '', '',"
        " '2026-11-21 09:30:00', '')"
    )


def test_a_set_that_was_voted_by_stays_and_another_begins(stage: Stage) -> None:
    key = stage.do(vote_rule_sets.add, FORUM, since=date(2026, 3, 1))
    _vote_by(stage, key)
    stricter = replace(FORUM, quorum=Share(2, 3))
    with pytest.raises(DomainError, match="最早从 2026-11-22 起改"):
        stage.do(vote_rule_sets.change, key, stricter, since=stage.today, version=1)
    with pytest.raises(DomainError, match="用过的规则不能改"):
        stage.do(vote_rule_sets.end, key, from_day=stage.today, version=1)
    tomorrow = stage.look(vote_rule_sets.earliest, key, stage.today)
    assert tomorrow == stage.today + timedelta(days=1)
    after = stage.do(vote_rule_sets.change, key, stricter, since=tomorrow, version=1)
    code = stage.look(vote_rules.rule, key).code
    assert _for(stage, BodyKind.CONSULTATION, stage.today, code).quorum == HALF
    assert _for(stage, BodyKind.CONSULTATION, tomorrow, code).quorum == Share(2, 3)
    stage.do(vote_rule_sets.end, after, from_day=date(2027, 1, 1), version=1)
    assert _for(stage, BodyKind.CONSULTATION, date(2027, 1, 1), code).code == "协商"


def test_a_set_that_nobody_voted_by_is_put_right_in_its_place(stage: Stage) -> None:
    key = stage.do(vote_rule_sets.add, FORUM, since=date(2026, 3, 1))
    entered, version = stage.look(vote_rule_sets.input_of, key)
    assert entered == FORUM
    again = stage.do(
        vote_rule_sets.change,
        key,
        replace(entered, notice_days=5),
        since=date(2026, 3, 1),
        version=version,
    )
    assert again == key
    assert stage.look(vote_rules.rule, key).notice_days == 5
    with pytest.raises(ChangedMeanwhile):
        stage.do(vote_rule_sets.change, key, entered, since=date(2026, 3, 1), version=version)
    other = replace(entered, kind=BodyKind.BENCH)
    with pytest.raises(DomainError, match="另加一条"):
        stage.do(vote_rule_sets.change, key, other, since=date(2026, 3, 1), version=version + 1)


def test_what_the_law_says_is_not_edited_but_days_that_it_does_not_name_are(stage: Stage) -> None:
    law = _for(stage, BodyKind.REPRESENTATIVES, stage.today)
    with pytest.raises(DomainError, match="法律的规定"):
        stage.do(vote_rule_sets.change, law.id, FORUM, since=stage.today, version=law.version)
    with pytest.raises(DomainError, match="法律的规定"):
        stage.do(vote_rule_sets.end, law.id, from_day=stage.today, version=law.version)
    stage.do(vote_rule_sets.set_notice_days, law.id, 5, version=law.version)
    assert _for(stage, BodyKind.REPRESENTATIVES, stage.today).notice_days == 5
    assembly = _for(stage, BodyKind.ASSEMBLY, stage.today)
    with pytest.raises(DomainError, match="由法律规定"):
        stage.do(vote_rule_sets.set_notice_days, assembly.id, 3, version=assembly.version)


def test_rules_are_changed_by_whoever_edits_the_office(stage: Stage) -> None:
    member = Actor("刘芳", GRID_MEMBER, DEFAULTS[GRID_MEMBER])
    with pytest.raises(NotAllowed):
        stage.do(vote_rule_sets.add, FORUM, since=stage.today, by=member)
