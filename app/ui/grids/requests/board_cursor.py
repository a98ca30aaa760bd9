"""Which card of the board is current, how far each column is scrolled, where a key leads."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.models import RequestState
from app.services.request_views import BoardCard, BoardColumn

Spot = tuple[int, int]
"""Number of a column, and of a card in it"""


class BoardCursor:
    """Knows columns and cards, no pixels; `room` is how many cards a column shows."""

    def __init__(self) -> None:
        self.columns: tuple[BoardColumn, ...] = ()
        self.lane, self.card = 0, 0
        self._scrolled: dict[int, int] = {}

    @property
    def current(self) -> BoardCard | None:
        """The card that the keys mean."""
        cards = self.cards(self.lane)
        return cards[self.card] if self.card < len(cards) else None

    @property
    def wants_more(self) -> bool:
        """Whether the last card that was read is current, and there are more."""
        cards = self.cards(self.lane)
        return bool(cards) and self.card == len(cards) - 1 and self._total() > len(cards)

    def cards(self, lane: int) -> Sequence[BoardCard]:
        return self.columns[lane].cards if lane < len(self.columns) else ()

    def number_of(self, state: RequestState) -> int:
        """Of the column of a state."""
        return [column.state for column in self.columns].index(state)

    def find(self, request_id: int) -> Spot | None:
        """Where a card lies, None where it is on no column."""
        return next(
            (
                (lane, number)
                for lane, column in enumerate(self.columns)
                for number, card in enumerate(column.cards)
                if card.id == request_id
            ),
            None,
        )

    def show(self, columns: Sequence[BoardColumn]) -> None:
        """Other cards; the current one stays current, else whatever took its place."""
        before, begun = self.current, bool(self.columns)
        self.columns = tuple(columns)
        found = self.find(before.id) if before else None
        # Whoever went to an empty column stays there; whose column ran empty goes on elsewhere.
        if found is None and not self.cards(self.lane) and (before or not begun):
            lanes = range(len(self.columns))
            found = next(((lane, 0) for lane in lanes if self.cards(lane)), None)
        self.move(*(found or (self.lane, self.card)))

    def move(self, lane: int, card: int) -> None:
        """Make a place current; beyond the ends of a column means its ends."""
        self.lane = lane
        self.card = max(0, min(card, len(self.cards(lane)) - 1))

    def scroll(self, lane: int, room: int) -> int:
        """The first card that is seen of a column."""
        most = max(0, len(self.cards(lane)) - room)
        return min(self._scrolled.get(lane, 0), most)

    def scroll_by(self, lane: int, step: int, room: int) -> None:
        most = max(0, len(self.cards(lane)) - room)
        self._scrolled[lane] = min(max(0, self.scroll(lane, room) + step), most)

    def keep_in_sight(self, room: int) -> None:
        """Scroll the current column no further than the current card needs."""
        start = self.scroll(self.lane, room)
        self._scrolled[self.lane] = min(max(start, self.card - room + 1), self.card)

    def hidden_words(self, lane: int, room: int) -> str:
        """还有 3 件: what the height hides of a column, above and below."""
        above = self.scroll(lane, room)
        below = max(0, self.columns[lane].total - above - room)
        if above and below:
            return f"上面 {above:,} 件，下面 {below:,} 件"
        return f"上面还有 {above:,} 件" if above else f"还有 {below:,} 件" if below else ""

    def led_to_by(self, key: int, room: int) -> Spot | None:
        """Where an arrow or page key leads, None for other keys."""
        match key:
            case Qt.Key.Key_Left:
                return self._beside(max(0, self.lane - 1), room)
            case Qt.Key.Key_Right:
                return self._beside(min(len(self.columns) - 1, self.lane + 1), room)
            case Qt.Key.Key_Up | Qt.Key.Key_PageUp:
                return self.lane, self.card - (1 if key == Qt.Key.Key_Up else room)
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                return self.lane, self.card + (1 if key == Qt.Key.Key_Down else room)
            case Qt.Key.Key_Home:
                return self.lane, 0
            case Qt.Key.Key_End:
                return self.lane, len(self.cards(self.lane)) - 1
        return None

    def _beside(self, lane: int, room: int) -> Spot:
        """The card at the height of the current one, in another column."""
        return lane, self.card - self.scroll(self.lane, room) + self.scroll(lane, room)

    def _total(self) -> int:
        return self.columns[self.lane].total
