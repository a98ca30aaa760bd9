"""Whatever a file holds, nothing but a sentence leaves the program."""

import io
import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import given, seed
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from app import paths
from app.application import remembered_mode
from app.bootstrap import Desk
from app.errors import DomainError
from app.importing.dry_run import dry_run
from app.storage import keyfile as keyfile_module
from app.storage.backup import list_backups
from app.storage.lock import OfficeLock, holder_of
from app.storage.office_file import load_vault
from app.storage.restore import restore_backup
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault, keyfile_of
from app.storage.vault_faults import TooEarly, WrongPassword
from app.ui.kit import print_settings
from app.ui.kit.memory import file_proposal, window_memory
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from app.ui.office.health.last_run import last_run
from tests.conftest import Dialogs
from tests.faults import acts
from tests.faults.acts import PASSWORD
from tests.faults.amount import SEED, chance, times
from tests.faults.garbage import BYTES, altered, many

TODAY = acts.NOW.today()
ROWS = [
    ["望海社区居民台账", "", "", "", "", ""],
    ["户号", "姓名", "与户主关系", "身份证号", "住址", "电话"],
    ["1", "王秀兰", "户主", "210214194805111821", "3-2-501", "13840310612"],
    ["", "仇志国", "之夫", "210214195503012715", "", "13940258842"],
    ["2", "阿迪力·买买提", "户主", "", "1号楼2单元302", "17540212036"],
]


def only_sentences(call: Callable[[], object]) -> None:
    """The test fails by the exception itself, if another one than a DomainError leaves."""
    try:
        call()
    except DomainError as error:
        sentence = str(error)
        assert sentence
        assert "Traceback" not in sentence


# -- the reader of rosters


@cache
def xlsx() -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    page = book.add_worksheet("第三网格")
    for number, row in enumerate(ROWS):
        page.write_row(number, 0, row)
    page.merge_range(2, 0, 3, 0, "1")
    page.write_datetime(4, 6, acts.NOW.now(), book.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_comment(4, 1, "备注")
    book.close()
    return memory.getvalue()


@cache
def xls() -> bytes:
    memory = io.BytesIO()
    book = xlwt.Workbook()
    page = book.add_sheet("第三网格")
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            page.write(number, column, text)
    book.save(memory)
    return memory.getvalue()


@cache
def csv() -> bytes:
    return "\n".join(",".join(row) for row in ROWS).encode("gb18030")


_STARTS = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00", b"<html>")
# What a spreadsheet's own words may be replaced by.
_WORDS = (b"A1", b'r="', b"<row", b"<c ", b"<v>", b'"s"', b"count", b"sheet1", b"sheetId", b"ref=")
_OTHERS = (b"", b"-1", b"99999999999", b"XFD1048576", b"../../x", b"&a;", b"NaN", b"</row>", b"<")


@st.composite
def bitten(draw: st.DrawFn, whole: bytes) -> bytes:
    """Some bytes replaced, cut out or doubled."""
    content = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 40))
        piece = draw(
            st.one_of(st.binary(max_size=20), st.just(content[start : start + length] * 2))
        )
        content = content[:start] + piece + content[start + length :]
    return content


@st.composite
def repacked(draw: st.DrawFn) -> bytes:
    """An .xlsx whose parts are well packed and hold something else."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(memory, "w") as new:
        chosen = draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            content = old.read(name)
            if name == chosen:
                word, other = draw(st.sampled_from(_WORDS)), draw(st.sampled_from(_OTHERS))
                replaced = content.replace(word, other, draw(st.sampled_from([1, -1])))
                content = draw(st.one_of(st.just(replaced), bitten(content), st.binary(max_size=9)))
            new.writestr(name, content)
    return memory.getvalue()


@pytest.fixture(scope="module", autouse=True)
def bounded_memory() -> Iterator[None]:
    """A file that asks for all memory ends this process and not the computer's others."""
    if sys.platform == "win32":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rosters")


@pytest.mark.parametrize("name", ["台账.xls", "台账.xlsx", "台账.csv"])
@seed(SEED)
@many(60, 3000)
@given(start=st.sampled_from(_STARTS), rest=st.binary(max_size=600))
def test_any_bytes_are_a_roster_or_a_sentence(
    place: Path, name: str, start: bytes, rest: bytes
) -> None:
    (place / name).write_bytes(start + rest)
    only_sentences(lambda: dry_run(place / name, TODAY))


@pytest.mark.parametrize("whole", [xlsx, xls, csv])
@seed(SEED)
@many(60, 3000)
@given(data=st.data())
def test_a_roster_with_bytes_changed_is_read_or_refused(
    place: Path, whole: Callable[[], bytes], data: st.DataObject
) -> None:
    file = place / f"台账.{whole.__name__}"
    file.write_bytes(data.draw(bitten(whole())))
    only_sentences(lambda: dry_run(file, TODAY))


@seed(SEED)
@many(60, 3000)
@given(content=repacked())
def test_a_workbook_whose_parts_hold_something_else_is_read_or_refused(
    place: Path, content: bytes
) -> None:
    (place / "改.xlsx").write_bytes(content)
    only_sentences(lambda: dry_run(place / "改.xlsx", TODAY))


# -- the key file, and the tries beside it


@pytest.fixture(scope="module")
def office(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the office for a whole fuzz; its key file and notes are written anew each time."""
    folder = tmp_path_factory.mktemp("fuzz") / "资料"
    shutil.copytree(template, folder)
    return folder / paths.database_file().name


def enter(file: Path) -> None:
    """Everything that a start and a login ask of the key file."""
    vault = load_vault(file, cost=WEAK_COST)
    for one in vault.users():
        f"{one.slot} {one.name} {one.role}".encode()
        vault.seconds_to_wait(one.slot)
        with suppress(WrongPassword, TooEarly):
            key = vault.unlock(one.slot, PASSWORD)
            vault.is_genuine(key)
    vault.refused_tries()
    with suppress(DomainError):
        vault.unlock_with_recovery("ABCD-EFGH-JKLM-NPQR-STUV-WXYZ")


@pytest.fixture(scope="module")
def keys(template: Path) -> bytes:
    return keyfile_of(template / paths.database_file().name).read_bytes()


@seed(SEED)
@many(80, 4000)
@given(content=BYTES)
def test_any_bytes_as_a_key_file_are_a_sentence(office: Path, content: bytes) -> None:
    keyfile_of(office).write_bytes(content)
    with pytest.raises(DomainError):
        enter(office)


@seed(SEED)
@many(80, 4000)
@given(data=st.data())
def test_a_key_file_with_other_facts_and_a_right_checksum_is_a_sentence(
    office: Path, keys: bytes, data: st.DataObject
) -> None:
    facts = data.draw(altered(json.loads(keys)))
    with suppress(ValueError):
        facts["checksum"] = keyfile_module._checksum(facts)
    keyfile_of(office).write_bytes(json.dumps(facts).encode())
    keyfile_of(office).with_suffix(".linli-tries").unlink(missing_ok=True)
    only_sentences(lambda: enter(office))


@seed(SEED)
@many(60, 3000)
@given(data=st.data())
def test_a_record_of_tries_that_holds_anything_keeps_nobody_out(
    office: Path, keys: bytes, data: st.DataObject
) -> None:
    keyfile_of(office).write_bytes(keys)
    slot = json.loads(keys)["slots"][0]["slot"]
    facts = altered({slot: [3, 1_700_000_000.0, 2]}).map(lambda value: json.dumps(value).encode())
    tries = keyfile_of(office).with_suffix(".linli-tries")
    tries.write_bytes(data.draw(st.one_of(BYTES, facts)))
    enter(office)
    # The wait is bounded, whatever the record says.
    assert Vault.load(keyfile_of(office)).seconds_to_wait(slot) <= 300


# -- what lies beside: the lock, the descriptions of backups


@seed(SEED)
@many(60, 3000)
@given(content=BYTES)
def test_a_lock_file_that_holds_anything_stops_nobody(office: Path, content: bytes) -> None:
    office.with_suffix(".linli-lock").write_bytes(content)
    holder_of(office)
    only_sentences(lambda: OfficeLock.acquire(office, clock=acts.NOW).release())


@seed(SEED)
@many(80, 4000)
@given(data=st.data())
def test_a_description_of_a_backup_leads_nowhere_else_and_breaks_no_list(
    office: Path, data: st.DataObject
) -> None:
    place = office.parent / "备份"
    [folder] = [path for path in place.iterdir() if not path.name.startswith("别")]
    other = place / "别的备份"
    shutil.rmtree(other, ignore_errors=True)
    other.mkdir()
    # The file itself need not be there for the list.
    (other / office.name).write_bytes(b"x")
    facts = json.loads((folder / "backup.json").read_bytes())
    content = st.one_of(BYTES, altered(facts).map(lambda value: json.dumps(value).encode()))
    (other / "backup.json").write_bytes(data.draw(content))
    for info in list_backups(place):
        assert info.file.parent == info.folder
        assert info.folder.parent == place
        f"{info.at:%Y-%m-%d %H:%M} {info.reason} {info.people:,} {info.households:,}".encode()
        if info.folder == other:
            only_sentences(
                lambda info=info: restore_backup(
                    info, office.with_name("新.linli"), bytes(32), clock=acts.NOW
                )
            )
    assert folder in [info.folder for info in list_backups(place)]


def test_nothing_of_all_that_was_written_outside(office: Path) -> None:
    """Runs last of the module's order or first: either way there is nothing beside the office."""
    assert [path.name for path in office.parent.parent.iterdir()] == [office.parent.name]


# -- what the program remembers of its windows


_NASTY = (
    *("", "²", "9" * 400, "-1", "nan", "1e999", "不是", "\0", "2026-99-99T99:99", "true"),
    *("name=²", "name=99999999999 phone=-5", "name name name", "../../x", "{", "[" * 3_000),
    *("@Invalid()", "@ByteArray(\x01\x02)", "@Variant(\0\0\0\x11)", ["a", "b"], [], 7, 1e300),
)


_COLUMNS = [f"列/居民列表/标准/{what}" for what in ("宽", "序", "藏")]


def used(qapp: QApplication, dialogs: Dialogs) -> None:
    """Somebody logs in, turns over the pages that have tables, and leaves."""
    desk = Desk(qapp, acts.NOW, paths.database_file())
    try:
        assert desk.start()
        assert desk.window is not None
        login = desk.window.findChild(LoginView)
        login.password.setText(PASSWORD)
        login.enter()
        assert dialogs.shown == []
        assert isinstance(desk.window, MainWindow)
        for page in ("residents", "papers", "office"):
            desk.window.open_page(page)
        file_proposal("居民.xlsx")
        remembered_mode()
        print_settings.remembered("惠普")
        last_run(paths.database_file())
    finally:
        desk.quit()
        QApplication.processEvents()


@pytest.mark.parametrize("number", range(times(8, 60)))
def test_a_memory_of_windows_that_holds_anything_only_loses_their_places(
    folder: Path, qapp: QApplication, dialogs: Dialogs, number: int
) -> None:
    random = chance("memory", number)
    used(qapp, dialogs)
    memory = window_memory()
    for key in [*memory.allKeys(), "显示/方式", "文件/文件夹", "打印机 惠普/右移", *_COLUMNS]:
        if random.random() < 0.5:
            memory.setValue(key, random.choice(_NASTY))
    memory.sync()
    if number % 4 == 3:
        file = Path(memory.fileName())
        file.write_bytes(random.randbytes(random.randrange(400)) + file.read_bytes())
    used(qapp, dialogs)
