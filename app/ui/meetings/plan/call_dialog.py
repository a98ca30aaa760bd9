"""发通知: on which day people are told, whether that is early enough, and why if it is not."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import meeting_call, meeting_notice, meeting_rules
from app.services.meeting_call import CallInput
from app.services.meeting_views import MeetingRow
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label
from app.ui.kit.signals import Area
from app.ui.meetings.plan.words import name_of
from app.ui.people.date_line import NearLine

_NO_DATE = "日期不对，请写成 2026-11-20 或 11-20。"


class CallDialog(Dialog):
    """`notice_id` is that of the notice that was written, after it was accepted."""

    grows = True

    def __init__(self, context: Context, it: MeetingRow, parent: QWidget | None = None) -> None:
        super().__init__("发会议通知", parent, width=560)
        self._context, self._meeting = context, it
        self.notice_id: int | None = None
        with context.database.lookup() as lookup:
            self._rule = meeting_rules.rule_of(lookup, it)
        today = context.clock.today()
        # One that was held already is put on record with the day of its notice.
        self.day = NearLine(today, min(today, it.on_date))
        self.reason = line_edit(hint="如 台风将至，须当天商量", limit=200)
        self.told = NearLine(today, it.committee_told_on or min(today, it.on_date))
        self.standing = Notice("", tone="ok")
        self._lay_out()
        self._follow_day()
        self.form.mark_clean()
        self.day.setFocus()

    def save(self) -> None:
        """Note it, write the notice and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            it, context = self._meeting, self._context
            with context.database.transaction(f"发会议通知 {name_of(it)}") as session:
                self.notice_id = meeting_call.call(
                    session, it.id, entered, version=it.version, now=context.clock.now()
                )
            context.signals.changed.emit(Area.MEETINGS | Area.PAPERS)
            self.accept()

    # -- inside

    def _entered(self) -> CallInput:
        day, told = self.day.value(), self.told.value()
        if day is None or (self._rule.tell_committee and told is None):
            raise DomainError(_NO_DATE)
        return CallInput(
            notified_on=day,
            short_notice=self.reason.text(),
            committee_told_on=told if self._rule.tell_committee else None,
        )

    def _lay_out(self) -> None:
        it = self._meeting
        words = f"{it.title}，{it.when}，{it.place or '地点还没有填'}，议程 {it.items} 项。"
        after = "通知写好以后在“文书”里，可以改文字、打印，也可以印成楼道大字张贴。"
        form = self.form = Form(label=88)
        form.add("通知日期", self.day, required=True)
        if self._rule.tell_committee:
            form.add("告知居委会", self.told, required=True)
        self._reason_field = form.add("临时通知原因", self.reason)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.day.textChanged.connect(self._follow_day)
        self.body.addWidget(Label(words, wrap=True))
        self.body.addWidget(self.standing)
        self.body.addWidget(form)
        self.body.addWidget(Label(after, wrap=True, tone="text2"))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("发通知", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _follow_day(self) -> None:
        """How many days before, and whether a reason is wanted."""
        day, rule = self.day.value(), self._rule
        if day is None:
            self.standing.show_text("先填通知日期", tone="info")
            return
        told = meeting_notice.standing(rule, day, self._meeting.on_date)
        tone = "ok" if told.enough else "warn" if told.may_do or rule.at_once else "danger"
        self.standing.show_text(told.words, told.article, tone=tone)
        self._reason_field.set_asked(not told.may_do and rule.at_once)
        if self.isVisible():
            self.refit()
