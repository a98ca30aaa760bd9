"""发餐券: for people who are picked, or for whoever brings them."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import meal_vouchers, residents
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.chips import SwitchChip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, row, small
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.people.person_picker import PersonPicker
from app.values.money import read_yuan, yuan
from app.values.rights import Right
from app.values.text import half_width

REASONS = ("重阳节慰问", "困难帮扶", "志愿服务感谢", "活动奖励")


class IssueDialog(Dialog):
    """`ids` are the vouchers once they are given."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("发餐券", parent, width=600)
        self._context = context
        self.ids: list[int] = []
        self.people: dict[int, str] = {}
        self.named = Segments([(True, "发给本人", "发给选定的人"), (False, "不记名", "谁拿着谁用")])
        self.named.show_value(True)
        self.picker = PersonPicker(context, lines=3)
        self.chosen = Label("", wrap=True)
        self.value = line_edit(hint="如 5", limit=10)
        self.each = line_edit("1", limit=3)
        self.reason = choice(list(REASONS), editable=True)
        self.reason.setCurrentText("")
        self.until = DateLine(context.clock.today(), future=True)
        self.until.setPlaceholderText("不填就长期有效")
        self.prints = SwitchChip("发完打印", "发完打印")
        self.prints.show_on(context.may(Right.PRINT))
        self._lay_out()
        self._connect()
        self._show_people()
        self.picker.setFocus()

    @property
    def wants_paper(self) -> bool:
        """Whether they are to be printed now."""
        return self.prints.on and self._context.may(Right.PRINT)

    def add_person(self, resident_id: int) -> None:
        """One more who gets them; who is on the list already is taken off."""
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            found = residents.rows(lookup, [resident_id], today=today)
        if self.people.pop(resident_id, None) is None and found:
            self.people[resident_id] = found[0].name
        self.picker.search.clear()
        self.picker.setFocus()
        self._show_people()

    def save(self) -> None:
        """Give them out and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            value, each = read_yuan(self.value.text()), half_width(self.each.text()).strip()
            if not each.isdigit():
                raise DomainError("张数请写整数，如 1。")
            whose: list[int | None] = [*self.people] if self._is_named else [None]
            sentence = f"发餐券 {self._words} {yuan(value)} 元"
            with self._context.database.transaction(sentence) as session:
                self.ids = meal_vouchers.issue(
                    session,
                    whose,
                    value=value,
                    reason=self.reason.currentText(),
                    today=self._context.clock.today(),
                    expires_on=self._last_day(),
                    each=int(each),
                )
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已{sentence}，共 {len(self.ids):,} 张")
            self.accept()

    @property
    def _is_named(self) -> bool:
        return bool(self.named.value())

    @property
    def _words(self) -> str:
        names = list(self.people.values())
        if not self._is_named:
            return "不记名"
        return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 人" if names else ""

    def _last_day(self) -> date | None:
        if self.until.is_wrong:
            raise DomainError("有效期请写成 2026-12-31；长期有效的不填。")
        return self.until.value()

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.named, small("抵本人应付的餐费，一次用完，不找零"), None))
        self.body.addWidget(self.picker)
        self.body.addWidget(self.chosen)
        self.form = Form(columns=2, label=64)
        self.form.add("面值", self.value, required=True)
        self.form.add("每人几张", self.each, required=True)
        self.form.add("事由", self.reason, required=True)
        self.form.add("有效期到", self.until)
        self.form.finish()
        self.body.addWidget(self.form)
        self.body.addLayout(row(self.prints, None))
        self.prints.setVisible(self._context.may(Right.PRINT))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("发餐券", kind="primary", cap=CONFIRM_CAP))

    def _connect(self) -> None:
        self.named.chosen.connect(lambda _: self._show_people())
        self.picker.picked.connect(self.add_person)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.confirm.clicked.connect(self.save)

    def _show_people(self) -> None:
        self.picker.setVisible(self._is_named)
        self.chosen.setVisible(self._is_named)
        names = "、".join(self.people.values())
        said = (
            f"发给 {len(self.people)} 人：{names}" if names else "选中一人按 Enter 加入，可以加多人"
        )
        self.chosen.set_tone("text" if names else "text2")
        self.chosen.setText(said)
        self.refit()
