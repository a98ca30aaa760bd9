"""Automatic backups: every half hour and at exit when something changed, and when asked for.

The second place gets each of them while it is there, and the newest as soon as it comes back.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app import paths
from app.backup_work import Made, back_up, catch_up
from app.context import Context
from app.errors import DomainError
from app.services.settings import BACKUP_FOLDER
from app.storage.after_restore import marked
from app.storage.backup import (
    BackupInfo,
    note_unsaved_changes,
    office_id_of,
    sweep_unfinished,
)
from app.storage.backup_info import latest
from app.storage.second_place import (
    LATE_DAYS,
    OVERDUE_DAYS,
    SecondNote,
    is_there,
    read_note,
    write_note,
)
from app.storage.vault import Vault
from app.ui.kit.background import Background, Progress
from app.ui.kit.messages import notify, warn
from app.ui.kit.signals import Area
from app.values.rights import Right

EVERY_MINUTES = 30
WATCH_SECONDS = 20


@dataclass(frozen=True)
class BackupWords:
    """For the status line: how old the copies are; `tone` is text2, warn or danger."""

    words: str
    tone: str = "text2"
    fault: str = ""
    """What went wrong, in a sentence, for whoever asks."""


class BackupKeeper(QObject):
    """Copies to the backup folder on this computer and, where one is set, to a second place."""

    done = Signal(object)
    """BackupInfo of the copy on this computer"""
    failed = Signal(object)
    """the error of a backup that somebody asked for; nothing of the office is lost by it"""
    changed = Signal()
    """what the status line says may be another thing now"""

    def __init__(self, context: Context, vault: Vault, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._vault = vault
        self._fault = ""
        self._newest: BackupInfo | None = None
        self._refused_there = False
        sweep_unfinished(paths.backup_dir())
        note_unsaved_changes(context.database, paths.backup_dir())
        # The waiting for a second copy begins with the first day. A full disk is told elsewhere.
        with suppress(DomainError):
            write_note(paths.backup_dir(), self.note)
        self._look()
        # Its own thread: a share that does not answer holds up nobody.
        self._watcher = Background(self)
        self._timers = [
            self._every(EVERY_MINUTES * 60, self._on_timer),
            self._every(WATCH_SECONDS, self.watch),
        ]
        context.signals.backup_requested.connect(self.ask)

    # -- making them

    def ask(self) -> None:
        """Somebody wants one now, and hears what came of it."""
        if self._context.may(Right.BACK_UP):
            self.start("手动", asked=True)
        else:
            warn(self._context.signals, "您的岗位没有“备份”的权限；程序会自动备份")

    def start(self, reason: str, *, asked: bool = False) -> None:
        """Back up in the background; `done` or, if somebody asked, `failed` follows."""
        second = self.second

        def work(_progress: Progress) -> Made:
            return back_up(self._context.database, self._vault, second, reason, asked=asked)

        def failed(error: Exception) -> None:
            self._on_failed(error, asked=asked)

        self._context.background.start(
            work, done=lambda made: self._on_done(made, asked=asked), failed=failed
        )

    def at_exit(self) -> None:
        """Back up now, if something changed since the last one. Raises DomainError.

        What keeps only the second place from its copy is told at the next start.
        """
        database, second = self._context.database, self.second
        if database.changed_since_backup:
            back_up(database, self._vault, second, "退出时")
        elif second is not None and is_there(second) and self._lacks_newest():
            catch_up(database, self._vault, second)

    def stop(self) -> None:
        """No more by itself: the file is about to be closed."""
        for timer in self._timers:
            timer.stop()
        self._watcher.finish()

    # -- the second place

    @property
    def second(self) -> Path | None:
        """Where it is, plugged in or not."""
        folder = self._context.settings[BACKUP_FOLDER]
        return Path(folder) if folder else None

    @property
    def note(self) -> SecondNote:
        return read_note(paths.backup_dir(), self._context.clock.now())

    def watch(self) -> None:
        """Look whether the second place is there, and give it what it lacks."""
        second = self.second
        self.changed.emit()
        if second is not None and not self._watcher.busy:
            self._watcher.start(
                lambda _: is_there(second), done=self._on_watched, failed=self._on_failed
            )

    def note_asked(self) -> None:
        """The question of today was put."""
        today = self._context.clock.today()
        write_note(paths.backup_dir(), replace(self.note, asked_on=today))

    @property
    def must_ask(self) -> bool:
        """A week without a good second copy, and not asked today."""
        note, now = self.note, self._context.clock.now()
        return note.days_without(now) >= OVERDUE_DAYS and note.asked_on != now.date()

    def _lacks_newest(self) -> bool:
        """The second place has no copy of the newest backup."""
        self._look()
        good_at = self.note.good_at
        return self._newest is not None and (good_at is None or good_at < self._newest.at)

    def _on_watched(self, there: bool) -> None:
        second, note = self.second, self.note
        if not there:
            # It may be another stick that comes next.
            self._refused_there = False
            return
        today = self._context.clock.today()
        has_today = note.good_at is not None and note.good_at.date() == today
        if second is None or has_today or self._refused_there or self._context.background.busy:
            return
        self._context.background.start(
            lambda _: catch_up(self._context.database, self._vault, second),
            done=self._on_done,
            failed=self._on_failed,
        )

    # -- what is said

    @property
    def sheet_missing(self) -> bool:
        """A first start that was broken off leaves an office without a second key."""
        return not self._vault.sheet_kept

    @property
    def waits_for_confirmation(self) -> bool:
        """After a restore, until somebody said that all is well."""
        return marked(paths.backup_dir()) is not None

    def newest(self) -> BackupInfo | None:
        """The last good backup of this office on this computer."""
        return self._newest

    def words(self) -> BackupWords:
        """When the last backups were, and whether that is too long ago."""
        info, now, note = self._newest, self._context.clock.now(), self.note
        fault = self._fault or (note.fault if self.second is not None else "")
        if fault:
            return BackupWords("备份没有成，点这里看原因", "danger", fault)
        if info is None:
            return BackupWords("还没有备份", "warn")
        days = (now.date() - info.at.date()).days
        when = f"{info.at:%H:%M}" if days == 0 else f"{days} 天前"
        late = max(days, note.days_without(now)) >= LATE_DAYS
        return BackupWords(f"备份 {when} 本机{self._second_words()}", "warn" if late else "text2")

    def _second_words(self) -> str:
        if self.second is None:
            return "，没有第二处"
        note = self.note
        kind = note.kind or "第二处"
        if note.good_at is None:
            return f"，{kind}还没有"
        days = note.days_without(self._context.clock.now())
        if days:
            return f"，{kind} {days} 天前"
        newest = self._newest
        pulled = newest is not None and note.good_at < newest.at
        return f"，{kind} {note.good_at:%H:%M}" if pulled else f"、{kind}"

    # -- reactions

    def _every(self, seconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(seconds * 1000)
        timer.timeout.connect(slot)
        timer.start()
        return timer

    def _on_timer(self) -> None:
        self._refused_there = False
        if self._context.database.changed_since_backup:
            self.start("定时")

    def _on_done(self, made: Made, *, asked: bool = False) -> None:
        self._fault, self._refused_there = "", bool(made.fault)
        self._look()
        if asked:
            notify(self._context.signals, f"已备份：{made.info.people:,} 人，{made.info.at:%H:%M}")
            if made.fault:
                self.failed.emit(DomainError(made.fault))
        self.changed.emit()
        self._context.signals.changed.emit(Area.OFFICE)
        self.done.emit(made.info)

    def _on_failed(self, error: Exception, *, asked: bool = False) -> None:
        if not isinstance(error, DomainError):
            raise error
        self._fault = str(error)
        self.changed.emit()
        if asked:
            self.failed.emit(error)

    def _look(self) -> None:
        office = office_id_of(self._context.database.file)
        self._newest = latest(paths.backup_dir(), office, self._context.clock.now())
