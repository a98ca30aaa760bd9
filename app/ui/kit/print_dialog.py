"""Printing, asked in Chinese: which printer, what of the paper, how, and where on the sheet."""

from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QSpinBox, QWidget

from app.errors import DomainError
from app.ui.kit import messages, printers, theme
from app.ui.kit.buttons import Button
from app.ui.kit.calibration_dialog import CalibrationDialog
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import box, hide_unless, row, small
from app.ui.kit.paper_desk import desk_of
from app.ui.kit.pdf_pages import PdfPages
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.print_settings import (
    FARTHEST_MM,
    MOST_COPIES,
    Duplex,
    PrintSettings,
    last_printer,
    page_numbers,
    remembered,
)

OWN_TRAY = "按打印机的设置"


class PrintDialog(Dialog):
    """`settings()` after it was accepted; `save_wanted` where a file was asked for instead."""

    def __init__(
        self, request: PrintRequest, parent: QWidget | None = None, *, page: int = 1
    ) -> None:
        super().__init__("打印", parent, width=500)
        self.save_wanted = False
        self._count = len(PdfPages(request.pdf))
        self._page = page
        self._trays: tuple[printers.Tray, ...] = ()
        self.body.addWidget(small(f"{request.title}　{self._count:,} 页", wrap=True))
        names = printers.names()
        self._make_controls(names)
        self.copies.setValue(request.copies)
        if names:
            self._lay_out()
            self._add_buttons()
            self._choose_printer(last_printer() if last_printer() in names else names[0])
            self.go.setFocus()
        else:
            self.body.addWidget(Notice("没有打印机", printers.NO_PRINTER, tone="warn"))
            self.add_button(Button("关闭", cap="Esc"), closes=False)
            self._add_save("primary").setFocus()

    def settings(self) -> PrintSettings:
        """What was chosen."""
        tray = self.tray.currentIndex() - 1
        return PrintSettings(
            printer=self.printer.currentText(),
            copies=self.copies.value(),
            pages=self.pages.text().strip(),
            duplex=Duplex(self.duplex.currentText()),
            tray=self._trays[tray].key if tray >= 0 else "",
            tray_words=self._trays[tray].words if tray >= 0 else "",
            grey=self.grey.isChecked(),
            right=round(self.right.value(), 1),
            down=round(self.down.value(), 1),
        )

    def confirm(self) -> None:
        """Only with pages that exist."""
        try:
            page_numbers(self.pages.text(), self._count)
        except DomainError as error:
            self._pages_field.set_message(str(error), "danger")
            self.pages.setFocus()
            return
        self.accept()

    def save_instead(self) -> None:
        """Close; the caller stores the paper as a file."""
        self.save_wanted = True
        self.accept()

    def calibrate(self) -> None:
        """Print a page with crosses, measure, and take over the offset."""
        desk = desk_of(self)
        if desk is None:
            return
        dialog = CalibrationDialog(desk.calibration_page, self.settings(), self)
        with messages.domain_errors_shown(self):
            if dialog.exec():
                self._show_offset(dialog.settings)

    # -- assembling

    def _make_controls(self, names: list[str]) -> None:
        self.printer = choice(names)
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        hint = f"全部 {self._count:,} 页，或写 1-3,5"
        self.pages = line_edit(hint=hint, name="页码", limit=60)
        self.duplex = choice([side.value for side in Duplex])
        self.tray = choice([OWN_TRAY])
        self.grey = QCheckBox("灰度，不用彩色墨")
        self.grey.setFixedHeight(theme.current().control)
        self.right, self.down = _millimetres("往右移，毫米"), _millimetres("往下移，毫米")
        self.keep = QCheckBox("记住：下次用这台打印机还这样")
        self.keep.setChecked(True)

    def _lay_out(self) -> None:
        self.form = Form(label=52)
        self.form.add("打印机", self.printer)
        self.form.add("份数", _narrow(self.copies))
        self._pages_field = self.form.add("页码", self._pages_line())
        self.form.add("单双面", self.duplex)
        self.form.add("纸盒", self.tray)
        self.form.add("颜色", self.grey)
        self.form.add("位置", self._offset_line())
        self.form.finish()
        self.form.save_requested.connect(self.confirm)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(self.keep)
        self.printer.currentTextChanged.connect(self._follow_printer)

    def _pages_line(self) -> QWidget:
        self.this_page = Button("只印这一页", kind="link", size="small")
        hide_unless(self._count > 1, self.this_page)
        self.this_page.clicked.connect(lambda: self.pages.setText(str(self._page)))
        return box(row((self.pages, 1), self.this_page))

    def _offset_line(self) -> QWidget:
        self.calibration = Button("校准…", size="small")
        hide_unless(desk_of(self) is not None, self.calibration)
        self.calibration.clicked.connect(self.calibrate)
        return box(
            row(
                small("右移"),
                self.right,
                small("下移"),
                self.down,
                small("毫米"),
                None,
                self.calibration,
            )
        )

    def _add_buttons(self) -> None:
        self._add_save("normal")
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.go = self.add_button(Button("打印", kind="primary", cap="Ctrl+Enter"))
        self.go.clicked.connect(self.confirm)

    def _add_save(self, kind: str) -> Button:
        self.save = self.add_button(Button("存为 PDF…", kind=kind))
        self.save.clicked.connect(self.save_instead)
        return self.save

    # -- one printer after the other

    def _choose_printer(self, name: str) -> None:
        self.printer.setCurrentText(name)
        self._follow_printer(name)

    def _follow_printer(self, name: str) -> None:
        """Show what this printer can do, and what was kept for it."""
        machine, kept = printers.printer(name), remembered(name)
        self._trays = machine.trays
        self.tray.clear()
        self.tray.addItems([OWN_TRAY, *(tray.words for tray in machine.trays)])
        keys = [tray.key for tray in machine.trays]
        self.tray.setCurrentIndex(keys.index(kept.tray) + 1 if kept.tray in keys else 0)
        self.tray.setEnabled(bool(machine.trays))
        self.duplex.setEnabled(machine.duplex)
        self.duplex.setCurrentText((kept.duplex if machine.duplex else Duplex.OFF).value)
        self.grey.setChecked(kept.grey or not machine.colour)
        self.grey.setEnabled(machine.colour)
        self._show_offset(kept)

    def _show_offset(self, settings: PrintSettings) -> None:
        self.right.setValue(settings.right)
        self.down.setValue(settings.down)


def _millimetres(name: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(-FARTHEST_MM, FARTHEST_MM)
    field.setDecimals(1)
    field.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    field.setSingleStep(0.5)
    field.setAccessibleName(name)
    field.setFixedWidth(_width(field, 5))
    return field


def _narrow(field: QSpinBox) -> QWidget:
    field.setFixedWidth(_width(field, 4))
    field.setAccessibleName("份数")
    return box(row(field, None))


def _width(field: QWidget, digits: int) -> int:
    return field.fontMetrics().horizontalAdvance("8" * digits) + 40
