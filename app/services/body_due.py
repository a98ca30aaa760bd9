"""When a body has to meet again by its rule (居委会组织法 28: 每半年至少召开一次)."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.models import MeetingState
from app.services import body_views, vote_rules
from app.services.body_views import BodyView
from app.services.vote_rules import RuleView
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, one_of, query

_HELD = [state.value for state in (MeetingState.RUNNING, MeetingState.ENDED, MeetingState.FILED)]
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class BodyDue:
    """A body with the last day of its next meeting; `days` are those left, below 0 when late."""

    body: BodyView
    last_on: date | None
    by: date
    days: int
    words: str
    article: str

    @property
    def late(self) -> bool:
        return self.days < 0


def due(source: Source, today: date) -> list[BodyDue]:
    """Every body in office whose rule asks for meetings, the latest first."""
    lookup = lookup_of(source)
    found = [
        one
        for body in body_views.bodies(lookup, today)
        if (one := of_body(lookup, body, today)) is not None
    ]
    return sorted(found, key=lambda one: one.days)


def of_body(source: Source, body: BodyView, today: date) -> BodyDue | None:
    """How one of them stands; None where its rule asks for no meetings."""
    lookup = lookup_of(source)
    rule = next(_asking(lookup, body, today), None)
    if rule is None:
        return None
    last = _last(lookup, body, today)
    by = months_after(max(last or body.since, rule.since), rule.cadence_months)
    days = (by - today).days
    begun = f"上次 {last:%Y-%m-%d} 召开" if last else "这一届还没有开过"
    end = f"已经超期 {-days} 天" if days < 0 else f"最迟 {by:%Y-%m-%d} 再开一次"
    every = "每半年" if rule.cadence_months == _MONTHS // 2 else f"每 {rule.cadence_months} 个月"
    words = f"{begun}，{every}至少一次，{end}"
    return BodyDue(body, last, by, days, words, rule.article)


def months_after(day: date, months: int) -> date:
    """The same day some months later, the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _asking(lookup: Lookup, body: BodyView, today: date) -> Iterator[RuleView]:
    for rule in vote_rules.rules(lookup, on=today):
        if rule.kind is body.kind and rule.cadence_months:
            yield rule


def _last(lookup: Lookup, body: BodyView, today: date) -> date | None:
    where = [
        Sql("m.body_id = ?", (body.id,)),
        Sql("m.deleted_at IS NULL"),
        Sql("m.on_date <= ?", (today.isoformat(),)),
        one_of("m.state", _HELD),
    ]
    return day_of(lookup.value(query("max(m.on_date)", "meeting AS m", where)))
