"""Going back to a backup: what is here is kept in two ways, and nothing is thinned out after."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from app import paths
from app.clock import Clock
from app.errors import DomainError
from app.storage import after_restore
from app.storage.backup import BackupInfo, backup_now
from app.storage.counts import journal_end
from app.storage.engine import Database
from app.storage.faults import Lost
from app.storage.restore import restore_backup
from app.storage.vault import Vault
from app.ui.kit.background import Background

KEPT = "恢复前的资料"
"""Why the backup was made that leads back to before the restore."""


def begin_going_back(
    making: Background,
    database: Database,
    vault: Vault,
    backup: BackupInfo,
    key: bytes,
    ended: Callable[[str, str], object],
) -> None:
    """`go_back` in a thread; then `ended` gets a title and the words on what came of it."""

    def failed(error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        ended("没有恢复", f"{error}\n\n现在的资料没有动，请重新登录。")

    making.start(
        lambda _: go_back(database, vault, backup, key),
        done=lambda _: ended("已经恢复", _restored_words(backup)),
        failed=failed,
    )


def go_back(database: Database, vault: Vault, backup: BackupInfo, key: bytes) -> None:
    """Back up what is open, close it, and put `backup` in its place, which opens with `key`.

    Raises DomainError: the file is then as it was, and closed unless not even the backup was made.
    """
    # A file too damaged to be backed up is set aside as it is.
    with suppress(Lost):
        backup_now(database, vault, paths.backup_dir(), reason=KEPT)
    file, clock = database.file, database.clock
    database.close()
    put_back(backup, file, key, clock)


def put_back(backup: BackupInfo, file: Path, key: bytes, clock: Clock) -> None:
    """Put `backup` in the place of a closed or lost file; nothing changes if it raises.

    Nor does the mark of an earlier restore that still waits for its confirmation.
    """
    folder = paths.backup_dir()
    former = after_restore.marked(folder)
    after_restore.mark(folder, backup.at, clock.now(), backup.counts.head)
    done = False
    try:
        restore_backup(backup, file, key, clock=clock)
        done = True
    finally:
        if not done:
            # Where a full disk refuses that too, the next start does it (`note_in_journal`).
            with suppress(DomainError):
                after_restore.set_back(folder, former)


def note_in_journal(database: Database) -> None:
    """After the next opening: the line 恢复到 11-19 17:42, once."""
    with closing(database.raw_copy_source()) as connection:
        _, head = journal_end(connection)
    restored = _come_true(head)
    if restored is None or restored.journaled:
        return
    from app.services.restores import note

    with database.transaction(restored.sentence) as session:
        note(session, restored)
    after_restore.note_journaled(paths.backup_dir())


def _come_true(head: str) -> after_restore.Restored | None:
    """The restore that waits for its confirmation, in a file whose journal ends with `head`.

    Those that were killed before the backup stood in the place of the file are forgotten.
    """
    folder = paths.backup_dir()
    last = restored = after_restore.marked(folder)
    while restored is not None and not restored.journaled and restored.head not in ("", head):
        restored = restored.former
    if restored is not last:
        # A full disk keeps nobody out: the mark that stays keeps every backup all the same.
        with suppress(DomainError):
            after_restore.set_back(folder, restored)
    return restored


def _restored_words(backup: BackupInfo) -> str:
    """What a person must know who comes in after a restore."""
    return (
        f"资料回到了 {backup.at:%Y-%m-%d %H:%M} 的样子，有居民 {backup.people:,} 人。"
        "恢复前的资料另外留着，没有删除。\n\n"
        "请登录看一看（现在的密码不对时，用那天的密码）："
        "对了，就到「设置 · 备份与恢复」点“一切正常”；"
        "不对，就在那里回到别的时候，或回到“恢复前的资料”。"
    )
