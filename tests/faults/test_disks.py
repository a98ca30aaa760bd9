"""Disks that are full or take nothing: one sentence, nothing acknowledged lost, nothing half."""

import math
import shutil
import sys
from pathlib import Path

import pytest

from tests.faults.amount import SEED, chance, times

if sys.platform == "win32":
    pytest.skip("file size limits and mounts are a matter of Unix", allow_module_level=True)

from tests.faults.children import Ended, Trouble, run
from tests.faults.kinds import KINDS, look_after

TIMES = times(2, 20)
ALL = [(name, number) for name in KINDS for number in range(TIMES)]


def go(name: str, folder: Path, trouble: Trouble) -> Ended:
    sys.stdout.write(f"seed {SEED}: {name} under {trouble}\n")
    if name == "first start":
        shutil.rmtree(folder)
    ended = run(KINDS[name].act, folder, trouble)
    if ended.no_disk:
        pytest.skip("this computer lets nobody mount a small disk")
    # Anything but a sentence would have ended the process with an error.
    assert "\n" not in ended.fault
    assert ended.fault.endswith("。") or not ended.fault
    return ended


@pytest.mark.parametrize(("name", "number"), ALL)
@pytest.mark.usefixtures("next_program")
def test_files_that_cannot_grow(name: str, number: int, folder: Path) -> None:
    """By a quota or a limit: from a few bytes up to as much as it takes."""
    exponent = chance("limit", name, number).uniform(math.log(100), math.log(1_500_000))
    ended = go(name, folder, Trouble(file_bytes=int(math.exp(exponent) if number else 300)))
    assert ended.fault or ended.said
    look_after(name, folder, ended)


@pytest.mark.parametrize(("name", "number"), ALL)
@pytest.mark.usefixtures("next_program")
def test_a_disk_without_room(name: str, number: int, folder: Path) -> None:
    """A disk of its own that has next to nothing left, or up to a megabyte."""
    spare = chance("disk", name, number).randrange(4, 1000) if number else 0
    ended = go(name, folder, Trouble(spare_kib=spare))
    assert ended.fault or ended.said
    look_after(name, folder, ended)


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", [name for name in KINDS if name != "first start"])
@pytest.mark.usefixtures("next_program")
def test_a_disk_that_takes_nothing(name: str, folder: Path) -> None:
    """A stick with its switch on, a folder of the administrator's: as root too."""
    before = contents(folder)
    ended = go(name, folder, Trouble(read_only=True))
    assert "只读" in ended.fault
    assert ended.said == []
    assert contents(folder) == before


def test_no_office_begins_on_a_disk_that_takes_nothing(folder: Path) -> None:
    ended = go("first start", folder, Trouble(read_only=True))
    assert "只读" in ended.fault
