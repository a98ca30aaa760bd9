"""换人 and 年度述职 of a part-time member."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import joint_members, member_reports
from app.services.body_members import MemberInput
from app.services.body_views import MemberView
from app.services.joint_members import JointMember
from app.services.joint_stars import LEVELS
from app.services.member_reports import ReportInput
from app.services.stars import stars_words
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, small
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.recent.unsaved import keep_dialog

_REASONS = ["工作调动", "退休", "单位调整"]
_NONE = "不评星"


class ReplaceDialog(Dialog):
    """Somebody else speaks for the same unit from a day on; `member_id` is his seat."""

    grows = True

    def __init__(self, context: Context, seat: MemberView, parent: QWidget | None = None) -> None:
        super().__init__(f"换人：{seat.joint_unit or '大党委'}", parent, width=560)
        self._context, self._seat = context, seat
        self.member_id: int | None = None
        self.body.addWidget(small(f"{seat.name}离任，下面这一位接着任兼职委员。", wrap=True))
        self.name = line_edit(hint="接任的人", limit=60)
        self.position = line_edit(seat.position, limit=60)
        self.phone = line_edit(limit=40)
        self.day = DateLine(context.clock.today(), context.clock.today(), future=True)
        self.reason = choice(_REASONS, _REASONS[0], name="原因", editable=True)
        self.form = Form(label=76)
        self.form.add("姓名", self.name, required=True)
        self.form.add("职务", self.position)
        self.form.add("电话", self.phone)
        self.form.add("任职日期", self.day, required=True)
        self.form.add("调整原因", self.reason)
        _close(self, self.form, "换人")
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            day, seat = self.day.value(), self._seat
            if day is None:
                raise DomainError("请填任职日期，写成 2026-11-20 这样。")
            entered = MemberInput(
                name=self.name.text(), position=self.position.text(), phone=self.phone.text()
            )
            sentence = f"{entered.name.strip()}接替{seat.name}任兼职委员"
            with self._context.database.transaction(sentence) as session:
                self.member_id = joint_members.replace_member(
                    session,
                    seat.id,
                    entered,
                    on=day,
                    reason=self.reason.currentText(),
                    version=seat.version,
                )
            _done(self, self._context, sentence)


class ReportDialog(Dialog):
    """述职 of this year: what was said, and the stars that the year came to."""

    grows = True

    def __init__(self, context: Context, one: JointMember, parent: QWidget | None = None) -> None:
        self._year = context.clock.today().year
        super().__init__(f"{self._year} 年述职：{one.seat.name}", parent, width=640)
        self._context, self._one = context, one
        known, today = one.report, context.clock.today()
        self.body.addWidget(Label(one.activity.words, bold=True, wrap=True))
        self.day = DateLine(today, known.reported_on if known else today)
        self.words = QPlainTextEdit(known.words if known else "")
        self.words.setPlaceholderText("参加了哪些会、做了哪些事、认领的项目怎样")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.current().px(120))
        self.words.textChanged.connect(self._dress)
        stars = known.stars if known else one.activity.stars
        names = [stars_words(level) for level in range(LEVELS, 0, -1)]
        self.stars = choice([*names, _NONE], stars_words(stars) or _NONE, name="星级")
        self.remark = line_edit(known.remark if known else "", limit=120)
        self.form = Form(label=76)
        self.form.add("述职日期", self.day)
        self.form.add("述职内容", self.words)
        counted = stars_words(one.activity.stars) or _NONE
        self.form.add("星级", self.stars).set_message(f"按规则：{counted}", "neutral")
        self.form.add("评语", self.remark)
        _close(self, self.form, "保存")
        self.words.setFocus()
        key = f"member_report:{one.seat.id}"
        self.keeper = keep_dialog(context, self, self.form, key, self.windowTitle())

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            if self.day.is_wrong:
                raise DomainError("述职日期不对，请写成 2026-11-20 这样。")
            seat, report = self._one.seat, self._one.report
            sentence = f"登记{seat.name} {self._year} 年述职"
            entered = ReportInput(
                reported_on=self.day.value(),
                words=self.words.toPlainText(),
                remark=self.remark.text(),
                stars=self._stars(),
            )
            with self._context.database.transaction(sentence) as session:
                member_reports.put(
                    session,
                    seat.id,
                    self._year,
                    entered,
                    version=report.version if report else 0,
                    today=self._context.clock.today(),
                )
            _done(self, self._context, sentence)

    def _dress(self) -> None:
        theme.ensure_glyphs(self.words.toPlainText())

    def _stars(self) -> int:
        chosen = self.stars.currentText()
        return next((one for one in range(1, LEVELS + 1) if stars_words(one) == chosen), 0)


def _close(dialog: ReplaceDialog | ReportDialog, form: Form, words: str) -> None:
    """The foot of both forms."""
    form.finish()
    form.save_requested.connect(dialog.save)
    form.leave_requested.connect(dialog.reject)
    dialog.body.addWidget(form)
    dialog.add_button(Button("取消", cap="Esc"), closes=False)
    button = dialog.add_button(Button(words, kind="primary", cap=CONFIRM_CAP))
    button.clicked.connect(dialog.save)


def _done(dialog: Dialog, context: Context, sentence: str) -> None:
    context.signals.changed.emit(Area.MEETINGS)
    messages.notify(context.signals, sentence)
    dialog.accept()
