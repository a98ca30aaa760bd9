"""Paints table rows directly: one Python call per screen instead of several per cell."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QStaticText

from app.ui.kit import icons, paint, theme
from app.ui.kit.table_columns import Cell
from app.ui.kit.tokens import COLORS, TONES

_TONES = {
    "": COLORS.text,
    "text": COLORS.text,
    "text2": COLORS.text2,
    "ok": COLORS.ok,
    "warn": COLORS.warn,
    "danger": COLORS.danger,
    "primary": COLORS.primary,
    "placeholder": COLORS.placeholder,
}
BAR = 3
WORDS_KEPT = 300
"""Laid out texts: two screens of them; each takes about 3 KB."""


@lru_cache(maxsize=64)
def _color(name: str) -> QColor:
    return QColor(name)


class RowPainter:
    """Draws cells of one theme mode; words are laid out once and kept."""

    def __init__(self) -> None:
        metrics = theme.current()
        self._pad = metrics.pad
        self._gap = metrics.px(8)
        self._icon = metrics.icon_small
        self._chip = metrics.chip
        self._chip_gap = metrics.px(4)
        self._box = metrics.box
        self._fonts = {
            (role, bold): theme.font(role, bold=bold)
            for role in ("base", "small")
            for bold in (False, True)
        }
        self._measures = {key: QFontMetrics(font) for key, font in self._fonts.items()}
        self._words: dict[tuple[str, str, bool, int], tuple[QStaticText, int]] = {}

    def ground(self, painter: QPainter, rect: QRect, *, selected: bool, odd: bool) -> None:
        """Zebra or selection, the hairline below, the bar at the left of the selected row."""
        name = COLORS.primary_soft if selected else COLORS.alt if odd else COLORS.surface
        painter.fillRect(rect, _color(name))
        hair = QRect(rect.x(), rect.bottom(), rect.width(), 1)
        painter.fillRect(hair, _color(COLORS.hair))
        if selected:
            painter.fillRect(QRect(rect.x(), rect.y(), BAR, rect.height()), _color(COLORS.primary))

    def band(self, painter: QPainter, rect: QRect, words: str) -> None:
        """The heading of a group of rows."""
        painter.fillRect(rect, _color(COLORS.bg))
        text, _ = self._laid_out(words, "small", True, rect.width() - 2 * self._pad)
        painter.setPen(_color(COLORS.text2))
        self._put(painter, rect.x() + self._pad + 6, rect, text, ("small", True))

    def ring(self, painter: QPainter, rect: QRect) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_color(COLORS.focus), 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def tick(self, painter: QPainter, rect: QRect, *, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.check_box(painter, self.tick_box(rect), state)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def tick_box(self, rect: QRect) -> QRect:
        x = rect.x() + self._pad + 1
        return QRect(x, rect.center().y() - self._box // 2 + 1, self._box, self._box)

    def cell(
        self, painter: QPainter, rect: QRect, cell: Cell, *, right: bool, selected: bool
    ) -> None:
        if cell.fill and not selected:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), _color(TONES[cell.fill][1]))
        inner = rect.adjusted(self._pad, 0, -self._pad, 0)
        if cell.icon:
            inner = self._draw_icon(painter, inner, cell)
        if cell.chips:
            self._draw_chips(painter, inner, cell, selected)
        elif cell.text or cell.sub:
            self._draw_text(painter, inner, cell, right, selected)

    def _draw_icon(self, painter: QPainter, inner: QRect, cell: Cell) -> QRect:
        side = self._icon
        place = QRect(inner.x(), inner.center().y() - side // 2 + 1, side, side)
        icons.draw(painter, place, cell.icon, _TONES[cell.tone])
        return inner.adjusted(side + self._gap // 2, 0, 0, 0)

    def _draw_chips(self, painter: QPainter, inner: QRect, cell: Cell, selected: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = inner.x(), inner.center().y() - self._chip // 2 + 1
        limit = inner.right() + self._pad
        shown = self._chips_that_fit(cell, limit - x)
        for chip in cell.chips[:shown]:
            width = min(paint.chip_width(chip.text, chip.icon), limit - x)
            place = QRect(x, y, width, self._chip)
            paint.chip(painter, place, chip.text, chip.tone, icon=chip.icon, on_selection=selected)
            x += width + self._chip_gap
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if shown < len(cell.chips):
            rest = QRect(x, inner.y(), limit - x, inner.height())
            self._draw_more(painter, rest, len(cell.chips) - shown)

    def _chips_that_fit(self, cell: Cell, room: int) -> int:
        """How many chips there is room for, with `+1` behind them where some are left out."""
        widths = [paint.chip_width(chip.text, chip.icon) + self._chip_gap for chip in cell.chips]
        if sum(widths) - self._chip_gap <= room:
            return len(widths)
        room -= self._measures["small", False].horizontalAdvance("+9")
        shown = 0
        while shown < len(widths) and widths[shown] <= room:
            room -= widths[shown]
            shown += 1
        return max(1, shown)

    def _draw_more(self, painter: QPainter, place: QRect, count: int) -> None:
        painter.setPen(_color(COLORS.text2))
        painter.setFont(self._fonts["small", False])
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"+{count}")

    def _draw_text(
        self, painter: QPainter, inner: QRect, cell: Cell, right: bool, selected: bool
    ) -> None:
        text, width = self._laid_out(cell.text, "base", cell.bold, inner.width())
        rest = inner.width() - width - self._gap
        sub, sub_width = self._laid_out(cell.sub, "small", False, max(0, rest))
        used = width + (self._gap + sub_width if sub_width else 0)
        x = inner.x() + inner.width() - used if right else inner.x()
        plain = cell.tone in ("", "text")
        color = COLORS.sel_text if selected and plain else _TONES[cell.tone]
        painter.setPen(_color(color))
        self._put(painter, x, inner, text, ("base", cell.bold))
        if cell.mark is not None and text.text() == cell.text:
            self._draw_mark(painter, x, inner, cell)
        if cell.strike:
            middle = inner.center().y() + 1
            painter.drawLine(x, middle, x + width, middle)
        if sub_width:
            painter.setPen(_color(COLORS.text2))
            self._put(painter, x + width + self._gap, inner, sub, ("small", False))

    def _draw_mark(self, painter: QPainter, x: int, inner: QRect, cell: Cell) -> None:
        """What was looked for, drawn over the text in another colour."""
        first, end = cell.mark or (0, 0)
        measure = self._measures["base", cell.bold]
        marked, width = self._laid_out(cell.text[first:end], "base", cell.bold, inner.width())
        painter.setPen(_color(COLORS.primary))
        place = x + measure.horizontalAdvance(cell.text[:first])
        if width:
            self._put(painter, place, inner, marked, ("base", cell.bold))

    def _put(
        self, painter: QPainter, x: int, inner: QRect, text: QStaticText, font: tuple[str, bool]
    ) -> None:
        painter.setFont(self._fonts[font])
        y = inner.y() + (inner.height() - self._measures[font].height()) / 2 - 0.5
        painter.drawStaticText(QPointF(x, y), text)

    def _laid_out(self, text: str, role: str, bold: bool, room: int) -> tuple[QStaticText, int]:
        key = (text, role, bold, room)
        found = self._words.get(key)
        if found is None:
            if len(self._words) > WORDS_KEPT:
                self._words.clear()
            found = self._words[key] = self._lay_out(text, (role, bold), room)
        return found

    def _lay_out(self, text: str, font: tuple[str, bool], room: int) -> tuple[QStaticText, int]:
        theme.ensure_glyphs(text)
        static = self._prepared(text, font)
        width = ceil(static.size().width())
        if width > room + 1:
            short = self._measures[font].elidedText(text, Qt.TextElideMode.ElideRight, room)
            static = self._prepared(short, font)
            width = ceil(static.size().width())
        return static, width

    def _prepared(self, text: str, font: tuple[str, bool]) -> QStaticText:
        """Laid out once: measuring beforehand would lay every text out twice."""
        static = QStaticText(text)
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        static.prepare(font=self._fonts[font])
        return static
