"""完成盘点: what will be booked, and who watched."""

from PySide6.QtWidgets import QWidget

from app.services.stocktakes import StocktakeView
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label


class CloseDialog(Dialog):
    """`left` articles were not counted; `witness` is what was typed."""

    grows = True

    def __init__(self, shown: StocktakeView, left: int, parent: QWidget | None = None) -> None:
        super().__init__("完成盘点", parent, width=480)
        words = f"已盘 {shown.counted:,} 种，{shown.differing:,} 种账实不符，库存会改成实盘数。"
        words += f"还有 {left:,} 种没盘，按账面数不变。" if left else ""
        self.words = Label(f"{words}完成以后不能再改。", wrap=True)
        self.line = line_edit(hint="没有的不填", limit=40)
        self.form = Form(label=56)
        self.form.add("监盘人", self.line)
        self.form.finish()
        self.form.save_requested.connect(self.accept)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.words)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.add_button(Button("完成盘点", kind="primary", cap=CONFIRM_CAP), closes=True)
        self.line.setFocus()

    @property
    def witness(self) -> str:
        return self.line.text()
