"""退出志愿者: on which day and why; the record and the hours stay."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import volunteers
from app.services.volunteer_views import VolunteerRow
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine

_REASONS = ["", "搬走了", "身体原因", "没有时间", "本人要求", "长期不参加"]


class LeaveDialog(Dialog):
    """Ends the memberships of all teams as well."""

    def __init__(self, context: Context, line: VolunteerRow, parent: QWidget | None = None) -> None:
        super().__init__(f"退出志愿者：{line.title}", parent)
        self._context, self._line = context, line
        self.day = NearLine(context.clock.today(), context.clock.today())
        self.reason = choice(_REASONS, name="原因", editable=True)
        self.form = Form(label=64)
        self.form.add("退出日期", self.day, required=True)
        self.form.add("原因", self.reason)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(small("时长、积分和记录都留着；所在的队伍同一天离队。", wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("退出", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.reason.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            day, line = self.day.value(), self._line
            if day is None:
                raise DomainError("请填退出日期，写成 2026-11-20 这样。")
            with self._context.database.transaction(f"志愿者退出 {line.title}") as session:
                volunteers.leave(
                    session,
                    line.id,
                    on=day,
                    reason=self.reason.currentText(),
                    version=line.version,
                    today=self._context.clock.today(),
                )
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"{line.title} 已退出")
            self.accept()
