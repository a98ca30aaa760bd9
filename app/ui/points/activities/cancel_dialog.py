"""取消活动: why, for those who had signed up."""

from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label


class CancelDialog(Dialog):
    """`reason` holds what was typed, after it was accepted."""

    def __init__(self, name: str, signed_up: int, parent: QWidget | None = None) -> None:
        super().__init__("取消活动", parent, width=480)
        tell = f"，已有 {signed_up} 人报名，请告诉他们" if signed_up else ""
        self.body.addWidget(Label(f"{name}{tell}。", wrap=True))
        self.reason = line_edit(hint="如 下雨，改到下周六", limit=120)
        self.form = Form(label=44)
        self._field = self.form.add("原因", self.reason, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("不取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("取消活动", kind="danger", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.reason.setFocus()

    def save(self) -> None:
        """Close with the reason; without one it is asked for."""
        if self.reason.text().strip():
            self.accept()
        else:
            self._field.set_message("请写明原因，报了名的人会来问。", "danger")
