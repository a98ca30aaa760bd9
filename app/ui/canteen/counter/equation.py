"""12.00 − 4.00 − 4.00 − 1.00 = 3.00 元, as large as it can be read across the counter."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models import Payer
from app.services.meal_book import PricedMeal
from app.ui.kit import theme
from app.ui.kit.tokens import COLORS
from app.values.money import yuan

_FIGURE, _RESULT = 17.0, 22.0
_LARGE_FIGURE, _LARGE_RESULT = 20.0, 27.0


class Part(NamedTuple):
    """A figure with what stands above it and the sign before it."""

    words: str
    figure: str
    sign: str = ""


def parts_of(cost: PricedMeal | None, quantity: int) -> list[Part]:
    """餐费, who bears how much of it, 本人付; nothing where there is no price."""
    if cost is None:
        return []
    words = f"餐费 {quantity} 份" if quantity > 1 else "餐费"
    parts = [Part(words, yuan(cost.price))]
    if cost.fee:
        parts.append(Part("送餐费", yuan(cost.fee), "＋"))
    for payer in Payer:
        share = cost.shares.of(payer)
        if share:
            parts.append(Part(payer.label, yuan(share), "−"))
    return [*parts, Part("本人付", f"{yuan(cost.paid)} 元", "＝")]


class Equation(QWidget):
    """The gaps give way first where the room is narrow, then the size of the figures."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: Sequence[Part] = ()
        large = theme.current().large
        self._sizes = (_LARGE_FIGURE, _LARGE_RESULT) if large else (_FIGURE, _RESULT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(50 if large else 58))

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Also read out: 餐费 12.00，减市财政 4.00，本人付 3.00 元."""
        if tuple(parts) == tuple(self.parts):
            return
        self.parts = tuple(parts)
        self.setAccessibleName(
            "，".join(f"{_SPOKEN[one.sign]}{one.words} {one.figure}" for one in parts)
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.parts:
            return
        painter = QPainter(self)
        scale, gap = self._fit()
        small = theme.font("small")
        above = QFontMetrics(small).height()
        x = 0
        for number, part in enumerate(self.parts):
            font = self._font(number, scale)
            if part.sign:
                x += gap
                x = self._sign(painter, x, above, part.sign) + gap
            width = self._width(number, scale)
            place = QRect(x, 0, width + 2, above)
            painter.setFont(small)
            painter.setPen(QColor(COLORS.text2))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, part.words)
            painter.setFont(font)
            last = number == len(self.parts) - 1
            painter.setPen(QColor(COLORS.sel_text if last else COLORS.text))
            below = QRect(x, above, width + 2, self.height() - above)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, part.figure)
            x += width

    def _sign(self, painter: QPainter, x: int, above: int, sign: str) -> int:
        painter.setFont(theme.font("title"))
        painter.setPen(QColor(COLORS.text2))
        width = theme.text_width(sign, "title")
        place = QRect(x, above, width + 2, self.height() - above)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, sign)
        return x + width

    def _fit(self) -> tuple[float, int]:
        """How much of the usual size there is room for, and the gap around a sign."""
        px = theme.current().px
        signs = sum(theme.text_width(one.sign, "title") for one in self.parts if one.sign)
        gaps = 2 * sum(1 for one in self.parts if one.sign)
        for scale in (1.0, 0.9, 0.8, 0.7):
            figures = sum(self._width(number, scale) for number in range(len(self.parts)))
            room = (self.width() - figures - signs) // max(1, gaps)
            if room >= px(5):
                return scale, min(room, px(16))
        return 0.7, px(3)

    def _width(self, number: int, scale: float) -> int:
        part = self.parts[number]
        figure = QFontMetrics(self._font(number, scale)).horizontalAdvance(part.figure)
        return max(figure, theme.text_width(part.words, "small"))

    def _font(self, number: int, scale: float) -> QFont:
        last = number == len(self.parts) - 1
        return theme.font(self._sizes[last] * scale, bold=True)


_SPOKEN = {"": "", "＋": "加", "−": "减", "＝": ""}
