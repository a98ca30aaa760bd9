"""What every test stands on: no screen, no dialog left open, a fixed day, an office of its own."""

import gc
import logging
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, create_engine, create_mock_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.schema import ExecutableDDLElement

from tests.actors import actor

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.storage import drives, sessions, vault
from app.storage.engine import Database
from app.storage.slots import WEAK_COST
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.dialogs import Message, Question
from app.ui.kit.print_queue import PrintQueue
from app.ui.kit.signals import AppSignals
from app.ui.kit.tokens import STANDARD
from tests.storage.offices import fresh_office

USER = "王书记"
MEMORY = Path("/dev/shm")
KEPT_SECONDS = 20
left_folders: deque[tuple[float, Path]] = deque()


def keep_files_in_memory() -> None:
    """Where there is room: nothing waits for a disk there."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 << 30:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def share_compiled_statements() -> None:
    """One cache of SQL for the offices of all tests, where each file would begin with none."""
    cache: dict[object, object] = {}
    options = {"compiled_cache": cache}
    patched = partial(create_engine, execution_options=options)
    sessions.create_engine = patched
    # The dialect is part of the key; those of all offices are made alike.
    SQLiteDialect_pysqlite.__eq__ = lambda one, other: type(one) is type(other)
    SQLiteDialect_pysqlite.__hash__ = lambda one: hash(type(one))


def keep_statements_of_tables() -> None:
    """Laying down tables puts their statements together once, where each office would anew."""
    put_together = MetaData.create_all
    kept: dict[frozenset[str], list[str]] = {}

    def create_all(tables: MetaData, bind: Connection) -> None:
        known = frozenset(tables.tables)
        if known not in kept:
            kept[known] = []

            def keep(statement: ExecutableDDLElement, *_: object) -> None:
                kept[known].append(str(statement.compile(dialect=bind.dialect)))

            put_together(tables, create_mock_engine("sqlite://", keep), checkfirst=False)
        for statement in kept[known]:
            bind.exec_driver_sql(statement)

    MetaData.create_all = create_all


# Nothing of what is imported goes again; `pytest_collection_finish` lets the collector in.
gc.disable()
keep_files_in_memory()
share_compiled_statements()
keep_statements_of_tables()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """The second of two workers reads the tests from the far end, so that each finds half of them
    made ready by the other: in a fresh clone that is most of what collecting costs."""
    whole = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if not whole or os.environ.get("PYTEST_XDIST_WORKER") != "gw1":
        return
    here = Path(__file__).parent
    conftests = sorted(here.rglob("conftest.py"))
    for path in [*conftests, *sorted(here.rglob("test_*.py"), reverse=True)]:
        # What cannot be read is reported when it is collected.
        with suppress(Exception):
            import_module(".".join(path.relative_to(here.parent).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector need not look at it again and again,
    and at a window of fifty thousand parts not seventy times while it is built."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.fixture
def clock() -> FixedClock:
    """A working Saturday morning; the papers and ages of the tests count from it."""
    return FixedClock(datetime(2026, 11, 21, 9, 30))


@pytest.fixture(autouse=True)
def office_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's data folder, so that no test meets the developer's own."""
    folder = tmp_path / "office"
    monkeypatch.setenv("LINLI_DATA", str(folder))
    yield folder
    # All of them are gigabytes. Not at once: a window that goes may keep its draft for a moment.
    now = time.monotonic()
    left_folders.append((now, tmp_path))
    while now - left_folders[0][0] > KEPT_SECONDS:
        shutil.rmtree(left_folders.popleft()[1], ignore_errors=True)


@pytest.fixture(autouse=True)
def no_sticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is plugged in: backups on the developer's own sticks are none of a test's."""
    monkeypatch.setattr(drives, "PLUGGED", ())


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A try at a password costs as little as it can; tests/storage/test_vault.py asks the price
    of a real office."""
    monkeypatch.setattr(vault, "Cost", lambda: WEAK_COST)


@pytest.fixture
def database(office_folder: Path) -> Iterator[Database]:
    """A real encrypted file with no rows."""
    office_folder.mkdir()
    database = fresh_office(office_folder)
    database.act_as(actor(USER, "书记"))
    yield database
    database.close()


@pytest.fixture
def context(qapp: QApplication, database: Database, clock: FixedClock) -> Iterator[Context]:
    """What a page is given; background jobs are over before the file closes."""
    # Of the application, as in the program: a collector that runs in a job's thread must not
    # take it, and the jobs that still wait to be deleted, away under the windows.
    signals, background = AppSignals(), Background(qapp)
    settings = LiveSettings(database, signals)
    yield Context(database, signals, background, settings, clock)
    assert background.finish(), "a background job did not end"


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """The application as it looks in an office, 标准."""
    theme.apply(qapp)
    yield qapp
    # The offscreen platform would let go of what was copied after Python has ended, and crash.
    qapp.clipboard().clear()


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """A part that is tested without its window is dressed as that would dress it."""
    add = qtbot.addWidget

    def dressed(widget: QWidget, **options: Any) -> None:
        if widget.isWindow() and not widget.testAttribute(Qt.WidgetAttribute.WA_StyleSheet):
            theme.dress(widget)
        add(widget, **options)

    qtbot.addWidget = dressed
    return qtbot


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    """A window or a menu that a test leaves would take the keys of whichever test comes next."""
    before = _open_windows()
    yield
    for window in _open_windows() - before:
        window.hide()


def _open_windows() -> set[QWidget]:
    there = QApplication.topLevelWidgets() if QApplication.instance() is not None else ()
    return {window for window in there if window.isVisible()}


@pytest.fixture(autouse=True)
def standard_size() -> Iterator[None]:
    """A test in 大字 leaves the next one in 标准."""
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication) and theme.current() is not STANDARD:
        theme.apply(app)


@pytest.fixture(autouse=True)
def empty_print_queue() -> Iterator[None]:
    """Papers of one test do not wait for the printer of the next."""
    yield
    app = QApplication.instance()
    for queue in app.findChildren(PrintQueue) if app is not None else ():
        delete(queue)


class LogKeeper(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def _log_keeper() -> Iterator[LogKeeper]:
    keeper = LogKeeper()
    logging.getLogger().addHandler(keeper)
    yield keeper
    logging.getLogger().removeHandler(keeper)


@pytest.fixture
def expected_logs(_log_keeper: LogKeeper) -> list[logging.LogRecord]:
    """Asking for it allows lines at WARNING and above, and gives them for a look."""
    return _log_keeper.records


@pytest.fixture(autouse=True)
def no_unexpected_log_line(
    request: pytest.FixtureRequest, _log_keeper: LogKeeper
) -> Iterator[None]:
    yield
    if "expected_logs" not in request.fixturenames and _log_keeper.records:
        lines = [
            f"{line.levelname} {line.name}: {line.getMessage()}" for line in _log_keeper.records
        ]
        pytest.fail("unexpected in the log:\n" + "\n".join(lines))


@dataclass
class Dialogs:
    """Stands in for everything that would wait for a person.

    A message of the program is noted in `shown`, a question takes the text of one of its buttons
    from `answers`. A message box with one button is noted in `shown` and closed; one that asks
    needs an answer given beforehand (`answers.append("删除")`, the text of a button), a file
    dialog a path (`files.append(path)`); a dialog opened with exec() needs `on_dialog`. Nothing
    prepared fails the test.
    """

    shown: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    files: list[Path | None] = field(default_factory=list)
    on_dialog: Callable[[QDialog], int] | None = None

    def message_box(self, box: QMessageBox) -> int:
        self.shown.append(" ".join(filter(None, [box.text(), box.informativeText()])))
        buttons = box.buttons()
        if len(buttons) > 1:
            assert self.answers, f"nobody answers the question: {self.shown[-1]}"
            answer = self.answers.pop(0)
            buttons = [button for button in buttons if answer in button.text()]
            assert buttons, f"no button {answer} under: {self.shown[-1]}"
        if not buttons:
            return 0
        buttons[0].click()
        return box.standardButton(buttons[0]).value

    def static_box(self, *args: object, **kwargs: object) -> QMessageBox.StandardButton:
        self.shown.append(str(args[2] if len(args) > 2 else kwargs.get("text")))
        asked = args[3] if len(args) > 3 else kwargs.get("buttons", QMessageBox.StandardButton.Ok)
        assert asked == QMessageBox.StandardButton.Ok, f"nobody answers: {self.shown[-1]}"
        return QMessageBox.StandardButton.Ok

    def dialog(self, dialog: QDialog) -> int:
        if self.on_dialog is None and isinstance(dialog, Message):
            self.shown.append(dialog.words)
            return 1
        if self.on_dialog is None and isinstance(dialog, Question):
            return self.question(dialog)
        assert self.on_dialog, f"nobody closes the dialog {dialog.windowTitle()!r}"
        return self.on_dialog(dialog)

    def question(self, question: Question) -> int:
        self.shown.append(question.words)
        assert self.answers, f"nobody answers the question: {question.words}"
        answer = self.answers.pop(0)
        choices = {question.action.text(): 1, question.cancel.text(): 0}
        assert answer in choices, f"no button {answer} under: {question.words}"
        return choices[answer]

    def file(self, *args: object, **_: object) -> tuple[str, str]:
        assert self.files, f"nobody chooses a file: {args[1:2]}"
        return str(self.files.pop(0) or ""), ""


@pytest.fixture(autouse=True)
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    stand_in = Dialogs()
    monkeypatch.setattr(QDialog, "exec", lambda self: stand_in.dialog(self))
    monkeypatch.setattr(QMessageBox, "exec", lambda self: stand_in.message_box(self))
    monkeypatch.setattr(QMenu, "exec", lambda *_: None)
    for name in ("information", "warning", "critical", "question", "about"):
        monkeypatch.setattr(QMessageBox, name, stand_in.static_box)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, stand_in.file)
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *args, **_: stand_in.file(*args)[0]
    )
    return stand_in
