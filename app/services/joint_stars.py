"""Stars of part-time members (星级): counted from joint meetings and projects of a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.models import AttendWay, BodyKind, ProjectState
from app.services import body_views, settings
from app.services.body_views import MemberView
from app.services.meeting_views import OVER
from app.services.setting_kinds import rising
from app.services.stars import stars_words
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query

LEVELS = 5


@dataclass(frozen=True, slots=True)
class Activity:
    """What somebody did in a year: meetings attended of those held in his term, projects."""

    attended: int = 0
    held: int = 0
    projects: int = 0
    stars: int = 0

    @property
    def words(self) -> str:
        """三星（到会 3 / 4，项目 1）; that nothing can be counted while no meeting was held."""
        if not self.held:
            return "任期内今年还没有开过联席会议，不评星"
        told = f"到会 {self.attended} / {self.held}，项目 {self.projects}"
        return f"{stars_words(self.stars) or '未评星'}（{told}）"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """For one star to five: per cent of the meetings, and projects; both must be reached."""

    attended: tuple[int, ...]
    projects: tuple[int, ...]

    def stars(self, attended: int, held: int, projects: int) -> int:
        """The highest level that is reached; none while no meeting was held (nothing to count)."""
        if not held:
            return 0
        reached = (
            level
            for level, (rate, least) in enumerate(zip(self.attended, self.projects, strict=True), 1)
            if 100 * attended >= rate * held and projects >= least
        )
        return max(reached, default=0)

    @property
    def words(self) -> tuple[str, ...]:
        """五星：到会率 90% 以上，参与项目 2 个以上; the highest first."""
        pairs = list(enumerate(zip(self.attended, self.projects, strict=True), 1))
        return tuple(
            f"{stars_words(level)}：到会率 {rate}% 以上"
            + (f"，参与项目 {least} 个以上" if least else "")
            for level, (rate, least) in reversed(pairs)
        )


def thresholds(source: Source) -> Thresholds:
    """As the settings have them."""
    lookup = lookup_of(source)
    rates = rising(settings.value(lookup, settings.STAR_ATTENDED))
    return Thresholds(rates, rising(settings.value(lookup, settings.STAR_PROJECTS)))


def activities(source: Source, seats: Iterable[MemberView], year: int) -> dict[int, Activity]:
    """By seat what its holder did in a year; meetings before or after his term do not count."""
    lookup = lookup_of(source)
    rule, meetings, came = thresholds(lookup), _meetings(lookup, year), _came(lookup, year)
    by_unit, by_name = _projects(lookup, year)
    found = {}
    for seat in seats:
        held = [
            key for body_id, key, day in meetings if body_id == seat.body_id and seat.holds(day)
        ]
        attended = sum((seat.id, key) in came for key in held)
        own = by_unit.get(seat.joint_unit_id or 0, set()) | by_name.get(seat.name, set())
        stars = rule.stars(attended, len(held), len(own))
        found[seat.id] = Activity(attended, len(held), len(own), stars)
    return found


def activity(source: Source, member_id: int, year: int) -> Activity:
    """Of one seat."""
    seat = body_views.member(source, member_id)
    return activities(source, [seat], year)[member_id]


def _meetings(lookup: Lookup, year: int) -> list[tuple[int, int, date]]:
    """Body, meeting and day of the joint meetings of a year that are over."""
    asked = query(
        "m.body_id, m.id, m.on_date",
        "meeting AS m JOIN body AS b ON b.id = m.body_id",
        [*_in_year(year), Sql("b.kind = ?", (BodyKind.JOINT.value,))],
    )
    return [(body, key, date.fromisoformat(day)) for body, key, day in lookup.rows(asked)]


def _came(lookup: Lookup, year: int) -> set[tuple[int, int]]:
    """Seats and meetings that they came to themselves."""
    asked = query(
        "a.body_member_id, a.meeting_id",
        "attendee AS a JOIN meeting AS m ON m.id = a.meeting_id",
        [
            *_in_year(year),
            Sql("a.body_member_id IS NOT NULL AND a.came_at IS NOT NULL"),
            Sql("a.way NOT IN (?, ?)", (AttendWay.PROXY.value, AttendWay.EXCUSED.value)),
        ],
    )
    return {(seat, meeting) for seat, meeting in lookup.rows(asked)}


def _in_year(year: int) -> list[Sql]:
    return [
        Sql("m.deleted_at IS NULL"),
        one_of("m.state", [state.value for state in OVER]),
        Sql("m.on_date >= ? AND m.on_date <= ?", (f"{year}-01-01", f"{year}-12-31")),
    ]


def _projects(lookup: Lookup, year: int) -> tuple[dict[int, set[int]], dict[str, set[int]]]:
    """Projects of a year by the units that lead or supply them, and by who answers for them."""
    by_unit: dict[int, set[int]] = {}
    by_name: dict[str, set[int]] = {}
    asked = query(
        "p.id, p.lead_unit_id, s.joint_unit_id, p.owner",
        """project AS p LEFT JOIN project_resource AS q ON q.project_id = p.id
            LEFT JOIN resource AS s ON s.id = q.resource_id""",
        [
            Sql("p.deleted_at IS NULL"),
            Sql("p.year = ?", (year,)),
            Sql("p.state <> ?", (ProjectState.STOPPED.value,)),
        ],
    )
    for key, lead, gives, owner in lookup.rows(asked):
        for unit in filter(None, (lead, gives)):
            by_unit.setdefault(unit, set()).add(key)
        if owner:
            by_name.setdefault(owner, set()).add(key)
    return by_unit, by_name
