"""What was typed in 食品安全 and is not saved: kept while typing, there again next time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from app.context import Context
from app.models import MealPeriod
from app.services.sample_keeping import SampleInput
from app.services.staff_checks import CheckInput
from app.ui.people.rows_draft import RowsDraft

SAMPLES, CHECKS = "samples", "checks"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose draft it is: the samples of a meal, or the morning check of a day."""

    canteen_id: int
    day: date
    period: MealPeriod | None = None

    @property
    def key(self) -> str:
        """samples:1:20261120:lunch, checks:1:20261120."""
        place = f"{self.canteen_id}:{self.day:%Y%m%d}"
        return f"{SAMPLES}:{place}:{self.period.value}" if self.period else f"{CHECKS}:{place}"

    @property
    def title(self) -> str:
        return (
            f"留样 {self.day:%m-%d} {self.period.label}"
            if self.period
            else f"晨检 {self.day:%m-%d}"
        )


def sheet_of(key: str) -> Sheet:
    """The sheet of a draft."""
    _, canteen_id, day, *period = key.split(":")
    found = MealPeriod.of(period[0]) if period else None
    return Sheet(int(canteen_id), datetime.strptime(day, "%Y%m%d").date(), found)


class TypedDraft:
    """Of everything that is typed in one view: a draft for each sheet that was opened there."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._opened: dict[Sheet, RowsDraft] = {}

    def samples(self, sheet: Sheet) -> dict[int, SampleInput]:
        """What was typed of a meal before, by row."""
        return {int(key): _sample(one) for key, one in self._of(sheet).kept.items()}

    def checks(self, sheet: Sheet) -> dict[int, CheckInput]:
        """What was typed of a morning before, by person."""
        return {int(key): CheckInput(**one) for key, one in self._of(sheet).kept.items()}

    def keep(self, sheet: Sheet, typed: Mapping[int, SampleInput | CheckInput]) -> None:
        """Write it; nothing left drops it."""
        rows = {str(key): _plain(asdict(one)) for key, one in typed.items()}
        self._of(sheet).keep_rows(rows)

    def _of(self, sheet: Sheet) -> RowsDraft:
        if sheet not in self._opened:
            self._opened[sheet] = RowsDraft(self._context, sheet.key, sheet.title)
        return self._opened[sheet]


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    at = fields.get("taken_at")
    return fields | {"taken_at": at.isoformat()} if at is not None else fields


def _sample(fields: Mapping[str, Any]) -> SampleInput:
    at = fields["taken_at"]
    made = SampleInput(**{**fields, "taken_at": None})
    return replace(made, taken_at=datetime.fromisoformat(at)) if at else made
