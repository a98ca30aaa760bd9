"""The way into a backup: name and password of that day, or the code on the recovery sheet."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import DomainError
from app.storage.backup import BackupInfo
from app.storage.recovery import GROUP_LENGTH, GROUPS
from app.storage.vault import SlotInfo, Vault, keyfile_of
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, column
from app.ui.kit.password_edit import PasswordEdit

_NO_KEYS = "这份备份里没有密钥文件，打不开。请换一份。"


@dataclass(frozen=True)
class Opened:
    """A backup's data key, and who opened it: a person, or the printed code."""

    key: bytes
    person: SlotInfo | None
    code: str = ""


class BackupKeys(QWidget):
    """A form that asks; `unlock()` tries. The backup itself is left as it is."""

    go = Signal()
    """Ctrl+Enter in a field"""
    leave = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._people: list[SlotInfo] = []
        self._vault: Vault | None = None
        # Wrong tries are counted beside a key file: beside a copy, the backup stays as it is.
        self._copies = tempfile.TemporaryDirectory(prefix="linli-keys-")
        self.destroyed.connect(self._copies.cleanup)
        self.form = Form(label=64)
        self.person = choice([])
        self.password = PasswordEdit()
        self.code = line_edit(hint="XXXX XXXX XXXX XXXX XXXX XXXX", limit=60)
        self._by_name = [self.form.add("谁", self.person), self.form.add("密码", self.password)]
        self._by_code = self.form.add("恢复单", self.code)
        self.form.finish()
        self.form.changed.connect(self._count)
        self.form.save_requested.connect(self.go)
        self.form.leave_requested.connect(self.leave)
        self.other = Button("", kind="link")
        self.other.clicked.connect(lambda: self.use_code(not self.by_code))
        self.fault = Notice("", tone="danger")
        self.fault.hide()
        self.setLayout(column(self.form, self.other, self.fault))
        self.use_code(False)

    @property
    def by_code(self) -> bool:
        return not self._by_code.isHidden()

    @property
    def ready(self) -> bool:
        """Whether the chosen backup has keys at all."""
        return self._vault is not None

    def use_code(self, wanted: bool) -> None:
        """Ask for the printed code instead of a password, or the other way round."""
        for field, shown in (
            (self._by_code, wanted),
            *((one, not wanted) for one in self._by_name),
        ):
            field.setVisible(shown)
            field.label.setVisible(shown)
        self.other.setText("改用密码" if wanted else "密码不记得了，用恢复单")
        self.fault.hide()
        self._count()
        (self.code if wanted else self.password).setFocus()

    def show_backup(self, backup: BackupInfo | None) -> None:
        """The people of a backup: they may be others than those of today."""
        self.fault.hide()
        self._vault, self._people = None, []
        if backup is not None:
            self._load(backup)
        self.person.clear()
        self.person.addItems([one.name for one in self._people])
        self.person.setCurrentIndex(0 if self._people else -1)

    def unlock(self) -> Opened | None:
        """The data key, or None: the fault was told in the form."""
        if self._vault is None:
            return None
        try:
            return self._opened(self._vault)
        except DomainError as error:
            self.tell(str(error))
            typed = self.code if self.by_code else self.password
            typed.selectAll()
            typed.setFocus()
            return None

    def tell(self, sentence: str) -> None:
        self.fault.show_text(sentence, tone="danger")
        self.fault.show()

    def _opened(self, vault: Vault) -> Opened:
        if self.by_code:
            code = self.code.text()
            return Opened(vault.unlock_with_recovery(code), None, code)
        if not self._people:
            raise DomainError(_NO_KEYS)
        person = self._people[self.person.currentIndex()]
        return Opened(vault.unlock(person.slot, self.password.text()), person)

    def _load(self, backup: BackupInfo) -> None:
        name = "".join(sign if sign.isalnum() else "_" for sign in str(backup.folder))
        copy = Path(self._copies.name) / f"{name[-80:]}.linli-key"
        try:
            if not copy.exists():
                shutil.copyfile(keyfile_of(backup.file), copy)
            self._vault = Vault.load(copy, file=backup.file)
            self._people = self._vault.users()
        except OSError:
            self.tell(_NO_KEYS)
        except DomainError as error:
            self.tell(str(error))

    def _count(self) -> None:
        signs = sum(sign.isalnum() for sign in self.code.text())
        whole = GROUPS * GROUP_LENGTH
        words = f"已填 {signs} / {whole} 个字" if self.by_code else ""
        self._by_code.set_message(words, "ok" if signs == whole else "neutral")


class UnlockDialog(Dialog):
    """For a backup from before the data key was changed; `opened` holds what came of it."""

    def __init__(self, backup: BackupInfo, parent: QWidget | None = None) -> None:
        super().__init__("这份备份要用那天的密码", parent, width=520)
        self.opened: Opened | None = None
        words = f"{backup.at:%Y-%m-%d %H:%M} 的备份是换钥匙以前存的，请用那天的密码或恢复单打开。"
        self.body.addWidget(Label(words, tone="text2", wrap=True))
        self.keys = BackupKeys()
        self.keys.show_backup(backup)
        self.body.addWidget(self.keys)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.go = self.add_button(Button("打开", kind="primary", cap="Ctrl+Enter"))
        self.go.clicked.connect(self._try)
        self.keys.go.connect(self._try)
        self.keys.leave.connect(self.reject)
        self.keys.password.setFocus()

    @property
    def key(self) -> bytes | None:
        return self.opened.key if self.opened else None

    def _try(self) -> None:
        self.opened = self.keys.unlock()
        if self.opened is not None:
            self.accept()
