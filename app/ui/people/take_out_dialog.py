"""Asking how something is taken out: masked or whole, what for, and how the file is locked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from app.context import Context
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, column, hide_unless, row, small
from app.ui.kit.password_edit import PasswordEdit
from app.ui.kit.sealing import SHORTEST, Sealing, proposal
from app.ui.people.authorisation import authorise, can_be_authorised
from app.ui.people.take_out import MASKED, TakeOut
from app.values.rights import Right
from app.values.stamp import Stamp

LEAST_REASON = 2
_UNLOCKED = (
    "不加密的文件谁拿到谁就能看，U 盘丢了、微信发错了人都算泄露。\n"
    "建议点「取消」，改用加密的表格：收的人用 WPS 或 Excel 输入密码就能打开。"
)


class TakeOutDialog(Dialog):
    """`out` tells how, after it was accepted. With `file` a whole one is offered with a password.

    `what` names the act (导出 12 人), `who` says in words which people they are.
    """

    def __init__(
        self,
        context: Context,
        what: str,
        who: str,
        *,
        file: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(what, parent, width=540)
        self._context = context
        self._what = what
        self._file = file
        self.out = MASKED
        self.masked = QRadioButton("证件和电话只留首尾（脱敏）")
        self.full = QRadioButton(self._full_words())
        hide_unless(can_be_authorised(context, Right.EXPORT_FULL), self.full)
        self.masked.setChecked(True)
        self._make_form()
        self._lay_out(who)
        self.full.toggled.connect(self._show_form)
        self._show_form(False)
        self.go.setFocus()

    def confirm(self) -> None:
        """Close with the answer; whole numbers need a reason, a word, and a password or advice."""
        if self.masked.isChecked():
            self.accept()
            return
        if not self._complete() or not self._locked_or_warned():
            return
        what = f"{self._what}，带完整号码。用途：{self._reason}。"
        grant = authorise(self._context, Right.EXPORT_FULL, what, self)
        if grant is not None:
            by = self._context.user.name
            self.out = TakeOut(
                stamp=stamp(self._context, self._reason, "" if grant.by == by else grant.by),
                grant=grant,
                sealing=self.chosen_sealing,
                password=self.first.text() if self.chosen_sealing is not Sealing.NONE else "",
            )
            self.accept()

    @property
    def chosen_sealing(self) -> Sealing:
        return Sealing(self.sealing.currentText()) if self._file else Sealing.NONE

    def propose(self) -> None:
        """A password that nobody guesses, shown once to be written down."""
        password = proposal()
        for edit in (self.first, self.second):
            edit.setText(password)
        self.proposed.show_text(password, "请现在抄下来，和文件分开交给对方；关掉这里就看不到了。")
        self.proposed.show()

    # -- assembling

    def _full_words(self) -> str:
        own = self._context.may(Right.EXPORT_FULL)
        return "完整号码" if own else "完整号码（要有权限的人当场授权）"

    def _make_form(self) -> None:
        self.form = Form(label=72)
        self.reason = line_edit(hint="如：报街道民政办 11 月高龄补贴", limit=60)
        self._reason_field = self.form.add("用途", self.reason, required=True)
        self.sealing = choice([way.value for way in Sealing])
        self.first, self.second = PasswordEdit("文件密码"), PasswordEdit("再输一遍")
        self.suggest = Button("用一个建议的密码", size="small", icon="key-outline")
        self.suggest.clicked.connect(self.propose)
        self.proposed = Notice("", tone="info")
        if self._file:
            self.form.add("保护", self.sealing)
            self._password_field = self.form.add("文件密码", self.first)
            self._again_field = self.form.add("再输一遍", self.second)
            self.sealing.currentTextChanged.connect(lambda _: self._show_passwords())
        self.form.finish()
        self.form.save_requested.connect(self.confirm)
        self.form.leave_requested.connect(self.reject)

    def _lay_out(self, who: str) -> None:
        self.body.addWidget(Label(who, tone="text2", wrap=True))
        self.body.addLayout(column(self.masked, self.full, spacing=6))
        self.body.addWidget(self.form)
        self.body.addLayout(row(self.suggest, None))
        self.body.addWidget(self.proposed)
        self.body.addWidget(small("谁在什么时候带出了哪些人，都记入经过。", wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        words = "导出…" if self._file else "打印…"
        self.go = self.add_button(Button(words, kind="primary", cap=CONFIRM_CAP))
        self.go.clicked.connect(self.confirm)

    def _show_form(self, full: bool) -> None:
        self.form.setVisible(full)
        self.proposed.hide()
        self._show_passwords()
        if full:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_passwords(self) -> None:
        locked = self.chosen_sealing is not Sealing.NONE
        self.suggest.setVisible(self.full.isChecked() and locked)
        if not self._file:
            return
        for one in (self._password_field, self._again_field):
            one.setVisible(locked)
            one.label.setVisible(locked)
        if not locked:
            self.proposed.hide()

    # -- what is missing

    @property
    def _reason(self) -> str:
        return self.reason.text().strip()

    def _complete(self) -> bool:
        """Say at the field what is missing, and go there."""
        self._reason_field.set_message()
        if len(self._reason) < LEAST_REASON:
            self._reason_field.set_message("带出完整号码要写明用途。", "danger")
            self.reason.setFocus()
            return False
        return self.chosen_sealing is Sealing.NONE or self._password_is_good()

    def _password_is_good(self) -> bool:
        password = self.first.text()
        self._password_field.set_message()
        self._again_field.set_message()
        if len(password) < SHORTEST or len(set(password)) < 4:
            words = f"文件密码至少 {SHORTEST} 个字符，不要全一样；也可以用建议的密码。"
            self._password_field.set_message(words, "danger")
            self.first.setFocus()
        elif password != self.second.text():
            self._again_field.set_message("两遍密码不一样，请再输一次。", "danger")
            self.second.setFocus()
        else:
            return True
        return False

    def _locked_or_warned(self) -> bool:
        if not self._file or self.chosen_sealing is not Sealing.NONE:
            return True
        return messages.confirm(
            self, "不加密就导出？", _UNLOCKED, "不加密，照样导出", destructive=True
        )


def stamp(context: Context, reason: str, allowed_by: str) -> Stamp:
    """Who takes whole numbers out, now."""
    from app.services import papers

    with context.database.reading() as session:
        office = papers.committee(session)
    return Stamp(
        office=office,
        by=context.user.name,
        at=context.clock.now(),
        reason=reason,
        allowed_by=allowed_by,
    )
