"""审定: taken up for a meeting, or not, with the reason."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import topic_screening
from app.services.topic_screening import LONGEST_REASON
from app.services.topic_views import TopicRow
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label, small
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.meetings.topics.words import behind_words, name_of

_WHY = "写明原因，会告诉提出的人"


class ScreenDialog(Dialog):
    """Who may screen says so with one key, and a reason where it is not taken up."""

    def __init__(self, context: Context, it: TopicRow, parent: QWidget | None = None) -> None:
        super().__init__("审定议题", parent, width=560)
        self._context, self._it = context, it
        self.answer = Segments(
            [
                (True, "立题", "列入议题，等着上会"),
                (False, "不列入", "不是协商的事，或者另有办法"),
            ]
        )
        self.reason = line_edit(hint="如 涉及 24 个单元，先上协商会", limit=LONGEST_REASON)
        form = self.form = Form(label=76)
        form.add("审定", self.answer, required=True)
        self._field = form.add("意见", self.reason)
        form.finish()
        told = "　".join(part for part in (behind_words(it), it.place, it.category) if part)
        self.body.addWidget(Label(name_of(it), bold=True, wrap=True))
        self.body.addWidget(small(told, wrap=True))
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("确定", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.answer.chosen.connect(self._hint)
        self.answer.show_value(True)
        self.reason.setText(it.screen_reason)
        self.answer.setFocus()

    def save(self) -> None:
        """Write the answer; what is missing is said and the dialog stays."""
        taken_up = bool(self.answer.value())
        verb = "立题" if taken_up else "不列入"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"审定{verb} {name_of(self._it)}") as session:
                topic_screening.screen(
                    session,
                    self._it.id,
                    taken_up=taken_up,
                    reason=self.reason.text(),
                    version=self._it.version,
                    now=self._context.clock.now(),
                )
            messages.notify(self._context.signals, f"已审定，{verb}：{name_of(self._it)}")
            self._context.signals.changed.emit(Area.MEETINGS)
            self.accept()

    def _hint(self, taken_up: object) -> None:
        self.reason.setPlaceholderText("如 涉及 24 个单元，先上协商会" if taken_up else _WHY)
