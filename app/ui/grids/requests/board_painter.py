"""How the board looks: columns with heading and foot, strips, cards of four lines."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from app.services.request_views import BoardCard, BoardColumn
from app.ui.kit import icons, paint, theme
from app.ui.kit.tokens import CARD_RADIUS, COLORS, RADIUS

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
DUE_ICONS = {"amber": "clock-outline", "red": "alert-circle-outline"}
"""Beside deadlines that ask for action; what came back carries its own."""
REOPENED_ICON = "restore"
FLAG_ICON = "flag-outline"
FLAG_WORDS = "督办"


def due_icon(card: BoardCard) -> str:
    """The picture in the chip of a deadline, '' for the quiet ones."""
    icon = DUE_ICONS.get(card.due.tone, "")
    return REOPENED_ICON if icon and "重办" in card.due.text else icon


def place_and_kind(card: BoardCard) -> str:
    """3 号楼 2 单元，公共设施; the grid where no place is known."""
    place = card.place_words or card.grid_name
    return "，".join(part for part in (place, card.category) if part)


def column(painter: QPainter, frame: QRect, shown: BoardColumn, height: int) -> None:
    """The frame and heading of an open column; `height` of the heading."""
    ground(painter, frame)
    px = theme.current().px
    line = QRect(frame.x() + px(12), frame.y() + 1, frame.width() - px(24), height)
    _write(painter, line, shown.state.label, "title", COLORS.text, bold=True)
    beside = px(7) + theme.text_width(shown.state.label, "title", bold=True)
    _write(painter, line.adjusted(beside, 0, 0, 0), f"{shown.total:,}", "small", COLORS.text2)
    _write(painter, line, shown.waits_for, "small", COLORS.text2, align=_RIGHT)


def strip(painter: QPainter, frame: QRect, shown: BoardColumn, *, points: str) -> None:
    """A folded column: its name downwards, what is counted, the way in which it opens."""
    ground(painter, frame)
    px = theme.current().px
    line = QFontMetrics(theme.font("title")).height()
    y = frame.y() + px(9)
    for sign in shown.state.label:
        place = QRect(frame.x(), y, frame.width(), line)
        _write(painter, place, sign, "title", COLORS.text, bold=True, align=_TOP)
        y += line
    small = QFontMetrics(theme.font("small")).height()
    if shown.waits_for == CLOSED_WORDS:
        words = QRect(frame.x(), y + px(4), frame.width(), small)
        _write(painter, words, CLOSED_WORDS, "small", COLORS.text2, align=_TOP)
        y += small + px(2)
    count = QRect(frame.x(), y + px(4), frame.width(), line)
    _write(painter, count, f"{shown.total:,}", "base", COLORS.text2, bold=True, align=_TOP)
    side = theme.current().icon_small
    place = QRect(frame.x(), frame.bottom() - px(32), frame.width(), side)
    icons.draw(painter, place, f"chevron-{points}", COLORS.text2)


CLOSED_WORDS = "本月"
"""What the column of closed requests counts."""


def ground(painter: QPainter, frame: QRect, *, edge: str = COLORS.border) -> None:
    painter.setPen(QPen(QColor(edge), 1))
    painter.setBrush(QColor(COLORS.alt))
    box = QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)


def target(painter: QPainter, frame: QRect) -> None:
    """The column on which a dragged card would fall."""
    painter.setPen(QPen(QColor(COLORS.primary), 2, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = QRectF(frame).adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)


def card(
    painter: QPainter, frame: QRect, shown: BoardCard, *, current: bool = False, ring: bool = False
) -> None:
    """Number and flag, what it is, where and of which kind, until when."""
    painter.setPen(QPen(QColor(COLORS.primary if current else COLORS.border), 1))
    painter.setBrush(QColor(COLORS.primary_soft if current else COLORS.surface))
    box = QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    px = theme.current().px
    x, width = frame.x() + px(11), frame.width() - px(22)
    number = QRect(x, frame.y() + px(7), width, px(22))
    _write(painter, number, str(shown.number), "small", COLORS.text2)
    if shown.flagged:
        flag(painter, number)
    words = COLORS.sel_text if current else COLORS.text
    _write(painter, QRect(x, frame.y() + px(30), width, px(25)), shown.title, "base", words)
    where = QRect(x, frame.y() + px(55), width, px(20))
    _write(painter, where, place_and_kind(shown), "small", COLORS.text2)
    due(painter, QPoint(x, frame.y() + px(77)), width, shown, current=current)
    if ring:
        paint.focus_ring(painter, frame)


def flag(painter: QPainter, line: QRect) -> None:
    """督办 at the right end of a line."""
    width, height = paint.chip_width(FLAG_WORDS, FLAG_ICON), theme.current().chip
    place = QRect(line.right() - width + theme.current().px(4), line.y() - 1, width, height)
    paint.chip(painter, place, FLAG_WORDS, "amber", icon=FLAG_ICON)


def due(painter: QPainter, corner: QPoint, room: int, shown: BoardCard, *, current: bool) -> None:
    """The chip of the deadline; what does not fit goes without its picture first."""
    if not shown.due.text:
        return
    icon, words = due_icon(shown), shown.due.text
    if paint.chip_width(words, icon) > room:
        icon = ""
    words = fitting(words, room - theme.current().px(14), "small")
    place = QRect(corner.x(), corner.y(), paint.chip_width(words, icon), theme.current().chip)
    paint.chip(painter, place, words, shown.due.tone, icon=icon, on_selection=current)


def empty(painter: QPainter, place: QRect, words: str) -> None:
    """What a column says that has no card."""
    _write(painter, place, words, "small", COLORS.placeholder, align=_MIDDLE)


def foot(painter: QPainter, place: QRect, words: str) -> None:
    """How many cards the height hides."""
    _write(painter, place, words, "small", COLORS.text2, align=_MIDDLE)


def fitting(words: str, room: int, role: str, *, bold: bool = False) -> str:
    """`words`, ended by … where the room ends."""
    if theme.text_width(words, role, bold=bold) <= room:
        return words
    metrics = QFontMetrics(theme.font(role, bold=bold))
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


def _write(
    painter: QPainter,
    place: QRect,
    words: str,
    role: str,
    color: str,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = _LEFT,
) -> None:
    painter.setPen(QColor(color))
    painter.setFont(theme.font(role, bold=bold))
    painter.drawText(place, align, fitting(words, place.width(), role, bold=bold))
