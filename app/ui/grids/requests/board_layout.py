"""Where columns and cards of the board stand: open columns as far as the width goes, strips beside.

In 标准 the six working columns are open on the smallest screen and 销号 is a strip; in 大字 four
are open, and the window of open columns moves along with the current one.
"""

from PySide6.QtCore import QPoint, QRect, QSize

from app.ui.kit import theme

_LEAST_WIDTH = 165
"""Of an open column: less cuts what a deadline says."""
MOST_OPEN = 6
"""Working columns; what is closed opens only when it is gone to."""


class BoardLayout:
    """Columns are numbered from the left, cards from the first that is seen."""

    def __init__(self, size: QSize, count: int, first: int = 0) -> None:
        px = theme.current().px
        self._size = size
        self._count = count
        self.gap = px(8)
        self.strip = px(44)
        self.heading = px(38)
        self.foot = px(34)
        self.card_height = px(107)
        self.card_gap = px(8)
        self.open_count = self._fitting()
        self.first = min(max(0, first), count - self.open_count)

    @property
    def room(self) -> int:
        """How many cards a column shows."""
        body = self._size.height() - self.heading - self.foot
        return max(1, (body + self.card_gap) // (self.card_height + self.card_gap))

    def following(self, lane: int) -> int:
        """The first open column by which `lane` is open, moved no further than needed."""
        return min(max(self.first, lane - self.open_count + 1), lane)

    def is_open(self, lane: int) -> bool:
        return self.first <= lane < self.first + self.open_count

    def lane(self, number: int) -> QRect:
        """The frame of a column or strip."""
        width = self._width()
        folded = min(number, self.first) + max(0, number - self.first - self.open_count)
        wide = min(max(0, number - self.first), self.open_count)
        x = folded * (self.strip + self.gap) + wide * (width + self.gap)
        across = width if self.is_open(number) else self.strip
        if number == self._count - 1:
            across = self._size.width() - x
        return QRect(x, 0, across, self._size.height())

    def card(self, number: int, position: int) -> QRect:
        """The card at a place of an open column."""
        frame, side = self.lane(number), self.card_gap
        y = self.heading + position * (self.card_height + self.card_gap)
        return QRect(frame.x() + side, y, frame.width() - 2 * side, self.card_height)

    def foot_of(self, number: int) -> QRect:
        """The line below the cards of an open column."""
        frame = self.lane(number)
        top = self.heading + self.room * (self.card_height + self.card_gap)
        return QRect(frame.x(), top, frame.width(), min(self.foot, frame.height() - top))

    def lane_at(self, place: QPoint) -> int:
        """The column under a point, -1 between them."""
        lanes = range(self._count)
        return next((number for number in lanes if self.lane(number).contains(place)), -1)

    def position_at(self, number: int, place: QPoint) -> int:
        """The place of the card under a point, -1 for none."""
        places = range(self.room)
        return next((one for one in places if self.card(number, one).contains(place)), -1)

    def _fitting(self) -> int:
        """As many open columns as keep their least width, one at least."""
        least = theme.current().px(_LEAST_WIDTH)
        counts = range(min(MOST_OPEN, self._count), 1, -1)
        return next((count for count in counts if self._width(count) >= least), 1)

    def _width(self, count: int = 0) -> int:
        wide = count or self.open_count
        folded = self._count - wide
        spare = self._size.width() - folded * self.strip - (self._count - 1) * self.gap
        return spare // wide
