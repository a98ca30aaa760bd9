"""Puts the program together, in order: lock, vault, file, context, window; and takes it apart."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.clock import Clock
from app.context import Context, LiveSettings
from app.errors import DomainError
from app.reminders import remind_later
from app.services.rights import load_actor
from app.services.settings import COMMUNITY_NAME
from app.storage.engine import Database
from app.storage.faults import Lost
from app.storage.lookup import query
from app.ui.frame import Frame
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.dialogs import Message, Question
from app.ui.kit.memory import window_memory
from app.ui.kit.signals import IMPORT, AppSignals, Area
from app.ui.main_window import MainWindow
from app.values.rights import SECRETARY, Actor
from app.warm_up import WarmUp

# What only one way of starting needs is imported there: every start is waited for.
if TYPE_CHECKING:
    from app.backups import BackupKeeper
    from app.portable import StickKeeper
    from app.services.office import Office
    from app.single_start import FirstWindow
    from app.storage.backup import BackupInfo
    from app.storage.lock import OfficeLock
    from app.storage.vault import SlotInfo, Vault
    from app.throw_away import DemoFile
    from app.ui.login import LoginFacts

DEMO_USER = Actor("演示", SECRETARY)


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
        self._keeper: BackupKeeper | None = None
        self._context: Context | None = None
        self._making: Background | None = None
        self._demo: DemoFile | None = None
        self._stick: StickKeeper | None = None
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
            Message("没有打开", str(error)).exec()
            self._release()
            return False
        return self._enter()

    def _fetch_from_stick(self) -> bool:
        """Work on a copy of a file that lies on a stick; False where it lies on a disk."""
        from app.portable import StickKeeper, stick_of
        from app.ui.kit.states import EmptyState

        stick = stick_of(self._file)
        if stick is None:
            return False
        words = "用完先退出程序，带回 U 盘的窗口关了再拔 U 盘"
        self._show(Frame(EmptyState("usb-flash-drive-outline", "正在从 U 盘取资料…", words)))
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
        from app.storage.office_file import load_vault
        from app.ui.rescue import RescueDialog

        backups = self._backups()
        if not backups:
            Message("没有打开", str(fault), self.window).exec()
        elif RescueDialog(str(fault), backups, self._file, self._clock, self.window).exec():
            self._vault = load_vault(self._file)
            self.show_login()
            return True
        if self.window is None:
            self._release()
        return False

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
        self._making.start(lambda _: demo.make(), done=self._open_demo, failed=_report)

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
        from app.services.office import set_office
        from app.ui.first_start import FirstStart, Origin

        made: list[Database] = []

        def create(office: Office, name: str, password: str) -> tuple[str, ...]:
            database, groups = self._create(office, name, password)
            made.append(database)
            return groups

        def change_office(office: Office) -> None:
            with made[0].transaction("修改社区资料") as session:
                set_office(session, office)

        view = FirstStart(
            self._clock, create=create, change_office=change_office, make_sheet=self._sheet
        )
        view.sheet_kept.connect(lambda: cast("Vault", self._vault).note_sheet_kept())
        view.finished.connect(
            lambda origin: self._begin(
                made[0], demo=origin is Origin.DEMO, roster=origin is Origin.IMPORT
            )
        )
        self._show(Frame(view))

    def _create(self, office: Office, name: str, password: str) -> tuple[Database, tuple[str, ...]]:
        from app.services.office import seed, set_office
        from app.storage.office_file import create_office

        def fill(database: Database) -> None:
            with database.transaction("填写社区资料") as session:
                set_office(session, office)
                seed(session)

        new = create_office(
            self._file,
            user=name,
            role=SECRETARY,
            password=password,
            clock=self._clock,
            fill=fill,
        )
        self._vault = new.vault
        self._name_on_lock(name)
        return new.database, new.recovery_code.groups

    def _begin(self, database: Database, *, demo: bool, roster: bool) -> None:
        if demo:
            database.close()
            self.start_demo()
        elif self._vault is not None:
            _enter(database, self._vault.users()[0].slot)
            self._open_window(database)
            if roster and self._context is not None:
                self._context.signals.page_requested.emit("residents", IMPORT)

    def _sheet(self, office: Office, groups: tuple[str, ...]) -> bytes:
        from app.ui.office.sheet import recovery_paper

        return recovery_paper(office, groups, self._clock, self._file)

    # -- login

    def show_login(self, locked_slot: str = "") -> None:
        """The login, or the lock screen of one user."""
        from app.ui.login import LoginView

        if self._vault is None:
            return
        view = LoginView(self._vault, self._clock, self._login_facts(locked_slot))
        view.entered.connect(self._on_entered)
        view.mode_requested.connect(lambda mode: self._change_login_mode(mode, locked_slot))
        view.recovery_requested.connect(self._recover)
        view.quit_requested.connect(self.quit)
        self._show(Frame(view))
        view.password.setFocus()

    def _login_facts(self, locked_slot: str) -> LoginFacts:
        from app.storage.backup import list_backups, office_id_of
        from app.ui.login import LoginFacts, day_words

        name = str(window_memory().value("社区/名称", ""))
        found = list_backups(paths.backup_dir(), office_id_of(self._file))
        good = [one for one in found if one.ok]
        if not good:
            return LoginFacts(name, locked_slot=locked_slot)
        at, today = good[0].at, self._clock.today()
        words = f"备份 {day_words(at.date(), today)} {at:%H:%M}，本机已核验"
        return LoginFacts(name, words, (today - at.date()).days < 3, locked_slot)

    def _change_login_mode(self, mode: str, locked_slot: str) -> None:
        self._apply_mode(mode)
        self.show_login(locked_slot)

    def _on_entered(self, person: SlotInfo, key: bytes) -> None:
        if self._context is not None:
            self._open_window(self._context.database)
            return
        try:
            self._name_on_lock(person.name)
            database = self._opened(person, key)
        except Lost as fault:
            self._rescue(fault)
        except DomainError as error:
            Message("没有打开", str(error), self.window).exec()
        else:
            self._open_window(database)

    def _opened(self, person: SlotInfo, key: bytes) -> Database:
        from app.storage.office_file import open_office

        database = open_office(
            self._file,
            key,
            clock=self._clock,
            user_name=person.name,
            backup=lambda: self._back_up_before_upgrade(key),
        )
        try:
            _give_templates(database)
            _enter(database, person.slot)
        except DomainError:
            database.close()
            raise
        return database

    def _name_on_lock(self, name: str) -> None:
        """Who finds the file in use on another computer reads whom to ask."""
        if self._lock is not None:
            self._lock.rename(name, self._clock)
        if self._stick is not None:
            self._stick.note_user(name)

    def _back_up_before_upgrade(self, key: bytes) -> None:
        from app.storage.backup import backup_now

        with closing(Database.open(self._file, key, clock=self._clock)) as old:
            backup_now(old, self._vault, paths.backup_dir(), reason="升级前")

    def _recover(self) -> None:
        from app.ui.office.recover import RecoverDialog

        if self._vault is None:
            return
        dialog = RecoverDialog(self._vault, self._clock, self._sheet, self.window)
        if dialog.exec() and dialog.opened is not None:
            self._on_entered(*dialog.opened)

    # -- the main window

    def _open_window(self, database: Database) -> None:
        if self._context is None:
            self._context = self._make_context(database)
        window = MainWindow(self._context)
        self._show(window)
        self._show_backup_words()
        remind_later(self._context, window)
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
        signals.lock_requested.connect(self.lock)
        if self._vault is not None and database.actor.slot:
            from app.backups import BackupKeeper

            self._keeper = BackupKeeper(context, self._vault, self)
            self._keeper.done.connect(lambda _: self._backup_done())
            self._keeper.failed.connect(self._backup_failed)
            # A backup before an import, a new recovery sheet: the status line follows.
            signals.changed.connect(lambda _: self._show_backup_words())
        return context

    def change_mode(self, mode: str) -> None:
        """标准 or 大字: everything is built anew, on the page where the user is."""
        old = self.window
        if self._context is None or not isinstance(old, MainWindow) or not old.may_close():
            return
        old.remember()
        self._apply_mode(mode)
        self._open_window(self._context.database)

    def lock(self) -> None:
        """Hide everything behind the login of the same user."""
        window = self.window
        if self._context is None or not isinstance(window, MainWindow) or not window.may_close():
            return
        if self._context.user.slot:
            window.remember()
            self.show_login(self._context.user.slot)

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
            old.deleteLater()
        window.show()

    # -- backups

    def _show_backup_words(self) -> None:
        if isinstance(self.window, MainWindow):
            words, late = self._keeper.words() if self._keeper else ("演示，不备份", False)
            self.window.status.show_backup(words, late=late)
            self.window.status.show_sheet_missing(bool(self._keeper and self._keeper.sheet_missing))

    def _backup_done(self) -> None:
        if self._context is not None:
            self._context.signals.changed.emit(Area.OFFICE)

    def _backup_failed(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        Message("没有备份成", str(error), self.window).exec()

    # -- ending

    def quit(self) -> None:
        """Back up if something changed, then end; the window may still be in its close event."""
        if self._making is not None:
            self._making.finish()
        if self._context is not None:
            self._context.background.finish()
            # The backups of a stick that was pulled out lie on it: what follows tells of it.
            pulled = self._stick is not None and not self._stick.is_there
            if not pulled and not self._back_up_at_exit():
                return
        if self.window is not None:
            self.window.hide()
        QTimer.singleShot(0, self._end)

    def _end(self) -> None:
        """Windows first: a page that still waits for a timer must not meet a closed file."""
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        key = None
        if self._context is not None:
            key = self._context.database.key
            self._context.database.close()
            self._context = None
        if self._stick is None:
            self._finish()
        else:
            self._stick.bring_back(key, self._finish)

    def _finish(self) -> None:
        self._release()
        self._app.quit()

    def _back_up_at_exit(self) -> bool:
        try:
            if self._keeper is not None:
                self._keeper.at_exit()
        except DomainError as error:
            words = f"{error}\n\n现有资料都已保存。"
            leave = Question("退出前没有备份成", words, "不备份，退出", parent=self.window)
            return bool(leave.exec())
        return True

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


def _give_templates(database: Database) -> None:
    """A file from before there were certificates gets the templates that a new one begins with."""
    with database.lookup() as lookup:
        if lookup.value(query("id", "certificate_template", rest="LIMIT 1")) is not None:
            return
    from app.services import templates

    # A full disk is told by whatever is saved next; the next opening tries again.
    with suppress(DomainError), database.transaction("放入证明模板") as session:
        templates.seed(session)


def _report(error: Exception) -> None:
    """To the crash dialog, like every error that nobody foresaw."""
    raise error


def _enter(database: Database, slot: str) -> None:
    """Work with the file as the owner of a key slot; raises DomainError for one it has not."""
    with database.lookup() as lookup:
        actor = load_actor(lookup, slot)
    database.act_as(actor)
