"""What keeps an office's work safe while it is open: backups, what is said of them, going back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.backups import BackupKeeper
from app.context import Context
from app.errors import DomainError
from app.page_check import PageCheck
from app.storage.backup import BackupInfo
from app.storage.connection import fits
from app.storage.faults import Lost
from app.storage.vault import Vault
from app.ui.kit.dialogs import Message, Question
from app.ui.kit.messages import domain_errors_shown, run_with_progress
from app.ui.kit.signals import BACKUPS
from app.ui.main_window import MainWindow
from app.values.rights import Right

if TYPE_CHECKING:
    from app.peek import PeekWindow

WithKey = Callable[[BackupInfo, bytes], object]


class SafeKeeping(QObject):
    """Belongs to one login after the other on one open file; `window` is where it speaks."""

    lost = Signal(object)
    """Lost: pages of the file are damaged, and somebody who may wants to go back to a backup"""

    def __init__(
        self, context: Context, vault: Vault, restore: WithKey, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._window: MainWindow | None = None
        self._peeks: list[PeekWindow] = []
        self.keeper = BackupKeeper(context, vault, self)
        self.keeper.changed.connect(self.show)
        self.keeper.changed.connect(self.remind)
        self.keeper.failed.connect(self._tell)
        self.pages = PageCheck(context, self)
        self.pages.failed.connect(self._tell_damage)
        signals = context.signals
        # A backup before an import, a new recovery sheet: the status line follows.
        signals.changed.connect(lambda _: self.show())
        signals.restore_requested.connect(lambda backup: self._with_key(backup, restore))
        signals.peek_requested.connect(lambda backup: self._with_key(backup, self.peek))

    # -- the status line

    def speak_in(self, window: MainWindow) -> None:
        """The window that is seen from now on."""
        self._window = window
        window.status.backup_clicked.connect(self._on_clicked)
        self.show()

    def show(self) -> None:
        """How old the copies are, and whether a restore waits for its confirmation."""
        window = self._shown()
        if window is None:
            return
        said = self.keeper.words()
        window.status.show_backup(said.words, tone=said.tone)
        window.status.show_sheet_missing(self.keeper.sheet_missing)
        window.status.show_unconfirmed(self.keeper.waits_for_confirmation)

    def remind(self) -> None:
        """Once a day after a week without a second copy: what to do, where it can be done."""
        window = self._shown()
        asked = self._context.may(Right.BACK_UP) and self.keeper.must_ask
        busy = QApplication.activeModalWidget() is not None
        if window is None or not window.isVisible() or busy or not asked:
            return
        self.keeper.note_asked()
        title, words = "还没有第二份备份", self._overdue_words()
        if not self._context.may(Right.EDIT_OFFICE):
            Message(title, f"{words}\n\n换位置要请书记来做。", window).exec()
        elif Question(title, words, "去选位置", cancel_label="知道了", parent=window).exec():
            self._context.signals.page_requested.emit("office", BACKUPS)

    def _overdue_words(self) -> str:
        note, second = self.keeper.note, self.keeper.second
        days = note.days_without(self._context.clock.now())
        if second is None:
            return (
                f"{days} 天了，备份都只在这台电脑上。电脑坏了或丢了，资料就没有了。"
                "请插上一个 U 盘，再点“去选位置”，以后每天自动多存一份。"
            )
        return (
            f"{days} 天没有存到“{second}”了。请把那个 U 盘插上，插上就会自动备份；"
            "U 盘坏了或找不到了，请点“去选位置”换一个。"
        )

    def _on_clicked(self) -> None:
        fault = self.keeper.words().fault
        if fault:
            Message("备份没有成", fault, self._shown()).exec()
        self._context.signals.page_requested.emit("office", BACKUPS)

    def _tell(self, error: DomainError) -> None:
        if isinstance(error, Lost):
            self._tell_damage(error)
        else:
            Message("备份没有完成", str(error), self._shown()).exec()

    def _tell_damage(self, error: DomainError) -> None:
        """A damaged page is no reason to stop working, but to go back to a good backup soon."""
        title, window = "资料有损坏", self._shown()
        if window is None:
            # Behind the lock screen nobody can decide.
            self.pages.look_later()
            return
        if not isinstance(error, Lost) or not self._context.may(Right.RESTORE):
            Message(title, str(error), window).exec()
            return
        words = (
            f"{error}\n\n恢复前可以先把最近做的事记在纸上：最后一次备份以后的改动，恢复后要重新做。"
        )
        if Question(title, words, "从备份恢复…", cancel_label="以后再说", parent=window).exec():
            self.lost.emit(error)

    # -- looking into a backup, going back to one

    def peek(self, backup: BackupInfo, key: bytes) -> None:
        """Open a copy of it in a window of its own."""
        window = self._shown()
        if window is None:
            return
        from app.peek import Look, PeekWindow

        def show(look: Look) -> None:
            peek = PeekWindow(look, backup, self)
            self._peeks.append(peek)
            peek.closed.connect(lambda: self._peeks.remove(peek))
            peek.show()

        run_with_progress(
            window,
            self._context.background,
            "正在打开备份",
            lambda _: Look(backup, key, self._context.database),
            done=show,
            can_cancel=False,
        )

    def leave_peeks(self) -> None:
        """The screen is locked."""
        for peek in list(self._peeks):
            peek.leave()

    def close_peeks(self) -> None:
        """The file is closed, the program ended."""
        for peek in list(self._peeks):
            peek.put_away()

    def _with_key(self, backup: BackupInfo, then: WithKey) -> None:
        """The present key opens it, or somebody knows a password of that day."""
        window = self._shown()
        if window is None or not self._context.may(Right.RESTORE):
            return
        with domain_errors_shown(window):
            key: bytes | None = self._context.database.key
            if not fits(backup.file, self._context.database.key):
                key = self._ask_key(backup, window)
            if key is not None:
                then(backup, key)

    def _ask_key(self, backup: BackupInfo, window: QWidget) -> bytes | None:
        from app.ui.backup_keys import UnlockDialog

        dialog = UnlockDialog(backup, window)
        return dialog.key if dialog.exec() else None

    # -- ending

    def at_exit(self, parent: QWidget | None) -> bool:
        """Back up if something changed; False where the user stays because it failed."""
        try:
            self.keeper.at_exit()
        except DomainError as error:
            words = f"{error}\n\n现有资料都已保存。"
            leave = Question("退出前没有备份成", words, "不备份，退出", parent=parent)
            return bool(leave.exec())
        return True

    def stop(self) -> None:
        self.keeper.stop()
        self.pages.stop()
        self.close_peeks()

    def _shown(self) -> MainWindow | None:
        """The window, unless the screen is locked or it was closed."""
        window = self._window
        return window if window is not None and isValid(window) else None
