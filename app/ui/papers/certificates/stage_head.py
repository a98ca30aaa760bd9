"""The heading strip of the list of certificates, with the two ways out that every table has."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QTableView, QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import icon_button
from app.ui.kit.labels import row
from app.ui.kit.paper_desk import desk_of
from app.ui.kit.tokens import COLORS

HEADINGS = ("编号", "文书", "给谁", "状态")
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class StageHead(QWidget):
    """The headings at the x positions of the lines, also beside a scroll bar."""

    print_asked = Signal()
    export_asked = Signal()

    def __init__(self, view: QTableView) -> None:
        super().__init__()
        self._view = view
        self.setFixedHeight(theme.current().head)
        self.print_button = icon_button("printer-outline", "打印本表")
        self.print_button.clicked.connect(self.print_asked)
        self.export_button = icon_button("table-arrow-down", "导出本表")
        self.export_button.clicked.connect(self.export_asked)
        # In 大字 there is room for one; the right mouse button offers both.
        both = (self.print_button, self.export_button)
        self._ways_out = both[:1] if theme.current().large else both
        self.export_button.hide()
        self.setLayout(row(None, *both, spacing=0, margins=(0, 0, 4, 0)))
        view.verticalScrollBar().rangeChanged.connect(lambda *_: self.update())

    def set_usable(self, on: bool) -> None:
        """Without papers there is nothing to take out."""
        for way in self._ways_out:
            way.setEnabled(on)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is known in which window the list stands, and who draws there."""
        super().showEvent(event)
        desk = desk_of(self)
        shown = {
            self.print_button: desk is not None and desk.may_print(),
            self.export_button: desk is not None and desk.may_export(),
        }
        for way in self._ways_out:
            way.setVisible(shown[way])

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLORS.bg))
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(QColor(COLORS.text2))
        shown = self._view.isVisible()
        width = self._view.viewport().width() if shown else self.width()
        place = QRect(0, 0, width, self.height())
        number, *others = columns(place)
        painter.drawText(number, _RIGHT, HEADINGS[0])
        for place, words in zip(others, HEADINGS[1:], strict=True):
            painter.drawText(place, _MIDDLE, words)


def columns(rect: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    """Places of number, paper, holder and state, the same for heading and lines."""
    px, large = theme.current().px, theme.current().large
    number, gap, state = px(36 if large else 52), px(8 if large else 16), px(80 if large else 100)
    left = rect.x() + number + gap
    rest = rect.width() - number - gap - state - px(8)
    holder = max(px(78), 0 if large else rest * 3 // 10)
    title = rest - holder - px(8)
    y, height = rect.y(), rect.height()
    return (
        QRect(rect.x(), y, number, height),
        QRect(left, y, title, height),
        QRect(left + title + px(8), y, holder, height),
        QRect(left + rest + px(8), y, state, height),
    )
