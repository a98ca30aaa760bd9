"""从备份恢复: where the file is lost or cannot be opened, and on a computer that has none yet."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from app import paths
from app.clock import Clock
from app.errors import DomainError
from app.restoring import put_back
from app.storage.backup import BackupInfo, list_backups, office_id_of
from app.storage.drives import drives
from app.storage.finding import backups_in, backups_on_drives, newest_first
from app.ui.backup_keys import BackupKeys, Opened
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.memory import window_memory
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_model import PagedTableModel

_LINES, _LARGE_LINES = 5, 3
_LOOK_MS = 2000
_PROMISE = "现在的文件会另外留一份，不会删除。备份用备份那天的密码打开。"
_PROMISE_NEW = "备份本身不会动，可以再用。用备份那天的密码打开，密码忘了就用恢复单。"
INTRODUCTION = (
    "电脑坏了、换了，或重装了系统？有备份就行。插上存备份的 U 盘，下面会自己列出来；"
    "选最上面的一份，输入您平时的密码。"
)


def found_backups(file: Path) -> list[BackupInfo]:
    """Good backups on this computer and on what is plugged in: those of the office of `file`.

    Where it is gone, or its beginning is damaged, those of any office.
    """
    here = [info for info in list_backups(paths.backup_dir()) if info.ok]
    found = newest_first([*here, *backups_on_drives()])
    try:
        own = office_id_of(file)
    except OSError:
        return found
    return [info for info in found if info.office_id == own] or found


class RescueDialog(Dialog):
    """Accepted once a backup stands in the place of the file; `opened` tells who opened it.

    `reason` says why the file cannot be opened; empty on a computer that has none yet.
    """

    def __init__(
        self,
        reason: str,
        backups: Sequence[BackupInfo],
        file: Path,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("从备份恢复", parent, width=760)
        self.reason = reason
        self.opened: Opened | None = None
        self._backups: list[BackupInfo] = []
        self._folders: list[Path] = []
        self._file = file
        self._clock = clock
        words, tone = (reason, "danger") if reason else (INTRODUCTION, "info")
        self.body.addWidget(Notice("", words, tone=tone))
        self._add_table()
        self.keys = BackupKeys()
        self.password = self.keys.password
        self.fault = self.keys.fault
        self.body.addWidget(self.keys)
        self.body.addWidget(small(_PROMISE if file.exists() else _PROMISE_NEW, wrap=True))
        self.add_button(Button("先不恢复", cap="Esc"), closes=False)
        self.go = self.add_button(Button("恢复到这时", kind="primary", cap="Ctrl+Enter"))
        self.go.clicked.connect(self.restore)
        self.keys.go.connect(self.restore)
        self.keys.leave.connect(self.reject)
        self.show_backups(backups)
        self._watch()
        self.password.setFocus()

    def show_backups(self, backups: Sequence[BackupInfo]) -> None:
        """The list anew; the same backup stays chosen, else the newest."""
        before = self.chosen()
        self._backups = list(backups)
        self.model.set_ids(range(len(self._backups)))
        if self._backups:
            self.table.select_row(self._backups.index(before) if before in self._backups else 0)
        self._choose()

    def chosen(self) -> BackupInfo | None:
        number = self.table.current_id()
        return self._backups[number] if number is not None and self._backups else None

    def open_folder(self) -> None:
        """Look for backups in a folder that somebody chooses."""
        chosen = QFileDialog.getExistingDirectory(self, "选放备份的文件夹或 U 盘")
        if not chosen:
            return
        folder = Path(chosen)
        found = backups_in(folder)
        if not found:
            self.keys.tell(f"“{folder}”里没有找到备份。备份的文件夹名叫“邻里备份”或“备份”。")
            return
        self._folders.append(folder)
        self.show_backups(newest_first([*self._backups, *found]))
        self.table.select_row(self._backups.index(found[0]))

    def restore(self) -> None:
        """Open the chosen backup with the password and put it in place; a fault is told here."""
        backup = self.chosen()
        opened = self.keys.unlock() if backup is not None else None
        if backup is None or opened is None:
            return
        try:
            put_back(backup, self._file, opened.key, self._clock)
        except DomainError as error:
            self.keys.tell(str(error))
            return
        if backup.office_name:
            # A new recovery sheet is printed before the file is opened.
            window_memory().setValue("社区/名称", backup.office_name)
        self.opened = opened
        self.accept()

    def _add_table(self) -> None:
        columns = [
            Column("at", "时间", lambda one: f"{one.at:%Y-%m-%d %H:%M}", 150, bold=True),
            Column("office", "社区", lambda one: one.office_name, 110, weight=1),
            Column("place", "放在", self._place, 110, weight=1),
            Column("reason", "为什么备份", lambda one: one.reason, 100, weight=1),
            Column("people", "居民", _figure("people"), 70, align="right"),
            Column("homes", "户", _figure("households"), 70, align="right"),
        ]
        self.model = PagedTableModel(
            columns, lambda ids: [self._backups[one] for one in ids], parent=self
        )
        self.table = PagedTable(self.model, name="可以恢复的备份")
        metrics = theme.current()
        lines = _LARGE_LINES if metrics.large else _LINES
        self.table.setFixedHeight(metrics.head + lines * metrics.row)
        self.table.set_empty(
            EmptyState("usb-flash-drive-outline", "还没有找到备份", "插上存备份的 U 盘，会自己出现")
        )
        self.table.current_changed.connect(lambda _: self._choose())
        self.body.addWidget(self.table)
        self.open_button = Button("到别的文件夹里找…", size="small", icon="folder-open-outline")
        self.open_button.clicked.connect(self.open_folder)
        self.body.addLayout(row(self.open_button, None))

    def _place(self, backup: BackupInfo) -> str:
        if backup.folder.is_relative_to(paths.backup_dir()):
            return "本机"
        for drive in drives():
            if backup.folder.is_relative_to(drive.root):
                return drive.label
        return backup.folder.parent.name or str(backup.folder.parent)

    def _choose(self) -> None:
        self.keys.show_backup(self.chosen())
        self.go.setEnabled(self.keys.ready)

    # -- sticks that are plugged in while one looks

    def _watch(self) -> None:
        self._roots = [drive.root for drive in drives()]
        eye = QTimer(self)
        eye.setInterval(_LOOK_MS)
        eye.timeout.connect(self.look)
        # Whoever offered it may still hold it when it is closed: then nobody looks any more.
        self.finished.connect(eye.stop)
        eye.start()

    def look(self) -> None:
        """List what was plugged in, and forget what was pulled out."""
        roots = [drive.root for drive in drives()]
        if roots != self._roots:
            self._roots = roots
            chosen = [info for folder in self._folders for info in backups_in(folder)]
            self.show_backups(newest_first([*found_backups(self._file), *chosen]))


def _figure(key: str) -> Callable[[BackupInfo], str]:
    """Of a file without a description nobody has counted what it holds."""

    def text(backup: BackupInfo) -> str:
        value = backup.counts.values.get(key)
        return "—" if value is None else f"{value:,}"

    return text
