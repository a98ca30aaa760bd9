"""Hours of service from the book of hours: sums, lines, and whether a day has room for more."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import ClaimOrigin
from app.services import delivery_hours
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.times import DAY_HALF_HOURS, HALF_HOUR, hours_words, time_words


@dataclass(frozen=True, slots=True)
class HourLine:
    """Service that stands in the book; what was met by a counter-entry is left out.

    `ours`: called for by this community. Others certify what they called for (art. 26).
    """

    on_date: date
    half_hours: int
    words: str
    activity_name: str
    place: str
    organiser: str
    ours: bool = True
    leader: str = ""


def total(source: Source, volunteer_id: int) -> int:
    """All half hours of a volunteer."""
    own = Sql("volunteer_id = ?", (volunteer_id,))
    return lookup_of(source).value(query("sum(half_hours)", "hour_entry", [own])) or 0


def in_period(source: Source, volunteer_id: int, first: date, last: date) -> list[HourLine]:
    """The lines of a volunteer from a day to a day, by day."""
    own = Sql("e.volunteer_id = ?", (volunteer_id,))
    asked = query(
        _COLUMNS, _TABLES, [own, _within(first, last), _STANDS], "ORDER BY e.on_date, e.id"
    )
    return [_line(values) for values in lookup_of(source).rows(asked)]


def certifiable(source: Source, volunteer_id: int | None = None) -> dict[int, int]:
    """Half hours by volunteer (None: of everybody) that this community may speak for.

    What another body called for, that body records and certifies (order 67 art. 26).
    """
    where = [Sql(OURS)]
    where += [Sql("e.volunteer_id = ?", (volunteer_id,))] if volunteer_id is not None else []
    columns, rest = "e.volunteer_id, sum(e.half_hours)", "GROUP BY e.volunteer_id"
    return dict(lookup_of(source).rows(query(columns, _TABLES, where, rest)))


def check_day(
    source: Source,
    volunteer_id: int,
    on_date: date,
    half_hours: int,
    *,
    activity_id: int | None = None,
    claim_id: int | None = None,
) -> None:
    """Raises DomainError where a day would get more than 24 hours, or an hour twice.

    Times are those of the activity and of who came later to it, or of the walk on which meals
    were carried. What was typed by hand has no times.
    """
    served = _served(source, volunteer_id, on_date)
    if sum(one.half_hours for one in served) + half_hours > DAY_HALF_HOURS:
        had = sum(one.half_hours for one in served) / 2
        where = "、".join(dict.fromkeys(one.name for one in served if one.name))
        raise DomainError(
            f"{on_date:%Y-%m-%d} 已记 {had:.1f} 小时{f'（{where}）' if where else ''}，"
            f"再记 {half_hours / 2:.1f} 小时就超过一天 24 小时，请核对。"
        )
    new = _new(source, volunteer_id, half_hours, activity_id, claim_id)
    for one in served:
        if _meet(new, one):
            raise DomainError(
                f"{on_date:%Y-%m-%d} 的时间和“{one.name}”（{time_words(one.starts or 0)} 起"
                f" {one.half_hours / 2:.1f} 小时）重叠，同一时间不能记两次，请核对。"
            )
    if new.carried:
        _check_walks(source, volunteer_id, on_date, [*served, new])


@dataclass(frozen=True, slots=True)
class _Served:
    name: str
    half_hours: int
    starts: int | None
    end: int | None
    origin: str | None

    @property
    def ends(self) -> int:
        """A walk tells when it ended; an activity is over after its hours."""
        return (self.starts or 0) + self.half_hours * HALF_HOUR if self.end is None else self.end

    @property
    def carried(self) -> bool:
        """Meals, on a walk whose times are known."""
        return self.origin == ClaimOrigin.DELIVERY.value and self.starts is not None


def _served(source: Source, volunteer_id: int, on_date: date) -> list[_Served]:
    """What stands of one day."""
    where = [
        Sql("e.volunteer_id = ? AND e.on_date = ?", (volunteer_id, on_date.isoformat())),
        _STANDS,
    ]
    columns = """
        coalesce(a.name, e.words), e.half_hours,
        CASE WHEN a.id IS NULL THEN c.starts ELSE coalesce(p.starts, a.starts) END,
        CASE WHEN a.id IS NULL THEN c.ends END, CASE WHEN a.id IS NULL THEN c.origin END
    """
    joined = (
        f"{_TABLES} LEFT JOIN participation p"
        " ON p.activity_id = e.activity_id AND p.volunteer_id = e.volunteer_id"
    )
    return [_Served(*values) for values in lookup_of(source).rows(query(columns, joined, where))]


def _new(
    source: Source,
    volunteer_id: int,
    half_hours: int,
    activity_id: int | None,
    claim_id: int | None,
) -> _Served:
    """What is to be booked, with its times where they are known."""
    if activity_id is None:
        found = query("starts, ends, origin", "points_claim", [Sql("id = ?", (claim_id,))])
        times = next(iter(lookup_of(source).rows(found)), (None, None, None))
        return _Served("", half_hours, *times)
    joined = "activity a LEFT JOIN participation p ON p.activity_id = a.id AND p.volunteer_id = ?"
    found = query("coalesce(p.starts, a.starts)", joined, [Sql("a.id = ?")])
    begun = lookup_of(source).value(Sql(found.text, (volunteer_id, activity_id)))
    return _Served("", half_hours, begun, None, None)


def _meet(one: _Served, other: _Served) -> bool:
    if one.starts is None or other.starts is None or (one.carried and other.carried):
        return False
    return one.starts < other.ends and other.starts < one.ends


def _check_walks(source: Source, volunteer_id: int, on_date: date, served: list[_Served]) -> None:
    """Two walks may be at one time, which is counted once."""
    asked = sum(one.half_hours for one in served if one.carried)
    walked = delivery_hours.minutes(source, volunteer_id, on_date)
    if asked * HALF_HOUR > walked:
        raise DomainError(
            f"{on_date:%Y-%m-%d} 送餐一共 {walked} 分钟，记不满 {hours_words(asked)}："
            "同一时间只记一次，不满半小时的不记。请退回，改好时长再报。"
        )


# What was typed without an activity has its facts in the claim.
OURS = "CASE WHEN a.id IS NULL THEN coalesce(c.ours, TRUE) ELSE a.ours END"
"""Of the activity `a` and the claim `c` of a line: called for by this community (art. 26)"""
_COLUMNS = f"""
    e.on_date, e.half_hours, e.words, a.name, {OURS},
    CASE WHEN a.id IS NULL THEN c.place ELSE a.place END,
    CASE WHEN a.id IS NULL THEN c.organiser ELSE a.organiser END,
    CASE WHEN a.id IS NULL THEN c.leader ELSE a.leader END
"""
_TABLES = """
    hour_entry e
    LEFT JOIN activity a ON a.id = e.activity_id
    LEFT JOIN points_claim c ON c.id = e.claim_id
"""
# A counter-entry takes hours: asked by the sign, an index over all that are none is not searched.
_STANDS = Sql(
    "e.half_hours > 0 AND NOT EXISTS (SELECT 1 FROM hour_entry r WHERE r.reverses_id = e.id)"
)


def _within(first: date, last: date) -> Sql:
    return Sql("e.on_date BETWEEN ? AND ?", (first.isoformat(), last.isoformat()))


def _line(values: tuple[Any, ...]) -> HourLine:
    day, half_hours, words, name, ours, place, organiser, leader = values
    return HourLine(
        on_date=date.fromisoformat(day),
        half_hours=half_hours,
        words=words,
        activity_name=name or "",
        place=place or "",
        organiser=organiser or "",
        ours=bool(ours),
        leader=leader or "",
    )
