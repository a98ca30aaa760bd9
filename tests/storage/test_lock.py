"""One program per file, and no file on a share of another computer."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage import network
from app.storage.faults import CannotWrite
from app.storage.lock import HeldElsewhere, HeldHere, OfficeLock, holder_of
from app.storage.network import NetworkShare, on_network_share
from tests.storage.offices import CLOCK

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from app.clock import Clock
from app.storage.lock import OfficeLock
lock = OfficeLock.acquire(Path(sys.argv[1]), clock=Clock(), user="王秀兰")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "社区资料.linli"


@pytest.fixture
def other_program(file: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        yield child
        child.kill()


def leave_lock_of(computer: str, file: Path) -> None:
    facts = {"computer": computer, "user": "王秀兰", "pid": 77, "since": "2026-11-20 08:30"}
    file.with_suffix(".linli-lock").write_text(json.dumps(facts), "utf-8")


@pytest.mark.usefixtures("other_program")
def test_a_second_program_is_told_that_the_file_is_open_here(file: Path) -> None:
    with pytest.raises(HeldHere) as caught:
        OfficeLock.acquire(file, clock=CLOCK)
    assert caught.value.holder
    assert caught.value.holder.user == "王秀兰"


def test_a_killed_program_leaves_no_lock(
    file: Path, other_program: "subprocess.Popen[str]"
) -> None:
    os.kill(other_program.pid, signal.SIGKILL)
    other_program.wait()
    OfficeLock.acquire(file, clock=CLOCK).release()


def test_the_same_program_cannot_open_a_file_twice(file: Path) -> None:
    lock = OfficeLock.acquire(file, clock=CLOCK)
    with pytest.raises(HeldHere):
        OfficeLock.acquire(file, clock=CLOCK)
    lock.release()
    OfficeLock.acquire(file, clock=CLOCK).release()


def test_a_refused_try_does_not_loosen_the_lock(file: Path) -> None:
    lock = OfficeLock.acquire(file, clock=CLOCK)
    for _ in range(2):
        with pytest.raises(HeldHere):
            OfficeLock.acquire(file, clock=CLOCK)
    lock.release()


def test_a_released_lock_names_nobody_and_may_be_released_again(file: Path) -> None:
    lock = OfficeLock.acquire(file, clock=CLOCK, user="王书记")
    holder = holder_of(file)
    assert holder
    assert (holder.user, holder.pid, holder.since) == ("王书记", os.getpid(), "2026-11-21 09:30")
    lock.release()
    lock.release()
    assert holder_of(file) is None


def test_the_lock_learns_who_logged_in(file: Path) -> None:
    lock = OfficeLock.acquire(file, clock=CLOCK)
    lock.rename("李干事", CLOCK)
    holder = holder_of(file)
    assert holder
    assert holder.user == "李干事"
    lock.release()


def test_a_file_left_open_on_another_computer_names_it(file: Path) -> None:
    leave_lock_of("前台电脑", file)
    with pytest.raises(HeldElsewhere, match=r"王秀兰.*前台电脑.*08:30"):
        OfficeLock.acquire(file, clock=CLOCK)


def test_a_person_may_decide_to_open_it_anyway(file: Path) -> None:
    leave_lock_of("前台电脑", file)
    OfficeLock.acquire(file, clock=CLOCK, take_over=True).release()
    OfficeLock.acquire(file, clock=CLOCK).release()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"computer": "x"}'])
def test_a_lock_file_that_says_nothing_keeps_nobody_out(file: Path, content: str) -> None:
    file.with_suffix(".linli-lock").write_text(content)
    OfficeLock.acquire(file, clock=CLOCK).release()


def test_a_read_only_folder_is_a_sentence(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("app.storage.lock.os.open", refuse)
    with pytest.raises(CannotWrite, match="只读"):
        OfficeLock.acquire(file, clock=CLOCK)


def test_a_disk_that_fills_up_while_locking_leaves_the_file_free(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.lock.os.write", refuse)
        with pytest.raises(Exception, match="磁盘已满"):
            OfficeLock.acquire(file, clock=CLOCK)
    OfficeLock.acquire(file, clock=CLOCK).release()


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/a /mnt/nas nfs4 rw 0 0
//pc/share /mnt/办公\\040共享 cifs rw 0 0
/dev/sdb1 /mnt/nas/local ext4 rw 0 0
host /home/u/.gvfs fuse.gvfsd-fuse rw 0 0
server:/b /mnt/over nfs rw 0 0
/dev/sdc1 /mnt/over ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "remote"),
    [
        ("/home/u/资料", False),
        ("/mnt/nas", True),
        ("/mnt/nas/深/处", True),
        ("/mnt/nastier", False),
        ("/mnt/nas/local/x", False),
        ("/mnt/办公 共享/社区", True),
        ("/home/u/.gvfs/smb", True),
        ("/mnt/over", False),
    ],
)
def test_a_network_share_is_known_by_its_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, remote: bool
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, "utf-8")
    monkeypatch.setattr(network, "MOUNTS", mounts)
    assert on_network_share(Path(folder) / "社区资料.linli") is remote


@pytest.mark.parametrize(
    ("path", "drive", "remote"),
    [
        (r"\\server\share\社区资料.linli", 0, True),
        ("//server/share/x.linli", 0, True),
        (r"Z:\x.linli", 4, True),
        (r"C:\x.linli", 3, False),
        (r"\\?\C:\x.linli", 3, False),
    ],
)
def test_a_network_share_is_known_on_windows(
    monkeypatch: pytest.MonkeyPatch, path: str, drive: int, remote: bool
) -> None:
    monkeypatch.setattr(network, "_drive_type", lambda _: drive)
    assert network._windows_remote(path) is remote


def test_a_file_on_a_share_is_not_locked_but_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "on_network_share", lambda _: True)
    with pytest.raises(NetworkShare, match="本机"):
        OfficeLock.acquire(file, clock=CLOCK)
    assert list(file.parent.iterdir()) == []
