"""The search box of the tab: what is found hangs below it; Enter goes there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.services.grid_finder import Hit
from app.ui.kit import theme
from app.ui.kit.search_box import SearchBox
from app.ui.kit.suggestions import Suggestions

NOTHING = "没有找到，换个楼号、姓名或拼音试试"
_WIDTH = 340


class Finder(SearchBox):
    """`found` carries the Hit that was chosen with Enter or a click."""

    found = Signal(object)

    def __init__(self, find: Callable[[str], Sequence[Hit]]) -> None:
        hint = "楼、人" if theme.current().large else "楼、人、网格员"
        super().__init__(hint, name="找楼、人、网格员")
        self._find = find
        self._hits: Sequence[Hit] = ()
        self._suggestions = Suggestions(self, width=_WIDTH)
        self._suggestions.setMaxVisibleItems(12)
        self._suggestions.popup().clicked.connect(lambda index: self._take(index.row()))
        self.textEdited.connect(self._offer)
        self.submitted.connect(lambda _: self._take(0))
        self.scanned.connect(self._scan)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The open list hands its keys to this box.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._suggestions.is_open:
            chosen = self._suggestions.popup().currentIndex()
            self._take(chosen.row() if chosen.isValid() else 0)
            return
        super().keyPressEvent(event)

    def _offer(self, text: str) -> None:
        self._hits = self._find(text)
        words = [hit.words for hit in self._hits]
        if text.strip() and not words:
            words = [NOTHING]
        self._suggestions.offer(words)

    def _scan(self, burst: str) -> None:
        self.setText(burst)
        self._hits = self._find(burst)
        self._take(0)

    def _take(self, place: int) -> None:
        self._suggestions.close()
        if 0 <= place < len(self._hits):
            hit = self._hits[place]
            self.clear()
            self._hits = ()
            self.found.emit(hit)
