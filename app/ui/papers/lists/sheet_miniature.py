"""A small picture of a label sheet: used labels grey, a click chooses where printing begins."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.reports.labels import SHEETS, LabelSheet
from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS

_PAPER = (210.0, 297.0)
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SheetMiniature(QWidget):
    """Also by keys: arrows move the first label, Home goes to the upper left one."""

    changed = Signal(int)
    """How many labels of the first sheet are used up"""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = SHEETS[0]
        self._start = 0
        self._filled = 0
        self._under: int | None = None
        height = theme.current().px(170 if not theme.current().large else 130)
        self.setFixedSize(round(height * _PAPER[0] / _PAPER[1]), height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()

    def value(self) -> int:
        return self._start

    def show_sheet(self, sheet: LabelSheet) -> None:
        """Another kind of paper: printing begins at its first label again."""
        self._sheet, self._under = sheet, None
        self.begin_at(0)

    def show_filled(self, labels: int) -> None:
        """How many labels will be printed, to draw those of the first sheet."""
        self._filled = labels
        self.update()

    def begin_at(self, place: int) -> None:
        """Choose the first label that is printed."""
        self._start = max(0, min(place, self._sheet.count - 1))
        self._tell()
        self.update()
        self.changed.emit(self._start)

    def place_rect(self, place: int) -> QRectF:
        """Where a label stands in the picture."""
        row, column = divmod(place, self._sheet.columns)
        scale = self.height() / _PAPER[1]
        return QRectF(
            (self._sheet.left + column * self._sheet.pitch_x) * scale,
            (self._sheet.top + row * self._sheet.pitch_y) * scale,
            self._sheet.width * scale,
            self._sheet.height * scale,
        ).adjusted(1, 1, -1, -1)

    def sizeHint(self) -> QSize:
        return self.size()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.begin_at(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._at(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Home:
            self.begin_at(0)
        elif key in _STEPS:
            across, down = _STEPS[key]
            place = self._start + across + down * self._sheet.columns
            if 0 <= place < self._sheet.count:
                self.begin_at(place)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(COLORS.input_border), 1))
        painter.setBrush(QColor(COLORS.surface))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        for place in range(self._sheet.count):
            self._paint_label(painter, place)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())

    def _paint_label(self, painter: QPainter, place: int) -> None:
        used, printed = place < self._start, place < self._start + self._filled
        ground = COLORS.desk if used else COLORS.primary_soft if printed else COLORS.surface
        edge = COLORS.primary if place in (self._start, self._under) else COLORS.border
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), 1.6 if place == self._start else 1))
        painter.drawRoundedRect(self.place_rect(place), 1.5, 1.5)

    def _at(self, event: QMouseEvent) -> int | None:
        places = range(self._sheet.count)
        return next((p for p in places if self.place_rect(p).contains(event.position())), None)

    def _tell(self) -> None:
        words = f"从第 {self._start + 1} 张标签印起，共 {self._sheet.count} 张"
        self.setAccessibleName(words)
        self.setToolTip(f"{words}。点一下用剩标签纸的第一张空标签。")
