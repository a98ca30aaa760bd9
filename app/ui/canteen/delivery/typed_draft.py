"""What was typed for the sheets of a day and is not saved: there again next time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.context import Context
from app.errors import DomainError
from app.models import MealPeriod, OrderState
from app.services import drafts
from app.services.delivery_board import Board
from app.ui.kit import messages

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


class TypedDraft:
    """The draft of a day's sheets; `rows` counts what is kept."""

    def __init__(self, context: Context, board: Board) -> None:
        self._context, self._key = context, f"{KIND}:{key_of(board)}"
        self._title = f"送餐单 {board.on_date:%m-%d} {board.period.label}"
        with context.database.reading() as session:
            draft = drafts.kept(session, self._key)
        self._kept: dict[str, list[str]] = dict(draft.fields.get("rows", {})) if draft else {}

    @property
    def rows(self) -> int:
        return len(self._kept)

    @property
    def typed(self) -> dict[int, Typed]:
        """By order what stood there last time."""
        return {
            int(key): Typed(OrderState.of(state) if state else None, at, words)
            for key, (state, at, words) in self._kept.items()
        }

    def keep(self, typed: Mapping[int, Typed]) -> None:
        """Write it where it has changed; nothing left drops it. A fault of the file is told."""
        rows = {
            str(key): [one.state.value if one.state else "", one.at, one.words]
            for key, one in typed.items()
            if not one.empty
        }
        if rows == self._kept:
            return
        try:
            self._write(rows)
        except DomainError as error:
            messages.warn(self._context.signals, f"草稿没有存上：{error}")
            return
        self._kept = rows

    def _write(self, rows: dict[str, list[str]]) -> None:
        now = self._context.clock.now()
        with self._context.database.transaction("保存草稿") as session:
            if rows:
                drafts.keep(session, self._key, {"rows": rows}, now=now, title=self._title)
            else:
                drafts.drop(session, self._key)
