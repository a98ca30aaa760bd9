"""What narrows the ledger: the month of the book, a grid, a team, an account, and words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import grids, points_filter, teams
from app.services.points_filter import LedgerFilter, month_words
from app.services.points_lines import month_number
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import column, row
from app.ui.kit.search_box import SearchBox
from app.ui.points.ledger.kind_bar import ALL, RETURNED, WAITING, KindBar


class LedgerFilters(QWidget):
    """Two lines: filters and search, then the kinds with their counts."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._this_month = month_number(context.clock.today())
        self.month, self.grid = FilterChip("账月"), FilterChip("网格")
        self.team, self.account = FilterChip("队伍"), FilterChip("账户")
        self.chips = (self.month, self.grid, self.team, self.account)
        self.clear = Button("清除筛选", kind="link", size="small")
        self.search = SearchBox("姓名 / 拼音 / 流水号 / 事项", name="查找流水")
        self.kinds = KindBar()
        first = row(*self.chips, self.clear, (self.search, 1))
        self.setLayout(column(first, self.kinds, margins=(12, 10, 12, 4)))
        self._offer()
        self.month.set_value(self._this_month)
        self._connect()
        self._show_clear()

    @property
    def chosen(self) -> LedgerFilter:
        return LedgerFilter(
            month=self.month.number,
            grid_id=self.grid.number,
            team_id=self.team.number,
            account_id=self.account.number,
            text=self.search.text(),
            kind=self.kinds.kind,
            waiting=self.kinds.chosen == WAITING,
            returned=self.kinds.chosen == RETURNED,
        )

    @property
    def words(self) -> str:
        """The filter at the head of a paper: 2026年11月，第三网格，查找“王”，志愿服务."""
        parts = [chip.text() for chip in self.chips if chip.value is not None]
        said = self.search.text().strip()
        parts += [f"查找“{said}”"] if said else []
        parts += [self.kinds.words] if self.kinds.chosen != ALL else []
        return "，".join(parts)

    @property
    def narrows(self) -> bool:
        """Whether the list shows less than a whole month, or all of them."""
        others = any(chip.value is not None for chip in self.chips[1:])
        return others or bool(self.search.text().strip()) or self.kinds.chosen != ALL

    def refresh(self) -> None:
        """What can be chosen now; what holds stays."""
        self._offer()

    def show_month(self, month: int | None) -> None:
        """A month of the book with all its lines."""
        self._take_back()
        if month is not None:
            self.month.set_value(month, month_words(month))
        self._changed()

    def show_account(self, account_id: int, name: str) -> None:
        """Every line of an account."""
        self._take_back()
        self.account.set_choices([(account_id, name)])
        self.account.set_value(account_id, name)
        self._changed()

    def clear_all(self) -> None:
        """This month again, with everything in it; a second time, every month."""
        plain = not self.narrows and self.month.value == self._this_month
        self.show_month(None if plain else self._this_month)

    def _offer(self) -> None:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            months = points_filter.months(lookup, today=today)
            self.month.set_choices([(one, month_words(one)) for one in months])
            self.grid.set_choices(list(grids.names(lookup).items()))
            self.team.set_choices(list(teams.names(lookup).items()))

    def _connect(self) -> None:
        for chip in self.chips:
            chip.changed.connect(lambda _: self._changed())
        self.kinds.changed.connect(self._changed)
        self.search.paused.connect(lambda _: self._changed())
        self.clear.clicked.connect(self.clear_all)

    def _take_back(self) -> None:
        for chip in self.chips:
            chip.set_value(None)
        self.search.clear()
        self.search.settle()
        self.kinds.show_kind(ALL)

    def _changed(self) -> None:
        self._show_clear()
        self.changed.emit()

    def _show_clear(self) -> None:
        # One alone is taken off by its own cross.
        self.account.setVisible(self.account.value is not None)
        self.clear.setVisible(sum(chip.value is not None for chip in self.chips[1:]) > 1)
