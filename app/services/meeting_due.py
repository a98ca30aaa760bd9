"""Which bodies are to meet again, and by when: 每半年至少召开一次 (居委会组织法 28), 每季一次."""

from dataclasses import dataclass
from datetime import date

from app.models import BodyKind, Matter
from app.services import body_views, meeting_views, settings, vote_rules
from app.services.ages import months_later
from app.services.body_views import BodyView
from app.storage.lookup import Lookup, Source, lookup_of

_SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class BodyDue:
    """By when a body is to meet again; it never met where `last_on` is None."""

    body_id: int
    name: str
    months: int
    last_on: date | None
    due_on: date
    planned_on: date | None
    """A meeting of it that is to come"""
    article: str

    def late(self, today: date) -> bool:
        return self.due_on < today

    def words(self, today: date) -> str:
        """居民代表会议：2026-04-12 开过，10-12 前应再开一次，已过 40 天."""
        again = f"{self.last_on:%Y-%m-%d} 开过，" if self.last_on else "这一届还没有开过，"
        due = f"{self.due_on:%m-%d} 前应{'再' if self.last_on else ''}开一次"
        over = (today - self.due_on).days
        end = f"，已过 {over} 天" if over > 0 else ""
        planned = f"；已定 {self.planned_on:%m-%d} 开" if self.planned_on else ""
        return f"{self.name}：{again}{due}{end}{planned}"


def due(source: Source, *, today: date) -> list[BodyDue]:
    """Bodies whose next meeting is due within 30 days or late, the latest first."""
    lookup = lookup_of(source)
    found = [_of(lookup, one, today) for one in body_views.bodies(lookup, today)]
    near = [one for one in found if one and (one.due_on - today).days <= _SOON_DAYS]
    return sorted(near, key=lambda one: (one.due_on, one.body_id))


def late_words(source: Source, *, today: date) -> str:
    """居民代表会议该开会了; '' where every body met in time, or its meeting is planned."""
    late = [one for one in due(source, today=today) if one.late(today) and not one.planned_on]
    return f"{'、'.join(one.name for one in late)}该开会了" if late else ""


def _of(lookup: Lookup, one: BodyView, today: date) -> BodyDue | None:
    months, article = _cadence(lookup, one, today)
    if not months:
        return None
    last = meeting_views.last_held(lookup, one.id, today)
    return BodyDue(
        body_id=one.id,
        name=one.name,
        months=months,
        last_on=last,
        due_on=months_later(max(last or one.since, one.since), months),
        planned_on=meeting_views.next_planned(lookup, one.id, today),
        article=article,
    )


def _cadence(lookup: Lookup, one: BodyView, today: date) -> tuple[int, str]:
    """Months between two meetings and who says so; 0 where nobody does."""
    if one.kind is BodyKind.JOINT:
        return settings.value(lookup, settings.JOINT_MONTHS), "本社区的规定"
    matter = Matter.OWNERS_GENERAL if one.kind is BodyKind.OWNERS else Matter.ORDINARY
    rule = vote_rules.rule_for(lookup, one.kind, matter, today, one.rule_code)
    return rule.cadence_months, rule.article
