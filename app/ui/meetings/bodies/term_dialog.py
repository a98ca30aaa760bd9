"""换届 and 结束: the last day of a body, and what follows it."""

from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import body_changes
from app.services.body_views import BodyView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine

_DAY = timedelta(days=1)


class TermDialog(Dialog):
    """With `follow` the next term begins; `body_id` is then the new one."""

    def __init__(
        self, context: Context, body: BodyView, *, follow: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{'换届' if follow else '结束'}：{body.title}", parent, width=560)
        self._context, self._body, self._follow = context, body, follow
        self.body_id = body.id
        today = context.clock.today()
        proposed = body.until + _DAY if follow and body.until else body.until or today
        self.day = DateLine(today, proposed, future=True)
        self.keep = QCheckBox("都连任，以后再逐个更正")
        self.form = Form(label=100)
        self.form.add("新一届开始" if follow else "最后一天", self.day, required=True)
        if follow:
            self.form.add("成员", self.keep)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(small(_NEXT if follow else _END, wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        words = "换届" if follow else "结束"
        self.save_button = self.add_button(Button(words, kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.day.setFocus()
        self.day.selectAll()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            day = self.day.value()
            if day is None:
                raise DomainError("日期不对，请写成 2026-12-31 这样。")
            sentence = f"{self.save_button.text()} {self._body.title}"
            with self._context.database.transaction(sentence) as session:
                if self._follow:
                    self.body_id = body_changes.next_term(
                        session,
                        self._body.id,
                        since=day,
                        keep=self.keep.isChecked(),
                        version=self._body.version,
                        today=self._today,
                    )
                else:
                    key, version = self._body.id, self._body.version
                    body_changes.close_body(session, key, until=day, version=version)
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已{sentence}")
            self.accept()

    @property
    def _today(self) -> date:
        return self._context.clock.today()


_NEXT = "这一届到前一天为止，成员同一天离任；业主清册和表决规则跟到新一届。以前的会议和决议都留着。"
_END = "成员同一天离任。以前的会议和决议都留着。"
