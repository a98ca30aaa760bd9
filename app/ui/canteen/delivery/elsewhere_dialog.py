"""To which other walk a stop comes."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label
from app.ui.kit.pinyin_choice import MUST


class ElsewhereDialog(Dialog):
    """`route_id` is what was chosen."""

    def __init__(self, name: str, routes: Mapping[int, str], parent: QWidget | None = None) -> None:
        super().__init__("换到别的路线", parent, width=420)
        self.body.addWidget(Label(f"{name}换到哪条路线，排在最后一站。", wrap=True))
        self.choice = IdChoice(routes, name="路线", blank=MUST)
        self.choice.choose_id(next(iter(routes), None))
        form = Form(label=44)
        form.add("路线", self.choice, required=True)
        form.finish()
        form.save_requested.connect(self.accept)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("换过去", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.accept)
        self.choice.setFocus()

    @property
    def route_id(self) -> int | None:
        return self.choice.chosen_id
