"""A PDF inside the program: pages on a grey desk, zoom, page keys, places that were found."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.pdf_pages import POINTS_PER_INCH, Box, PdfPages
from app.ui.kit.pdf_search import Hit
from app.ui.kit.tokens import COLORS

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
WHOLE_PAGE, PAGE_WIDTH = 0.0, -1.0
"""Zooms that follow the window; all others are factors of the size on paper."""
SCREEN_DPI = 96
FOUND = QColor(255, 214, 0, 90)
FOUND_NOW = QColor(255, 138, 0, 130)


class PdfView(QAbstractScrollArea):
    """Shows a PDF. The whole page first; Ctrl+wheel or the keys zoom."""

    page_changed = Signal(int, int)
    """page that is seen, counted from 1, and number of pages"""
    zoom_changed = Signal(float)
    """WHOLE_PAGE, PAGE_WIDTH or a factor"""
    search_asked = Signal()
    """Ctrl+F while the paper has the focus"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._zoom = WHOLE_PAGE
        self._places: list[QRect] = []
        self._hits: list[Hit] = []
        self._hit = -1
        self.setAccessibleName("文书预览")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._announce)

    @property
    def pages(self) -> PdfPages | None:
        return self._pages

    def show_pdf(self, data: bytes) -> None:
        """Show other bytes; DomainError if they are no PDF."""
        self._pages = PdfPages(data)
        self._hits, self._hit = [], -1
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._announce()

    def clear(self) -> None:
        self._pages = None
        self._hits, self._hit = [], -1
        self._lay_out()

    def page(self) -> int:
        """The page at the middle of the screen, counted from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        places = enumerate(self._places)
        return next((i for i, rect in places if rect.bottom() + self._gap() > middle), 0)

    def go_to(self, number: int) -> None:
        """Bring a page to the top, counted from 0; a number that does not exist does nothing."""
        if 0 <= number < len(self._places):
            self.verticalScrollBar().setValue(self._places[number].top() - self._gap())

    def show_hits(self, hits: list[Hit], current: int) -> None:
        """Mark places, and bring the current one (-1: none) before the eyes."""
        self._hits, self._hit = hits, current
        if 0 <= current < len(hits):
            self._bring(hits[current])
        self.viewport().update()

    # -- zoom

    @property
    def zoom(self) -> float:
        """WHOLE_PAGE, PAGE_WIDTH or a factor."""
        return self._zoom

    def zoom_in(self) -> None:
        self.set_zoom(next((z for z in ZOOMS if z > self._scale() + 0.01), ZOOMS[-1]))

    def zoom_out(self) -> None:
        self.set_zoom(next((z for z in reversed(ZOOMS) if z < self._scale() - 0.01), ZOOMS[0]))

    def zoom_fit(self) -> None:
        """The whole page in the window."""
        self.set_zoom(WHOLE_PAGE)

    def set_zoom(self, zoom: float) -> None:
        """WHOLE_PAGE, PAGE_WIDTH or a factor; the page that is seen stays."""
        number = self.page()
        self._zoom = zoom
        self._lay_out()
        self.go_to(number)
        self.zoom_changed.emit(zoom)

    # -- what Qt asks

    def event(self, event: QEvent) -> bool:
        """Ctrl+F is the page's search, but the paper's own while the paper has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_search(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_PageDown: self.page() + 1,
            Qt.Key.Key_PageUp: self.page() - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._pages or ()) - 1,
        }
        target = moves.get(Qt.Key(event.key()))
        if _is_search(event):
            self.search_asked.emit()
        elif target is None:
            super().keyPressEvent(event)
        else:
            self.go_to(target)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.zoom_in()
        else:
            self.zoom_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(COLORS.desk))
        shift = self._shift()
        for number, rect in enumerate(self._places):
            place = rect.translated(-shift)
            if place.intersects(event.rect()):
                self._paint_page(painter, place, number)
        if self.hasFocus():
            painter.setPen(QPen(QColor(COLORS.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, place: QRect, number: int) -> None:
        if self._pages is None:
            return
        ratio = self.devicePixelRatioF()
        picture = self._pages.image(number, max(1, round(place.width() * ratio)))
        picture.setDevicePixelRatio(ratio)
        # Into `place` it would be stretched by the pixel that rounding makes it higher: a row of
        # text would lose a line.
        painter.drawImage(place.topLeft(), picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for which, hit in enumerate(self._hits):
            if hit.page == number:
                colour = FOUND_NOW if which == self._hit else FOUND
                for box in hit.boxes:
                    painter.fillRect(self._on_screen(box, place, number), colour)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QColor(COLORS.border))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _on_screen(self, box: Box, place: QRect, number: int) -> QRect:
        """A box of a page that stands at `place`, a little wider than its letters."""
        high = self._pages.size(number)[1] if self._pages else 0.0
        factor = self._scale() * SCREEN_DPI / POINTS_PER_INCH
        left, bottom, right, top = (edge * factor for edge in box)
        x, y = place.x() + round(left), place.y() + round(high * factor - top)
        return QRect(x, y, round(right - left), round(top - bottom)).adjusted(-1, -1, 1, 1)

    # -- geometry

    def _bring(self, hit: Hit) -> None:
        """Scroll only where the place is not seen already."""
        rect = self._on_screen(hit.boxes[0], self._places[hit.page], hit.page)
        seen = QRect(self._shift(), self.viewport().size())
        if not seen.contains(rect):
            middle = rect.center() - QPoint(seen.width() // 2, seen.height() // 2)
            self.verticalScrollBar().setValue(middle.y())
            self.horizontalScrollBar().setValue(middle.x())

    def _shift(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _gap(self) -> int:
        return theme.current().px(16)

    def _scale(self) -> float:
        """1.0 is the size on paper."""
        if self._zoom > 0 or self._pages is None or not len(self._pages):
            return max(self._zoom, 0.0) or 1.0
        width, height = self._pages.size(0)
        room = self.viewport().size() - QSize(2 * self._gap(), 2 * self._gap())
        inch = SCREEN_DPI / POINTS_PER_INCH
        across, down = room.width() / width / inch, room.height() / height / inch
        return max(0.1, across if self._zoom == PAGE_WIDTH else min(across, down))

    def _set_places(self) -> list[QRect]:
        if self._pages is None:
            return []
        scale, gap = self._scale() * SCREEN_DPI / POINTS_PER_INCH, self._gap()
        rects, y = [], gap
        for number in range(len(self._pages)):
            width, height = self._pages.size(number)
            wide, high = round(width * scale), round(height * scale)
            x = max(gap, (self.viewport().width() - wide) // 2)
            rects.append(QRect(x, y, wide, high))
            y += high + gap
        return rects

    def _lay_out(self) -> None:
        rects = self._places = self._set_places()
        view = self.viewport().size()
        high = rects[-1].bottom() + self._gap() if rects else 0
        wide = max((rect.right() + self._gap() for rect in rects), default=0)
        self.verticalScrollBar().setRange(0, max(0, high - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, wide - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()

    def _announce(self) -> None:
        self.viewport().update()
        count = len(self._pages) if self._pages else 0
        self.page_changed.emit(self.page() + 1 if count else 0, count)


def _is_search(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    pressed = QKeySequence(event.keyCombination())
    return pressed == QKeySequence(keys.key("find_in_paper").sequence)
