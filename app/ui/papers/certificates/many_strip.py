"""What waits together can be done together: approve all, print all in one PDF."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button
from app.ui.kit.labels import row, small

LEAST = 2
"""One paper is done from its own card."""


class ManyStrip(QWidget):
    """Seen only while several papers wait for the same thing."""

    approve_asked = Signal()
    print_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = small()
        self.approve = Button("", size="small")
        self.print = Button("", size="small", icon="printer-outline")
        self.approve.clicked.connect(self.approve_asked)
        self.print.clicked.connect(self.print_asked)
        self.setLayout(row(self.words, None, self.approve, self.print, margins=(12, 5, 10, 5)))
        self.show_counts(0, 0)

    def show_counts(self, waiting: int, ready: int) -> None:
        """How many wait for this user's approval, and how many could be printed."""
        self.approve.setText(f"批准 {waiting:,} 份")
        self.approve.setVisible(waiting >= LEAST)
        self.print.setText(f"打印 {ready:,} 份")
        self.print.setVisible(ready >= LEAST)
        self.setHidden(waiting < LEAST and ready < LEAST)
        self.words.setText("一起办")
