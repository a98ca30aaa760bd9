"""From the start of the process to the painted 居民 page, beside an empty window of Qt."""

from bench import child
from bench.harness import Benchmark
from bench.office import office

PEOPLE = 10_000

BENCHMARKS = (
    Benchmark(
        "start_to_usable",
        "s",
        PEOPLE,
        lambda: child.run("residents", str(office(PEOPLE)))["seconds"],
        lambda: child.run("empty")["seconds"],
        at_most=3.0,
        rounds=7,
    ),
)
