"""Rules for a new password, in words; and the dialog that changes one's own."""

from PySide6.QtWidgets import QWidget

from app.storage.vault_faults import SHORTEST_PASSWORD
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form
from app.ui.kit.labels import Label, small
from app.ui.kit.password_edit import PasswordEdit


def password_fault(password: str) -> str:
    """Why a password will not do, or ''."""
    if len(password) < SHORTEST_PASSWORD:
        return f"密码至少 {SHORTEST_PASSWORD} 个字符"
    if len(set(password)) < 3:
        return "密码太简单，换几个不同的字符"
    return ""


def password_hint(password: str) -> tuple[str, str]:
    """Sentence and tone below the field while it is typed."""
    if not password:
        return f"至少 {SHORTEST_PASSWORD} 个字符", "neutral"
    fault = password_fault(password)
    if fault:
        left = SHORTEST_PASSWORD - len(password)
        return (f"还差 {left} 个字符" if left > 0 else fault), "neutral"
    return ("可以；再长一些更好" if len(password) < 10 else "可以"), "ok"


class NewPasswordDialog(Dialog):
    """Asks for a new password twice, and for the present one where `ask_old` is set."""

    def __init__(
        self, title: str, words: str, *, ask_old: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.body.addWidget(Label(words, tone="text2", wrap=True))
        self.form = Form(label=80)
        self.old = PasswordEdit("现在的密码")
        self.first = PasswordEdit("新密码")
        self.second = PasswordEdit("再输一遍")
        self.old_field = self.form.add("现在的密码", self.old) if ask_old else None
        self._first_field = self.form.add("新密码", self.first)
        self._second_field = self.form.add("再输一遍", self.second)
        self.form.finish()
        self.body.addWidget(self.form)
        self._reason = small()
        self.body.addWidget(self._reason)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save = self.add_button(
            Button("更换密码", kind="primary", cap="Ctrl+Enter"), closes=True
        )
        self.form.changed.connect(self._check)
        self.form.save_requested.connect(self.save.click)
        self.form.leave_requested.connect(self.reject)
        self._check()
        (self.old if ask_old else self.first).setFocus()

    def _check(self) -> None:
        first, second = self.first.text(), self.second.text()
        self._first_field.set_message(*password_hint(first))
        fault = password_fault(first) or ("" if first == second else "两遍新密码还不一样")
        if self.old_field is not None and not self.old.text():
            fault = "请先输入现在的密码"
        self._reason.setText(fault)
        self.save.setEnabled(not fault)
