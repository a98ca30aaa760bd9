"""The table of who is due: late ones and those of today are ticked when they first appear."""

from collections.abc import Sequence, Set
from datetime import date

from PySide6.QtCore import QModelIndex

from app.context import Context
from app.services import visit_due, visit_rows
from app.services.visit_due import DueItem
from app.services.visit_rows import DueRow
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel


def _when(row: DueRow) -> Cell:
    icon = "clock-alert-outline" if row.words.tone == "danger" else ""
    chips = (Chip(row.words.text, row.words.tone, icon),)
    return Cell(chips=(*chips, Chip("已改期", "info")) if row.deferred else chips)


def _short_when(row: DueRow) -> Cell:
    text = row.words.text
    # Three figures find no room beside the rest.
    short = text.replace("超期 ", "超 ") if len(text) > _LONG else text
    return Cell(chips=(Chip(short, row.words.tone),))


def _short_group(row: DueRow) -> Cell:
    """独居老人 as 独居: there is room for three characters."""
    group = row.group
    for ending in _ENDINGS:
        group = group.removesuffix(ending) or group
    return Cell(group, tone="text2")


_LONG = len("超期 99 天")
_ENDINGS = ("老人", "儿童", "家庭", "住户", "人")
SHORT = (
    Column("name", "姓名", lambda row: Cell(row.name, bold=True), 64, weight=1),
    Column("place", "住处", lambda row: row.place_short, 80),
    Column("group", "对象", _short_group, 62, large_mode=False),
    Column("due", "期限", _short_when, 86),
)
"""For the panel beside the grids."""
WHOLE = (
    Column("name", "姓名", lambda row: Cell(row.name, bold=True), 110, weight=1),
    Column("place", "住处", lambda row: row.place, 150, weight=1),
    Column("grid", "网格", lambda row: Cell(row.grid_name, tone="text2"), 104, large_mode=False),
    Column("group", "对象", lambda row: row.group, 124),
    Column("due", "期限", _when, 178),
    Column("last", "上次走访", lambda row: Cell(row.last_words, tone="text2"), 170),
    Column(
        "phone",
        "电话",
        lambda row: Cell(row.phone_masked, tone="text2"),
        132,
        large_mode=False,
    ),
)


class DueTable:
    """The model of a table, and the table that shows it.

    `show` puts other people in. Who is ticked stays ticked until a visit puts the next one off.
    """

    def __init__(self, context: Context, columns: Sequence[Column]) -> None:
        self._context = context
        self._items: dict[int, DueItem] = {}
        self._met: set[int] = set()
        self.model = PagedTableModel(columns, self.rows, tickable=True)

    def shown_by(self, table: PagedTable) -> PagedTable:
        """The table that was made for the model."""
        self.table = table
        # Sensitive tags stand on the screen of those permitted only: the page has its own ways out.
        table.paper.offered = False
        table.paper.people = list
        return table

    @property
    def items(self) -> list[DueItem]:
        """Everybody on the list, in its order."""
        return [self._items[one] for one in self.model.ids]

    @property
    def chosen(self) -> list[int]:
        """Who is ticked, in the order of the list; without ticks the current one."""
        current = self.table.current_id()
        return self.model.ticked_in_order() or ([] if current is None else [current])

    def show(self, items: Sequence[DueItem], today: date) -> None:
        """Fill the table; the current person stays current, newly late ones are ticked."""
        current, place = self.table.current_id(), self.table.currentIndex().row()
        done = {
            one.resident_id
            for one in items
            if (before := self._items.get(one.resident_id)) and before.due_on < one.due_on
        }
        self._items = {one.resident_id: one for one in items}
        self.model.set_ids([one.resident_id for one in items])
        self._met -= done
        late = {one.resident_id for one in items if one.due_on <= today}
        self._tick(done, on=False)
        self._tick(late - self._met, on=True)
        self._met |= late
        # Whoever was just visited goes down in the list; the eye stays where it was.
        stays = current not in done and self.table.select_id(current)
        if not stays and len(items):
            self.table.select_row(min(max(place, 0), len(items) - 1))

    def forget(self) -> None:
        """Another list is wanted: it begins at its top, and whoever is late in it is ticked."""
        self._met.clear()
        self.table.setCurrentIndex(QModelIndex())
        self.model.tick_all(on=False)

    def _tick(self, people: Set[int], *, on: bool) -> None:
        if people:
            places = [place for place, one in enumerate(self.model.ids) if one in people]
            self.model.tick(places, on=on)

    def rows(self, ids: Sequence[int]) -> list[DueRow]:
        """The lines of these people."""
        items = [self._items[one] for one in ids]
        with self._context.database.lookup() as lookup:
            return visit_rows.rows(lookup, items, today=self._context.clock.today())


def counted_words(items: Sequence[DueItem], today: date) -> str:
    """超期 3 人，今天 2 人，3 天内 4 人."""
    counts = visit_due.counted(items, today)
    parts = (
        (counts.overdue, f"超期 {counts.overdue:,} 人"),
        (counts.today, f"今天 {counts.today:,} 人"),
        (counts.soon, f"{visit_due.SOON} 天内 {counts.soon:,} 人"),
    )
    return "，".join(words for number, words in parts if number)
