"""A part of a window that scrolls up and down when it finds no room."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(content: QWidget) -> QScrollArea:
    """`content` scrolling up and down on the ground of what is around it."""
    return _plain(QScrollArea(), content)


class WholeLines(QScrollArea):
    """As `scrolled`; while the top is seen its lower edge falls between two lines, not into one.

    `ends` gives where the lines of `content` end, from its upper edge.
    """

    def __init__(self, content: QWidget, ends: Callable[[], Sequence[int]]) -> None:
        super().__init__()
        self._ends = ends
        self._spare = 0
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self.fit)
        _plain(self, content)

    def fit(self) -> None:
        """Leave free what would hold a part of a line."""
        room, ends = self.height(), self._ends()
        whole = [end for end in ends if end <= room]
        spare = room - max(whole) if whole and len(whole) < len(ends) else 0
        if spare != self._spare:
            self._spare = spare
            self.setViewportMargins(0, 0, 0, spare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitting.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            # The lines have their places when this is over.
            self._fitting.start()
        return super().eventFilter(watched, event)


def _plain(area: QScrollArea, content: QWidget) -> QScrollArea:
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    content.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
