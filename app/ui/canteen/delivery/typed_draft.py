"""What was typed for the sheets of a day and is not saved: there again next time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.context import Context
from app.models import MealPeriod, OrderState
from app.services.delivery_board import Board
from app.ui.people.rows_draft import RowsDraft

KIND = "delivery_sheet"
_PERIODS = tuple(MealPeriod)


@dataclass(slots=True)
class Typed:
    """What stands for a stop: state, time as it was written, words."""

    state: OrderState | None = None
    at: str = ""
    words: str = ""

    @property
    def empty(self) -> bool:
        return self.state is None and not self.at and not self.words


def key_of(board: Board) -> int:
    """Canteen, day and period in one number: 1202612021."""
    return int(f"{board.canteen_id}{board.on_date:%Y%m%d}{_PERIODS.index(board.period)}")


def sheet_of(key: int) -> tuple[int, date, MealPeriod]:
    """What `key_of` was made of."""
    digits = str(key)
    day = date(int(digits[-9:-5]), int(digits[-5:-3]), int(digits[-3:-1]))
    return int(digits[:-9]), day, _PERIODS[int(digits[-1])]


class TypedDraft(RowsDraft):
    """The draft of a day's sheets."""

    def __init__(self, context: Context, board: Board) -> None:
        title = f"送餐单 {board.on_date:%m-%d} {board.period.label}"
        super().__init__(context, f"{KIND}:{key_of(board)}", title)

    @property
    def typed(self) -> dict[int, Typed]:
        """By order what stood there last time."""
        return {
            int(key): Typed(OrderState.of(state) if state else None, at, words)
            for key, (state, at, words) in self.kept.items()
        }

    def keep(self, typed: Mapping[int, Typed]) -> None:
        """Nothing left drops it."""
        rows = {
            str(key): [one.state.value if one.state else "", one.at, one.words]
            for key, one in typed.items()
            if not one.empty
        }
        self.keep_rows(rows)
