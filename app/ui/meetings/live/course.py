"""What a meeting stands at, read in one go, and the one door through which it is changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import ItemState, Matter, MeetingState
from app.services import (
    agenda,
    attendance_views,
    meeting_views,
    minutes,
    motions,
    speeches,
    turnouts,
    vote_views,
)
from app.services.agenda import ItemView
from app.services.attendance_views import Presence, Seat
from app.services.meeting_views import MeetingRow
from app.services.minutes import Amendment
from app.services.motions import MotionView
from app.services.speeches import SpeechView
from app.services.turnouts import MeetingTurnout
from app.services.vote_views import VoteView
from app.storage.lookup import Lookup
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.values.rights import Right


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Everything that the page shows; `item` is the one that is looked at, None without any."""

    meeting: MeetingRow
    items: list[ItemView]
    item: ItemView | None
    seats: list[Seat]
    here: MeetingTurnout
    votes: list[VoteView]
    motions: list[MotionView]
    speeches: list[SpeechView]
    amendments: list[Amendment]

    @property
    def runs(self) -> bool:
        return self.meeting.state is MeetingState.RUNNING

    @property
    def coming(self) -> bool:
        """Whether people sign in and nothing has begun."""
        return self.meeting.state in (MeetingState.PLANNED, MeetingState.CALLED)

    @property
    def now(self) -> ItemView | None:
        """The item that is treated."""
        return next((one for one in self.items if one.state is ItemState.NOW), None)

    @property
    def item_votes(self) -> list[VoteView]:
        """Those on the item itself."""
        if self.item is None:
            return []
        return [one for one in self.votes if one.item_id == self.item.id and not one.motion_id]

    @property
    def seen(self) -> int:
        """How many results of the item, and of motions on it, are shown."""
        return sum(self.item is not None and one.item_id == self.item.id for one in self.votes)

    @property
    def last_votes(self) -> dict[int, VoteView]:
        """By item the last one on the item itself."""
        return {one.item_id: one for one in self.votes if not one.motion_id}

    @property
    def speaker(self) -> SpeechView | None:
        return next((one for one in self.speeches if one.speaks), None)

    @property
    def waiting(self) -> list[SpeechView]:
        return [one for one in self.speeches if one.waits]

    @property
    def present(self) -> list[Seat]:
        """Everybody in the room who may be given the floor, observers among them."""
        there = (Presence.HERE, Presence.OBSERVER)
        return [one for one in self.seats if one.presence in there and one.left_at is None]


class Course(QObject):
    """One for the page: reads a Sight, keeps which item is looked at, does what is asked."""

    changed = Signal()

    def __init__(self, context: Context, meeting_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.meeting_id = context, meeting_id
        self._window = parent
        self._item_id: int | None = None
        self.sight: Sight | None = None

    @property
    def may(self) -> bool:
        """Whether the user runs meetings; else the page only shows."""
        return self.context.may(Right.RUN_MEETINGS)

    @property
    def may_print(self) -> bool:
        """Whether the papers of the meeting may leave; of one grid alone they would be false."""
        return self.context.may(Right.PRINT) and self.context.sees_all

    @property
    def sees_all(self) -> bool:
        """Whether the agenda and the people that are listed are all that there are."""
        return self.context.sees_all

    def read(self) -> None:
        """Read everything anew; a meeting that is gone is told of."""
        with (
            messages.domain_errors_shown(self._window),
            self.context.database.lookup() as lookup,
        ):
            self.sight = self._sight(lookup)
        self.changed.emit()

    def look_at(self, item_id: int) -> None:
        """Another item is looked at; what is treated stays."""
        if self.sight is not None and item_id != self._item_id:
            self._item_id = item_id
            self.read()

    def do(self, sentence: str, act: Callable[[Session], Any]) -> bool:
        """One transaction, and everybody is told; False where it was refused, in words.

        What is refused may have been done at another desk: the page shows it then.
        """
        done = False
        with messages.domain_errors_shown(self._window):
            with self.context.database.transaction(sentence) as session:
                act(session)
            done = True
        if done:
            self.context.signals.changed.emit(Area.MEETINGS)
        else:
            self.read()
        return done

    def _sight(self, lookup: Lookup) -> Sight:
        row = meeting_views.meeting(lookup, self.meeting_id)
        items = agenda.items(lookup, self.meeting_id)
        item = self._item(items)
        return Sight(
            meeting=row,
            items=items,
            item=item,
            seats=attendance_views.seats(lookup, self.meeting_id),
            here=turnouts.turnout(lookup, self.meeting_id, item.matter if item else _USUAL),
            votes=vote_views.votes(lookup, self.meeting_id),
            motions=motions.motions(lookup, item.id) if item else [],
            speeches=speeches.speeches(lookup, item.id) if item else [],
            amendments=minutes.amendments(lookup, self.meeting_id),
        )

    def _item(self, items: list[ItemView]) -> ItemView | None:
        """What is looked at: what was chosen, else what is treated, else the first."""
        chosen = next((one for one in items if one.id == self._item_id), None)
        if chosen is None:
            now = (one for one in items if one.state is ItemState.NOW)
            chosen = next(now, items[0] if items else None)
        self._item_id = chosen.id if chosen else None
        return chosen


_USUAL = Matter.ORDINARY
