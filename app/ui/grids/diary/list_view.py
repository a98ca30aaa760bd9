"""The lines of the diary, the latest day first; the first line of a day carries its weather."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.context import Context
from app.services import diary_views
from app.services.diary_views import DiaryFilter, DiaryRow
from app.ui.grids.diary.words import short_day
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.values.days import weekday


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
        return Cell(chips=(Chip(f"诉求 {line.requests[0].number}", "info"),))
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
    Column(
        "kind", "类别、隐患", lambda it: it.line.hazard or it.line.category, 96, large_mode=False
    ),
    Column("state", "销号", _state, 100),
)


# What leaves the program: all of domain.md 6.3.
LEDGER = (
    Column("date", "日期", lambda it: it.line.on_date.isoformat(), 76),
    Column("weekday", "星期", lambda it: weekday(it.line.on_date), 34),
    Column("weather", "天气", lambda it: it.line.weather, 40),
    Column("grid", "网格", lambda it: it.line.grid_name, 62),
    Column("member", "网格员", lambda it: it.line.member_name, 52),
    Column("met", "走访户、人", lambda it: it.line.met, 100),
    Column("way", "方式", lambda it: it.line.way, 40),
    Column("seen", "发现、诉求", lambda it: it.line.seen, 150),
    Column("category", "类别", lambda it: it.line.category, 62),
    Column("hazard", "隐患", lambda it: it.line.hazard, 62),
    Column("measures", "处理措施", lambda it: it.line.measures, 130),
    Column("outcome", "结果", lambda it: it.line.outcome, 80),
    Column("raised", "转为诉求", lambda it: _raised(it.line), 70),
    Column("settled", "销号日", lambda it: _day_of(it.line.settled_on), 76),
    Column("called", "回访日", lambda it: _called(it.line), 76),
    Column("content", "满意度", lambda it: _satisfaction(it.line), 56),
    Column("photos", "照片", lambda it: str(it.line.photos or ""), 34, align="right"),
)


def _raised(line: DiaryRow) -> str:
    return "、".join(one.words for one in line.requests)


def _called(line: DiaryRow) -> str:
    return "、".join(_day_of(one.called_on) for one in line.requests if one.called_on)


def _satisfaction(line: DiaryRow) -> str:
    return "、".join(one.satisfaction for one in line.requests if one.satisfaction)


def _day_of(day: date | None) -> str:
    return day.isoformat() if day else ""


class DiaryList(TableCard):
    """The table with its foot; `show_lines` reads it anew."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="平安日记")
        self.foot = TableFoot(self.table, unit="条")
        self.table.paper.people = self._people
        self.table.paper.columns = LEDGER
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
