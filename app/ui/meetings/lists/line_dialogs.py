"""登记资源 and 登记需求: the forms of the first two lists."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Need, NeedUrgency, Resource, ResourceKind
from app.services import grids, joint, project_choices, three_lists
from app.services.three_lists import NeedInput, ResourceInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.segment_choice import SegmentChoice
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine
from app.ui.recent.unsaved import keep_dialog
from app.values.masking import mask_phones

RESOURCE_DRAFT, NEED_DRAFT = "resource", "need"


class ResourceDialog(Dialog):
    """A new line, or one that is on the list; `line_id` afterwards says which it was."""

    grows = True

    def __init__(
        self, context: Context, line_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("登记资源" if line_id is None else "修改资源", parent, width=600)
        self._context, self.line_id, self._version = context, line_id, 0
        entered = self._read()
        self.unit = IdChoice(self._units, name="单位", blank="社区自有")
        self.unit.choose_id(entered.joint_unit_id)
        self.kind = SegmentChoice([one.label for one in ResourceKind], entered.kind.label)
        self.words = line_edit(entered.words, hint="如 每周六可借用报告厅，容 80 人", limit=200)
        self.available = line_edit(entered.available, hint="如 周六上午", limit=80)
        self.contact = line_edit(entered.contact, hint="不填就是单位的联络员", limit=60)
        self._phone = entered.phone
        self.phone = line_edit(mask_phones(entered.phone), limit=40)
        self.form = Form(label=76)
        self.form.add("单位", self.unit)
        self.form.add("类型", self.kind, required=True)
        self.form.add("内容", self.words, required=True)
        self.form.add("可用时间", self.available)
        self.form.add("联系人", self.contact)
        self.form.add("电话", self.phone)
        _close(self, self.form, self.save)
        record = (Resource.__tablename__, line_id) if line_id is not None else None
        key = f"{RESOURCE_DRAFT}:{line_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, self.windowTitle(), record=record)
        self.words.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, today = self._entered(), self._context.clock.today()
            sentence = f"{self.windowTitle()} {entered.words.strip()[:20]}"
            with self._context.database.transaction(sentence) as session:
                if self.line_id is None:
                    self.line_id = three_lists.add_resource(session, entered, today=today)
                else:
                    three_lists.change_resource(
                        session, self.line_id, entered, version=self._version
                    )
            _done(self, self._context, sentence)

    def _read(self) -> ResourceInput:
        with self._context.database.reading() as session:
            self._units = joint.names(session, self._context.clock.today())
            if self.line_id is None:
                return ResourceInput()
            entered, self._version = three_lists.resource_input_of(session, self.line_id)
        return entered

    def _entered(self) -> ResourceInput:
        typed = self.phone.text().strip()
        return ResourceInput(
            kind=_kind(self.kind),
            words=self.words.text(),
            joint_unit_id=self.unit.chosen_id,
            available=self.available.text(),
            contact=self.contact.text(),
            # What is still masked was not typed anew.
            phone=self._phone if typed == mask_phones(self._phone) else typed,
        )


class NeedDialog(Dialog):
    """A new line, or one that is on the list; `line_id` afterwards says which it was."""

    grows = True

    def __init__(
        self, context: Context, line_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("登记需求" if line_id is None else "修改需求", parent, width=600)
        self._context, self.line_id, self._version = context, line_id, 0
        entered = self._read()
        today = context.clock.today()
        self.words = line_edit(entered.words, hint="如 高龄老人上门理发", limit=200)
        self.kind = SegmentChoice([one.label for one in ResourceKind], entered.kind.label)
        self.raised_by = line_edit(entered.raised_by, hint="居民、网格或单位", limit=60)
        self.grid = IdChoice(self._grids, name="网格", blank="全社区")
        self.grid.choose_id(entered.grid_id)
        self.whom = line_edit(entered.beneficiaries, hint="如 80 岁以上老人 42 人", limit=80)
        self.topic = IdChoice(self._topics, name="来自议题", blank="不是从议题来的")
        self.topic.choose_id(entered.topic_id)
        self.urgency = SegmentChoice([one.label for one in NeedUrgency], entered.urgency.label)
        self.day = NearLine(today, entered.raised_on or today)
        self.form = Form(label=76)
        self.form.add("需求", self.words, required=True)
        self.form.add("需要什么", self.kind, required=True)
        self.form.add("提出方", self.raised_by)
        self.form.add("网格", self.grid)
        self.form.add("受益人群", self.whom)
        self.form.add("来自议题", self.topic)
        self.form.add("紧急程度", self.urgency, required=True)
        self.form.add("提出日期", self.day, required=True)
        _close(self, self.form, self.save)
        record = (Need.__tablename__, line_id) if line_id is not None else None
        key = f"{NEED_DRAFT}:{line_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, self.windowTitle(), record=record)
        self.words.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, today = self._entered(), self._context.clock.today()
            sentence = f"{self.windowTitle()} {entered.words.strip()[:20]}"
            with self._context.database.transaction(sentence) as session:
                if self.line_id is None:
                    self.line_id = three_lists.add_need(session, entered, today=today)
                else:
                    three_lists.change_need(session, self.line_id, entered, version=self._version)
            _done(self, self._context, sentence)

    def _read(self) -> NeedInput:
        with self._context.database.reading() as session:
            self._grids = grids.names(session)
            entered = NeedInput()
            if self.line_id is not None:
                entered, self._version = three_lists.need_input_of(session, self.line_id)
            self._topics = project_choices.topics(session, entered.topic_id)
        return entered

    def _entered(self) -> NeedInput:
        day = self.day.value()
        if day is None:
            raise DomainError("请填提出日期，写成 2026-11-20 或 11-20。")
        urgency = next(one for one in NeedUrgency if one.label == self.urgency.value())
        return NeedInput(
            kind=_kind(self.kind),
            words=self.words.text(),
            raised_on=day,
            raised_by=self.raised_by.text(),
            grid_id=self.grid.chosen_id,
            topic_id=self.topic.chosen_id,
            beneficiaries=self.whom.text(),
            urgency=urgency,
        )


def _kind(field: SegmentChoice) -> ResourceKind:
    return next(one for one in ResourceKind if one.label == field.value())


def _close(dialog: ResourceDialog | NeedDialog, form: Form, save: object) -> None:
    """The foot of both forms."""
    form.finish()
    form.save_requested.connect(save)
    form.leave_requested.connect(dialog.reject)
    dialog.body.addWidget(form)
    dialog.add_button(Button("取消", cap="Esc"), closes=False)
    button = dialog.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
    button.clicked.connect(save)


def _done(dialog: Dialog, context: Context, sentence: str) -> None:
    context.signals.changed.emit(Area.MEETINGS)
    messages.notify(context.signals, f"已{sentence}")
    dialog.accept()
