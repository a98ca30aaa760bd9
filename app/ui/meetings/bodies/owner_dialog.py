"""An owner with all that is his: joint owners are one, by whom they speak through."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Owner
from app.services import owners, people
from app.services.body_views import BodyView
from app.services.owners import OwnerInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.meetings.bodies.unit_lines import UnitLines
from app.ui.people.phone_line import PhoneLine
from app.ui.people.resident_link import ResidentLink
from app.ui.recent.unsaved import keep_dialog

DRAFT, DRAFT_NEW = "owner", "owner_of"
"""Of an owner; of a new one, by the estate."""


class OwnerDialog(Dialog):
    """A new one, or one of the list; `owner_id` afterwards says who it was."""

    def __init__(
        self,
        context: Context,
        body: BodyView,
        owner_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = "加业主" if owner_id is None else "修改业主"
        super().__init__(title, parent, width=640)
        self._context, self._body = context, body
        self.owner_id = owner_id
        self._version = 0
        entered = self._read()
        self.resident = ResidentLink(context, entered.resident_id)
        self.name = line_edit(entered.name, hint="单位就写单位名称", limit=60)
        self._phone = PhoneLine(context)
        self._phone.show(
            entered.phone,
            f"业主 {entered.name}",
            lambda s: owners.note_opened(s, self.owner_id or 0),
        )
        self.phone = self._phone.edit
        self.units = UnitLines(entered.units)
        self.remark = line_edit(entered.remark, hint="如 与张三共有", limit=120)
        self._lay_out()
        record = (Owner.__tablename__, owner_id) if owner_id is not None else None
        key = f"{DRAFT}:{owner_id}" if owner_id is not None else f"{DRAFT_NEW}:{body.id}"
        self.keeper = keep_dialog(context, self, self.form, key, title, record=record)
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = OwnerInput(
                name=self.name.text(),
                resident_id=self.resident.value(),
                phone=self._phone.phone,
                remark=self.remark.text(),
                units=self.units.units,
            )
            sentence = f"{self.windowTitle()} {entered.name.strip()}"
            with self._context.database.transaction(sentence) as session:
                if self.owner_id is None:
                    self.owner_id = owners.add(session, self._body.id, entered)
                else:
                    owners.change(session, self.owner_id, entered, version=self._version)
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, sentence)
            self.accept()

    def take(self, resident_id: int) -> None:
        """This resident, by the name that the file has."""
        self.resident.set_value(resident_id)
        if not self.name.text().strip():
            with self._context.database.reading() as session:
                self.name.setText(people.get(session, resident_id).name)

    # -- inside

    def _read(self) -> OwnerInput:
        if self.owner_id is None:
            return OwnerInput()
        with self._context.database.reading() as session:
            entered, self._version = owners.input_of(session, self.owner_id)
        return entered

    def _lay_out(self) -> None:
        self.form = form = Form(columns=2, label=60)
        form.add("业主", self.name, required=True)
        form.add("电话", self.phone)
        form.add("居民", self.resident, span=2)
        form.add("房屋", self.units, required=True, span=2)
        form.add("备注", self.remark, span=2)
        words = "几个人共有的写一位；一人有几套，写在一起，表决时只计一人。"
        form.add_full(small(words, wrap=True))
        form.finish()
        self.units.take_enter()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.resident.chosen.connect(self.take)
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
