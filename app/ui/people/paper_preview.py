"""A paper before it is printed: the PDF itself, 打印, 存为 PDF."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.files import save_pdf
from app.ui.kit.labels import row, small
from app.ui.kit.pdf_view import PdfView
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.printing import print_paper


class PaperPreview(Dialog):
    """Shows `data`; `title` is the print job and the name of the file.

    `taken_out` is called whenever the paper was printed or saved, to journal it.
    """

    def __init__(
        self,
        context: Context,
        title: str,
        data: bytes,
        taken_out: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=900)
        self._context = context
        self._title = title
        self._data = data
        self._taken_out = taken_out
        self._page = small()
        self.view = PdfView()
        self.view.page_changed.connect(self._show_page)
        self.view.setMinimumHeight(theme.current().px(390 if theme.current().large else 540))
        self.body.addWidget(self.view, 1)
        self._add_buttons()
        self.view.show_pdf(data)
        self.print_button.setFocus()

    def print_out(self) -> None:
        """Into the queue; the preview stays open for another copy."""
        request = PrintRequest(
            title=self._title,
            pdf=self._data,
            done=lambda: self._note(f"已送到打印机：{self._title}"),
            saved=lambda path: self._note(f"已存为「{path.name}」"),
        )
        with messages.domain_errors_shown(self):
            print_paper(self, request, page=self.view.page() + 1)

    def save(self) -> None:
        with messages.domain_errors_shown(self):
            path = save_pdf(self, self._data, f"{self._title}.pdf")
            if path is not None:
                self._note(f"已存为「{path.name}」")

    def _note(self, sentence: str) -> None:
        """Journal it and say so, even where the preview was closed meanwhile."""
        self._taken_out()
        messages.notify(self._context.signals, sentence)

    def _add_buttons(self) -> None:
        zooms = (
            ("magnify-minus-outline", "缩小", "zoom_out", self.view.zoom_out),
            ("magnify-plus-outline", "放大", "zoom_in", self.view.zoom_in),
            ("fit-to-page-outline", "整页", "zoom_fit", self.view.zoom_fit),
        )
        buttons = []
        for icon, name, action, slot in zooms:
            button = Button("", kind="ghost", size="small", icon=icon)
            button.setAccessibleName(name)
            button.setToolTip(f"{name} {keys.cap(action)}")
            button.clicked.connect(slot)
            keys.bind(self, action, slot)
            buttons.append(button)
        self.body.addLayout(row(*buttons, self._page, None, spacing=4))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("存为 PDF", action="save_file"))
        self.save_button.clicked.connect(self.save)
        self.save_button.bind(self)
        self.print_button = self.add_button(Button("打印", kind="primary", action="print"))
        self.print_button.clicked.connect(self.print_out)
        self.print_button.bind(self)

    def _show_page(self, page: int, count: int) -> None:
        self._page.setText(f"第 {page} 页，共 {count} 页")
