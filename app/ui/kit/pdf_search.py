"""Finding words in a PDF, page by page between two events of the window.

PDFium's own search knows no characters beyond the first plane, which is where rare names live,
and stops at the end of a line; so the text is taken from it and searched here.
"""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.ui.kit.pdf_pages import Box, PdfPages

SLICE_MS = 12
MOST = 2000
_BLANKS = " \t\r\n\u3000\u00a0\u2002\u2003\ufffe"


@dataclass(frozen=True)
class Hit:
    """One place: its page, counted from 0, and a box for each stretch on one line."""

    page: int
    boxes: tuple[Box, ...]


def find(pages: PdfPages, number: int, wanted: str) -> list[Hit]:
    """All places of `wanted` on a page; blanks, line ends and capitals make no difference."""
    needle = _plain(wanted)
    if not needle:
        return []
    text, places = _solid(pages.words(number))
    starts: list[int] = []
    at = text.find(needle)
    while at >= 0:
        starts.append(at)
        at = text.find(needle, at + len(needle))
    return [_hit(pages, number, places[start : start + len(needle)]) for start in starts]


class PdfSearch(QObject):
    """Searches the whole document from a page on; `hits` grows in the order of the paper."""

    changed = Signal()
    """There are more hits, or the search has ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []
        self._pages: PdfPages | None = None
        self._wanted = ""
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def start(self, pages: PdfPages | None, wanted: str) -> None:
        """Forget the last search and begin this one; an empty wish finds nothing."""
        self.hits = []
        self._pages, self._wanted, self._next = pages, wanted, 0
        if pages is not None and _plain(wanted):
            self._timer.start()
            self._go_on()
        else:
            self._timer.stop()
            self.changed.emit()

    def _go_on(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        pages = self._pages
        while pages is not None and self._next < len(pages) and len(self.hits) < MOST:
            self.hits += find(pages, self._next, self._wanted)
            self._next += 1
            if clock.elapsed() > SLICE_MS:
                break
        else:
            self._timer.stop()
        self.changed.emit()


def _plain(text: str) -> str:
    """One character per UTF-16 code unit, without blanks, in small letters."""
    return _solid(text.encode("utf-16-le", "surrogatepass"))[0]


def _solid(words: bytes) -> tuple[str, list[int]]:
    """The code units that count, and the place of each in the text of the page."""
    units = "".join(map(chr, memoryview(words).cast("H")))
    places = [place for place, unit in enumerate(units) if unit not in _BLANKS]
    return "".join(units[place].lower()[:1] for place in places), places


def _hit(pages: PdfPages, number: int, places: list[int]) -> Hit:
    boxes = pages.boxes(number, places)
    lines: list[Box] = boxes[:1]
    for before, box in pairwise(boxes):
        if box[0] < before[0] or box[1] > before[3] or box[3] < before[1]:
            lines.append(box)
        else:
            lines[-1] = _around(lines[-1], box)
    return Hit(number, tuple(lines))


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
