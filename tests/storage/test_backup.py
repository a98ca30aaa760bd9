"""Backups: whole, checked, found again, thinned out and put back."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from app.clock import FixedClock
from app.models import Resident
from app.services.office import Office as OfficeFacts
from app.services.office import set_office
from app.storage import backup as backup_module
from app.storage import backup_place, migrations
from app.storage import connection as raw
from app.storage.atomic import sync_file, sync_folder
from app.storage.backup import (
    MANY,
    BackupFolderMissing,
    BackupInfo,
    BadBackupDisk,
    NoRoom,
    back_up_before,
    backup_now,
    list_backups,
    note_unsaved_changes,
)
from app.storage.backup_info import latest
from app.storage.backup_place import copy_backup
from app.storage.check import check_file
from app.storage.counts import Counts, count, difference
from app.storage.engine import Database
from app.storage.faults import CannotWrite, Damaged, DiskFull, NotAnOffice, StorageFault
from app.storage.incoming import incoming, take_place
from app.storage.keyfile import KeyFileDamaged
from app.storage.migrations import NewerFile
from app.storage.office_file import create_office, load_vault, open_office
from app.storage.restore import restore_backup
from app.storage.slots import WEAK_COST
from app.storage.thinning import thin_out, worth_keeping
from app.storage.vault import Vault, keyfile_of
from tests.storage.offices import CLOCK

PASSWORD = "春天来了123"


class Office(NamedTuple):
    database: Database
    vault: Vault
    backups: Path

    def add(self, name: str) -> None:
        with self.database.transaction("新增居民") as session:
            session.add(Resident(name=name, name_order=name))

    def names(self) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(select(Resident.name).order_by(Resident.id)))

    def back_up(self, reason: str = "手动") -> BackupInfo:
        return backup_now(self.database, self.vault, self.backups, reason=reason)

    def reopened(self) -> "Office":
        self.database.close()
        file, key = self.database.file, self.database.key
        database = open_office(file, key, clock=CLOCK, backup=lambda: None)
        return self._replace(database=database)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    new = create_office(
        tmp_path / "资料" / "社区资料.linli",
        user="王书记",
        role="书记",
        password=PASSWORD,
        clock=CLOCK,
        cost=WEAK_COST,
    )
    office = Office(new.database, new.vault, tmp_path / "备份 U 盘")
    office.add("甲")
    return office


def damage(file: Path, page: int) -> None:
    with file.open("r+b") as stream:
        stream.seek((page - 1) * 4096 + 2000)
        stream.write(b"\xaa" * 16)


def test_a_backup_holds_the_file_and_its_key_file_under_one_date(office: Office) -> None:
    info = office.back_up("导入前")
    assert info.folder.name == "2026-11-21_09-30-00"
    assert sorted(path.name for path in info.folder.iterdir()) == [
        "backup.json",
        "社区资料.linli",
        "社区资料.linli-key",
    ]
    assert (info.people, info.households, info.reason, info.ok) == (1, 0, "导入前", True)


def test_a_backup_opens_by_itself_with_the_password(office: Office) -> None:
    info = office.back_up()
    vault = load_vault(info.file, cost=WEAK_COST)
    key = vault.unlock(vault.users()[0].slot, PASSWORD)
    copy = open_office(info.file, key, clock=CLOCK, backup=lambda: None)
    with copy.reading() as session:
        assert session.scalars(select(Resident.name)).all() == ["甲"]
    copy.close()


def test_a_backup_is_encrypted(office: Office) -> None:
    # A longer name than one sign: three bytes may well stand in half a megabyte of noise.
    office.add("阿迪力·买买提")
    content = office.back_up().file.read_bytes()
    assert "阿迪力·买买提".encode() not in content
    assert b"resident" not in content


def test_a_backup_does_not_hold_up_whoever_is_saving(office: Office) -> None:
    with office.database.transaction("新增居民") as session:
        session.add(Resident(name="乙", name_order="yi"))
        session.flush()
        info = office.back_up()
    assert info.people == 1
    assert office.names() == ["甲", "乙"]


def test_a_backup_settles_what_had_changed(office: Office) -> None:
    assert office.database.changed_since_backup
    office.back_up()
    assert not office.database.changed_since_backup
    office.add("乙")
    assert office.database.changed_since_backup


def test_work_that_no_backup_has_is_noticed_at_the_next_start(office: Office) -> None:
    office.back_up()
    again = office.reopened()
    note_unsaved_changes(again.database, again.backups)
    assert not again.database.changed_since_backup
    again.add("乙")
    third = again.reopened()
    note_unsaved_changes(third.database, third.backups)
    assert third.database.changed_since_backup


def test_two_backups_in_one_second_are_two(office: Office) -> None:
    assert office.back_up().folder != office.back_up().folder
    assert len(list_backups(office.backups)) == 2


def test_backups_are_listed_newest_first_and_only_finished_ones(office: Office) -> None:
    older = office.back_up()
    office.database.clock = FixedClock(CLOCK.now() + timedelta(hours=1))
    newer = office.back_up()
    (office.backups / "别的文件夹").mkdir()
    (office.backups / "说明.txt").write_text("x")
    damaged = office.backups / "2026-01-01_00-00-00"
    damaged.mkdir()
    (damaged / "backup.json").write_text("{")
    assert [info.folder for info in list_backups(office.backups)] == [newer.folder, older.folder]
    assert list_backups(office.backups / "没有") == []


def test_only_the_backups_of_this_office_are_listed(office: Office) -> None:
    info = office.back_up()
    assert list_backups(office.backups, info.office_id)
    assert list_backups(office.backups, bytes(16)) == []


def test_a_backup_whose_file_was_cut_short_is_marked(office: Office) -> None:
    info = office.back_up()
    info.file.write_bytes(info.file.read_bytes()[:-1])
    [listed] = list_backups(office.backups)
    assert not listed.ok


def test_what_a_killed_backup_left_is_swept_up(office: Office) -> None:
    left = office.backups / ".unfinished-2026-11-20_10-00-00"
    left.mkdir(parents=True)
    (left / "社区资料.linli").write_bytes(b"half")
    office.back_up()
    assert not left.exists()
    assert len(list_backups(office.backups)) == 1


def test_too_little_room_is_said_before_anything_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_place, "free_bytes", lambda _: 1000)
    with pytest.raises(NoRoom, match="MB"):
        office.back_up()
    assert list(office.backups.iterdir()) == []
    assert office.database.changed_since_backup


@pytest.mark.parametrize(
    ("number", "fault"), [(28, DiskFull), (30, CannotWrite), (13, CannotWrite)]
)
def test_a_disk_that_refuses_leaves_no_half_backup(
    office: Office, monkeypatch: pytest.MonkeyPatch, number: int, fault: type[Exception]
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(backup_place, "sync_file", refuse)
    with pytest.raises(fault):
        office.back_up()
    assert list(office.backups.iterdir()) == []
    assert office.database.changed_since_backup


def test_a_damaged_file_is_not_taken_for_a_good_backup(office: Office) -> None:
    file, key = office.database.file, office.database.key
    office.database.close()
    damage(file, 5)
    database = Database.open(file, key, clock=CLOCK)
    with pytest.raises(Damaged):
        backup_now(database, office.vault, office.backups, reason="退出时")
    database.close()
    assert list(office.backups.iterdir()) == []


def test_a_stick_that_keeps_something_else_is_found_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    copyfile = shutil.copyfile

    def lie(source: Path, target: Path) -> None:
        copyfile(source, target)
        damage(target, 3)

    monkeypatch.setattr("app.storage.backup_place.shutil.copyfile", lie)
    with pytest.raises(BadBackupDisk, match="备份 U 盘"):
        office.back_up()
    assert list(office.backups.iterdir()) == []


def test_what_a_killed_backup_left_beside_the_file_is_gone_at_the_next_start(
    office: Office,
) -> None:
    left = office.database.file.with_name(".backup-abc")
    left.mkdir()
    (left / "社区资料.linli").write_bytes(b"half")
    office.reopened().back_up()
    assert not list(office.database.file.parent.glob(".backup-*"))


def test_a_copy_that_reads_back_damaged_is_thrown_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = backup_module._stage

    def badly(database: Database, copy: Path) -> None:
        stage(database, copy)
        damage(copy, 7)

    monkeypatch.setattr(backup_module, "_stage", badly)
    with pytest.raises(Damaged, match="第 7 页"):
        office.back_up()
    assert list(office.backups.iterdir()) == []


def test_an_index_that_is_out_of_step_is_no_good_backup(office: Office) -> None:
    with closing(raw.connect(office.database.file, office.database.key)) as connection:
        [(sql,)] = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'ix_resident_phone'"
        ).fetchall()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = ? WHERE name = 'ix_resident_phone'",
            (sql.replace("(phone)", "(name)"),),
        )
    again = office.reopened()
    with pytest.raises(Damaged):
        again.back_up()
    again.database.close()


def test_a_backup_put_back_replaces_the_file_and_keeps_the_present_one(office: Office) -> None:
    info = office.back_up()
    office.add("乙")
    file, key = office.database.file, office.database.key
    office.database.close()
    restore_backup(info, file, key, clock=CLOCK)
    assert office.reopened().names() == ["甲"]
    [aside] = file.parent.glob("* *.linli")
    kept = Database.open(aside, key, clock=CLOCK)
    with kept.reading() as session:
        assert session.scalars(select(Resident.name)).all() == ["甲", "乙"]
    kept.close()


def test_a_password_changed_since_goes_on_working_after_a_restore(office: Office) -> None:
    info = office.back_up()
    slot = office.vault.users()[0].slot
    office.vault.change_password(slot, PASSWORD, "秋天来了456")
    file, key = office.database.file, office.database.key
    office.database.close()
    restore_backup(info, file, key, clock=CLOCK)
    assert load_vault(file, cost=WEAK_COST).unlock(slot, "秋天来了456") == key


@pytest.mark.parametrize("loss", ["missing", "damaged"])
def test_a_lost_key_file_comes_back_with_the_backup(office: Office, loss: str) -> None:
    info = office.back_up()
    file, key = office.database.file, office.database.key
    office.database.close()
    keyfile_of(file).unlink()
    if loss == "damaged":
        keyfile_of(file).write_text("{}")
    restore_backup(info, file, key, clock=CLOCK)
    vault = load_vault(file, cost=WEAK_COST)
    assert vault.unlock(vault.users()[0].slot, PASSWORD) == key


def test_a_backup_restores_on_a_computer_that_has_nothing(office: Office, tmp_path: Path) -> None:
    info = office.back_up()
    key = office.database.key
    office.database.close()
    file = tmp_path / "新电脑" / "社区资料.linli"
    restore_backup(info, file, key, clock=CLOCK)
    database = open_office(file, key, clock=CLOCK, backup=lambda: None)
    database.close()
    load_vault(file)


def test_a_damaged_backup_changes_nothing(office: Office) -> None:
    info = office.back_up()
    damage(info.file, 5)
    file, key = office.database.file, office.database.key
    office.database.close()
    content = file.read_bytes()
    with pytest.raises(Damaged):
        restore_backup(info, file, key, clock=CLOCK)
    assert file.read_bytes() == content
    assert len(list(file.parent.iterdir())) == 2


def test_the_backup_of_another_office_changes_nothing(office: Office) -> None:
    info = office.back_up()
    file = office.database.file
    office.database.close()
    with pytest.raises(NotAnOffice):
        restore_backup(info, file, bytes(32), clock=CLOCK)
    assert len(list(file.parent.iterdir())) == 2


def kill_with_a_log(office: Office) -> bytes:
    """Leave the file as a killed program does, with a log beside it; the log's content."""
    log = office.database.file.with_name(f"{office.database.file.name}-wal")
    with closing(raw.connect(office.database.file, office.database.key)):
        office.add("乙")
        file, content = office.database.file.read_bytes(), log.read_bytes()
        office.database.close()
    office.database.file.write_bytes(file)
    log.write_bytes(content)
    return content


def test_the_log_of_a_damaged_file_is_set_aside_and_not_replayed(office: Office) -> None:
    info = office.back_up()
    content = kill_with_a_log(office)
    file, key = office.database.file, office.database.key
    file.write_bytes(b"noise" * 1000)
    restore_backup(info, file, key, clock=CLOCK)
    assert office.reopened().names() == ["甲"]
    assert [path.read_bytes() for path in file.parent.glob("* *.linli-wal")] == [content]


def test_what_a_killed_program_saved_is_kept_with_the_file_set_aside(office: Office) -> None:
    info = office.back_up()
    kill_with_a_log(office)
    file, key = office.database.file, office.database.key
    restore_backup(info, file, key, clock=CLOCK)
    assert office.reopened().names() == ["甲"]
    [aside] = file.parent.glob("* *.linli")
    kept = office._replace(database=Database.open(aside, key, clock=CLOCK))
    assert kept.names() == ["甲", "乙"]


@pytest.mark.parametrize("step", range(8))
def test_a_restore_that_breaks_off_at_any_step_leaves_an_office_that_opens(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    info = office.back_up()
    kill_with_a_log(office)
    file, key = office.database.file, office.database.key
    steps = iter(range(100))

    def breaking(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            if next(steps) == step:
                raise OSError(28, "No space left on device")
            return real(*arguments)

        return call

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.restore.shutil.copyfile", breaking(shutil.copyfile))
        patch.setattr("app.storage.restore.sync_file", breaking(sync_file))
        patch.setattr("app.storage.incoming.os.replace", breaking(os.replace))
        patch.setattr("app.storage.restore.sync_folder", breaking(sync_folder))
        with pytest.raises(DiskFull):
            restore_backup(info, file, key, clock=CLOCK)
    after = ["甲"] if step == 7 else ["甲", "乙"]
    assert office.reopened().names() == after
    assert not list(file.parent.glob(".*"))


def days_ago(number: float) -> datetime:
    return CLOCK.now() - timedelta(days=number)


def test_everything_of_the_last_two_days_is_kept() -> None:
    moments = [days_ago(hours / 24) for hours in range(0, 48, 2)]
    assert worth_keeping(moments, CLOCK.now()) == set(moments)


def test_of_older_backups_the_last_of_each_day_week_and_month_is_kept() -> None:
    moments = [days_ago(half / 2) for half in range(800)]
    kept = worth_keeping(moments, CLOCK.now())
    older = sorted(at for at in kept if at < days_ago(2))
    assert len({at.date() for at in older}) == len(older)
    assert len(older) < 12 + 10 + 9
    assert min(older) < days_ago(210)
    assert all(at.hour == 21 for at in older)


def test_a_backup_from_the_future_is_kept() -> None:
    future = days_ago(-400)
    assert worth_keeping([future, days_ago(1)], CLOCK.now()) == {future, days_ago(1)}


def test_thinning_out_removes_the_folders_that_are_not_worth_keeping(office: Office) -> None:
    for hours in range(6):
        office.database.clock = FixedClock(days_ago(30) + timedelta(hours=hours))
        office.back_up()
    removed = thin_out(office.backups, CLOCK.now())
    assert len(removed) == 5
    [left] = list_backups(office.backups)
    assert left.at == days_ago(30) + timedelta(hours=5)
    assert len(list(office.backups.iterdir())) == 1


def test_a_backup_that_is_not_whole_does_not_push_a_good_one_out(office: Office) -> None:
    for hours in range(2):
        office.database.clock = FixedClock(days_ago(30) + timedelta(hours=hours))
        last = office.back_up()
    last.file.unlink()
    assert thin_out(office.backups, CLOCK.now()) == []
    assert len(list_backups(office.backups)) == 2


def test_a_check_of_a_whole_file_counts_what_it_holds(office: Office) -> None:
    report = check_file(office.database.file, office.database.key)
    assert report.ok
    assert report.counts
    assert (report.counts.people, report.counts.operations) == (1, 2)
    assert "资料完好" in report.lines()[-1]
    assert "居民 1 人" in report.lines()[1]


def test_a_check_of_a_backup_leaves_it_as_it_is(office: Office) -> None:
    info = office.back_up()
    content = info.file.read_bytes()
    assert check_file(info.file, office.database.key).ok
    assert info.file.read_bytes() == content
    assert len(list(info.folder.iterdir())) == 3


def test_a_check_names_the_damaged_page(office: Office) -> None:
    office.database.close()
    damage(office.database.file, 5)
    report = check_file(office.database.file, office.database.key)
    assert report.pages == (5,)
    assert any("第 5 页" in line for line in report.lines())
    assert "备份" in report.lines()[-1]


def test_a_check_finds_links_to_nowhere_and_a_journal_that_was_changed(office: Office) -> None:
    connection = raw.connect(office.database.file, office.database.key)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("UPDATE resident SET household_id = 99")
    connection.execute("UPDATE operation SET sentence = 'x' WHERE id = 2")
    connection.close()
    report = check_file(office.database.file, office.database.key)
    assert len(report.faults) == 2
    assert "resident" in report.faults[0].sentence
    assert "第 2 条" in report.faults[1].sentence


def test_a_check_with_the_wrong_key_is_a_sentence(office: Office) -> None:
    with pytest.raises(NotAnOffice):
        check_file(office.database.file, bytes(32))


def test_a_backup_place_that_is_gone_is_named_and_does_not_harm_the_office(office: Office) -> None:
    office.backups.write_text("a file where the folder should be")
    with pytest.raises(BackupFolderMissing, match="备份 U 盘"):
        office.back_up()
    office.add("乙")
    assert office.names() == ["甲", "乙"]


def test_a_step_that_changes_many_rows_has_a_backup_of_the_last_half_hour(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_DATA", str(office.database.file.parent))
    assert back_up_before(office.database, "批量改标签前", rows=3) is None
    first = back_up_before(office.database, "批量改标签前", rows=MANY)
    assert first == back_up_before(office.database, "合并前", rows=MANY)
    office.database.clock = FixedClock(CLOCK.now() + timedelta(minutes=31))
    assert back_up_before(office.database, "合并前", rows=MANY) != first
    always = back_up_before(office.database, "导入前")
    assert always is not None
    assert always.reason == "导入前"


def test_a_file_without_keys_is_not_put_among_the_backups(office: Office) -> None:
    keyfile_of(office.database.file).unlink()
    assert back_up_before(office.database, "导入前") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "../../社区资料.linli"},
        {"file": "/etc/hostname"},
        {"file": "a\\..\\b.linli"},
        {"file": "C:x.linli"},
        {"file": ".."},
        {"file": ""},
        {"file": None},
        {"bytes": "many"},
        {"at": "yesterday"},
        {"at": 5},
        {"office": "zz"},
        {"people": None},
        {"operations": []},
    ],
)
def test_a_description_that_somebody_made_up_is_no_backup(
    office: Office, changes: dict[str, object]
) -> None:
    info = office.back_up()
    facts = json.loads((info.folder / "backup.json").read_bytes())
    (info.folder / "backup.json").write_text(json.dumps({**facts, **changes}))
    assert list_backups(office.backups) == []


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{" * 40_000, b"null", b" " * 70_000, b"\xff\xfe"]
)
def test_whatever_lies_in_a_folder_the_list_is_read_to_its_end(
    office: Office, content: bytes
) -> None:
    info = office.back_up()
    strange = office.backups / "2026-11-21_09-30-01"
    strange.mkdir()
    (strange / "backup.json").write_bytes(content)
    assert list_backups(office.backups) == [info]


def test_a_time_with_a_zone_does_not_break_the_order(office: Office) -> None:
    first, second = office.back_up(), office.back_up()
    facts = json.loads((second.folder / "backup.json").read_bytes())
    facts["at"] += "+08:00"
    (second.folder / "backup.json").write_text(json.dumps(facts))
    assert len(list_backups(office.backups)) == 2
    assert first in list_backups(office.backups)


def test_a_backup_that_is_a_link_to_somewhere_else_is_not_whole(
    office: Office, tmp_path: Path
) -> None:
    info = office.back_up()
    moved = info.file.rename(tmp_path / "anderswo.linli")
    info.file.symlink_to(moved)
    [listed] = list_backups(office.backups)
    assert not listed.ok


def test_a_backup_without_its_key_file_is_not_whole(office: Office) -> None:
    info = office.back_up()
    keyfile_of(info.file).unlink()
    [listed] = list_backups(office.backups)
    assert not listed.ok


def test_the_community_is_named_and_nobody_else(office: Office) -> None:
    with office.database.transaction("填写社区资料") as session:
        set_office(session, OfficeFacts("望海社区"))
    info = office.back_up()
    assert info.office_name == "望海社区"
    assert "甲" not in (info.folder / "backup.json").read_text("utf-8")


def test_figures_that_an_older_file_cannot_give_are_left_out(office: Office) -> None:
    with closing(raw.connect(office.database.file, office.database.key)) as connection:
        connection.execute("ALTER TABLE certificate RENAME TO paper")
        counts = count(connection)
    assert "certificates" not in counts.values
    assert counts.people == 1


def test_a_difference_is_told_in_words() -> None:
    now = Counts({"people": 10, "households": 4, "certificates": 2}, 9, "")
    then = Counts({"people": 7, "households": 5, "certificates": 1}, 5, "")
    assert difference(then, now) == "少 3 人、1 份证明，多 1 户"
    assert difference(now, now) == ""


def test_money_is_told_in_yuan_and_meetings_by_their_number() -> None:
    now = Counts({"deposits": 1_930_200, "fund": 123_456, "meetings": 4}, operations=9)
    then = Counts({"deposits": 1_930_250, "fund": 0, "meetings": 3}, operations=5)
    assert difference(then, now) == "少 1 次会议、1,234.56 元专项经费，多 0.50 元餐卡存款"


# -- the second place


@pytest.fixture
def second(tmp_path: Path) -> Path:
    folder = tmp_path / "另一处 U 盘"
    folder.mkdir()
    return folder


def test_a_copy_in_the_second_place_is_the_same_to_the_byte(office: Office, second: Path) -> None:
    info = office.back_up()
    copy = copy_backup(info, second)
    names = sorted(path.name for path in info.folder.iterdir())
    assert sorted(path.name for path in copy.folder.iterdir()) == names
    assert all((copy.folder / n).read_bytes() == (info.folder / n).read_bytes() for n in names)
    assert copy.same == info.same


def test_a_copy_that_is_there_already_is_not_made_again(office: Office, second: Path) -> None:
    info = office.back_up()
    first = copy_backup(info, second)
    assert copy_backup(info, second) == first
    assert len(list_backups(second)) == 1


def test_a_backup_that_has_rotted_is_not_carried_on(office: Office, second: Path) -> None:
    info = office.back_up()
    damage(info.file, 5)
    with pytest.raises(Damaged):
        copy_backup(info, second)
    assert list(second.iterdir()) == []


@pytest.mark.parametrize(("number", "words"), [(30, "写保护"), (28, "写满了"), (5, "读回来不一样")])
def test_what_is_wrong_with_a_stick_is_said_of_the_stick(
    office: Office, second: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    info = office.back_up()

    def refuse(_: Path) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(backup_place, "sync_file", refuse)
    with pytest.raises(StorageFault, match=words) as told:
        copy_backup(info, second)
    assert "U 盘" in str(told.value)
    assert list(second.iterdir()) == []


def test_the_place_of_a_stick_that_is_gone_is_not_made_on_the_own_disk(
    office: Office, second: Path
) -> None:
    info = office.back_up()
    second.rmdir()
    with pytest.raises(BackupFolderMissing, match="U 盘"):
        copy_backup(info, second)
    assert not second.exists()


def test_two_backups_at_once_do_not_clear_each_other_away(office: Office) -> None:
    with ThreadPoolExecutor(3) as pool:
        made = [pool.submit(office.back_up, f"第 {number} 份") for number in range(3)]
        assert {one.result().reason for one in made} == {"第 0 份", "第 1 份", "第 2 份"}
    assert len(list_backups(office.backups)) == 3


def test_backups_from_the_future_push_no_real_ones_out() -> None:
    real = [days_ago(day) for day in range(3, 15)]
    ahead = [days_ago(-day) for day in range(300, 320)]
    assert worth_keeping([*real, *ahead], CLOCK.now()) == {*real, *ahead}


def test_a_clock_set_back_a_year_removes_nothing() -> None:
    moments = [days_ago(hours / 10) for hours in range(300)]
    then = CLOCK.now() - timedelta(days=365)
    assert worth_keeping([*moments, then], then) == {*moments, then}


def test_the_age_of_the_newest_is_not_told_by_a_clock_that_was_wrong(office: Office) -> None:
    real = office.back_up()
    office.database.clock = FixedClock(days_ago(-365))
    office.back_up()
    assert latest(office.backups, real.office_id, CLOCK.now()) == real


def test_a_backup_of_a_newer_program_is_refused_before_anything_changes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = office.back_up()
    file, key = office.database.file, office.database.key
    office.database.close()
    before = file.read_bytes()
    monkeypatch.setattr(migrations, "LATEST", migrations.LATEST - 1)
    with pytest.raises(NewerFile):
        restore_backup(info, file, key, clock=CLOCK)
    assert file.read_bytes() == before


@pytest.mark.parametrize("killed_at", ["before", "between"])
def test_a_restore_killed_between_file_and_keys_goes_on_at_the_next_start(
    office: Office, monkeypatch: pytest.MonkeyPatch, killed_at: str
) -> None:
    info = office.back_up()
    file, key = office.database.file, office.database.key
    office.database.close()
    keyfile_of(file).write_text("{}")
    present = file.read_bytes()

    class Killed(BaseException):
        pass

    with monkeypatch.context() as patch:

        def die(path: Path) -> None:
            if killed_at == "between" and path == file:
                take_place(path)
                return
            # As a kill: nothing is tidied up.
            patch.setattr(Path, "unlink", lambda *_, **__: None)
            raise Killed

        patch.setattr("app.storage.restore.take_place", die)
        with pytest.raises(Killed):
            restore_backup(info, file, key, clock=CLOCK)

    if killed_at == "before":
        with pytest.raises(KeyFileDamaged):
            load_vault(file)
        assert file.read_bytes() == present
    else:
        vault = load_vault(file, cost=WEAK_COST)
        assert vault.unlock(vault.users()[0].slot, PASSWORD) == key
    assert not incoming(keyfile_of(file)).exists()
