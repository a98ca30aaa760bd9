"""A choice of two to four words in one frame, of which one holds: 整页 | 页宽 | 100%."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS, RADIUS


class _Segment(QPushButton):
    def __init__(self, words: str, hint: str, *, first: bool, last: bool) -> None:
        super().__init__(words)
        self._first, self._last = first, last
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFixedHeight(theme.current().control_small)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(hint or words)
        self.setToolTip(hint)

    def set_ends(self, *, first: bool, last: bool) -> None:
        """Whether it begins the row or ends it."""
        self._first, self._last = first, last
        self.update()

    def sizeHint(self) -> QSize:
        metrics = theme.current()
        width = theme.text_width(self.text(), "small", bold=True) + 2 * metrics.px(9)
        return QSize(width, metrics.control_small)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked() and self.isEnabled()
        painter.setPen(QPen(QColor(COLORS.input_border), 1))
        painter.setBrush(QColor(COLORS.primary_soft if on else COLORS.surface))
        painter.drawPath(self._outline())
        painter.setFont(theme.font("small", bold=on))
        words = COLORS.sel_text if on else COLORS.text
        painter.setPen(QColor(words if self.isEnabled() else COLORS.disabled))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())

    def _outline(self) -> QPainterPath:
        """Round corners only at the ends of the row; neighbours share their edge."""
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if self._last else 0.5, -0.5)
        whole, corner = QPainterPath(), QPainterPath()
        whole.addRoundedRect(box, RADIUS, RADIUS)
        half = box.width() / 2
        if not self._first:
            corner.addRect(QRectF(box.left(), box.top(), half, box.height()))
        if not self._last:
            corner.addRect(QRectF(box.left() + half, box.top(), half, box.height()))
        return whole.united(corner).simplified()


class Segments(QWidget):
    """`chosen` carries the value of the segment that was clicked."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[object, str, str]]) -> None:
        """`choices`: value, word, what a screen reader and the tool tip say."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._values = [value for value, _, _ in choices]
        self._segments: list[_Segment] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        last = len(choices) - 1
        for number, (_, words, hint) in enumerate(choices):
            segment = _Segment(words, hint, first=number == 0, last=number == last)
            self._group.addButton(segment, number)
            self._segments.append(segment)
            layout.addWidget(segment)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))

    def show_value(self, value: object) -> None:
        """Mark a segment, or none for a value that has none; announces nothing."""
        self._group.setExclusive(False)
        for number, one in enumerate(self._values):
            self._group.button(number).setChecked(one == value)
        self._group.setExclusive(True)
        # Whoever comes here by a key stands on what holds.
        self.setFocusProxy(self._group.checkedButton() or self._group.button(0))

    def value(self) -> object:
        """The value of the segment that is marked; None without one."""
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else None

    def set_value(self, value: object) -> None:
        """As every control of a form that is filled."""
        self.show_value(value)

    def set_words(self, value: object, words: str) -> None:
        """Another word for a segment: with a figure that has changed."""
        segment = self._group.button(self._values.index(value))
        segment.setText(words)
        segment.updateGeometry()

    def offer(self, values: Sequence[object]) -> None:
        """Only these can be chosen now; the others are not there."""
        seen = [number for number, value in enumerate(self._values) if value in values]
        for number, segment in enumerate(self._segments):
            segment.setVisible(number in seen)
            segment.set_ends(first=number == seen[0], last=number == seen[-1])

    def segment_rect(self, number: int) -> QRect:
        """Where a segment stands, for tests and tips."""
        return self._group.button(number).geometry()
