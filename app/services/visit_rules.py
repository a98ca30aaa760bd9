"""Who is to be visited how often: rules by group and risk, each in force from a day on.

The figures come from resources/data/visit_rules.csv (domain.md 6.2) and are the office's to change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models
from app.errors import ChangedMeanwhile, DomainError
from app.models import Risk, Tag
from app.services.terms import in_force
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, query
from app.values.tables import read_table
from app.values.text import tidy

MOST_DAYS = 366
_OLDEST = 120
_LONGEST_NAME, _LONGEST_SOURCE = 40, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """What a rule says. Without tags and without an age it holds for every household."""

    name: str
    risk: Risk
    days: int
    tag_ids: tuple[int, ...] = ()
    from_age: int | None = None
    source: str = ""

    @property
    def is_ordinary(self) -> bool:
        return not self.tag_ids and self.from_age is None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule as it stands; `until` is its last day, None while no end is known."""

    id: int
    version: int
    name: str
    risk: Risk
    days: int
    tag_ids: tuple[int, ...]
    tag_names: tuple[str, ...]
    """Of the tags that whoever asks may see"""
    from_age: int | None
    since: date
    until: date | None
    source: str

    @property
    def is_ordinary(self) -> bool:
        return not self.tag_ids and self.from_age is None

    @property
    def covers(self) -> str:
        """Whom it holds for: 独居老人、失能；满 80 岁."""
        parts = ["、".join(self.tag_names)] if self.tag_names else []
        parts += [f"满 {self.from_age} 岁"] if self.from_age is not None else []
        return "；".join(parts) or ("每一户" if self.is_ordinary else "")

    @property
    def often(self) -> str:
        """How often, in words: 7 天一次."""
        return f"{self.days} 天一次"


def seed(session: Session, *, today: date) -> None:
    """The rules of resources/data/visit_rules.csv, at the creation of an office."""
    if session.scalar(select(models.VisitRule.id).limit(1)) is not None:
        return
    tags = {name: key for key, name in session.execute(select(Tag.id, Tag.name))}
    for row in read_table("visit_rules"):
        entered = RuleInput(
            name=row["name"],
            risk=Risk.of(row["risk"]),
            days=int(row["days"]),
            tag_ids=tuple(tags[name] for name in row["tags"].split() if name in tags),
            from_age=int(row["from_age"]) if row["from_age"] else None,
            source=row["source"],
        )
        _put(session, entered, since=today)


def rules(source: Source, on: date) -> list[RuleView]:
    """The rules in force on a day, in their order."""
    return _views(lookup_of(source), [in_force(on)])


def current(source: Source, today: date) -> list[RuleView]:
    """What holds now and what begins later, in order: the screen where rules are changed."""
    return _views(lookup_of(source), [Sql("until IS NULL OR until >= ?", (today.isoformat(),))])


def add(session: Session, entered: RuleInput, *, since: date, today: date) -> int:
    """A rule more, from a day on; raises DomainError for figures that make no sense."""
    _check(session, entered, since, today)
    return _put(session, entered, since=since).id


def change(
    session: Session, rule_id: int, entered: RuleInput, *, since: date, today: date, version: int
) -> int:
    """The rule says something else from `since` on; gives the id of the rule that then holds.

    The one before ends the day before, so that what was due then still is. Raises DomainError,
    ChangedMeanwhile.
    """
    rule = _open(session, rule_id, version)
    _check(session, entered, since, today, besides=rule)
    if since <= rule.since:
        # It has not held for a day yet: nothing is remembered by it.
        _fill(session, rule, entered)
        rule.since = since
        session.flush()
        return rule.id
    after = _put(session, entered, since=since, position=rule.position, until=rule.until)
    rule.until = since - timedelta(days=1)
    session.flush()
    return after.id


def end(session: Session, rule_id: int, *, from_day: date, today: date, version: int) -> None:
    """The rule holds no more from a day on; raises DomainError, ChangedMeanwhile."""
    rule = _open(session, rule_id, version)
    _check_day(from_day, today)
    # One that was to begin later ends before its first day: it has never held.
    rule.until = max(from_day, rule.since) - timedelta(days=1)
    session.flush()


def _open(session: Session, rule_id: int, version: int) -> models.VisitRule:
    rule = session.get(models.VisitRule, rule_id)
    if rule is None or rule.version != version:
        raise ChangedMeanwhile
    return rule


def _check_day(since: date, today: date) -> None:
    if since < today:
        raise DomainError(
            "走访规定不能从过去的日子改起：那时该访谁已经定了。请填今天或以后的日子。"
        )


def _check(
    session: Session,
    entered: RuleInput,
    since: date,
    today: date,
    *,
    besides: models.VisitRule | None = None,
) -> None:
    _check_day(since, today)
    name = tidy(entered.name)
    if not name:
        raise DomainError("请填写走访对象，如“独居、失能”。")
    if len(name) > _LONGEST_NAME:
        raise DomainError(f"走访对象最多 {_LONGEST_NAME} 个字，请写短些。")
    if not 1 <= entered.days <= MOST_DAYS:
        raise DomainError(f"几天一次要填 1 到 {MOST_DAYS} 之间的数。")
    if entered.from_age is not None and not 1 <= entered.from_age <= _OLDEST:
        raise DomainError(f"年龄要填 1 到 {_OLDEST} 之间的数，不按年龄就空着。")
    _check_others(session, entered, name, since, besides)


def _check_others(
    session: Session, entered: RuleInput, name: str, since: date, besides: models.VisitRule | None
) -> None:
    """Two rules of one name, or two for every household, would say two different things."""
    mine = besides.id if besides else 0
    others = [one for one in current(session, since) if one.id != mine]
    if any(one.name == name for one in others):
        raise DomainError(f"已经有“{name}”的走访规定。请改那一条，或换个名称。")
    if entered.is_ordinary and any(one.is_ordinary for one in others):
        raise DomainError("每一户已有一条走访规定。请改那一条，或给这一条选标签、填年龄。")


def _put(
    session: Session,
    entered: RuleInput,
    *,
    since: date,
    position: int | None = None,
    until: date | None = None,
) -> models.VisitRule:
    if position is None:
        last = session.scalar(select(func.max(models.VisitRule.position)))
        position = 0 if last is None else last + 1
    rule = models.VisitRule(since=since, until=until, position=position)
    _fill(session, rule, entered)
    return rule


def _fill(session: Session, rule: models.VisitRule, entered: RuleInput) -> None:
    rule.name, rule.risk, rule.days = tidy(entered.name), entered.risk, entered.days
    rule.from_age = entered.from_age
    rule.source = tidy(entered.source)[:_LONGEST_SOURCE] or None
    session.add(rule)
    session.flush()
    had = {
        one.tag_id: one
        for one in session.scalars(
            select(models.VisitRuleTag).where(models.VisitRuleTag.rule_id == rule.id)
        )
    }
    for tag_id in had.keys() - set(entered.tag_ids):
        session.delete(had[tag_id])
    session.add_all(
        models.VisitRuleTag(rule_id=rule.id, tag_id=tag_id)
        for tag_id in dict.fromkeys(entered.tag_ids)
        if tag_id not in had
    )
    session.flush()


_COLUMNS = "id, version, name, risk, days, from_age, since, until, source"


def _views(lookup: Lookup, where: Sequence[Sql]) -> list[RuleView]:
    held = Sql("deleted_at IS NULL AND (until IS NULL OR until >= since)")
    found = list(
        lookup.rows(query(_COLUMNS, "visit_rule", [held, *where], "ORDER BY position, since, id"))
    )
    tags = _tags(lookup)
    return [_view(values, tags.get(values[0], [])) for values in found]


def _view(values: tuple[Any, ...], tags: Sequence[tuple[int, str]]) -> RuleView:
    key, version, name, risk, days, from_age, since, until, source = values
    return RuleView(
        id=key,
        version=version,
        name=name,
        risk=Risk.of(risk),
        days=days,
        tag_ids=tuple(tag for tag, _ in tags),
        tag_names=tuple(words for _, words in tags if words),
        from_age=from_age,
        since=date.fromisoformat(since),
        until=day_of(until),
        source=source or "",
    )


def _tags(lookup: Lookup) -> dict[int, list[tuple[int, str]]]:
    """Of each rule its tags; one that may not be seen has no name."""
    found: dict[int, list[tuple[int, str]]] = {}
    rows = query(
        "visit_rule_tag.rule_id, visit_rule_tag.tag_id, tag.name",
        "visit_rule_tag LEFT JOIN tag ON tag.id = visit_rule_tag.tag_id",
        (),
        "ORDER BY tag.position, visit_rule_tag.tag_id",
    )
    for rule_id, tag_id, name in lookup.rows(rows):
        found.setdefault(rule_id, []).append((tag_id, name or ""))
    return found
