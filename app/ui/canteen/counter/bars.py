"""What the cards beside the counter paint: a thin bar, and the dishes that are left."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.meal_day import DishLeft
from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = _MIDDLE | Qt.AlignmentFlag.AlignRight
_LINE = 24
_FEW_LEFT = 5


class Bar(QWidget):
    """Shares of a whole in colours, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = 0
        self._shares: Sequence[tuple[int, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(8))

    def show_shares(self, whole: int, shares: Sequence[tuple[int, str]]) -> None:
        """`shares` are (number, colour); words beside the bar say the same."""
        self._whole, self._shares = whole, shares
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLORS.neutral_soft))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        left = 0.0
        for number, color in self._shares:
            width = self.width() * min(1.0, number / max(1, self._whole))
            painter.fillRect(QRectF(left, 0, max(0.0, width - 1), self.height()), QColor(color))
            left += width


class DishList(QWidget):
    """As many dishes as there is room for; those that run out are never left out."""

    def __init__(self) -> None:
        super().__init__()
        self._dishes: Sequence[DishLeft] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(2 * theme.current().px(_LINE))

    @property
    def shown(self) -> Sequence[DishLeft]:
        """In the order of the menu."""
        room = max(1, self.height() // theme.current().px(_LINE))
        if len(self._dishes) <= room:
            return self._dishes
        urgent = sorted(self._dishes, key=lambda one: _scarcity(one))[: room - 1]
        return [one for one in self._dishes if one in urgent]

    def show_dishes(self, dishes: Sequence[DishLeft]) -> None:
        self._dishes = dishes
        words = (f"{one.name} 已出 {one.given} {_word(one)[0]}" for one in dishes)
        self.setAccessibleName("后厨：" + "，".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(200), max(2, len(self._dishes)) * theme.current().px(_LINE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, shown = theme.current().px(_LINE), self.shown
        for number, dish in enumerate(shown):
            self._paint_dish(painter, QRect(0, number * height, self.width(), height), dish)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        rest = len(self._dishes) - len(shown)
        if rest or not self._dishes:
            words = self._rest_words(rest) if self._dishes else "今天还没有排菜谱"
            line = QRect(0, len(shown) * height, self.width(), height)
            painter.drawText(line, _MIDDLE, words)

    def _rest_words(self, rest: int) -> str:
        """Those that are shown are the scarcest: the others may be enough all the same."""
        scarce = [one for one in self._dishes if _word(one)[0]]
        return f"还有 {rest} 样" if len(scarce) > len(self.shown) else f"还有 {rest} 样，都够"

    def _paint_dish(self, painter: QPainter, line: QRect, dish: DishLeft) -> None:
        px = theme.current().px
        word, tone = _word(dish)
        mark = px(52)
        if word:
            width = paint.chip_width(word)
            top = line.center().y() - theme.current().chip // 2 + 1
            place = QRect(line.right() - width + 1, top, width, theme.current().chip)
            paint.chip(painter, place, word, tone)
            mark = max(mark, width + px(6))
        painter.setFont(theme.font())
        painter.setPen(QColor(COLORS.text if not dish.sold_out else COLORS.placeholder))
        given = f"{dish.given}" if dish.planned is None else f"{dish.given} / {dish.planned}"
        figures = line.adjusted(0, 0, -mark, 0)
        painter.drawText(figures, _RIGHT, given)
        said = not dish.suits or dish.suits in dish.name
        name = dish.name if said else f"{dish.name}（{dish.suits}）"
        room = figures.width() - theme.text_width(given) - px(8)
        theme.ensure_glyphs(name)
        measure = painter.fontMetrics()
        if measure.horizontalAdvance(name) > room:
            name = dish.name
        short = measure.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, _MIDDLE, short)


def _word(dish: DishLeft) -> tuple[str, str]:
    """剩 3, 售完: what the clerk has to know before somebody asks for it."""
    if dish.sold_out or dish.left == 0:
        return "售完", "warn"
    if dish.left is not None and dish.left <= _FEW_LEFT:
        return f"剩 {dish.left}", "warn"
    return "", ""


def _scarcity(dish: DishLeft) -> float:
    if dish.sold_out:
        return -1.0
    if dish.left is None or not dish.planned:
        return 2.0
    return dish.left / dish.planned
