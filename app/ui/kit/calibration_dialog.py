"""Where a printer really prints: a page with a cross, two distances measured with a ruler."""

from dataclasses import replace

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from app.errors import DomainError
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form
from app.ui.kit.labels import Label, row, small
from app.ui.kit.paper_desk import CalibrationPage
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.print_queue import print_queue
from app.ui.kit.print_settings import Duplex, PrintSettings, offset_from_measures

CROSS_MM = 30.0
TITLE = "打印位置校准页"


class CalibrationDialog(Dialog):
    """`settings` holds the new offset after it was accepted."""

    def __init__(
        self, draw: CalibrationPage, settings: PrintSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__("校准打印位置", parent, width=480)
        self.settings = settings
        self._old = settings
        self._draw = draw
        self.left, self.top = _distance("从纸的左边量"), _distance("从纸的上边量")
        self.print_button = Button("打印校准页", icon="printer-outline")
        self.print_button.clicked.connect(self.print_page)
        self._sent = small()
        self._result = Label(bold=True, wrap=True)
        self._lay_out()
        for field in (self.left, self.top):
            field.valueChanged.connect(self._show_result)
        self._show_result()
        self.print_button.setFocus()

    def print_page(self) -> None:
        """One sheet, printed with the offset that is in force until now."""
        with messages.domain_errors_shown(self):
            old = self._old
            page = self._draw(printer=old.printer, right=old.right, down=old.down, cross=CROSS_MM)
            sheet = replace(old, copies=1, pages="", duplex=Duplex.OFF)
            print_queue().add(PrintRequest(title=TITLE, pdf=page), sheet)
            self._sent.setText(f"已送到「{old.printer}」")
            self.left.setFocus()

    def confirm(self) -> None:
        """Take the offset over; a measure that cannot be is said."""
        with messages.domain_errors_shown(self):
            self.settings = self._measured()
            self.accept()

    def _lay_out(self) -> None:
        steps = (
            "① 打印一张校准页。",
            "② 用尺子量左上角十字中心到纸左边、纸上边各多少毫米，填在下面。",
            "③ 以后用这台打印机，都按算出来的移。",
        )
        for step in steps:
            self.body.addWidget(Label(step, wrap=True))
        self.body.addLayout(row(self.print_button, self._sent, None))
        form = Form(label=104)
        form.add("离纸左边，毫米", self.left)
        form.add("离纸上边，毫米", self.top)
        form.finish()
        form.save_requested.connect(self.confirm)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.body.addWidget(self._result)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.go = self.add_button(Button("就这样移", kind="primary", cap="Ctrl+Enter"))
        self.go.clicked.connect(self.confirm)

    def _measured(self) -> PrintSettings:
        return offset_from_measures(
            self._old, left=self.left.value(), top=self.top.value(), wanted=CROSS_MM
        )

    def _show_result(self) -> None:
        try:
            new = self._measured()
        except DomainError as error:
            self._result.setText(str(error))
            self._result.set_tone("danger")
            return
        self._result.setText(in_words(new.right, new.down))
        self._result.set_tone("text")


def in_words(right: float, down: float) -> str:
    """往右移 0.5 毫米，往上移 1 毫米"""
    across = _way(right, "右", "左")
    along = _way(down, "下", "上")
    return "，".join(part for part in (across, along) if part) or "正好，不用移"


def _way(by: float, forward: str, back: str) -> str:
    return f"往{forward if by > 0 else back}移 {abs(by):g} 毫米" if by else ""


def _distance(name: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0.0, 100.0)
    field.setDecimals(1)
    field.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    field.setSingleStep(0.5)
    field.setValue(CROSS_MM)
    field.setAccessibleName(name)
    field.setMaximumWidth(theme.current().px(110))
    return field
