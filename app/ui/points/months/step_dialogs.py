"""登记审核签字, 登记张贴, 改异议期: what a step of the public list needs to know."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import points_publishing, users
from app.services.points_filter import month_words
from app.services.points_publishing import MonthView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.people.date_line import DueLine, NearLine
from app.ui.points.months.doing import change
from app.values.rights import SECRETARY


class _StepDialog(Dialog):
    """A few fields and the button that has them written down by `_write`."""

    def __init__(
        self, context: Context, month: MonthView, title: str, words: str, parent: QWidget | None
    ) -> None:
        super().__init__(title, parent, width=480)
        self._context, self._month = context, month
        self.name = month_words(month.month)
        self.body.addWidget(small(words, wrap=True))
        self.form = Form(label=88)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button(title, kind="primary", cap=CONFIRM_CAP))

    def _ready(self, write: Callable[[], None]) -> None:
        """All fields are there."""

        def save() -> None:
            with messages.domain_errors_shown(self):
                write()
                self.accept()

        self.form.finish()
        self.form.save_requested.connect(save)
        self.form.leave_requested.connect(self.reject)
        self.confirm.clicked.connect(save)
        self.form.fields[0].control.setFocus()


class SignDialog(_StepDialog):
    """Who looked at the printed list and signed it: the 书记, unless somebody else is named."""

    def __init__(self, context: Context, month: MonthView, parent: QWidget | None = None) -> None:
        words = "签在打印出来的公示上；这里登记是谁签的。"
        super().__init__(context, month, "登记审核签字", words, parent)
        with context.database.reading() as session:
            known = [one.name for one in users.users(session) if one.role == SECRETARY]
        self.signer = choice(known, known[0] if known else "", editable=True)
        self.form.add("审核签字人", self.signer, required=True)
        self._ready(self._write)

    def _write(self) -> None:
        who = self.signer.currentText().strip()
        sentence = f"登记 {self.name}积分公示 由 {who} 审核签字"
        change(self._context, sentence, points_publishing.sign, self._month, signer=who)


class PostDialog(_StepDialog):
    """Where the list hangs and since when; the days for objections begin."""

    def __init__(self, context: Context, month: MonthView, parent: QWidget | None = None) -> None:
        words = "张贴以后登记；异议期从张贴那天起算，天数在“设置 · 积分”里改。"
        super().__init__(context, month, "登记张贴", words, parent)
        today = context.clock.today()
        with context.database.lookup() as lookup:
            known = [one.posted_at for one in points_publishing.closed_months(lookup)]
        usual = next((one for one in known if one), "社区公示栏")
        self.places = line_edit(usual, hint="如 社区公示栏、3 号楼门厅", limit=120)
        self.on = NearLine(today, today)
        self.form.add("张贴在", self.places, required=True)
        self.form.add("张贴日期", self.on, required=True)
        self._ready(self._write)

    def _write(self) -> None:
        on = self.on.value()
        if on is None:
            raise DomainError("日期不对，请写成 2026-12-02。")
        change(
            self._context,
            f"登记 {self.name}积分公示 张贴",
            points_publishing.post,
            self._month,
            places=self.places.text(),
            on=on,
        )


class LongerDialog(_StepDialog):
    """Another end of the days for objections, and why."""

    def __init__(self, context: Context, month: MonthView, parent: QWidget | None = None) -> None:
        until = f"{month.public_until:%Y-%m-%d}" if month.public_until else ""
        super().__init__(context, month, "改异议期", f"现在到 {until}，只能改得更长。", parent)
        self.until = DueLine(context.clock.today(), month.public_until)
        self.reason = line_edit(hint="如 公示栏被雨打湿，重新张贴", limit=120)
        self.form.add("异议期到", self.until, required=True)
        self.form.add("原因", self.reason, required=True)
        self._ready(self._write)

    def _write(self) -> None:
        until = self.until.value()
        if until is None:
            raise DomainError("日期不对，请写成 2026-12-09。")
        change(
            self._context,
            f"{self.name}积分公示的异议期改到 {until:%Y-%m-%d}：{self.reason.text().strip()}",
            points_publishing.extend,
            self._month,
            until=until,
            reason=self.reason.text(),
        )
