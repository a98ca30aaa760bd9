"""What waits together is done together: approve, print, say of all whether they came out."""

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
    settle_asked = Signal()
    """Papers of a batch that a crash left on the way to the printer"""

    def __init__(self) -> None:
        super().__init__()
        self.words = small()
        self.approve = Button("", size="small")
        self.print = Button("", size="small", icon="printer-outline")
        self.settle = Button("", size="small")
        self.settle.clicked.connect(self.settle_asked)
        self.approve.clicked.connect(self.approve_asked)
        self.print.clicked.connect(self.print_asked)
        buttons = (self.settle, self.approve, self.print)
        self.setLayout(row(self.words, None, *buttons, margins=(12, 5, 10, 5)))
        self.show_counts(0, 0, 0)

    def show_counts(self, waiting: int, ready: int, open_ones: int) -> None:
        """How many wait for this user's approval, could be printed, are not known to be out."""
        self.settle.setText(f"确认印出 {open_ones:,} 份")
        self.settle.setVisible(open_ones >= LEAST)
        self.approve.setText(f"批准 {waiting:,} 份")
        self.approve.setVisible(waiting >= LEAST)
        self.print.setText(f"打印 {ready:,} 份")
        self.print.setVisible(ready >= LEAST)
        self.setHidden(max(waiting, ready, open_ones) < LEAST)
        self.words.setText("一起办")
        # Three buttons leave it no room.
        self.words.setHidden(min(waiting, ready, open_ones) >= LEAST)
