"""One use of the seal that no paper of the program stands behind."""

from datetime import date, datetime, time

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QSpinBox, QTimeEdit, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.models import SealUse
from app.services import seals
from app.services.seals import SealInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.people.phone_line import PhoneLine
from app.ui.recent.unsaved import keep_dialog


class SealDialog(Dialog):
    """A new line of the seal book, or one that was written by hand before."""

    def __init__(
        self, context: Context, seal_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("登记用印" if seal_id is None else "修改用印登记", parent, width=620)
        self._context = context
        self._seal_id = seal_id
        self._version = 0
        self._today = context.clock.today()
        self.form = self._fields(self._read())
        self.body.addWidget(self.form)
        self._add_buttons()
        record = (SealUse.__tablename__, seal_id) if seal_id is not None else None
        title = f"{self.windowTitle()} {self.content.text()}".strip()
        keep_dialog(context, self, self.form, f"seal:{seal_id or 'new'}", title, record=record)
        self.content.setFocus()

    def save(self) -> None:
        """Keep the line and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            with self._context.database.transaction(
                f"{self.windowTitle()}：{entered.content.strip()}"
            ) as session:
                self._keep(session, entered)
            self._leave()

    def remove(self) -> None:
        """Take the line out of the book, after asking; 撤销 brings it back."""
        words = f"“{self.content.text().strip()}”这一条会从用印登记里拿掉，可以撤销。"
        if not messages.confirm(self, "删除用印登记", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(
                f"删除用印登记：{self.content.text().strip()}"
            ) as session:
                seals.remove(session, self._seal_id or 0, now=self._context.clock.now())
            self._leave()

    def _read(self) -> SealInput:
        with self._context.database.reading() as session:
            if self._seal_id is None:
                now = self._context.clock.now()
                return seals.blank(session, user=self._context.user.name, now=now)
            entered, self._version = seals.input_of(session, self._seal_id)
        return entered

    def _fields(self, entered: SealInput) -> Form:
        self.day = DateLine(self._today, entered.used_at.date())
        self.time = QTimeEdit(QTime(entered.used_at.hour, entered.used_at.minute))
        self.time.setDisplayFormat("HH:mm")
        self.time.setAccessibleName("用印时刻")
        self.time.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
        self.content = line_edit(entered.content, hint="盖在什么上面，如 会议签到表", limit=200)
        self.seal = line_edit(entered.seal, limit=40)
        self.copies = QSpinBox()
        self.copies.setRange(1, 1000)
        self.copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.copies.setValue(entered.copies)
        self.approved_by = line_edit(entered.approved_by, hint="书记或主任", limit=40)
        self.handled_by = line_edit(entered.handled_by, limit=40)
        self.applicant = line_edit(entered.applicant, limit=60)
        self._phone = PhoneLine(self._context)
        self._phone.show(
            entered.applicant_phone,
            f"用印登记 {entered.content} ",
            lambda s: seals.note_opened(s, self._seal_id or 0),
        )
        self.phone = self._phone.edit
        self.note = line_edit(entered.note, limit=200)
        return self._form()

    def _form(self) -> Form:
        form = Form(columns=2, label=92)
        form.add("用印内容", self.content, required=True, span=2)
        form.add("用印日期", self.day, required=True)
        form.add("时刻", self.time, required=True)
        form.add("印章", self.seal, required=True)
        form.add("份数", self.copies, required=True)
        form.add("签批人", self.approved_by, required=True)
        form.add("经办人", self.handled_by, required=True)
        form.add("申请用印人", self.applicant, required=True)
        form.add("联系电话", self.phone)
        form.add("备注", self.note, span=2)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        return form

    def _add_buttons(self) -> None:
        self.remove_button = self.add_button(Button("删除", kind="danger"))
        self.remove_button.clicked.connect(self.remove)
        self.remove_button.setVisible(self._seal_id is not None)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap="Ctrl+Enter"))
        self.save_button.clicked.connect(self.save)

    def _entered(self) -> SealInput:
        day: date | None = self.day.value()
        if day is None:
            raise DomainError("用印日期不对，请写成 2026-11-25。")
        at = time(self.time.time().hour(), self.time.time().minute())
        return SealInput(
            used_at=datetime.combine(day, at),
            seal=self.seal.text(),
            content=self.content.text(),
            copies=self.copies.value(),
            approved_by=self.approved_by.text(),
            handled_by=self.handled_by.text(),
            applicant=self.applicant.text(),
            applicant_phone=self._phone.phone,
            note=self.note.text(),
        )

    def _keep(self, session: Session, entered: SealInput) -> None:
        now = self._context.clock.now()
        if self._seal_id is None:
            seals.add(session, entered, now=now)
        else:
            seals.update(session, self._seal_id, entered, version=self._version, now=now)

    def _leave(self) -> None:
        self._context.signals.changed.emit(Area.PAPERS)
        self.accept()
