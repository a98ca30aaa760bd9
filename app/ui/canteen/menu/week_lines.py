"""A week's menu as a table: kinds of dishes down, days across, the dishes of a kind in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.models import DishKind
from app.services.menus import MenuLine

DAYS = 7


@dataclass(frozen=True)
class WeekLines:
    """`rows` are as many of each kind as the fullest day has; the cells of a row are days."""

    monday: date
    rows: tuple[DishKind, ...] = ()
    cells: dict[tuple[int, int], MenuLine] = field(default_factory=dict)
    """By row and day"""

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=number) for number in range(DAYS))

    def filled(self, day: int) -> list[int]:
        """The rows of a day in which there is a dish."""
        return [row for row in range(len(self.rows)) if (row, day) in self.cells]

    def place_of(self, line_id: int) -> tuple[int, int] | None:
        """Where a line of the menu stands."""
        found = (place for place, line in self.cells.items() if line.id == line_id)
        return next(found, None)

    def near(self, row: int, day: int) -> int:
        """The row of a day that has a dish and is nearest to `row`; that row where it has none."""
        return min(self.filled(day), key=lambda one: (abs(one - row), one), default=row)

    def next_row(self, row: int, day: int, step: int) -> int:
        """The next dish of the day up (-1) or down (1); the same at the end."""
        ahead = [one for one in self.filled(day) if (one - row) * step > 0]
        return min(ahead, key=lambda one: abs(one - row), default=row)

    def begins(self, row: int) -> bool:
        """Whether it is the first of its kind."""
        return row == 0 or self.rows[row - 1] is not self.rows[row]


def arranged(lines: Sequence[MenuLine], monday: date) -> WeekLines:
    """The lines of one period of a week."""
    rows: list[DishKind] = []
    cells: dict[tuple[int, int], MenuLine] = {}
    for kind in DishKind:
        by_day = [
            [one for one in lines if one.kind is kind and one.on_date == monday + timedelta(day)]
            for day in range(DAYS)
        ]
        for day, alike in enumerate(by_day):
            for number, line in enumerate(alike):
                cells[len(rows) + number, day] = line
        rows += [kind] * max(map(len, by_day))
    return WeekLines(monday, tuple(rows), cells)
