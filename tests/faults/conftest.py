"""An office in trouble: one template per run, a copy of it per test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import paths
from app.bootstrap import Desk
from app.storage import migrations
from app.storage.migrations import runner
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from tests.conftest import Dialogs
from tests.faults import acts

pytest.register_assert_rewrite("tests.faults.aftermath")

DeskOf = Callable[[str], None]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People, a backup, and a resident who came after it; closed."""
    folder = tmp_path_factory.mktemp("template") / "资料 夹"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINLI_DATA", str(folder))
        acts.found(folder)
    return folder


@pytest.fixture
def folder(template: Path, office_folder: Path) -> Path:
    """The data folder of this test, with that office in it."""
    shutil.copytree(template, office_folder)
    return office_folder


@pytest.fixture
def next_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts after a migration that broke off has the new program."""
    monkeypatch.setattr(migrations, "LATEST", migrations.LATEST)
    monkeypatch.setattr(runner, "LATEST", runner.LATEST)
    monkeypatch.setattr(runner, "steps_between", runner.steps_between)


@pytest.fixture
def desk_of(qapp: QApplication, dialogs: Dialogs) -> DeskOf:
    """The real program starts, somebody logs in, and it is closed: no question, no message."""

    def start(password: str) -> None:
        desk = Desk(qapp, acts.NOW, paths.database_file())
        try:
            assert desk.start()
            assert desk.window is not None
            login = desk.window.findChild(LoginView)
            if login is None:
                assert not paths.database_file().exists()
                return
            login.password.setText(password)
            login.enter()
            assert dialogs.shown == []
            assert isinstance(desk.window, MainWindow)
        finally:
            desk.quit()
            QApplication.processEvents()

    return start
