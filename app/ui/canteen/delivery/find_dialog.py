"""找一户: somebody asks where the meal is; letters find the stop among all walks."""

from PySide6.QtWidgets import QWidget

from app.services.delivery_board import Board
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.pinyin_choice import MUST


class FindDialog(Dialog):
    """`order_id` is the stop that was chosen."""

    def __init__(self, board: Board, parent: QWidget | None = None) -> None:
        super().__init__("找一户", parent, width=460)
        stops = [(walk, stop) for walk in board.walks for stop in walk.stops]
        named = {
            stop.order_id: f"{stop.name}　{walk.name} {stop.place or ''}　{stop.home}"
            for walk, stop in sorted(stops, key=lambda one: one[1].name)
        }
        self.choice = IdChoice(named, name="姓名", blank=MUST)
        self.choice.choose_id(next(iter(named), None))
        form = Form(label=44)
        form.add("姓名", self.choice)
        form.finish()
        form.save_requested.connect(self.accept)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("看这一户", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.accept)
        self.choice.setFocus()

    @property
    def order_id(self) -> int | None:
        return self.choice.chosen_id
