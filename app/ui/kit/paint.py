"""Strokes that several widgets share: key caps, chips, check boxes, focus rings."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from app.ui.kit import icons, theme
from app.ui.kit.tokens import COLORS, RADIUS, TONES


def cap_width(text: str) -> int:
    return theme.text_width(text, "small") + theme.current().px(10)


def cap_height() -> int:
    return QFontMetrics(theme.font("small")).height()


def key_cap(
    painter: QPainter,
    x: int,
    middle: float,
    text: str,
    *,
    color: str = COLORS.placeholder,
    edge: str = COLORS.thumb,
) -> int:
    """Draw a key cap whose left edge is x; gives back its width."""
    width = cap_width(text)
    height = cap_height()
    rect = QRectF(x + 0.5, round(middle - height / 2) + 0.5, width - 1, height - 1)
    painter.setPen(QPen(QColor(edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, 3, 3)
    painter.setPen(QColor(color))
    painter.setFont(theme.font("small"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    return width


def chip_width(text: str, icon: str = "") -> int:
    metrics = theme.current()
    extra = metrics.icon_small + metrics.px(3) if icon else 0
    return theme.text_width(text, "small") + metrics.px(14) + extra


def chip(
    painter: QPainter,
    rect: QRect,
    text: str,
    tone: str,
    *,
    icon: str = "",
    on_selection: bool = False,
) -> None:
    """Draw a state word on its soft ground; on a selected row the blue and grey ones turn white.

    Where there is no room for the whole word it ends in dots.
    """
    color, ground = TONES[tone]
    if on_selection and ground in (COLORS.neutral_soft, COLORS.primary_soft):
        ground = COLORS.surface
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(rect), RADIUS, RADIUS)
    metrics = theme.current()
    x = rect.x() + metrics.px(7)
    if icon:
        side = metrics.icon_small
        icons.draw(
            painter, QRect(x - 1, rect.center().y() - side // 2 + 1, side, side), icon, color
        )
        x += side + metrics.px(3)
    painter.setPen(QColor(color))
    painter.setFont(theme.font("small"))
    words = QRect(x, rect.y(), rect.right() - x + 1, rect.height())
    if rect.width() < chip_width(text, icon):
        room = words.width() - metrics.px(7)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)


def check_box(painter: QPainter, rect: QRect, state: Qt.CheckState) -> None:
    """Draw a tick box: empty, half (some of them) or full."""
    on = state is not Qt.CheckState.Unchecked
    painter.setPen(QPen(QColor(COLORS.primary if on else COLORS.input_border), 1))
    painter.setBrush(QColor(COLORS.primary if on else COLORS.surface))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    pen = QPen(QColor(COLORS.surface), rect.width() / 8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    unit = rect.width() / 16
    x, y = rect.x(), rect.y()
    if state is Qt.CheckState.Checked:
        corners = ((3.5, 8.5), (6.7, 11.3), (12.3, 5.0))
        painter.drawPolyline([QPointF(x + a * unit, y + b * unit) for a, b in corners])
    elif on:
        middle = y + rect.height() / 2
        painter.drawLine(QPointF(x + 4 * unit, middle), QPointF(x + 12 * unit, middle))


def focus_ring(painter: QPainter, rect: QRect, *, inside: str = "") -> None:
    """The 2 px ring; on a filled ground a thin line of `inside` keeps it visible."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if inside:
        painter.setPen(QPen(QColor(inside), 1.5))
        painter.drawRoundedRect(QRectF(rect).adjusted(2.75, 2.75, -2.75, -2.75), 3, 3)
    painter.setPen(QPen(QColor(COLORS.focus), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
