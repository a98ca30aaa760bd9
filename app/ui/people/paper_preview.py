"""A paper before it is printed, in a window of its own: zoom, find, print, store."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.context import Context
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.print_job import PrintRequest


class PaperPreview(Dialog):
    """Shows `data`; `title` is the print job and the name of the file.

    `taken_out` is called whenever the paper was printed or saved, to journal it.
    """

    closes_at_rest = False
    """Whether somebody's whole numbers stand on it"""

    def __init__(
        self,
        context: Context,
        title: str,
        data: bytes,
        taken_out: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=900)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.data = data
        self._context = context
        self._paper = title
        self._taken_out = taken_out
        self.panel = PdfPanel()
        self.panel.setMinimumHeight(theme.current().px(440 if theme.current().large else 590))
        self.body.addWidget(self.panel, 1)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.panel.show_pdf(data, title, self._request())
        self.panel.taken.connect(self.note_taken)
        # No page has a search of its own here: the key means the paper wherever the focus is.
        keys.bind(self, "find_in_paper", self.panel.open_find)
        self.panel.print_button.setFocus()

    def rest(self) -> None:
        """Nobody is at the desk, unless a printer is just being chosen."""
        if self.closes_at_rest and QApplication.activeModalWidget() is self:
            self.reject()

    def note_taken(self, how: str) -> None:
        """Journal it and say so, even where the window was closed before the printer was done."""
        self._taken_out()
        messages.notify(self._context.signals, f"{how}：{self._paper}")

    def _request(self) -> PrintRequest:
        return PrintRequest(
            title=self._paper,
            pdf=self.data,
            done=lambda: self.note_taken("已送到打印机"),
            saved=lambda _: self.note_taken("已存为 PDF"),
        )
