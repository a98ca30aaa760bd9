"""The people of one entry by hand, each with an own quantity and what it gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.services import points_owner, points_rules
from app.services.activity_finder import Person
from app.services.points_rules import Rule
from app.ui.kit import keys, theme
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.values.figures import figure
from app.values.text import half_width

ONE = 100
"""A quantity of 1, in hundredths of the unit of the rule"""
_QUANTITY = re.compile(r"(\d{1,5})(?:\.(\d{1,2}))?")
_LINES, _LINES_LARGE = 4, 2


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Somebody with a quantity; `points` as the rule gives them, and why they are fewer."""

    person: Person
    quantity: int = ONE
    points: int = 0
    why: str = ""


def quantity_of(text: str) -> int | None:
    """3.5 -> 350; None for what is no quantity above nought."""
    match = _QUANTITY.fullmatch(half_width(text).strip())
    if match is None:
        return None
    hundredths = int(match[1]) * ONE + int((match[2] or "").ljust(2, "0"))
    return hundredths or None


def quantity_words(quantity: int) -> str:
    """350 -> 3.5."""
    return f"{quantity / ONE:g}"


COLUMNS = (
    Column("name", "姓名", lambda row: Cell(row.person.name, sub=row.person.detail), 190, weight=2),
    Column("quantity", "数量", lambda row: quantity_words(row.quantity), 66, align="right"),
    Column("points", "记分", lambda row: figure(row.points), 60, align="right", bold=True),
    Column("why", "说明", lambda row: Cell(row.why, tone="text2"), 130, weight=3),
)


class ClaimRows(QWidget):
    """Whoever is added stands below; the last one is current, and gets the quantity typed next."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: list[ClaimRow] = []
        self._rule: Rule | None = None
        self._day = context.clock.today()
        self._points: int | None = None
        self.model = PagedTableModel(COLUMNS, lambda places: [self.rows[one] for one in places])
        self.table = PagedTable(self.model, name="记分的人")
        self.table.paper.offered = False
        self.table.paper.people = self._people
        self._make_room(_LINES_LARGE if theme.current().large else _LINES)
        self.table.set_empty(EmptyState("account-plus-outline", "还没有选人，可以一次选几个人"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        keys.bind(self.table, "remove_person", self.remove)

    def show_one(self) -> None:
        """The claim of somebody that came back: nobody else is expected."""
        self._make_room(1)

    def _make_room(self, lines: int) -> None:
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + lines * metrics.row)

    @property
    def total(self) -> int:
        return sum(row.points for row in self.rows)

    def reckon_by(self, rule: Rule | None, day: date, points: int | None) -> None:
        """Under another rule or of another day; `points` where they were typed."""
        self._rule, self._day, self._points = rule, day, points
        self._show([self._reckoned(row) for row in self.rows])

    def add(self, person: Person, quantity: int = ONE) -> None:
        """Whoever stands there already becomes current instead."""
        known = [(row.person.volunteer_id, row.person.resident_id) for row in self.rows]
        who = (person.volunteer_id, person.resident_id)
        if who in known:
            self.table.select_row(known.index(who))
            return
        self._show([*self.rows, self._reckoned(ClaimRow(person, quantity))])
        self.table.select_row(len(self.rows) - 1)

    def set_quantity(self, quantity: int) -> None:
        """Of the current one."""
        place = self.table.current_id()
        if place is None:
            return
        row = self._reckoned(replace(self.rows[place], quantity=quantity))
        self._show([*self.rows[:place], row, *self.rows[place + 1 :]])

    def remove(self) -> None:
        """The current one is not meant."""
        place = self.table.current_id()
        if place is not None:
            self._show(self.rows[:place] + self.rows[place + 1 :])

    def _show(self, rows: Sequence[ClaimRow]) -> None:
        current = self.table.current_id()
        self.rows = list(rows)
        self.model.set_ids(range(len(self.rows)))
        if self.rows:
            self.table.select_row(min(current or 0, len(self.rows) - 1))
        self.changed.emit()

    def _reckoned(self, row: ClaimRow) -> ClaimRow:
        """What the row gives by the rule, or as it was typed."""
        if self._points is not None:
            return replace(row, points=self._points, why="按填写的分数")
        if self._rule is None:
            return replace(row, points=0, why="")
        full = points_rules.reckon(self._rule, row.quantity)
        with self._context.database.reading() as session:
            resident = row.person.resident_id
            known = points_owner.account_of(session, resident) if resident else None
            left, why = points_rules.capped(session, self._rule, known or 0, self._day, full)
        return replace(row, points=left, why=why)

    def _people(self, places: Sequence[int]) -> list[int]:
        found = (self.rows[one].person.resident_id for one in places)
        return [one for one in found if one is not None]
