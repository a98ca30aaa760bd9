"""便携 from the window: a start from a stick, the way back, a stick that was pulled out."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.bootstrap import Desk
from app.clock import FixedClock
from app.portable import stick_of
from app.services.office import Office, office, set_office
from app.storage import lock, portable
from app.storage.backup import list_backups
from app.storage.lock import holder_of
from app.storage.office_file import create_office, load_vault
from app.storage.slots import WEAK_COST
from app.storage.stick import OTHERS
from app.ui.first_start import FirstStart
from app.ui.fork_dialog import ForkDialog
from app.ui.kit.memory import window_memory
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from tests.conftest import Dialogs

PASSWORD = "three quiet words"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> Iterator[Path]:
    """The program's folder on a stick, with an office in it and the flag beside it."""
    program = tmp_path / "F盘" / "邻里"
    program.mkdir(parents=True)
    (program / paths.PORTABLE_FLAG).touch()
    monkeypatch.delenv("LINLI_DATA")
    monkeypatch.setattr(paths, "program_folder", lambda: program)
    monkeypatch.setattr(paths, "local_dir", lambda: tmp_path / "本机")
    monkeypatch.setattr(portable, "_device", lambda path: "F盘" in path.parts)
    paths.is_portable.cache_clear()
    new = create_office(
        paths.database_file(),
        user="周立群",
        role="书记",
        password=PASSWORD,
        clock=clock,
        cost=WEAK_COST,
    )
    with new.database.transaction("填写社区资料") as session:
        set_office(session, Office("望海社区"))
    new.database.close()
    new.vault.note_sheet_kept()
    yield program
    paths.is_portable.cache_clear()


@pytest.fixture
def plug_in(qapp: QApplication, clock: FixedClock, qtbot: QtBot) -> Iterator[Callable[[], Desk]]:
    """Start the program from the stick, up to the login."""
    desks: list[Desk] = []

    def start() -> Desk:
        desk = Desk(qapp, clock, paths.database_file())
        desks.append(desk)
        assert desk.start()
        qtbot.waitUntil(lambda: login_of(desk) is not None)
        return desk

    yield start
    for desk in desks:
        assert desk.window is None


def login_of(desk: Desk) -> LoginView | None:
    return desk.window.findChild(LoginView) if desk.window is not None else None


def log_in(desk: Desk, qtbot: QtBot) -> MainWindow:
    login = login_of(desk)
    assert login is not None
    login.password.setText(PASSWORD)
    login.enter()
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow))
    assert isinstance(desk.window, MainWindow)
    return desk.window


def rename(desk: Desk, name: str) -> None:
    assert desk._context is not None
    with desk._context.database.transaction("修改社区资料") as session:
        set_office(session, Office(name))


def leave(desk: Desk, qtbot: QtBot) -> None:
    """Quit, and wait until the program has ended: a window still open would keep it from that."""
    open_windows: list[list[QWidget]] = []
    finish = desk._finish

    def finished() -> None:
        open_windows.append([one for one in QApplication.topLevelWidgets() if one.isVisible()])
        finish()

    desk._finish = finished  # type: ignore[method-assign]
    desk.quit()
    qtbot.waitUntil(lambda: bool(open_windows))
    assert open_windows == [[]]


def name_on(desk: Desk) -> str:
    assert desk._context is not None
    with desk._context.database.reading() as session:
        return office(session).community_name


def test_all_that_the_program_keeps_lies_beside_it(stick: Path) -> None:
    data = stick / "data"

    assert paths.database_file().parent == data
    assert paths.backup_dir().parent == data
    assert paths.log_dir().parent == data
    assert Path(window_memory().fileName()).parent == data


def test_without_the_flag_the_data_lies_on_the_computer(stick: Path, tmp_path: Path) -> None:
    (stick / paths.PORTABLE_FLAG).unlink()
    paths.is_portable.cache_clear()

    assert paths.data_dir() == tmp_path / "本机"


def test_a_folder_that_was_chosen_goes_before_the_flag(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_DATA", str(tmp_path / "F盘" / "另选"))
    paths.is_portable.cache_clear()

    assert paths.data_dir() == tmp_path / "F盘" / "另选"
    assert stick_of(paths.database_file()) is None


def test_a_stick_that_is_pulled_out_does_not_move_the_data(stick: Path, tmp_path: Path) -> None:
    assert paths.is_portable()
    stick.rename(stick.with_name("拔掉了"))

    assert paths.data_dir() == stick / "data"


def test_a_day_from_the_stick(
    stick: Path, plug_in: Callable[[], Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    desk = plug_in()
    log_in(desk, qtbot)
    assert desk._context is not None
    copy = desk._context.database.file
    assert copy.is_relative_to(tmp_path / "本机")
    holder = holder_of(paths.database_file())
    assert holder is not None
    assert holder.user == "周立群"
    rename(desk, "海湾社区")
    leave(desk, qtbot)

    assert not copy.parent.exists()
    assert holder_of(paths.database_file()) is None
    assert [one.reason for one in list_backups(paths.backup_dir())] == ["退出时"]
    desk = plug_in()
    log_in(desk, qtbot)
    assert name_on(desk) == "海湾社区"
    leave(desk, qtbot)


def test_an_office_founded_from_the_stick_lies_on_it_at_the_end(
    stick: Path, qapp: QApplication, clock: FixedClock, qtbot: QtBot, dialogs: Dialogs
) -> None:
    for part in paths.data_dir().iterdir():
        part.unlink()
    desk = Desk(qapp, clock, paths.database_file())
    assert desk.start()
    qtbot.waitUntil(lambda: wizard_of(desk) is not None)
    wizard = wizard_of(desk)
    assert wizard is not None
    wizard.community.name.setText("新建社区")
    wizard.go_on()
    wizard.secretary.name.setText("周立群")
    wizard.secretary.first.setText(PASSWORD)
    wizard.secretary.second.setText(PASSWORD)
    wizard.go_on()
    assert not paths.database_file().exists()
    wizard.recovery.note_done("已打印")
    wizard.recovery.proof.setText(wizard.recovery._proof)
    wizard.recovery.away.setChecked(True)
    wizard.go_on()
    wizard.origin.choices[1].click()
    leave(desk, qtbot)

    assert load_vault(paths.database_file()).users()[0].name == "周立群"


def wizard_of(desk: Desk) -> FirstStart | None:
    return desk.window.findChild(FirstStart) if desk.window is not None else None


def test_a_stick_that_is_gone_at_the_end_is_asked_for_and_the_work_stays(
    stick: Path,
    plug_in: Callable[[], Desk],
    qtbot: QtBot,
    dialogs: Dialogs,
) -> None:
    desk = plug_in()
    log_in(desk, qtbot)
    rename(desk, "海湾社区")
    away = stick.rename(stick.with_name("拔掉了"))
    assert desk._stick is not None
    desk._stick.look()
    desk._stick.look()
    assert [words[:8] for words in dialogs.shown] == ["U 盘拔出来了。"]
    dialogs.answers += ["再试一次", "先退出"]
    leave(desk, qtbot)

    assert [words[:7] for words in dialogs.shown[1:]] == ["U 盘不在了，"] * 2
    away.rename(stick)
    holder = holder_of(paths.database_file())
    assert holder is not None
    assert holder.user == "周立群"
    desk = plug_in()
    log_in(desk, qtbot)
    assert name_on(desk) == "海湾社区"
    leave(desk, qtbot)
    assert holder_of(paths.database_file()) is None


def test_who_quits_at_the_login_leaves_the_stick_as_it_was(
    stick: Path, plug_in: Callable[[], Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    before = paths.database_file().read_bytes()

    leave(plug_in(), qtbot)

    assert paths.database_file().read_bytes() == before
    assert list((tmp_path / "本机" / "便携").iterdir()) == []


def test_who_closes_the_window_while_the_file_is_fetched_finds_all_well(
    stick: Path,
    qapp: QApplication,
    clock: FixedClock,
    plug_in: Callable[[], Desk],
    qtbot: QtBot,
) -> None:
    desk = Desk(qapp, clock, paths.database_file())
    assert desk.start()
    leave(desk, qtbot)

    desk = plug_in()
    log_in(desk, qtbot)
    assert name_on(desk) == "望海社区"
    leave(desk, qtbot)


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EROFS, "U 盘是只读的"), (errno.ENOSPC, "U 盘满了")]
)
def test_a_stick_that_takes_nothing_is_not_opened(
    stick: Path,
    qapp: QApplication,
    clock: FixedClock,
    dialogs: Dialogs,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    words: str,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(lock, "_write_holder", refuse)

    assert not Desk(qapp, clock, paths.database_file()).start()

    assert dialogs.shown[0].startswith(words)


def test_work_on_two_computers_is_told_and_the_chosen_one_opens(
    stick: Path,
    plug_in: Callable[[], Desk],
    qtbot: QtBot,
    dialogs: Dialogs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = plug_in()
    log_in(desk, qtbot)
    rename(desk, "本机改的社区")
    away = stick.rename(stick.with_name("拔掉了"))
    dialogs.answers += ["先退出"]
    leave(desk, qtbot)
    away.rename(stick)
    with monkeypatch.context() as another_computer:
        another_computer.setattr(paths, "local_dir", lambda: tmp_path / "乙机")
        desk = plug_in()
        log_in(desk, qtbot)
        rename(desk, "乙机改的社区")
        leave(desk, qtbot)
    asked: list[ForkDialog] = []

    def choose(dialog: QDialog) -> int:
        assert isinstance(dialog, ForkDialog)
        asked.append(dialog)
        dialog.here.click()
        return 1

    dialogs.on_dialog = choose
    desk = plug_in()
    log_in(desk, qtbot)
    dialogs.on_dialog = None

    assert len(asked) == 1
    assert name_on(desk) == "本机改的社区"
    assert len(list((stick / "data" / OTHERS).iterdir())) == 1
    leave(desk, qtbot)
