"""What the teams of the made-up community did: three months of activities, and who came."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo_activity_kinds import (
    CLEANING,
    CLINIC,
    DUMPLINGS,
    LECTURE,
    MEALS,
    MEETING,
    PATROL,
    REPAIRS,
    ROOF,
    SHOW,
    SNOW,
    TREES,
    Kind,
    hour,
)
from app.demo_grids import Neighbour
from app.demo_papers import Errand
from app.demo_teams import RECORDS, Teams
from app.models import Activity, PointsItem, Repeat
from app.services import (
    activities,
    activity_hours,
    activity_people,
    activity_posting,
    activity_series,
)
from app.services.activity_hours import Attended
from app.services.activity_input import ActivityInput
from app.values.rights import SOCIAL_WORKER

T = TypeVar("T")

_WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)
_TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY, _SATURDAY = 1, 2, 3, 4, 5
_LATE = 27, 24


@dataclass(slots=True)
class _Held:
    """An activity of a day: planned first, its number known then."""

    kind: Kind
    day: date
    week: int
    id: int = field(default=0)


class Activities:
    """Errands of the teams from the week after they were founded until today and beyond."""

    def __init__(
        self,
        teams: Teams,
        neighbours: Sequence[Neighbour],
        *,
        chance: random.Random,
        start: date,
        today: date,
    ) -> None:
        """`neighbours` come to meetings and lectures; they are none of the teams."""
        self._teams, self._neighbours = teams, neighbours
        self._chance, self._start, self._today = chance, start, today

    def errands(self) -> list[Errand]:
        """In the order of their days."""
        made: list[Errand] = []
        for week in range(1, (self._today - self._start) // _WEEK + 1):
            monday = self._start + week * _WEEK
            for kind, weekday in self._of_week(week):
                held = _Held(kind, monday + weekday * _DAY, week)
                made += self._held(held, series=kind is CLEANING and week > 1)
        made += self._not_recorded()
        made += self._coming()
        return [one for one in sorted(made, key=lambda one: one.day) if one.day < self._today]

    def _of_week(self, week: int) -> Iterator[tuple[Kind, int]]:
        yield CLEANING, _SATURDAY
        rare = {3: (CLINIC, _WEDNESDAY), 5: (SHOW, _FRIDAY), 7: (ROOF, _THURSDAY)}
        if week in rare:
            yield rare[week]
        every = (
            (2, 1, MEALS, _THURSDAY),
            (3, 0, PATROL, _FRIDAY),
            (4, 2, REPAIRS, _WEDNESDAY),
            (4, 0, MEETING, _TUESDAY),
            (6, 2, LECTURE, _WEDNESDAY),
        )
        for often, rest, kind, weekday in every:
            if week % often == rest:
                yield kind, weekday

    def _held(self, held: _Held, *, series: bool) -> Iterator[Errand]:
        """Planned a week before, written down on the next working day and handed on."""
        if not series:
            yield self._planned(held, held.day - _WEEK)
        if held.kind is SHOW:
            yield self._cancelled(held)
            return
        after = held.day + _DAY * (3 if held.day.weekday() == _FRIDAY else 1)
        if held.day.weekday() == _SATURDAY:
            after += _DAY
        words = f"录签到并送复核：{held.day:%m-%d} {held.kind.name}"
        yield self._errand(after, words, lambda session, now: self._record(session, held, now))

    def _planned(self, held: _Held, day: date, *, come: bool = False) -> Errand:
        def act(session: Session, now: datetime) -> None:
            kind = held.kind
            entered = ActivityInput(
                name=kind.name,
                item_id=item_named(session, kind.item),
                on_date=held.day,
                starts=hour(kind.starts),
                ends=hour(kind.ends),
                place=kind.place,
                content=kind.content,
                organiser=kind.organiser,
                leader=kind.leader,
                ours=kind.ours,
                team_id=self._teams.ids.get(kind.team),
                wanted=kind.people,
                dangerous=kind.dangerous,
                insurance=kind.insurance,
            )
            held.id = activities.plan(session, entered, now=now)
            if kind is CLEANING:
                activity_series.begin(session, held.id, Repeat.WEEKLY, None, today=now.date())
            if come:
                self._sign_up(session, held, now)

        return self._errand(day, f"新建活动 {held.day:%m-%d} {held.kind.name}", act)

    def _cancelled(self, held: _Held) -> Errand:
        def act(session: Session, _now: datetime) -> None:
            version = activities.get(session, held.id).version
            reason = "有大风降温，改到天暖时办"
            activities.cancel(session, held.id, reason=reason, version=version)

        return self._errand(held.day - _DAY, f"取消活动 {held.kind.name}", act)

    def _record(self, session: Session, held: _Held, now: datetime) -> None:
        held.id = held.id or _of_day(session, held)
        self._sign_up(session, held, now)
        found = [
            self._attended(place, one.id, one.version)
            for place, one in enumerate(activity_people.participants(session, held.id))
        ]
        activity_hours.record(session, held.id, found, now=now)
        activity_posting.post(session, held.id, now=now)

    def _attended(self, place: int, key: int, version: int) -> Attended:
        """Now and then somebody did not come, or left earlier."""
        chance = self._chance.random()
        absent = place > 1 and chance < 0.06
        return Attended(
            participation_id=key,
            version=version,
            came=not absent,
            half_hours=2 if place > 1 and chance < 0.15 else None,
        )

    def _sign_up(self, session: Session, held: _Held, now: datetime) -> None:
        today, count = now.date(), held.kind.people
        if not held.kind.team:
            for one in turn(self._neighbours, held.week * count, count):
                activity_people.sign_up(session, held.id, resident_id=one.id, today=today)
            return
        members = self._teams.members[held.kind.team]
        # The first of a team come nearly always: some have many hours, others few.
        regular = members[: count // 2]
        others = turn(members[count // 2 :], held.week * 2, count - len(regular))
        for key in [*regular, *others]:
            if not held.kind.dangerous or self._teams.is_grown(key):
                activity_people.sign_up(session, held.id, volunteer_id=key, today=today)

    def _not_recorded(self) -> Iterator[Errand]:
        """Whose hours are late (order 67 art. 11)."""
        for kind, back in zip((TREES, SNOW), _LATE, strict=True):
            held = _Held(kind, self._today - back * _DAY, back)
            if held.day > self._start + _WEEK:
                yield self._planned(held, held.day - 2 * _DAY, come=True)

    def _coming(self) -> Iterator[Errand]:
        soon = self._today + 2 * _DAY
        for kind, weekday in ((DUMPLINGS, _THURSDAY), (MEETING, _TUESDAY)):
            day = soon + _DAY * ((weekday - soon.weekday()) % 7)
            held = _Held(kind, day, day.isocalendar().week)
            yield self._planned(held, self._today - 2 * _DAY, come=True)

    def _errand(
        self, day: date, sentence: str, act: Callable[[Session, datetime], object]
    ) -> Errand:
        return Errand(day, sentence, act, RECORDS, SOCIAL_WORKER)


def turn(all_of_them: Sequence[T], begin: int, count: int) -> list[T]:
    """So many from a place on, the first ones again after the last."""
    most = min(count, len(all_of_them))
    return [all_of_them[(begin + place) % len(all_of_them)] for place in range(most)]


def item_named(session: Session, name: str) -> int:
    """The matter of this name."""
    return session.scalars(select(PointsItem.id).where(PointsItem.name == name)).one()


def _of_day(session: Session, held: _Held) -> int:
    """One of a series, which the program planned itself."""
    wanted = select(Activity.id).where(
        Activity.name == held.kind.name, Activity.on_date == held.day
    )
    return session.scalars(wanted).one()
