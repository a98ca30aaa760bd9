"""The pages of a PDF: pictures for the screen, bands for the printer, words for the search."""

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QImage

from app.errors import DomainError

POINTS_PER_INCH = 72
KEPT_IMAGES = 8
Box = tuple[float, float, float, float]
"""left, bottom, right, top in points from the lower left corner of the page"""
_FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_RGB888,
    4: QImage.Format.Format_RGBA8888,
}


class PdfPages:
    """Keeps the bytes, the sizes and a few rendered pages. DomainError where it is no PDF."""

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
            scale = width / self.size(number)[0]
            self._images[key] = self._render(number, scale, (0, 0, 0, 0), grey=False)
        return self._images[key]

    def band(self, number: int, dpi: float, top: int, height: int, *, grey: bool) -> QImage:
        """`height` lines of a page at `dpi`, from line `top` on; never more than the page has."""
        scale = dpi / POINTS_PER_INCH
        below = max(0, self.lines(number, dpi) - top - height)
        # Half a dot less: pdfium rounds what is cut off up.
        crop = (0.0, max(0, below - 0.5) / scale, 0.0, max(0, top - 0.5) / scale)
        return self._render(number, scale, crop, grey=grey)

    def lines(self, number: int, dpi: float) -> int:
        """Height of a page in dots."""
        return math.ceil(self.size(number)[1] * dpi / POINTS_PER_INCH)

    def words(self, number: int) -> bytes:
        """The text of a page in UTF-16: the place of a code unit is its number in `boxes`."""
        document = _open(self.data)
        page = document[number]
        text_page = page.get_textpage()
        text: str = text_page.get_text_range()
        for part in (text_page, page, document):
            part.close()
        return text.encode("utf-16-le", "surrogatepass")

    def boxes(self, number: int, units: Sequence[int]) -> list[Box]:
        """Where these code units of `words` stand on the page."""
        document = _open(self.data)
        page = document[number]
        text_page = page.get_textpage()
        boxes = [_box(text_page.get_charbox(unit, loose=True)) for unit in units]
        for part in (text_page, page, document):
            part.close()
        return boxes

    def _render(self, number: int, scale: float, crop: Box, *, grey: bool) -> QImage:
        document = _open(self.data)
        page = document[number]
        bitmap = page.render(scale=scale, crop=crop, grayscale=grey, rev_byteorder=not grey)
        picture = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, _FORMATS[bitmap.n_channels]
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


def _box(box: tuple[float, float, float, float]) -> Box:
    left, bottom, right, top = box
    return float(left), float(bottom), float(right), float(top)
