"""Who is to be visited how often: rules by group and risk, each in force from a day on."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Tag, VisitRule, VisitRuleTag
from app.models.visits import Risk
from app.values.tables import read_table


def seed(session: Session, *, today: date) -> None:
    """The rules of resources/data/visit_rules.csv, at the creation of an office."""
    if session.scalar(select(VisitRule.id).limit(1)) is not None:
        return
    tags = {name: key for key, name in session.execute(select(Tag.id, Tag.name))}
    for position, row in enumerate(read_table("visit_rules")):
        rule = VisitRule(
            name=row["name"],
            risk=Risk.of(row["risk"]),
            days=int(row["days"]),
            from_age=int(row["from_age"]) if row["from_age"] else None,
            since=today,
            source=row["source"],
            position=position,
        )
        session.add(rule)
        session.flush()
        named = [name for name in row["tags"].split() if name in tags]
        session.add_all(VisitRuleTag(rule_id=rule.id, tag_id=tags[name]) for name in named)
    session.flush()
