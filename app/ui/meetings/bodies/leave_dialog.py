"""离任: on which day and why; what was done in the seat stays."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import body_members
from app.services.body_views import MemberView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine

_REASONS = ["", "任期届满", "本人辞职", "搬离本社区", "去世", "依法罢免", "工作调动"]


class LeaveDialog(Dialog):
    """The last day in the seat; one ahead may be said."""

    def __init__(self, context: Context, member: MemberView, parent: QWidget | None = None) -> None:
        super().__init__(f"离任：{member.name} {member.role.label}", parent, width=500)
        self._context, self._member = context, member
        today = context.clock.today()
        self.day = DateLine(today, member.until or max(today, member.since), future=True)
        self.reason = choice(_REASONS, member.ended_reason, name="原因", editable=True)
        self.form = Form(label=76)
        self.form.add("离任日期", self.day, required=True)
        self.form.add("原因", self.reason)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        words = "这一天是任职的最后一天；以前的签到、表决和记录都留着。"
        self.body.addWidget(small(words, wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("离任", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.reason.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            day, one = self.day.value(), self._member
            if day is None:
                raise DomainError("请填离任日期，写成 2026-11-20 这样。")
            sentence = f"{one.name}离任{one.role.label}，到 {day}"
            with self._context.database.transaction(sentence) as session:
                body_members.end_post(
                    session,
                    one.id,
                    until=day,
                    reason=self.reason.currentText(),
                    version=one.version,
                )
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, sentence)
            self.accept()
