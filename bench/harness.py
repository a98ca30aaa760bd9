"""Times a job and its floor in turns, and tells how far apart they are."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

Measure = Callable[[], float]
BUILD = Path(__file__).parents[1] / "build"


@dataclass(frozen=True)
class Benchmark:
    """`ours` and `floor` each do the job once and return what it took, in `unit`."""

    name: str
    unit: str
    n: int
    ours: Measure
    floor: Measure
    at_most: float
    """The ratio that the issue allows; printed beside the measured one."""
    rounds: int = 5


@dataclass(frozen=True)
class Figure:
    """One line of build/bench.json."""

    name: str
    ours: float
    floor: float
    ratio: float
    unit: str
    n: int


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes, by the wall clock."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` of all do not exceed: percentile(times, 0.95)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(benchmark: Benchmark) -> Figure:
    """The best of each side: noise of the machine only ever adds."""
    ours, floor = [], []
    for _ in range(benchmark.rounds):
        floor.append(benchmark.floor())
        ours.append(benchmark.ours())
    best, least = min(ours), min(floor)
    return Figure(
        name=benchmark.name,
        ours=round(best, 6),
        floor=round(least, 6),
        ratio=round(best / least, 3),
        unit=benchmark.unit,
        n=benchmark.n,
    )


def line(figure: Figure, benchmark: Benchmark) -> str:
    verdict = "" if figure.ratio <= benchmark.at_most else "  over"
    return (
        f"{figure.name:28} {figure.n:>7} {figure.ours:>10.4g} {figure.floor:>10.4g} {figure.unit:4}"
        f" {figure.ratio:>7.2f} {benchmark.at_most:>7.2f}{verdict}"
    )


def run(benchmarks: Iterable[Benchmark], report: Path = BUILD / "bench.json") -> None:
    """Measures all, printing each line as it is known, and writes the figures to `report`."""
    print(f"{'name':28} {'n':>7} {'ours':>10} {'floor':>10} {'':4} {'ratio':>7} {'at most':>7}")
    figures = []
    for benchmark in benchmarks:
        figure = measure(benchmark)
        figures.append(asdict(figure))
        print(line(figure, benchmark), flush=True)
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
