"""3 / 12 页: which page is seen, and the way to another one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import small


class PageLine(QWidget):
    """`wanted` carries the page that was typed, counted from 1. One page needs no field."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = line_edit(name="到第几页", limit=5)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setValidator(QIntValidator(1, 99_999, self.number))
        self.number.setFixedWidth(theme.current().px(44))
        small_height = theme.current().control_small
        self.number.setStyleSheet(
            f"min-height:{small_height - 2}px; max-height:{small_height - 2}px; padding:0;"
        )
        self.words = small()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(6))
        layout.addWidget(self.number)
        layout.addWidget(self.words)
        self.number.returnPressed.connect(self._go)
        self.show_page(0, 0)

    def show_page(self, page: int, count: int) -> None:
        """The page that is seen now; nothing where there is no paper."""
        many = count > 1
        # In 大字 the field's room goes to words; the page keys and the wheel still walk.
        typed = many and not theme.current().large
        self.number.setVisible(typed)
        if many and not self.number.hasFocus():
            self.number.setText(str(page))
        place = "" if typed else f"{page:,} "
        self.words.setText(f"{place}/ {count:,} 页" if count else "")

    def _go(self) -> None:
        if self.number.hasAcceptableInput():
            self.wanted.emit(int(self.number.text()))
            self.number.selectAll()
