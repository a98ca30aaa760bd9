"""Another data key: everybody's password goes on working, and the old key opens nothing new."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlcipher3
from sqlalchemy import select

from app.errors import Cancelled, DomainError
from app.models import Resident
from app.storage import connection as raw
from app.storage import keyfile as keyfile_module
from app.storage.backup import backup_now, list_backups
from app.storage.check import check_file
from app.storage.engine import Database
from app.storage.faults import DiskFull, FileBusy
from app.storage.office_file import create_office, load_vault, open_office
from app.storage.rekey import change_data_key, finish_change
from app.storage.restore import restore_backup
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault
from app.storage.vault_faults import ListChanged
from tests.storage.offices import CLOCK, FILE_NAME

PASSWORD = "春天来了123"
OTHER = "七上八下90"
ROOT = Path(__file__).parents[2]


class Office(NamedTuple):
    database: Database
    vault: Vault
    code: str
    slots: tuple[str, str]
    backups: Path

    @property
    def file(self) -> Path:
        return self.database.file

    def change_key(self, report: Callable[[int, int, str], object] = lambda *_: None) -> None:
        change_data_key(
            self.database,
            self.vault,
            backup=lambda: backup_now(self.database, self.vault, self.backups, reason="换钥匙前"),
            report=report,
        )

    def keys(self) -> set[bytes]:
        """What each of the three ways in leads to, after a restart."""
        vault = load_vault(self.file, cost=WEAK_COST)
        return {
            vault.unlock(self.slots[0], PASSWORD),
            vault.unlock(self.slots[1], OTHER),
            vault.unlock_with_recovery(self.code),
        }

    def names(self) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(select(Resident.name).order_by(Resident.id)))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return _office(tmp_path)


def _office(folder: Path) -> Office:
    new = create_office(
        folder / FILE_NAME,
        user="王书记",
        role="书记",
        password=PASSWORD,
        clock=CLOCK,
        cost=WEAK_COST,
    )
    key = new.database.key
    other = new.vault.add_user(key, name="李干事", role="网格员", password=OTHER)
    with new.database.transaction("新增居民 甲") as session:
        session.add(Resident(name="甲", name_order="jia"))
    slots = (new.vault.users()[0].slot, other)
    return Office(new.database, new.vault, str(new.recovery_code), slots, folder / "备份")


def test_every_password_and_the_code_lead_to_the_new_key_and_the_old_one_opens_nothing(
    office: Office,
) -> None:
    old = office.database.key
    office.change_key()
    assert office.database.key != old
    assert office.keys() == {office.database.key}
    assert not raw.fits(office.file, old)
    assert office.names() == ["甲"]


def test_the_office_goes_on_working_with_the_file_open(office: Office) -> None:
    with office.database.lookup():
        pass
    office.change_key()
    with office.database.transaction("新增居民 乙") as session:
        session.add(Resident(name="乙", name_order="yi"))
    assert office.names() == ["甲", "乙"]
    office.database.close()
    assert check_file(office.file, office.database.key).ok
    assert sorted(path.name for path in office.file.parent.iterdir()) == [
        "备份",
        FILE_NAME,
        "社区资料.linli-key",
    ]


def test_the_backup_of_before_opens_with_the_key_file_in_it_and_can_be_put_back(
    office: Office,
) -> None:
    old = office.database.key
    office.change_key()
    info = list_backups(office.backups)[0]
    assert info.reason == "换钥匙前"
    vault = load_vault(info.file, cost=WEAK_COST)
    assert vault.unlock(office.slots[1], OTHER) == old
    office.database.close()
    restore_backup(info, office.file, old, clock=CLOCK)
    assert office.keys() == {old}
    assert raw.fits(office.file, old)


def test_a_removed_user_does_not_get_the_new_key(office: Office) -> None:
    old = office.database.key
    copied = office.vault.keyfile.read_bytes()
    office.vault.remove_user(old, office.slots[1])
    office.change_key()
    office.vault.keyfile.write_bytes(copied)
    with_his_copy = load_vault(office.file, cost=WEAK_COST).unlock(office.slots[1], OTHER)
    assert with_his_copy == old
    assert not raw.fits(office.file, with_his_copy)


def test_a_public_key_smuggled_into_the_list_is_told_and_gets_no_new_key(office: Office) -> None:
    stranger = _office(_folder(office.file.parent / "别处"))
    facts = json.loads(office.vault.keyfile.read_bytes())
    foreign = json.loads(stranger.vault.keyfile.read_bytes())
    facts["slots"].append({**foreign["slots"][1], "name": "外人"})
    facts["checksum"] = keyfile_module._checksum(facts)
    office.vault.keyfile.write_text(json.dumps(facts))
    assert office.keys() == {office.database.key}
    assert not office.vault.is_genuine(office.database.key)
    before = office.database.key
    with pytest.raises(ListChanged, match="名单被别的程序改动过"):
        office.change_key()
    assert office.database.key == before
    assert office.names() == ["甲"]
    stranger.database.close()


def _folder(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_what_is_being_saved_waits_and_is_told_why(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.engine.TURN_SECONDS", 0.05)
    refused: list[str] = []

    def save_meanwhile(done: int, _of: int, _words: str) -> None:
        if done == 2:
            thread = threading.Thread(target=try_to_save)
            thread.start()
            thread.join()

    def try_to_save() -> None:
        try:
            with office.database.transaction("新增居民 丙") as session:
                session.add(Resident(name="丙", name_order="bing"))
        except FileBusy as fault:
            refused.append(fault.doing)

    office.change_key(save_meanwhile)
    assert refused == ["更换资料钥匙"]
    assert office.names() == ["甲"]


@pytest.mark.parametrize("step", [1, 2, 3])
def test_cancelled_before_the_exchange_everything_is_as_before(office: Office, step: int) -> None:
    before = office.database.key

    def cancel(done: int, _of: int, _words: str) -> None:
        if done == step:
            raise Cancelled

    with pytest.raises(Cancelled):
        office.change_key(cancel)
    assert office.database.key == before
    assert office.keys() == {before}
    assert office.names() == ["甲"]
    assert not list(office.file.parent.glob(".*rekey*"))


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_disk_that_refuses_a_rename_leaves_a_pair_that_opens(
    office: Office, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """The key file with both keys, the file, the key file with the new one."""
    replace, calls = os.replace, []

    def refuse(source: Path, target: Path) -> None:
        if Path(target).parent == office.file.parent:
            calls.append(target)
            if len(calls) == failing:
                raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(DiskFull):
        office.change_key()
    monkeypatch.undo()
    assert office.names() == ["甲"]
    assert office.keys() == {office.database.key}
    # What was broken off does not stand in the way of another try, nor of a new password.
    office.vault.set_password(office.slots[1], office.database.key, OTHER)
    office.change_key()
    assert office.keys() == {office.database.key}
    assert raw.fits(office.file, office.database.key)


def test_another_program_that_has_the_file_open_stops_the_exchange(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "BUSY_SECONDS", 0)
    before = office.database.key
    with closing(raw.connect(office.file, before)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM resident").fetchone()
        with pytest.raises(DomainError):
            office.change_key()
    assert office.keys() == {before}
    assert office.names() == ["甲"]


CHANGE = """
import sys
from pathlib import Path
from app.storage.engine import Database
from app.storage.office_file import load_vault
from app.storage.rekey import change_data_key
from app.storage.slots import WEAK_COST
from tests.storage.offices import CLOCK
folder = Path(sys.argv[1])
file = folder / "社区资料.linli"
vault = load_vault(file, cost=WEAK_COST)
key = vault.unlock(vault.users()[0].slot, "春天来了123")
database = Database.open(file, key, clock=CLOCK)
print("ready", flush=True)
while True:
    change_data_key(database, vault, backup=lambda: None, report=lambda *_: None)
    print("changed", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of Unix")
def test_a_kill_at_any_moment_leaves_an_office_that_opens_by_every_way_in(tmp_path: Path) -> None:
    office = _office(tmp_path)
    office.database.close()
    chance = random.Random(20261122)
    for _ in range(3):
        _run_and_kill(CHANGE, tmp_path, chance.uniform(0.0, 0.25))
        assert _next_start(office) == ["甲"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of Unix")
@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_around_each_rename_is_finished_by_the_next_start(
    tmp_path: Path, call: int, moment: str
) -> None:
    office = _office(tmp_path)
    before = office.database.key
    office.database.close()
    child = os.fork()
    if not child:
        _change_and_die(office.file, before, call, moment)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert _next_start(office) == ["甲"]
    begun = call > 1 or moment == "after"
    assert (office.keys() == {before}) is not begun


def _change_and_die(file: Path, key: bytes, call: int, moment: str) -> None:
    """In a process of its own, killed before or after its n-th rename."""
    replace, calls = os.replace, []

    def kill(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == call and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)
        if len(calls) == call:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        os.replace = kill  # type: ignore[assignment]
        database = Database.open(file, key, clock=CLOCK)
        vault = load_vault(file, cost=WEAK_COST)
        change_data_key(database, vault, backup=lambda: None, report=lambda *_: None)
    finally:
        os._exit(1)


def _next_start(office: Office) -> list[str]:
    """The names in the file, opened as the program does; nothing of the change is left over."""
    vault = load_vault(office.file, cost=WEAK_COST)
    key = finish_change(office.file, vault, vault.unlock(office.slots[1], OTHER))
    database = open_office(office.file, key, clock=CLOCK, backup=lambda: None)
    names = office._replace(database=database).names()
    database.close()
    assert office.keys() == {key}
    assert load_vault(office.file, cost=WEAK_COST)._content.coming is None
    assert not list(office.file.parent.glob(".*rekey*"))
    return names


def _run_and_kill(program: str, folder: Path, seconds: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGKILL)


def test_the_new_file_has_the_salt_of_the_old_one(office: Office) -> None:
    before = office.file.read_bytes()[:16]
    office.change_key()
    office.database.close()
    assert office.file.read_bytes()[:16] == before == office.vault.office_id
    with pytest.raises(sqlcipher3.DatabaseError):
        raw.connect(office.file, bytes(32))
