"""继续保存: until when somebody's data stays beyond its time, and why."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import retention
from app.services.ages import years_later
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import small
from app.ui.people.date_line import DateLine


class KeepDialog(Dialog):
    """For one or several people of the list 到期."""

    def __init__(
        self, context: Context, ids: list[int], who: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"继续保存：{who}", parent)
        self._context, self._ids, self._who = context, ids, who
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        today = context.clock.today()
        self.until = DateLine(today, years_later(today, 1), future=True)
        self.reason = line_edit(hint="如：还有未了结的纠纷", limit=200)
        self.form = Form(label=72)
        self.form.add("保存到", self.until, required=True)
        self.form.add("为什么", self.reason, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(small("到那天重新列入“到期”。", wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("继续保存", kind="primary", cap="Ctrl+Enter"))
        self.confirm.clicked.connect(self.save)
        self.reason.setFocus()

    def save(self) -> None:
        """Note it for each of them; a broken rule is told and the dialog stays."""
        with messages.domain_errors_shown(self):
            until = self.until.value()
            if until is None:
                raise DomainError("看不懂这个日期，请写成 2027-11-20 这样。")
            self._write(until)
            self.sentence = f"{self._who}的资料保存到 {until:%Y-%m-%d}"
            self.accept()

    def _write(self, until: date) -> None:
        now, reason = self._context.clock.now(), self.reason.text()
        with self._context.database.transaction(f"继续保存 {self._who}的资料") as session:
            for one in self._ids:
                retention.keep_longer(session, one, until=until, reason=reason, now=now)
