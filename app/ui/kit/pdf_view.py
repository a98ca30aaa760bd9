"""A PDF inside the program: pages on a grey desk, zoom, page keys, save, print."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFileDialog, QFrame, QWidget

from app.errors import DomainError
from app.ui.kit import theme
from app.ui.kit.memory import file_proposal, remember_folder
from app.ui.kit.tokens import COLORS

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
POINTS_PER_INCH = 72
SCREEN_DPI = 96
KEPT_IMAGES = 8


class PdfPages:
    """The pages of a PDF as pictures; keeps the bytes, the sizes and a few rendered pages."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._images: dict[tuple[int, int], QImage] = {}
        document = _open(data)
        numbers = range(len(document))
        self._sizes = [_size(document.get_page_size(number)) for number in numbers]
        document.close()

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points."""
        return self._sizes[number]

    def image(self, number: int, width: int) -> QImage:
        """A page rendered `width` pixels wide."""
        key = (number, width)
        if key not in self._images:
            if len(self._images) >= KEPT_IMAGES:
                self._images.pop(next(iter(self._images)))
            self._images[key] = self._render(number, width)
        return self._images[key]

    def _render(self, number: int, width: int) -> QImage:
        document = _open(self.data)
        page = document[number]
        bitmap = page.render(scale=width / self.size(number)[0], rev_byteorder=True)
        form = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}
        picture = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form[bitmap.n_channels]
        ).copy()
        for part in (bitmap, page, document):
            part.close()
        return picture


def _open(data: bytes) -> Any:
    # Loaded with the first paper: a start without papers does not pay for it.
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DomainError("这份 PDF 打不开，请重新生成一次。") from error


def _size(size: tuple[float, float]) -> tuple[float, float]:
    return float(size[0]), float(size[1])


class PdfView(QAbstractScrollArea):
    """Shows a PDF. The whole page first; Ctrl+wheel or the keys zoom."""

    page_changed = Signal(int, int)
    """page that is seen, counted from 1, and number of pages"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._zoom = 0.0
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
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._announce()

    def clear(self) -> None:
        self._pages = None
        self._lay_out()

    def page(self) -> int:
        """The page at the middle of the screen, counted from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        rects = self._rects()
        return next((i for i, rect in enumerate(rects) if rect.bottom() + self._gap() > middle), 0)

    def go_to(self, number: int) -> None:
        rects = self._rects()
        if 0 <= number < len(rects):
            self.verticalScrollBar().setValue(rects[number].top() - self._gap())

    def zoom_in(self) -> None:
        self._set_zoom(next((z for z in ZOOMS if z > self._scale() + 0.01), ZOOMS[-1]))

    def zoom_out(self) -> None:
        self._set_zoom(next((z for z in reversed(ZOOMS) if z < self._scale() - 0.01), ZOOMS[0]))

    def zoom_fit(self) -> None:
        """The whole page in the window."""
        self._set_zoom(0.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_PageDown: self.page() + 1,
            Qt.Key.Key_PageUp: self.page() - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._pages or ()) - 1,
        }
        target = moves.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self.go_to(target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(COLORS.desk))
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for number, rect in enumerate(self._rects()):
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
        painter.drawImage(place, picture)
        painter.setPen(QColor(COLORS.border))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _set_zoom(self, zoom: float) -> None:
        number = self.page()
        self._zoom = zoom
        self._lay_out()
        self.go_to(number)

    def _gap(self) -> int:
        return theme.current().px(16)

    def _scale(self) -> float:
        """Pixels per point times 72/96: 1.0 is the size on paper."""
        if self._zoom or self._pages is None or not len(self._pages):
            return self._zoom or 1.0
        width, height = self._pages.size(0)
        room = self.viewport().size() - QSize(2 * self._gap(), 2 * self._gap())
        inch = SCREEN_DPI / POINTS_PER_INCH
        return max(0.1, min(room.width() / width, room.height() / height) / inch)

    def _rects(self) -> list[QRect]:
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
        rects = self._rects()
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


def save_pdf(parent: QWidget, data: bytes, suggested: str) -> Path | None:
    """Ask where to and write the file. None if the user changed his mind."""
    name, _ = QFileDialog.getSaveFileName(
        parent, "存为 PDF", file_proposal(suggested), "PDF 文件 (*.pdf)"
    )
    if not name:
        return None
    path = Path(name if name.lower().endswith(".pdf") else f"{name}.pdf")
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DomainError(
            f"没能存到「{path.name}」：可能文件正被打开，或者这个文件夹不能写。请换个地方再存。"
        ) from error
    remember_folder(path)
    return path
