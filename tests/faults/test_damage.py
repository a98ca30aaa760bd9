"""Flipped bits, overwritten beginnings, key files that are missing, cut short or another's."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app import paths
from app.bootstrap import Desk
from app.errors import DomainError
from app.storage import connection as raw
from app.storage.backup import list_backups
from app.storage.check import Report, check_file
from app.storage.faults import Damaged, Lost
from app.storage.office_file import create_office, load_vault
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault, keyfile_of
from app.ui.kit.dialogs import Question
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from app.ui.rescue import RescueDialog
from tests.conftest import Dialogs
from tests.faults import acts
from tests.faults.acts import PASSWORD, USER
from tests.faults.amount import SEED, chance, times

PAGE = 4096
BITS = times(200, 2000)


def key_of(folder: Path) -> bytes:
    vault = load_vault(folder / paths.database_file().name, cost=WEAK_COST)
    return vault.unlock(vault.users()[0].slot, PASSWORD)


def flip(file: Path, place: int, bit: int) -> None:
    with file.open("r+b") as stream:
        stream.seek(place)
        byte = stream.read(1)[0]
        stream.seek(place)
        stream.write(bytes([byte ^ (1 << bit)]))


def checked(file: Path, key: bytes) -> Report:
    load_vault(file)
    return check_file(file, key)


def test_one_flipped_bit_anywhere_is_found_and_its_page_named(folder: Path) -> None:
    file, key, random = paths.database_file(), key_of(folder), chance("bits")
    whole = file.read_bytes()
    for _ in range(BITS):
        place = random.randrange(len(whole))
        flip(file, place, random.randrange(8))
        is_found(file, key, place)
        file.write_bytes(whole)


def is_found(file: Path, key: bytes, place: int) -> None:
    page = place // PAGE + 1
    if page == 1:
        # The page that says what the file is: it cannot be told from a foreign file.
        with pytest.raises(Lost, match="备份"):
            checked(file, key)
        return
    report = checked(file, key)
    assert report.pages == (page,), f"seed {SEED}: bit in {place}"
    assert f"第 {page} 页" in report.faults[0].sentence


def header_overwritten(file: Path) -> None:
    """As by a program that wrote its own file over the beginning."""
    whole = file.read_bytes()
    file.write_bytes(b"PK\x03\x04" + whole[4:20] + bytes(80) + whole[100:])


def one_bit_of_the_salt(file: Path) -> None:
    flip(file, 7, 3)


def one_bit_of_the_first_page(file: Path) -> None:
    flip(file, 1000, 3)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def cut_in_the_middle(file: Path) -> None:
    """As by a copy that was broken off."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 + 100])


def key_missing(file: Path) -> None:
    keyfile_of(file).unlink()


def key_cut_short(file: Path) -> None:
    whole = keyfile_of(file).read_bytes()
    keyfile_of(file).write_bytes(whole[: len(whole) // 2])


def key_of_another_office(file: Path) -> None:
    other = file.parent / "别处" / file.name
    new = create_office(
        other, user=USER, role="书记", password=PASSWORD, clock=acts.NOW, cost=WEAK_COST
    )
    new.database.close()
    shutil.copyfile(keyfile_of(other), keyfile_of(file))


HARMS = [
    header_overwritten,
    one_bit_of_the_salt,
    one_bit_of_the_first_page,
    empty,
    cut_in_the_middle,
    key_missing,
    key_cut_short,
    key_of_another_office,
]


@pytest.mark.parametrize("harm", HARMS)
def test_the_program_offers_the_backup_and_goes_on_from_it(
    folder: Path, qapp: QApplication, dialogs: Dialogs, harm: Callable[[Path], None]
) -> None:
    file = paths.database_file()
    harm(file)
    broken = file.read_bytes()
    asked = rescue_by_typing(dialogs)
    desk = Desk(qapp, acts.NOW, file)
    try:
        assert desk.start()
        if not asked:
            log_in(desk)
        [reason] = asked
        assert reason.endswith("。")
        # Whoever opened the backup with a password is in.
        assert isinstance(desk.window, MainWindow)
        assert dialogs.shown == []
    finally:
        desk.quit()
        QApplication.processEvents()
    assert check_file(file, key_of(folder)).ok
    assert broken in [path.read_bytes() for path in folder.iterdir() if path.is_file()]


@pytest.mark.parametrize("number", range(times(2, 20)))
def test_a_page_that_nobody_asks_for_is_found_while_one_works_and_the_backup_offered(
    folder: Path, qapp: QApplication, dialogs: Dialogs, number: int
) -> None:
    file, random = paths.database_file(), chance("quiet page", number)
    # The last pages hold what no login reads.
    page = file.stat().st_size // PAGE - random.randrange(3)
    flip(file, (page - 1) * PAGE + random.randrange(PAGE), random.randrange(8))
    broken = file.read_bytes()
    asked = rescue_by_typing(dialogs)
    desk = Desk(qapp, acts.NOW, file)
    try:
        assert desk.start()
        log_in(desk)
        assert asked == []
        desk._safe.pages.look()
        assert desk._context.background.finish()
        QApplication.processEvents()
        assert [f"第 {page} 页" in words for words in asked] == [True, True]
        assert isinstance(desk.window, MainWindow)
        assert check_file(file, desk._context.database.key).ok
    finally:
        desk.quit()
        QApplication.processEvents()
    assert broken in [path.read_bytes() for path in folder.iterdir() if path.is_file()]


def test_who_may_not_restore_is_told_of_the_damage_and_works_on(
    folder: Path, qapp: QApplication, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(qapp, acts.NOW, paths.database_file())
    try:
        assert desk.start()
        log_in(desk)
        window = desk.window
        monkeypatch.setattr(type(desk._context), "may", lambda *_: False)
        desk._safe._tell_damage(Damaged(paths.database_file(), (7,)))
        assert desk.window is window
        assert "第 7 页" in dialogs.shown[0]
    finally:
        monkeypatch.undo()
        desk.quit()
        QApplication.processEvents()


def rescue_by_typing(dialogs: Dialogs) -> list[str]:
    """Somebody types the password into the dialog with the backups; the reasons it gave."""
    reasons: list[str] = []

    def act(dialog: QDialog) -> int:
        if isinstance(dialog, Question):
            reasons.append(dialog.words)
            return 1
        assert isinstance(dialog, RescueDialog)
        reasons.append(dialog.reason)
        dialog.password.setText(PASSWORD)
        dialog.go.click()
        return dialog.result()

    dialogs.on_dialog = act
    return reasons


def log_in(desk: Desk) -> None:
    assert desk.window is not None
    login = desk.window.findChild(LoginView)
    login.password.setText(PASSWORD)
    login.enter()


@pytest.mark.parametrize("number", range(times(8, 100)))
def test_a_key_file_cut_anywhere_is_damaged_and_no_wrong_password(
    folder: Path, number: int
) -> None:
    keyfile = keyfile_of(paths.database_file())
    whole = keyfile.read_bytes()
    keyfile.write_bytes(whole[: chance("cut", number).randrange(len(whole))])
    with pytest.raises(Lost, match="密钥文件"):
        load_vault(paths.database_file())


@pytest.mark.parametrize("number", range(times(8, 100)))
def test_a_bit_flipped_in_the_key_file_opens_nothing_else(folder: Path, number: int) -> None:
    keyfile, random = keyfile_of(paths.database_file()), chance("key bit", number)
    flip(keyfile, random.randrange(keyfile.stat().st_size), random.randrange(8))
    with pytest.raises(DomainError):
        load_vault(paths.database_file())


def test_a_file_of_a_newer_program_is_left_alone_and_both_versions_are_named(
    folder: Path, qapp: QApplication, dialogs: Dialogs
) -> None:
    file = paths.database_file()
    with closing(raw.connect(file, key_of(folder))) as connection:
        connection.execute("INSERT INTO schema_version VALUES (70, '9.4.0', '2031-01-01')")
    before = file.read_bytes()
    desk = Desk(qapp, acts.NOW, file)
    assert desk.start()
    log_in(desk)
    assert not isinstance(desk.window, MainWindow)
    [sentence] = dialogs.shown
    assert "第 70 版" in sentence
    assert "9.4.0" in sentence
    desk.quit()
    QApplication.processEvents()
    assert file.read_bytes() == before


def test_a_backup_with_a_flipped_bit_is_not_put_in_place(folder: Path) -> None:
    from app.storage.restore import restore_backup

    file, key = paths.database_file(), key_of(folder)
    [backup] = list_backups(paths.backup_dir())
    flip(backup.file, PAGE * 5 + 17, 2)
    before = file.read_bytes()
    with pytest.raises(Lost, match="损坏"):
        restore_backup(backup, file, key, clock=acts.NOW)
    assert file.read_bytes() == before
    Vault.load(keyfile_of(file))
