"""Faults of the file as sentences: what happened, why, and what the person at the desk can do.

The only place where an error of SQLite or of the operating system becomes a `DomainError`.
"""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from app.errors import ChangedMeanwhile, DomainError


class StorageFault(DomainError):
    """The file or the disk cannot do what was asked; what was saved before is untouched."""


class Lost(StorageFault):
    """The file or its key file is gone or broken: a backup can take the place of both."""


class FileBusy(StorageFault):
    def __init__(self, doing: str = "") -> None:
        reason = f"正在进行“{doing}”" if doing else "另一个操作正占用资料文件"
        super().__init__(f"现在不能保存：{reason}，请等它完成后再试。刚才的改动没有保存。")
        self.doing = doing


class DiskFull(StorageFault):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"没有保存：“{file.parent}”所在的磁盘已满或写不进去。"
            "请删除一些不用的文件、检查磁盘是否接好后再试；以前保存的内容都还在。"
        )


class DiskFault(StorageFault):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"读写“{file.name}”时磁盘出错，可能是磁盘或 U 盘接触不良、损坏。"
            "请检查磁盘后重新打开程序；仍不行时，请从最近的备份恢复。"
        )


class CannotWrite(StorageFault):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"不能写入“{file.name}”：它所在的文件夹“{file.parent}”是只读的，或没有写入权限。"
            "请把资料移到可以写入的文件夹，或请管理员开放权限。"
        )


class FileMissing(Lost):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"找不到资料文件“{file}”：它可能被移动、改名，或所在的磁盘没有接上。"
            "请接上磁盘、把文件放回原处，或从备份恢复。"
        )


class Damaged(Lost):
    def __init__(self, file: Path, pages: tuple[int, ...] = ()) -> None:
        where = f"（第 {'、'.join(map(str, pages[:5]))} 页）" if pages else ""
        super().__init__(
            f"资料文件“{file.name}”有损坏{where}，多半是磁盘出错或拔出 U 盘过早。"
            "请从最近的备份恢复；损坏的文件请先留着，不要删除。"
        )
        self.pages = pages


class NotAnOffice(Lost):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"“{file.name}”不是本程序的资料文件，或开头已经损坏，没有打开。"
            "请选择扩展名为 .linli 的资料文件，或从备份恢复。"
        )


# The driver gives the errors of its backup no number: they are told by SQLite's own words.
_NUMBERS = {
    "database or disk is full": sqlite.SQLITE_FULL,
    "disk I/O error": sqlite.SQLITE_IOERR,
    "database disk image is malformed": sqlite.SQLITE_CORRUPT,
    "file is not a database": sqlite.SQLITE_NOTADB,
    "database is locked": sqlite.SQLITE_BUSY,
    "attempt to write a readonly database": sqlite.SQLITE_READONLY,
    "unable to open database file": sqlite.SQLITE_CANTOPEN,
}
_BUSY = {sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED}
_READONLY = {sqlite.SQLITE_READONLY, sqlite.SQLITE_PERM, sqlite.SQLITE_CANTOPEN}
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}


def database_fault(
    error: BaseException, file: Path, *, reading: bool = False
) -> DomainError | None:
    """The sentence for an error of the database, or None if it is a mistake in the program."""
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.orm.exc import StaleDataError

    if isinstance(error, StaleDataError):
        return ChangedMeanwhile()
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    if code is None and isinstance(original, sqlite.DatabaseError):
        code = _NUMBERS.get(str(original))
    if not isinstance(code, int):
        return None
    # The driver tells the primary code of an I/O error only. While saving it is the disk that
    # takes no more (quotas and file size limits do not answer SQLITE_FULL but this).
    if code & 0xFF == sqlite.SQLITE_IOERR and not reading:
        return DiskFull(file)
    return _by_code(code & 0xFF, file)


def _by_code(code: int, file: Path) -> DomainError | None:
    if code in _BUSY:
        return FileBusy()
    if code in _READONLY:
        return CannotWrite(file)
    named: dict[int, Callable[[Path], DomainError]] = {
        sqlite.SQLITE_FULL: DiskFull,
        sqlite.SQLITE_IOERR: DiskFault,
        sqlite.SQLITE_CORRUPT: Damaged,
        sqlite.SQLITE_NOTADB: NotAnOffice,
    }
    return named[code](file) if code in named else None


def system_fault(error: OSError, file: Path) -> DomainError:
    """The sentence for an error of the operating system while handling `file`."""
    if error.errno in _DISK_FULL:
        return DiskFull(file)
    if error.errno in _NO_RIGHT:
        return CannotWrite(file)
    if isinstance(error, FileNotFoundError):
        return FileMissing(file)
    return DiskFault(file)


@contextmanager
def database_sentences(file: Path, *, reading: bool = False) -> Iterator[None]:
    """Turn errors of the database into `DomainError`s; others are not about the file."""
    try:
        yield
    except _database_errors() as error:
        fault = database_fault(error, file, reading=reading)
        if fault is None:
            raise
        raise fault from error


def _database_errors() -> tuple[type[Exception], ...]:
    """Asked for only while an error passes: what goes well does without SQLAlchemy."""
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.orm.exc import StaleDataError

    return DBAPIError, StaleDataError, sqlite.DatabaseError


@contextmanager
def as_sentences(file: Path) -> Iterator[None]:
    """Turn errors of the database and of the operating system into `DomainError`s."""
    try:
        with database_sentences(file):
            yield
    except OSError as error:
        raise system_fault(error, file) from error
