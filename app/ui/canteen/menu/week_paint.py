"""How the week of the menu is painted: headings, kinds, dishes with their sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.services.menus import MenuLine
from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS, RADIUS
from app.values.days import weekday

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_DONE = "售完"


def head_height() -> int:
    return theme.current().head


def row_height() -> int:
    """A line of base type over a line of chips."""
    metrics = theme.current()
    return metrics.chip + metrics.px(24)


def left_width() -> int:
    """Room for the name of a kind: 半荤"""
    return theme.text_width("半荤", "small") + theme.current().px(20)


def heading(painter: QPainter, place: QRect, day: date, *, today: bool, chosen: bool) -> None:
    """周三 18 日; today is filled."""
    if today:
        painter.fillRect(place, QColor(COLORS.primary_soft))
    painter.setFont(theme.font("small", bold=True))
    painter.setPen(QColor(COLORS.sel_text if today or chosen else COLORS.text2))
    near = " 今天" if today else ""
    painter.drawText(place, _CENTER, f"周{weekday(day)} {day.day} 日{near}")


def kind(painter: QPainter, place: QRect, words: str) -> None:
    """The name of a kind, beside the first of its rows."""
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(COLORS.text2))
    painter.drawText(place, _CENTER, words)


def line_above(painter: QPainter, place: QRect, *, strong: bool) -> None:
    """Between two kinds, or between two rows of one."""
    painter.setPen(QPen(QColor(COLORS.border if strong else COLORS.hair), 1))
    painter.drawLine(place.topLeft(), place.topRight())


def ground(painter: QPainter, place: QRect) -> None:
    """Under the chosen place."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLORS.primary_soft))
    painter.drawRoundedRect(QRectF(place), RADIUS, RADIUS)


def dish(painter: QPainter, place: QRect, line: MenuLine, *, chosen: bool) -> None:
    """The name; below it the letters of its sets, how many are planned, and 售完."""
    px = theme.current().px
    inside = place.adjusted(px(7), px(2), -px(6), -px(3))
    gone = line.sold_out_at is not None
    # A copy: the theme gives everybody the same one.
    font = QFont(theme.font(bold=chosen))
    font.setStrikeOut(gone)
    painter.setFont(font)
    painter.setPen(QColor(COLORS.placeholder if gone else COLORS.text))
    name = QRect(inside.x(), inside.y(), inside.width(), inside.height() - theme.current().chip)
    shown = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, name.width())
    painter.drawText(name, _MIDDLE, shown)
    _below(painter, inside, line, chosen=chosen)


def _below(painter: QPainter, inside: QRect, line: MenuLine, *, chosen: bool) -> None:
    metrics = theme.current()
    x, y = inside.x(), inside.bottom() - metrics.chip + 1
    done = _chip_width(_DONE) + metrics.px(3) if line.sold_out_at is not None else 0
    for words in _set_words(line.sets, inside.width() - done):
        x += _chip(painter, x, y, words, "info", chosen) + metrics.px(3)
    if line.sold_out_at is not None:
        x += _chip(painter, x, y, _DONE, "danger", chosen) + metrics.px(3)
    words = f"备 {line.planned:,}" if line.planned is not None else ""
    if not words or x + theme.text_width(words, "small") > inside.right():
        return
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(COLORS.text2))
    room = QRect(x, y, inside.right() - x + 1, metrics.chip)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | _MIDDLE, words)


def _set_words(sets: str, room: int) -> Sequence[str]:
    """A chip for each letter; one for all where they have no room, or their number."""
    gap = theme.current().px(3)
    if sum(_chip_width(letter) + gap for letter in sets) <= room:
        return sets
    return (sets,) if _chip_width(sets) + gap <= room else (f"{len(sets)} 个套餐",)


def _chip_width(words: str) -> int:
    return paint.chip_width(words) - theme.current().px(3)


def _chip(painter: QPainter, x: int, y: int, words: str, tone: str, chosen: bool) -> int:
    width = _chip_width(words)
    place = QRect(x, y, width, theme.current().chip)
    paint.chip(painter, place, words, tone, on_selection=chosen)
    return width


def thumb_width() -> int:
    """At the right, where the rows that are seen stand among all."""
    return theme.current().px(6)


def thumb(painter: QPainter, track: QRect, first: float, last: float) -> None:
    """The part from `first` to `last`, between 0 and 1, of a week that is longer than its room."""
    top = track.y() + round(track.height() * first)
    high = round(track.height() * (last - first))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLORS.thumb))
    bar = QRectF(track.x() + 2, top, track.width() - 2, high)
    painter.drawRoundedRect(bar, bar.width() / 2, bar.width() / 2)


def ring(painter: QPainter, place: QRect, *, strong: bool) -> None:
    """Round the chosen place; thin while the focus is elsewhere."""
    if strong:
        paint.focus_ring(painter, place)
        return
    painter.setPen(QPen(QColor(COLORS.primary_edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
