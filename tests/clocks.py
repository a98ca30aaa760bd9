"""A clock that a test moves while the program runs."""

from datetime import datetime

from app.clock import Clock


class HandClock(Clock):
    """Set by the test; what holds it sees the new time at once."""

    moment = datetime(2026, 11, 20, 9, 41)

    def now(self) -> datetime:
        return self.moment
