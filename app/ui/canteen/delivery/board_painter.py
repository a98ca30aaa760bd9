"""How a walk looks: its head with a bar of what is done, and a row for each stop."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.models import OrderState
from app.services.delivery_board import NO_ROUTE, Stop, Walk
from app.ui.kit import paint, theme
from app.ui.kit.tokens import CARD_RADIUS, COLORS
from app.values.times import time_words

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BAR = {
    OrderState.HANDED: COLORS.ok,
    OrderState.ORDERED: COLORS.primary,
    OrderState.NOBODY: COLORS.warn,
    OrderState.TURNED_DOWN: COLORS.danger,
}
_WORDS = {
    OrderState.HANDED: COLORS.ok,
    OrderState.NOBODY: COLORS.warn,
    OrderState.ORDERED: COLORS.sel_text,
    OrderState.TURNED_DOWN: COLORS.danger,
}
_CHIPS = {
    OrderState.ORDERED: ("待送", "grey"),
    OrderState.NOBODY: ("无人应答", "warn"),
    OrderState.TURNED_DOWN: ("拒收", "danger"),
}


@dataclass(frozen=True)
class RowLook:
    """`next` is where the walk goes now; `ring` where the keys work."""

    next: bool = False
    current: bool = False
    ring: bool = False


def head_height() -> int:
    return theme.current().px(88)


def row_height() -> int:
    return theme.current().px(40)


def foot_height() -> int:
    return theme.current().px(26)


def least_width() -> int:
    """Of a column: fixed, so that a name always finds the same room."""
    return theme.current().px(204 if theme.current().large else 210)


def frame(painter: QPainter, column: QRect) -> None:
    """The white card of a walk."""
    painter.setPen(QPen(QColor(COLORS.border), 1))
    painter.setBrush(QColor(COLORS.surface))
    painter.drawRoundedRect(QRectF(column).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)


def head(painter: QPainter, place: QRect, walk: Walk) -> None:
    """Name and area, when it goes, who carries, the bar, and the words below it."""
    px = theme.current().px
    room = place.adjusted(px(13), px(10), -px(10), 0)
    line = QRect(room.left(), room.top(), room.width(), px(24))
    right = _departure(walk)
    taken = _text(painter, line, right, "small", COLORS.text2, right=True)
    x = _text(painter, line, walk.name, "title", COLORS.text, bold=True, less=taken + px(6))
    area = line.adjusted(x + px(8), px(2), -taken - px(6), 0)
    # Less than two characters of it say nothing.
    if area.width() >= px(40):
        _text(painter, area, walk.area, "small", COLORS.text2)
    who = QRect(room.left(), line.bottom() + 1, room.width(), px(20))
    _text(painter, who, walk.who or _nobody(walk), "small", COLORS.text2)
    _bar(painter, QRect(room.left(), who.bottom() + px(4), room.width(), px(6)), walk)
    words = QRect(room.left(), who.bottom() + px(12), room.width(), px(20))
    _counts(painter, words, walk)
    painter.setPen(QColor(COLORS.border))
    painter.drawLine(place.bottomLeft(), place.bottomRight())


def stop(painter: QPainter, place: QRect, one: Stop, look: RowLook) -> None:
    """Number, name and address; at the right the state, below it the diet."""
    px = theme.current().px
    _ground(painter, place, one, look)
    circle = QRect(place.left() + px(8), place.top() + px(4), px(18), px(18))
    _number(painter, circle, one)
    inside = place.adjusted(px(33), 0, -px(9), 0)
    upper = QRect(inside.left(), place.top() + px(2), inside.width(), px(21))
    taken = _state(painter, upper, one, look)
    bold = one.open or look.current
    _text(painter, upper, one.name, "base", COLORS.text, bold=bold, less=taken + px(4))
    lower = QRect(inside.left(), upper.bottom(), inside.width(), px(16))
    room = lower.width() - theme.text_width(one.home, "small") - px(6)
    diet = _text(painter, lower, diet_words(one.diet, room), "small", COLORS.warn, right=True)
    _text(painter, lower, one.home, "small", COLORS.text2, less=diet + px(4))


def diet_words(diet: str, room: int) -> str:
    """低盐等 4 样 where all of it has no room beside the door: the label of the box tells it."""
    words = diet.split("、")
    if len(words) == 1 or theme.text_width(diet, "small") <= room:
        return diet
    return f"{words[0]}等 {len(words)} 样"


def foot(painter: QPainter, place: QRect, words: str) -> None:
    """What is out of sight, and the keys that bring it."""
    line = QRect(place.left(), place.bottom() - foot_height(), place.width(), foot_height())
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(COLORS.text2))
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)


def _departure(walk: Walk) -> str:
    if walk.route_id == NO_ROUTE:
        return ""
    if walk.departed_at is not None:
        return f"{walk.departed_at:%H:%M} 已出发"
    return f"{time_words(walk.departs)} 出发"


def _nobody(walk: Walk) -> str:
    return "请在“路线”里排进路线" if walk.route_id == NO_ROUTE else "还没有定谁送"


def _bar(painter: QPainter, place: QRect, walk: Walk) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    x, whole = float(place.left()), max(1, len(walk.stops))
    for state, color in _BAR.items():
        width = place.width() * walk.count(state) / whole
        if width:
            gap = 1 if x + width < place.right() else 0
            painter.setBrush(QColor(color))
            painter.drawRect(QRectF(x, place.top(), width - gap, place.height()))
        x += width


def _counts(painter: QPainter, line: QRect, walk: Walk) -> None:
    back = walk.returned_at is not None
    end = f"{walk.returned_at:%H:%M} 返回" if walk.returned_at else f"{len(walk.stops)} 户"
    right = _text(painter, line, end, "small", COLORS.ok if back else COLORS.text2, right=True)
    room = line.width() - right - theme.current().px(4)
    shown = [(state, walk.count(state)) for state in _WORDS if walk.count(state)]
    x, gap = 0, theme.current().px(8)
    for state, count in shown:
        words = f"{state.label} {count}"
        if x + theme.text_width(words, "small") > room:
            # The bar still shows it; what is not done is told first in the chips above.
            continue
        at = line.adjusted(x, 0, 0, 0)
        x += _text(painter, at, words, "small", _WORDS[state]) + gap


def _ground(painter: QPainter, place: QRect, one: Stop, look: RowLook) -> None:
    if one.state is OrderState.NOBODY:
        painter.fillRect(place.adjusted(1, 0, -1, 0), QColor(COLORS.warn_pale))
    elif look.current:
        painter.fillRect(place.adjusted(1, 0, -1, 0), QColor(COLORS.primary_soft))
    if look.ring:
        paint.focus_ring(painter, place.adjusted(2, 0, -2, 0))


def _number(painter: QPainter, circle: QRect, one: Stop) -> None:
    bold = one.state in (OrderState.ORDERED, OrderState.NOBODY)
    painter.setPen(QPen(QColor(COLORS.input_border if bold else COLORS.border), 1))
    painter.setBrush(QColor(COLORS.surface))
    painter.drawEllipse(QRectF(circle).adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(COLORS.text if bold else COLORS.text2))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(one.place) if one.place else "·")


def _state(painter: QPainter, line: QRect, one: Stop, look: RowLook) -> int:
    """Time and word of what is done, quiet; a chip for what is not. Gives its width."""
    if one.state is OrderState.HANDED:
        when = f"{one.at:%H:%M} " if one.at is not None else ""
        return _text(painter, line, f"{when}送达", "small", COLORS.ok, right=True)
    words, tone = ("下一站", "info") if look.next else _CHIPS[one.state]
    width, high = paint.chip_width(words), theme.current().px(18)
    place = QRect(line.right() - width + 1, line.center().y() - high // 2 + 1, width, high)
    paint.chip(painter, place, words, tone, on_selection=look.current)
    return width


def _text(
    painter: QPainter,
    place: QRect,
    words: str,
    role: str,
    color: str,
    *,
    bold: bool = False,
    right: bool = False,
    less: int = 0,
) -> int:
    """One line, cut with … where `place` (less so much) is too narrow; gives its width."""
    if not words:
        return 0
    painter.setFont(theme.font(role, bold=bold))
    painter.setPen(QColor(color))
    room = max(0, place.width() - less)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(place, _RIGHT if right else _LEFT, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
