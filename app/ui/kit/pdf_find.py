"""The line for finding words in the paper that is seen: what, n / m, back, on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import icon_button
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import row, small
from app.ui.kit.pdf_search import MOST, PdfSearch
from app.ui.kit.pdf_view import PdfView


class FindBar(QWidget):
    """Opened by Ctrl+F in the paper. Enter goes on, Shift+Enter back, Esc closes."""

    closed = Signal()

    def __init__(self, view: PdfView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._search = PdfSearch(self)
        self._hit = -1
        self.line = line_edit(hint="在这份文书里找", name="在这份文书里找")
        self.count = small()
        self._back = icon_button("chevron-up", "上一处 Shift+Enter")
        self._on = icon_button("chevron-down", "下一处 Enter")
        self._close = icon_button("close", "关闭查找 Esc")
        parts = ((self.line, 1), self.count, self._back, self._on, self._close)
        self.setLayout(row(*parts, margins=(8, 0, 8, 8)))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self.search)
        self._search.changed.connect(self._show)
        self._back.clicked.connect(lambda: self.step(-1))
        self._on.clicked.connect(lambda: self.step(1))
        self._close.clicked.connect(self.leave)
        self.hide()

    def open(self) -> None:
        """Show the line with the last words chosen."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()
        self.search()

    def leave(self) -> None:
        """Close, take the marks away, give the focus back to the paper."""
        self.hide()
        self._search.start(None, "")
        self._view.setFocus()
        self.closed.emit()

    def search(self) -> None:
        """Begin anew with what stands in the line, from the page that is seen."""
        self._hit = -1
        if not self.isHidden():
            self._search.start(self._view.pages, self.line.text())

    def step(self, by: int) -> None:
        """The next place, or the one before; after the last comes the first."""
        if self._search.hits:
            self._hit = (self._hit + by) % len(self._search.hits)
            self._show()

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            return watched is self.line and self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
        else:
            return False
        return True

    def _show(self) -> None:
        hits = self._search.hits
        if self._hit < 0 and hits:
            seen = self._view.page()
            self._hit = next((i for i, hit in enumerate(hits) if hit.page >= seen), -1)
            if self._hit < 0 and not self._search.running:
                self._hit = 0
        self._view.show_hits(hits, self._hit)
        self.count.setText(self._words())
        self.count.set_tone("text2" if hits or self._search.running else "warn")
        for button in (self._back, self._on):
            button.setEnabled(bool(hits))

    def _words(self) -> str:
        found = len(self._search.hits)
        if not self.line.text().strip() or self.isHidden():
            return ""
        if not found:
            return "正在找…" if self._search.running else "没有"
        more = "+" if self._search.running or found >= MOST else ""
        return f"{self._hit + 1} / {found}{more}" if self._hit >= 0 else f"{found}{more} 处"
