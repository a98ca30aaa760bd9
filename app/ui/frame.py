"""The window for what comes before the main window: login and first start."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.sidebar import PRODUCT, PRODUCT_LINE


class Frame(QWidget):
    """Holds one widget; closing it ends the program."""

    close_requested = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWindowTitle(f"{PRODUCT} · {PRODUCT_LINE}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        theme.dress(self)
        self.resize(1366, 728)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_requested.emit()
