"""The kitchen count as a grid: dishes down, diets across; as many whole lines as there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.diners import JOINED
from app.services.kitchen_count import DishCount, KitchenCount
from app.ui.kit import theme
from app.ui.kit.tokens import COLORS

MOST_DIETS = 3
"""Columns that the card has room for; rarer diets are put together, the sheet has them all."""
OTHERS = "其他"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LEAST = 3
_NAME = 96
"""Room for the name of a dish: 清炒时蔬"""
_HEAD = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CountGrid(QWidget):
    """`show_count` puts a count in; a dish that suits a diet is marked with it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.heads: tuple[str, ...] = ()
        self.lines: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def show_count(self, count: KitchenCount) -> None:
        """The dishes where the day has a menu, else the sets."""
        self.heads = _heads(count.diets)
        rows = count.dishes or count.sets
        self.lines = tuple((one.name, _figures(one, len(count.diets))) for one in rows)
        self.setAccessibleName(self._spoken())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(280), self._head() + self._line() * len(self.lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._head() + self._line() * min(_LEAST, len(self.lines)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        for place, words in zip(self._cells(0, self._head()), self.heads, strict=False):
            painter.drawText(place, _HEAD, _head_words(words))
        room = (self.height() - self._head()) // self._line()
        shown = len(self.lines) if len(self.lines) <= room else max(0, room - 1)
        for number, (name, figures) in enumerate(self.lines[:shown]):
            self._paint_line(painter, self._head() + number * self._line(), name, figures)
        if shown < len(self.lines):
            self._paint_rest(painter, self._head() + shown * self._line(), shown)

    def _paint_line(self, painter: QPainter, top: int, name: str, figures: Sequence[int]) -> None:
        painter.setPen(QPen(QColor(COLORS.hair), 1))
        painter.drawLine(0, top, self.width(), top)
        painter.setPen(QColor(COLORS.text))
        painter.setFont(theme.font())
        cells = self._cells(top, self._line())
        room = QRect(0, top, cells[0].left() if cells else self.width(), self._line())
        painter.drawText(room, _LEFT, _elided(name, room.width()))
        for column, (place, figure) in enumerate(zip(cells, figures, strict=False)):
            special = 0 < column < len(figures) - 1 and figure
            painter.setFont(theme.font(bold=bool(special) or column == len(figures) - 1))
            color = COLORS.warn if special else COLORS.text if figure else COLORS.disabled
            painter.setPen(QColor(color))
            painter.drawText(place, _RIGHT, str(figure) if figure else "—")

    def _paint_rest(self, painter: QPainter, top: int, shown: int) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        words = f"还有 {len(self.lines) - shown} 种，见备餐单"
        painter.drawText(QRect(0, top, self.width(), self._line()), _LEFT, words)

    def _cells(self, top: int, height: int) -> list[QRect]:
        width = min(
            theme.current().px(52),
            (self.width() - theme.current().px(_NAME)) // max(1, len(self.heads)),
        )
        left = self.width() - width * len(self.heads)
        return [
            QRect(left + column * width, top, width, height) for column in range(len(self.heads))
        ]

    def _head(self) -> int:
        lines = max((_head_words(one).count("\n") for one in self.heads), default=0) + 1
        return theme.current().px(8) + lines * theme.current().px(15)

    def _line(self) -> int:
        return theme.current().px(25)

    def _spoken(self) -> str:
        return "；".join(
            f"{name} "
            + "，".join(
                f"{head} {figure}"
                for head, figure in zip(self.heads, figures, strict=True)
                if figure
            )
            for name, figures in self.lines
        )


def _heads(diets: Sequence[str]) -> tuple[str, ...]:
    shown = tuple(diets[: MOST_DIETS + 1])
    rest = (OTHERS,) if len(diets) > len(shown) else ()
    return (*shown, *rest, "合计")


def _figures(one: DishCount, diets: int) -> tuple[int, ...]:
    shown = one.by_diet[: MOST_DIETS + 1]
    rest = (sum(one.by_diet[MOST_DIETS + 1 :]),) if diets > len(shown) else ()
    return (*shown, *rest, one.total)


def _head_words(diet: str) -> str:
    """低盐 over 软食; of more than two words the sheet tells the others."""
    words = diet.split(JOINED)
    return "\n".join(words) if len(words) <= 2 else f"{words[0]}\n等{len(words)}样"


def _elided(words: str, width: int) -> str:
    while words and theme.text_width(words) > width - theme.current().px(4):
        words = words[:-2] + "…" if len(words) > 2 else ""
    return words
