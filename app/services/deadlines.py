"""Deadlines of requests in working days: the rule in force on the day, and the presets.

No current figures of Dalian were found (domain-law.md 6.2): the reference is another city's, the
old "2·20" of 2015 is offered beside it, and the office enters what its street asks for.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import DeadlineRule, DeadlineStep
from app.values.tables import read_table

REFERENCE = "reference"


def seed(session: Session, *, today: date) -> None:
    """The reference values of resources/data/deadline_rules.csv, at the creation of an office."""
    if session.scalar(select(DeadlineRule.id).limit(1)) is not None:
        return
    for row in read_table("deadline_rules"):
        if row["preset"] == REFERENCE:
            session.add(
                DeadlineRule(
                    step=DeadlineStep.of(row["step"]),
                    working_days=int(row["working_days"]),
                    since=today,
                    source=row["source"],
                )
            )
    session.flush()
