"""备份与恢复: where the office's copies are, and the moments that one can go back to."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app import paths
from app.context import Context
from app.errors import DomainError
from app.services.settings import BACKUP_FOLDER
from app.storage import after_restore
from app.storage.backup_place import make_place
from app.storage.drives import same_disk
from app.storage.second_place import FOLDER_NAME, LATE_DAYS, SecondNote, write_note
from app.ui.kit import keys
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.labels import box, column, row
from app.ui.kit.messages import confirm, domain_errors_shown, notify, tell
from app.ui.kit.signals import Area
from app.ui.office.backup.foretell import KEPT, Foretell, summary
from app.ui.office.backup.moment_table import MomentTable
from app.ui.office.backup.moments import Gathered, gather
from app.ui.office.backup.place_card import PlaceCard, beside
from app.ui.office.handover import HandoverButton
from app.values.rights import Right


class BackupsTab(QWidget):
    """The list is what lies in the folders now; 已核验 means the copy was opened and counted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._elsewhere: Path | None = None
        self._looking = self._again = False
        self.here, self.second = PlaceCard("harddisk"), PlaceCard("usb-flash-drive-outline")
        self.moments = MomentTable(context.clock)
        self.table = self.moments.table
        self.foretell = Foretell(offered=self._may_restore)
        self._make_notice()
        self._make_buttons()
        top = row((beside(self.here, self.second), 1), self._ways, spacing=12)
        layout = column(self._unconfirmed, top, (self.moments, 1), self.foretell, spacing=10)
        self.setLayout(layout)
        self._connect()
        self.foretell.tell(None, context.clock.today())
        self.refresh()

    @property
    def _may_restore(self) -> bool:
        return bool(self._context.user.slot) and self._context.may(Right.RESTORE)

    @property
    def _may_choose(self) -> bool:
        return bool(self._context.user.slot) and self._context.may(Right.EDIT_OFFICE)

    @property
    def legend(self) -> list[tuple[str, str]]:
        offered = (("↑ ↓", "选一份"), (keys.cap("peek"), "打开看看")) if self._may_restore else ()
        backs_up = self._context.may(Right.BACK_UP)
        now = ((keys.cap("backup_now"), "立即备份"),) if backs_up else ()
        return [*offered, *now, (keys.cap("help"), "按键一览")]

    # -- building

    def _make_notice(self) -> None:
        self.notice = Notice("", "", tone="warn", icon="history")
        self.all_well = Button("一切正常", kind="primary")
        self._unconfirmed = box(row((self.notice, 1), self.all_well, spacing=10))
        self._unconfirmed.hide()

    def _make_buttons(self) -> None:
        # The main window holds the key itself: it works on every page.
        self.now_button = Button("立即备份", kind="primary", action="backup_now", wide=True)
        self.open_button = Button("打开别处的备份", action="open_backup", wide=True)
        # Not setVisible: what is shown before it stands on the page is a window of its own.
        if not self._context.may(Right.BACK_UP):
            self.now_button.hide()
        self.now_button.setEnabled(bool(self._context.user.slot))
        if self._may_restore:
            self.open_button.bind(self)
        else:
            self.open_button.hide()
        self.handover_button = HandoverButton(self._context)
        ways = (self.now_button, self.open_button, self.handover_button)
        self._ways = box(column(*ways, None, spacing=8))

    def _connect(self) -> None:
        self.now_button.clicked.connect(self._context.signals.backup_requested)
        self.open_button.clicked.connect(self.open_elsewhere)
        self.all_well.clicked.connect(self.confirm_all_well)
        self.second.wanted.connect(self.choose_second)
        self.moments.chosen.connect(
            lambda moment: self.foretell.tell(moment, self._context.clock.today())
        )
        self.foretell.peek_wanted.connect(self.peek)
        self.foretell.restore_wanted.connect(self.restore)

    # -- showing

    def refresh(self) -> None:
        """Look into the places anew, in the background."""
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        database, elsewhere = self._context.database, self._elsewhere
        folder = self._context.settings[BACKUP_FOLDER]
        second = Path(folder) if folder else None
        self._context.background.start(
            lambda _: gather(database, second, elsewhere),
            done=self._show,
            failed=self._refused,
            owner=self,
        )

    def _show(self, found: Gathered) -> None:
        self._looking = False
        now = self._context.clock.now()
        days = found.note.days_without(now)
        self.here.show_facts(found.here, now, days=_age(found, self._context))
        self.second.show_facts(
            found.second,
            now,
            days=days,
            proposals=found.proposals,
            may_choose=self._may_choose,
        )
        self.moments.show_moments(found.moments)
        self._show_unconfirmed(found.restored)
        if self._again:
            self.refresh()

    def _show_unconfirmed(self, restored: after_restore.Restored | None) -> None:
        self._unconfirmed.setVisible(restored is not None)
        self.all_well.setVisible(self._may_restore)
        if restored is not None:
            who = "就" if self._may_restore else "请书记"
            self.notice.show_text(
                f"已恢复到 {restored.words}，还没有确认",
                f"看过资料、都对了，{who}点“一切正常”。在这以前旧备份一份也不清理，"
                "还可以回到“恢复前的资料”。",
                tone="warn",
            )

    def _refused(self, error: Exception) -> None:
        self._looking = False
        with domain_errors_shown(self):
            raise error

    # -- doing

    def confirm_all_well(self) -> None:
        """The office is as it should be: backups are thinned out again."""
        words = "确认以后，旧备份照常清理：两天内全留，再往前每天、每周、每月各留几份。"
        if not confirm(self, "资料都对吗？", words, "一切正常"):
            return
        with domain_errors_shown(self):
            after_restore.confirm(paths.backup_dir())
            notify(self._context.signals, "已确认，备份照常进行")
        self._context.signals.changed.emit(Area.OFFICE)

    def peek(self) -> None:
        """Open the chosen moment in a window of its own, to look at."""
        moment = self.moments.current()
        if moment is not None and moment.usable:
            self._context.signals.peek_requested.emit(moment.info)

    def restore(self) -> None:
        """Ask in words, then go back."""
        moment = self.moments.current()
        if moment is None or not moment.usable:
            return
        line = summary(moment, self._context.clock.today())
        words = f"{line}。\n\n{KEPT}\n恢复后要重新登录，其他窗口会关上。"
        if confirm(self, "恢复到这时？", words, "恢复", destructive=True):
            self._context.signals.restore_requested.emit(moment.info)

    def open_elsewhere(self) -> None:
        """Add the backups of another folder to the list."""
        folder = QFileDialog.getExistingDirectory(self, "选放备份的文件夹或 U 盘")
        if folder:
            self._look_into(Path(folder))

    def _look_into(self, folder: Path) -> None:
        database, before = self._context.database, self._elsewhere
        folder_of_second = self._context.settings[BACKUP_FOLDER]
        second = Path(folder_of_second) if folder_of_second else None
        self._elsewhere = folder

        def show(found: Gathered) -> None:
            self._show(found)
            held = [one for one in found.moments if one.info.folder.is_relative_to(folder)]
            if found.foreign and not held:
                self._elsewhere = before
                tell(self, f"“{folder}”里有 {found.foreign} 份备份，都是别的社区的，没有列出来。")
            elif not held:
                self._elsewhere = before
                tell(self, f"“{folder}”里没有找到备份。请选名叫“{FOLDER_NAME}”或“备份”的文件夹。")

        self._context.background.start(
            lambda _: gather(database, second, folder), done=show, failed=self._refused, owner=self
        )

    # -- the second place

    def choose_second(self, root: Path | None) -> None:
        """Use a drive that was proposed, or let a person choose a folder."""
        if root is None:
            chosen = QFileDialog.getExistingDirectory(self, "选第二备份位置，最好是 U 盘")
            root = Path(chosen) if chosen else None
        if root is not None:
            with domain_errors_shown(self):
                self._use(root if root.name == FOLDER_NAME else root / FOLDER_NAME)

    def _use(self, folder: Path) -> None:
        database, now = self._context.database, self._context.clock.now()
        if folder.is_relative_to(paths.data_dir()):
            raise DomainError("这里就是资料所在的文件夹，不能当第二处。请选 U 盘或另一块硬盘。")
        make_place(folder, database.file.stat().st_size)
        if same_disk(folder, database.file) and not confirm(
            self,
            "还是同一块硬盘",
            "这个文件夹和资料在同一块硬盘上，硬盘坏了两处一起没有。最好插上 U 盘，选 U 盘。",
            "先用这里",
        ):
            return
        from app.services.settings import change

        with database.transaction("设第二备份位置") as session:
            change(session, BACKUP_FOLDER, str(folder))
        write_note(paths.backup_dir(), replace(SecondNote(now)))
        self._context.signals.changed.emit(Area.OFFICE)
        self._context.signals.backup_requested.emit()


def _age(found: Gathered, context: Context) -> int:
    """Days since the last copy on this computer, where that is too long."""
    if found.here.newest is None:
        return 0
    days = (context.clock.today() - found.here.newest.date()).days
    return days if days >= LATE_DAYS else 0
