"""The file cannot be opened: what happened, and the backups that one can go back to."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.clock import Clock
from app.errors import DomainError
from app.storage.backup import BackupInfo
from app.storage.restore import restore_backup
from app.storage.vault import SlotInfo, Vault, keyfile_of
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.password_edit import PasswordEdit
from app.ui.kit.table_columns import Column
from app.ui.kit.table_model import PagedTableModel

_LINES = 5
_PROMISE = "现在的文件会另外留一份，不会删除。备份用备份那天的密码打开。"


class RescueDialog(Dialog):
    """Accepted once a backup stands in the place of the file. `backups` must not be empty."""

    def __init__(
        self,
        reason: str,
        backups: Sequence[BackupInfo],
        file: Path,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("从备份恢复", parent, width=620)
        self.reason = reason
        self._backups = list(backups)
        self._file = file
        self._clock = clock
        self._people: list[SlotInfo] = []
        self._vault: Vault | None = None
        # Wrong tries are counted beside a key file: beside a copy, the backup stays as it is.
        self._copies = tempfile.TemporaryDirectory(prefix="linli-keys-")
        self.destroyed.connect(self._copies.cleanup)
        self.body.addWidget(Notice("", reason, tone="danger"))
        self._add_table()
        self._add_form()
        self.body.addWidget(small(_PROMISE, wrap=True))
        self.add_button(Button("先不恢复", cap="Esc"), closes=False)
        self.go = self.add_button(Button("恢复到这时", kind="primary", cap="Ctrl+Enter"))
        self.go.clicked.connect(self.restore)
        self.table.select_row(0)
        self._choose()
        self.password.setFocus()

    def restore(self) -> None:
        """Open the chosen backup with the password and put it in place; a fault is told here."""
        if self._vault is None or not self.person.currentText():
            return
        try:
            slot = self._people[self.person.currentIndex()].slot
            key = self._vault.unlock(slot, self.password.text())
            restore_backup(self._chosen(), self._file, key, clock=self._clock)
        except DomainError as error:
            self._tell(str(error))
            self.password.selectAll()
            self.password.setFocus()
            return
        self.accept()

    def _add_table(self) -> None:
        columns = [
            Column("at", "时间", lambda one: f"{one.at:%Y-%m-%d %H:%M}", 170, bold=True),
            Column("reason", "为什么备份", lambda one: one.reason, 120, weight=1),
            Column("people", "居民", lambda one: f"{one.people:,}", 80, align="right"),
            Column("homes", "户", lambda one: f"{one.households:,}", 80, align="right"),
        ]
        model = PagedTableModel(
            columns, lambda ids: [self._backups[one] for one in ids], parent=self
        )
        self.table = PagedTable(model, name="可以恢复的备份")
        model.set_ids(range(len(self._backups)))
        metrics = theme.current()
        lines = min(_LINES, len(self._backups))
        self.table.setFixedHeight(metrics.head + lines * metrics.row)
        self.table.current_changed.connect(lambda _: self._choose())
        self.body.addWidget(self.table)

    def _add_form(self) -> None:
        self.form = Form(label=56)
        self.person = choice([])
        self.password = PasswordEdit()
        self.form.add("谁", self.person)
        self.form.add("密码", self.password)
        self.form.finish()
        self.form.save_requested.connect(self.restore)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.fault = Notice("", tone="danger")
        self.fault.hide()
        self.body.addWidget(self.fault)

    def _chosen(self) -> BackupInfo:
        return self._backups[self.table.current_id() or 0]

    def _choose(self) -> None:
        """The people of the chosen backup: they may be others than those of today."""
        self.fault.hide()
        copy = Path(self._copies.name) / f"{self._backups.index(self._chosen())}.linli-key"
        try:
            if not copy.exists():
                shutil.copyfile(keyfile_of(self._chosen().file), copy)
            self._vault = Vault.load(copy, file=self._chosen().file)
            self._people = self._vault.users()
        except OSError:
            self._vault, self._people = None, []
            self._tell("这份备份里没有密钥文件，打不开。请换一份。")
        except DomainError as error:
            self._vault, self._people = None, []
            self._tell(str(error))
        self.person.clear()
        self.person.addItems([one.name for one in self._people])
        self.person.setCurrentIndex(0)
        self.go.setEnabled(self._vault is not None)

    def _tell(self, sentence: str) -> None:
        self.fault.show_text(sentence, tone="danger")
        self.fault.show()
