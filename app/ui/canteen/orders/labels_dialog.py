"""餐盒标签: on which sheets of labels, and from which place on."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import MealPeriod
from app.reports.labels import SHEETS, sheet_of
from app.services.canteens import CanteenView
from app.ui.canteen.orders.papers import print_box_labels
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.kit.memory import window_memory
from app.values.text import compact

_MEMORY = "食堂/餐盒标签"
_USUAL = "3x8"


class LabelsDialog(Dialog):
    """The sheet that was used last is there again."""

    def __init__(
        self,
        context: Context,
        canteen: CanteenView,
        day: date,
        period: MealPeriod,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"餐盒标签：{day.month}月{day.day}日 {period.label}", parent, width=480)
        self._context, self._of = context, (canteen, day, period)
        self._keys = {one.words: one.key for one in SHEETS}
        words = {key: words for words, key in self._keys.items()}
        last = str(window_memory().value(_MEMORY, _USUAL))
        self.sheet = choice(list(self._keys), words.get(last, words[_USUAL]))
        self.start = line_edit("1", limit=2)
        self.outline = QCheckBox("印裁切线（用白纸印，再裁开）")
        self.outline.setMinimumHeight(theme.current().control)
        self._lay_out()
        self.sheet.setFocus()

    def save(self) -> None:
        """Close, and show the labels."""
        with messages.domain_errors_shown(self):
            sheet, place = sheet_of(self._keys[self.sheet.currentText()]), self._place()
            window_memory().setValue(_MEMORY, sheet.key)
            self.accept()
            print_box_labels(
                self._context,
                *self._of,
                self.parentWidget() or self,
                sheet=sheet,
                start=(place - 1) % sheet.count,
                outline=self.outline.isChecked(),
            )

    def _lay_out(self) -> None:
        self.form = Form(label=72)
        self.form.add("标签纸", self.sheet)
        start = self.form.add("从第几张起", self.start)
        self.form.add("白纸", self.outline)
        self.form.finish()
        start.set_message("用过一部分的标签纸，从没用过的那张起。")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        order = "一份一张：饮食有要求的在前，其余按路线和站序，贴好就能装箱。"
        self.body.addWidget(small(order, wrap=True))
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("预览", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _place(self) -> int:
        typed = compact(self.start.text())
        if not typed.isdecimal() or int(typed) < 1:
            raise DomainError("“从第几张起”请填数字，如 1 或 5。")
        return int(typed)
