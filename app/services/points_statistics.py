"""统计: points and hours of some months of the books, by type, team, age and month.

Every breakdown adds up the same cells, so that each sums to the total; and the total is what the
balances tell: 期初 + 增加 - 减少 = 期末 = the sum of all balances at the end (issue: ledger totals
equal the sum of balances). Where somebody sees some people only, the file gives no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date

from app.models import Deed, EntryKind
from app.services import periods
from app.services.ages import age_on
from app.services.periods import Period
from app.services.points_filter import month_words
from app.services.points_holders import HOLDERS
from app.services.points_lines import month_number
from app.services.points_proof import proof
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, query

NO_TEAM, SHARED, UNKNOWN = "没有队伍", "户内共用", "没有登记生日"
BANDS = ((17, "18 岁以下"), (34, "18–34 岁"), (59, "35–59 岁"), (69, "60–69 岁"), (79, "70–79 岁"))
OLDEST = "80 岁以上"


@dataclass(frozen=True, slots=True)
class Part:
    """A type, a team, an age or a month; `people` are accounts and volunteers, each once."""

    name: str
    people: int
    lines: int
    half_hours: int
    added: int
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Of some months of the books; `balances` are those at their end."""

    period: Period
    opening: int
    closing: int
    balances: int
    accounts: int
    redemptions: int
    """That were not taken back"""
    expired: int
    served: int
    """Volunteers with hours"""
    total: Part
    by_type: tuple[Part, ...]
    by_team: tuple[Part, ...]
    by_age: tuple[Part, ...]
    by_month: tuple[Part, ...]

    @property
    def agrees(self) -> bool:
        """Whether the lines tell what the balances tell."""
        return self.closing == self.balances


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one account has of a type in a month with a team, or one volunteer's hours."""

    who: Hashable
    month: int
    type: str
    team: int | None
    age: str
    lines: int = 0
    half_hours: int = 0
    added: int = 0
    taken: int = 0


@dataclass(slots=True)
class _Sum:
    people: set[Hashable] = field(default_factory=set)
    lines: int = 0
    half_hours: int = 0
    added: int = 0
    taken: int = 0

    def add(self, cell: _Cell) -> None:
        self.people.add(cell.who)
        self.lines += cell.lines
        self.half_hours += cell.half_hours
        self.added += cell.added
        self.taken += cell.taken

    def part(self, name: str) -> Part:
        return Part(name, len(self.people), self.lines, self.half_hours, self.added, self.taken)


def statistics(source: Source, period: Period) -> Statistics:
    """Of the whole months that the period touches, as the books have them."""
    lookup = lookup_of(source)
    first, last = month_number(period.first), month_number(period.last)
    cells = [*_points(lookup, first, last, period.last), *_hours(lookup, first, last, period.last)]
    total = _whole(cells)
    end = proof(lookup, last)
    return Statistics(
        period=period,
        opening=end.closing - total.added + total.taken,
        closing=end.closing,
        balances=end.balances,
        accounts=end.accounts,
        redemptions=_redemptions(lookup, period),
        expired=sum(one.taken for one in cells if one.type == EntryKind.EXPIRED),
        served=len({one.who for one in cells if one.half_hours}),
        total=total,
        by_type=_by_type(cells),
        by_team=_by_team(lookup, cells),
        by_age=_by_age(cells),
        by_month=_by_month(cells, period),
    )


# -- the cells


def _points(lookup: Lookup, first: int, last: int, day: date) -> Iterable[_Cell]:
    ages = _ages_of_accounts(lookup, day)
    asked = query(
        "e.account_id, e.month, e.kind, i.deed, e.team_id, count(*),"
        " sum(CASE WHEN e.points > 0 THEN e.points ELSE 0 END),"
        " -sum(CASE WHEN e.points < 0 THEN e.points ELSE 0 END)",
        "points_entry AS e LEFT JOIN points_item AS i ON i.id = e.item_id",
        [Sql("e.month BETWEEN ? AND ?", (first, last))],
        "GROUP BY +e.account_id, e.month, e.kind, i.deed, e.team_id",
    )
    for account, month, kind, deed, team, lines, added, taken in lookup.rows(asked):
        what = deed if kind == EntryKind.EARNED and deed else kind
        age, who = ages[account]
        yield _Cell(who, month, what, team, age, lines, 0, added, taken)


def _hours(lookup: Lookup, first: int, last: int, day: date) -> Iterable[_Cell]:
    """The other book: a line of it is none of the ledger of points, and is not counted as one."""
    asked = query(
        "h.volunteer_id, v.resident_id, coalesce(r.birth_date, v.birth_date), h.month,"
        " coalesce(i.deed, ?), a.team_id, sum(h.half_hours)",
        """hour_entry AS h JOIN volunteer AS v ON v.id = h.volunteer_id
        LEFT JOIN resident AS r ON r.id = v.resident_id
        LEFT JOIN points_claim AS c ON c.id = h.claim_id
        LEFT JOIN points_item AS i ON i.id = c.item_id
        LEFT JOIN activity AS a ON a.id = h.activity_id""",
        [Sql("h.month BETWEEN ? AND ?", (first, last))],
        "GROUP BY 1, 2, 3, 4, 5, 6",
    )
    # The value of the column comes before those of the condition.
    with_deed = Sql(asked.text, (Deed.SERVICE.value, *asked.values))
    for volunteer, resident, born, month, deed, team, half_hours in lookup.rows(with_deed):
        who = _person(resident, volunteer)
        yield _Cell(who, month, deed, team, _age(born, day), half_hours=half_hours)


def _ages_of_accounts(lookup: Lookup, day: date) -> dict[int, tuple[str, Hashable]]:
    """Of each account the band of age, and whose it is."""
    columns = (
        "a.id, a.household_id, person.id, outsider.id,"
        " coalesce(person.birth_date, outsider.birth_date)"
    )
    found: dict[int, tuple[str, Hashable]] = {}
    for key, house, person, outsider, born in lookup.rows(query(columns, HOLDERS)):
        shared = house is not None
        who = ("house", house) if shared else _person(person, outsider)
        found[key] = (SHARED if shared else _age(born, day), who)
    return found


def _person(resident: int | None, volunteer: int | None) -> Hashable:
    """A volunteer who is a resident is one person in both books."""
    return ("resident", resident) if resident is not None else ("volunteer", volunteer)


def _age(born: str | None, day: date) -> str:
    age = age_on(day_of(born), day)
    if age is None:
        return UNKNOWN
    return next((name for oldest, name in BANDS if age <= oldest), OLDEST)


def _redemptions(lookup: Lookup, period: Period) -> int:
    """By the day on which they were handed out."""
    days = period.first.isoformat(), period.last.isoformat()
    within = Sql("taken_back_at IS NULL AND on_date BETWEEN ? AND ?", days)
    return int(lookup.value(query("count(*)", "redemption", [within])))


# -- the breakdowns


def _whole(cells: Iterable[_Cell]) -> Part:
    total = _Sum()
    for cell in cells:
        total.add(cell)
    return total.part("合计")


def _summed(cells: Iterable[_Cell], key: Callable[[_Cell], Hashable]) -> dict[Hashable, _Sum]:
    sums: dict[Hashable, _Sum] = defaultdict(_Sum)
    for cell in cells:
        sums[key(cell)].add(cell)
    return sums


def _by_type(cells: Iterable[_Cell]) -> tuple[Part, ...]:
    """What was done first, then what became of the points."""
    sums = _summed(cells, lambda one: one.type)
    kinds: tuple[Deed | EntryKind, ...] = (*Deed, *EntryKind)
    return tuple(sums[one.value].part(one.label) for one in kinds if one.value in sums)


def _by_team(lookup: Lookup, cells: Iterable[_Cell]) -> tuple[Part, ...]:
    """By the order of the teams; what no team did comes last."""
    sums = _summed(cells, lambda one: one.team)
    names = lookup.rows(query("id, name", "team", (), "ORDER BY position, id"))
    found = [sums[key].part(name) for key, name in names if key in sums]
    return (*found, *((sums[None].part(NO_TEAM),) if None in sums else ()))


def _by_age(cells: Iterable[_Cell]) -> tuple[Part, ...]:
    sums = _summed(cells, lambda one: one.age)
    names = (*(name for _, name in BANDS), OLDEST, SHARED, UNKNOWN)
    return tuple(sums[name].part(name) for name in names if name in sums)


def _by_month(cells: Iterable[_Cell], period: Period) -> tuple[Part, ...]:
    """Every month of the period that has begun to have lines, the empty ones between as well."""
    sums = _summed(cells, lambda one: one.month)
    months = [month_number(one) for one in periods.between(period.first, period.last).months()]
    used = [one for one in months if one in sums]
    shown = [one for one in months if used and used[0] <= one <= used[-1]]
    return tuple(sums[one].part(month_words(one)) for one in shown)
