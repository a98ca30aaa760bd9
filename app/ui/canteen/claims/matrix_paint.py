"""How the table of a month is painted, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.canteen.claims.matrix_rows import FIRST, GridCell, GridRow
from app.ui.kit import icons, theme
from app.ui.kit.tokens import COLORS, RADIUS

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = _MIDDLE | Qt.AlignmentFlag.AlignRight
_FIRST_LEAST = 120


def head_height() -> int:
    return theme.current().head


def row_height() -> int:
    return theme.current().px(31)


def total_height() -> int:
    return theme.current().px(36)


def edge() -> int:
    """White at the outer edges."""
    return theme.current().px(4)


def _pad() -> int:
    return theme.current().px(8)


def widths(headings: Sequence[str], rows: Sequence[GridRow]) -> list[int]:
    """Of the figures: as wide as the widest, in bold."""
    found = []
    for number, words in enumerate(headings):
        texts = [row.cells[number].text for row in rows]
        widest = max((theme.text_width(text, bold=True) for text in texts), default=0)
        head = theme.text_width(words, "small", bold=True)
        found.append(max(widest, head, theme.current().px(38)) + 2 * _pad() + 2)
    return found


def first_width(rows: Sequence[GridRow], *, short: bool) -> int:
    """What the names need at least; without what the tiers give where there is little room."""
    gap = theme.current().px(8)
    names = [theme.text_width(FIRST, "small", bold=True)]
    for row in rows:
        need = theme.text_width(row.name, bold=row.total)
        if row.sub and not (short and theme.current().large) and not row.total:
            need += gap + theme.text_width(row.sub, "small")
        names.append(need)
    return max(max(names), theme.current().px(_FIRST_LEAST)) + 2 * _side()


def _side() -> int:
    return theme.current().px(14)


def head(
    painter: QPainter,
    width: int,
    first: str,
    headings: Sequence[str],
    spans: Sequence[tuple[int, int, int]],
) -> None:
    """The strip of headings; each is aligned like its figures."""
    strip = QRect(0, 0, width, head_height())
    painter.fillRect(strip, QColor(COLORS.bg))
    painter.setPen(QPen(QColor(COLORS.border), 1))
    painter.drawLine(strip.bottomLeft(), strip.bottomRight())
    painter.setFont(theme.font("small", bold=True))
    painter.setPen(QColor(COLORS.text2))
    painter.drawText(strip.adjusted(_side(), 0, 0, 0), _MIDDLE, first)
    for number, x, wide in spans:
        place = QRect(x, 0, wide - _pad(), strip.height())
        painter.drawText(place, _RIGHT, headings[number])


def more_columns(
    painter: QPainter,
    width: int,
    spans: Sequence[tuple[int, int, int]],
    before: bool,
    after: bool,
) -> None:
    """A small arrow in the strip where columns are out of sight."""
    side = theme.current().px(14)
    y = (head_height() - side) // 2
    if before and spans:
        icons.draw(
            painter, QRect(spans[0][1] - side, y, side, side), "chevron-left", COLORS.primary
        )
    if after:
        icons.draw(painter, QRect(width - side, y, side, side), "chevron-right", COLORS.primary)


def ground(painter: QPainter, rect: QRect, *, chosen: bool, odd: bool) -> None:
    colour = COLORS.primary_soft if chosen else COLORS.alt if odd else COLORS.surface
    painter.fillRect(rect, QColor(colour))


def line_above(painter: QPainter, rect: QRect) -> None:
    painter.setPen(QPen(QColor(COLORS.input_border), 1))
    y = rect.top() + 0.5
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def name(painter: QPainter, rect: QRect, row: GridRow, right: int, *, chosen: bool) -> None:
    """The tier, and in quiet type what it gives where there is room for all of it."""
    painter.setFont(theme.font(bold=row.total and not row.corrections))
    painter.setPen(QColor(COLORS.sel_text if chosen else COLORS.text))
    place = rect.adjusted(_side(), 0, 0, 0)
    place.setRight(right)
    painter.drawText(place, _MIDDLE, row.name)
    bold = row.total and not row.corrections
    taken = theme.text_width(row.name, bold=bold) + theme.current().px(8)
    if row.sub and place.left() + taken + theme.text_width(row.sub, "small") <= right:
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.sel_text if chosen else COLORS.text2))
        painter.drawText(place.adjusted(taken, 0, 0, 0), _MIDDLE, row.sub)


def figure(
    painter: QPainter, place: QRect, row: GridRow, cell: GridCell, *, chosen: bool, focus: bool
) -> None:
    """Money stands out, nothing is quiet."""
    bold = focus or (row.total and not row.corrections)
    painter.setFont(theme.font(bold=bold))
    ink = COLORS.placeholder if cell.quiet else COLORS.sel_text if chosen else COLORS.text
    painter.setPen(QColor(COLORS.text if focus and not cell.quiet else ink))
    painter.drawText(place.adjusted(0, 0, -_pad(), 0), _RIGHT, cell.text)


def ring(painter: QPainter, place: QRect, *, strong: bool) -> None:
    """Round the one figure that is chosen; without the focus it stays, paler."""
    painter.setPen(QPen(QColor(COLORS.focus if strong else COLORS.thumb), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = QRectF(place).adjusted(1, 1.5, 1, -1.5)
    painter.drawRoundedRect(inner, RADIUS, RADIUS)
