import json
from pathlib import Path

from bench.harness import Benchmark, percentile, run


def test_each_figure_is_the_best_of_its_side_and_their_ratio(tmp_path: Path) -> None:
    ours, floor = iter([9.0, 6.0, 7.0]), iter([2.0, 3.0, 4.0])
    benchmark = Benchmark("walk", "s", 10, ours.__next__, floor.__next__, at_most=4.0, rounds=3)

    run([benchmark], tmp_path / "bench.json")

    [figure] = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert figure == {"name": "walk", "ours": 6, "floor": 2, "ratio": 3, "unit": "s", "n": 10}


def test_a_ratio_beyond_the_allowed_one_is_marked(tmp_path: Path, capsys) -> None:
    benchmark = Benchmark("walk", "s", 10, lambda: 6.0, lambda: 1.0, at_most=4.0, rounds=1)

    run([benchmark], tmp_path / "bench.json")

    assert capsys.readouterr().out.splitlines()[-1].endswith("over")


def test_the_95th_percentile_of_a_hundred_times_is_the_96th() -> None:
    assert percentile([float(i) for i in range(100, 0, -1)], 0.95) == 96
