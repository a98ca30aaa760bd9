"""kill -9 at any moment: what was acknowledged is there, nothing is half done, nobody is asked."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.amount import SEED, chance, times

if sys.platform == "win32":
    pytest.skip("SIGKILL is a matter of Unix", allow_module_level=True)

from tests.faults.children import Ended, Trouble, run
from tests.faults.conftest import DeskOf
from tests.faults.kinds import KINDS, look_after

FEW, MANY = 3, 29
"""of each kind, in `make test` and in `make soak`"""
KILLS = times(FEW, MANY)

ROOT = Path(__file__).parents[2]

ALL = [(name, number) for name in KINDS for number in range(KILLS)]


@pytest.fixture(scope="session")
def steps(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], int]:
    """How many steps each kind takes when nothing happens to it."""
    known: dict[str, int] = {}

    def count(name: str) -> int:
        if name not in known:
            folder = tmp_path_factory.mktemp("whole") / "资料"
            if name != "first start":
                shutil.copytree(template, folder)
            known[name] = run(KINDS[name].act, folder).steps
        return known[name]

    return count


def killed(name: str, number: int, folder: Path, steps: Callable[[str], int]) -> Ended:
    """Every second one before a step that changes the disk, the others at any time."""
    kind, random = KINDS[name], chance("kill", name, number)
    if number % 2:
        trouble = Trouble(seconds=random.uniform(0, kind.seconds))
    else:
        trouble = Trouble(step=random.randrange(steps(name)))
    sys.stdout.write(f"seed {SEED}: {name} {number} killed by {trouble}\n")
    return run(kind.act, folder, trouble)


@pytest.mark.parametrize(("name", "number"), ALL)
@pytest.mark.usefixtures("next_program")
def test_a_kill_loses_nothing_and_leaves_nothing_half(
    name: str, number: int, folder: Path, steps: Callable[[str], int], desk_of: DeskOf
) -> None:
    if name == "first start":
        shutil.rmtree(folder)
    ended = killed(name, number, folder, steps)
    look_after(name, folder, ended, desk_of if number == 0 else None)


def test_the_documents_say_how_often_one_is_killed() -> None:
    few, many = (len(KINDS) * times for times in (FEW, MANY))
    assert f" {many:,} kills" in (ROOT / "README.md").read_text()
    told = (ROOT / "docs/decisions/faults.md").read_text()
    assert f"{few:,} kills in `make test`, {many:,} in `make soak`" in " ".join(told.split())
