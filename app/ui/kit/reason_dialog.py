"""An action that needs a reason in words: 冲正, 退回, 冻结, 撤销."""

import re

from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import Label

_LONGEST = 120
_SCANNED = re.compile(r"[A-Za-z]{0,4}[-0-9]{6,}")
"""A packet, a card or a slip: whoever scans on does not see that the program asks something."""


class ReasonDialog(Dialog):
    """`usual` are reasons to choose from; any other may be typed."""

    grows = True

    def __init__(
        self,
        title: str,
        explanation: str,
        action: str,
        *,
        usual: tuple[str, ...],
        name: str = "原因",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=520)
        self.body.addWidget(Label(explanation, wrap=True))
        self.form = Form(label=44)
        self.line = choice(list(usual), name=name, editable=True)
        # With nothing chosen ↓ takes the first.
        self.line.setCurrentIndex(-1)
        edit = self.line.lineEdit()
        if edit is not None:
            edit.setMaxLength(_LONGEST)
            edit.setPlaceholderText(f"如 {usual[0]}")
        self._field = self.form.add(name, self.line, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button(action, kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.line.setFocus()

    @property
    def reason(self) -> str:
        return self.line.currentText().strip()

    def save(self) -> None:
        """Close once a reason is written; what a scanner wrote, with its own Enter, is none."""
        if _SCANNED.fullmatch(self.reason):
            self.line.clearEditText()
            words = f"刚才是扫到的条码，不是{self._field.name}，请写明{self._field.name}。"
        else:
            words = "" if self.reason else f"请写明{self._field.name}。"
        self._field.set_message(words, "danger")
        if self.reason:
            self.accept()
