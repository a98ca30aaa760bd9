"""货架标签: on which sheets of labels, and from which place on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.reports.labels import SHEETS, sheet_of
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.kit.memory import window_memory
from app.ui.points.stock.figures import figure, figure_of
from app.ui.points.stock.printing import print_shelf_labels

_MEMORY = "积分超市/货架标签"
_USUAL = "3x8"


class LabelDialog(Dialog):
    """The sheet that was used last is there again."""

    def __init__(
        self, context: Context, goods_ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__("货架标签", parent, width=460)
        self._context, self._ids = context, list(goods_ids)
        self._keys = {one.words: one.key for one in SHEETS}
        last = str(window_memory().value(_MEMORY, _USUAL))
        words = {key: words for words, key in self._keys.items()}
        self.sheet = choice(list(self._keys), words.get(last, words[_USUAL]))
        self.start = figure(1)
        self.outline = QCheckBox("印裁切线（用白纸印，再裁开）")
        self.outline.setMinimumHeight(theme.current().control)
        self.form = Form(label=72)
        self.form.add("标签纸", self.sheet)
        self.form.add("从第几张起", self.start).set_message(
            "用过一部分的标签纸，从没用过的那张起。"
        )
        self.form.add("白纸", self.outline)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        words_of = f"{len(self._ids)} 种商品，每种一张。没有条码的商品，条码印货号，柜台一样能扫。"
        self.body.addWidget(small(words_of, wrap=True))
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("预览", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.confirm.setEnabled(bool(self._ids))
        self.sheet.setFocus()

    def save(self) -> None:
        """Close, and show the labels."""
        if not self.confirm.isEnabled():
            return
        with messages.domain_errors_shown(self):
            sheet = sheet_of(self._keys[self.sheet.currentText()])
            place = figure_of(self.start, "从第几张起", "3") or 1
            window_memory().setValue(_MEMORY, sheet.key)
            self.accept()
            print_shelf_labels(
                self._context,
                self.parentWidget() or self,
                self._ids,
                sheet,
                start=(place - 1) % sheet.count,
                outline=self.outline.isChecked(),
            )
