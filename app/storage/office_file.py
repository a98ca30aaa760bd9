"""An office's file and its key file as a pair: create both, and open what belongs together."""

import os
import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from app.storage import connection as raw
from app.storage import migrations
from app.storage.atomic import patiently, sync_file, sync_folder
from app.storage.engine import Database
from app.storage.faults import DiskFull, FileMissing, Lost, NotAnOffice, StorageFault, as_sentences
from app.storage.incoming import settle
from app.storage.leftovers import sweep
from app.storage.long_path import refuse_long_path
from app.storage.network import refuse_network_share
from app.storage.pairing import set_list_number
from app.storage.recovery import RecoveryCode
from app.storage.slots import Cost
from app.storage.vault import Vault, keyfile_of

# The tables are loaded by what makes a file: opening one does without them.

# What other kinds of files begin with; an office's file begins with 16 random bytes.
_FOREIGN_BEGINNINGS = (b"SQLite format 3\0", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")


class FileExists(StorageFault):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"“{file}”已经有一份社区资料，没有新建，也没有改动它。请打开它，或换一个文件夹新建。"
        )


class ForeignKeyFile(Lost):
    """The key file and the file beside it are not a pair."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"密钥文件“{keyfile_of(file).name}”不是这份资料的密钥（也可能是“{file.name}”的开头已损坏），"
            "所以打不开。请从同一份备份中取回这两个文件，一起放回原处。"
        )


Fill = Callable[[Database], object]
"""Writes the first rows of a new file."""


@dataclass(frozen=True)
class NewOffice:
    """A created office, open; the recovery code is shown and printed now or never."""

    database: Database
    vault: Vault
    recovery_code: RecoveryCode


def create_office(
    file: Path,
    *,
    user: str,
    role: str,
    password: str,
    clock: Clock,
    cost: Cost | None = None,
    fill: Fill | None = None,
) -> NewOffice:
    """A new file with its key file and first user; raises FileExists and the faults of a disk.

    `fill` writes what an office begins with: the file appears with all of it or not at all.
    """
    from app.models import User
    from app.storage import journal

    refuse_network_share(file)
    refuse_long_path(file)
    _refuse_existing(file)
    with as_sentences(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        set_aside(keyfile_of(file), clock)
        vault, key, code = Vault.create(
            keyfile_of(file), user=user, role=role, password=password, cost=cost
        )

    def begin(database: Database) -> None:
        with database.transaction("建立社区资料") as session:
            session.add(User(name=user, role=role, slot=vault.users()[0].slot))
            # Not to be undone: the file would be left without anybody who may open it.
            journal.set_details(session, {"final": True})
            set_list_number(session, vault.number)
        if fill is not None:
            fill(database)

    salt = vault.office_id
    database = create_database(file, key, clock=clock, salt=salt, user_name=user, fill=begin)
    return NewOffice(database, vault, code)


def create_database(
    file: Path,
    key: bytes,
    *,
    clock: Clock,
    salt: bytes | None = None,
    user_name: str = "",
    fill: Fill | None = None,
) -> Database:
    """A file under `key`, without a key file (the demo, tests); raises FileExists."""
    _refuse_existing(file)
    temporary = file.with_name(f".{file.name}.tmp")
    with as_sentences(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        set_log_aside(file, clock)
        try:
            sweep(file)
            _set_salt(temporary, key, salt or secrets.token_bytes(raw.SALT_BYTES))
            with closing(Database(temporary, key, clock=clock, user_name=user_name)) as draft:
                _lay_down_tables(draft)
                if fill is not None:
                    fill(draft)
            _require_one_file(temporary)
            sync_file(temporary)
            patiently(lambda: os.replace(temporary, file))
        finally:
            sweep(file)
        sync_folder(file.parent)
    return Database.open(file, key, clock=clock, user_name=user_name)


def open_office(
    file: Path, key: bytes, *, clock: Clock, backup: Callable[[], object], user_name: str = ""
) -> Database:
    """Open a file, bringing an older one up to date; `backup` runs before that changes anything.

    Raises NewerFile, NotAnOffice, FileMissing, Damaged and the faults of a disk.
    """
    refuse_network_share(file)
    refuse_long_path(file)
    with as_sentences(file):
        if not file.is_file():
            raise FileMissing(file)
        with closing(raw.connect(file, key)) as connection:
            schema = migrations.schema_of(connection)
        sweep(file)
    if schema.number != migrations.LATEST:
        # Alembic is loaded for the few starts that need it.
        from app.storage.migrations.runner import migrate

        migrate(file, key, backup=backup, now=clock.now())
    return Database.open(file, key, clock=clock, user_name=user_name)


def load_vault(file: Path, *, cost: Cost | None = None) -> Vault:
    """The key file of `file`, if the two belong together; asked before any password.

    Finishes a restore that was broken off between the two. Raises FileMissing, KeyFileMissing,
    KeyFileDamaged, NotAnOffice or ForeignKeyFile.
    """
    with as_sentences(file):
        settle(file, keyfile_of(file))
        with file.open("rb") as stream:
            beginning = stream.read(raw.SALT_BYTES)
    if len(beginning) < raw.SALT_BYTES or beginning.startswith(_FOREIGN_BEGINNINGS):
        raise NotAnOffice(file)
    vault = Vault.load(keyfile_of(file), cost=cost, file=file)
    if vault.office_id != beginning:
        raise ForeignKeyFile(file)
    return vault


def _set_salt(file: Path, key: bytes, salt: bytes) -> None:
    with closing(raw.connect(file, key, mode="rwc", salt=salt)) as connection:
        # The first write is what puts the salt into the file.
        connection.execute("PRAGMA journal_mode = WAL")


def _lay_down_tables(database: Database) -> None:
    from app.models import schema

    with database.transaction("建立资料文件") as session:
        link = session.connection()
        schema().create_all(link)
        migrations.stamp(link.connection.dbapi_connection, migrations.LATEST, database.clock.now())


def _require_one_file(file: Path) -> None:
    """SQLite keeps it to itself when a full disk does not let it fold its log into the file."""
    if file.with_name(f"{file.name}-wal").exists():
        raise DiskFull(file)


def _refuse_existing(file: Path) -> None:
    if file.exists():
        raise FileExists(file)


def name_aside(file: Path, clock: Clock) -> Path:
    """The name of `file` with the time in it: a pair set aside together still opens together."""
    return file.with_name(f"{file.stem} {clock.now():%Y-%m-%d_%H-%M-%S}{file.suffix}")


def set_aside(file: Path, clock: Clock) -> None:
    """Rename `file`, if it is there, to a name with the time; nothing is ever deleted."""
    if file.exists():
        patiently(lambda: os.replace(file, name_aside(file, clock)))


def set_log_aside(file: Path, clock: Clock) -> None:
    """A log left by another file of this name would be replayed into the new one."""
    for suffix in ("-wal", "-shm"):
        set_aside(file.with_name(file.name + suffix), clock)
