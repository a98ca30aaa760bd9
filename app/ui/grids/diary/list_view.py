"""The lines of the diary, the latest day first; the first line of a day carries its weather."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.context import Context
from app.services import diary_views
from app.services.diary_views import DiaryFilter, DiaryRow
from app.ui.grids.diary.words import short_day
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel


@dataclass(frozen=True)
class _Line:
    """A line, and whether it is the first of its day on the page."""

    line: DiaryRow
    opens_day: bool


def _day(it: _Line) -> Cell:
    words = short_day(it.line.on_date)
    if it.opens_day:
        return Cell(words, sub=it.line.weather, bold=True)
    return Cell(words, tone="placeholder")


def _state(it: _Line) -> Cell:
    line = it.line
    if line.requests:
        return Cell(chips=(Chip(f"诉求 {line.requests[0].partition(' ')[0]}", "info"),))
    if line.open:
        return Cell(chips=(Chip("待销号", "warn"),))
    return Cell(f"{line.settled_on:%m-%d} 销号" if line.settled_on else "", tone="text2")


def _seen(it: _Line) -> Cell:
    photos = f"{it.line.photos} 张照片" if it.line.photos else ""
    return Cell(it.line.seen, sub=photos)


COLUMNS = (
    Column("day", "日期", _day, 136),
    Column("way", "方式", lambda it: it.line.way, 50, large_mode=False),
    Column("met", "走访的人、地点", lambda it: Cell(it.line.met, bold=True), 132, weight=2),
    Column("seen", "发现或反映", _seen, 96, weight=3),
    Column("kind", "类别、隐患", lambda it: it.line.hazard or it.line.category, 96),
    Column("state", "销号", _state, 100),
)


class DiaryList(TableCard):
    """The table with its foot; `show_lines` reads it anew."""

    def __init__(self, context: Context, empty: EmptyState) -> None:
        self._context = context
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="平安日记")
        self.foot = TableFoot(self.table, unit="条")
        self.table.paper.people = self._people
        self.table.set_empty(empty)
        super().__init__(self.table, self.foot)

    def show_lines(self, chosen: DiaryFilter, words: str) -> None:
        """The lines of the filter; the current one stays current, else the first is."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            ids = diary_views.list_ids(lookup, chosen)
        self.table.paper.filter_words = lambda: words
        self.model.set_ids(ids)
        if ids and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)

    def _fetch(self, ids: Sequence[int]) -> list[_Line]:
        with self._context.database.lookup() as lookup:
            found = diary_views.rows(lookup, ids)
        weather: dict[object, str] = {}
        for line in found:
            weather[line.on_date] = weather.get(line.on_date) or line.weather
        before, lines = None, []
        for line in found:
            shown = replace(line, weather=weather[line.on_date])
            lines.append(_Line(shown, line.on_date != before))
            before = line.on_date
        return lines

    def _people(self, ids: Sequence[int]) -> list[int]:
        with self._context.database.lookup() as lookup:
            return diary_views.people_of(lookup, ids)
