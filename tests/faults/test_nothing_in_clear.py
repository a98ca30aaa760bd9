"""After a working day nothing outside the program's memory tells who lives in the community."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app import logs, paths
from app.bootstrap import Desk
from app.models import CategoryGroup, Origin, Resident, VisitResult
from app.reports.roster import render as render_roster
from app.services import (
    cards,
    categories,
    diary,
    drafts,
    exports,
    office,
    requests,
    residents,
    visit_log,
)
from app.services.diary_input import DiaryInput
from app.services.requests import RequestInput
from app.services.visit_log import VisitInput
from app.storage import journal
from app.storage.lookup import Sql
from app.ui import crash_dialog
from app.ui.crash_dialog import CrashDialog
from app.ui.kit.files import write_whole
from app.ui.kit.memory import remember_folder
from app.ui.kit.spreadsheet import make_xlsx
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from tests.conftest import Dialogs
from tests.faults import acts
from tests.faults.acts import PASSWORD
from tests.reports.papers import roster
from tests.services.conftest import id_number

NEWCOMER, NUMBER, PHONE = (
    "欧阳晓岚兮",
    id_number(date(1985, 7, 12), man=False, serial=31),
    "15840216630",
)
FOREIGNER = "JOHN ABERNATHY SMITH"
VISITED, ASKED = "摔伤卧床由侄女照看", "隔壁装修砸墙渗水"
CALLER, CALLED_FROM = "呼延素问", "13612344321"
DRAFTED, NOTE = "慕容清越霜", "患病需要上门照料的独居老人"

_written: list[str] | None = None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Every file that Python opens to write in it, wherever."""
    if _written is not None and event == "open" and isinstance(arguments[0], str | bytes):
        mode, flags = arguments[1], arguments[2]
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & os.O_WRONLY:
            _written.append(os.fsdecode(arguments[0]))


@contextmanager
def watched() -> Iterator[list[str]]:
    global _written
    if not getattr(_watch, "hooked", False):
        sys.addaudithook(_watch)
        _watch.hooked = True  # type: ignore[attr-defined]
    _written = found = []
    yield found
    _written = None


@pytest.fixture
def folders(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, Path]]:
    """The office's folder, and the one for temporary files; the log is kept as in the program."""
    temporary = tmp_path / "临时"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    handler = logs.start()
    yield folder, temporary
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_a_working_day_leaves_no_name_and_no_number_in_clear(
    folders: tuple[Path, Path],
    tmp_path: Path,
    qapp: QApplication,
    qtbot: QtBot,
    dialogs: Dialogs,
    expected_logs: list[logging.LogRecord],
) -> None:
    out = tmp_path / "给街道的"
    out.mkdir()
    desk = Desk(qapp, acts.NOW, paths.database_file())
    with watched() as written:
        assert desk.start()
        log_in(desk)
        secrets = work(desk, out, qtbot)
        crash(desk, dialogs, secrets)
        assert (folders[0] / "社区资料.linli-wal").exists()
        told = [place for folder in folders for place in in_clear(folder, secrets)]
        assert told == []
        desk.lock()
        log_in(desk)
        desk.quit()
        QApplication.processEvents()
    assert [place for folder in folders for place in in_clear(folder, secrets)] == []
    assert list(folders[1].iterdir()) == []
    kept = {file.name for file in folders[0].rglob("*") if file.is_file()}
    assert kept >= {"社区资料.linli", "社区资料.linli-key", "backup.json", "程序.log", "窗口.ini"}
    # What was taken out is masked: names by intent, numbers not.
    numbers = {secret for secret in secrets if secret.isascii()}
    assert in_clear(out, numbers) == []
    assert [file for file in written if not _expected(Path(file), tmp_path)] == []
    assert len(secrets) > 100
    # The search itself is no blind one.
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "y").write_bytes(b"\x00" + NEWCOMER.encode("gb18030") + b"\x00")
    assert in_clear(tmp_path / "x", secrets) == [f"y: {NEWCOMER} (gb18030)"]


def _expected(file: Path, tmp_path: Path) -> bool:
    """Beneath the test's folder; the program's own modules, compiled when they are first used."""
    compiled = "__pycache__" in file.parts
    return compiled or file.is_relative_to(tmp_path) or str(file) == os.devnull


def log_in(desk: Desk) -> None:
    assert desk.window is not None
    login = desk.window.findChild(LoginView)
    login.password.setText(PASSWORD)
    login.enter()
    assert isinstance(desk.window, MainWindow)


def work(desk: Desk, out: Path, qtbot: QtBot) -> set[str]:
    """Import, add, look, draft, search by hand, take out, print, back up; what is to be kept."""
    context, window = desk._context, desk.window
    assert context is not None
    assert isinstance(window, MainWindow)
    database, now = context.database, context.clock.now()
    acts.import_people(database, 60, seed=5)
    acts.add(database, NEWCOMER, number=NUMBER, phone=PHONE, note=NOTE)
    with database.transaction(f"查看 {NEWCOMER} 的电话") as session:
        key = session.query(Resident.id).filter_by(name=NEWCOMER).scalar()
        cards.reveal(session, key, "phone")
    with database.transaction("暂存") as session:
        drafts.keep(session, "resident", {"name": DRAFTED, "phone": "13940258842"}, now=now)
    rounds(desk, key)
    window.open_page("residents")
    page: Any = window.stack.currentWidget()
    qtbot.keyClicks(page.list.title.search, "oyxl")
    page.list.title.search.setText(NEWCOMER)
    page.list.title.search.scanned.emit(NUMBER)
    window.open_page("office")
    with database.lookup() as lookup:
        ids = list(residents.list_ids(lookup, today=now.date()).ids)
        lines = list(exports.lines(lookup, ids, today=now.date()))
    with database.transaction("导出") as session:
        exports.note_exported(session, ids)
    data = make_xlsx(exports.HEADINGS, lines, count=len(lines), progress=lambda *_: None)
    write_whole(out / "名册.xlsx", data)
    masked = roster(NEWCOMER, rows=[("1", NEWCOMER, "女", "", "2102…", *[""] * 5)])
    write_whole(out / "名册.pdf", render_roster(masked))
    context.signals.backup_requested.emit()
    assert context.background.finish()
    QApplication.processEvents()
    with database.transaction("打印") as session:
        journal.record_look(session, journal.Action.PRINTED, Resident, [key])
    return secrets_of(desk)


def rounds(desk: Desk, key: int) -> None:
    """A visit, a line of the diary and a request about the newcomer, and their windows."""
    context, window = desk._context, desk.window
    assert context is not None
    assert isinstance(window, MainWindow)
    now = context.clock.now()
    with context.database.transaction(f"走访 {NEWCOMER}") as session:
        office.seed(session, today=now.date())
        met = VisitInput(
            resident_id=key, on_date=now.date(), result=VisitResult.CHANGED, note=VISITED
        )
        visit_log.log(session, met, now=now)
        seen = DiaryInput(on_date=now.date(), seen=f"{VISITED}，{CALLER}也在")
        diary.write(session, seen, now=now)
        kind = categories.categories(session, CategoryGroup.MATTER)[0]
        asked = RequestInput(
            origin=Origin.PHONE,
            category_id=kind.id,
            title=ASKED,
            person=CALLER,
            phone=CALLED_FROM,
        )
        requests.register(session, asked, now=now)
    window.open_page("grids")


def secrets_of(desk: Desk) -> set[str]:
    assert desk._context is not None
    with desk._context.database.lookup() as lookup:
        columns = "SELECT name FROM resident", "SELECT document_number FROM resident"
        found = [one for sql in columns for one in lookup.column(Sql(sql))]
        found += lookup.column(Sql("SELECT phone FROM resident"))
    secrets = {
        NEWCOMER,
        FOREIGNER,
        NUMBER,
        PHONE,
        DRAFTED,
        NOTE,
        "13940258842",
        *(VISITED, ASKED, CALLER, CALLED_FROM),
        *filter(None, found),
    }
    return {secret for secret in secrets if len(secret) >= 2}


def crash(desk: Desk, dialogs: Dialogs, secrets: set[str]) -> None:
    """Errors that quote people: of a job in the background, and of a click."""
    details: list[str] = []

    def see(dialog: QDialog) -> int:
        assert isinstance(dialog, CrashDialog)
        details.append(dialog.details.toPlainText())
        return 0

    dialogs.on_dialog = see
    try:
        raise LookupError(f"no row for {NEWCOMER} {FOREIGNER!r} {NUMBER} {PHONE}")
    except LookupError as error:
        crash_dialog._show(type(error), error, error.__traceback__)
        logging.getLogger("app.x").exception("job failed for %s, %s", NUMBER, PHONE)
    dialogs.on_dialog = None
    assert len(details) == 1
    assert not [secret for secret in secrets if secret in details[0]]


def in_clear(folder: Path, secrets: set[str]) -> list[str]:
    """Where a name or a number stands, as any program would write it."""
    needles = {
        secret.encode(encoding): f"{secret} ({encoding})"
        for secret in secrets
        for encoding in encodings(secret)
    }
    told = []
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        told += [f"{file.name}: {needles[one]}" for one in needles if one in content]
    return told


def encodings(secret: str) -> tuple[str, ...]:
    """Four bytes would be found by chance in megabytes of noise."""
    if len(secret) < 3:
        return ("utf-8",)
    return ("gb18030", "utf-8", "utf-16-le", "utf-16-be")


def test_what_a_killed_program_left_of_an_export_is_gone_after_the_next_login(
    folder: Path, tmp_path: Path, qapp: QApplication
) -> None:
    out = tmp_path / "U 盘"
    out.mkdir()
    remember_folder(out / "名册.xlsx")
    (out / ".存-x1y2").write_bytes(NEWCOMER.encode())
    (out / "名册.xlsx").write_bytes(b"the one before")
    desk = Desk(qapp, acts.NOW, paths.database_file())
    assert desk.start()
    log_in(desk)
    assert [file.name for file in out.iterdir()] == ["名册.xlsx"]
    desk.quit()
    QApplication.processEvents()


def test_the_database_spills_nothing_into_temporary_files(folder: Path) -> None:
    """Sorting and statement journals stay in memory: the library was built so."""
    with sqlcipher3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    assert "TEMP_STORE=2" in options or "TEMP_STORE=3" in options
