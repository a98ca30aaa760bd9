"""Automatic backups: every half hour and at exit when something changed, and when asked for."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app import paths
from app.context import Context
from app.errors import DomainError
from app.services.settings import BACKUP_FOLDER
from app.storage.backup import (
    BackupInfo,
    backup_now,
    list_backups,
    note_unsaved_changes,
    office_id_of,
    sweep_unfinished,
)
from app.storage.thinning import thin_out
from app.storage.vault import Vault
from app.ui.kit.background import Progress
from app.ui.kit.messages import notify

EVERY_MINUTES = 30
LATE_DAYS = 3


class BackupKeeper(QObject):
    """Copies to the backup folder on this computer and, where one is set, to a second place."""

    done = Signal(object)
    """BackupInfo of the copy on this computer"""
    failed = Signal(object)
    """the error; nothing of the office is lost by it"""

    def __init__(self, context: Context, vault: Vault, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._vault = vault
        sweep_unfinished(paths.backup_dir())
        note_unsaved_changes(context.database, paths.backup_dir())
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MINUTES * 60_000)
        self._timer.timeout.connect(self._on_timer)
        self._timer.start()
        context.signals.backup_requested.connect(lambda: self.start("手动"))

    def newest(self) -> BackupInfo | None:
        """The last good backup of this office on this computer."""
        found = list_backups(paths.backup_dir(), office_id_of(self._context.database.file))
        return next((info for info in found if info.ok), None)

    def start(self, reason: str) -> None:
        """Back up in the background; `done` or `failed` follows."""
        second = self._second_folder()

        def work(_progress: Progress) -> BackupInfo:
            return self._run(reason, second)

        self._context.background.start(work, done=self._on_done, failed=self.failed.emit)

    def at_exit(self) -> None:
        """Back up now, if something changed since the last one. Raises DomainError."""
        self._timer.stop()
        if self._context.database.changed_since_backup:
            self._run("退出时", self._second_folder())

    @property
    def sheet_missing(self) -> bool:
        """A first start that was broken off leaves an office without a second key."""
        return not self._vault.sheet_kept

    def words(self) -> tuple[str, bool]:
        """For the status line: when the last backup was, and whether that is too long ago."""
        info, now = self.newest(), self._context.clock.now()
        if info is None:
            return "还没有备份", True
        days = (now.date() - info.at.date()).days
        when = f"{info.at:%H:%M}" if days == 0 else f"{days} 天前"
        return f"备份 {when} 本机", days >= LATE_DAYS

    def _second_folder(self) -> Path | None:
        folder = self._context.settings[BACKUP_FOLDER]
        return Path(folder) if folder else None

    def _run(self, reason: str, second: Path | None) -> BackupInfo:
        database = self._context.database
        info = backup_now(database, self._vault, paths.backup_dir(), reason=reason)
        now, office = self._context.clock.now(), office_id_of(database.file)
        thin_out(paths.backup_dir(), now, office)
        if second is not None:
            if not second.parent.exists():
                raise DomainError(
                    f"本机已备份；第二备份位置“{second}”现在找不到，可能 U 盘没有插上。"
                )
            backup_now(database, self._vault, second, reason=reason)
            thin_out(second, now, office)
        return info

    def _on_timer(self) -> None:
        if self._context.database.changed_since_backup and not self._context.background.busy:
            self.start("定时")

    def _on_done(self, info: BackupInfo) -> None:
        notify(self._context.signals, f"已备份：{info.people:,} 人，{info.at:%H:%M}")
        self.done.emit(info)
