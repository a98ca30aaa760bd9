"""Which bodies are to meet again, and by when: 每半年至少召开一次 (居委会组织法 28), 每季一次."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.models import BodyKind, MeetingState
from app.services import settings, terms
from app.services.ages import months_later
from app.services.meeting_rule_sql import rule_of_body
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, query
from app.values.times import time_words

NOTICE_SOON = 3
"""Days before the last one for a notice, from which on it is spoken of"""
_SOON_DAYS = 30
_OWN = "本社区的规定"


@dataclass(frozen=True, slots=True)
class BodyDue:
    """By when a body is to meet again; it never met where `last_on` is None."""

    body_id: int
    name: str
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
    near = [
        one for one in _all(lookup_of(source), today) if (one.due_on - today).days <= _SOON_DAYS
    ]
    return sorted(near, key=lambda one: (one.due_on, one.body_id))


def reminder(source: Source, *, today: date) -> str:
    """今天 15:00 第 1 次议事协商会，1 次会议该发通知，居民代表会议该开会了; '' for nothing."""
    lookup = lookup_of(source)
    late = [one for one in due(lookup, today=today) if one.late(today) and not one.planned_on]
    said = [f"今天 {words}" for words in _held_today(lookup, today)]
    waiting = _to_be_told(lookup, today)
    said += [f"{waiting} 次会议该发通知"] if waiting else []
    said += [f"{'、'.join(one.name for one in late)}该开会了"] if late else []
    return "，".join(said)


def _held_today(lookup: Lookup, today: date) -> Iterator[str]:
    there = [Sql(f"state IN ({_COMING}) AND deleted_at IS NULL AND on_date = ?", (f"{today}",))]
    for starts, title in lookup.rows(query("starts, title", "meeting", there, "ORDER BY starts")):
        yield f"{time_words(starts)} {title}"


def _to_be_told(lookup: Lookup, today: date) -> int:
    """Meetings to come of which people should hear by now."""
    planned = [
        Sql("m.state = ? AND m.deleted_at IS NULL", (MeetingState.PLANNED.value,)),
        Sql("m.on_date >= ?", (today.isoformat(),)),
    ]
    asked = query("m.on_date, max(r.notice_days)", _WITH_RULE, planned, "GROUP BY m.id")
    soon = today + timedelta(days=NOTICE_SOON)
    days = [(date.fromisoformat(day), count) for day, count in lookup.rows(asked)]
    return sum(bool(count) and day - timedelta(days=count) <= soon for day, count in days)


_WITH_RULE = f"""meeting AS m JOIN body AS b ON b.id = m.body_id
    LEFT JOIN vote_rule AS r ON {rule_of_body("m.on_date")}"""


def _listed(*states: MeetingState) -> str:
    return ", ".join(f"'{state.value}'" for state in states)


_COMING = _listed(MeetingState.PLANNED, MeetingState.CALLED)
_HELD = _listed(MeetingState.RUNNING, MeetingState.ENDED, MeetingState.FILED)
_OF_BODY = "FROM meeting AS m WHERE m.body_id = b.id AND m.deleted_at IS NULL"
_COLUMNS = f"""b.id, b.kind, b.name, b.since, r.cadence_months, r.article,
    (SELECT max(m.on_date) {_OF_BODY} AND m.state IN ({_HELD}) AND m.on_date < ?),
    (SELECT min(m.on_date) {_OF_BODY} AND m.state IN ({_COMING}) AND m.on_date >= ?)"""


def _all(lookup: Lookup, today: date) -> Iterator[BodyDue]:
    """Every body in office that is to meet again after so many months."""
    asked = query(
        _COLUMNS,
        f"body AS b LEFT JOIN vote_rule AS r ON {rule_of_body('?')}",
        [Sql("b.deleted_at IS NULL"), terms.in_force(today, "b")],
    )
    day = today.isoformat()
    joint = settings.value(lookup, settings.JOINT_MONTHS)
    for values in lookup.rows(Sql(asked.text, (day, day, day, day, *asked.values))):
        key, kind, name, since, months, article, last, planned = values
        if kind == BodyKind.JOINT:
            months, article = joint, _OWN
        if months:
            began, met = date.fromisoformat(since), day_of(last)
            due_on = months_later(max(met or began, began), months)
            yield BodyDue(key, name, met, due_on, day_of(planned), article)
