"""A page's own tabs beside its title: underlined in primary; ←→ move, as in any tab bar."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS

_AIR, _CLOSE, _MANY = 12, 8, 11
"""Beside the words of a tab; less of it where a page has so many that they would be cut"""


class _Tab(QPushButton):
    def __init__(self, words: str, air: int) -> None:
        super().__init__(words)
        self._air = air
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._count = ""

    def set_count(self, count: int) -> None:
        """How many wait there, small beside the name; none says nothing."""
        self._count = f"{count:,}" if count else ""
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = theme.current()
        width = theme.text_width(self.text(), bold=True) + 2 * metrics.px(self._air)
        return QSize(width + self._count_width(), metrics.control)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        if on:
            line = QRect(0, self.height() - 2, self.width(), 2)
            painter.fillRect(line, QColor(COLORS.primary))
        painter.setFont(theme.font(bold=on))
        painter.setPen(QColor(COLORS.sel_text if on else COLORS.text2))
        beside = self._count_width()
        words = self.rect().adjusted(0, 0, -beside, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            painter.setFont(theme.font("small"))
            right = self.rect().adjusted(0, 0, -theme.current().px(8), 0)
            place = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(right, place, self._count)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.focus_ring(painter, self.rect())

    def _count_width(self) -> int:
        return theme.text_width(self._count, "small") + 2 if self._count else 0


class PageTabs(QWidget):
    """Emits the number of the chosen tab."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for number, name in enumerate(names):
            tab = _Tab(name, _CLOSE if len(names) > _MANY else _AIR)
            tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._group.addButton(tab, number)
            layout.addWidget(tab)
        self._group.idToggled.connect(self._on_toggled)
        self._group.button(0).setChecked(True)

    def set_current(self, number: int) -> None:
        """Show a tab as the open one; the focus goes with it if it was on the tabs."""
        tab = self._group.button(number)
        tab.setChecked(True)
        # Also in a window that is not shown yet: there nothing has the focus, it is only meant.
        if self.window().focusWidget() in self._group.buttons():
            tab.setFocus()

    def set_count(self, number: int, count: int) -> None:
        """What waits behind a tab, beside its name."""
        tab = self._group.button(number)
        if isinstance(tab, _Tab):
            tab.set_count(count)

    def _on_toggled(self, number: int, on: bool) -> None:
        # Tab stops at the open one, from the first time on. A click leaves the focus to the work:
        # the arrows that follow it are to move in the list.
        policy = Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus
        self._group.button(number).setFocusPolicy(policy)
        if on:
            self.chosen.emit(number)
