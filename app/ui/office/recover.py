"""忘了密码: the printed code opens the file, a new password is set, a new sheet is printed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.clock import Clock
from app.errors import DomainError
from app.services.office import Office
from app.storage.recovery import GROUP_LENGTH, GROUPS
from app.storage.vault import SlotInfo, Vault
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, small
from app.ui.kit.memory import window_memory
from app.ui.kit.password_edit import PasswordEdit
from app.ui.office.new_password import password_fault, password_hint
from app.ui.office.sheet import NewSheetDialog

MakeSheet = Callable[[Office, tuple[str, ...]], bytes]


class RecoverDialog(Dialog):
    """`opened` holds (SlotInfo, data key) after it was accepted.

    `code` is the one that a backup was opened with a moment ago.
    """

    def __init__(
        self,
        vault: Vault,
        clock: Clock,
        make_sheet: MakeSheet,
        parent: QWidget | None = None,
        *,
        code: str = "",
    ) -> None:
        super().__init__("用恢复单设新密码", parent, width=560)
        self._vault = vault
        self._clock = clock
        self._make_sheet = make_sheet
        self.opened: tuple[SlotInfo, bytes] | None = None
        self._people = vault.users()
        self._build()
        self.code.setText(code)
        self._check()
        (self.first if code else self.code).setFocus()

    def _build(self) -> None:
        words = (
            f"照恢复单填 {GROUPS} 组、每组 {GROUP_LENGTH} 个字。"
            "用过以后这张单作废，当场给出新的一张。"
        )
        self.body.addWidget(Label(words, tone="text2", wrap=True))
        self.form = Form(label=88)
        self.person = choice([one.name for one in self._people])
        self.code = line_edit(hint="XXXX XXXX XXXX XXXX XXXX XXXX", limit=60)
        self.first = PasswordEdit("新密码")
        self.second = PasswordEdit("再输一遍")
        self.form.add("谁的密码", self.person)
        self._code_field = self.form.add("恢复单", self.code)
        self._first_field = self.form.add("新密码", self.first)
        self.form.add("再输一遍", self.second)
        self.form.finish()
        self.body.addWidget(self.form)
        self.fault = Notice("", tone="danger")
        self.fault.hide()
        self.body.addWidget(self.fault)
        self._reason = small()
        self.body.addWidget(self._reason)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.go = self.add_button(Button("设新密码", kind="primary", cap="Ctrl+Enter"))
        self.go.clicked.connect(self._try)
        self.form.changed.connect(self._check)
        self.form.save_requested.connect(self.go.click)
        self.form.leave_requested.connect(self.reject)

    def _check(self) -> None:
        signs = sum(sign.isalnum() for sign in self.code.text())
        whole = GROUPS * GROUP_LENGTH
        self._code_field.set_message(f"已填 {signs} / {whole} 个字", "ok" if signs == whole else "")
        first, second = self.first.text(), self.second.text()
        self._first_field.set_message(*password_hint(first))
        reason = "" if signs == whole else "照恢复单填完六组"
        reason = reason or password_fault(first)
        reason = reason or ("" if first == second else "两遍新密码还不一样")
        self._reason.setText(reason)
        self.go.setEnabled(not reason)

    def _try(self) -> None:
        person = self._people[self.person.currentIndex()]
        try:
            key = self._vault.unlock_with_recovery(self.code.text())
            groups = self._vault.recover(person.slot, key, self.first.text()).groups
        except DomainError as error:
            self.fault.show_text(str(error), tone="danger")
            self.fault.show()
            return
        self.opened = (person, key)
        name = str(window_memory().value("社区/名称", "")) or "（本社区）"
        sheet = self._make_sheet(Office(name), groups)
        if NewSheetDialog(groups, sheet, self._clock, self.parentWidget()).exec():
            self._vault.note_sheet_kept()
        self.accept()
