"""登记单位 and 退出: a unit that works with the community, and when it does no longer."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import JointUnit, UnitKind
from app.services import joint
from app.services.joint import UnitInput, UnitView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.recent.unsaved import keep_dialog
from app.values.masking import mask_phones

DRAFT = "joint_unit"
_KINDS = {kind.label: kind for kind in UnitKind}
_REASONS = ["单位撤并", "迁出本社区", "不再参加共建"]


class UnitDialog(Dialog):
    """A new one, or one that is on the list; `unit_id` afterwards says which it was."""

    grows = True

    def __init__(
        self, context: Context, unit_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("登记单位" if unit_id is None else "修改单位", parent, width=680)
        self._context, self.unit_id, self._version = context, unit_id, 0
        entered = self._read()
        today = context.clock.today()
        self.name = line_edit(entered.name, hint="如 海湾街道中心小学", limit=60)
        self.kind = choice(list(_KINDS), entered.kind.label, name="种类")
        self.since = DateLine(today, entered.since or today, future=True)
        self.contact = line_edit(entered.contact, hint="每个单位一名", limit=60)
        self._phone = entered.phone
        self.phone = line_edit(mask_phones(entered.phone), limit=40)
        self.address = line_edit(entered.address, limit=80)
        self.speciality = line_edit(entered.speciality, hint="如 法律、维修、理发", limit=120)
        self.remark = line_edit(entered.remark, limit=200)
        self._lay_out()
        record = (JointUnit.__tablename__, unit_id) if unit_id is not None else None
        key = f"{DRAFT}:{unit_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, self.windowTitle(), record=record)
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, today = self._entered(), self._context.clock.today()
            sentence = f"{self.windowTitle()} {entered.name.strip()}"
            with self._context.database.transaction(sentence) as session:
                if self.unit_id is None:
                    self.unit_id = joint.add(session, entered, today=today)
                else:
                    joint.change(session, self.unit_id, entered, version=self._version)
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已{sentence}")
            self.accept()

    def _lay_out(self) -> None:
        self.form = form = Form(columns=2, label=76)
        form.add("单位", self.name, required=True, span=2)
        form.add("种类", self.kind, required=True)
        form.add("加入日期", self.since, required=True)
        form.add("联络员", self.contact)
        form.add("电话", self.phone)
        form.add("地址", self.address, span=2)
        form.add("擅长", self.speciality, span=2)
        form.add("备注", self.remark, span=2)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _read(self) -> UnitInput:
        if self.unit_id is None:
            return UnitInput()
        with self._context.database.reading() as session:
            entered, self._version = joint.input_of(session, self.unit_id)
        return entered

    def _entered(self) -> UnitInput:
        if self.since.is_wrong:
            raise DomainError("加入日期不对，请写成 2026-01-08 这样。")
        typed = self.phone.text().strip()
        return UnitInput(
            kind=_KINDS[self.kind.currentText()],
            name=self.name.text(),
            address=self.address.text(),
            contact=self.contact.text(),
            # What is still masked was not typed anew.
            phone=self._phone if typed == mask_phones(self._phone) else typed,
            speciality=self.speciality.text(),
            since=self.since.value(),
            remark=self.remark.text(),
        )


class UnitLeaveDialog(Dialog):
    """The last day and why; its people leave with it."""

    def __init__(self, context: Context, one: UnitView, parent: QWidget | None = None) -> None:
        super().__init__(f"退出：{one.name}", parent, width=520)
        self._context, self._one = context, one
        self.day = DateLine(context.clock.today(), context.clock.today(), future=True)
        self.reason = choice(_REASONS, name="原因", editable=True)
        self.reason.setCurrentIndex(-1)
        self.form = Form(label=76)
        self.form.add("退出日期", self.day, required=True)
        self.form.add("原因", self.reason, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        sent = f"它的 {one.members} 名委员同一天离任；" if one.members else ""
        self.body.addWidget(small(f"{sent}登记过的资源、项目和会议都留着。", wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("退出", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.reason.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            day, one = self.day.value(), self._one
            if day is None:
                raise DomainError("请填退出日期，写成 2026-11-20 这样。")
            sentence = f"{one.name}退出，到 {day}"
            with self._context.database.transaction(sentence) as session:
                joint.leave(
                    session,
                    one.id,
                    until=day,
                    reason=self.reason.currentText(),
                    version=one.version,
                )
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, sentence)
            self.accept()
