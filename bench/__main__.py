"""python -m bench [NAME ...]: all figures, or those named."""

import importlib
import os
import sys

from bench.harness import Benchmark, run

MODULES = (
    "start",
    "login",
    "pages",
    "imports",
    "papers",
    "lists",
    "certificates",
    "saving",
    "backups",
    "taking_back",
    "grids",
    "points",
    "canteen_counter",
    "canteen_papers",
    "canteen_claims",
    "canteen_orders",
    "ballots",
    "topics",
    "memory",
)


def all_benchmarks() -> list[Benchmark]:
    modules = [importlib.import_module(f"bench.{name}") for name in MODULES]
    return [benchmark for module in modules for benchmark in module.BENCHMARKS]


def main(names: list[str]) -> int:
    # The offscreen platform complains of each window; the table of figures shall be legible.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    known = all_benchmarks()
    unknown = set(names) - {benchmark.name for benchmark in known}
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known:", file=sys.stderr)
        print("\n".join(benchmark.name for benchmark in known), file=sys.stderr)
        return 2
    run(benchmark for benchmark in known if not names or benchmark.name in names)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
