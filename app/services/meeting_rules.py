"""By which rule a meeting is held and votes, and how many that wants there."""

from dataclasses import replace

from app.models import BodyKind, Matter
from app.services import vote_rules
from app.services.electorate import Electorate
from app.services.meeting_views import MeetingRow
from app.services.vote_rules import RuleView
from app.services.voting_words import people
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.areas import square_metres


def rule_of(source: Source, it: MeetingRow, matter: Matter = Matter.ORDINARY) -> RuleView:
    """The rule for a matter at this meeting; raises DomainError for a day before any rule."""
    asked = query("rule_code", "body", [Sql("id = ?", (it.body_id,))])
    code = lookup_of(source).value(asked)
    rule = vote_rules.rule_for(source, it.kind, matter, it.on_date, code)
    if it.kind is BodyKind.ASSEMBLY and it.basis is not None:
        # 27: all residents over 18, or one of each household.
        return replace(rule, basis=it.basis)
    return rule


def expected_words(rule: RuleView, whole: Electorate) -> str:
    """应到 61 人，到会 41 人（三分之二以上）会议有效; of owners the area, too (民法典 278)."""
    should = f"应到 {people(rule, whole.people)}"
    if not rule.quorum.asked:
        return f"{should}，没有法定人数"
    least, part = people(rule, rule.quorum.needed(whole.people)), rule.quorum.words
    if not rule.by_area:
        return f"{should}，到会 {least}（{part}）会议有效"
    area = square_metres(rule.quorum.needed(whole.area))
    return f"{should}，参与表决 {least}、面积 {area}（都{part}）才有效"
