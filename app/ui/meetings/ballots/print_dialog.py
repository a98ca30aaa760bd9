"""打印表决票: with numbers or without, and how many to a sheet of paper."""

from PySide6.QtWidgets import QSpinBox, QWidget

from app.context import Context
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.meetings.ballots import printing

NUMBERED, ANONYMOUS = "编号的票", "不记名的票"
_WORDS = {
    NUMBERED: "每张票有票号和码，收回来扫码录入；业主的票还印房号和面积。",
    ANONYMOUS: "票上没有名字和编号，收回来唱票计数，把票数录进会议。",
}
_MOST = 5_000


class PrintDialog(Dialog):
    """`copies` is what is offered for ballots without a name."""

    def __init__(
        self,
        context: Context,
        item_id: int,
        *,
        issued: int,
        copies: int,
        parent: QWidget | None = None,
    ) -> None:
        # What only draws is loaded when it is asked for.
        from app.reports.ballot import LAYOUTS

        super().__init__("打印表决票", parent, width=500)
        self._context, self._item_id, self._layouts = context, item_id, LAYOUTS
        self.kind = choice([NUMBERED, ANONYMOUS] if issued else [ANONYMOUS], name="哪种票")
        self.copies = QSpinBox()
        self.copies.setRange(1, _MOST)
        self.copies.setSuffix(" 张")
        self.copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.copies.setValue(max(1, copies))
        self.plans = line_edit(hint="如 先到先停、按户摇号；只表决草案就空着", limit=200)
        self.per_page = choice([one.words for one in LAYOUTS], name="一张纸印几张")
        self.per_page.setCurrentIndex(1)
        self.form = Form(label=76)
        self.form.add("哪种票", self.kind)
        self._copies = self.form.add("印多少", self.copies)
        self._plans = self.form.add("几个方案", self.plans)
        self.form.add("排版", self.per_page)
        self.form.finish()
        self.told = small("", wrap=True)
        self.body.addWidget(self.form)
        self.body.addWidget(self.told)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.go = self.add_button(Button("预览", kind="primary", cap=CONFIRM_CAP))
        self.go.clicked.connect(self.preview)
        self.form.save_requested.connect(self.preview)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self._show_kind()
        self.kind.setFocus()

    def preview(self) -> None:
        """The paper as it comes out."""
        layout = self._layouts[self.per_page.currentIndex()]
        bare = self.kind.currentText() == ANONYMOUS
        copies = self.copies.value() if bare else None
        plans = tuple(one for one in self.plans.text().split("、") if one.strip()) if bare else ()
        window = self.parentWidget() or self
        self.accept()
        printing.print_ballots(self._context, window, self._item_id, layout, copies, plans)

    def _show_kind(self, _: int = 0) -> None:
        """Only those without a name are counted out, or name plans to choose from."""
        kind = self.kind.currentText()
        for field in (self._copies, self._plans):
            field.setVisible(kind == ANONYMOUS)
            field.label.setVisible(kind == ANONYMOUS)
        self.told.setText(_WORDS[kind])
