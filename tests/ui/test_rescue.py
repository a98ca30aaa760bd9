"""A file that cannot be opened, and the way back by a backup."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app import paths
from app.bootstrap import Desk
from app.clock import FixedClock
from app.services import office, users
from app.services.office import Office
from app.storage import connection as raw
from app.storage.backup import backup_now, list_backups
from app.storage.office_file import create_office, load_vault
from app.storage.slots import WEAK_COST
from app.storage.vault import keyfile_of
from app.ui.kit.memory import window_memory
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from app.ui.rescue import RescueDialog, found_backups
from tests.conftest import Dialogs

PASSWORD = "three quiet words"


@pytest.fixture
def file(office_folder: Path, clock: FixedClock) -> Path:
    """An office that was backed up once, and closed."""
    file = paths.database_file()
    new = create_office(
        file, user="周立群", role="书记", password=PASSWORD, clock=clock, cost=WEAK_COST
    )
    with new.database.transaction("填写社区资料") as session:
        office.set_office(session, Office("望海社区"))
    backup_now(new.database, new.vault, paths.backup_dir(), reason="退出时")
    new.database.close()
    return file


@pytest.fixture
def desk(qapp: QApplication, clock: FixedClock, file: Path) -> Iterator[Desk]:
    desk = Desk(qapp, clock, file)
    yield desk
    desk.quit()
    QApplication.processEvents()


def answer(dialogs: Dialogs, password: str) -> list[RescueDialog]:
    """Somebody who types this password and presses the button; the dialogs that he saw."""
    seen: list[RescueDialog] = []

    def act(dialog: QDialog) -> int:
        assert isinstance(dialog, RescueDialog)
        seen.append(dialog)
        dialog.password.setText(password)
        dialog.go.click()
        return dialog.result()

    dialogs.on_dialog = act
    return seen


def gone(file: Path) -> None:
    file.unlink()


def damaged(file: Path) -> None:
    file.write_bytes(b"%PDF-1.7" + bytes(9000))


def without_key(file: Path) -> None:
    keyfile_of(file).unlink()


def with_rubbish_for_a_key(file: Path) -> None:
    keyfile_of(file).write_bytes(b"rubbish")


@pytest.mark.parametrize("harm", [gone, damaged, without_key, with_rubbish_for_a_key])
def test_a_lost_file_is_brought_back_by_its_backup(
    desk: Desk, file: Path, dialogs: Dialogs, clock: FixedClock, harm: Callable[[Path], None]
) -> None:
    harm(file)
    answer(dialogs, PASSWORD)

    assert desk.start()

    assert isinstance(desk.window, MainWindow)
    assert community(desk) == "望海社区"


def test_a_new_computer_knows_the_community_before_the_file_is_opened(
    qapp: QApplication, file: Path, dialogs: Dialogs, clock: FixedClock
) -> None:
    gone(file)
    answer(dialogs, PASSWORD)

    assert RescueDialog("", found_backups(file), file, clock).exec()

    assert window_memory().value("社区/名称") == "望海社区"


def test_a_list_that_was_closed_looks_for_no_sticks_any_more(
    qtbot: QtBot, file: Path, clock: FixedClock
) -> None:
    dialog = RescueDialog("", found_backups(file), file, clock)
    qtbot.addWidget(dialog)
    [eye] = [one for one in dialog.findChildren(QTimer) if not one.isSingleShot()]
    assert eye.isActive()
    dialog.reject()
    assert not eye.isActive()


def community(desk: Desk) -> str:
    with desk._context.database.reading() as session:
        return office.office(session).community_name


def test_a_wrong_password_is_told_and_changes_nothing(
    desk: Desk, file: Path, dialogs: Dialogs
) -> None:
    damaged(file)
    before = file.read_bytes()
    seen = answer(dialogs, "something else")

    assert not desk.start()

    assert "密码" in seen[0].fault._line.text()
    assert file.read_bytes() == before


def test_trying_passwords_leaves_the_backup_as_it_was(
    desk: Desk, file: Path, dialogs: Dialogs
) -> None:
    gone(file)
    [backup] = list_backups(paths.backup_dir())
    before = sorted(path.name for path in backup.folder.iterdir())
    answer(dialogs, "something else")

    desk.start()

    assert sorted(path.name for path in backup.folder.iterdir()) == before


def test_the_broken_file_is_set_aside_and_not_deleted(
    desk: Desk, file: Path, dialogs: Dialogs
) -> None:
    damaged(file)
    broken = file.read_bytes()
    answer(dialogs, PASSWORD)

    desk.start()

    kept = [path for path in file.parent.iterdir() if path.is_file() and path != file]
    assert broken in [path.read_bytes() for path in kept]


def test_a_page_that_is_damaged_inside_is_met_after_the_password(
    desk: Desk, file: Path, dialogs: Dialogs
) -> None:
    whole = bytearray(file.read_bytes())
    whole[200:4000] = bytes(3800)
    file.write_bytes(whole)
    seen = answer(dialogs, PASSWORD)
    assert desk.start()
    login = desk.window.findChild(LoginView)
    login.password.setText(PASSWORD)

    login.enter()

    assert len(seen) == 1
    assert seen[0].result()
    assert community(desk) == "望海社区"


def test_a_damaged_table_that_is_read_before_the_window_opens_is_met_there(
    desk: Desk, file: Path, dialogs: Dialogs
) -> None:
    damage_table(file, "certificate_template")
    seen = answer(dialogs, PASSWORD)
    assert desk.start()
    login = desk.window.findChild(LoginView)
    login.password.setText(PASSWORD)

    login.enter()

    assert len(seen) == 1
    assert seen[0].result()
    assert community(desk) == "望海社区"


def damage_table(file: Path, table: str) -> None:
    """Break the first page of the table and of its indexes."""
    vault = load_vault(file)
    connection = raw.connect(file, vault.unlock(vault.users()[0].slot, PASSWORD))
    found = "SELECT rootpage FROM sqlite_master WHERE tbl_name = ?"
    pages = [page for (page,) in connection.execute(found, (table,))]
    connection.close()
    whole = bytearray(file.read_bytes())
    for page in pages:
        whole[page * 4096 - 3000 : page * 4096 - 2900] = bytes(100)
    file.write_bytes(whole)


def test_a_restored_file_opens_with_its_people(
    desk: Desk, file: Path, dialogs: Dialogs, clock: FixedClock
) -> None:
    gone(file)
    answer(dialogs, PASSWORD)
    desk.start()

    with desk._context.database.reading() as session:
        assert [user.name for user in users.users(session)] == ["周立群"]


def test_backups_of_other_offices_stand_aside_as_long_as_the_file_tells_whose_it_is(
    file: Path, clock: FixedClock, tmp_path: Path
) -> None:
    [own] = list_backups(paths.backup_dir())
    other = create_office(
        tmp_path / "别的" / "社区资料.linli",
        user="别人",
        role="书记",
        password=PASSWORD,
        clock=clock,
        cost=WEAK_COST,
    )
    foreign = backup_now(other.database, other.vault, paths.backup_dir(), reason="手动")
    other.database.close()

    assert found_backups(file) == [own]
    damaged(file)
    assert {one.folder for one in found_backups(file)} == {own.folder, foreign.folder}
    gone(file)
    assert {one.folder for one in found_backups(file)} == {own.folder, foreign.folder}
