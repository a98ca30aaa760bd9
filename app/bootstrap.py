"""Puts the program together, in order: lock, vault, file, context, window; and takes it apart."""

from __future__ import annotations

from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.clock import Clock
from app.context import Context, LiveSettings
from app.errors import DomainError
from app.lock_screen import LockScreen
from app.reminders import remind_later
from app.services.settings import COMMUNITY_NAME
from app.storage.engine import Database
from app.storage.faults import Lost
from app.tidying import tidy_later
from app.ui.frame import Frame
from app.ui.kit import theme
from app.ui.kit.background import Background, unforeseen
from app.ui.kit.curtain import CURTAIN
from app.ui.kit.dialogs import Dialog, Message
from app.ui.kit.memory import window_memory
from app.ui.kit.signals import IMPORT, AppSignals
from app.ui.main_window import MainWindow
from app.values.rights import SECRETARY, Actor
from app.warm_up import WarmUp

# What only one way of starting needs is imported there: every start is waited for.
if TYPE_CHECKING:
    from app.portable import StickKeeper
    from app.safe_keeping import SafeKeeping
    from app.single_start import FirstWindow
    from app.storage.backup import BackupInfo
    from app.storage.lock import OfficeLock
    from app.storage.vault import SlotInfo, Vault
    from app.throw_away import DemoFile
    from app.ui.first_start import Origin

DEMO_USER = Actor("演示", SECRETARY)
# The page is painted first.
TRIES_MS = 3_000


class Desk(QObject):
    """The life of the program on one office's file."""

    def __init__(self, app: QApplication, clock: Clock, file: Path) -> None:
        super().__init__(app)
        self._app = app
        self._clock = clock
        self._file = file
        self._lock: OfficeLock | None = None
        self._first: FirstWindow | None = None
        self._vault: Vault | None = None
        self._safe: SafeKeeping | None = None
        self._context: Context | None = None
        self._making: Background | None = None
        self._demo: DemoFile | None = None
        self._stick: StickKeeper | None = None
        self._locking: LockScreen | None = None
        self._warm_up = WarmUp(self)
        self.window: QWidget | None = None

    # -- starting

    def start(self) -> bool:
        """Show the login or the first start; False where the program must end at once."""
        from app.single_start import FirstWindow, take_lock

        try:
            self._lock = take_lock(self._file, self._clock)
            if self._lock is None:
                return False
            self._first = FirstWindow(self._file, self)
            self._first.raise_requested.connect(self._raise)
            if paths.is_portable() and self._fetch_from_stick():
                return True
        except DomainError as error:
            Message("没有打开", str(self._said_of_stick(error))).exec()
            self._release()
            return False
        return self._enter()

    def _said_of_stick(self, error: DomainError) -> DomainError:
        if not paths.is_portable():
            return error
        from app.portable import told_of_stick

        return told_of_stick(error, self._file)

    def _fetch_from_stick(self) -> bool:
        """Work on a copy of a file that lies on a stick; False where it lies on a disk."""
        from app.portable import FETCHING, StickKeeper, stick_of
        from app.ui.kit.states import EmptyState

        stick = stick_of(self._file)
        if stick is None:
            return False
        self._show(Frame(EmptyState("usb-flash-drive-outline", *FETCHING)))
        self._stick = StickKeeper(stick, self._clock, self)
        self._stick.fetched.connect(self._enter_copy)
        self._stick.refused.connect(self.quit)
        self._stick.fetch()
        return True

    def _enter_copy(self, file: Path) -> None:
        self._file = file
        if not self._enter():
            self.quit()

    def _enter(self) -> bool:
        """Show the login or the first start; False where nothing opened."""
        from app.storage.office_file import load_vault

        try:
            if self._file.exists() or self._backups():
                self._vault = load_vault(self._file)
                self.show_login()
            else:
                self.show_first_start()
        except Lost as fault:
            return self._rescue(fault)
        except DomainError as error:
            Message("没有打开", str(error), self.window).exec()
            if self.window is None:
                self._release()
            return False
        return True

    def _rescue(self, fault: Lost) -> bool:
        """Say why the file cannot be opened and offer the backups; False where nothing opened."""
        if self._restore_closed(str(fault)):
            return True
        if self.window is None:
            self._release()
        return False

    def _restore_closed(self, reason: str = "") -> bool:
        """Offer the backups of this computer and of sticks; whoever opens one comes in with it."""
        from app.storage.office_file import load_vault
        from app.ui.rescue import RescueDialog, found_backups

        dialog = RescueDialog(
            reason, found_backups(self._file), self._file, self._clock, self.window
        )
        done, opened = dialog.exec(), dialog.opened
        dialog.deleteLater()
        if not done or opened is None:
            return False
        self._vault = load_vault(self._file)
        self.show_login()
        if opened.person is None:
            self._recover(opened.code)
        elif opened.person in self._vault.users():
            self._on_entered(opened.person, opened.key)
        return True

    def _leave_damaged(self, fault: Lost) -> None:
        """Damage was met while the file was open: it is closed, and the backups are offered."""
        if not isinstance(self.window, MainWindow) or not self.window.may_close():
            return
        self._stop_working()
        self._put_away_context()
        self.show_login()
        self._restore_closed(str(fault))

    def _backups(self) -> list[BackupInfo]:
        """Good backups that could take the place of the file; of any office where it is gone."""
        from app.storage.backup import list_backups

        return [one for one in list_backups(paths.backup_dir()) if one.ok]

    def start_demo(self, *, people: int = 2600) -> None:
        """A made-up community on a throw-away file, without a password; made while one waits."""
        from app.throw_away import DemoFile
        from app.ui.kit.states import EmptyState

        demo = self._demo = DemoFile(self._clock, people=people)
        words = f"一个编造的社区，约 {people:,} 人，关掉就没有了"
        self._show(Frame(EmptyState("home-group", "正在准备演示，几秒钟就好…", words)))
        self._making = Background(self)
        self._making.start(lambda _: demo.make(), done=self._open_demo, failed=unforeseen)

    def _open_demo(self, database: Database) -> None:
        if self.window is None:
            # The window was closed while the demo was being made.
            database.close()
        else:
            database.act_as(DEMO_USER)
            self._open_window(database)

    def _raise(self) -> None:
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    # -- first start

    def show_first_start(self) -> None:
        """The wizard makes the file; it stays open for what follows."""
        from app.founding import Founding

        founding = Founding(self._file, self._clock, self._on_founded, self)
        founding.begun.connect(self._begin)
        founding.view.restore_requested.connect(self._restore_closed)
        self._show(Frame(founding.view))
        self._making = Background(self)
        founding.look_for_backups(self._making)

    def _on_founded(self, vault: Vault, name: str) -> None:
        self._vault = vault
        self._name_on_lock(name)

    def _begin(self, database: Database, origin: Origin) -> None:
        from app.door import enter
        from app.ui.first_start import Origin

        if origin is Origin.DEMO:
            database.close()
            self.start_demo()
            return
        enter(database, cast("Vault", self._vault).users()[0].slot)
        self._open_window(database)
        if origin is Origin.IMPORT and self._context is not None:
            self._context.signals.page_requested.emit("residents", IMPORT)

    # -- login

    def show_login(self, locked_slot: str = "") -> None:
        """The login, or the lock screen of one user."""
        from app.door import login_view

        if self._vault is None:
            return
        view = login_view(self._vault, self._clock, self._file, locked_slot)
        view.entered.connect(self._on_entered)
        view.mode_requested.connect(lambda mode: self._change_login_mode(mode, locked_slot))
        view.recovery_requested.connect(lambda: self._recover())
        view.quit_requested.connect(self.quit)
        self._show(Frame(view))
        view.activateWindow()
        view.password.setFocus()

    def _change_login_mode(self, mode: str, locked_slot: str) -> None:
        self._apply_mode(mode)
        self.show_login(locked_slot)

    def _on_entered(self, person: SlotInfo, key: bytes) -> None:
        from app.door import open_file

        if self._context is not None:
            self._come_back(person, key)
            return
        try:
            self._name_on_lock(person.name)
            database, told = open_file(
                self._file, cast("Vault", self._vault), person, key, self._clock
            )
        except Lost as fault:
            self._rescue(fault)
        except DomainError as error:
            Message("没有打开", str(error), self.window).exec()
        else:
            self._open_window(database)
            self._note_tries_later()
            if told:
                Message("请看一下密钥文件", told, self.window).exec()

    def _name_on_lock(self, name: str) -> None:
        """Who finds the file in use on another computer reads whom to ask."""
        if self._lock is not None:
            self._lock.rename(name, self._clock)
        if self._stick is not None:
            self._stick.note_user(name)

    def _recover(self, code: str = "") -> None:
        from app.door import note_recovered, recovered

        if self._vault is None:
            return
        opened = recovered(self._vault, self._clock, self._file, self.window, code)
        if opened is None:
            return
        self._on_entered(*opened)
        if self._context is not None:
            note_recovered(self._context.database, self._vault)

    def _note_tries_later(self) -> None:
        """Wrong passwords before this login go into the journal when the window stands."""
        QTimer.singleShot(TRIES_MS, self, self._note_tries)

    def _note_tries(self) -> None:
        from app.door import journal_refused_tries

        if self._context is not None and self._vault is not None:
            journal_refused_tries(self._context.database, self._vault)

    # -- the lock screen

    def lock(self) -> None:
        """Hide everything behind the login of the same user; it comes back as it was."""
        window = self.window
        if self._locking is None or self._context is None or not isinstance(window, MainWindow):
            return
        if self._context.user.slot:
            if self._safe is not None:
                self._safe.leave_peeks()
            self._locking.fall(window)
            self.show_login(self._context.user.slot)

    def _come_back(self, person: SlotInfo, key: bytes) -> None:
        from app.door import enter
        from app.storage.office_file import ForeignKeyFile

        database, locking = cast(Context, self._context).database, cast(LockScreen, self._locking)
        try:
            # A key file of one's own making would open with one's own password.
            if not compare_digest(key, database.key):
                raise ForeignKeyFile(self._file)
            self._name_on_lock(person.name)
            enter(database, person.slot)
        except DomainError as error:
            Message("没有打开", str(error), self.window).exec()
            return
        if database.actor == locking.actor:
            self._lift(locking)
        else:
            locking.drop()
            self._open_window(database)
        self._note_tries_later()

    def _lift(self, locking: LockScreen) -> None:
        """The windows as they were; in another size where that was asked at the lock screen."""
        lock_screen, wanted = self.window, theme.current().mode
        self.window, present = locking.lift()
        if lock_screen is not None:
            lock_screen.hide()
            lock_screen.deleteLater()
        if self._safe is not None:
            self._safe.show()
        if wanted != present:
            self._apply_mode(present)
            self.change_mode(wanted)

    def _rest(self) -> None:
        """In every window that is seen: 只打开看看 and dialogs show people too."""
        # A desk whose own window is gone has nobody before it.
        if self.window is None or not self.window.isVisible():
            return
        for window in self._app.topLevelWidgets():
            if window.isVisible() and isinstance(window, MainWindow | Dialog):
                window.rest()

    # -- the main window

    def _open_window(self, database: Database) -> None:
        if self._context is None:
            self._context = self._make_context(database)
        window = MainWindow(self._context)
        self._show(window)
        if self._safe is not None:
            self._safe.speak_in(window)
        else:
            window.status.show_backup("演示，不备份")
        remind_later(self._context, window)
        tidy_later(self._context, window)
        if database.actor.slot:
            window_memory().setValue("社区/名称", self._context.settings[COMMUNITY_NAME])

    def _make_context(self, database: Database) -> Context:
        signals = AppSignals(self)
        settings = LiveSettings(database, signals)
        context = Context(
            database,
            signals,
            Background(self),
            settings,
            self._clock,
            ready=lambda: self._warm_up.done,
        )
        signals.mode_requested.connect(self.change_mode)
        self._locking = LockScreen(context, self)
        self._locking.lock_wanted.connect(self.lock)
        self._locking.rest_wanted.connect(self._rest)
        if self._vault is not None and database.actor.slot:
            from app.safe_keeping import SafeKeeping

            self._safe = SafeKeeping(context, self._vault, self._restore, self)
            self._safe.lost.connect(self._leave_damaged)
        return context

    def change_mode(self, mode: str) -> None:
        """标准 or 大字: everything is built anew, on the page where the user is."""
        old = self.window
        if self._context is None or not isinstance(old, MainWindow) or not old.may_close():
            return
        old.remember()
        self._apply_mode(mode)
        self._open_window(self._context.database)

    def _apply_mode(self, mode: str) -> None:
        theme.apply(self._app, mode)
        window_memory().setValue("显示/方式", mode)

    def _show(self, window: MainWindow | Frame) -> None:
        old, self.window = self.window, window
        window.close_requested.connect(self.quit)
        if old is None:
            self._warm_up.after_painting(window)
        else:
            window.setGeometry(old.geometry())
            old.hide()
            if self._locking is None or not self._locking.keeps(old):
                old.deleteLater()
        CURTAIN.front = window
        window.show()

    # -- going back to a backup

    def _restore(self, backup: BackupInfo, key: bytes) -> None:
        """The window closes, the backup takes the place of the file, the login follows."""
        # The wish comes out of the window that goes.
        QTimer.singleShot(0, self, lambda: self._put_back(backup, key))

    def _put_back(self, backup: BackupInfo, key: bytes) -> None:
        from app.restoring import begin_going_back
        from app.ui.kit.states import EmptyState

        window, context, vault = self.window, self._context, self._vault
        if context is None or vault is None or not isinstance(window, MainWindow):
            return
        if not window.may_close():
            return
        self._stop_working()
        words = "现在的资料另外留一份，不会删除"
        self._show(Frame(EmptyState("backup-restore", "正在恢复，请稍等…", words)))
        # A page that still waits for a timer must not meet another file.
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._making = Background(self)
        begin_going_back(self._making, context.database, vault, backup, key, self._after_restore)

    def _after_restore(self, title: str, words: str) -> None:
        self._put_away_context()
        Message(title, words, self.window).exec()
        if not self._enter():
            self.quit()

    def _stop_working(self) -> None:
        """What works by itself ends before the file is closed."""
        if self._context is not None:
            self._context.background.finish()
        if self._safe is not None:
            self._safe.stop()

    def _put_away_context(self) -> None:
        if self._context is not None:
            self._context.database.close()
        for part in (self._safe, self._locking):
            if part is not None:
                part.deleteLater()
        self._context = self._safe = self._locking = None

    # -- ending

    def quit(self) -> None:
        """Back up if something changed, then end; the window may still be in its close event."""
        if self._making is not None:
            self._making.finish()
        if self._context is not None:
            self._context.background.finish()
            self._context.signals.keep_requested.emit()
            # The backups of a stick that was pulled out lie on it: what follows tells of it.
            pulled = self._stick is not None and not self._stick.is_there
            safe = None if pulled else self._safe
            if safe is not None and not safe.at_exit(self.window):
                return
        if self.window is not None:
            self.window.hide()
        QTimer.singleShot(0, self._end)

    def _end(self) -> None:
        """Windows first: a page that still waits for a timer must not meet a closed file."""
        if self._locking is not None and self._locking.is_down:
            self._locking.drop()
        if CURTAIN.waiting:
            # Dialogs that waited behind the lock screen come to their end first.
            QTimer.singleShot(0, self._end)
            return
        if self._safe is not None:
            self._safe.stop()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        key = None
        if self._context is not None:
            database = self._context.database
            # The demo, begun from the first start, has a key of its own.
            key = database.key if database.file == self._file else None
            database.close()
            self._context = None
        if self._stick is None:
            self._finish()
        else:
            self._stick.bring_back(key, self._finish)

    def _finish(self) -> None:
        self._release()
        self._app.quit()

    def _release(self) -> None:
        if self._first is not None:
            self._first.close()
        if self._lock is not None and self._stick is not None:
            self._stick.release(self._lock)
        elif self._lock is not None:
            self._lock.release()
        if self._demo is not None:
            self._demo.remove()
            self._demo = None
