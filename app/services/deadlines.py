"""Deadlines of requests in working days: the rule in force on the day, and the presets.

No current figures of Dalian were found (domain-law.md 6.2): the reference is another city's, the
old "2·20" of 2015 is offered beside it, and the office enters what its street asks for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import DeadlineRule, DeadlineStep
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.tables import read_table
from app.values.text import tidy

REFERENCE = "reference"
PRESETS = {
    REFERENCE: "参考值：签收 1、咨询 2、其他 5 个工作日（唐山市12345条例）",
    "dalian2015": "“2·20”：咨询 2、其他 20 个工作日（大连 12345，2015 年旧口径）",
}
"""By its key in resources/data/deadline_rules.csv, what a preset is called."""
_MOST_DAYS = 250
_LONGEST_SOURCE = 120


@dataclass(frozen=True, slots=True)
class RuleView:
    """So many working days for a step from a day on; `until` is the last day it was in force."""

    id: int
    step: DeadlineStep
    working_days: int
    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules at one moment, each step's in the order in which they began."""

    by_step: dict[DeadlineStep, tuple[RuleView, ...]]

    def days(self, step: DeadlineStep, on: date) -> int:
        """Working days in force on a day; before the first rule, those of the first."""
        known = self.by_step[step]
        begun = [rule for rule in known if rule.since <= on]
        return (begun[-1] if begun else known[0]).working_days


def load(source: Source) -> Rules:
    """The rules as they stand now."""
    found: dict[DeadlineStep, list[RuleView]] = {step: [] for step in DeadlineStep}
    for rule in rules(source):
        found[rule.step].append(rule)
    return Rules({step: tuple(some) or (_fallback(step),) for step, some in found.items()})


def rules(source: Source) -> list[RuleView]:
    """Every rule, by step and then from the first to the last."""
    wanted = query(
        "id, step, working_days, since, source",
        "deadline_rule",
        [Sql("deleted_at IS NULL")],
        "ORDER BY since, id",
    )
    found: dict[DeadlineStep, list[RuleView]] = {step: [] for step in DeadlineStep}
    for key, name, days, since, words in lookup_of(source).rows(wanted):
        step = DeadlineStep.of(name)
        found[step].append(RuleView(key, step, days, date.fromisoformat(since), None, words or ""))
    return [rule for some in found.values() for rule in _with_ends(some)]


def in_force(source: Source, day: date) -> dict[DeadlineStep, RuleView]:
    """By step the rule that holds on a day."""
    found: dict[DeadlineStep, RuleView] = {}
    for rule in rules(source):
        if rule.since <= day or rule.step not in found:
            found[rule.step] = rule
    return found


def change(
    session: Session, step: DeadlineStep, working_days: int, since: date, source: str
) -> None:
    """From a day on a step has so many working days; open requests are to be recounted after it.

    What was in force before stays in force for what came before (architecture.md rule 6).
    """
    if not 1 <= working_days <= _MOST_DAYS:
        raise DomainError(f"“{step.label}”的期限应在 1 到 {_MOST_DAYS} 个工作日之间，请填写。")
    words = tidy(source)
    if len(words) > _LONGEST_SOURCE:
        raise DomainError(f"依据最多 {_LONGEST_SOURCE} 个字，请缩短。")
    row = session.scalar(
        select(DeadlineRule).where(
            DeadlineRule.step == step,
            DeadlineRule.since == since,
            DeadlineRule.deleted_at.is_(None),
        )
    )
    if row is None:
        row = DeadlineRule(step=step, since=since)
        session.add(row)
    row.working_days, row.source = working_days, words or None
    session.flush()


def use_preset(session: Session, key: str, since: date) -> None:
    """Take over all values of a preset from a day on, as far as they differ from those in force."""
    if key not in PRESETS:
        raise DomainError("没有这一套期限，请从列出的里面选。")
    now = in_force(session, since)
    for row in _preset(key):
        step, days = DeadlineStep.of(row["step"]), int(row["working_days"])
        known = now.get(step)
        if known is None or (known.working_days, known.source) != (days, row["source"]):
            change(session, step, days, since, row["source"])


def seed(session: Session, *, today: date) -> None:
    """The reference values of resources/data/deadline_rules.csv, at the creation of an office."""
    if session.scalar(select(DeadlineRule.id).limit(1)) is None:
        use_preset(session, REFERENCE, today)


def _with_ends(known: list[RuleView]) -> Iterable[RuleView]:
    """A rule ends on the day before the next one begins."""
    for rule, following in zip(known, [*known[1:], None], strict=False):
        ends = None if following is None else date.fromordinal(following.since.toordinal() - 1)
        yield RuleView(rule.id, rule.step, rule.working_days, rule.since, ends, rule.source)


def _preset(key: str) -> list[dict[str, str]]:
    return [row for row in read_table("deadline_rules") if row["preset"] == key]


def _fallback(step: DeadlineStep) -> RuleView:
    """Where an office has taken its rules away: the reference values."""
    row = next(row for row in _preset(REFERENCE) if row["step"] == step.value)
    return RuleView(0, step, int(row["working_days"]), date.min, None, row["source"])
