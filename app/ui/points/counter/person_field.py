"""The search of the counter: up and down lead the list below, while the field keeps the focus."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.kit import theme
from app.ui.kit.search_box import SearchBox

WIDTH, LARGE_WIDTH = 390, 312


class PersonField(SearchBox):
    """F12; a card is scanned, letters are typed."""

    moved = Signal(int)

    def __init__(self) -> None:
        large = theme.current().large
        hint = (
            "刷卡 / 拼音 / 房号 / 手机尾号"
            if large
            else "找人：刷卡 / 拼音首字母 / 房号 / 手机尾号"
        )
        super().__init__(hint, name="找人", action="find_person", latin_only=True)
        self.setFixedWidth(theme.current().px(LARGE_WIDTH if large else WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
