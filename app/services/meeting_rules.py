"""By which rule a meeting is held and votes: that of its body on its day."""

from dataclasses import replace

from app.models import BodyKind, Matter
from app.services import vote_rules
from app.services.meeting_views import MeetingRow
from app.services.vote_rules import RuleView
from app.storage.lookup import Source, Sql, lookup_of, query


def rule_of(source: Source, it: MeetingRow, matter: Matter = Matter.ORDINARY) -> RuleView:
    """The rule for a matter at this meeting; raises DomainError for a day before any rule."""
    asked = query("rule_code", "body", [Sql("id = ?", (it.body_id,))])
    code = lookup_of(source).value(asked)
    rule = vote_rules.rule_for(source, it.kind, matter, it.on_date, code)
    if it.kind is BodyKind.ASSEMBLY and it.basis is not None:
        # 27: all residents over 18, or one of each household.
        return replace(rule, basis=it.basis)
    return rule
