"""交接包: the dialog walked through by a secretary, left early, on a stick that fails."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.services import history, settings
from app.storage.backup import list_backups
from app.storage.backup_info import BackupInfo
from app.storage.engine import Database
from app.storage.finding import backups_in
from app.storage.lookup import query
from app.storage.office_file import create_office, load_vault
from app.storage.recovery import RecoveryCode
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault, keyfile_of
from app.storage.vault_faults import WrongRecoveryCode
from app.ui.kit.background import Background
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import column
from app.ui.kit.signals import AppSignals
from app.ui.office.handover import HandoverButton, HandoverDialog, may_hand_over
from app.ui.office.sheet import NewSheetDialog
from tests.actors import actor, seen_by
from tests.conftest import Dialogs
from tests.reports.reading import page_texts

PASSWORD = "three quiet words"


@pytest.fixture
def old_code() -> list[RecoveryCode]:
    return []


@pytest.fixture
def context(
    qapp: QApplication, clock: FixedClock, old_code: list[RecoveryCode]
) -> Iterator[Context]:
    new = create_office(
        paths.database_file(),
        user="周立群",
        role="书记",
        password=PASSWORD,
        clock=clock,
        cost=WEAK_COST,
    )
    old_code.append(new.recovery_code)
    with new.database.transaction("填写社区资料") as session:
        settings.change(session, settings.COMMUNITY_NAME, "望海社区")
    me = new.vault.users()[0]
    new.database.act_as(actor(me.name, me.role, me.slot))
    # Of the application: a collector that runs in the job's thread must not take it away.
    signals, background = AppSignals(), Background(qapp)
    yield Context(new.database, signals, background, LiveSettings(new.database, signals), clock)
    background.finish()
    new.database.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


class Secretary:
    """Sits at the dialog; proves a new recovery sheet when one is handed out."""

    def __init__(self, context: Context, qtbot: QtBot, dialogs: Dialogs, stick: Path) -> None:
        self.qtbot, self.stick = qtbot, stick
        self.dialogs = dialogs
        self.new_groups: tuple[str, ...] = ()
        self.answer = 1
        self.asked: list[str] = []
        dialogs.on_dialog = self.close
        self.dialog = HandoverDialog(context)
        qtbot.addWidget(self.dialog)
        self.dialog.who.receiver.setText("李娜")
        self.dialog.who.set_folder(stick)

    def close(self, dialog: QDialog) -> int:
        if isinstance(dialog, NewSheetDialog):
            dialog.steps.note_done("已存为 PDF")
            dialog.steps.proof.setText(dialog.steps._proof)
            dialog.steps.away.setChecked(True)
            assert dialog.done_button.isEnabled()
            return 1
        self.asked.append(getattr(dialog, "words", ""))
        return self.answer if isinstance(dialog, Question) else 1

    def next(self) -> None:
        self.dialog.next_button.click()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.dialog._busy)

    @property
    def fault(self) -> str:
        return self.dialog.work.fault._line.text()

    @property
    def package(self) -> Path:
        (folder,) = self.stick.iterdir()
        return folder

    @property
    def backup(self) -> BackupInfo:
        (found,) = list_backups(self.package)
        return found


@pytest.fixture
def secretary(context: Context, qtbot: QtBot, dialogs: Dialogs, stick: Path) -> Iterator[Secretary]:
    found = Secretary(context, qtbot, dialogs, stick)
    yield found
    found.wait()


def journal(context: Context) -> list[str]:
    with context.database.lookup() as lookup:
        return [row[0] for row in lookup.rows(query("sentence", "operation", rest="ORDER BY id"))]


def test_a_package_is_a_verified_backup_a_list_and_a_new_sheet(
    context: Context, secretary: Secretary, old_code: list[RecoveryCode]
) -> None:
    secretary.next()
    secretary.next()
    secretary.wait()
    secretary.next()

    assert secretary.package.name == "交接包 望海社区 2026-11-21"
    assert secretary.backup.ok
    text = "".join(
        "".join(page_texts((secretary.package / "资料交接清单.pdf").read_bytes())).split()
    )
    for words in ("移交人周立群", "接收人李娜", "望海社区居民委员会", "点收恢复单2张"):
        assert words in text
    assert load_vault(paths.database_file()).sheet_kept
    assert journal(context)[-1] == "交接：周立群 移交给 李娜"
    assert journal(context).count("交接：周立群 移交给 李娜") == 1
    with pytest.raises(WrongRecoveryCode):
        load_vault(paths.database_file()).unlock_with_recovery(old_code[0])


def test_the_package_alone_opens_on_another_computer_and_not_with_the_old_sheet(
    context: Context,
    secretary: Secretary,
    old_code: list[RecoveryCode],
    tmp_path: Path,
    clock: FixedClock,
) -> None:
    secretary.next()
    secretary.next()
    secretary.wait()
    assert [one.reason for one in backups_in(secretary.stick)] == ["交接"]
    elsewhere = tmp_path / "另一台"
    shutil.copytree(secretary.backup.folder, elsewhere)
    file = elsewhere / secretary.backup.file.name

    vault = Vault.load(keyfile_of(file), cost=WEAK_COST)
    with pytest.raises(WrongRecoveryCode):
        vault.unlock_with_recovery(old_code[0])
    database = Database.open(file, vault.unlock(vault.users()[0].slot, PASSWORD), clock=clock)
    with database.reading() as session:
        assert settings.value(session, settings.COMMUNITY_NAME) == "望海社区"
    database.close()


def test_without_a_new_sheet_the_old_one_stays_and_the_list_says_so(
    context: Context, secretary: Secretary, old_code: list[RecoveryCode]
) -> None:
    secretary.next()
    secretary.dialog.skip_button.click()
    secretary.wait()

    text = "".join("".join(page_texts(secretary.dialog.package.pdf)).split())
    assert "恢复单这次没有换" in text
    assert load_vault(paths.database_file()).unlock_with_recovery(old_code[0])


def test_leaving_at_once_does_nothing(context: Context, secretary: Secretary, stick: Path) -> None:
    before = journal(context)

    secretary.next()
    secretary.dialog.leave_button.click()

    assert list(stick.iterdir()) == []
    assert journal(context) == before
    assert secretary.asked == []


def test_a_folder_that_is_not_there_is_said_before_anything_is_done(
    secretary: Secretary, stick: Path
) -> None:
    stick.rmdir()

    secretary.next()

    assert "现在找不到" in secretary.asked[0]
    assert secretary.dialog.steps.current == 0


def test_a_stick_that_is_pulled_out_is_a_sentence_and_another_place_will_do(
    context: Context, secretary: Secretary, stick: Path, tmp_path: Path
) -> None:
    secretary.next()
    stick.rmdir()
    secretary.next()
    secretary.wait()
    assert "现在找不到" in secretary.fault
    secretary.answer = 0
    secretary.dialog.reject()
    assert secretary.asked[-1].startswith("已经做了：恢复单换了新的。备份和清单还没有做")
    other = tmp_path / "E盘"
    other.mkdir()
    secretary.stick = other
    secretary.dialog.back_button.click()
    secretary.dialog.who.set_folder(other)

    secretary.next()
    secretary.wait()

    assert secretary.backup.ok
    assert secretary.dialog.steps.current == 3
    assert journal(context).count("换一张新的恢复单") == 1


def test_a_stick_without_room_keeps_no_empty_folder(
    secretary: Secretary, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(stick)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    secretary.next()
    secretary.dialog.skip_button.click()
    secretary.wait()

    assert "只剩 0 MB" in secretary.fault
    assert list(stick.iterdir()) == []


def test_a_name_that_cannot_be_printed_is_told_and_can_be_corrected(secretary: Secretary) -> None:
    secretary.dialog.who.receiver.setText("李\ue000")
    secretary.next()
    secretary.dialog.skip_button.click()
    secretary.wait()
    assert "备份已写到" in secretary.fault
    assert "U+E000" in secretary.fault

    secretary.dialog.back_button.click()
    secretary.dialog.who.receiver.setText("李娜")
    secretary.next()
    secretary.wait()

    assert secretary.dialog.package is not None
    assert secretary.dialog.steps.current == 3


def test_leaving_after_the_sheet_keeps_in_the_journal_what_was_done(
    context: Context, secretary: Secretary, stick: Path
) -> None:
    secretary.next()
    stick.rmdir()
    secretary.next()
    secretary.wait()

    secretary.dialog.reject()

    assert journal(context)[-1] == "交接：周立群 移交给 李娜"
    with context.database.reading() as session:
        (newest, *_) = history.recent(session, limit=1)
        assert not newest.undoable


def test_it_is_not_offered_to_who_may_not(context: Context, qtbot: QtBot) -> None:
    assert may_hand_over(context)
    assert offered(context, qtbot)

    colleague = seen_by(context, "李娜", "社工", context.user.slot)

    assert not may_hand_over(colleague)
    assert not offered(colleague, qtbot)


def offered(context: Context, qtbot: QtBot) -> bool:
    page, button = QWidget(), HandoverButton(context)
    assert not button.isVisible(), "a window of its own before it stands on the page"
    qtbot.addWidget(page)
    page.setLayout(column(button))
    page.show()
    return button.isVisible()
