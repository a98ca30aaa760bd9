"""A line that finds an article: scanned, or by number, pinyin or part of the name."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.context import Context
from app.services import goods
from app.services.goods import GoodsView
from app.ui.kit import theme
from app.ui.kit.suggestions import Suggestions

_MOST = 8
# A scanner is through before: nothing is looked up for its single characters.
_PAUSE_MS = 120


class GoodsLine(QLineEdit):
    """Enter takes the likeliest, or the one that the arrows reached below the line."""

    picked = Signal(object)
    """GoodsView"""
    missed = Signal(str)
    """What was typed, where no article is meant"""

    def __init__(self, context: Context, *, name: str = "商品") -> None:
        super().__init__()
        self._context = context
        self._found: dict[str, GoodsView] = {}
        self.setAccessibleName(name)
        self.setPlaceholderText("扫条码，或输货号、拼音、品名")
        self.setMaxLength(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.current().px(180))
        self._hits = Suggestions(self, width=320)
        self._hits.activated.connect(self._take_words)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._offer)
        self.textEdited.connect(lambda _: self._pause.start())
        self.installEventFilter(self)

    def show_goods(self, view: GoodsView | None) -> None:
        """The article that was picked, or an empty line."""
        self._pause.stop()
        self._hits.close()
        self.setText(f"{view.number} {view.title}" if view is not None else "")

    def take(self) -> None:
        """Enter: pick what is meant."""
        typed = self.text().strip()
        if not typed:
            return
        chosen = self._found.get(self._hits.chosen or "")
        self._pause.stop()
        hits = [chosen] if chosen is not None else self._find(typed)
        self._hits.close()
        if hits:
            self.show_goods(hits[0])
            self.picked.emit(hits[0])
        else:
            self.missed.emit(typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before a form around the line takes Enter as a step to the next field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.text():
                self.take()
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> list[GoodsView]:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            return goods.find(lookup, typed, today, _MOST, also_off=True)

    def _offer(self) -> None:
        found = self._find(self.text().strip())
        self._found = {f"{one.number}　{one.title}　存 {one.on_hand}": one for one in found}
        self._hits.offer(list(self._found))

    def _take_words(self, words: str) -> None:
        view = self._found.get(words)
        if view is not None:
            self.show_goods(view)
            self.picked.emit(view)
