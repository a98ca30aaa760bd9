"""取消会议: why, for those who were told of it."""

from PySide6.QtWidgets import QWidget

from app.models import MeetingState
from app.services.meeting_views import MeetingRow
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label
from app.ui.meetings.plan.words import name_of


class CancelDialog(Dialog):
    """`reason` holds what was typed, after it was accepted."""

    def __init__(self, it: MeetingRow, parent: QWidget | None = None) -> None:
        super().__init__("取消会议", parent, width=480)
        told = "，已经通知过，请告诉大家" if it.state is MeetingState.CALLED else ""
        words = f"{name_of(it)}{told}。议程里的议题等下一次会议。"
        self.body.addWidget(Label(words, wrap=True))
        self.reason = line_edit(hint="如 停电，改到下周", limit=120)
        self.form = Form(label=44)
        self._field = self.form.add("原因", self.reason, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("不取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("取消会议", kind="danger", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.reason.setFocus()

    def save(self) -> None:
        """Close with the reason; without one it is asked for."""
        if self.reason.text().strip():
            self.accept()
        else:
            self._field.set_message("请写明原因，接到通知的人会来问。", "danger")
