"""Who would get what: the tiers of a day as a table of age by status by period, with its holes.

Shown before a tier is saved (domain.md 4.2): a gap between two ages is easily overlooked in a list.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from app.models import MealPeriod
from app.services.meal_rule_words import age_words
from app.services.meal_tiers import Person, Rule, fits, in_term, price_of

PLAIN = "普通"
_ELDERLY = 60
"""From which age on meals are meant to be offered (大民规〔2025〕5号; domain-law.md 6.1)."""


@dataclass(frozen=True, slots=True)
class Band:
    """Ages `low` to `high`, both included; None: and older."""

    low: int
    high: int | None

    @property
    def words(self) -> str:
        """60–69 岁, 80 岁, 90 岁以上."""
        return age_words(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Cell:
    """What the best tier gives; `hole`: nothing, though younger and older people get something.

    `doubled` are tiers that ask for the same: one of them is of no use here.
    """

    rule: Rule | None
    hole: bool = False
    doubled: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A status in some periods: a column of the table, one cell for each band."""

    status: str
    periods: str
    cells: tuple[Cell, ...]

    @property
    def words(self) -> str:
        """普通, 低保、特困; 午餐 · 普通 where the periods differ."""
        return f"{self.periods} · {self.status}" if self.periods else self.status


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table, and what about it wants a second look, in sentences."""

    bands: tuple[Band, ...]
    lines: tuple[Line, ...]
    holes: tuple[str, ...]
    notes: tuple[str, ...]


def coverage(
    rules: Sequence[Rule],
    periods: Sequence[MealPeriod],
    tag_names: Mapping[int, str],
    day: date,
    price: int,
    dead_tags: Set[int] = frozenset(),
) -> Coverage:
    """What the tiers of a day give people who live and are registered here, for a meal's price.

    `rules` may hold later ones too: an end that nothing follows is among the holes, and so is a
    tier that asks for tags which the office has switched off (`dead_tags`).
    """
    held = [rule for rule in rules if in_term(rule, day) and not rule.guests]
    bands = _bands(held)
    lines = tuple(
        _line(held, bands, tags, status, some, day, price)
        for some in _alike(periods, held)
        for tags, status in _statuses(held, tag_names)
    )
    shown = _named_periods(lines, periods)
    holes = (*_holes(shown, bands), *_ends(rules, day), *_idle(held, dead_tags))
    return Coverage(bands, shown, holes, _doubled(shown, bands))


def _bands(held: Sequence[Rule]) -> tuple[Band, ...]:
    """The ages at which something changes, from 60 on or where the first tier begins."""
    aged = [rule for rule in held if rule.from_age is not None or rule.to_age is not None]
    begins = {rule.from_age or 0 for rule in aged}
    ends = {rule.to_age + 1 for rule in aged if rule.to_age is not None}
    cuts = sorted({_ELDERLY, *begins, *ends})
    uppers: list[int | None] = [cut - 1 for cut in cuts[1:]]
    return tuple(Band(low, high) for low, high in zip(cuts, [*uppers, None], strict=True))


def _alike(periods: Sequence[MealPeriod], held: Sequence[Rule]) -> list[tuple[MealPeriod, ...]]:
    """Periods for which the same tiers hold stand together."""
    groups: dict[tuple[int, ...], list[MealPeriod]] = {}
    for period in periods:
        same = tuple(
            number for number, rule in enumerate(held) if not rule.periods or period in rule.periods
        )
        groups.setdefault(same, []).append(period)
    return [tuple(some) for some in groups.values()]


def _statuses(
    held: Sequence[Rule], tag_names: Mapping[int, str]
) -> list[tuple[frozenset[int], str]]:
    """Nobody's in particular, and each tag; those that always stand together in one."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for tag in sorted({tag for rule in held for tag in rule.tag_ids}):
        same = tuple(number for number, rule in enumerate(held) if tag in rule.tag_ids)
        groups.setdefault(same, []).append(tag)
    named = [
        (frozenset(some[:1]), "、".join(tag_names.get(tag, "其他身份") for tag in some))
        for some in groups.values()
    ]
    return [(frozenset(), PLAIN), *named]


def _line(
    held: Sequence[Rule],
    bands: Sequence[Band],
    tags: frozenset[int],
    status: str,
    periods: Sequence[MealPeriod],
    day: date,
    price: int,
) -> Line:
    period = periods[0]
    people = [Person(age=band.low, tags=tags) for band in bands]
    best = [price_of(held, person, period, day, price).rule for person in people]
    given = [number for number, rule in enumerate(best) if rule is not None]
    cells = tuple(
        Cell(
            rule,
            hole=rule is None and bool(given) and given[0] < number < given[-1],
            doubled=_same_kind([one for one in held if fits(one, people[number], period, day)]),
        )
        for number, rule in enumerate(best)
    )
    return Line(status, "、".join(one.label for one in periods), cells)


def _same_kind(fitting: Sequence[Rule]) -> tuple[Rule, ...]:
    """A status beside an age is meant so: the better one gives. Two of a kind are hardly meant."""
    for tagged in (False, True):
        some = [rule for rule in fitting if bool(rule.tag_ids) is tagged]
        if len(some) > 1:
            return tuple(some)
    return ()


def _named_periods(lines: tuple[Line, ...], periods: Sequence[MealPeriod]) -> tuple[Line, ...]:
    """Where every period is alike, none needs to be named."""
    everything = "、".join(one.label for one in periods)
    if any(line.periods != everything for line in lines):
        return lines
    return tuple(Line(line.status, "", line.cells) for line in lines)


def _holes(lines: Iterable[Line], bands: Sequence[Band]) -> tuple[str, ...]:
    return tuple(
        f"{line.words}：{band.words}没有补贴，更小和更大的年龄都有。"
        for line in lines
        for band, cell in zip(bands, line.cells, strict=True)
        if cell.hole
    )


def _ends(rules: Sequence[Rule], day: date) -> tuple[str, ...]:
    """Tiers that end, and the next of their number begins later or not at all."""
    found = []
    for rule in rules:
        if rule.until is None or rule.until < day:
            continue
        later = [one.since for one in rules if one.number == rule.number and one.since > rule.since]
        if not later:
            found.append(f"“{rule.name}”到 {rule.until:%Y-%m-%d} 停止，后面没有接着的。")
        elif min(later) > rule.until + timedelta(days=1):
            found.append(
                f"“{rule.name}”到 {rule.until:%Y-%m-%d} 停止，{min(later):%Y-%m-%d} 才有下一条。"
            )
    return tuple(found)


def _idle(held: Iterable[Rule], dead_tags: Set[int]) -> tuple[str, ...]:
    return tuple(
        f"“{rule.name}”要的标签已经停用，现在谁也用不上这一档。"
        for rule in held
        if rule.tag_ids and rule.tag_ids <= dead_tags
    )


def _doubled(lines: Iterable[Line], bands: Sequence[Band]) -> tuple[str, ...]:
    """Once for every pair of tiers, at the first age where they meet."""
    found: dict[frozenset[int], str] = {}
    for line in lines:
        for band, cell in zip(bands, line.cells, strict=True):
            if cell.rule is not None and cell.doubled:
                names = "、".join(f"“{rule.name}”" for rule in cell.doubled)
                found.setdefault(
                    frozenset(map(id, cell.doubled)),
                    f"{band.words}同时符合{names}，按最优的“{cell.rule.name}”算。",
                )
    return tuple(found.values())
