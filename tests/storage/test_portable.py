"""便携: two folders stand for a USB stick and for the computers that it is plugged into."""

import errno
import os
import platform
import shutil
import signal
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.models import Resident
from app.storage import portable, stick
from app.storage.engine import Database
from app.storage.keyfile import read_keyfile
from app.storage.loan import Loan, NotBroughtBack, StickChanged
from app.storage.lock import HeldElsewhere, HeldHere, OfficeLock, holder_of
from app.storage.lookup import query
from app.storage.portable import Fork, arrive
from app.storage.slots import WEAK_COST
from app.storage.stick import (
    KEPT,
    OTHERS,
    StickBad,
    StickClosed,
    StickFull,
    StickGone,
    fingerprint,
)
from app.storage.vault import Vault, keyfile_of
from app.storage.vault_faults import TooEarly, WrongPassword
from tests.storage.offices import CLOCK, FILE_NAME, KEY, fresh_office

AT = datetime(2026, 11, 21, 17, 40)


class Stick:
    """A stick with an office on it, and what a program that was started from it does."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "F盘" / "data"
        self.file = self.folder / FILE_NAME
        self.pc = tmp_path / "甲机"
        self.folder.mkdir(parents=True)
        fresh_office(self.folder).close()
        Vault.create(
            keyfile_of(self.file), user="王", role="书记", password="three words", cost=WEAK_COST
        )
        self.lock = OfficeLock.acquire(self.file, clock=CLOCK)

    def plug_in(self, pc: Path | None = None) -> Loan:
        return lent(self.file, pc or self.pc)

    def names(self) -> list[str]:
        return names(self.file)

    def kept(self) -> list[Path]:
        return sorted((self.folder / KEPT).iterdir())


@pytest.fixture
def plugged(tmp_path: Path) -> Stick:
    return Stick(tmp_path)


def work(loan: Loan, *people: str) -> None:
    database = Database.open(loan.file, KEY, clock=CLOCK)
    for name in people:
        with database.transaction(f"新增居民 {name}") as session:
            session.add(Resident(name=name, name_order=name))
    database.close()


def work_and_die(loan: Loan, name: str) -> None:
    """What is saved when the program is killed lies in the log; the system ends its locks."""
    database = Database.open(loan.file, KEY, clock=CLOCK)
    with database.transaction(f"新增居民 {name}") as session:
        session.add(Resident(name=name, name_order=name))
    left = loan.folder.with_name("left")
    shutil.copytree(loan.folder, left)
    database.close()
    shutil.copytree(left, loan.folder, dirs_exist_ok=True)
    shutil.rmtree(left)
    assert stick.log_of(loan.file).stat().st_size
    loan.leave()


def names(file: Path) -> list[str]:
    """Who is in a file, read from a copy: looking at a stick must leave it as it is."""
    copy = file.parents[1] / "看一眼" / file.name
    copy.parent.mkdir(exist_ok=True)
    for part in stick.belongings(file):
        shutil.copyfile(part, copy.with_name(part.name))
    database = Database.open(copy, KEY, clock=CLOCK)
    with database.lookup() as lookup:
        found = [row[0] for row in lookup.rows(query("name", "resident", rest="ORDER BY id"))]
    database.close()
    shutil.rmtree(copy.parent)
    return found


# -- the way there and back


def test_the_file_is_worked_on_here_and_brought_back(plugged: Stick) -> None:
    loan = plugged.plug_in()
    assert loan.file.parent != plugged.folder
    work(loan, "王秀兰")
    assert plugged.names() == []

    counts = loan.bring_back(KEY, CLOCK)

    assert counts is not None
    assert counts.people == 1
    assert plugged.names() == ["王秀兰"]
    assert list(plugged.pc.iterdir()) == []


def test_the_copy_is_readable_by_nobody_else_and_encrypted(plugged: Stick) -> None:
    loan = plugged.plug_in()
    work(loan, "王秀兰")

    assert stat.S_IMODE(loan.folder.stat().st_mode) == 0o700
    files = [path for path in loan.folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {FILE_NAME, keyfile_of(loan.file).name}
    assert not [path for path in files if "王秀兰".encode() in path.read_bytes()]


def test_where_nothing_was_done_the_stick_is_not_written_to(plugged: Stick) -> None:
    before = {path: path.stat().st_mtime_ns for path in plugged.folder.iterdir()}

    assert plugged.plug_in().bring_back(KEY, CLOCK) is None
    assert plugged.plug_in().bring_back(None, CLOCK) is None

    assert {path: path.stat().st_mtime_ns for path in plugged.folder.iterdir()} == before
    assert list(plugged.pc.iterdir()) == []


def test_the_last_three_states_stay_on_the_stick(plugged: Stick) -> None:
    for number in range(5):
        loan = plugged.plug_in()
        work(loan, f"第{number}人")
        loan.bring_back(KEY, CLOCK)

    assert [names(one / FILE_NAME) for one in plugged.kept()] == [
        [f"第{n}人" for n in range(count)] for count in (2, 3, 4)
    ]
    assert all(keyfile_of(one / FILE_NAME).exists() for one in plugged.kept())


def test_a_new_password_travels_with_the_file(plugged: Stick) -> None:
    loan = plugged.plug_in()
    Vault.load(keyfile_of(loan.file), cost=WEAK_COST).note_sheet_kept()

    loan.bring_back(KEY, CLOCK)

    assert read_keyfile(keyfile_of(plugged.file)).sheet_kept


def test_the_wait_after_wrong_passwords_travels_with_the_stick(plugged: Stick) -> None:
    loan = plugged.plug_in()
    vault = Vault.load(keyfile_of(loan.file), cost=WEAK_COST)
    slot = vault.users()[0].slot
    for _ in range(2):
        with suppress(TooEarly, WrongPassword):
            vault.unlock(slot, "mistyped")

    assert loan.bring_back(None, CLOCK) is None

    again = Vault.load(keyfile_of(plugged.plug_in().file), cost=WEAK_COST)
    assert again.seconds_to_wait(slot) > 0


def test_what_was_set_aside_by_a_restore_comes_along(plugged: Stick) -> None:
    loan = plugged.plug_in()
    aside = loan.file.with_name("社区资料 2026-11-21_09-30-00.linli")
    aside.write_bytes(b"what stood here before")
    work(loan, "王秀兰")

    loan.bring_back(KEY, CLOCK)

    assert (plugged.folder / aside.name).read_bytes() == b"what stood here before"


def test_an_office_founded_on_an_empty_stick_is_brought_there(plugged: Stick) -> None:
    for part in stick.belongings(plugged.file):
        part.unlink()
    loan = plugged.plug_in()
    assert not loan.file.exists()
    fresh_office(loan.folder).close()
    loan.leave()

    loan = plugged.plug_in()
    work(loan, "王秀兰")
    loan.bring_back(KEY, CLOCK)

    assert plugged.names() == ["王秀兰"]


def test_a_log_on_the_stick_is_part_of_its_file(plugged: Stick) -> None:
    work_and_die(Loan(plugged.file, plugged.folder, "", plugged.lock), "王秀兰")
    plugged.lock = OfficeLock.acquire(plugged.file, clock=CLOCK)

    loan = plugged.plug_in()
    work(loan, "李强")
    loan.bring_back(KEY, CLOCK)

    assert plugged.names() == ["王秀兰", "李强"]
    assert not stick.log_of(plugged.file).exists()


# -- the stick or the program goes in between


def test_after_a_crash_the_next_start_goes_on_with_the_work_here(plugged: Stick) -> None:
    loan = plugged.plug_in()
    work_and_die(loan, "王秀兰")

    again = plugged.plug_in()
    assert names(again.file) == ["王秀兰"]
    work(again, "李强")
    again.bring_back(KEY, CLOCK)

    assert plugged.names() == ["王秀兰", "李强"]


def test_without_a_login_work_of_before_stays_here_and_is_told(plugged: Stick) -> None:
    loan = plugged.plug_in()
    work_and_die(loan, "王秀兰")
    again = plugged.plug_in()

    with pytest.raises(NotBroughtBack):
        again.bring_back(None, CLOCK)

    assert names(again.file) == ["王秀兰"]


def test_a_stick_that_was_pulled_out_is_asked_for(plugged: Stick) -> None:
    loan = plugged.plug_in()
    work(loan, "王秀兰")
    away = plugged.folder.rename(plugged.folder.with_name("拔掉了"))

    with pytest.raises(StickGone, match="插回这个 U 盘"):
        loan.bring_back(KEY, CLOCK)

    away.rename(plugged.folder)
    loan.bring_back(KEY, CLOCK)
    assert plugged.names() == ["王秀兰"]


def test_a_full_stick_says_how_much_it_needs_and_keeps_its_file(
    plugged: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    loan = plugged.plug_in()
    work(loan, "王秀兰")
    full = shutil.disk_usage(plugged.folder)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)

    with pytest.raises(StickFull, match=r"空出 \d+ MB"):
        loan.bring_back(KEY, CLOCK)

    assert plugged.names() == []
    monkeypatch.undo()
    loan.bring_back(KEY, CLOCK)
    assert plugged.names() == ["王秀兰"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, StickFull), (errno.EROFS, StickClosed), (errno.EIO, StickBad)],
)
def test_a_stick_that_fails_while_it_is_written_keeps_its_file(
    plugged: Stick,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    sentence: type[Exception],
) -> None:
    loan = plugged.plug_in()
    work(loan, "王秀兰")

    def fail(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(stick, "sync_file", fail)
    with pytest.raises(sentence):
        loan.bring_back(KEY, CLOCK)
    monkeypatch.undo()

    assert plugged.names() == []
    assert names(loan.file) == ["王秀兰"]
    assert not list(plugged.folder.glob(".partial-*"))


def test_a_stick_that_keeps_other_bytes_than_it_was_given_is_found_out(
    plugged: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    loan = plugged.plug_in()
    work(loan, "王秀兰")

    def lie(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)

    monkeypatch.setattr(stick, "sync_file", lie)
    with pytest.raises(StickBad):
        loan.bring_back(KEY, CLOCK)
    monkeypatch.undo()

    assert plugged.names() == []


def test_a_stick_that_fails_between_two_renames_takes_the_rest_when_asked_again(
    plugged: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    loan = plugged.plug_in()
    work(loan, "王秀兰")
    Vault.load(keyfile_of(loan.file), cost=WEAK_COST).note_sheet_kept()
    replace = os.replace

    def fail(old: Path, new: Path) -> None:
        if new == keyfile_of(plugged.file):
            raise OSError(errno.EIO, "no")
        replace(old, new)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(StickBad):
        loan.bring_back(KEY, CLOCK)
    monkeypatch.setattr(os, "replace", replace)
    loan.bring_back(KEY, CLOCK)

    assert plugged.names() == ["王秀兰"]
    assert read_keyfile(keyfile_of(plugged.file)).sheet_kept
    assert list(plugged.pc.iterdir()) == []


def test_a_damaged_copy_does_not_replace_the_file_on_the_stick(plugged: Stick) -> None:
    loan = plugged.plug_in()
    work(loan, *(f"第{n}人" for n in range(30)))
    content = bytearray(loan.file.read_bytes())
    content[len(content) // 2] ^= 1
    loan.file.write_bytes(content)

    with pytest.raises(stick.StorageFault):
        loan.bring_back(KEY, CLOCK)

    assert plugged.names() == []


# -- several computers


def on_another_computer(plugged: Stick, tmp_path: Path, *people: str) -> None:
    loan = plugged.plug_in(tmp_path / "乙机")
    loan.note("李娜", AT)
    work(loan, *people)
    loan.bring_back(KEY, FixedClock(AT))


def forked(plugged: Stick, tmp_path: Path) -> Fork:
    loan = plugged.plug_in()
    loan.note("赵敏", AT)
    work_and_die(loan, "本机的人")
    on_another_computer(plugged, tmp_path, "乙机的人")
    fork = arrive(plugged.file, plugged.pc, CLOCK)
    assert isinstance(fork, Fork)
    return fork


def test_work_here_and_elsewhere_is_a_choice_with_names(plugged: Stick, tmp_path: Path) -> None:
    fork = forked(plugged, tmp_path)

    assert fork.here.by == "赵敏"
    assert (fork.on_stick.by, fork.on_stick.at) == ("李娜", AT)
    assert fork.on_stick.computer == platform.node()


@pytest.mark.parametrize(
    ("choose", "used", "other"),
    [(portable.use_here, "本机的人", "乙机的人"), (portable.use_stick, "乙机的人", "本机的人")],
)
def test_of_two_states_one_is_used_and_the_other_is_kept(
    plugged: Stick,
    tmp_path: Path,
    choose: Callable[[Fork, FixedClock], Loan],
    used: str,
    other: str,
) -> None:
    loan = choose(forked(plugged, tmp_path), CLOCK)
    assert names(loan.file) == [used]
    for number in range(4):
        work(loan, f"以后{number}")
        loan.bring_back(KEY, CLOCK)
        loan = plugged.plug_in()

    kept = list((plugged.folder / OTHERS).iterdir())
    assert [names(one / FILE_NAME) for one in kept] == [[other]]
    assert keyfile_of(kept[0] / FILE_NAME).exists()
    assert plugged.names()[0] == used


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"[1]",
        b"[" * 60000,
        b'{"at": "2026-11-21T09:10:00+08:00", "computer": "../../\\u5916:*?", "user": 7}',
        b'{"at": 5, "computer": ["x"], "user": null}',
    ],
    ids=range(5),
)
def test_whatever_stands_in_the_note_on_the_stick_the_choice_can_be_made(
    plugged: Stick, tmp_path: Path, note: bytes
) -> None:
    forked(plugged, tmp_path).loan.leave()
    (plugged.folder / ".linli-brought").write_bytes(note)

    fork = arrive(plugged.file, plugged.pc, CLOCK)
    assert isinstance(fork, Fork)
    assert (fork.here.at > fork.on_stick.at) in (True, False)
    portable.use_here(fork, CLOCK)

    (kept,) = (plugged.folder / OTHERS).iterdir()
    assert (kept / FILE_NAME).exists()


def test_a_choice_that_is_put_off_comes_again(plugged: Stick, tmp_path: Path) -> None:
    forked(plugged, tmp_path).loan.leave()

    assert isinstance(arrive(plugged.file, plugged.pc, CLOCK), Fork)


def test_a_stick_that_was_used_elsewhere_during_the_work_is_not_overwritten(
    plugged: Stick, tmp_path: Path
) -> None:
    loan = plugged.plug_in()
    work(loan, "本机的人")
    on_another_computer(plugged, tmp_path, "乙机的人")

    with pytest.raises(StickChanged):
        loan.bring_back(KEY, CLOCK)

    assert plugged.names() == ["乙机的人"]
    assert names(loan.file) == ["本机的人"]


def test_what_was_only_looked_at_here_makes_no_choice(plugged: Stick, tmp_path: Path) -> None:
    plugged.plug_in().leave()
    on_another_computer(plugged, tmp_path, "乙机的人")

    assert names(plugged.plug_in().file) == ["乙机的人"]


def test_the_lock_on_the_stick_names_who_did_not_bring_it_back(
    plugged: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged.lock.rename("赵敏", CLOCK)
    plugged.lock.abandon()
    held_by = platform.node()
    monkeypatch.setattr(platform, "node", lambda: "街道-02")

    with pytest.raises(HeldElsewhere, match=f"赵敏在电脑“{held_by}”"):
        OfficeLock.acquire(plugged.file, clock=CLOCK)

    holder = holder_of(plugged.file)
    assert holder is not None
    assert holder.user == "赵敏"


def test_the_same_office_on_two_sticks_is_not_opened_twice(plugged: Stick, tmp_path: Path) -> None:
    plugged.plug_in()
    twin = tmp_path / "G盘" / FILE_NAME
    shutil.copytree(plugged.folder, twin.parent)

    with pytest.raises(HeldHere):
        arrive(twin, plugged.pc, CLOCK)


def test_the_rule_is_another_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, local = tmp_path / "F盘" / "data", tmp_path / "C盘" / "便携"
    assert not portable.is_carried(data, local)
    (tmp_path / "F盘").mkdir()
    device = tmp_path.stat().st_dev
    monkeypatch.setattr(portable, "_device", lambda path: device + ("F盘" in path.parts))

    assert portable.is_carried(data, local)


# -- kill -9 at every step

STEPS = ("open", "replace", "rename", "unlink", "rmdir", "mkdir", "fsync")


def killed_after(steps: int, do: Callable[[], object]) -> bool:
    """Run in a child that kills itself at its `steps`-th call to the disk; False if it ended."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)
    left = steps

    def counting(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **named)

        return counted

    for name in STEPS:
        setattr(os, name, counting(getattr(os, name)))
    try:
        do()
    finally:
        os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of Unix")
def test_killed_at_any_step_of_bringing_back_nothing_is_lost(
    plugged: Stick, tmp_path: Path
) -> None:
    loan = plugged.plug_in()
    work(loan, "王秀兰")
    before, after = fingerprint(plugged.file), fingerprint(loan.file)
    loan.leave()
    steps = killed = 0
    while killed == steps:
        file, pc = copied(plugged, tmp_path / f"{steps}")
        worked = lent(file, pc)
        killed += killed_after(steps, lambda: worked.bring_back(KEY, CLOCK))  # noqa: B023
        worked.leave()

        elsewhere = lent(file, tmp_path / f"{steps}" / "乙机")
        assert fingerprint(elsewhere.file) in (before, after), steps
        elsewhere.remove()
        again = lent(file, pc)
        assert fingerprint(again.file) == after, steps
        again.bring_back(KEY, CLOCK)
        assert fingerprint(file) == after, steps
        assert list(pc.iterdir()) == [], steps
        steps += 1

    assert steps > 15


def copied(plugged: Stick, folder: Path) -> tuple[Path, Path]:
    """The stick and the computer once more: the file there, the folder of copies here."""
    shutil.copytree(plugged.folder, folder / "F盘")
    shutil.copytree(plugged.pc, folder / "甲机")
    return folder / "F盘" / FILE_NAME, folder / "甲机"


def lent(file: Path, pc: Path) -> Loan:
    loan = arrive(file, pc, CLOCK)
    assert isinstance(loan, Loan)
    return loan


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of Unix")
def test_killed_at_any_step_of_fetching_the_next_start_has_the_whole_file(
    plugged: Stick,
) -> None:
    whole = fingerprint(plugged.file)
    steps = 0
    while killed_after(steps, lambda: arrive(plugged.file, plugged.pc, CLOCK)):
        again = plugged.plug_in()
        assert fingerprint(again.file) == whole, steps
        again.remove()
        steps += 1

    assert steps > 5
