"""录入满意度卡: three digits and Enter a card; the next one begins at once."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import meal_opinions
from app.services.meal_opinions import OpinionInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine


class OpinionDialog(Dialog):
    """Every card is kept as soon as it is typed; `count` is how many were."""

    def __init__(self, context: Context, canteen_id: int, parent: QWidget | None = None) -> None:
        super().__init__("录入满意度卡", parent, width=560)
        self._context, self._canteen_id = context, canteen_id
        self.count = 0
        today = context.clock.today()
        self.marks = line_edit(hint="三个数，如 454", limit=8)
        self.words = line_edit(hint="卡上写的意见，没有就空着", limit=100)
        self.given_by = line_edit(hint="可以不写", limit=20)
        self.day = NearLine(today, today)
        self.told = small(" ")
        self.form = Form(label=64)
        self._marks = self.form.add("打分", self.marks, required=True)
        self.form.add("意见", self.words)
        self.form.add("填写人", self.given_by)
        self.form.add("日期", self.day, required=True)
        self.form.finish()
        self._marks.set_message("依次是口味、价格、服务，5 最好；没勾的写 0。")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(self.told)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("记下，再录一张", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.marks.setFocus()

    def save(self) -> None:
        """Keep this card; the date stays for the next."""
        day = self.day.value()
        try:
            if day is None:
                raise DomainError("日期请写成 11-20 或 2026-11-20。")
            entered = OpinionInput(
                on_date=day,
                marks=meal_opinions.read_marks(self.marks.text()),
                words=self.words.text(),
                given_by=self.given_by.text(),
            )
            today = self._context.clock.today()
            with self._context.database.transaction(f"录入满意度卡 {day:%m-%d}") as session:
                meal_opinions.add(session, self._canteen_id, entered, today=today)
        except DomainError as wrong:
            messages.tell(self, str(wrong))
            self.marks.setFocus()
            return
        self.count += 1
        shown = "、".join("没勾" if one is None else str(one) for one in entered.marks)
        self.told.setText(f"已录 {self.count} 张，刚录的：{shown}")
        for line in (self.marks, self.words, self.given_by):
            line.clear()
        self.form.mark_clean()
        self.marks.setFocus()
        self._context.signals.changed.emit(Area.CANTEEN)
