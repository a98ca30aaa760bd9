"""请输入密码 / 请书记授权: the password of somebody who may, for one act."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import authorisation
from app.services.authorisation import Authoriser, Grant
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import Label, small
from app.ui.kit.password_edit import PasswordEdit
from app.values.rights import Right


def can_be_authorised(context: Context, right: Right) -> bool:
    """Whether to offer something: the user may it, or somebody else could come and allow it."""
    if context.may(right) or not context.user.slot:
        return context.may(right)
    with context.database.lookup() as lookup:
        return bool(authorisation.authorisers(lookup, right))


def authorise(context: Context, right: Right, what: str, parent: QWidget) -> Grant | None:
    """Ask for the word; None where nobody gave it. `what` names the act: 导出 3 人的完整号码."""
    if not context.user.slot:
        return authorisation.own_word(context.database, right)
    dialog = AuthorisationDialog(context, right, what, parent.window())
    return dialog.grant if dialog.exec() else None


class AuthorisationDialog(Dialog):
    """The own password where the user may it; otherwise who allows it, and his.

    `grant` is the word that was given. Both names stand in the journal: that of the user wrote the
    operation, the other one belongs into its sentence.
    """

    def __init__(
        self, context: Context, right: Right, what: str, parent: QWidget | None = None
    ) -> None:
        self._own = context.may(right)
        super().__init__("请再输一次密码" if self._own else "请有权限的人授权", parent, width=440)
        self._context = context
        self._right, self._what = right, what
        self.grant: Grant | None = None
        self._givers = self._find_givers()
        self.form = Form(label=64)
        self.giver = choice([f"{one.name}（{one.role}）" for one in self._givers])
        self.password = PasswordEdit("密码")
        if not self._own:
            self.form.add("授权人", self.giver)
        self._password_field = self.form.add("密码", self.password)
        self.form.finish()
        self._lay_out(what)
        self.form.save_requested.connect(self.confirm)
        self.form.leave_requested.connect(self.reject)
        self.password.textEdited.connect(lambda _: self._password_field.set_message())
        self.password.setFocus()

    def confirm(self) -> None:
        """Close with the word; otherwise say at the field why it was not given."""
        if not self.password.text():
            self._say("请输入密码。")
            return
        giver = self._givers[max(0, self.giver.currentIndex())]
        try:
            self.grant = authorisation.authorise(
                self._context.database,
                self._right,
                slot=giver.slot,
                password=self.password.text(),
                what=self._what,
            )
        except DomainError as error:
            self._say(str(error))
        else:
            self.accept()
        finally:
            self.password.clear()

    def _find_givers(self) -> list[Authoriser]:
        user = self._context.user
        if self._own:
            return [Authoriser(user.slot, user.name, user.role)]
        with self._context.database.lookup() as lookup:
            return authorisation.authorisers(lookup, self._right)

    def _lay_out(self, what: str) -> None:
        self.body.addWidget(Label(what, wrap=True))
        if not self._own:
            words = f"您的岗位没有“{self._right.label}”的权限，请有权限的人在这里输入自己的密码。"
            self.body.addWidget(Label(words, tone="text2", wrap=True))
        self.body.addWidget(self.form)
        note = "谁做的、谁授权的，都记入经过。" if not self._own else "做了什么，记入经过。"
        self.body.addWidget(small(note, wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        words = "确定" if self._own else "授权"
        self.go = self.add_button(Button(words, kind="primary", cap=CONFIRM_CAP))
        self.go.clicked.connect(self.confirm)

    def _say(self, words: str) -> None:
        self._password_field.set_message(words, "danger")
        self.password.setFocus()
