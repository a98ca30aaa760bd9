"""A paper on the screen with what can be done to it: zoom, save, print."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.labels import Label, rule, small
from app.ui.kit.pdf_view import PdfView, save_pdf
from app.ui.kit.printing import print_pdf


class PdfPanel(QFrame):
    """`show_pdf` puts a paper on the desk; `taken` is announced once it was printed or saved."""

    taken = Signal(str)
    """What became of it: 已打印, 已存为 PDF"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = ""
        self._pdf = b""
        self.print_instead: Callable[[], bool] | None = None
        """Who prints what is shown; False leaves it to the panel."""
        self.view = PdfView()
        self._empty = Label("", tone="text2", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._desk = QStackedWidget()
        self._desk.addWidget(self._empty)
        self._desk.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self._tools())
        layout.addWidget(rule())
        layout.addWidget(self._desk, 1)
        self.view.page_changed.connect(self._show_page)
        self.show_nothing("")

    def show_pdf(self, pdf: bytes, title: str) -> None:
        """Put a paper on the desk; `title` names the file and the print job."""
        number = self.view.page() if self._pdf and self._title == title else 0
        self._pdf, self._title = pdf, title
        self.view.show_pdf(pdf)
        self.view.go_to(number)
        self._desk.setCurrentWidget(self.view)
        self._set_usable(True)

    def show_nothing(self, reason: str) -> None:
        """An empty desk, and in words why."""
        self._pdf = b""
        self.view.clear()
        self._empty.setText(reason)
        self._desk.setCurrentWidget(self._empty)
        self._pages.setText("")
        self._set_usable(False)

    def save(self) -> None:
        with messages.domain_errors_shown(self):
            if save_pdf(self, self._pdf, f"{self._title}.pdf") is not None:
                self.taken.emit("已存为 PDF")

    def print(self) -> None:
        if self.print_instead is not None and self.print_instead():
            return
        with messages.domain_errors_shown(self):
            if print_pdf(self, self._pdf, self._title):
                self.taken.emit("已打印")

    def _tools(self) -> QHBoxLayout:
        space = theme.current().spacing
        self._fit = Button("整页", size="small", action="zoom_fit")
        self._smaller = icon_button("magnify-minus-outline", f"缩小 {keys.cap('zoom_out')}")
        self._larger = icon_button("magnify-plus-outline", f"放大 {keys.cap('zoom_in')}")
        self._pages = small()
        self.save_button = Button("存 PDF", size="small", action="save_file")
        self.print_button = Button("打印", size="small", kind="primary", action="print")
        for button, slot in (
            (self._fit, self.view.zoom_fit),
            (self._smaller, self.view.zoom_out),
            (self._larger, self.view.zoom_in),
            (self.save_button, self.save),
            (self.print_button, self.print),
        ):
            button.clicked.connect(slot)
        for button in (self._fit, self.save_button, self.print_button):
            button.bind(self)
        # In 大字 their room goes to words; Ctrl and the wheel zoom as well.
        self._smaller.setHidden(theme.current().large)
        self._larger.setHidden(theme.current().large)
        keys.bind(self, "zoom_in", self.view.zoom_in)
        keys.bind(self, "zoom_out", self.view.zoom_out)
        line = QHBoxLayout()
        line.setContentsMargins(space[2], space[1], space[2], space[1])
        line.setSpacing(space[1])
        for widget in (self._fit, self._smaller, self._larger, self._pages):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.save_button)
        line.addWidget(self.print_button)
        return line

    def _show_page(self, page: int, count: int) -> None:
        self._pages.setText(f"{page} / {count} 页" if count else "")

    def _set_usable(self, on: bool) -> None:
        buttons = (self._fit, self._smaller, self._larger, self.save_button, self.print_button)
        for button in buttons:
            button.setEnabled(on)
