"""食堂人员: name, duty, until when the health certificate holds; who leaves keeps the past."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import CanteenStaff
from app.services import canteen_staff
from app.services.canteen_staff import StaffInput, StaffView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import hide_unless
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.people.phone_line import PhoneLine
from app.ui.recent.history import Record, history_button


class StaffDialog(Dialog):
    """Somebody new where `staff` is None."""

    def __init__(
        self,
        context: Context,
        canteen_id: int,
        staff: StaffView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        words = f"食堂人员：{staff.name}" if staff else "加一个食堂人员"
        super().__init__(words, parent, width=520)
        self._context, self._canteen_id, self._staff = context, canteen_id, staff
        self.name = line_edit(staff.name if staff else "", limit=20)
        self.duty = line_edit(staff.duty if staff else "", hint="如 厨师、配餐", limit=10)
        self._phone = PhoneLine(context)
        if staff is not None:
            key = staff.id
            self._phone.show(
                staff.phone, f"食堂人员 {staff.name}", lambda s: canteen_staff.note_opened(s, key)
            )
        self.phone = self._phone.edit
        self.certificate = line_edit(staff.certificate if staff else "", limit=40)
        until = staff.certificate_until if staff else None
        self.until = DateLine(context.clock.today(), until, future=True)
        self._lay_out()

    def save(self) -> None:
        """Keep it and close."""
        self._until.set_message("")
        if self.until.is_wrong:
            self._until.set_message("请写成 2027-05-01。", "danger")
            return
        staff = self._staff
        verb = "修改" if staff else "添加"
        with messages.domain_errors_shown(self):
            entered = StaffInput(
                name=self.name.text(),
                duty=self.duty.text(),
                phone=self._phone.phone,
                certificate=self.certificate.text(),
                certificate_until=self.until.value(),
            )
            words = f"{verb}食堂人员 {entered.name.strip()}"
            with self._context.database.transaction(words) as session:
                if staff is None:
                    canteen_staff.add(session, self._canteen_id, entered)
                else:
                    canteen_staff.change(session, staff.id, entered, version=staff.version)
            self._done(words)

    def leave(self) -> None:
        """离岗: the checks of the past stay."""
        staff = self._staff
        if staff is None:
            return
        asked = f"{staff.name}从今天起不在晨检名单里，以前的晨检记录都留着。"
        if not messages.confirm(self, "登记离岗", asked, "离岗"):
            return
        with messages.domain_errors_shown(self):
            words, today = f"食堂人员离岗 {staff.name}", self._context.clock.today()
            with self._context.database.transaction(words) as session:
                canteen_staff.leave(session, staff.id, version=staff.version, today=today)
            self._done(words)

    def _done(self, words: str) -> None:
        self._context.signals.changed.emit(Area.CANTEEN)
        messages.notify(self._context.signals, f"已{words}")
        self.accept()

    def _lay_out(self) -> None:
        self.form = Form(label=72)
        self.form.add("姓名", self.name, required=True)
        self.form.add("岗位", self.duty)
        self.form.add("电话", self.phone)
        self.form.add("健康证号", self.certificate)
        self._until = self.form.add("有效期到", self.until)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        staff = self._staff
        history = history_button(self._context, self, self._record)
        self.leave_button = Button("离岗…", kind="ghost", size="small")
        self.leave_button.clicked.connect(self.leave)
        hide_unless(staff is not None, history, self.leave_button)
        self._foot.insertWidget(0, history)
        self._foot.insertWidget(1, self.leave_button)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.name.setFocus()

    def _record(self) -> Record | None:
        staff = self._staff
        return Record(CanteenStaff, staff.id, staff.name) if staff else None
