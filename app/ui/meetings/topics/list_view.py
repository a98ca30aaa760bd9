"""提事: what waits to be screened first; filters as chips."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import CategoryGroup, TopicOrigin, TopicState
from app.services import categories, grids, topic_views
from app.services.topic_views import EVERYTHING, TopicFilter, TopicRow
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import box, column, hide_unless, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.topics.words import behind_words, day_words, state_chip
from app.ui.people.own_grids import with_own
from app.ui.people.period_chip import PeriodChip
from app.values.masking import mask_phone
from app.values.rights import Right


class TopicList(QWidget):
    """`bar` has the filters."""

    clear_asked = Signal()
    """Of all that narrows the list, the words of the search box too"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._text = ""
        self.model = PagedTableModel(self._columns(), self._fetch, parent=self)
        self.table = PagedTable(self.model, name="议题", parent=self)
        self.table.paper.title = "议题清单"
        self.table.paper.filter_words = lambda: with_own(context, self._words())
        self.table.paper.people = self._people
        self.table.paper.columns = LEDGER
        self.foot = TableFoot(self.table, unit="件")
        self.waiting = SwitchChip("待审定")
        self.state, self.grid = FilterChip("状态"), FilterChip("网格")
        self.category, self.origin = FilterChip("类别"), FilterChip("来源")
        self.period = PeriodChip(context.clock.today())
        self.state.set_choices([(one, one.label) for one in TopicState])
        self.origin.set_choices([(one, one.label) for one in TopicOrigin])
        self.chips = (
            *(self.waiting, self.state, self.grid, self.category, self.origin, self.period),
        )
        self.bar = box(row(*self.chips, None))
        self.setLayout(column((TableCard(self.table, self.foot), 1)))
        for chip in self.chips:
            chip.changed.connect(self._announce)

    @property
    def chosen(self) -> TopicFilter:
        """The filter in force, with the search text."""
        since, until = self.period.span
        return TopicFilter(
            states=self._states,
            origins=(self.origin.value,) if isinstance(self.origin.value, TopicOrigin) else (),
            grid_ids=_one(self.grid),
            category_ids=_one(self.category),
            since=since,
            until=until,
            text=self._text,
        )

    def search(self, text: str) -> None:
        self._text = text
        self.read()

    def refresh(self) -> None:
        """What can be chosen, and the lines; what holds stays. The current one is announced."""
        with self._context.database.reading() as session:
            named = grids.names(session)
            kinds = categories.categories(session, CategoryGroup.MATTER, enabled_only=False)
            years = topic_views.years(session)
        own = self._context.user.grids
        seen = [(key, name) for key, name in named.items() if own is None or key in own]
        self.grid.set_choices(seen)
        hide_unless(len(seen) > 1, self.grid)
        self.category.set_choices([(one.id, one.name) for one in kinds])
        self.period.offer(years)
        self.read()

    def clear_filters(self) -> None:
        self._text = ""
        for chip in self.chips:
            chip.set_value(None)
        self.read()

    def show_topic(self, topic_id: int) -> bool:
        """Make it the current line, whatever the filters hide."""
        if not self.table.select_id(topic_id):
            self.clear_filters()
        return self.table.select_id(topic_id)

    def read(self) -> None:
        """The lines of the filter; the current one stays."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            ids = topic_views.list_ids(lookup, self.chosen)
            waiting = topic_views.open_count(lookup)
        if not self.waiting.on:
            self.waiting.setText(f"待审定 {waiting}" if waiting else "待审定")
        self.model.set_ids(ids)
        if not len(ids):
            self.table.set_empty(self._nothing())
            self.table.current_changed.emit(None)
        elif not self.table.select_id(current):
            self.table.select_row(0)

    # -- inside

    @property
    def _states(self) -> tuple[TopicState, ...]:
        if self.waiting.on:
            return (TopicState.RAISED,)
        state = self.state.value
        return (state,) if isinstance(state, TopicState) else ()

    def _announce(self, _value: object) -> None:
        self.read()

    def _columns(self) -> tuple[Column, ...]:
        today = self._context.clock.today()
        return (
            Column("number", "编号", lambda it: str(it.number), 58, align="right"),
            Column("title", "议题", _title, 190, weight=3),
            Column("who", "提出人", behind_words, 116),
            Column("origin", "来源", lambda it: it.origin.label, 76, large_mode=False),
            Column("place", "地点", _place, 110, weight=1, large_mode=False),
            Column("came", "提出", lambda it: day_words(it.came_on, today), 84, large_mode=False),
            Column("state", "状态", lambda it: Cell(chips=(state_chip(it),)), 122),
        )

    def _nothing(self) -> EmptyState:
        if self.chosen != EVERYTHING:
            return not_found("没有这样的议题", self.clear_asked.emit)
        raises = self._context.may(Right.RAISE_TOPICS)
        registers = "按 Ctrl+N 登记，" if raises else "登记以后，"
        advice = f"议事亭说的、纸条写的、诉求里反映的，{registers}书记审定后上会。"
        words = "还没有居民提事" if self._context.sees_all else "您的网格里还没有居民提事"
        return EmptyState("forum-outline", words, advice)

    def _words(self) -> str:
        words = [chip.text() for chip in self.chips if chip.value is not None]
        return "，".join([*words, *([f"含“{self._text.strip()}”"] if self._text.strip() else [])])

    def _fetch(self, ids: Sequence[int]) -> list[TopicRow]:
        with self._context.database.lookup() as lookup:
            return topic_views.rows(lookup, ids)

    def _people(self, ids: Sequence[int]) -> Sequence[int]:
        with self._context.database.lookup() as lookup:
            return topic_views.people(lookup, ids)


def _one(chip: FilterChip) -> tuple[int, ...]:
    return () if chip.value is None else (cast(int, chip.value),)


def _title(it: TopicRow) -> Cell:
    return Cell(it.title, sub=it.category, bold=True)


def _place(it: TopicRow) -> Cell:
    return Cell(it.place or it.grid, tone="text2")


# What leaves the program: what was said and what became of it.
LEDGER = (
    Column("number", "编号", lambda it: str(it.number), 36, align="right"),
    Column("came", "提出日期", lambda it: it.came_on.isoformat(), 71),
    Column("origin", "来源", lambda it: it.origin.label, 52),
    Column("title", "议题", lambda it: it.title, 130),
    Column("body", "情况", lambda it: it.body, 150),
    Column("wish", "希望怎么办", lambda it: it.wish, 110),
    Column("who", "提出人", lambda it: it.who, 52),
    Column("phone", "电话", lambda it: mask_phone(it.phone), 62),
    Column("signed", "联名", lambda it: str(it.signed or ""), 34, align="right"),
    Column("category", "类别", lambda it: it.category, 56),
    Column("grid", "网格", lambda it: it.grid, 56),
    Column("place", "地点", lambda it: it.place, 76),
    Column("concerns", "涉及的人", lambda it: it.concerns, 86),
    Column("households", "户数", lambda it: str(it.households or ""), 34, align="right"),
    Column("state", "状态", lambda it: it.state_words, 62),
    Column("screened", "审定日期", lambda it: _day(it), 71),
    Column("reason", "审定意见", lambda it: it.screen_reason, 100),
)


def _day(it: TopicRow) -> str:
    return it.screened_on.isoformat() if it.screened_on else ""
