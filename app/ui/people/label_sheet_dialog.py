"""On which sheets of labels, and from which place on."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from app.errors import DomainError
from app.reports.labels import SHEETS, LabelSheet, sheet_of
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.kit.memory import window_memory
from app.values.text import compact

USUAL = "3x8"


class LabelSheetDialog(Dialog):
    """The sheet that was used last is there again; `memory` is where it is kept.

    `show` gets the sheet, the place counted from 0, and whether edges to cut along are drawn.
    """

    def __init__(
        self,
        title: str,
        memory: str,
        show: Callable[[LabelSheet, int, bool], object],
        parent: QWidget | None = None,
        *,
        told: str = "",
    ) -> None:
        super().__init__(title, parent, width=480)
        self._memory, self._show = memory, show
        self._keys = {one.words: one.key for one in SHEETS}
        words = {key: words for words, key in self._keys.items()}
        last = str(window_memory().value(memory, USUAL))
        self.sheet = choice(list(self._keys), words.get(last, words[USUAL]))
        self.start = line_edit("1", limit=2)
        self.outline = QCheckBox("印裁切线（用白纸印，再裁开）")
        self.outline.setMinimumHeight(theme.current().control)
        self._lay_out(told)
        self.sheet.setFocus()

    def save(self) -> None:
        """Close, and show the labels."""
        with messages.domain_errors_shown(self):
            sheet, place = sheet_of(self._keys[self.sheet.currentText()]), self._place()
            window_memory().setValue(self._memory, sheet.key)
            self.accept()
            self._show(sheet, (place - 1) % sheet.count, self.outline.isChecked())

    def _lay_out(self, told: str) -> None:
        self.form = Form(label=72)
        self.form.add("标签纸", self.sheet)
        start = self.form.add("从第几张起", self.start)
        self.form.add("白纸", self.outline)
        self.form.finish()
        start.set_message("用过一部分的标签纸，从没用过的那张起。")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        if told:
            self.body.addWidget(small(told, wrap=True))
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("预览", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _place(self) -> int:
        typed = compact(self.start.text())
        if not typed.isdecimal() or int(typed) < 1:
            raise DomainError("“从第几张起”请填数字，如 1 或 5。")
        return int(typed)
