"""The small questions in a paper's life: who took it away, why it is void, why it goes back."""

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from app.services.numbers import ClockWentBack
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Field, Form, choice, line_edit
from app.ui.kit.labels import Label, small
from app.ui.papers.certificates.fields import MomentLine
from app.ui.people.date_line import DateLine

RELATIONS = ["本人", "配偶", "子女", "父母", "其他亲属", "受委托人", "单位经办人"]
LONGEST_REASON = 200


def day_is_right(page: QWidget, fault: ClockWentBack) -> bool:
    """Whether the computer's date is right all the same: papers of later days exist."""
    return messages.confirm(page, "电脑日期不对？", str(fault), "日期没错，给号")


class SettleDialog(Dialog):
    """Whether a whole batch came out; `printed` tells the answer after it closed."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(f"{count:,} 份证明印出来了吗", parent, width=520)
        self.printed = False
        words = (
            "它们送过打印机，程序中断了，不知道印出来没有。号都留着，没有印出的照原号再打。"
            "只印出一部分的，请取消，在列表里一份一份地答。"
        )
        self.body.addWidget(Label(words, wrap=True))
        self.cancel = self.add_button(Button("取消", cap="Esc"), closes=False)
        self.none = self.add_button(Button("都没有印出"))
        self.none.clicked.connect(lambda: self._answer(printed=False))
        self.all = self.add_button(Button("都印出来了", kind="primary"))
        self.all.clicked.connect(lambda: self._answer(printed=True))
        self.cancel.setFocus()

    def _answer(self, *, printed: bool) -> None:
        self.printed = printed
        self.accept()


class CollectDialog(Dialog):
    """登记领取: who took the paper, what they are to the holder, when."""

    def __init__(
        self, paper: str, holder: str, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__("登记领取", parent, width=440)
        self._holder = holder
        self.body.addWidget(small(paper))
        self.form = Form(label=76)
        self.by = line_edit(holder, limit=60)
        self.relation = choice(RELATIONS, "本人", editable=True)
        # The column of the register takes twenty characters.
        editor = self.relation.lineEdit()
        if editor is not None:
            editor.setMaxLength(20)
        self.at = MomentLine(now)
        self._by = self.form.add("领取人", self.by, required=True)
        self._relation = self.form.add("与本人关系", self.relation, required=True)
        self._at = self.form.add("领取时间", self.at, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.by.textEdited.connect(self._guess_relation)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("登记领取", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.by.setFocus()
        self.by.selectAll()

    @property
    def moment(self) -> datetime | None:
        return self.at.moment()

    def save(self) -> None:
        """Close where everything is said; otherwise tell at the field what is missing."""
        wrong = self._tell(self._by, "" if self.by.text().strip() else "请写领取人的姓名。")
        relation = self.relation.currentText().strip()
        wrong |= self._tell(self._relation, "" if relation else "请写领取人与本人的关系。")
        wrong |= self._tell(self._at, self.at.fault())
        if not wrong:
            self.accept()

    def _guess_relation(self, name: str) -> None:
        """Somebody else is not 本人; who it is has to be said."""
        own = self.relation.currentText() == "本人"
        if own and name.strip() and name.strip() != self._holder:
            self.relation.setCurrentText("")

    def _tell(self, field: Field, words: str) -> bool:
        field.set_message(words, "danger")
        return bool(words)


class MeetingDialog(Dialog):
    """批准 of what the residents' representatives decide: which meeting, what it said."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("居民代表会议同意", parent, width=480)
        self._today = today
        self.body.addWidget(Label("这种证明要居民代表会议同意后才能出具。", wrap=True))
        self.form = Form(label=64)
        self.day = DateLine(today)
        self.note = line_edit(hint="如 到会 31 人，29 人同意", limit=120)
        self._day = self.form.add("会议日期", self.day, required=True)
        self._note = self.form.add("会议意见", self.note, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("批准", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.day.setFocus()

    def save(self) -> None:
        """Close where both are said."""
        day, note = self.day.value(), self.note.text().strip()
        past = day is not None and day <= self._today
        self._day.set_message("" if past else "请填会议日期，不晚于今天。", "danger")
        self._note.set_message("" if note else "请填会议意见。", "danger")
        if past and note:
            self.accept()


class ReasonDialog(Dialog):
    """One action that needs a reason in words: 作废, 退回, 更正."""

    def __init__(
        self,
        title: str,
        explanation: str,
        action: str,
        *,
        hint: str,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=480)
        self.body.addWidget(Label(explanation, wrap=True))
        self.form = Form(label=44)
        self.line = line_edit(hint=hint, limit=LONGEST_REASON)
        self._field = self.form.add("原因", self.line, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        kind = "danger" if danger else "primary"
        self.confirm = self.add_button(Button(action, kind=kind, cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.line.setFocus()

    @property
    def reason(self) -> str:
        return self.line.text().strip()

    def save(self) -> None:
        """Close once a reason is written."""
        self._field.set_message("" if self.reason else "要写明原因，登记簿上留着。", "danger")
        if self.reason:
            self.accept()
