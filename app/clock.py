"""The one source of today's date, so that tests, pictures and rules can fix it."""

from dataclasses import dataclass
from datetime import date, datetime


class Clock:
    """The PC's local time, without zone: an office has one."""

    def now(self) -> datetime:
        return datetime.now()  # noqa: DTZ005 - local wall time is what papers and ledgers show

    def today(self) -> date:
        return self.now().date()


@dataclass(frozen=True)
class FixedClock(Clock):
    """A clock that stands still."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment
