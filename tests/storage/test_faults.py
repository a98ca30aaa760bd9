"""Full disks, read-only folders and damaged files: one sentence each, and nothing saved is lost."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.errors import DomainError
from app.models import Draft, Resident
from app.storage import connection as raw
from app.storage import faults
from app.storage.check import check_file
from app.storage.engine import Database
from app.storage.faults import CannotWrite, Damaged, DiskFault, DiskFull, FileBusy, NotAnOffice
from app.storage.lookup import query
from tests.storage.offices import CLOCK, FILE_NAME, KEY, fresh_office

ROOT = Path(__file__).parents[2]


def add(database: Database, name: str, *, note: str = "") -> None:
    with database.transaction("新增居民") as session:
        session.add(Resident(name=name, name_order=name, note=note))


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Resident.name).order_by(Resident.id)))


def looked_up(database: Database) -> list[str]:
    with database.lookup() as lookup:
        return list(lookup.column(query("name", "resident")))


def import_many(database: Database, number: int) -> None:
    drafts = [
        {"key": f"d{i}", "fields": {"text": "字" * 500}, "saved_at": CLOCK.now()}
        for i in range(number)
    ]
    with database.transaction("导入") as session:
        session.execute(insert(Draft), drafts)


def damage(file: Path, page: int) -> None:
    with file.open("r+b") as stream:
        stream.seek((page - 1) * 4096 + 1000)
        stream.write(b"\xaa" * 64)


def limit_pages(database: Database, more: int) -> None:
    """Let the file grow by `more` pages only, as on a disk that is nearly full."""
    with database.transaction("限制") as session:
        link = session.connection()
        pages = link.exec_driver_sql("PRAGMA page_count").scalar_one()
        link.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")


def test_a_full_disk_is_a_sentence_and_keeps_what_was_saved(database: Database) -> None:
    add(database, "甲")
    limit_pages(database, 20)
    with pytest.raises(DiskFull, match="磁盘已满"):
        import_many(database, 500)
    assert names(database) == ["甲"]
    add(database, "乙")
    assert names(database) == ["甲", "乙"]
    assert check_file(database.file, KEY).ok


FILL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, "")
from app.storage.faults import DiskFull
from tests.storage.offices import fresh_office
from tests.storage.test_faults import add, import_many, names
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
database = fresh_office(Path(sys.argv[1]))
add(database, "甲")
size = database.file.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 400_000, resource.RLIM_INFINITY))
try:
    import_many(database, 2000)
except DiskFull as fault:
    print(fault)
assert names(database) == ["甲"], names(database)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a matter of Unix")
def test_a_disk_that_refuses_to_grow_a_file_is_the_same_sentence(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-W", "error", "-c", FILL, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    assert "磁盘已满" in child.stdout
    assert check_file(tmp_path / FILE_NAME, KEY).ok


def test_a_file_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = fresh_office(tmp_path)
    database.close()
    # As root a read-only file is written all the same: ask SQLite to open it so.
    connect = raw.connect

    def read_only(file: Path, key: bytes, **options: Any) -> Any:
        return connect(file, key, **{**options, "mode": "ro"})

    monkeypatch.setattr(raw, "connect", read_only)
    with pytest.raises(CannotWrite, match="只读"):
        add(database, "甲")


def test_a_damaged_page_is_a_sentence_when_it_is_met(tmp_path: Path) -> None:
    database = fresh_office(tmp_path)
    import_many(database, 200)
    add(database, "甲")
    database.close()
    with closing(raw.connect(database.file, KEY)) as connection:
        [pages] = connection.execute("PRAGMA page_count").fetchone()
    for page in range(2, pages + 1):
        damage(database.file, page)
    with pytest.raises(Damaged, match="备份"):
        names(Database.open(database.file, KEY, clock=CLOCK))
    with pytest.raises(Damaged, match="备份"):
        looked_up(Database.open(database.file, KEY, clock=CLOCK))


def test_a_damaged_beginning_is_a_sentence(tmp_path: Path) -> None:
    database = fresh_office(tmp_path)
    database.close()
    damage(database.file, 1)
    with pytest.raises(NotAnOffice):
        Database.open(database.file, KEY, clock=CLOCK)


@pytest.mark.parametrize("content", [b"", b"x" * 5000], ids=["empty", "noise"])
def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(content)
    with pytest.raises(NotAnOffice):
        Database.open(file, KEY, clock=CLOCK)
    assert file.read_bytes() == content


def test_an_error_of_the_body_is_not_blamed_on_the_file(database: Database, tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError),
        database.transaction("导入"),
    ):
        (tmp_path / "名册.xlsx").open()


def test_a_mistake_in_the_program_is_not_dressed_up_as_a_fault(database: Database) -> None:
    from sqlalchemy.exc import IntegrityError

    with (
        pytest.raises(IntegrityError),
        database.transaction("新增居民") as session,
    ):
        session.add(Resident(name_order="x"))


class Error(Exception):
    def __init__(self, code: int) -> None:
        self.sqlite_errorcode = code


@pytest.mark.parametrize("reading", [False, True], ids=["saving", "reading"])
@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (5, FileBusy),
        (6, FileBusy),
        (8, CannotWrite),
        (14, CannotWrite),
        (13, DiskFull),
        (11, Damaged),
        (26, NotAnOffice),
    ],
)
def test_every_fault_of_the_disk_has_its_sentence(
    code: int, fault: type[DomainError], reading: bool
) -> None:
    found = faults.database_fault(Error(code), Path("/社区/社区资料.linli"), reading=reading)
    assert type(found) is fault
    assert str(found).endswith("。")


def test_a_disk_error_while_saving_means_that_the_disk_takes_no_more() -> None:
    file = Path("/社区/社区资料.linli")
    assert type(faults.database_fault(Error(10), file)) is DiskFull
    assert type(faults.database_fault(Error(778), file)) is DiskFull
    assert type(faults.database_fault(Error(10), file, reading=True)) is DiskFault


def test_other_errors_have_no_sentence() -> None:
    assert faults.database_fault(Error(19), Path("x")) is None
    assert faults.database_fault(ValueError("x"), Path("x")) is None
