"""Raw connections to an encrypted file: key and PRAGMAs, in the order SQLCipher needs them."""

from pathlib import Path
from typing import Any, Literal

import sqlcipher3

KEY_BYTES = 32
SALT_BYTES = 16
WRITER_CACHE_MIB = 64
# Readers walk an index or scan and leave: measured with 100,000 residents, more is no faster.
READER_CACHE_MIB = 1
BUSY_SECONDS = 5

Mode = Literal["ro", "rw", "rwc"]


def connect(
    file: Path,
    key: bytes,
    *,
    mode: Mode = "rw",
    salt: bytes = b"",
    cache_mib: int = WRITER_CACHE_MIB,
    tables: bool = True,
) -> Any:
    """Open `file` with its raw 256-bit key, in autocommit; BEGIN is sent by the caller.

    `salt` (16 bytes, the first of the file, readable without the key) is chosen for a new file
    only. Without `tables` no more than the first page is read: where the list of tables is damaged,
    the other pages can still be looked at. Errors of SQLite come as they are:
    `faults.as_sentences` translates them.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the data key has 256 bits")
    connection = sqlcipher3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    try:
        _unlock(connection, key + salt, tables=tables)
        if tables:
            # SQLite reads the list of tables before it takes any of these.
            _tune(connection, cache_mib)
    except sqlcipher3.DatabaseError:
        connection.close()
        raise
    return connection


def fits(file: Path, key: bytes) -> bool:
    """Whether `key` opens `file`; False also where there is no such file."""
    try:
        connect(file, key, cache_mib=READER_CACHE_MIB).close()
    except sqlcipher3.DatabaseError:
        return False
    return True


def _unlock(connection: Any, key: bytes, *, tables: bool) -> None:
    # A wrong key would otherwise be reported on the terminal as well.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # The raw form: a passphrase would cost 256,000 rounds of PBKDF2 per connection.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    # SQLCipher looks at the key on the first read only.
    first = "SELECT count(*) FROM sqlite_master" if tables else "PRAGMA schema_version"
    connection.execute(first).fetchone()


def _tune(connection: Any, cache_mib: int) -> None:
    connection.execute(f"PRAGMA cache_size = -{cache_mib * 1024}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
