"""Peak memory of the program with 100,000 residents opened and scrolled, beside an empty window."""

from bench import child
from bench.harness import Benchmark
from bench.office import office

PEOPLE = 100_000

BENCHMARKS = (
    Benchmark(
        "rss_100k",
        "MB",
        PEOPLE,
        lambda: child.run("scrolled", str(office(PEOPLE)))["peak_mb"],
        lambda: child.run("empty")["peak_mb"],
        at_most=2.5,
        rounds=3,
    ),
)
