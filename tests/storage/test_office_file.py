"""Creating an office and opening the pair of files again."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.models import Operation, User
from app.storage import office_file
from app.storage.faults import CannotWrite, DiskFull, FileMissing, NotAnOffice
from app.storage.keyfile import KeyFileMissing
from app.storage.network import NetworkShare
from app.storage.office_file import (
    FileExists,
    ForeignKeyFile,
    NewOffice,
    create_database,
    create_office,
    load_vault,
    open_office,
)
from app.storage.slots import WEAK_COST
from app.storage.vault import keyfile_of
from tests.storage.offices import CLOCK, KEY

PASSWORD = "春天来了123"


def create(file: Path) -> NewOffice:
    return create_office(
        file, user="王书记", role="书记", password=PASSWORD, clock=CLOCK, cost=WEAK_COST
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "资料 夹" / "社区资料.linli"


def test_a_created_office_opens_again_with_the_password(file: Path) -> None:
    create(file).database.close()
    vault = load_vault(file, cost=WEAK_COST)
    key = vault.unlock(vault.users()[0].slot, PASSWORD)
    database = open_office(file, key, clock=CLOCK, backup=lambda: None)
    with database.reading() as session:
        [user] = session.scalars(select(User))
        assert (user.name, user.role) == ("王书记", "书记")
        assert user.slot == vault.users()[0].slot
        assert session.scalar(select(Operation.sentence)) == "建立社区资料"
    database.close()


def test_a_created_office_leaves_two_files_and_nothing_else(file: Path) -> None:
    create(file).database.close()
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "社区资料.linli",
        "社区资料.linli-key",
    ]


def test_an_existing_file_is_never_overwritten(file: Path) -> None:
    create(file).database.close()
    content, keys = file.read_bytes(), keyfile_of(file).read_bytes()
    with pytest.raises(FileExists):
        create(file)
    with pytest.raises(FileExists):
        create_database(file, KEY, clock=CLOCK)
    assert (file.read_bytes(), keyfile_of(file).read_bytes()) == (content, keys)


def test_a_lonely_key_file_is_kept_under_another_name(file: Path) -> None:
    create(file).database.close()
    keys = keyfile_of(file).read_bytes()
    file.unlink()
    create(file).database.close()
    [aside] = file.parent.glob("* *.linli-key")
    assert aside.read_bytes() == keys


def test_the_log_of_an_older_file_is_not_replayed_into_a_new_one(file: Path) -> None:
    file.parent.mkdir()
    log = file.with_name(file.name + "-wal")
    log.write_bytes(b"left by a killed program")
    create(file).database.close()
    [aside] = file.parent.glob("* *.linli-wal")
    assert aside.read_bytes() == b"left by a killed program"


def test_the_key_file_of_another_office_is_recognised_before_any_password(
    file: Path, tmp_path: Path
) -> None:
    create(file).database.close()
    other = tmp_path / "别处" / "社区资料.linli"
    create(other).database.close()
    keyfile_of(file).write_bytes(keyfile_of(other).read_bytes())
    with pytest.raises(ForeignKeyFile, match="不是这份资料的密钥"):
        load_vault(file)


def test_a_file_without_its_key_file_says_where_to_look(file: Path) -> None:
    create(file).database.close()
    keyfile_of(file).unlink()
    with pytest.raises(KeyFileMissing, match="备份"):
        load_vault(file)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(FileMissing, match="社区资料"):
        load_vault(file)
    with pytest.raises(FileMissing):
        open_office(file, KEY, clock=CLOCK, backup=lambda: None)


@pytest.mark.parametrize(
    "content",
    [b"", b"short", b"PK\x03\x04" + bytes(4096), b"SQLite format 3\0" + bytes(4096)],
    ids=["empty", "short", "zip", "plain SQLite"],
)
def test_a_file_of_another_kind_is_no_office(file: Path, content: bytes) -> None:
    create(file).database.close()
    file.write_bytes(content)
    with pytest.raises(NotAnOffice):
        load_vault(file)


def test_a_folder_that_cannot_be_written_is_a_sentence(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(CannotWrite, match="只读"):
        create(file)


def test_a_full_disk_while_creating_leaves_no_half_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(office_file, "sync_file", refuse)
    with pytest.raises(DiskFull):
        create(file)
    assert not file.exists()
    monkeypatch.undo()
    create(file).database.close()


def test_an_office_on_a_network_share_is_neither_made_nor_opened(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(file).database.close()
    monkeypatch.setattr("app.storage.network.on_network_share", lambda _: True)
    with pytest.raises(NetworkShare, match="网络"):
        open_office(file, KEY, clock=CLOCK, backup=lambda: None)
    with pytest.raises(NetworkShare):
        create(file.with_name("新.linli"))
