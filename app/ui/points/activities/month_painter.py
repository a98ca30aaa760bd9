"""How a day of the month looks: its number, and each activity with a bar of its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from app.models import ActivityState
from app.services.activity_views import ActivityRow
from app.ui.kit import theme
from app.ui.kit.tokens import COLORS, TONES
from app.ui.points.activities.words import state_chip
from app.values.days import WEEKDAYS
from app.values.times import time_words

WEEK = 7
_WIDE = 100
_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class DayLook:
    """`marked`: which of the activities is current, on the current day; None on all others."""

    of_month: bool
    is_today: bool
    marked: int | None


def head_height() -> int:
    return theme.current().px(26)


def number_height() -> int:
    return theme.current().px(22)


def line_height() -> int:
    return theme.current().px(20)


def week_days(painter: QPainter, width: int, cells: Sequence[QRect]) -> None:
    """The strip above the month."""
    painter.fillRect(QRect(0, 0, width, head_height()), QColor(COLORS.alt))
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(COLORS.text2))
    for cell, name in zip(cells, WEEKDAYS, strict=True):
        place = QRect(cell.left(), 0, cell.width(), head_height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"周{name}")


def day(
    painter: QPainter,
    cell: QRect,
    shown: date,
    rows: Sequence[ActivityRow],
    look: DayLook,
    today: date,
) -> None:
    """One day with its activities."""
    ground = COLORS.surface if look.of_month else COLORS.alt
    painter.fillRect(cell, QColor(ground if look.marked is None else COLORS.primary_soft))
    painter.setPen(QColor(COLORS.border))
    painter.drawLine(cell.topRight(), cell.bottomRight())
    painter.drawLine(cell.bottomLeft(), cell.bottomRight())
    _number(painter, cell, shown, look)
    _activities(painter, cell, rows, look, today)


def _number(painter: QPainter, cell: QRect, shown: date, look: DayLook) -> None:
    px = theme.current().px
    tone = COLORS.text if look.of_month else COLORS.text2
    painter.setFont(theme.font("small", bold=look.is_today))
    painter.setPen(QColor(COLORS.primary if look.is_today else tone))
    words = f"{shown.day} 今天" if look.is_today else str(shown.day)
    place = QRect(cell.left() + px(7), cell.top(), cell.width() - px(9), number_height())
    painter.drawText(place, _LEFT_MIDDLE, words)


def _activities(
    painter: QPainter, cell: QRect, rows: Sequence[ActivityRow], look: DayLook, today: date
) -> None:
    """As many as there is room for, and how many more there are."""
    room = max(1, (cell.height() - number_height()) // line_height())
    shown = rows if len(rows) <= room else rows[: room - 1]
    top = cell.top() + number_height()
    for number, it in enumerate(shown):
        line = QRect(cell.left(), top + number * line_height(), cell.width(), line_height())
        _line(painter, line, it, today, marked=number == look.marked)
    if len(rows) > len(shown):
        top += len(shown) * line_height()
        line = QRect(cell.left() + theme.current().px(7), top, cell.width(), line_height())
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        painter.drawText(line, _LEFT_MIDDLE, f"还有 {len(rows) - len(shown)} 次")


def _line(painter: QPainter, line: QRect, it: ActivityRow, today: date, *, marked: bool) -> None:
    px = theme.current().px
    off = it.state is ActivityState.CANCELLED
    bar = QRect(line.left() + px(4), line.top() + px(3), px(3), px(14))
    painter.fillRect(bar, QColor(TONES[state_chip(it, today).tone][0]))
    # A copy: the theme gives everybody the same one.
    font = QFont(theme.font("small", bold=marked))
    font.setStrikeOut(off)
    painter.setFont(font)
    painter.setPen(QColor(COLORS.text2 if off else COLORS.text))
    room = line.adjusted(px(11), 0, -px(3), 0)
    # A narrow day has room for one of them, and the card tells the time.
    words = f"{time_words(it.starts)} {it.name}" if line.width() >= px(_WIDE) else it.name
    words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT_MIDDLE, words)
