"""Push buttons that draw icon, words and key cap themselves."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.kit import icons, keys, paint, theme
from app.ui.kit.tokens import COLORS, RADIUS


@dataclass(frozen=True)
class _Look:
    ground: str
    edge: str
    text: str
    cap: str
    cap_edge: str


_LOOKS = {
    "normal": _Look(
        COLORS.surface, COLORS.input_border, COLORS.text, COLORS.placeholder, COLORS.thumb
    ),
    "primary": _Look(
        COLORS.primary, COLORS.primary, COLORS.surface, COLORS.on_primary2, COLORS.on_primary2
    ),
    "danger": _Look(
        COLORS.surface, COLORS.danger, COLORS.danger, COLORS.danger, COLORS.danger_edge
    ),
    "ghost": _Look("", "", COLORS.text2, COLORS.text2, COLORS.thumb),
    "link": _Look("", "", COLORS.primary, COLORS.text2, COLORS.thumb),
    "filter": _Look(
        COLORS.surface, COLORS.input_border, COLORS.text, COLORS.placeholder, COLORS.thumb
    ),
    "filter_on": _Look(
        COLORS.primary_soft, COLORS.primary, COLORS.sel_text, COLORS.sel_text, COLORS.thumb
    ),
}
_OFF = _Look(COLORS.neutral_soft, COLORS.border, COLORS.disabled, COLORS.disabled, COLORS.border)
_OFF_FLAT = _Look("", "", COLORS.disabled, COLORS.disabled, COLORS.border)
_HOVER = {"normal": COLORS.primary_soft, "primary": COLORS.hover, "danger": COLORS.danger_soft}
_HEIGHTS = {"control": "control", "small": "control_small", "main": "main"}
FLAT = ("ghost", "link")


class Button(QPushButton):
    """kind: normal primary danger ghost link; size: control small main.

    `action` is an entry of the key map: its key is drawn in the button and read out with its
    name. `cap` draws a key that the widget around handles itself (Enter, Esc). `wide` buttons
    fill the width that the layout gives.
    """

    def __init__(
        self,
        text: str,
        *,
        kind: str = "normal",
        size: str = "control",
        icon: str = "",
        trail: str = "",
        action: str = "",
        cap: str = "",
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.kind = kind
        self.size_name = size
        self._icon = icon
        self._trail = trail
        self._action = action
        self._cap = keys.cap(action) if action else cap
        self._withheld = False
        self.setAutoDefault(False)
        self.setFixedHeight(getattr(theme.current(), _HEIGHTS[size]))
        across = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name()

    @property
    def cap(self) -> str:
        """The key that is drawn in the button, '' if none."""
        return self._cap

    def setText(self, text: str) -> None:
        super().setText(text)
        self._name()
        self.updateGeometry()

    @property
    def withheld(self) -> bool:
        return self._withheld

    def withhold(self) -> None:
        """What the user may not do is not there, whatever is shown around it; its key is dead."""
        self._withheld = True
        self.hide()
        super().setEnabled(False)

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and not self._withheld)

    def setEnabled(self, on: bool) -> None:
        super().setEnabled(on and not self._withheld)

    def bind(self, owner: QWidget) -> QShortcut:
        """Let the button's key click it while `owner` is visible and the button is on."""
        return keys.bind(owner, self._action, self.click)

    def sizeHint(self) -> QSize:
        pad = theme.current().px(2 if self.kind == "link" else 9 if self._is_small() else 13)
        return QSize(self._content_width() + 2 * pad, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as the space bar does: held down, once."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look()
        self._paint_ground(painter, look)
        self._paint_content(painter, look)

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._cap}".strip())

    def _is_small(self) -> bool:
        return self.size_name == "small"

    def _role(self) -> str:
        if self.size_name == "main":
            return "title"
        return "small" if self._is_small() else "base"

    def _bold(self) -> bool:
        return self.kind in ("primary", "filter_on")

    def _look(self) -> _Look:
        if not self.isEnabled():
            return _OFF_FLAT if self.kind in FLAT else _OFF
        return _LOOKS[self.kind]

    def _content_width(self) -> int:
        metrics = theme.current()
        width = theme.text_width(self.text(), self._role(), bold=self._bold())
        if self._icon:
            width += metrics.icon_small + (metrics.px(6) if self.text() else 0)
        if self._cap:
            width += metrics.px(8) + paint.cap_width(self._cap)
        if self._trail:
            width += metrics.px(4) + metrics.px(14)
        return width

    def _paint_ground(self, painter: QPainter, look: _Look) -> None:
        ground = look.ground
        if self.isEnabled() and self.underMouse():
            ground = _HOVER.get(self.kind, ground)
        if ground:
            painter.setPen(QPen(QColor(look.edge), 1))
            painter.setBrush(QColor(ground))
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
        if self.hasFocus():
            inside = COLORS.surface if self.kind == "primary" else ""
            paint.focus_ring(painter, self.rect(), inside=inside)

    def _paint_content(self, painter: QPainter, look: _Look) -> None:
        metrics = theme.current()
        x = (self.width() - self._content_width()) // 2
        if self._icon:
            side = metrics.icon_small
            place = QRect(x, (self.height() - side) // 2, side, side)
            icons.draw(painter, place, self._icon, look.text)
            x += side + (metrics.px(6) if self.text() else 0)
        x = self._paint_words(painter, x, look)
        if self._cap:
            x += metrics.px(8)
            middle = self.height() / 2
            x += paint.key_cap(painter, x, middle, self._cap, color=look.cap, edge=look.cap_edge)
        if self._trail:
            side = metrics.px(14)
            place = QRect(x + metrics.px(4), (self.height() - side) // 2, side, side)
            icons.draw(painter, place, self._trail, look.text)

    def _paint_words(self, painter: QPainter, x: int, look: _Look) -> int:
        width = theme.text_width(self.text(), self._role(), bold=self._bold())
        font = theme.font(self._role(), bold=self._bold())
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        place = QRect(x, 0, width + 4, self.height() - 1)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
        return x + width


def offer(allowed: bool, *buttons: Button) -> None:
    """Leave the buttons as they are, or take them away for good (`Context.may`)."""
    for button in () if allowed else buttons:
        button.withhold()


def show_if(possible: bool, *buttons: Button) -> None:
    """No dead buttons: what cannot be done now is not there, and its key does nothing."""
    for button in buttons:
        button.setEnabled(possible)
        button.setVisible(possible)


def icon_button(icon: str, name: str, *, parent: QWidget | None = None) -> Button:
    """A button with a picture only; `name` is what a screen reader says and the tool tip."""
    button = Button("", kind="ghost", size="small", icon=icon, parent=parent)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setFixedWidth(theme.current().control_small)
    return button
