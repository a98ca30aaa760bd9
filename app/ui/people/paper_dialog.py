"""A finished paper before it is printed: from a person card, from ticked people, from a list."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.pdf_panel import PdfPanel


class PaperDialog(Dialog):
    """`taken` is announced once the paper was printed or saved: whoever made it journals that."""

    taken = Signal()

    def __init__(self, title: str, pdf: bytes, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, width=860)
        self.setMinimumHeight(theme.current().px(560))
        self.panel = PdfPanel()
        self.panel.show_pdf(pdf, title)
        self.panel.taken.connect(self.taken)
        self.body.addWidget(self.panel, 1)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.panel.print_button.setFocus()
