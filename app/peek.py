"""只打开看看: a backup in a window of its own, from a copy, where nothing can be changed."""

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog

from app.context import Context, LiveSettings
from app.storage.backup import BackupInfo
from app.storage.engine import Database
from app.storage.leftovers import STAGING
from app.storage.office_file import open_office
from app.storage.read_only import ReadOnlyDatabase
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.card import Notice
from app.ui.kit.curtain import CURTAIN
from app.ui.kit.labels import box, column
from app.ui.kit.signals import AppSignals
from app.ui.main_window import MainWindow
from app.ui.pages import PAGES
from app.values.rights import Right

LOOKING = frozenset(
    {
        *(Right.VIEW_PEOPLE, Right.SEE_SENSITIVE),
        *(Right.VIEW_GRIDS, Right.VIEW_POINTS, Right.VIEW_CANTEEN, Right.VIEW_MEETINGS),
    }
)
_PAGES = tuple(page for page in PAGES if page.key != "office")


class Look:
    """A copy of a backup, open for reading; `close()` leaves nothing of it."""

    def __init__(self, backup: BackupInfo, key: bytes, present: Database) -> None:
        """Raises DomainError. What an older program wrote is brought up to date in the copy."""
        # Beside the office's file: a killed program's copy is swept from there.
        self._folder = TemporaryDirectory(prefix=STAGING, dir=present.file.parent)
        file = Path(self._folder.name) / backup.file.name
        opened = False
        try:
            shutil.copyfile(backup.file, file)
            clock = present.clock
            open_office(file, key, clock=clock, backup=lambda: None).close()
            self.database = ReadOnlyDatabase.open(file, key, clock=clock)
            actor = present.actor
            self.database.act_as(replace(actor, rights=actor.rights & LOOKING, slot=""))
            opened = True
        finally:
            if not opened:
                self._folder.cleanup()

    def close(self) -> None:
        self.database.close()
        self._folder.cleanup()


class PeekWindow(MainWindow):
    """The pages with people and papers under a bar that says which day this is."""

    closed = Signal()

    def __init__(self, look: Look, backup: BackupInfo, owner: QObject) -> None:
        signals, background, database = AppSignals(owner), Background(owner), look.database
        settings = LiveSettings(database, signals)
        super().__init__(Context(database, signals, background, settings, database.clock), _PAGES)
        # Its key locks the whole program, once the key is done with: the window goes by it.
        signals.lock_requested.connect(CURTAIN.lock_requested, Qt.ConnectionType.QueuedConnection)
        # However the window goes, nothing of the copy stays.
        self.destroyed.connect(lambda: look.close())
        self._background = background
        notice = Notice(
            f"这是 {backup.at:%Y-%m-%d %H:%M} 的备份，只能看，什么都改不了",
            # In 大字 the card below needs the height.
            ""
            if theme.current().large
            else "现在用的资料在另一个窗口里，没有动。看完关上这个窗口就行。",
            tone="warn",
            icon="eye-outline",
        )
        inside = self.takeCentralWidget()
        self.setCentralWidget(box(column(notice, (inside, 1), spacing=0)))
        self.setWindowTitle(f"只读：{backup.at:%Y-%m-%d %H:%M} 的备份")
        self.status.show_saved("")
        self.status.show_backup("只看备份")

    def _show_undo(self) -> None:
        """Nothing can be taken back in a copy: the line of keys does not offer it."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only this window ends, the program goes on."""
        event.ignore()
        QTimer.singleShot(0, self, self.put_away)

    def leave(self) -> None:
        """Out of sight now, gone as soon as the key in it or in its dialog is done with."""
        for dialog in list[QDialog](self.findChildren(QDialog)):
            dialog.reject()
        self.hide()
        QTimer.singleShot(0, self, self.put_away)

    def put_away(self) -> None:
        """Windows first: a page that still waits for a timer must not meet a closed file."""
        self._background.finish()
        self.closed.emit()
        self.hide()
        self.deleteLater()
        QApplication.sendPostedEvents(self, QEvent.Type.DeferredDelete.value)
