"""The matter above its minutes; in 大字 there is room for one of them, and a switch."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.kit import theme
from app.ui.kit.labels import column, row
from app.ui.kit.segments import Segments

_MATTER, _MINUTES = 0, 1


class Middle(QWidget):
    """`show_matter` and `show_minutes` lead there in both arrangements."""

    def __init__(self, matter: QWidget, minutes: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack: QStackedWidget | None = None
        if not theme.current().large:
            layout = column(matter, (minutes, 1))
            layout.setSpacing(theme.current().spacing[2])
            self.setLayout(layout)
            return
        self.stack = QStackedWidget(self)
        self.stack.addWidget(matter)
        self.stack.addWidget(minutes)
        self.switch = Segments(
            (
                (_MATTER, "议题和表决", "正在议的事和计票"),
                (_MINUTES, "会议记录", "这一项的会议记录"),
            )
        )
        self.switch.show_value(_MATTER)
        self.switch.chosen.connect(self._show)
        self.setLayout(column(row(self.switch, None), (self.stack, 1), spacing=6))

    def show_matter(self) -> None:
        self._show(_MATTER)

    def show_minutes(self) -> None:
        self._show(_MINUTES)

    def _show(self, which: object) -> None:
        if self.stack is not None and isinstance(which, int):
            self.switch.show_value(which)
            self.stack.setCurrentIndex(which)
