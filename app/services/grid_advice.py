"""What stands out among the grids (偏多, 偏低), and the one move of a building that would help."""

from dataclasses import dataclass

from app.services.grid_workload import Average, BuildingLoad, GridLoad, Load, Workload

KEY, HOUSEHOLDS = "重点对象", "户数"
MUCH = 1.25
"""From this share of the average on, a figure is 偏多."""
LITTLE = 0.85
"""Below this share of the average, the visits done are 偏低."""
LEAST = 2
"""Differences smaller than this are chance, not a burden."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A building and the grid it should go to; `left` and `then`: what both grids have after it."""

    building: BuildingLoad
    to: GridLoad
    left: int
    then: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who carries too much, and the one move that would help; None where no building would."""

    heavy: GridLoad
    measure: str
    """重点对象 or 户数"""
    more: int
    """How many per cent the grid has more than the average"""
    move: Proposal | None

    @property
    def words(self) -> str:
        """孙丽的重点对象比平均多 44%，本月还有 23 人未访。把 6 号楼…划给第五网格。"""
        behind = self.heavy.load.wanted - self.heavy.load.visited
        waiting = f"，本月还有 {behind} 人未访" if behind else ""
        return f"{self._burden}{waiting}。{self._what}"

    @property
    def short(self) -> str:
        """The same without the visits."""
        return f"{self._burden}。{self._what}"

    @property
    def _burden(self) -> str:
        who = self.heavy.member or self.heavy.name
        return f"{who}的{self.measure}比平均多 {self.more}%"

    @property
    def _what(self) -> str:
        if self.move is None:
            return "只划一栋楼匀不开，可以几栋一起试着划一划。"
        load = self.move.building.load
        going = f"{load.key} 人" if self.measure == KEY else f"{load.households} 户"
        return (
            f"把 {self.move.building.label}（{self.measure} {going}）划给{self.move.to.name}，"
            f"就是 {self.move.left} 比 {self.move.then}。"
        )


def marks(load: Load, average: Average) -> dict[str, str]:
    """Which figures stand out, by name: 偏多 of a load, 偏低 of the visits done."""
    found = {}
    for name, mine, usual in (
        ("households", load.households, average.households),
        ("key", load.key, average.key),
        ("requests", load.requests, average.requests),
    ):
        if mine >= usual * MUCH and mine - usual >= LEAST:
            found[name] = "偏多"
    behind = load.wanted * average.share - load.visited
    if load.share < average.share * LITTLE and behind >= LEAST:
        found["visits"] = "偏低"
    return found


def suggestion(work: Workload) -> Suggestion | None:
    """The grid that stands out, and the building that evens it out best; None for none."""
    if len(work.grids) < 2:
        return None
    for measure in (KEY, HOUSEHOLDS):
        average = sum(_of(one.load, measure) for one in work.grids) / len(work.grids)
        heavy = max(work.grids, key=lambda one: _of(one.load, measure))
        mine = _of(heavy.load, measure)
        if mine >= average * MUCH and mine - average >= LEAST:
            more = round(100 * (mine / average - 1))
            return Suggestion(heavy, measure, more, _best(work, heavy, measure))
    return None


def _best(work: Workload, heavy: GridLoad, measure: str) -> Proposal | None:
    """The move after which the two differ by half as much at most."""
    mine = _of(heavy.load, measure)
    best: tuple[float, Proposal] | None = None
    for building in work.buildings:
        going = _of(building.load, measure)
        if building.part.grid_id != heavy.grid_id or not going:
            continue
        for other in work.grids:
            theirs = _of(other.load, measure)
            left, then = mine - going, theirs + going
            if other is heavy or 2 * abs(left - then) > mine - theirs:
                continue
            rank = _unevenness(heavy, building, other, work.average)
            if best is None or rank < best[0]:
                best = (rank, Proposal(building, other, left, then))
    return best[1] if best else None


def _unevenness(heavy: GridLoad, moved: BuildingLoad, other: GridLoad, usual: Average) -> float:
    """By how much a move leaves both grids away from the average: 重点对象 before 户数."""
    after = (heavy.load.plus(moved.load, -1), other.load.plus(moved.load))
    before = (heavy.load, other.load)
    return sum(_burden(one, usual) for one in after) - sum(_burden(one, usual) for one in before)


def _burden(load: Load, usual: Average) -> float:
    key, households = load.key / max(1.0, usual.key), load.households / max(1.0, usual.households)
    return key * key + households * households / 2


def _of(load: Load, measure: str) -> int:
    return load.key if measure == KEY else load.households
