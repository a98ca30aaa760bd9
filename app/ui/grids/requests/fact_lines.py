"""Facts one below the other, each on one line: what is too long ends in … and is told as a tip."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.grids.requests.board_painter import fitting
from app.ui.kit import theme
from app.ui.kit.labels import tip_of
from app.ui.kit.tokens import COLORS

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LINE, _LABEL = 22, 52


class FactLines(QWidget):
    """`show_pairs` takes at most as many as were reserved."""

    def __init__(self, reserved: int) -> None:
        super().__init__()
        self._reserved = reserved
        self._pairs: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(_LINE) * reserved)

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        return self._pairs

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """The first of them, as far as there are lines."""
        self._pairs = tuple(pairs[: self._reserved])
        lines = [f"{name} {fact}" for name, fact in self._pairs]
        theme.ensure_glyphs("".join(lines))
        self.setAccessibleName("；".join(lines))
        self.setToolTip(tip_of("\n".join(lines)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(280), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = theme.current().px
        for number, (name, fact) in enumerate(self._pairs):
            line = QRect(0, number * px(_LINE), self.width(), px(_LINE))
            painter.setPen(QColor(COLORS.text2))
            painter.setFont(theme.font("small"))
            painter.drawText(line, _LEFT, name)
            beside = line.adjusted(px(_LABEL), 0, 0, 0)
            painter.setPen(QColor(COLORS.text))
            painter.setFont(theme.font())
            painter.drawText(beside, _LEFT, fitting(fact, beside.width(), "base"))
