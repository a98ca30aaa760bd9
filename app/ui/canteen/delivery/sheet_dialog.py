"""Asking which walks the sheets are printed for, and whether the phones are whole."""

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.services.delivery_board import Board
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import Label, hide_unless, small
from app.ui.people.authorisation import can_be_authorised
from app.values.rights import Right


class SheetDialog(Dialog):
    """`routes` are those that were ticked, `whole` asks for phones in clear."""

    def __init__(self, context: Context, board: Board, parent: QWidget | None = None) -> None:
        super().__init__("打印送餐单", parent, width=460)
        self._boxes: dict[int, QCheckBox] = {}
        self.body.addWidget(Label("每条路线一张，大字，按站序排。", tone="text2"))
        for one in board.walks:
            box = QCheckBox(f"{one.title}　{len(one.stops)} 户　{one.who}")
            box.setChecked(True)
            self._boxes[one.route_id] = box
            self.body.addWidget(box)
        self.phones = QCheckBox("电话印完整号码（要写明用途，留痕）")
        hide_unless(can_be_authorised(context, Right.EXPORT_FULL), self.phones)
        self.body.addSpacing(8)
        self.body.addWidget(self.phones)
        self.body.addWidget(small("回来后按“照单回填”，照着单子一户一键录进去。", wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("生成送餐单", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.accept)
        for box in self._boxes.values():
            box.toggled.connect(lambda _: self.confirm.setEnabled(bool(self.routes)))
        self.confirm.setFocus()

    @property
    def routes(self) -> tuple[int, ...]:
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    @property
    def whole(self) -> bool:
        return self.phones.isChecked()
