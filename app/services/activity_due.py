"""By when the hours of an activity are to be on record: ten working days (order 67 art. 11)."""

from datetime import date, timedelta

from app.models import ActivityState, Deed
from app.services import calendar, settings
from app.storage.lookup import Source, Sql, one_of


class RecordDue:
    """Counts the working days with the calendar and the rule of one moment."""

    def __init__(self, source: Source) -> None:
        self._calendar = calendar.work_calendar(source)
        self._days = settings.value(source, settings.RECORD_WITHIN_DAYS)
        self._known: dict[date, date] = {}

    def of(self, day: date) -> date:
        """The last day for what was held on a day."""
        if day not in self._known:
            self._known[day] = self._calendar.working_day(day, self._days)
        return self._known[day]

    def over(self, today: date) -> date:
        """The latest day whose records are overdue today."""
        day = today - timedelta(days=1)
        while self.of(day) >= today:
            day -= timedelta(days=1)
        return day


def late(source: Source, *, today: date) -> list[Sql]:
    """Of `activity` a and its `points_item` i: own service that nobody wrote down in time."""
    return [
        Sql("a.deleted_at IS NULL AND a.recorded_on IS NULL AND a.ours"),
        Sql("a.state <> ?", (ActivityState.CANCELLED.value,)),
        one_of("i.deed", [deed.value for deed in Deed if deed.gives_hours]),
        Sql("a.on_date <= ?", (RecordDue(source).over(today).isoformat(),)),
    ]
