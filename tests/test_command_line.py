"""The command line, the log and the crash dialog: what leaves the program when things go wrong."""

import io
import json
import logging
import os
import re
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app import logs, paths
from app.__main__ import PASSWORD_VARIABLE, _unlock, main
from app.clock import FixedClock
from app.models import Operation, Resident
from app.services import history, search_keys
from app.services.user_keys import UserKeys
from app.storage import connection as raw
from app.storage.backup import list_backups
from app.storage.engine import Database
from app.storage.faults import Damaged
from app.storage.office_file import create_office, load_vault
from app.storage.slots import WEAK_COST
from app.ui import crash_dialog
from app.ui.crash_dialog import CrashDialog, details_of
from app.ui.kit.dialogs import Message
from tests.services.conftest import id_number

PASSWORD = "three quiet words"
ID_NUMBER = "210214195601011827"
GOOD_NUMBER = id_number(date(1956, 1, 1), man=False)
ROOT = Path(__file__).parents[1]


@pytest.fixture
def office(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office in the data folder, its password in the environment."""
    file = paths.database_file()
    new = create_office(
        file, user="周立群", role="书记", password=PASSWORD, clock=clock, cost=WEAK_COST
    )
    new.database.close()
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    return file


def test_a_whole_file_passes_the_check(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(office)]) == 0
    assert "资料完好" in capsys.readouterr().out


def test_a_damaged_file_fails_the_check_in_chinese(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(office.read_bytes())
    content[3 * 4096 + 100 : 3 * 4096 + 200] = bytes(100)
    office.write_bytes(content)

    assert main(["check", str(office)]) == 1
    assert "损坏" in capsys.readouterr().err


def test_a_search_index_that_lags_behind_is_found_and_made_anew(
    office: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database.open(office, _unlock(office, "")[0], clock=clock)
    with database.transaction("新增居民") as session:
        session.add(Resident(name="王秀兰", name_order="w"))
        session.execute(text("INSERT INTO search_text (rowid, tokens) VALUES (99, 'nobody')"))
    database.close()

    assert main(["check", str(office)]) == 1
    told = capsys.readouterr().err
    assert "2 人" in told
    assert "备份" not in told
    assert main(["check", str(office), "--rebuild-search"]) == 0
    assert main(["check", str(office)]) == 0


def add_people(office: Path, clock: FixedClock, *people: dict[str, object]) -> None:
    database = Database.open(office, _unlock(office, "")[0], clock=clock)
    with database.transaction("新增居民") as session:
        session.add_all(Resident(name="王秀兰", name_order="w", **facts) for facts in people)
        session.flush()
        search_keys.reindex(session, list(search_keys.strays(session)))
    database.close()


def test_what_contradicts_itself_is_named_with_the_reason(
    office: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {"document_kind": "id_card", "document_number": ID_NUMBER[:-1] + "0"}
    add_people(office, clock, wrong)

    assert main(["check", str(office)]) == 1
    told = capsys.readouterr().err
    assert "证件号码不对，1 人：王秀兰（校验位不对" in told
    assert "请核对原件。" in told
    assert "文件没有损坏，1 处要看" in told
    assert main(["check", str(office), "--json"]) == 1
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert [one["key"] for one in checks if one["level"] == "要看" and one["count"]] == [
        "number_malformed"
    ]


def test_what_is_only_wanting_is_no_fault(
    office: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    add_people(office, clock, {})

    assert main(["check", str(office)]) == 0
    assert "资料完好：文件没有损坏，3 处提醒。" in capsys.readouterr().out


def test_the_safe_repairs_are_made_and_stand_in_the_journal(
    office: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    add_people(office, clock, {"document_kind": "id_card", "document_number": GOOD_NUMBER})

    assert main(["check", str(office), "--repair", "--json"]) == 0

    counts = {one["key"]: one["count"] for one in json.loads(capsys.readouterr().out)["checks"]}
    assert (counts["birth_from_number"], counts["sex_from_number"]) == (0, 0)
    database = Database.open(office, _unlock(office, "")[0], clock=clock)
    with database.reading() as session:
        person = session.get_one(Resident, 1)
        told = [(line.who, line.sentence) for line in history.recent(session, limit=2)]
    database.close()
    assert (person.sex, str(person.birth_date)) == ("女", "1956-01-01")
    assert ("周立群", "体检修复：出生日期可从证件号取，按证件号填") in told


def test_a_backup_is_examined_and_never_changed(
    office: Path, tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    add_people(office, clock, {"document_kind": "id_card", "document_number": GOOD_NUMBER})
    main(["backup", str(tmp_path / "U 盘")])
    [info] = list_backups(tmp_path / "U 盘")
    content = info.file.read_bytes()

    assert main(["check", str(info.folder)]) == 0
    assert main(["check", str(info.file)]) == 0
    assert main(["check", str(info.folder), "--repair"]) == 1
    assert "只查不改" in capsys.readouterr().err
    assert main(["check", str(tmp_path)]) == 1
    assert "没有一份完整的备份" in capsys.readouterr().err
    assert info.file.read_bytes() == content


@pytest.mark.parametrize(("number", "words"), [(0, "较旧"), (99, "比本程序新")])
def test_of_another_format_only_the_file_is_examined(
    number: int, words: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(raw.connect(office, _unlock(office, "")[0])) as connection:
        connection.execute("UPDATE schema_version SET number = ?", (number,))

    assert main(["check", str(office)]) == 0

    told = capsys.readouterr().out
    assert words in told
    assert "户和户主：没有查" in told
    assert "资料文件：完好" in told


def test_a_missing_file_is_a_fault_of_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "没有.linli")]) == 1
    assert "没有.linli" in capsys.readouterr().err


def test_a_wrong_password_is_a_fault_of_the_data(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "something else")

    assert main(["check", str(office)]) == 1
    assert "密码不对" in capsys.readouterr().err


def test_the_user_may_be_named(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(office), "--user", "周立群"]) == 0
    assert main(["check", str(office), "--user", "没有这个人"]) == 1
    assert "没有这个人" in capsys.readouterr().err


def test_a_backup_lands_in_the_folder(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "U 盘"

    assert main(["backup", str(folder)]) == 0

    assert [info.ok for info in list_backups(folder)] == [True]
    assert "已备份" in capsys.readouterr().out


def test_who_may_not_back_up_gets_no_copy_by_the_command_line_either(
    office: Path,
    tmp_path: Path,
    clock: FixedClock,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vault = load_vault(office)
    key = vault.unlock(vault.users()[0].slot, PASSWORD)
    with closing(Database.open(office, key, clock=clock)) as database:
        UserKeys(database, vault).add(name="看客", role="只读", grids=(), password="six more words")
    monkeypatch.setenv(PASSWORD_VARIABLE, "six more words")
    folder = tmp_path / "U 盘"

    assert main(["backup", str(folder), "--user", "看客"]) == 1

    assert "您的岗位“只读”没有“备份”的权限" in capsys.readouterr().err
    assert list_backups(folder) == []
    with (
        closing(Database.open(office, key, clock=clock)) as database,
        database.reading() as session,
    ):
        last = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
        assert last is not None
        assert (last.user_name, (last.details or {})["refused"]) == ("看客", f"备份到 {folder}")


@pytest.mark.parametrize("arguments", [["import"], ["paint"], ["check"], ["import", "x.xlsx"]])
def test_a_wrong_call_is_told_in_chinese(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)

    assert exit_.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("命令不对：")
    assert not re.search("required|argument|choice", told)


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["import", "--help"]])
def test_the_help_is_in_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)

    told = capsys.readouterr().out
    assert exit_.value.code == 0
    assert told.startswith("用法：")
    assert not re.search("usage|options|positional|show this", told)


def test_a_scheduler_without_the_password_is_told_where_to_put_it(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE)
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    assert main(["check", str(office)]) == 1
    assert PASSWORD_VARIABLE in capsys.readouterr().err


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "一网格"
    sheet.append(["姓名", "性别", "身份证号", "电话", "楼栋", "单元", "室"])
    sheet.append(["王秀兰", "女", "", "13812340612", "3", "2", "301"])
    sheet.append(["仇志国", "男", "21021419560101182", "", "3", "2", "302"])
    path = tmp_path / "名册.xlsx"
    book.save(path)
    return path


def test_a_roster_is_tried_without_an_office(
    roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(roster), "--dry-run", "--json"]) == 0

    result = json.loads(capsys.readouterr().out)
    assert result["file"] == "名册.xlsx"
    assert result["rows"][0]["row"] == 2
    assert result["rows"][0]["values"]["name"] == "王秀兰"
    assert not paths.database_file().exists()


def test_a_roster_is_told_in_words_without_json(
    roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(roster), "--dry-run"]) == 0

    assert "名册.xlsx：共 2 行，可导入 1 行" in capsys.readouterr().out


def test_a_reader_that_has_seen_enough_is_no_fault(roster: Path) -> None:
    call = [sys.executable, "-m", "app", "import", str(roster), "--dry-run", "--json"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (0, b"")


def test_a_file_that_is_no_spreadsheet_is_a_fault_of_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"%PDF-1.7 not a spreadsheet")

    assert main(["import", str(path), "--dry-run", "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "不是表格" in captured.err


def test_a_try_of_a_roster_loads_no_window(roster: Path) -> None:
    program = (
        "import sys; from app.__main__ import main;"
        f"main(['import', {str(roster)!r}, '--dry-run', '--json']);"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]"
    )

    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        env=os.environ,
    )


def test_the_version_is_told() -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["--version"])

    assert exit_.value.code == 0


def test_numbers_are_masked_in_the_log() -> None:
    handler = logs.start()
    try:
        try:
            raise ValueError(f"王秀兰 {ID_NUMBER} 13812340612")
        except ValueError:
            logging.getLogger("test").info("row %s", ID_NUMBER, exc_info=True)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()

    text = (paths.log_dir() / logs.FILE).read_text(encoding="utf-8")
    assert "2102 **** **** 1827" in text
    assert ID_NUMBER not in text
    assert "13812340612" not in text


def test_what_an_error_quotes_of_people_is_not_in_the_log(database: Database) -> None:
    """The driver quotes the values of a statement that failed; a name is data as well."""
    handler = logs.start()
    try:
        try:
            with database.reading() as session:
                session.execute(text("SELECT :name FROM nowhere"), {"name": "王秀兰"})
        except OperationalError as error:
            log = logging.getLogger("test")
            log.info("uncaught", exc_info=(type(error), error, error.__traceback__))
            log.info("uncaught", exc_info=ValueError("王秀兰 is unknown"))
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()

    written = (paths.log_dir() / logs.FILE).read_text(encoding="utf-8")
    assert "OperationalError" in written
    assert "no such table: nowhere" in written
    assert "is unknown" in written
    assert "王秀兰" not in written


def test_a_log_folder_that_cannot_be_written_stops_nothing(office_folder: Path) -> None:
    office_folder.write_text("a file where the folder should be")

    handler = logs.start()

    logging.getLogger().removeHandler(handler)
    assert type(handler) is logging.StreamHandler


def broken(name: str) -> None:
    raise LookupError(f"{name} {ID_NUMBER}")


def test_crash_details_hold_the_place_and_no_personal_data() -> None:
    try:
        broken(chr(0x738B) + chr(0x79C0))
    except LookupError as error:
        details = details_of(error)

    assert "LookupError" in details
    assert "test_command_line.py" in details
    assert str(Path(__file__).parent) not in details
    assert "王秀" not in details
    assert ID_NUMBER not in details


def test_the_details_can_be_copied(qapp: QApplication, qtbot: QtBot) -> None:
    dialog = CrashDialog(LookupError("x"))
    qtbot.addWidget(dialog)

    dialog.copy_button.click()

    assert QApplication.clipboard().text() == dialog.details.toPlainText()


def test_an_uncaught_error_reaches_log_and_dialog(
    qapp: QApplication,
    dialogs: object,
    expected_logs: list[logging.LogRecord],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[object] = []
    dialogs.on_dialog = lambda dialog: opened.append(dialog) or 0
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash_dialog.install()
    error = LookupError("x")

    sys.excepthook(LookupError, error, None)

    assert len(expected_logs) == 1
    assert isinstance(opened[0], CrashDialog)
    opened[0].deleteLater()


def test_a_fault_that_nobody_caught_is_told_in_its_own_sentence(
    qapp: QApplication,
    dialogs: object,
    expected_logs: list[logging.LogRecord],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Message] = []
    dialogs.on_dialog = lambda dialog: opened.append(dialog) or 0
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash_dialog.install()
    fault = Damaged(Path("社区资料.linli"), (7,))

    sys.excepthook(Damaged, fault, None)

    assert len(expected_logs) == 1
    assert str(fault) in [label.text() for label in opened[0].findChildren(QLabel)]
    opened[0].deleteLater()


def test_an_uncaught_error_in_a_thread_reaches_the_log(
    qapp: QApplication,
    expected_logs: list[logging.LogRecord],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash_dialog.install()

    thread = threading.Thread(target=lambda: {}["x"])
    thread.start()
    thread.join()

    assert [record.exc_info[0] for record in expected_logs] == [KeyError]
